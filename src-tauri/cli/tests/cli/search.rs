//! `search`: the object, the two endpoints, the cache, bad questions.

use crate::runner::{KEY, Place, keys, sandbox, small, start};
use foray_sandbox::{Options, Plan};
use serde_json::{Value, json};

const ANSWER: [&str; 12] = [
    "as_of",
    "calls_spent",
    "credits_spent",
    "endpoint",
    "notice",
    "page",
    "page_size",
    "people",
    "reason",
    "source",
    "total_entries",
    "total_pages",
];
const PERSON: [&str; 20] = [
    "city",
    "country",
    "email",
    "email_status",
    "first_name",
    "has_direct_phone",
    "has_email",
    "headline",
    "id",
    "last_name",
    "last_name_obfuscated",
    "linkedin_url",
    "name",
    "organization_domain",
    "organization_id",
    "organization_name",
    "phone",
    "seniority",
    "state",
    "title",
];
const FULL: &str = "mixed_people/search";
const FREE: &str = "mixed_people/api_search";

#[test]
fn the_answer_has_exactly_the_members_of_the_contract() {
    let place = Place::acme(&sandbox(Plan::Professional), KEY);
    let ran = place.search(&["--title", "CFO", "--page", "2", "--page-size", "10"]).ends_with(0);
    assert_eq!((ran.err.as_str(), ran.out.lines().count()), ("", 1));
    let answer = ran.answer();
    assert_eq!(keys(&answer), ANSWER);
    assert_eq!(
        (&answer["source"], &answer["endpoint"], &answer["reason"]),
        (&"live".into(), &FULL.into(), &Value::Null)
    );
    assert_eq!((&answer["page"], &answer["page_size"], &answer["calls_spent"]), (&2.into(), &10.into(), &1.into()));
    assert_eq!(answer["credits_spent"], Value::Null, "Apollo does not tell");
    let total = answer["total_entries"].as_u64().unwrap();
    assert_eq!(answer["total_pages"].as_u64().unwrap(), total.div_ceil(10));
    assert!(answer["as_of"].as_str().unwrap().ends_with('Z'));
    let people = answer["people"].as_array().unwrap();
    assert!(!people.is_empty());
    assert!(people.iter().all(|person| keys(person) == PERSON), "{people:#?}");
}

#[test]
fn a_closed_full_endpoint_costs_two_calls_once_and_one_ever_after() {
    let place = Place::acme(&sandbox(Plan::Basic), KEY);
    let first = place.search(&["--title", "CFO"]).ends_with(0).answer();
    assert_eq!(
        (&first["calls_spent"], &first["endpoint"], &first["credits_spent"]),
        (&2.into(), &FREE.into(), &json!(0.0))
    );
    assert!(first["notice"].is_string(), "it says so");
    let next = place.search(&["--title", "CEO"]).ends_with(0).answer();
    assert_eq!((&next["calls_spent"], &next["endpoint"]), (&1.into(), &FREE.into()));
    let people = next["people"].as_array().unwrap();
    assert!(
        people
            .iter()
            .all(|person| keys(person) == PERSON && person["last_name"].is_null() && person["email"].is_null())
    );
    assert!(people.iter().any(|person| person["last_name_obfuscated"].is_string()));
    assert!(
        people
            .iter()
            .all(|person| ["yes", "maybe", "no"].contains(&person["has_direct_phone"].as_str().unwrap_or("no")))
    );
}

#[test]
fn a_full_endpoint_that_refuses_the_key_or_its_credits_gives_way_to_the_free_one() {
    for (plan, key) in
        [(Plan::Free, KEY), (Plan::Professional, "scoped-key-of-a-test"), (Plan::Professional, "broke-key-of-a-test")]
    {
        let place = Place::acme(&sandbox(plan), key);
        let answer = place.search(&["--title", "CFO"]).ends_with(0).answer();
        assert_eq!((&answer["calls_spent"], &answer["endpoint"]), (&2.into(), &FREE.into()), "{plan} {key}");
    }
}

