//! Reading a page of people out of whatever Apollo answered. Everything but the id may be missing, null, empty or of
//! another type than yesterday; a row that can be read is read, and nothing here panics.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Endpoint;
use crate::error::Error;
use crate::people::fact::LIST_APART;
use crate::people::{Likelihood, Person};

/// What a locked e-mail looks like; never shown, exported or used as a key.
const LOCKED_EMAIL: &str = "email_not_unlocked@";
/// Apollo answers no page past this many rows.
const WALL: u64 = 50_000;

/// One page as Apollo gave it, each person once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    pub total_entries: Option<u64>,
    pub people: Arc<Vec<Person>>,
}

impl PeoplePage {
    /// Pages of this size that Apollo will answer: at most 500, within the first 50,000 rows.
    pub fn total_pages(&self, page_size: u32) -> Option<u32> {
        let size = u64::from(page_size.max(1));
        let pages = self.total_entries?.div_ceil(size).min(WALL / size).min(500);
        u32::try_from(pages).ok()
    }
}

/// What a body held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadPage {
    pub page: PeoplePage,
    /// Rows that were left out because nobody could be read out of them.
    pub unreadable_rows: usize,
}

impl ReadPage {
    /// What the user should know of it, if anything.
    pub fn notice(&self) -> Option<String> {
        match self.unreadable_rows {
            0 => None,
            1 => Some("1 row of Apollo's answer could not be read and was left out.".to_owned()),
            rows => Some(format!("{rows} rows of Apollo's answer could not be read and were left out.")),
        }
    }
}

/// Reads the body of a 200. A row that is odd never spoils the others.
///
/// # Errors
/// [`Error::Unreadable`] when it is not JSON, or no answer to a people search.
pub fn read_page(endpoint: Endpoint, body: &[u8]) -> Result<ReadPage, Error> {
    let value = read_json(body).ok_or(Error::Unreadable)?;
    let answer = value.as_object().ok_or(Error::Unreadable)?;
    let total_entries =
        answer.get("total_entries").or_else(|| answer.get("pagination")?.get("total_entries")).and_then(whole_number);
    let nobody = total_entries == Some(0);
    let lists: Vec<&[Value]> =
        ["contacts", "people"].iter().filter_map(|name| list(answer.get(*name)?, nobody)).collect();
    if lists.is_empty() {
        return Err(Error::Unreadable);
    }
    let (mut people, mut seen, mut unreadable_rows) = (Vec::new(), HashSet::new(), 0);
    for row in lists.into_iter().flatten() {
        match read_person(endpoint, row) {
            Some(person) if seen.insert(person.id.clone()) => people.push(person),
            // The same person twice is no loss.
            Some(_) => {}
            None => unreadable_rows += 1,
        }
    }
    Ok(ReadPage { page: PeoplePage { total_entries, people: Arc::new(people) }, unreadable_rows })
}

/// An array; also an empty object in its place, but only where nobody is due, lest lost rows look like none.
fn list(value: &Value, nobody: bool) -> Option<&[Value]> {
    match value {
        Value::Array(rows) => Some(rows),
        Value::Object(fields) if fields.is_empty() && nobody => Some(&[]),
        _ => None,
    }
}

/// JSON, also when it was encoded twice.
pub fn read_json(body: &[u8]) -> Option<Value> {
    match serde_json::from_slice(body).ok()? {
        Value::String(inner) => serde_json::from_str(&inner).ok(),
        value => Some(value),
    }
}

/// A count, also as a float or in quotes.
pub fn whole_number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            (0.0..=9e15).contains(&float).then_some(float as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Null for a row without an id: it could be neither de-duplicated nor enriched.
pub(super) fn read_person(endpoint: Endpoint, row: &Value) -> Option<Person> {
    // A saved contact has an id of its own; the person's is `person_id`.
    let id = text(row, "person_id").or_else(|| text(row, "id"))?;
    let first_name = text(row, "first_name");
    let last_name = text(row, "last_name");
    let organization = row.get("organization").filter(|value| value.is_object());
    let from_organization = |name: &str| organization.and_then(|organization| text(organization, name));
    let email = email(row);
    let person = Person {
        name: text(row, "name").or_else(|| full_name(first_name.as_deref(), last_name.as_deref())),
        last_name_obfuscated: text(row, "last_name_obfuscated"),
        title: text(row, "title"),
        headline: text(row, "headline"),
        seniority: text(row, "seniority"),
        functions: functions(row),
        email_status: text(row, "email_status"),
        phone: phone(row),
        linkedin_url: text(row, "linkedin_url"),
        city: text(row, "city"),
        state: text(row, "state"),
        country: text(row, "country"),
        organization_name: from_organization("name").or_else(|| text(row, "organization_name")),
        organization_id: text(row, "organization_id").or_else(|| from_organization("id")),
        organization_domain: from_organization("primary_domain"),
        has_email: match endpoint {
            Endpoint::Free => row.get("has_email").and_then(Value::as_bool),
            Endpoint::Full => has_email(row, email.as_deref()),
        },
        has_direct_phone: row.get("has_direct_phone").and_then(likelihood),
        id,
        first_name,
        last_name,
        email,
    };
    Some(person)
}

fn full_name(first: Option<&str>, last: Option<&str>) -> Option<String> {
    match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        _ => None,
    }
}

