//! How far the user's word goes for a job that pays: so many credits, counted from the request after which they were agreed
//! to, and not past an Apollo that leaves what it is paid for without an answer.

use std::fmt;

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Journal;
use super::columns::read_credits;
use super::spending::SPENT;
use crate::apollo::Endpoint;
use crate::credits::{Credits, credits_in_words};
use crate::error::Error;
use crate::rate_limit::AccountHash;

/// What was agreed to, and from where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub credits: Credits,
    /// The last request in the journal at that moment.
    pub after: i64,
}

/// What was agreed to leaves too little for even one more person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsedUp {
    pub agreed: Credits,
    pub left: Credits,
    /// What a person could cost.
    pub each: Credits,
}

/// The newest payments of a workspace to an account, as far as they brought no answer, and none of those the user has heard of
/// when they said that the job may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    pub requests: u32,
    /// What they may have been charged, or were, where that was looked up.
    pub at_most: Credits,
}

impl Word {
    /// What is left of it.
    pub fn left(self, connection: &Connection, tenant: &str, job: &str) -> rusqlite::Result<Credits> {
        let used = connection
            .prepare_cached(&format!(
                "SELECT coalesce(sum({SPENT}), 0) FROM paid_requests WHERE tenant = ?1 AND job = ?2 AND number > ?3"
            ))?
            .query_row(params![tenant, job, self.after], |row| read_credits(row, 0))?;
        Ok(self.credits.saturating_sub(used))
    }
}

impl Journal {
    /// Requests in a row that brought no answer before the next one of a job, whichever job's they were; none when the last was
    /// answered, or when all of them are older than the user's word, `after`.
    ///
    /// # Errors
    /// The disk.
    pub async fn lost_in_a_row(&self, job: Uuid, account: AccountHash, after: i64) -> Result<Option<Lost>, Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        self.database.run(move |connection| lost_in_a_row(connection, &tenant, &job, account, after)).await
    }

    /// The last request of the workspace; 0 before there is one.
    ///
    /// # Errors
    /// The disk.
    pub async fn last_request(&self) -> Result<i64, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                let sql = "SELECT coalesce(max(number), 0) FROM paid_requests WHERE tenant = ?1";
                connection.query_row(sql, [tenant], |row| row.get(0))
            })
            .await
    }
}

/// Of other jobs' requests only those count that wait for the user's word: to the others it was given. Pages of a search are
/// no part of a row, since each is a word of its own or brought.
fn lost_in_a_row(
    connection: &Connection,
    tenant: &str,
    job: &str,
    account: AccountHash,
    after: i64,
) -> rusqlite::Result<Option<Lost>> {
    let has = |outcomes: &str| {
        format!("EXISTS (SELECT 1 FROM paid_people WHERE request = number AND outcome IN ({outcomes}))")
    };
    let (lost, without_answer) = (has("'asked'"), has("'asked', 'repeated'"));
    let mine = "tenant = ?1 AND (job = ?2 OR account = ?3) AND endpoint <> ?5";
    let (requests, at_most) = connection
        .prepare_cached(&format!(
            "SELECT count(*), coalesce(sum({SPENT}), 0) FROM paid_requests
             WHERE {mine} AND {lost} AND (job = ?2 OR state = 'may_be_charged') AND number > max(?4, coalesce(
                 (SELECT number FROM paid_requests WHERE {mine} AND NOT {without_answer} ORDER BY number DESC LIMIT 1), 0
             ))"
        ))?
        .query_row(params![tenant, job, account.to_string(), after, Endpoint::Full.path()], |row| {
            Ok((row.get(0)?, read_credits(row, 1)?))
        })?;
    Ok((requests > 0).then_some(Lost { requests, at_most }))
}

impl fmt::Display for UsedUp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [agreed, left, each] = [self.agreed, self.left, self.each].map(credits_in_words);
        write!(out, "Of the {agreed} agreed to, {left} may still be spent, and the next person could cost {each}. ")?;
        out.write_str("Nothing more is paid until you agree to what the rest may cost.")
    }
}

impl Lost {
    /// What was lost.
    pub fn told(self) -> String {
        let at_most = credits_in_words(self.at_most);
        match self.requests {
            1 => format!(
                "A paid call got no answer: up to {at_most} may have been charged for it, and this key may not read Apollo's own \
                 count."
            ),
            requests => {
                format!("{requests} paid calls in a row got no answer: up to {at_most} may have been charged for them.")
            }
        }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.told())?;
        out.write_str(" Nothing more is paid until you say so; the ledger shows what can be done about what was lost.")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::enrich::schema::ENRICH_STEP;

    /// A journal with requests of one job: state, what was charged, what it could have cost, in thousandths.
    fn journal(requests: &[(&str, i64, i64)]) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(ENRICH_STEP).unwrap();
        for request in requests {
            connection
                .execute(
                    "INSERT INTO paid_requests (tenant, job, title, account, endpoint, mobiles, state, attempt, charged, at_most, journalled_at_ms)
                     VALUES ('t', 'j', '', '', '', 0, ?1, 1, ?2, ?3, 0)",
                    *request,
                )
                .unwrap();
        }
        connection
    }

    #[test]
    fn what_was_agreed_to_is_used_up_by_what_was_charged_be_it_more_than_its_bound_and_by_what_may_have_been() {
        let ten = ("charged", 10_100, 10_000);
        let journal = journal(&[ten, ten, ("free", 0, 10_000), ("may_be_charged", 0, 10_000)]);
        let left = |credits, after| {
            let word = Word { credits: Credits::whole(credits), after };
            word.left(&journal, "t", "j").unwrap()
        };
        assert_eq!(left(40, 0), Credits::from_thousandths(9_800));
        assert_eq!(left(30, 0), Credits::NONE);
        assert_eq!(
            left(30, 1),
            Credits::from_thousandths(9_900),
            "what was paid before it was agreed to anew is no part of it"
        );
        assert_eq!(left(30, 4), Credits::whole(30));
        assert_eq!(
            Word { credits: Credits::whole(3), after: 0 }.left(&journal, "t", "another").unwrap(),
            Credits::whole(3)
        );
    }

    #[test]
    fn what_holds_a_job_is_told_with_what_it_may_have_cost() {
        let used_up =
            UsedUp { agreed: Credits::whole(100), left: Credits::from_thousandths(90), each: Credits::whole(1) };
        assert_eq!(
            used_up.to_string(),
            "Of the 100 credits agreed to, 0.09 credits may still be spent, and the next person could cost 1 credit. Nothing \
             more is paid until you agree to what the rest may cost."
        );
        let lost = Lost { requests: 2, at_most: Credits::whole(20) };
        assert_eq!(
            lost.to_string(),
            "2 paid calls in a row got no answer: up to 20 credits may have been charged for them. Nothing more \
             is paid until you say so; the ledger shows what can be done about what was lost."
        );
    }
}
