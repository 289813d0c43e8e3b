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