#[test]
fn another_key_and_a_setting_anew_ask_the_full_endpoint_again() {
    let apollo = sandbox(Plan::Basic);
    let place = Place::acme(&apollo, KEY);
    place.search(&["--title", "CFO"]).ends_with(0);
    let place = place.with_key("another-key-of-a-test");
    assert_eq!(place.search(&["--title", "CEO"]).ends_with(0).answer()["calls_spent"], 2);
    assert_eq!(place.search(&["--title", "COO"]).ends_with(0).answer()["calls_spent"], 1);
    place.run(&["workspaces", "set", "acme", "--endpoint", "auto"]).ends_with(0);
    assert_eq!(place.search(&["--title", "CMO"]).ends_with(0).answer()["calls_spent"], 2);
}

#[test]
fn what_was_forbidden_to_a_key_of_the_environment_is_asked_again_when_the_user_says_so() {
    let apollo = sandbox(Plan::Free);
    let place = Place::acme(&apollo, KEY);
    let asked_full = || apollo.requests().iter().filter(|request| request.path.ends_with(FULL)).count();
    place.search(&["--title", "CFO"]).ends_with(0);
    place.search(&["--title", "CEO"]).ends_with(0);
    assert_eq!(asked_full(), 1);
    place.run(&["workspaces", "set", "acme", "--endpoint", "auto"]).ends_with(0);
    assert_eq!(place.search(&["--title", "COO"]).ends_with(0).answer()["calls_spent"], 2);
    assert_eq!(asked_full(), 2);
}

#[test]
fn a_closed_search_whose_substitute_finds_no_call_left_tells_the_call_it_took() {
    let place = Place::acme(&sandbox(Plan::Basic), KEY);
    place.run(&["workspaces", "set", "acme", "--calls-per-hour", "1"]).ends_with(0);
    let answer = place.search(&["--title", "CFO"]).ends_with(3).answer();
    assert_eq!((&answer["source"], &answer["calls_spent"]), (&"empty".into(), &1.into()));
    assert!(answer["notice"].as_str().unwrap().contains("closed its full search"), "{answer}");
}

#[test]
fn a_fixed_endpoint_is_the_only_one_asked() {
    let place = Place::acme(&sandbox(Plan::Basic), KEY);
    place.run(&["workspaces", "set", "acme", "--endpoint", "full"]).ends_with(0);
    let refused = place.search(&["--title", "CFO"]).ends_with(5);
    assert_eq!((refused.err.as_str(), &refused.answer()["reason"]["code"]), ("", &"endpoint_closed".into()));
    assert_eq!(refused.answer()["calls_spent"], 1);
    place.run(&["workspaces", "set", "acme", "--endpoint", "free"]).ends_with(0);
    let answer = place.search(&["--title", "CFO"]).ends_with(0).answer();
    assert_eq!((&answer["calls_spent"], &answer["endpoint"]), (&1.into(), &FREE.into()));
}

#[test]
fn the_same_question_is_answered_from_the_cache_until_refreshed() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    let first = place.search(&["--title", "CFO", "--title", "CEO"]).ends_with(0).answer();
    let second = place.search(&["--title", " CEO", "CFO"]).ends_with(0).answer();
    assert_eq!(
        (&second["source"], &second["calls_spent"], &second["reason"]),
        (&"cached".into(), &0.into(), &Value::Null)
    );
    assert_eq!((&second["people"], &second["as_of"]), (&first["people"], &first["as_of"]));
    assert_eq!(apollo.requests().len(), 1);
    let fresh = place.search(&["--title", "CEO", "CFO", "--refresh"]).ends_with(0).answer();
    assert_eq!((&fresh["source"], &fresh["calls_spent"]), (&"live".into(), &1.into()));
    assert_eq!(apollo.requests().len(), 2);
}

#[test]
fn rows_of_one_origin_never_answer_for_another() {
    let (one, other) = (sandbox(Plan::Professional), start(Options { seed: 2, ..small() }));
    let place = Place::acme(&one, KEY);
    let first = place.search(&["--title", "CFO"]).ends_with(0).answer();
    let second = place.search(&["--title", "CFO", "--apollo-url", &other.origin()]).ends_with(0).answer();
    assert_eq!(second["source"], "live");
    assert_ne!(first["people"], second["people"]);
    assert_eq!(place.search(&["--title", "CFO"]).answer()["source"], "cached");
}

#[test]
fn rows_of_one_workspace_never_answer_for_another() {
    let place = Place::acme(&sandbox(Plan::Professional), KEY);
    place.run(&["workspaces", "add", "other"]).ends_with(0);
    place.search(&["--title", "CFO"]).ends_with(0);
    let other = place.run(&["search", "--workspace", "other", "--json", "--title", "CFO"]).ends_with(0).answer();
    assert_eq!(other["source"], "live");
}

