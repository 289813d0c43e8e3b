//! What a user may say to the jobs of a workspace: show, add, pause, resume, cancel, move, forget. What is said to a job that
//! another process runs reaches it within seconds.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::claim::{Claim, Claimed};
use super::drive::left;
use super::store::{Row, Store};
use super::{Agreed, Job, JobSpec, JobState, RerunInput, Wish};
use crate::error::Error;
use crate::export::ExportInput;
use crate::foray::Foray;
use crate::tenant::TenantId;
use crate::text::visible_line;

/// Shortest beginning of an id that names a job.
const SHORTEST_ID: usize = 4;

/// How long a job may take to end: its call with all that belongs to it, and a wish of another process is seen late.
const LONGEST_END: Duration = Duration::from_secs(30);
const LOOKS_EVERY: Duration = Duration::from_millis(50);

/// Which way a job moves in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
}

/// The jobs of one workspace.
pub struct Jobs<'a> {
    pub(super) foray: &'a Foray,
    pub(super) tenant: TenantId,
    store: Store,
}

impl Foray {
    /// The jobs of one workspace.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn jobs(&self, tenant: TenantId) -> Result<Jobs<'_>, Error> {
        Ok(Jobs { foray: self, tenant, store: self.job_store(tenant).await? })
    }

    /// Takes a job whose turn it is. None while another process runs it, or when it was paused, ended or forgotten since it was
    /// seen in the line.
    pub(crate) async fn claim_next(&self, tenant: TenantId, id: Uuid) -> Result<Option<Claimed>, Error> {
        let claimed = self.claim_job(tenant, id).await?;
        Ok(claimed.filter(|claimed| claimed.row.job.by_itself && claimed.row.job.state.goes_on()))
    }

    /// Takes a job to run it. None while another process does, or when there is nothing to run any more.
    pub(crate) async fn claim_job(&self, tenant: TenantId, id: Uuid) -> Result<Option<Claimed>, Error> {
        let _alone = self.board().looking().await;
        // First, since a workspace that is gone has no folder for a lock either.
        let store = self.job_store(tenant).await?;
        let Some(claim) = self.claim(tenant, id).await? else { return Ok(None) };
        let Some(row) = store.find(id).await? else {
            claim.end();
            return Ok(None);
        };
        if row.job.state == JobState::Done {
            claim.end();
            return Ok(None);
        }
        let row = settled(&store, row).await?;
        Ok(Some(Claimed { claim, row, file: None }))
    }

    /// Puts a new job into the line, ours from before it can be seen there: nobody else begins it.
    ///
    /// # Errors
    /// The disk.
    pub(crate) async fn add_job(&self, row: Row, at_head: bool) -> Result<Claim, Error> {
        let (tenant, id) = (row.job.workspace, row.job.id);
        let Some(claim) = self.claim(tenant, id).await? else {
            return Err(Error::Busy { what: "This job".to_owned() });
        };
        self.job_store(tenant).await?.add(row, at_head, self.clock().now()).await?;
        Ok(claim)
    }

    pub(crate) async fn claim(&self, tenant: TenantId, id: Uuid) -> Result<Option<Claim>, Error> {
        let folder = self.job_folder(tenant);
        let taken = tokio::task::spawn_blocking(move || Claim::take(&folder, id)).await;
        taken.map_err(|_| Error::Storage {
            what: "The lock of this job".to_owned(),
            why: "taking it broke off".to_owned(),
        })?
    }
}

/// A claimed job that the process before us left in the middle: whether a call may have been lost is noted once.
async fn settled(store: &Store, mut row: Row) -> Result<Row, Error> {
    if row.job.state == JobState::Running {
        store.note_death(row.job.id).await?;
        row.calls_unknown += 1;
        row.credits_used += 1;
        row.job.state = JobState::Queued;
    }
    Ok(row)
}

