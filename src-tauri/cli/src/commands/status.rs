//! `status`: limiter, breaker, cache and endpoint of a workspace, in sentences or as one object.

use foray_core::circuit_breaker::{BreakerStatus, State};
use foray_core::enrich::Room;
use foray_core::rate_limit::{ApolloWindow, LimiterStatus, Period};
use foray_core::status::{EndpointStatus, Price};
use jiff::Timestamp;

use super::keys;
use crate::args;
use crate::exit::{DONE, Failure};
use crate::output::{self, counted, grouped, local_time, size};
use crate::session::Session;

pub async fn run(session: &Session, asked: &args::Status) -> Result<u8, Failure> {
    if asked.forgive_lost_ledger {
        session.foray.forgive_lost_ledger().await?;
    }
    let mut status = session.foray.status(session.tenant()).await?;
    // The registry tells what was stored; only the keyring tells whether it is still there and can be had.
    let key = session.foray.key_state(session.tenant());
    status.key = if asked.json { key.await? } else { keys::patiently(key).await? };
    if asked.json {
        output::print_json(&status)?;
        return Ok(DONE);
    }
    let now = session.foray.clock().now();
    let mut lines = limiter(&status.limiter, now);
    lines.push(breaker(&status.breaker, now));
    lines.push(format!(
        "{} kept, {} on disk.",
        counted(status.cache.entries, "answer is", "answers are"),
        size(status.cache.bytes)
    ));
    lines.extend(endpoint(&status.endpoint));
    match &status.gate {
        Some(gate) => lines.push(format!("Apollo would not be asked, so it takes no call: {}", gate.message)),
        None => lines.push(price(status.price)),
    }
    lines.push(keys::in_words(&status.key));
    output::print_lines(&lines)?;
    Ok(DONE)
}

fn limiter(limiter: &LimiterStatus, now: Timestamp) -> Vec<String> {
    let calls = counted(limiter.limit.into(), "call", "calls");
    let next = match limiter.next_frees_at {
        _ if limiter.remaining == 0 => format!("; the next one fits at {}", local_time(limiter.reset_at, now)),
        Some(frees_at) => format!("; the next one frees at {}", local_time(frees_at, now)),
        None => String::new(),
    };
    let mut lines = vec![format!("{} of {calls} left this hour{next}.", limiter.remaining)];
    if let Some(until) = limiter.lost_until {
        lines.push(format!(
            "The record of calls was lost, so none fits before {}. If none were made, say so: status --forgive-lost-ledger.",
            local_time(until, now)
        ));
    }
    if let Some(until) = limiter.paused_until {
        lines.push(format!("Apollo's own limit is reached until {}.", local_time(until, now)));
    }
    lines.extend(limiter.apollo.iter().map(|window| apollo_window(window, now)));
    lines
}

fn apollo_window(window: &ApolloWindow, now: Timestamp) -> String {
    use foray_core::rate_limit::EndpointClass as Class;
    let class = match window.class {
        Class::PeopleSearch => "people searches",
        Class::CompanySearch => "company searches",
        Class::Enrichment => "enrichments",
        Class::BulkEnrichment => "bulk enrichments",
        Class::Other => "other calls",
    };
    let period = match window.period {
        Period::Minute => "minute",
        Period::Hour => "hour",
        Period::Day => "day",
    };
    let (used, limit) = (grouped(window.used.into()), grouped(window.limit.into()));
    format!(
        "Apollo's own limit on {class}: {used} of {limit} used this {period}, until {}.",
        local_time(window.resets_at, now)
    )
}

fn breaker(breaker: &BreakerStatus, now: Timestamp) -> String {
    let state = match breaker.state {
        State::Closed => return "The circuit breaker is closed: calls go through.".to_owned(),
        State::Open => "The circuit breaker is open: calls are paused",
        State::HalfOpen => "The circuit breaker is half-open: one call tries whether Apollo is back",
    };
    let until = breaker.retry_at.map_or_else(String::new, |at| format!(" until {}", local_time(at, now)));
    let reason = breaker.reason.as_ref().map_or_else(String::new, |reason| format!(" {reason}"));
    format!("{state}{until}.{reason}")
}

fn endpoint(endpoint: &EndpointStatus) -> Vec<String> {
    let in_use = format!("The next search asks {} (endpoint: {}).", endpoint.in_use.path(), endpoint.setting.as_str());
    std::iter::once(in_use).chain(endpoint.because.clone()).collect()
}

fn price(price: Price) -> String {
    let calls = counted(price.calls.into(), "call", "calls");
    match price.credits_at_most {
        0 => format!("It takes {calls} and no credits."),
        credits => {
            let room = Room { caps_leave: price.caps_leave, ..Room::default() };
            let left = room.in_words().map_or_else(String::new, |left| format!("; {left}"));
            format!("It takes {calls} and at most {}{left}.", counted(credits.into(), "credit", "credits"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap_or_default()
    }

    fn status(remaining: u32, next_frees_at: Option<Timestamp>) -> LimiterStatus {
        LimiterStatus {
            limit: 100,
            remaining,
            used: 100 - remaining,
            reset_at: at(5),
            next_frees_at,
            paused_until: None,
            lost_until: None,
            apollo: Vec::new(),
        }
    }

    #[test]
    fn calls_left_are_told_with_the_moment_at_which_one_frees() {
        let now = at(0);
        let frees = local_time(at(5), now);
        assert_eq!(limiter(&status(100, None), now), ["100 of 100 calls left this hour."]);
        assert_eq!(
            limiter(&status(87, Some(at(5))), now),
            [format!("87 of 100 calls left this hour; the next one frees at {frees}.")]
        );
        assert_eq!(
            limiter(&status(0, Some(at(5))), now),
            [format!("0 of 100 calls left this hour; the next one fits at {frees}.")]
        );
    }

    #[test]
    fn an_open_breaker_says_until_when_and_why() {
        let open =
            BreakerStatus { state: State::Open, reason: Some("Why.".to_owned()), retry_at: None, offline_since: None };
        assert_eq!(breaker(&open, at(0)), "The circuit breaker is open: calls are paused. Why.");
    }
}
