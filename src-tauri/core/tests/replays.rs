//! The replays, as somebody else would run them: lines in, lines out, an exit code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs an example; what it wrote, line by line, its words on standard error, its exit code.
fn replay(example: &str, input: &str, arguments: &[&str]) -> (Vec<String>, String, Option<i32>) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--package", "foray-core", "--example", example, "--"]).args(arguments);
    // What cargo told this test about its own package would make the inner cargo build some dependencies anew.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    let mut child = cargo.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A replay that refuses its options closes its input.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout).lines().map(str::to_owned).collect(), text(output.stderr), output.status.code())
}

#[test]
fn the_breaker_replay_answers_each_event_with_the_state_after_it() {
    let mut input = String::new();
    for id in 0..5 {
        writeln!(input, "{{\"at_ms\": 0, \"event\": \"admit\", \"id\": {id}}}").unwrap();
    }
    for id in 0..5 {
        writeln!(input, "{{\"at_ms\": 10, \"event\": \"fail\", \"id\": {id}}}").unwrap();
    }
    input += "{\"at_ms\": 20, \"event\": \"admit\", \"id\": 5}\n";
    input += "{\"at_ms\": 20, \"event\": \"ok\", \"id\": 5}\n";
    input += "{\"at_ms\": 30010, \"event\": \"admit\", \"id\": 6}\n";
    input += "{\"at_ms\": 30020, \"event\": \"ok\", \"id\": 6}\n";
    let (lines, _, code) = replay("breaker_replay", &input, &["--seed", "7"]);
    assert_eq!(code, Some(0));
    assert_eq!(lines[0], r#"{"at_ms":0,"state":"closed","admitted":true}"#);
    assert_eq!(lines[8], r#"{"at_ms":10,"state":"closed","admitted":false}"#);
    assert_eq!(lines[9], r#"{"at_ms":10,"state":"open","admitted":false}"#);
    assert_eq!(lines[10], r#"{"at_ms":20,"state":"open","admitted":false}"#);
    assert_eq!(lines[11], r#"{"at_ms":20,"state":"open","admitted":false}"#);
    assert_eq!(lines[12], r#"{"at_ms":30010,"state":"half_open","admitted":true}"#);
    assert_eq!(lines[13], r#"{"at_ms":30020,"state":"closed","admitted":false}"#);
}

#[test]
fn a_replay_refuses_a_line_it_cannot_read() {
    let (lines, error, code) = replay("breaker_replay", "{\"at_ms\": 0, \"event\": \"explode\", \"id\": 1}\n", &[]);
    assert_eq!((lines.len(), code), (0, Some(2)));
    assert!(error.starts_with("breaker_replay: line 1 is no event: unknown variant `explode`"), "{error}");
    let (_, error, code) = replay("breaker_replay", "", &["--speed", "3"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("“--speed” is no option"), "{error}");
}

#[test]
fn the_limiter_replay_gives_each_tenant_its_hundred_calls() {
    let mut input = String::new();
    for at_ms in 0..101 {
        writeln!(input, "{{\"at_ms\": {at_ms}, \"tenant\": \"acme\", \"cost\": 1}}").unwrap();
    }
    input += "{\"at_ms\": 101, \"tenant\": \"other\", \"cost\": 60}\n";
    input += "{\"at_ms\": 102, \"tenant\": \"other\", \"cost\": 60}\n";
    input += "{\"at_ms\": 3600000, \"tenant\": \"acme\", \"cost\": 1}\n";
    let (lines, _, code) = replay("limiter_replay", &input, &["--seed=1"]);
    assert_eq!(code, Some(0));
    assert_eq!(lines[0], r#"{"success":true,"limit":100,"remaining":99,"reset_ms":0}"#);
    assert_eq!(lines[99], r#"{"success":true,"limit":100,"remaining":0,"reset_ms":3600000}"#);
    assert_eq!(lines[100], r#"{"success":false,"limit":100,"remaining":0,"reset_ms":3600000}"#);
    assert_eq!(lines[101], r#"{"success":true,"limit":100,"remaining":40,"reset_ms":101}"#);
    assert_eq!(lines[102], r#"{"success":false,"limit":100,"remaining":40,"reset_ms":102}"#);
    assert_eq!(lines[103], r#"{"success":true,"limit":100,"remaining":0,"reset_ms":3600001}"#);
}

#[test]
fn a_replay_answers_what_it_could_read_and_refuses_the_rest() {
    let (lines, error, code) =
        replay("limiter_replay", "{\"at_ms\": 0, \"tenant\": 7, \"cost\": 1}\n\nnonsense\n", &[]);
    assert_eq!((lines.len(), code), (1, Some(2)));
    assert!(error.starts_with("limiter_replay: line 3 is no event: "), "{error}");
}

#[test]
fn a_breaker_replay_is_moved_by_no_result_of_a_call_that_was_refused_is_unknown_or_settled() {
    let mut input = String::new();
    let mut event = |at_ms: i64, event: &str, id: i64| {
        writeln!(input, "{{\"at_ms\": {at_ms}, \"event\": \"{event}\", \"id\": {id}}}").unwrap();
    };
    event(0, "admit", 1);
    event(0, "ok", 1);
    for _ in 0..10 {
        event(1, "fail", 1);
        event(1, "timeout", 99);
    }
    // With the success, four failures are most of five.
    for id in 2..6 {
        event(2, "admit", id);
        event(2, "fail", id);
    }
    event(3, "admit", 7);
    for end in ["fail", "ok", "cancel", "slow"] {
        event(4, end, 7);
    }
    event(30_001, "admit", 8);
    event(30_002, "ok", 98);
    event(30_002, "admit", 9);
    event(20_000, "admit", 10);
    let (lines, error, code) = replay("breaker_replay", &input, &[]);
    assert_eq!((code, lines.len()), (Some(0), input.lines().count()), "{error}");
    let states: Vec<&str> = lines.iter().map(|line| line.split('"').nth(5).unwrap()).collect();
    assert!(states[..29].iter().all(|state| *state == "closed"), "{states:?}");
    assert!(states[29..36].iter().all(|state| *state == "open"), "{states:?}");
    let end = &lines[lines.len() - 4..];
    assert_eq!(end[0], r#"{"at_ms":30001,"state":"open","admitted":false}"#, "the pause is as long as it was");
    assert_eq!(end[1], r#"{"at_ms":30002,"state":"half_open","admitted":false}"#);
    assert_eq!(end[2], r#"{"at_ms":30002,"state":"half_open","admitted":true}"#);
    assert_eq!(end[3], r#"{"at_ms":20000,"state":"half_open","admitted":false}"#, "time does not go back");
}

#[test]
fn a_limiter_replay_takes_any_cost_and_frees_nothing_when_time_goes_back() {
    let mut input = String::new();
    for (at_ms, cost) in
        [(1_000, 0_u64), (1_000, 101), (1_000, 1_000_000_000_000), (1_000, 100), (500, 1), (500, 0), (3_601_000, 100)]
    {
        writeln!(input, "{{\"at_ms\": {at_ms}, \"tenant\": null, \"cost\": {cost}}}").unwrap();
    }
    input += "{\"at_ms\": -5, \"tenant\": \"null\", \"cost\": 1}\n{\"at_ms\": 0, \"tenant\": 1, \"cost\": -1}\n";
    let (lines, error, code) = replay("limiter_replay", &input, &["--seed", "18446744073709551615"]);
    assert_eq!(code, Some(2));
    assert!(error.starts_with("limiter_replay: line 9 is no event: "), "{error}");
    let expected = [
        (true, 100, 1_000),
        (false, 100, 1_000),
        (false, 100, 1_000),
        (true, 0, 3_601_000),
        (false, 0, 3_601_000),
        (true, 0, 3_601_000),
        (true, 0, 7_201_000),
        (true, 99, -5),
    ];
    let expected = expected.map(|(success, remaining, reset_ms)| {
        format!(r#"{{"success":{success},"limit":100,"remaining":{remaining},"reset_ms":{reset_ms}}}"#)
    });
    assert_eq!(lines, expected);
}
