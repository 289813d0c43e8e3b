//! Runs named steps, times them and sums them up in a table and one last line.

use std::fmt::Write as _;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::counts::{self, Counts};
use crate::stream::{Finished, stream};
use crate::trouble::Trouble;

/// How a step's output is read for numbers of tests.
pub type Counter = fn(&str) -> Counts;

/// How many failed tests are run once more; where more failed, something is broken.
const SECOND_TRIES: usize = 3;

enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

struct Step {
    name: String,
    took: Duration,
    outcome: Outcome,
    counts: Option<Counts>,
}

/// The steps so far.
#[derive(Default)]
pub struct Report {
    steps: Vec<Step>,
    unsteady: Vec<String>,
}

impl Report {
    /// Runs a check that counts as one when it fails; true when it passed.
    pub fn check(&mut self, name: &str, command: &mut Command) -> bool {
        let (took, result) = timed(name, command);
        let outcome = match result {
            Ok(Finished { success: true, .. }) => Outcome::Passed,
            Ok(_) => Outcome::Failed("see its output above".into()),
            Err(error) => Outcome::Failed(could_not_start(command, &error)),
        };
        self.add(name, took, outcome, None)
    }

    /// Runs tests and counts them. A run without any test fails: it proves nothing.
    pub fn tests(&mut self, name: &str, command: &mut Command, counter: Counter) -> bool {
        let (took, result) = timed(name, command);
        let (outcome, counts) = match result {
            Ok(finished) => {
                let counts = counter(&finished.text);
                self.unsteady.extend(counts::unsteady(&finished.text));
                (judge(finished.success, counts), Some(counts))
            }
            Err(error) => (Outcome::Failed(could_not_start(command, &error)), None),
        };
        self.add(name, took, outcome, counts)
    }

    /// Runs tests of cargo's that stand on a display and on timing not ours; a few that fail are run once more by name. What
    /// passes only then is a pass that the summary names, since it is a race of a test or of the product: neither is hidden,
    /// and neither makes a good change look bad.
    pub fn tests_with_second_try(&mut self, name: &str, mut command: impl FnMut(&[String]) -> Command) -> bool {
        self.tried_twice(name, |name, tests| timed(name, &mut command(tests)))
    }

    fn tried_twice(
        &mut self,
        name: &str,
        mut run: impl FnMut(&str, &[String]) -> (Duration, std::io::Result<Finished>),
    ) -> bool {
        let (mut took, result) = run(name, &[]);
        let Ok(first) = result else {
            return self.add(name, took, Outcome::Failed("could not be started".into()), None);
        };
        let mut counts = counts::from_cargo(&first.text);
        let mut success = first.success;
        let failed = counts::failed_of_cargo(&first.text);
        if (1..=SECOND_TRIES).contains(&failed.len()) && failed.len() == counts.failed as usize {
            let (took_again, again) = run(&format!("{name}, once more: {}", failed.join(", ")), &failed);
            took += took_again;
            if let Ok(again) = again {
                let still = counts::failed_of_cargo(&again.text);
                let passed = counts::from_cargo(&again.text).passed;
                counts.failed -= passed;
                counts.passed += passed;
                success = again.success;
                self.unsteady.extend(failed.into_iter().filter(|test| !still.contains(test)));
            }
        }
        self.add(name, took, judge(success, counts), Some(counts))
    }

    /// Records work that is no child process of its own.
    pub fn work(&mut self, name: &str, work: impl FnOnce() -> Result<(), Trouble>) -> bool {
        println!("\n── {name}");
        let start = Instant::now();
        let outcome = match work() {
            Ok(()) => Outcome::Passed,
            Err(trouble) => {
                println!("{trouble}");
                Outcome::Failed("see above".into())
            }
        };
        self.add(name, start.elapsed(), outcome, None)
    }

    /// Records that a step was not run, and why.
    pub fn skip(&mut self, name: &str, why: &str) {
        println!("\n── {name}\nskipped: {why}");
        self.add(name, Duration::ZERO, Outcome::Skipped(why.into()), None);
    }

    /// Records that a step could not be run because of something else that failed.
    pub fn fail(&mut self, name: &str, why: &str) {
        println!("\n── {name}\nfailed: {why}");
        self.add(name, Duration::ZERO, Outcome::Failed(why.into()), None);
    }

