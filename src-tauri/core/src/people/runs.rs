//! Runs: what each walk through a question brought, page by page, as sets of people. A job has a run of its own. Of pages
//! that were clicked for, those of one question whose moments lie within a day of each other are one run, as long as a kept
//! page stays fresh; a page fetched again takes the place of the one before.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::Person;
use super::fact::{FactSource, Stamp};
use super::rows::Writer;
use crate::apollo::Endpoint;
use crate::cache::QuestionHash;
use crate::clock::timestamp;
use crate::persona::Filters;

/// The longest a run takes from its first page to its last.
const LONGEST_MS: i64 = 24 * 3_600 * 1_000;

/// One page as it was fetched, with all that is remembered of it.
#[derive(Debug, Clone)]
pub struct FetchedPage {
    pub question: QuestionHash,
    pub filters: Filters,
    /// The persona it was asked for.
    pub persona: Option<Uuid>,
    /// The job whose run it belongs to; none for what was clicked for.
    pub job: Option<Uuid>,
    /// Whose people these are: Apollo's origin, or `sandbox`.
    pub origin: String,
    pub endpoint: Endpoint,
    pub page: u32,
    pub page_size: u32,
    pub fetched_at: Timestamp,
    pub total_entries: Option<u64>,
    /// Calls it took, those in vain too; 0 when that is not known any more.
    pub calls_spent: u32,
    /// None when Apollo did not tell.
    pub credits_spent: Option<f64>,
    pub people: Arc<Vec<Person>>,
}

/// Which question, asked of whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    pub question: QuestionHash,
    pub origin: String,
}

/// A page of a question, whichever run it is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageOf {
    pub asked: Asked,
    pub endpoint: Endpoint,
    pub page: u32,
    pub page_size: u32,
}

/// One run, in figures.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Run {
    /// Its number in this workspace.
    pub number: i64,
    pub persona_id: Option<String>,
    /// The job that made it; null for what was clicked for.
    pub job_id: Option<String>,
    pub filters: Filters,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    /// People who matched, as the newest page told.
    pub total_entries: Option<u64>,
    pub pages: u32,
    /// Rows of all pages; Apollo repeats people on the next page.
    pub rows: u64,
    /// Different people among them.
    pub people: u64,
    /// Also those of a job that brought no page.
    pub calls_spent: u32,
    /// Null when Apollo did not tell of one of the pages.
    pub credits_spent: Option<f64>,
}

impl FetchedPage {
    fn asked(&self) -> Asked {
        Asked { question: self.question, origin: self.origin.clone() }
    }

    /// Which page this is.
    pub fn place(&self) -> PageOf {
        PageOf { asked: self.asked(), endpoint: self.endpoint, page: self.page, page_size: self.page_size }
    }
}

/// The tenant's number in this file; a new tenant gets one.
pub fn tenant_number(transaction: &Transaction<'_>, tenant: &str) -> rusqlite::Result<i64> {
    transaction.prepare_cached("INSERT OR IGNORE INTO tenants (tenant) VALUES (?1)")?.execute([tenant])?;
    transaction.prepare_cached("SELECT number FROM tenants WHERE tenant = ?1")?.query_row([tenant], |row| row.get(0))
}

/// Puts a page's people into the store and the page into its run. Answers the people's numbers, in the page's order.
pub fn record(transaction: &Transaction<'_>, tenant: i64, page: &FetchedPage) -> rusqlite::Result<Vec<u32>> {
    let source = match page.endpoint {
        Endpoint::Full => FactSource::Search,
        Endpoint::Free => FactSource::Stub,
    };
    let stamp = Stamp { source, at_ms: page.fetched_at.as_millisecond() };
    let mut writer = Writer::new(transaction, tenant);
    let mut numbers = Vec::with_capacity(page.people.len());
    for person in page.people.iter() {
        numbers.push(writer.take_in(person, stamp)? as u32);
    }
    let run = run_of(transaction, tenant, page)?;
    transaction
        .prepare_cached(
            "INSERT INTO run_pages (run, endpoint, page_size, page, fetched_at_ms, total_entries, calls_spent, credits_spent, people)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT DO UPDATE SET calls_spent = calls_spent + ?7, credits_spent = credits_spent + ?8,
             people = iif(?5 >= fetched_at_ms, ?9, people), total_entries = iif(?5 >= fetched_at_ms, ?6, total_entries),
             fetched_at_ms = max(?5, fetched_at_ms)",
        )?
        .execute(params![
            run,
            page.endpoint.path(),
            page.page_size,
            page.page,
            stamp.at_ms,
            page.total_entries.map(|total| total as i64),
            page.calls_spent,
            page.credits_spent,
            pack(&numbers)
        ])?;
    Ok(numbers)
}

