//! How people come into the journal: whom a job is still to ask for, and the next of them as one request, with the caps it
//! is held against.

use jiff::Timestamp;
use rusqlite::{Transaction, params};
use uuid::Uuid;

use super::columns::{Entry, LACKING, change_state, tenant_number, write_down};
use super::spending::{Began, spent};
use super::word::{UsedUp, Word};
use super::{Journal, note_progress};
use crate::apollo::enrichment::Reveal;
use crate::credits::Credits;
use crate::enrich::asked::{Asked, EnrichWhat};
use crate::enrich::caps::{Caps, Stop};
use crate::enrich::names::PaidFor;
use crate::enrich::paid::{Event, Request, State};
use crate::enrich::standing::{Known, Standing, Wish};
use crate::enrich::{clue, knowledge};
use crate::error::Error;
use crate::people::companies;
use crate::rate_limit::AccountHash;

/// Whether a question was answered with somebody else.
const INSTEAD: &str = "(outcome = 'elsewhere' AND person IS NOT clue)";

/// Waiting people that are looked at together.
const LOOKED_AT: u32 = 64;

/// A request in the journal that may be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Admitted {
    pub number: i64,
    pub asked: Asked,
    pub reveal: Reveal,
}

/// What the journal says to the next request of a job.
#[derive(Debug, Clone, PartialEq)]
pub enum Admission {
    Admitted(Admitted),
    /// A cap leaves too little for even one more.
    Stopped(Stop),
    /// So does what was agreed to.
    UsedUp(UsedUp),
    /// Nobody is left to ask for.
    Nobody,
}

/// What the next request of a job stands on.
#[derive(Debug, Clone)]
pub struct Next {
    pub job: Uuid,
    pub title: String,
    pub account: AccountHash,
    pub what: EnrichWhat,
    pub wish: Wish,
    pub caps: Caps,
    pub word: Word,
    pub began: Began,
    pub now: Timestamp,
}

/// The user's word that the people of a request are asked for again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Again {
    pub number: i64,
    /// Where the request stood when that was said, and what becomes of it.
    pub was: State,
    pub settled: State,
    /// The request that is planned in its place.
    pub next: Request,
}

impl Journal {
    /// Writes down whom a job is to ask for, a line each. `attempt` is above 1 for people who are asked for again by the user's word;
    /// that word is about `again`, whose people stand in nobody's way any more. Answers whether the word still held: somebody
    /// else may have decided about that request meanwhile, and then nothing is written.
    ///
    /// # Errors
    /// The disk.
    pub async fn want(&self, job: Uuid, texts: Vec<String>, again: Option<Again>) -> Result<bool, Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                for (place, text) in texts.iter().enumerate() {
                    transaction
                        .prepare_cached("INSERT INTO enrich_wanted VALUES (?1, ?2, ?3, ?4, ?5, 'waiting')")?
                        .execute(params![
                            tenant,
                            job,
                            place as i64,
                            text,
                            again.as_ref().map_or(1, |again| again.next.attempt)
                        ])?;
                }
                if let Some(again) = again {
                    if !change_state(&transaction, again.number, again.was, again.settled, None)? {
                        return Ok(false);
                    }
                    transaction.execute(
                        &format!("UPDATE paid_people SET outcome = 'repeated' WHERE request = ?1 AND {LACKING} AND NOT {INSTEAD}"),
                        [again.number],
                    )?;
                    // Who came instead is asked for again by id; the question itself stays answered with somebody else.
                    transaction.execute(
                        &format!("UPDATE paid_people SET asked_again = 1 WHERE request = ?1 AND {LACKING} AND {INSTEAD}"),
                        [again.number],
                    )?;
                }
                transaction.commit()?;
                Ok(true)
            })
            .await
    }

    /// Whether a job is to ask for anybody yet.
    ///
    /// # Errors
    /// The disk.
    pub async fn is_anybody_waiting(&self, job: Uuid) -> Result<bool, Error> {
        let key = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                connection.query_row(
                    "SELECT EXISTS (SELECT 1 FROM enrich_wanted WHERE tenant = ?1 AND job = ?2 AND state = 'waiting')",
                    key,
                    |row| row.get(0),
                )
            })
            .await
    }

    /// Whom a job is to ask for yet, in their order, each with what is known of them by now.
    ///
    /// # Errors
    /// The disk.
    pub async fn waiting(&self, job: Uuid) -> Result<Vec<(String, Known)>, Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                let number = tenant_number(connection, &tenant)?;
                let mut paid_for = PaidFor::read(connection, &tenant)?;
                let clues: Vec<String> = connection
                    .prepare_cached(
                        "SELECT clue FROM enrich_wanted WHERE tenant = ?1 AND job = ?2 AND state = 'waiting' ORDER BY place",
                    )?
                    .query_map([&tenant, &job], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                let with_known = |clue: String| {
                    let known = knowledge::known(connection, &tenant, number, &mut paid_for, &clue)?;
                    Ok((clue, known))
                };
                clues.into_iter().map(with_known).collect()
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
}

