//! Kills at every step and at random moments of exports, until there were enough: same bytes, no committed page asked for
//! again, a bill that holds every call, and books that hold every credit.

use std::path::Path;
use std::time::{Duration, Instant};

use foray_core::credits::Credits;
use foray_core::jobs::{Job, JobResult, JobState};
use foray_sandbox::Sandbox;

use crate::processes::{Dice, Process, setting};
use crate::{RUN_MS, ask_for, committed, job_now, open, script, unbroken};

/// Fewest kills of a run.
const KILLS: u32 = 200;

/// How long a run is at least, unless `FORAY_CHAOS_SECONDS` says otherwise.
const SECONDS: u64 = 1;

/// What decides about the moments, unless `FORAY_CHAOS_SEED` says otherwise.
const SEED: u64 = 7;

/// No random moment is later than this after the process is ready. An export takes about twice as long.
const LATEST: Duration = Duration::from_millis(90);

/// When a process is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// As soon as it has said so many lines after it was ready.
    Line(u64),
    After(Duration),
}

struct Chaos<'a> {
    folder: &'a Path,
    sandbox: &'a Sandbox,
    whole: Vec<u8>,
    dice: Dice,
    kills: u32,
    /// Pages that were asked for more than once.
    repeats: u32,
    exports: u32,
}

impl Chaos<'_> {
    /// One export, killed until it is done.
    async fn export(&mut self) {
        self.exports += 1;
        let name = format!("Export {}", self.exports);
        let target = self.folder.join(format!("{name}.csv"));
        let origin = self.sandbox.origin();
        let asked = ask_for(self.folder, &origin, &name, &target).await;
        let (first, mut killed) = (self.sandbox.requests().len(), 0);
        loop {
            let begun = self.sandbox.requests().len();
            let before = committed(self.folder, asked.workspace);
            let moment = match self.dice.below(3) {
                0 => Moment::Line(self.dice.below(12)),
                _ => Moment::After(LATEST.mul_f64(self.dice.below(1_000) as f64 / 1_000.0)),
            };
            let done = self.run(&asked, moment);
            self.books_hold(&asked, first).await;
            let pages: Vec<u64> =
                self.sandbox.requests()[begun..].iter().map(|asked| asked.body["page"].as_u64().unwrap()).collect();
            assert!(
                pages.iter().all(|page| *page > u64::from(before)),
                "{before} are committed, asked for were {pages:?}"
            );
            if done {
                break;
            }
            killed += 1;
        }
        self.kills += killed;
        self.judge(&asked, &target, first, killed).await;
    }

    /// Runs until it is done, or kills it at the moment. A process that has ended by itself says so before its end.
    fn run(&self, asked: &Job, moment: Moment) -> bool {
        let script = script(&self.sandbox.origin(), asked);
        let mut process = Process::start("run jobs", self.folder, &script);
        assert_eq!(process.hear().as_deref(), Some("ready"), "its words are above");
        match moment {
            Moment::After(moment) => std::thread::sleep(moment),
            Moment::Line(lines) => {
                for _ in 0..lines {
                    if process.hear().is_none() {
                        return true;
                    }
                }
            }
        }
        !process.is_alive()
    }

    /// What the stand-in charged lies between what is booked as charged and that with what is unknown.
    async fn books_hold(&self, asked: &Job, first: usize) {
        let foray = open(self.folder, &self.sandbox.origin(), &asked.title, RUN_MS).await;
        let usage = foray.usage(asked.workspace).await.unwrap();
        let hundredths: u64 = self.sandbox.requests()[first..].iter().map(|page| page.charged_hundredths).sum();
        let (charged, unknown, paid) = (usage.charged, usage.unknown, Credits::from_thousandths(hundredths * 10));
        assert!(charged <= paid && paid <= charged + unknown, "{charged} ≤ {paid} ≤ {charged} + {unknown}");
    }

    async fn judge(&mut self, asked: &Job, target: &Path, first: usize, killed: u32) {
        let origin = self.sandbox.origin();
        let job = job_now(self.folder, &origin, asked).await;
        assert_eq!(job.state, JobState::Done, "{job:?}");
        assert!(
            std::fs::read(target).unwrap() == self.whole,
            "{} is not what it is when nobody breaks it",
            target.display()
        );
        assert!(!target.with_extension("partial.csv").exists());
        let beside = std::fs::read_dir(self.folder).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(beside.filter(|name| name.to_string_lossy().contains(".kept-")).count(), 0);
        let Some(JobResult::Export(done)) = &job.result else { panic!("{job:?}") };
        let mut pages: Vec<u64> =
            self.sandbox.requests()[first..].iter().map(|asked| asked.body["page"].as_u64().unwrap()).collect();
        let calls = pages.len();
        let unknown = unknown_calls(&done.notices);
        assert!(done.calls_spent as usize <= calls, "{done:?}, {calls} arrived");
        assert!(calls <= done.calls_spent as usize + unknown, "{done:?}, {calls} arrived");
        pages.sort_unstable();
        pages.dedup();
        let repeats = (calls - pages.len()) as u32;
        assert!(repeats <= killed, "{killed} kills, and {repeats} pages asked for again");
        self.repeats += repeats;
        // A runner would look through all of them, each time it starts.
        let foray = open(self.folder, &origin, &asked.title, RUN_MS).await;
        foray.remove_workspace(asked.workspace).await.unwrap();
    }
}

/// A killed process loses nothing that it wrote, on a disk or not; without one there are many more kills to a minute.
fn folder_in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// The calls of which the notice says that they may have been made besides.
fn unknown_calls(notices: &[String]) -> usize {
    let notice = notices.iter().find_map(|notice| notice.split("up to ").nth(1));
    notice.map_or(0, |rest| rest.split(' ').next().unwrap().parse().unwrap())
}

#[test]
fn an_export_killed_at_any_moment_comes_to_the_same_bytes_and_repeats_no_committed_page() {
    let (seconds, seed) = (setting("FORAY_CHAOS_SECONDS", SECONDS), setting("FORAY_CHAOS_SEED", SEED));
    println!("chaos: {seconds} s and {KILLS} kills at least, seed {seed}");
    let folder = folder_in_memory();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let options =
        foray_sandbox::Options { people: 3_000, full_page_hundredths: 100, ..foray_sandbox::Options::default() };
    runtime.block_on(async {
        let sandbox = foray_sandbox::start(options).await.unwrap();
        let whole = unbroken(folder.path(), &sandbox.origin()).await;
        let mut chaos = Chaos {
            folder: folder.path(),
            sandbox: &sandbox,
            whole,
            dice: Dice(seed),
            kills: 0,
            repeats: 0,
            exports: 0,
        };
        let began = Instant::now();
        while chaos.kills < KILLS || began.elapsed() < Duration::from_secs(seconds) {
            chaos.export().await;
        }
        let Chaos { kills, repeats, exports, .. } = chaos;
        println!("{kills} kills in {exports} exports, {repeats} pages asked for again, {:?}", began.elapsed());
    });
}
