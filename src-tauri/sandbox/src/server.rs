//! One request from arrival to answer: log, fault, key, plan, endpoint. The order is Apollo's as far as it is known.
//! Must never write a key anywhere.

use crate::{
    accounts::{Accounts, Windows},
    answers::{account, full, stub},
    caller::Caller,
    companies,
    hostile::make_hostile,
    kept::Kept,
    keys,
    log::{Log, LoggedRequest, key_marker},
    mobiles::{Mobiles, webhook_result},
    options::{Fault, Faults, Options, Plan},
    paid::{match_many, match_one},
    random::hash,
    reply::Reply,
    routes::Endpoint,
    search::{
        Searches,
        body::{Body as SearchBody, Refusal},
    },
    world::World,
};
use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, request::Parts},
    response::Response,
};
use serde_json::{Map, Value, json};
use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::time::sleep;

/// A larger body is refused with 413. Ten details or a thousand domains are far below.
const LARGEST_BODY: usize = 2 * 1024 * 1024;
const SALT_FAULT: u64 = 0xFA;
const SALT_FAULT_KIND: u64 = 0xFB;

const INVALID_KEY: &str =
    "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.";
const DEPRECATED: &str = "This endpoint is deprecated for API callers. Please use the new mixed_people/api_search endpoint: https://docs.apollo.io/reference/people-api-search.";
pub const OUT_OF_CREDITS: &str = "You have insufficient credits! <a href='https://app.apollo.io/#/settings/plans/upgrade' aria-onclick='close_alert'>Upgrade your plan</a> to increase your number of lead credits.";
const PAID_PLANS_ONLY: &str = "This endpoint is only available to Apollo users on paid plans.";
const EDGE_PAGE: &str = "<html>\r\n<head><title>Temporarily unavailable</title></head>\r\n<body>\r\n<center><h1>Temporarily unavailable</h1></center>\r\n<hr><center>edge</center>\r\n</body>\r\n</html>\r\n";

/// Everything a request needs.
pub struct Service {
    pub options: Options,
    faults: Mutex<Faults>,
    world: OnceLock<World>,
    searches: Searches,
    pub accounts: Accounts,
    pub mobiles: Mobiles,
    pub log: Log,
}

impl Service {
    pub fn new(options: Options) -> Self {
        let faults = Mutex::new(options.faults.clone());
        let kept = options.credits_file.clone().map(Kept::new);
        Self {
            options,
            faults,
            world: OnceLock::new(),
            searches: Searches::default(),
            accounts: Accounts::new(kept.clone()),
            mobiles: Mobiles::new(kept),
            log: Log::default(),
        }
    }

    /// The world, made up by whoever needs it first; others wait for it.
    pub fn world(&self) -> &World {
        self.world.get_or_init(|| World::made_up(self.options.seed, self.options.people))
    }

    /// Makes up the world before anybody asks.
    pub fn warm_up(&self) {
        self.world();
    }

    pub fn set_faults(&self, faults: Faults) {
        *self.faults.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    fn fault_for(&self, sequence: u64) -> Option<Fault> {
        let throw = hash(self.options.seed, SALT_FAULT, sequence) >> 11;
        let throw = throw as f64 / (1_u64 << 53) as f64;
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).hit(throw)
    }
}

/// A request that was read to its end.
struct Asked {
    /// Its number in the log.
    sequence: u64,
    fault: Option<Fault>,
    parts: Parts,
    key: Option<String>,
    /// `None` when it is neither empty nor a JSON object.
    body: Option<Map<String, Value>>,
}

impl Asked {
    fn costs_credits(&self) -> bool {
        let endpoint = Endpoint::of(self.parts.method.as_str(), self.parts.uri.path());
        endpoint.is_some_and(Endpoint::costs_credits)
    }
}

/// The only handler: every path comes here, so that every request is logged.
pub async fn answer(State(service): State<Arc<Service>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.uri.path() == "/_log" {
        return log_answer(&service, &parts).send();
    }
    let Ok(bytes) = to_bytes(body, LARGEST_BODY).await else {
        return Reply::error(413, "The request is too large.").send();
    };
    let value = if bytes.is_empty() { Ok(json!({})) } else { serde_json::from_slice::<Value>(&bytes) };
    let key = api_key(&parts.headers);
    let sequence = note_arrival(&service, &parts, key.as_deref(), bytes.is_empty(), value.as_ref().ok());
    let body = match value {
        Ok(Value::Object(body)) => Some(body),
        _ => None,
    };
    let fault = service.fault_for(sequence).filter(|_| parts.uri.path().starts_with("/api/"));
    let asked = Asked { sequence, fault, parts, key, body };
    if fault == Some(Fault::Drop) {
        return regular(&service, asked).await.send_half_and_drop();
    }
    let reply = faulted(&service, asked).await;
    service.log.answered(sequence, reply.status);
    reply.send()
}

