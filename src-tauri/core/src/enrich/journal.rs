//! The durable journal of paid requests. Plan, caps and entry are one transaction, committed before anything is sent; an
//! answer, its price and the people it brought are another. It decides nothing about money itself: that is [`super::paid`],
//! [`super::caps`] and [`super::plan`].

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::caps::{Caps, Spent, Stop};
use super::paid::{Event, Request, State};
use super::plan::{Standing, Wish};
use super::{clue, knowledge, price};
use crate::apollo::enrichment::{BULK_MATCH, Clue, EnrichedPerson, Enrichment, MOST_AT_ONCE, Matched};
use crate::apollo::mobiles::Numbers;
use crate::clock::timestamp;
use crate::credits::Credits;
use crate::db::Database;
use crate::error::Error;
use crate::files::TenantFiles;
use crate::people::fact::{FactSource, Stamp};
use crate::people::{Person, Store, Writer};
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

/// Waiting people that are looked at together.
const LOOKED_AT: u32 = 64;

/// The paid requests of one workspace.
#[derive(Debug, Clone)]
pub struct Journal {
    pub tenant: TenantId,
    pub database: Database,
    store: Store,
}

/// A request in the journal that may be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Admitted {
    pub number: i64,
    pub request: Request,
    pub clues: Vec<Clue>,
}

/// What the journal says to the next request of a job.
#[derive(Debug, Clone, PartialEq)]
pub enum Admission {
    Admitted(Admitted),
    /// A cap leaves too little for even one more.
    Stopped(Stop),
    /// Nobody is left to ask for.
    Nobody,
}

/// Mobiles that a request ordered and that are not there yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered {
    pub number: i64,
    pub request: Request,
    pub request_id: i64,
}

/// Where the day and the month of this computer began, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Began {
    pub day_ms: i64,
    pub month_ms: i64,
}

impl Began {
    pub fn of(now: Timestamp, zone: &TimeZone) -> Self {
        let today = now.to_zoned(zone.clone()).date();
        let start = |date: jiff::civil::Date| {
            date.to_zoned(zone.clone()).map_or(now.as_millisecond(), |start| start.timestamp().as_millisecond())
        };
        Self { day_ms: start(today), month_ms: start(today.first_of_month()) }
    }
}

impl Journal {
    pub fn new(tenant: TenantId, files: &TenantFiles) -> Self {
        Self { tenant, database: files.people.clone(), store: files.store.clone() }
    }

