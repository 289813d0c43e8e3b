//! An Apollo that fails while it is paid: what is at stake, and from when on the user is asked.

use foray_core::Error;
use foray_core::credits::Credits;
use foray_core::enrich::{EnrichInput, EnrichWhom};
use foray_core::jobs::{Agreed, Ended, Job, JobResult, JobState, Manner};
use foray_core::people::{Among, PeopleQuery};
use foray_core::secrets::ApiKey;
use tokio_util::sync::CancellationToken;

use super::office::Office;
use super::paying::everybody;

/// Runs a job whose waits are over at once.
async fn run_without_waiting(office: &Office, job: &Job, manner: Manner) -> Ended {
    let heard = |job: &Job| {
        if job.state == JobState::Waiting {
            office.clock.advance(61_000);
        }
    };
    office.foray.run_job(office.tenant, job.id, manner, &CancellationToken::new(), heard).await.unwrap()
}

/// The paths that were asked after the searches, in short.
fn asked(office: &Office) -> Vec<String> {
    let paths = office.sandbox.requests().into_iter().map(|request| request.path);
    paths
        .filter_map(|path| path.rsplit('/').next().map(str::to_owned))
        .filter(|path| !path.contains("search"))
        .collect()
}

#[tokio::test]
async fn an_apollo_that_charges_and_does_not_answer_is_paid_twice_with_a_count_between_until_the_user_says_so() {
    for (manner, fault) in [(Manner::InLine, "charged-5xx=1"), (Manner::Patient, "charged-hang=1")] {
        let office = Office::new().await;
        for page in 1..=2 {
            office.search(page).await;
        }
        let job = office.add(&everybody()).await;
        office.set_faults(fault);
        let ended = run_without_waiting(&office, &job, manner).await;
        office.set_faults("");
        let Ended::Held(reason) = ended else { panic!("{ended:?}") };
        assert_eq!(reason.code, "may_be_charged");
        assert!(
            reason.message.contains("2 paid calls in a row") && reason.message.contains("up to 20 credits"),
            "{reason:?}"
        );
        assert_eq!(asked(&office), ["credit_usage_stats", "bulk_match", "credit_usage_stats", "bulk_match"]);

        let jobs = office.foray.jobs(office.tenant).await.unwrap();
        let held = jobs.get(job.id).await.unwrap();
        assert!(held.state == JobState::Paused && held.needs_consent, "{held:?}");
        jobs.resume(job.id, None).await.unwrap();
        assert!(matches!(office.run(&job).await, Ended::Held(reason) if reason.code == "may_be_charged"));
        assert_eq!(office.paid_calls(), 2, "to let it go on without a word about the price is no word");

        office.clock.advance(61_000);
        for lost in office.foray.undecided(office.tenant).await.unwrap() {
            office.foray.look_up_undecided(office.tenant, lost.number).await.unwrap();
        }
        assert_eq!(
            office.booked().await,
            (office.charged(), Credits::NONE),
            "the count between them tells what each cost"
        );

        let credits = jobs.price(job.id).await.unwrap().credits_at_most;
        jobs.resume(job.id, Some(Agreed { calls: None, credits })).await.unwrap();
        let Ended::Done(JobResult::Enrich(done)) = office.run(&job).await else { panic!() };
        assert_eq!(done.undecided, 20, "{}", done.sentence);
        assert!(office.times_charged().values().all(|times| *times == 1));
    }
}

/// A few people, who are all in one request: with its loss their job is done.
fn few() -> EnrichInput {
    EnrichInput { max_credits: Some(3), ..everybody() }
}

fn holds(ended: &Ended, code: &str) -> bool {
    matches!(ended, Ended::Held(reason) if reason.code == code)
}

