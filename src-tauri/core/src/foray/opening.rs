//! Opening the data folder: for its owner alone, by one process after the other, with what a crash or a lost file left put
//! right and told.

use std::path::Path;
use std::sync::Arc;

use crate::activity::Activity;
use crate::backup;
use crate::clock::Clock;
use crate::db;
use crate::error::Error;
#[cfg(unix)]
use crate::foray::default_data_dir;
use crate::rate_limit::Ledger;
use crate::settings::Settings;
use crate::tenant::TenantId;
use crate::workspace::Workspaces;

/// The registry's note that a ledger was made in this data folder.
const LEDGER_MADE: &str = "ledger_made";

/// The files of the data folder as a whole.
pub struct OpenedFolder {
    pub workspaces: Workspaces,
    pub ledger: Ledger,
    pub activity: Activity,
    pub settings: Settings,
    /// What the user is told.
    pub notices: Vec<String>,
}

/// Registry and ledger, made under one lock so that a missing ledger can be told from one that never was.
pub fn open_folder(data_dir: &Path, clock: &Arc<dyn Clock>) -> Result<OpenedFolder, Error> {
    make_private(data_dir)
        .map_err(|error| db::explain_io(&format!("The data folder {}", data_dir.display()), &error))?;
    let _lock = lock(data_dir)?;
    backup::sweep_left(data_dir);
    let mut notices = Vec::new();
    let (workspaces, notice) = Workspaces::open(data_dir)?;
    notices.extend(notice);
    notices.extend(adopt_strays(data_dir, &workspaces)?);
    let path = data_dir.join("ledger.sqlite");
    // A registry that was damaged, or gone while workspaces are there, can't say that a ledger was made.
    let made = !notices.is_empty() || workspaces.fact_blocking(LEDGER_MADE)?.is_some();
    let opened = Ledger::open(&path, Arc::clone(clock), made)?;
    notices.extend(opened.notice);
    if workspaces.fact_blocking(LEDGER_MADE)?.is_none() {
        workspaces.set_fact_blocking(LEDGER_MADE, "yes".to_owned())?;
    }
    let settings = Settings::load_blocking(&workspaces)?;
    Ok(OpenedFolder { workspaces, ledger: opened.ledger, activity: Activity::open(data_dir), settings, notices })
}

/// Makes the data folder for its owner alone: it holds personal data. Whoever puts something into it before it is opened calls
/// this first.
///
/// # Errors
/// When it can't be made.
pub fn make_private(data_dir: &Path) -> std::io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(data_dir)?;
    // The usual folder is ours alone; earlier versions left it open. One that was named may be shared on purpose.
    #[cfg(unix)]
    if default_data_dir().is_ok_and(|usual| usual == data_dir) {
        std::fs::set_permissions(data_dir, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    }
    Ok(())
}

/// Brings back workspaces whose folder is there though the registry does not know them, as after a damaged registry.
/// Answers what the user is told.
fn adopt_strays(data_dir: &Path, workspaces: &Workspaces) -> Result<Vec<String>, Error> {
    let Ok(folders) = std::fs::read_dir(data_dir.join("tenants")) else { return Ok(Vec::new()) };
    let mut notices = Vec::new();
    for folder in folders.flatten() {
        let Some(tenant) = folder.file_name().to_str().and_then(|name| TenantId::parse(name).ok()) else { continue };
        if folder.path().join("people.sqlite").exists()
            && let Some(name) = workspaces.adopt_blocking(tenant)?
        {
            notices.push(format!(
                "A workspace that was not in the list any more is back as “{name}”. Store its key again."
            ));
        }
    }
    Ok(notices)
}

/// Held while files are made; another process waits.
fn lock(data_dir: &Path) -> Result<std::fs::File, Error> {
    let path = data_dir.join("opening.lock");
    let explain = |error: &std::io::Error| db::explain_io(&format!("The data folder {}", data_dir.display()), error);
    let file = std::fs::File::create(&path).map_err(|error| explain(&error))?;
    file.lock().map_err(|error| explain(&error))?;
    Ok(file)
}
