//! `cargo xtask bench people`: the people store as it grows (how fast people come in, how long a window of 200 rows takes at
//! any place in any order and after each key in the search field, how many bytes a person takes) and the export of everybody beside `sqlite3 -csv`, in turns. A
//! missed goal is told and fails nothing. The measuring is done by core's example `people_bench` in a release build.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use super::figures::{Goal, Line, Series, time};
use super::guard::{Data, Told, all_of};
use crate::project::{Project, without_own_settings};
use crate::stream::must_succeed;
use crate::system;
use crate::trouble::Trouble;

/// People in the largest store, unless `--people` names another number.
const MOST: usize = 1_000_000;
/// Stores that are measured on the way there.
const STEPS: [usize; 2] = [10_000, 100_000];
const PAGE: f64 = 100.0;
/// Exports on each side.
const EXPORTS: usize = 3;

/// The columns of an export and what they are made of, as sqlite3 is asked for them.
const COLUMNS: &str = "SELECT p.id AS apollo_person_id, p.first_name, p.last_name, p.name, p.title, p.seniority, p.email, \
     p.email_status, p.phone, p.linkedin_url, p.city, p.state, p.country, p.organization_name AS company, \
     coalesce(c.domain, p.organization_domain) AS company_domain, p.source, p.fetched_at_ms AS fetched_at \
     FROM people p NOT INDEXED LEFT JOIN companies c ON c.number = p.company ORDER BY p.number DESC";

/// The number behind `--people`.
pub fn most(arguments: &[String]) -> Result<usize, Trouble> {
    match arguments {
        [] => Ok(MOST),
        [flag, number] if flag == "--people" => number
            .parse()
            .ok()
            .filter(|people| *people >= 1_000)
            .ok_or_else(|| Trouble::Usage(format!("`--people {number}` is no number from 1000 on"))),
        _ => Err(Trouble::Usage("`bench people` takes `--people N` and nothing else".into())),
    }
}

/// Gets sqlite3, builds, measures and prints.
pub fn people(project: &Project, most: usize) -> Result<ExitCode, Trouble> {
    system::ensure(project, &[system::SQLITE])?;
    let mut build = project.cargo(["build", "--release", "--package", "foray-core", "--example", "people_bench"]);
    must_succeed(&mut build, "cargo build --release --example people_bench")?;
    let data = Data::new(project.release_binary("").with_file_name("bench").join("people"))?;
    let part = |arguments: &[&str]| {
        let mut command = without_own_settings(project.command(project.release_binary("examples/people_bench")));
        command.arg(arguments[0]).arg(&data.path).args(&arguments[1..]);
        all_of(&mut command)
    };
    println!("\nFigures are medians; p95 and p99 are percentiles.");
    for size in STEPS.into_iter().filter(|size| *size < most).chain([most]) {
        let grown = part(&["grow", &size.to_string()])?;
        println!("\n{size} people, {:.0} bytes each", grown.number("bytes")? / grown.number("people")?);
        came_in("  a page of 100 new people, stored for good", grown.series("new_page")?);
        came_in("  the same pages fetched again", grown.series("known_page")?);
        windows(&part(&["windows"])?)?;
        typing(&part(&["typing"])?)?;
    }
    export(project, &data.path, |file| part(&["export", file]))?;
    Ok(ExitCode::SUCCESS)
}

fn came_in(what: &str, pages: &Series) {
    let rate = PAGE / (pages.mean() / 1e9);
    println!("{what}: {} (p95 {}), {rate:.0} people a second", time(pages.median()), time(pages.percentile(95.0)));
}

fn windows(told: &Told) -> Result<(), Trouble> {
    for (what, name) in [
        ("  a window of 200 rows, any place, any of 16 orders", "window"),
        ("  the first sort of all, which reads the columns", "columns_read"),
        ("  the first one of an order, which finds the order", "first_window"),
        ("  the first one of two or three columns", "first_window_of_several"),
        ("  one after a page of 100 came in", "window_after_a_page"),
    ] {
        println!("{what}: {}", in_figures(told, name)?);
    }
    Ok(())
}

