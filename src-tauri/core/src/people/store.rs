//! The people store of one workspace: everybody ever fetched, once, and the runs that brought them. It writes on the
//! thread of the workspace's file and reads on one of its own, so that sorting a million people keeps nobody's persona
//! waiting. It never makes a call, and what it is told twice changes nothing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::Serialize;
use tokio::sync::broadcast;
use ts_rs::TS;

use super::facets::PeopleFacets;
use super::fact::{Fact, FactSource, Told};
use super::filter;
use super::finder::{self, Finder, Found, Quick};
use super::keystrokes::Keystrokes;
use super::order::{Changes, PeopleQuery};
use super::rows::{self, FROM_PEOPLE, Known, PERSON, StoredPerson};
use super::runs::{self, Asked, FetchedPage, Run};
use crate::cache::CacheKey;
use crate::clock::timestamp;
use crate::db::{self, Database};
use crate::error::Error;
use crate::tenant::TenantId;

/// Kept pages that are remembered to be in the store, before the memory of them starts anew.
const MOST_NOTICED: usize = 10_000;

/// Memory for pages of the file, on each of both threads. With SQLite's usual 2 MB a page of 100 people took twice as long
/// to store among 100,000 others (measured).
const CACHE: &str = "PRAGMA cache_size=-16384";

/// The people store of one workspace. Clones share everything.
#[derive(Debug, Clone)]
pub struct Store {
    tenant: TenantId,
    writer: Database,
    reader: Database,
    /// For what takes the columns of everybody, so that reading them keeps nobody else waiting.
    searcher: Database,
    noticed: Arc<Noticed>,
    changes: Arc<Changes>,
    finder: Arc<Finder>,
    keystrokes: Keystrokes,
    /// The revision that the listeners were told of last.
    told: Arc<AtomicI64>,
    listeners: Arc<OnceLock<broadcast::Sender<TenantId>>>,
}

/// A part of an ordered set of people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct PeopleWindow {
    /// Different people in the view.
    pub total: u64,
    /// Where `people` begin in it.
    pub offset: u64,
    /// Of the store: windows of one revision are parts of one order.
    pub revision: i64,
    pub people: Vec<StoredPerson>,
}

/// Where a person stands in the order of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonPlace {
    /// Counted from 0.
    pub at: u64,
    /// Different people in the set.
    pub total: u64,
    /// The id of the one before.
    pub previous: Option<String>,
    /// The id of the one after.
    pub next: Option<String>,
}

/// How many people there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct PeopleCounts {
    /// Rows of the newest run of a question; Apollo repeats people on the next page.
    pub fetched: u64,
    /// Different people among them.
    pub different: u64,
    /// Everybody in the workspace.
    pub everybody: u64,
}

