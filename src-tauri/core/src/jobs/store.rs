//! The jobs of one workspace in its file, and their committed steps. Only the holder of a job's claim writes its state; a
//! wish may be left by anybody.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Type, Value, ValueRef};
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{AT_ONCE, Job, JobProgress, JobResult, JobSpec, JobState, Wish};
use crate::apollo::Endpoint;
use crate::clock::timestamp;
use crate::db::Database;
use crate::error::{Error, Reason};
use crate::tenant::TenantId;

/// How long a job that is over stays in the history, and how many do.
const KEPT_DAYS: i64 = 90;
const KEPT_JOBS: u32 = 200;
const DAY_MS: i64 = 86_400_000;

/// A job as it lies in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub job: Job,
    /// What it asks, and whom: going on makes sense only while that is the same.
    pub question: String,
    /// The file that no other unfinished job may write.
    pub target: Option<String>,
    pub notices: Vec<String>,
    /// Calls that brought no page.
    pub calls_in_vain: u32,
    /// Calls that were under way when its process died: they may have been made.
    pub calls_unknown: u32,
    /// Whether what was spent in vain may have cost credits.
    pub credits_unknown: bool,
    /// The endpoint it asks, once that is settled: stubs and full rows never share a file.
    pub endpoint: Option<Endpoint>,
    /// Calls and credits it may have used of those agreed to.
    pub calls_used: u32,
    pub credits_used: u32,
}

impl Row {
    /// A job that is asked for now.
    pub fn new(workspace: TenantId, title: String, spec: JobSpec, by_itself: bool, now: Timestamp) -> Self {
        let job = Job {
            id: Uuid::new_v4(),
            workspace,
            title,
            spec,
            state: JobState::Queued,
            reason: None,
            wish: None,
            by_itself,
            needs_consent: false,
            progress: JobProgress::default(),
            result: None,
            created_at: now,
            started_at: None,
            ended_at: None,
        };
        Self {
            job,
            question: String::new(),
            target: None,
            notices: Vec::new(),
            calls_in_vain: 0,
            calls_unknown: 0,
            credits_unknown: false,
            endpoint: None,
            calls_used: 0,
            credits_used: 0,
        }
    }
}

/// A step that has its answer.
#[derive(Debug)]
pub struct Committed {
    pub number: u32,
    pub body: Vec<u8>,
    pub progress: JobProgress,
    /// Where its answer came from.
    pub endpoint: Endpoint,
    pub calls_used: u32,
    pub credits_at_most: u32,
    /// It turned out to be the one under way when the job's process died.
    pub was_under_way: bool,
}

/// What a job that runs has to know before its next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orders {
    pub wish: Option<Wish>,
    /// Whether enough others stand before it that it must wait in line.
    pub stands_back: bool,
}

/// The jobs of one workspace.
#[derive(Debug, Clone)]
pub struct Store {
    tenant: TenantId,
    database: Database,
}

impl Store {
    pub fn new(tenant: TenantId, database: Database) -> Self {
        Self { tenant, database }
    }

    /// Unfinished ones in their order, then those that are over, the newest first.
    pub async fn all(&self) -> Result<Vec<Row>, Error> {
        let tenant = self.tenant;
        self.database
            .run(move |connection| {
                let over = "state IN ('done', 'failed', 'cancelled')";
                let mut statement = connection.prepare_cached(&format!(
                    "{SELECT} WHERE tenant = ?1 ORDER BY {over}, iif({over}, -ended_at_ms, place), created_at_ms"
                ))?;
                let rows = statement.query_map([tenant.to_string()], |row| read(tenant, row))?;
                rows.collect()
            })
            .await
    }

