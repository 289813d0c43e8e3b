//! Jobs: work that goes on by itself, in its order, through restarts and troubles, and obeys what it is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use foray_core::export::{ExportInput, ExportScope, Flavour};
use foray_core::jobs::{Agreed, Direction, Job, JobResult, JobState, RerunInput, Runner};
use foray_core::persona::FiltersInput;
use foray_core::secrets::ApiKey;
use foray_core::workspace::WorkspaceChange;
use foray_core::{Error, Foray, TenantId};
use foray_sandbox::{Faults, Plan};
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Desk, filters};

pub const HOUR_MS: i64 = 3_600_000;

/// Longer than any silence of a job that is well, also on a slow machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub fn input(path: &Path) -> ExportInput {
    ExportInput {
        persona_id: None,
        filters: filters(),
        scope: ExportScope::All { max_rows: None },
        flavour: Flavour::Import,
        path: path.display().to_string(),
        agreed: Agreed { calls: None, credits: 500 },
        wait: true,
        replace: true,
    }
}

pub fn about(path: &Path, seniority: &str) -> ExportInput {
    let filters = FiltersInput { seniorities: vec![seniority.to_owned()], ..FiltersInput::default() };
    ExportInput { filters, ..input(path) }
}

/// Waits for a change of a job that is as wanted.
pub async fn hears(changes: &mut Receiver<Job>, id: Uuid, wanted: impl Fn(&Job) -> bool) -> Job {
    let mut last = None;
    loop {
        let heard = tokio::time::timeout(PATIENCE, changes.recv()).await;
        let job = heard.unwrap_or_else(|_| panic!("the job never became as wanted; at last it was {last:#?}")).unwrap();
        if job.id == id && wanted(&job) {
            return job;
        }
        last = Some(job);
    }
}

pub async fn is(changes: &mut Receiver<Job>, id: Uuid, state: JobState) -> Job {
    hears(changes, id, |job| job.state == state).await
}

pub fn code(job: &Job) -> &str {
    job.reason.as_ref().map_or("", |reason| reason.code.as_str())
}

pub async fn limit(foray: &Foray, client: TenantId, calls: u32) {
    let change = WorkspaceChange { calls_per_hour: Some(calls), ..WorkspaceChange::default() };
    foray.change_workspace(client, change).await.unwrap();
}

/// Pages that the stand-in was asked for, in their order.
pub fn pages(desk: &Desk) -> Vec<u64> {
    desk.sandbox.requests().iter().map(|request| request.body["page"].as_u64().unwrap()).collect()
}

/// The same export without a break, of another workspace.
pub async fn unbroken(desk: &Desk, name: &str) -> Vec<u8> {
    let client = desk.client(name).await;
    let path = desk.folder.path().join(format!("{name}.csv"));
    desk.foray.export(client, &input(&path), &CancellationToken::new(), |_| ()).await.unwrap();
    std::fs::read(path).unwrap()
}

#[tokio::test]
async fn an_export_in_the_line_is_done_by_itself_and_stays_in_the_history() {
    let desk = Desk::new(Plan::Professional).await;
    let mut changes = desk.foray.job_changes();
    let path = desk.folder.path().join("all.csv");
    let jobs = desk.foray.jobs(TenantId::SAMPLE).await.unwrap();
    let added = jobs.add_export("Sales leaders", input(&path)).await.unwrap();
    assert_eq!((added.state, added.title.as_str(), added.by_itself), (JobState::Queued, "Sales leaders", true));
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let running = hears(&mut changes, added.id, |job| job.progress.pages == 2).await;
    assert_eq!((running.state, running.progress.calls_spent), (JobState::Running, 2));
    assert!(running.progress.rows > 100 && running.progress.ready_at.is_some());
    let done = is(&mut changes, added.id, JobState::Done).await;
    let Some(JobResult::Export(result)) = &done.result else { panic!("{done:?}") };
    assert_eq!((Some(result.rows), result.path.as_str()), (result.people_total, path.to_str().unwrap()));
    assert!(path.exists());
    assert_eq!(jobs.list().await.unwrap(), [done]);
    let theirs = desk.client("Acme").await;
    assert!(
        desk.foray.jobs(theirs).await.unwrap().list().await.unwrap().is_empty(),
        "another's is none of its business"
    );
}

