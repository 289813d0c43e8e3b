//! People, companies and former jobs as rows: reading what is known of a person, and writing what came of it.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use ts_rs::TS;

use super::fact::{Fact, FactSource, Stamp, Told};
use super::merge::{Company, Job, JobChange, Record, Seen, Spot};
use super::packed::Stamps;
use super::{Likelihood, Person};
use crate::clock::timestamp;
use crate::text::words;

/// A person of the store as the table shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StoredPerson {
    #[serde(flatten)]
    pub person: Person,
    /// Who told most of it.
    pub source: FactSource,
    /// When that was told.
    pub fetched_at: Timestamp,
    /// The last change of jobs, if answers told of one: after the first moment and by the second.
    pub changed_jobs: Option<ChangedJobs>,
}

/// Between when and when somebody changed jobs, as far as answers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ChangedJobs {
    /// When the former job was told last.
    pub after: Timestamp,
    /// When the new one was told first.
    pub by: Timestamp,
}

impl From<JobChange> for ChangedJobs {
    fn from(change: JobChange) -> Self {
        Self { after: timestamp(change.after_ms), by: timestamp(change.by_ms) }
    }
}

/// The columns of a [`StoredPerson`], and the tables they are of.
pub const PERSON: &str = "p.id, p.name, p.first_name, p.last_name, p.last_name_obfuscated, p.title, p.headline, p.seniority, \
     p.email, p.email_status, p.phone, p.linkedin_url, p.city, p.state, p.country, p.organization_name, c.id, \
     coalesce(c.domain, p.organization_domain), p.has_email, p.has_direct_phone, p.source, p.fetched_at_ms, \
     p.changed_jobs_after_ms, p.changed_jobs_by_ms, p.functions";
pub const FROM_PEOPLE: &str = "FROM people p LEFT JOIN companies c ON c.number = p.company";

/// Behind the columns of [`PERSON`]: what else is needed to go on with a record.
const REST: &str = "p.number, p.stamps, p.organization_domain, p.job_first_ms, p.job_last_ms, p.job_sources";

/// Reads the columns of [`PERSON`].
pub fn read_person(row: &Row<'_>) -> rusqlite::Result<StoredPerson> {
    let likelihood: Option<String> = row.get(19)?;
    let person = Person {
        id: row.get(0)?,
        name: row.get(1)?,
        first_name: row.get(2)?,
        last_name: row.get(3)?,
        last_name_obfuscated: row.get(4)?,
        title: row.get(5)?,
        headline: row.get(6)?,
        seniority: row.get(7)?,
        functions: row.get(24)?,
        email: row.get(8)?,
        email_status: row.get(9)?,
        phone: row.get(10)?,
        linkedin_url: row.get(11)?,
        city: row.get(12)?,
        state: row.get(13)?,
        country: row.get(14)?,
        organization_name: row.get(15)?,
        organization_id: row.get(16)?,
        organization_domain: row.get(17)?,
        has_email: row.get(18)?,
        has_direct_phone: likelihood.as_deref().and_then(Likelihood::parse),
    };
    let change: (Option<i64>, Option<i64>) = (row.get(22)?, row.get(23)?);
    let changed_jobs =
        change.0.zip(change.1).map(|(after_ms, by_ms)| JobChange { after_ms, by_ms }).map(ChangedJobs::from);
    Ok(StoredPerson { person, source: source(row, 20)?, fetched_at: timestamp(row.get(21)?), changed_jobs })
}

/// Reads the number of a source.
pub fn source(row: &Row<'_>, column: usize) -> rusqlite::Result<FactSource> {
    FactSource::from_number(row.get(column)?).ok_or_else(|| unreadable(column))
}

/// A value that no Foray of this version wrote.
fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, "people".to_owned(), rusqlite::types::Type::Blob)
}

/// Somebody in the store, with all that is known.
#[derive(Debug)]
pub struct Known {
    pub number: i64,
    /// As shown; the domain is the company's where it has an id.
    pub shown: StoredPerson,
    pub record: Record,
}

/// Finds a person by Apollo's id.
pub fn find(connection: &Connection, tenant: i64, id: &str) -> rusqlite::Result<Option<Known>> {
    let found = connection
        .prepare_cached(&format!("SELECT {PERSON}, {REST} {FROM_PEOPLE} WHERE p.tenant = ?1 AND p.id = ?2"))?
        .query_row(params![tenant, id], read_known)
        .optional()?;
    let Some(mut known) = found else { return Ok(None) };
    let mut history = connection
        .prepare_cached("SELECT title, employer, first_ms, last_ms, sources FROM job_history WHERE person = ?1")?;
    let jobs = history.query_map([known.number], |row| {
        let job = Job { title: row.get(0)?, employer: row.get(1)? };
        Ok((job, Seen { first_ms: row.get(2)?, last_ms: row.get(3)?, sources: row.get(4)? }))
    })?;
    for job in jobs {
        known.record.jobs.extend([job?]);
    }
    Ok(Some(known))
}

