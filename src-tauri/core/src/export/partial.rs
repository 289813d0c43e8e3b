//! The file while it grows (`NAME.partial.csv`), and the moment it gets its name. One export writes it at a time; all
//! work on it happens off the async threads.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::db::explain_io;
use crate::error::Error;
use crate::hex;

/// A partial file that is ours until it is dropped or complete.
pub struct Partial {
    path: PathBuf,
    target: PathBuf,
    /// Away while a blocking thread works on it.
    growing: Option<Growing>,
}

struct Growing {
    file: File,
    digest: Sha256,
}

impl Partial {
    /// Takes the file for this export; what an interrupted one left in it stays for now.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `path`, also when another export is writing the same file; the disk.
    pub async fn take(target: &Path) -> Result<Self, Error> {
        let path = partial_path(target)?;
        let (target, growing) = (target.to_path_buf(), path.clone());
        let checked = target.clone();
        let file = blocking(move || open(&checked, &growing)).await?;
        Ok(Self { path, target, growing: Some(Growing { file, digest: Sha256::new() }) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// # Errors
    /// [`Error::BadInput`] on the field `path` when the file was moved or removed while it grew: whatever is written goes
    /// where nobody finds it.
    pub async fn still_there(&mut self) -> Result<(), Error> {
        let Some(growing) = self.growing.take() else { return Err(broke_off()) };
        let path = self.path.clone();
        let (growing, there) = blocking(move || {
            let there = is_still_at(&growing.file, &path);
            Ok((growing, there))
        })
        .await?;
        self.growing = Some(growing);
        if there {
            return Ok(());
        }
        let message = format!(
            "“{}” was moved or removed while it grew. What was fetched is kept: resume it to write the file anew.",
            self.path.display()
        );
        Err(Error::bad_input("path", message))
    }

    /// Empties the file: it is written anew, from the journal first.
    pub async fn restart(&mut self) -> Result<(), Error> {
        self.work(|growing| {
            growing.digest = Sha256::new();
            growing.file.set_len(0)
        })
        .await
    }

    pub async fn write(&mut self, text: String) -> Result<(), Error> {
        self.work(move |growing| {
            growing.digest.update(text.as_bytes());
            growing.file.write_all(text.as_bytes())
        })
        .await
    }

    /// Everything is on the disk. Answers the SHA-256 of the file.
    pub async fn seal(&mut self) -> Result<String, Error> {
        self.work(|growing| growing.file.sync_all()).await?;
        let digest = self.growing.as_ref().map(|growing| growing.digest.clone()).unwrap_or_default();
        Ok(hex::digits(&digest.finalize()))
    }

    /// Renamed: the name appears only when everything is there. Nothing can be written after it.
    pub async fn publish(&mut self) -> Result<(), Error> {
        let Some(Growing { file, .. }) = self.growing.take() else { return Err(broke_off()) };
        let (path, target) = (self.path.clone(), self.target.clone());
        blocking(move || {
            std::fs::rename(&path, &target).map_err(|error| explain(&target, &error))?;
            // Its lock is held until it has its name: who waits for it finds no file that is about to be complete.
            drop(file);
            sync_folder(folder(&target))
        })
        .await
    }

    /// Takes the file away if nothing is in it. Whoever waits for its lock makes it anew.
    pub async fn remove_if_empty(&self) -> Result<(), Error> {
        let path = self.path.clone();
        blocking(move || {
            let empty = std::fs::metadata(&path).map_err(|error| explain(&path, &error))?.len() == 0;
            if empty { std::fs::remove_file(&path).map_err(|error| explain(&path, &error)) } else { Ok(()) }
        })
        .await
    }

    async fn work(
        &mut self,
        step: impl FnOnce(&mut Growing) -> std::io::Result<()> + Send + 'static,
    ) -> Result<(), Error> {
        let Some(mut growing) = self.growing.take() else { return Err(broke_off()) };
        let path = self.path.clone();
        let (growing, done) = blocking(move || {
            let done = step(&mut growing).map_err(|error| explain(&path, &error));
            Ok((growing, done))
        })
        .await?;
        self.growing = Some(growing);
        done
    }
}

/// Opened at its end and locked, without touching what is in it.
fn open(target: &Path, path: &Path) -> Result<File, Error> {
    if target.is_dir() {
        return Err(Error::bad_input(
            "path",
            format!("“{}” is a folder. Name a file that ends in .csv.", target.display()),
        ));
    }
    let folder = folder(target);
    if !folder.is_dir() {
        let message = format!("There is no folder “{}”. Make it first, or choose another.", folder.display());
        return Err(Error::bad_input("path", message));
    }
    // What is no plain file is somebody else's: a link would lead the rows into another file.
    if std::fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        let message =
            format!("“{}” is in the way: it is no plain file. Move it away, or choose another name.", path.display());
        return Err(Error::bad_input("path", message));
    }
    let file = File::options().create(true).append(true).open(path).map_err(|error| explain(path, &error))?;
    match file.try_lock() {
        Ok(()) if is_still_at(&file, path) => Ok(file),
        // Its export ended between the opening and the lock, and the file has its final name.
        Ok(()) => open(target, path),
        Err(TryLockError::WouldBlock) => Err(Error::bad_input(
            "path",
            format!("Another export is writing “{}”. Wait for it, or choose another name.", target.display()),
        )),
        Err(TryLockError::Error(error)) => Err(explain(path, &error)),
    }
}

/// `list.csv` grows as `list.partial.csv`.
///
/// # Errors
/// [`Error::BadInput`] on the field `path` when it does not end in `.csv`.
pub fn partial_path(target: &Path) -> Result<PathBuf, Error> {
    let is_csv = target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    match target.file_stem() {
        Some(stem) if is_csv && stem.to_string_lossy().to_lowercase().ends_with(".partial") => Err(Error::bad_input(
            "path",
            "Names that end in .partial.csv are those of exports under way. Choose another.",
        )),
        Some(stem) if is_csv => {
            let mut name = stem.to_os_string();
            name.push(".partial.csv");
            Ok(target.with_file_name(name))
        }
        _ => Err(Error::bad_input("path", "Name a file that ends in .csv.")),
    }
}

/// A small file beside the export, written whole or not at all.
pub async fn write_beside(path: PathBuf, text: String) -> Result<(), Error> {
    blocking(move || {
        let mut growing = path.as_os_str().to_owned();
        growing.push(".new");
        let growing = PathBuf::from(growing);
        std::fs::write(&growing, text).map_err(|error| explain(&growing, &error))?;
        std::fs::rename(&growing, &path).map_err(|error| {
            // Nobody looks for it under this name.
            drop(std::fs::remove_file(&growing));
            explain(&path, &error)
        })
    })
    .await
}

pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(broke_off()))
}

fn broke_off() -> Error {
    Error::Storage {
        what: "The export's file".to_owned(),
        why: "writing it broke off. Export again to go on".to_owned(),
    }
}

fn folder(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether `file` is still the one at `path`.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |there: std::fs::Metadata| (there.dev(), there.ino());
    file.metadata().ok().map(identity) == std::fs::metadata(path).ok().map(identity)
}

/// An open file keeps its name there.
#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// Makes the new name last; Windows keeps names by itself and opens no folders.
fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| explain(folder, &error))?;
    }
    Ok(())
}

pub fn explain(path: &Path, error: &std::io::Error) -> Error {
    explain_io(&format!("“{}”", path.display()), error)
}
