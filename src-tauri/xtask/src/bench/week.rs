//! `cargo xtask bench week`: calls and credits of a simulated week of three researchers, beside the plain design, as a
//! stand-in for each counted them: a narrow week, and a broad one that is more like life. A missed goal is told and fails nothing. The week is played by core's example `week_bench`.

use std::process::ExitCode;

use crate::project::{Project, without_own_settings};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// What Foray may take at most of what the plain design takes.
const CALLS_GOAL: f64 = 1.0 / 3.0;
const CREDITS_GOAL: f64 = 1.0 / 2.0;

/// The weeks that are played, and what is done in them. The narrow one flatters whoever remembers.
const WEEKS: [(&str, &str); 2] = [
    ("narrow", "four questions for all, each enriched whenever it is looked at"),
    ("broad", "twelve questions, three of them for all, every other one enriched"),
];

/// One side of the week.
struct Counted {
    searches: f64,
    paid: f64,
    other: f64,
    credits: f64,
}

impl Counted {
    fn calls(&self) -> f64 {
        self.searches + self.paid + self.other
    }
}

/// The seed behind `--seed`.
pub fn seed(arguments: &[String]) -> Result<u64, Trouble> {
    match arguments {
        [] => Ok(5),
        [flag, number] if flag == "--seed" => {
            number.parse().map_err(|_| Trouble::Usage(format!("`--seed {number}` is no whole number")))
        }
        _ => Err(Trouble::Usage("`bench week` takes `--seed S` and nothing else".into())),
    }
}

/// Builds, plays the week and prints. It counts and times nothing, so how it is built makes no difference.
pub fn week(project: &Project, seed: u64) -> Result<ExitCode, Trouble> {
    let mut build = project.cargo(["build", "--package", "foray-core", "--example", "week_bench"]);
    must_succeed(&mut build, "cargo build --example week_bench")?;
    let mut command = without_own_settings(project.command(project.debug_binary("examples/week_bench")));
    command.arg(seed.to_string());
    let output = command.output().map_err(Trouble::io("run week_bench".to_owned()))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let trouble = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Trouble::Step(format!("the week broke off: {trouble}")));
    }
    for (name, habits) in WEEKS {
        let steps = numbers(&said, &format!("{name}-steps"))?.first().copied().unwrap_or_default();
        println!("\nA week of three researchers, {habits}: {steps} steps, seed {seed}; counted by the stand-in");
        println!("{:<34} {:>9} {:>9} {:>7} {:>7} {:>9}", "", "searches", "paid", "other", "calls", "credits");
        let plain = line(&said, &format!("{name}-plain"), "plain design")?;
        let foray = line(&said, &format!("{name}-foray"), "Foray, one data folder")?;
        let apart = line(&said, &format!("{name}-apart"), "Foray, a folder for each")?;
        for (folder, side) in [("one data folder", &foray), ("a folder for each", &apart)] {
            println!("\nForay to the plain design, {folder}");
            ratio("calls", side.calls() / plain.calls(), CALLS_GOAL);
            ratio("credits", side.credits / plain.credits, CREDITS_GOAL);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(said: &str, name: &str, shown: &str) -> Result<Counted, Trouble> {
    let [searches, paid, other, hundredths] = numbers(said, name)?[..] else {
        return Err(Trouble::Step(format!("week_bench said nothing of {name}")));
    };
    let counted = Counted { searches, paid, other, credits: hundredths / 100.0 };
    let calls = counted.calls();
    println!("{shown:<34} {searches:>9} {paid:>9} {other:>7} {calls:>7} {:>9.2}", counted.credits);
    Ok(counted)
}

fn numbers(said: &str, name: &str) -> Result<Vec<f64>, Trouble> {
    let line = said.lines().find_map(|line| line.strip_prefix(name));
    let line = line.ok_or_else(|| Trouble::Step(format!("week_bench said nothing of {name}")))?;
    line.split_whitespace()
        .map(|number| number.parse().map_err(|_| Trouble::Step(format!("week_bench said {number}"))))
        .collect()
}

fn ratio(what: &str, ratio: f64, goal: f64) {
    let verdict = if ratio <= goal { "reached" } else { "missed" };
    println!("  {what:<8} {ratio:.2}   goal ≤ {goal:.2}: {verdict}");
}