/// The regular answer, unless a fault takes its place. `Drop` is a way of sending and none of these.
async fn faulted(service: &Arc<Service>, asked: Asked) -> Reply {
    let kind = hash(service.options.seed, SALT_FAULT_KIND, asked.sequence);
    let status = [500, 502, 503, 504][(kind % 4) as usize];
    match asked.fault {
        // The answer's content is at fault, or nothing is.
        None | Some(Fault::Drop | Fault::NoCredits | Fault::WrongPerson | Fault::Shell | Fault::Expired) => {
            regular(service, asked).await
        }
        Some(Fault::Revoked) => Reply::text(401, INVALID_KEY),
        Some(Fault::TooMany) => too_many(service, &asked),
        Some(Fault::Server) => Reply::error(status, "Something went wrong on our side. Please try again."),
        Some(Fault::ServerHtml) => Reply::html(status, EDGE_PAGE),
        Some(Fault::Hang) => {
            sleep(service.options.hang).await;
            Reply::html(504, EDGE_PAGE)
        }
        Some(Fault::ChargedHang | Fault::ChargedServer) if !asked.costs_credits() => regular(service, asked).await,
        Some(Fault::ChargedHang) => {
            regular(service, asked).await;
            sleep(service.options.hang).await;
            Reply::html(504, EDGE_PAGE)
        }
        Some(Fault::ChargedServer) => {
            regular(service, asked).await;
            Reply::html(status, EDGE_PAGE)
        }
        Some(Fault::Slow) => {
            sleep(service.options.slow).await;
            regular(service, asked).await
        }
        Some(Fault::Garbage) if kind.is_multiple_of(2) => Reply::html(200, EDGE_PAGE),
        Some(Fault::Garbage) => regular(service, asked).await.garbled(),
        Some(Fault::Hostile) => regular(service, asked).await.rewritten(make_hostile),
        Some(Fault::WrongType) => Reply::error(422, &Refusal::wrong_type("String", "Integer").0),
        Some(Fault::Wall) => Reply::error(422, &Refusal::wall().0),
    }
}

fn too_many(service: &Service, asked: &Asked) -> Reply {
    let path = asked.parts.uri.path().trim_start_matches('/');
    let endpoint = Endpoint::of(asked.parts.method.as_str(), asked.parts.uri.path());
    let hourly = endpoint.unwrap_or(Endpoint::Profile).limits(service.options.plan)[1];
    let message = format!(
        "The maximum number of api calls allowed for {path} is {hourly} times per hour. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."
    );
    Reply::json(429, &json!({ "message": message })).with_header("retry-after", service.options.retry_after.as_secs())
}

/// Answers as if nothing were wrong. Searching is work: it is kept off the threads that serve connections.
async fn regular(service: &Arc<Service>, asked: Asked) -> Reply {
    let service = Arc::clone(service);
    let work = tokio::task::spawn_blocking(move || authorised(&service, &asked));
    work.await.unwrap_or_else(|_| Reply::error(500, "The stand-in failed."))
}

fn authorised(service: &Service, asked: &Asked) -> Reply {
    let path = asked.parts.uri.path();
    let valid = |key: &&str| !keys::is_refused(key, service.accounts.calls_ever(key));
    let Some(key) = asked.key.as_deref().filter(valid) else {
        return Reply::text(401, INVALID_KEY);
    };
    let Some(endpoint) = Endpoint::of(asked.parts.method.as_str(), path) else {
        return Reply::error(404, "Not Found");
    };
    let plan = service.options.plan;
    let windows = service.accounts.count(key, plan, endpoint, now_ms());
    if let Some(refusal) = closed(service, endpoint, key, asked.fault) {
        return refusal;
    }
    let Some(body) = &asked.body else {
        return Reply::error(400, "The request body is not valid JSON.");
    };
    let caller = Caller { service, key, sequence: asked.sequence, fault: asked.fault };
    let reply = match endpoint {
        Endpoint::FullSearch => search(&caller, body, service.options.full_page_hundredths, full::answer),
        Endpoint::FreeSearch => search(&caller, body, 0, stub::answer),
        Endpoint::CompanySearch => companies::search(&caller, body),
        Endpoint::Match => match_one(&caller, &with_query(body, asked)),
        Endpoint::BulkMatch => match_many(&caller, &with_query(body, asked)),
        Endpoint::WebhookResult => webhook_result(&caller, endpoint.id_in(path)),
        Endpoint::OrganizationEnrich => companies::enrich(&caller, &with_query(body, asked)),
        Endpoint::JobPostings => companies::job_postings(&caller, endpoint.id_in(path), &with_query(body, asked)),
        Endpoint::Profile => profile(service, key, asked),
        Endpoint::Health => Reply::json(200, &account::health()),
        Endpoint::ApiUsage => Reply::json(200, &account::api_usage(&service.accounts, key, plan, now_ms())),
        Endpoint::CreditUsage => Reply::json(200, &account::credit_usage(service.accounts.credits(key, plan))),
    };
    if reply.status == 200 { with_rate_headers(reply, windows) } else { reply }
}

