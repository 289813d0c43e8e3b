//! What became of each question, counted by half hours, and when a circuit breaker changed: the local journal from which
//! the last day is shown. It holds times, workspace ids and counts, and must never hold a question or a person.
//! Losing it costs a picture, so nothing ever waits for it and nothing fails because of it.

use std::collections::HashMap;
use std::mem;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::Serialize;
use tokio::runtime::Handle;
use ts_rs::TS;

use crate::answer::{Answer, Source};
use crate::circuit_breaker::BreakerChange;
use crate::clock::timestamp;
use crate::db::{self, Database, Durability, Schema};
use crate::error::Error;
use crate::tenant::TenantId;

/// Questions are counted by this much time.
const SLOT_MS: i64 = 30 * 60_000;
/// Counts wait this long for others to be written with: a commit for each would take longer than a cached answer.
const GATHERED_FOR: Duration = Duration::from_millis(200);
/// Slots of the last day.
const SLOTS: i64 = 48;
/// How long anything is kept.
const KEPT_MS: i64 = 8 * 86_400_000;

const SCHEMA: Schema = Schema {
    what: "The journal of calls",
    durability: Durability::Normal,
    migrations: &["
        CREATE TABLE asked (
            tenant TEXT NOT NULL,
            begins_ms INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            times INTEGER NOT NULL,
            PRIMARY KEY (tenant, begins_ms, outcome)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE breaker_change (
            at_ms INTEGER NOT NULL,
            sentence TEXT NOT NULL
        ) STRICT;
        CREATE INDEX asked_by_age ON asked (begins_ms);
        CREATE INDEX breaker_change_by_age ON breaker_change (at_ms);
    "],
};

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Apollo answered.
    Live,
    /// Answered from the cache, no call.
    Cached,
    /// Not sent: limiter, breaker, key or gate forbade it, or there was no connection.
    Refused,
    /// Sent in vain.
    Failed,
}

/// Questions of one half hour, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ActivitySlot {
    #[ts(type = "string")]
    pub begins_at: Timestamp,
    pub live: u32,
    pub cached: u32,
    pub refused: u32,
    pub failed: u32,
}

/// The journal. Cheap to clone; without a file (a full disk at the start) it notes nothing.
#[derive(Debug, Clone)]
pub struct Activity {
    journal: Option<Arc<Journal>>,
}

#[derive(Debug)]
struct Journal {
    database: Database,
    /// What is counted and not yet written.
    noted: Mutex<HashMap<Counted, u32>>,
}

