//! Single flight: whoever asks what is being asked at this moment waits for that answer instead of spending a call. A
//! failure is shared with those who wait and never kept; when the one who asks is cancelled, a waiter takes over.
//! Never shared between tenants: the tenant is part of the question.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::OnceCell;

use super::Attempt;
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
}

impl Question {
    pub fn new(tenant: TenantId, request: &SearchRequest, refresh: bool) -> Self {
        Self { tenant, filters: request.filters.clone(), page: request.page, page_size: request.page_size, refresh }
    }
}

type Flight = OnceCell<Arc<Attempt>>;

/// The questions under way in this process.
#[derive(Debug, Default)]
pub struct Flights {
    under_way: Mutex<HashMap<Question, Weak<Flight>>>,
}

impl Flights {
    /// Joins the flight of `question` or starts it. The second value tells whether this caller's `ask` was the one.
    pub async fn join<F>(&self, question: Question, ask: impl FnOnce() -> F) -> (Arc<Attempt>, bool)
    where
        F: Future<Output = Attempt>,
    {
        let flight = self.board(&question);
        let led = AtomicBool::new(false);
        let answer = flight
            .get_or_init(|| async {
                led.store(true, Ordering::Relaxed);
                Arc::new(ask().await)
            })
            .await
            .clone();
        // Landed: the next one to ask starts anew.
        self.leave(&question, &flight);
        (answer, led.into_inner())
    }

    fn board(&self, question: &Question) -> Arc<Flight> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|_, flight| flight.strong_count() > 0);
        if let Some(flight) = under_way.get(question).and_then(Weak::upgrade) {
            return flight;
        }
        let flight = Arc::new(Flight::new());
        under_way.insert(question.clone(), Arc::downgrade(&flight));
        flight
    }

    fn leave(&self, question: &Question, flight: &Arc<Flight>) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if under_way.get(question).is_some_and(|known| known.as_ptr() == Arc::as_ptr(flight)) {
            under_way.remove(question);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::apollo::Endpoint;
    use crate::error::Error;
    use std::sync::atomic::AtomicU32;
    use tokio::sync::Notify;

    fn question(tenant: TenantId) -> Question {
        Question { tenant, filters: Filters::default(), page: 1, page_size: 50, refresh: false }
    }

    fn failed() -> Attempt {
        Attempt::failed(Endpoint::Free, Error::Offline)
    }

    #[tokio::test]
    async fn a_hundred_same_questions_at_once_ask_once() {
        let flights = Arc::new(Flights::default());
        let (asked, gate) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
        let mut callers = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let (flights, asked, gate) = (Arc::clone(&flights), Arc::clone(&asked), Arc::clone(&gate));
            callers.spawn(async move {
                let ask = || async {
                    asked.fetch_add(1, Ordering::SeqCst);
                    gate.notified().await;
                    failed()
                };
                flights.join(question(TenantId::SAMPLE), ask).await.1
            });
        }
        while asked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
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
        let flights = Flights::default();
        for _ in 0..3 {
            let (_, led) = flights.join(question(TenantId::SAMPLE), || async { failed() }).await;
            assert!(led);
        }
        assert!(flights.under_way.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn when_the_leader_is_cancelled_a_waiter_takes_over() {
        let flights = Arc::new(Flights::default());
        let started = Arc::new(Notify::new());
        let leader = tokio::spawn({
            let (flights, started) = (Arc::clone(&flights), Arc::clone(&started));
            async move {
                let ask = || async {
                    started.notify_one();
                    std::future::pending::<Attempt>().await
                };
                flights.join(question(TenantId::SAMPLE), ask).await
            }
        });
        started.notified().await;
        let waiter = tokio::spawn({
            let flights = Arc::clone(&flights);
            async move { flights.join(question(TenantId::SAMPLE), || async { failed() }).await.1 }
        });
        tokio::task::yield_now().await;
        leader.abort();
        assert!(waiter.await.unwrap());
    }

    #[tokio::test]
    async fn two_tenants_never_share_a_flight() {
        let flights = Flights::default();
        let other = TenantId::generate();
        let inner = || async { flights.join(question(other), || async { failed() }).await.1 };
        let (_, led) = flights
            .join(question(TenantId::SAMPLE), || async {
                assert!(inner().await);
                failed()
            })
            .await;
        assert!(led);
    }
}