/// The run that a page belongs to; the first page of a new one begins it.
fn run_of(transaction: &Transaction<'_>, tenant: i64, page: &FetchedPage) -> rusqlite::Result<i64> {
    let at_ms = page.fetched_at.as_millisecond();
    let (persona, job) = (page.persona.map(|id| id.to_string()), page.job.map(|id| id.to_string()));
    // A job may take longer than any walk by clicks.
    let found: Option<i64> = transaction
        .prepare_cached(
            "UPDATE runs SET first_ms = min(first_ms, ?4), last_ms = max(last_ms, ?4), persona = coalesce(?6, persona)
             WHERE number = (SELECT number FROM runs WHERE tenant = ?1 AND question = ?2 AND origin = ?3 AND job IS ?7
             AND (job IS NOT NULL OR max(last_ms, ?4) - min(first_ms, ?4) < ?5) ORDER BY last_ms DESC LIMIT 1)
             RETURNING number",
        )?
        .query_row(params![tenant, page.question.as_bytes(), page.origin, at_ms, LONGEST_MS, persona, job], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(run) = found {
        return Ok(run);
    }
    let filters = serde_json::to_string(&page.filters)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    transaction
        .prepare_cached(
            "INSERT INTO runs (tenant, question, origin, filters, persona, first_ms, last_ms, job)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7) RETURNING number",
        )?
        .query_row(params![tenant, page.question.as_bytes(), page.origin, filters, persona, at_ms, job], |row| {
            row.get(0)
        })
}

/// Whether this very page, as of its moment, is in a run: in that of its job, or in any where it has none.
pub fn is_recorded(connection: &Connection, tenant: &str, page: &FetchedPage) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM run_pages JOIN runs ON number = run WHERE tenant = (SELECT number FROM tenants
             WHERE tenant = ?1) AND question = ?2 AND origin = ?3 AND endpoint = ?4 AND page_size = ?5 AND page = ?6
             AND fetched_at_ms = ?7 AND (?8 IS NULL OR job = ?8))",
        )?
        .query_row(
            params![
                tenant,
                page.question.as_bytes(),
                page.origin,
                page.endpoint.path(),
                page.page_size,
                page.page,
                page.fetched_at.as_millisecond(),
                page.job.map(|id| id.to_string()),
            ],
            |row| row.get(0),
        )
}

/// Notes how many calls of a job brought no page, if its run has begun.
pub fn note_calls_in_vain(connection: &Connection, tenant: &str, job: Uuid, calls: u32) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE runs SET calls_in_vain = ?3 WHERE job = ?2 AND calls_in_vain <> ?3 AND tenant = (SELECT number FROM tenants WHERE tenant = ?1)",
        )?
        .execute(params![tenant, job.to_string(), calls])?;
    Ok(())
}

/// The people of a page as it was fetched last, in its order.
pub fn people_of_page(connection: &Connection, tenant: i64, place: &PageOf) -> rusqlite::Result<Vec<u32>> {
    let people: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT people FROM run_pages JOIN runs ON number = run WHERE tenant = ?1 AND question = ?2 AND origin = ?3
             AND endpoint = ?4 AND page_size = ?5 AND page = ?6 ORDER BY fetched_at_ms DESC LIMIT 1",
        )?
        .query_row(
            params![
                tenant,
                place.asked.question.as_bytes(),
                place.asked.origin,
                place.endpoint.path(),
                place.page_size,
                place.page
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(different(people.iter().flat_map(|packed| unpack(packed))))
}

/// What a question has fetched of late: the rows of its newest run, and of all that ended within a day of its end. A page
/// clicked for after a job that fetched everybody hides nobody. People who came twice are in it twice.
pub fn newest_rows(connection: &Connection, tenant: i64, asked: &Asked) -> rusqlite::Result<Vec<u32>> {
    let which = "run IN (SELECT number FROM runs WHERE tenant = ?1 AND question = ?2 AND origin = ?3 AND last_ms > ?4 +
        (SELECT max(last_ms) FROM runs WHERE tenant = ?1 AND question = ?2 AND origin = ?3))";
    let values = params![tenant, asked.question.as_bytes(), asked.origin, -LONGEST_MS];
    rows_of_pages(connection, which, values)
}