/// Why this key may not use this endpoint, if so.
fn closed(service: &Service, endpoint: Endpoint, key: &str, fault: Option<Fault>) -> Option<Reply> {
    let path = endpoint.path();
    let inaccessible = |error: String| Reply::json(403, &json!({ "error": error, "error_code": "API_INACCESSIBLE" }));
    if let Some(refusal) = keys::out_of_scope(key, endpoint) {
        return Some(inaccessible(refusal));
    }
    match (endpoint, service.options.plan) {
        (Endpoint::FullSearch, Plan::Free) => Some(inaccessible(format!(
            "{path} is not accessible with this api_key on a free plan. Please upgrade your plan from https://app.apollo.io/."
        ))),
        (Endpoint::CompanySearch, Plan::Free) => Some(Reply::json(403, &json!({ "message": PAID_PLANS_ONLY }))),
        (Endpoint::FullSearch, Plan::Basic) => Some(Reply::error(422, DEPRECATED)),
        (Endpoint::FullSearch, plan @ Plan::Professional) => {
            let none_left = service.accounts.credits(key, plan).left() == 0 || fault == Some(Fault::NoCredits);
            none_left.then(|| Reply::error(422, OUT_OF_CREDITS))
        }
        _ => None,
    }
}

fn search(
    caller: &Caller<'_>,
    body: &Map<String, Value>,
    price: u64,
    write: fn(&World, &crate::search::Found) -> Value,
) -> Reply {
    let world = caller.world();
    match caller.service.searches.run(world, &SearchBody(body.clone())) {
        Ok(found) => {
            let price = if found.rows.is_empty() { 0 } else { price };
            caller.charge([(format!("page {}", found.page.number), price)]);
            Reply::json(200, &write(world, &found))
        }
        Err(Refusal(text)) => Reply::error(422, &text),
    }
}

fn profile(service: &Service, key: &str, asked: &Asked) -> Reply {
    let with_credits = query_pairs(asked).any(|(name, value)| name == "include_credit_usage" && value == "true");
    let credits = with_credits.then(|| service.accounts.credits(key, service.options.plan));
    Reply::json(200, &account::profile(key, credits))
}

fn with_rate_headers(reply: Reply, [minute, hour, day]: Windows) -> Reply {
    let windows = [("minute", minute), ("hourly", hour), ("24-hour", day)];
    windows.into_iter().fold(reply, |reply, (name, usage)| {
        let left_name = format!("x-{name}-requests-left");
        reply
            .with_header(format!("x-rate-limit-{name}"), usage.limit)
            .with_header(format!("x-{name}-usage"), usage.consumed)
            .with_header(left_name, usage.left())
    })
}

/// The body with the query's parameters added: enrichment takes its flags, and single persons, from there too.
fn with_query(body: &Map<String, Value>, asked: &Asked) -> Map<String, Value> {
    let mut all = query_pairs(asked).map(|(name, value)| (name, Value::String(value))).collect::<Map<_, _>>();
    all.extend(body.clone());
    all
}

fn query_pairs(asked: &Asked) -> impl Iterator<Item = (String, String)> {
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&asked.parts.uri);
    pairs.map(|pairs| pairs.0).unwrap_or_default().into_iter()
}

/// Only `X-Api-Key` counts; a key as a bearer token is no key.
fn api_key(headers: &HeaderMap) -> Option<String> {
    let key = headers.get("x-api-key")?.to_str().ok()?.trim();
    (!key.is_empty()).then(|| key.to_owned())
}

pub fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

fn note_arrival(service: &Service, parts: &Parts, key: Option<&str>, empty: bool, body: Option<&Value>) -> u64 {
    service.log.arrived(|sequence| {
        let hit = service.fault_for(sequence).filter(|_| parts.uri.path().starts_with("/api/"));
        let mut body = body.filter(|_| !empty).cloned().unwrap_or(Value::Null);
        if let Some(secret) = body.get_mut("api_key") {
            *secret = "****".into();
        }
        LoggedRequest {
            sequence,
            arrived_at_ms: now_ms(),
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(
                |query| {
                    if query.contains("api_key") { "****".into() } else { query.to_owned() }
                },
            ),
            status: None,
            charged_hundredths: 0,
            charged_for: Vec::new(),
            fault: hit.map(|fault| fault.kind().to_owned()),
            key_marker: key.map(key_marker),
            body,
        }
    })
}

fn log_answer(service: &Service, parts: &Parts) -> Reply {
    let after =
        parts.uri.query().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("after=")?.parse().ok());
    match serde_json::to_value(service.log.after(after.unwrap_or(0))) {
        Ok(requests) => Reply::json(200, &requests),
        Err(error) => Reply::error(500, &error.to_string()),
    }
}
