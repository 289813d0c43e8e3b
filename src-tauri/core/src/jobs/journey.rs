//! A walk whose pages are committed one by one: what an export and a re-run have in common.

use uuid::Uuid;

use super::asking::{Asked, Asking};
use super::page::Page;
use super::store::{Committed, Row, Store};
use super::walk::Walk;
use super::work::Step;
use super::{Agreed, JobProgress};
use crate::error::Error;
use crate::foray::Foray;
use crate::people::Person;

/// What the next page came to.
pub enum Next {
    /// Committed; and whom the walk had not seen before.
    Page {
        page: Page,
        new: Vec<Person>,
    },
    /// The walk is over.
    End,
    NotNow(Step),
}

/// A walk, how it asks, and where its pages are kept.
pub struct Journey {
    pub walk: Walk,
    pub asking: Asking,
    store: Store,
    job: Uuid,
    calls_unknown: u32,
    keeps: fn(Page) -> Page,
}

impl Journey {
    /// Takes up a walk; answers the pages that are committed, which the caller takes first. `keeps` makes of a page what is
    /// kept of it.
    ///
    /// # Errors
    /// [`Error::Storage`] when a kept page is damaged; the disk.
    pub async fn resume(
        foray: &Foray,
        row: &Row,
        mut walk: Walk,
        mut asking: Asking,
        keeps: fn(Page) -> Page,
    ) -> Result<(Self, Vec<Page>), Error> {
        let Row { job, notices, calls_in_vain, credits_unknown, calls_unknown, .. } = row;
        let store = foray.job_store(job.workspace).await?;
        foray.journal(job.workspace).await?.found_after_crash(job.id, foray.clock().now()).await?;
        for notice in notices {
            walk.note(notice);
        }
        walk.spend(*calls_in_vain, if *credits_unknown { None } else { Some(0.0) });
        asking.left = asking.left.less(Agreed { calls: Some(row.calls_used), credits: row.credits_used });
        asking.under_way = *calls_unknown > 0;
        let pages = store.steps(job.id).await?.iter().map(|body| Page::read(body)).collect::<Result<_, _>>()?;
        let journey = Self { walk, asking, store, job: job.id, calls_unknown: *calls_unknown, keeps };
        Ok((journey, pages))
    }

    /// The next page, committed before it is answered.
    ///
    /// # Errors
    /// As [`Asking::ask`].
    pub async fn next(&mut self, foray: &Foray) -> Result<Next, Error> {
        let Some(request) = self.walk.next_request() else {
            self.tell_of_lost_calls();
            return Ok(Next::End);
        };
        match self.asking.ask(foray, &request).await? {
            Asked::Nothing { reason, calls_spent, credits_at_most } => {
                self.walk.spend(calls_spent, if credits_at_most > 0 { None } else { Some(0.0) });
                if calls_spent > 0 {
                    self.store.spent_in_vain(self.job, calls_spent, credits_at_most).await?;
                }
                Ok(Next::NotNow(Step::NotNow { reason, calls_spent }))
            }
            Asked::Page { page, endpoint, calls_used, credits_at_most, was_under_way } => {
                self.calls_unknown -= u32::from(was_under_way);
                let page = (self.keeps)(page);
                let new = self.walk.take(&page);
                let (number, progress) = (self.walk.pages(), self.progress());
                let body = page.sealed()?;
                let step = Committed { number, body, progress, endpoint, calls_used, credits_at_most, was_under_way };
                self.store.commit(self.job, step).await?;
                Ok(Next::Page { page, new })
            }
        }
    }

    pub fn progress(&self) -> JobProgress {
        JobProgress { calls_unknown: self.calls_unknown, ..self.walk.progress() }
    }

    /// Calls that were under way when a process died may have been made, and nobody knows.
    fn tell_of_lost_calls(&mut self) {
        if self.calls_unknown > 0 {
            let calls =
                if self.calls_unknown == 1 { "1 call".to_owned() } else { format!("{} calls", self.calls_unknown) };
            self.walk.note(&format!(
                "Foray was ended in the middle of a call; up to {calls} more than told here may have been made."
            ));
        }
    }
}
