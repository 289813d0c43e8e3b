//! The one error that leaves the core: a stable code, the fields a caller needs, a sentence that says what to do.
//! It must never carry an API key, nor a raw answer that could hold personal data.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing wrong with what the user typed, with the field it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Violation {
    /// Name of the field as the request spells it (`page_size`, `seniorities`, …).
    pub field: String,
    /// A sentence that says what would be right.
    pub message: String,
}

impl Violation {
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

/// Everything that can go wrong, as the window and the command line tell it.
#[derive(Debug, Clone, PartialEq, Serialize, TS, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[ts(rename = "CodedError")]
pub enum Error {
    #[error("{}", join_messages(.violations))]
    BadInput { violations: Vec<Violation> },
    #[error("There is no {what} called “{name}”.")]
    NotFound { what: String, name: String },
    #[error("{message}")]
    NotConfirmed { message: String },
    #[error("{message}")]
    Capped { message: String },
    #[error("Cancelled; nothing that was fetched is lost.")]
    Cancelled,
    #[error("More was typed meanwhile, so this was not looked up.")]
    Superseded,

    #[error("This workspace has used its calls for the last hour. The next one frees at {}.", clock_time(.reset_at))]
    RateLimited { reset_at: Timestamp },
    #[error(
        "The record of this hour's calls was lost, so nobody knows how many were made. Calls go on at {}, or at once when you \
         say that none were (on the command line: status --forgive-lost-ledger).",
        clock_time(.reset_at)
    )]
    LedgerLost { reset_at: Timestamp },
    #[error("Apollo's own limit is reached. Calls go on at {}.", clock_time(.reset_at))]
    ApolloRateLimited { reset_at: Timestamp },

    #[error("Apollo keeps failing or is very slow, so calls are paused. The next try is due at {}.", clock_time(.reset_at))]
    BreakerOpen { reset_at: Timestamp },
    #[error("Apollo did not answer within {seconds} seconds. Try again in a moment.")]
    TimedOut { seconds: u32 },
    #[error("{}", unavailable(*.status))]
    Unavailable { status: u16 },
    #[error("Apollo can't be reached: the connection was refused or could not be secured. Try again in a moment.")]
    Unreachable,
    #[error("Apollo can't be reached from this computer: {why}")]
    Barred { why: String },
    #[error("The connection to Apollo broke off. Try again in a moment.")]
    ConnectionLost,
    #[error("Apollo's answer could not be read. Try again; if it stays so, Apollo may have changed its format.")]
    Unreadable,
    #[error("No connection to Apollo: this computer seems to be offline. Check the network and try again.")]
    Offline,

    #[error(
        "No Apollo API key is stored for this workspace. Add one (Apollo: Settings → Integrations → API) and search again."
    )]
    KeyMissing,
    #[error(
        "Apollo refused the API key (401). Check it in Apollo under Settings → Integrations → API and store it again."
    )]
    KeyRejected,
    #[error(
        "This API key may not use {endpoint} (403): {} Set this workspace's endpoint to “free”, or use a key that may.",
        sentence(.said)
    )]
    Forbidden { endpoint: String, said: String },
    #[error("The Apollo account is out of credits. Add credits in Apollo, or set this workspace to the free endpoint.")]
    OutOfCredits,
    #[error("Apollo has closed {endpoint} for this account. Set this workspace's endpoint to “auto” or “free”.")]
    EndpointClosed { endpoint: String },
    #[error("Apollo did not accept the question ({status}): {} Change the filters and search again.", sentence(.said))]
    Refused {
        status: u16,
        said: String,
        /// Requests that went out for this question, this one included; 0 where that is told elsewhere.
        calls_spent: u32,
    },
    #[error("Apollo is still working on this. Ask again {}.", in_a_while(*.seconds))]
    NotReady { seconds: Option<u64> },
    #[error("Apollo does not have what was asked for: {}", sentence(.said))]
    Gone { said: String },

    #[error("The keyring of this computer can't be used. {why} {advice}")]
    Keyring { why: String, advice: String },

    #[error("The export stopped after {rows} rows. {} {}", .reason.message, way_on(*.rows, .partial, .reason))]
    ExportInterrupted { partial: String, rows: u64, reason: Reason },

    #[error(
        "The disk is full, so {what} could not be written. Free some space and try again; nothing stored was lost."
    )]
    DiskFull { what: String },
    #[error("{what} may not be written (read-only or no permission). Check the folder's permissions and try again.")]
    ReadOnly { what: String },
    #[error("{what} was made by a newer version of Foray. Install the newest version; the file was left untouched.")]
    NewerFile { what: String },
    #[error("{what} is open in an older version of Foray that is still running. Close that one, then try again.")]
    OlderOpen { what: String },
    #[error("{what} is being written by another Foray. Try again in a moment.")]
    Busy { what: String },
    #[error("{what} is damaged. Restart Foray: it sets the file aside under a dated name and starts a new one.")]
    Damaged { what: String },
    #[error("{what} could not be read or written: {}", sentence(.why))]
    Storage { what: String, why: String },
}

/// What stands behind an answer that is neither live nor cached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reason {
    /// The code of the [`Error`] it came from.
    pub code: String,
    pub message: String,
    /// When it is worth trying again, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset_at: Option<Timestamp>,
}

/// [`Error`] with its sentence: the object that crosses to the window and to `--json`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Failure {
    #[serde(flatten)]
    pub error: Error,
    pub message: String,
}

