//! The people store of one workspace: everybody ever fetched, once, and the runs that brought them. It writes on the
//! thread of the workspace's file and reads on threads of its own, so that sorting a million people keeps nobody's persona
//! waiting. It never makes a call, and what it is told twice changes nothing. What is asked of it: [`super::reading`].

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use tokio::sync::broadcast;

use super::changes;
use super::filter;
use super::finder::Finder;
use super::keystrokes::Keystrokes;
use super::runs::{self, FetchedPage};
use crate::cache::CacheKey;
use crate::db::{Database, Readable};
use crate::error::Error;
use crate::tenant::TenantId;

/// Kept pages that are remembered to be in the store, before the memory of them starts anew.
const MOST_NOTICED: usize = 10_000;

/// Memory for pages of the file, on each of its threads. With SQLite's usual 2 MB a page of 100 people took twice as long to
/// store among 100,000 others (measured).
const CACHE: &str = "PRAGMA cache_size=-16384";

/// The people store of one workspace. Clones share everything.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) tenant: TenantId,
    writer: Database,
    /// For readers that come and go.
    pub(super) file: Readable,
    pub(super) reader: Database,
    /// For what takes the columns of everybody, so that reading them keeps nobody else waiting.
    pub(super) searcher: Arc<Database>,
    noticed: Arc<Noticed>,
    pub(super) finder: Arc<Finder>,
    pub(super) keystrokes: Keystrokes,
    /// The revision that the listeners were told of last.
    told: Arc<AtomicI64>,
    listeners: Arc<OnceLock<broadcast::Sender<TenantId>>>,
}

impl Store {
    /// `writer` is the thread of the workspace's file, `file` is the same for those who read it.
    ///
    /// # Errors
    /// [`Error::Storage`] when it can't be opened again, or the system gives no thread.
    pub fn new(tenant: TenantId, writer: Database, file: Readable) -> Result<Self, Error> {
        // A thread that has ended says so at the first use.
        writer.run_unwatched(|connection| drop(connection.execute_batch(CACHE)));
        let (reader, searcher) = (file.reader(equip)?, file.reader(equip)?);
        Ok(Self {
            tenant,
            writer,
            file,
            reader,
            searcher: Arc::new(searcher),
            noticed: Arc::default(),
            finder: Arc::default(),
            keystrokes: Keystrokes::default(),
            told: Arc::new(AtomicI64::new(NEVER_LOOKED)),
            listeners: Arc::default(),
        })
    }

    /// Tells `listeners` of this workspace whenever somebody was added or changed, from now on.
    pub fn tell(&self, listeners: broadcast::Sender<TenantId>) {
        // Told once, when the workspace is opened; whoever comes second would hear the same.
        drop(self.listeners.set(listeners));
    }

    /// Tells the listeners if the store is another one than they were last told of: another process wrote it.
    pub async fn hear_of_others(&self) {
        let told = Arc::clone(&self.told);
        // A file that can't be read now is looked at again soon.
        let revision = self.read(|view| Ok(view.revision)).await.ok().flatten();
        let Some(revision) = revision else { return };
        let before = told.swap(revision, Ordering::SeqCst);
        if before != revision
            && before != NEVER_LOOKED
            && let Some(listeners) = self.listeners.get()
        {
            // Nobody listens where there is no window.
            drop(listeners.send(self.tenant));
        }
    }

    /// Puts pages that were just fetched into the store, in one transaction.
    ///
    /// # Errors
    /// The disk; then none of them is in it, and the next look at a kept one tries again.
    pub async fn record(&self, pages: Vec<FetchedPage>) -> Result<(), Error> {
        let written = self.written();
        self.writer.run(move |connection| write(connection, &written, &pages)).await
    }

