//! Between processes: the window and the command line ask one question one after the other, so that the second finds the
//! first one's answer in the cache instead of spending a call, and perhaps a credit, on it again.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::cache::Identifier;

/// Longer than any question takes with its repeats. Who holds the lock for longer hangs, and its answer is not coming.
const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(20);

/// No other process asks this question while this is there. The kernel takes it back from one that dies.
#[derive(Debug)]
pub struct Alone {
    /// None where no lock can be made; the ledger beside it can't be written then either, so nothing is asked.
    lock: Option<File>,
    /// Whether somebody else was before us.
    pub waited: bool,
}

impl Alone {
    /// Waits until nobody else asks `question` in the workspace of this folder.
    pub async fn with(folder: &Path, question: &Identifier) -> Self {
        let place = folder.join("asking");
        // Few files for all questions. Two that share one only wait for each other.
        let file = place.join(question.prefix());
        let opening = tokio::task::spawn_blocking(move || {
            std::fs::create_dir_all(place)?;
            File::create(file)
        });
        let Ok(Ok(lock)) = opening.await else { return Self { lock: None, waited: false } };
        let began = Instant::now();
        let mut waited = false;
        while matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) && began.elapsed() < PATIENCE {
            waited = true;
            tokio::time::sleep(PAUSE).await;
        }
        Self { lock: Some(lock), waited }
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        // Closing the file lets go of it as well; this says so, and is at once.
        drop(self.lock.take().map(|lock| lock.unlock()));
    }
}
