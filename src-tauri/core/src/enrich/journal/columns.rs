//! A paid request as it lies in the file.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::clock::timestamp;
use crate::credits::Credits;
use crate::enrich::paid::{Event, Request, State};
use crate::rate_limit::AccountHash;

/// A request that comes into the journal.
#[derive(Debug)]
pub struct Entry<'a> {
    /// None for what was clicked for.
    pub job: Option<&'a str>,
    /// What it is for.
    pub title: &'a str,
    pub account: AccountHash,
    /// Apollo's endpoint.
    pub endpoint: &'a str,
    pub mobiles: bool,
    pub request: Request,
}

/// Writes a request down, with the last count of credits that was told before it; answers its number.
pub fn write_down(
    transaction: &Transaction<'_>,
    tenant: &str,
    entry: &Entry<'_>,
    now: Timestamp,
) -> rusqlite::Result<i64> {
    transaction
        .prepare_cached(
            "INSERT INTO paid_requests (tenant, job, title, account, endpoint, mobiles, state, attempt, at_most, journalled_at_ms, figure)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
             (SELECT max(number) FROM credit_figures WHERE tenant = ?1 AND account = ?4 AND consumed IS NOT NULL))",
        )?
        .execute(params![
            tenant,
            entry.job,
            entry.title,
            entry.account.to_string(),
            entry.endpoint,
            entry.mobiles,
            word(entry.request.state).0,
            entry.request.attempt,
            entry.request.at_most.thousandths() as i64,
            now.as_millisecond()
        ])?;
    Ok(transaction.last_insert_rowid())
}

/// The job that a request was made for; none for a page that was clicked for.
pub fn job_of(connection: &Connection, tenant: &str, number: i64) -> rusqlite::Result<Option<String>> {
    let job: Option<Option<String>> = connection
        .prepare_cached("SELECT job FROM paid_requests WHERE tenant = ?1 AND number = ?2")?
        .query_row(params![tenant, number], |row| row.get(0))
        .optional()?;
    Ok(job.flatten())
}

/// The columns of a [`Request`].
pub const REQUEST: &str = "state, charged, at_most, attempt";

/// Whether somebody in `paid_people` still lacks what was asked for: everything, or the mobile that was ordered.
pub const LACKING: &str =
    "(outcome = 'asked' OR (outcome IN ('found', 'elsewhere') AND person IS NOT NULL AND mobile IS NULL AND NOT asked_again
    AND (SELECT mobiles FROM paid_requests AS its WHERE its.number = paid_people.request)))";

/// Whether a line in `paid_people` is a question, and not somebody who came with an answer and stands for none.
pub const QUESTION: &str = "NOT (outcome = 'elsewhere' AND person IS clue)";

/// Whether a request asked for private addresses as well: the path that it is journalled with says so.
pub const PRIVATE: &str = "(instr(endpoint, 'reveal_personal_emails=true') > 0)";

/// Reads the columns of [`REQUEST`].
pub fn read_request(row: &rusqlite::Row<'_>) -> rusqlite::Result<Request> {
    let word: String = row.get(0)?;
    let charged = read_credits(row, 1)?;
    let state = match word.as_str() {
        "journalled" => State::Journalled,
        "ordered" => State::Ordered(charged),
        "charged" => State::Charged(charged),
        "free" => State::Free,
        "untold" => State::Untold,
        "accepted" => State::Accepted,
        "repeated" => State::Repeated,
        _ => State::MayBeCharged,
    };
    Ok(Request { state, at_most: read_credits(row, 2)?, attempt: row.get(3)? })
}

pub fn read_credits(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Credits> {
    Ok(Credits::from_thousandths(row.get::<_, i64>(column)?.unsigned_abs()))
}

/// A state as the file has it, and what was charged.
pub fn word(state: State) -> (&'static str, Credits) {
    match state {
        State::Planned | State::Journalled => ("journalled", Credits::NONE),
        State::Ordered(charged) => ("ordered", charged),
        State::Charged(charged) => ("charged", charged),
        State::Free => ("free", Credits::NONE),
        State::Untold => ("untold", Credits::NONE),
        State::MayBeCharged => ("may_be_charged", Credits::NONE),
        State::Accepted => ("accepted", Credits::NONE),
        State::Repeated => ("repeated", Credits::NONE),
    }
}

/// Something happens to a request: what becomes of it is the table's to say, from the state that the file has. Answers where
/// it stands then; what may not happen to it any more, because somebody has decided about it meanwhile, changes nothing.
pub fn happen(
    transaction: &Transaction<'_>,
    number: i64,
    event: Event,
    why: Option<&str>,
    now: Timestamp,
) -> rusqlite::Result<Option<State>> {
    let sql = format!("SELECT {REQUEST} FROM paid_requests WHERE number = ?1");
    let request = transaction.prepare_cached(&sql)?.query_row([number], read_request).optional()?;
    let Some(Ok(stepped)) = request.map(|request| request.step(event)) else { return Ok(None) };
    let Request { state, at_most, .. } = stepped.request;
    write_state(transaction, number, state, Some(now))?;
    transaction
        .prepare_cached("UPDATE paid_requests SET why = ?2, at_most = ?3 WHERE number = ?1")?
        .execute(params![number, why, at_most.thousandths() as i64])?;
    Ok(Some(state))
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

/// Changes the state of a request that still is as it was when that was decided; answers whether it was. Of two who decide
/// at once, in this process or another, the second changes nothing.
pub fn change_state(
    transaction: &Transaction<'_>,
    number: i64,
    from: State,
    to: State,
    settled_at: Option<Timestamp>,
) -> rusqlite::Result<bool> {
    let (is, charged) = word(from);
    let still = transaction
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM paid_requests WHERE number = ?1 AND state = ?2 AND charged = ?3)",
        )?
        .query_row(params![number, is, charged.thousandths() as i64], |row| row.get(0))?;
    if still {
        write_state(transaction, number, to, settled_at)?;
    }
    Ok(still)
}

/// The tenant's number in the people store; none before anybody was stored.
pub fn tenant_number(connection: &Connection, tenant: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT number FROM tenants WHERE tenant = ?1")?
        .query_row([tenant], |row| row.get(0))
        .optional()
}

/// When a column of milliseconds says.
pub fn moment(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(timestamp))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::enrich::schema::ENRICH_STEP;

    #[test]
    fn of_two_who_decide_about_a_request_at_once_the_second_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(ENRICH_STEP).unwrap();
        let lost = "INSERT INTO paid_requests (number, tenant, job, title, account, endpoint, mobiles, state, attempt, at_most, journalled_at_ms)
                    VALUES (1, 't', 'j', '', '', '', 0, 'may_be_charged', 1, 10000, 0)";
        connection.execute(lost, []).unwrap();
        let (transaction, seen) = (connection.transaction().unwrap(), State::MayBeCharged);
        let looked_up = State::Charged(Credits::whole(10));
        assert!(change_state(&transaction, 1, seen, looked_up, None).unwrap());
        for late in [State::Accepted, State::Repeated] {
            assert!(!change_state(&transaction, 1, seen, late, None).unwrap());
        }
        let sql = format!("SELECT {REQUEST} FROM paid_requests");
        assert_eq!(transaction.query_row(&sql, [], read_request).unwrap().state, looked_up);
        assert!(change_state(&transaction, 1, looked_up, State::Repeated, None).unwrap());
    }
}
