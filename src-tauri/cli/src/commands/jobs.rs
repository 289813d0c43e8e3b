//! `jobs list | show | pause | resume | cancel | run`.

use foray_core::Error;
use foray_core::jobs::{Ended, Job, JobResult, JobState, Jobs as Known, Manner, RerunDone, Wish};
use jiff::Timestamp;

use super::enrich::in_words as enriched_in_words;
use super::export::{agree_to_price, in_words as export_in_words};
use super::way_on::with_job_again;
use crate::args::{Jobs, NamedJob, Target};
use crate::exit::{DONE, Failure, HeldBy};
use crate::output::{self, counted, grouped, moment};
use crate::session::{Needs, Session};
use crate::under_way::{CtrlC, ProgressLine, job_in_words};

/// Characters of an id that are shown; enough to name a job by.
const ID_SHOWN: usize = 8;

pub fn target(command: &Jobs) -> &Target {
    match command {
        Jobs::List { target, .. } | Jobs::Run { target, .. } => target,
        Jobs::Show { job, .. } | Jobs::Resume { job, .. } | Jobs::Pause(job) | Jobs::Cancel(job) => &job.target,
    }
}

pub fn needs(command: &Jobs) -> Needs {
    match command {
        Jobs::Run { .. } => Needs::Calls,
        // Whether what is left costs credits depends on whose key it is.
        Jobs::Resume { .. } => Needs::Key,
        _ => Needs::Data,
    }
}

pub async fn run(session: &Session, command: Jobs) -> Result<u8, Failure> {
    let jobs = session.foray.jobs(session.tenant()).await?;
    match command {
        Jobs::List { json, .. } => list(session, &jobs.list().await?, json)?,
        Jobs::Show { job, json } => show(session, &jobs.resolve(&job.job).await?, json)?,
        Jobs::Pause(job) => tell(session, &jobs.pause(named(&jobs, &job).await?.id).await?)?,
        Jobs::Cancel(job) => tell(session, &jobs.cancel(named(&jobs, &job).await?.id).await?)?,
        Jobs::Resume { job, yes } => {
            let job = resumed(session, &jobs, &named(&jobs, &job).await?, yes).await?;
            tell(session, &job)?;
        }
        Jobs::Run { job, wait, yes, json, .. } => {
            // On the heap, since it holds a whole run of each kind of job.
            return Box::pin(run_here(session, &jobs, job.as_deref(), wait, yes, json)).await;
        }
    }
    Ok(DONE)
}

async fn named(jobs: &Known<'_>, job: &NamedJob) -> Result<Job, Error> {
    jobs.resolve(&job.job).await
}

fn list(session: &Session, jobs: &[Job], json: bool) -> Result<(), Failure> {
    if json {
        return output::print_json(&jobs);
    }
    let now = session.foray.clock().now();
    output::print_list(&jobs.iter().map(|job| row(job, now)).collect::<Vec<_>>(), "No job in this workspace.")
}

fn tell(session: &Session, job: &Job) -> Result<(), Failure> {
    output::print_lines(&[row(job, session.foray.clock().now())])
}

fn row(job: &Job, now: Timestamp) -> String {
    let id = &job.id.to_string()[..ID_SHOWN];
    let (asked_for, progress) = (moment(job.created_at), job_in_words(job, now));
    let reason = job.reason.as_ref().map_or_else(String::new, |reason| reason.message.clone());
    let path = job.path().unwrap_or_default();
    format!("{id}\t{}\t{}\t{asked_for}\t{progress}\t{reason}\t{path}", state(job), job.title)
}

fn state(job: &Job) -> String {
    let state = job.state.as_str();
    match job.wish {
        Some(Wish::Pause) => format!("{state}, pausing"),
        Some(Wish::Cancel) => format!("{state}, cancelling"),
        None => state.to_owned(),
    }
}

fn show(session: &Session, job: &Job, json: bool) -> Result<(), Failure> {
    if json {
        return output::print_json(job);
    }
    let mut lines = vec![format!("Id: {}", job.id), format!("Title: {}", job.title), format!("State: {}", state(job))];
    lines.extend(job.reason.iter().map(|reason| format!("Reason: {}", reason.message)));
    lines.extend(job.path().map(|path| format!("File: {path}")));
    lines.push(format!("Progress: {}", job_in_words(job, session.foray.clock().now())));
    lines.push(format!("Asked for: {}", moment(job.created_at)));
    lines.extend(job.started_at.map(|at| format!("Begun: {}", moment(at))));
    lines.extend(job.ended_at.map(|at| format!("Ended: {}", moment(at))));
    lines.extend(job.result.as_ref().map(|result| result_in_words(&job.title, result)));
    lines.extend(notices(job).iter().map(|notice| format!("Notice: {notice}")));
    output::print_lines(&lines)
}

/// Lets a job go on, once what it may still cost was agreed to.
async fn resumed(session: &Session, jobs: &Known<'_>, job: &Job, yes: bool) -> Result<Job, Failure> {
    if !job.needs_consent {
        return Ok(jobs.resume(job.id, None).await?);
    }
    let price = jobs.price(job.id).await?;
    let agreed = agree_to_price("What is left", &price, session.workspace.sample, yes);
    let agreed = agreed.map_err(|error| refused(session, job, error))?;
    Ok(jobs.resume(job.id, Some(agreed)).await?)
}

/// A price that a cap refuses has the cap to be seen to; whatever else refuses it says itself what to do.
fn refused(session: &Session, job: &Job, error: Error) -> Failure {
    let failure = Failure::from(error);
    if failure.held_by == HeldBy::Cap { with_job_again(session, job, failure) } else { failure }
}