/// The different people of these runs, in the order of their pages.
pub fn people_of_runs(connection: &Connection, runs: &[i64]) -> rusqlite::Result<Vec<u32>> {
    let runs = serde_json::to_string(runs).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    let rows = rows_of_pages(connection, "run IN (SELECT value FROM json_each(?1))", params![runs])?;
    Ok(different(rows.into_iter()))
}

/// The rows of pages, in their order; of a page that is in several runs, as it was fetched last.
fn rows_of_pages(connection: &Connection, which: &str, values: impl Params) -> rusqlite::Result<Vec<u32>> {
    // SQLite answers the columns beside a `max` from the row that has it.
    let mut statement = connection.prepare_cached(&format!(
        "SELECT people, max(fetched_at_ms) FROM run_pages JOIN runs ON number = run WHERE {which}
         GROUP BY question, origin, endpoint, page_size, page ORDER BY (page - 1) * page_size, max(fetched_at_ms) DESC"
    ))?;
    let mut numbers = Vec::new();
    for page in statement.query_map(values, |row| row.get::<_, Vec<u8>>(0))? {
        numbers.extend(unpack(&page?));
    }
    Ok(numbers)
}

/// All runs of a workspace, the newest first.
pub fn runs(connection: &Connection, tenant: i64) -> rusqlite::Result<Vec<Run>> {
    let mut statement =
        connection.prepare_cached(&format!("{RUN} WHERE tenant = ?1 ORDER BY last_ms DESC, number DESC"))?;
    let found = statement.query_map([tenant], read_run)?.collect::<rusqlite::Result<Vec<Run>>>()?;
    found.into_iter().map(|run| in_figures(connection, run)).collect()
}

/// The question of each run.
pub fn questions(connection: &Connection, tenant: i64) -> rusqlite::Result<Vec<(i64, Filters)>> {
    let mut statement = connection.prepare_cached(&format!("{RUN} WHERE tenant = ?1"))?;
    let found = statement.query_map([tenant], read_run)?;
    found.map(|run| run.map(|run| (run.number, run.filters))).collect()
}

const RUN: &str = "SELECT number, persona, filters, first_ms, last_ms, job, calls_in_vain FROM runs";

/// A run without its figures.
fn read_run(row: &Row<'_>) -> rusqlite::Result<Run> {
    let filters: String = row.get(2)?;
    let unreadable = |error: serde_json::Error| {
        rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, Box::new(error))
    };
    Ok(Run {
        number: row.get(0)?,
        persona_id: row.get(1)?,
        job_id: row.get(5)?,
        filters: serde_json::from_str(&filters).map_err(unreadable)?,
        first_at: timestamp(row.get(3)?),
        last_at: timestamp(row.get(4)?),
        total_entries: None,
        pages: 0,
        rows: 0,
        people: 0,
        calls_spent: row.get(6)?,
        credits_spent: None,
    })
}

fn in_figures(connection: &Connection, run: Run) -> rusqlite::Result<Run> {
    let people = people_of_runs(connection, &[run.number])?.len() as u64;
    connection
        .prepare_cached(
            "SELECT count(*), coalesce(sum(length(people)) / 4, 0), coalesce(sum(calls_spent), 0),
             iif(count(*) = count(credits_spent), sum(credits_spent), NULL),
             (SELECT total_entries FROM run_pages WHERE run = ?1 AND total_entries IS NOT NULL ORDER BY fetched_at_ms DESC LIMIT 1)
             FROM run_pages WHERE run = ?1",
        )?
        .query_row([run.number], |row| {
            Ok(Run {
                pages: row.get(0)?,
                rows: row.get::<_, i64>(1)? as u64,
                people,
                calls_spent: run.calls_spent + row.get::<_, u32>(2)?,
                credits_spent: row.get(3)?,
                total_entries: row.get::<_, Option<i64>>(4)?.map(|total| total as u64),
                ..run
            })
        })
}

/// Numbers of people, four bytes each, the least first.
pub fn pack(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The numbers behind [`pack`].
pub fn unpack(packed: &[u8]) -> impl Iterator<Item = u32> {
    packed.chunks_exact(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

/// Each number once, where it came first.
pub fn different(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut seen = HashSet::new();
    numbers.filter(|number| seen.insert(*number)).collect()
}
