//! The cache of a workspace on real files: what it keeps, forgets, notices, and never shows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod damage;
mod eviction;
mod forgetting;
mod other_process;
mod speed;
mod tenants;

use std::path::Path;
use std::sync::Arc;

use foray_core::TenantId;
use foray_core::apollo::response::PeoplePage;
use foray_core::cache::{Cache, CacheKey, Identifier, Limits, QuestionHash, Resource};
use foray_core::clock::timestamp;
use foray_core::files::{self, TenantFiles};
use foray_core::people::Person;
use uuid::Uuid;

/// 2026-11-23T00:00:00Z.
const NOW: i64 = 1_795_392_000_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// A workspace's cache in a folder of its own.
struct Shelf {
    cache: Cache,
    tenant: TenantId,
    folder: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Self {
        Self::within(Limits::default())
    }

    fn within(limits: Limits) -> Self {
        let (folder, tenant) = (tempfile::tempdir().unwrap(), TenantId::generate());
        let cache = open(folder.path(), tenant, limits);
        Self { cache, tenant, folder }
    }

    /// The same cache as another process has it: files, thread and memory of its own.
    fn elsewhere(&self) -> Cache {
        open(self.folder.path(), self.tenant, Limits::default())
    }

    /// The file itself, past all that Foray does.
    fn file(&self) -> rusqlite::Connection {
        let file = files::folder(self.folder.path(), self.tenant).join("cache.sqlite");
        rusqlite::Connection::open(file).unwrap()
    }

    fn key(&self, name: &str) -> CacheKey {
        key(self.tenant, "people/1 search", name)
    }

    /// Keeps a page under its own name, as the answer to a question of that name.
    async fn keep(&self, name: &str, page: &Arc<PeoplePage>, now: i64) {
        self.cache.set(&self.key(name), &question(name), Arc::clone(page), timestamp(now), 0.5).await.unwrap();
    }

    async fn got(&self, name: &str, now: i64) -> Option<Arc<PeoplePage>> {
        got(&self.cache, &self.key(name), now).await
    }

    async fn entries(&self) -> u64 {
        self.cache.size(self.tenant).await.unwrap().0
    }
}

fn open(folder: &Path, tenant: TenantId, limits: Limits) -> Cache {
    TenantFiles::open_within(folder, tenant, limits).unwrap().cache
}

fn key(tenant: TenantId, resource: &str, name: &str) -> CacheKey {
    CacheKey::new(tenant, &Resource::new(resource).unwrap(), &Identifier::of(&name).unwrap())
}

fn question(name: &str) -> QuestionHash {
    QuestionHash::of(&name).unwrap()
}

async fn got(cache: &Cache, key: &CacheKey, now: i64) -> Option<Arc<PeoplePage>> {
    cache.get(key, timestamp(now)).await.unwrap().and_then(|kept| kept.page.open())
}

/// A page of one person of that name.
fn page(name: &str) -> Arc<PeoplePage> {
    let person = Person { id: name.to_owned(), name: Some(name.to_owned()), ..Person::default() };
    Arc::new(PeoplePage { total_entries: Some(1), people: Arc::new(vec![person]) })
}

/// A page that takes about `bytes` when packed: random digits, of which packing takes nothing away.
fn large_page(bytes: usize) -> Arc<PeoplePage> {
    let digits: String = (0..bytes / 32).map(|_| Uuid::new_v4().simple().to_string()).collect();
    let person = Person { id: "large".to_owned(), headline: Some(digits), ..Person::default() };
    Arc::new(PeoplePage { total_entries: Some(1), people: Arc::new(vec![person]) })
}
