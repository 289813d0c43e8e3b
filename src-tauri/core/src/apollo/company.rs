//! `organizations/enrich`: one company by its domain, for one credit.

use reqwest::Url;
use serde_json::Value;

use super::enrichment::folded_domain;
use super::response::{read_json, text, texts, whole_number};
use crate::error::Error;

pub const ENRICH: &str = "organizations/enrich";

/// A company. What Apollo did not tell is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    /// Apollo's id of the organization.
    pub id: String,
    pub name: Option<String>,
    pub domain: Option<String>,
    pub website_url: Option<String>,
    pub linkedin_url: Option<String>,
    pub phone: Option<String>,
    pub industry: Option<String>,
    pub employees: Option<u64>,
    /// US dollars.
    pub annual_revenue: Option<u64>,
    pub founded_year: Option<u64>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub technologies: Vec<String>,
}

/// What came of asking for one company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanyAnswer {
    Found(Box<Company>),
    /// Apollo answered with another company. Never taken for the one that was asked for, but kept as what it is.
    Elsewhere(Box<Company>),
    NotFound,
}

impl Company {
    /// Whether this is the company of a domain. `known`: Apollo's ids of the companies that were told to have that domain,
    /// since a company that moved to another domain keeps its id.
    pub fn is_of(&self, domain: &str, known: &[String]) -> bool {
        let own = self.domain.as_deref().map(folded_domain).or_else(|| host(self.website_url.as_deref()?));
        known.contains(&self.id) || own.map_or(known.is_empty(), |own| own == folded_domain(domain))
    }
}

/// The path of a request, the domain without `www.` as Apollo wants it.
pub fn path(domain: &str) -> String {
    // An absolute address is what the parser takes; only its path and query are used.
    let query = Url::parse_with_params("http://localhost", [("domain", folded_domain(domain))]);
    let query = query.ok().and_then(|url| url.query().map(str::to_owned)).unwrap_or_default();
    format!("{ENRICH}?{query}")
}

/// Reads the answer; an unknown domain is `{}`. `known` as in [`Company::is_of`].
///
/// # Errors
/// [`Error::Unreadable`] when it is not JSON, or a company without an id. It may have been charged all the same.
pub fn read_company(domain: &str, known: &[String], body: &[u8]) -> Result<CompanyAnswer, Error> {
    let answer = read_json(body).ok_or(Error::Unreadable)?;
    let row = match answer.as_object().ok_or(Error::Unreadable)?.get("organization") {
        None | Some(Value::Null) => return Ok(CompanyAnswer::NotFound),
        Some(Value::Object(fields)) if fields.is_empty() => return Ok(CompanyAnswer::NotFound),
        Some(row) => row,
    };
    let company = Box::new(read(row).ok_or(Error::Unreadable)?);
    let is_wanted = company.is_of(domain, known);
    Ok(if is_wanted { CompanyAnswer::Found(company) } else { CompanyAnswer::Elsewhere(company) })
}

/// The host of a link, as a domain is compared.
fn host(url: &str) -> Option<String> {
    let url = if url.contains("://") { Url::parse(url) } else { Url::parse(&format!("https://{url}")) };
    url.ok()?.host_str().map(folded_domain)
}

/// Reads a company; none without an id.
pub fn read(row: &Value) -> Option<Company> {
    let number = |name: &str| row.get(name).and_then(whole_number);
    Some(Company {
        id: text(row, "id")?,
        name: text(row, "name"),
        domain: text(row, "primary_domain").or_else(|| text(row, "domain")),
        website_url: text(row, "website_url"),
        linkedin_url: text(row, "linkedin_url"),
        // `primary_phone` is an empty object where there is none.
        phone: text(row, "phone").or_else(|| text(row.get("primary_phone")?, "number")),
        industry: text(row, "industry"),
        employees: number("estimated_num_employees"),
        annual_revenue: number("annual_revenue"),
        founded_year: number("founded_year"),
        city: text(row, "city"),
        state: text(row, "state"),
        country: text(row, "country"),
        description: text(row, "short_description"),
        keywords: texts(row, "keywords"),
        technologies: texts(row, "technology_names"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<CompanyAnswer, Error> {
        read_company("Org.example", &[], value.to_string().as_bytes())
    }

    #[test]
    fn a_domain_is_asked_for_plain_and_escaped() {
        assert_eq!(path(" www.Org.example"), "organizations/enrich?domain=org.example");
        assert_eq!(path("a b&key=c"), "organizations/enrich?domain=a+b%26key%3Dc");
    }

    #[test]
    fn an_unknown_company_is_not_found_and_costs_no_error() {
        for none in [json!({}), json!({ "organization": null }), json!({ "organization": {} })] {
            assert_eq!(read(&none), Ok(CompanyAnswer::NotFound));
        }
        for odd in [json!([]), json!({ "organization": 7 }), json!({ "organization": { "name": "without an id" } })] {
            assert_eq!(read(&odd), Err(Error::Unreadable));
        }
    }

    #[test]
    fn floats_texts_and_empty_objects_are_read_for_what_they_are() {
        let answer = json!({ "organization": { "id": "o", "primary_domain": "org.example", "annual_revenue": 9.99999e8,
            "estimated_num_employees": "120", "primary_phone": {}, "keywords": {}, "technology_names": ["sap", 7, " "] } });
        let Ok(CompanyAnswer::Found(company)) = read(&answer) else { panic!() };
        assert_eq!((company.annual_revenue, company.employees), (Some(999_999_000), Some(120)));
        assert_eq!((&company.phone, company.keywords.len(), company.technologies), (&None, 0, vec!["sap".to_owned()]));
    }

    #[test]
    fn a_company_of_another_domain_is_told_apart_unless_it_is_known_by_its_id() {
        let answered = |fields: Value, known: &[&str]| {
            let known: Vec<String> = known.iter().map(|id| (*id).to_owned()).collect();
            read_company("org.example", &known, json!({ "organization": fields }).to_string().as_bytes())
        };
        let is_wanted = |fields, known| matches!(answered(fields, known), Ok(CompanyAnswer::Found(_)));
        let is_another = |fields, known| matches!(answered(fields, known), Ok(CompanyAnswer::Elsewhere(_)));
        let moved = json!({ "id": "o", "primary_domain": "www.other.example" });
        assert!(is_another(moved.clone(), &[]) && is_another(moved.clone(), &["p"]));
        assert!(is_wanted(moved, &["p", "o"]), "it has moved to another domain");
        let told_by_link = json!({ "id": "o", "website_url": "http://www.Org.example/about" });
        assert!(is_wanted(told_by_link, &["p"]), "one domain may be told of two ids");
        assert!(is_another(json!({ "id": "o", "website_url": "other.example" }), &[]));
        let silent = json!({ "id": "o" });
        assert!(is_wanted(silent.clone(), &[]), "without a domain there is nothing to compare");
        assert!(is_another(silent, &["p"]));
    }
}