#[test]
fn a_bad_question_is_refused_by_field_and_costs_no_call() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    for (arguments, field) in [
        (&[][..], "filters"),
        (&["--title", "", "--keywords", " "], "filters"),
        (&["--title", "x", "--page", "0"], "page"),
        (&["--title", "x", "--page", "501"], "page"),
        (&["--title", "x", "--page", "two"], "page"),
        (&["--title", "x", "--page-size", "9"], "page_size"),
        (&["--title", "x", "--page-size", "101"], "page_size"),
        (&["--seniority", "boss"], "seniorities"),
        (&["--company-size", "10-20"], "company_sizes"),
        (&["--industry", "computer softwear"], "industries"),
    ] {
        let ran = place.search(arguments).ends_with(2);
        assert_eq!(ran.complaint(), ("bad_input".into(), field.into()), "{arguments:?}");
        assert_eq!(keys(&ran.error()), ["code", "field", "message"]);
    }
    assert!(apollo.requests().is_empty());
}

#[test]
fn an_industry_without_a_known_id_is_told_with_the_nearest_that_has_one() {
    let place = Place::acme(&sandbox(Plan::Professional), KEY);
    let error = place.search(&["--industry", "Computer Softwear"]).ends_with(2).error();
    assert!(error["message"].as_str().unwrap().contains("computer software"), "{error}");
}

#[test]
fn without_json_a_search_is_a_table_with_its_source_and_price() {
    let place = Place::acme(&sandbox(Plan::Basic), KEY);
    let search = ["search", "--workspace", "acme", "--title", "CFO", "--page-size", "10"];
    let live = place.run(&search).ends_with(0);
    assert!(live.out.starts_with("Name") && live.out.contains("***"), "{}", live.out);
    for words in ["match; page 1 of", "Source: live", "Spent: 2 calls, 0 credits.", "Notice: "] {
        assert!(live.out.contains(words), "{words} in {}", live.out);
    }
    let cached = place.run(&search).ends_with(0).out;
    assert!(cached.contains("Source: cached, less than a minute old") && cached.contains("Spent: 0 calls"), "{cached}");
}

#[test]
fn a_question_nobody_matches_is_a_live_answer_and_no_failure() {
    let place = Place::acme(&sandbox(Plan::Professional), KEY);
    let answer = place.search(&["--title", "Chief Unicorn Whisperer of Atlantis"]).ends_with(0).answer();
    assert_eq!(
        (&answer["source"], &answer["total_entries"], &answer["reason"]),
        (&"live".into(), &0.into(), &Value::Null)
    );
}

#[test]
fn kept_answers_are_forgotten_by_page_by_search_or_all_at_once() {
    let place = Place::acme(&sandbox(Plan::Professional), KEY);
    let source = |page: &str, title: &str| {
        let ran = place.search(&["--title", title, "--page", page]).ends_with(0);
        ran.answer()["source"].as_str().unwrap().to_owned()
    };
    let forget = |arguments: &[&str]| place.run(&[&["cache", "forget", "--workspace", "acme"], arguments].concat());
    let fill = || {
        for (page, title) in [("1", "CFO"), ("2", "CFO"), ("1", "CEO")] {
            source(page, title);
        }
    };
    fill();
    assert_eq!(forget(&["--title", "CFO", "--page", "2"]).ends_with(0).out, "1 answer forgotten.\n");
    assert_eq!([source("1", "CFO"), source("2", "CFO"), source("1", "CEO")], ["cached", "live", "cached"]);
    assert_eq!(forget(&["--title", "CFO"]).ends_with(0).out, "2 answers forgotten.\n");
    assert_eq!([source("1", "CEO"), source("1", "CFO")], ["cached", "live"]);
    fill();
    assert_eq!(forget(&["--all"]).ends_with(0).out, "3 answers forgotten.\n");
    assert_eq!(forget(&["--all"]).ends_with(0).out, "0 answers forgotten.\n");
    for bad in [
        &[][..],
        &["--all", "--title", "CFO"],
        &["--all", "--page", "1"],
        &["--title", "CFO", "--page-size", "10"],
        &["--title", "CFO", "--page", "0"],
    ] {
        assert_eq!(forget(bad).ends_with(2).out, "", "{bad:?}");
    }
}
