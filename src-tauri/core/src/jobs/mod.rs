//! Long work that goes on by itself: a job is a sequence of steps in the workspace's file, each committed before the next is
//! asked for. It may be paused, moved and cancelled, and goes on after a quit, a crash or a power cut at the step where it
//! was. No committed step is repeated; each kill repeats at most the one that was under way.
//!
//! [`Jobs`] is what a user may say to the jobs of a workspace, [`Runner`] what makes them go on in the window. Whoever runs
//! a job holds its [`claim`], which the system takes back from a process that dies, so two never run the same one.

mod asking;
mod claim;
mod drive;
mod forecast;
mod hold;
mod journey;
mod outlook;
mod page;
mod price;
mod rerun;
mod runner;
mod say;
mod schema;
mod store;
mod turns;
mod walk;
mod work;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::enrich::{Booked, EnrichDone, EnrichOrder};
use crate::error::Reason;
use crate::export::{ExportDone, ExportInput};
use crate::tenant::TenantId;

pub use drive::{Ended, Manner};
pub(crate) use hold::{LOST, UNWRITTEN};
pub use rerun::{RerunDone, RerunInput};
pub use runner::Runner;
pub use say::{Direction, Jobs};

pub(crate) use asking::{Accepts, Asking};
pub(crate) use claim::Claimed;
pub(crate) use journey::{Journey, Next};
pub(crate) use page::Page;
pub(crate) use price::Beginning;
pub(crate) use say::titled;
pub(crate) use schema::{JOBS_STEP, WHEN_RESTORED};
pub(crate) use store::{Row, Store};
pub(crate) use turns::Board;
pub(crate) use walk::{Walk, pages_at_most};
pub(crate) use work::Step;

/// Jobs of one workspace that take turns; the others stand in line. With two, a small one is not stuck behind a large one.
pub const AT_ONCE: u32 = 2;

/// What somebody agreed to when asking for a job: it pauses before it could take more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// Null where no bound was told: as many as it takes.
    pub calls: Option<u32>,
    pub credits: u32,
}

impl Agreed {
    /// What is left of it once that much was used.
    fn less(self, used: Self) -> Self {
        let calls = self.calls.map(|calls| calls.saturating_sub(used.calls.unwrap_or(0)));
        Self { calls, credits: self.credits.saturating_sub(used.credits) }
    }
}

/// What a job does, as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobSpec {
    /// A search as a CSV file.
    Export(ExportInput),
    /// All pages of a persona's search, fetched again.
    Rerun(RerunInput),
    /// Facts that are paid for.
    Enrich(EnrichOrder),
}

/// Where a job is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Stands in line, or waits for a process that runs jobs.
    Queued,
    Running,
    /// For what its reason says; goes on by itself.
    Waiting,
    /// Until somebody resumes it; the reason says why, unless the user paused it.
    Paused,
    Done,
    /// Can't succeed as it was asked.
    Failed,
    /// By the user; what was fetched stays until it is forgotten, so it can still be gone on with.
    Cancelled,
}

impl JobState {
    pub const ALL: [Self; 7] =
        [Self::Queued, Self::Running, Self::Waiting, Self::Paused, Self::Done, Self::Failed, Self::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether there is nothing more to expect of it by itself.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    /// Whether it goes on without being told.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Queued | Self::Running | Self::Waiting)
    }
}

/// What the user told a job whose step was under way; it obeys when the step has ended, since that may have been paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    Pause,
    Cancel,
}

/// How far a job is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct JobProgress {
    /// Different people so far; of an enrichment those asked for.
    pub rows: u64,
    /// People there will be, once Apollo told how many match; of an enrichment those that are left out are none of them.
    pub people_total: Option<u64>,
    /// Whom an enrichment need not ask for any more: others saw to them meanwhile.
    pub left_out: u64,
    /// What an enrichment was charged so far; null for what fetches pages.
    pub booked: Option<Booked>,
    pub pages: u32,
    pub calls_spent: u32,
    /// Calls that were under way when the job's process ended: up to so many more may have been made, and paid.
    pub calls_unknown: u32,
    /// About when it will be done, if nothing else takes its calls.
    #[ts(type = "string | null")]
    pub ready_at: Option<Timestamp>,
}

/// What came of a job that is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobResult {
    Export(ExportDone),
    Rerun(RerunDone),
    Enrich(EnrichDone),
}

/// A job as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Job {
    pub id: Uuid,
    pub workspace: TenantId,
    /// What it is about, in the user's words: a persona's name or a question.
    pub title: String,
    pub spec: JobSpec,
    pub state: JobState,
    /// Why it waits, is paused or failed, and until when if that is known. Null when the user paused it.
    pub reason: Option<Reason>,
    /// What it was told and obeys in a moment.
    pub wish: Option<Wish>,
    /// Whether it goes on without being told, as soon as a process runs jobs. The command line's own do not.
    pub by_itself: bool,
    /// Whether going on with it has to be agreed to anew, at its price.
    pub needs_consent: bool,
    pub progress: JobProgress,
    pub result: Option<JobResult>,
    #[ts(type = "string")]
    pub created_at: Timestamp,
    #[ts(type = "string | null")]
    pub started_at: Option<Timestamp>,
    #[ts(type = "string | null")]
    pub ended_at: Option<Timestamp>,
}

impl Job {
    /// Whether going on with it, as it stands now, has to be agreed to anew.
    fn asks_for_consent(&self) -> bool {
        let asked_for = self
            .reason
            .as_ref()
            .is_some_and(|reason| ["not_confirmed", "restored", "capped", LOST].contains(&reason.code.as_str()));
        match self.state {
            JobState::Failed => true,
            JobState::Cancelled => !self.has_all(),
            JobState::Paused => asked_for,
            _ => false,
        }
    }

    /// Whether an enrichment has asked for everybody, and has what it paid for: there is nothing to go on with.
    fn has_all(&self) -> bool {
        let JobSpec::Enrich(order) = &self.spec else { return false };
        let people = self.progress.people_total.unwrap_or(order.people.into());
        self.progress.rows >= people && self.progress.booked.is_none_or(|booked| booked.unknown.is_none())
    }

    /// Whether rows it fetched lie in its journal: an export that did not come to its end.
    pub fn keeps_rows(&self) -> bool {
        matches!(self.spec, JobSpec::Export(_)) && self.state != JobState::Done && self.progress.pages > 0
    }

    /// The file it writes, if it writes one.
    pub fn path(&self) -> Option<&str> {
        match (&self.result, &self.spec) {
            (Some(JobResult::Export(done)), _) => Some(&done.path),
            (_, JobSpec::Export(input)) => Some(&input.path),
            _ => None,
        }
    }
}