impl Jobs<'_> {
    /// Unfinished ones in their order, then those that are over, the newest first. What a dead process left running is put
    /// where it belongs.
    pub async fn list(&self) -> Result<Vec<Job>, Error> {
        let mut jobs = Vec::new();
        for row in self.store.all().await? {
            let as_noted = row.job.clone();
            // A disk that is full must not keep the list from being shown.
            let job = self.as_it_is(row).await.map_or(as_noted, |row| row.job);
            jobs.push(self.foray.board().as_it_stands(job));
        }
        Ok(jobs)
    }

    /// # Errors
    /// [`Error::NotFound`].
    pub async fn get(&self, id: Uuid) -> Result<Job, Error> {
        Ok(self.as_it_is(self.row(id).await?).await?.job)
    }

    /// Finds a job by its id or the beginning of it.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `job`.
    pub async fn resolve(&self, text: &str) -> Result<Job, Error> {
        let start = text.trim().to_lowercase();
        let mut found: Vec<Job> = self.list().await?;
        found.retain(|job| start.len() >= SHORTEST_ID && job.id.to_string().starts_with(&start));
        match found.len() {
            1 => found.pop().ok_or_else(|| Error::not_found("job", text)),
            0 => Err(Error::bad_input(
                "job",
                format!("There is no job “{text}” in this workspace. `jobs list` shows them."),
            )),
            _ => Err(Error::bad_input("job", format!("Several jobs begin with “{text}”. Give more of the id."))),
        }
    }

    /// Adds an export to the line. It goes on by itself, as soon as a process runs jobs; one page goes to the head, since it
    /// is what the user sees and waits for.
    ///
    /// # Errors
    /// [`Error::BadInput`], also for a file that another export writes; [`Error::Capped`] when a cap leaves nothing for its
    /// first page; the disk.
    pub async fn add_export(&self, title: &str, input: ExportInput) -> Result<Job, Error> {
        let input = ExportInput { wait: true, ..input };
        let claimed = self.foray.claim_export(self.tenant, Some(title), &input).await?;
        let job = claimed.row.job.clone();
        if let Some(file) = &claimed.file {
            file.remove_if_empty().await?;
        }
        drop(claimed);
        Ok(self.told(job))
    }

    /// Adds a re-run to the line.
    ///
    /// # Errors
    /// [`Error::BadInput`]; [`Error::Capped`] when a cap leaves nothing for its first page; the disk.
    pub async fn add_rerun(&self, title: &str, input: RerunInput) -> Result<Job, Error> {
        self.foray.rerun_estimate(self.tenant, &input).await?.room.check()?;
        let now = self.foray.clock().now();
        let mut row = Row::new(self.tenant, titled(title), JobSpec::Rerun(input), true, now);
        row.endpoint = self.foray.settled_endpoint(self.tenant).await?;
        let job = row.job.clone();
        self.foray.add_job(row, false).await?;
        Ok(self.told(job))
    }

    /// Stops a job until it is resumed; a call under way is waited for.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn pause(&self, id: Uuid) -> Result<Job, Error> {
        self.end(id, Wish::Pause).await
    }

    /// Ends a job; a call under way is waited for, and mobiles that are paid for are fetched before. What was fetched stays, so
    /// that it can be gone on with.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn cancel(&self, id: Uuid) -> Result<Job, Error> {
        self.end(id, Wish::Cancel).await
    }

    /// Lets a job go on that was paused, failed or was cancelled; one that waits tries at once. `agreed`: to what is left,
    /// where that has to be agreed to anew.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::BadInput`] for one that is done; [`Error::NotConfirmed`] for an enrichment whose rest may
    /// cost more; the disk.
    pub async fn resume(&self, id: Uuid, agreed: Option<Agreed>) -> Result<Job, Error> {
        let row = self.row(id).await?;
        if row.job.state == JobState::Done {
            return Err(Error::bad_input("job", "This job is done. Start it anew instead."));
        }
        self.ask_apollo_again().await?;
        let Some(claim) = self.claim_when_put_down(id).await? else {
            self.store.take_back_wish(id).await?;
            self.foray.board().stir_one(id);
            return self.get(id).await;
        };
        let row = settled(&self.store, row).await?;
        if let Some(agreed) = agreed {
            let mut job = row.job;
            job.by_itself = true;
            match &mut job.spec {
                JobSpec::Export(input) => input.agreed = agreed,
                JobSpec::Rerun(input) => input.agreed = agreed,
                JobSpec::Enrich(order) => {
                    let last_request = self.foray.journal(self.tenant).await?.last_request().await?;
                    let rest = Box::pin(self.foray.price_of_rest(self.tenant, id, order)).await?;
                    order.agree_anew(agreed, rest.room.payable, last_request)?;
                }
            }
            self.store.ask_anew(job, row.endpoint).await?;
        }
        self.store.let_go_on(id).await?;
        self.store.put(id, JobState::Queued, None, self.foray.clock().now()).await?;
        drop(claim);
        Ok(self.told(self.row(id).await?.job))
    }

    /// Whoever has a job go on says that what Apollo refused, if it did, was seen to: it is asked once more.
    async fn ask_apollo_again(&self) -> Result<(), Error> {
        match self.foray.access(self.tenant).await?.account {
            Some(account) => self.foray.searches().gateway().gates().reopen(account).await,
            None => Ok(()),
        }
    }

    /// Changes places with the neighbour in the line. At its end nothing changes.
    ///
    /// # Errors
    /// The disk.
    pub async fn shift(&self, id: Uuid, direction: Direction) -> Result<Vec<Job>, Error> {
        if self.store.swap(id, direction == Direction::Up).await? {
            self.foray.board().stir();
        }
        self.list().await
    }

    /// Forgets a job that nobody runs, with what it fetched. Its file stays.
    ///
    /// # Errors
    /// [`Error::BadInput`] while it is run.
    pub async fn forget(&self, id: Uuid) -> Result<(), Error> {
        let Some(claim) = self.foray.claim(self.tenant, id).await? else {
            return Err(Error::bad_input("job", "This job is under way. Cancel it first."));
        };
        self.store.remove(id).await?;
        claim.end();
        Ok(())
    }

    /// Ends all of them, for a workspace that is about to go. Whoever runs one is waited for.
    ///
    /// # Errors
    /// [`Error::Busy`] when one does not end; the disk.
    pub async fn end_all(&self) -> Result<(), Error> {
        let going_on: Vec<Job> = self.list().await?.into_iter().filter(|job| job.state.goes_on()).collect();
        for job in &going_on {
            match job.spec {
                // What it has paid for goes with the workspace: it is not waited for.
                JobSpec::Enrich(_) => {
                    self.store.take_back_wish(job.id).await?;
                    self.pause(job.id).await?;
                }
                JobSpec::Export(_) | JobSpec::Rerun(_) => drop(self.cancel(job.id).await?),
            }
        }
        let began = Instant::now();
        for job in going_on {
            while self.foray.claim(self.tenant, job.id).await?.is_none() {
                if began.elapsed() > LONGEST_END {
                    return Err(Error::Busy { what: "A job of this workspace".to_owned() });
                }
                tokio::time::sleep(LOOKS_EVERY).await;
            }
        }
        Ok(())
    }

    /// The row with its state as the locks say it is.
    async fn as_it_is(&self, row: Row) -> Result<Row, Error> {
        if !is_unsettled(&row.job) {
            return Ok(row);
        }
        let id = row.job.id;
        let _alone = self.foray.board().looking().await;
        let Some(_claim) = self.foray.claim(self.tenant, id).await? else { return Ok(row) };
        // Under the claim: it may have ended since the row was read.
        let row = self.row(id).await?;
        if !is_unsettled(&row.job) {
            return Ok(row);
        }
        let row = settled(&self.store, row).await?;
        let now = self.foray.clock().now();
        if row.job.wish == Some(Wish::Cancel) {
            self.cancel_unrun(&row.job).await?;
        } else if row.job.by_itself {
            self.store.put(id, JobState::Queued, None, now).await?;
        } else {
            self.store.put(id, JobState::Paused, Some(&left()), now).await?;
        }
        self.row(id).await
    }

    async fn end(&self, id: Uuid, wish: Wish) -> Result<Job, Error> {
        let row = self.row(id).await?;
        if row.job.state.is_over() {
            return Ok(row.job);
        }
        match self.foray.claim(self.tenant, id).await? {
            Some(_claim) => {
                let row = settled(&self.store, row).await?;
                match wish {
                    Wish::Pause => self.store.put(id, JobState::Paused, None, self.foray.clock().now()).await?,
                    Wish::Cancel => self.cancel_unrun(&row.job).await?,
                }
            }
            None => self.store.wish(id, wish).await?,
        }
        self.foray.board().stir_one(id);
        let job = self.as_it_is(self.row(id).await?).await?.job;
        self.foray.board().tell(job.clone());
        Ok(job)
    }

    /// Ends a job that nobody runs. Mobiles that it has paid for come first: then whoever runs it next ends it.
    async fn cancel_unrun(&self, job: &Job) -> Result<(), Error> {
        if self.foray.owes_mobiles(job).await? {
            self.store.cancel_later(job.id).await
        } else {
            self.store.put(job.id, JobState::Cancelled, None, self.foray.clock().now()).await
        }
    }

    /// The claim on a job; none while somebody runs it. Whoever has just put it down may hold the claim for a moment longer.
    async fn claim_when_put_down(&self, id: Uuid) -> Result<Option<Claim>, Error> {
        let began = Instant::now();
        loop {
            let claim = self.foray.claim(self.tenant, id).await?;
            if claim.is_some() || self.row(id).await?.job.state.goes_on() || began.elapsed() > LONGEST_END {
                return Ok(claim);
            }
            tokio::time::sleep(LOOKS_EVERY).await;
        }
    }

    pub(super) async fn row(&self, id: Uuid) -> Result<Row, Error> {
        self.store.find(id).await?.ok_or_else(|| Error::not_found("job", &id.to_string()))
    }

    fn told(&self, job: Job) -> Job {
        self.foray.board().tell(job.clone());
        self.foray.board().stir();
        job
    }
}