fn admit(transaction: &Transaction<'_>, tenant: &str, next: &Next) -> rusqlite::Result<Admission> {
    let job = next.job.to_string();
    let spent = spent(transaction, tenant, &job, next.began)?;
    let agreed = next.word.left(transaction, tenant, &job)?;
    let Waiting { mut clues, attempt, reveal } =
        next_waiting(transaction, tenant, &job, next.wish, next.what.most_at_once())?;
    if clues.is_empty() {
        return Ok(Admission::Nobody);
    }
    let each = next.what.price(reveal);
    let room = affordable(next.caps.left(&spent).map_or(agreed, |left| left.min(agreed)), each);
    clues.truncate(room.max(1));
    let request = Request { attempt, ..Request::planned(each.times(clues.len() as u64)) };
    if let Err(stop) = next.caps.admit(&spent, request.at_most) {
        return Ok(Admission::Stopped(stop));
    }
    if request.at_most > agreed {
        return Ok(Admission::UsedUp(UsedUp { agreed: next.word.credits, left: agreed, each }));
    }
    let Ok(stepped) = request.step(Event::Journalled) else { return Ok(Admission::Nobody) };
    let request = stepped.request;
    let endpoint = next.what.journalled(reveal);
    let entry = Entry {
        job: Some(&job),
        title: &next.title,
        account: next.account,
        endpoint: &endpoint,
        mobiles: reveal.mobiles,
        request,
    };
    let number = write_down(transaction, tenant, &entry, next.now)?;
    for (place, clue) in &clues {
        transaction
            .prepare_cached("INSERT INTO paid_people (request, clue, outcome) VALUES (?1, ?2, 'asked')")?
            .execute(params![number, clue])?;
        mark(transaction, tenant, &job, *place, "asked")?;
    }
    let asked = asked(transaction, tenant, &clues)?;
    Ok(Admission::Admitted(Admitted { number, asked, reveal }))
}

/// What these lines ask for together.
fn asked(transaction: &Transaction<'_>, tenant: &str, clues: &[(i64, String)]) -> rusqlite::Result<Asked> {
    let Some(domain) = clues.iter().find_map(|(_, text)| clue::company_of(text)) else {
        return Ok(Asked::People(clues.iter().map(|(_, text)| clue::from_text(text)).collect()));
    };
    let known = match tenant_number(transaction, tenant)? {
        Some(number) => companies::with_domain(transaction, number, domain)?,
        None => Vec::new(),
    };
    Ok(Asked::Company { domain: domain.to_owned(), known: known.into_iter().map(|(_, id)| id).collect() })
}

/// So many people of this price.
fn affordable(left: Credits, each: Credits) -> usize {
    let people = left.thousandths() / each.thousandths().max(1);
    usize::try_from(people).unwrap_or(usize::MAX)
}

/// People who are asked for together, with their places in the job.
struct Waiting {
    clues: Vec<(i64, String)>,
    attempt: u32,
    /// What is asked of all of them.
    reveal: Reveal,
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
    let mut paid_for = PaidFor::read(transaction, tenant)?;
    let mut found = Waiting { clues: Vec::new(), attempt: 1, reveal: wish.reveal };
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
            let known = knowledge::known(transaction, tenant, number, &mut paid_for, &clue)?;
            if !is_new || known.standing(wish) != Standing::ToAsk {
                mark(transaction, tenant, job, place, "left_out")?;
                continue;
            }
            let reveal = known.reveal(wish);
            if found.clues.is_empty() {
                found.reveal = reveal;
            } else if found.reveal != reveal {
                return Ok(found);
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