/// Everything the store knows of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonDetails {
    pub person: StoredPerson,
    /// What is shown, each with who told it and when.
    pub facts: Vec<ToldFact>,
    /// All jobs they were told to have, the one told last first.
    pub jobs: Vec<ToldJob>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ToldFact {
    pub fact: Fact,
    pub value: String,
    pub source: FactSource,
    pub told_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ToldJob {
    pub title: Option<String>,
    pub employer: Option<String>,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    /// The most trusted first.
    pub sources: Vec<FactSource>,
}

impl Store {
    /// `writer` is the thread of the workspace's file, `reading` and `searching` are further connections to it that never
    /// write.
    ///
    /// # Errors
    /// [`Error::Storage`] when the system gives no thread.
    pub fn new(tenant: TenantId, writer: Database, reading: Connection, searching: Connection) -> Result<Self, Error> {
        let explain = |error: rusqlite::Error| db::explain(WHAT, &error);
        filter::equip(&reading).map_err(explain)?;
        reading.execute_batch(CACHE).map_err(explain)?;
        // A thread that has ended says so at the first use.
        writer.run_unwatched(|connection| drop(connection.execute_batch(CACHE)));
        let reader = Database::start(reading, WHAT)?;
        let searcher = Database::start(searching, WHAT)?;
        Ok(Self {
            tenant,
            writer,
            reader,
            searcher,
            noticed: Arc::default(),
            changes: Arc::default(),
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
        let (changes, told) = (Arc::clone(&self.changes), Arc::clone(&self.told));
        Written { tenant: self.tenant, changes, told, listeners: Arc::clone(&self.listeners) }
    }

    /// Waits until all that was noticed is in the store.
    pub async fn settle(&self) {
        if self.noticed.pending.load(Ordering::SeqCst) > 0 {
            // A thread that has ended has nothing left to write.
            drop(self.writer.run(|_| Ok(())).await);
        }
    }

    /// The people of a query from `offset` on, at most `limit`. `keystroke`: which key of the search field asks, if one does.
    ///
    /// # Errors
    /// When the file can't be read; [`Error::Superseded`] when a later key asked before this was found.
    pub async fn window(
        &self,
        query: PeopleQuery,
        offset: u64,
        limit: u32,
        keystroke: Option<u64>,
    ) -> Result<PeopleWindow, Error> {
        self.found(query, keystroke, move |view, order| {
            let begin = usize::try_from(offset).unwrap_or(usize::MAX).min(order.len());
            let end = begin.saturating_add(limit as usize).min(order.len());
            let mut statement =
                view.connection.prepare_cached(&format!("SELECT {PERSON} {FROM_PEOPLE} WHERE p.number = ?1"))?;
            let mut people = Vec::with_capacity(end - begin);
            for number in &order[begin..end] {
                people.push(statement.query_row([number], rows::read_person)?);
            }
            Ok(PeopleWindow { total: order.len() as u64, offset: begin as u64, revision: view.revision, people })
        })
        .await
        .map(Option::unwrap_or_default)
    }

    /// How many people of a query there are by each facet.
    ///
    /// # Errors
    /// As [`Self::window`].
    pub async fn facets(&self, query: PeopleQuery, keystroke: Option<u64>) -> Result<PeopleFacets, Error> {
        let keystroke = self.keystrokes.press(keystroke);
        let (finder, query) = (Arc::clone(&self.finder), Arc::new(query));
        let mut members = None;
        if !query.is_of_everybody() {
            let (query, keystroke) = (Arc::clone(&query), keystroke.clone());
            let quick = self.read(move |view| finder::facets_quickly(view, &query, &keystroke));
            match quick.await? {
                None => return Ok(PeopleFacets::default()),
                Some(Ok(counted)) => return counted.ok_or(Error::Superseded),
                Some(Err(takes)) => members = takes,
            }
        }
        let counted = self.search(move |view| finder.facets(view, &query, &members, &keystroke)).await?;
        counted.unwrap_or_else(|| Some(PeopleFacets::default())).ok_or(Error::Superseded)
    }

    /// Apollo's ids of a query's people, in its order.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn ids(&self, query: PeopleQuery) -> Result<Vec<String>, Error> {
        self.found(query, None, |view, order| {
            let mut statement = view.connection.prepare_cached("SELECT id FROM people WHERE number = ?1")?;
            order.iter().map(|number| statement.query_row([number], |row| row.get(0))).collect()
        })
        .await
        .map(Option::unwrap_or_default)
    }

    /// The numbers of a query's people, in its order.
    pub(super) async fn numbers(&self, query: PeopleQuery) -> Result<Found, Error> {
        self.found(query, None, |_, order| Ok(Arc::clone(order))).await.map(Option::unwrap_or_default)
    }

    /// Where somebody stands in the order of a query; none when they are not in its set.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn place_of(&self, query: PeopleQuery, id: String) -> Result<Option<PersonPlace>, Error> {
        self.found(query, None, move |view, order| {
            let number: Option<u32> = view
                .connection
                .prepare_cached("SELECT number FROM people WHERE tenant = ?1 AND id = ?2")?
                .query_row(rusqlite::params![view.tenant, id], |row| row.get(0))
                .optional()?;
            let Some(at) = number.and_then(|number| order.iter().position(|other| *other == number)) else {
                return Ok(None);
            };
            let mut statement = view.connection.prepare_cached("SELECT id FROM people WHERE number = ?1")?;
            let mut id_at = |at: Option<usize>| {
                let number = at.and_then(|at| order.get(at));
                number.map(|number| statement.query_row([number], |row| row.get(0))).transpose()
            };
            let (previous, next) = (id_at(at.checked_sub(1))?, id_at(Some(at + 1))?);
            Ok(Some(PersonPlace { at: at as u64, total: order.len() as u64, previous, next }))
        })
        .await
        .map(Option::flatten)
    }

    /// Reads what searching and sorting everybody takes, in the background, for who will soon do so.
    pub fn prepare(&self) {
        let (tenant, changes, finder) = (self.tenant, Arc::clone(&self.changes), Arc::clone(&self.finder));
        self.searcher.run_unwatched(move |connection| {
            // Whoever then asks hears what is wrong with the file.
            drop(at_one_moment(connection, tenant, &changes, |view| finder.prepare(view)));
        });
    }

    /// Memory of what searching and sorting everybody takes, in bytes, and for how many people; none before the first use.
    pub fn memory(&self) -> Option<(usize, usize)> {
        self.finder.memory()
    }

    /// How many people a question brought of late, and how many there are in all.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn counts(&self, asked: Option<Asked>) -> Result<PeopleCounts, Error> {
        let finder = Arc::clone(&self.finder);
        self.read(move |view| {
            let (mut fetched, mut different) = (0, 0);
            if let Some(asked) = asked {
                let rows = runs::newest_rows(view.connection, view.tenant, &asked)?;
                fetched = rows.len() as u64;
                different = runs::different(rows.into_iter()).len() as u64;
            }
            let everybody = finder.everybody(view)?.len() as u64;
            Ok(PeopleCounts { fetched, different, everybody })
        })
        .await
        .map(Option::unwrap_or_default)
    }

    /// Everything known of a person, by Apollo's id.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn person(&self, id: String) -> Result<Option<PersonDetails>, Error> {
        self.read(move |view| {
            let Some(known) = rows::find(view.connection, view.tenant, &id)? else { return Ok(None) };
            let company = known.shown.person.organization_id.as_deref();
            let company = company.map(|id| rows::company(view.connection, view.tenant, id)).transpose()?.flatten();
            Ok(Some(details(known, company.unwrap_or_default().domain.as_ref())))
        })
        .await
        .map(Option::flatten)
    }

    /// All runs, the newest first.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn runs(&self) -> Result<Vec<Run>, Error> {
        self.read(|view| runs::runs(view.connection, view.tenant)).await.map(Option::unwrap_or_default)
    }

    /// Finds a query's people and runs `work` on them at the same moment; none when this tenant has nothing in it yet.
    async fn found<T: Send + 'static>(
        &self,
        query: PeopleQuery,
        keystroke: Option<u64>,
        work: impl Fn(&View<'_>, &Found) -> rusqlite::Result<T> + Send + Sync + 'static,
    ) -> Result<Option<T>, Error> {
        let keystroke = self.keystrokes.press(keystroke);
        let (query, work, finder) = (Arc::new(query), Arc::new(work), Arc::clone(&self.finder));
        let mut members = None;
        // Everybody, sorted or searched, is never quick.
        if !query.is_of_everybody() || query.is_plain() {
            let (query, work, finder) = (Arc::clone(&query), Arc::clone(&work), Arc::clone(&finder));
            let quick = self.read(move |view| match finder.find_quickly(view, &query)? {
                Quick::Found(found) => work(view, &found).map(Ok),
                Quick::Takes(members) => Ok(Err(members)),
            });
            match quick.await? {
                None => return Ok(None),
                Some(Ok(done)) => return Ok(Some(done)),
                Some(Err(takes)) => members = takes,
            }
        }
        let done = self.search(move |view| match finder.find(view, &query, &members, &keystroke)? {
            Some(found) => work(view, &found).map(Some),
            None => Ok(None),
        });
        done.await?.map(|done| done.ok_or(Error::Superseded)).transpose()
    }

    /// Runs `work` on what the store holds at one moment; none when this tenant has nothing in it yet. What was noticed
    /// before is in it.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        self.settle().await;
        let (tenant, changes) = (self.tenant, Arc::clone(&self.changes));
        self.reader.run(move |connection| at_one_moment(connection, tenant, &changes, work)).await
    }

    /// [`Self::read`] for what takes the columns of everybody.
    async fn search<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        self.settle().await;
        let (tenant, changes) = (self.tenant, Arc::clone(&self.changes));
        self.searcher.run(move |connection| at_one_moment(connection, tenant, &changes, work)).await
    }
}

