//! The two endpoints that cost credits, `people/match` and `people/bulk_match`: who is found, in which order, at what
//! price. Must never call a webhook: nothing leaves this machine.

use crate::{
    accounts::ONE_CREDIT,
    answers::{enriched, request_id},
    enrichment,
    reply::Reply,
    server::{OUT_OF_CREDITS, Service},
    world::profile::Profile,
};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

pub fn match_one(service: &Service, key: &str, details: &Map<String, Value>) -> Reply {
    if let Some(refusal) = refuse_enrichment(service, key, details) {
        return refusal;
    }
    let world = service.world();
    let found = enrichment::find(world, details).or_else(|| {
        let id = details.get("id").and_then(Value::as_str)?;
        enrichment::somebody_else(world, id)
    });
    service.accounts.charge(key, service.options.plan, found.map_or(0, price));
    Reply::json(200, &enriched::one(found, request_id(world.seed, &fingerprint(details))))
}

pub fn match_many(service: &Service, key: &str, body: &Map<String, Value>) -> Reply {
    if let Some(refusal) = refuse_enrichment(service, key, body) {
        return refusal;
    }
    let Some(Value::Array(details)) = body.get("details") else {
        return Reply::error(422, "param is missing or the value is empty: details");
    };
    if details.len() > 10 {
        let message = "cannot enrich more than 10 in a single request";
        let body = json!({ "status": "failed", "error_code": "RECORD_LIMIT_EXCEEDED", "error_message": message });
        return Reply::json(400, &body);
    }
    let world = service.world();
    let request_id = request_id(world.seed, &fingerprint(body));
    let mut matches = details
        .iter()
        .map(|details| details.as_object().and_then(|details| enrichment::find(world, details)))
        .collect::<Vec<_>>();
    // Apollo may answer in another order; this stand-in always does when there is another one.
    if matches.len() > 1 {
        let turns = matches.len() as u64 - 1;
        matches.rotate_left(1 + (request_id.unsigned_abs() % turns) as usize);
    }
    let mut paid = HashSet::new();
    let cost = matches.iter().flatten().filter(|found| paid.insert(found.number)).map(|found| price(*found)).sum();
    let taken = service.accounts.charge(key, service.options.plan, cost);
    Reply::json(200, &enriched::many(&matches, taken as f64 / ONE_CREDIT as f64, request_id))
}

fn refuse_enrichment(service: &Service, key: &str, details: &Map<String, Value>) -> Option<Reply> {
    let flag =
        |key: &str| matches!(details.get(key), Some(Value::Bool(true))) || details.get(key) == Some(&json!("true"));
    let webhook = details.get("webhook_url").and_then(Value::as_str).is_some_and(|url| url.starts_with("https://"));
    if flag("reveal_phone_number") && !webhook {
        let text = "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'";
        return Some(Reply::error(400, text));
    }
    let left = service.accounts.credits(key, service.options.plan).left();
    (left == 0).then(|| Reply::error(422, OUT_OF_CREDITS))
}

/// In hundredths of a credit: nothing without an address, a little more where the mail server takes any.
fn price(found: Profile<'_>) -> u64 {
    match found.company {
        Some(company) if found.has_email() => ONE_CREDIT + u64::from(company.catch_all),
        _ => 0,
    }
}

fn fingerprint(body: &Map<String, Value>) -> String {
    Value::Object(body.clone()).to_string()
}