#[tokio::test]
async fn payments_that_get_lost_one_job_each_are_counted_in_between_and_wait_for_the_users_word_after_two() {
    let office = Office::new().await;
    office.search(1).await;
    office.set_faults("charged-5xx=1");
    assert!(matches!(office.run(&office.add(&few()).await).await, Ended::Done(_)), "nobody is left to wait for");
    let estimate = office.foray.enrich_estimate(office.tenant, &few()).await.unwrap();
    assert_eq!((estimate.to_enrich, estimate.free_calls), (3, 1), "{}", estimate.sentence);

    let second = office.add(&few()).await;
    let ended = office.run(&second).await;
    assert!(holds(&ended, "to_be_counted"), "{ended:?}");
    office.clock.advance(59_000);
    assert!(holds(&office.run(&second).await, "to_be_counted"));
    office.clock.advance(2_000);
    assert!(matches!(office.run(&second).await, Ended::Done(_)));
    assert_eq!(asked(&office), ["credit_usage_stats", "bulk_match", "credit_usage_stats", "bulk_match"]);

    office.clock.advance(61_000);
    let third = office.add(&few()).await;
    let Ended::Held(reason) = office.run(&third).await else { panic!() };
    assert!(reason.code == "may_be_charged" && reason.message.contains("up to 6 credits"), "{reason:?}");
    assert_eq!(office.paid_calls(), 2);
    let held = office.foray.jobs(office.tenant).await.unwrap().get(third.id).await.unwrap();
    assert!(held.state == JobState::Paused && held.needs_consent, "{held:?}");

    office.set_faults("");
    for lost in office.foray.undecided(office.tenant).await.unwrap() {
        let told = office.foray.look_up_undecided(office.tenant, lost.number).await.unwrap();
        assert_eq!(told.decided, [lost.number], "the count between them tells them apart: {}", told.sentence);
    }
    assert!(matches!(office.run(&third).await, Ended::Done(_)), "what was decided about holds nothing any more");
    assert_eq!(office.booked().await, (office.charged(), Credits::NONE));
}

#[tokio::test]
async fn who_asks_again_for_what_was_lost_has_heard_of_all_of_it() {
    let office = Office::new().await;
    office.search(1).await;
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    let agreed = Agreed { calls: None, credits: 3 };
    office.set_faults("charged-5xx=1");
    for _ in 0..3 {
        let job = office.add(&few()).await;
        if holds(&office.run(&job).await, "may_be_charged") {
            jobs.resume(job.id, Some(agreed)).await.unwrap();
            office.run(&job).await;
        }
        office.clock.advance(61_000);
    }
    office.set_faults("");
    let lost = office.foray.undecided(office.tenant).await.unwrap();
    assert_eq!((lost.len(), office.paid_calls()), (3, 3), "the third by the user's word");
    let again = office.foray.retry_undecided(office.tenant, lost[0].number, agreed, false).await.unwrap();
    let ended = office.run(&again).await;
    assert!(matches!(ended, Ended::Done(_)), "two more are lost, and it goes on by this word: {ended:?}");
}

#[tokio::test]
async fn what_is_agreed_to_in_sight_of_what_was_lost_is_paid_for() {
    let office = Office::new().await;
    office.search(1).await;
    office.set_faults("charged-5xx=1");
    for _ in 0..2 {
        office.run(&office.add(&few()).await).await;
        office.clock.advance(61_000);
    }
    office.set_faults("");
    let estimate = office.foray.enrich_estimate(office.tenant, &few()).await.unwrap();
    assert!(estimate.lost.is_some_and(|lost| lost.contains("2 paid calls in a row got no answer")));
    assert!(holds(&office.run(&office.add(&few()).await).await, "may_be_charged"), "who has not heard of it is asked");
    let heard = EnrichInput { people: Some(estimate.people), ..few() };
    assert!(matches!(office.run(&office.add(&heard).await).await, Ended::Done(_)));
    assert_eq!(office.paid_calls(), 3);
}

#[tokio::test]
async fn what_apollos_refusal_holds_is_asked_once_more_by_the_users_word_and_goes_on_when_apollo_tells_of_credits() {
    let faults = [
        ("no-credits=1", "out_of_credits", true),
        ("401=1", "key_rejected", false),
        ("no-credits=1", "out_of_credits", false),
    ];
    for (fault, code, counts) in faults {
        let office = Office::new().await;
        office.search(1).await;
        let job = office.add(&few()).await;
        office.set_faults(fault);
        assert!(holds(&office.run(&job).await, code));
        office.set_faults("");
        let before = office.paid_calls();
        assert!(holds(&office.run(&job).await, code), "nobody said anything");
        assert_eq!(office.paid_calls(), before, "so that nothing is paid for");
        if counts {
            office.foray.ask_usage(office.tenant).await.unwrap();
        } else {
            let jobs = office.foray.jobs(office.tenant).await.unwrap();
            jobs.pause(job.id).await.unwrap();
            jobs.resume(job.id, None).await.unwrap();
        }
        assert!(matches!(office.run(&job).await, Ended::Done(_)), "{code}");
    }
}

