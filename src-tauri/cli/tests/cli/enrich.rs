//! `people enrich`, `people undecided`, `usage`, `account check`: nothing is paid without a yes, and every credit is told.

use std::sync::Arc;

use foray_sandbox::{Faults, Plan, Sandbox};
use serde_json::Value;

use crate::runner::{Place, Ran, finish, keys, sandbox};

const RICH: &str = "credits-10000-of-a-test";

/// A workspace with a persona whose first page was fetched.
fn place(apollo: &Arc<Sandbox>, key: &str) -> Place {
    let place = Place::acme(apollo, key);
    place.run(&["personas", "add", "Money", "--workspace", "acme", "--seniority", "vp"]).ends_with(0);
    place.run(&["search", "--workspace", "acme", "--persona", "Money", "--page-size", "25", "--json"]).ends_with(0);
    place
}

fn enrich(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["people", "enrich", "--workspace", "acme"], arguments].concat())
}

fn usage(place: &Place) -> Value {
    place.run(&["usage", "--workspace", "acme", "--json"]).ends_with(0).answer()
}

fn charged(apollo: &Sandbox) -> f64 {
    apollo.requests().iter().map(|request| request.charged_hundredths).sum::<u64>() as f64 / 100.0
}

#[test]
fn without_a_yes_the_price_is_told_and_nothing_is_paid() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    let calls = apollo.requests().len();
    let ran = enrich(&place, &["--persona", "Money"]).ends_with(2);
    assert_eq!(ran.out, "25 selected · 25 to enrich in 3 calls + 1 free call · at most 25 credits.\n");
    assert_eq!(ran.err, "Nothing was paid. Add --yes to enrich them at this price.\n");
    let estimate = enrich(&place, &["--run", "1", "--mobiles", "--json"]).ends_with(0).answer();
    assert_eq!((&estimate["to_enrich"], &estimate["credits_at_most"]), (&25.into(), &225.0.into()));
    assert_eq!(apollo.requests().len(), calls);
    assert_eq!(usage(&place)["charged"], 0.0);
}

#[test]
fn with_a_yes_they_are_paid_for_once_and_the_ledger_agrees_with_apollo() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    let ran = enrich(&place, &["--persona", "Money", "--max-credits", "7", "--yes"]).ends_with(0);
    assert!(ran.out.contains("7 asked · "), "{ran:?}");
    let ran = enrich(&place, &["--persona", "Money", "--yes", "--json"]).ends_with(0).answer();
    assert_eq!((&ran["asked"], &ran["undecided"]), (&18.into(), &0.into()));
    let again = enrich(&place, &["--persona", "Money", "--yes"]).ends_with(0);
    assert!(again.out.contains("nothing to enrich"), "{again:?}");
    let ledger = usage(&place);
    assert_eq!(keys(&ledger), ["charged", "unknown", "workspaces"]);
    assert_eq!((ledger["charged"].as_f64(), ledger["unknown"].as_f64()), (Some(charged(&apollo)), Some(0.0)));
    let entries = ledger["workspaces"][0]["entries"].as_array().unwrap();
    assert_eq!(entries.iter().filter(|entry| entry["endpoint"] == "people/bulk_match").count(), 3);
    let free = entries.iter().filter(|entry| entry["number"].is_null());
    assert!(free.clone().count() > 0 && free.into_iter().all(|entry| entry["charged"] == 0.0), "{entries:?}");
    let not_asked = place.run(&["usage", "--workspace", "acme"]).ends_with(0).out;
    assert!(
        not_asked.contains("Paid after that count, and not in it: ") && !not_asked.contains("agree"),
        "{not_asked}"
    );
    for heading in
        ["  Month\tCalls\tCredits\n", "  Day\tCalls\tCredits\n", "  Number\tWhen\tState\tFound\tCredits\tFor\n"]
    {
        assert_eq!(not_asked.matches(heading).count(), 1, "{not_asked}");
    }
    let columns = |line: &str| line.split('\t').count();
    let head = not_asked.lines().position(|line| line.starts_with("  Number\t")).unwrap();
    let lines: Vec<&str> = not_asked.lines().collect();
    assert_eq!(columns(lines[head + 1]), columns(lines[head]), "{not_asked}");
    let asked = place.run(&["usage", "--workspace", "acme", "--ask"]).ends_with(0).out;
    assert!(asked.contains("They agree.") && asked.contains("charged"), "{asked}");
    assert!(asked.contains("\tApollo's count of credits\n"), "a call without a title says what it was for: {asked}");
    let paid = place.run(&["usage", "--workspace", "acme", "--paid"]).ends_with(0).out;
    assert!(paid.contains("\tcharged\t") && !paid.contains("\n  \t") && !paid.contains("older"), "{paid}");
    assert!(asked.contains("\n  \t"), "without it the free ones stand there too, which have no number: {asked}");
    assert_eq!(paid.lines().next(), asked.lines().next(), "the sums are of all");
    let paid = place.run(&["usage", "--workspace", "acme", "--paid", "--json"]).ends_with(0).answer();
    let entries = paid["workspaces"][0]["entries"].as_array().unwrap();
    assert!(entries.len() == 4 && entries.iter().all(|entry| entry["number"].is_number()), "{entries:?}");
    let all = place.run(&["usage"]).ends_with(0).out;
    assert!(all.starts_with("acme: "), "{all}");
    let calls = apollo.requests().len();
    let all = place.run(&["usage", "--ask"]).ends_with(0).out;
    assert!(all.contains("They agree."), "{all}");
    assert_eq!(apollo.requests().len(), calls + 1, "each workspace with a key is asked for, and the sample is not");
}

