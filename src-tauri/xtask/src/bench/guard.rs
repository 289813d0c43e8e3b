//! `cargo xtask bench guard`: what stands in front of Apollo (cache, limiter, breaker) beside what it is held against,
//! taken in turns in one run, each figure with its goal. A missed goal is told and fails nothing; a baseline that can't
//! be had does. The measuring is done by core's example `guard_bench` in a release build.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use super::baselines::{self, Redis};
use super::figures::{Goal, Line, Series, time};
use crate::project::{Project, without_own_settings};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// Cached searches, unless `--searches` names another number.
const SEARCHES: usize = 1_000_000;
/// Rounds of breaker and opossum, after those that only warm both up.
const BREAKER_ROUNDS: usize = 30;
const WARM_UP_ROUNDS: usize = 5;

/// The number behind `--searches`.
pub fn searches(arguments: &[String]) -> Result<usize, Trouble> {
    match arguments {
        [] => Ok(SEARCHES),
        [flag, number] if flag == "--searches" => number
            .parse()
            .ok()
            .filter(|searches| *searches > 0)
            .ok_or_else(|| Trouble::Usage(format!("`--searches {number}` is no number of searches"))),
        _ => Err(Trouble::Usage("`bench guard` takes `--searches N` and nothing else".into())),
    }
}

/// Gets the baselines, builds, measures and prints.
pub fn guard(project: &Project, searches: usize) -> Result<ExitCode, Trouble> {
    let folder = project.release_binary("").with_file_name("bench");
    let data = Data::new(folder.join("guard"))?;
    let redis = Redis::start(project, &data.path)?;
    let opossum = baselines::opossum(project, &folder)?;
    let mut build = project.cargo(["build", "--release", "--package", "foray-core", "--example", "guard_bench"]);
    must_succeed(&mut build, "cargo build --release --example guard_bench")?;

    println!("\nFigures are medians; p99 is the 99th percentile. Both sides of a line took turns in this run.");
    let part = |name: &str| {
        let mut command = without_own_settings(project.command(project.release_binary("examples/guard_bench")));
        command.arg(name);
        command
    };
    hits(&all_of(part("hits").arg(&data.path))?)?;
    ledger(&all_of(part("ledger").arg(&data.path).arg(redis.address()))?)?;
    drop(redis);
    let mut node = project.command("node");
    breaker(part("breaker"), node.arg(opossum))?;
    let mut cached = part("cached");
    cached_searches(cached.arg(&data.path).arg(searches.to_string()), searches)?;
    Ok(ExitCode::SUCCESS)
}

/// The measured files: on the disk that cargo builds on, since a temporary folder may lie in memory, where syncing is
/// free. Removed at the end.
pub(super) struct Data {
    pub(super) path: PathBuf,
}