#[tokio::test]
async fn jobs_of_a_workspace_take_turns_two_at_a_time_and_the_line_can_be_changed() {
    let desk = Desk::with(foray_sandbox::Options { people: 8_000, ..foray_sandbox::Options::default() }).await;
    let jobs = desk.foray.jobs(TenantId::SAMPLE).await.unwrap();
    let mut ids = Vec::new();
    for (name, seniority) in [("a.csv", "director"), ("b.csv", "manager"), ("c.csv", "head"), ("d.csv", "vp")] {
        let path = desk.folder.path().join(name);
        ids.push(jobs.add_export(name, about(&path, seniority)).await.unwrap().id);
    }
    let line = jobs.shift(ids[3], Direction::Up).await.unwrap();
    assert_eq!(line.iter().map(|job| job.title.as_str()).collect::<Vec<_>>(), ["a.csv", "b.csv", "d.csv", "c.csv"]);
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let mut begun = Vec::new();
    let mut over = 0;
    while over < 4 {
        let job = changes.recv().await.unwrap();
        if job.state == JobState::Running && !begun.contains(&job.title) {
            begun.push(job.title.clone());
            assert!(begun.len() <= 2 + over, "two at a time: {begun:?}");
        }
        over += usize::from(job.state == JobState::Done);
    }
    // Those that begin together do so in any order.
    begun[..2].sort();
    assert_eq!(begun, ["a.csv", "b.csv", "d.csv", "c.csv"]);
    let asked: Vec<String> =
        desk.sandbox.requests().iter().map(|request| request.body["person_seniorities"].to_string()).collect();
    let changes_of_hand = asked[..12].windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(changes_of_hand >= 9, "one step each: {asked:?}");
}

#[tokio::test]
async fn a_page_that_the_user_sees_is_exported_before_long_work() {
    let desk = Desk::new(Plan::Professional).await;
    let jobs = desk.foray.jobs(TenantId::SAMPLE).await.unwrap();
    for name in ["a.csv", "b.csv", "c.csv"] {
        jobs.add_export(name, input(&desk.folder.path().join(name))).await.unwrap();
    }
    let scope = ExportScope::Page { page: 1, page_size: 25 };
    let page = ExportInput { scope, ..input(&desk.folder.path().join("page.csv")) };
    jobs.add_export("page", page).await.unwrap();
    assert_eq!(jobs.list().await.unwrap()[0].title, "page");
}

#[tokio::test]
async fn workspaces_of_one_account_take_turns_and_each_keeps_its_own_hour() {
    let desk = Desk::with(foray_sandbox::Options { people: 20_000, ..foray_sandbox::Options::default() }).await;
    let key = "good-key-of-both-0123456789";
    let (one, two) = (desk.client_with_key("One", key).await, desk.client_with_key("Two", key).await);
    limit(&desk.foray, one, 4).await;
    let mut changes = desk.foray.job_changes();
    let mut ids = Vec::new();
    for (client, name, seniority) in [(one, "one.csv", "director"), (two, "two.csv", "manager")] {
        let jobs = desk.foray.jobs(client).await.unwrap();
        ids.push(jobs.add_export(name, about(&desk.folder.path().join(name), seniority)).await.unwrap().id);
    }
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let (mut first_waits, mut second_done) = (false, false);
    while !(first_waits && second_done) {
        let job = changes.recv().await.unwrap();
        first_waits |= job.id == ids[0] && code(&job) == "rate_limited";
        second_done |= job.id == ids[1] && job.state == JobState::Done;
    }
    let asked: Vec<String> =
        desk.sandbox.requests()[..6].iter().map(|request| request.body["person_seniorities"].to_string()).collect();
    assert!(asked.windows(2).all(|pair| pair[0] != pair[1]), "one step each: {asked:?}");
}

#[tokio::test]
async fn a_job_goes_on_after_a_quit_where_it_was_and_comes_to_the_same_bytes() {
    let desk = Desk::new(Plan::Professional).await;
    let whole = unbroken(&desk, "whole").await;
    let needed = desk.calls();
    let client = desk.client("Acme").await;
    let path = desk.folder.path().join("all.csv");
    let id = desk.foray.jobs(client).await.unwrap().add_export("All", input(&path)).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let runner = Runner::start(Arc::clone(&desk.foray));
    hears(&mut changes, id, |job| job.progress.pages == 2).await;
    runner.stop().await;
    let job = desk.foray.jobs(client).await.unwrap().get(id).await.unwrap();
    assert_eq!((job.state, job.by_itself), (JobState::Queued, true));
    assert!(!path.exists());

    let desk = desk.restart().await;
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    is(&mut changes, id, JobState::Done).await;
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    assert_eq!(desk.calls(), 2 * needed, "no page was asked for twice");
}

