//! What is asked of the journal: the calls of the ledger and their sums, what a job came to.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Journal;
use super::columns::{QUESTION, REQUEST, job_of, moment, read_credits, read_request};
use super::spending::{CHARGED, UNKNOWN};
use crate::apollo::Endpoint;
use crate::clock::timestamp;
use crate::enrich::asked::EnrichWhat;
use crate::enrich::clue;
use crate::enrich::order::job_id;
use crate::enrich::paid::{Booked, Request, State};
use crate::enrich::tally::Tally;
use crate::enrich::usage::{EntryState, UsageEntry, UsageListed};
use crate::error::Error;
use crate::rate_limit::AccountHash;

/// The calls of a quarter of an hour: every day and month of every time zone is made of whole ones.
#[derive(Debug)]
pub struct Slot {
    pub began: Timestamp,
    pub calls: u64,
    pub free_calls: u64,
    pub booked: Booked,
}

const SLOT_MS: i64 = 15 * 60_000;

impl Journal {
    /// The calls of the ledger, the newest first.
    ///
    /// # Errors
    /// The disk.
    pub async fn entries(&self, listed: UsageListed) -> Result<Vec<UsageEntry>, Error> {
        let tenant = self.tenant.to_string();
        // SQLite takes a negative limit for none.
        let most = listed.newest.map_or(-1, i64::from);
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT state, charged, at_most, attempt, number, at_ms, job, title, endpoint, mobiles, why,
                         brought + (SELECT count(*) FROM paid_people WHERE request = number AND {QUESTION}),
                         iif(EXISTS (SELECT 1 FROM paid_people WHERE request = number) AND NOT EXISTS (SELECT 1 FROM paid_people
                             WHERE request = number AND (person IS NOT NULL OR outcome NOT IN ('asked', 'repeated'))), NULL,
                             brought + (SELECT count(*) FROM paid_people WHERE request = number AND (outcome = 'found'
                             OR (outcome = 'repeated' AND person IS NOT NULL)))),
                         (SELECT count(*) FROM paid_people WHERE request = number AND outcome = 'elsewhere' AND {QUESTION}),
                         (SELECT min(clue) FROM paid_people WHERE request = number), strangers
                         FROM (
                             SELECT * FROM (
                                 SELECT state, charged, at_most, attempt, number, journalled_at_ms AS at_ms, job, title,
                                 endpoint, mobiles, why, brought, strangers FROM paid_requests WHERE tenant = ?1
                                 ORDER BY journalled_at_ms DESC, number DESC LIMIT ?2
                             )
                             UNION ALL
                             SELECT * FROM (
                                 SELECT 'free', 0, 0, 1, NULL, at_ms, job, title, endpoint, 0, why, 0, 0
                                 FROM free_calls WHERE tenant = ?1 AND NOT ?3 ORDER BY at_ms DESC, number DESC LIMIT ?2
                             )
                             ORDER BY at_ms DESC, number DESC LIMIT ?2
                         )"
                    ))?
                    .query_map(params![tenant, most, listed.paid], read_entry)?
                    .collect()
            })
            .await
    }

    /// The sums of all of them.
    ///
    /// # Errors
    /// The disk.
    pub async fn slots(&self) -> Result<Vec<Slot>, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT slot, sum(calls), sum(free_calls), sum(charged), sum(unknown) FROM (
                             SELECT journalled_at_ms / {SLOT_MS} AS slot, count(*) AS calls, 0 AS free_calls,
                             sum({CHARGED}) AS charged, sum({UNKNOWN}) AS unknown
                             FROM paid_requests WHERE tenant = ?1 GROUP BY slot
                             UNION ALL
                             SELECT at_ms / {SLOT_MS} AS slot, count(*), count(*), 0, 0
                             FROM free_calls WHERE tenant = ?1 GROUP BY slot
                         ) GROUP BY slot"
                    ))?
                    .query_map([tenant], |row| {
                        Ok(Slot {
                            began: timestamp(row.get::<_, i64>(0)? * SLOT_MS),
                            calls: row.get::<_, i64>(1)?.unsigned_abs(),
                            free_calls: row.get::<_, i64>(2)?.unsigned_abs(),
                            booked: Booked { charged: read_credits(row, 3)?, unknown: read_credits(row, 4)? },
                        })
                    })?
                    .collect()
            })
            .await
    }

    /// The endpoints of what may cost credits at which Apollo has answered this account, and when it did so last. What it
    /// refused has its reason with it; a page that cost nothing is among the free calls.
    ///
    /// # Errors
    /// The disk.
    pub async fn answered_at(&self, account: AccountHash) -> Result<Vec<(String, Timestamp)>, Error> {
        let key = (self.tenant.to_string(), account.to_string(), Endpoint::Full.path());
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT endpoint, max(at_ms) FROM (
                             SELECT iif(instr(endpoint, '?') > 0, substr(endpoint, 1, instr(endpoint, '?') - 1), endpoint) AS endpoint,
                             journalled_at_ms AS at_ms FROM paid_requests WHERE tenant = ?1 AND account = ?2
                             AND (state IN ('charged', 'ordered', 'untold') OR (state = 'free' AND why IS NULL))
                             UNION ALL
                             SELECT endpoint, at_ms FROM free_calls WHERE tenant = ?1 AND endpoint = ?3 AND why IS NULL
                         ) GROUP BY endpoint",
                    )?
                    .query_map(key, |row| Ok((row.get(0)?, moment(row, 1)?.unwrap_or_default())))?
                    .collect()
            })
            .await
    }

    /// The job that a request was made for; none for a page that was clicked for.
    ///
    /// # Errors
    /// The disk.
    pub async fn job_of(&self, number: i64) -> Result<Option<Uuid>, Error> {
        let tenant = self.tenant.to_string();
        let job = self.database.run(move |connection| job_of(connection, &tenant, number)).await?;
        Ok(job.as_deref().map(job_id))
    }

    /// What the requests of a job came to. `mobiles`: whether they were asked for too.
    ///
    /// # Errors
    /// The disk.
    pub async fn tally(&self, job: Uuid, what: EnrichWhat, mobiles: bool) -> Result<Tally, Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                let mut tally = Tally { what, mobiles: mobiles.then_some(0), ..Tally::default() };
                let mut statement = connection.prepare_cached(&format!(
                    "SELECT {REQUEST}, strangers, unreadable_rows, coalesce(sum(outcome = 'found'), 0),
                     coalesce(sum(outcome IN ('not_found', 'shell')), 0), coalesce(sum(outcome IN ('asked', 'repeated')), 0),
                     coalesce(sum(mobile = 'told'), 0), coalesce(sum(outcome = 'elsewhere' AND {QUESTION}), 0),
                     coalesce(sum(outcome = 'found' AND EXISTS (SELECT 1 FROM people JOIN tenants ON tenants.number = people.tenant
                         WHERE tenants.tenant = ?1 AND people.id = paid_people.person AND email IS NOT NULL)), 0)
                     FROM paid_requests LEFT JOIN paid_people ON request = number WHERE paid_requests.tenant = ?1 AND job = ?2
                     GROUP BY paid_requests.number"
                ))?;
                let mut rows = statement.query([&tenant, &job])?;
                while let Some(row) = rows.next()? {
                    let request = read_request(row)?;
                    let count = |column: usize| row.get::<_, i64>(column).map(|count| count.unsigned_abs() as usize);
                    let Booked { charged, unknown } = request.booked();
                    tally.charged += charged;
                    tally.unknown += unknown;
                    tally.strangers += count(4)?;
                    tally.unreadable_rows += count(5)?;
                    tally.found += count(6)?;
                    tally.not_found += count(7)?;
                    tally.undecided += count(8)?;
                    let came = count(9)?;
                    tally.mobiles = tally.mobiles.map(|mobiles| mobiles + came);
                    tally.elsewhere += count(10)?;
                    tally.emails += count(11)?;
                }
                let sql = "SELECT count(*) FROM enrich_wanted WHERE tenant = ?1 AND job = ?2 AND state = 'left_out'";
                let left_out: i64 = connection.prepare_cached(sql)?.query_row([&tenant, &job], |row| row.get(0))?;
                tally.left_out = left_out.unsigned_abs() as usize;
                Ok(tally)
            })
            .await
    }
}

