//! Foray without a face: what window and command line call. Opens the data folder, knows the workspaces, hands out
//! searches, personas, exports and keys.

mod asking;
mod opening;
mod tenants;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OnceCell, broadcast};
use ts_rs::TS;

use crate::access::{Access, KeySource};
use crate::activity::{Activity, ActivitySlot};
use crate::apollo::{ApolloClient, Origin, Proxy};
use crate::circuit_breaker::BreakerChange;
use crate::clock::Clock;
use crate::error::Error;
use crate::files::{self, TenantFiles};
use crate::jobs::{Board, Job, Store};
use crate::keys::key_status;
use crate::log::{Fact, Log};
use crate::persona::store::Personas;
use crate::rate_limit::{AccountHash, Haste};
use crate::search::{Background, Gateway, Searches};
use crate::secrets::{ApiKey, KeyStore, MemoryKeys, Secrets};
use crate::settings::InUse;
use crate::status::{CacheStatus, EndpointStatus, Status};
use crate::tenant::TenantId;
use crate::workspace::{Workspace, WorkspaceChange, Workspaces};
pub use opening::make_private;
use opening::{OpenedFolder, open_folder};

/// Changes of people that a listener may lag behind before it misses the oldest.
const CHANGES: usize = 64;
/// What the stand-in is called in cache keys and accounts, since its port changes with each start.
const SANDBOX: &str = "sandbox";

/// Where Foray finds its data and Apollo.
pub struct Options {
    pub data_dir: PathBuf,
    pub apollo: Origin,
    /// The built-in stand-in, if it runs; without it the sample workspace answers from its cache only.
    pub sandbox: Option<Origin>,
    /// `FORAY_APOLLO_KEY`: wins for this run, is stored nowhere.
    pub environment_key: Option<ApiKey>,
    pub keys: Arc<dyn KeyStore>,
    pub clock: Arc<dyn Clock>,
    /// From the first byte sent to the last byte read of one call.
    pub deadline: Duration,
    /// Whether calls may be made that nobody asked for just now, in workspaces that want them
    /// ([`Workspace::refresh_stale`]).
    pub background: bool,
}

/// Facts for an “about” box and the first notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AppInfo {
    pub version: String,
    pub data_dir: String,
    /// Sentences the user should read once, such as that a damaged file was set aside.
    pub notices: Vec<String>,
}

/// The open data folder.
pub struct Foray {
    data_dir: PathBuf,
    in_use: InUse,
    log: Log,
    sandbox: Option<ApolloClient>,
    environment_key: Option<ApiKey>,
    secrets: Secrets,
    this_run: Arc<MemoryKeys>,
    workspaces: Workspaces,
    activity: Activity,
    background: Background,
    people_changed: broadcast::Sender<TenantId>,
    searches: Arc<Searches>,
    clock: Arc<dyn Clock>,
    files: Mutex<HashMap<TenantId, Arc<OnceCell<TenantFiles>>>>,
    board: Board,
    /// Workspaces whose removal has begun: nobody opens their files any more.
    going: Mutex<HashSet<TenantId>>,
    notices: Mutex<Vec<String>>,
}

/// The folder of this computer's user for Foray's data.
///
/// # Errors
/// [`Error::Storage`] when the user has no home folder.
pub fn default_data_dir() -> Result<PathBuf, Error> {
    directories::ProjectDirs::from("io", "Foray", "foray").map(|dirs| dirs.data_dir().to_path_buf()).ok_or_else(|| {
        Error::Storage {
            what: "The data folder".to_owned(),
            why: "this user has no home folder. Name one with --data-dir".to_owned(),
        }
    })
}

impl Foray {
    /// Opens or makes the data folder.
    ///
    /// # Errors
    /// As [`crate::db::open`]; the data folder can't be made.
    pub async fn open(options: Options) -> Result<Self, Error> {
        let Options { data_dir, apollo, sandbox, environment_key, keys, clock, deadline, background } = options;
        let background = Background::new(background);
        let folder = data_dir.clone();
        let opening_clock = Arc::clone(&clock);
        let opened = tokio::task::spawn_blocking(move || open_folder(&folder, &opening_clock)).await.map_err(|_| {
            Error::Storage { what: "The data folder".to_owned(), why: "opening it broke off".to_owned() }
        })?;
        let OpenedFolder { workspaces, ledger, activity, settings, notices } = opened?;
        let log = Log::open(&data_dir, settings.log_level);
        log.info("start", &[Fact::Word("version", env!("CARGO_PKG_VERSION"))]);
        let gateway = Gateway::new(ledger, workspaces.gates(), Arc::clone(&clock));
        tokio::spawn(write_down(gateway.changes(), activity.clone(), log.clone()));
        Ok(Self {
            data_dir,
            in_use: InUse::new(settings, apollo, deadline)?,
            log,
            sandbox: sandbox.map(|origin| ApolloClient::new(origin, deadline)).transpose()?,
            environment_key,
            secrets: Secrets::new(keys),
            this_run: Arc::default(),
            searches: Arc::new(Searches::new(
                gateway,
                workspaces.clone(),
                activity.clone(),
                background.clone(),
                Arc::clone(&clock),
            )),
            workspaces,
            activity,
            background,
            people_changed: broadcast::channel(CHANGES).0,
            clock,
            files: Mutex::default(),
            board: Board::default(),
            going: Mutex::default(),
            notices: Mutex::new(notices),
        })
    }