    /// Writes down whom a job is to ask for. `attempt` is above 1 for people who are asked for again by the user's word;
    /// that word is about `again`, whose people stand in nobody's way any more.
    ///
    /// # Errors
    /// The disk.
    pub async fn want(&self, job: Uuid, clues: Vec<Clue>, again: Option<Again>) -> Result<(), Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                for (place, clue) in clues.iter().enumerate() {
                    transaction
                        .prepare_cached("INSERT INTO enrich_wanted VALUES (?1, ?2, ?3, ?4, ?5, 'waiting')")?
                        .execute(params![
                            tenant,
                            job,
                            place as i64,
                            clue::to_text(clue),
                            again.as_ref().map_or(1, |again| again.next.attempt)
                        ])?;
                }
                if let Some(again) = again {
                    write_state(&transaction, again.number, again.settled, None)?;
                    transaction.execute(
                        "UPDATE paid_people SET outcome = 'repeated' WHERE request = ?1 AND outcome = 'asked'",
                        [again.number],
                    )?;
                }
                transaction.commit()
            })
            .await
    }

    /// Takes the next people of a job into the journal, as many as go into one request and as the caps leave room for.
    /// Whoever has become known meanwhile is left out.
    ///
    /// # Errors
    /// The disk.
    pub async fn admit(&self, next: Next) -> Result<Admission, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                let admission = admit(&transaction, &tenant, &next)?;
                note_progress(&transaction, &tenant, &next.job.to_string(), 0)?;
                transaction.commit()?;
                Ok(admission)
            })
            .await
    }

    /// A request that certainly never left is no paid request; its people wait again.
    ///
    /// # Errors
    /// The disk.
    pub async fn never_left(&self, job: Uuid, admitted: &Admitted) -> Result<(), Error> {
        self.undo(job, admitted.number, None, 0).await
    }

    /// Apollo refused it and charged nothing; its people wait again.
    ///
    /// # Errors
    /// The disk.
    pub async fn refused(&self, job: Uuid, admitted: &Admitted, why: &Error, now: Timestamp) -> Result<(), Error> {
        let settled = Settled { state: State::Free, why: Some(why.code()), at: now };
        self.undo(job, admitted.number, Some(settled), 1).await
    }

    async fn undo(&self, job: Uuid, number: i64, settled: Option<Settled>, calls: u32) -> Result<(), Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                transaction.execute(
                    "UPDATE enrich_wanted SET state = 'waiting' WHERE tenant = ?1 AND job = ?2 AND state = 'asked'
                     AND clue IN (SELECT clue FROM paid_people WHERE request = ?3)",
                    params![tenant, job, number],
                )?;
                transaction.execute("DELETE FROM paid_people WHERE request = ?1", [number])?;
                match settled {
                    Some(settled) => settle(&transaction, number, settled)?,
                    None => drop(transaction.execute("DELETE FROM paid_requests WHERE number = ?1", [number])?),
                }
                note_progress(&transaction, &tenant, &job, calls)?;
                transaction.commit()
            })
            .await
    }

    /// Nobody knows what became of it.
    ///
    /// # Errors
    /// The disk.
    pub async fn lost(&self, job: Uuid, number: i64, why: &Error, now: Timestamp) -> Result<(), Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        let settled = Settled { state: State::MayBeCharged, why: Some(why.code()), at: now };
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                settle(&transaction, number, settled)?;
                note_progress(&transaction, &tenant, &job, 1)?;
                transaction.commit()
            })
            .await
    }

    /// An answer: its price, and the people it brought into the store, at once or not at all.
    ///
    /// # Errors
    /// The disk.
    pub async fn answered(
        &self,
        job: Uuid,
        admitted: Admitted,
        state: State,
        answer: Enrichment,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        let stamp = Stamp::new(FactSource::Enrichment, now.as_millisecond());
        self.store
            .within(move |transaction, number| {
                let mut writer = Writer::new(transaction, number);
                let mut touched = Vec::new();
                for (asked, matched) in admitted.clues.iter().zip(&answer.matches) {
                    let (outcome, person) = match matched {
                        Matched::Found(found) => ("found", Some(shown(found))),
                        Matched::Shell => ("shell", None),
                        Matched::NotFound => ("not_found", None),
                    };
                    if let Some(person) = &person {
                        touched.push(writer.take_in(person, stamp)? as u32);
                    }
                    transaction
                        .prepare_cached(
                            "UPDATE paid_people SET outcome = ?3, person = ?4 WHERE request = ?1 AND clue = ?2",
                        )?
                        .execute(params![
                            admitted.number,
                            clue::to_text(asked),
                            outcome,
                            person.map(|person| person.id)
                        ])?;
                }
                transaction.execute(
                    "UPDATE paid_requests SET request_id = ?2, strangers = ?3, unreadable_rows = ?4 WHERE number = ?1",
                    params![admitted.number, answer.request_id, answer.strangers as i64, answer.unreadable_rows as i64],
                )?;
                settle(transaction, admitted.number, Settled { state, why: None, at: now })?;
                note_progress(transaction, &tenant, &job, 1)?;
                Ok(((), touched))
            })
            .await
    }

    /// The oldest request of a job whose mobiles are on their way.
    ///
    /// # Errors
    /// The disk.
    pub async fn next_ordered(&self, job: Uuid) -> Result<Option<Ordered>, Error> {
        let key = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT {REQUEST}, number, request_id FROM paid_requests
                         WHERE tenant = ?1 AND job = ?2 AND state = 'ordered' ORDER BY number LIMIT 1"
                    ))?
                    .query_row(key, |row| {
                        Ok(Ordered { request: read_request(row)?, number: row.get(4)?, request_id: row.get(5)? })
                    })
                    .optional()
            })
            .await
    }

    /// Mobiles that came, with their price; people who were asked about and have none are told so.
    ///
    /// # Errors
    /// The disk.
    pub async fn delivered(
        &self,
        number: i64,
        state: State,
        people: Vec<Numbers>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let stamp = Stamp::new(FactSource::Enrichment, now.as_millisecond());
        self.store
            .within(move |transaction, tenant| {
                transaction.execute(
                    "UPDATE paid_people SET mobile = 'none' WHERE request = ?1 AND outcome = 'found'",
                    [number],
                )?;
                let mut writer = Writer::new(transaction, tenant);
                let mut touched = Vec::new();
                for Numbers { person, numbers } in people {
                    let Some(phone) = numbers.into_iter().next().map(|number| number.number) else { continue };
                    let told = transaction
                        .prepare_cached("UPDATE paid_people SET mobile = 'told' WHERE request = ?1 AND person = ?2")?
                        .execute(params![number, person])?;
                    // A number of somebody who was not asked about is not taken in.
                    if told > 0 {
                        let person = Person { id: person, phone: Some(phone), ..Person::default() };
                        touched.push(writer.take_in(&person, stamp)? as u32);
                    }
                }
                settle(transaction, number, Settled { state, why: None, at: now })?;
                Ok(((), touched))
            })
            .await
    }

    /// What was under way when a job's process died may have been charged. To be called by whoever holds the job's claim.
    ///
    /// # Errors
    /// The disk.
    pub async fn found_after_crash(&self, job: Uuid, now: Timestamp) -> Result<(), Error> {
        let key = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                let found: Vec<(i64, Request)> = transaction
                    .prepare_cached(&format!(
                        "SELECT {REQUEST}, number FROM paid_requests WHERE tenant = ?1 AND job = ?2 AND state = 'journalled'"
                    ))?
                    .query_map(key, |row| Ok((row.get(4)?, read_request(row)?)))?
                    .collect::<rusqlite::Result<_>>()?;
                for (number, request) in found {
                    // A request that is in the journal may be found after a crash: there is no misstep to be told.
                    if let Ok(stepped) = request.step(Event::FoundAfterCrash) {
                        let state = stepped.request.state;
                        settle(&transaction, number, Settled { state, why: Some("crash"), at: now })?;
                    }
                }
                transaction.commit()
            })
            .await
    }

    /// Writes down what the user, or Apollo's own count, says of an undecided request.
    ///
    /// # Errors
    /// The disk.
    pub async fn decide(&self, decided: Vec<(i64, State)>, now: Timestamp) -> Result<(), Error> {
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                for (number, state) in decided {
                    write_state(&transaction, number, state, Some(now))?;
                }
                transaction.commit()
            })
            .await
    }
}