    /// Runs `work` in one transaction of the file, together with what it writes elsewhere in it. It is given the tenant's
    /// number and answers whom it touched.
    ///
    /// # Errors
    /// The disk; then nothing of it is done.
    pub(crate) async fn within<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<(T, Vec<u32>)> + Send + 'static,
    ) -> Result<T, Error> {
        let written = self.written();
        self.writer.run(move |connection| within(connection, &written, work)).await
    }

    /// Sees to it that a kept page which is shown is in the store, some time after this returns; pages are compared by key
    /// and age, so that a page which is known costs next to nothing. `page` is made only if it is not known.
    pub fn notice(&self, key: &CacheKey, stored_at: Timestamp, page: impl FnOnce() -> Option<FetchedPage>) {
        if !self.noticed.is_new(key, stored_at) {
            return;
        }
        let Some(page) = page() else { return };
        let (written, noticed, key) = (self.written(), Arc::clone(&self.noticed), key.clone());
        noticed.pending.fetch_add(1, Ordering::SeqCst);
        self.writer.run_unwatched(move |connection| {
            if write_if_missing(connection, &written, page).is_err() {
                // A busy or full disk: the next look at the page tries again.
                noticed.forget(&key);
            }
            noticed.pending.fetch_sub(1, Ordering::SeqCst);
        });
    }

    /// Sees to it that a job's page is in the job's run, whoever fetched it; `calls_in_vain` are those of the job so far.
    ///
    /// # Errors
    /// The disk.
    pub async fn record_of_job(&self, page: FetchedPage, calls_in_vain: u32) -> Result<(), Error> {
        let (written, job) = (self.written(), page.job);
        self.writer
            .run(move |connection| {
                write_if_missing(connection, &written, page)?;
                let Some(job) = job else { return Ok(()) };
                runs::note_calls_in_vain(connection, &written.tenant.to_string(), job, calls_in_vain)
            })
            .await
    }

    fn written(&self) -> Written {
        Written { tenant: self.tenant, told: Arc::clone(&self.told), listeners: Arc::clone(&self.listeners) }
    }

    /// Waits until all that was noticed is in the store.
    pub async fn settle(&self) {
        if self.noticed.pending.load(Ordering::SeqCst) > 0 {
            // A thread that has ended has nothing left to write.
            drop(self.writer.run(|_| Ok(())).await);
        }
    }
}

/// Gives a connection that reads what the questions of this store are written with.
pub(super) fn equip(connection: &Connection) -> rusqlite::Result<()> {
    filter::equip(connection)?;
    connection.execute_batch(CACHE)
}

/// No revision of a store.
const NEVER_LOOKED: i64 = -1;

/// Kept pages that are in the store, or on their way into it.
#[derive(Debug, Default)]
struct Noticed {
    pages: Mutex<HashMap<CacheKey, i64>>,
    pending: AtomicUsize,
}

impl Noticed {
    /// Notes a page; false when it was noted before.
    fn is_new(&self, key: &CacheKey, stored_at: Timestamp) -> bool {
        let stored_ms = stored_at.as_millisecond();
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.get(key) == Some(&stored_ms) {
            return false;
        }
        if pages.len() >= MOST_NOTICED {
            pages.clear();
        }
        pages.insert(key.clone(), stored_ms);
        true
    }

    fn forget(&self, key: &CacheKey) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// Whose people are written, and who is told that they were.
struct Written {
    tenant: TenantId,
    told: Arc<AtomicI64>,
    listeners: Arc<OnceLock<broadcast::Sender<TenantId>>>,
}

fn write(connection: &mut Connection, written: &Written, pages: &[FetchedPage]) -> rusqlite::Result<()> {
    within(connection, written, |transaction, number| {
        let mut touched = Vec::new();
        for page in pages {
            touched.extend(runs::record(transaction, number, page)?);
        }
        Ok(((), touched))
    })
}

/// One transaction, after which everybody knows of the people it touched.
fn within<T>(
    connection: &mut Connection,
    written: &Written,
    work: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<(T, Vec<u32>)>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction()?;
    let number = runs::tenant_number(&transaction, &written.tenant.to_string())?;
    let (done, touched) = work(&transaction, number)?;
    let revision = changes::note(&transaction, number, &touched)?;
    transaction.commit()?;
    written.told.store(revision, Ordering::SeqCst);
    if let Some(listeners) = written.listeners.get() {
        // Nobody listens where there is no window.
        drop(listeners.send(written.tenant));
    }
    Ok(done)
}

fn write_if_missing(connection: &mut Connection, written: &Written, page: FetchedPage) -> rusqlite::Result<()> {
    // Mostly it is there: that is looked up without the lock of a writer.
    if runs::is_recorded(connection, &written.tenant.to_string(), &page)? {
        return Ok(());
    }
    write(connection, written, &[page])
}
