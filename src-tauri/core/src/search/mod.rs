//! One search, in the order that keeps money and limits safe: fresh cache, gate, single flight, breaker, limiter, Apollo,
//! store. Every answer says where its rows came from; a fallback is never kept and never looks like “no results”.

mod alone;
mod attempt;
mod call;
mod flight;
mod lookup;
mod paying;
mod retry;
mod stand_in;
mod unwritten;

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::broadcast;

use crate::access::Access;
use crate::activity::{Activity, Outcome};
use crate::answer::{Answer, Source};
use crate::apollo::Endpoint;
use crate::apollo::response::PeoplePage;
use crate::clock::Clock;
use crate::error::Error;
use crate::persona::SearchRequest;
use crate::rate_limit::Haste;
use crate::tenant::TenantId;
use crate::workspace::{EndpointSetting, Workspaces};

use attempt::{Attempt, Costs, fetched};
pub(crate) use call::random;
pub use call::{Asked, Gateway, Try};
use flight::{Flights, Question};
use lookup::Found;
pub(crate) use lookup::{key, question};
pub use unwritten::PaidInMemory;
use unwritten::Unwritten;

/// Searches of all workspaces of one process.
pub struct Searches {
    gateway: Gateway,
    flights: Arc<Flights>,
    workspaces: Workspaces,
    activity: Activity,
    background: Background,
    clock: Arc<dyn Clock>,
    unwritten: Arc<Unwritten>,
}

/// Whether this process may ask by itself, and who hears that it has. The command line makes no call nobody asked for.
#[derive(Debug, Clone)]
pub struct Background {
    allowed: bool,
    refreshed: broadcast::Sender<TenantId>,
}

impl Background {
    pub fn new(allowed: bool) -> Self {
        Self { allowed, refreshed: broadcast::channel(BACKLOG).0 }
    }

    /// Workspaces in which an answer was asked for again in the background, from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<TenantId> {
        self.refreshed.subscribe()
    }
}

/// Refreshed answers that a listener may lag behind before it misses the oldest.
const BACKLOG: usize = 64;

/// Both endpoints; a full row is worth more.
pub(crate) const EITHER: [Endpoint; 2] = [Endpoint::Full, Endpoint::Free];

impl Searches {
    pub fn new(
        gateway: Gateway,
        workspaces: Workspaces,
        activity: Activity,
        background: Background,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let unwritten = Arc::new(Unwritten::new(workspaces.clone()));
        Self { gateway, flights: Arc::default(), workspaces, activity, background, clock, unwritten }
    }

    pub fn gateway(&self) -> &Gateway {
        &self.gateway
    }

    pub(crate) fn unwritten(&self) -> &Unwritten {
        &self.unwritten
    }

    /// A fresh kept answer, else Apollo's.
    ///
    /// # Errors
    /// What is neither Apollo's nor the limiter's doing: the disk, a question Apollo refuses. All else is an answer.
    pub async fn search(self: &Arc<Self>, access: &Access, request: &SearchRequest) -> Result<Answer, Error> {
        let candidates = self.candidates(access).await?;
        let kept = match self.kept(access, &candidates, request).await {
            Ok(kept) => kept,
            // What may have been paid for is not paid for again because it can't be read.
            Err(error) if self.may_cost(access).await? => return Err(error),
            // Otherwise a cache that can't be read costs a call, not the search.
            Err(_) => None,
        };
        let answer = match kept {
            Some(found) if found.fresh => Ok(from_cache(found, request, Source::Cached)),
            Some(found) if self.may_refresh_behind(access).await? => {
                self.refresh_behind(access, request);
                let mut answer = from_cache(found, request, Source::Stale);
                answer.notice = Some("Older than a day. Apollo is being asked again in the background.".to_owned());
                return Ok(answer);
            }
            _ => self.ask(access, request, false).await,
        };
        self.note(access, answer)
    }

