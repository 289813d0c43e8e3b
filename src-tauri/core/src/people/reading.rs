//! What is asked of the people store: windows of people, facets, places in an order, one person with all that is known. Each
//! answer is of one moment; what takes the columns of everybody waits on a thread of its own.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use ts_rs::TS;

use super::changes;
use super::companies::{self, ToldCompanyFact};
use super::facets::PeopleFacets;
use super::fact::{Fact, FactSource, Told};
use super::finder::{self, Found, Members, Quick};
use super::order::PeopleQuery;
use super::rows::{self, FROM_PEOPLE, Known, PERSON, StoredPerson};
use super::runs::{self, Asked, Run};
use super::store::{Store, equip};
use crate::clock::timestamp;
use crate::db::data_version;
use crate::enrich::answered_for;
use crate::error::Error;
use crate::tenant::TenantId;

/// How long a window is given to draw its rows.
const ROWS_FIRST: Duration = Duration::from_millis(700);

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
    /// What is known of their company beside its name and its domain; empty before it was enriched.
    pub company: Vec<ToldCompanyFact>,
    /// What Apollo was asked for when it answered with them instead: addresses, links, names at a company.
    pub answered_for: Vec<String>,
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

/// The store at one moment, in one read transaction.
pub(crate) struct View<'a> {
    pub connection: &'a Connection,
    pub tenant: i64,
    pub revision: i64,
}

impl View<'_> {
    /// Who was added or changed since a revision, by whichever process; none when that is not known, or too many to be worth it.
    pub fn changed_since(&self, revision: i64) -> rusqlite::Result<Option<HashSet<u32>>> {
        changes::between(self.connection, self.tenant, revision, self.revision)
    }
}

/// Runs `work` within one read transaction; none when this tenant has nothing in the file yet.
fn at_one_moment<T>(
    connection: &mut Connection,
    tenant: TenantId,
    work: impl FnOnce(&View<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    let transaction = connection.transaction()?;
    let found = transaction
        .prepare_cached("SELECT number, revision FROM tenants WHERE tenant = ?1")?
        .query_row([tenant.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((tenant, revision)) = found else { return Ok(None) };
    work(&View { connection: &transaction, tenant, revision }).map(Some)
}

impl Store {
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
        let (query, finder) = (Arc::new(query), Arc::clone(&self.finder));
        let quickly = (!query.is_of_everybody()).then(|| {
            let (query, keystroke) = (Arc::clone(&query), keystroke.clone());
            move |view: &View<'_>| finder::facets_quickly(view, &query, &keystroke)
        });
        let search = move |view: &View<'_>, members| finder.facets(view, &query, members, &keystroke);
        let counted = self.quickly_or_search(quickly, search).await?;
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

    /// Reads what searching and sorting everybody takes, in the background, for who will soon do so: once the window that asked
    /// for rows has had the time to draw them. A store that is closed by then is not held open.
    pub fn prepare_soon(&self) {
        let (tenant, finder, searcher) = (self.tenant, Arc::clone(&self.finder), Arc::downgrade(&self.searcher));
        tokio::spawn(async move {
            tokio::time::sleep(ROWS_FIRST).await;
            let Some(searcher) = searcher.upgrade() else { return };
            searcher.run_unwatched(move |connection| {
                // Whoever then asks hears what is wrong with the file.
                drop(at_one_moment(connection, tenant, |view| finder.prepare(view)));
            });
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
            let company = company.map(|id| rows::find_company(view.connection, view.tenant, id)).transpose()?.flatten();
            let answered_for = answered_for(view.connection, view.tenant, &id)?;
            let told = match company {
                Some((number, company)) => {
                    let facts = companies::facts(view.connection, number)?;
                    details(known, company.domain.as_ref(), facts)
                }
                None => details(known, None, Vec::new()),
            };
            Ok(Some(PersonDetails { answered_for, ..told }))
        })
        .await
        .map(Option::flatten)
    }

    /// Another number once anything in the file has changed, by whichever process; none before this tenant is in it.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(crate) async fn version(&self) -> Result<Option<i64>, Error> {
        // It counts what others have written: this connection never writes.
        self.read(|view| data_version(view.connection)).await
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
        // Everybody, sorted or searched, is never quick.
        let quickly = (!query.is_of_everybody() || query.is_plain()).then(|| {
            let (query, work, finder) = (Arc::clone(&query), Arc::clone(&work), Arc::clone(&finder));
            move |view: &View<'_>| {
                Ok(match finder.find_quickly(view, &query)? {
                    Quick::Done(found) => Quick::Done(Some(work(view, &found)?)),
                    Quick::Takes(members) => Quick::Takes(members),
                })
            }
        });
        let search = move |view: &View<'_>, members| match finder.find(view, &query, members, &keystroke)? {
            Some(found) => work(view, &found).map(Some),
            None => Ok(None),
        };
        let done = self.quickly_or_search(quickly, search).await?;
        done.map(|done| done.ok_or(Error::Superseded)).transpose()
    }

    /// Looks `quickly`, if that is worth trying, and runs `search` on what it did not find, on the thread that has the columns
    /// of everybody; none when this tenant has nothing in the store yet.
    async fn quickly_or_search<T: Send + 'static>(
        &self,
        quickly: Option<impl FnOnce(&View<'_>) -> rusqlite::Result<Quick<T>> + Send + 'static>,
        search: impl FnOnce(&View<'_>, Option<Members>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        let mut members = None;
        if let Some(quickly) = quickly {
            match self.read(quickly).await? {
                None => return Ok(None),
                Some(Quick::Done(done)) => return Ok(Some(done)),
                Some(Quick::Takes(takes)) => members = Some(takes),
            }
        }
        self.search(move |view| search(view, members)).await
    }

    /// Runs `work` on what the store holds at one moment; none when this tenant has nothing in it yet. What was noticed
    /// before is in it.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        self.settle().await;
        let tenant = self.tenant;
        self.reader.run(move |connection| at_one_moment(connection, tenant, work)).await
    }

    /// [`Self::read`] for what takes long, such as a file of everybody: on a connection of its own, so that the table goes on.
    pub(crate) async fn read_apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        self.settle().await;
        let tenant = self.tenant;
        self.file.reader(equip)?.run(move |connection| at_one_moment(connection, tenant, work)).await
    }

    /// [`Self::read`] for what takes the columns of everybody.
    async fn search<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        self.settle().await;
        let tenant = self.tenant;
        self.searcher.run(move |connection| at_one_moment(connection, tenant, work)).await
    }
}

