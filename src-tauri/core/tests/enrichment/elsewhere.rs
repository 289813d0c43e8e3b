//! An answer about somebody else's address than was asked by: it was charged, so who came is kept as who they are, and is
//! never taken for who was asked for.

use foray_core::enrich::{EnrichInput, EnrichTerms};
use foray_core::people::fact::FactSource;
use foray_core::people::{Among, PeopleQuery};

use super::known::{estimate, named, people_known_elsewhere};
use super::office::Office;

#[tokio::test]
async fn who_was_answered_instead_is_kept_told_and_paid_for_once_and_the_question_is_remembered() {
    let office = Office::new().await;
    let asked_by = people_known_elsewhere(&office).await.remove(0).email.unwrap();
    let by_address = named([asked_by.clone()]);
    office.set_faults("wrong-person=1");
    let done = office.enrich(&by_address).await;
    office.set_faults("");
    assert_eq!((done.asked, done.found, done.elsewhere, done.not_found), (1, 0, 1, 0), "{}", done.sentence);
    assert!(done.sentence.starts_with("1 asked · 0 found · 1 answered with somebody else, who is kept as such"));
    let line =
        office.foray.usage(office.tenant).await.unwrap().entries.into_iter().find(|line| line.people == 1).unwrap();
    assert_eq!((line.found, line.elsewhere, line.charged), (0, 1, done.charged));

    let people = office.foray.people(office.tenant, PeopleQuery::of(Among::Everybody), 0, 10).await.unwrap().people;
    let [other] = people.as_slice() else { panic!("{people:?}") };
    assert_eq!(other.source, FactSource::Enrichment);
    assert_ne!(other.person.email.as_deref(), Some(asked_by.as_str()), "they have an address of their own, or none");
    let details = office.foray.person(office.tenant, &other.person.id).await.unwrap();
    assert_eq!(details.answered_for, [asked_by]);

    let again = estimate(&office, &by_address).await;
    assert_eq!((again.known, again.not_found_before, again.to_enrich), (0, 1, 0), "{}", again.sentence);
    let terms = EnrichTerms { not_found_again: true, ..EnrichTerms::default() };
    assert_eq!(
        estimate(&office, &EnrichInput { terms, ..by_address }).await.to_enrich,
        1,
        "the user's word asks again"
    );
    let themselves = estimate(&office, &named([other.person.id.clone()])).await;
    assert_eq!((themselves.known, themselves.to_enrich), (1, 0), "they were paid for: {}", themselves.sentence);
}
