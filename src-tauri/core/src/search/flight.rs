//! Single flight: whoever asks what is being asked at this moment waits for that answer instead of spending a call. The
//! call belongs to none of them: one who gives up waiting leaves it to the others, and what was sent is never sent again.
//! A failure is shared with those who wait and never kept. Never shared between tenants: the tenant is part of the
//! question.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use super::attempt::Attempt;
use crate::apollo::Endpoint;
use crate::error::Error;
use crate::persona::{Filters, SearchRequest};
use crate::tenant::TenantId;

/// What is asked, of whose data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    tenant: TenantId,
    filters: Filters,
    page: u32,
    page_size: u32,
    /// The endpoint that is asked first.
    endpoint: Endpoint,
    /// Whether the other endpoint may answer instead: who agreed to one alone asks something else.
    may_change: bool,
}

impl Question {
    pub fn new(tenant: TenantId, request: &SearchRequest, endpoint: Endpoint, may_change: bool) -> Self {
        let SearchRequest { filters, page, page_size, .. } = request.clone();
        Self { tenant, filters, page, page_size, endpoint, may_change }
    }
}

/// What a flight came to. Its cost is told once, to whoever hears of it first: the one who started it may have left.
#[derive(Debug)]
pub struct Landed {
    attempt: Attempt,
    billed: AtomicBool,
}

impl Landed {
    fn new(attempt: Attempt) -> Self {
        Self { attempt, billed: AtomicBool::new(false) }
    }

    /// The attempt as one of those who waited sees it.
    pub fn attempt(&self) -> Attempt {
        let mut attempt = self.attempt.clone();
        if self.billed.swap(true, Ordering::Relaxed) {
            attempt.calls_spent = 0;
            attempt.credits_spent = Some(0.0);
        }
        attempt
    }
}

type Flight = watch::Receiver<Option<Arc<Landed>>>;

/// The questions under way in this process.
#[derive(Debug, Default)]
pub struct Flights {
    under_way: Mutex<HashMap<Question, Flight>>,
}

/// Takes a flight off the board when it has landed, or when its task panicked.
struct Landing {
    flights: Arc<Flights>,
    question: Question,
}

impl Drop for Landing {
    fn drop(&mut self) {
        self.flights.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.question);
    }
}

impl Flights {
    /// Joins the flight of `question` or starts it with `ask`.
    pub async fn join<F>(self: &Arc<Self>, question: Question, ask: impl FnOnce() -> F) -> Arc<Landed>
    where
        F: Future<Output = Attempt> + Send + 'static,
    {
        let endpoint = question.endpoint;
        let mut flight = self.board(question, ask);
        let landed = flight.wait_for(Option::is_some).await.ok().and_then(|answer| answer.clone());
        // Without an answer its task broke off, which it does not do by itself.
        landed.unwrap_or_else(|| Arc::new(Landed::new(Attempt::failed(endpoint, Error::ConnectionLost))))
    }

    fn board<F>(self: &Arc<Self>, question: Question, ask: impl FnOnce() -> F) -> Flight
    where
        F: Future<Output = Attempt> + Send + 'static,
    {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(&question) {
            return flight.clone();
        }
        let (landed, flight) = watch::channel(None);
        under_way.insert(question.clone(), flight.clone());
        let landing = Landing { flights: Arc::clone(self), question };
        let asking = ask();
        tokio::spawn(async move {
            let attempt = asking.await;
            // Off the board first: who asks from now on asks anew, and is not told of a failure that is over.
            drop(landing);
            landed.send_replace(Some(Arc::new(Landed::new(attempt))));
        });
        flight
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::sync::atomic::AtomicU32;
    use tokio::sync::Notify;

    fn question(tenant: TenantId) -> Question {
        let (filters, page, page_size) = (Filters::default(), 1, 50);
        Question { tenant, filters, page, page_size, endpoint: Endpoint::Free, may_change: false }
    }

    /// A question asked of a counter, answered when the gate opens. It costs a call.
    fn ask(asked: &Arc<AtomicU32>, gate: &Arc<Notify>) -> impl Future<Output = Attempt> + Send + 'static {
        let (asked, gate) = (Arc::clone(asked), Arc::clone(gate));
        async move {
            asked.fetch_add(1, Ordering::SeqCst);
            gate.notified().await;
            Attempt { calls_spent: 1, ..Attempt::failed(Endpoint::Free, Error::Offline) }
        }
    }

    #[tokio::test]
    async fn a_hundred_same_questions_at_once_ask_once_and_one_of_them_bears_the_cost() {
        let (flights, asked, gate) = (Arc::new(Flights::default()), Arc::default(), Arc::default());
        let mut callers = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let (flights, asking) = (Arc::clone(&flights), ask(&asked, &gate));
            callers.spawn(async move { flights.join(question(TenantId::SAMPLE), || asking).await.attempt() });
        }
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        gate.notify_one();
        let attempts = callers.join_all().await;
        assert!(attempts.iter().all(|attempt| attempt.outcome.as_ref().is_err_and(|error| *error == Error::Offline)));
        let billed: u32 = attempts.iter().map(|attempt| attempt.calls_spent).sum();
        assert_eq!((asked.load(Ordering::SeqCst), billed), (1, 1));
    }

    #[tokio::test]
    async fn a_failure_is_not_kept_for_the_next_one() {
        let (flights, asked, gate) = (Arc::new(Flights::default()), Arc::default(), Arc::new(Notify::new()));
        for _ in 0..3 {
            gate.notify_one();
            flights.join(question(TenantId::SAMPLE), || ask(&asked, &gate)).await;
        }
        assert_eq!(asked.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn when_the_one_who_asked_gives_up_nothing_is_asked_again_and_the_cost_is_told_all_the_same() {
        let (flights, asked, gate) = (Arc::new(Flights::default()), Arc::default(), Arc::new(Notify::new()));
        let leader = tokio::spawn({
            let (flights, asking) = (Arc::clone(&flights), ask(&asked, &gate));
            async move { flights.join(question(TenantId::SAMPLE), || asking).await }
        });
        while asked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        leader.abort();
        let waiter = tokio::spawn({
            let (flights, asking) = (Arc::clone(&flights), ask(&asked, &gate));
            async move { flights.join(question(TenantId::SAMPLE), || asking).await.attempt() }
        });
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        gate.notify_one();
        assert_eq!(waiter.await.unwrap().calls_spent, 1);
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn two_tenants_never_share_a_flight_nor_do_two_who_agreed_to_different_endpoints() {
        let (flights, asked, gate) = (Arc::new(Flights::default()), Arc::default(), Arc::new(Notify::new()));
        let one = question(TenantId::SAMPLE);
        let others = [
            question(TenantId::generate()),
            Question { endpoint: Endpoint::Full, ..one.clone() },
            Question { endpoint: Endpoint::Full, may_change: true, ..one.clone() },
        ];
        let mut callers = tokio::task::JoinSet::new();
        for question in others.into_iter().chain([one]) {
            let (flights, asking) = (Arc::clone(&flights), ask(&asked, &gate));
            callers.spawn(async move { flights.join(question, || asking).await.attempt().calls_spent });
        }
        while asked.load(Ordering::SeqCst) < 4 {
            tokio::task::yield_now().await;
        }
        gate.notify_waiters();
        assert_eq!(callers.join_all().await, [1; 4]);
    }
}
