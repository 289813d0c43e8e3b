//! `cargo xtask test`: all set-up, then every check. A failing check stops nothing; failed set-up stops everything.

use std::process::ExitCode;

use crate::counts;
use crate::front_end;
use crate::health;
use crate::project::{Project, without_own_settings};
use crate::report::Report;
use crate::session::Session;
use crate::system;
use crate::trouble::Trouble;

/// A part of the checks that a developer can ask for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Format,
    Ui,
    Clippy,
    Health,
    Rust,
    Keyring,
    E2e,
}

impl Part {
    const ALL: [(&'static str, Self); 7] = [
        ("format", Self::Format),
        ("ui", Self::Ui),
        ("clippy", Self::Clippy),
        ("health", Self::Health),
        ("rust", Self::Rust),
        ("keyring", Self::Keyring),
        ("e2e", Self::E2e),
    ];

    /// Reads `--only NAME …`; no argument means all parts.
    pub fn chosen(arguments: &[String]) -> Result<Vec<Self>, Trouble> {
        if arguments.is_empty() {
            return Ok(Self::ALL.map(|(_, part)| part).to_vec());
        }
        let mut chosen = Vec::new();
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let name = match word.split_once('=') {
                Some(("--only", name)) => name,
                None if word == "--only" => words.next().map_or("", String::as_str),
                _ => return Err(Trouble::Usage(format!("`test` takes no `{word}`"))),
            };
            match Self::ALL.into_iter().find(|(known, _)| *known == name) {
                Some((_, part)) => chosen.push(part),
                None => return Err(Trouble::Usage(format!("`--only` takes no `{name}`"))),
            }
        }
        Ok(chosen)
    }

    /// Whether the window is compiled, for which its pages must be there.
    fn compiles_window(self) -> bool {
        matches!(self, Self::Clippy | Self::Health | Self::Rust | Self::E2e)
    }
}

/// Runs the chosen parts and reports.
pub fn test(project: &Project, parts: &[Part]) -> ExitCode {
    let mut report = Report::default();
    if set_up(project, parts, &mut report) {
        for part in Part::ALL.map(|(_, part)| part).into_iter().filter(|part| parts.contains(part)) {
            run_part(project, part, &mut report);
        }
    } else {
        report.fail("checks", "not run, because the set-up did not succeed");
    }
    report.finish()
}

/// Does what the chosen parts stand on; false when they cannot be run.
fn set_up(project: &Project, parts: &[Part], report: &mut Report) -> bool {
    if !report.work("Rust tools", || system::ensure_rust_components(project)) {
        return false;
    }
    if parts == [Part::Format] {
        return true;
    }
    if !report.work("system packages", || system::ensure(project, &[system::WINDOW, system::TESTS])) {
        return false;
    }
    let whole_front_end = parts.contains(&Part::Ui);
    if !whole_front_end && !parts.iter().any(|part| part.compiles_window()) {
        return true;
    }
    if !report.work("Node", || front_end::ensure_node(project)) {
        return false;
    }
    let modules = if whole_front_end {
        report.check("npm ci", &mut project.npm(front_end::INSTALL))
    } else {
        report.work("front end modules", || front_end::ensure_modules(project))
    };
    // The window carries the pages, so they are built before anything of Rust is.
    modules && report.check("front end build", &mut project.npm(["run", "build"]))
}

fn run_part(project: &Project, part: Part, report: &mut Report) {
    match part {
        Part::Format => {
            report.check("cargo fmt", &mut project.cargo(["fmt", "--all", "--check"]));
        }
        Part::Ui => front_end_checks(project, report),
        Part::Clippy => {
            let clippy = ["clippy", "--workspace", "--all-targets", "--features", "e2e", "--", "-D", "warnings"];
            report.check("cargo clippy", &mut project.cargo(clippy));
        }
        Part::Health => health::health(project, report),
        Part::Rust => {
            let command = project.cargo(["test", "--workspace", "--no-fail-fast"]);
            report.tests("cargo test", &mut without_own_settings(command), counts::from_cargo);
        }
        Part::Keyring => keyring(project, report),
        Part::E2e => end_to_end(project, report),
    }
}

fn front_end_checks(project: &Project, report: &mut Report) {
    report.check("front end types and lint", &mut project.npm(["run", "check"]));
    let mut unit = without_own_settings(project.npm(["test"]));
    // Without it some runners stay and watch the files.
    unit.env("CI", "1");
    report.tests("front end tests", &mut unit, counts::from_front_end);

    let name = "front end in a browser";
    let Some(browser) = system::browser() else {
        report.skip(name, "neither Chromium nor Chrome was found");
        return;
    };
    let mut pages = without_own_settings(project.npm(["run", "test:ui"]));
    pages.env("CI", "1").env("FORAY_CHROMIUM", browser);
    report.tests(name, &mut pages, counts::from_front_end);
}

/// The keyring of the operating system, as core really uses it.
fn keyring(project: &Project, report: &mut Report) {
    let name = "keyring";
    if !cfg!(target_os = "linux") {
        report.skip(name, "needs a Secret Service session, which only Linux has");
        return;
    }
    // The whole workspace is named so that its dependencies, which `cargo test` built, serve again.
    let mut command = project.cargo(["test", "--workspace", "--test", "keyring"]);
    command.env("FORAY_TEST_KEYRING", "1");
    match Session::new("keys") {
        Ok(session) => {
            report.tests(name, &mut session.wrap(project, &command), counts::from_cargo);
        }
        Err(trouble) => report.fail(name, &trouble.to_string()),
    }
}

/// The real window, driven by `WebDriver`.
fn end_to_end(project: &Project, report: &mut Report) {
    let name = "end to end";
    if !cfg!(target_os = "linux") {
        report.skip(name, "needs Xvfb and WebKitWebDriver, which only Linux has");
        return;
    }
    // Builds the window too, as cargo does for every integration test.
    let build = ["test", "--workspace", "--features", "e2e", "--test", "e2e", "--no-run"];
    if !report.check("end to end build", &mut project.cargo(build)) {
        report.fail(name, "not run, because its build did not succeed");
        return;
    }
    // One window at a time: on a display without a window manager a new one takes the keyboard from the others.
    let run = ["test", "--workspace", "--features", "e2e", "--test", "e2e", "--", "--test-threads=1"];
    match Session::with_display(project, "e2e") {
        Ok(session) => {
            report.tests_with_second_try(name, |named| {
                let mut command = project.cargo(run);
                command.env("FORAY_E2E_BINARY", project.debug_binary("foray"));
                if !named.is_empty() {
                    command.arg("--exact").args(named);
                }
                session.wrap(project, &command)
            });
        }
        Err(trouble) => report.fail(name, &trouble.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn chosen(words: &[&str]) -> Result<Vec<Part>, Trouble> {
        Part::chosen(&words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn every_part_is_run_unless_some_are_chosen() {
        assert_eq!(chosen(&[]).unwrap().len(), Part::ALL.len());
        assert_eq!(chosen(&["--only", "e2e"]).unwrap(), [Part::E2e]);
        assert_eq!(chosen(&["--only", "rust", "--only=ui"]).unwrap(), [Part::Rust, Part::Ui]);
    }

    #[test]
    fn a_wrong_choice_is_refused() {
        assert!(matches!(chosen(&["--only", "everything"]), Err(Trouble::Usage(_))));
        assert!(matches!(chosen(&["--only"]), Err(Trouble::Usage(_))));
        assert!(matches!(chosen(&["--fast"]), Err(Trouble::Usage(_))));
    }
}