#[tokio::test]
async fn pause_and_cancel_wait_for_the_call_under_way_and_resume_repeats_nothing() {
    let desk = Desk::with(foray_sandbox::Options {
        people: 3_000,
        slow: Duration::from_millis(150),
        ..foray_sandbox::Options::default()
    })
    .await;
    desk.sandbox.set_faults("slow=1".parse().unwrap());
    let jobs = desk.foray.jobs(TenantId::SAMPLE).await.unwrap();
    let path = desk.folder.path().join("all.csv");
    let id = jobs.add_export("All", input(&path)).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    hears(&mut changes, id, |job| job.progress.pages == 1).await;
    let asked = jobs.pause(id).await.unwrap();
    assert_eq!(asked.state, JobState::Running, "its call is under way");
    let paused = is(&mut changes, id, JobState::Paused).await;
    assert_eq!((paused.reason, paused.progress.pages as usize), (None, desk.calls()), "the call's answer is kept");

    jobs.resume(id, None).await.unwrap();
    hears(&mut changes, id, |job| job.progress.pages as usize > desk.calls() - 1 && job.progress.pages > 3).await;
    jobs.cancel(id).await.unwrap();
    let cancelled = is(&mut changes, id, JobState::Cancelled).await;
    assert!(cancelled.ended_at.is_some() && path.with_extension("partial.csv").exists());

    desk.sandbox.set_faults(Faults::none());
    jobs.resume(id, None).await.unwrap();
    is(&mut changes, id, JobState::Done).await;
    let asked = pages(&desk);
    assert!(asked.windows(2).all(|pair| pair[1] == pair[0] + 1), "each page once: {asked:?}");
}

/// It was told to end between its runner's last look and the moment in which the runner let go of it.
#[tokio::test]
async fn a_job_that_was_told_to_end_as_it_was_put_down_is_ended_by_whoever_looks_next() {
    let desk = Desk::new(Plan::Professional).await;
    let jobs = desk.foray.jobs(TenantId::SAMPLE).await.unwrap();
    let path = desk.folder.path().join("all.csv");
    let id = jobs.add_export("All", input(&path)).await.unwrap().id;
    jobs.pause(id).await.unwrap();
    let file = desk.folder.path().join(format!("data/tenants/{}/people.sqlite", TenantId::SAMPLE));
    let written = rusqlite::Connection::open(file).unwrap().execute("UPDATE jobs SET wish = 'cancel'", []).unwrap();
    assert_eq!(written, 1);
    let job = jobs.get(id).await.unwrap();
    assert_eq!((job.state, job.wish), (JobState::Cancelled, None));
}

#[tokio::test]
async fn a_workspace_is_removed_with_the_job_that_runs_in_it_and_nothing_comes_back() {
    let desk = Desk::with(foray_sandbox::Options {
        slow: Duration::from_millis(150),
        faults: "slow=1".parse().unwrap(),
        ..foray_sandbox::Options::default()
    })
    .await;
    let client = desk.client("Acme").await;
    let jobs = desk.foray.jobs(client).await.unwrap();
    let id = jobs.add_export("All", input(&desk.folder.path().join("all.csv"))).await.unwrap().id;
    let mut changes = desk.foray.job_changes();
    let runner = Runner::start(Arc::clone(&desk.foray));
    hears(&mut changes, id, |job| job.progress.pages == 1).await;
    desk.foray.remove_workspace(client).await.unwrap();
    let folder = desk.folder.path().join("data/tenants").join(client.to_string());
    let calls = desk.calls();
    runner.stop().await;
    assert!(!folder.exists(), "it is gone, and no lock or file of a job came back");
    assert_eq!(desk.calls(), calls);
}

