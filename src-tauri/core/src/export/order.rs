//! Asking for an export: its price, taking it up (as a new job, or where an interrupted one of the same question and file
//! stopped), and running it here and now.

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::partial::{Partial, partial_path};
use super::receipt::in_words;
use super::{ExportDone, ExportEstimate, ExportInput, ExportProgress, ExportScope, aside};
use crate::answer::Source;
use crate::apollo::Endpoint;
use crate::enrich::SpendingOf;
use crate::error::{Error, Reason};
use crate::foray::Foray;
use crate::jobs::{Beginning, Claimed, Ended, Job, JobResult, JobSpec, JobState, Manner, Row, pages_at_most, titled};
use crate::persona::SearchRequest;
use crate::tenant::TenantId;

impl Foray {
    /// The bound on what an export costs. Makes no call.
    ///
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub async fn export_estimate(&self, tenant: TenantId, input: &ExportInput) -> Result<ExportEstimate, Error> {
        let first = input.first_request()?;
        let settled = self.settled_on(tenant, input).await?;
        let people = self.people_known(tenant, &first).await?;
        let is_kept = self.is_kept(tenant, &first).await?;
        let calls_at_most = match input.scope {
            ExportScope::Page { .. } => u32::from(!is_kept),
            ExportScope::All { max_rows } => pages_at_most(people, max_rows),
        };
        let estimate = self.pages_price(tenant, calls_at_most, people).await?.at(settled, tenant.is_sample());
        // What an interrupted one has fetched is its own, whatever is kept otherwise.
        let has_free_part = is_kept || settled.is_some();
        self.with_room(tenant, estimate, Beginning { of: SpendingOf::Export, job: None, has_free_part }).await
    }

    /// The endpoint of the interrupted export that this one would go on with.
    async fn settled_on(&self, tenant: TenantId, input: &ExportInput) -> Result<Option<Endpoint>, Error> {
        if input.path.trim().is_empty() {
            return Ok(None);
        }
        let (target, question) = (input.target()?, input.question(&self.access(tenant).await?)?);
        let before = self.job_store(tenant).await?.of_target(target.display().to_string()).await?;
        Ok(before.filter(|row| row.question == question).and_then(|row| row.endpoint))
    }

    /// Writes everybody in `input`'s scope to its file, as a job that this process runs until it is done or can't go on. Going
    /// on with an interrupted export is the same call again. A call under way is waited for before a cancel takes effect,
    /// since it may have been paid.
    ///
    /// # Errors
    /// [`Error::ExportInterrupted`] when a page can't be had or would cost more than was agreed, [`Error::Cancelled`]: the
    /// partial file and all that was fetched stay. [`Error::Capped`] before anything was done; [`Error::BadInput`]; the disk.
    pub async fn export(
        &self,
        tenant: TenantId,
        input: &ExportInput,
        cancel: &CancellationToken,
        mut progress: impl FnMut(ExportProgress) + Send,
    ) -> Result<ExportDone, Error> {
        let partial = partial_path(&input.target()?)?.display().to_string();
        let claimed = self.claim_export(tenant, None, input).await?;
        let manner = if input.wait { Manner::Patient } else { Manner::AtOnce };
        let mut rows = 0;
        let ended = self.drive(claimed, manner, cancel, |job| {
            rows = job.progress.rows;
            progress(ExportProgress::of(job));
        });
        let reason = match ended.await? {
            Ended::Done(JobResult::Export(done)) => return Ok(done),
            Ended::Stopped => return Err(Error::Cancelled),
            Ended::Held(reason) => reason,
            Ended::Done(_) | Ended::Wished(_) | Ended::StoodBack => ended_elsewhere(),
        };
        // A cancel came while the call under way failed: it was the user who ended it.
        Err(if cancel.is_cancelled() { Error::Cancelled } else { Error::ExportInterrupted { partial, rows, reason } })
    }

