//! Everything that reads an answer of Apollo's, and what must hold whatever the answer is. Shared with the fuzzing of
//! `cargo xtask fuzz`, so it needs nothing but the public API.

use foray_core::apollo::Endpoint;
use foray_core::apollo::classify::{Shut, Verdict, classify};
use foray_core::apollo::company::{CompanyAnswer, read_company};
use foray_core::apollo::enrichment::{Clue, Enrichment, Matched, read_bulk, read_match};
use foray_core::apollo::mobiles::{MobileResult, read_result};
use foray_core::apollo::response::read_page;
use foray_core::apollo::usage::{read_api_usage, read_credit_usage, read_profile};
use foray_core::people::Person;

/// Reads a body as each kind of answer and as a refusal. Panics when something is told that must not be.
pub fn read_as_everything(body: &[u8], clues: &[Clue]) {
    for endpoint in [Endpoint::Full, Endpoint::Free] {
        if let Ok(read) = read_page(endpoint, body) {
            read.page.people.iter().for_each(check_person);
        }
    }
    if let Ok(answer) = read_bulk(clues, body) {
        check_enrichment(clues, &answer);
    }
    if let Some(clue) = clues.first()
        && let Ok(answer) = read_match(clue, body)
    {
        check_enrichment(std::slice::from_ref(clue), &answer);
    }
    if let Ok(CompanyAnswer::Found(company) | CompanyAnswer::Elsewhere(company)) =
        read_company("org.example", &[], body)
    {
        assert!(!company.id.is_empty());
    }
    if let Ok(MobileResult::Ready { people, .. }) = read_result(body) {
        for person in people {
            assert!(!person.person.is_empty() && person.numbers.iter().all(|number| !number.number.is_empty()));
        }
    }
    if let Ok(usages) = read_api_usage(body) {
        assert!(!usages.is_empty() && usages.iter().all(|usage| !usage.endpoint.is_empty()));
    }
    if let Ok(usage) = read_credit_usage(body) {
        assert!(!usage.kinds.is_empty());
    }
    if let Ok(profile) = read_profile(body) {
        check_shown(profile.name.iter().chain(&profile.email));
    }
    for status in [400, 403, 404, 410, 422] {
        check_refusal(&classify(status, body));
    }
}

fn check_enrichment(clues: &[Clue], answer: &Enrichment) {
    assert_eq!(answer.matches.len(), clues.len(), "one for each clue");
    for (clue, matched) in clues.iter().zip(&answer.matches) {
        let Matched::Found(found) = matched else { continue };
        check_person(&found.person);
        assert!(found.personal_emails.iter().all(|address| !is_placeholder(address)));
        if let Clue::Id(id) = clue {
            assert_eq!(found.person.id, *id, "nobody else's row");
        }
    }
}

fn check_person(person: &Person) {
    assert!(!person.id.is_empty(), "a person has an id");
    assert!(!person.email.as_deref().is_some_and(is_placeholder), "the placeholder is no address");
    let texts = [&person.name, &person.first_name, &person.last_name, &person.title, &person.headline, &person.city];
    check_shown(texts.into_iter().flatten());
}

fn is_placeholder(address: &str) -> bool {
    address.to_lowercase().starts_with("email_not_unlocked")
}

fn check_refusal(verdict: &Verdict) {
    let (Verdict::EndpointShut(Shut::Forbidden { said, .. }) | Verdict::Gone { said } | Verdict::Refused { said, .. }) =
        verdict
    else {
        return;
    };
    assert!(said.chars().count() <= 300, "too long to show");
    check_shown([said]);
}

/// What is shown holds something, on one line.
fn check_shown<'a>(texts: impl IntoIterator<Item = &'a String>) {
    for text in texts {
        assert!(!text.trim().is_empty() && !text.chars().any(char::is_control), "{text:?}");
    }
}
