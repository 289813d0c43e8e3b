//! Reads how many tests passed, failed and were skipped from the output of the test runners. Pure.

use std::ops::AddAssign;

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Counts {
    fn add(&mut self, word: &str, number: u32) {
        match word {
            "passed" | "pass" => self.passed += number,
            "failed" | "fail" => self.failed += number,
            "skipped" | "ignored" | "todo" | "cancelled" => self.skipped += number,
            _ => {}
        }
    }
}

/// Adds up the `test result:` lines of `cargo test`, one per test binary.
pub fn from_cargo(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in plain(output).lines() {
        let Some((_, result)) = line.trim().split_once("test result: ") else {
            continue;
        };
        let numbers = result.split_once(". ").map_or(result, |(_, numbers)| numbers);
        numbers.split(';').for_each(|part| add_pair(&mut counts, part));
    }
    counts
}

/// Adds up the summary lines of the front end's runners: Vitest (`Tests  2 failed | 5 passed (7)`), Playwright
/// (`5 passed (3.2s)`, each number on its own line), Node's (`# pass 5`) and a plain `5 passed, 0 failed, 0 skipped`.
pub fn from_front_end(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in plain(output).lines() {
        let line = line.trim();
        if let Some(vitest) = line.strip_prefix("Tests ") {
            let numbers = vitest.split_once('(').map_or(vitest, |(numbers, _)| numbers);
            numbers.split('|').for_each(|part| add_pair(&mut counts, part));
        } else if let Some(node) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            let mut words = node.split_whitespace();
            if let (Some(word), Some(Ok(number)), None) = (words.next(), words.next().map(str::parse), words.next()) {
                counts.add(word, number);
            }
        } else {
            let numbers = line.split_once(" (").map_or(line, |(numbers, _)| numbers);
            if numbers.split(", ").all(is_pair) {
                numbers.split(", ").for_each(|part| add_pair(&mut counts, part));
            }
        }
    }
    counts
}

/// The names of the tests that failed, from the lines `test NAME ... FAILED`. Where a test printed something first, its
/// verdict stands on a line of its own and its name is missed.
pub fn failed_of_cargo(output: &str) -> Vec<String> {
    let plain = plain(output);
    let names = plain.lines().filter_map(|line| line.trim().strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    names.map(str::to_owned).collect()
}

/// What a runner says of tests that passed only at their second try: lines `unsteady: NAME`.
pub fn unsteady(output: &str) -> Vec<String> {
    let plain = plain(output);
    plain.lines().filter_map(|line| line.trim().strip_prefix("unsteady: ")).map(str::to_owned).collect()
}

/// Exactly a number and one of the words, as in "5 passed".
fn is_pair(part: &str) -> bool {
    let words: Vec<&str> = part.split(' ').collect();
    matches!(words[..], [number, "passed" | "failed" | "skipped"] if number.parse::<u32>().is_ok())
}

fn add_pair(counts: &mut Counts, part: &str) {
    let mut words = part.split_whitespace();
    if let (Some(Ok(number)), Some(word)) = (words.next().map(str::parse), words.next()) {
        counts.add(word, number);
    }
}

/// The text without terminal colours.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            // A colour is ESC [ numbers m; everything up to the letter belongs to it.
            let _ = characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u32, failed: u32, skipped: u32) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn every_binary_of_cargo_test_counts() {
        let output = "running 3 tests\n\
            test a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            \x1b[1mrunning\x1b[0m\n\
            test result: \x1b[31mFAILED\x1b[0m. 2 passed; 4 failed; 0 ignored; 0 measured; 7 filtered out; finished in 1.20s\n";
        assert_eq!(from_cargo(output), counts(5, 4, 1));
    }

    #[test]
    fn failed_and_unsteady_tests_are_named() {
        let output = "test a::one ... ok\ntest b::two ... \u{1b}[31mFAILED\u{1b}[0m\nunsteady: a flow of two\n";
        assert_eq!(
            (failed_of_cargo(output), unsteady(output)),
            (vec!["b::two".to_owned()], vec!["a flow of two".to_owned()])
        );
    }

    #[test]
    fn a_result_line_after_unfinished_output_counts() {
        assert_eq!(from_cargo("no newline heretest result: ok. 1 passed; 0 failed; 0 ignored"), counts(1, 0, 0));
    }

    #[test]
    fn vitest_counts_its_tests_and_not_its_files() {
        let output = " Test Files  1 failed | 2 passed (3)\n\
            \x1b[2m      Tests \x1b[22m \x1b[31m2 failed\x1b[39m | \x1b[32m15 passed\x1b[39m | 1 skipped | 3 todo (21)\n\
            \x20  Start at  10:00:00\n   Duration  1.20s (transform 100ms, setup 0ms)\n";
        assert_eq!(from_front_end(output), counts(15, 2, 4));
    }

    #[test]
    fn playwright_counts_each_line_of_its_summary() {
        assert_eq!(
            from_front_end("  1 failed\n    a.spec.ts:3:1 › opens\n  2 skipped\n  12 passed (3.4s)\n"),
            counts(12, 1, 2)
        );
    }

    #[test]
    fn node_counts_in_both_of_its_reporters() {
        assert_eq!(from_front_end("# tests 7\n# suites 0\n# pass 5\n# fail 1\n# skipped 1\n"), counts(5, 1, 1));
        assert_eq!(from_front_end("ℹ tests 2\nℹ pass 2\nℹ fail 0\n"), counts(2, 0, 0));
    }

    #[test]
    fn a_plain_summary_counts() {
        assert_eq!(from_front_end("9 passed, 1 failed, 2 skipped\n"), counts(9, 1, 2));
    }

    #[test]
    fn prose_about_passing_is_not_counted() {
        assert_eq!(
            from_front_end("5 passed checks were seen\nall 3 passed\n✓ 4 passed rows stay\n"),
            Counts::default()
        );
        assert_eq!(from_cargo("test result is unknown"), Counts::default());
    }
}
