//! What was asked of the stand-in, for tests and for `GET /_log`. Must never hold an API key: only its last four
//! characters, and those only of a key that has at least sixteen.

use serde::Serialize;
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// Older requests are forgotten, so that a stand-in may run for weeks.
const KEPT: usize = 10_000;

/// One request as it arrived, and what became of it.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct LoggedRequest {
    /// Counts from 1 and never stops, also over faulted requests.
    pub sequence: u64,
    /// Milliseconds since 1970 in UTC.
    pub arrived_at_ms: u64,
    pub method: String,
    /// Without the query.
    pub path: String,
    pub query: Option<String>,
    /// The status that was answered; `None` while it is not decided, and for `drop` (its answer never ends).
    pub status: Option<u16>,
    /// The kind of the fault that hit this request (`429`, `drop`, …).
    pub fault: Option<String>,
    /// What this request took from the key's credits, in hundredths of one.
    pub charged_hundredths: u64,
    /// The ids of the people or companies it was charged for, each as often as it was charged.
    pub charged_for: Vec<String>,
    /// The last four characters of the key, `****` of a short one, `None` without a key.
    pub key_marker: Option<String>,
    /// The body, `null` when it was empty or no JSON. A key `api_key` in it is masked.
    pub body: Value,
}

/// All that arrived, oldest first.
#[derive(Default)]
pub struct Log(Mutex<Entries>);

#[derive(Default)]
struct Entries {
    last_sequence: u64,
    kept: VecDeque<LoggedRequest>,
}

impl Log {
    /// Notes an arrival under the next number, which it answers.
    pub fn arrived(&self, make: impl FnOnce(u64) -> LoggedRequest) -> u64 {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.last_sequence += 1;
        let request = make(entries.last_sequence);
        if entries.kept.len() == KEPT {
            entries.kept.pop_front();
        }
        entries.kept.push_back(request);
        entries.last_sequence
    }

    pub fn answered(&self, sequence: u64, status: u16) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(request) = entries.kept.iter_mut().rev().find(|request| request.sequence == sequence) {
            request.status = Some(status);
        }
    }

    pub fn charged(&self, sequence: u64, hundredths: u64, ids: impl IntoIterator<Item = String>) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(request) = entries.kept.iter_mut().rev().find(|request| request.sequence == sequence) {
            request.charged_hundredths += hundredths;
            request.charged_for.extend(ids);
        }
    }

    /// Requests with a number above `sequence`.
    pub fn after(&self, sequence: u64) -> Vec<LoggedRequest> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.kept.iter().filter(|request| request.sequence > sequence).cloned().collect()
    }
}

/// What may be kept of a key.
pub fn key_marker(key: &str) -> String {
    let letters = key.chars().collect::<Vec<_>>();
    if letters.len() < 16 { "****".to_owned() } else { letters[letters.len() - 4..].iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_key_leaves_nothing_of_itself() {
        assert_eq!(key_marker("short-key"), "****");
        assert_eq!(key_marker("a-key-that-is-long-enough-abcd"), "abcd");
    }
}
