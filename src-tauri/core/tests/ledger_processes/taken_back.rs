//! What frees calls in another process ends the refusals that this one remembers.

use std::path::Path;
use std::sync::Arc;

use foray_core::Error;
use foray_core::clock::ManualClock;
use foray_core::rate_limit::{EndpointClass, Ledger};

use crate::processes::{Process, runtime};
use crate::{BEGIN_MS, ledger_file, open, tell, tenant};

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(BEGIN_MS))
}

async fn refused(ledger: &Ledger) -> Option<Error> {
    ledger.reserve(tenant(0), 1, None, EndpointClass::Other).await.err()
}

/// Holds the only call until told to release it; then says that a lost ledger need not start full.
pub async fn take_back(folder: &Path) {
    let ledger = open(folder, clock());
    let mut held = None;
    println!("> ready");
    for line in std::io::stdin().lines() {
        match line.unwrap().as_str() {
            "reserve" => held = ledger.reserve(tenant(0), 1, None, EndpointClass::Other).await.ok(),
            "release" => ledger.release(held.take().unwrap()).await.unwrap(),
            "forgive" => ledger.forgive().await.unwrap(),
            other => panic!("{other} is no order"),
        }
        println!("> done");
    }
}

#[test]
fn a_call_that_another_process_gives_back_fits_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path(), clock());
    let mut other = Process::start("take back", folder.path(), "");
    assert_eq!(other.hear().unwrap(), "ready");
    let mut order = |order| {
        tell(&mut other, order);
        assert_eq!(other.hear().unwrap(), "done");
    };
    runtime().block_on(async {
        order("reserve");
        for _ in 0..3 {
            assert!(matches!(refused(&ledger).await, Some(Error::RateLimited { .. })));
        }
        order("release");
        assert_eq!(refused(&ledger).await, None);
    });
}

#[test]
fn a_lost_ledger_that_another_process_forgives_refuses_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&ledger_file(folder.path()), clock(), true).unwrap().ledger;
    let mut other = Process::start("take back", folder.path(), "");
    assert_eq!(other.hear().unwrap(), "ready");
    runtime().block_on(async {
        for _ in 0..3 {
            assert!(matches!(refused(&ledger).await, Some(Error::LedgerLost { .. })));
        }
        tell(&mut other, "forgive");
        assert_eq!(other.hear().unwrap(), "done");
        assert_eq!(refused(&ledger).await, None);
    });
}
