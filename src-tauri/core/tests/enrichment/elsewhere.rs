//! An answer about somebody else's address than was asked by: it was charged, so who came is kept as who they are, and is
//! never taken for who was asked for.

use foray_core::credits::Credits;
use foray_core::enrich::{EnrichInput, EnrichTerms};
use foray_core::jobs::{Agreed, Ended, JobResult, Manner};
use foray_core::people::fact::FactSource;
use foray_core::people::{Among, PeopleQuery};
use foray_core::workspace::CreditCaps;
use tokio_util::sync::CancellationToken;

use super::known::{estimate, named, people_known_elsewhere};
use super::office::Office;
use super::paying::with_mobiles;

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
    assert_eq!((line.found, line.elsewhere, line.charged), (Some(0), 1, done.charged));

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

#[tokio::test]
async fn who_comes_for_one_of_two_addresses_is_booked_with_their_mobile_and_not_paid_for_again() {
    let office = Office::new().await;
    let asked_by = people_known_elsewhere(&office).await.remove(0).email.unwrap();
    let before = office.charged();
    let two = EnrichInput { terms: with_mobiles().terms, ..named([asked_by, "nobody@nowhere.example".to_owned()]) };
    office.set_faults("wrong-person=1");
    let job = office.add(&two).await;
    let stop = CancellationToken::new();
    let ended = office.foray.run_job(office.tenant, job.id, Manner::Patient, &stop, |_| ()).await.unwrap();
    office.set_faults("");
    let Ended::Done(JobResult::Enrich(done)) = ended else { panic!("{ended:?}") };
    assert_eq!(
        (done.asked, done.elsewhere, done.not_found),
        (2, 0, 2),
        "nobody can say instead of whom: {}",
        done.sentence
    );
    let paid = office.charged().saturating_sub(before);
    assert_eq!((done.charged, done.unknown), (paid, Credits::NONE), "their mobile is in the books");
    let people = office.foray.people(office.tenant, PeopleQuery::of(Among::Everybody), 0, 10).await.unwrap().people;
    let [other] = people.as_slice() else { panic!("{people:?}") };
    let themselves = EnrichInput { terms: with_mobiles().terms, ..named([other.person.id.clone()]) };
    let estimate = estimate(&office, &themselves).await;
    assert_eq!((estimate.known, estimate.to_enrich), (1, 0), "{}", estimate.sentence);
}

#[tokio::test]
async fn a_cap_that_stops_an_enrichment_lets_the_mobiles_come_that_were_ordered_before() {
    let office = Office::new().await;
    office.search(1).await;
    office.cap(CreditCaps { day: Some(95), ..CreditCaps::default() }).await;
    let job = office.add(&with_mobiles()).await;
    let stop = CancellationToken::new();
    let ended = office.foray.run_job(office.tenant, job.id, Manner::Patient, &stop, |_| ()).await.unwrap();
    let Ended::Held(reason) = ended else { panic!("{ended:?}") };
    assert_eq!(reason.code, "capped");
    assert_eq!(office.booked().await, (office.charged(), Credits::NONE), "nothing is on its way any more");
}

/// Somebody who came instead of an address, whose mobile got lost and is asked for again by the user's word.
struct AskedAgain {
    office: Office,
    by_address: EnrichInput,
    address: String,
    came: String,
}

impl AskedAgain {
    /// `looked_up`: whether Apollo's count told first what the lost one cost.
    async fn new(looked_up: bool) -> Self {
        let office = Office::new().await;
        let address = people_known_elsewhere(&office).await.remove(0).email.unwrap();
        let by_address = EnrichInput { terms: with_mobiles().terms, ..named([address.clone()]) };
        let job = office.add(&by_address).await;
        office.set_faults("wrong-person=1");
        assert!(matches!(office.run(&job).await, Ended::Held(reason) if reason.code == "not_ready"));
        office.set_faults("410=1");
        office.run(&job).await;
        office.set_faults("");
        let lost = office.foray.undecided(office.tenant).await.unwrap().remove(0);
        assert_eq!((lost.people, lost.why.as_deref()), (1, Some("gone")), "{lost:?}");
        if looked_up {
            office.clock.advance(120_000);
            office.foray.look_up_undecided(office.tenant, lost.number).await.unwrap();
        }
        let agreed = Agreed { calls: None, credits: 9 };
        let retry = office.foray.retry_undecided(office.tenant, lost.number, agreed, false).await.unwrap();
        let stop = CancellationToken::new();
        let ended = office.foray.run_job(office.tenant, retry.id, Manner::Patient, &stop, |_| ()).await.unwrap();
        let Ended::Done(JobResult::Enrich(done)) = ended else { panic!("{ended:?}") };
        assert_eq!((done.asked, done.found), (1, 1), "by their id: {}", done.sentence);
        let people = office.foray.people(office.tenant, PeopleQuery::of(Among::Everybody), 0, 10).await.unwrap().people;
        let came = people.into_iter().next().unwrap().person.id;
        Self { office, by_address, address, came }
    }
}

#[tokio::test]
async fn an_address_that_brought_somebody_else_is_not_asked_by_again_when_their_mobile_is() {
    for looked_up in [false, true] {
        let AskedAgain { office, by_address, .. } = AskedAgain::new(looked_up).await;
        let again = estimate(&office, &by_address).await;
        assert_eq!((again.not_found_before, again.to_enrich), (1, 0), "{}", again.sentence);
        assert_eq!(office.foray.undecided(office.tenant).await.unwrap(), [], "nobody lacks a mobile any more");
    }
}

#[tokio::test]
async fn whom_somebody_came_instead_of_is_still_told_when_their_mobile_was_asked_for_again() {
    for looked_up in [false, true] {
        let AskedAgain { office, address, came, .. } = AskedAgain::new(looked_up).await;
        assert_eq!(office.foray.person(office.tenant, &came).await.unwrap().answered_for, [address]);
    }
}
