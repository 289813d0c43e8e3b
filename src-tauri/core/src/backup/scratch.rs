//! A folder of our own for a while, beside the workspaces and on the same disk, so that what was made in it can be moved to
//! its place in one step. What a crash left of one goes when Foray starts, or the next is made.

use std::fs;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::db;
use crate::error::Error;

const WHAT: &str = "The folder for backups under way";

/// Removed when dropped.
pub struct Scratch {
    path: PathBuf,
    /// Held while the folder is used; the system lets go of it when the process ends, however it does.
    _lock: fs::File,
}

impl Scratch {
    pub fn make(data_dir: &Path) -> Result<Self, Error> {
        let all = all(data_dir);
        let explain = |error: std::io::Error| db::explain_io(WHAT, &error);
        fs::create_dir_all(&all).map_err(explain)?;
        sweep(data_dir);
        let name = Uuid::new_v4().to_string();
        let lock = fs::File::create(all.join(format!("{name}.lock"))).map_err(explain)?;
        lock.lock().map_err(explain)?;
        let path = all.join(name);
        fs::create_dir(&path).map_err(explain)?;
        Ok(Self { path, _lock: lock })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves what was made to its place, which must be free.
    pub fn become_folder(self, folder: &Path) -> Result<(), Error> {
        let explain = |error: std::io::Error| db::explain_io("The workspace's folder", &error);
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent).map_err(explain)?;
        }
        if folder.exists() {
            let why = "a folder of that workspace is still there. Restart Foray, which lists it again".to_owned();
            return Err(Error::Storage { what: "The workspace's folder".to_owned(), why });
        }
        fs::rename(&self.path, folder).map_err(explain)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed now is swept away next time.
        drop(fs::remove_dir_all(&self.path));
        drop(fs::remove_file(self.path.with_extension("lock")));
    }
}

fn all(data_dir: &Path) -> PathBuf {
    data_dir.join("moving")
}

/// Removes folders that nobody uses any more.
pub fn sweep(data_dir: &Path) {
    for entry in fs::read_dir(all(data_dir)).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "lock") {
            let free = fs::File::open(&path).is_ok_and(|lock| lock.try_lock().is_ok());
            if free {
                drop(fs::remove_dir_all(path.with_extension("")));
                drop(fs::remove_file(&path));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_a_crash_left_is_swept_away_and_what_is_in_use_is_not() {
        let data = tempfile::tempdir().unwrap();
        let in_use = Scratch::make(data.path()).unwrap();
        let all = all(data.path());
        fs::create_dir(all.join("left")).unwrap();
        fs::write(all.join("left.lock"), "").unwrap();
        fs::write(all.join("left").join("people.sqlite"), "x").unwrap();
        let next = Scratch::make(data.path()).unwrap();
        assert!(in_use.path().exists() && next.path().exists());
        assert!(!all.join("left").exists() && !all.join("left.lock").exists());
        drop((in_use, next));
        assert_eq!(fs::read_dir(all).unwrap().count(), 0);
    }
}
