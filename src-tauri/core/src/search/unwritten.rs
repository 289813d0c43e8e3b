//! Pages that may have cost a credit and that no file has taken: they are in memory alone, and written as soon as the disk
//! takes them. Nothing here asks Apollo.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::attempt::{Costs, fetched, keep, store};
use super::lookup;
use crate::access::Access;
use crate::apollo::Endpoint;
use crate::apollo::response::PeoplePage;
use crate::error::Error;
use crate::foray::Foray;
use crate::persona::SearchRequest;
use crate::tenant::TenantId;
use crate::workspace::Workspaces;

/// How often the disk is tried.
const WRITTEN_AGAIN: Duration = Duration::from_secs(5);

/// What was paid for and is in memory alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaidInMemory {
    /// People and companies that enrichments brought.
    pub enriched: u64,
    /// Pages of full searches, which may have cost a credit each.
    pub pages: u64,
}

/// A page as it came.
#[derive(Clone)]
pub struct UnwrittenPage {
    pub access: Access,
    /// Its number in the journal of paid requests.
    pub number: i64,
    pub endpoint: Endpoint,
    pub request: SearchRequest,
    pub people: PeoplePage,
    pub came_at: Timestamp,
    pub costs: Costs,
}

/// The pages of one process that wait for the disk.
pub struct Unwritten {
    pages: Mutex<Vec<UnwrittenPage>>,
    /// Held by whoever writes, so that no page is written twice.
    writing: tokio::sync::Mutex<()>,
    workspaces: Workspaces,
}

impl UnwrittenPage {
    /// Into the cache, and into the store with its price.
    ///
    /// # Errors
    /// When the store does not take it. A cache alone that does not is as with any answer: its people are kept all the same.
    async fn write(&self) -> Result<(), Error> {
        let Self { access, number, endpoint, request, people, came_at, costs } = self;
        let kept = async {
            // Somebody may have asked past it meanwhile.
            if self.is_the_newest().await? { keep(access, *endpoint, request, people, *came_at).await } else { Ok(()) }
        };
        let page = fetched(access, *endpoint, request, people, *came_at, *costs);
        let (_, stored) = tokio::join!(kept, store(access, Some(*number), page));
        stored
    }

    async fn is_the_newest(&self) -> Result<bool, Error> {
        let key = lookup::key(&self.access, self.endpoint, &self.request)?;
        let kept = self.access.files.cache.get(&key, self.came_at).await?;
        Ok(kept.is_none_or(|kept| kept.stored_at <= self.came_at))
    }

    fn is(&self, other: &Self) -> bool {
        (self.access.tenant(), self.number) == (other.access.tenant(), other.number)
    }
}

impl Unwritten {
    pub fn new(workspaces: Workspaces) -> Self {
        Self { pages: Mutex::default(), writing: tokio::sync::Mutex::default(), workspaces }
    }

    fn pages(&self) -> MutexGuard<'_, Vec<UnwrittenPage>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn count(&self) -> u64 {
        self.pages().len() as u64
    }

    /// Holds a page until the disk takes it.
    pub fn hold(self: &Arc<Self>, page: UnwrittenPage) {
        let is_first = {
            let mut pages = self.pages();
            pages.push(page);
            pages.len() == 1
        };
        if is_first {
            let held = Arc::downgrade(self);
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(WRITTEN_AGAIN).await;
                    // With the process's Foray its pages are gone too.
                    let Some(held) = held.upgrade() else { return };
                    held.write().await;
                    if held.count() == 0 {
                        return;
                    }
                }
            });
        }
    }

    /// Writes what the disk takes by now; what it does not take stays.
    pub async fn write(&self) {
        let _alone = self.writing.lock().await;
        let waiting = self.pages().clone();
        for page in waiting {
            let workspace = self.workspaces.get(page.access.tenant()).await;
            // Of a workspace that is gone nothing is kept.
            let is_over = matches!(workspace, Err(Error::NotFound { .. })) || page.write().await.is_ok();
            if is_over {
                self.pages().retain(|held| !held.is(&page));
            }
        }
    }

    /// Lets go of the pages of a workspace that is being removed.
    pub fn forget(&self, tenant: TenantId) {
        self.pages().retain(|page| page.access.tenant() != tenant);
    }
}

impl Foray {
    /// What was paid for and the disk has not taken yet: it is written as soon as it does, and is lost with this process.
    pub fn paid_in_memory(&self) -> PaidInMemory {
        PaidInMemory { enriched: self.board().held(), pages: self.searches().unwritten().count() }
    }

    /// Tries now to write the pages that wait for the disk, which is done every few seconds anyway.
    pub async fn write_paid_pages(&self) {
        self.searches().unwritten().write().await;
    }
}
