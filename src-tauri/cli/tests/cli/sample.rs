//! The sample workspace: its own stand-in, whatever the environment says.

use crate::runner::{Place, holds, sandbox};
use foray_sandbox::Plan;
use serde_json::{Value, json};

const SEARCH: [&str; 8] = ["search", "--workspace", "sample", "--title", "CFO", "--page-size", "10", "--json"];

#[test]
fn the_sample_workspace_needs_no_key_no_network_and_no_credits() {
    let answer = Place::empty().run(&SEARCH).ends_with(0).answer();
    assert_eq!((&answer["source"], &answer["endpoint"]), (&"live".into(), &"mixed_people/search".into()));
    assert_eq!((&answer["credits_spent"], &answer["people"].as_array().unwrap().len()), (&json!(0.0), &10));
}

#[test]
fn apollo_url_and_key_do_not_touch_it() {
    let apollo = sandbox(Plan::Basic);
    let place = Place::empty().at(&apollo).with_key("wrong-key that could not even be sent");
    let answer = place.run(&[&SEARCH[..], &["--apollo-url", &apollo.origin()]].concat()).ends_with(0).answer();
    assert_eq!(answer["source"], "live");
    assert!(apollo.requests().is_empty());
    assert!(!holds(&place.stored_bytes(), "wrong-key"));
    assert_eq!(
        place.run(&SEARCH).ends_with(0).answer()["source"],
        "cached",
        "the port of the stand-in is no part of the question"
    );
}

#[test]
fn no_two_runs_differ() {
    let people = || -> Value { Place::empty().run(&SEARCH).ends_with(0).answer()["people"].take() };
    assert_eq!(people(), people());
}

#[test]
fn its_price_is_no_credits() {
    let status = Place::empty().run(&["status", "--workspace", "sample", "--json"]).ends_with(0).answer();
    assert_eq!((&status["price"]["credits_at_most"], &status["key"]["state"]), (&0.into(), &"not_needed".into()));
}

#[test]
fn what_its_stand_in_charged_is_counted_by_the_next_one_too() {
    let place = Place::empty();
    place.run(&["search", "--workspace", "sample", "--title", "CFO", "--page-size", "50", "--json"]).ends_with(0);
    let ledger = |ask: &[&str]| {
        let ledger = place.run(&[&["usage", "--workspace", "sample", "--json"], ask].concat()).ends_with(0).answer();
        ledger["workspaces"][0].clone()
    };
    for credits in ["20", "21"] {
        let enrich = ["people", "enrich", "--workspace", "sample", "--run", "1", "--max-credits", credits, "--yes"];
        place.run(&enrich).ends_with(0);
        let one = ledger(&["--ask"]);
        let apollo = &one["apollo"];
        assert!(one["charged"].as_f64() > Some(1.0), "{one}");
        assert_eq!((&apollo["counted"], &apollo["charged"]), (&one["charged"], &one["charged"]), "{apollo}");
        assert_eq!(apollo["latest"]["consumed"], one["charged"], "{apollo}");
        assert!(apollo["sentence"].as_str().unwrap().ends_with("They agree."), "{apollo}");
    }
}

#[test]
fn mobiles_that_a_command_ordered_come_to_the_next_one() {
    let place = Place::empty();
    let search = ["search", "--workspace", "sample", "--title", "CFO", "--page-size", "50", "--json"];
    place.run(&search).ends_with(0);
    let enrich =
        ["people", "enrich", "--workspace", "sample", "--run", "1", "--mobiles", "--max-credits", "60", "--yes"];
    let ordered = place.run(&enrich).ends_with(3);
    let jobs = place.run(&["jobs", "list", "--workspace", "sample", "--json"]).ends_with(0).answer();
    assert_eq!((&jobs[0]["state"], &jobs[0]["reason"]["code"]), (&"paused".into(), &"not_ready".into()), "{jobs}");
    let id = jobs[0]["id"].as_str().unwrap();
    assert!(ordered.err.contains("on their way") && !ordered.err.contains("by itself"), "{ordered:?}");
    assert!(ordered.err.trim_end().ends_with(&format!("jobs run {id} --workspace Sample --wait")), "{ordered:?}");
    // The stand-in says twice that they are on their way, whoever asks; a command that does not wait ends at that.
    place.run(&["jobs", "run", id, "--workspace", "sample"]).ends_with(3);
    let run = place.run(&["jobs", "run", id, "--workspace", "sample", "--wait", "--json"]).ends_with(0).answer();
    let done = &run[0]["result"];
    assert!(done["mobiles"].as_u64() > Some(0) && done["undecided"] == 0, "{run}");
}
