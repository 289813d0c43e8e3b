//! Enrichment as a job: who is paid for, what lands in the store, what the ledger says, and what becomes of a request that
//! was lost.

use std::time::Duration;

use foray_core::Error;
use foray_core::clock::Clock as _;
use foray_core::credits::{Credits, credits_in_words};
use foray_core::enrich::{EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom, EntryState, UsageListed};
use foray_core::jobs::{Agreed, Ended, JobResult, JobState, Manner};
use foray_core::people::fact::FactSource;
use foray_core::people::{Among, PeopleQuery, PeopleSelection, PeopleSet};
use foray_core::secrets::ApiKey;
use foray_core::workspace::CreditCaps;
use tokio_util::sync::CancellationToken;

use super::office::Office;

pub fn everybody() -> EnrichInput {
    EnrichInput {
        what: EnrichWhat::People,
        whom: EnrichWhom::Selected { selection: Box::new(PeopleSelection::of(PeopleSet::Everybody)) },
        terms: EnrichTerms::default(),
        max_credits: None,
        agreed: Agreed { calls: None, credits: 10_000 },
        people: None,
    }
}

pub fn with_mobiles() -> EnrichInput {
    EnrichInput { terms: EnrichTerms { mobiles: true, ..EnrichTerms::default() }, ..everybody() }
}

#[tokio::test]
async fn people_are_paid_for_in_tens_and_stand_in_the_store_with_source_and_date() {
    let office = Office::new().await;
    office.search(1).await;
    let estimate = office.foray.enrich_estimate(office.tenant, &everybody()).await.unwrap();
    assert_eq!(estimate.sentence, "25 selected · 25 to enrich in 3 calls + 1 free call · at most 25 credits");
    assert_eq!(office.paid_calls(), 0, "an estimate makes no call");
    let done = office.enrich(&everybody()).await;
    assert_eq!((done.asked, office.paid_calls(), done.calls_spent), (25, 3, 4));
    assert_eq!((done.charged, done.unknown), (office.charged(), Credits::NONE), "{}", done.sentence);
    let query = PeopleQuery::of(Among::Everybody);
    let people = office.foray.people(office.tenant, query, 0, 100).await.unwrap().people;
    let enriched = people.iter().filter(|person| person.source == FactSource::Enrichment).count();
    assert_eq!(enriched as u64, done.found);
    let emails = people.iter().filter(|stored| stored.person.email.is_some()).count();
    assert!(
        done.emails == emails as u64 && done.sentence.contains(&format!(" · {emails} e-mail addresses")),
        "{done:?}"
    );
    assert!(people.iter().any(|stored| stored.person.email.is_some() && stored.person.last_name.is_some()));

    let again = office.foray.enrich_estimate(office.tenant, &everybody()).await.unwrap();
    assert_eq!((again.known + again.not_found_before, again.to_enrich), (25, 0), "{}", again.sentence);
    let refused = office.foray.add_enrichment(office.tenant, "x", &everybody(), false).await;
    assert!(matches!(refused, Err(Error::BadInput { .. })), "{refused:?}");
    office.search(2).await;
    let more = office.foray.enrich_estimate(office.tenant, &everybody()).await.unwrap();
    assert!(more.room.credits_left.is_some(), "what Apollo told before the first payment, less what was paid since");
    office.enrich(&everybody()).await;
    assert!(office.times_charged().values().all(|times| *times == 1), "nobody is paid for twice");

    // The job asked before it paid, and not since: what it paid is in no count.
    let apollo = office.foray.usage(office.tenant).await.unwrap().apollo.unwrap();
    assert_eq!((apollo.charged, apollo.charged_after), (Credits::NONE, office.charged()), "{}", apollo.sentence);
    let after = format!("Paid after that count, and not in it: {}", credits_in_words(office.charged()));
    assert!(!apollo.sentence.contains("agree") && apollo.sentence.contains(&after), "{}", apollo.sentence);
    office.foray.ask_usage(office.tenant).await.unwrap();
    let paid = UsageListed { newest: None, paid: true };
    let usage = office.foray.usage_listing(office.tenant, paid).await.unwrap();
    // The full search was tried once and is closed, which cost nothing.
    assert_eq!((usage.charged, usage.entries.len()), (office.charged(), office.paid_calls() + 1));
    assert_eq!((usage.days.len(), usage.months.len(), usage.days[0].charged), (1, 1, usage.charged));
    let apollo = usage.apollo.unwrap();
    assert_eq!(apollo.counted, Some(usage.charged), "{}", apollo.sentence);
    assert!(apollo.sentence.ends_with("They agree."), "{}", apollo.sentence);
}

