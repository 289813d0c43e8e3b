//! `cargo xtask bench`: figures for the release build, taken from outside, as whole processes. Measures on the
//! sample workspace alone, in a data folder of its own. `bench guard` and `bench people` measure the core from inside ([`guard`],
//! [`people`]), `bench start` the window's start beside an empty one's (`start`), `bench window`
//! the window with a million people (`window`).

mod baselines;
#[cfg(unix)]
mod desk;
#[cfg(unix)]
mod empty_window;
#[cfg(unix)]
mod family;
mod figures;
mod guard;
mod people;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod start;
mod week;
#[cfg(unix)]
mod window;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::project::{Project, TemporaryFolder, without_own_settings};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// How often each process is measured; the median is told, so that one disturbed run does not count.
const RUNS: usize = 41;

/// People in the measured export: 50 pages of 100, which an hour of 100 calls holds with room for overlapping pages.
const EXPORTED: &str = "5000";

/// The benchmark that the arguments name.
pub fn chosen(project: &Project, arguments: &[String]) -> Result<ExitCode, Trouble> {
    match arguments.split_first() {
        None => bench(project),
        Some((name, rest)) if name == "guard" => guard::guard(project, guard::searches(rest)?),
        Some((name, rest)) if name == "people" => people::people(project, people::most(rest)?),
        Some((name, rest)) if name == "week" => week::week(project, week::seed(rest)?),
        #[cfg(unix)]
        Some((name, rest)) if name == "start" => start::start(project, &start::Wish::chosen(rest)?),
        #[cfg(unix)]
        Some((name, rest)) if name == "window" => window::window(project, &window::Wish::chosen(rest)?),
        Some((extra, _)) => Err(Trouble::Usage(format!("`bench` takes no `{extra}`"))),
    }
}

/// Builds, measures and prints.
fn bench(project: &Project) -> Result<ExitCode, Trouble> {
    let mut build = project.cargo(["build", "--release", "--package", "foray-cli"]);
    must_succeed(&mut build, "cargo build --release")?;
    let folder = TemporaryFolder::new("bench")?;
    cached_search(project, folder.path())?;
    export(project, folder.path())?;
    Ok(ExitCode::SUCCESS)
}

/// A cached search against the same process doing nothing. Both take turns, so that both see the same machine.
fn cached_search(project: &Project, folder: &Path) -> Result<(), Trouble> {
    let search = || {
        let mut command = foray(project, &folder.join("search"));
        command.args(["search", "--workspace", "sample", "--seniority", "vp", "--location", "Germany", "--json"]);
        command
    };
    // The first one fills the cache.
    measure(search())?;
    let (mut nothing, mut cached) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let mut version = foray(project, &folder.join("search"));
        version.arg("--version");
        nothing.push(measure(version)?.0);
        let (took, text) = measure(search())?;
        if !says_cached(&text) {
            return Err(Trouble::Step(
                "a repeated search did not come from the cache, so there is nothing to measure".into(),
            ));
        }
        cached.push(took);
    }
    let (nothing, cached) = (median(nothing), median(cached));
    println!("\ncached search, a whole process ({RUNS} runs each, median)");
    println!("  --version      {:>8.2} ms", milliseconds(nothing));
    println!("  cached search  {:>8.2} ms", milliseconds(cached));
    println!("  ratio          {:>8.2}", cached.as_secs_f64() / nothing.as_secs_f64());
    Ok(())
}

/// An export that has to fetch every page, and a second one that finds them all in the cache.
fn export(project: &Project, folder: &Path) -> Result<(), Trouble> {
    println!("\nexport from the sample workspace, a whole process");
    for (name, file) in [("fetched", "fetched.csv"), ("cached", "cached.csv")] {
        let file = folder.join(file);
        let mut command = foray(project, &folder.join("export"));
        command.args(["export", "--workspace", "sample", "--location", "Germany", "--max-rows", EXPORTED]);
        command.arg("--to").arg(&file);
        let (took, _) = measure(command)?;
        let text = fs::read_to_string(&file).map_err(Trouble::io(format!("read {}", file.display())))?;
        let rows = records(&text).saturating_sub(1);
        println!(
            "  {name:<13}  {rows} rows in {:.2} s: {:.0} rows a second",
            took.as_secs_f64(),
            rows as f64 / took.as_secs_f64()
        );
    }
    Ok(())
}

fn foray(project: &Project, data: &Path) -> Command {
    let mut command = without_own_settings(project.command(project.release_binary("foray-cli")));
    command.arg("--data-dir").arg(data);
    command
}

/// Runs a command that must succeed: how long it took, and what it printed.
fn measure(mut command: Command) -> Result<(Duration, String), Trouble> {
    let words = format!("{command:?}");
    let start = Instant::now();
    let output = command.stderr(Stdio::piped()).output().map_err(Trouble::io(format!("run {words}")))?;
    let took = start.elapsed();
    if output.status.success() {
        return Ok((took, String::from_utf8_lossy(&output.stdout).into_owned()));
    }
    let said = [output.stdout, output.stderr].concat();
    Err(Trouble::Step(format!("{words} did not succeed:\n{}", String::from_utf8_lossy(&said))))
}

/// Whether an answer in JSON says that it came from the cache, however it is spaced.
fn says_cached(json: &str) -> bool {
    json.split_whitespace().collect::<String>().contains("\"source\":\"cached\"")
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Records of a CSV, its header too: a line break inside quotes does not end one.
fn records(csv: &str) -> usize {
    let mut quoted = false;
    let mut records = 0;
    for byte in csv.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => records += 1,
            _ => {}
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_in_quotes_is_no_record() {
        assert_eq!(records("id,note\r\n1,\"a\r\nb\"\r\n2,\"say \"\"hi\"\"\"\r\n"), 3);
        assert_eq!(records(""), 0);
    }

    #[test]
    fn the_median_is_not_moved_by_one_disturbed_run() {
        let times = [5, 4, 900].map(Duration::from_millis).to_vec();
        assert_eq!(median(times), Duration::from_millis(5));
    }

    #[test]
    fn the_source_is_read_from_both_spacings() {
        assert!(says_cached("{\n  \"source\": \"cached\"\n}"));
        assert!(says_cached("{\"source\":\"cached\"}"));
        assert!(!says_cached("{\"source\":\"live\",\"notice\":\"cached\"}"));
    }
}
