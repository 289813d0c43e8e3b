//! Jobs between processes: this test binary starts itself again and runs the jobs of a data folder, to be killed at each step
//! and at random moments (`chaos`), or to want the same job as another (`race`), or to find no room (`narrow_disk`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chaos;
#[cfg(unix)]
mod narrow_disk;
mod race;

#[path = "../processes/mod.rs"]
mod processes;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::Origin;
use foray_core::clock::ManualClock;
use foray_core::export::{ExportInput, ExportScope, Flavour};
use foray_core::jobs::{Agreed, Job, JobState, Runner};
use foray_core::persona::FiltersInput;
use foray_core::secrets::{ApiKey, MemoryKeys};
use foray_core::workspace::WorkspaceChange;
use foray_core::{Foray, Options, TenantId};
use processes::{Role, runtime};

/// 2026-11-23T00:00:00Z: when jobs are asked for. They are run a second later, and the clock stands, so that an export broken
/// at any moment must come to the same bytes.
const ASKED_MS: i64 = 1_795_392_000_000;
const RUN_MS: i64 = ASKED_MS + 1_000;

/// `name`: of the workspace that is about to ask. Each has a key of its own, since the stand-in's minute never ends.
async fn open(folder: &Path, origin: &str, name: &str, at_ms: i64) -> Foray {
    let key = format!("good-key-of-{}-0123456789", name.replace(' ', "-"));
    let options = Options {
        data_dir: folder.join("data"),
        apollo: Origin::parse(origin).unwrap(),
        sandbox: None,
        environment_key: Some(ApiKey::parse(&key).unwrap()),
        keys: Arc::new(MemoryKeys::default()),
        clock: Arc::new(ManualClock::at(at_ms)),
        deadline: Duration::from_secs(10),
        background: true,
    };
    Foray::open(options).await.unwrap()
}

/// A workspace of its own with an export in its line. Nothing is kept there yet, so each page is a call.
async fn ask_for(folder: &Path, origin: &str, name: &str, target: &Path) -> Job {
    let foray = open(folder, origin, name, ASKED_MS).await;
    let workspace = foray.workspaces().add(name).await.unwrap();
    let many = WorkspaceChange { calls_per_hour: Some(6_000), ..WorkspaceChange::default() };
    foray.change_workspace(workspace.id, many).await.unwrap();
    foray.jobs(workspace.id).await.unwrap().add_export(name, everybody(target)).await.unwrap()
}

fn everybody(target: &Path) -> ExportInput {
    let seniorities = vec!["vp".to_owned(), "director".to_owned()];
    ExportInput {
        persona_id: None,
        filters: FiltersInput { seniorities, ..FiltersInput::default() },
        scope: ExportScope::All { max_rows: None },
        flavour: Flavour::Excel,
        path: target.display().to_string(),
        agreed: Agreed { calls: None, credits: 500 },
        wait: true,
        // A file that is there already must be kept, so one that a kill left behind would be seen.
        replace: false,
    }
}

/// Runs whatever is in the lines until it is killed, or the one job named is over; says each step.
async fn run_jobs(folder: &Path, script: &str) {
    let [origin, name, job] = script.split('|').collect::<Vec<_>>()[..] else { panic!("{script}") };
    let foray = Arc::new(open(folder, origin, name, RUN_MS).await);
    let mut changes = foray.job_changes();
    let is_over = |change: &Job| change.id.to_string() == job && !change.state.goes_on();
    let _runner = Runner::start(Arc::clone(&foray));
    println!("> ready");
    let mut was_over = false;
    for workspace in foray.workspaces().list().await.unwrap() {
        was_over |= foray.jobs(workspace.id).await.unwrap().list().await.unwrap().iter().any(is_over);
    }
    while !was_over {
        // A job that never says anything again would keep the whole run waiting.
        let heard = tokio::time::timeout(Duration::from_mins(2), changes.recv()).await;
        let change = heard.expect("the job should have ended by now").unwrap();
        println!("> {} {}", change.state.as_str(), change.progress.pages);
        was_over = is_over(&change);
    }
}

/// Committed steps of a job, as its file says.
fn committed(folder: &Path, workspace: TenantId) -> u32 {
    let file = people_file(folder, workspace);
    let connection = rusqlite::Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection.query_row("SELECT count(*) FROM job_steps", [], |row| row.get(0)).unwrap()
}

fn people_file(folder: &Path, workspace: TenantId) -> PathBuf {
    folder.join("data/tenants").join(workspace.to_string()).join("people.sqlite")
}

/// Empties the journal of the workspace's file, once whoever had it open is gone.
fn empty_journal(folder: &Path, workspace: TenantId) {
    let connection = rusqlite::Connection::open(people_file(folder, workspace)).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    let blocked = || -> bool { connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap() };
    while blocked() {
        std::thread::yield_now();
    }
}

/// The job as it is now.
async fn job_now(folder: &Path, origin: &str, asked: &Job) -> Job {
    let foray = open(folder, origin, &asked.title, RUN_MS).await;
    foray.jobs(asked.workspace).await.unwrap().get(asked.id).await.unwrap()
}

/// What a process that runs the job has to know.
fn script(origin: &str, asked: &Job) -> String {
    format!("{origin}|{}|{}", asked.title, asked.id)
}

/// What an export comes to that nobody breaks.
async fn unbroken(folder: &Path, origin: &str) -> Vec<u8> {
    let target = folder.join("unbroken.csv");
    let asked = ask_for(folder, origin, "Unbroken", &target).await;
    run_jobs(folder, &script(origin, &asked)).await;
    assert_eq!(job_now(folder, origin, &asked).await.state, JobState::Done);
    std::fs::read(target).unwrap()
}

#[test]
fn plays_the_other_process() {
    let Some(Role { name, folder, script }) = Role::of_this_process() else { return };
    match name.as_str() {
        "run jobs" => runtime().block_on(run_jobs(&folder, &script)),
        other => panic!("{other} is no role"),
    }
}
