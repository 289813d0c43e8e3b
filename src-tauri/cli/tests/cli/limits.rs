//! Our limit and Apollo's: what is counted, and how a refusal is told.

use crate::runner::{KEY, Place, failing, keys, sandbox};
use foray_sandbox::Plan;

#[test]
fn a_call_above_the_limit_ends_with_3_and_the_time_at_which_one_fits() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    place.run(&["workspaces", "set", "acme", "--calls-per-hour", "3"]).ends_with(0);
    for title in ["CFO", "CEO", "COO"] {
        place.search(&["--title", title]).ends_with(0);
    }
    let refused = place.search(&["--title", "CMO"]).ends_with(3);
    let answer = refused.answer();
    assert_eq!((refused.err.as_str(), &answer["source"], &answer["calls_spent"]), ("", &"empty".into(), &0.into()));
    assert_eq!(keys(&answer["reason"]), ["code", "message", "reset_at"]);
    assert_eq!(answer["reason"]["code"], "rate_limited");
    assert!(answer["reason"]["reset_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(apollo.requests().len(), 3);

    let spoken = place.run(&["search", "--workspace", "acme", "--title", "CMO"]).ends_with(3);
    assert!(spoken.err.contains("frees at"), "{}", spoken.err);
    place.search(&["--title", "CFO"]).ends_with(0);
    let refreshed = place.search(&["--title", "CFO", "--refresh"]).ends_with(0).answer();
    assert_eq!((&refreshed["source"], &refreshed["reason"]["code"]), (&"stale".into(), &"rate_limited".into()));
    let spoken = place.run(&["search", "--workspace", "acme", "--title", "CFO", "--refresh"]).ends_with(0);
    assert!(spoken.out.contains("Source: stale") && spoken.out.contains("Reason: ") && spoken.err.is_empty());
    let check = place.run(&["key", "check", "--workspace", "acme"]).ends_with(3);
    assert!(check.err.contains("frees at"), "{}", check.err);

    let words = place.run(&["status", "--workspace", "acme"]).ends_with(0).out;
    assert!(words.starts_with("0 of 3 calls left this hour; the next one fits at "), "{words}");
}

#[test]
fn a_closed_endpoint_takes_two_of_the_calls() {
    let place = Place::acme(&sandbox(Plan::Basic), KEY);
    place.run(&["workspaces", "set", "acme", "--calls-per-hour", "3"]).ends_with(0);
    place.search(&["--title", "CFO"]).ends_with(0);
    let words = place.run(&["status", "--workspace", "acme"]).ends_with(0).out;
    assert!(words.starts_with("1 of 3 calls left"), "{words}");
    assert!(words.contains("mixed_people/api_search") && words.contains("no credits"), "{words}");
}

#[test]
fn a_429_ends_with_3_takes_a_call_and_pauses_the_next() {
    let apollo = failing("429=1");
    let place = Place::acme(&apollo, KEY);
    let ran = place.search(&["--title", "CFO"]).ends_with(3);
    let answer = ran.answer();
    assert_eq!((ran.err.as_str(), &answer["reason"]["code"]), ("", &"apollo_rate_limited".into()));
    assert!(answer["reason"]["reset_at"].is_string());
    let asked = apollo.requests().len();
    assert_eq!(answer["calls_spent"], asked);
    let paused = place.search(&["--title", "CEO"]).ends_with(3).answer();
    assert_eq!((&paused["reason"]["code"], &paused["calls_spent"]), (&"apollo_rate_limited".into(), &0.into()));
    assert_eq!(apollo.requests().len(), asked);
    let words = place.run(&["status", "--workspace", "acme"]).ends_with(0).out;
    assert!(words.contains("Apollo's own limit is reached until "), "{words}");
    let limiter = place.run(&["status", "--workspace", "acme", "--json"]).ends_with(0).answer()["limiter"].clone();
    assert!(limiter["paused_until"].is_string());
    assert_eq!(limiter["reset_at"], limiter["paused_until"], "a script that waits for it finds a call");
}

#[test]
fn the_status_of_a_refused_key_says_that_nothing_is_asked_and_no_call_taken() {
    let place = Place::acme(&sandbox(Plan::Professional), "wrong-key-of-a-test");
    place.search(&["--title", "CFO"]).ends_with(5);
    let status = place.run(&["status", "--workspace", "acme", "--json"]).ends_with(0).answer();
    assert_eq!((&status["gate"]["code"], &status["price"]["calls"]), (&"key_rejected".into(), &0.into()));
    let words = place.run(&["status", "--workspace", "acme"]).ends_with(0).out;
    assert!(words.contains("takes no call: Apollo refused the API key"), "{words}");
    assert_eq!(place.search(&["--title", "CFO"]).ends_with(5).answer()["calls_spent"], 0);
}

#[test]
fn the_status_object_tells_limiter_breaker_cache_and_endpoint() {
    let place = Place::acme(&sandbox(Plan::Professional), KEY);
    place.search(&["--title", "CFO"]).ends_with(0);
    let ran = place.run(&["status", "--workspace", "acme", "--json"]).ends_with(0);
    let status = ran.answer();
    assert_eq!(keys(&status), ["answered", "breaker", "cache", "endpoint", "gate", "key", "limiter", "price"]);
    assert_eq!((&status["limiter"]["limit"], &status["limiter"]["remaining"]), (&100.into(), &99.into()));
    assert_eq!((&status["breaker"]["state"], &status["cache"]["entries"]), (&"closed".into(), &1.into()));
    assert_eq!(status["endpoint"]["in_use"], "mixed_people/search");
    assert_eq!(status["price"]["credits_at_most"], 1);
}