fn read_known(row: &Row<'_>) -> rusqlite::Result<Known> {
    let shown = read_person(row)?;
    let packed: Vec<u8> = row.get(26)?;
    let stamps = Stamps::unpack(&packed).ok_or_else(|| unreadable(26))?;
    // What is the company's own is not the person's.
    let person = Person { organization_domain: row.get(27)?, ..shown.person.clone() };
    let best = Stamp { source: shown.source, at_ms: shown.fetched_at.as_millisecond() };
    let mut record = Record { best: Some(best), ..Record::default() };
    for fact in Fact::ALL {
        let (Some(stamp), Some(value)) = (stamps.shown[fact as usize], person.fact(fact)) else { continue };
        let beside = fact.detail_of().and_then(|owner| person.fact(owner)).map_or_else(String::new, words);
        record.facts.insert(Spot { fact, beside }, Told { stamp, value: value.to_owned() });
    }
    record.facts.extend(stamps.aside);
    if let (Some(first_ms), Some(last_ms), Some(sources)) = (row.get(28)?, row.get(29)?, row.get(30)?) {
        record.jobs.insert(record.shown_job(), Seen { first_ms, last_ms, sources });
    }
    Ok(Known { number: row.get(25)?, shown, record })
}

/// Writes people into one tenant's part of the file, within one transaction.
pub struct Writer<'a> {
    transaction: &'a Transaction<'a>,
    tenant: i64,
    /// Numbers of companies that this transaction has met.
    companies: HashMap<String, i64>,
}

impl<'a> Writer<'a> {
    pub fn new(transaction: &'a Transaction<'a>, tenant: i64) -> Self {
        Self { transaction, tenant, companies: HashMap::new() }
    }

    /// Takes in what an answer tells of a person; answers the person's number.
    pub fn take_in(&mut self, person: &Person, stamp: Stamp) -> rusqlite::Result<i64> {
        if let Some(id) = &person.organization_id {
            self.take_in_company(id, Company::told(person, stamp))?;
        }
        let told = Record::told(person, stamp);
        match find(self.transaction, self.tenant, &person.id)? {
            None => {
                let number = self.write(None, &person.id, &told)?;
                self.write_history(number, &told)?;
                Ok(number)
            }
            Some(Known { number, record: before, .. }) => {
                let mut after = before.clone();
                after.merge(told);
                if after != before {
                    self.write(Some(number), &person.id, &after)?;
                }
                if after.jobs != before.jobs || after.shown_job() != before.shown_job() {
                    self.transaction.prepare_cached("DELETE FROM job_history WHERE person = ?1")?.execute([number])?;
                    self.write_history(number, &after)?;
                }
                Ok(number)
            }
        }
    }

    /// Takes in name and domain of a company; answers its number.
    pub fn take_in_company(&mut self, id: &str, told: Company) -> rusqlite::Result<i64> {
        let found = find_company(self.transaction, self.tenant, id)?;
        let (number, before) = found.map_or((None, Company::default()), |(number, company)| (Some(number), company));
        let mut after = before.clone();
        after.merge(told);
        let number = match number {
            Some(number) if after == before => number,
            number => self.write_company(number, id, &after)?,
        };
        self.companies.insert(id.to_owned(), number);
        Ok(number)
    }

