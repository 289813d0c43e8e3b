//! Recorded answers of the real Apollo, read by the real code. They live beside the project, not in it; without them these
//! tests say so and skip.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use foray_core::apollo::Endpoint;
use foray_core::apollo::classify::{Shut, Verdict, classify};
use foray_core::apollo::response::{PeoplePage, read_page};
use proptest::prelude::*;
use serde_json::Value;

/// The folder of samples; none where it is absent.
fn samples() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/apollo-samples");
    if !folder.is_dir() {
        println!("skipped: no ../shared/apollo-samples beside the project");
        return None;
    }
    Some(folder)
}

fn sample(name: &str) -> Option<Value> {
    let path = samples()?.join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&text).unwrap())
}

/// Samples either are the answer or hold it under `response`.
fn page(name: &str) -> Option<PeoplePage> {
    let value = sample(name)?;
    let answer = value.get("response").unwrap_or(&value);
    Some(read_page(Endpoint::Full, answer.to_string().as_bytes()).unwrap())
}

#[test]
fn full_pages_of_several_years_are_read() {
    for (name, total) in [
        ("shape_mixed_people_search_late2025", 227),
        ("enaia_mixed_people_search_2022", 799),
        ("legacydocs_people_search", 2_145),
    ] {
        let Some(page) = page(name) else { return };
        assert_eq!(page.total_entries, Some(total), "{name}");
        assert!(!page.people.is_empty(), "{name}");
        for person in page.people.iter() {
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
    let Some(value) = sample("spantree_contacts_search_with_results") else { return };
    let answer = value.get("response").unwrap_or(&value);
    let page = read_page(Endpoint::Full, answer.to_string().as_bytes()).unwrap();
    assert!(!page.people.is_empty());
}

#[test]
fn each_recorded_refusal_has_its_own_meaning() {
    let read = |name: &str| {
        let value = sample(name)?;
        let status = value["status"].as_u64().unwrap() as u16;
        let body = value.get("body").cloned().unwrap_or_else(|| value["variants"][0].clone());
        Some(classify(status, body.to_string().as_bytes()))
    };
    let Some(deprecated) = read("live_error_422_people_search_deprecated") else { return };
    assert_eq!(deprecated, Verdict::EndpointShut(Shut::Deprecated));
    assert_eq!(read("live_error_422_insufficient_credits").unwrap(), Verdict::OutOfCredits);
    for forbidden in ["live_error_403_free_plan_old_endpoint", "live_error_403_key_scope_old_wording"] {
        assert!(matches!(read(forbidden).unwrap(), Verdict::EndpointShut(Shut::Forbidden { .. })), "{forbidden}");
    }
    for refused in
        ["live_error_422_page_over_threshold", "live_error_422_range_as_string", "live_error_422_contact_deleted"]
    {
        assert!(matches!(read(refused).unwrap(), Verdict::Refused { status: 422, .. }), "{refused}");
    }
}

/// What a mutation does to one place of an answer.
fn mutated(value: &mut Value, path: &mut impl Iterator<Item = u8>, replacement: &Value) {
    match (path.next(), value) {
        (Some(step), Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(usize::from(step) % map.len()).cloned().unwrap();
            mutated(map.get_mut(&key).unwrap(), path, replacement);
        }
        (Some(step), Value::Array(items)) if !items.is_empty() => {
            let index = usize::from(step) % items.len();
            mutated(&mut items[index], path, replacement);
        }
        (_, place) => *place = replacement.clone(),
    }
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(serde_json::json!({})),
        Just(serde_json::json!([])),
        Just(serde_json::json!(9.99999e8)),
        Just(serde_json::json!("1")),
        Just(serde_json::json!(-1)),
        Just(serde_json::json!("a\u{0}b")),
        Just(serde_json::json!(true)),
    ]
}

proptest! {
    /// Any answer with one thing of another type than yesterday is read or refused; nothing panics, no placeholder leaks.
    #[test]
    fn a_mutated_answer_never_panics_nor_leaks_the_placeholder(path in prop::collection::vec(any::<u8>(), 1..7), odd in odd_value(), cut in any::<prop::sample::Index>()) {
        let Some(value) = sample("shape_mixed_people_search_late2025") else { return Ok(()) };
        let mut answer = value["response"].clone();
        mutated(&mut answer, &mut path.into_iter(), &odd);
        let text = answer.to_string();
        if let Ok(page) = read_page(Endpoint::Full, text.as_bytes()) {
            for person in page.people.iter() {
                prop_assert!(!person.id.is_empty());
                prop_assert!(!person.email.as_deref().unwrap_or_default().contains("not_unlocked"));
            }
        }
        // Cut off anywhere, it is no answer.
        let end = cut.index(text.len());
        if text.is_char_boundary(end) {
            prop_assert!(read_page(Endpoint::Full, &text.as_bytes()[..end]).is_err());
        }
    }
}
