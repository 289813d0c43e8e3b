//! The ledger between processes: this test binary starts itself again and plays the other processes. In `lockstep` on a
//! virtual clock against a list of timestamps; in a `race` for the last calls; with calls `taken_back`; in `chaos` with kill -9; and on a `narrow_disk`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chaos;
mod lockstep;
#[cfg(unix)]
mod narrow_disk;
mod race;
mod taken_back;

#[path = "../processes/mod.rs"]
mod processes;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foray_core::TenantId;
use foray_core::clock::Clock;
use foray_core::rate_limit::Ledger;
use processes::{Process, Role, runtime};

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

/// Says a line to another process.
fn tell(process: &mut Process, line: &str) {
    writeln!(process.child.stdin.as_mut().unwrap(), "{line}").unwrap();
}

#[test]
fn plays_the_other_process() {
    let Some(Role { name, folder, script }) = Role::of_this_process() else { return };
    match name.as_str() {
        "lockstep" => runtime().block_on(lockstep::answer(&folder)),
        "take back" => runtime().block_on(taken_back::take_back(&folder)),
        "race" => runtime().block_on(race::call_until_full(&folder)),
        "chaos" => runtime().block_on(chaos::call_without_end(&folder, &script)),
        #[cfg(unix)]
        "narrow disk" => runtime().block_on(narrow_disk::call_until_refused(&folder)),
        other => panic!("{other} is no role"),
    }
}
