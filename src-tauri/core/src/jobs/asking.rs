//! How a job asks for a page: as work that leaves calls to clicks, within the credits agreed to, and so that a page which
//! was under way when its process died is not paid twice.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::Agreed;
use super::page::Page;
use crate::access::Access;
use crate::answer::{Answer, Source};
use crate::apollo::Endpoint;
use crate::error::{Error, Reason};
use crate::foray::Foray;
use crate::people::FetchedPage;
use crate::persona::SearchRequest;
use crate::rate_limit::Haste;
use crate::search;
use crate::tenant::TenantId;
use crate::workspace::EndpointSetting;

const KEEPS_TO_FULL: &str = " What began with the full search keeps to it. To have everybody as stubs, set the workspace to the \
                             free search and start anew, an export to another file.";

const BROKE_OFF: &str = " A call that was under way when Foray ended may have been paid, so it counts as used.";

/// Which answers are good enough for a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepts {
    /// Those that came since the job began.
    New,
    /// Also kept ones that are fresh.
    Fresh,
    /// Also older ones, where Apollo can't be asked.
    Stale,
}

/// What a job knows of its asking.
#[derive(Debug, Clone)]
pub struct Asking {
    pub tenant: TenantId,
    pub job: Uuid,
    /// What the job is called.
    pub title: String,
    pub haste: Haste,
    pub accepts: Accepts,
    /// An answer that came since then came of this job.
    pub since: Timestamp,
    /// The endpoint it asks, whatever is set meanwhile; none until its first page has told.
    pub endpoint: Option<Endpoint>,
    /// What may still be used.
    pub left: Agreed,
    /// The page that may have been asked for by a process which then died.
    pub under_way: bool,
    /// Calls that brought no page, so far.
    pub calls_in_vain: u32,
    /// Processes that died with a call under way.
    pub deaths: u32,
}

/// What asking came to.
#[derive(Debug)]
pub enum Asked {
    Page {
        page: Page,
        endpoint: Endpoint,
        calls_used: u32,
        credits_at_most: u32,
        /// It is the answer to the question that was under way when the job's process died.
        was_under_way: bool,
    },
    Nothing {
        reason: Reason,
        calls_spent: u32,
        credits_at_most: u32,
    },
}

impl Asking {
    /// The access for the next call: key and settings as they are now, since whatever was changed binds from here on.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the workspace is gone; the disk.
    pub async fn access(&self, foray: &Foray) -> Result<Access, Error> {
        let mut access = foray.access(self.tenant).await?;
        access.haste = self.haste;
        access.job = Some(self.job);
        access.title = Some(self.title.clone());
        access.calls_at_most = self.left.calls;
        access.workspace.endpoint = match self.endpoint {
            Some(Endpoint::Full) => EndpointSetting::Full,
            Some(Endpoint::Free) => EndpointSetting::Free,
            None => access.workspace.endpoint,
        };
        Ok(access)
    }

    /// Asks for a page, if it costs no more than is left of what was agreed.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`]; the disk, a question Apollo refuses.
    pub async fn ask(&mut self, foray: &Foray, next: &SearchRequest) -> Result<Asked, Error> {
        let access = self.access(foray).await?;
        let answer = match self.answer(foray, &access, next).await {
            Ok(answer) => answer,
            Err(error) => return self.refused(error),
        };
        let came_of_us = answer.source == Source::Cached && answer.as_of > self.since;
        let was_under_way = std::mem::take(&mut self.under_way) && came_of_us;
        let paid = answer.credits_spent != Some(0.0);
        let credits_at_most = if paid { Endpoint::Full.credits_at_most() } else { 0 };
        self.left = self.left.less(Agreed { calls: Some(answer.calls_spent), credits: credits_at_most });
        if let Some(reason) = self.not_good_enough(&answer) {
            self.calls_in_vain += answer.calls_spent;
            return Ok(Asked::Nothing { reason, calls_spent: answer.calls_spent, credits_at_most });
        }
        let calls_used = answer.calls_spent;
        let endpoint = *self.endpoint.get_or_insert(answer.endpoint);
        let people = Arc::clone(&answer.people);
        let mut page = Page::from(answer);
        if came_of_us {
            page.source = Source::Live;
        }
        if was_under_way {
            page.calls_spent = 1;
            if endpoint == Endpoint::Full && !access.workspace.sample {
                page.credits_spent = None;
            }
        }
        let fetched = FetchedPage {
            question: search::question(&next.filters)?,
            filters: next.filters.clone(),
            persona: next.persona_id,
            job: Some(self.job),
            origin: access.origin_label.clone(),
            endpoint,
            page: next.page,
            page_size: next.page_size,
            fetched_at: page.fetched_at,
            total_entries: page.total_entries,
            calls_spent: page.calls_spent,
            credits_spent: page.credits_spent,
            people,
        };
        access.files.store.record_of_job(fetched, self.calls_in_vain).await?;
        Ok(Asked::Page { page, endpoint, calls_used, credits_at_most, was_under_way })
    }

    /// A question that Apollo refused has taken its calls; it costs no credits.
    fn refused(&mut self, error: Error) -> Result<Asked, Error> {
        match error {
            Error::Refused { calls_spent, .. } => {
                self.calls_in_vain += calls_spent;
                Ok(Asked::Nothing { reason: error.reason(), calls_spent, credits_at_most: 0 })
            }
            other => Err(other),
        }
    }

    async fn answer(&self, foray: &Foray, access: &Access, next: &SearchRequest) -> Result<Answer, Error> {
        let searches = foray.searches();
        let (endpoint, _) = searches.endpoint(access).await?;
        // Without a key nothing can be spent; the search says that there is none.
        let can_pay = access.account.is_some() && !access.workspace.sample;
        let may_cost = endpoint.credits_at_most() > self.left.credits && can_pay;
        let may_not_call = !access.allows_another(0) && access.account.is_some();
        if may_cost || may_not_call || self.accepts == Accepts::New {
            // What is kept costs nothing, and what came since the job began need not come again.
            let kept = searches.peek(access, next).await?.filter(|answer| answer.source == Source::Cached);
            if let Some(kept) = kept.filter(|kept| self.accepts != Accepts::New || kept.as_of > self.since) {
                return Ok(kept);
            }
        }
        if may_cost || may_not_call {
            let what = if may_cost { "costs more credits" } else { "takes more calls" };
            let because = if self.deaths > 0 { BROKE_OFF } else { "" };
            return Err(Error::NotConfirmed { message: format!("Going on {what} than were agreed.{because}") });
        }
        let mut access = access.clone();
        if endpoint == Endpoint::Free {
            access.workspace.endpoint = EndpointSetting::Free;
        }
        match self.accepts {
            Accepts::New => searches.refresh(&access, next).await,
            Accepts::Fresh | Accepts::Stale => searches.search(&access, next).await,
        }
    }

    /// Why an answer is no page of this job.
    fn not_good_enough(&self, answer: &Answer) -> Option<Reason> {
        let refused =
            answer.source == Source::Empty || (answer.source == Source::Stale && self.accepts != Accepts::Stale);
        refused.then(|| {
            let reason = answer.reason.clone().unwrap_or_else(|| Error::Unreadable.reason());
            self.with_way_out(reason)
        })
    }

    /// Where full rows end, stubs don't fill up the rest.
    fn with_way_out(&self, mut reason: Reason) -> Reason {
        let ended = ["endpoint_closed", "forbidden", "out_of_credits"].contains(&reason.code.as_str());
        if ended && self.endpoint == Some(Endpoint::Full) {
            reason.message.push_str(KEEPS_TO_FULL);
        }
        reason
    }
}
