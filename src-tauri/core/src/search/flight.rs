//! Single flight: whoever asks what is being asked at this moment waits for that answer instead of spending a call. The
//! call belongs to none of them: one who gives up waiting leaves it to the others, and what was sent is never sent again.
//! A failure is shared with those who wait and never kept. Never shared between tenants: the tenant is part of the
//! question.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use super::Attempt;
use crate::apollo::Endpoint;
use crate::error::Error;
use crate::persona::{Filters, SearchRequest};
use crate::tenant::TenantId;

/// What is asked, of whose data, and whether past the cache.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    tenant: TenantId,
    filters: Filters,
    page: u32,
    page_size: u32,
    refresh: bool,
    /// Two who agreed to different endpoints ask different things.
    only: Option<Endpoint>,
}

impl Question {
    pub fn new(tenant: TenantId, request: &SearchRequest, refresh: bool, only: Option<Endpoint>) -> Self {
        let SearchRequest { filters, page, page_size, .. } = request.clone();
        Self { tenant, filters, page, page_size, refresh, only }
    }
}

type Flight = watch::Receiver<Option<Arc<Attempt>>>;

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
    /// Joins the flight of `question` or starts it with `ask`. The second value tells whether this caller started it.
    pub async fn join<F>(self: &Arc<Self>, question: Question, ask: impl FnOnce() -> F) -> (Arc<Attempt>, bool)
    where
        F: Future<Output = Attempt> + Send + 'static,
    {
        let (mut flight, led) = self.board(question, ask);
        let landed = flight.wait_for(Option::is_some).await.ok().and_then(|answer| answer.clone());
        // Without an answer its task broke off, which it does not do by itself.
        let answer = landed.unwrap_or_else(|| Arc::new(Attempt::failed(Endpoint::Full, Error::ConnectionLost)));
        (answer, led)
    }

    fn board<F>(self: &Arc<Self>, question: Question, ask: impl FnOnce() -> F) -> (Flight, bool)
    where
        F: Future<Output = Attempt> + Send + 'static,
    {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(&question) {
            return (flight.clone(), false);
        }
        let (landed, flight) = watch::channel(None);
        under_way.insert(question.clone(), flight.clone());
        let landing = Landing { flights: Arc::clone(self), question };
        let asking = ask();
        tokio::spawn(async move {
            let attempt = asking.await;
            landed.send_replace(Some(Arc::new(attempt)));
            drop(landing);
        });
        (flight, true)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::sync::Notify;

    fn question(tenant: TenantId) -> Question {
        Question { tenant, filters: Filters::default(), page: 1, page_size: 50, refresh: false, only: None }
    }

    /// A question asked of a counter, answered when the gate opens.
    fn ask(asked: &Arc<AtomicU32>, gate: &Arc<Notify>) -> impl Future<Output = Attempt> + Send + 'static {
        let (asked, gate) = (Arc::clone(asked), Arc::clone(gate));
        async move {
            asked.fetch_add(1, Ordering::SeqCst);
            gate.notified().await;
            Attempt::failed(Endpoint::Free, Error::Offline)
        }
    }

    #[tokio::test]
    async fn a_hundred_same_questions_at_once_ask_once() {
        let (flights, asked, gate) = (Arc::new(Flights::default()), Arc::default(), Arc::default());
        let mut callers = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let (flights, asking) = (Arc::clone(&flights), ask(&asked, &gate));
            callers.spawn(async move { flights.join(question(TenantId::SAMPLE), || asking).await.1 });
        }
        for _ in 0..200 {
            tokio::task::yield_now().await;
        }
        gate.notify_one();
        let leaders = callers.join_all().await.into_iter().filter(|led| *led).count();
        assert_eq!((asked.load(Ordering::SeqCst), leaders), (1, 1));
    }

    #[tokio::test]
    async fn a_failure_is_not_kept_for_the_next_one() {
        let (flights, asked, gate) = (Arc::new(Flights::default()), Arc::default(), Arc::new(Notify::new()));
        for _ in 0..3 {
            gate.notify_one();
            assert!(flights.join(question(TenantId::SAMPLE), || ask(&asked, &gate)).await.1);
            // The flight leaves the board a moment after its answer is heard.
            while !flights.under_way.lock().unwrap().is_empty() {
                tokio::task::yield_now().await;
            }
        }
        assert_eq!(asked.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn when_the_one_who_asked_gives_up_nothing_is_asked_again() {
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
            async move { flights.join(question(TenantId::SAMPLE), || asking).await.1 }
        });
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        gate.notify_one();
        assert!(!waiter.await.unwrap());
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn two_tenants_never_share_a_flight() {
        let (flights, asked, gate) = (Arc::new(Flights::default()), Arc::default(), Arc::new(Notify::new()));
        let (one, other) = (question(TenantId::SAMPLE), question(TenantId::generate()));
        gate.notify_one();
        let first = flights.join(one, || ask(&asked, &gate));
        assert!(first.await.1);
        gate.notify_one();
        assert!(flights.join(other, || ask(&asked, &gate)).await.1);
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }
}
