//! `jobs`: what exports leave behind, how it is seen, told, and gone on with.

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use foray_sandbox::{Options, Plan};
use serde_json::Value;

use crate::runner::{KEY, Place, Ran, keys, sandbox, small, start};

/// On the free endpoint, so that nothing costs credits; so many calls an hour.
fn acme(calls: u32) -> (std::sync::Arc<foray_sandbox::Sandbox>, Place) {
    let apollo = start(Options { plan: Plan::Basic, ..small() });
    let place = Place::acme(&apollo, KEY);
    place.run(&["workspaces", "set", "acme", "--endpoint", "free"]).ends_with(0);
    limit(&place, calls);
    (apollo, place)
}

fn limit(place: &Place, calls: u32) {
    place.run(&["workspaces", "set", "acme", "--calls-per-hour", &calls.to_string()]).ends_with(0);
}

fn export(place: &Place, file: &str, more: &[&str]) -> Vec<String> {
    let to = place.file(file).display().to_string();
    let fixed = ["export", "--workspace", "acme", "--seniority", "manager", "--to", &to];
    fixed.iter().chain(more).map(ToString::to_string).collect()
}

fn run(place: &Place, arguments: &[String]) -> Ran {
    place.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn jobs(place: &Place) -> Vec<Value> {
    let ran = place.run(&["jobs", "list", "--workspace", "acme", "--json"]).ends_with(0);
    assert_eq!(ran.err, "");
    ran.answer().as_array().unwrap().clone()
}

/// Starts an export that waits; answers it with its id once it does.
fn waiting(place: &Place) -> (Child, String) {
    let arguments = export(place, "all.csv", &["--wait"]);
    let child = place.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).spawn().unwrap();
    (child, id_of_waiting(place))
}

fn id_of_waiting(place: &Place) -> String {
    let patience = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(job) = jobs(place).into_iter().find(|job| job["state"] == "waiting") {
            return job["id"].as_str().unwrap().to_owned();
        }
        assert!(Instant::now() < patience, "it never waited: {:?}", jobs(place));
    }
}

fn pages(apollo: &foray_sandbox::Sandbox) -> Vec<u64> {
    apollo.requests().iter().map(|request| request.body["page"].as_u64().unwrap()).collect()
}

#[test]
fn an_export_that_is_out_of_calls_is_a_paused_job_and_run_goes_on_with_it() {
    let (apollo, place) = acme(2);
    run(&place, &export(&place, "all.csv", &[])).ends_with(3);
    let left = jobs(&place).pop().unwrap();
    assert_eq!((&left["state"], &left["reason"]["code"]), (&"paused".into(), &"rate_limited".into()));
    assert_eq!((&left["progress"]["pages"], &left["title"]), (&2.into(), &"seniority manager".into()));
    let id = left["id"].as_str().unwrap();
    let listed = place.run(&["jobs", "list", "--workspace", "acme"]).ends_with(0).out;
    let minute = left["created_at"].as_str().unwrap()[..16].replace('T', " ");
    let head = format!("{}\tpaused\tseniority manager\t{minute} UTC\t", &id[..8]);
    assert!(listed.starts_with(&head), "jobs of one name are told apart by when they were asked for: {listed}");

    let refused = place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(3);
    assert!(refused.err.contains("frees at") && refused.err.contains("Go on with: "), "{refused:?}");
    assert!(
        refused.err.contains(&format!("jobs run {id} --workspace acme")),
        "it names the job, which may be paused by then: {refused:?}"
    );
    limit(&place, 100);
    let done = place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(0);
    assert!(done.out.starts_with("Exported "), "{done:?}");
    assert!(place.file("all.csv").exists() && !place.file("all.partial.csv").exists());
    assert!(pages(&apollo).windows(2).all(|pair| pair[1] == pair[0] + 1), "each page once");
    let shown = place.run(&["jobs", "show", &id[..8], "--workspace", "acme"]).ends_with(0).out;
    assert!(shown.contains("State: done") && shown.contains("Exported "), "{shown}");
    assert_eq!(place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(0).out, "", "nothing is left");
}

#[test]
fn a_waiting_export_goes_on_when_calls_come_and_gives_the_bytes_of_one_that_never_waited() {
    let (apollo, place) = acme(2);
    let (child, _) = waiting(&place);
    assert_eq!(apollo.requests().len(), 1, "one of two is left to clicks");
    limit(&place, 100);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(pages(&apollo).windows(2).all(|pair| pair[1] == pair[0] + 1), "each page once");
    let ids = |file: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_path(place.file(file)).unwrap();
        reader.records().map(|record| record.unwrap()[0].to_owned()).collect()
    };
    run(&place, &export(&place, "again.csv", &[])).ends_with(0);
    assert_eq!(ids("all.csv"), ids("again.csv"));
}

#[test]
fn a_job_that_another_process_runs_can_be_paused_and_not_run_twice() {
    let (_apollo, place) = acme(2);
    let (child, id) = waiting(&place);
    let twice = place.run(&["jobs", "run", &id, "--workspace", "acme", "--json"]).ends_with(2);
    assert_eq!(twice.complaint().0, "bad_input");
    let told = place.run(&["jobs", "pause", &id, "--workspace", "acme"]).ends_with(0).out;
    assert!(told.contains(", pausing"), "{told}");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("paused or cancelled from another") && said.contains("Go on with: "), "{said}");
    assert_eq!(jobs(&place)[0]["state"], "paused");
    assert_eq!(place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(0).out, "", "the user paused it");
    let resumed = place.run(&["jobs", "resume", &id, "--workspace", "acme"]).ends_with(0).out;
    assert!(resumed.contains("\tqueued\t"), "{resumed}");
    let cancelled = place.run(&["jobs", "cancel", &id, "--workspace", "acme"]).ends_with(0).out;
    assert!(cancelled.contains("\tcancelled\t"), "{cancelled}");
    assert!(place.file("all.partial.csv").exists(), "what was fetched stays");
}

