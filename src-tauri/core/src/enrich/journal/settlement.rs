//! How requests in the journal end, each in one transaction: what came is stored with its price, what never left is taken
//! out, and what nobody knows the end of is said to be so.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::columns::{change_state, happen, job_of};
use super::{Admitted, Journal, note_progress};
use crate::apollo::company::CompanyAnswer;
use crate::apollo::enrichment::{EnrichedPerson, Matched, folded_domain};
use crate::apollo::mobiles::Numbers;
use crate::enrich::asked::Answered;
use crate::enrich::clue;
use crate::enrich::paid::{Event, State};
use crate::error::Error;
use crate::people::fact::{FactSource, Stamp};
use crate::people::{Person, Writer, companies};

/// Mobiles that a request ordered and that are not there yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered {
    pub number: i64,
    pub request_id: i64,
}

impl Journal {
    /// A request that certainly never left is no paid request; its people wait again.
    ///
    /// # Errors
    /// The disk.
    pub async fn never_left(&self, job: Uuid, admitted: &Admitted, now: Timestamp) -> Result<(), Error> {
        self.undo(job, admitted.number, Event::NeverLeft, None, now).await
    }

    /// Apollo refused it and charged nothing; its people wait again.
    ///
    /// # Errors
    /// The disk.
    pub async fn refused(&self, job: Uuid, admitted: &Admitted, why: &Error, now: Timestamp) -> Result<(), Error> {
        self.undo(job, admitted.number, Event::Refused, Some(why.code()), now).await
    }

    async fn undo(
        &self,
        job: Uuid,
        number: i64,
        event: Event,
        why: Option<&'static str>,
        now: Timestamp,
    ) -> Result<(), Error> {
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
                let ended = happen(&transaction, number, event, why, now)?;
                if event == Event::NeverLeft && ended == Some(State::Free) {
                    transaction.execute("DELETE FROM paid_requests WHERE number = ?1", [number])?;
                }
                note_progress(&transaction, &tenant, &job, u32::from(event != Event::NeverLeft))?;
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
        let why = why.code();
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                happen(&transaction, number, Event::Lost, Some(why), now)?;
                note_progress(&transaction, &tenant, &job, 1)?;
                transaction.commit()
            })
            .await
    }

    /// An answer: its price, and the facts it brought into the store, at once or not at all.
    ///
    /// # Errors
    /// The disk.
    pub async fn answered(
        &self,
        job: Uuid,
        admitted: Admitted,
        event: Event,
        answer: Answered,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        let stamp = Stamp::new(FactSource::Enrichment, now.as_millisecond());
        self.store
            .within(move |transaction, number| {
                let touched = take_in(transaction, number, &admitted, &answer, stamp)?;
                happen(transaction, admitted.number, event, None, now)?;
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
                    .prepare_cached(
                        "SELECT number, request_id FROM paid_requests
                         WHERE tenant = ?1 AND job = ?2 AND state = 'ordered' ORDER BY number LIMIT 1",
                    )?
                    .query_row(key, |row| Ok(Ordered { number: row.get(0)?, request_id: row.get(1)? }))
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
        event: Event,
        people: Vec<Numbers>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let owner = self.tenant.to_string();
        let stamp = Stamp::new(FactSource::Enrichment, now.as_millisecond());
        self.store
            .within(move |transaction, tenant| {
                transaction.execute(
                    "UPDATE paid_people SET mobile = 'none' WHERE request = ?1 AND outcome IN ('found', 'elsewhere')",
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
                happen(transaction, number, event, None, now)?;
                note_price(transaction, &owner, number)?;
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
                let found: Vec<i64> = transaction
                    .prepare_cached(
                        "SELECT number FROM paid_requests WHERE tenant = ?1 AND job = ?2 AND state = 'journalled'",
                    )?
                    .query_map(key, |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for number in found {
                    happen(&transaction, number, Event::FoundAfterCrash, Some("crash"), now)?;
                }
                transaction.commit()
            })
            .await
    }

    /// Writes down what the user, or Apollo's own count, says of an undecided request, unless somebody else has said so
    /// meanwhile; answers whether it was written.
    ///
    /// # Errors
    /// The disk.
    pub async fn decide(&self, number: i64, from: State, to: State, now: Timestamp) -> Result<bool, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                let decided = change_state(&transaction, number, from, to, Some(now))?;
                note_price(&transaction, &tenant, number)?;
                transaction.commit()?;
                Ok(decided)
            })
            .await
    }
}