/// `domain`, `company`: what was told of the company, where it has an id.
fn details(known: Known, domain: Option<&Told>, company: Vec<ToldCompanyFact>) -> PersonDetails {
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
    PersonDetails { person: shown, facts, jobs, company, answered_for: Vec::new() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::super::keystrokes::Keystroke;
    use super::*;
    use crate::files::TenantFiles;
    use crate::people::fetched::page;
    use crate::people::{Among, FetchedPage, Person, Sort};
    use crate::persona::{Filters, FiltersInput};

    fn nth(number: u32, id: &str) -> FetchedPage {
        let filters = Filters::check(&FiltersInput { keywords: "crm".to_owned(), ..FiltersInput::default() }).unwrap();
        let person = Person { id: id.to_owned(), name: Some(id.to_owned()), ..Person::default() };
        FetchedPage { page: number, ..page(filters, vec![person]) }
    }

    #[tokio::test]
    async fn people_who_come_between_two_looks_at_the_store_are_found_and_counted() {
        let (folder, tenant) = (tempfile::tempdir().unwrap(), TenantId::generate());
        let store = TenantFiles::open(folder.path(), tenant).unwrap().store;
        store.record(vec![nth(1, "ana")]).await.unwrap();
        let asked = Asked { question: nth(1, "").question, origin: "sandbox".to_owned() };
        let sort = vec![Sort::parse("name").unwrap()];
        let query = Arc::new(PeopleQuery { sort, ..PeopleQuery::of(Among::Newest(asked)) });

        let (first, second) = (Arc::clone(&query), Arc::clone(&query));
        let read = async || {
            let query = Arc::clone(&query);
            Some(store.read(move |view| Members::read(view, &query)).await.unwrap().unwrap())
        };
        let (to_find, to_count) = (read().await, read().await);
        store.record(vec![nth(2, "bo")]).await.unwrap();
        let finder = Arc::clone(&store.finder);
        let found = store.search(move |view| finder.find(view, &first, to_find, &Keystroke::none())).await;
        let finder = Arc::clone(&store.finder);
        let counted = store.search(move |view| finder.facets(view, &second, to_count, &Keystroke::none())).await;

        assert_eq!(found.unwrap().flatten().map(|found| found.len()), Some(2));
        assert_eq!(counted.unwrap().flatten().map(|facets| facets.total), Some(2));
    }
}
