//! One question to Apollo, from the wait for others who ask the same to what is kept of the answer: its people, its time
//! and its cost.

use std::sync::Arc;

use jiff::Timestamp;

use super::alone::Alone;
use super::call::{Asked, Try, random};
use super::paying::Sent;
use super::unwritten::UnwrittenPage;
use super::{Searches, lookup, retry};
use crate::access::{Access, Account};
use crate::answer::Source;
use crate::apollo::Endpoint;
use crate::apollo::response::{PeoplePage, read_page};
use crate::enrich::Journal;
use crate::error::Error;
use crate::people::FetchedPage;
use crate::persona::SearchRequest;
use crate::workspace::EndpointSetting;

/// What asking Apollo came to, before it is known whether a kept answer can stand in.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub endpoint: Endpoint,
    /// Live, or cached when the answer had come while this question was on its way to be asked.
    pub source: Source,
    pub calls_spent: u32,
    pub credits_spent: Option<f64>,
    pub notices: Vec<String>,
    pub outcome: Result<(PeoplePage, Timestamp), Error>,
}

impl Searches {
    /// One question to Apollo: on the endpoint in use, and once more on the free one if “auto” finds the full one shut.
    pub(super) async fn attempt(&self, access: &Access, request: &SearchRequest, refresh: bool) -> Attempt {
        let began = self.clock.now();
        let alone = match lookup::identifier(request) {
            Ok(question) => Alone::with(&access.files.folder, &question).await,
            Err(error) => return Attempt::failed(Endpoint::Full, error),
        };
        if let Some(kept) = self.kept_meanwhile(access, request).await {
            if !refresh {
                return kept;
            }
            // Another process has just been told what this one was about to ask.
            if alone.waited && kept.outcome.as_ref().is_ok_and(|(_, as_of)| *as_of >= began) {
                return Attempt { source: Source::Live, ..kept };
            }
        }
        let endpoint = match self.endpoint(access).await {
            Ok((endpoint, _)) => endpoint,
            Err(error) => return Attempt::failed(Endpoint::Full, error),
        };
        let account = match access.key().await {
            Ok(account) => account,
            Err(error) => return Attempt::failed(endpoint, error),
        };
        let first = self.attempt_on(access, &account, endpoint, request, 0).await;
        let because = reason_to_change(access, endpoint, &first).filter(|_| access.allows_another(first.calls_spent));
        let Some(because) = because else { return first };
        let mut access = access.clone();
        access.calls_at_most = access.calls_at_most.map(|most| most - first.calls_spent);
        let calls_before = first.calls_spent;
        let second = self.attempt_on(&access, &account, Endpoint::Free, request, calls_before).await;
        let mut second = second.after(first);
        second.notices.push(because.clone());
        let remembered = self.workspaces.remember_free(access.tenant(), account.hash.to_string(), because).await;
        if let Err(error) = remembered {
            second.notices.push(format!("This could not be remembered: {error}"));
        }
        second
    }

    /// The answer of somebody who asked the same and got it between our look into the cache and now.
    async fn kept_meanwhile(&self, access: &Access, request: &SearchRequest) -> Option<Attempt> {
        let candidates = self.candidates(access).await.ok()?;
        let found = self.kept(access, &candidates, request).await.ok().flatten()?;
        found.fresh.then(|| Attempt {
            endpoint: found.endpoint,
            source: Source::Cached,
            calls_spent: 0,
            credits_spent: Some(0.0),
            notices: Vec::new(),
            outcome: Ok((found.page, found.stored_at)),
        })
    }