#[tokio::test]
async fn a_request_that_is_lost_may_have_been_charged_and_is_never_sent_again_by_itself() {
    let mut office = Office::new().await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    office.set_faults("charged-5xx=1");
    let ended = office.run(&job).await;
    assert!(matches!(ended, Ended::Held(_)), "{ended:?}");
    office.set_faults("");
    let lost = office.foray.undecided(office.tenant).await.unwrap();
    assert_eq!((lost.len(), lost[0].people, lost[0].why.as_deref()), (1, 10, Some("unavailable")));
    let (charged, unknown) = office.booked().await;
    assert!(charged <= office.charged() && office.charged() <= charged + unknown);
    let line = office.foray.usage(office.tenant).await.unwrap().entries.into_iter().find(|line| line.people == 10);
    assert_eq!(line.unwrap().found, None, "nobody knows what a lost answer found");

    let said = office.foray.look_up_undecided(office.tenant, lost[0].number).await.unwrap();
    assert!(said.decided.is_empty() && said.sentence.contains("too early"), "{}", said.sentence);
    office = office.restart().await;
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    jobs.resume(job.id, None).await.unwrap();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&job).await else { panic!() };
    assert_eq!((done.asked, done.undecided), (25, 10), "{}", done.sentence);
    assert!(office.times_charged().values().all(|times| *times == 1));
    let estimate = office.foray.enrich_estimate(office.tenant, &everybody()).await.unwrap();
    assert_eq!((estimate.undecided, estimate.to_enrich), (10, 0), "{}", estimate.sentence);

    office.foray.accept_undecided(office.tenant, lost[0].number).await.unwrap();
    let accepted = office.foray.undecided(office.tenant).await.unwrap();
    assert!(accepted[0].accepted, "it may still be asked again");
    let too_little = office.foray.retry_undecided(office.tenant, lost[0].number, Agreed::default(), false).await;
    assert!(matches!(too_little, Err(Error::NotConfirmed { .. })));
    let agreed = Agreed { calls: None, credits: 10 };
    let retry = office.foray.retry_undecided(office.tenant, lost[0].number, agreed, false).await.unwrap();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&retry).await else { panic!() };
    assert_eq!((done.asked, done.undecided), (10, 0));
    assert_eq!(office.foray.undecided(office.tenant).await.unwrap(), []);
    let usage = office.foray.usage(office.tenant).await.unwrap();
    assert_eq!((usage.entries[0].attempt, usage.entries[0].state), (2, EntryState::Charged));
    assert!(usage.entries.iter().any(|entry| entry.state == EntryState::Repeated && !entry.unknown.is_none()));
}

