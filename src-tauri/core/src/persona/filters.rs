//! The six filters of a persona, and the one normal form they have everywhere after validation.

use serde::{Deserialize, Serialize};
use strsim::jaro_winkler;
use ts_rs::TS;

use super::industries;
use super::seniority::Seniority;
use crate::error::Violation;
use crate::text::visible_line;

/// The most values one filter takes; far above any real persona, it keeps a pasted file out of a request.
const MOST_VALUES: usize = 500;
/// The most characters one value takes.
const LONGEST_VALUE: usize = 200;
const LONGEST_KEYWORDS: usize = 500;

/// What a persona asks for, as typed: values within one field are alternatives, fields narrow each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct FiltersInput {
    pub titles: Vec<String>,
    /// Values of [`Seniority`], lower case.
    pub seniorities: Vec<String>,
    /// Names of LinkedIn's industry list.
    pub industries: Vec<String>,
    /// City, state or country: `Germany`, `California, US`.
    pub locations: Vec<String>,
    /// Head count: `51,200`, or `10001` for that many and more.
    pub company_sizes: Vec<String>,
    /// One literal text match; empty for none.
    pub keywords: String,
}

/// Filters that were checked and brought to normal form: the same question is the same value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Filters {
    pub titles: Vec<String>,
    pub seniorities: Vec<Seniority>,
    pub industries: Vec<String>,
    pub locations: Vec<String>,
    pub company_sizes: Vec<String>,
    pub keywords: String,
}

impl Filters {
    /// Checks and normalises: trims, folds blanks, drops empty values, sorts and removes repeats.
    ///
    /// # Errors
    /// Every violation at once, named by field. No filter at all is none here: a persona may be saved half-written.
    pub fn check(input: &FiltersInput) -> Result<Self, Vec<Violation>> {
        let mut violations = Vec::new();
        let mut filters = Self {
            titles: texts("titles", &input.titles, &mut violations),
            locations: texts("locations", &input.locations, &mut violations),
            keywords: visible_line(&input.keywords),
            ..Self::default()
        };
        if filters.keywords.chars().count() > LONGEST_KEYWORDS {
            violations
                .push(Violation::new("keywords", format!("Keywords take at most {LONGEST_KEYWORDS} characters.")));
        }
        for value in texts("seniorities", &input.seniorities, &mut violations) {
            match Seniority::parse(&value) {
                Some(seniority) => filters.seniorities.push(seniority),
                None => violations.push(unknown_seniority(&value)),
            }
        }
        for value in texts("industries", &input.industries, &mut violations) {
            match known_industry(&value) {
                Ok(name) => filters.industries.push(name.to_owned()),
                Err(violation) => violations.push(violation),
            }
        }
        for value in texts("company_sizes", &input.company_sizes, &mut violations) {
            match company_size(&value) {
                Ok(size) => filters.company_sizes.push(size),
                Err(violation) => violations.push(violation),
            }
        }
        filters.seniorities.sort_unstable();
        filters.seniorities.dedup();
        for values in [&mut filters.industries, &mut filters.company_sizes] {
            values.sort_unstable();
            values.dedup();
        }
        if violations.is_empty() { Ok(filters) } else { Err(violations) }
    }

    /// True when nothing is asked for: Apollo would answer with everybody it knows.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn texts(field: &str, values: &[String], violations: &mut Vec<Violation>) -> Vec<String> {
    if values.len() > MOST_VALUES {
        violations.push(Violation::new(field, format!("At most {MOST_VALUES} values fit into {field}.")));
        return Vec::new();
    }
    let mut kept = Vec::with_capacity(values.len());
    for value in values {
        let value = visible_line(value);
        if value.chars().count() > LONGEST_VALUE {
            violations
                .push(Violation::new(field, format!("A value in {field} takes at most {LONGEST_VALUE} characters.")));
        } else if !value.is_empty() {
            kept.push(value);
        }
    }
    // Apollo matches without case, so two spellings that differ in case alone are one value.
    kept.sort_unstable_by_key(|value| (value.to_lowercase(), value.clone()));
    kept.dedup_by_key(|value| value.to_lowercase());
    kept
}

fn unknown_seniority(value: &str) -> Violation {
    let known: Vec<&str> = Seniority::ALL.iter().map(|seniority| seniority.as_str()).collect();
    Violation::new("seniorities", format!("“{value}” is no seniority. Known are {}.", known.join(", ")))
}

fn known_industry(value: &str) -> Result<&'static str, Violation> {
    if let Some(industry) = industries::find(value) {
        if industry.tag_id.is_some() {
            return Ok(industry.name);
        }
        let near = industry.nearest.unwrap_or_else(|| nearest_industry(value));
        return Err(Violation::new(
            "industries",
            format!(
                "Apollo's id for the industry “{}” is not known, so it can't be searched. The nearest that can is “{near}”.",
                industry.name
            ),
        ));
    }
    let near = nearest_industry(value);
    Err(Violation::new("industries", format!("“{value}” is no known industry. Did you mean “{near}”?")))
}

