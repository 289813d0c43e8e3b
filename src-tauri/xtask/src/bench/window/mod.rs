//! `cargo xtask bench window`: how fast the real release window is with a million people. From a key in the search field, and
//! from a click on a persona whose answer is kept, to painted rows; the start and the memory beside an empty Tauri window; frames
//! and what is missing on the screen while it is scrolled, beside AG Grid in the same webview; the size of the front end. The
//! folder of people is made once and used again. A missed goal is told and fails nothing.

mod ag_grid;
mod front_end_size;
mod people;
mod scrolling;

use std::path::Path;
use std::process::{Command, ExitCode};

use super::desk::Desk;
use super::empty_window;
use super::figures::{Goal, Line, Series, time};
use super::guard::{Told, all_of};
use super::start;
use crate::project::Project;
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// People in the folder, unless `--people` names another number.
const PEOPLE: usize = 1_000_000;
/// Starts of each window; one more comes before and does not count.
const STARTS: usize = 11;

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    people: usize,
    starts: usize,
    /// Whether what an earlier run built is measured as it is.
    built: bool,
}

impl Wish {
    /// Reads `[--built] [--people N] [--runs N]`.
    pub fn chosen(arguments: &[String]) -> Result<Self, Trouble> {
        let mut wish = Self { people: PEOPLE, starts: STARTS, built: false };
        let mut words = arguments.iter().map(String::as_str);
        while let Some(word) = words.next() {
            let mut number = |least: usize| {
                let number = words.next().and_then(|number| number.parse().ok()).filter(|number| *number >= least);
                number.ok_or_else(|| Trouble::Usage(format!("`{word}` wants a number from {least} on")))
            };
            match word {
                "--built" => wish.built = true,
                "--people" => wish.people = number(1_000)?,
                "--runs" => wish.starts = number(1)?,
                _ => return Err(Trouble::Usage(format!("`bench window` takes no `{word}`"))),
            }
        }
        Ok(wish)
    }
}

/// Builds, measures and prints.
pub fn window(project: &Project, wish: &Wish) -> Result<ExitCode, Trouble> {
    if !wish.built {
        start::build(project)?;
        let example = ["build", "--release", "--package", "foray-core", "--example", "people_bench"];
        must_succeed(&mut project.cargo(example), "cargo build --release --example people_bench")?;
    }
    let empty = empty_window::ready(project, wish.built)?;
    let people = people::ready(project, wish.people)?;
    let desk = Desk::new(project, "bench-window")?;
    println!("\nthe window with {} people; figures are medians, p95 and p99 percentiles", wish.people);
    front_end_size::tell(project)?;
    // Leaves the window at everybody, where it is then started.
    typing(project, &desk, &people)?;
    let (ours, theirs) = start::in_turns(project, &desk, &people.data, &empty, wish.starts)?;
    println!("\nthe start with all of them, beside an empty Tauri window ({} starts each, in turns)", wish.starts);
    start::print(&ours, &theirs);
    scrolling::beside_ag_grid(project, &desk, &people, &empty)?;
    // The last, since it leaves the window somewhere else.
    searching(project, &desk, &people)?;
    Ok(ExitCode::SUCCESS)
}

/// One of the scripts that drive a window, for a binary.
fn script(project: &Project, desk: &Desk, people: &people::Folder, name: &str, binary: &Path) -> Command {
    let mut command = desk.command(project, Path::new("node"), &people.data);
    command.arg(project.path("src-tauri/xtask/src/bench/window").join(name)).arg(binary);
    command
}

fn typing(project: &Project, desk: &Desk, people: &people::Folder) -> Result<(), Trouble> {
    let told = all_of(&mut script(project, desk, people, "typing.mjs", &project.release_binary("foray")))?;
    let (one_letter, further) = (told.series("one_letter")?, told.series("further")?);
    let mut all = one_letter.clone();
    all.extend(further.clone());
    println!("\na key in the search field, to painted rows ({} keys)", all.values.len());
    let p95 = all.percentile(95.0);
    spread("any key, to the end of the frame that shows its rows", &all).goal(Goal::Below(30e6), p95).print();
    for (what, series) in [("  of them the first letter", one_letter), ("  of them further letters", further)] {
        spread(what, series).print();
    }
    spread("  until they were in the page", told.series("changed")?).print();
    spread("  to the frame after", told.series("later")?).print();
    println!("  keys that found the same people as the one before: {}", told.number("unchanged")?);
    println!("  the first search of all, which reads what is searched: {}", time(told.number("first_search")?));
    Ok(())
}

fn searching(project: &Project, desk: &Desk, people: &people::Folder) -> Result<(), Trouble> {
    let told: Told = all_of(&mut script(project, desk, people, "searching.mjs", &project.release_binary("foray")))?;
    let (search, bare) = (told.series("search")?, told.series("bare")?);
    println!("\na cached search, from the click to painted rows ({} searches)", search.values.len());
    spread("from the click to the end of the frame that shows its rows", search).print();
    spread("  to the frame after", told.series("later")?).print();
    spread("the bare call that brings the same answer", bare).print();
    let less = search.less(bare);
    spread("the search less the call, in turns", &less).goal(Goal::Below(16e6), less.median()).print();
    Ok(())
}

fn spread(what: &'static str, series: &Series) -> Line {
    let ours = format!("{} (p95 {})", time(series.median()), time(series.percentile(95.0)));
    Line { what, ours, ..Line::default() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn chosen(words: &[&str]) -> Result<Wish, Trouble> {
        Wish::chosen(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn a_million_people_are_shown_unless_another_number_is_named() {
        assert_eq!(chosen(&[]).unwrap(), Wish { people: 1_000_000, starts: 11, built: false });
        let wish = Wish { people: 100_000, starts: 3, built: true };
        assert_eq!(chosen(&["--built", "--people", "100000", "--runs", "3"]).unwrap(), wish);
        for wrong in [&["--people"][..], &["--people", "10"], &["--runs", "0"], &["--searches", "3"]] {
            assert!(chosen(wrong).is_err(), "{wrong:?}");
        }
    }
}
