//! Raw timings of what stands in front of Apollo, as JSON lines; `cargo xtask bench guard` starts it and makes figures of
//! them. It measures the product's own public code in a release build and decides nothing about it.
//!
//! ```text
//! guard_bench hits FOLDER               cached hits, and bare reads of the same bodies; leaves pages.jsonl for `cached`
//! guard_bench ledger FOLDER HOST:PORT   refusals beside a Redis at that address; admissions beside bare writes
//! guard_bench breaker                   for each line on standard input one round of the series that it names
//! guard_bench cached FOLDER SEARCHES    that many cached searches with the bodies of pages.jsonl
//! out: {"name":"refusal","values":[9120,8890]}
//! ```
//! Values are nanoseconds for one operation unless the name ends in another unit.

mod breaker;
mod cached;
mod hits;
mod ledger;
mod redis;

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use tokio::runtime::Runtime;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["hits", folder] => on_threads(|threads| threads.block_on(hits::measure(Path::new(folder)))),
        ["ledger", folder, redis] => on_threads(|threads| ledger::measure(threads, Path::new(folder), redis)),
        ["breaker"] => breaker::serve(),
        ["cached", folder, searches] => on_threads(|threads| {
            let searches = searches.parse()?;
            threads.block_on(cached::measure(Path::new(folder), searches))
        }),
        _ => {
            Err("the parts are hits, ledger, breaker and cached; the head of this example names their arguments".into())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("guard_bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The runtime that window and command line use.
fn on_threads(part: impl FnOnce(&Runtime) -> Outcome) -> Outcome {
    let threads = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    part(&threads)
}

/// Timings of one operation, in order.
struct Series {
    name: &'static str,
    values: Vec<u64>,
}

impl Series {
    fn new(name: &'static str) -> Self {
        Self { name, values: Vec::new() }
    }

    /// Adds the time since `start` for each of `operations` done since then.
    fn add(&mut self, start: Instant, operations: u32) {
        self.values.push((start.elapsed() / operations).as_nanos() as u64);
    }

    /// Prints the line.
    fn tell(&self) -> Outcome {
        let Self { name, values } = self;
        let mut out = stdout().lock();
        writeln!(out, "{}", serde_json::json!({"name": name, "values": values}))?;
        Ok(out.flush()?)
    }
}

/// Prints a line with one number; `name` ends in its unit.
fn tell(name: &'static str, value: u64) -> Outcome {
    Series { name, values: vec![value] }.tell()
}
