//! One workspace in one file, to be kept elsewhere or taken to another computer: `tar.gz` with a manifest and a copy of each
//! of its files. The key is not in it, nor what recognises the key. A backup is made of a workspace in use; it is verified
//! whole before anything of it counts, and never put over a workspace that is there.

mod archive;
mod manifest;
mod scratch;

use std::path::{Path, PathBuf};

use serde::Serialize;
use ts_rs::TS;

use crate::db;
use crate::error::Error;
use crate::files;
use crate::foray::Foray;
use crate::log::Fact;
use crate::tenant::TenantId;
use crate::workspace::Workspace;
use manifest::Manifest;
use scratch::Scratch;

/// The ending of a backup's name.
pub const EXTENSION: &str = "foray-backup";

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupDone {
    pub path: String,
    /// Size of the file.
    pub bytes: u64,
}

impl Foray {
    /// Copies a workspace with all its data, but without its key, into one file. `replace` says that a file of that name
    /// may go.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the fields `workspace` (the sample one) and `path`; [`Error::NotFound`]; the disk.
    pub async fn back_up(&self, tenant: TenantId, path: &Path, replace: bool) -> Result<BackupDone, Error> {
        let workspace = self.workspaces().get(tenant).await?;
        if workspace.sample {
            return Err(Error::bad_input(
                "workspace",
                "The sample workspace is made up anew everywhere: there is nothing to back up.",
            ));
        }
        // Makes them, in a workspace that was never opened.
        self.personas(tenant).await?;
        let (data_dir, path, now) = (self.data_dir().to_path_buf(), path.to_path_buf(), self.clock().now());
        let done = off_thread(move || {
            check_target(&path, replace)?;
            let copies = Scratch::make(&data_dir)?;
            let names = files::copy_all(&files::folder(&data_dir, tenant), copies.path())?;
            let manifest = Manifest::of(&workspace, now, copies.path(), &names)?;
            let bytes = archive::write(&path, copies.path(), &manifest)?;
            Ok(BackupDone { path: path.display().to_string(), bytes })
        })
        .await;
        self.log_outcome("backup", tenant, &done);
        done
    }

    /// Brings back a workspace from a backup, under its own id; its key has to be stored again. A name that is taken gets a
    /// number.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `path` when it is no whole backup, on `workspace` when that workspace is here;
    /// [`Error::NewerFile`]; the disk. Nothing is changed then.
    pub async fn restore(&self, path: &Path) -> Result<Workspace, Error> {
        let (data_dir, path) = (self.data_dir().to_path_buf(), path.to_path_buf());
        let (manifest, scratch) = off_thread(move || {
            let scratch = Scratch::make(&data_dir)?;
            let manifest = archive::read(&path, scratch.path())?;
            files::check_restored(scratch.path(), manifest.tenant()?)?;
            Ok((manifest, scratch))
        })
        .await?;
        let tenant = manifest.tenant()?;
        // The registry first: of two restores at once only one may go on.
        let workspace = self.workspaces().list_restored(manifest.workspace()?).await?;
        let folder = files::folder(self.data_dir(), tenant);
        let put = off_thread(move || scratch.become_folder(&folder)).await;
        if put.is_err() {
            self.workspaces().remove(tenant).await?;
        }
        self.log_outcome("restore", tenant, &put);
        put.map(|()| workspace)
    }

    fn log_outcome<T>(&self, what: &'static str, tenant: TenantId, outcome: &Result<T, Error>) {
        match outcome {
            Ok(_) => self.log().info(what, &[Fact::Workspace(tenant)]),
            Err(error) => self.log().error(what, &[Fact::Workspace(tenant), Fact::Word("code", error.code())]),
        }
    }
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let broke_off = |_| Error::Storage { what: "The backup".to_owned(), why: "its thread has ended".to_owned() };
    tokio::task::spawn_blocking(work).await.map_err(broke_off)?
}

fn check_target(path: &Path, replace: bool) -> Result<(), Error> {
    if path.file_name().is_none() || path.is_dir() {
        return Err(Error::bad_input("path", format!("Name a file, such as Acme.{EXTENSION}.")));
    }
    if !replace && path.exists() {
        let message = format!("“{}” exists already. Choose another name, or move it away.", path.display());
        return Err(Error::bad_input("path", message));
    }
    Ok(())
}

/// What is wrong with a file that should be a backup.
fn no_backup(why: &str) -> Error {
    Error::bad_input("path", format!("That is no whole backup of Foray: {why} Nothing was changed."))
}

/// Removes the copies of people that a backup or a restore left when it was killed. Blocks.
pub(crate) fn sweep_left(data_dir: &Path) {
    scratch::sweep(data_dir);
}

/// A refusal of the disk, told of the backup.
fn explain(path: &Path, error: &std::io::Error) -> Error {
    db::explain_io(&format!("The backup “{}”", path.display()), error)
}

/// Beside the final name, so that a half-written file never looks like a whole one.
fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}
