//! Enrichment in processes that are killed: the stand-in's log against the books that are left.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chaos;

#[path = "../processes/mod.rs"]
mod processes;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::Origin;
use foray_core::clock::ManualClock;
use foray_core::jobs::Manner;
use foray_core::secrets::{ApiKey, MemoryKeys};
use foray_core::{Foray, Options, TenantId};
use processes::{Role, runtime};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

async fn open(folder: &Path, origin: &str, key: &str, at_ms: i64) -> Foray {
    let options = Options {
        data_dir: folder.join("data"),
        apollo: Origin::parse(origin).unwrap(),
        sandbox: None,
        environment_key: Some(ApiKey::parse(key).unwrap()),
        keys: Arc::new(MemoryKeys::default()),
        clock: Arc::new(ManualClock::at(at_ms)),
        deadline: Duration::from_secs(10),
        background: false,
    };
    Foray::open(options).await.unwrap()
}

/// Runs one enrichment until it is killed or ends, and says each step.
async fn enrich(folder: &Path, script: &str) {
    let [origin, key, tenant, job, at_ms] = script.split('|').collect::<Vec<_>>()[..] else { panic!("{script}") };
    let foray = open(folder, origin, key, at_ms.parse().unwrap()).await;
    let (tenant, job) = (TenantId::parse(tenant).unwrap(), Uuid::parse_str(job).unwrap());
    println!("> ready");
    let say = |job: &foray_core::jobs::Job| println!("> {} {}", job.state.as_str(), job.progress.rows);
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
