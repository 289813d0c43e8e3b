//! A search as it was asked: which filters, in the spelling of Apollo's parameters, checked for type only.
//! Values that mean nothing stay in (they match nobody); keys that mean nothing are dropped without a word.

use super::body::{Body, Range, Refusal};
use crate::world::industries::INDUSTRIES;

/// Filters whose value is an array of texts and which this stand-in honours.
pub const LISTS: [(&str, &str); 19] = [
    ("person_titles", "Include titles"),
    ("person_not_titles", "Exclude titles"),
    ("person_seniorities", "Management Level"),
    ("person_locations", "Location"),
    ("person_functions", "Job Functions"),
    ("person_department_or_subdepartments", "Departments"),
    ("contact_email_status", "Email Status"),
    ("organization_ids", "Companies"),
    ("q_organization_domains_list", "Company Domains"),
    ("organization_locations", "Company Locations"),
    ("organization_not_locations", "Exclude Company Locations"),
    ("organization_num_employees_ranges", "# Employees"),
    ("organization_industries", "Industries"),
    ("organization_industry_tag_ids", "Industries"),
    ("q_organization_keyword_tags", "Company Keywords"),
    ("q_not_organization_keyword_tags", "Exclude Company Keywords"),
    ("currently_using_all_of_technology_uids", "Technologies"),
    ("currently_using_any_of_technology_uids", "Technologies"),
    ("currently_not_using_any_of_technology_uids", "Exclude Technologies"),
];

/// Filters whose value is an object with `min` and `max` and which this stand-in honours.
const RANGES: [&str; 3] = ["revenue_range", "organization_founded_year_range", "person_total_yoe_range"];

/// Filters Apollo has and this stand-in checks for type but does not apply, since its world has no such facts
/// (job postings, funding, past employers).
const LISTS_NOT_APPLIED: [&str; 4] = [
    "q_organization_job_titles",
    "organization_job_locations",
    "organization_latest_funding_stage_cd",
    "person_past_organization_ids",
];
const RANGES_NOT_APPLIED: [&str; 6] = [
    "organization_num_jobs_range",
    "organization_job_posted_at_range",
    "total_funding_range",
    "latest_funding_amount_range",
    "latest_funding_date_range",
    "person_days_in_current_title_range",
];

/// Filters, in the order of [`LISTS`] and [`RANGES`]; only those that were given.
#[derive(Debug, Default)]
pub struct Question {
    pub lists: Vec<(&'static str, Vec<String>)>,
    pub ranges: Vec<(&'static str, Range)>,
    pub keywords: Option<String>,
    pub person_name: Option<String>,
    pub similar_titles: bool,
}

impl Question {
    pub fn read(body: &Body) -> Result<Self, Refusal> {
        let mut question =
            Self { similar_titles: body.flag("include_similar_titles") != Some(false), ..Self::default() };
        for (key, _) in LISTS {
            if let Some(values) = body.list(key)? {
                question.lists.push((key, values));
            }
        }
        for key in RANGES {
            if let Some(range) = body.range(key)? {
                question.ranges.push((key, range));
            }
        }
        LISTS_NOT_APPLIED.iter().try_for_each(|key| body.list(key).map(drop))?;
        RANGES_NOT_APPLIED.iter().try_for_each(|key| body.range(key).map(drop))?;
        question.keywords = body.text("q_keywords")?;
        question.person_name = body.text("q_person_name")?;
        question.refuse_industry_names()?;
        Ok(question)
    }

    pub fn list(&self, key: &str) -> Option<&[String]> {
        self.lists.iter().find(|(name, _)| *name == key).map(|(_, values)| values.as_slice())
    }

    pub fn range(&self, key: &str) -> Option<Range> {
        self.ranges.iter().find(|(name, _)| *name == key).map(|(_, range)| *range)
    }

    /// The text that two equal questions share, whatever page they ask for.
    pub fn fingerprint(&self) -> String {
        format!("{self:?}")
    }

    /// `organization_industry_tag_ids` takes ids; anything that is not 24 hexadecimal digits is a name there.
    fn refuse_industry_names(&self) -> Result<(), Refusal> {
        let wrong = self.list("organization_industry_tag_ids").unwrap_or_default().iter().find(|value| !is_id(value));
        wrong.map_or(Ok(()), |name| {
            let known = INDUSTRIES.iter().any(|(industry, _)| industry.eq_ignore_ascii_case(name));
            let what = if known { "industry name" } else { "value" };
            Err(Refusal(format!("Invalid {what} for organization_industry_tag_ids: {name} is not a valid id.")))
        })
    }
}

fn is_id(value: &str) -> bool {
    value.len() == 24 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn read(value: &serde_json::Value) -> Result<Question, Refusal> {
        Question::read(&Body(value.as_object().unwrap().clone()))
    }

    #[test]
    fn a_page_is_no_part_of_the_question() {
        let first = read(&json!({"person_titles": ["CFO"], "page": 1})).unwrap();
        let second = read(&json!({"page": 2, "per_page": 50, "person_titles": ["CFO"]})).unwrap();
        assert_eq!(first.fingerprint(), second.fingerprint());
        assert_ne!(first.fingerprint(), read(&json!({"person_titles": ["CTO"]})).unwrap().fingerprint());
    }

    #[test]
    fn filters_that_are_not_applied_are_still_checked_for_their_type() {
        assert!(read(&json!({"total_funding_range": "1,2"})).is_err());
        assert!(read(&json!({"total_funding_range": {"min": 1}})).unwrap().ranges.is_empty());
    }

    #[test]
    fn an_industry_by_name_is_refused_where_an_id_is_due() {
        assert!(read(&json!({"organization_industry_tag_ids": ["computer software"]})).is_err());
        assert!(read(&json!({"organization_industry_tag_ids": ["5567cd4e7369643b70010000"]})).is_ok());
    }
}