/// The searchable industry whose name looks most like `value`, for a name that is misspelt.
fn nearest_industry(value: &str) -> &'static str {
    let value = value.to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        let shared_word =
            name.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.len() > 3 && value.contains(word));
        jaro_winkler(&value, &name) + if shared_word { 0.3 } else { 0.0 }
    };
    industries::ALL
        .iter()
        .filter(|industry| industry.tag_id.is_some())
        .max_by(|one, other| likeness(one.name).total_cmp(&likeness(other.name)))
        .map_or("", |industry| industry.name)
}

/// `51,200` and `10001` in their one spelling; blanks around the numbers are forgiven.
fn company_size(value: &str) -> Result<String, Violation> {
    let wrong = |message: String| Violation::new("company_sizes", message);
    let number = |text: &str| {
        let text = text.trim();
        let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten().filter(|number| *number >= 1)
    };
    let (min, max) = match value.split_once(',') {
        Some((min, max)) => (number(min), Some(number(max))),
        None => (number(value), None),
    };
    match (min, max) {
        (Some(min), None) => Ok(min.to_string()),
        (Some(min), Some(Some(max))) if min <= max => Ok(format!("{min},{max}")),
        (Some(min), Some(Some(max))) => Err(wrong(format!(
            "The company size “{value}” ends before it begins. Write the smaller number first: {max},{min}."
        ))),
        _ => Err(wrong(format!(
            "“{value}” is no company size. Write MIN,MAX such as 51,200, or MIN such as 10001 for that many and more."
        ))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn words(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn the_same_question_in_another_order_is_the_same_value() {
        let one = FiltersInput {
            titles: words(&["VP  Sales", "head of sales "]),
            seniorities: words(&["vp", "head"]),
            ..Default::default()
        };
        let other = FiltersInput {
            titles: words(&["head of sales", "", "VP Sales", "vp sales"]),
            seniorities: words(&["head", "vp", "head"]),
            ..Default::default()
        };
        assert_eq!(Filters::check(&one).unwrap(), Filters::check(&other).unwrap());
    }

    #[test]
    fn each_violation_names_its_field() {
        let input = FiltersInput {
            seniorities: words(&["C-Level"]),
            industries: words(&["Computer Softwear"]),
            company_sizes: words(&["1-10", "20,10", "0,5"]),
            titles: vec!["x".repeat(201)],
            ..Default::default()
        };
        let fields: Vec<String> =
            Filters::check(&input).unwrap_err().into_iter().map(|violation| violation.field).collect();
        assert_eq!(fields, ["titles", "seniorities", "industries", "company_sizes", "company_sizes", "company_sizes"]);
    }

    #[test]
    fn an_industry_without_a_known_id_names_the_nearest_that_has_one() {
        let input = FiltersInput { industries: words(&["Computer Softwear"]), ..Default::default() };
        let violations = Filters::check(&input).unwrap_err();
        assert!(violations[0].message.contains("computer software"), "{}", violations[0].message);
    }

    #[test]
    fn every_listed_industry_without_an_id_is_told_apart_from_nonsense() {
        for industry in industries::ALL.iter().filter(|industry| industry.tag_id.is_none()) {
            let input = FiltersInput { industries: vec![industry.name.to_owned()], ..Default::default() };
            let message = &Filters::check(&input).unwrap_err()[0].message;
            assert!(message.contains("not known") && message.contains("nearest"), "{message}");
            let nearest = industries::find(industry.nearest.unwrap()).unwrap();
            assert!(nearest.tag_id.is_some() && message.contains(nearest.name), "{message}");
        }
    }

    #[test]
    fn a_value_that_nobody_can_see_is_none() {
        let input = FiltersInput { locations: words(&["\u{200b}", "\u{202e}Berlin\u{2060}"]), ..Default::default() };
        assert_eq!(Filters::check(&input).unwrap().locations, ["Berlin"]);
    }

    #[test]
    fn a_company_size_that_ends_before_it_begins_is_told_the_right_way_round() {
        let input = FiltersInput { company_sizes: words(&["20,10"]), ..Default::default() };
        let message = &Filters::check(&input).unwrap_err()[0].message;
        assert!(message.contains("smaller number first: 10,20"), "{message}");
    }

    #[test]
    fn company_sizes_have_one_spelling() {
        let input = FiltersInput { company_sizes: words(&["051 , 200", "10001", "51,200"]), ..Default::default() };
        assert_eq!(Filters::check(&input).unwrap().company_sizes, ["10001", "51,200"]);
    }
}