    fn write_company(&self, number: Option<i64>, id: &str, company: &Company) -> rusqlite::Result<i64> {
        let parts = |told: &'_ Option<Told>| {
            let stamp = told.as_ref().map(|told| told.stamp);
            (stamp.map(|stamp| stamp.source as u8), stamp.map(|stamp| stamp.at_ms))
        };
        let (name_source, name_at_ms) = parts(&company.name);
        let (domain_source, domain_at_ms) = parts(&company.domain);
        self.transaction
            .prepare_cached(
                "INSERT INTO companies (number, tenant, id, name, name_source, name_at_ms, domain, domain_source, domain_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (number) DO UPDATE SET name = ?4, name_source = ?5, name_at_ms = ?6, domain = ?7,
                 domain_source = ?8, domain_at_ms = ?9 RETURNING number",
            )?
            .query_row(
                params![
                    number,
                    self.tenant,
                    id,
                    company.name.as_ref().map(|told| &told.value),
                    name_source,
                    name_at_ms,
                    company.domain.as_ref().map(|told| &told.value),
                    domain_source,
                    domain_at_ms
                ],
                |row| row.get(0),
            )
    }

    fn company_number(&mut self, id: &str) -> rusqlite::Result<i64> {
        if let Some(number) = self.companies.get(id) {
            return Ok(*number);
        }
        // Every answer that names a company has put it there.
        let number = self
            .transaction
            .prepare_cached("SELECT number FROM companies WHERE tenant = ?1 AND id = ?2")?
            .query_row(params![self.tenant, id], |row| row.get(0))?;
        self.companies.insert(id.to_owned(), number);
        Ok(number)
    }

    fn write(&mut self, number: Option<i64>, id: &str, record: &Record) -> rusqlite::Result<i64> {
        let person = record.person(id);
        let company = person.organization_id.as_deref().map(|id| self.company_number(id)).transpose()?;
        let shown_job = record.jobs.get(&record.shown_job());
        let change = record.job_change();
        let best = record.best.unwrap_or(Stamp { source: FactSource::Stub, at_ms: 0 });
        self.transaction
            .prepare_cached(
                "INSERT INTO people (number, tenant, id, name, first_name, last_name, last_name_obfuscated, title, headline,
                 seniority, email, email_status, phone, linkedin_url, city, state, country, organization_name, company,
                 organization_domain, has_email, has_direct_phone, source, fetched_at_ms, job_first_ms, job_last_ms,
                 job_sources, changed_jobs_after_ms, changed_jobs_by_ms, stamps, functions)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                 ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)
                 ON CONFLICT (number) DO UPDATE SET name = ?4, first_name = ?5, last_name = ?6, last_name_obfuscated = ?7,
                 title = ?8, headline = ?9, seniority = ?10, email = ?11, email_status = ?12, phone = ?13,
                 linkedin_url = ?14, city = ?15, state = ?16, country = ?17, organization_name = ?18, company = ?19,
                 organization_domain = ?20, has_email = ?21, has_direct_phone = ?22, source = ?23, fetched_at_ms = ?24,
                 job_first_ms = ?25, job_last_ms = ?26, job_sources = ?27, changed_jobs_after_ms = ?28,
                 changed_jobs_by_ms = ?29, stamps = ?30, functions = ?31 RETURNING number",
            )?
            .query_row(
                params![
                    number,
                    self.tenant,
                    id,
                    person.name,
                    person.first_name,
                    person.last_name,
                    person.last_name_obfuscated,
                    person.title,
                    person.headline,
                    person.seniority,
                    person.email,
                    person.email_status,
                    person.phone,
                    person.linkedin_url,
                    person.city,
                    person.state,
                    person.country,
                    person.organization_name,
                    company,
                    person.organization_domain,
                    person.has_email,
                    person.has_direct_phone.map(Likelihood::as_str),
                    best.source as u8,
                    best.at_ms,
                    shown_job.map(|seen| seen.first_ms),
                    shown_job.map(|seen| seen.last_ms),
                    shown_job.map(|seen| seen.sources),
                    change.map(|change| change.after_ms),
                    change.map(|change| change.by_ms),
                    stamps_of(record).pack(),
                    person.functions,
                ],
                |row| row.get(0),
            )
    }

    /// Writes the jobs that do not stand with the person.
    fn write_history(&self, number: i64, record: &Record) -> rusqlite::Result<()> {
        let shown = record.shown_job();
        for (job, seen) in record.jobs.iter().filter(|(job, _)| **job != shown) {
            self.transaction
                .prepare_cached(
                    "INSERT INTO job_history (person, title, employer, first_ms, last_ms, sources)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![number, job.title, job.employer, seen.first_ms, seen.last_ms, seen.sources])?;
        }
        Ok(())
    }
}

/// Who told what is shown, and all that is not.
fn stamps_of(record: &Record) -> Stamps {
    let mut stamps = Stamps::default();
    for (spot, told) in &record.facts {
        if record.shown(spot.fact).is_some_and(|shown| std::ptr::eq(shown, told)) {
            stamps.shown[spot.fact as usize] = Some(told.stamp);
        } else {
            stamps.aside.push((spot.clone(), told.clone()));
        }
    }
    stamps
}

/// What is known of a company, by Apollo's id, and its number.
pub fn find_company(connection: &Connection, tenant: i64, id: &str) -> rusqlite::Result<Option<(i64, Company)>> {
    connection
        .prepare_cached(
            "SELECT number, name, name_source, name_at_ms, domain, domain_source, domain_at_ms
             FROM companies WHERE tenant = ?1 AND id = ?2",
        )?
        .query_row(params![tenant, id], |row| {
            Ok((row.get(0)?, Company { name: read_told(row, 1)?, domain: read_told(row, 4)? }))
        })
        .optional()
}

fn read_told(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Told>> {
    let Some(value) = row.get(first)? else { return Ok(None) };
    let stamp = Stamp { source: source(row, first + 1)?, at_ms: row.get(first + 2)? };
    Ok(Some(Told { stamp, value }))
}
