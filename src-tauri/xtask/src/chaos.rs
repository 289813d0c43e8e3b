//! `cargo xtask chaos`: the chaos tests of the call limiter, of jobs and of enrichment, for as long as one likes. The tests themselves are
//! foray-core's, the same that `cargo xtask test` runs for some seconds; nothing is decided here.

use std::process::ExitCode;
use std::time::Duration;

use crate::project::{Project, without_own_settings};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// What can be shaken: its name, the test binary, the test in it.
const SUBJECTS: [(&str, &str, &str); 3] = [
    ("limiter", "ledger_processes", "chaos::kills_at_any_moment_lose_at_most_one_call_each_and_no_window_goes_over"),
    (
        "jobs",
        "job_processes",
        "chaos::an_export_killed_at_any_moment_comes_to_the_same_bytes_and_repeats_no_committed_page",
    ),
    (
        "enrich",
        "enrich_processes",
        "chaos::an_enrichment_killed_at_any_moment_pays_for_nobody_twice_and_its_books_hold",
    ),
];

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// The test binary, and the test in it.
    binary: &'static str,
    test: &'static str,
    length: Duration,
    /// The test has one of its own.
    seed: Option<u64>,
}

impl Run {
    /// Reads `limiter|jobs|enrich [--minutes N] [--seed S]`.
    pub fn chosen(arguments: &[String]) -> Result<Self, Trouble> {
        let mut words = arguments.iter();
        let Some(named) = words.next() else {
            let message = "`chaos` wants to know what for: `chaos limiter`, `chaos jobs` or `chaos enrich`";
            return Err(Trouble::Usage(message.to_owned()));
        };
        let Some((_, binary, test)) = SUBJECTS.into_iter().find(|(name, ..)| name == named) else {
            return Err(Trouble::Usage(format!("`chaos` knows no `{named}`")));
        };
        let mut run = Self { binary, test, length: Duration::from_mins(1), seed: None };
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
                _ => return Err(Trouble::Usage(format!("`chaos {named}` takes no `{word}`"))),
            }
        }
        Ok(run)
    }
}

/// Runs it and passes on what it says; a breach is a failure.
pub fn chaos(project: &Project, run: &Run) -> Result<ExitCode, Trouble> {
    // The whole workspace is named so that its dependencies, which `cargo test` built, serve again.
    let arguments = ["test", "--workspace", "--test", run.binary, "--", "--exact", run.test, "--nocapture"];
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
    fn subject_length_and_seed_may_be_chosen() {
        let run = chosen("limiter").unwrap();
        assert_eq!((run.binary, run.length, run.seed), ("ledger_processes", Duration::from_mins(1), None));
        let run = chosen("jobs --minutes 90 --seed=7").unwrap();
        assert_eq!((run.binary, run.length, run.seed), ("job_processes", Duration::from_mins(90), Some(7)));
    }

    #[test]
    fn a_wrong_line_is_refused() {
        for line in ["", "breaker", "limiter --minutes", "limiter --minutes 0", "jobs --seed x", "limiter --fast 3"] {
            assert!(matches!(chosen(line), Err(Trouble::Usage(_))), "{line}");
        }
    }

    #[test]
    fn the_tests_are_where_they_are_looked_for() {
        for (_, binary, test) in SUBJECTS {
            let file = Project::find().unwrap().path(&format!("src-tauri/core/tests/{binary}/chaos.rs"));
            let name = test.rsplit("::").next().unwrap();
            assert!(std::fs::read_to_string(file).unwrap().contains(&format!("fn {name}()")), "{name}");
        }
    }
}
