//! What stands in front of Apollo right now, for the status bar and `foray-cli status`.

use serde::Serialize;
use ts_rs::TS;

use crate::apollo::Endpoint;
use crate::circuit_breaker::BreakerStatus;
use crate::credits::Credits;
use crate::error::Reason;
use crate::rate_limit::LimiterStatus;
use crate::secrets::KeyStatus;
use crate::workspace::EndpointSetting;

#[derive(Debug, Clone, Serialize, TS)]
pub struct Status {
    pub limiter: LimiterStatus,
    pub breaker: BreakerStatus,
    pub cache: CacheStatus,
    pub endpoint: EndpointStatus,
    pub key: KeyStatus,
    /// Whether Apollo has answered this key, if only to refuse it, since this process started.
    pub answered: bool,
    /// What answers the next search at once, since Apollo has refused the key, the endpoint or further credits, or since a cap
    /// leaves too little for a page.
    pub gate: Option<Reason>,
    /// What the next search costs at most.
    pub price: Price,
}

/// Answers kept for this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct CacheStatus {
    pub entries: u64,
    /// Size of the file on disk.
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EndpointStatus {
    pub setting: EndpointSetting,
    /// The endpoint the next search asks first.
    pub in_use: Endpoint,
    /// Why “auto” uses the free one, when it does.
    pub because: Option<String>,
}

/// The price that stands on the button. Calls are of the hour, credits are money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Price {
    pub calls: u32,
    pub credits_at_most: u32,
    /// What the caps of the workspace leave for a page that costs credits; null without caps, and where it costs none.
    pub caps_leave: Option<Credits>,
}
