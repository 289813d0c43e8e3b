//! A persona's whole search, fetched again: the answers go where those of a search go, and the job keeps only the ids, to
//! know when it has seen everybody.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::asking::{Accepts, Asking};
use super::journey::{Journey, Next};
use super::page::Page;
use super::store::Row;
use super::walk::Walk;
use super::work::Step;
use super::{Agreed, JobProgress, JobResult};
use crate::access::Access;
use crate::error::Error;
use crate::foray::Foray;
use crate::persona::request::LARGEST_PAGE_SIZE;
use crate::persona::{FiltersInput, SearchInput, SearchRequest};
use crate::rate_limit::Haste;

/// A re-run as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RerunInput {
    pub persona_id: Option<String>,
    pub filters: FiltersInput,
    /// Asks Apollo also for pages that are kept; otherwise only for those that are not.
    pub past_cache: bool,
    pub agreed: Agreed,
}

impl RerunInput {
    /// Its first page.
    ///
    /// # Errors
    /// [`Error::BadInput`].
    pub fn request(&self) -> Result<SearchRequest, Error> {
        SearchRequest::check(&SearchInput {
            persona_id: self.persona_id.clone(),
            filters: self.filters.clone(),
            page: Some(1),
            page_size: Some(LARGEST_PAGE_SIZE.into()),
        })
    }
}

/// A finished re-run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RerunDone {
    /// Different people seen.
    pub rows: u64,
    /// People who match.
    pub people_total: Option<u64>,
    pub pages: u32,
    pub calls_spent: u32,
    /// Null when Apollo did not tell.
    pub credits_spent: Option<f64>,
    pub notices: Vec<String>,
}

/// A re-run under way.
pub struct RerunWork {
    journey: Journey,
}

impl RerunWork {
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub async fn open(foray: &Foray, row: &Row, input: &RerunInput) -> Result<Self, Error> {
        let job = &row.job;
        let asking = Asking {
            tenant: job.workspace,
            job: job.id,
            title: job.title.clone(),
            haste: Haste::LongWork,
            accepts: if input.past_cache { Accepts::New } else { Accepts::Fresh },
            since: job.created_at,
            endpoint: row.endpoint,
            left: input.agreed,
            under_way: false,
            calls_in_vain: row.calls_in_vain,
            deaths: row.calls_unknown,
        };
        let walk = Walk::of_all(input.request()?, None);
        let (mut journey, pages) = Journey::resume(foray, row, walk, asking, Page::of_ids).await?;
        for page in &pages {
            journey.walk.take(page);
        }
        Ok(Self { journey })
    }

    /// # Errors
    /// As [`super::work::Work::step`].
    pub async fn step(&mut self, foray: &Foray) -> Result<Step, Error> {
        Ok(match self.journey.next(foray).await? {
            Next::Page { .. } => Step::More,
            Next::NotNow(step) => step,
            Next::End => Step::Done(JobResult::Rerun(self.done())),
        })
    }

    fn done(&self) -> RerunDone {
        let walk = &self.journey.walk;
        RerunDone {
            rows: walk.rows(),
            people_total: walk.total(),
            pages: walk.pages(),
            calls_spent: walk.calls_spent(),
            credits_spent: walk.credits_spent(),
            notices: walk.notices().to_vec(),
        }
    }

    pub fn progress(&self) -> JobProgress {
        self.journey.progress()
    }

    /// # Errors
    /// As [`Asking::access`].
    pub async fn access(&self, foray: &Foray) -> Result<Access, Error> {
        self.journey.asking.access(foray).await
    }
}
