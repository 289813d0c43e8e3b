//! What holds a job up: a key, a service, a clock, a folder, a price; and that it goes on where it was.

use std::sync::Arc;

use foray_core::Error;
use foray_core::export::ExportInput;
use foray_core::jobs::{Agreed, JobResult, JobState, Runner};
use foray_core::secrets::ApiKey;
use foray_core::workspace::WorkspaceChange;
use foray_sandbox::{Faults, Plan};

use crate::Desk;
use crate::jobs::{HOUR_MS, code, hears, input, is, limit, pages, unbroken};

#[tokio::test]
async fn calls_that_brought_nothing_are_in_the_job_at_once_and_stay_there() {
    for (fault, state) in [("422", JobState::Failed), ("429", JobState::Waiting), ("5xx", JobState::Waiting)] {
        let desk = Desk::new(Plan::Professional).await;
        desk.sandbox.set_faults(format!("{fault}=1").parse::<Faults>().unwrap());
        let client = desk.client("Acme").await;
        let jobs = desk.foray.jobs(client).await.unwrap();
        let id = jobs.add_export("All", input(&desk.folder.path().join("all.csv"))).await.unwrap().id;
        let mut changes = desk.foray.job_changes();
        let runner = Runner::start(Arc::clone(&desk.foray));
        let told = is(&mut changes, id, state).await;
        assert_eq!(told.progress.calls_spent as usize, desk.calls(), "{fault}");
        runner.stop().await;
        let kept = jobs.get(id).await.unwrap();
        assert_eq!((kept.progress.calls_spent as usize, desk.calls()), (1, 1), "{fault}");
    }
}

#[tokio::test]
async fn a_revoked_key_is_waited_for_and_the_job_goes_on_with_the_next_one() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let jobs = desk.foray.jobs(client).await.unwrap();
    let path = desk.folder.path().join("all.csv");
    let id = jobs.add_export("All", input(&path)).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    hears(&mut changes, id, |job| job.progress.pages == 2).await;
    desk.foray.set_key(client, ApiKey::parse("wrong-key-0123456789").unwrap()).await.unwrap();
    let waiting = is(&mut changes, id, JobState::Waiting).await;
    assert_eq!(code(&waiting), "key_rejected");
    let calls = desk.calls();
    desk.foray.clear_key(client).await.unwrap();
    let waiting = hears(&mut changes, id, |job| code(job) == "key_missing").await;
    assert_eq!((waiting.state, desk.calls()), (JobState::Waiting, calls), "it asks nobody meanwhile");
    desk.foray.set_key(client, ApiKey::parse("good-key-the-next-0123456789").unwrap()).await.unwrap();
    is(&mut changes, id, JobState::Done).await;
    let mut asked = pages(&desk);
    asked.dedup();
    assert!(
        asked.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "only the refused page was asked for again: {asked:?}"
    );
}

#[tokio::test]
async fn a_service_that_fails_for_an_hour_is_waited_for_with_few_calls() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let jobs = desk.foray.jobs(client).await.unwrap();
    let id = jobs.add_export("All", input(&desk.folder.path().join("all.csv"))).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    hears(&mut changes, id, |job| job.progress.pages == 1).await;
    desk.sandbox.set_faults("5xx=1".parse().unwrap());
    let before = desk.calls();
    let mut seen = std::collections::BTreeSet::new();
    while desk.foray.clock().now().as_millisecond() < crate::NOON + HOUR_MS {
        let waiting = is(&mut changes, id, JobState::Waiting).await;
        let reason = waiting.reason.unwrap();
        seen.insert(reason.code);
        let until = reason.reset_at.unwrap();
        desk.clock.advance((until.as_millisecond() - desk.foray.clock().now().as_millisecond()).max(1));
        desk.foray.change_workspace(client, WorkspaceChange::default()).await.unwrap();
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["breaker_open", "unavailable"]);
    assert!(desk.calls() - before < 30, "{} calls in an hour", desk.calls() - before);
    desk.sandbox.set_faults(Faults::none());
    let done = async {
        loop {
            let job = changes.recv().await.unwrap();
            if job.state == JobState::Done {
                return job;
            }
            if job.state == JobState::Waiting {
                desk.clock.advance(600_000);
                desk.foray.change_workspace(client, WorkspaceChange::default()).await.unwrap();
            }
        }
    };
    let done = done.await;
    let Some(JobResult::Export(result)) = done.result else { panic!() };
    assert_eq!(result.calls_spent as usize, desk.calls(), "every call is in the bill");
}

