//! Personas to start from, so that the first rows are one key away.

use serde::Serialize;
use ts_rs::TS;

use super::FiltersInput;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StarterPersona {
    pub name: String,
    /// Who that is, in a sentence.
    pub about: String,
    pub filters: FiltersInput,
}

struct Starter {
    name: &'static str,
    about: &'static str,
    titles: &'static [&'static str],
    seniorities: &'static [&'static str],
    industries: &'static [&'static str],
    locations: &'static [&'static str],
    company_sizes: &'static [&'static str],
}

const STARTERS: [Starter; 5] = [
    Starter {
        name: "Sales leaders, DACH",
        about: "Who decides on sales tools in Germany, Austria and Switzerland.",
        titles: &["VP Sales", "Head of Sales", "Sales Director"],
        seniorities: &["vp", "head", "director"],
        industries: &[],
        locations: &["Germany", "Austria", "Switzerland"],
        company_sizes: &["51,100", "101,200", "201,500"],
    },
    Starter {
        name: "Finance chiefs, Nordics",
        about: "CFOs and finance directors of mid-sized companies in the Nordic countries.",
        titles: &["CFO", "Chief Financial Officer", "Finance Director"],
        seniorities: &["c_suite", "vp", "director"],
        industries: &[],
        locations: &["Sweden", "Norway", "Denmark", "Finland"],
        company_sizes: &[],
    },
    Starter {
        name: "Marketing heads, UK",
        about: "Who runs marketing at companies in the United Kingdom.",
        titles: &["Head of Marketing", "Marketing Director", "Chief Marketing Officer"],
        seniorities: &["c_suite", "vp", "head", "director"],
        industries: &[],
        locations: &["United Kingdom"],
        company_sizes: &[],
    },
    Starter {
        name: "Founders, small US companies",
        about: "Founders and owners of companies with at most 50 people in the United States.",
        titles: &[],
        seniorities: &["owner", "founder"],
        industries: &[],
        locations: &["United States"],
        company_sizes: &["1,10", "11,20", "21,50"],
    },
    Starter {
        name: "IT and security, large companies",
        about: "CIOs, CISOs and heads of IT where more than 1,000 people work.",
        titles: &["CIO", "CISO", "Head of IT", "IT Director"],
        seniorities: &["c_suite", "vp", "head", "director"],
        industries: &[],
        locations: &[],
        company_sizes: &["1001,2000", "2001,5000", "5001,10000", "10001"],
    },
];

pub fn starter_personas() -> Vec<StarterPersona> {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    STARTERS
        .iter()
        .map(|starter| StarterPersona {
            name: starter.name.to_owned(),
            about: starter.about.to_owned(),
            filters: FiltersInput {
                titles: owned(starter.titles),
                seniorities: owned(starter.seniorities),
                industries: owned(starter.industries),
                locations: owned(starter.locations),
                company_sizes: owned(starter.company_sizes),
                keywords: String::new(),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::persona::Filters;

    #[test]
    fn every_starter_persona_is_a_sound_search() {
        for starter in starter_personas() {
            let filters = Filters::check(&starter.filters)
                .unwrap_or_else(|violations| panic!("{}: {violations:?}", starter.name));
            assert!(!filters.is_empty(), "{}", starter.name);
        }
    }
}
