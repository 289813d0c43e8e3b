//! How it looks for a job that is under way: about when it will be done, and whether what it waits for has come before its
//! time. Asks nobody and changes nothing.

use std::time::Duration;

use jiff::Timestamp;

use super::Job;
use super::forecast::{self, Pace};
use crate::access::Access;
use crate::error::Reason;
use crate::foray::Foray;

impl Foray {
    /// When the job will be done, as far as anybody can tell.
    pub(super) async fn ready_at(&self, job: &Job, access: &Access, step: Duration) -> Option<Timestamp> {
        let limit = access.workspace.calls_per_hour;
        let status = self.searches().gateway().ledger().status(access.tenant(), limit, access.account).await.ok()?;
        let calls_an_hour = access.haste.share_of(limit);
        let calls_now = calls_an_hour.saturating_sub(limit - status.remaining);
        forecast::ready_at(&job.progress, Pace { calls_an_hour, calls_now, step }, self.clock().now())
    }

    /// Whether what a job waits for has come before its time. It asks nobody and changes nothing.
    pub(super) async fn may_go_on(&self, access: &Access, pays_at: Option<&str>, reason: &Reason) -> bool {
        let gateway = self.searches().gateway();
        let now = self.clock().now();
        match reason.code.as_str() {
            "rate_limited" | "ledger_lost" | "apollo_rate_limited" => {
                let limit = access.workspace.calls_per_hour;
                let Ok(status) = gateway.ledger().status(access.tenant(), limit, access.account).await else {
                    return false;
                };
                let used = limit - status.remaining;
                used < access.haste.share_of(limit) && status.paused_until.is_none() && status.lost_until.is_none()
            }
            "breaker_open" => gateway.breaker_status(access).retry_at.is_none_or(|at| at <= now),
            "key_missing" => access.account.is_some(),
            "key_rejected" | "forbidden" | "endpoint_closed" | "out_of_credits" => {
                let Some(account) = access.account else { return false };
                let (path, paid) = if let Some(path) = pays_at {
                    (path, true)
                } else {
                    let Ok((endpoint, _)) = self.searches().endpoint(access).await else { return false };
                    (endpoint.path(), endpoint.credits_at_most() > 0)
                };
                gateway.gates().check(account, path, paid, now).await.is_ok()
            }
            _ => false,
        }
    }
}
