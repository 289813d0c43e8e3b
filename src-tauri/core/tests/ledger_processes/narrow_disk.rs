//! A disk that fills up while the ledger is in use, made by the system's limit on the size of a process's files.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use foray_core::Error;
use foray_core::clock::ManualClock;
use foray_core::rate_limit::{EndpointClass, Marked};

use crate::processes::{Process, runtime};
use crate::{BEGIN_MS, open, tenant};

const LIMIT: u32 = 100_000;

/// What was marked as sending, then the refusal.
pub async fn call_until_refused(folder: &Path) {
    let ledger = open(folder, Arc::new(ManualClock::at(BEGIN_MS)));
    let mut sent = 0;
    let error = loop {
        let reservation = match ledger.reserve(tenant(0), LIMIT, None, EndpointClass::Other).await {
            Ok(reservation) => reservation,
            Err(error) => break error,
        };
        match ledger.sending(&reservation).await {
            Ok(marked) => assert_eq!(marked, Marked::Sending),
            Err(error) => break error,
        }
        sent += 1;
    };
    assert_eq!(error, Error::DiskFull { what: "the call ledger".to_owned() });
    let again = ledger.reserve(tenant(0), LIMIT, None, EndpointClass::Other).await;
    assert!(again.is_err(), "it stays refused while the disk is full");
    println!("> {sent}");
}

#[test]
fn a_disk_that_fills_up_admits_nothing_more_and_forgets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut narrow = Command::new("sh");
    // 512 blocks are a quarter or half of a megabyte. Without the trap the system would kill the process.
    narrow.args(["-c", "trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\""]).arg(std::env::current_exe().unwrap());
    let mut process = Process::run(narrow, "narrow disk", folder.path(), "");
    let sent: u32 = process.hear().expect("the process died").parse().unwrap();
    drop(process);
    assert!(sent > 0);

    // Somebody made room.
    let ledger = open(folder.path(), Arc::new(ManualClock::at(BEGIN_MS)));
    runtime().block_on(async {
        let used = ledger.status(tenant(0), LIMIT, None).await.unwrap().used;
        assert!(used == sent || used == sent + 1, "{sent} were sent and {used} are counted");
        assert!(ledger.reserve(tenant(0), LIMIT, None, EndpointClass::Other).await.is_ok());
    });
}
