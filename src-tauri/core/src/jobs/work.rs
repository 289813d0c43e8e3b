//! One job as work under way: what it opens, its next step, how far it is. A further kind of work is one more arm here.

use super::claim::Claimed;
use super::rerun::RerunWork;
use super::{JobProgress, JobResult, JobSpec};
use crate::access::Access;
use crate::enrich::EnrichWork;
use crate::error::{Error, Reason};
use crate::export::ExportWork;
use crate::foray::Foray;

/// What a step came to.
#[derive(Debug)]
pub enum Step {
    /// Its answer is committed; there are more.
    More,
    /// There are no more: the job is done.
    Done(JobResult),
    /// It brought nothing now.
    NotNow { reason: Reason, calls_spent: u32 },
}

/// A job under way.
pub enum Work {
    Export(Box<ExportWork>),
    Rerun(Box<RerunWork>),
    Enrich(Box<EnrichWork>),
}

impl Work {
    /// Takes up a job where its committed steps end.
    ///
    /// # Errors
    /// Whatever keeps it from being taken up; the disk.
    pub async fn open(foray: &Foray, claimed: &mut Claimed) -> Result<Self, Error> {
        let file = claimed.file.take();
        Ok(match &claimed.row.job.spec {
            JobSpec::Export(input) => Self::Export(Box::new(ExportWork::open(foray, &claimed.row, input, file).await?)),
            JobSpec::Rerun(input) => Self::Rerun(Box::new(RerunWork::open(foray, &claimed.row, input).await?)),
            JobSpec::Enrich(order) => Self::Enrich(Box::new(EnrichWork::open(foray, &claimed.row, order).await?)),
        })
    }

    /// Does the next step and commits its answer.
    ///
    /// # Errors
    /// The disk, a workspace that is gone, credits that were not agreed to, a question Apollo refuses.
    pub async fn step(&mut self, foray: &Foray) -> Result<Step, Error> {
        match self {
            Self::Export(work) => work.step(foray).await,
            Self::Rerun(work) => work.step(foray).await,
            Self::Enrich(work) => work.step(foray).await,
        }
    }

    /// Tidies up behind a job that nobody goes on with for now.
    ///
    /// # Errors
    /// The disk.
    pub async fn leave(&mut self) -> Result<(), Error> {
        match self {
            Self::Export(work) => work.leave().await,
            Self::Rerun(_) | Self::Enrich(_) => Ok(()),
        }
    }

    pub fn progress(&self) -> JobProgress {
        match self {
            Self::Export(work) => work.progress(),
            Self::Rerun(work) => work.progress(),
            Self::Enrich(work) => work.progress(),
        }
    }

    /// How the next call would be made.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the workspace is gone; the disk.
    pub async fn access(&self, foray: &Foray) -> Result<Access, Error> {
        match self {
            Self::Export(work) => work.access(foray).await,
            Self::Rerun(work) => work.access(foray).await,
            Self::Enrich(work) => work.access(foray).await,
        }
    }

    /// Whether what was paid for is in memory alone: it is written by the next step, which then asks nobody.
    pub fn is_unwritten(&self) -> bool {
        matches!(self, Self::Enrich(work) if work.is_unwritten())
    }

    /// How many people or companies that were paid for are in memory alone.
    pub fn unwritten(&self) -> u64 {
        match self {
            Self::Enrich(work) => work.unwritten(),
            Self::Export(_) | Self::Rerun(_) => 0,
        }
    }

    /// The endpoint that each of its steps pays at; none for what only searches.
    pub fn pays_at(&self) -> Option<&'static str> {
        match self {
            Self::Enrich(work) => Some(work.pays_at()),
            Self::Export(_) | Self::Rerun(_) => None,
        }
    }
}
