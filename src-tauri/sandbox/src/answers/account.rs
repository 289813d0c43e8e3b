//! `users/api_profile`, `auth/health` and `usage_stats/*`: what a key may learn about itself. The profile is flat, as live
//! answers are; its person is invented.

use crate::{
    accounts::{Accounts, Credits, ONE_CREDIT, Usage},
    options::Plan,
    random::hash_text,
    routes::Endpoint,
};
use serde_json::{Map, Value, json};

pub fn health() -> Value {
    json!({ "healthy": true, "is_logged_in": true })
}

/// The profile; the credit keys come only with `include_credit_usage=true`.
pub fn profile(key: &str, credits: Option<Credits>) -> Value {
    let number = hash_text(key);
    let mut profile = json!({
        "id": format!("66000000{number:016x}"),
        "team_id": format!("65000000{number:016x}"),
        "first_name": "Sam",
        "last_name": "Sandbox",
        "name": "Sam Sandbox",
        "email": "sam@sandbox.example",
        "title": "Sales Researcher",
    });
    if let (Some(profile), Some(credits)) = (profile.as_object_mut(), credits) {
        profile.insert("num_credits_remaining".into(), shown(credits.left()));
        profile.insert("effective_num_lead_credits".into(), shown(credits.limit));
        profile.insert("num_lead_credits_used".into(), shown(credits.consumed));
        profile.insert("total_unified_credits_used".into(), shown(credits.consumed));
    }
    profile
}

pub fn credit_usage(credits: Credits) -> Value {
    let (limit, consumed, left) = (credits.limit, credits.consumed, credits.left());
    json!({ "lead_credit": { "limit": shown(limit), "consumed": shown(consumed), "left_over": shown(left) } })
}

/// Per endpoint, under keys that are themselves texts like `["api/v1/people", "match"]`.
pub fn api_usage(accounts: &Accounts, key: &str, plan: Plan, now_ms: u64) -> Value {
    let usages = Endpoint::ALL.into_iter().map(|endpoint| {
        let (controller, action) = endpoint.usage_name();
        let [minute, hour, day] = accounts.windows(key, plan, endpoint, now_ms);
        let windows = json!({ "day": window(day), "hour": window(hour), "minute": window(minute) });
        (format!("[\"{controller}\", \"{action}\"]"), windows)
    });
    Value::Object(usages.collect::<Map<_, _>>())
}

fn window(usage: Usage) -> Value {
    json!({ "limit": usage.limit, "consumed": usage.consumed, "left_over": usage.left() })
}

/// Whole credits as an integer, others with their fraction.
pub fn shown(hundredths: u64) -> Value {
    if hundredths.is_multiple_of(ONE_CREDIT) {
        json!(hundredths / ONE_CREDIT)
    } else {
        json!(hundredths as f64 / ONE_CREDIT as f64)
    }
}