#[tokio::test]
async fn apollos_own_count_says_what_a_lost_request_cost_once_it_can_have_arrived() {
    let office = Office::new().await;
    office.search(1).await;
    for (fault, code) in [("drop=1", "connection_lost"), ("garbage=1", "unreadable"), ("5xx=1", "unavailable")] {
        // The last count is too old to pay by.
        office.clock.advance(700_000);
        let few = EnrichInput { max_credits: Some(3), ..everybody() };
        let job = office.add(&few).await;
        let ended = office
            .foray
            .run_job(office.tenant, job.id, Manner::AtOnce, &CancellationToken::new(), |job| {
                // The count of credits was asked for in peace; what is paid for next is lost.
                if job.state == JobState::Running && job.progress.calls_spent == 1 {
                    office.set_faults(fault);
                }
            })
            .await
            .unwrap();
        let Ended::Done(JobResult::Enrich(done)) = ended else { panic!("nobody is left to wait for: {ended:?}") };
        assert_eq!((done.asked, done.undecided), (3, 3));
        office.set_faults("");
        let lost = office.foray.undecided(office.tenant).await.unwrap();
        let lost = lost.iter().find(|one| one.charged.is_none()).unwrap();
        assert_eq!(lost.why.as_deref(), Some(code), "{fault}");
        let early = office.foray.look_up_undecided(office.tenant, lost.number).await.unwrap();
        assert!(early.decided.is_empty() && early.sentence.contains("too early"), "{}", early.sentence);
        let in_a_minute = office.clock.now().checked_add(Duration::from_mins(1)).unwrap();
        assert_eq!((early.calls_spent, early.again_from), (0, Some(in_a_minute)), "no call for what it can't tell yet");
        office.clock.advance(120_000);
        let told = office.foray.look_up_undecided(office.tenant, lost.number).await.unwrap();
        assert_eq!(told.decided, [lost.number], "{}", told.sentence);
        assert_eq!((told.calls_spent > 0, told.again_from), (true, None), "{}", told.sentence);
        assert_eq!(office.booked().await, (office.charged(), Credits::NONE), "{}", told.sentence);
    }
    let charged = office.foray.undecided(office.tenant).await.unwrap();
    assert_eq!(
        charged.len(),
        2,
        "what was paid for without an answer may be asked again, what was not is just to be asked"
    );
    let agreed = Agreed { calls: None, credits: 3 };
    let again = office.foray.retry_undecided(office.tenant, charged[0].number, agreed, false).await.unwrap();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&again).await else { panic!() };
    assert_eq!(done.asked, 3);
    assert_eq!(office.booked().await, (office.charged(), Credits::NONE));
    assert!(office.times_charged().values().any(|times| *times == 2), "by the user's word");
}

#[tokio::test]
async fn somebody_else_who_uses_the_account_is_not_taken_for_the_lost_request() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&EnrichInput { max_credits: Some(1), ..everybody() }).await;
    let stop = CancellationToken::new();
    let run = office.foray.run_job(office.tenant, job.id, Manner::AtOnce, &stop, |job| {
        if job.state == JobState::Running && job.progress.calls_spent == 1 {
            office.set_faults("5xx=1");
        }
    });
    run.await.unwrap();
    office.set_faults("");
    let other = office.foray.workspaces().add("Of the same team").await.unwrap().id;
    let key = ApiKey::parse("credits-100000-of-an-office").unwrap();
    office.foray.set_key(other, key).await.unwrap();
    let ids = office.foray.people(office.tenant, PeopleQuery::of(Among::Everybody), 5, 5).await.unwrap().people;
    let people = ids.into_iter().map(|stored| stored.person.id).collect();
    let theirs = EnrichInput { whom: EnrichWhom::People { people }, ..everybody() };
    // Before that their payment would wait for the count that tells of the lost one.
    office.clock.advance(61_000);
    let job = office.foray.add_enrichment(other, "Theirs", &theirs, false).await.unwrap();
    office.foray.run_job(other, job.id, Manner::AtOnce, &CancellationToken::new(), |_| ()).await.unwrap();
    assert!(office.charged() > Credits::whole(1));
    office.clock.advance(120_000);
    let lost = office.foray.undecided(office.tenant).await.unwrap();
    let told = office.foray.look_up_undecided(office.tenant, lost[0].number).await.unwrap();
    assert_eq!(told.decided, [lost[0].number], "what another workspace paid is in its own books: {}", told.sentence);
    assert_eq!(office.booked().await, (Credits::NONE, Credits::NONE));
}