    /// Prints the table and the last line, `N passed, N failed, N skipped`.
    pub fn finish(self) -> ExitCode {
        let totals = self.totals();
        println!("\n{}", self.table());
        for test in &self.unsteady {
            println!("passed only when it was run again: {test}");
        }
        println!("{} passed, {} failed, {} skipped", totals.passed, totals.failed, totals.skipped);
        if totals.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn add(&mut self, name: &str, took: Duration, outcome: Outcome, counts: Option<Counts>) -> bool {
        let passed = matches!(outcome, Outcome::Passed);
        self.steps.push(Step { name: name.into(), took, outcome, counts });
        passed
    }

    /// All tests, and one for each step that failed or was skipped as a whole: a failing linter must not
    /// stand above a line that says "0 failed".
    fn totals(&self) -> Counts {
        let mut totals = Counts::default();
        for step in &self.steps {
            let counts = step.counts.unwrap_or_default();
            totals += counts;
            match step.outcome {
                Outcome::Failed(_) if counts.failed == 0 => totals.failed += 1,
                Outcome::Skipped(_) => totals.skipped += 1,
                _ => {}
            }
        }
        totals
    }

    fn table(&self) -> String {
        let width = self.steps.iter().map(|step| step.name.chars().count()).max().unwrap_or(0).max(4);
        let mut table = format!("{:width$}  {:>9}  result\n", "step", "seconds");
        for step in &self.steps {
            let (word, why) = match &step.outcome {
                Outcome::Passed => ("ok", ""),
                Outcome::Failed(why) => ("FAILED", why.as_str()),
                Outcome::Skipped(why) => ("skipped", why.as_str()),
            };
            // Writing to a String cannot fail.
            let _ = write!(table, "{:width$}  {:>9.1}  {word}", step.name, step.took.as_secs_f64());
            if let Some(Counts { passed, failed, skipped }) = step.counts {
                let _ = write!(table, "  {passed} passed, {failed} failed, {skipped} skipped");
            }
            let _ = writeln!(table, "{}{why}", if why.is_empty() { "" } else { "  " });
        }
        table
    }
}

fn judge(success: bool, counts: Counts) -> Outcome {
    match (success, counts) {
        (true, Counts { passed: 0, failed: 0, .. }) => Outcome::Failed("no test was run".into()),
        (true, Counts { failed: 0, .. }) => Outcome::Passed,
        (false, Counts { failed: 0, .. }) => Outcome::Failed("ended badly, see its output above".into()),
        (_, Counts { failed: _, .. }) => Outcome::Failed("see its output above".into()),
    }
}

fn timed(name: &str, command: &mut Command) -> (Duration, std::io::Result<Finished>) {
    println!("\n── {name}");
    let start = Instant::now();
    let result = stream(command);
    (start.elapsed(), result)
}

fn could_not_start(command: &Command, error: &std::io::Error) -> String {
    let reason = format!("could not start {}: {error}", command.get_program().display());
    println!("{reason}");
    reason
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn report(steps: Vec<(&str, Outcome, Option<Counts>)>) -> Report {
        let step = |(name, outcome, counts): (&str, Outcome, Option<Counts>)| Step {
            name: name.into(),
            took: Duration::from_millis(1250),
            outcome,
            counts,
        };
        Report { steps: steps.into_iter().map(step).collect(), unsteady: Vec::new() }
    }

    fn counts(passed: u32, failed: u32, skipped: u32) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn tests_are_added_up_over_the_steps() {
        let report = report(vec![
            ("format", Outcome::Passed, None),
            ("a", Outcome::Passed, Some(counts(5, 0, 1))),
            ("b", Outcome::Failed("x".into()), Some(counts(2, 3, 0))),
        ]);
        assert_eq!(report.totals(), counts(7, 3, 1));
    }

    #[test]
    fn a_step_that_fails_without_a_failed_test_counts_as_one() {
        let report = report(vec![
            ("clippy", Outcome::Failed("x".into()), None),
            ("tests that do not compile", Outcome::Failed("x".into()), Some(counts(0, 0, 0))),
            ("e2e", Outcome::Skipped("only Linux".into()), None),
        ]);
        assert_eq!(report.totals(), counts(0, 2, 1));
    }

    fn ran(text: &str) -> (Duration, std::io::Result<Finished>) {
        (Duration::ZERO, Ok(Finished { success: !text.contains("FAILED"), text: text.to_owned() }))
    }

    const ONE_OF_TWO: &str = "test a ... ok\ntest b ... FAILED\ntest result: FAILED. 1 passed; 1 failed; 0 ignored;\n";

    #[test]
    fn a_test_that_passes_at_the_second_try_is_a_pass_that_is_named() {
        let mut report = Report::default();
        let passes = report.tried_twice("windows", |_, names| match names {
            [] => ran(ONE_OF_TWO),
            names => {
                assert_eq!(names, ["b"]);
                ran("test b ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored;\n")
            }
        });
        assert!(passes);
        assert_eq!((report.totals(), report.unsteady), (counts(2, 0, 0), vec!["b".to_owned()]));
    }

    #[test]
    fn a_test_that_fails_twice_has_failed_and_many_are_not_run_again() {
        let mut report = Report::default();
        let fails = "test b ... FAILED\ntest result: FAILED. 0 passed; 1 failed; 0 ignored;\n";
        assert!(!report.tried_twice("windows", |_, names| ran(if names.is_empty() { ONE_OF_TWO } else { fails })));
        assert_eq!((report.totals(), &report.unsteady[..]), (counts(1, 1, 0), &[][..]));
        let many = "test a ... FAILED\ntest b ... FAILED\ntest c ... FAILED\ntest d ... FAILED\n\
                    test result: FAILED. 0 passed; 4 failed; 0 ignored;\n";
        let mut runs = 0;
        assert!(!report.tried_twice("windows", |_, _| {
            runs += 1;
            ran(many)
        }));
        assert_eq!(runs, 1);
    }

    #[test]
    fn success_without_a_single_test_is_a_failure() {
        assert!(matches!(judge(true, counts(0, 0, 4)), Outcome::Failed(_)));
        assert!(matches!(judge(true, counts(1, 0, 0)), Outcome::Passed));
        assert!(matches!(judge(false, counts(1, 0, 0)), Outcome::Failed(_)));
        assert!(matches!(judge(true, counts(1, 1, 0)), Outcome::Failed(_)));
    }

    #[test]
    fn the_table_has_one_line_per_step_with_its_time_and_result() {
        let table = report(vec![
            ("unit", Outcome::Passed, Some(counts(5, 0, 1))),
            ("e2e", Outcome::Skipped("only Linux".into()), None),
        ])
        .table();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(
            lines,
            [
                "step    seconds  result",
                "unit        1.2  ok  5 passed, 0 failed, 1 skipped",
                "e2e         1.2  skipped  only Linux"
            ]
        );
    }
}