/// A workspace, the beginning of a slot, and what became of its questions.
type Counted = (TenantId, i64, &'static str);

impl Outcome {
    const ALL: [Self; 4] = [Self::Live, Self::Cached, Self::Refused, Self::Failed];

    /// The name in the journal; never changed once released.
    fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Cached => "cached",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// What an answer came to, for the one who asked: whoever joined somebody else's call took none.
    pub fn of(answer: &Result<Answer, Error>) -> Self {
        let answer = match answer {
            Ok(answer) => answer,
            // Sent, and sent back.
            Err(Error::Refused { .. }) => return Self::Failed,
            Err(_) => return Self::Refused,
        };
        match (answer.source, answer.calls_spent > 0) {
            (Source::Live, true) => Self::Live,
            (Source::Live, false) | (Source::Cached, _) => Self::Cached,
            (Source::Stale | Source::Empty, true) => Self::Failed,
            (Source::Stale | Source::Empty, false) => Self::Refused,
        }
    }
}

impl Activity {
    /// Opens or makes the journal in the data folder.
    pub fn open(data_dir: &Path) -> Self {
        let opened = db::open(&data_dir.join("activity.sqlite"), &SCHEMA);
        // A damaged one was set aside by the opening; one that can't be opened at all is done without.
        let database = opened.and_then(|opened| opened.start(SCHEMA.what)).ok();
        Self { journal: database.map(|database| Arc::new(Journal { database, noted: Mutex::default() })) }
    }

    /// Counts a question. Returns at once.
    pub fn note(&self, tenant: TenantId, outcome: Outcome, now: Timestamp) {
        let Some(journal) = &self.journal else { return };
        if !journal.count((tenant, slot_of(now.as_millisecond()), outcome.name())) {
            return;
        }
        match Handle::try_current() {
            Ok(threads) => {
                // Whoever lets go of the journal before has it written at once.
                let journal = Arc::downgrade(journal);
                threads.spawn(async move {
                    tokio::time::sleep(GATHERED_FOR).await;
                    if let Some(journal) = journal.upgrade() {
                        journal.write();
                    }
                });
            }
            Err(_) => journal.write(),
        }
    }

    /// Writes down that a breaker changed. Returns at once.
    pub fn note_breaker(&self, change: &BreakerChange) {
        let at_ms = change.at.as_millisecond();
        let sentence = format!("{}: {} → {}. {}", change.origin, change.from.name(), change.to.name(), change.reason);
        self.post(move |connection| {
            connection
                .execute("INSERT INTO breaker_change (at_ms, sentence) VALUES (?1, ?2)", params![at_ms, sentence])?;
            tidy(connection, at_ms)
        });
    }

    /// The last 24 hours of a workspace in half hours, oldest first; the last one is that of `now`.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn last_day(&self, tenant: TenantId, now: Timestamp) -> Result<Vec<ActivitySlot>, Error> {
        let last_ms = slot_of(now.as_millisecond());
        let first_ms = last_ms - (SLOTS - 1) * SLOT_MS;
        let mut slots: Vec<ActivitySlot> = (0..SLOTS)
            .map(|slot| ActivitySlot {
                begins_at: timestamp(first_ms + slot * SLOT_MS),
                live: 0,
                cached: 0,
                refused: 0,
                failed: 0,
            })
            .collect();
        let Some(journal) = &self.journal else { return Ok(slots) };
        journal.write();
        let rows = journal
            .database
            .run(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT begins_ms, outcome, times FROM asked WHERE tenant = ?1 AND begins_ms BETWEEN ?2 AND ?3",
                )?;
                let rows = statement.query_map(params![tenant.to_string(), first_ms, last_ms], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, u32>(2)?))
                })?;
                rows.collect::<rusqlite::Result<Vec<_>>>()
            })
            .await?;
        for (begins_ms, outcome, times) in rows {
            let slot = usize::try_from((begins_ms - first_ms) / SLOT_MS).ok().and_then(|index| slots.get_mut(index));
            let outcome = Outcome::ALL.into_iter().find(|known| known.name() == outcome);
            if let (Some(slot), Some(outcome)) = (slot, outcome) {
                *slot.count(outcome) = times;
            }
        }
        Ok(slots)
    }

    /// The latest changes of the breakers, newest first: when, and a sentence.
    ///
    /// # Errors
    /// When the journal can't be read.
    pub async fn breaker_changes(&self, at_most: u32) -> Result<Vec<(Timestamp, String)>, Error> {
        let Some(journal) = &self.journal else { return Ok(Vec::new()) };
        journal
            .database
            .run(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT at_ms, sentence FROM breaker_change ORDER BY at_ms DESC, rowid DESC LIMIT ?1",
                )?;
                let rows = statement.query_map([at_most], |row| Ok((timestamp(row.get(0)?), row.get(1)?)))?;
                rows.collect()
            })
            .await
    }

    /// Forgets a workspace.
    ///
    /// # Errors
    /// When the journal can't be written.
    pub async fn forget(&self, tenant: TenantId) -> Result<(), Error> {
        let Some(journal) = &self.journal else { return Ok(()) };
        // Or what is not yet written would bring it back.
        journal.write();
        journal
            .database
            .run(move |connection| connection.execute("DELETE FROM asked WHERE tenant = ?1", [tenant.to_string()]))
            .await?;
        Ok(())
    }

    /// Waits until what was noted is written; for a process that is about to end.
    pub async fn settle(&self) {
        if let Some(journal) = &self.journal {
            journal.write();
            // Whatever could not be written is missed by nobody.
            drop(journal.database.run(|_| Ok(())).await);
        }
    }

    fn post(&self, job: impl FnOnce(&mut Connection) -> rusqlite::Result<()> + Send + 'static) {
        if let Some(journal) = &self.journal {
            journal.database.post(job);
        }
    }
}

impl Journal {
    /// True when it is the first since the last writing.
    fn count(&self, counted: Counted) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let first = noted.is_empty();
        *noted.entry(counted).or_default() += 1;
        first
    }

    /// Leaves to the file's thread what is counted. Returns at once.
    fn write(&self) {
        let noted = mem::take(&mut *self.noted.lock().unwrap_or_else(PoisonError::into_inner));
        if !noted.is_empty() {
            self.database.post(move |connection| add(connection, &noted));
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.write();
    }
}