#[test]
fn caps_of_the_workspace_stop_it_and_are_taken_away_with_none() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    let set =
        place.run(&["workspaces", "set", "acme", "--credits-per-month", "4", "--credits-in-all", "500"]).ends_with(0);
    assert!(set.out.contains("at most 4 credits a month") && set.out.contains("at most 500 credits in all"), "{set:?}");
    let ran = enrich(&place, &["--persona", "Money", "--yes"]).ends_with(3);
    assert!(ran.err.contains("The cap of 4 credits for this month left"), "{ran:?}");
    assert!(charged(&apollo) <= 4.0);
    let paid = format!(" · {} credits", charged(&apollo));
    assert!(
        ran.out.lines().last().unwrap().ends_with(&format!("{paid}.")),
        "what it paid is told all the same: {ran:?}"
    );
    let list = place.run(&["jobs", "list", "--workspace", "acme", "--json"]).ends_with(0).answer();
    let job = list[0]["id"].as_str().unwrap();
    let way_on = ran.err.lines().last().unwrap();
    assert!(way_on.starts_with("Raise it with: ") && !ran.err.contains("Go on with"), "{ran:?}");
    assert!(way_on.contains(" workspaces set acme --credits-per-month N, then go on with: "), "{ran:?}");
    assert!(way_on.ends_with(&format!(" jobs run {job} --workspace acme --yes")), "{ran:?}");
    let again = place.run(&["jobs", "run", job, "--workspace", "acme", "--yes"]).ends_with(3);
    assert_eq!(again.err.lines().last(), Some(way_on), "{again:?}");
    place.run(&["workspaces", "set", "acme", "--credits-per-month", "none"]).ends_with(0);
    let ran = place.run(&["jobs", "run", job, "--workspace", "acme"]).ends_with(2);
    assert!(ran.err.contains("What is left may cost up to "), "more than was agreed to has its price told: {ran:?}");
    let ran = place.run(&["jobs", "run", job, "--workspace", "acme", "--yes"]).ends_with(0);
    assert!(ran.out.starts_with("“Money” in all: 25 asked · "), "{ran:?}");
    for wrong in ["few", "99999999999", "1000000000"] {
        let ran = place.run(&["workspaces", "set", "acme", "--credits-per-day", wrong]).ends_with(2);
        let said = format!("“{wrong}” is no cap. Write a whole number of credits, 0 to 999,999,999, or none.\n");
        assert_eq!(ran.err, said);
    }
}

#[test]
fn each_cap_that_stops_a_payment_is_told_with_the_option_that_raises_it() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    for option in ["--credits-per-job", "--credits-per-day", "--credits-per-month", "--credits-in-all"] {
        place.run(&["workspaces", "set", "acme", option, "0"]).ends_with(0);
        let ran = enrich(&place, &["--persona", "Money", "--yes"]).ends_with(3);
        let told = format!(" workspaces set acme {option} N, then go on with: ");
        assert!(ran.err.contains(&told) && ran.err.trim_end().ends_with(" --persona Money --yes"), "{ran:?}");
        place.run(&["workspaces", "set", "acme", option, "none"]).ends_with(0);
    }
}

