//! An open Foray with a workspace, in front of a stand-in that sells: where the tests of paying begin.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::Origin;
use foray_core::clock::{Clock, ManualClock};
use foray_core::credits::Credits;
use foray_core::enrich::{EnrichDone, EnrichInput};
use foray_core::jobs::{Ended, Job, JobResult, Manner};
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::{ApiKey, KeyStore, MemoryKeys};
use foray_core::workspace::{CreditCaps, WorkspaceChange};
use foray_core::{Answer, Foray, Options, TenantId};
use foray_sandbox::{Plan, Sandbox};
use tokio_util::sync::CancellationToken;

/// 2026-11-23T12:00:00Z: the middle of a day wherever the test runs, nearly.
const NOON: i64 = 1_795_392_000_000 + 43_200_000;

/// An open Foray with a workspace, in front of a stand-in that sells.
pub struct Office {
    pub foray: Foray,
    pub sandbox: Sandbox,
    pub clock: Arc<ManualClock>,
    keys: Arc<MemoryKeys>,
    pub folder: tempfile::TempDir,
    pub tenant: TenantId,
}

impl Office {
    pub async fn new() -> Self {
        Self::with_key("credits-100000-of-an-office").await
    }

    pub async fn with_key(key: &str) -> Self {
        Self::with(key, Plan::Basic).await
    }

    /// On `Professional` full rows are to be had, and a page of them costs a credit.
    pub async fn with(key: &str, plan: Plan) -> Self {
        let options = foray_sandbox::Options {
            people: 2_000,
            plan,
            hang: Duration::ZERO,
            full_page_hundredths: 100,
            pending_polls: 1,
            poll_again: Duration::ZERO,
            ..foray_sandbox::Options::default()
        };
        let sandbox = foray_sandbox::start(options).await.unwrap();
        let (folder, clock) = (tempfile::tempdir().unwrap(), Arc::new(ManualClock::at(NOON)));
        let keys = Arc::new(MemoryKeys::default());
        let foray = Self::open(&folder, &sandbox, &clock, &keys).await;
        let tenant = foray.workspaces().add("Acme").await.unwrap().id;
        foray.set_key(tenant, ApiKey::parse(key).unwrap()).await.unwrap();
        let many = WorkspaceChange { calls_per_hour: Some(6_000), ..WorkspaceChange::default() };
        foray.change_workspace(tenant, many).await.unwrap();
        Self { foray, sandbox, clock, keys, folder, tenant }
    }

    async fn open(
        folder: &tempfile::TempDir,
        sandbox: &Sandbox,
        clock: &Arc<ManualClock>,
        keys: &Arc<MemoryKeys>,
    ) -> Foray {
        let options = Options {
            data_dir: folder.path().join("data"),
            apollo: Origin::parse(&sandbox.origin()).unwrap(),
            sandbox: None,
            environment_key: None,
            keys: Arc::clone(keys) as Arc<dyn KeyStore>,
            clock: Arc::clone(clock) as Arc<dyn Clock>,
            deadline: Duration::from_secs(5),
            background: false,
        };
        Foray::open(options).await.unwrap()
    }

    /// The app is closed and opened again, a while later.
    pub async fn restart(self) -> Self {
        let Self { foray, sandbox, clock, keys, folder, tenant } = self;
        drop(foray);
        clock.advance(120_000);
        let foray = Self::open(&folder, &sandbox, &clock, &keys).await;
        Self { foray, sandbox, clock, keys, folder, tenant }
    }

    pub fn request(page: i64) -> SearchRequest {
        let asked = SearchInput { filters: filters(), page: Some(page), page_size: Some(25), persona_id: None };
        SearchRequest::check(&asked).unwrap()
    }

    /// A search whose page is in the store from then on.
    pub async fn search(&self, page: i64) -> Answer {
        self.foray.search(self.tenant, &Self::request(page)).await.unwrap()
    }

    /// Sets the workspace's caps.
    pub async fn cap(&self, caps: CreditCaps) {
        let change = WorkspaceChange { caps: Some(caps), ..WorkspaceChange::default() };
        assert_eq!(self.foray.change_workspace(self.tenant, change).await.unwrap().caps, caps);
    }

    pub async fn add(&self, input: &EnrichInput) -> Job {
        self.foray.add_enrichment(self.tenant, "Sales leaders", input, false).await.unwrap()
    }

    pub async fn run(&self, job: &Job) -> Ended {
        self.run_in(self.tenant, job).await
    }

    pub async fn run_in(&self, tenant: TenantId, job: &Job) -> Ended {
        self.foray.run_job(tenant, job.id, Manner::AtOnce, &CancellationToken::new(), |_| ()).await.unwrap()
    }

    /// Whether the last that Apollo was asked is how many credits were used.
    pub fn was_counted_last(&self) -> bool {
        self.sandbox.requests().last().is_some_and(|request| request.path.ends_with("/credit_usage_stats"))
    }

    pub async fn enrich(&self, input: &EnrichInput) -> EnrichDone {
        let job = self.add(input).await;
        match self.run(&job).await {
            Ended::Done(JobResult::Enrich(done)) => done,
            other => panic!("{other:?}"),
        }
    }

    pub fn set_faults(&self, faults: &str) {
        self.sandbox.set_faults(faults.parse().unwrap());
    }

    /// What the stand-in charged in all.
    pub fn charged(&self) -> Credits {
        let hundredths: u64 = self.sandbox.requests().iter().map(|request| request.charged_hundredths).sum();
        Credits::from_thousandths(hundredths * 10)
    }

    /// How often each person was charged.
    pub fn times_charged(&self) -> HashMap<String, usize> {
        let mut times = HashMap::new();
        for id in self.sandbox.requests().into_iter().flat_map(|request| request.charged_for) {
            *times.entry(id).or_default() += 1;
        }
        times
    }

    pub fn paid_calls(&self) -> usize {
        self.sandbox.requests().iter().filter(|request| request.path.ends_with("/bulk_match")).count()
    }

    /// Charged and unknown, as the ledger has them.
    pub async fn booked(&self) -> (Credits, Credits) {
        let usage = self.foray.usage(self.tenant).await.unwrap();
        (usage.charged, usage.unknown)
    }
}

pub fn filters() -> FiltersInput {
    FiltersInput { seniorities: vec!["vp".to_owned(), "director".to_owned()], ..FiltersInput::default() }
}
