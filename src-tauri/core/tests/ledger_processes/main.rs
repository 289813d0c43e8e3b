//! The ledger between processes: this test binary starts itself again and plays the other processes. In `lockstep` on a
//! virtual clock against a list of timestamps; in a `race` for the last calls; with calls `taken_back`; in `chaos` with kill -9; and on a `narrow_disk`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chaos;
mod lockstep;
#[cfg(unix)]
mod narrow_disk;
mod race;
mod taken_back;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use foray_core::TenantId;
use foray_core::clock::Clock;
use foray_core::rate_limit::Ledger;

const ROLE: &str = "FORAY_TEST_ROLE";
const FOLDER: &str = "FORAY_TEST_FOLDER";
const SCRIPT: &str = "FORAY_TEST_SCRIPT";

/// 2023-11-14 22:13:20 UTC.
const BEGIN_MS: i64 = 1_700_000_000_000;

fn ledger_file(folder: &Path) -> PathBuf {
    folder.join("ledger.sqlite")
}

fn open(folder: &Path, clock: Arc<dyn Clock>) -> Ledger {
    Ledger::open(&ledger_file(folder), clock, false).unwrap().ledger
}

fn tenant(number: usize) -> TenantId {
    TenantId::parse(&format!("00000000-0000-4000-8000-{:012}", number + 1)).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Another process of this binary, in a role.
struct Process {
    child: Child,
    said: std::io::Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts the role in `folder`; `script` is what else the role wants to know.
    fn start(role: &str, folder: &Path, script: &str) -> Self {
        Self::run(Command::new(std::env::current_exe().unwrap()), role, folder, script)
    }

    /// [`Self::start`] by a command that becomes this binary.
    fn run(mut command: Command, role: &str, folder: &Path, script: &str) -> Self {
        let mut child = command
            .args(["plays_the_other_process", "--exact", "--nocapture", "--test-threads=1"])
            .env(ROLE, role)
            .env(FOLDER, folder)
            .env(SCRIPT, script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// The next line that it said; the test harness talks as well, without the mark.
    fn hear(&mut self) -> Option<String> {
        self.said.find_map(|line| line.unwrap().strip_prefix("> ").map(str::to_owned))
    }

    fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

/// SIGKILL; what it was doing at that moment is anybody's guess.
impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn plays_the_other_process() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    let script = std::env::var(SCRIPT).unwrap();
    // The harness has begun a line.
    println!();
    match role.as_str() {
        "lockstep" => runtime().block_on(lockstep::answer(&folder)),
        "take back" => runtime().block_on(taken_back::take_back(&folder)),
        "race" => runtime().block_on(race::call_until_full(&folder)),
        "chaos" => runtime().block_on(chaos::call_without_end(&folder, &script)),
        #[cfg(unix)]
        "narrow disk" => runtime().block_on(narrow_disk::call_until_refused(&folder)),
        other => panic!("{other} is no role"),
    }
}

/// `SplitMix64`: the same sequence for the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
