//! Keys: from the environment or the keyring, never from arguments, shown and stored nowhere.

use crate::runner::{KEY, Place, holds, sandbox};
use foray_sandbox::Plan;
use serde_json::Value;

fn acme() -> Place {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    place
}

#[test]
fn a_key_from_the_environment_is_used_and_stored_nowhere() {
    let apollo = sandbox(Plan::Basic);
    let place = Place::acme(&apollo, KEY);
    let mut written = String::new();
    for arguments in [
        &["search", "--workspace", "acme", "--title", "CFO", "--json"][..],
        &["key", "check", "--workspace", "acme"],
        &["key", "status", "--workspace", "acme"],
        &["status", "--workspace", "acme", "--json"],
        &["workspaces", "list"],
    ] {
        let ran = place.run(arguments).ends_with(0);
        written.push_str(&ran.out);
        written.push_str(&ran.err);
    }
    assert!(apollo.requests().iter().all(|request| request.key_marker.is_some()));
    assert!(!written.contains(KEY));
    assert!(!holds(&place.stored_bytes(), KEY));
    assert!(!holds(&place.stored_bytes(), &KEY[4..KEY.len() - 4]));
}

#[test]
fn no_key_prints_the_empty_answer_and_ends_with_5() {
    let place = acme();
    let ran = place.search(&["--title", "CFO"]).ends_with(5);
    let answer = ran.answer();
    assert_eq!(ran.err, "");
    assert_eq!(
        (&answer["source"], &answer["reason"]["code"], &answer["calls_spent"]),
        (&"empty".into(), &"key_missing".into(), &0.into())
    );
    assert_eq!((&answer["people"], &answer["total_entries"]), (&Value::Array(Vec::new()), &Value::Null));
    let spoken = place.run(&["search", "--workspace", "acme", "--title", "CFO"]).ends_with(5);
    assert!(spoken.out.contains("Source: empty") && spoken.err.contains("No Apollo API key"), "{spoken:?}");
    let empty = acme().with_key("");
    assert_eq!(empty.search(&["--title", "CFO"]).ends_with(5).answer()["reason"]["code"], "key_missing");
}

#[test]
fn a_refused_key_prints_the_empty_answer_and_ends_with_5() {
    let place = Place::acme(&sandbox(Plan::Professional), "wrong-key-of-a-test");
    let ran = place.search(&["--title", "CFO"]).ends_with(5);
    assert_eq!((ran.err.as_str(), &ran.answer()["reason"]["code"]), ("", &"key_rejected".into()));
    assert_eq!(ran.answer()["calls_spent"], 1);
    let check = place.run(&["key", "check", "--workspace", "acme"]).ends_with(5);
    assert!(check.out.is_empty() && check.err.contains("401"), "{check:?}");
}

#[test]
fn a_403_on_the_only_endpoint_allowed_ends_with_5() {
    let place = Place::acme(&sandbox(Plan::Free), KEY);
    place.run(&["workspaces", "set", "acme", "--endpoint", "full"]).ends_with(0);
    let ran = place.search(&["--title", "CFO"]).ends_with(5);
    assert_eq!((ran.err.as_str(), &ran.answer()["reason"]["code"]), ("", &"forbidden".into()));
}

#[test]
fn no_credits_on_the_only_endpoint_allowed_ends_with_5() {
    let place = Place::acme(&sandbox(Plan::Professional), "broke-key-of-a-test");
    place.run(&["workspaces", "set", "acme", "--endpoint", "full"]).ends_with(0);
    let ran = place.search(&["--title", "CFO"]).ends_with(5);
    assert_eq!((ran.err.as_str(), &ran.answer()["reason"]["code"]), ("", &"out_of_credits".into()));
}

#[test]
fn a_key_check_takes_one_of_the_calls() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    let check = place.run(&["key", "check", "--workspace", "acme"]).ends_with(0);
    assert!(check.out.contains("Apollo knows this key.") && check.out.contains("Spent 1 call."), "{}", check.out);
    assert_eq!(apollo.requests().len(), 1);
    let status = place.run(&["status", "--workspace", "acme", "--json"]).ends_with(0).answer();
    assert_eq!(status["limiter"]["used"], 1);
}

#[test]
fn the_state_of_a_key_is_told_in_words() {
    let place = acme();
    assert_eq!(
        place.run(&["key", "status", "--workspace", "acme"]).ends_with(0).out,
        "No key is stored for this workspace.\n"
    );
    assert_eq!(
        place.run(&["key", "status", "--workspace", "sample"]).ends_with(0).out,
        "The sample workspace needs no key.\n"
    );
    place.run(&["key", "check", "--workspace", "acme"]).ends_with(5);
    place.run(&["key", "clear", "--workspace", "acme"]).ends_with(0);
    let place = place.with_key(KEY);
    assert!(place.run(&["key", "status", "--workspace", "acme"]).ends_with(0).out.starts_with("FORAY_APOLLO_KEY "));
}

#[test]
fn a_key_comes_on_standard_input_and_never_as_an_argument() {
    let place = acme();
    place.run(&["key", "set", KEY, "--workspace", "acme"]).ends_with(2);
    place.run_with_input(&["key", "set", "--workspace", "sample"], KEY).ends_with(2);
    for no_key in ["", "\n", "two words", "line\nline"] {
        place.run_with_input(&["key", "set", "--workspace", "acme"], no_key).ends_with(2);
    }
}

/// Elsewhere than on Linux this would reach the keyring of whoever runs the tests.
#[cfg(target_os = "linux")]
#[test]
fn without_a_keyring_a_key_is_not_stored_and_the_way_around_is_told() {
    let place = acme();
    let ran = place.run_with_input(&["key", "set", "--workspace", "acme"], &format!("{KEY}\n")).ends_with(5);
    assert!(ran.out.is_empty() && ran.err.contains("FORAY_APOLLO_KEY"), "{ran:?}");
    assert!(!holds(&place.stored_bytes(), KEY));
    assert_eq!(place.run(&["key", "status", "--workspace", "acme"]).out, "No key is stored for this workspace.\n");
}

#[test]
fn a_key_that_can_not_be_sent_is_refused_without_being_shown() {
    let place = acme().with_key("sekrit key");
    let ran = place.search(&["--title", "CFO"]).ends_with(2);
    assert_eq!(ran.complaint(), ("bad_input".into(), "key".into()));
    assert!(!ran.err.contains("sekrit"));
}