impl Error {
    pub fn bad_input(field: &str, message: impl Into<String>) -> Self {
        Self::BadInput { violations: vec![Violation::new(field, message)] }
    }

    pub fn not_found(what: &str, name: &str) -> Self {
        Self::NotFound { what: what.to_owned(), name: name.to_owned() }
    }

    /// The stable name of this kind of error, as in `code` of its JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadInput { .. } => "bad_input",
            Self::NotFound { .. } => "not_found",
            Self::NotConfirmed { .. } => "not_confirmed",
            Self::Capped { .. } => "capped",
            Self::Cancelled => "cancelled",
            Self::Superseded => "superseded",
            Self::RateLimited { .. } => "rate_limited",
            Self::LedgerLost { .. } => "ledger_lost",
            Self::ApolloRateLimited { .. } => "apollo_rate_limited",
            Self::BreakerOpen { .. } => "breaker_open",
            Self::TimedOut { .. } => "timed_out",
            Self::Unavailable { .. } => "unavailable",
            Self::Unreachable => "unreachable",
            Self::Barred { .. } => "barred",
            Self::ConnectionLost => "connection_lost",
            Self::Unreadable => "unreadable",
            Self::Offline => "offline",
            Self::KeyMissing => "key_missing",
            Self::KeyRejected => "key_rejected",
            Self::Forbidden { .. } => "forbidden",
            Self::OutOfCredits => "out_of_credits",
            Self::EndpointClosed { .. } => "endpoint_closed",
            Self::Refused { .. } => "refused",
            Self::NotReady { .. } => "not_ready",
            Self::Gone { .. } => "gone",
            Self::Keyring { .. } => "keyring",
            Self::ExportInterrupted { .. } => "export_interrupted",
            Self::DiskFull { .. } => "disk_full",
            Self::ReadOnly { .. } => "read_only",
            Self::NewerFile { .. } => "newer_file",
            Self::OlderOpen { .. } => "older_open",
            Self::Busy { .. } => "busy",
            Self::Damaged { .. } => "damaged",
            Self::Storage { .. } => "storage",
        }
    }

    /// A refusal with what asking took; other errors say nothing of that.
    #[must_use]
    pub fn after_calls(self, spent: u32) -> Self {
        match self {
            Self::Refused { status, said, .. } => Self::Refused { status, said, calls_spent: spent },
            other => other,
        }
    }

    /// When it is worth trying again, if that is known.
    pub fn reset_at(&self) -> Option<Timestamp> {
        match self {
            Self::RateLimited { reset_at }
            | Self::LedgerLost { reset_at }
            | Self::ApolloRateLimited { reset_at }
            | Self::BreakerOpen { reset_at } => Some(*reset_at),
            Self::ExportInterrupted { reason, .. } => reason.reset_at,
            _ => None,
        }
    }

    pub fn reason(&self) -> Reason {
        Reason { code: self.code().to_owned(), message: self.to_string(), reset_at: self.reset_at() }
    }

    pub fn failure(self) -> Failure {
        let message = self.to_string();
        Failure { error: self, message }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        error.failure()
    }
}

fn join_messages(violations: &[Violation]) -> String {
    let sentences: Vec<&str> = violations.iter().map(|violation| violation.message.as_str()).collect();
    sentences.join(" ")
}

/// Words of others with the full stop they often lack, so that ours can follow.
fn sentence(said: &str) -> String {
    let ends = said.ends_with(['.', '!', '?', '…']);
    format!("{said}{}", if ends { "" } else { "." })
}

fn unavailable(status: u16) -> String {
    match status {
        300..=399 => format!(
            "Something between this computer and Apollo answered with a redirect ({status}), which Foray does not follow: your \
             key would go with it. Sign in to the network, or check the proxy, and try again."
        ),
        _ => format!("Apollo is unavailable at the moment (status {status}). Try again in a moment."),
    }
}

/// How an export that stopped goes on; without a row there may be no file, and after a trouble with the file it may be gone
/// or shorter than what was fetched.
fn way_on(rows: u64, partial: &str, reason: &Reason) -> String {
    let about_the_file = ["disk_full", "read_only", "storage", "bad_input"].contains(&reason.code.as_str());
    match rows {
        0 => "The same export to the same file begins it again.".to_owned(),
        _ if about_the_file => "The same export to the same file writes all that was fetched and goes on.".to_owned(),
        _ => format!("What was written stays in “{partial}”; the same export to the same file goes on from there."),
    }
}

fn in_a_while(seconds: Option<u64>) -> String {
    match seconds {
        Some(1) => "in a second".to_owned(),
        Some(seconds @ 2..) => format!("in {seconds} seconds"),
        Some(0) | None => "in a moment".to_owned(),
    }
}

/// Local clock time with the zone, to the minute rounded up, since a call made early would be refused; with the day when
/// it is more than twelve hours away.
pub(crate) fn clock_time(at: &Timestamp) -> String {
    let up = jiff::TimestampRound::new().smallest(jiff::Unit::Minute).mode(jiff::RoundMode::Ceil);
    let minute = at.round(up).unwrap_or(*at);
    let far = minute.duration_since(Timestamp::now()).as_hours().abs() >= 12;
    let format = if far { "%Y-%m-%d %H:%M (%Z)" } else { "%H:%M (%Z)" };
    minute.to_zoned(jiff::tz::TimeZone::system()).strftime(format).to_string()
}