#[tokio::test]
async fn what_the_command_line_left_is_paused_until_somebody_resumes_it() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    limit(&desk.foray, client, 2).await;
    let path = desk.folder.path().join("all.csv");
    let asked = ExportInput { wait: false, ..input(&path) };
    let error = desk.foray.export(client, &asked, &CancellationToken::new(), |_| ()).await.unwrap_err();
    assert_eq!(error.code(), "export_interrupted");
    limit(&desk.foray, client, 100).await;

    let jobs = desk.foray.jobs(client).await.unwrap();
    let left = jobs.list().await.unwrap().pop().unwrap();
    assert_eq!((left.state, code(&left), left.by_itself), (JobState::Paused, "rate_limited", false));
    let price = jobs.price(left.id).await.unwrap();
    assert!(price.calls_at_most > 0 && price.calls_at_most < 30, "{price:?}");
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let other = jobs.add_export("Other", about(&desk.folder.path().join("other.csv"), "owner")).await.unwrap();
    is(&mut changes, other.id, JobState::Done).await;
    assert_eq!(jobs.get(left.id).await.unwrap().state, JobState::Paused, "it makes no call that was not asked for");
    jobs.resume(left.id, None).await.unwrap();
    is(&mut changes, left.id, JobState::Done).await;
    assert!(path.exists());
}

#[tokio::test]
async fn a_rerun_asks_for_every_page_anew_or_only_for_those_that_are_missing() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let jobs = desk.foray.jobs(client).await.unwrap();
    let rerun = RerunInput {
        persona_id: None,
        filters: filters(),
        past_cache: true,
        agreed: Agreed { calls: None, credits: 500 },
    };
    let mut changes = desk.foray.job_changes();
    let _runner = Runner::start(Arc::clone(&desk.foray));
    let id = jobs.add_rerun("Sales leaders", rerun.clone()).await.unwrap().id;
    let done = is(&mut changes, id, JobState::Done).await;
    let Some(JobResult::Rerun(first)) = done.result else { panic!() };
    assert_eq!((Some(first.rows), first.calls_spent as usize), (first.people_total, desk.calls()));
    assert_eq!(done.title, "Sales leaders");

    desk.clock.advance(60_000);
    let id = jobs.add_rerun("Again", RerunInput { past_cache: false, ..rerun.clone() }).await.unwrap().id;
    let done = is(&mut changes, id, JobState::Done).await;
    let Some(JobResult::Rerun(kept)) = done.result else { panic!() };
    assert_eq!((kept.rows, kept.calls_spent), (first.rows, 0));

    desk.clock.advance(60_000);
    let anew = jobs.add_rerun("Anew", rerun).await.unwrap().id;
    is(&mut changes, anew, JobState::Done).await;
    assert_eq!(desk.calls() as u32, 2 * first.calls_spent);

    // Each is a run of its own, with its own calls, of the same people.
    let runs = desk.foray.runs(client).await.unwrap();
    let brought: Vec<_> = runs.iter().map(|run| (run.people, run.calls_spent)).collect();
    let (all, calls) = (first.rows, first.calls_spent);
    assert_eq!(brought, [(all, calls), (all, 0), (all, calls)], "that of kept pages has their moments");
    assert_eq!(runs[0].job_id, Some(anew.to_string()));
    let counts = desk.foray.people_counts(client, Some(&filters())).await.unwrap();
    assert_eq!((counts.different, counts.everybody), (all, all), "no page counts twice: {counts:?}");
}

#[tokio::test]
async fn the_same_export_to_the_same_file_is_the_same_job_and_another_question_takes_its_place() {
    let desk = Desk::new(Plan::Professional).await;
    let jobs = desk.foray.jobs(TenantId::SAMPLE).await.unwrap();
    let path = desk.folder.path().join("list.csv");
    let first = jobs.add_export("One", input(&path)).await.unwrap();
    let again = jobs.add_export("Two", input(&path)).await.unwrap();
    assert_eq!((first.id, again.title.as_str()), (again.id, "Two"));
    let other = jobs.add_export("Other", about(&path, "owner")).await.unwrap();
    let titles: Vec<String> = jobs.list().await.unwrap().into_iter().map(|job| job.title).collect();
    assert_eq!((titles.len(), titles[0].as_str()), (1, "Other"));
    jobs.forget(other.id).await.unwrap();
    assert!(jobs.list().await.unwrap().is_empty());
    let unknown = jobs.get(other.id).await.unwrap_err();
    assert!(matches!(unknown, Error::NotFound { .. }), "{unknown:?}");
}

