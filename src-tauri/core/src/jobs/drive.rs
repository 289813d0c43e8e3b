//! Drives one job: step after step, as long as it is told nothing else; what holds it up is waited for, or ends the drive.

use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::claim::Claimed;
use super::hold::{Hold, Tries};
use super::store::{Orders, Store};
use super::work::{Step, Work};
use super::{Job, JobResult, JobState, Wish};
use crate::error::{Error, Reason};
use crate::foray::Foray;
use crate::search::random;
use crate::tenant::TenantId;

/// What is waited for may come sooner than it was told, and a wish may come from another process: both are looked for this
/// often, which costs no call.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// However near its moment seems, nothing is asked without a breath in between.
const SHORTEST_NAP: Duration = Duration::from_millis(20);

/// How a job is driven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Ends with the first trouble: nobody wants to wait.
    AtOnce,
    /// Waits for the hour's calls, Apollo and the network; not for a user who is not there.
    Patient,
    /// Waits for everything that may come, and stands back for jobs that are before it in the line.
    InLine,
}

/// How a drive ended. Whatever it is, the job's file says so too.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    Done(JobResult),
    /// Paused, or failed, for this reason.
    Held(Reason),
    /// By a wish.
    Wished(Wish),
    /// Others are before it in the line.
    StoodBack,
    /// By the token: left where it was.
    Stopped,
}

/// One job under way.
struct Drive<'a, H> {
    foray: &'a Foray,
    store: Store,
    manner: Manner,
    stop: &'a CancellationToken,
    heard: H,
    job: Job,
    /// How long the last step took.
    step: Duration,
}

impl Foray {
    /// Runs a job here and now, until it is done or ends otherwise; `heard` is told of each change.
    ///
    /// # Errors
    /// [`Error::BadInput`] while another process runs it, or when it is done; the disk.
    pub async fn run_job(
        &self,
        tenant: TenantId,
        id: Uuid,
        manner: Manner,
        stop: &CancellationToken,
        heard: impl FnMut(&Job) + Send,
    ) -> Result<Ended, Error> {
        let Some(claimed) = self.claim_job(tenant, id).await? else {
            return Err(Error::bad_input("job", "Another Foray runs this job. `jobs pause` stops it there."));
        };
        self.drive(claimed, manner, stop, heard).await
    }

    /// Drives a job that is ours until it ends; `heard` is told of each change. A call under way is waited for before a stop
    /// or a wish takes effect, since it may have been paid.
    ///
    /// # Errors
    /// When the job's file can't be written, so that what became of the job could not be noted.
    pub(crate) async fn drive(
        &self,
        mut claimed: Claimed,
        manner: Manner,
        stop: &CancellationToken,
        heard: impl FnMut(&Job) + Send,
    ) -> Result<Ended, Error> {
        let job = claimed.row.job.clone();
        let store = self.job_store(job.workspace).await?;
        let mut drive = Drive { foray: self, store, manner, stop, heard, job, step: Duration::ZERO };
        let mut work = None;
        let ended = drive.until_it_ends(&mut claimed, &mut work).await?;
        match &ended {
            Ended::Done(_) => claimed.claim.end(),
            // What stays is an empty file with its head; the job's end is told all the same.
            ended if leaves_nothing(ended) => drop(leave(work).await),
            _ => {}
        }
        Ok(ended)
    }
}

