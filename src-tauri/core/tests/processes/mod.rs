//! What tests that play several processes share: this test binary starts itself again, in a role.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

const ROLE: &str = "FORAY_TEST_ROLE";
const FOLDER: &str = "FORAY_TEST_FOLDER";
const SCRIPT: &str = "FORAY_TEST_SCRIPT";

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// What this process was started to play.
pub struct Role {
    pub name: String,
    pub folder: PathBuf,
    pub script: String,
}

impl Role {
    /// None in the process that the harness itself runs.
    pub fn of_this_process() -> Option<Self> {
        let name = std::env::var(ROLE).ok()?;
        let [folder, script] = [FOLDER, SCRIPT].map(|variable| std::env::var(variable).unwrap());
        // The harness has begun a line.
        println!();
        Some(Self { name, folder: PathBuf::from(folder), script })
    }
}

/// Another process of this binary, in a role.
pub struct Process {
    pub child: Child,
    said: std::io::Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts the role in `folder`; `script` is what else the role wants to know.
    pub fn start(role: &str, folder: &Path, script: &str) -> Self {
        Self::run(Command::new(std::env::current_exe().unwrap()), role, folder, script)
    }

    /// [`Self::start`] by a command that becomes this binary.
    pub fn run(mut command: Command, role: &str, folder: &Path, script: &str) -> Self {
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

    /// The next line that it said; the test harness talks as well, without the mark.
    pub fn hear(&mut self) -> Option<String> {
        self.said.find_map(|line| line.unwrap().strip_prefix("> ").map(str::to_owned))
    }

    pub fn is_alive(&mut self) -> bool {
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

/// A number from the environment, as `cargo xtask chaos` sets it.
pub fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// `SplitMix64`: the same sequence for the same seed, on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
