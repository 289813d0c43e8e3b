//! The cache of one workspace: its file and the memory before it. A hit waits for nobody's write, and a hit is a pure read:
//! when it was used is written later, with something else. No cost here grows with what is kept.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use super::age::{Age, Dates, TTL};
use super::body::{pack, seal, weight};
use super::held::{self, Found, Held, KeptPage};
use super::keys::{CacheKey, QuestionHash};
use super::memory::{Memory, Pages};
use super::rows::{self, Row};
use crate::apollo::response::PeoplePage;
use crate::clock::timestamp;
use crate::db::{Database, data_version};
use crate::error::Error;
use crate::tenant::TenantId;

/// How long a writer waits for another process, before it says that the file is busy.
const WRITE_WAIT: Duration = Duration::from_secs(10);
/// Readers never wait for writers; only while another process recovers the file after a crash is there nothing to read.
const READ_WAIT: Duration = Duration::from_millis(500);
/// Between two attempts on a busy file.
const BUSY_PAUSE: Duration = Duration::from_millis(5);

/// The most that is kept of one workspace's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// In the file, indexes included. The journal beside it and a chunk that is not yet evicted come on top.
    pub disk_bytes: u64,
    /// Of parsed pages in memory.
    pub memory_bytes: u64,
    /// How long an answer is fresh. It counts for answers that are kept from now on.
    pub fresh_for: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { disk_bytes: 256 << 20, memory_bytes: 32 << 20, fresh_for: TTL }
    }
}

/// An answer as it was kept.
#[derive(Debug, Clone)]
pub struct Kept {
    pub page: Arc<KeptPage>,
    pub stored_at: Timestamp,
    /// Still within its TTL; otherwise it may only answer when Apollo can't.
    pub fresh: bool,
}

/// The cache of one workspace. Clones share file and memory.
#[derive(Debug, Clone)]
pub struct Cache {
    // Before `database`, so that its watcher closes first: the last connection tidies the journal away, and must be able to.
    memory: Arc<Memory>,
    database: Database,
    disk_bytes: u64,
    fresh_for: Duration,
}

impl Cache {
    /// `watch` is a second connection to the same file that never writes; without it, every hit reads the disk.
    pub fn new(database: Database, watch: Option<Connection>, limits: Limits) -> Self {
        // The file's thread must never stand behind another process's write: a hit may be next in its queue. Who writes
        // comes again instead.
        database.run_unwatched(|connection| drop(connection.busy_timeout(Duration::ZERO)));
        let memory = Arc::new(Memory::new(watch, limits.memory_bytes));
        Self { memory, database, disk_bytes: limits.disk_bytes, fresh_for: limits.fresh_for }
    }

