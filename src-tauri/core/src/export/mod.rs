//! A search as a CSV file: page by page, resumable, and complete before it gets its name. It is a job ([`crate::jobs`]).

pub(crate) mod aside;
mod columns;
pub(crate) mod csv;
mod order;
pub(crate) mod partial;
mod phone;
mod receipt;
mod work;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::enrich::Room;
use crate::error::{Error, Reason};
use crate::jobs::{Agreed, Job, JobState};
use crate::persona::FiltersInput;

pub use columns::DEFAULT_COLUMNS;
pub(crate) use partial::Partial;
pub(crate) use receipt::in_words;
pub(crate) use work::ExportWork;

/// Pages are as large as Apollo gives them: fewest calls.
const PAGE_SIZE: u32 = 100;

/// Whom the file is for (`exports.md`): no one CSV suits everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ExportFlavour")]
pub enum Flavour {
    /// A spreadsheet: byte order mark, phones grouped, cells that look like formulas disarmed.
    Excel,
    /// Another tool's import: the data untouched.
    Import,
}

impl Flavour {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Excel => "excel",
            Self::Import => "import",
        }
    }

    /// # Errors
    /// [`Error::BadInput`] on the field `flavour`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        [Self::Excel, Self::Import]
            .into_iter()
            .find(|flavour| flavour.as_str() == text)
            .ok_or_else(|| Error::bad_input("flavour", "The flavour is excel or import."))
    }
}

/// How much of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExportScope {
    /// The page on the screen.
    Page { page: u32, page_size: u32 },
    /// Everybody who matches, or so many different people.
    All { max_rows: Option<u32> },
}

/// An export as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportInput {
    pub persona_id: Option<String>,
    pub filters: FiltersInput,
    pub scope: ExportScope,
    pub flavour: Flavour,
    /// The file to write; ends in `.csv`.
    pub path: String,
    pub agreed: Agreed,
    /// Goes on by itself when the hour's calls are used or Apollo pauses, and leaves some calls to what the user clicks;
    /// otherwise it stops there, to be gone on with.
    pub wait: bool,
    /// The user agreed that a file of this name is replaced. Otherwise one that is not this very export is kept under a
    /// dated name.
    pub replace: bool,
}

/// How far an export is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportProgress {
    /// Different people written.
    pub rows: u64,
    /// People the file will hold, once Apollo told how many match.
    pub people_total: Option<u64>,
    pub pages: u32,
    pub calls_spent: u32,
    /// Up to so many more may have been made.
    pub calls_unknown: u32,
    /// What it waits for, and until when.
    pub waiting: Option<Reason>,
}

impl ExportProgress {
    /// As a job tells it.
    pub fn of(job: &Job) -> Self {
        let progress = &job.progress;
        Self {
            rows: progress.rows,
            people_total: progress.people_total,
            pages: progress.pages,
            calls_spent: progress.calls_spent,
            calls_unknown: progress.calls_unknown,
            waiting: job.reason.clone().filter(|_| job.state == JobState::Waiting),
        }
    }
}

/// A finished export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportDone {
    pub path: String,
    pub rows: u64,
    /// People who match.
    pub people_total: Option<u64>,
    pub pages: u32,
    pub calls_spent: u32,
    /// Null when Apollo did not tell.
    pub credits_spent: Option<f64>,
    pub notices: Vec<String>,
}

/// What an export, or what is left of any job, may cost, as far as a kept answer tells how many match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportEstimate {
    pub calls_at_most: u32,
    pub credits_at_most: u32,
    /// People who match, as far as a kept answer tells.
    pub people: Option<u64>,
    #[serde(flatten)]
    pub room: Room,
}
