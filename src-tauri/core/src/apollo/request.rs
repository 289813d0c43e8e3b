//! The body of a people search. Apollo silently drops unknown names, so only these are ever sent.

use serde_json::{Map, Value, json};

use crate::persona::{Filters, industries};

/// The body that asks for one page: arrays as arrays, empty filters left out.
pub fn search_body(filters: &Filters, page: u32, page_size: u32) -> Value {
    let mut body = Map::new();
    let mut add = |name: &str, values: Vec<&str>| {
        if !values.is_empty() {
            body.insert(name.to_owned(), json!(values));
        }
    };
    add("person_titles", texts(&filters.titles));
    add("person_seniorities", filters.seniorities.iter().map(|seniority| seniority.as_str()).collect());
    add("person_locations", texts(&filters.locations));
    add("organization_num_employees_ranges", texts(&filters.company_sizes));
    // Not documented by Apollo; measured as honoured. Names instead of ids are refused with 422.
    add("organization_industry_tag_ids", industry_ids(&filters.industries));
    if !filters.keywords.is_empty() {
        body.insert("q_keywords".to_owned(), json!(filters.keywords));
    }
    body.insert("page".to_owned(), json!(page));
    body.insert("per_page".to_owned(), json!(page_size));
    Value::Object(body)
}

fn texts(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

/// Two names can share one id (computer games, mobile games): each id once, in a fixed order.
fn industry_ids(names: &[String]) -> Vec<&'static str> {
    let mut ids: Vec<&'static str> =
        names.iter().filter_map(|name| industries::find(name).and_then(|industry| industry.tag_id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::persona::FiltersInput;

    #[test]
    fn six_filters_become_apollos_six_names() {
        let one = |value: &str| vec![value.to_owned()];
        let filters = Filters::check(&FiltersInput {
            titles: one("VP Sales"),
            seniorities: one("vp"),
            industries: one("computer software"),
            locations: one("California, US"),
            company_sizes: one("51,200"),
            keywords: "saas".to_owned(),
        })
        .unwrap();
        assert_eq!(
            search_body(&filters, 2, 25),
            json!({
                "person_titles": ["VP Sales"],
                "person_seniorities": ["vp"],
                "organization_industry_tag_ids": ["5567cd4e7369643b70010000"],
                "person_locations": ["California, US"],
                "organization_num_employees_ranges": ["51,200"],
                "q_keywords": "saas",
                "page": 2,
                "per_page": 25,
            })
        );
    }

    #[test]
    fn an_empty_filter_is_left_out() {
        let body = search_body(&Filters { keywords: "x".to_owned(), ..Filters::default() }, 1, 10);
        assert_eq!(body.as_object().unwrap().len(), 3);
    }
}
