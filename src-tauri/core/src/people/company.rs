//! What can be known of a company beside its name and its domain, as `organizations/enrich` tells it. Pure.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::fact::LIST_APART;
use crate::apollo::company::Company;
use crate::persona::vocabulary::COMPANY_SIZES;
use crate::text::words;

/// What can be known of a company. The number is what files hold: new facts go to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CompanyFact {
    /// Mostly a name of LinkedIn's list, in lower case.
    Industry = 0,
    /// How many work there, as a whole number.
    Employees,
    FoundedYear,
    /// US dollars, as a whole number.
    AnnualRevenue,
    City,
    State,
    Country,
    WebsiteUrl,
    LinkedinUrl,
    /// The switchboard.
    Phone,
    /// What it does, with commas between.
    Keywords,
    /// What it uses, with commas between.
    Technologies,
    Description,
}

impl CompanyFact {
    pub const ALL: [Self; 13] = [
        Self::Industry,
        Self::Employees,
        Self::FoundedYear,
        Self::AnnualRevenue,
        Self::City,
        Self::State,
        Self::Country,
        Self::WebsiteUrl,
        Self::LinkedinUrl,
        Self::Phone,
        Self::Keywords,
        Self::Technologies,
        Self::Description,
    ];

    /// The fact behind a number in a file.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The column of an export.
    pub fn column(self) -> &'static str {
        match self {
            Self::Industry => "company_industry",
            Self::Employees => "company_employees",
            Self::FoundedYear => "company_founded_year",
            Self::AnnualRevenue => "company_annual_revenue",
            Self::City => "company_city",
            Self::State => "company_state",
            Self::Country => "company_country",
            Self::WebsiteUrl => "company_website_url",
            Self::LinkedinUrl => "company_linkedin_url",
            Self::Phone => "company_phone",
            Self::Keywords => "company_keywords",
            Self::Technologies => "company_technologies",
            Self::Description => "company_description",
        }
    }

    /// The fact that this one is a detail of: a city is true of the country it was told beside.
    pub fn detail_of(self) -> Option<Self> {
        matches!(self, Self::City | Self::State).then_some(Self::Country)
    }

    /// What Apollo told; none for what it did not.
    pub fn of(self, company: &Company) -> Option<String> {
        let number = |number: Option<u64>| number.filter(|number| *number > 0).map(|number| number.to_string());
        let list = |items: &[String]| (!items.is_empty()).then(|| items.join(LIST_APART));
        match self {
            // Questions ask for industries by these names.
            Self::Industry => company.industry.as_ref().map(|name| name.to_lowercase()),
            Self::Employees => number(company.employees),
            Self::FoundedYear => number(company.founded_year),
            Self::AnnualRevenue => number(company.annual_revenue),
            Self::City => company.city.clone(),
            Self::State => company.state.clone(),
            Self::Country => company.country.clone(),
            Self::WebsiteUrl => company.website_url.clone(),
            Self::LinkedinUrl => company.linkedin_url.clone(),
            Self::Phone => company.phone.clone(),
            Self::Keywords => list(&company.keywords),
            Self::Technologies => list(&company.technologies),
            Self::Description => company.description.clone(),
        }
    }

    /// The words of what this fact was told beside; empty for what is no detail.
    pub fn beside(self, company: &Company) -> String {
        let owner = self.detail_of().and_then(|owner| owner.of(company));
        owner.map_or_else(String::new, |owner| words(&owner))
    }
}

/// The company size that so many employees are, as questions ask for it: `51,100`; none where it is no number.
pub fn size_of(employees: &str) -> Option<&'static str> {
    let employees: u64 = employees.parse().ok().filter(|employees| *employees > 0)?;
    COMPANY_SIZES.into_iter().find(|size| {
        let (_, most) = bounds(size);
        most.is_none_or(|most| employees <= most)
    })
}

/// The least and the most of a company size.
pub fn bounds(size: &str) -> (u64, Option<u64>) {
    let (least, most) = size.split_once(',').map_or((size, None), |(least, most)| (least, Some(most)));
    (least.parse().unwrap_or(0), most.and_then(|most| most.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_in_files_lead_back_to_what_they_stand_for() {
        for (number, fact) in CompanyFact::ALL.into_iter().enumerate() {
            assert_eq!((fact as usize, CompanyFact::from_number(number as u8)), (number, Some(fact)));
        }
        assert_eq!(CompanyFact::from_number(13), None);
    }

    #[test]
    fn employees_are_the_size_that_questions_ask_for() {
        let sizes = ["1", "10", "11", "100", "101", "10000", "10001", "180000"].map(size_of);
        let wanted = ["1,10", "1,10", "11,20", "51,100", "101,200", "5001,10000", "10001", "10001"];
        assert_eq!(sizes, wanted.map(Some));
        assert_eq!((size_of("0"), size_of("many")), (None, None));
        assert_eq!((bounds("51,100"), bounds("10001")), ((51, Some(100)), (10_001, None)));
    }

    #[test]
    fn what_apollo_did_not_tell_is_no_fact_and_lists_are_one_text() {
        let company = Company {
            industry: Some("Computer Software".to_owned()),
            employees: Some(0),
            keywords: vec!["saas".to_owned(), "b2b".to_owned()],
            city: Some("Köln".to_owned()),
            country: Some("GERMANY".to_owned()),
            ..Company::default()
        };
        let told: Vec<(CompanyFact, String)> =
            CompanyFact::ALL.into_iter().filter_map(|fact| Some((fact, fact.of(&company)?))).collect();
        let text = str::to_owned;
        assert_eq!(
            told,
            [
                (CompanyFact::Industry, text("computer software")),
                (CompanyFact::City, text("Köln")),
                (CompanyFact::Country, text("GERMANY")),
                (CompanyFact::Keywords, text("saas, b2b")),
            ]
        );
        assert_eq!(CompanyFact::City.beside(&company), "germany");
        assert_eq!(CompanyFact::Industry.beside(&company), "");
    }
}
