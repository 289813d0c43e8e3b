//! Several processes want the last calls at once.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use foray_core::clock::SystemClock;
use foray_core::rate_limit::{EndpointClass, Ledger, Marked};

use crate::processes::{Process, runtime};
use crate::{open, tenant};

const LIMIT: u32 = 100;

async fn call(ledger: &Ledger) -> bool {
    let Ok(reservation) = ledger.reserve(tenant(0), LIMIT, None, EndpointClass::Other).await else { return false };
    assert_eq!(ledger.sending(&reservation).await.unwrap(), Marked::Sending);
    true
}

/// The file `sent` stands for the service: a byte for each request that it got.
pub async fn call_until_full(folder: &Path) {
    let ledger = open(folder, Arc::new(SystemClock::start()));
    let mut service = OpenOptions::new().append(true).create(true).open(folder.join("sent")).unwrap();
    while call(&ledger).await {
        service.write_all(b".").unwrap();
    }
    println!("> full");
}

#[test]
fn processes_that_race_for_the_last_calls_never_go_over() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path(), Arc::new(SystemClock::start()));
    let left = 60;
    runtime().block_on(async {
        for _ in 0..LIMIT - left {
            assert!(call(&ledger).await);
        }
    });
    let mut callers: Vec<Process> = (0..4).map(|_| Process::start("race", folder.path(), "")).collect();
    for caller in &mut callers {
        assert_eq!(caller.hear().unwrap(), "full");
    }
    let sent = std::fs::metadata(folder.path().join("sent")).unwrap().len();
    assert_eq!(sent, u64::from(left));
}
