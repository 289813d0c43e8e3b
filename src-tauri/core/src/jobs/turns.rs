//! What the jobs of one process share: who hears of their changes, what wakes those that wait, and whose turn it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};
use uuid::Uuid;

use super::{Job, JobState};
use crate::access::Access;
use crate::error::Reason;
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

/// Changes that a listener may lag behind before it misses the oldest.
const BACKLOG: usize = 256;

/// Who shares Apollo's windows, and so takes turns: the workspaces of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Lane {
    Account(AccountHash),
    Keyless(TenantId),
}

/// Something that jobs wait for may have come. Each is a new one, so a listener compares nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stir {
    /// The one job it is about; none for all: a key, another limit, a place in the line.
    pub job: Option<Uuid>,
}

/// Shared by all jobs of a process.
#[derive(Debug)]
pub struct Board {
    changed: broadcast::Sender<Job>,
    stirred: watch::Sender<Stir>,
    lanes: Mutex<HashMap<Lane, Arc<Semaphore>>>,
    /// Why jobs stand still whose file can't be written, so that it does not say so.
    stuck: Mutex<HashMap<Uuid, Reason>>,
    /// How many people or companies that were paid for each job has in memory alone.
    unwritten: Mutex<HashMap<Uuid, u64>>,
    looking: tokio::sync::Mutex<()>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            changed: broadcast::channel(BACKLOG).0,
            stirred: watch::channel(Stir::default()).0,
            lanes: Mutex::default(),
            stuck: Mutex::default(),
            unwritten: Mutex::default(),
            looking: tokio::sync::Mutex::default(),
        }
    }
}

impl Board {
    /// Jobs as they become, from now on.
    pub fn changes(&self) -> broadcast::Receiver<Job> {
        self.changed.subscribe()
    }

    /// Tells whoever listens; nobody need.
    pub fn tell(&self, job: Job) {
        drop(self.changed.send(job));
    }

    /// Shows a job that stands still as waiting, though its file can't be told.
    pub fn stands_still(&self, job: Job, reason: Reason) {
        self.stuck.lock().unwrap_or_else(PoisonError::into_inner).insert(job.id, reason);
        self.tell(self.as_it_stands(job));
    }

    pub fn goes_on(&self, job: Uuid) {
        self.stuck.lock().unwrap_or_else(PoisonError::into_inner).remove(&job);
    }

    /// A job as its file has it, but for what could not be written there.
    pub fn as_it_stands(&self, job: Job) -> Job {
        let stuck = self.stuck.lock().unwrap_or_else(PoisonError::into_inner);
        match stuck.get(&job.id) {
            Some(reason) => Job { state: JobState::Waiting, reason: Some(reason.clone()), ..job },
            None => job,
        }
    }

    /// So many that were paid for does a job have in memory alone by now.
    pub fn holds(&self, job: Uuid, unwritten: u64) {
        let mut held = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        if unwritten > 0 {
            held.insert(job, unwritten);
        } else {
            held.remove(&job);
        }
    }

    /// What all jobs together hold like that.
    pub fn held(&self) -> u64 {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    /// Wakes all jobs that wait.
    pub fn stir(&self) {
        self.stirred.send_replace(Stir { job: None });
    }

    /// Wakes one job that waits.
    pub fn stir_one(&self, job: Uuid) {
        self.stirred.send_replace(Stir { job: Some(job) });
    }

    /// Hears each stir from now on.
    pub fn stirs(&self) -> watch::Receiver<Stir> {
        self.stirred.subscribe()
    }

    /// Held while somebody finds out whether a job is run: it takes the job's claim for a moment, and who wants to run the
    /// job must not take that for another process.
    pub async fn looking(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.looking.lock().await
    }

    /// Waits for the turn of one job: those of an account take one step after the other, first come, first served. It
    /// ends when the permit is dropped.
    pub async fn turn(&self, access: &Access) -> Option<OwnedSemaphorePermit> {
        let lane = access.account.map_or(Lane::Keyless(access.tenant()), Lane::Account);
        let lane = {
            let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(lanes.entry(lane).or_insert_with(|| Arc::new(Semaphore::new(1))))
        };
        // It is never closed; were it, nobody would have to wait.
        lane.acquire_owned().await.ok()
    }
}
