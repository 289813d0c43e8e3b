//! Replays a trace through the limiter: JSON lines in, JSON lines out, one for one.
//!
//! ```text
//! cargo run -q -p foray-core --example limiter_replay [-- --seed N] < trace.jsonl
//! in:  {"at_ms": 0, "tenant": "acme", "cost": 1}
//! out: {"success": true, "limit": 100, "remaining": 99, "reset_ms": 0}
//! ```
//! It runs the product's pure log ([`Log`], the default of 100 calls in 3,600 s for each tenant), which the ledger decides
//! with as well; the file and its leases are left out, since a line is decided and counted at once. `at_ms` is the wall and
//! the monotonic clock at once; a step back frees nothing. `reset_ms` is when a call of cost 1 fits: `at_ms` if one
//! fits now. `--seed` is taken and changes nothing: the limiter draws no random numbers.

#[path = "replay/lines.rs"]
mod lines;

use std::collections::HashMap;
use std::process::ExitCode;

use foray_core::TenantId;
use foray_core::rate_limit::{DEFAULT_LIMIT, log::Log};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
struct Event {
    at_ms: i64,
    /// Any label.
    tenant: Value,
    /// More than any limit is as good as any other that is more.
    cost: u64,
}

#[derive(Serialize)]
struct Answer {
    success: bool,
    limit: u32,
    remaining: u32,
    reset_ms: i64,
}

fn main() -> ExitCode {
    lines::replay("limiter_replay", |_seed| {
        let mut tenants: HashMap<String, TenantId> = HashMap::new();
        let mut logs: HashMap<TenantId, Log> = HashMap::new();
        move |event: Event| {
            let tenant = *tenants.entry(event.tenant.to_string()).or_insert_with(TenantId::generate);
            let cost = u32::try_from(event.cost).unwrap_or(u32::MAX);
            let decision = logs.entry(tenant).or_default().admit(event.at_ms, DEFAULT_LIMIT, cost);
            let reset_ms = if decision.remaining > 0 { event.at_ms } else { decision.reset_ms };
            Ok(Answer { success: decision.success, limit: decision.limit, remaining: decision.remaining, reset_ms })
        }
    })
}
