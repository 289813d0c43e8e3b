//! What an enrichment came to: when it is done, as far as it is where it stands, and once more when one of its requests is
//! decided afterwards. Makes no call.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::asked::EnrichWhat;
use super::journal::Journal;
use super::order::EnrichOrder;
use super::tally::Tally;
use crate::credits::Credits;
use crate::error::Error;
use crate::foray::Foray;
use crate::jobs::{Job, JobProgress, JobResult, JobSpec};
use crate::tenant::TenantId;

/// What an enrichment came to, or came to so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EnrichDone {
    /// What was enriched; by earlier versions people.
    #[serde(default)]
    pub what: EnrichWhat,
    pub asked: u64,
    pub found: u64,
    /// Those found of whom an e-mail address is known; 0 from earlier versions, which did not count them.
    #[serde(default)]
    pub emails: u64,
    /// Nobody, or nobody of whom more than an id is known.
    pub not_found: u64,
    /// Answered with somebody else, or another company, who is kept as who they are.
    #[serde(default)]
    pub elsewhere: u64,
    /// Asked for in requests of which nobody knows whether they were charged.
    pub undecided: u64,
    /// Not asked for after all: others saw to them meanwhile.
    #[serde(default)]
    pub left_out: u64,
    /// People with a mobile that came.
    pub mobiles: u64,
    pub calls_spent: u32,
    pub charged: Credits,
    /// At most this much more may have been charged.
    pub unknown: Credits,
    /// All of it as one line.
    pub sentence: String,
}

impl Foray {
    /// What an enrichment came to so far; none for other jobs.
    ///
    /// # Errors
    /// The disk.
    pub async fn enriched_so_far(&self, job: &Job) -> Result<Option<EnrichDone>, Error> {
        let JobSpec::Enrich(order) = &job.spec else { return Ok(None) };
        self.journal(job.workspace).await?.receipt(job.id, order, &job.progress).await.map(Some)
    }

    /// Tells what came of a request that was decided after its job had gone on, or was done.
    ///
    /// # Errors
    /// The disk.
    pub(super) async fn tell_decided(&self, tenant: TenantId, number: i64) -> Result<(), Error> {
        let Some(id) = self.journal(tenant).await?.job_of(number).await? else { return Ok(()) };
        let store = self.job_store(tenant).await?;
        // A job may be forgotten, its requests never are.
        let Some(mut job) = store.find(id).await?.map(|row| row.job) else { return Ok(()) };
        if let (JobSpec::Enrich(order), Some(_)) = (&job.spec, &job.result) {
            let result = JobResult::Enrich(self.journal(tenant).await?.receipt(id, order, &job.progress).await?);
            store.tell_result(id, &result).await?;
            job.result = Some(result);
        }
        self.board().tell(job);
        Ok(())
    }
}

impl Journal {
    /// What a job came to so far.
    ///
    /// # Errors
    /// The disk.
    pub(super) async fn receipt(
        &self,
        job: Uuid,
        order: &EnrichOrder,
        progress: &JobProgress,
    ) -> Result<EnrichDone, Error> {
        let tally = self.tally(job, order.what, order.terms.mobiles).await?;
        let Tally { found, emails, mobiles, not_found, elsewhere, undecided, left_out, charged, unknown, .. } = tally;
        Ok(EnrichDone {
            what: order.what,
            asked: tally.asked() as u64,
            found: found as u64,
            emails: emails as u64,
            not_found: not_found as u64,
            elsewhere: elsewhere as u64,
            undecided: undecided as u64,
            left_out: left_out as u64,
            mobiles: mobiles.unwrap_or_default() as u64,
            calls_spent: progress.calls_spent,
            charged,
            unknown,
            sentence: tally.to_string(),
        })
    }
}
