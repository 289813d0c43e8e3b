//! Enrichment in processes that are killed: the stand-in's log against the books that are left.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chaos;
#[cfg(target_os = "linux")]
mod narrow_disk;

#[path = "../processes/mod.rs"]
mod processes;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::Origin;
use foray_core::clock::{Clock, ManualClock, SystemClock};
use foray_core::jobs::{Job, Manner};
use foray_core::secrets::{ApiKey, MemoryKeys};
use foray_core::{Foray, Options, TenantId};
use processes::{Role, runtime};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// In a script: the clock is the computer's.
const GOES: &str = "goes";

async fn open(folder: &Path, origin: &str, key: &str, clock: Arc<dyn Clock>) -> Foray {
    let options = Options {
        data_dir: folder.join("data"),
        apollo: Origin::parse(origin).unwrap(),
        sandbox: None,
        environment_key: Some(ApiKey::parse(key).unwrap()),
        keys: Arc::new(MemoryKeys::default()),
        clock,
        deadline: Duration::from_secs(10),
        background: false,
    };
    Foray::open(options).await.unwrap()
}

fn standing_at(at_ms: i64) -> Arc<dyn Clock> {
    Arc::new(ManualClock::at(at_ms))
}

/// Runs one enrichment until it is killed or ends, and says each step. The clock stands, unless the script has it go.
async fn enrich(folder: &Path, script: &str) {
    let [origin, key, tenant, job, at] = script.split('|').collect::<Vec<_>>()[..] else { panic!("{script}") };
    let clock: Arc<dyn Clock> =
        if at == GOES { Arc::new(SystemClock::start()) } else { standing_at(at.parse().unwrap()) };
    let foray = open(folder, origin, key, clock).await;
    let (tenant, job) = (TenantId::parse(tenant).unwrap(), Uuid::parse_str(job).unwrap());
    println!("> ready");
    let say = |job: &Job| {
        let why = job.reason.as_ref().map_or("", |reason| reason.code.as_str());
        println!("> {} {} {why}", job.state.as_str(), job.progress.rows);
    };
    foray.run_job(tenant, job, Manner::AtOnce, &CancellationToken::new(), say).await.unwrap();
    println!("> ended");
}

#[test]
fn plays_the_other_process() {
    let Some(Role { name, folder, script }) = Role::of_this_process() else { return };
    match name.as_str() {
        "enrich" => runtime().block_on(enrich(&folder, &script)),
        other => panic!("{other} is no role"),
    }
}