    /// Whether old rows may be shown while new ones are asked for: only where the user wants it, to whoever clicks, and
    /// where it costs no credits.
    async fn may_refresh_behind(&self, access: &Access) -> Result<bool, Error> {
        let wanted = self.background.allowed && access.workspace.refresh_stale && access.haste == Haste::Click;
        Ok(wanted && self.endpoint(access).await?.0 == Endpoint::Free)
    }

    fn refresh_behind(self: &Arc<Self>, access: &Access, request: &SearchRequest) {
        let (this, mut access, request) = (Arc::clone(self), access.clone(), request.clone());
        // Whatever is changed meanwhile, it costs no credit and not the hour's last call.
        access.workspace.endpoint = EndpointSetting::Free;
        access.haste = Haste::LongWork;
        tokio::spawn(async move {
            let answer = this.ask(&access, &request, false).await;
            // What it came to is counted, kept and shown from the cache; nobody waits for it.
            drop(this.note(&access, answer));
            drop(this.background.refreshed.send(access.tenant()));
        });
    }

    /// Apollo's answer, past the cache.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub async fn refresh(self: &Arc<Self>, access: &Access, request: &SearchRequest) -> Result<Answer, Error> {
        let answer = self.ask(access, request, true).await;
        self.note(access, answer)
    }

    /// Whether asking may cost credits.
    async fn may_cost(&self, access: &Access) -> Result<bool, Error> {
        Ok(access.may_cost(self.endpoint(access).await?.0))
    }

    /// Counts what became of a question.
    fn note(&self, access: &Access, answer: Result<Answer, Error>) -> Result<Answer, Error> {
        let outcome = Outcome::of(&answer);
        // Work that waits asks again and again whether it may go on; nobody's question is refused by that.
        if outcome != Outcome::Refused || access.haste == Haste::Click {
            self.activity.note(access.tenant(), outcome, self.clock.now());
        }
        answer
    }

    /// The best kept answer of these endpoints. Its people are in the store of the workspace from now on.
    async fn kept(
        &self,
        access: &Access,
        endpoints: &[Endpoint],
        request: &SearchRequest,
    ) -> Result<Option<Found>, Error> {
        let found = lookup::newest(access, endpoints, request, self.clock.now()).await?;
        if let Some(found) = &found {
            let page = || {
                // What it took is told by whoever fetched it; that is not known here any more.
                let free = found.endpoint.credits_at_most() == 0 || access.workspace.sample;
                let kept = Costs { calls_spent: 0, credits_spent: free.then_some(0.0) };
                fetched(access, found.endpoint, request, &found.page, found.stored_at, kept).ok()
            };
            access.files.store.notice(&found.key, found.stored_at, page);
        }
        Ok(found)
    }

    /// What is kept, fresh or stale; never a call.
    ///
    /// # Errors
    /// When the cache can't be read.
    pub async fn peek(&self, access: &Access, request: &SearchRequest) -> Result<Option<Answer>, Error> {
        let candidates = self.candidates(access).await?;
        let found = self.kept(access, &candidates, request).await?;
        Ok(found.map(|found| {
            let source = if found.fresh { Source::Cached } else { Source::Stale };
            let mut answer = from_cache(found, request, source);
            if source == Source::Stale {
                answer.notice = Some("Older than a day. Refresh asks Apollo again.".to_owned());
            }
            answer
        }))
    }

    /// The endpoint that the next search asks first, and why “auto” uses the free one.
    ///
    /// # Errors
    /// When the registry can't be read.
    pub async fn endpoint(&self, access: &Access) -> Result<(Endpoint, Option<String>), Error> {
        if let Some(fixed) = access.workspace.endpoint.fixed() {
            return Ok((fixed, None));
        }
        let account = access.account.as_ref().map(ToString::to_string);
        let because = self.workspaces.remembered_free(access.tenant(), account).await?;
        Ok((if because.is_some() { Endpoint::Free } else { Endpoint::Full }, because))
    }

    /// What answers a search of `endpoint` before it is sent, because Apollo has refused the like.
    ///
    /// # Errors
    /// When the registry can't be read.
    pub async fn gate(&self, access: &Access, endpoint: Endpoint) -> Result<Option<Error>, Error> {
        let Some(account) = access.account else { return Ok(None) };
        let paid = endpoint.credits_at_most() > 0 && !access.workspace.sample;
        match self.gateway.gates().check(account, endpoint.path(), paid, self.clock.now()).await {
            Ok(()) => Ok(None),
            Err(shut @ (Error::KeyRejected | Error::Forbidden { .. } | Error::OutOfCredits)) => Ok(Some(shut)),
            Err(error) => Err(error),
        }
    }

    /// Endpoints whose kept answers may serve instead of a call. Full rows that were paid for serve also when “auto” has
    /// come to the free endpoint; free ones don't keep “auto” from asking for full ones, unless nothing can be asked.
    async fn candidates(&self, access: &Access) -> Result<Vec<Endpoint>, Error> {
        let (first, _) = self.endpoint(access).await?;
        if access.workspace.endpoint == EndpointSetting::Auto && (first == Endpoint::Free || access.account.is_none()) {
            return Ok(EITHER.to_vec());
        }
        Ok(vec![first])
    }

    /// Asks Apollo, together with whoever asks the same at this moment; falls back to what is kept.
    async fn ask(self: &Arc<Self>, access: &Access, request: &SearchRequest, refresh: bool) -> Result<Answer, Error> {
        let (first, _) = self.endpoint(access).await?;
        if let Some(account) = access.account
            && let Err(error) = self.gateway.gates().check_key(account, self.clock.now()).await
        {
            // Before anybody is joined and before the keyring is woken for a key that is no good.
            return self.stand_in(access, request, &Attempt::failed(first, error.clone()), error).await;
        }
        let may_change = access.workspace.endpoint == EndpointSetting::Auto && first == Endpoint::Full;
        let question = Question::new(access.tenant(), request, first, may_change);
        let mut attempt = self.fly(access, request, &question, refresh).await;
        // Joined somebody who was content with what is kept, or long work that leaves the last calls to clicks.
        let content = refresh && attempt.source == Source::Cached;
        let held_back = access.haste == Haste::Click && matches!(attempt.outcome, Err(Error::RateLimited { .. }));
        if content || held_back {
            attempt = self.fly(access, request, &question, refresh).await.after(attempt);
        }
        match attempt.outcome.clone() {
            Ok((page, as_of)) => Ok(answered(&attempt, page, as_of, request)),
            Err(error) => self.stand_in(access, request, &attempt, error).await,
        }
    }

    async fn fly(
        self: &Arc<Self>,
        access: &Access,
        request: &SearchRequest,
        question: &Question,
        refresh: bool,
    ) -> Attempt {
        let (this, asking, asked) = (Arc::clone(self), access.clone(), request.clone());
        let landed =
            self.flights.join(question.clone(), || async move { this.attempt(&asking, &asked, refresh).await }).await;
        landed.attempt()
    }
}

fn answered(attempt: &Attempt, page: PeoplePage, as_of: Timestamp, request: &SearchRequest) -> Answer {
    Answer {
        source: attempt.source,
        as_of,
        calls_spent: attempt.calls_spent,
        credits_spent: attempt.credits_spent,
        endpoint: attempt.endpoint,
        total_entries: page.total_entries,
        page: request.page,
        page_size: request.page_size,
        total_pages: page.total_pages(request.page_size),
        people: page.people,
        notice: joined(&attempt.notices),
        reason: None,
    }
}

fn from_cache(found: Found, request: &SearchRequest, source: Source) -> Answer {
    Answer {
        source,
        as_of: found.stored_at,
        calls_spent: 0,
        credits_spent: Some(0.0),
        endpoint: found.endpoint,
        total_entries: found.page.total_entries,
        page: request.page,
        page_size: request.page_size,
        total_pages: found.page.total_pages(request.page_size),
        people: found.page.people,
        notice: None,
        reason: None,
    }
}

fn joined(notices: &[String]) -> Option<String> {
    (!notices.is_empty()).then(|| notices.join(" "))
}