    /// `calls_before`: what the question took before it came to this endpoint.
    async fn attempt_on(
        &self,
        access: &Access,
        account: &Account,
        endpoint: Endpoint,
        request: &SearchRequest,
        calls_before: u32,
    ) -> Attempt {
        let Sent { asked, page } = self.try_until_answered(access, account, endpoint, request).await;
        let mut attempt = Attempt {
            endpoint,
            source: Source::Live,
            calls_spent: asked.calls_spent,
            credits_spent: credits(access, endpoint, &asked),
            notices: asked.notices,
            outcome: Err(Error::Unreadable),
        };
        attempt.outcome = match asked.body.and_then(|body| read_page(endpoint, &body)) {
            Ok(read) => {
                attempt.notices.extend(read.notice());
                let people = read.page;
                let now = self.clock.now();
                let calls_spent = calls_before + attempt.calls_spent;
                let costs = Costs { calls_spent, credits_spent: attempt.credits_spent };
                let (kept, stored) = tokio::join!(
                    keep(access, endpoint, request, &people, now),
                    store(access, page, fetched(access, endpoint, request, &people, now, costs)),
                );
                let (kept, stored) = (kept.err(), stored.err());
                attempt.notices.extend(not_kept(kept.as_ref(), stored.as_ref(), page.is_some()));
                if let Some(error) = &stored {
                    attempt.notices.extend(self.page_not_stored(access, page, error).await);
                }
                if let (Some(number), Some(_), Some(_)) = (page, kept, stored) {
                    let (access, request, people) = (access.clone(), request.clone(), people.clone());
                    let page = UnwrittenPage { access, number, endpoint, request, people, came_at: now, costs };
                    self.unwritten.hold(page);
                }
                Ok((people, now))
            }
            Err(error) => {
                attempt.notices.extend(self.page_not_stored(access, page, &error).await);
                Err(error)
            }
        };
        attempt
    }

    /// One call, and its repeats where they are safe and the retry budget holds them. The costs are those of all tries.
    async fn try_until_answered(
        &self,
        access: &Access,
        account: &Account,
        endpoint: Endpoint,
        request: &SearchRequest,
    ) -> Sent {
        let paid = access.may_cost(endpoint);
        let mut sent = self.send(access, account, endpoint, request, Try::First).await;
        for tries in 1.. {
            let Err(error) = &sent.asked.body else { break };
            let failed = retry::Failed { error, tries, paid, retry_after: sent.asked.retry_after };
            let calls_spent = sent.asked.calls_spent;
            let pause = retry::pause_before_next(failed, random()).filter(|_| access.allows_another(calls_spent));
            let Some(pause) = pause else { break };
            tokio::time::sleep(pause).await;
            let mut again = self.send(access, account, endpoint, request, Try::Again).await;
            let tried = again.asked.calls_spent > 0
                || matches!(again.asked.body, Ok(_) | Err(Error::Unreachable | Error::Barred { .. } | Error::Offline));
            if !tried {
                // The budget, the breaker or the limiter said no. The failure that is known stands.
                break;
            }
            again.asked.calls_spent += calls_spent;
            again.asked.notices.splice(0..0, sent.asked.notices);
            sent = again;
        }
        sent
    }
}

impl Attempt {
    /// With what the attempt before it cost and had to say: nothing that was spent goes untold.
    pub fn after(mut self, first: Self) -> Self {
        self.calls_spent += first.calls_spent;
        self.credits_spent = self.credits_spent.zip(first.credits_spent).map(|(own, more)| own + more);
        self.notices.splice(0..0, first.notices);
        self
    }

    pub fn failed(endpoint: Endpoint, error: Error) -> Self {
        Self {
            endpoint,
            source: Source::Live,
            calls_spent: 0,
            credits_spent: Some(0.0),
            notices: Vec::new(),
            outcome: Err(error),
        }
    }
}

/// The sentence that says why the free endpoint is used from now on, if it must be.
fn reason_to_change(access: &Access, endpoint: Endpoint, first: &Attempt) -> Option<String> {
    if endpoint != Endpoint::Full || access.workspace.endpoint != EndpointSetting::Auto {
        return None;
    }
    let why = match first.outcome.as_ref().err()? {
        Error::EndpointClosed { .. } => "Apollo has closed its full search for this account",
        Error::Forbidden { .. } => "This key may not use Apollo's full search",
        Error::OutOfCredits => "The account is out of credits for Apollo's full search",
        _ => return None,
    };
    Some(format!(
        "{why}, so Foray uses the free one: it costs no credits and shows first names, titles and companies only."
    ))
}

