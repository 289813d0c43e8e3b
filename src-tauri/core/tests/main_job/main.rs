//! The main job on the core: a workspace, a search, what it costs, an export; over real sockets against the stand-in,
//! with a clock that stands until a test moves it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backups;
mod bad_days;
mod export;
mod files;
mod guard;
mod job_troubles;
mod jobs;
mod keys;
mod origins;
mod people;
mod search;
mod settings;
mod stand_ins;
mod tenants;
mod waiting;
mod workspaces;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::Origin;
use foray_core::clock::{Clock, ManualClock};
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::{ApiKey, KeyStore, MemoryKeys};
use foray_core::{Foray, Options, TenantId};
use foray_sandbox::{Plan, Sandbox};

/// 2026-11-23T00:00:00Z.
const NOON: i64 = 1_795_392_000_000;

/// A data folder, a stand-in for Apollo, and Foray between them.
struct Desk {
    foray: Arc<Foray>,
    sandbox: Sandbox,
    clock: Arc<ManualClock>,
    keys: Arc<MemoryKeys>,
    folder: tempfile::TempDir,
}

impl Desk {
    async fn new(plan: Plan) -> Self {
        Self::with(foray_sandbox::Options { people: 3_000, plan, ..foray_sandbox::Options::default() }).await
    }

    async fn with(options: foray_sandbox::Options) -> Self {
        let sandbox = foray_sandbox::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(NOON));
        let keys = Arc::new(MemoryKeys::default());
        let foray = Arc::new(open(folder.path(), &sandbox.origin(), &clock, &keys).await);
        Self { foray, sandbox, clock, keys, folder }
    }

    /// The app is closed and opened again.
    async fn restart(self) -> Self {
        let Self { foray, sandbox, clock, keys, folder } = self;
        drop(foray);
        let foray = Arc::new(open(folder.path(), &sandbox.origin(), &clock, &keys).await);
        Self { foray, sandbox, clock, keys, folder }
    }

    /// A workspace with a key that Apollo takes.
    async fn client(&self, name: &str) -> TenantId {
        self.client_with_key(name, &format!("good-key-of-{}-0123456789", name.replace(' ', "-"))).await
    }

    async fn client_with_key(&self, name: &str, key: &str) -> TenantId {
        let workspace = self.foray.workspaces().add(name).await.unwrap();
        self.foray.set_key(workspace.id, ApiKey::parse(key).unwrap()).await.unwrap();
        workspace.id
    }

    /// Calls that reached the stand-in.
    fn calls(&self) -> usize {
        self.sandbox.requests().len()
    }
}

async fn open(folder: &Path, apollo: &str, clock: &Arc<ManualClock>, keys: &Arc<MemoryKeys>) -> Foray {
    Foray::open(options(folder, apollo, clock, keys)).await.unwrap()
}

fn options(folder: &Path, apollo: &str, clock: &Arc<ManualClock>, keys: &Arc<MemoryKeys>) -> Options {
    Options {
        data_dir: folder.join("data"),
        apollo: Origin::parse(apollo).unwrap(),
        sandbox: Some(Origin::parse(apollo).unwrap()),
        environment_key: None,
        keys: Arc::clone(keys) as Arc<dyn KeyStore>,
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        deadline: Duration::from_secs(2),
        background: true,
    }
}

fn filters() -> FiltersInput {
    FiltersInput { seniorities: vec!["vp".to_owned(), "director".to_owned()], ..FiltersInput::default() }
}

fn page(number: i64) -> SearchRequest {
    SearchRequest::check(&SearchInput { filters: filters(), page: Some(number), page_size: Some(25), persona_id: None })
        .unwrap()
}
