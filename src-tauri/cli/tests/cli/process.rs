//! The process itself: version, help, what can't be understood, closed pipes, an unusable folder, the stand-in.

use std::fs;
use std::io::{BufRead, BufReader, Read};

use crate::runner::{KEY, Place, keys};

#[test]
fn version_and_help_are_answered_on_standard_output() {
    let place = Place::empty();
    let version = place.run(&["--version"]).ends_with(0);
    assert_eq!(version.out, format!("foray-cli {}\n", env!("CARGO_PKG_VERSION")));
    let help = place.run(&["--help"]).ends_with(0).out;
    for command in ["workspaces", "key", "personas", "search", "export", "status", "sandbox"] {
        assert!(help.contains(command), "{command} in {help}");
    }
    for (command, told) in [("people", "enriching pays Apollo"), ("jobs", "enrichments")] {
        let about = place.run(&[command, "--help"]).ends_with(0).out;
        assert!(about.lines().next().is_some_and(|line| line.contains(told)), "{about}");
    }
    assert!(help.contains("3 a limit (the hour's calls, Apollo's 429, a cap of credits)"), "{help}");
    let enrich = place.run(&["people", "enrich", "--help"]).ends_with(0).out;
    assert!(enrich.contains("it ends with 2") && enrich.contains("1.01 now and then"), "{enrich}");
    let companies = place.run(&["companies", "enrich", "--help"]).ends_with(0).out;
    assert!(companies.contains("those that Apollo did not know"), "companies are nobody: {companies}");
    assert!(!place.file("data").exists(), "help makes no folder");
}

#[test]
fn what_can_not_be_understood_is_bad_input_in_one_line() {
    let place = Place::empty();
    for arguments in [
        &[][..],
        &["fly"],
        &["search"],
        &["search", "--workspace"],
        &["key"],
        &["search", "--workspace", "w", "--titel", "x"],
    ] {
        let ran = place.run(arguments).ends_with(2);
        assert!(ran.out.is_empty() && ran.err.lines().count() == 1, "{ran:?}");
    }
    let ran = place.run(&["search", "--json", "--title", "x"]).ends_with(2);
    assert_eq!(ran.complaint(), ("bad_input".into(), "workspace".into()));
    let ran = place.run(&["people", "undecided", "accept", "abc", "--workspace", "sample"]).ends_with(2);
    let said = "“abc” does not fit <N>. Write the number of a request, which `people undecided list` tells.\n";
    assert_eq!(ran.err, said);
    let ran = place.run(&["fly", "--json"]).ends_with(2);
    assert_eq!(keys(&ran.error()), ["code", "message"]);
}

#[test]
fn a_folder_that_can_not_be_used_ends_with_1() {
    let place = Place::empty();
    fs::write(place.file("data"), "a file").unwrap();
    let ran = place.run(&["status", "--workspace", "sample", "--json"]).ends_with(1);
    assert!(keys(&ran.error()).starts_with(&["code", "message"]), "{ran:?}");
    let spoken = place.run(&["workspaces", "list"]).ends_with(1);
    assert!(spoken.out.is_empty() && spoken.err.lines().count() == 1, "{spoken:?}");
}

#[test]
fn a_damaged_file_is_set_aside_and_told_on_standard_error() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    let registry = place.file("data").join("workspaces.sqlite");
    fs::write(&registry, "no database, but long enough to look at".repeat(99)).unwrap();
    for journal in ["workspaces.sqlite-wal", "workspaces.sqlite-shm"] {
        // There is none where the last run tidied up.
        drop(fs::remove_file(registry.with_file_name(journal)));
    }
    let ran = place.run(&["workspaces", "list"]).ends_with(0);
    assert!(ran.out.starts_with("Sample\t") && !ran.err.is_empty(), "{ran:?}");
    assert!(!ran.err.contains("panicked"), "{ran:?}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = Place::empty();
    for arguments in [&["search", "--workspace", "sample", "--title", "CFO"][..], &["--help"], &["workspaces", "list"]]
    {
        let mut child = place.command(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_can_not_be_written_ends_with_1() {
    let place = Place::empty();
    let mut command = place.command(&["workspaces", "list"]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let child = command.stdout(full).spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), told.lines().count()), (Some(1), 1), "{told}");
}

#[test]
fn the_stand_in_tells_its_origin_on_the_first_line_and_answers_there() {
    let place = Place::empty().with_key(KEY);
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    let arguments = [
        "sandbox", "--port", "0", "--people", "2000", "--seed", "7", "--plan", "free", "--fault", "429=0", "slow=0",
        "--fault", "drop=0",
    ];
    let mut child = place.command(&arguments).spawn().unwrap();
    let mut origin = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut origin).unwrap();
    let origin = origin.trim_end();
    assert!(origin.starts_with("http://127.0.0.1:"), "{origin}");
    let answer = place.search(&["--seniority", "manager", "--apollo-url", origin]).ends_with(0).answer();
    assert_eq!(answer["calls_spent"], 2, "the free plan closes the full endpoint");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_stand_in_that_can_not_be_set_up_is_bad_input() {
    let place = Place::empty();
    for arguments in [
        &["--plan", "gold"][..],
        &["--fault", "teapot=1"],
        &["--fault", "429=0.7", "drop=0.7"],
        &["--port", "99999"],
        &["--seed", "x"],
    ] {
        let ran = place.run(&[&["sandbox"], arguments].concat()).ends_with(2);
        assert!(ran.out.is_empty() && ran.err.lines().count() == 1, "{ran:?}");
    }
}