fn add(connection: &mut Connection, noted: &HashMap<Counted, u32>) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    let mut newest_ms = None;
    for ((tenant, begins_ms, outcome), times) in noted {
        let counted: u32 = transaction
            .prepare_cached(
                "INSERT INTO asked (tenant, begins_ms, outcome, times) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT DO UPDATE SET times = times + excluded.times RETURNING times",
            )?
            .query_row(params![tenant.to_string(), begins_ms, outcome, times], |row| row.get(0))?;
        if counted == *times {
            newest_ms = newest_ms.max(Some(*begins_ms));
        }
    }
    // Once for each new slot is often enough.
    if let Some(newest_ms) = newest_ms {
        tidy(&transaction, newest_ms)?;
    }
    transaction.commit()
}

impl ActivitySlot {
    fn count(&mut self, outcome: Outcome) -> &mut u32 {
        match outcome {
            Outcome::Live => &mut self.live,
            Outcome::Cached => &mut self.cached,
            Outcome::Refused => &mut self.refused,
            Outcome::Failed => &mut self.failed,
        }
    }
}

fn slot_of(wall_ms: i64) -> i64 {
    wall_ms - wall_ms.rem_euclid(SLOT_MS)
}

fn tidy(connection: &Connection, now_ms: i64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM asked WHERE begins_ms < ?1", [now_ms - KEPT_MS])?;
    connection.execute("DELETE FROM breaker_change WHERE at_ms < ?1", [now_ms - KEPT_MS])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    #[tokio::test]
    async fn the_last_day_is_counted_by_half_hours_and_outcomes_for_each_workspace_apart() {
        let folder = tempfile::tempdir().unwrap();
        let activity = Activity::open(folder.path());
        let (mine, theirs) = (TenantId::generate(), TenantId::generate());
        let at = |ms: i64| timestamp(NOW - ms);
        for (tenant, outcome, ago) in [
            (mine, Outcome::Live, 0),
            (mine, Outcome::Live, 1),
            (mine, Outcome::Cached, 0),
            (mine, Outcome::Failed, 3 * SLOT_MS),
            (mine, Outcome::Refused, SLOTS * SLOT_MS),
            (theirs, Outcome::Refused, 0),
        ] {
            activity.note(tenant, outcome, at(ago));
        }
        let slots = activity.last_day(mine, at(0)).await.unwrap();
        assert_eq!(slots.len(), 48);
        let last = slots.last().unwrap();
        assert_eq!((last.live, last.cached, last.refused, last.failed), (2, 1, 0, 0));
        assert_eq!(last.begins_at.as_millisecond(), slot_of(NOW));
        assert_eq!(slots[44].failed, 1);
        assert_eq!(slots.iter().map(|slot| slot.refused).sum::<u32>(), 0, "what is older than a day is not shown");
        assert_eq!(activity.last_day(theirs, at(0)).await.unwrap()[47].refused, 1);
        activity.forget(theirs).await.unwrap();
        assert_eq!(activity.last_day(theirs, at(0)).await.unwrap()[47].refused, 0);
    }

    #[tokio::test]
    async fn what_is_older_than_eight_days_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let activity = Activity::open(folder.path());
        activity.note(TenantId::SAMPLE, Outcome::Live, timestamp(NOW - KEPT_MS - SLOT_MS));
        activity.note(TenantId::SAMPLE, Outcome::Live, timestamp(NOW));
        activity.settle().await;
        let count =
            |connection: &mut Connection| connection.query_row("SELECT count(*) FROM asked", [], |row| row.get(0));
        let kept: i64 = activity.journal.as_ref().unwrap().database.run(count).await.unwrap();
        assert_eq!(kept, 1);
    }

    #[tokio::test]
    async fn what_is_counted_is_written_soon_and_by_whoever_lets_go_of_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let window = Activity::open(folder.path());
        let beside = Activity::open(folder.path());
        let live = async || beside.last_day(TenantId::SAMPLE, timestamp(NOW)).await.unwrap()[47].live;
        for _ in 0..3 {
            window.note(TenantId::SAMPLE, Outcome::Live, timestamp(NOW));
        }
        let waited = std::time::Instant::now();
        while live().await != 3 {
            assert!(waited.elapsed() < Duration::from_secs(30), "never written");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        window.note(TenantId::SAMPLE, Outcome::Live, timestamp(NOW));
        drop(window);
        while live().await != 4 {
            assert!(waited.elapsed() < Duration::from_secs(30), "never written");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    #[tokio::test]
    async fn without_a_file_it_notes_nothing_and_fails_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("file");
        std::fs::write(&blocked, "no folder").unwrap();
        let activity = Activity::open(&blocked);
        activity.note(TenantId::SAMPLE, Outcome::Live, timestamp(NOW));
        activity.settle().await;
        assert_eq!(activity.last_day(TenantId::SAMPLE, timestamp(NOW)).await.unwrap().len(), 48);
    }
}