    /// Takes an export to run it: a new job, or the interrupted one that asks the same for the same file. One of another
    /// question is forgotten; what it had written is kept.
    ///
    /// # Errors
    /// [`Error::BadInput`], also while another export writes the file; [`Error::Capped`] when a cap leaves nothing for its
    /// first page; the disk.
    pub(crate) async fn claim_export(
        &self,
        tenant: TenantId,
        title: Option<&str>,
        input: &ExportInput,
    ) -> Result<Claimed, Error> {
        let request = input.first_request()?;
        self.export_estimate(tenant, input).await?.room.check()?;
        let target = input.target()?;
        let question = input.question(&self.access(tenant).await?)?;
        let file = Partial::take(&target).await?;
        let now = self.clock().now();
        let title = match title {
            Some(title) => titled(title),
            None => self.title_of(tenant, &request).await?,
        };
        let spec = JobSpec::Export(ExportInput { path: target.display().to_string(), ..input.clone() });
        let store = self.job_store(tenant).await?;
        let mut row = Row::new(tenant, title, spec, input.wait, now);
        row.question = question;
        row.target = Some(target.display().to_string());
        row.endpoint = self.settled_endpoint(tenant).await?;
        if let Some(before) = store.of_target(target.display().to_string()).await? {
            let claimed = self.claim_job(tenant, before.job.id).await?;
            let Some(claimed) = claimed else { return Err(being_written(input)) };
            if before.question == row.question {
                return self.take_over(claimed, row, file).await;
            }
            row.notices.extend(kept_notice(&file, now).await?);
            store.remove(before.job.id).await?;
            claimed.claim.end();
        } else {
            row.notices.extend(kept_notice(&file, now).await?);
        }
        let claim = self.add_job(row.clone(), input.is_one_page()).await?;
        Ok(Claimed { claim, row, file: Some(file) })
    }

    /// An interrupted export goes on as it is asked now; its pages stay.
    async fn take_over(&self, claimed: Claimed, asked: Row, file: Partial) -> Result<Claimed, Error> {
        let Claimed { claim, mut row, .. } = claimed;
        let Job { title, spec, by_itself, .. } = asked.job;
        row.job = Job { title, spec, by_itself, ..row.job };
        row.calls_used = 0;
        row.credits_used = 0;
        if row.job.progress.pages == 0 {
            row.endpoint = asked.endpoint;
        }
        let store = self.job_store(row.job.workspace).await?;
        store.ask_anew(row.job.clone(), row.endpoint).await?;
        store.put(row.job.id, JobState::Queued, None, self.clock().now()).await?;
        row.job.state = JobState::Queued;
        Ok(Claimed { claim, row, file: Some(file) })
    }

    /// The persona's name, or the question in words.
    async fn title_of(&self, tenant: TenantId, request: &SearchRequest) -> Result<String, Error> {
        let saved = self.personas(tenant).await?.list().await?;
        let persona = saved.into_iter().find(|persona| Some(persona.id) == request.persona_id);
        Ok(persona.map_or_else(|| titled(&in_words(&request.filters)), |persona| persona.name))
    }

    /// How many match, if a kept answer to this question tells.
    pub(crate) async fn people_known(&self, tenant: TenantId, first: &SearchRequest) -> Result<Option<u64>, Error> {
        for page_size in [first.page_size, 50, 25, 10] {
            let asked = SearchRequest { page: 1, page_size, ..first.clone() };
            if let Some(answer) = self.search_peek(tenant, &asked).await?
                && answer.source == Source::Cached
                && answer.total_entries.is_some()
            {
                return Ok(answer.total_entries);
            }
        }
        Ok(None)
    }
}

/// What was written here and can't be written again is kept.
async fn kept_notice(file: &Partial, now: Timestamp) -> Result<Option<String>, Error> {
    let kept = aside::keep_partial(file.path(), now).await?;
    Ok(kept.map(|kept| {
        format!("Another export was interrupted here; what it had written is kept as “{}”.", kept.display())
    }))
}

fn being_written(input: &ExportInput) -> Error {
    let message = format!("Another export is writing “{}”. Wait for it, or choose another name.", input.path);
    Error::bad_input("path", message)
}

fn ended_elsewhere() -> Reason {
    Reason {
        code: "paused".to_owned(),
        message: "It was paused or cancelled from another window or command.".to_owned(),
        reset_at: None,
    }
}
