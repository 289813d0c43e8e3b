//! Whether Apollo's own count of an account's credits is good enough to pay by: no payment of any workspace that shares the
//! key has been lost since, so that what becomes of the next one can be told by the counts around it.

use jiff::Timestamp;
use rusqlite::params;
use uuid::Uuid;

use super::books::MAY_STILL_ARRIVE_MS;
use super::journal::Journal;
use crate::clock::timestamp;
use crate::error::Error;
use crate::foray::Foray;
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

impl Foray {
    /// From when on Apollo's count can tell what became of the newest lost payment of an account, be it of another job,
    /// another process or another workspace; none when a count that `tenant` was told holds all of them. `job`: the one that is
    /// about to pay.
    ///
    /// # Errors
    /// The disk, of any workspace that uses the account.
    pub(super) async fn to_be_counted(
        &self,
        tenant: TenantId,
        account: AccountHash,
        job: Option<Uuid>,
    ) -> Result<Option<Timestamp>, Error> {
        let told_ms = self.journal(tenant).await?.told_ms(account, self.clock().now()).await?;
        let mut newest_ms = None;
        for workspace in self.workspaces_of(account).await? {
            newest_ms = newest_ms.max(self.journal(workspace).await?.last_lost_ms(account, told_ms, job).await?);
        }
        Ok(newest_ms.map(|lost_ms| timestamp(lost_ms + MAY_STILL_ARRIVE_MS)))
    }

    /// Whether an enrichment that begins now need not ask for Apollo's count.
    ///
    /// # Errors
    /// As [`Self::to_be_counted`]'s.
    pub(super) async fn is_counted(&self, tenant: TenantId, account: AccountHash) -> Result<bool, Error> {
        Ok(self.journal(tenant).await?.is_counted(account, self.clock().now()).await?
            && self.to_be_counted(tenant, account, None).await?.is_none())
    }
}

impl Journal {
    /// When Apollo last told this workspace how many credits were used, milliseconds since 1970.
    async fn told_ms(&self, account: AccountHash, now: Timestamp) -> Result<Option<i64>, Error> {
        let key = (self.tenant.to_string(), account.to_string(), now.as_millisecond());
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT max(told_at_ms) FROM credit_figures WHERE tenant = ?1 AND account = ?2
                         AND consumed IS NOT NULL AND told_at_ms <= ?3",
                    )?
                    .query_row(key, |row| row.get(0))
            })
            .await
    }

    /// When the newest request went out that may have been charged and that a count told at `told_ms` says nothing of. One that the
    /// user has had asked again is no matter to the job that does so: that was a word for this one alone.
    async fn last_lost_ms(
        &self,
        account: AccountHash,
        told_ms: Option<i64>,
        job: Option<Uuid>,
    ) -> Result<Option<i64>, Error> {
        let (tenant, account) = (self.tenant.to_string(), account.to_string());
        let job = job.map(|job| job.to_string());
        let counted_ms = told_ms.map_or(i64::MIN, |told_ms| told_ms - MAY_STILL_ARRIVE_MS);
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT max(journalled_at_ms) FROM paid_requests WHERE tenant = ?1 AND account = ?2
                         AND journalled_at_ms > ?3 AND (state = 'may_be_charged' OR (state = 'repeated' AND NOT EXISTS
                         (SELECT 1 FROM enrich_wanted WHERE tenant = ?1 AND job = ?4 AND attempt > 1)))",
                    )?
                    .query_row(params![tenant, account, counted_ms, job], |row| row.get(0))
            })
            .await
    }
}