#[test]
fn a_job_that_waits_for_its_own_sake_does_not_keep_the_next_from_being_run() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    let set = |option: &str, value: &str| {
        place.run(&["workspaces", "set", "acme", option, value]).ends_with(0);
    };
    set("--credits-per-month", "4");
    enrich(&place, &["--persona", "Money", "--yes"]).ends_with(3);
    // An export of free pages, which ran out of the hour's calls.
    let to = place.file("all.csv").display().to_string();
    let spent = usage(&place)["workspaces"][0]["calls"].as_u64().unwrap();
    set("--calls-per-hour", &(spent + 2).to_string());
    place.run(&["export", "--workspace", "acme", "--seniority", "manager", "--to", &to]).ends_with(3);
    let states = || -> Vec<String> {
        let list = place.run(&["jobs", "list", "--workspace", "acme", "--json"]).ends_with(0).answer();
        list.as_array().unwrap().iter().map(|job| job["state"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(states(), ["paused", "paused"]);
    let ran = place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(3);
    assert!(
        ran.err.contains("“Money”: The cap of 4 credits") && ran.err.contains("frees at"),
        "both are tried: {ran:?}"
    );
    set("--calls-per-hour", "1000");
    let ran = place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(3);
    assert!(ran.out.starts_with("Exported "), "{ran:?}");
    let said = "“Money”: The cap of 4 credits for this month leaves";
    assert!(ran.err.contains(said) && ran.err.contains("--credits-per-month N"), "{ran:?}");
    set("--credits-per-month", "none");
    let ran = place.run(&["jobs", "run", "--workspace", "acme", "--json"]).ends_with(2);
    assert_eq!(ran.answer()[0]["state"], "paused", "{ran:?}");
    assert!(ran.err.contains("\"code\":\"not_confirmed\"") && ran.err.contains("may cost up to"), "{ran:?}");
    place.run(&["jobs", "run", "--workspace", "acme", "--yes"]).ends_with(0);
}

#[test]
fn what_is_shared_keeps_all_jobs_from_being_run() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    place.run(&["workspaces", "set", "acme", "--calls-per-hour", "1"]).ends_with(0);
    for file in ["one.csv", "two.csv"] {
        let to = place.file(file).display().to_string();
        place.run(&["export", "--workspace", "acme", "--seniority", "manager", "--to", &to]).ends_with(3);
    }
    let ran = place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(3);
    assert_eq!(ran.err.matches("frees at").count(), 1, "{ran:?}");
}

#[test]
fn a_cap_that_leaves_nothing_is_said_once_whether_or_not_the_price_was_agreed_to() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    place.run(&["workspaces", "set", "acme", "--credits-per-month", "0"]).ends_with(0);
    for yes in [&["--persona", "Money"][..], &["--persona", "Money", "--yes"]] {
        let ran = enrich(&place, yes).ends_with(3);
        assert_eq!(ran.err.matches("The cap of 0 credits for this month").count(), 1, "{ran:?}");
        assert!(!ran.err.contains("Add --yes"), "{ran:?}");
    }
    assert_eq!(place.run(&["jobs", "list", "--workspace", "acme"]).ends_with(0).out, "", "nothing was begun");
}

#[test]
fn a_search_of_full_rows_that_a_cap_holds_says_which_option_raises_it() {
    let apollo = sandbox(Plan::Professional);
    let place = place(&apollo, RICH);
    place.run(&["workspaces", "set", "acme", "--credits-per-job", "0"]).ends_with(0);
    let ran = place.run(&["search", "--workspace", "acme", "--title", "CFO"]).ends_with(3);
    assert!(ran.err.contains("The cap of 0 credits for this job"), "{ran:?}");
    assert!(ran.err.contains(" workspaces set acme --credits-per-job N, then go on with: "), "{ran:?}");
    assert!(apollo.requests().iter().all(|request| request.charged_hundredths == 0));
}