    pub async fn find(&self, id: Uuid) -> Result<Option<Row>, Error> {
        let tenant = self.tenant;
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!("{SELECT} WHERE tenant = ?1 AND id = ?2"))?
                    .query_row([tenant.to_string(), id.to_string()], |row| read(tenant, row))
                    .optional()
            })
            .await
    }

    /// The job that may still write this file.
    pub async fn of_target(&self, target: String) -> Result<Option<Row>, Error> {
        let tenant = self.tenant;
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!("{SELECT} WHERE tenant = ?1 AND target = ?2 AND state <> 'done'"))?
                    .query_row([tenant.to_string(), target], |row| read(tenant, row))
                    .optional()
            })
            .await
    }

    /// Adds a job at the end of the line, or at its head. What is too old goes.
    pub async fn add(&self, row: Row, at_head: bool, now: Timestamp) -> Result<(), Error> {
        let Row { job, question, target, notices, endpoint, .. } = row;
        let (tenant, id) = (self.tenant.to_string(), job.id.to_string());
        let (spec, progress, notices) = (json(&job.spec)?, json(&job.progress)?, json(&notices)?);
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                transaction.execute(
                    "INSERT INTO jobs (tenant, id, title, spec, question, target, state, by_itself, place, progress, notices, \
                     endpoint, calls_in_vain, calls_unknown, credits_unknown, calls_used, credits_used, created_at_ms) \
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
                     iif(?9, coalesce(min(place), 0) - 1, coalesce(max(place), 0) + 1), ?10, ?11, ?12, 0, 0, 0, 0, 0, ?13 \
                     FROM jobs WHERE tenant = ?1",
                    params![
                        tenant,
                        id,
                        job.title,
                        spec,
                        question,
                        target,
                        job.state.as_str(),
                        job.by_itself,
                        at_head,
                        progress,
                        notices,
                        endpoint.map(endpoint_word),
                        job.created_at.as_millisecond(),
                    ],
                )?;
                transaction.execute(
                    "DELETE FROM jobs WHERE tenant = ?1 AND ended_at_ms IS NOT NULL AND (ended_at_ms < ?2 OR id IN (SELECT id FROM \
                     jobs WHERE tenant = ?1 AND ended_at_ms IS NOT NULL ORDER BY ended_at_ms DESC LIMIT -1 OFFSET ?3))",
                    params![tenant, now.as_millisecond() - KEPT_DAYS * DAY_MS, KEPT_JOBS],
                )?;
                transaction.commit()
            })
            .await
    }

    /// Writes anew what a job is to do. It counts as just agreed to, so what was used of the agreement is forgotten.
    pub async fn ask_anew(&self, job: Job, endpoint: Option<Endpoint>) -> Result<(), Error> {
        let spec = json(&job.spec)?;
        let endpoint = endpoint.map(|endpoint| endpoint_word(endpoint).to_owned());
        let what = "title = ?3, spec = ?4, by_itself = ?5, endpoint = ?6, calls_used = 0, credits_used = 0";
        let values = vec![job.title.into(), spec.into(), job.by_itself.into(), endpoint.into()];
        self.change(job.id, what, values).await
    }

    /// The job is being run.
    pub async fn begin(&self, id: Uuid, now: Timestamp) -> Result<(), Error> {
        let what = "state = 'running', reason = NULL, ended_at_ms = NULL, started_at_ms = coalesce(started_at_ms, ?3)";
        self.change(id, what, vec![now.as_millisecond().into()]).await
    }

    /// The job waits for what the reason says.
    pub async fn wait(&self, id: Uuid, reason: &Reason) -> Result<(), Error> {
        self.change(id, "state = 'waiting', reason = ?3", vec![json(reason)?.into()]).await
    }

    /// Puts a job into a state in which nobody runs it. Whatever was wished of it is settled, but for a pause that meets the
    /// wish to end it: that one stays, for whoever looks at the job next.
    pub async fn put(&self, id: Uuid, state: JobState, reason: Option<&Reason>, now: Timestamp) -> Result<(), Error> {
        let reason = reason.map(json).transpose()?;
        let ended = state.is_over().then(|| now.as_millisecond());
        let what =
            "state = ?3, reason = ?4, ended_at_ms = ?5, wish = iif(?3 = 'paused' AND wish = 'cancel', wish, NULL)";
        self.change(id, what, vec![state.as_str().to_owned().into(), reason.into(), ended.into()]).await
    }

    /// The process that ran it died in the middle of a step: one more call, and one more credit, may have been spent.
    pub async fn note_death(&self, id: Uuid) -> Result<(), Error> {
        let what = "calls_unknown = calls_unknown + 1, calls_used = calls_used + 1, credits_used = credits_used + 1, \
                    state = 'queued'";
        self.change(id, what, Vec::new()).await
    }

    /// What a job that is being run is to do in a moment.
    pub async fn wish(&self, id: Uuid, wish: Wish) -> Result<(), Error> {
        self.change(id, "wish = ?3", vec![word(wish).to_owned().into()]).await
    }

    /// The next that runs the job ends it, when what it owes has come.
    pub async fn cancel_later(&self, id: Uuid) -> Result<(), Error> {
        let what = "state = 'queued', reason = NULL, wish = 'cancel', by_itself = 1, ended_at_ms = NULL";
        self.change(id, what, Vec::new()).await
    }

    /// It need not obey after all.
    pub async fn take_back_wish(&self, id: Uuid) -> Result<(), Error> {
        self.change(id, "wish = NULL", Vec::new()).await
    }

    /// From now on it goes on without being told.
    pub async fn let_go_on(&self, id: Uuid) -> Result<(), Error> {
        self.change(id, "by_itself = 1", Vec::new()).await
    }

    /// Adds what was spent on an answer that brought no page, so that the cost told in the end is the whole cost.
    pub async fn spent_in_vain(&self, id: Uuid, calls: u32, credits_at_most: u32) -> Result<(), Error> {
        let what = "calls_in_vain = calls_in_vain + ?3, calls_used = calls_used + ?3, credits_used = credits_used + ?4, \
                    credits_unknown = max(credits_unknown, ?4 > 0), \
                    progress = json_set(progress, '$.calls_spent', coalesce(progress ->> '$.calls_spent', 0) + ?3)";
        self.change(id, what, vec![calls.into(), credits_at_most.into()]).await
    }

    /// Commits a step.
    pub async fn commit(&self, id: Uuid, step: Committed) -> Result<(), Error> {
        let (tenant, id) = (self.tenant.to_string(), id.to_string());
        let progress = json(&step.progress)?;
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                transaction
                    .prepare_cached("INSERT INTO job_steps (tenant, job, step, body) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![tenant, id, step.number, step.body])?;
                transaction
                    .prepare_cached(
                        "UPDATE jobs SET progress = ?3, credits_used = credits_used + ?4, calls_unknown = calls_unknown - ?5, \
                         calls_used = calls_used + ?6, endpoint = coalesce(endpoint, ?7) WHERE tenant = ?1 AND id = ?2",
                    )?
                    .execute(params![
                        tenant,
                        id,
                        progress,
                        step.credits_at_most,
                        u32::from(step.was_under_way),
                        step.calls_used,
                        endpoint_word(step.endpoint),
                    ])?;
                transaction.commit()
            })
            .await
    }

    /// The bodies of all committed steps, in their order.
    pub async fn steps(&self, id: Uuid) -> Result<Vec<Vec<u8>>, Error> {
        let (tenant, id) = (self.tenant.to_string(), id.to_string());
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached("SELECT body FROM job_steps WHERE tenant = ?1 AND job = ?2 ORDER BY step")?
                    .query_map([tenant, id], |row| row.get(0))?
                    .collect()
            })
            .await
    }

    /// The job is done; its steps are of no more use.
    pub async fn finish(&self, id: Uuid, result: &JobResult, now: Timestamp) -> Result<(), Error> {
        let (tenant, id, result) = (self.tenant.to_string(), id.to_string(), json(result)?);
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                transaction.execute(
                    "UPDATE jobs SET state = 'done', reason = NULL, wish = NULL, result = ?3, ended_at_ms = ?4 \
                     WHERE tenant = ?1 AND id = ?2",
                    params![tenant, id, result, now.as_millisecond()],
                )?;
                transaction.execute("DELETE FROM job_steps WHERE tenant = ?1 AND job = ?2", [tenant, id])?;
                transaction.commit()
            })
            .await
    }

    /// Says anew what a job that is done came to.
    pub async fn tell_result(&self, id: Uuid, result: &JobResult) -> Result<(), Error> {
        self.change(id, "result = ?3", vec![json(result)?.into()]).await
    }

    /// Forgets a job with its steps.
    pub async fn remove(&self, id: Uuid) -> Result<(), Error> {
        let (tenant, id) = (self.tenant.to_string(), id.to_string());
        self.database
            .run(move |connection| connection.execute("DELETE FROM jobs WHERE tenant = ?1 AND id = ?2", [tenant, id]))
            .await?;
        Ok(())
    }

    /// Changes places with the unfinished job before it, or behind it. Answers whether there was one.
    pub async fn swap(&self, id: Uuid, with_the_one_before: bool) -> Result<bool, Error> {
        let (tenant, id) = (self.tenant.to_string(), id.to_string());
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                let line: Vec<(String, i64)> = transaction
                    .prepare_cached(
                        "SELECT id, place FROM jobs WHERE tenant = ?1 AND state NOT IN ('done', 'failed', 'cancelled') \
                         ORDER BY place, created_at_ms",
                    )?
                    .query_map([&tenant], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<rusqlite::Result<_>>()?;
                let at = line.iter().position(|(other, _)| *other == id);
                let neighbour = at.and_then(|at| if with_the_one_before { at.checked_sub(1) } else { Some(at + 1) });
                let pair = at.and_then(|at| line.get(at)).zip(neighbour.and_then(|at| line.get(at)));
                let Some(((mine, my_place), (other, its_place))) = pair else { return Ok(false) };
                for (id, place) in [(mine, its_place), (other, my_place)] {
                    transaction.execute(
                        "UPDATE jobs SET place = ?3 WHERE tenant = ?1 AND id = ?2",
                        params![tenant, id, place],
                    )?;
                }
                transaction.commit()?;
                Ok(true)
            })
            .await
    }

    /// What a job that runs is told; none when it is gone.
    pub async fn orders(&self, id: Uuid) -> Result<Option<Orders>, Error> {
        let (tenant, id) = (self.tenant.to_string(), id.to_string());
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT wish, by_itself AND (SELECT count(*) FROM jobs AS other WHERE other.tenant = mine.tenant \
                         AND other.by_itself AND other.state IN ('queued', 'running', 'waiting') \
                         AND other.place < mine.place) >= ?3 FROM jobs AS mine WHERE tenant = ?1 AND id = ?2",
                    )?
                    .query_row(params![tenant, id, AT_ONCE], |row| {
                        Ok(Orders { wish: row.get(0)?, stands_back: row.get(1)? })
                    })
                    .optional()
            })
            .await
    }

    /// `UPDATE jobs SET {what}` for one job; its values are numbered from `?3`.
    async fn change(&self, id: Uuid, what: &'static str, values: Vec<Value>) -> Result<(), Error> {
        let key = [self.tenant.to_string(), id.to_string()].map(Value::from);
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!("UPDATE jobs SET {what} WHERE tenant = ?1 AND id = ?2"))?
                    .execute(params_from_iter(key.into_iter().chain(values)))
            })
            .await?;
        Ok(())
    }
}

