//! Calls that cost no credits, so that the ledger has every call: searches for stubs, checks of the key, Apollo's own counts.
//! They are noted after they were made and without waiting for the disk, since nothing is paid twice when one is forgotten:
//! the power may take the last of them, a crash of Foray none. The limiter's ledger has them too, before they are sent, but
//! only for as long as its windows and without what they were for.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::db::Database;
use crate::tenant::TenantId;

/// How long they are kept: as long as jobs that are over.
const KEPT_MS: i64 = 90 * 86_400_000;
/// Old ones go with each so many that come.
const TIDIED_EVERY: i64 = 100;

/// One call that cost nothing.
#[derive(Debug, Clone)]
pub struct FreeCall {
    pub at: Timestamp,
    /// The job that made it; none for who clicked.
    pub job: Option<Uuid>,
    /// What it was for; empty where the endpoint says so.
    pub title: String,
    pub endpoint: String,
    /// Why it brought nothing: the code of an error.
    pub why: Option<&'static str>,
}

impl FreeCall {
    /// Leaves it to the thread of the workspace's file.
    pub fn note(self, tenant: TenantId, file: &Database) {
        file.post_lightly(move |connection| self.write(connection, &tenant.to_string()));
    }

    fn write(&self, connection: &Connection, tenant: &str) -> rusqlite::Result<()> {
        let at_ms = self.at.as_millisecond();
        connection
            .prepare_cached(
                "INSERT INTO free_calls (tenant, at_ms, job, title, endpoint, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                tenant,
                at_ms,
                self.job.map(|job| job.to_string()),
                self.title,
                self.endpoint,
                self.why
            ])?;
        if connection.last_insert_rowid() % TIDIED_EVERY == 0 {
            connection
                .execute("DELETE FROM free_calls WHERE tenant = ?1 AND at_ms < ?2", params![tenant, at_ms - KEPT_MS])?;
        }
        Ok(())
    }
}
