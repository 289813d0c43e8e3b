//! How a command ends: the exit status of each error code, and the object or sentence that goes with it.

use foray_core::answer::{Answer, Source};
use foray_core::{Error, Reason};
use jiff::Timestamp;
use serde::Serialize;

/// Live, cached or stale rows; a command done.
pub const DONE: u8 = 0;
/// A damaged file, a full disk, a question Apollo refuses, a mistake of ours.
pub const OTHER: u8 = 1;
pub const BAD_INPUT: u8 = 2;
/// Our limit, Apollo's 429, a cap of credits, or what comes later by itself: mobiles, Apollo's count after a lost call.
pub const LIMITED: u8 = 3;
pub const UNAVAILABLE: u8 = 4;
pub const KEY_OR_PLAN: u8 = 5;

/// The exit status of an error code of the core. The only place that knows.
pub fn status_of(code: &str) -> u8 {
    match code {
        "bad_input" | "not_found" | "not_confirmed" => BAD_INPUT,
        "rate_limited" | "ledger_lost" | "apollo_rate_limited" | "capped" | "not_ready" | "to_be_counted" => LIMITED,
        "breaker_open" | "timed_out" | "unavailable" | "unreachable" | "barred" | "connection_lost" | "unreadable"
        | "offline" => UNAVAILABLE,
        "key_missing" | "key_rejected" | "forbidden" | "out_of_credits" | "endpoint_closed" | "keyring" => KEY_OR_PLAN,
        _ => OTHER,
    }
}

/// An empty answer is told apart from an answer without people.
pub fn status_of_answer(answer: &Answer) -> u8 {
    match (answer.source, &answer.reason) {
        (Source::Empty, Some(reason)) => status_of(&reason.code),
        (Source::Empty, None) => OTHER,
        (Source::Live | Source::Cached | Source::Stale, _) => DONE,
    }
}

/// What stopped it, as far as what is to be done next depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBy {
    /// A cap of credits.
    Cap,
    /// The user's word: more than was agreed to, or paid calls that got no answer.
    Word,
    /// Mobiles that are on their way.
    Mobiles,
    /// Apollo's count, which comes after a lost call.
    Count,
    Other,
}

impl HeldBy {
    fn of(code: &str) -> Self {
        match code {
            "capped" => Self::Cap,
            "not_confirmed" | "may_be_charged" => Self::Word,
            "not_ready" => Self::Mobiles,
            "to_be_counted" => Self::Count,
            _ => Self::Other,
        }
    }

    /// Whether it is over within minutes, so that waiting for it is the way on.
    pub fn comes_by_itself(self) -> bool {
        matches!(self, Self::Mobiles | Self::Count)
    }

    /// Whether it concerns the one job that it holds: all else is shared, the hour's calls, the key, Apollo, the disk.
    pub fn is_of_one_job(self) -> bool {
        matches!(self, Self::Cap | Self::Word | Self::Mobiles)
    }
}

/// Why a command ends without what it was asked for. Serialises to the object of `--json`.
#[derive(Debug, Serialize)]
pub struct Failure {
    pub code: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset_at: Option<Timestamp>,
    #[serde(skip)]
    pub exit: u8,
    #[serde(skip)]
    pub held_by: HeldBy,
    /// A line of its own after the message, such as the command that goes on.
    #[serde(skip)]
    pub next: Option<String>,
}

impl Failure {
    /// Something that only the command line knows of.
    pub fn other(code: &'static str, message: String) -> Self {
        let (exit, held_by) = (status_of(code), HeldBy::of(code));
        Self { code, message, field: None, reset_at: None, exit, held_by, next: None }
    }

    /// With sentences that may be why, after its own.
    pub fn with_notices(mut self, notices: &[String]) -> Self {
        for notice in notices {
            self.message.push(' ');
            self.message.push_str(notice);
        }
        self
    }

    pub fn bad_input(field: &str, message: impl Into<String>) -> Self {
        Error::bad_input(field, message).into()
    }
}

