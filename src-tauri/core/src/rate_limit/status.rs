//! How the limiter stands, as the window and the command line show it. Only shapes; the ledger fills them.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use super::windows::{EndpointClass, Period};

/// What stands against a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The tenant's own limit.
    Tenant,
    /// The ledger was lost, and nobody knows what the tenant's window holds.
    Lost,
    /// One of Apollo's windows is full, or Apollo asked for a pause.
    Apollo,
}

/// A tenant's calls in the last 3,600 s, and what Apollo itself has told of its limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LimiterStatus {
    /// Calls that fit in any 3,600 s.
    pub limit: u32,
    /// Calls that fit now.
    pub remaining: u32,
    /// Calls of the last 3,600 s, never shown above the limit.
    pub used: u32,
    /// When the next search fits the tenant's limit and what Apollo told of its own; now if one fits.
    #[ts(type = "string")]
    pub reset_at: Timestamp,
    /// When the oldest counted call leaves the window; nothing if none is counted.
    #[ts(type = "string | null")]
    pub next_frees_at: Option<Timestamp>,
    /// Until when Apollo holds calls back, by a 429 or a window that is known to be full: the longest over all endpoints.
    #[ts(type = "string | null")]
    pub paused_until: Option<Timestamp>,
    /// Until when no call fits because the ledger was lost and nobody knows which calls were made; the user may say
    /// otherwise ([`super::Ledger::forgive`]).
    #[ts(type = "string | null")]
    pub lost_until: Option<Timestamp>,
    /// Apollo's own windows, where its headers have told them.
    pub apollo: Vec<ApolloWindow>,
}

/// One of Apollo's own windows for this account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ApolloWindow {
    pub class: EndpointClass,
    pub period: Period,
    pub limit: u32,
    pub used: u32,
    #[ts(type = "string")]
    pub resets_at: Timestamp,
}
