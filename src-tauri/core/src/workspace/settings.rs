//! What may be set of a workspace, and within which limits.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Workspace;
use crate::apollo::Endpoint;
use crate::cache::Limits;
use crate::credits::{MOST_TO_SET, grouped};
use crate::error::{Error, Violation};

/// The product's own limit, unless the user sets another.
pub const DEFAULT_CALLS_PER_HOUR: u32 = 100;
/// Apollo's own largest hourly window for searches.
const MOST_CALLS_PER_HOUR: u32 = 6_000;
/// A page of people takes about 10 kB, so that the least is some hundred pages.
const CACHE_MB: std::ops::RangeInclusive<u32> = 10..=10_000;
/// Up to thirty days.
const CACHE_HOURS: std::ops::RangeInclusive<u32> = 1..=720;

/// Which search endpoint a workspace uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndpointSetting {
    /// The full one first; the free one once the account turns out to be refused there.
    Auto,
    Full,
    Free,
}

impl EndpointSetting {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Full => "full",
            Self::Free => "free",
        }
    }

    /// # Errors
    /// [`Error::BadInput`] on the field `endpoint`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        [Self::Auto, Self::Full, Self::Free]
            .into_iter()
            .find(|setting| setting.as_str() == text)
            .ok_or_else(|| Error::bad_input("endpoint", "The endpoint is one of auto, full, free."))
    }

    /// The only endpoint this setting allows, if there is but one.
    pub fn fixed(self) -> Option<Endpoint> {
        match self {
            Self::Auto => None,
            Self::Full => Some(Endpoint::Full),
            Self::Free => Some(Endpoint::Free),
        }
    }
}

/// The most credits that enrichments and pages of full rows may use, each as a hard stop; null for no cap. The sums are of
/// what was charged and of all that may have been.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CreditCaps {
    /// By each job: an enrichment, an export, a re-run. Earlier backups call it a run.
    #[serde(alias = "run")]
    pub job: Option<u32>,
    /// On this computer's day.
    pub day: Option<u32>,
    /// In this computer's month.
    pub month: Option<u32>,
    /// By the workspace, ever.
    pub workspace: Option<u32>,
}

/// Settings to change; what is null stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct WorkspaceChange {
    pub calls_per_hour: Option<u32>,
    pub endpoint: Option<EndpointSetting>,
    pub refresh_stale: Option<bool>,
    pub cache_mb: Option<u32>,
    pub cache_hours: Option<u32>,
    /// An absolute path; empty for none of its own.
    pub export_folder: Option<String>,
    /// All four at once.
    pub caps: Option<CreditCaps>,
}

impl WorkspaceChange {
    /// # Errors
    /// [`Error::BadInput`] with every field that is out of its range.
    pub fn check(&self) -> Result<(), Error> {
        let mut violations = Vec::new();
        let mut hold = |field: &str, fits: bool, message: String| {
            if !fits {
                violations.push(Violation::new(field, message));
            }
        };
        hold(
            "calls_per_hour",
            self.calls_per_hour.is_none_or(|calls| (1..=MOST_CALLS_PER_HOUR).contains(&calls)),
            format!("Calls an hour go from 1 to {MOST_CALLS_PER_HOUR}; the usual is {DEFAULT_CALLS_PER_HOUR}."),
        );
        hold(
            "cache_mb",
            self.cache_mb.is_none_or(|size| CACHE_MB.contains(&size)),
            format!("The cache takes {} to {} MB; the usual is 256.", CACHE_MB.start(), CACHE_MB.end()),
        );
        hold(
            "cache_hours",
            self.cache_hours.is_none_or(|hours| CACHE_HOURS.contains(&hours)),
            format!("Rows count as fresh for {} to {} hours; the usual is 24.", CACHE_HOURS.start(), CACHE_HOURS.end()),
        );
        hold(
            "export_folder",
            self.export_folder.as_ref().is_none_or(|folder| folder.is_empty() || Path::new(folder).is_absolute()),
            "Name the folder for exports by its whole path.".to_owned(),
        );
        let caps = self.caps.unwrap_or_default();
        hold(
            "caps",
            [caps.job, caps.day, caps.month, caps.workspace].into_iter().flatten().all(|cap| cap <= MOST_TO_SET),
            format!("A cap goes up to {} credits.", grouped(MOST_TO_SET.into())),
        );
        if violations.is_empty() { Ok(()) } else { Err(Error::BadInput { violations }) }
    }

    /// Whether it changes how answers are kept.
    pub fn is_about_cache(&self) -> bool {
        self.cache_mb.is_some() || self.cache_hours.is_some()
    }
}

impl Workspace {
    /// What its cache may keep, and how long.
    pub fn cache_limits(&self) -> Limits {
        Limits {
            disk_bytes: u64::from(self.cache_mb) << 20,
            fresh_for: Duration::from_hours(self.cache_hours.into()),
            ..Limits::default()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    #[test]
    fn everything_out_of_its_range_is_told_at_once() {
        let change = WorkspaceChange {
            calls_per_hour: Some(0),
            cache_mb: Some(9),
            cache_hours: Some(721),
            export_folder: Some("exports".to_owned()),
            caps: Some(CreditCaps { day: Some(MOST_TO_SET + 1), month: Some(MOST_TO_SET), ..CreditCaps::default() }),
            ..WorkspaceChange::default()
        };
        let Err(Error::BadInput { violations }) = change.check() else { panic!("{change:?}") };
        let fields: Vec<&str> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["calls_per_hour", "cache_mb", "cache_hours", "export_folder", "caps"]);
    }

    #[test]
    fn the_limits_themselves_are_allowed() {
        for (calls, size, hours) in [(1, 10, 1), (6_000, 10_000, 720)] {
            let change = WorkspaceChange {
                calls_per_hour: Some(calls),
                cache_mb: Some(size),
                cache_hours: Some(hours),
                export_folder: Some(String::new()),
                ..WorkspaceChange::default()
            };
            assert_eq!(change.check(), Ok(()), "{change:?}");
        }
    }
}
