//! Long work at a terminal: how far it is, on one line that the next one overwrites, and Ctrl+C, which leaves it in order. Off
//! a terminal nothing is shown.

use std::io::{IsTerminal, Write};

use foray_core::credits::{Credits, credits_in_words};
use foray_core::enrich::{Booked, EnrichWhat};
use foray_core::export::ExportProgress;
use foray_core::jobs::{Job, JobSpec};
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::output::{counted, grouped, local_time};

/// Cancels its token with Ctrl+C, as long as it is there.
pub struct CtrlC {
    token: CancellationToken,
    listening: JoinHandle<()>,
}

impl CtrlC {
    pub fn listen() -> Self {
        let token = CancellationToken::new();
        let pressed = token.clone();
        let listening = tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                pressed.cancel();
            }
        });
        Self { token, listening }
    }

    pub fn token(&self) -> &CancellationToken {
        &self.token
    }
}

impl Drop for CtrlC {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// The line; gone when it is dropped.
pub struct ProgressLine {
    shows: bool,
}

impl ProgressLine {
    pub fn new() -> Self {
        Self { shows: std::io::stderr().is_terminal() }
    }

    pub fn show(&mut self, progress: &ExportProgress) {
        if self.shows {
            write_over(&in_words(progress, Timestamp::now()));
        }
    }

    pub fn show_job(&mut self, job: &Job) {
        if self.shows {
            write_over(&job_in_words(job, Timestamp::now()));
        }
    }
}

fn write_over(line: &str) {
    drop(write!(std::io::stderr(), "\r{line}\u{1b}[K"));
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.shows {
            drop(write!(std::io::stderr(), "\r\u{1b}[K"));
        }
    }
}

/// How far a job is: an enrichment goes through people or companies, all else through pages of people.
pub fn job_in_words(job: &Job, now: Timestamp) -> String {
    let progress = ExportProgress::of(job);
    let JobSpec::Enrich(order) = &job.spec else { return in_words(&progress, now) };
    let many = match order.what {
        EnrichWhat::People => "people",
        EnrichWhat::Companies => "companies",
    };
    let total = progress.people_total.unwrap_or_else(|| order.people.into());
    let mut parts = vec![format!("{} of {} {many} asked for", grouped(progress.rows), grouped(total))];
    let left_out = job.progress.left_out;
    parts.extend((left_out > 0).then(|| format!("{} asked for by another enrichment meanwhile", grouped(left_out))));
    parts.push(counted(progress.calls_spent.into(), "call", "calls"));
    parts.extend(job.progress.booked.map(|Booked { charged, unknown }| match unknown {
        Credits::NONE => credits_in_words(charged),
        more => format!("{} and at most {more} more that may have been charged", credits_in_words(charged)),
    }));
    format!("{}{}", parts.join(", "), unknown_and_waits(&progress, now))
}

/// `300 of 4,212 people, 3 pages, 3 calls`, how many more calls nobody knows of, and until when it waits.
pub fn in_words(progress: &ExportProgress, now: Timestamp) -> String {
    let of = progress.people_total.map_or_else(String::new, |total| format!(" of {}", grouped(total)));
    let pages = counted(progress.pages.into(), "page", "pages");
    let calls = counted(progress.calls_spent.into(), "call", "calls");
    format!("{}{of} people, {pages}, {calls}{}", grouped(progress.rows), unknown_and_waits(progress, now))
}

/// How many more calls nobody knows of, and until when it waits.
fn unknown_and_waits(progress: &ExportProgress, now: Timestamp) -> String {
    let waits = match progress.waiting.as_ref().map(|reason| reason.reset_at) {
        Some(Some(at)) => format!(", waits until {}", local_time(at, now)),
        Some(None) => ", waits".to_owned(),
        None => String::new(),
    };
    let unknown = match progress.calls_unknown {
        0 => String::new(),
        some => format!(", up to {} more may have been made", counted(some.into(), "call", "calls")),
    };
    format!("{unknown}{waits}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use foray_core::Error;

    #[test]
    fn progress_has_its_units_and_says_that_it_waits() {
        let now = Timestamp::UNIX_EPOCH;
        let far = ExportProgress {
            rows: 300,
            people_total: Some(4_212),
            pages: 3,
            calls_spent: 1,
            calls_unknown: 0,
            waiting: None,
        };
        assert_eq!(in_words(&far, now), "300 of 4,212 people, 3 pages, 1 call");
        let killed = ExportProgress { calls_unknown: 2, ..far.clone() };
        assert_eq!(
            in_words(&killed, now),
            "300 of 4,212 people, 3 pages, 1 call, up to 2 calls more may have been made"
        );
        let waiting = ExportProgress { waiting: Some(Error::RateLimited { reset_at: now }.reason()), ..far };
        assert!(in_words(&waiting, now).contains("1 call, waits until "));
    }
}