/// How `run` runs.
struct Running {
    ctrl_c: CtrlC,
    manner: Manner,
    yes: bool,
    json: bool,
}

async fn run_here(
    session: &Session,
    jobs: &Known<'_>,
    named: Option<&str>,
    wait: bool,
    yes: bool,
    json: bool,
) -> Result<u8, Failure> {
    let manner = if wait { Manner::Patient } else { Manner::AtOnce };
    let how = Running { ctrl_c: CtrlC::listen(), manner, yes, json };
    let Some(text) = named else { return run_all(session, jobs, &how).await };
    let job = jobs.resolve(text).await?;
    if job.state == JobState::Done {
        return Err(Failure::bad_input("job", "This job is done."));
    }
    let job = resumed(session, jobs, &job, yes).await?;
    let (job, failed) = run_one(session, jobs, &job, &how).await?;
    match failed {
        Some(failure) if !json => Err(failure),
        failed => {
            if json {
                output::print_json(&[job])?;
            }
            Ok(failed.map_or(DONE, |failure| failure.exit))
        }
    }
}

/// Each that is to be run, as long as nothing that they share holds one up; ends with the status of the first failure.
async fn run_all(session: &Session, jobs: &Known<'_>, how: &Running) -> Result<u8, Failure> {
    let wanted: Vec<Job> = jobs.list().await?.into_iter().filter(is_to_be_run).collect();
    if wanted.is_empty() {
        output::tell("No job is waiting to be run in this workspace.");
    }
    let several = wanted.len() > 1;
    let mut exit = DONE;
    let mut ended = Vec::new();
    for job in wanted {
        let title = job.title.clone();
        let (job, failed, in_job) = match resumed(session, jobs, &job, how.yes).await {
            Ok(job) => {
                let (job, failed) = run_one(session, jobs, &job, how).await?;
                (job, failed, true)
            }
            Err(failure) if failure.held_by.is_of_one_job() => (job, Some(failure), false),
            Err(failure) => return Err(failure),
        };
        ended.push(job);
        let Some(failure) = failed else { continue };
        if exit == DONE {
            exit = failure.exit;
        }
        let goes_on = failure.held_by.is_of_one_job();
        // As JSON a job tells itself what holds it, but not the price that was refused.
        if !(how.json && in_job) {
            let message = if several { format!("“{title}”: {}", failure.message) } else { failure.message };
            output::tell_failure(&Failure { message, ..failure }, how.json);
        }
        if !goes_on {
            break;
        }
    }
    if how.json {
        output::print_json(&ended)?;
    }
    Ok(exit)
}

/// Runs a job until it ends; answers it as it stands then, and why it is not done, if it is not.
async fn run_one(
    session: &Session,
    jobs: &Known<'_>,
    job: &Job,
    how: &Running,
) -> Result<(Job, Option<Failure>), Failure> {
    let mut line = ProgressLine::new();
    let token = how.ctrl_c.token();
    let end = session.foray.run_job(session.tenant(), job.id, how.manner, token, |job| line.show_job(job)).await?;
    drop(line);
    let job = jobs.get(job.id).await?;
    if !how.json {
        told(session, &job).await?;
    }
    let failed = failure_of(&end).map(|failure| with_job_again(session, &job, failure));
    Ok((job, failed))
}

/// Whether `run` takes a job up without being told its id: not one that the user paused, nor one that can't succeed.
fn is_to_be_run(job: &Job) -> bool {
    job.state.goes_on() || (job.state == JobState::Paused && job.reason.is_some())
}

async fn told(session: &Session, job: &Job) -> Result<(), Failure> {
    for notice in notices(job) {
        output::tell(notice);
    }
    match (&job.result, session.foray.enriched_so_far(job).await?) {
        (Some(result), _) => output::print_lines(&[result_in_words(&job.title, result)]),
        (None, Some(so_far)) => {
            output::print_lines(&[format!("“{}” so far: {}", job.title, enriched_in_words(&so_far))])
        }
        (None, None) => Ok(()),
    }
}

fn notices(job: &Job) -> &[String] {
    match &job.result {
        Some(JobResult::Export(done)) => &done.notices,
        Some(JobResult::Rerun(done)) => &done.notices,
        Some(JobResult::Enrich(_)) | None => &[],
    }
}

fn result_in_words(title: &str, result: &JobResult) -> String {
    match result {
        JobResult::Export(done) => export_in_words(done),
        // It may have been run in parts.
        JobResult::Enrich(done) => format!("“{title}” in all: {}", enriched_in_words(done)),
        JobResult::Rerun(RerunDone { rows, people_total, calls_spent, credits_spent, .. }) => {
            let of = people_total.map_or_else(String::new, |total| format!(" of {}", grouped(total)));
            let calls = counted((*calls_spent).into(), "call", "calls");
            let credits = credits_spent.map_or_else(|| "credits unknown".to_owned(), output::credits);
            format!("Fetched {}{of} people of “{title}” ({calls}, {credits}).", grouped(*rows))
        }
    }
}

/// Why `run` ends without the job being done.
fn failure_of(end: &Ended) -> Option<Failure> {
    Some(match end {
        Ended::Done(_) => return None,
        Ended::Held(reason) => Failure::from(reason),
        Ended::Wished(_) | Ended::StoodBack => {
            Failure::other("paused", "The job was paused or cancelled from another window or command.".to_owned())
        }
        Ended::Stopped => Failure::other("cancelled", "Stopped; nothing that was fetched is lost.".to_owned()),
    })
}