const SELECT: &str = "SELECT id, title, spec, question, target, state, reason, wish, by_itself, progress, result, notices, \
                      calls_in_vain, calls_unknown, credits_unknown, credits_used, created_at_ms, started_at_ms, ended_at_ms, \
                      endpoint, calls_used FROM jobs";

fn read(tenant: TenantId, row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let id: String = row.get(0)?;
    let state: JobState = row.get(5)?;
    let reason: Option<Reason> = row.get::<_, Option<String>>(6)?.map(|text| parsed(6, &text)).transpose()?;
    let moment = |column| row.get::<_, Option<i64>>(column).map(|ms| ms.map(timestamp));
    let mut job = Job {
        id: Uuid::try_parse(&id).map_err(|error| unreadable(0, error))?,
        workspace: tenant,
        title: row.get(1)?,
        spec: parsed(2, &row.get::<_, String>(2)?)?,
        state,
        reason,
        wish: row.get(7)?,
        by_itself: row.get(8)?,
        needs_consent: false,
        progress: JobProgress { calls_unknown: row.get(13)?, ..parsed(9, &row.get::<_, String>(9)?)? },
        result: row.get::<_, Option<String>>(10)?.map(|text| parsed(10, &text)).transpose()?,
        created_at: timestamp(row.get(16)?),
        started_at: moment(17)?,
        ended_at: moment(18)?,
    };
    job.needs_consent = job.asks_for_consent();
    Ok(Row {
        job,
        question: row.get(3)?,
        target: row.get(4)?,
        notices: parsed(11, &row.get::<_, String>(11)?)?,
        calls_in_vain: row.get(12)?,
        calls_unknown: row.get(13)?,
        credits_unknown: row.get(14)?,
        credits_used: row.get(15)?,
        endpoint: row.get::<_, Option<String>>(19)?.map(|word| endpoint_of(&word)),
        calls_used: row.get(20)?,
    })
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Storage { what: "The job".to_owned(), why: error.to_string() })
}

fn parsed<T: DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| unreadable(column, error))
}

fn unreadable(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

fn endpoint_word(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Full => "full",
        Endpoint::Free => "free",
    }
}

/// The file holds one of two words.
fn endpoint_of(word: &str) -> Endpoint {
    if word == endpoint_word(Endpoint::Full) { Endpoint::Full } else { Endpoint::Free }
}

fn word(wish: Wish) -> &'static str {
    match wish {
        Wish::Pause => "pause",
        Wish::Cancel => "cancel",
    }
}

impl FromSql for JobState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(FromSqlError::InvalidType)
    }
}

impl FromSql for Wish {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        [Self::Pause, Self::Cancel].into_iter().find(|wish| word(*wish) == text).ok_or(FromSqlError::InvalidType)
    }
}