#[test]
fn a_killed_export_is_left_paused_and_its_journal_goes_on() {
    let (apollo, place) = acme(2);
    let (mut child, _) = waiting(&place);
    child.kill().unwrap();
    child.wait().unwrap();
    let left = jobs(&place).pop().unwrap();
    // It was to wait, so whoever runs jobs goes on with it.
    assert_eq!((&left["state"], &left["by_itself"]), (&"queued".into(), &true.into()));
    limit(&place, 100);
    place.run(&["jobs", "run", "--workspace", "acme"]).ends_with(0);
    assert!(pages(&apollo).windows(2).all(|pair| pair[1] == pair[0] + 1), "each page once");
}

#[test]
fn going_on_with_what_costs_credits_needs_a_yes_that_has_seen_the_bound() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    limit(&place, 2);
    run(&place, &export(&place, "all.csv", &["--yes"])).ends_with(3);
    let id = jobs(&place)[0]["id"].as_str().unwrap().to_owned();
    place.run(&["jobs", "cancel", &id, "--workspace", "acme"]).ends_with(0);
    limit(&place, 100);
    let refused = place.run(&["jobs", "run", &id, "--workspace", "acme"]).ends_with(2);
    assert!(refused.err.starts_with("What is left may cost up to ") && refused.err.contains("--yes"), "{refused:?}");
    let done = place.run(&["jobs", "run", &id, "--workspace", "acme", "--yes", "--json"]).ends_with(0).answer();
    assert_eq!((&done[0]["state"], &done[0]["result"]["kind"]), (&"done".into(), &"export".into()));
    assert!(fs::read_to_string(place.file("all.receipt.json")).unwrap().contains("\"credits_spent\": null"));
}

#[test]
fn forgetting_all_that_is_kept_tells_of_interrupted_exports_and_takes_them_along_when_asked() {
    let (apollo, place) = acme(2);
    run(&place, &export(&place, "all.csv", &[])).ends_with(3);
    let forget =
        |more: &[&str]| place.run(&[&["cache", "forget", "--all", "--workspace", "acme"], more].concat()).ends_with(0);
    let told = forget(&[]);
    assert_eq!(told.out, "2 answers forgotten.\n");
    assert!(told.err.contains("1 interrupted export kept") && told.err.contains("--exports"), "{told:?}");
    assert_eq!(jobs(&place).len(), 1);
    assert!(forget(&["--exports"]).out.starts_with("1 interrupted export forgotten."));
    assert!(jobs(&place).is_empty());
    assert_eq!(forget(&["--exports"]).out, "0 answers forgotten.\n");

    limit(&place, 100);
    run(&place, &export(&place, "all.csv", &[])).ends_with(0);
    let first_page = pages(&apollo).iter().filter(|page| **page == 1).count();
    assert_eq!(first_page, 2, "it began anew");
    place.run(&["cache", "forget", "--exports", "--workspace", "acme"]).ends_with(2);
}

#[test]
fn an_export_that_nobody_may_ask_for_leaves_no_empty_file() {
    let place = Place::empty().at(&start(small()));
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    let ran = run(&place, &export(&place, "all.csv", &[])).ends_with(5);
    assert!(ran.err.contains("begins it again") && ran.err.contains("Go on with: "), "{ran:?}");
    assert!(!place.file("all.csv").exists() && !place.file("all.partial.csv").exists());
}

#[test]
fn a_job_is_named_by_its_id_and_shown_whole() {
    let (_apollo, place) = acme(1);
    run(&place, &export(&place, "all.csv", &[])).ends_with(3);
    let id = jobs(&place)[0]["id"].as_str().unwrap().to_owned();
    let shown = place.run(&["jobs", "show", &id[..6], "--workspace", "acme", "--json"]).ends_with(0).answer();
    let expected = [
        "by_itself",
        "created_at",
        "ended_at",
        "id",
        "needs_consent",
        "progress",
        "reason",
        "result",
        "spec",
        "started_at",
        "state",
        "title",
        "wish",
        "workspace",
    ];
    assert_eq!(keys(&shown), expected);
    for command in ["show", "pause", "resume", "cancel", "run"] {
        let ran = place.run(&["jobs", command, "00000000", "--workspace", "acme"]).ends_with(2);
        assert!(ran.err.contains("There is no job"), "{ran:?}");
    }
    place.run(&["jobs", "list"]).ends_with(2);
}

#[test]
fn a_list_of_nothing_says_so_beside_an_empty_output() {
    let place = Place::empty();
    for (list, said) in [
        (&["jobs", "list"][..], "No job in this workspace.\n"),
        (&["people", "undecided", "list"], "No paid call without an answer in this workspace.\n"),
        (&["people", "runs"], "No run in this workspace: nothing was searched for yet.\n"),
        (&["personas", "list"], "No persona in this workspace.\n"),
    ] {
        let ran = place.run(&[list, &["--workspace", "sample"]].concat()).ends_with(0);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", said), "{list:?}");
        if list[0] != "personas" {
            let json = place.run(&[list, &["--workspace", "sample", "--json"]].concat()).ends_with(0);
            assert_eq!(json.err, "", "{json:?}");
        }
    }
}
