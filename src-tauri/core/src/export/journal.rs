//! What an export has fetched so far, committed page by page, so that going on later repeats no call and changes no byte.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::answer::{Answer, Source};
use crate::db::Database;
use crate::deflate::{pack, unpack};
use crate::error::{Error, Reason};
use crate::people::Person;
use crate::tenant::TenantId;

/// Bytes of a SHA-256.
const SEAL: usize = 32;

/// One page as it was when its answer came; these facts never change afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub source: Source,
    pub fetched_at: Timestamp,
    pub total_entries: Option<u64>,
    pub calls_spent: u32,
    pub credits_spent: Option<f64>,
    pub notice: Option<String>,
    pub people: Vec<Person>,
}

impl From<Answer> for Page {
    fn from(answer: Answer) -> Self {
        Self {
            source: answer.source,
            fetched_at: answer.as_of,
            total_entries: answer.total_entries,
            calls_spent: answer.calls_spent,
            credits_spent: answer.credits_spent,
            notice: answer.notice.or_else(|| stale_notice(answer.source, answer.reason.as_ref())),
            people: Arc::unwrap_or_clone(answer.people),
        }
    }
}

/// Rows that stand in for ones Apollo could not be asked for are exported, and told.
fn stale_notice(source: Source, reason: Option<&Reason>) -> Option<String> {
    let because = reason.filter(|_| source == Source::Stale)?;
    Some(format!("Some rows are older answers that were kept; the column “source” says which. {}", because.message))
}

/// What was spent without getting a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InVain {
    pub calls: u32,
    /// Whether one of them may have been charged.
    pub credits_unknown: bool,
}

impl InVain {
    pub fn of(answer: &Answer) -> Self {
        Self { calls: answer.calls_spent, credits_unknown: answer.credits_spent.is_none() }
    }
}

/// What is there of an export when it begins or goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Begun {
    pub pages: Vec<Page>,
    pub in_vain: InVain,
}

/// The journal of one export: its tenant and its target file name it.
#[derive(Debug, Clone)]
pub struct Journal {
    database: Database,
    tenant: String,
    target: String,
}

impl Journal {
    pub fn new(tenant: TenantId, target: String, database: Database) -> Self {
        Self { database, tenant: tenant.to_string(), target }
    }

    /// Whether an interrupted export of this question wrote to this file.
    pub async fn knows(&self, question: &str) -> Result<bool, Error> {
        let (tenant, target, question) = (self.tenant.clone(), self.target.clone(), question.to_owned());
        self.database
            .run(move |connection| {
                connection.query_row(
                    "SELECT EXISTS (SELECT 1 FROM exports WHERE tenant = ?1 AND target = ?2 AND question = ?3)",
                    [tenant, target, question],
                    |row| row.get(0),
                )
            })
            .await
    }

    /// What an interrupted export of the same question has; an export of another question to this file is forgotten.
    pub async fn begin(&self, question: String, now: Timestamp) -> Result<Begun, Error> {
        let (tenant, target) = (self.tenant.clone(), self.target.clone());
        let (bodies, in_vain): (Vec<Vec<u8>>, InVain) = self
            .database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                let known: Option<String> = transaction
                    .query_row(
                        "SELECT question FROM exports WHERE tenant = ?1 AND target = ?2",
                        [&tenant, &target],
                        |row| row.get(0),
                    )
                    .optional()?;
                if known.as_deref() != Some(&question) {
                    transaction.execute("DELETE FROM exports WHERE tenant = ?1 AND target = ?2", [&tenant, &target])?;
                    transaction.execute(
                        "INSERT INTO exports (tenant, target, question, started_at_ms) VALUES (?1, ?2, ?3, ?4)",
                        params![tenant, target, question, now.as_millisecond()],
                    )?;
                }
                let bodies = transaction
                    .prepare("SELECT body FROM export_pages WHERE tenant = ?1 AND target = ?2 ORDER BY page")?
                    .query_map([&tenant, &target], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                let in_vain = transaction.query_row(
                    "SELECT calls_in_vain, credits_unknown FROM exports WHERE tenant = ?1 AND target = ?2",
                    [&tenant, &target],
                    |row| Ok(InVain { calls: row.get(0)?, credits_unknown: row.get(1)? }),
                )?;
                transaction.commit()?;
                Ok((bodies, in_vain))
            })
            .await?;
        let pages = bodies.iter().map(|body| read(body)).collect::<Result<_, _>>()?;
        Ok(Begun { pages, in_vain })
    }

    /// Adds what was spent on an answer that brought no page, so that the cost told in the end is the whole cost.
    pub async fn spent_in_vain(&self, spent: InVain) -> Result<(), Error> {
        let (tenant, target) = (self.tenant.clone(), self.target.clone());
        self.database
            .run(move |connection| {
                connection.execute(
                    "UPDATE exports SET calls_in_vain = calls_in_vain + ?3, credits_unknown = max(credits_unknown, ?4) \
                     WHERE tenant = ?1 AND target = ?2",
                    params![tenant, target, spent.calls, spent.credits_unknown],
                )
            })
            .await?;
        Ok(())
    }

    /// Commits page `number`, from 1.
    pub async fn add(&self, number: u32, page: &Page) -> Result<(), Error> {
        let (tenant, target) = (self.tenant.clone(), self.target.clone());
        let body = serde_json::to_vec(page).map_err(|_| damaged())?;
        let body = sealed(&pack(&body)?);
        self.database
            .run(move |connection| {
                connection.execute(
                    "INSERT INTO export_pages (tenant, target, page, body) VALUES (?1, ?2, ?3, ?4)",
                    params![tenant, target, number, body],
                )
            })
            .await?;
        Ok(())
    }

    /// Forgets the export: its file is complete.
    pub async fn end(&self) -> Result<(), Error> {
        let (tenant, target) = (self.tenant.clone(), self.target.clone());
        self.database
            .run(move |connection| {
                connection.execute("DELETE FROM exports WHERE tenant = ?1 AND target = ?2", [tenant, target])
            })
            .await?;
        Ok(())
    }
}

/// The bytes with their SHA-256 before them: a flipped bit passes SQLite's own check.
fn sealed(packed: &[u8]) -> Vec<u8> {
    let mut body = Sha256::digest(packed).to_vec();
    body.extend_from_slice(packed);
    body
}

fn read(body: &[u8]) -> Result<Page, Error> {
    let (seal, packed) = body.split_at_checked(SEAL).ok_or_else(damaged)?;
    if Sha256::digest(packed).as_slice() != seal {
        return Err(damaged());
    }
    let body = unpack(packed).ok_or_else(damaged)?;
    serde_json::from_slice(&body).map_err(|_| damaged())
}

fn damaged() -> Error {
    Error::Storage {
        what: "The journal of this export".to_owned(),
        why: "it is damaged. Export to another file name to start anew".to_owned(),
    }
}