#[tokio::test]
async fn caps_stop_hard_and_say_which() {
    let office = Office::new().await;
    office.search(1).await;
    office.cap(CreditCaps { day: Some(14), ..CreditCaps::default() }).await;
    let estimate = office.foray.enrich_estimate(office.tenant, &everybody()).await.unwrap();
    assert_eq!((estimate.to_enrich, estimate.room.caps_leave), (25, Some(Credits::whole(14))));
    assert_eq!(estimate.room.payable, Credits::whole(14), "no more of the price stands on the button");
    let pressed = EnrichInput { agreed: Agreed { calls: None, credits: 14 }, ..everybody() };
    let job = office.add(&pressed).await;
    let Ended::Held(reason) = office.run(&job).await else { panic!("a cap holds") };
    assert_eq!(reason.code, "capped");
    assert!(reason.message.contains("for today left"), "{}", reason.message);
    assert!(office.charged() <= Credits::whole(14) && office.charged() > Credits::whole(10), "{}", office.charged());
    office.cap(CreditCaps::default()).await;
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    assert!(jobs.get(job.id).await.unwrap().needs_consent, "what is left has its price told before it goes on");
    let rest = jobs.price(job.id).await.unwrap().room.payable;
    let too_little = Agreed { calls: None, credits: 1 };
    assert!(matches!(jobs.resume(job.id, Some(too_little)).await, Err(Error::NotConfirmed { .. })));
    let whole = Agreed { calls: None, credits: u32::try_from(rest.ceil()).unwrap() };
    jobs.resume(job.id, Some(whole)).await.unwrap();
    assert!(matches!(office.run(&job).await, Ended::Done(_)));
    assert_eq!(office.booked().await, (office.charged(), Credits::NONE));
    let agreed = EnrichInput { agreed: Agreed { calls: None, credits: 3 }, ..everybody() };
    office.search(2).await;
    let refused = office.foray.add_enrichment(office.tenant, "x", &agreed, false).await;
    assert!(matches!(refused, Err(Error::NotConfirmed { .. })), "what was not agreed to is not begun");
    let few = office.enrich(&EnrichInput { max_credits: Some(3), ..agreed }).await;
    assert_eq!(few.asked, 3);
}

#[tokio::test]
async fn credits_that_run_out_and_a_key_that_is_revoked_hold_the_job_and_cost_nothing() {
    let office = Office::with_key("credits-12-and-no-more").await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    let Ended::Held(reason) = office.run(&job).await else { panic!() };
    assert_eq!(reason.code, "out_of_credits");
    assert!(reason.message.contains("goes on by itself"), "{}", reason.message);
    assert_eq!(office.booked().await, (office.charged(), Credits::NONE));
    let calls = office.paid_calls();
    assert!(matches!(office.run(&job).await, Ended::Held(_)));
    assert_eq!(office.paid_calls(), calls, "a gate that is shut takes no call");
    let richer = ApiKey::parse("credits-900-bought-since-then").unwrap();
    office.foray.set_key(office.tenant, richer).await.unwrap();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&job).await else { panic!() };
    assert_eq!((done.asked, done.undecided), (25, 0));
    assert!(office.times_charged().values().all(|times| *times == 1));
}

#[tokio::test]
async fn mobiles_are_waited_for_and_their_price_is_in_the_books() {
    let office = Office::new().await;
    office.search(1).await;
    let estimate = office.foray.enrich_estimate(office.tenant, &with_mobiles()).await.unwrap();
    assert_eq!((estimate.credits_at_most, estimate.mobiles_at_most), (Credits::whole(225), Credits::whole(200)));
    let job = office.add(&with_mobiles()).await;
    let patient = office
        .foray
        .run_job(office.tenant, job.id, Manner::Patient, &CancellationToken::new(), |job| {
            if let Some(reason) = job.reason.as_ref().filter(|_| job.state == JobState::Waiting) {
                assert_eq!(reason.code, "not_ready");
            }
        })
        .await
        .unwrap();
    let Ended::Done(JobResult::Enrich(done)) = patient else { panic!("{patient:?}") };
    assert!(done.mobiles > 0 && done.charged >= Credits::whole(8), "{}", done.sentence);
    assert_eq!((done.charged, done.unknown), (office.charged(), Credits::NONE));
    let query = PeopleQuery::of(Among::Everybody);
    let people = office.foray.people(office.tenant, query, 0, 100).await.unwrap().people;
    let phones = people.iter().filter(|stored| stored.person.phone.is_some()).count();
    assert!(phones as u64 >= done.mobiles);
    let again = office.foray.enrich_estimate(office.tenant, &with_mobiles()).await.unwrap();
    assert_eq!(again.to_enrich, 0, "{}", again.sentence);
}