#[tokio::test]
async fn asking_again_for_what_was_lost_lets_no_other_payment_go_before_the_count() {
    let office = Office::new().await;
    office.search(1).await;
    office.set_faults("charged-5xx=1");
    office.run(&office.add(&few()).await).await;
    office.set_faults("");
    let other = office.add(&few()).await;
    assert!(holds(&office.run(&other).await, "to_be_counted"));
    let lost = office.foray.undecided(office.tenant).await.unwrap().remove(0);
    let agreed = Agreed { calls: None, credits: 3 };
    let again = office.foray.retry_undecided(office.tenant, lost.number, agreed, false).await.unwrap();
    assert!(holds(&office.run(&other).await, "to_be_counted"), "the word was for the lost one alone");
    assert!(matches!(office.run(&again).await, Ended::Done(_)), "which is asked for at once");
    assert_eq!(office.paid_calls(), 2);
}

#[tokio::test]
async fn a_payment_lost_in_another_process_or_workspace_of_the_same_key_is_counted_before_the_next() {
    let office = Office::new().await;
    office.search(1).await;
    office.set_faults("charged-5xx=1");
    office.run(&office.add(&few()).await).await;
    office.set_faults("");
    // As a process leaves it that is killed before the answer.
    let file = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let killed = "UPDATE paid_requests SET state = 'journalled' WHERE state = 'may_be_charged'";
    assert_eq!(rusqlite::Connection::open(file).unwrap().execute(killed, []).unwrap(), 1);
    assert!(holds(&office.run(&office.add(&few()).await).await, "to_be_counted"));

    let beside = |name: &'static str, key: &'static str| {
        let office = &office;
        async move {
            let other = office.foray.workspaces().add(name).await.unwrap().id;
            office.foray.set_key(other, ApiKey::parse(key).unwrap()).await.unwrap();
            let ids =
                office.foray.people(office.tenant, PeopleQuery::of(Among::Everybody), 20, 3).await.unwrap().people;
            let people = ids.into_iter().map(|stored| stored.person.id).collect();
            let theirs = EnrichInput { whom: EnrichWhom::People { people }, ..everybody() };
            let job = office.foray.add_enrichment(other, "Theirs", &theirs, false).await.unwrap();
            office.run_in(other, &job).await
        }
    };
    let ended = beside("Of the same team", "credits-100000-of-an-office").await;
    assert!(holds(&ended, "to_be_counted") && office.paid_calls() == 1, "{ended:?}");
    let ended = beside("Of another team", "credits-100000-of-another").await;
    assert!(matches!(ended, Ended::Done(_)), "another account has counts of its own: {ended:?}");
}

#[tokio::test]
async fn a_job_of_which_nobody_is_left_to_pay_for_waits_for_nothing() {
    let office = Office::new().await;
    office.search(1).await;
    let later = office.add(&few()).await;
    office.foray.jobs(office.tenant).await.unwrap().pause(later.id).await.unwrap();
    office.enrich(&few()).await;
    office.set_faults("charged-5xx=1");
    office.run(&office.add(&few()).await).await;
    office.set_faults("");
    let before = office.sandbox.requests().len();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&later).await else { panic!() };
    assert_eq!((done.asked, done.left_out), (0, 3), "{}", done.sentence);
    assert_eq!(office.sandbox.requests().len(), before, "not even a count that is free");
}