#[tokio::test]
async fn a_clock_that_is_put_back_does_not_hold_up_what_waits() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let jobs = desk.foray.jobs(client).await.unwrap();
    let id = jobs.add_export("All", input(&desk.folder.path().join("all.csv"))).await.unwrap().id;
    desk.sandbox.set_faults("drop=1".parse().unwrap());
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let waiting = is(&mut changes, id, JobState::Waiting).await;
    assert_eq!(code(&waiting), "connection_lost");
    desk.sandbox.set_faults(Faults::none());
    // The wall clock goes back a day; the time that really passes counts.
    desk.clock.step_wall(-86_400_000);
    desk.clock.advance(60_000);
    is(&mut changes, id, JobState::Done).await;
}

#[tokio::test]
async fn a_folder_that_is_gone_pauses_the_job_with_a_sentence_and_nothing_is_lost() {
    let desk = Desk::new(Plan::Professional).await;
    let whole = unbroken(&desk, "whole").await;
    let needed = desk.calls();
    let client = desk.client("Acme").await;
    let folder = desk.folder.path().join("stick");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("all.csv");
    let jobs = desk.foray.jobs(client).await.unwrap();
    let id = jobs.add_export("All", input(&path)).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let runner = Runner::start(Arc::clone(&desk.foray));
    hears(&mut changes, id, |job| job.progress.pages == 2).await;
    runner.stop().await;
    std::fs::remove_dir_all(&folder).unwrap();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let paused = is(&mut changes, id, JobState::Paused).await;
    assert!(paused.reason.unwrap().message.contains("There is no folder"));
    std::fs::create_dir(&folder).unwrap();
    jobs.resume(id, None).await.unwrap();
    is(&mut changes, id, JobState::Done).await;
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    assert_eq!(desk.calls(), 2 * needed, "what was fetched was not asked for again");
}

#[tokio::test]
async fn a_file_that_goes_while_it_grows_stops_the_job_before_the_next_call() {
    let desk = Desk::new(Plan::Professional).await;
    let whole = unbroken(&desk, "whole").await;
    let needed = desk.calls();
    let client = desk.client("Acme").await;
    // The runner leaves some calls of an hour to clicks.
    limit(&desk.foray, client, 3).await;
    let folder = desk.folder.path().join("stick");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("all.csv");
    let jobs = desk.foray.jobs(client).await.unwrap();
    let id = jobs.add_export("All", input(&path)).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let waiting = is(&mut changes, id, JobState::Waiting).await;
    assert!(waiting.progress.pages > 0 && waiting.progress.ready_at.is_some(), "{waiting:?}");
    std::fs::remove_dir_all(&folder).unwrap();
    let asked = desk.calls();
    limit(&desk.foray, client, 100).await;
    let paused = is(&mut changes, id, JobState::Paused).await;
    assert!(paused.reason.unwrap().message.contains("moved or removed while it grew"));
    assert_eq!(desk.calls(), asked, "nothing was spent on rows that go nowhere");
    std::fs::create_dir(&folder).unwrap();
    jobs.resume(id, None).await.unwrap();
    is(&mut changes, id, JobState::Done).await;
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    assert_eq!(desk.calls(), 2 * needed);
}

#[tokio::test]
async fn credits_that_were_agreed_to_last_over_restarts_and_more_are_asked_for() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let jobs = desk.foray.jobs(client).await.unwrap();
    let asked =
        ExportInput { agreed: Agreed { calls: None, credits: 3 }, ..input(&desk.folder.path().join("all.csv")) };
    let id = jobs.add_export("All", asked).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let runner = Runner::start(Arc::clone(&desk.foray));
    hears(&mut changes, id, |job| job.progress.pages == 1).await;
    runner.stop().await;
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let paused = is(&mut changes, id, JobState::Paused).await;
    assert_eq!((code(&paused), desk.calls()), ("not_confirmed", 3));
    let price = jobs.price(id).await.unwrap();
    assert_eq!(price.credits_at_most, price.calls_at_most);
    jobs.resume(id, Some(Agreed { calls: None, credits: price.credits_at_most })).await.unwrap();
    is(&mut changes, id, JobState::Done).await;
}

#[test]
fn what_is_said_of_an_unfinished_file_is_true_where_it_may_be_gone() {
    let stopped = |because: &Error| {
        let reason = because.reason();
        Error::ExportInterrupted { partial: "all.partial.csv".to_owned(), rows: 550, reason }.to_string()
    };
    assert!(stopped(&Error::Offline).contains("What was written stays in “all.partial.csv”"));
    for trouble in [Error::DiskFull { what: "The file".to_owned() }, Error::bad_input("path", "It was moved.")] {
        let said = stopped(&trouble);
        assert!(!said.contains("stays in") && said.ends_with("writes all that was fetched and goes on."), "{said}");
    }
}