impl From<&Reason> for Failure {
    /// What held up a job; it ends with the status of that.
    fn from(reason: &Reason) -> Self {
        let (exit, held_by) = (status_of(&reason.code), HeldBy::of(&reason.code));
        Self { reset_at: reason.reset_at, exit, held_by, ..Self::other("job_stopped", reason.message.clone()) }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let field = match &error {
            Error::BadInput { violations } => violations.first().map(|violation| violation.field.clone()),
            _ => None,
        };
        let (exit, held_by) = match &error {
            Error::ExportInterrupted { reason: Reason { code, .. }, .. } => {
                // Nothing was wrong with what was typed: the export stopped at the bound that was agreed to.
                let exit = if code == "not_confirmed" { OTHER } else { status_of(code) };
                (exit, HeldBy::of(code))
            }
            error => (status_of(error.code()), HeldBy::of(error.code())),
        };
        let code = error.code();
        Self { code, message: error.to_string(), field, reset_at: error.reset_at(), exit, held_by, next: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(code: &str) -> Reason {
        Reason { code: code.to_owned(), message: "Why.".to_owned(), reset_at: None }
    }

    #[test]
    fn every_error_of_the_core_has_the_status_that_the_contract_gives_it() {
        let said = || "x".to_owned();
        let (at, what) = (Timestamp::UNIX_EPOCH, said());
        let expected = [
            (Error::bad_input("page", "No."), BAD_INPUT),
            (Error::not_found("persona", "x"), BAD_INPUT),
            (Error::NotConfirmed { message: said() }, BAD_INPUT),
            (Error::RateLimited { reset_at: at }, LIMITED),
            (Error::LedgerLost { reset_at: at }, LIMITED),
            (Error::Capped { message: said() }, LIMITED),
            (Error::ApolloRateLimited { reset_at: at }, LIMITED),
            (Error::NotReady { seconds: None }, LIMITED),
            (Error::BreakerOpen { reset_at: at }, UNAVAILABLE),
            (Error::TimedOut { seconds: 10 }, UNAVAILABLE),
            (Error::Unavailable { status: 503 }, UNAVAILABLE),
            (Error::Unreachable, UNAVAILABLE),
            (Error::Barred { why: said() }, UNAVAILABLE),
            (Error::ConnectionLost, UNAVAILABLE),
            (Error::Unreadable, UNAVAILABLE),
            (Error::Offline, UNAVAILABLE),
            (Error::KeyMissing, KEY_OR_PLAN),
            (Error::KeyRejected, KEY_OR_PLAN),
            (Error::Forbidden { endpoint: said(), said: said() }, KEY_OR_PLAN),
            (Error::OutOfCredits, KEY_OR_PLAN),
            (Error::EndpointClosed { endpoint: said() }, KEY_OR_PLAN),
            (Error::Keyring { why: said(), advice: said() }, KEY_OR_PLAN),
            (Error::Refused { status: 422, said: said(), calls_spent: 1 }, OTHER),
            (Error::Cancelled, OTHER),
            (Error::DiskFull { what: said() }, OTHER),
            (Error::ReadOnly { what: said() }, OTHER),
            (Error::NewerFile { what: said() }, OTHER),
            (Error::OlderOpen { what: said() }, OTHER),
            (Error::Damaged { what: said() }, OTHER),
            (Error::Storage { what, why: said() }, OTHER),
        ];
        for (error, status) in expected {
            assert_eq!(Failure::from(error.clone()).exit, status, "{error:?}");
        }
    }

    #[test]
    fn what_comes_later_is_a_limit_with_its_time() {
        let at = Timestamp::UNIX_EPOCH;
        for code in ["not_ready", "to_be_counted"] {
            let failure = Failure::from(&Reason { reset_at: Some(at), ..reason(code) });
            assert_eq!((failure.exit, failure.reset_at), (LIMITED, Some(at)), "{code}");
        }
    }

    #[test]
    fn an_interrupted_export_ends_with_the_status_of_what_interrupted_it() {
        for (code, status) in [
            ("rate_limited", LIMITED),
            ("breaker_open", UNAVAILABLE),
            ("key_missing", KEY_OR_PLAN),
            ("not_confirmed", OTHER),
        ] {
            let error = Error::ExportInterrupted { partial: "x".to_owned(), rows: 0, reason: reason(code) };
            assert_eq!(Failure::from(error).exit, status, "{code}");
        }
    }
}