/// Notes what the job of a request was charged so far, now that more of that is known.
fn note_price(transaction: &Transaction<'_>, tenant: &str, number: i64) -> rusqlite::Result<()> {
    match job_of(transaction, tenant, number)? {
        Some(job) => note_progress(transaction, tenant, &job, 0),
        None => Ok(()),
    }
}

/// Takes in what an answer tells, and notes what came of each who was asked for. Answers which people it touched.
fn take_in(
    transaction: &Transaction<'_>,
    tenant: i64,
    admitted: &Admitted,
    answer: &Answered,
    stamp: Stamp,
) -> rusqlite::Result<Vec<u32>> {
    let texts = admitted.asked.texts();
    match answer {
        Answered::People(answer) => {
            let mut touched = Vec::new();
            for (text, matched) in texts.iter().zip(&answer.matches) {
                let (outcome, person) = match matched {
                    Matched::Found(found) => ("found", Some(found.as_ref())),
                    Matched::Elsewhere(other) => ("elsewhere", other.as_deref()),
                    Matched::Shell => ("shell", None),
                    Matched::NotFound => ("not_found", None),
                };
                if let Some(person) = person {
                    touched.push(take_in_person(transaction, tenant, person, stamp)?);
                }
                let id = person.map(|enriched| enriched.person.id.as_str());
                note_outcome(transaction, admitted.number, text, outcome, id)?;
            }
            for other in &answer.others {
                touched.push(take_in_person(transaction, tenant, other, stamp)?);
                // A line of their own: they were paid for, and their mobiles may be on their way.
                transaction
                    .prepare_cached(
                        "INSERT OR IGNORE INTO paid_people (request, clue, person, outcome) VALUES (?1, ?2, ?2, 'elsewhere')",
                    )?
                    .execute(params![admitted.number, other.person.id])?;
            }
            transaction.execute(
                "UPDATE paid_requests SET request_id = ?2, strangers = ?3, unreadable_rows = ?4 WHERE number = ?1",
                params![admitted.number, answer.request_id, answer.strangers as i64, answer.unreadable_rows as i64],
            )?;
            Ok(touched)
        }
        Answered::Company(answer) => {
            for text in &texts {
                take_in_company(transaction, tenant, admitted.number, text, answer, stamp)?;
            }
            Ok(Vec::new())
        }
    }
}

/// One person with their company; answers who it is in the store.
fn take_in_person(
    transaction: &Transaction<'_>,
    tenant: i64,
    enriched: &EnrichedPerson,
    stamp: Stamp,
) -> rusqlite::Result<u32> {
    if let Some(company) = &enriched.company {
        let domain = company.domain.as_deref().map(folded_domain);
        companies::take_in(transaction, tenant, domain.as_deref(), company, stamp)?;
    }
    Ok(Writer::new(transaction, tenant).take_in(&shown(enriched), stamp)? as u32)
}

/// One company; another one than was asked for is kept under its own domain, and nothing of it is believed of this one.
fn take_in_company(
    transaction: &Transaction<'_>,
    tenant: i64,
    request: i64,
    text: &str,
    answer: &CompanyAnswer,
    stamp: Stamp,
) -> rusqlite::Result<()> {
    let domain = clue::company_of(text).unwrap_or_default();
    match answer {
        CompanyAnswer::Found(company) => {
            companies::take_in(transaction, tenant, Some(domain), company, stamp)?;
            note_outcome(transaction, request, text, "found", Some(&company.id))
        }
        CompanyAnswer::Elsewhere(other) => {
            let own = other.domain.as_deref().map(folded_domain);
            companies::take_in(transaction, tenant, own.as_deref(), other, stamp)?;
            note_outcome(transaction, request, text, "elsewhere", Some(&other.id))
        }
        CompanyAnswer::NotFound => note_outcome(transaction, request, text, "not_found", None),
    }
}

fn note_outcome(
    transaction: &Transaction<'_>,
    request: i64,
    text: &str,
    outcome: &str,
    id: Option<&str>,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE paid_people SET outcome = ?3, person = ?4 WHERE request = ?1 AND clue = ?2")?
        .execute(params![request, text, outcome, id])?;
    Ok(())
}

/// What stands as the status of a private address: Apollo's own is about the one at work.
const PRIVATE: &str = "private";

/// The person as the store takes them: a private address stands where there is no other, and is told as what it is.
fn shown(found: &EnrichedPerson) -> Person {
    let mut person = found.person.clone();
    if let (None, Some(private)) = (&person.email, found.personal_emails.first()) {
        person.email = Some(private.clone());
        person.email_status = Some(PRIVATE.to_owned());
    }
    person
}