#[tokio::test]
async fn what_a_workspace_of_the_same_key_paid_is_taken_off_what_is_left() {
    let office = Office::new().await;
    office.search(1).await;
    office.enrich(&few()).await;
    let other = office.foray.workspaces().add("Of the same team").await.unwrap().id;
    office.foray.set_key(other, ApiKey::parse("credits-100000-of-an-office").unwrap()).await.unwrap();
    let ids = office.foray.people(office.tenant, PeopleQuery::of(Among::Everybody), 10, 5).await.unwrap().people;
    let people = ids.into_iter().map(|stored| stored.person.id).collect();
    let theirs = EnrichInput { whom: EnrichWhom::People { people }, ..everybody() };
    let before = office.charged();
    let job = office.foray.add_enrichment(other, "Theirs", &theirs, false).await.unwrap();
    assert!(matches!(office.run_in(other, &job).await, Ended::Done(_)));
    assert!(office.charged() > before);
    for tenant in [office.tenant, other] {
        let room =
            office.foray.enrich_estimate(tenant, &EnrichInput { what: theirs.what, ..few() }).await.unwrap().room;
        assert_eq!(room.credits_left, Some(Credits::whole(100_000).saturating_sub(office.charged())));
    }
}

#[tokio::test]
async fn what_an_answer_came_between_is_not_lost_in_a_row() {
    let office = Office::new().await;
    office.search(1).await;
    office.search(2).await;
    let job = office.add(&everybody()).await;
    office.set_faults("charged-5xx=1");
    let heard = |job: &Job| {
        if job.state == JobState::Waiting {
            office.clock.advance(61_000);
        }
        // The second is answered.
        office.set_faults(if office.paid_calls() == 1 { "" } else { "charged-5xx=1" });
    };
    let stop = CancellationToken::new();
    let ended = office.foray.run_job(office.tenant, job.id, Manner::InLine, &stop, heard).await.unwrap();
    let Ended::Held(reason) = ended else { panic!("{ended:?}") };
    assert!(reason.message.contains("2 paid calls in a row"), "{reason:?}");
    assert_eq!(office.paid_calls(), 4, "lost, answered, lost, lost");
}

#[tokio::test]
async fn nothing_is_paid_while_apollo_does_not_answer_what_is_free() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    office.set_faults("5xx=1");
    assert!(matches!(office.run(&job).await, Ended::Held(reason) if reason.code == "unavailable"));
    assert_eq!((office.paid_calls(), office.charged()), (0, Credits::NONE));
}

#[tokio::test]
async fn where_the_count_can_not_be_read_one_lost_request_is_enough() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    office.set_faults("garbage=1");
    let heard = |job: &Job| {
        if job.state == JobState::Running && job.progress.calls_spent == 2 {
            office.set_faults("charged-5xx=1");
        }
    };
    let stop = CancellationToken::new();
    let ended = office.foray.run_job(office.tenant, job.id, Manner::InLine, &stop, heard).await.unwrap();
    let Ended::Held(reason) = ended else { panic!("{ended:?}") };
    assert!(reason.code == "may_be_charged" && reason.message.contains("up to 10 credits"), "{reason:?}");
    assert_eq!(office.paid_calls(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_never_finds_out_whether_apollo_is_back() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    let mut told = false;
    let heard = |job: &Job| {
        if job.state != JobState::Running || !office.was_counted_last() || std::mem::replace(&mut told, true) {
            return;
        }
        let searches_fail = async {
            office.set_faults("5xx=1");
            for page in 11..=15 {
                office.search(page).await;
            }
            office.set_faults("");
        };
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(searches_fail));
        office.clock.advance(31_000);
    };
    let stop = CancellationToken::new();
    let ended = office.foray.run_job(office.tenant, job.id, Manner::InLine, &stop, heard).await;
    assert!(matches!(ended.unwrap(), Ended::Done(_)));
    assert_eq!(asked(&office)[..3], ["credit_usage_stats", "credit_usage_stats", "bulk_match"]);
}

#[tokio::test]
async fn an_enrichment_goes_on_when_what_the_rest_may_cost_is_agreed_to_and_not_for_less() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    jobs.cancel(job.id).await.unwrap();
    for credits in [0, 24] {
        let refused = jobs.resume(job.id, Some(Agreed { calls: None, credits })).await;
        assert!(matches!(refused, Err(Error::NotConfirmed { .. })), "{refused:?}");
    }
    jobs.resume(job.id, Some(Agreed { calls: None, credits: 25 })).await.unwrap();
    assert!(matches!(office.run(&job).await, Ended::Done(_)));
}
