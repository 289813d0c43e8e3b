//! The two endpoints that sell people, `people/match` and `people/bulk_match`: who is found, in which order, at what
//! price. Somebody who is asked for twice is paid for twice, as nothing official says otherwise.

use crate::{
    accounts::ONE_CREDIT,
    answers::{enriched, enriched::Reveal, request_id},
    caller::Caller,
    enrichment, mobiles,
    options::Fault,
    reply::Reply,
    world::profile::Profile,
};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// More details than this are refused.
const MOST_DETAILS: usize = 10;

pub fn match_one(caller: &Caller<'_>, details: &Map<String, Value>) -> Reply {
    if let Some(refusal) = refuse(caller, details) {
        return refusal;
    }
    let found = look_up(caller, details).or_else(|| {
        let id = details.get("id").and_then(Value::as_str)?;
        enrichment::somebody_else(caller.world(), id)
    });
    let Sold { request_id, .. } = sell(caller, details, &[found]);
    Reply::json(200, &enriched::one(found, &reveal(caller, details), request_id))
}

pub fn match_many(caller: &Caller<'_>, body: &Map<String, Value>) -> Reply {
    if let Some(refusal) = refuse(caller, body) {
        return refusal;
    }
    let Some(Value::Array(details)) = body.get("details") else {
        return enriched::failed(400, "INVALID_REQUEST", "invalid request, missing details");
    };
    if details.len() > MOST_DETAILS {
        return enriched::failed(400, "RECORD_LIMIT_EXCEEDED", "cannot enrich more than 10 in a single request");
    }
    let mut matches =
        details.iter().map(|details| look_up(caller, details.as_object()?)).collect::<Vec<Option<Profile<'_>>>>();
    // Apollo may answer in another order; this stand-in always does when there is another one.
    if matches.len() > 1 {
        let turns = matches.len() as u64 - 1;
        let chance = request_id(caller.world().seed, caller.sequence, 0).unsigned_abs();
        matches.rotate_left(1 + (chance % turns) as usize);
    }
    let Sold { taken, request_id } = sell(caller, body, &matches);
    let credits = taken as f64 / ONE_CREDIT as f64;
    Reply::json(200, &enriched::many(&matches, &reveal(caller, body), credits, request_id))
}

/// Whom these details name, unless this request is to be answered with another person.
fn look_up<'a>(caller: &Caller<'a>, details: &Map<String, Value>) -> Option<Profile<'a>> {
    let found = enrichment::find(caller.world(), details)?;
    if caller.fault != Some(Fault::WrongPerson) {
        return Some(found);
    }
    enrichment::somebody_else(caller.world(), &found.id()).filter(|other| other.number != found.number)
}

/// What a request came to.
struct Sold {
    /// What the people themselves cost, which is all that the answer tells: the price of a mobile comes with the mobile.
    taken: u64,
    request_id: i64,
}

/// Charges for everybody found, each once, and orders their mobiles where they were asked for.
fn sell(caller: &Caller<'_>, asked: &Map<String, Value>, matches: &[Option<Profile<'_>>]) -> Sold {
    let id = |attempt| request_id(caller.world().seed, caller.sequence, attempt);
    if caller.fault == Some(Fault::Shell) {
        return Sold { taken: 0, request_id: id(0) };
    }
    let mut seen = HashSet::new();
    let people = matches.iter().flatten().copied().filter(|found| seen.insert(found.number)).collect::<Vec<_>>();
    if !flag(asked, "reveal_phone_number") {
        let taken = caller.charge(people.iter().map(|found| (found.id(), price(*found))));
        return Sold { taken, request_id: id(0) };
    }
    let taken = caller.charge(people.iter().map(|found| (found.id(), price(*found) + mobiles::price(*found))));
    let numbers = people.iter().map(|found| found.number).collect::<Vec<_>>();
    let request_id = caller.service.mobiles.order(caller.key, caller.credits(), id, &numbers);
    Sold { taken: taken.min(people.iter().map(|found| price(*found)).sum()), request_id }
}

fn refuse(caller: &Caller<'_>, asked: &Map<String, Value>) -> Option<Reply> {
    let webhook = asked.get("webhook_url").and_then(Value::as_str).is_some_and(|url| url.starts_with("https://"));
    if flag(asked, "reveal_phone_number") && !webhook && !flag(asked, "poll_only") {
        let text = "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'";
        return Some(Reply::error(400, text));
    }
    caller.out_of_credits()
}

fn reveal(caller: &Caller<'_>, asked: &Map<String, Value>) -> Reveal {
    Reveal { personal_emails: flag(asked, "reveal_personal_emails"), shells: caller.fault == Some(Fault::Shell) }
}

/// A flag in the body or, as a text, in the query.
fn flag(asked: &Map<String, Value>, name: &str) -> bool {
    match asked.get(name) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}

/// In hundredths of a credit: nothing without an address, next to nothing where the mail server takes any. Apollo's example
/// of two people for 1.01 credits reads like that, and nobody costs more than the credit that is published.
fn price(found: Profile<'_>) -> u64 {
    match found.company {
        Some(company) if found.has_email() => {
            if company.catch_all {
                1
            } else {
                ONE_CREDIT
            }
        }
        _ => 0,
    }
}