impl<H: FnMut(&Job) + Send> Drive<'_, H> {
    async fn until_it_ends(&mut self, claimed: &mut Claimed, work: &mut Option<Work>) -> Result<Ended, Error> {
        let mut tries = Tries::default();
        loop {
            if work.as_ref().is_some_and(Work::is_unwritten) {
                if self.stop.is_cancelled() {
                    // The process ends: a last try.
                    drop(self.step(claimed, work).await);
                    return self.told_to_end().await.map(|ended| ended.unwrap_or(Ended::Stopped));
                }
            } else if let Some(ended) = self.told_to_end().await? {
                return Ok(ended);
            }
            let began_ms = self.foray.clock().boot_ms();
            let stepped = self.step(claimed, work).await;
            self.foray.board().holds(self.job.id, work.as_ref().map_or(0, Work::unwritten));
            match stepped {
                Ok(Step::More) => {
                    tries = Tries::default();
                    if self.job.state != JobState::Running {
                        // What the disk refused is written.
                        self.foray.board().goes_on(self.job.id);
                        self.begin().await?;
                    }
                    let took_ms = self.foray.clock().boot_ms() - began_ms;
                    self.step = Duration::from_millis(took_ms.unsigned_abs());
                    self.note_progress(work.as_ref()).await;
                    self.tell();
                }
                Ok(Step::Done(result)) => return self.finish(result).await,
                Ok(Step::NotNow { reason, calls_spent }) => {
                    if let Some(ended) = self.hold(work.as_ref(), reason, calls_spent, &mut tries).await? {
                        return Ok(ended);
                    }
                }
                Err(error) => {
                    // What was not committed may be half done in memory: it is taken up anew from the file.
                    *work = None;
                    if let Some(ended) = self.hold(None, error.reason(), 0, &mut tries).await? {
                        return Ok(ended);
                    }
                    let row = self.store.find(self.job.id).await?;
                    claimed.row = row.ok_or_else(|| Error::not_found("job", &self.job.id.to_string()))?;
                }
            }
        }
    }

    /// One step in its turn; takes the work up first, if it is not yet.
    async fn step(&mut self, claimed: &mut Claimed, work: &mut Option<Work>) -> Result<Step, Error> {
        let work = if let Some(work) = work {
            work
        } else {
            let opened = Work::open(self.foray, claimed).await?;
            self.job.progress = opened.progress();
            self.begin().await?;
            work.insert(opened)
        };
        if work.is_unwritten() {
            return work.step(self.foray).await;
        }
        let access = work.access(self.foray).await?;
        let _turn = self.foray.board().turn(&access).await;
        work.step(self.foray).await
    }

    /// From here on a process that dies may have spent a call.
    async fn begin(&mut self) -> Result<(), Error> {
        let now = self.foray.clock().now();
        self.store.begin(self.job.id, now).await?;
        self.job.state = JobState::Running;
        self.job.reason = None;
        self.job.needs_consent = false;
        self.job.ended_at = None;
        self.job.started_at.get_or_insert(now);
        self.tell();
        Ok(())
    }

    /// Whether the job is told to end here: by the token, by a wish, by others in the line.
    async fn told_to_end(&mut self) -> Result<Option<Ended>, Error> {
        if self.stop.is_cancelled() {
            if self.manner == Manner::InLine {
                self.put(JobState::Queued, None).await?;
            } else {
                self.put(JobState::Paused, Some(left())).await?;
            }
            return Ok(Some(Ended::Stopped));
        }
        let Some(orders) = self.store.orders(self.job.id).await? else {
            return Ok(Some(Ended::Held(Error::not_found("job", &self.job.title).reason())));
        };
        match orders {
            Orders { wish: Some(wish), .. } if !self.owes_first(wish).await? => {
                let state = if wish == Wish::Pause { JobState::Paused } else { JobState::Cancelled };
                self.put(state, None).await?;
                Ok(Some(Ended::Wished(wish)))
            }
            Orders { stands_back: true, .. } if self.manner == Manner::InLine => {
                self.put(JobState::Queued, None).await?;
                Ok(Some(Ended::StoodBack))
            }
            _ => Ok(None),
        }
    }

    /// Whether something that is paid for has to come before a wish is obeyed.
    async fn owes_first(&self, wish: Wish) -> Result<bool, Error> {
        Ok(wish == Wish::Cancel && self.foray.owes_mobiles(&self.job).await?)
    }

    /// Waits for what holds the job up, or puts it aside. None when it is to be tried again.
    async fn hold(
        &mut self,
        work: Option<&Work>,
        reason: Reason,
        calls_spent: u32,
        tries: &mut Tries,
    ) -> Result<Option<Ended>, Error> {
        let now = self.foray.clock().now();
        self.note_progress(work).await;
        let hold = Hold::of(&reason);
        let waits = match hold {
            Hold::Disk => true,
            Hold::Until(_) | Hold::Failing => self.manner != Manner::AtOnce,
            Hold::Key => self.manner == Manner::InLine,
            Hold::User | Hold::Never => false,
        };
        let due = if waits { tries.next_due(&reason, calls_spent, now, random()) } else { None };
        let Some(due) = due else {
            let state = if hold == Hold::Never { JobState::Failed } else { JobState::Paused };
            self.put(state, Some(reason.clone())).await?;
            return Ok(Some(Ended::Held(reason)));
        };
        let reset_at = if matches!(hold, Hold::Key | Hold::Disk) { None } else { Some(due) };
        let reason = Reason { reset_at, ..reason };
        let noted = self.store.wait(self.job.id, &reason).await;
        if hold != Hold::Disk {
            noted?;
        }
        self.job.state = JobState::Waiting;
        self.job.reason = Some(reason.clone());
        if hold == Hold::Disk {
            // The file may not have taken that either.
            self.foray.board().stands_still(self.job.clone(), reason.clone());
        }
        self.tell();
        self.wait(work, &reason, due, hold).await?;
        if work.is_some() && hold != Hold::Disk {
            self.begin().await?;
        }
        Ok(None)
    }

    /// Until it is worth trying again, or the job is told to end.
    async fn wait(&mut self, work: Option<&Work>, reason: &Reason, due: Timestamp, hold: Hold) -> Result<(), Error> {
        let mut stirs = self.foray.board().stirs();
        let began = self.foray.clock().read();
        // By the clock that nobody sets: the wall clock may be put back while it waits.
        let due_boot_ms = began.boot_ms + (due.as_millisecond() - began.wall_ms);
        loop {
            let now = self.foray.clock().read();
            let is_due = now.wall_ms >= due.as_millisecond() || now.boot_ms >= due_boot_ms;
            if self.stop.is_cancelled() || (is_due && hold != Hold::Key) {
                return Ok(());
            }
            let orders = self.store.orders(self.job.id).await?;
            let in_line = self.manner == Manner::InLine;
            if hold != Hold::Disk {
                let Some(Orders { wish, stands_back }) = orders else { return Ok(()) };
                let is_told = match wish {
                    Some(wish) => !self.owes_first(wish).await?,
                    None => in_line && stands_back,
                };
                if is_told {
                    return Ok(());
                }
            }
            let left_ms = (due.as_millisecond() - now.wall_ms).max(0).unsigned_abs();
            let nap = if hold == Hold::Key { LONGEST_NAP } else { Duration::from_millis(left_ms) };
            tokio::select! {
                () = tokio::time::sleep(nap.clamp(SHORTEST_NAP, LONGEST_NAP)) => {}
                () = self.stop.cancelled() => {}
                () = stirred(&mut stirs, self.job.id) => return Ok(()),
            }
            if let Some(work) = work
                && self.foray.may_go_on(&work.access(self.foray).await?, work.pays_at(), reason).await
            {
                return Ok(());
            }
        }
    }

    async fn finish(&mut self, result: JobResult) -> Result<Ended, Error> {
        let now = self.foray.clock().now();
        self.store.finish(self.job.id, &result, now).await?;
        self.job.state = JobState::Done;
        self.job.reason = None;
        self.job.wish = None;
        self.job.ended_at = Some(now);
        self.job.progress.ready_at = None;
        self.job.result = Some(result.clone());
        self.tell();
        Ok(Ended::Done(result))
    }

    async fn put(&mut self, state: JobState, reason: Option<Reason>) -> Result<(), Error> {
        let now = self.foray.clock().now();
        self.store.put(self.job.id, state, reason.as_ref(), now).await?;
        self.job.state = state;
        self.job.reason = reason;
        self.job.needs_consent = self.job.asks_for_consent();
        self.job.wish = None;
        self.job.ended_at = state.is_over().then_some(now);
        self.tell();
        Ok(())
    }

    async fn note_progress(&mut self, work: Option<&Work>) {
        let Some(work) = work else { return };
        self.job.progress = work.progress();
        if let Ok(access) = work.access(self.foray).await {
            self.job.progress.ready_at = self.foray.ready_at(&self.job, &access, self.step).await;
        }
    }

    fn tell(&mut self) {
        (self.heard)(&self.job);
        self.foray.board().tell(self.job.clone());
    }
}

