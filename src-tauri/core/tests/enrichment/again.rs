//! What is asked for again, and what was missing the first time.

use foray_core::Error;
use foray_core::credits::Credits;
use foray_core::enrich::{EnrichInput, EnrichTerms};
use foray_core::jobs::{Agreed, Ended, Job, JobResult, Manner};
use foray_core::people::{Among, PeopleQuery};
use foray_core::workspace::CreditCaps;
use tokio_util::sync::CancellationToken;

use super::office::Office;
use super::paying::{everybody, with_mobiles};

async fn run_patiently(office: &Office, job: &Job) -> foray_core::enrich::EnrichDone {
    let stop = CancellationToken::new();
    match office.foray.run_job(office.tenant, job.id, Manner::Patient, &stop, |_| ()).await.unwrap() {
        Ended::Done(JobResult::Enrich(done)) => done,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn mobiles_that_got_lost_are_asked_for_again_by_the_users_word_be_they_charged_or_nobody_knows() {
    for looked_up in [false, true] {
        let office = Office::new().await;
        office.search(1).await;
        office.set_faults("410=1");
        let five = EnrichInput { max_credits: Some(45), ..with_mobiles() };
        run_patiently(&office, &office.add(&five).await).await;
        office.set_faults("");
        let lost = office.foray.undecided(office.tenant).await.unwrap().remove(0);
        assert!(lost.people > 0 && lost.mobiles && lost.why.as_deref() == Some("gone"), "{lost:?}");
        if looked_up {
            office.clock.advance(120_000);
            let told = office.foray.look_up_undecided(office.tenant, lost.number).await.unwrap();
            assert_eq!(told.decided, [lost.number], "{}", told.sentence);
        }
        let waits = office.foray.undecided(office.tenant).await.unwrap().remove(0);
        assert_eq!(
            (waits.people, waits.charged.is_some()),
            (lost.people, looked_up),
            "the mobiles are lost all the same"
        );
        let estimate = office.foray.enrich_estimate(office.tenant, &five).await.unwrap();
        assert_eq!(estimate.undecided, lost.people, "nobody is paid for again without a word: {}", estimate.sentence);

        let price = 9 * u32::try_from(lost.people).unwrap();
        assert_eq!(waits.again_at_most, Some(Credits::whole(price.into())));
        let retry = |credits| {
            let agreed = Agreed { calls: None, credits };
            office.foray.retry_undecided(office.tenant, lost.number, agreed, false)
        };
        assert!(matches!(retry(price - 1).await, Err(Error::NotConfirmed { .. })));
        let done = run_patiently(&office, &retry(price).await.unwrap()).await;
        assert_eq!(done.asked, lost.people);
        assert!(done.mobiles > 0, "{}", done.sentence);
        assert_eq!(office.foray.undecided(office.tenant).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_cap_that_leaves_too_little_to_ask_again_is_told_while_the_lost_call_still_waits() {
    let office = Office::new().await;
    office.search(1).await;
    office.set_faults("410=1");
    run_patiently(&office, &office.add(&EnrichInput { max_credits: Some(45), ..with_mobiles() }).await).await;
    office.set_faults("");
    let lost = office.foray.undecided(office.tenant).await.unwrap();
    let agreed = Agreed { calls: None, credits: 9 * u32::try_from(lost[0].people).unwrap() };
    let again = || office.foray.retry_undecided(office.tenant, lost[0].number, agreed, false);
    let jobs = async || office.foray.jobs(office.tenant).await.unwrap().list().await.unwrap().len();
    let before = jobs().await;
    office.cap(CreditCaps { workspace: Some(46), ..CreditCaps::default() }).await;
    assert!(matches!(again().await, Err(Error::Capped { .. })));
    let not_agreed = office.foray.retry_undecided(office.tenant, lost[0].number, Agreed::default(), false).await;
    assert!(matches!(not_agreed, Err(Error::Capped { .. })), "no price is told that cannot be paid: {not_agreed:?}");
    assert_eq!((office.foray.undecided(office.tenant).await.unwrap(), jobs().await), (lost.clone(), before));
    office.cap(CreditCaps::default()).await;
    assert!(run_patiently(&office, &again().await.unwrap()).await.mobiles > 0);
}

#[tokio::test]
async fn where_everybody_was_answered_there_is_nobody_to_ask_again() {
    let office = Office::new().await;
    office.search(1).await;
    office.enrich(&EnrichInput { max_credits: Some(5), ..everybody() }).await;
    let file = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let untold = "UPDATE paid_requests SET state = 'may_be_charged', charged = 0 WHERE endpoint LIKE '%bulk_match%'";
    assert_eq!(rusqlite::Connection::open(file).unwrap().execute(untold, []).unwrap(), 1, "its price was not told");
    let one = office.foray.undecided(office.tenant).await.unwrap().remove(0);
    assert_eq!((one.people, one.again_at_most), (0, None), "asking again is not offered");
    let agreed = Agreed { calls: None, credits: 5 };
    let refused = office.foray.retry_undecided(office.tenant, one.number, agreed, false).await;
    assert!(matches!(&refused, Err(Error::BadInput { .. })), "{refused:?}");
    assert_eq!(office.foray.jobs(office.tenant).await.unwrap().list().await.unwrap().len(), 1, "no empty job is left");
}

#[tokio::test]
async fn who_has_no_other_address_is_asked_for_the_private_one_once() {
    let office = Office::new().await;
    office.search(1).await;
    let done = office.enrich(&everybody()).await;
    let terms = EnrichTerms { personal_emails: true, ..EnrichTerms::default() };
    let private = EnrichInput { terms, ..everybody() };
    let estimate = office.foray.enrich_estimate(office.tenant, &private).await.unwrap();
    assert!(estimate.to_enrich > 0 && estimate.to_enrich < done.found, "{}", estimate.sentence);
    let found = office.enrich(&private).await.found;
    let everybody_stored = PeopleQuery::of(Among::Everybody);
    let stored = office.foray.people(office.tenant, everybody_stored, 0, 500).await.unwrap().people;
    let told: Vec<_> = stored.iter().filter(|one| one.person.email_status.as_deref() == Some("private")).collect();
    assert!(!told.is_empty() && told.len() as u64 <= found && told.iter().all(|one| one.person.email.is_some()));
    for again in [private, everybody()] {
        let estimate = office.foray.enrich_estimate(office.tenant, &again).await.unwrap();
        assert_eq!(estimate.to_enrich, 0, "{}", estimate.sentence);
    }
}

#[tokio::test]
async fn a_mobile_that_is_known_is_not_asked_for_again_with_the_private_address_that_is_missing() {
    let office = Office::new().await;
    office.search(1).await;
    office.enrich(&everybody()).await;
    let estimate = office.foray.enrich_estimate(office.tenant, &with_mobiles()).await.unwrap();
    let both = "at most 225 credits (25 + 8 for each mobile)";
    assert!(estimate.sentence.contains(both), "Apollo charges for a known address again: {}", estimate.sentence);
    let told = format!("{} of them have an address already, which is charged again", estimate.paid_again);
    assert!(estimate.paid_again > 0 && estimate.sentence.contains(&told), "{}", estimate.sentence);
    let before = office.charged();
    let done = run_patiently(&office, &office.add(&with_mobiles()).await).await;
    assert!(office.charged().saturating_sub(before) > Credits::whole(8).times(done.mobiles), "as the stand-in does");

    // As of somebody of whom Apollo has a mobile and no address.
    let file = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let no_address = "UPDATE people SET email = NULL WHERE phone IS NOT NULL";
    let changed = rusqlite::Connection::open(file).unwrap().execute(no_address, []).unwrap() as u64;
    let terms = EnrichTerms { personal_emails: true, mobiles: true, ..EnrichTerms::default() };
    let private = EnrichInput { terms, ..everybody() };
    let estimate = office.foray.enrich_estimate(office.tenant, &private).await.unwrap();
    assert!(changed > 0 && estimate.to_enrich >= changed, "{}", estimate.sentence);
    assert_eq!(estimate.credits_at_most, Credits::whole(estimate.to_enrich), "{}", estimate.sentence);
    let before = office.charged();
    run_patiently(&office, &office.add(&private).await).await;
    assert!(office.charged().saturating_sub(before) <= estimate.credits_at_most);
    let last = office.sandbox.requests().into_iter().rfind(|request| request.path.ends_with("/bulk_match")).unwrap();
    assert!(last.query.is_none_or(|query| !query.contains("reveal_phone_number")));
}
