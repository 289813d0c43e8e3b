//! `cargo xtask chaos`: the chaos test of the call limiter, for as long as one likes. The test itself is foray-core's, the same
//! that `cargo xtask test` runs for some seconds; nothing is decided here.

use std::process::ExitCode;
use std::time::Duration;

use crate::project::{Project, without_own_settings};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// The test, inside the test binary `ledger_processes`.
const TEST: &str = "chaos::kills_at_any_moment_lose_at_most_one_call_each_and_no_window_goes_over";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    length: Duration,
    /// The test has one of its own.
    seed: Option<u64>,
}

impl Run {
    /// Reads `limiter [--minutes N] [--seed S]`.
    pub fn chosen(arguments: &[String]) -> Result<Self, Trouble> {
        let mut words = arguments.iter();
        match words.next().map(String::as_str) {
            Some("limiter") => {}
            Some(other) => return Err(Trouble::Usage(format!("`chaos` knows no `{other}`"))),
            None => return Err(Trouble::Usage("`chaos` wants to know what for: `chaos limiter`".to_owned())),
        }
        let mut run = Self { length: Duration::from_mins(1), seed: None };
        while let Some(word) = words.next() {
            let (option, value) = match word.split_once('=') {
                Some(pair) => pair,
                None => (word.as_str(), words.next().map_or("", String::as_str)),
            };
            let number = value.parse::<u64>();
            match (option, number) {
                ("--minutes", Ok(minutes @ 1..=100_000)) => run.length = Duration::from_mins(minutes),
                ("--seed", Ok(seed)) => run.seed = Some(seed),
                ("--minutes" | "--seed", _) => {
                    return Err(Trouble::Usage(format!("`{option}` takes a whole number and no `{value}`")));
                }
                _ => return Err(Trouble::Usage(format!("`chaos limiter` takes no `{word}`"))),
            }
        }
        Ok(run)
    }
}

/// Runs it and passes on what it says; a breach is a failure.
pub fn chaos(project: &Project, run: &Run) -> Result<ExitCode, Trouble> {
    // The whole workspace is named so that its dependencies, which `cargo test` built, serve again.
    let arguments = ["test", "--workspace", "--test", "ledger_processes", "--", "--exact", TEST, "--nocapture"];
    let mut command = without_own_settings(project.cargo(arguments));
    command.env("FORAY_CHAOS_SECONDS", run.length.as_secs().to_string());
    if let Some(seed) = run.seed {
        command.env("FORAY_CHAOS_SEED", seed.to_string());
    }
    must_succeed(&mut command, "the chaos test")?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn chosen(line: &str) -> Result<Run, Trouble> {
        Run::chosen(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn length_and_seed_may_be_chosen() {
        assert_eq!(chosen("limiter").unwrap(), Run { length: Duration::from_mins(1), seed: None });
        let run = Run { length: Duration::from_mins(90), seed: Some(7) };
        assert_eq!(chosen("limiter --minutes 90 --seed=7").unwrap(), run);
    }

    #[test]
    fn a_wrong_line_is_refused() {
        for line in ["", "breaker", "limiter --minutes", "limiter --minutes 0", "limiter --seed x", "limiter --fast 3"]
        {
            assert!(matches!(chosen(line), Err(Trouble::Usage(_))), "{line}");
        }
    }

    #[test]
    fn the_test_is_where_it_is_looked_for() {
        let file = Project::find().unwrap().path("src-tauri/core/tests/ledger_processes/chaos.rs");
        let name = TEST.rsplit("::").next().unwrap();
        assert!(std::fs::read_to_string(file).unwrap().contains(&format!("fn {name}()")));
    }
}