    pub fn info(&self) -> AppInfo {
        AppInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_dir: self.data_dir.display().to_string(),
            notices: self.notices.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    /// Adds a sentence that the user should read once.
    pub fn add_notice(&self, sentence: String) {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner).push(sentence);
    }

    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    pub fn workspaces(&self) -> &Workspaces {
        &self.workspaces
    }

    /// Changes a workspace's settings. Choosing an endpoint asks Apollo anew, so what was shut for its key is opened.
    ///
    /// # Errors
    /// As [`WorkspaceChange::check`]; [`Error::NotFound`].
    pub async fn change_workspace(&self, tenant: TenantId, change: WorkspaceChange) -> Result<Workspace, Error> {
        let (about_cache, about_endpoint) = (change.is_about_cache(), change.endpoint.is_some());
        let changed = self.workspaces.change(tenant, change).await?;
        if about_cache {
            // Opened anew by whoever comes next, within the new limits.
            self.close_files(tenant);
        }
        if about_endpoint && let Some(account) = self.access(tenant).await?.account {
            self.searches.gateway().gates().reopen_endpoints(account).await?;
        }
        self.board.stir();
        Ok(changed)
    }

    /// State changes of the circuit breakers, for whoever shows them.
    pub fn breaker_changes(&self) -> broadcast::Receiver<BreakerChange> {
        self.searches.gateway().changes()
    }

    /// Workspaces in which an answer was refreshed in the background, for whoever shows it.
    pub fn answers_refreshed(&self) -> broadcast::Receiver<TenantId> {
        self.background.subscribe()
    }

    /// Workspaces in which people were added or changed, for whoever shows them.
    pub fn people_changed(&self) -> broadcast::Receiver<TenantId> {
        self.people_changed.subscribe()
    }

    /// The user says that a ledger which was lost and starts full need not wait.
    pub async fn forgive_lost_ledger(&self) -> Result<(), Error> {
        self.searches.gateway().ledger().forgive().await?;
        self.board.stir();
        Ok(())
    }

    /// Questions of the last 24 hours by what became of them, in half hours, oldest first.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the journal can't be read.
    pub async fn last_day(&self, tenant: TenantId) -> Result<Vec<ActivitySlot>, Error> {
        self.workspaces.get(tenant).await?;
        self.activity.last_day(tenant, self.clock.now()).await
    }

    /// Waits until what was only noted is on the disk; for a process that is about to end.
    pub async fn settle(&self) {
        self.activity.settle().await;
        self.write_paid_pages().await;
        let opened: Vec<TenantFiles> = {
            let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.values().filter_map(|cell| cell.get().cloned()).collect()
        };
        for files in opened {
            files.store.settle().await;
        }
        self.log.settle().await;
    }

    pub async fn personas(&self, tenant: TenantId) -> Result<Personas, Error> {
        Ok(Personas::new(tenant, self.files(tenant).await?.people))
    }

    pub async fn status(&self, tenant: TenantId) -> Result<Status, Error> {
        let access = self.access(tenant).await?;
        let gateway = self.searches.gateway();
        let (in_use, because) = self.searches.endpoint(&access).await?;
        let (entries, bytes) = access.files.cache.size(tenant).await?;
        let (gate, price) = self.page_price(&access, in_use).await?;
        Ok(Status {
            limiter: gateway.ledger().status(tenant, access.workspace.calls_per_hour, access.account).await?,
            breaker: gateway.breaker_status(&access),
            cache: CacheStatus { entries, bytes },
            key: key_status(&access),
            answered: access.account.is_some_and(|account| gateway.has_answered(account)),
            price,
            gate,
            endpoint: EndpointStatus { setting: access.workspace.endpoint, in_use, because },
        })
    }