impl Data {
    pub(super) fn new(path: PathBuf) -> Result<Self, Trouble> {
        if path.exists() {
            fs::remove_dir_all(&path).map_err(Trouble::io(format!("empty {}", path.display())))?;
        }
        fs::create_dir_all(&path).map_err(Trouble::io(format!("make the folder {}", path.display())))?;
        Ok(Self { path })
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        // Best effort: the next run empties the folder.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn hits(told: &Told) -> Result<(), Trouble> {
    println!(
        "\ncache (a page of 50 people: {:.1} kB, packed {:.1} kB)",
        told.number("body_bytes")? / 1e3,
        told.number("packed_bytes")? / 1e3
    );
    let whole = told.series("whole_path")?;
    Line::alone("a repeated question through the whole path, p99", whole).goal(Goal::Below(100e3), whole.p99()).print();
    let (from_file, bare) = (told.series("from_file")?, told.series("bare")?);
    Line::times("a hit in SQLite, found, dated and checked, against a bare read of the packed body", from_file, bare)
        .ratio_goal(Goal::AtMost(1.3))
        .print();
    // The goal's bare read answers bytes that nobody can use yet, and its hit a page that is unpacked when somebody looks at it.
    let (opened, bare_opened) = (told.series("from_file_opened")?, told.series("bare_opened")?);
    Line::times("  the same with its people unpacked, against a bare read that unpacks them", opened, bare_opened)
        .print();
    Line::times("  the same against a bare read of the packed body", opened, bare).print();
    Line::times("  a bare read on a thread of its own against one in place", told.series("bare_on_its_thread")?, bare)
        .print();
    Ok(())
}

fn ledger(told: &Told) -> Result<(), Trouble> {
    println!("\nlimiter (100 calls an hour; theirs is the reference's script in Redis)");
    Line::rates("refusals, one caller each", told.series("refusal")?, told.series("redis_refusal")?)
        .ratio_goal(Goal::AtLeast(3.0))
        .print();
    let (ours, theirs) = (told.series("refusal_at_once")?, told.series("redis_refusal_at_once")?);
    Line::rates("  refusals, 50 callers at once against a pipeline of 50", ours, theirs).print();
    let (admission, writes) = (told.series("admission")?, told.series("two_synced_writes")?);
    Line::times(
        "an admission with its step to sending, against two bare writes with fdatasync, p99",
        admission,
        writes,
    )
    .goal(Goal::Below(2e6), admission.p99())
    .print();
    Ok(())
}

/// Both processes wait for their turn, round by round.
fn breaker(mut ours: Command, theirs: &mut Command) -> Result<(), Trouble> {
    let (mut ours, mut theirs) = (Measuring::start(&mut ours)?, Measuring::start(theirs)?);
    let mut told = Told::default();
    for round in 0..WARM_UP_ROUNDS + BREAKER_ROUNDS {
        let mut series = Vec::new();
        for name in ["breaker", "breaker_timed", "breaker_pure"] {
            series.push(ours.round(name)?);
        }
        for name in ["bare_call", "opossum", "opossum_without_timer"] {
            series.push(theirs.round(name)?);
        }
        if round >= WARM_UP_ROUNDS {
            for series in series {
                told.add(series);
            }
        }
    }
    println!("\nbreaker (each time is the mean of 1,000 calls; theirs is opossum's `fire`, less a bare call)");
    let (breaker, bare) = (told.series("breaker")?, told.series("bare_call")?);
    let fire = told.series("opossum")?.less(bare);
    Line::times("leave for a call and its result, against `fire`", breaker, &fire)
        .ratio_goal(Goal::AtMost(0.05))
        .print();
    let timed = told.series("breaker_timed")?;
    Line::times(
        "  the same with two readings of the clock by whoever makes the call, to know whether it was slow",
        timed,
        &fire,
    )
    .print();
    let without_timer = told.series("opossum_without_timer")?.less(bare);
    Line::times("  the same against `fire` without its time-out", breaker, &without_timer).print();
    Line::alone("  of ours: the state machine", told.series("breaker_pure")?).print();
    Ok(())
}

fn cached_searches(command: &mut Command, searches: usize) -> Result<(), Trouble> {
    println!("\n{searches} cached searches, each an answer kept and read once");
    let mut measuring = Measuring::start(command)?;
    let mut told = Told::default();
    let mut parts = Vec::new();
    while let Some(series) = measuring.hear()? {
        if series.name == "cached_search" {
            println!(
                "      part {:>2}: {} a search (p99 {})",
                parts.len() + 1,
                time(series.median()),
                time(series.p99())
            );
            parts.push(series.clone());
        }
        told.add(series);
    }
    measuring.end()?;
    let total_ms = told.number("cached_total_ms")?;
    Line::alone("keeping and reading one", told.series("cached_search")?).print();
    // The first parts run with a cache that is not full yet.
    if let (Some(middle), Some(last)) = (parts.get(parts.len() / 2), parts.last()) {
        println!("  last part          {:.2} of the time of the middle one", last.median() / middle.median());
    }
    println!("  time in all        {:.1} s", total_ms / 1e3);
    println!(
        "  answers kept       {:.0}, {:.1} MB packed",
        told.number("kept_answers")?,
        told.number("kept_bytes")? / 1e6
    );
    println!("  database on disk   {:.1} MB", told.number("database_bytes")? / 1e6);
    match told.number("peak_memory_bytes") {
        Ok(bytes) => println!("  peak memory        {:.1} MB", bytes / 1e6),
        Err(_) => println!("  peak memory        this system does not tell it"),
    }
    Ok(())
}

/// What measuring processes told, by name.
#[derive(Default)]
pub(super) struct Told {
    by_name: HashMap<String, Series>,
}

impl Told {
    fn add(&mut self, series: Series) {
        match self.by_name.get_mut(&series.name) {
            Some(known) => known.extend(series),
            None => drop(self.by_name.insert(series.name.clone(), series)),
        }
    }