#[tokio::test]
async fn a_job_is_found_by_the_beginning_of_its_id() {
    let desk = Desk::new(Plan::Professional).await;
    let jobs = desk.foray.jobs(TenantId::SAMPLE).await.unwrap();
    let job = jobs.add_export("One", input(&desk.folder.path().join("one.csv"))).await.unwrap();
    assert_eq!(jobs.resolve(&job.id.to_string()[..8]).await.unwrap().id, job.id);
    for wrong in ["", "no", "not-there"] {
        assert_eq!(jobs.resolve(wrong).await.unwrap_err().code(), "bad_input", "{wrong}");
    }
}

#[tokio::test]
async fn a_job_that_comes_with_a_backup_waits_for_somebody_who_agrees_to_it() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let target = desk.folder.path().join("all.csv");
    desk.foray.jobs(client).await.unwrap().add_export("All", input(&target)).await.unwrap();
    let backup = desk.folder.path().join("Acme.foray-backup");
    desk.foray.back_up(client, &backup, false).await.unwrap();

    let elsewhere = Desk::new(Plan::Professional).await;
    elsewhere.foray.restore(&backup).await.unwrap();
    elsewhere.foray.set_key(client, ApiKey::parse("good-key-0123456789").unwrap()).await.unwrap();
    let came = elsewhere.foray.jobs(client).await.unwrap().list().await.unwrap().pop().unwrap();
    assert_eq!((came.state, code(&came)), (JobState::Paused, "restored"));
    assert!(came.needs_consent && !came.by_itself);
}

#[tokio::test]
async fn an_export_that_an_older_version_left_goes_on_without_asking_again() {
    let desk = Desk::new(Plan::Professional).await;
    let whole = unbroken(&desk, "whole").await;
    let needed = desk.calls();
    let client = desk.client("Acme").await;
    limit(&desk.foray, client, 2).await;
    let path = desk.folder.path().join("all.csv");
    let asked = ExportInput { wait: false, ..input(&path) };
    desk.foray.export(client, &asked, &CancellationToken::new(), |_| ()).await.unwrap_err();
    let file = desk.folder.path().join("data/tenants").join(client.to_string()).join("people.sqlite");
    let Desk { foray, sandbox, clock, keys, folder } = desk;
    drop(foray);
    back_before_jobs(&file);

    let foray = crate::open(folder.path(), &sandbox.origin(), &clock, &keys).await;
    limit(&foray, client, 100).await;
    let left = foray.jobs(client).await.unwrap().list().await.unwrap().pop().unwrap();
    assert_eq!((left.state, left.progress.pages, left.path()), (JobState::Paused, 2, path.to_str()));
    foray.export(client, &asked, &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    assert_eq!(sandbox.requests().len(), 2 * needed, "each page was asked for once by each");
}

/// Writes the file as it was before there were jobs.
fn back_before_jobs(file: &PathBuf) {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.busy_timeout(Duration::from_secs(5)).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE exports (tenant TEXT NOT NULL, target TEXT NOT NULL, question TEXT NOT NULL, started_at_ms INTEGER NOT NULL,
                 calls_in_vain INTEGER NOT NULL DEFAULT 0, credits_unknown INTEGER NOT NULL DEFAULT 0,
                 PRIMARY KEY (tenant, target)) STRICT;
             CREATE TABLE export_pages (tenant TEXT NOT NULL, target TEXT NOT NULL, page INTEGER NOT NULL, body BLOB NOT NULL,
                 PRIMARY KEY (tenant, target, page)) STRICT;
             INSERT INTO exports SELECT tenant, target, json_remove(question, '$.one_page'), created_at_ms, 0, 0 FROM jobs;
             INSERT INTO export_pages SELECT jobs.tenant, target, step, body FROM job_steps JOIN jobs ON job = id;
             DROP TABLE job_steps;
             DROP TABLE enrich_wanted;
             DROP TABLE paid_people;
             DROP TABLE paid_requests;
             DROP TABLE credit_figures;
             DROP TABLE free_calls;
             DROP TABLE company_facts;
             DROP INDEX companies_by_domain;
             DROP INDEX people_by_company;
             ALTER TABLE people DROP COLUMN functions;
             DROP TABLE changes;
             DROP TABLE jobs;
             DROP INDEX runs_by_job;
             ALTER TABLE runs DROP COLUMN job;
             ALTER TABLE runs DROP COLUMN calls_in_vain;
             PRAGMA user_version = 3;",
        )
        .unwrap();
}
