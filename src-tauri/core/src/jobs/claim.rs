//! Who runs a job: the one process that holds the lock on its file. The system gives the lock back when a process ends,
//! however it ends, so a dead one's job can be taken over at once and no lease runs on a clock.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::store::Row;
use crate::db::explain_io;
use crate::error::Error;
use crate::export::Partial;

/// The right to run one job, until it is dropped.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    _locked: File,
}

/// A job that is ours to run, as it stood when we took it.
pub struct Claimed {
    pub claim: Claim,
    pub row: Row,
    /// The file of an export that has just been asked for.
    pub file: Option<Partial>,
}

impl Claim {
    /// Takes the claim on a job; none while somebody else holds it. Blocks for a moment.
    ///
    /// # Errors
    /// The disk.
    pub fn take(folder: &Path, job: Uuid) -> Result<Option<Self>, Error> {
        let path = folder.join(format!("{job}.lock"));
        let explain = |error: &std::io::Error| explain_io("The lock of this job", error);
        std::fs::create_dir_all(folder).map_err(|error| explain(&error))?;
        let file = File::options().create(true).append(true).open(&path).map_err(|error| explain(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { path, _locked: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(explain(&error)),
        }
    }

    /// Takes the lock's file away with it: the job is done or gone, and nobody runs it again.
    pub fn end(self) {
        // One that stays is an empty file in our own folder.
        drop(std::fs::remove_file(&self.path));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_claim_is_held_by_one_and_free_when_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let (job, other) = (Uuid::new_v4(), Uuid::new_v4());
        let claim = Claim::take(folder.path(), job).unwrap();
        assert!(claim.is_some());
        assert!(Claim::take(folder.path(), job).unwrap().is_none());
        assert!(Claim::take(folder.path(), other).unwrap().is_some());
        drop(claim);
        Claim::take(folder.path(), job).unwrap().unwrap().end();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
