//! `cargo xtask fuzz`: any bytes as answers of Apollo's, for as long as one likes, with coverage to guide it. It needs a nightly
//! compiler and cargo-fuzz, and says so where they are missing; `cargo xtask test` holds the same properties on the stable
//! compiler, over mutated answers.

use std::fs;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use crate::project::{Project, without_own_settings};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

const NO_NIGHTLY: &str = "fuzzing needs a nightly compiler. Type `rustup toolchain install nightly`, then start again; \
                          `cargo xtask test --only rust` checks mutated answers without one";
const NO_CARGO_FUZZ: &str = "fuzzing needs cargo-fuzz. Type `cargo install cargo-fuzz`, then start again";

/// Answers that were recorded, where they lie beside the project: what a run begins with.
const RECORDED: &str = "../shared/apollo-samples";
/// What earlier runs found worth keeping. Goes with `cargo clean` of the fuzzing.
const CORPUS: &str = "src-tauri/fuzz/target/corpus";

/// Reads `[--minutes N]`.
pub fn chosen(arguments: &[String]) -> Result<Duration, Trouble> {
    let words: Vec<&str> = arguments.iter().flat_map(|word| word.split('=')).collect();
    match words.as_slice() {
        [] => Ok(Duration::from_mins(1)),
        ["--minutes", number] => match number.parse::<u64>() {
            Ok(minutes @ 1..=100_000) => Ok(Duration::from_mins(minutes)),
            _ => Err(Trouble::Usage(format!("`--minutes` takes a whole number and no `{number}`"))),
        },
        [other, ..] => Err(Trouble::Usage(format!("`fuzz` takes no `{other}`"))),
    }
}

/// Fuzzes for so long; something found is a failure.
pub fn fuzz(project: &Project, length: Duration) -> Result<ExitCode, Trouble> {
    if !runs(&mut nightly_cargo(project, &["--version"])) {
        return Err(Trouble::Tool(NO_NIGHTLY.to_owned()));
    }
    if !runs(&mut nightly_cargo(project, &["fuzz", "--version"])) {
        return Err(Trouble::Tool(NO_CARGO_FUZZ.to_owned()));
    }
    let corpus = project.path(CORPUS);
    fs::create_dir_all(&corpus).map_err(Trouble::io(format!("make the folder {}", corpus.display())))?;
    let mut command = nightly_cargo(project, &["fuzz", "run", "--fuzz-dir", "src-tauri/fuzz", "answers"]);
    command.arg(corpus);
    let recorded = project.path(RECORDED);
    if recorded.is_dir() {
        command.arg(recorded);
    }
    // A page of a hundred full people is some hundred kilobytes; small ones find the same sooner.
    command.args(["--", "-max_len=65536"]).arg(format!("-max_total_time={}", length.as_secs()));
    must_succeed(&mut without_own_settings(command), "the fuzzing")?;
    Ok(ExitCode::SUCCESS)
}

/// Through rustup, since the cargo that started us is bound to its own tool chain.
fn nightly_cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut command = project.command("rustup");
    command.args(["run", "nightly", "cargo"]).args(arguments);
    command
}

fn runs(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn of(line: &str) -> Result<Duration, Trouble> {
        chosen(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_length_may_be_chosen() {
        assert_eq!(of("").unwrap(), Duration::from_mins(1));
        assert_eq!(of("--minutes 90").unwrap(), Duration::from_mins(90));
        assert_eq!(of("--minutes=2").unwrap(), Duration::from_mins(2));
    }

    #[test]
    fn a_wrong_choice_is_refused() {
        for wrong in ["answers", "--minutes", "--minutes 0", "--minutes soon", "--seed 1"] {
            assert!(matches!(of(wrong), Err(Trouble::Usage(_))), "{wrong}");
        }
    }
}