    /// The answer under `key`, fresh or stale; never one that is damaged or past its stale time.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn get(&self, key: &CacheKey, now: Timestamp) -> Result<Option<Kept>, Error> {
        let now_ms = now.as_millisecond();
        let found = if let Some(found) = self.memory.find(key, now_ms) {
            found
        } else {
            let key = key.clone();
            self.patiently(READ_WAIT, move |connection| held::find(connection, &key, now_ms)).await?
        };
        if let Some(uses) = self.memory.take_due_uses(now_ms) {
            self.write_uses(uses);
        }
        match found {
            Found::Nothing => Ok(None),
            Found::Answer(held, age) => Ok(Some(Kept::new(held, age))),
            Found::Spoilt(row) => {
                self.remove_spoilt(key, row).await;
                Ok(None)
            }
        }
    }

    /// Keeps a page of the answer to `question`. `random` in 0..1 sets the jitter of its TTL.
    ///
    /// # Errors
    /// The disk; [`Error::Busy`] when other processes write all the time. Then it is held in memory alone: it may have been paid
    /// for, and need not be paid for again before this process ends.
    pub async fn set(
        &self,
        key: &CacheKey,
        question: &QuestionHash,
        page: Arc<PeoplePage>,
        now: Timestamp,
        random: f64,
    ) -> Result<(), Error> {
        let now_ms = now.as_millisecond();
        let dates = Dates::of_now(now_ms, self.fresh_for, random);
        let body = pack(&page)?;
        let seal = seal(key, question.as_bytes(), dates, &body).to_vec();
        let weight = weight(&body).ok_or(Error::Unreadable)?;
        let row = Row { question: question.as_bytes().to_vec(), dates, used_ms: now_ms, seal, body };
        let held = Held::written(page, weight, dates, now_ms);
        let uses = self.memory.take_uses(now_ms);
        let written = Arc::new((key.clone(), row, held, uses));
        let (memory, cap, writing) = (Arc::clone(&self.memory), self.disk_bytes, Arc::clone(&written));
        let kept = self.patiently(WRITE_WAIT, move |connection| {
            let (key, row, held, uses) = &*writing;
            let work = |transaction: &Transaction<'_>| {
                rows::touch(transaction, uses)?;
                rows::put(transaction, key, row)?;
                rows::evict(transaction, key.tenant(), now_ms, cap)
            };
            commit(connection, &memory, work, |pages, evicted| {
                pages.put(key.clone(), held.clone());
                for gone in evicted {
                    pages.remove(&CacheKey::kept(key.tenant(), gone.clone()));
                }
            })?;
            Ok(())
        });
        let kept = kept.await;
        if kept.is_err() {
            let (key, _, held, _) = &*written;
            self.memory.hold(key, held);
        }
        kept
    }

    /// Forgets the answer under `key`; answers how many that were, 0 or 1.
    ///
    /// # Errors
    /// As [`Self::set`]; then it is still kept.
    pub async fn invalidate(&self, key: &CacheKey) -> Result<u64, Error> {
        let key = key.clone();
        self.remove(move |transaction| rows::remove(transaction, &key)).await
    }

    /// Forgets all pages of a question, of every page size and endpoint; answers how many there were.
    ///
    /// # Errors
    /// As [`Self::set`]; then all are still kept.
    pub async fn invalidate_question(&self, tenant: TenantId, question: &QuestionHash) -> Result<u64, Error> {
        let question = *question;
        self.remove(move |transaction| rows::remove_question(transaction, tenant, &question)).await
    }

    /// Forgets everything of the workspace; answers how many answers there were.
    ///
    /// # Errors
    /// As [`Self::set`]; then all are still kept.
    pub async fn clear(&self, tenant: TenantId) -> Result<u64, Error> {
        let removed = self.remove(move |transaction| rows::remove_all(transaction, tenant)).await?;
        // Gives the space back to the system. All is forgotten already: should somebody use the file, it is done next time.
        let shrink = "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
        drop(self.database.run(|connection| connection.execute_batch(shrink)).await);
        Ok(removed)
    }

    /// Number of answers kept, and the bytes in use in the file.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn size(&self, tenant: TenantId) -> Result<(u64, u64), Error> {
        self.patiently(READ_WAIT, move |connection| Ok((rows::answers(connection, tenant)?, rows::bytes(connection)?)))
            .await
    }

    async fn remove(
        &self,
        work: impl Fn(&Transaction<'_>) -> rusqlite::Result<u64> + Clone + Send + 'static,
    ) -> Result<u64, Error> {
        let memory = Arc::clone(&self.memory);
        // Seldom enough that all of the memory may go.
        self.patiently(WRITE_WAIT, move |connection| commit(connection, &memory, &work, |pages, _| pages.clear())).await
    }

    /// A busy, full or read-only disk keeps it; it is looked at again next time, and refused again.
    async fn remove_spoilt(&self, key: &CacheKey, row: Row) {
        let (memory, key) = (Arc::clone(&self.memory), key.clone());
        let work = move |connection: &mut Connection| {
            let work = |transaction: &Transaction<'_>| rows::remove_found(transaction, &key, &row);
            commit(connection, &memory, work, |pages, ()| pages.remove(&key))
        };
        drop(self.database.run(work).await);
    }

    /// Nobody waits for this, and nothing is lost when it fails but some order among what is evicted.
    fn write_uses(&self, uses: HashMap<CacheKey, i64>) {
        let memory = Arc::clone(&self.memory);
        self.database.run_unwatched(move |connection| {
            drop(commit(connection, &memory, |transaction| rows::touch(transaction, &uses), |_, ()| ()));
        });
    }

    /// Runs `job` on the file's thread, again while another process is in the way.
    async fn patiently<T: Send + 'static>(
        &self,
        at_most: Duration,
        job: impl Fn(&mut Connection) -> rusqlite::Result<T> + Clone + Send + 'static,
    ) -> Result<T, Error> {
        let began = Instant::now();
        loop {
            match self.database.run(job.clone()).await {
                Err(Error::Busy { .. }) if began.elapsed() < at_most => tokio::time::sleep(BUSY_PAUSE).await,
                answer => return answer,
            }
        }
    }
}

impl Kept {
    fn new(held: Held, age: Age) -> Self {
        Self { page: held.page, stored_at: timestamp(held.dates.stored_ms), fresh: age == Age::Fresh }
    }
}

/// Does `work` in one transaction, and then to the memory what follows from it.
fn commit<T>(
    connection: &mut Connection,
    memory: &Memory,
    work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    follow: impl FnOnce(&mut Pages, &T),
) -> rusqlite::Result<T> {
    // Immediate, so from here to the commit nobody else writes; what others wrote before, the memory notices now.
    let transaction = connection.transaction()?;
    let before = data_version(&transaction)?;
    memory.look();
    let done = work(&transaction)?;
    transaction.commit()?;
    let alone = || data_version(connection).is_ok_and(|after| after == before);
    memory.follow(alone, |pages| follow(pages, &done));
    Ok(done)
}