/// No revision of a store.
const NEVER_LOOKED: i64 = -1;

/// What the file is called in sentences.
const WHAT: &str = "The workspace's file of people and personas";

/// The store at one moment, in one read transaction.
pub(crate) struct View<'a> {
    pub connection: &'a Connection,
    pub tenant: i64,
    pub revision: i64,
    pub changes: &'a Changes,
}

/// Runs `work` within one read transaction; none when this tenant has nothing in the file yet.
fn at_one_moment<T>(
    connection: &mut Connection,
    tenant: TenantId,
    changes: &Changes,
    work: impl FnOnce(&View<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    let transaction = connection.transaction()?;
    let found = transaction
        .prepare_cached("SELECT number, revision FROM tenants WHERE tenant = ?1")?
        .query_row([tenant.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((tenant, revision)) = found else { return Ok(None) };
    work(&View { connection: &transaction, tenant, revision, changes }).map(Some)
}

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
    changes: Arc<Changes>,
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
    let revision = transaction
        .prepare_cached("UPDATE tenants SET revision = revision + 1 WHERE number = ?1 RETURNING revision")?
        .query_row([number], |row| row.get(0))?;
    transaction.commit()?;
    written.changes.add(revision, touched);
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

/// `domain`: what was told of the company's, where it has an id.
fn details(known: Known, domain: Option<&Told>) -> PersonDetails {
    let Known { shown, record, .. } = known;
    let facts = Fact::ALL
        .into_iter()
        .filter_map(|fact| {
            let told = match fact {
                Fact::OrganizationDomain if domain.is_some() => domain,
                fact => record.shown(fact),
            }?;
            let told_at = timestamp(told.stamp.at_ms);
            Some(ToldFact { fact, value: told.value.clone(), source: told.stamp.source, told_at })
        })
        .collect();
    let mut jobs: Vec<ToldJob> = record
        .jobs
        .into_iter()
        .map(|(job, seen)| ToldJob {
            title: job.title,
            employer: job.employer,
            first_at: timestamp(seen.first_ms),
            last_at: timestamp(seen.last_ms),
            sources: seen.sources(),
        })
        .collect();
    jobs.sort_by_key(|job| std::cmp::Reverse((job.last_at, job.first_at)));
    PersonDetails { person: shown, facts, jobs }
}