#[tokio::test]
async fn who_was_not_found_is_remembered_and_asked_again_only_when_told() {
    let office = Office::new().await;
    let nobody = |not_found_again| EnrichInput {
        whom: EnrichWhom::People { people: vec!["65a000000000000000000001".to_owned(), String::new()] },
        terms: EnrichTerms { not_found_again, ..EnrichTerms::default() },
        ..everybody()
    };
    let done = office.enrich(&nobody(false)).await;
    assert_eq!((done.found, done.not_found, done.charged), (0, 1, Credits::NONE));
    let estimate = office.foray.enrich_estimate(office.tenant, &nobody(false)).await.unwrap();
    assert_eq!((estimate.not_found_before, estimate.nothing_to_ask_by, estimate.to_enrich), (1, 1, 0));
    assert_eq!(office.foray.enrich_estimate(office.tenant, &nobody(true)).await.unwrap().to_enrich, 1);
}

#[tokio::test]
async fn somebody_named_by_address_or_profile_who_is_known_is_not_paid_for_again() {
    let office = Office::new().await;
    office.search(1).await;
    office.enrich(&everybody()).await;
    let query = PeopleQuery::of(Among::Everybody);
    let people = office.foray.people(office.tenant, query, 0, 100).await.unwrap().people;
    let known = people.iter().find(|one| one.person.email.is_some() && one.person.linkedin_url.is_some()).unwrap();
    let lines = [known.person.email.clone(), known.person.linkedin_url.clone(), Some(known.person.id.clone())];
    let named =
        EnrichInput { whom: EnrichWhom::People { people: lines.into_iter().flatten().collect() }, ..everybody() };
    let estimate = office.foray.enrich_estimate(office.tenant, &named).await.unwrap();
    assert_eq!((estimate.selected, estimate.known, estimate.repeated, estimate.to_enrich), (3, 1, 2, 0));
}

#[tokio::test]
async fn an_estimate_that_is_asked_for_again_knows_what_another_process_has_written_meanwhile() {
    let office = Office::new().await;
    office.search(1).await;
    let estimate = || async { office.foray.enrich_estimate(office.tenant, &everybody()).await.unwrap() };
    let before = estimate().await;
    assert_eq!(estimate().await, before);
    let path = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let elsewhere = "UPDATE people SET email = 'known@org.example' WHERE number = (SELECT min(number) FROM people)";
    assert_eq!(rusqlite::Connection::open(path).unwrap().execute(elsewhere, []).unwrap(), 1);
    let after = estimate().await;
    assert_eq!((after.known, after.to_enrich), (before.known + 1, before.to_enrich - 1));
    let few = EnrichInput { max_credits: Some(3), ..everybody() };
    assert_eq!(office.foray.enrich_estimate(office.tenant, &few).await.unwrap().to_enrich, 3);
}

#[tokio::test]
async fn nobody_is_paid_for_who_was_not_meant_when_the_price_was_agreed_to() {
    let office = Office::new().await;
    office.search(1).await;
    let estimate = office.foray.enrich_estimate(office.tenant, &everybody()).await.unwrap();
    // Another window or command fetches a page meanwhile.
    office.search(2).await;
    let agreed = EnrichInput { people: Some(estimate.people), ..everybody() };
    let refused = office.foray.add_enrichment(office.tenant, "x", &agreed, false).await;
    assert!(matches!(refused, Err(Error::NotConfirmed { .. })), "{refused:?}");
    let people = Some(office.foray.enrich_estimate(office.tenant, &agreed).await.unwrap().people);
    office.enrich(&EnrichInput { people, ..everybody() }).await;
}

#[tokio::test]
async fn the_price_of_people_named_by_an_address_alone_says_what_may_be_charged_for_nothing() {
    let office = Office::new().await;
    let people = vec!["nobody@nowhere.example".to_owned(), "65a000000000000000000001".to_owned()];
    let named = EnrichInput { whom: EnrichWhom::People { people }, ..everybody() };
    let estimate = office.foray.enrich_estimate(office.tenant, &named).await.unwrap();
    assert!(estimate.sentence.contains(" · 1 by an address alone: "), "{}", estimate.sentence);
}