#[test]
fn what_may_be_paid_at_most_is_a_number_that_can_be_paid() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    for typed in ["0", "99999999999", "few"] {
        let ran = enrich(&place, &["--persona", "Money", "--max-credits", typed, "--json"]).ends_with(2);
        assert_eq!(ran.complaint(), ("bad_input".into(), "max_credits".into()));
        assert!(ran.error()["message"].as_str().unwrap().contains("from 1 to 999,999,999"), "{ran:?}");
    }
}

#[test]
fn lines_of_a_file_that_name_nobody_are_told_and_left_out_and_are_bad_input_where_there_are_no_others() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    let file = place.file("ids.txt");
    let ids = ["--ids", file.to_str().unwrap()];
    std::fs::write(&file, "somebody@org.example\n\nhello world\n???\n").unwrap();
    let some = enrich(&place, &ids).ends_with(2);
    assert!(some.out.starts_with("3 selected · 2 with nothing to ask by · 1 to enrich"), "{some:?}");
    assert!(some.err.contains("3 “hello world”, 4 “???”. Left out.\n"), "{some:?}");
    let piped = ["people", "enrich", "--workspace", "acme", "--ids", "-"];
    let empty = place.run_with_input(&piped, "\n").ends_with(2);
    assert_eq!(empty.err, "Standard input is empty: it takes one person a line.\n");
    std::fs::write(&file, "hello world\n").unwrap();
    let none = enrich(&place, &ids).ends_with(2);
    assert_eq!(none.out, "");
    assert!(none.err.starts_with("This line is no id, e-mail address, LinkedIn profile"), "{none:?}");
}

#[test]
fn pages_of_full_rows_are_held_by_the_caps_and_stand_in_the_ledger() {
    let apollo = sandbox(Plan::Professional);
    let place = place(&apollo, RICH);
    let set = place.run(&["workspaces", "set", "acme", "--credits-per-month", "1"]).ends_with(0);
    assert!(set.out.contains("at most 1 credit a month"), "{set:?}");
    let calls = apollo.requests().len();
    let file = place.file("all.csv");
    let export = ["export", "--workspace", "acme", "--persona", "Money", "--yes", "--to", file.to_str().unwrap()];
    let ran = place.run(&export).ends_with(3);
    assert!(ran.err.contains("The cap of 1 credit for this month leaves 0 credits"), "{ran:?}");
    assert!(ran.err.contains(" workspaces set acme --credits-per-month N, then go on with: "), "{ran:?}");
    assert_eq!(apollo.requests().len(), calls, "the page that was searched may have used it up");
    let page = &usage(&place)["workspaces"][0]["entries"][0];
    assert_eq!((&page["state"], &page["unknown"]), (&"price_untold".into(), &1.0.into()));
    let check = place.run(&["account", "check", "--workspace", "acme", "--json"]).ends_with(0).answer();
    let full = check["endpoints"].as_array().unwrap().iter().find(|one| one["endpoint"] == "mixed_people/search");
    assert_eq!((&full.unwrap()["allowed"], &full.unwrap()["used_at"]), (&"yes".into(), &page["at"]), "{check}");
    let told = place.run(&["account", "check", "--workspace", "acme"]).ends_with(0).out;
    assert!(told.contains("mixed_people/search\topen, used 20"), "{told}");
    assert!(told.contains("people/bulk_match\tnot tried\t"), "{told}");
}

#[test]
fn a_lost_answer_waits_for_the_users_word() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    apollo.set_faults("charged-5xx=1".parse().unwrap());
    let ran = enrich(&place, &["--persona", "Money", "--yes"]).ends_with(4);
    apollo.set_faults(Faults::none());
    assert!(ran.err.contains("nobody knows whether it was charged") && ran.err.contains("Go on with: "), "{ran:?}");
    assert!(ran.err.contains("people undecided list --workspace acme") && !ran.err.contains("NAME"), "{ran:?}");
    let ledger = place.run(&["usage", "--workspace", "acme"]).ends_with(0).out;
    assert!(ledger.contains("\t10 people, no answer\t") && !ledger.contains("0 of 10"), "{ledger}");
    let list = place.run(&["people", "undecided", "list", "--workspace", "acme", "--json"]).ends_with(0).answer();
    assert_eq!((&list[0]["people"], &list[0]["why"]), (&10.into(), &"unavailable".into()));
    let number = list[0]["number"].to_string();
    let about = |word: &str, more: &[&str]| {
        place.run(&[&["people", "undecided", word, &number, "--workspace", "acme"], more].concat())
    };
    let early = about("look-up", &[]).ends_with(3);
    assert!(early.err.contains("too early to tell") && early.err.contains(" Look again from "), "{early:?}");
    about("accept", &[]).ends_with(0);
    let bound = about("retry", &[]).ends_with(2);
    assert!(bound.err.contains("up to 10 credits") && bound.err.contains("Add --yes to pay them."), "{bound:?}");
    let retried = about("retry", &["--yes"]).ends_with(0);
    assert!(retried.out.starts_with("10 asked · "), "{retried:?}");
    assert_eq!(about("accept", &["--json"]).status, 2, "it was settled by asking again");
}