/// What the next request of a job stands on.
#[derive(Debug, Clone)]
pub struct Next {
    pub job: Uuid,
    pub title: String,
    pub account: AccountHash,
    pub wish: Wish,
    pub caps: Caps,
    pub began: Began,
    pub now: Timestamp,
}

/// The user's word that the people of a request are asked for again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Again {
    pub number: i64,
    /// What becomes of the request itself.
    pub settled: State,
    /// The request that is planned in its place.
    pub next: Request,
}

/// How a request ended.
#[derive(Debug, Clone, Copy)]
struct Settled {
    state: State,
    why: Option<&'static str>,
    at: Timestamp,
}

fn admit(transaction: &Transaction<'_>, tenant: &str, next: &Next) -> rusqlite::Result<Admission> {
    let job = next.job.to_string();
    let each = price::person(next.wish.reveal);
    let spent = spent(transaction, tenant, &job, next.began)?;
    let room = next.caps.left(&spent).map_or(MOST_AT_ONCE, |left| affordable(left, each));
    let Waiting { clues, attempt } = next_waiting(transaction, tenant, &job, next.wish, room.max(1))?;
    if clues.is_empty() {
        return Ok(Admission::Nobody);
    }
    let request = Request { attempt, ..Request::planned(each.times(clues.len() as u64)) };
    if let Err(stop) = next.caps.admit(&spent, request.at_most) {
        return Ok(Admission::Stopped(stop));
    }
    let Ok(stepped) = request.step(Event::Journalled) else { return Ok(Admission::Nobody) };
    let request = stepped.request;
    transaction
        .prepare_cached(
            "INSERT INTO paid_requests (tenant, job, title, account, endpoint, mobiles, state, attempt, at_most, journalled_at_ms, figure)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
             (SELECT max(number) FROM credit_figures WHERE tenant = ?1 AND account = ?4 AND consumed IS NOT NULL))",
        )?
        .execute(params![
            tenant,
            job,
            next.title,
            next.account.to_string(),
            BULK_MATCH,
            next.wish.reveal.mobiles,
            word(request.state).0,
            request.attempt,
            request.at_most.thousandths() as i64,
            next.now.as_millisecond()
        ])?;
    let number = transaction.last_insert_rowid();
    for (place, clue) in &clues {
        transaction
            .prepare_cached("INSERT INTO paid_people (request, clue, outcome) VALUES (?1, ?2, 'asked')")?
            .execute(params![number, clue])?;
        mark(transaction, tenant, &job, *place, "asked")?;
    }
    let clues = clues.iter().map(|(_, clue)| clue::from_text(clue)).collect();
    Ok(Admission::Admitted(Admitted { number, request, clues }))
}