    pub(super) fn series(&self, name: &str) -> Result<&Series, Trouble> {
        self.by_name.get(name).ok_or_else(|| Trouble::Step(format!("nothing was measured for `{name}`")))
    }

    pub(super) fn number(&self, name: &str) -> Result<f64, Trouble> {
        Ok(self.series(name)?.values.first().copied().unwrap_or_default())
    }
}

/// Runs a measuring process to its end.
pub(super) fn all_of(command: &mut Command) -> Result<Told, Trouble> {
    let mut measuring = Measuring::start(command)?;
    let mut told = Told::default();
    while let Some(series) = measuring.hear()? {
        told.add(series);
    }
    measuring.end()?;
    Ok(told)
}

/// A measuring process; ended with this value.
struct Measuring {
    words: String,
    process: Child,
    asking: Option<ChildStdin>,
    said: Lines<BufReader<ChildStdout>>,
}

impl Measuring {
    fn start(command: &mut Command) -> Result<Self, Trouble> {
        let words = Path::new(command.get_program()).file_name().unwrap_or_default().display().to_string();
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Trouble::io(format!("start {words}")))?;
        let asking = process.stdin.take();
        let Some(out) = process.stdout.take() else {
            return Err(Trouble::Step(format!("{words} has no output")));
        };
        Ok(Self { words, process, asking, said: BufReader::new(out).lines() })
    }

    /// The next series; none at the end of its output.
    fn hear(&mut self) -> Result<Option<Series>, Trouble> {
        let Some(line) = self.said.next() else { return Ok(None) };
        let line = line.map_err(Trouble::io(format!("read from {}", self.words)))?;
        let series = Series::read(&line);
        series
            .map(Some)
            .ok_or_else(|| Trouble::Step(format!("{} said something else than timings: {line}", self.words)))
    }

    /// Asks for one round of the named series.
    fn round(&mut self, name: &str) -> Result<Series, Trouble> {
        if let Some(asking) = &mut self.asking {
            writeln!(asking, "{name}").map_err(Trouble::io(format!("ask {}", self.words)))?;
        }
        self.hear()?.ok_or_else(|| Trouble::Step(format!("{} ended in the middle of its rounds", self.words)))
    }

    /// Waits for its end, which must be a good one.
    fn end(mut self) -> Result<(), Trouble> {
        let status = self.process.wait().map_err(Trouble::io(format!("wait for {}", self.words)))?;
        if status.success() {
            return Ok(());
        }
        Err(Trouble::Step(format!("{} did not succeed; its output above says why.", self.words)))
    }
}

impl Drop for Measuring {
    fn drop(&mut self) {
        // It has ended, or nobody listens to it any more.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_number_of_searches_is_read_and_a_million_otherwise() {
        assert_eq!(searches(&[]).unwrap(), 1_000_000);
        assert_eq!(searches(&words("--searches 2000")).unwrap(), 2_000);
        for wrong in ["--searches", "--searches 0", "--searches many", "--other 3"] {
            assert!(searches(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rounds_of_one_series_add_up() {
        let mut told = Told::default();
        for line in [r#"{"name":"a","values":[1,2]}"#, r#"{"name":"b","values":[9]}"#, r#"{"name":"a","values":[3]}"#] {
            told.add(Series::read(line).unwrap());
        }
        assert_eq!(told.series("a").unwrap().values, [1.0, 2.0, 3.0]);
        assert!((told.number("b").unwrap() - 9.0).abs() < f64::EPSILON);
        assert!(told.series("c").is_err());
    }
}