#[test]
fn what_waits_for_apollos_count_says_from_when_and_ends_as_a_limit() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    apollo.set_faults("charged-5xx=1".parse().unwrap());
    enrich(&place, &["--persona", "Money", "--yes"]).ends_with(4);
    apollo.set_faults(Faults::none());
    let ran = enrich(&place, &["--persona", "Money", "--yes"]).ends_with(3);
    let told = ran.err.lines().find(|line| line.contains("Apollo's own count")).unwrap();
    assert!(told.contains("can tell from ") && told.contains(':'), "{ran:?}");
    assert!(ran.err.trim_end().ends_with(" --workspace acme --wait"), "{ran:?}");
    let list = place.run(&["jobs", "list", "--workspace", "acme", "--json"]).ends_with(0).answer();
    let held = list.as_array().unwrap().iter().find(|job| job["reason"]["code"] == "to_be_counted").unwrap();
    let again = ["jobs", "run", held["id"].as_str().unwrap(), "--workspace", "acme"];
    assert!(place.run(&again).ends_with(3).err.contains("can tell from "));
}

#[test]
fn whom_to_enrich_is_said_in_one_way_and_read_from_a_file() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    for arguments in
        [vec![], vec!["--persona", "Money", "--run", "1"], vec!["--persona", "Nobody"], vec!["--ids", "none.txt"]]
    {
        assert_eq!(enrich(&place, &arguments).ends_with(2).out, "", "{arguments:?}");
    }
    let people = place.run(&["people", "list", "--workspace", "acme", "--json"]).ends_with(0).answer();
    let id = people["people"][0]["id"].as_str().unwrap();
    let file = place.file("ids.txt");
    std::fs::write(&file, format!("{id}\n\n{id}\nnobody@nowhere.example\n")).unwrap();
    let ran = enrich(&place, &["--ids", file.to_str().unwrap(), "--yes"]).ends_with(0);
    assert!(ran.out.starts_with("3 selected · 1 selected twice · 2 to enrich in 1 call"), "{ran:?}");
    assert!(ran.out.contains("2 asked · 1 found · 1 e-mail address · 1 not found"), "{ran:?}");
}

#[test]
fn an_account_is_checked_without_a_credit_and_each_no_has_its_advice() {
    let apollo = sandbox(Plan::Basic);
    let place = place(&apollo, RICH);
    let check = |key: &str| {
        let mut command = place.command(&["account", "check", "--workspace", "acme", "--json"]);
        command.env("FORAY_APOLLO_KEY", key);
        finish(command)
    };
    let rich = check(RICH).ends_with(0).answer();
    assert_eq!((&rich["valid"], &rich["credits_left"]), (&true.into(), &10_000.0.into()));
    let full =
        rich["endpoints"].as_array().unwrap().iter().find(|one| one["endpoint"] == "mixed_people/search").unwrap();
    assert_eq!(full["allowed"], "no", "the search has found that out");
    let narrow = check("search-only-key-of-a-test").ends_with(0).answer();
    let refused = narrow["endpoints"].as_array().unwrap().iter().filter(|one| one["allowed"] == "no");
    assert!(refused.clone().count() > 0 && refused.clone().all(|one| one["advice"].is_string()), "{narrow}");
    let wrong = check("wrong-key-of-a-test").ends_with(5).answer();
    assert_eq!((&wrong["valid"], &wrong["calls_spent"]), (&false.into(), &1.into()));
    assert!(charged(&apollo) < 0.005);
}
