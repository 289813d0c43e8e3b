//! Foray without a face: what window and command line call. Opens the data folder, knows the workspaces, hands out
//! searches, personas, exports and keys.

mod opening;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OnceCell, broadcast};
use ts_rs::TS;

use crate::access::{Access, KeySource};
use crate::activity::{Activity, ActivitySlot};
use crate::answer::{Answer, Source};
use crate::apollo::{ApolloClient, Origin, Proxy};
use crate::circuit_breaker::BreakerChange;
use crate::clock::Clock;
use crate::db;
use crate::error::Error;
use crate::files::{self, TenantFiles};
use crate::jobs::{Board, Job, Store};
use crate::keys::key_status;
use crate::log::{Fact, Log};
use crate::persona::store::Personas;
use crate::persona::{Filters, SearchRequest};
use crate::rate_limit::{AccountHash, Haste};
use crate::search::{self, Background, Gateway, Searches};
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
    /// As [`db::open`]; the data folder can't be made.
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

    /// A fresh kept answer, else Apollo's.
    ///
    /// # Errors
    /// The disk, an unknown workspace, a question Apollo refuses; all else is an [`Answer`] that says why it is empty.
    pub async fn search(&self, tenant: TenantId, request: &SearchRequest) -> Result<Answer, Error> {
        self.logged("search", tenant, async { self.searches.search(&self.access(tenant).await?, request).await }).await
    }

    /// Apollo's answer, past the cache; errors as [`Self::search`].
    pub async fn search_refresh(&self, tenant: TenantId, request: &SearchRequest) -> Result<Answer, Error> {
        self.logged("refresh", tenant, async { self.searches.refresh(&self.access(tenant).await?, request).await })
            .await
    }

    /// What is kept; never a call.
    pub async fn search_peek(&self, tenant: TenantId, request: &SearchRequest) -> Result<Option<Answer>, Error> {
        self.searches.peek(&self.access(tenant).await?, request).await
    }

    /// Forgets kept answers: all pages of these filters, or everything of the workspace. Answers how many went.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn forget_answers(&self, tenant: TenantId, filters: Option<&Filters>) -> Result<u64, Error> {
        let cache = self.files(tenant).await?.cache;
        match filters {
            Some(filters) => cache.invalidate_question(tenant, &search::question(filters)?).await,
            None => cache.clear(tenant).await,
        }
    }

    /// Forgets the kept answers to one page of a search, of either endpoint. Answers how many went.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn forget_page(&self, tenant: TenantId, request: &SearchRequest) -> Result<u64, Error> {
        let access = self.access(tenant).await?;
        let mut forgotten = 0;
        for endpoint in search::EITHER {
            forgotten += access.files.cache.invalidate(&search::key(&access, endpoint, request)?).await?;
        }
        Ok(forgotten)
    }

    /// Writes down how a question went: never what was asked or who was found.
    async fn logged(
        &self,
        what: &'static str,
        tenant: TenantId,
        asking: impl Future<Output = Result<Answer, Error>>,
    ) -> Result<Answer, Error> {
        let began = Instant::now();
        let answer = asking.await;
        let took = Fact::Took(began.elapsed());
        match &answer {
            Ok(answer) => {
                let code = answer.reason.as_ref().map_or(Fact::Word("code", "ok"), Fact::Because);
                let calls = Fact::Number("calls", answer.calls_spent.into());
                let source = Fact::Word("source", answer.source.name());
                let facts = [Fact::Workspace(tenant), source, code, calls, took];
                match answer.source {
                    Source::Cached => self.log.debug(what, &facts),
                    Source::Live => self.log.info(what, &facts),
                    Source::Stale | Source::Empty => self.log.error(what, &facts),
                }
            }
            Err(error) => self.log.error(what, &[Fact::Workspace(tenant), Fact::Word("code", error.code()), took]),
        }
        answer
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

    /// Removes a workspace with all its files and its key. There is no way back.
    ///
    /// # Errors
    /// [`Error::BadInput`] for the sample workspace; the disk.
    pub async fn remove_workspace(&self, tenant: TenantId) -> Result<(), Error> {
        let workspace = self.workspaces.get(tenant).await?;
        if workspace.sample {
            return self.workspaces.remove(tenant).await;
        }
        let has_key = self.workspaces.key_trace(tenant).await?.is_some();
        // Files that can't be opened hold no job that anybody runs.
        if self.has_jobs(tenant)
            && let Ok(jobs) = self.jobs(tenant).await
        {
            jobs.end_all().await?;
        }
        self.going.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant);
        let erased = self.erase(tenant).await;
        // It is still there and may be asked again, or out of the registry; and a backup may bring it back.
        self.going.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
        erased?;
        self.log.info("remove", &[Fact::Workspace(tenant)]);
        // Counts of half hours, which go by themselves after eight days: no reason to keep the key.
        drop(self.activity.forget(tenant).await);
        self.this_run.clear(tenant)?;
        // Last, since a keyring that is gone must not keep a client's data from being erased.
        // Also without a trace of a key, which a damaged registry takes along.
        let cleared = self.secrets.clear(tenant).await;
        if has_key && let Err(Error::Keyring { why, advice }) = cleared {
            return Err(Error::Keyring {
                why: format!("The workspace and its data are removed, but its key is still in the keyring. {why}"),
                advice,
            });
        }
        Ok(())
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
        if workspace.sample {
            // Without the stand-in its client points at a port where nobody listens: no question leaves this computer.
            let client = match &self.sandbox {
                Some(client) => client.clone(),
                None => {
                    ApolloClient::through(&Proxy::None, Origin::parse("http://127.0.0.1:1")?, Duration::from_secs(1))?
                }
            };
            let account = ApiKey::parse("sample-workspace").ok().map(|key| key.account().at(SANDBOX));
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
        let (account, keys) = match &self.environment_key {
            Some(key) => (Some(self.account(key)), KeySource::Environment(key.clone())),
            None => (
                self.kept_account(&workspace).await?,
                KeySource::Kept { secrets: self.secrets.clone(), this_run: Arc::clone(&self.this_run) },
            ),
        };
        let haste = Haste::Click;
        let (job, title, calls_at_most) = (None, None, None);
        Ok(Access { workspace, files, client, origin_label, account, keys, haste, job, title, calls_at_most })
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

    async fn files(&self, tenant: TenantId) -> Result<TenantFiles, Error> {
        // Only of a workspace that is in the registry; no folder is made for any other id. Another process may have removed it.
        let workspace = self.workspaces.get(tenant).await.inspect_err(|_| self.close_files(tenant))?;
        let cell = {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            if files.get(&tenant).and_then(|cell| cell.get()).is_some_and(|files| !files.are_in_place()) {
                files.remove(&tenant);
            }
            Arc::clone(files.entry(tenant).or_default())
        };
        let opened = cell
            .get_or_try_init(|| async {
                // What is going is still in the registry.
                if self.going.lock().unwrap_or_else(PoisonError::into_inner).contains(&tenant) {
                    return Err(Error::not_found("workspace", &tenant.to_string()));
                }
                let limits = workspace.cache_limits();
                let data_dir = self.data_dir.clone();
                let opening = tokio::task::spawn_blocking(move || TenantFiles::open_within(&data_dir, tenant, limits));
                let opened = opening.await.map_err(|_| Error::Storage {
                    what: "The workspace's files".to_owned(),
                    why: "opening them broke off".to_owned(),
                })??;
                self.notices.lock().unwrap_or_else(PoisonError::into_inner).extend(opened.notices.iter().cloned());
                opened.store.tell(self.people_changed.clone());
                Ok::<_, Error>(opened)
            })
            .await?;
        Ok(opened.clone())
    }

    /// Tells who listens of people that another process added or changed in the open workspaces, or of a workspace that it
    /// removed or restored.
    pub(crate) async fn hear_of_people(&self) {
        let open: Vec<_> = {
            let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.iter().filter_map(|(tenant, cell)| Some((*tenant, cell.get()?.clone()))).collect()
        };
        for (tenant, files) in open {
            let is_listed = self.workspaces.get(tenant).await.is_ok();
            if is_listed && files.are_in_place() {
                files.store.hear_of_others().await;
            } else {
                self.close_files(tenant);
                // Nobody listens where there is no window.
                drop(self.people_changed.send(tenant));
            }
        }
    }

    /// Lets go of a workspace's open files, once nobody uses them any more.
    fn close_files(&self, tenant: TenantId) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }

    /// Takes a workspace's folder away, then its entry in the registry.
    async fn erase(&self, tenant: TenantId) -> Result<(), Error> {
        let cell = self.files.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
        if let Some(cell) = cell {
            // Whoever is just opening the files has to be done, or would make the folder again. Then the handles close: some
            // systems don't remove open files.
            let _opened = cell.get_or_try_init(|| async { Err::<TenantFiles, _>(()) }).await;
        }
        let folder = files::folder(&self.data_dir, tenant);
        tokio::task::spawn_blocking(move || remove_folder(&folder)).await.map_err(|_| Error::Storage {
            what: "The workspace's folder".to_owned(),
            why: "removing it broke off".to_owned(),
        })??;
        self.workspaces.remove(tenant).await
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

fn remove_folder(folder: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(db::explain_io("The workspace's folder", &error))
        }
        _ => Ok(()),
    }
}
