//! The durable ledger: refusals beside a Redis that runs the reference's algorithm, one caller each and many at once;
//! admissions with their step to sending beside bare synced writes.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use foray_core::clock::SystemClock;
use foray_core::rate_limit::{AccountHash, DEFAULT_LIMIT, EndpointClass, Ledger, Marked};
use foray_core::{Error, TenantId};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::redis::Redis;
use super::{Outcome, Series};

const ROUNDS: usize = 60;
/// Refusals of one kind in a round.
const REFUSALS: usize = 500;
/// Callers at once, and commands in one pipeline.
const AT_ONCE: usize = 50;
/// Workspaces that take their hour's 100 calls each.
const TENANTS: usize = 20;

pub fn measure(threads: &Runtime, folder: &Path, redis: &str) -> Outcome {
    std::fs::create_dir_all(folder)?;
    let path = folder.join("ledger.sqlite");
    let ledger = Ledger::open(&path, Arc::new(SystemClock::start()), false)?.ledger;
    // Before the many admissions, so that both sides refuse with nothing else on the disk's mind.
    refusals(threads, &ledger, redis)?;
    admissions(threads, &ledger, &folder.join("bare.log"))
}

fn refusals(threads: &Runtime, ledger: &Ledger, redis: &str) -> Outcome {
    let tenant = TenantId::generate();
    for _ in 0..DEFAULT_LIMIT {
        threads.block_on(admit(ledger, tenant))?;
    }
    let mut redis = Redis::connect(redis, &tenant.to_string(), DEFAULT_LIMIT)?;
    let [mut ours, mut theirs, mut ours_at_once, mut theirs_at_once] =
        ["refusal", "redis_refusal", "refusal_at_once", "redis_refusal_at_once"].map(Series::new);
    for _ in 0..ROUNDS {
        for _ in 0..REFUSALS {
            let start = Instant::now();
            let refused = threads.block_on(refused(ledger, tenant));
            ours.add(start, 1);
            refused?;
        }
        for _ in 0..REFUSALS {
            let start = Instant::now();
            redis.refused(1)?;
            theirs.add(start, 1);
        }
        for _ in 0..REFUSALS / AT_ONCE {
            let start = Instant::now();
            threads.block_on(refused_at_once(ledger, tenant))?;
            ours_at_once.add(start, AT_ONCE as u32);
        }
        for _ in 0..REFUSALS / AT_ONCE {
            let start = Instant::now();
            redis.refused(AT_ONCE)?;
            theirs_at_once.add(start, AT_ONCE as u32);
        }
    }
    for series in [ours, theirs, ours_at_once, theirs_at_once] {
        series.tell()?;
    }
    Ok(())
}

/// One call through the ledger up to the moment at which it may be sent.
async fn admit(ledger: &Ledger, tenant: TenantId) -> Outcome {
    let account = AccountHash::of_key("guard-bench");
    let reservation = ledger.reserve(tenant, DEFAULT_LIMIT, Some(account), EndpointClass::PeopleSearch).await?;
    match ledger.sending(&reservation).await? {
        Marked::Sending => Ok(()),
        Marked::LeaseRanOut => Err("the lease of a reservation ran out".into()),
    }
}

async fn refused(ledger: &Ledger, tenant: TenantId) -> Result<(), Error> {
    let account = AccountHash::of_key("guard-bench");
    match ledger.reserve(tenant, DEFAULT_LIMIT, Some(account), EndpointClass::PeopleSearch).await {
        Err(Error::RateLimited { .. }) => Ok(()),
        Err(error) => Err(error),
        Ok(_) => Err(Error::bad_input("limit", "a full window admitted a call")),
    }
}

async fn refused_at_once(ledger: &Ledger, tenant: TenantId) -> Outcome {
    let mut callers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let ledger = ledger.clone();
        callers.spawn(async move { refused(&ledger, tenant).await });
    }
    while let Some(caller) = callers.join_next().await {
        caller??;
    }
    Ok(())
}

fn admissions(threads: &Runtime, ledger: &Ledger, bare: &Path) -> Outcome {
    let mut bare = OpenOptions::new().create(true).append(true).open(bare)?;
    let (mut admission, mut two_writes) = (Series::new("admission"), Series::new("two_synced_writes"));
    for _ in 0..TENANTS {
        let tenant = TenantId::generate();
        for _ in 0..DEFAULT_LIMIT {
            let start = Instant::now();
            threads.block_on(admit(ledger, tenant))?;
            admission.add(start, 1);
        }
        for _ in 0..DEFAULT_LIMIT {
            let start = Instant::now();
            synced_write(&mut bare)?;
            synced_write(&mut bare)?;
            two_writes.add(start, 1);
        }
    }
    admission.tell()?;
    two_writes.tell()
}

/// A page of 4 kB at the end of a file, on the disk when this returns: the least that a durable step can cost.
fn synced_write(file: &mut File) -> Outcome {
    file.write_all(&[7; 4_096])?;
    Ok(file.sync_data()?)
}
