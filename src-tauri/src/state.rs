//! What the commands share: the open data folder, the stand-in, what makes jobs go on. Opened once, with the first command
//! that needs it; if that fails, each command says why instead of a window that never comes.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use foray_core::apollo::origin::{APOLLO, Origin};
use foray_core::clock::SystemClock;
use foray_core::jobs::Runner;
use foray_core::search::PaidInMemory;
use foray_core::secrets::{ApiKey, SystemKeyring};
use foray_core::{Error, Foray, Options, TenantId};
use foray_sandbox::Sandbox;
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

/// Where this run finds data and Apollo.
#[derive(Clone)]
pub struct Sources {
    pub data_dir: Option<PathBuf>,
    pub apollo_url: Option<String>,
    /// `FORAY_APOLLO_KEY` as it stands there; one that can't be a key is told, never ignored: another account would pay.
    pub key: Option<Zeroizing<String>>,
}

/// A little more than the longest call.
const FAREWELL: Duration = Duration::from_secs(12);

/// Shared by all commands.
pub struct State {
    sources: Sources,
    opened: OnceCell<Opened>,
    chosen_files: Mutex<HashSet<PathBuf>>,
    /// Where the last file of each workspace went in this run.
    last_folders: Mutex<HashMap<TenantId, PathBuf>>,
}

struct Opened {
    foray: Arc<Foray>,
    /// Makes the jobs go on, until the window closes.
    runner: Mutex<Option<Runner>>,
    /// Stops when it is dropped.
    _sandbox: Option<Sandbox>,
}

impl State {
    pub fn new(sources: Sources) -> Self {
        Self { sources, opened: OnceCell::new(), chosen_files: Mutex::default(), last_folders: Mutex::default() }
    }

    /// The variables of the command line count here too.
    pub fn from_environment() -> Self {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let text = |name: &str| variable(name).map(|value| value.to_string_lossy().into_owned());
        Self::new(Sources {
            data_dir: variable("FORAY_DATA_DIR").map(PathBuf::from),
            apollo_url: text("FORAY_APOLLO_URL"),
            key: text("FORAY_APOLLO_KEY").map(Zeroizing::new),
        })
    }

    /// The folder of all data of this run.
    ///
    /// # Errors
    /// When the user has no home folder.
    pub fn data_dir(&self) -> Result<PathBuf, Error> {
        self.sources.data_dir.clone().map_or_else(foray_core::foray::default_data_dir, Ok)
    }

    /// Whether the data lies in a folder that was named for this run.
    pub fn has_own_folder(&self) -> bool {
        self.sources.data_dir.is_some()
    }

    /// The open data folder.
    ///
    /// # Errors
    /// Why it could not be opened. The next command tries again: the user may have made room, or given leave.
    pub async fn foray(&self) -> Result<Arc<Foray>, Error> {
        let opened = self.opened.get_or_try_init(|| self.open()).await?;
        Ok(Arc::clone(&opened.foray))
    }

    async fn open(&self) -> Result<Opened, Error> {
        let data_dir = self.data_dir()?;
        // Everything but the sample workspace works without the stand-in.
        let (sandbox, trouble) = match foray_sandbox::start(foray_sandbox::Options::of_sample(&data_dir)).await {
            Ok(sandbox) => (Some(sandbox), None),
            Err(error) => (None, Some(format!("The sample workspace has nobody to ask in this run: {error}"))),
        };
        let options = Options {
            data_dir,
            apollo: Origin::parse(self.sources.apollo_url.as_deref().unwrap_or(APOLLO))?,
            sandbox: sandbox.as_ref().map(|sandbox| Origin::parse(&sandbox.origin())).transpose()?,
            environment_key: self.sources.key.as_ref().map(|text| ApiKey::parse(text)).transpose()?,
            keys: Arc::new(SystemKeyring::default()),
            clock: Arc::new(SystemClock::start()),
            deadline: foray_core::apollo::client::DEADLINE,
            background: true,
        };
        let foray = Arc::new(Foray::open(options).await?);
        if let Some(sentence) = trouble {
            foray.add_notice(sentence);
        }
        let runner = Mutex::new(Some(Runner::start(Arc::clone(&foray))));
        Ok(Opened { foray, runner, _sandbox: sandbox })
    }

    /// Lets the calls under way end and leaves the jobs for the next start. Not for ever: what does not end by then is
    /// taken up as after a crash. Pages that wait for the disk have a last try, as answers that jobs hold do.
    pub async fn stop_jobs(&self) {
        let runner = self.opened.get().and_then(|opened| lock(&opened.runner).take());
        if let Some(runner) = runner {
            // Too late or in time, the process ends now.
            drop(tokio::time::timeout(FAREWELL, runner.stop()).await);
        }
        if let Some(opened) = self.opened.get() {
            opened.foray.write_paid_pages().await;
        }
    }

    /// What would be lost if the window closed now: see [`Foray::paid_in_memory`].
    pub fn paid_in_memory(&self) -> PaidInMemory {
        self.opened.get().map_or_else(PaidInMemory::default, |opened| opened.foray.paid_in_memory())
    }

    /// Remembers a file the user chose in the dialog; only such files are written or shown. The workspace's next dialog
    /// starts beside it.
    pub fn choose_file(&self, workspace: TenantId, path: PathBuf) {
        if let Some(folder) = path.parent() {
            lock(&self.last_folders).insert(workspace, folder.to_path_buf());
        }
        lock(&self.chosen_files).insert(path);
    }

    /// Where a workspace's dialogs start: in its folder for exports, else where its last file went.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub async fn start_folder(&self, workspace: TenantId) -> Result<Option<PathBuf>, Error> {
        let own = self.foray().await?.workspaces().get(workspace).await?.export_folder.map(PathBuf::from);
        Ok(own.or_else(|| lock(&self.last_folders).get(&workspace).cloned()))
    }

    pub fn is_chosen(&self, path: &str) -> bool {
        lock(&self.chosen_files).contains(&PathBuf::from(path))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