/// What an answer cost in credits, as far as anybody knows. A refusal costs nothing; Apollo does not tell the price of a
/// full page, nor whether one that got lost on the way was charged.
fn credits(access: &Access, endpoint: Endpoint, asked: &Asked) -> Option<f64> {
    let unknown = matches!(
        &asked.body,
        Ok(_) | Err(Error::TimedOut { .. } | Error::ConnectionLost | Error::Unavailable { .. } | Error::Unreadable)
    );
    if unknown && access.may_cost(endpoint) && asked.calls_spent > 0 { None } else { Some(0.0) }
}

/// What the disk did not take of an answer: it is in memory, and may have been paid for.
fn not_kept(kept: Option<&Error>, stored: Option<&Error>, paid: bool) -> Vec<String> {
    let mut notices = Vec::new();
    notices.extend(kept.map(|error| format!("This answer could not be kept for later: {error}")));
    notices.extend(stored.map(|error| format!("These people could not be added to the workspace's: {error}")));
    if paid && kept.is_some() && stored.is_some() {
        notices.push(
            "This page may have cost a credit and is in memory alone: make room, and it is written within seconds. If Foray is \
             closed before that, it is lost, and asking again may cost another."
                .to_owned(),
        );
    }
    notices
}

pub async fn keep(
    access: &Access,
    endpoint: Endpoint,
    request: &SearchRequest,
    page: &PeoplePage,
    now: Timestamp,
) -> Result<(), Error> {
    let key = lookup::key(access, endpoint, request)?;
    let question = lookup::question(&request.filters)?;
    access.files.cache.set(&key, &question, Arc::new(page.clone()), now, random()).await
}

/// What a page took.
#[derive(Debug, Clone, Copy)]
pub struct Costs {
    pub calls_spent: u32,
    pub credits_spent: Option<f64>,
}

/// A page as the people store takes it.
pub fn fetched(
    access: &Access,
    endpoint: Endpoint,
    request: &SearchRequest,
    page: &PeoplePage,
    fetched_at: Timestamp,
    costs: Costs,
) -> Result<FetchedPage, Error> {
    Ok(FetchedPage {
        question: lookup::question(&request.filters)?,
        filters: request.filters.clone(),
        persona: request.persona_id,
        job: access.job,
        origin: access.origin_label.clone(),
        endpoint,
        page: request.page,
        page_size: request.page_size,
        fetched_at,
        total_entries: page.total_entries,
        calls_spent: costs.calls_spent,
        credits_spent: costs.credits_spent,
        people: Arc::clone(&page.people),
    })
}

/// Into the store, with its price where it may have one.
pub async fn store(access: &Access, paid: Option<i64>, page: Result<FetchedPage, Error>) -> Result<(), Error> {
    match paid {
        Some(number) => Journal::new(access.tenant(), &access.files).page_came(number, page?).await,
        None => access.files.store.record(vec![page?]).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paid_page_that_no_file_takes_is_told_to_be_lost_with_the_process() {
        let full = Error::DiskFull { what: "The people of this workspace".to_owned() };
        let alone = |notices: Vec<String>| notices.iter().any(|notice| notice.contains("is in memory alone"));
        assert!(alone(not_kept(Some(&full), Some(&full), true)));
        assert!(!alone(not_kept(Some(&full), Some(&full), false)), "what was free is asked for again");
        assert!(!alone(not_kept(None, Some(&full), true)), "it is in the cache, and its people follow from there");
        assert_eq!(not_kept(None, Some(&full), true).len(), 1);
        assert_eq!(not_kept(None, None, true), Vec::<String>::new());
    }
}