/// What Apollo was asked for when it answered with this person instead, as a user would write it, the first time first.
/// `tenant`: the owner's number in the people store.
pub fn answered_for(connection: &Connection, tenant: i64, person: &str) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT clue FROM paid_people JOIN paid_requests ON paid_requests.number = request
             JOIN tenants ON tenants.tenant = paid_requests.tenant
             WHERE tenants.number = ?1 AND person = ?2 AND outcome = 'elsewhere' AND clue <> person ORDER BY request, clue",
        )?
        .query_map(params![tenant, person], |row| Ok(clue::in_words(&row.get::<_, String>(0)?)))?
        .collect()
}

fn read_entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<UsageEntry> {
    let request = read_request(row)?;
    let Booked { charged, unknown } = request.booked();
    let count = |column: usize| row.get::<_, i64>(column).map(i64::unsigned_abs);
    let first: Option<String> = row.get(14)?;
    Ok(UsageEntry {
        number: row.get(4)?,
        at: moment(row, 5)?.unwrap_or_default(),
        job: row.get::<_, Option<String>>(6)?.as_deref().map(job_id),
        title: row.get(7)?,
        endpoint: row.get(8)?,
        company: first.as_deref().and_then(clue::company_of).map(str::to_owned),
        people: count(11)?,
        found: row.get::<_, Option<i64>>(12)?.map(i64::unsigned_abs),
        elsewhere: count(13)?,
        strangers: count(15)?,
        mobiles: row.get(9)?,
        attempt: request.attempt,
        state: entry_state(request),
        charged,
        unknown,
        why: row.get(10)?,
    })
}

fn entry_state(request: Request) -> EntryState {
    match request.state {
        State::Planned | State::Journalled => EntryState::OnItsWay,
        State::Ordered(_) => EntryState::MobilesOnTheirWay,
        State::Charged(_) => EntryState::Charged,
        State::Free => EntryState::Free,
        State::Untold => EntryState::PriceUntold,
        State::MayBeCharged => EntryState::MayBeCharged,
        State::Accepted => EntryState::Accepted,
        State::Repeated => EntryState::Repeated,
    }
}
