//! What a search answers: rows, where they came from, what they cost. The same object for window and command line.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::apollo::Endpoint;
use crate::error::Reason;
use crate::people::Person;

/// Where rows came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Asked of Apollo just now.
    Live,
    /// Kept from an earlier answer that is still fresh.
    Cached,
    /// Kept from an earlier answer past its time, because Apollo could not be asked.
    Stale,
    /// Nothing: the reason says why. Never to be read as “no results”.
    Empty,
}

impl Source {
    /// The name in JSON and in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Cached => "cached",
            Self::Stale => "stale",
            Self::Empty => "empty",
        }
    }
}

/// One page of people, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Answer {
    pub source: Source,
    /// When Apollo gave these rows; for an empty answer, now.
    pub as_of: Timestamp,
    /// HTTP requests this answer took, of the workspace's calls of the hour.
    pub calls_spent: u32,
    /// Null when Apollo did not tell.
    pub credits_spent: Option<f64>,
    pub endpoint: Endpoint,
    /// People that match, of whom this is one page; null when not known.
    pub total_entries: Option<u64>,
    pub page: u32,
    pub page_size: u32,
    /// At most 500, and so that page × page size stays within Apollo's 50,000.
    pub total_pages: Option<u32>,
    /// Each person once.
    // Shared with the cache: copying fifty people takes longer than finding them.
    pub people: Arc<Vec<Person>>,
    /// Something the user should know, in a sentence.
    pub notice: Option<String>,
    /// Why it is neither live nor cached.
    pub reason: Option<Reason>,
}
