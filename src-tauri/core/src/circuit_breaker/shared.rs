//! The breaker as the process shares it: one for each origin, behind a lock, with a clock, randomness and listeners.
//! Every permit comes back, also when the call is dropped, cancelled or panics. No rule may live here.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::broadcast;
use ts_rs::TS;
use uuid::Uuid;

use super::breaker::{Breaker, Change, Outcome, Permit, Settings, State};
use crate::clock::{Clock, timestamp};
use crate::error::Error;

/// Changes that a listener may lag behind before it misses the oldest.
const BACKLOG: usize = 64;

/// How a breaker stands, for the window and the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BreakerStatus {
    pub state: State,
    /// Why it is not closed, as a sentence.
    pub reason: Option<String>,
    /// When the next call is worth trying, if it would be refused now.
    #[ts(type = "string | null")]
    pub retry_at: Option<Timestamp>,
    /// Since when this computer has had no network, as far as the last call knows.
    #[ts(type = "string | null")]
    pub offline_since: Option<Timestamp>,
}

/// A change of state of one origin's breaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BreakerChange {
    pub origin: String,
    pub from: State,
    pub to: State,
    /// Why, as a sentence.
    pub reason: String,
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// The breakers of all origins.
pub struct Breakers {
    clock: Arc<dyn Clock>,
    settings: Settings,
    changes: broadcast::Sender<BreakerChange>,
    by_origin: Mutex<HashMap<String, SharedBreaker>>,
}

impl Breakers {
    pub fn new(clock: Arc<dyn Clock>, settings: Settings) -> Self {
        let (changes, _) = broadcast::channel(BACKLOG);
        Self { clock, settings, changes, by_origin: Mutex::default() }
    }

    /// The breaker of an origin, the same one each time.
    pub fn of(&self, origin: &str) -> SharedBreaker {
        let mut by_origin = self.by_origin.lock().unwrap_or_else(PoisonError::into_inner);
        by_origin
            .entry(origin.to_owned())
            .or_insert_with(|| SharedBreaker {
                shared: Arc::new(Shared {
                    origin: origin.to_owned(),
                    clock: Arc::clone(&self.clock),
                    changes: self.changes.clone(),
                    breaker: Mutex::new(Breaker::new(self.settings)),
                }),
            })
            .clone()
    }

    /// Hears the changes of all origins from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<BreakerChange> {
        self.changes.subscribe()
    }
}

/// One origin's breaker. Clones are the same breaker.
#[derive(Clone)]
pub struct SharedBreaker {
    shared: Arc<Shared>,
}

struct Shared {
    origin: String,
    clock: Arc<dyn Clock>,
    changes: broadcast::Sender<BreakerChange>,
    breaker: Mutex<Breaker>,
}

impl SharedBreaker {
    /// Asks for leave to make one call.
    ///
    /// # Errors
    /// [`Error::BreakerOpen`] with the moment at which it is worth asking again.
    pub fn admit(&self) -> Result<BreakerPermit, Error> {
        let (mut breaker, now_ms) = self.shared.lock();
        let admission = breaker.admit(now_ms);
        self.shared.tell(admission.change);
        drop(breaker);
        match admission.answer {
            Ok(permit) => Ok(BreakerPermit { shared: Arc::clone(&self.shared), permit: Some(permit) }),
            Err(refused) => Err(Error::BreakerOpen { reset_at: self.shared.wall(refused.retry_at_ms) }),
        }
    }

    pub fn status(&self) -> BreakerStatus {
        let (breaker, now_ms) = self.shared.lock();
        let status = breaker.status(now_ms);
        let retry_at = status.retry_at_ms.map(|at_ms| self.shared.wall(at_ms));
        let offline_since = status.offline_since_ms.map(|at_ms| self.shared.wall(at_ms));
        BreakerStatus { state: status.state, reason: status.reason, retry_at, offline_since }
    }
}

impl Shared {
    /// The clock is read under the lock, so that the breaker hears times in their order. Only its monotonic part, since most
    /// calls tell nobody a time.
    fn lock(&self) -> (MutexGuard<'_, Breaker>, i64) {
        // The breaker's steps don't panic, and a panic of a caller happens outside the lock.
        let breaker = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        let now_ms = self.clock.boot_ms();
        (breaker, now_ms)
    }

    fn settle(&self, permit: Permit, outcome: Outcome) {
        let (mut breaker, now_ms) = self.lock();
        // Only what may open the breaker needs a random number, and drawing one takes longer than all the rest.
        let may_open = matches!(outcome, Outcome::Failure { .. } | Outcome::Healthy { slow: true });
        let random = if may_open { random_fraction() } else { 0.0 };
        let change = breaker.settle(now_ms, permit, outcome, random);
        self.tell(change);
    }

    /// Told under the lock, so that listeners hear changes in their order.
    fn tell(&self, change: Option<Change>) {
        let Some(Change { from, to, reason, at_ms }) = change else { return };
        let change = BreakerChange { origin: self.origin.clone(), from, to, reason, at: self.wall(at_ms) };
        // Nobody listening is no error.
        drop(self.changes.send(change));
    }

    /// A monotonic moment as wall time.
    fn wall(&self, boot_ms: i64) -> Timestamp {
        let now = self.clock.read();
        timestamp(now.wall_ms.saturating_add(boot_ms.saturating_sub(now.boot_ms)))
    }
}

/// Leave to make one call. Settle it with the outcome; dropped unsettled it comes back as neutral.
#[must_use = "dropping a permit gives it back"]
pub struct BreakerPermit {
    shared: Arc<Shared>,
    permit: Option<Permit>,
}

impl BreakerPermit {
    /// Whether the call decides if the breaker closes.
    pub fn is_probe(&self) -> bool {
        self.permit.as_ref().is_some_and(Permit::is_probe)
    }

    /// The call has ended.
    pub fn settle(mut self, outcome: Outcome) {
        self.give_back(outcome);
    }

    fn give_back(&mut self, outcome: Outcome) {
        if let Some(permit) = self.permit.take() {
            self.shared.settle(permit, outcome);
        }
    }
}

impl Drop for BreakerPermit {
    fn drop(&mut self) {
        self.give_back(Outcome::Neutral);
    }
}

impl fmt::Debug for BreakerPermit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("BreakerPermit").field("permit", &self.permit).finish_non_exhaustive()
    }
}

/// A random number in \[0, 1): the upper 48 bits of a random UUID carry no version mark.
fn random_fraction() -> f64 {
    let (upper, _) = Uuid::new_v4().as_u64_pair();
    (upper >> 16) as f64 / (1_u64 << 48) as f64
}
