//! The breaker as the process shares it: one for each origin, behind a lock, with a clock, randomness and listeners.
//! Every permit comes back, also when the call is dropped, cancelled or panics. No rule may live here.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::broadcast;
use ts_rs::TS;
use uuid::Uuid;

use super::breaker::{Admission, Breaker, Change, Outcome, Permit, Settings, State};
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
        if let Some(breaker) = by_origin.get(origin) {
            return breaker.clone();
        }
        by_origin
            .entry(origin.to_owned())
            .or_insert_with(|| {
                let breaker = Breaker::new(self.settings);
                SharedBreaker {
                    shared: Arc::new(Shared {
                        origin: origin.to_owned(),
                        clock: Arc::clone(&self.clock),
                        changes: self.changes.clone(),
                        closed_generation: AtomicU64::new(breaker.closed_generation().unwrap_or(NOT_CLOSED)),
                        breaker: Mutex::new(breaker),
                    }),
                }
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
    /// [`Breaker::closed_generation`] as of its last change of state, or [`NOT_CLOSED`].
    closed_generation: AtomicU64,
}

/// Generations are counted from 0 and never come this far.
const NOT_CLOSED: u64 = u64::MAX;

impl SharedBreaker {
    /// Asks for leave to make one call.
    ///
    /// # Errors
    /// [`Error::BreakerOpen`] with the moment at which it is worth asking again.
    pub fn admit(&self) -> Result<BreakerPermit, Error> {
        let permit = match self.shared.closed_generation() {
            Some(generation) => Permit::while_closed(generation),
            None => self.shared.answer(Breaker::admit)?,
        };
        Ok(BreakerPermit { shared: Arc::clone(&self.shared), permit: Some(permit) })
    }

    pub fn status(&self) -> BreakerStatus {
        let breaker = self.shared.lock();
        let status = breaker.status(self.shared.clock.boot_ms());
        let retry_at = status.retry_at_ms.map(|at_ms| self.shared.wall(at_ms));
        let offline_since = status.offline_since_ms.map(|at_ms| self.shared.wall(at_ms));
        BreakerStatus { state: status.state, reason: status.reason, retry_at, offline_since }
    }
}

impl Shared {
    /// While it is closed nobody has to look at the clock, nor to wait for others, to be admitted.
    fn closed_generation(&self) -> Option<u64> {
        let generation = self.closed_generation.load(Ordering::Acquire);
        (generation != NOT_CLOSED).then_some(generation)
    }

    fn lock(&self) -> MutexGuard<'_, Breaker> {
        // The breaker's steps don't panic, and a panic of a caller happens outside the lock.
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Plays a step that admits or refuses. The clock is read under the lock, so that nobody is told of an end that is past.
    fn answer(&self, step: impl FnOnce(&mut Breaker, i64) -> Admission) -> Result<Permit, Error> {
        let mut breaker = self.lock();
        let admission = step(&mut breaker, self.clock.boot_ms());
        self.follow(&breaker, admission.change);
        drop(breaker);
        admission.answer.map_err(|refused| Error::BreakerOpen { reset_at: self.wall(refused.retry_at_ms) })
    }

    fn settle(&self, permit: Permit, ended_ms: i64, outcome: Outcome) {
        // Only what may open the breaker needs a random number, and drawing one takes longer than all the rest.
        let may_open = matches!(outcome, Outcome::Failure { .. } | Outcome::Healthy { slow: true });
        let random = if may_open { random_fraction() } else { 0.0 };
        let mut breaker = self.lock();
        let change = breaker.settle(ended_ms, permit, outcome, random);
        self.follow(&breaker, change);
    }

    /// What follows from a change of state. Under the lock, so that listeners hear changes in their order.
    fn follow(&self, breaker: &Breaker, change: Option<Change>) {
        let Some(Change { from, to, reason, at_ms }) = change else { return };
        self.closed_generation.store(breaker.closed_generation().unwrap_or(NOT_CLOSED), Ordering::Release);
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

    /// Asked right before the call is sent: it may have waited since it was admitted. A probe's lease begins anew.
    ///
    /// # Errors
    /// [`Error::BreakerOpen`]: the breaker has opened meanwhile, or another call is the probe by now.
    pub fn confirm(&mut self) -> Result<(), Error> {
        let closed = self.shared.closed_generation();
        if let Some(permit) = self.permit.take_if(|permit| closed != Some(permit.generation())) {
            self.permit = Some(self.shared.answer(|breaker, now_ms| breaker.confirm(now_ms, permit))?);
        }
        Ok(())
    }

    /// The call has ended, at `ended_ms` of the monotonic clock ([`Clock::boot_ms`]): whoever knows whether it was slow has
    /// read that clock, which takes half as long as all the rest, and need not do so twice.
    pub fn settle(mut self, ended_ms: i64, outcome: Outcome) {
        if let Some(permit) = self.permit.take() {
            self.shared.settle(permit, ended_ms, outcome);
        }
    }
}

impl Drop for BreakerPermit {
    fn drop(&mut self) {
        if let Some(permit) = self.permit.take() {
            self.shared.settle(permit, self.shared.clock.boot_ms(), Outcome::Neutral);
        }
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