/// So many people of this price.
fn affordable(left: Credits, each: Credits) -> usize {
    let people = left.thousandths() / each.thousandths().max(1);
    usize::try_from(people).unwrap_or(MOST_AT_ONCE).min(MOST_AT_ONCE)
}

/// People who are asked for together, with their places in the job.
struct Waiting {
    clues: Vec<(i64, String)>,
    attempt: u32,
}

/// The next who have to be asked for; those who need not any more are left out.
fn next_waiting(
    transaction: &Transaction<'_>,
    tenant: &str,
    job: &str,
    wish: Wish,
    most: usize,
) -> rusqlite::Result<Waiting> {
    let number = tenant_number(transaction, tenant)?;
    let mut found = Waiting { clues: Vec::new(), attempt: 1 };
    loop {
        let looked_at: Vec<(i64, String, u32)> = transaction
            .prepare_cached(
                "SELECT place, clue, attempt FROM enrich_wanted WHERE tenant = ?1 AND job = ?2 AND state = 'waiting'
                 AND place > ?3 ORDER BY place LIMIT ?4",
            )?
            .query_map(params![tenant, job, found.clues.last().map_or(-1, |(place, _)| *place), LOOKED_AT], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        if looked_at.is_empty() {
            return Ok(found);
        }
        for (place, clue, attempt) in looked_at {
            let is_new = found.clues.iter().all(|(_, other)| *other != clue);
            let standing = knowledge::of(transaction, tenant, number, &clue)?.standing(wish);
            if !is_new || standing != Standing::ToAsk {
                mark(transaction, tenant, job, place, "left_out")?;
                continue;
            }
            found.attempt = attempt;
            found.clues.push((place, clue));
            if found.clues.len() == most {
                return Ok(found);
            }
        }
    }
}

fn mark(
    transaction: &Transaction<'_>,
    tenant: &str,
    job: &str,
    place: i64,
    state: &'static str,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE enrich_wanted SET state = ?4 WHERE tenant = ?1 AND job = ?2 AND place = ?3")?
        .execute(params![tenant, job, place, state])?;
    Ok(())
}

/// What the caps count: what was charged, and the bound of all that may have been or may yet be.
pub fn spent(connection: &Connection, tenant: &str, job: &str, began: Began) -> rusqlite::Result<Spent> {
    connection
        .prepare_cached(&format!(
            "SELECT coalesce(sum(iif(job = ?2, {SPENT}, 0)), 0), coalesce(sum(iif(journalled_at_ms >= ?3, {SPENT}, 0)), 0),
             coalesce(sum(iif(journalled_at_ms >= ?4, {SPENT}, 0)), 0), coalesce(sum({SPENT}), 0)
             FROM paid_requests WHERE tenant = ?1"
        ))?
        .query_row(params![tenant, job, began.day_ms, began.month_ms], |row| {
            let [run, day, month, workspace] = [0, 1, 2, 3].map(|column| read_credits(row, column));
            Ok(Spent { run: run?, day: day?, month: month?, workspace: workspace? })
        })
}

/// What a request counts against a cap.
const SPENT: &str = "CASE state WHEN 'charged' THEN charged WHEN 'free' THEN 0 ELSE at_most END";

/// The columns of a [`Request`].
pub const REQUEST: &str = "state, charged, at_most, attempt";

/// Reads the columns of [`REQUEST`].
pub fn read_request(row: &rusqlite::Row<'_>) -> rusqlite::Result<Request> {
    let word: String = row.get(0)?;
    let charged = read_credits(row, 1)?;
    let state = match word.as_str() {
        "journalled" => State::Journalled,
        "ordered" => State::Ordered(charged),
        "charged" => State::Charged(charged),
        "free" => State::Free,
        "accepted" => State::Accepted,
        "repeated" => State::Repeated,
        _ => State::MayBeCharged,
    };
    Ok(Request { state, at_most: read_credits(row, 2)?, attempt: row.get(3)? })
}

pub fn read_credits(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Credits> {
    Ok(Credits::from_thousandths(row.get::<_, i64>(column)?.unsigned_abs()))
}

/// A state as the file has it, and what was charged. That a request is on its way is kept in memory alone: on the disk it
/// would say no more than that it is in the journal.
fn word(state: State) -> (&'static str, Credits) {
    match state {
        State::Planned | State::Journalled | State::Sent => ("journalled", Credits::NONE),
        State::Ordered(charged) => ("ordered", charged),
        State::Charged(charged) => ("charged", charged),
        State::Free => ("free", Credits::NONE),
        State::MayBeCharged => ("may_be_charged", Credits::NONE),
        State::Accepted => ("accepted", Credits::NONE),
        State::Repeated => ("repeated", Credits::NONE),
    }
}

fn settle(transaction: &Transaction<'_>, number: i64, settled: Settled) -> rusqlite::Result<()> {
    write_state(transaction, number, settled.state, Some(settled.at))?;
    transaction.execute("UPDATE paid_requests SET why = ?2 WHERE number = ?1", params![number, settled.why])?;
    Ok(())
}

fn write_state(
    transaction: &Transaction<'_>,
    number: i64,
    state: State,
    settled_at: Option<Timestamp>,
) -> rusqlite::Result<()> {
    let (word, charged) = word(state);
    transaction
        .prepare_cached(
            "UPDATE paid_requests SET state = ?2, charged = ?3, settled_at_ms = coalesce(settled_at_ms, ?4) WHERE number = ?1",
        )?
        .execute(params![
            number,
            word,
            charged.thousandths() as i64,
            settled_at.map(Timestamp::as_millisecond)
        ])?;
    Ok(())
}

/// Writes how far a job is beside its steps, so that the two never differ.
fn note_progress(transaction: &Transaction<'_>, tenant: &str, job: &str, calls: u32) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "UPDATE jobs SET progress = json_set(progress, '$.rows', (SELECT count(*) FROM enrich_wanted WHERE tenant = ?1
             AND job = ?2 AND state <> 'waiting'), '$.people_total', (SELECT count(*) FROM enrich_wanted WHERE tenant = ?1
             AND job = ?2), '$.pages', coalesce(progress ->> '$.pages', 0) + ?3, '$.calls_spent',
             coalesce(progress ->> '$.calls_spent', 0) + ?3) WHERE tenant = ?1 AND id = ?2",
        )?
        .execute(params![tenant, job, calls])?;
    Ok(())
}

/// The tenant's number in the people store; none before anybody was stored.
pub fn tenant_number(connection: &Connection, tenant: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT number FROM tenants WHERE tenant = ?1")?
        .query_row([tenant], |row| row.get(0))
        .optional()
}

/// The person as the store takes them: a private address stands where there is no other.
fn shown(found: &EnrichedPerson) -> Person {
    let mut person = found.person.clone();
    if person.email.is_none() {
        person.email = found.personal_emails.first().cloned();
    }
    person
}

/// When a column of milliseconds says.
pub fn moment(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(timestamp))
}
