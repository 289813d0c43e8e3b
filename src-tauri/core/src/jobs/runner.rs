//! Makes the jobs of all workspaces go on, in the process of the window: from its start, after a crash, and when another
//! process leaves one behind. The first of each workspace take turns, the others stand in line.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::claim::Claimed;
use super::drive::{Ended, Manner};
use super::{AT_ONCE, Job};
use crate::error::{Error, Reason};
use crate::foray::Foray;
use crate::tenant::TenantId;

/// How often it looks for jobs that another process added, resumed or left behind.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The jobs of a process go on as long as it is there.
pub struct Runner {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Runner {
    /// Starts where the last process stopped.
    pub fn start(foray: Arc<Foray>) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn(run(foray, stop.clone()));
        Self { stop, task }
    }

    /// Lets the calls under way end, and leaves the jobs for the next process.
    pub async fn stop(mut self) {
        self.stop.cancel();
        // A task that panicked has nothing left to wait for.
        drop((&mut self.task).await);
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn run(foray: Arc<Foray>, stop: CancellationToken) {
    let mut stirs = foray.board().stirs();
    let mut ours = HashSet::new();
    let mut under_way = JoinSet::new();
    while !stop.is_cancelled() {
        foray.hear_of_people().await;
        for claimed in next_in_line(&foray, &ours).await {
            let id = claimed.row.job.id;
            ours.insert(id);
            let (foray, stop) = (Arc::clone(&foray), stop.clone());
            under_way.spawn(async move {
                drive(&foray, claimed, &stop).await;
                id
            });
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            // Nobody is left who could stir once Foray is gone, and then this task ends too.
            _ = stirs.changed() => {}
            Some(ended) = under_way.join_next(), if !under_way.is_empty() => {
                if let Ok(id) = ended {
                    ours.remove(&id);
                }
            }
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Drives a job; one whose end can't be written down, since the disk is full or gone, is held until it can.
async fn drive(foray: &Foray, claimed: Claimed, stop: &CancellationToken) {
    let job = claimed.row.job.clone();
    let mut ended = foray.drive(claimed, Manner::InLine, stop, |_| ()).await;
    while let Err(error) = &ended {
        let reason = error.reason();
        foray.board().stands_still(job.clone(), reason.clone());
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        ended = put_aside(foray, job.workspace, job.id, reason).await;
    }
    foray.board().goes_on(job.id);
}

async fn put_aside(foray: &Foray, tenant: TenantId, id: Uuid, reason: Reason) -> Result<Ended, Error> {
    if let Some(claimed) = foray.claim_job(tenant, id).await? {
        foray.put_aside(&claimed, &reason).await?;
    }
    Ok(Ended::Held(reason))
}

/// The jobs whose turn it is and that nobody runs. What can't be read now is looked for again.
async fn next_in_line(foray: &Foray, ours: &HashSet<Uuid>) -> Vec<Claimed> {
    let mut next = Vec::new();
    for workspace in foray.workspaces().list().await.unwrap_or_default() {
        if !foray.has_jobs(workspace.id) {
            continue;
        }
        let Ok(jobs) = foray.jobs(workspace.id).await else { continue };
        for job in first(jobs.list().await.unwrap_or_default()) {
            if !ours.contains(&job.id)
                && let Ok(Some(claimed)) = foray.claim_next(workspace.id, job.id).await
            {
                next.push(claimed);
            }
        }
    }
    next
}

/// Those of a workspace's jobs that take turns.
fn first(jobs: Vec<Job>) -> impl Iterator<Item = Job> {
    jobs.into_iter().filter(|job| job.by_itself && job.state.goes_on()).take(AT_ONCE as usize)
}