impl Foray {
    /// Pauses a job that is ours, for this reason.
    ///
    /// # Errors
    /// The disk.
    pub(crate) async fn put_aside(&self, claimed: &Claimed, reason: &Reason) -> Result<(), Error> {
        let mut job = claimed.row.job.clone();
        self.job_store(job.workspace).await?.put(job.id, JobState::Paused, Some(reason), self.clock().now()).await?;
        job.state = JobState::Paused;
        job.reason = Some(reason.clone());
        self.board().tell(job);
        Ok(())
    }
}

/// Whether an end is one without rows worth a file: nobody may ask, or nobody wants it any more.
fn leaves_nothing(ended: &Ended) -> bool {
    match ended {
        Ended::Held(reason) => Hold::of(reason) == Hold::Key,
        Ended::Wished(wish) => *wish == Wish::Cancel,
        _ => false,
    }
}

async fn leave(work: Option<Work>) -> Result<(), Error> {
    match work {
        Some(mut work) => work.leave().await,
        None => Ok(()),
    }
}

/// Wakes with the next stir that is about this job.
async fn stirred(stirs: &mut tokio::sync::watch::Receiver<super::turns::Stir>, job: Uuid) {
    while stirs.changed().await.is_ok() {
        if stirs.borrow_and_update().job.is_none_or(|about| about == job) {
            return;
        }
    }
    // Nobody is left who could stir.
    std::future::pending::<()>().await;
}

/// Why a job that the command line left is paused: it makes no call that was not asked for.
pub(super) fn left() -> Reason {
    Reason {
        code: "left".to_owned(),
        message: "The program that ran it has ended. Resume it to go on.".to_owned(),
        reset_at: None,
    }
}