/// Whether a job's row says something that only holds while a process runs it, or a wish that came as it was being put down.
fn is_unsettled(job: &Job) -> bool {
    match job.state {
        JobState::Running | JobState::Waiting => true,
        JobState::Paused => job.wish == Some(Wish::Cancel),
        _ => false,
    }
}

/// A title on one line; never empty.
pub(crate) fn titled(title: &str) -> String {
    let line: String = visible_line(title).chars().take(120).collect();
    if line.is_empty() { "People".to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::Options;
    use crate::apollo::Origin;
    use crate::clock::SystemClock;
    use crate::persona::FiltersInput;
    use crate::secrets::MemoryKeys;

    #[tokio::test]
    async fn a_job_that_was_paused_since_it_was_seen_in_the_line_is_not_taken_up() {
        let folder = tempfile::tempdir().unwrap();
        let nobody = Origin::parse("http://127.0.0.1:9").unwrap();
        let options = Options {
            data_dir: folder.path().join("data"),
            apollo: nobody.clone(),
            sandbox: Some(nobody),
            environment_key: None,
            keys: Arc::new(MemoryKeys::default()),
            clock: Arc::new(SystemClock::start()),
            deadline: Duration::from_secs(2),
            background: true,
        };
        let foray = Foray::open(options).await.unwrap();
        let jobs = foray.jobs(TenantId::SAMPLE).await.unwrap();
        let agreed = Agreed { calls: Some(1), credits: 0 };
        let filters = FiltersInput { seniorities: vec!["vp".to_owned()], ..FiltersInput::default() };
        let input = RerunInput { persona_id: None, filters, past_cache: false, agreed };
        let id = jobs.add_rerun("VPs", input).await.unwrap().id;
        assert!(foray.claim_next(TenantId::SAMPLE, id).await.unwrap().is_some(), "it is its turn");
        jobs.pause(id).await.unwrap();
        assert!(foray.claim_next(TenantId::SAMPLE, id).await.unwrap().is_none());
        jobs.resume(id, None).await.unwrap();
        assert!(foray.claim_next(TenantId::SAMPLE, id).await.unwrap().is_some());
    }
}