    /// Jobs of this process as they become, for whoever shows them.
    pub fn job_changes(&self) -> broadcast::Receiver<Job> {
        self.board.changes()
    }

    pub(crate) fn board(&self) -> &Board {
        &self.board
    }

    pub(crate) async fn job_store(&self, tenant: TenantId) -> Result<Store, Error> {
        Ok(Store::new(tenant, self.files(tenant).await?.people))
    }

    /// Whether the workspace ever had a job; if not, its files need not be opened to look.
    pub(crate) fn has_jobs(&self, tenant: TenantId) -> bool {
        self.job_folder(tenant).exists()
    }

    /// Where the locks of the workspace's jobs lie.
    pub(crate) fn job_folder(&self, tenant: TenantId) -> PathBuf {
        files::folder(&self.data_dir, tenant).join("jobs")
    }

    /// Everything a call of this workspace needs.
    pub(crate) async fn access(&self, tenant: TenantId) -> Result<Access, Error> {
        let workspace = self.workspaces.get(tenant).await?;
        let files = self.files(tenant).await?;
        let account = self.account_of(&workspace).await?;
        if workspace.sample {
            // Without the stand-in its client points at a port where nobody listens: no question leaves this computer.
            let client = match &self.sandbox {
                Some(client) => client.clone(),
                None => {
                    ApolloClient::through(&Proxy::None, Origin::parse("http://127.0.0.1:1")?, Duration::from_secs(1))?
                }
            };
            return Ok(Access {
                workspace,
                files,
                client,
                origin_label: SANDBOX.to_owned(),
                account,
                keys: KeySource::Sample,
                haste: Haste::Click,
                job: None,
                title: None,
                calls_at_most: None,
            });
        }
        let client = self.in_use.client();
        let origin_label = client.origin().to_string();
        let keys = match &self.environment_key {
            Some(key) => KeySource::Environment(key.clone()),
            None => KeySource::Kept { secrets: self.secrets.clone(), this_run: Arc::clone(&self.this_run) },
        };
        let haste = Haste::Click;
        let (job, title, calls_at_most) = (None, None, None);
        Ok(Access { workspace, files, client, origin_label, account, keys, haste, job, title, calls_at_most })
    }

    /// The workspaces that ask with the key of this account. Opens no workspace's files.
    pub(crate) async fn workspaces_of(&self, account: AccountHash) -> Result<Vec<TenantId>, Error> {
        let mut of_account = Vec::new();
        for workspace in self.workspaces.list().await? {
            if self.account_of(&workspace).await? == Some(account) {
                of_account.push(workspace.id);
            }
        }
        Ok(of_account)
    }

    /// The account that a workspace asks with; none without a key.
    async fn account_of(&self, workspace: &Workspace) -> Result<Option<AccountHash>, Error> {
        if workspace.sample {
            return Ok(ApiKey::parse("sample-workspace").ok().map(|key| key.account().at(SANDBOX)));
        }
        match &self.environment_key {
            Some(key) => Ok(Some(self.account(key))),
            None => self.kept_account(workspace).await,
        }
    }

    async fn kept_account(&self, workspace: &Workspace) -> Result<Option<AccountHash>, Error> {
        if let Some(key) = self.this_run.get(workspace.id)? {
            return Ok(Some(self.account(&key)));
        }
        let trace = self.workspaces.key_trace(workspace.id).await?;
        let hash = trace.and_then(|trace| AccountHash::parse(&trace.account));
        Ok(hash.map(|hash| hash.at(self.in_use.client().origin().as_str())))
    }

    /// The account of a key where this Foray uses it.
    pub(crate) fn account(&self, key: &ApiKey) -> AccountHash {
        key.account().at(self.in_use.client().origin().as_str())
    }

    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    pub(crate) fn in_use(&self) -> &InUse {
        &self.in_use
    }

    pub fn log(&self) -> &Log {
        &self.log
    }

    pub(crate) fn activity(&self) -> &Activity {
        &self.activity
    }

    pub(crate) fn searches(&self) -> &Arc<Searches> {
        &self.searches
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    pub(crate) fn this_run(&self) -> &MemoryKeys {
        &self.this_run
    }
}

/// Writes each change of a breaker into the journal, until the breakers are gone.
async fn write_down(mut changes: broadcast::Receiver<BreakerChange>, activity: Activity, log: Log) {
    loop {
        match changes.recv().await {
            Ok(change) => {
                log.info("breaker", &[Fact::Word("from", change.from.name()), Fact::Word("to", change.to.name())]);
                activity.note_breaker(&change);
            }
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}
