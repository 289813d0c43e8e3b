//! Recorded answers of the real Apollo.

use foray_core::apollo::Endpoint;
use foray_core::apollo::company::{CompanyAnswer, read_company};
use foray_core::apollo::enrichment::{Clue, Matched, read_bulk};
use foray_core::apollo::response::{ReadPage, read_page};
use foray_core::apollo::usage::read_api_usage;
use foray_core::credits::Credits;
use serde_json::json;

use super::recorded_answer;

fn page(name: &str) -> Option<ReadPage> {
    Some(read_page(Endpoint::Full, recorded_answer(name)?.to_string().as_bytes()).unwrap())
}

#[test]
fn full_pages_of_several_years_are_read() {
    for (name, total) in [
        ("shape_mixed_people_search_late2025", 227),
        ("enaia_mixed_people_search_2022", 799),
        ("legacydocs_people_search", 2_145),
    ] {
        let Some(read) = page(name) else { return };
        assert_eq!(read.notice(), None, "{name}");
        assert_eq!(read.page.total_entries, Some(total), "{name}");
        assert!(!read.page.people.is_empty(), "{name}");
        for person in read.page.people.iter() {
            assert!(
                !person.id.is_empty() && person.first_name.is_some() && person.title.is_some(),
                "{name}: {person:?}"
            );
            assert!(person.organization_name.is_some(), "{name}: {person:?}");
            assert!(!person.email.as_deref().unwrap_or_default().contains("not_unlocked"), "{name}");
        }
    }
}

#[test]
fn saved_contacts_are_people_too() {
    let Some(read) = page("spantree_contacts_search_with_results") else { return };
    assert!(!read.page.people.is_empty());
}

#[test]
fn recorded_enrichments_are_paired_and_priced() {
    let id = |id: &str| Clue::Id(id.to_owned());
    let Some(official) = recorded_answer("legacydocs_enrichment_bulk_people_enrichment") else { return };
    let clues = [id("nobody"), id(official["matches"][0]["id"].as_str().unwrap())];
    let answer = read_bulk(&clues, official.to_string().as_bytes()).unwrap();
    assert_eq!(answer.matches[0], Matched::NotFound);
    let Matched::Found(found) = &answer.matches[1] else { panic!("{answer:?}") };
    assert_eq!(found.person.email.as_deref(), official["matches"][0]["email"].as_str());
    assert_eq!((answer.strangers, answer.credits), (1, Some(Credits::from_thousandths(1_010))));

    let anonymised = recorded_answer("spantree_bulk_people_enrichment_response").unwrap();
    let clues = [id("person_456"), id("person_789"), id("person_123")];
    let answer = read_bulk(&clues, anonymised.to_string().as_bytes()).unwrap();
    let found = answer.matches.iter().map(|matched| matches!(matched, Matched::Found(_)));
    assert_eq!(found.collect::<Vec<_>>(), [true, false, true]);
    assert_eq!((answer.strangers, answer.credits), (0, Some(Credits::NONE)));
}

#[test]
fn a_recorded_company_is_read() {
    let Some(official) = recorded_answer("legacydocs_enrichment_bulk_people_enrichment") else { return };
    let answer = json!({ "organization": official["matches"][0]["organization"] });
    let CompanyAnswer::Found(company) = read_company("apollo.io", &[], answer.to_string().as_bytes()).unwrap() else {
        panic!("{answer}")
    };
    assert_eq!(company.name.as_deref(), answer["organization"]["name"].as_str());
    assert!(company.employees.is_some() && company.industry.is_some() && !company.keywords.is_empty());
}

#[test]
fn recorded_usage_figures_are_read() {
    let Some(recorded) = recorded_answer("spantree_usage_stats_response") else { return };
    let usages = read_api_usage(recorded.to_string().as_bytes()).unwrap();
    let search = usages.iter().find(|usage| usage.endpoint == "mixed_people/search").unwrap();
    assert_eq!((search.hour.limit, search.hour.consumed, search.hour.left), (Some(600), Some(145), Some(455)));
}