/// A text with something in it. Control characters (U+0000 was seen) become blanks.
pub(super) fn text(row: &Value, name: &str) -> Option<String> {
    cleaned(row.get(name)?)
}

/// The texts of a list; whatever else is in it is left out.
pub(super) fn texts(row: &Value, name: &str) -> Vec<String> {
    let values = row.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    values.iter().filter_map(cleaned).collect()
}

fn cleaned(value: &Value) -> Option<String> {
    let clean: String = value.as_str()?.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// What somebody works in, each once and in the order of letters: Apollo's own order says nothing.
fn functions(row: &Value) -> Option<String> {
    let mut functions = texts(row, "functions");
    functions.sort_unstable();
    functions.dedup();
    (!functions.is_empty()).then(|| functions.join(LIST_APART))
}

fn email(row: &Value) -> Option<String> {
    text(row, "email").filter(|address| is_address(address))
}

/// Whether this is an address and not the placeholder of a locked one.
pub(super) fn is_address(text: &str) -> bool {
    text.contains('@') && !text.to_lowercase().starts_with(LOCKED_EMAIL)
}

/// In full rows: an address or a locked one is there, `unavailable` says there is none, else it is not known.
fn has_email(row: &Value, email: Option<&str>) -> Option<bool> {
    let locked = text(row, "email").is_some_and(|address| address.starts_with(LOCKED_EMAIL));
    let status = text(row, "email_status");
    if email.is_some() {
        Some(true)
    } else if status.as_deref() == Some("unavailable") {
        Some(false)
    } else {
        locked.then_some(true)
    }
}

/// The person's own number, never the company's switchboard; a mobile before others.
fn phone(row: &Value) -> Option<String> {
    let numbers = row.get("phone_numbers")?.as_array()?;
    let own = |kind: &str| {
        numbers.iter().find_map(|number| {
            let found = text(number, "type").unwrap_or_default();
            let wanted = if kind == "any" { found != "work_hq" } else { found == kind };
            wanted.then(|| text(number, "sanitized_number").or_else(|| text(number, "raw_number")))?
        })
    };
    own("mobile").or_else(|| own("any"))
}

/// Apollo tells this as a text (“Yes”, “Maybe: …”), a boolean in some answers.
fn likelihood(value: &Value) -> Option<Likelihood> {
    match value {
        Value::Bool(true) => Some(Likelihood::Yes),
        Value::Bool(false) => Some(Likelihood::No),
        Value::String(text) => {
            let text = text.to_lowercase();
            [("yes", Likelihood::Yes), ("maybe", Likelihood::Maybe), ("no", Likelihood::No)]
                .into_iter()
                .find_map(|(start, likelihood)| text.starts_with(start).then_some(likelihood))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use serde_json::json;

    fn read(endpoint: Endpoint, value: &Value) -> PeoplePage {
        read_page(endpoint, value.to_string().as_bytes()).unwrap().page
    }

    #[test]
    fn a_row_that_cannot_be_read_is_left_out_and_counted() {
        let answer = json!({"people": [null, 7, "x", [], {}, {"id": 12}, {"id": "a"}, {"id": "a"}, {"id": "\u{0}"}]});
        let read = read_page(Endpoint::Free, answer.to_string().as_bytes()).unwrap();
        assert_eq!((read.page.people.len(), read.unreadable_rows), (1, 7));
        assert_eq!(read.notice().unwrap(), "7 rows of Apollo's answer could not be read and were left out.");
        let whole = read_page(Endpoint::Free, br#"{"people": [{"id": "a"}]}"#).unwrap();
        assert_eq!(whole.notice(), None);
    }

    #[test]
    fn an_empty_object_in_place_of_the_rows_is_nobody_only_where_nobody_is_due() {
        let people = |answer: &Value| {
            read_page(Endpoint::Full, answer.to_string().as_bytes()).map(|read| read.page.people.len())
        };
        assert_eq!(people(&json!({"people": {}, "pagination": {"total_entries": 0}})), Ok(0));
        assert_eq!(people(&json!({"people": {}, "pagination": {"total_entries": 7}})), Err(Error::Unreadable));
        assert_eq!(people(&json!({"people": {"0": {"id": "a"}}, "total_entries": 0})), Err(Error::Unreadable));
    }

    #[test]
    fn a_stub_gives_what_it_has_and_null_for_the_rest() {
        let page = read(
            Endpoint::Free,
            &json!({"total_entries": 9.0, "people": [{"id": "a1", "first_name": "Ana", "last_name_obfuscated": "Ke***l",
                "has_email": true, "has_direct_phone": "Maybe: please request direct dial via people/bulk_match", "organization": {"name": "Org"}}]}),
        );
        let person = &page.people[0];
        assert_eq!(page.total_entries, Some(9));
        assert_eq!((person.name.as_deref(), person.last_name.as_deref()), (None, None));
        assert_eq!(person.has_direct_phone, Some(Likelihood::Maybe));
        assert_eq!(person.phone, None);
        assert_eq!(person.organization_name.as_deref(), Some("Org"));
    }

    #[test]
    fn the_locked_address_is_never_an_address() {
        let page = read(
            Endpoint::Full,
            &json!({"people": [{"id": "a", "email": "email_not_unlocked@domain.com", "email_status": "verified"}], "pagination": {"total_entries": "7"}}),
        );
        assert_eq!((page.people[0].email.as_deref(), page.people[0].has_email), (None, Some(true)));
        assert_eq!(page.total_entries, Some(7));
    }

    #[test]
    fn contacts_and_people_are_one_list_by_the_persons_id() {
        let page = read(
            Endpoint::Full,
            &json!({"contacts": [{"id": "contact", "person_id": "p1", "name": "One"}], "people": [{"id": "p1"}, {"id": "p2"}, {"id": "p2"}, {"name": "no id"}]}),
        );
        let ids: Vec<&str> = page.people.iter().map(|person| person.id.as_str()).collect();
        assert_eq!(ids, ["p1", "p2"]);
    }

    #[test]
    fn odd_types_are_unknown_and_not_an_error() {
        let page = read(
            Endpoint::Full,
            &json!({"people": [{"id": "p", "first_name": 7, "title": {}, "organization": [], "phone_numbers": {}, "headline": "a\u{0}b", "name": "", "city": "  "}]}),
        );
        let person = &page.people[0];
        assert_eq!(person.headline.as_deref(), Some("a b"));
        assert_eq!((&person.name, &person.city, &person.title), (&None, &None, &None));
    }

    #[test]
    fn what_somebody_works_in_is_a_list_of_apollos_words_whatever_else_stands_in_it() {
        let functions = |told: Value| {
            let page = read(Endpoint::Full, &json!({"people": [{"id": "p", "functions": told}]}));
            page.people[0].functions.clone()
        };
        let several = functions(json!(["sales", "finance", 7, " ", "sales", "deep_sea\u{0}diving"]));
        assert_eq!(several.as_deref(), Some("deep_sea diving, finance, sales"));
        for none in [json!([]), json!({}), json!("sales"), json!([null]), Value::Null] {
            assert_eq!(functions(none.clone()), None, "{none}");
        }
    }

    #[test]
    fn the_switchboard_is_not_the_persons_phone() {
        let page = read(
            Endpoint::Full,
            &json!({"people": [{"id": "p", "phone_numbers": [{"type": "work_hq", "sanitized_number": "+1"}, {"type": "other", "raw_number": "+2"}, {"type": "mobile", "sanitized_number": "+3"}]},
                               {"id": "q", "phone_numbers": [{"type": "work_hq", "sanitized_number": "+1"}]}]}),
        );
        assert_eq!(page.people[0].phone.as_deref(), Some("+3"));
        assert_eq!(page.people[1].phone, None);
    }

    #[test]
    fn json_encoded_twice_is_read() {
        let twice = serde_json::to_vec(&json!({"people": [], "total_entries": 0}).to_string()).unwrap();
        assert_eq!(read_page(Endpoint::Free, &twice).unwrap().page.total_entries, Some(0));
    }

    #[test]
    fn what_is_no_answer_is_unreadable_and_not_an_empty_page() {
        for body in ["<html>", "", "[]", "{}", "null", "{\"people\": {}}"] {
            assert_eq!(read_page(Endpoint::Free, body.as_bytes()), Err(Error::Unreadable), "{body}");
        }
    }

    #[test]
    fn pages_end_at_apollos_wall() {
        let page = PeoplePage { total_entries: Some(1_000_000), people: Arc::default() };
        assert_eq!((page.total_pages(100), page.total_pages(10)), (Some(500), Some(500)));
        let small = PeoplePage { total_entries: Some(101), people: Arc::default() };
        assert_eq!(small.total_pages(50), Some(3));
    }
}