/// Median and p95, and those of what the processor worked for it, where the system tells.
fn in_figures(told: &Told, name: &str) -> Result<String, Trouble> {
    let figures = |series: &Series| format!("{} (p95 {})", time(series.median()), time(series.percentile(95.0)));
    let clock = figures(told.series(name)?);
    Ok(match told.series(&format!("{name}_busy")) {
        Ok(busy) => format!("{clock}, of it work {}", figures(busy)),
        Err(_) => clock,
    })
}

/// Goals: 16 ms from any key to the first 200 people, 60 ms for the facets after it.
fn typing(told: &Told) -> Result<(), Trouble> {
    for (what, name) in [
        ("  a key in the search field, to the first 200 rows", "keystroke"),
        ("  the first letter of all", "one_letter"),
        ("  all facets after a key", "facets"),
    ] {
        println!("{what}: {}", in_figures(told, name)?);
    }
    let each = told.number("column_bytes")? / told.number("column_people")?;
    println!("  memory of the columns: {each:.0} bytes for each person");
    Ok(())
}

fn export(project: &Project, folder: &Path, ours: impl Fn(&str) -> Result<Told, Trouble>) -> Result<(), Trouble> {
    let stored = stored(folder)?;
    let (our_file, their_file) = (folder.join("ours.csv"), folder.join("theirs.csv"));
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    let (mut rows, mut peak) = (0.0, None);
    for _ in 0..EXPORTS {
        let told = ours(&our_file.display().to_string())?;
        our_times.extend(told.series("export")?.values.iter().copied());
        rows = told.number("exported_people")?;
        peak = told.number("peak_memory_bytes").ok();
        their_times.push(by_sqlite(project, &stored, &their_file)?);
    }
    println!(
        "\nexport of {rows:.0} stored people ({} MB), beside `sqlite3 -csv` with the same columns",
        megabytes(&our_file)?
    );
    let series = |name: &str, values| Series { name: name.to_owned(), values };
    Line::times("everybody as a CSV file", &series("ours", our_times), &series("theirs", their_times))
        .ratio_goal(Goal::AtMost(0.5))
        .print();
    match peak {
        Some(bytes) => println!("  peak memory of ours: {:.1} MB", bytes / 1e6),
        None => println!("  peak memory: this system does not tell it"),
    }
    Ok(())
}

/// What `sqlite3` takes for the same, as a whole process, in nanoseconds. It starts in no time and syncs nothing.
fn by_sqlite(project: &Project, stored: &Path, file: &Path) -> Result<f64, Trouble> {
    let out = File::create(file).map_err(Trouble::io(format!("make {}", file.display())))?;
    let mut command: Command = project.command("sqlite3");
    command.arg("-readonly").args(["-csv", "-header"]).arg(stored).arg(COLUMNS).stdin(Stdio::null()).stdout(out);
    let begun = Instant::now();
    let status = command.status().map_err(Trouble::io("run sqlite3"))?;
    let took = begun.elapsed();
    if status.success() {
        Ok(took.as_nanos() as f64)
    } else {
        Err(Trouble::Step("sqlite3 could not read the people".into()))
    }
}

/// The one file of people below the folder.
fn stored(folder: &Path) -> Result<PathBuf, Trouble> {
    let tenants = folder.join("data").join("tenants");
    let found = fs::read_dir(&tenants).map_err(Trouble::io(format!("look into {}", tenants.display())))?;
    let files = found.flatten().map(|tenant| tenant.path().join("people.sqlite"));
    files.into_iter().find(|file| file.exists()).ok_or_else(|| Trouble::Step("no people were stored".into()))
}

fn megabytes(file: &Path) -> Result<u64, Trouble> {
    let size = fs::metadata(file).map_err(Trouble::io(format!("look at {}", file.display())))?.len();
    Ok(size / 1_000_000)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_number_of_people_is_read_and_a_million_otherwise() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(most(&[]).unwrap(), 1_000_000);
        assert_eq!(most(&words("--people 20000")).unwrap(), 20_000);
        for wrong in ["--people", "--people 10", "--people many", "--other 3000"] {
            assert!(most(&words(wrong)).is_err(), "{wrong}");
        }
    }
}
