//! The answers that were used last, so that a hit reads no disk and unpacks nothing; and the one connection that reads the
//! others, in place: a row costs less than handing the question to another thread. It must never show what another process
//! has replaced or removed since: each look asks SQLite first whether anybody wrote.
//!
//! An own list and not `moka`: that question, the answer to it and the list's emptying must be one step, so there is a lock
//! already; and under it a plain list is exact about its bytes.

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::age::Age;
use super::held::{self, Found, Held, NOTED_AGAIN_MS};
use super::keys::CacheKey;
use crate::db::data_version;

/// Noted uses that are enough for a write of their own.
const NOTES_AT_ONCE: usize = 128;

/// Pages by key, bounded by their bytes; the least recently used goes first.
#[derive(Debug)]
pub struct Pages {
    most_bytes: u64,
    bytes: u64,
    turn: u64,
    held: HashMap<CacheKey, (u64, Held)>,
    by_turn: BTreeMap<u64, CacheKey>,
}

impl Pages {
    fn new(most_bytes: u64) -> Self {
        Self { most_bytes, bytes: 0, turn: 0, held: HashMap::new(), by_turn: BTreeMap::new() }
    }

    fn contains(&self, key: &CacheKey) -> bool {
        self.held.contains_key(key)
    }

    fn get(&mut self, key: &CacheKey) -> Option<&mut Held> {
        let (turn, held) = self.held.get_mut(key)?;
        if let Some(key) = self.by_turn.remove(turn) {
            self.turn += 1;
            *turn = self.turn;
            self.by_turn.insert(self.turn, key);
        }
        Some(held)
    }

    pub fn put(&mut self, key: CacheKey, held: Held) {
        self.remove(&key);
        if held.bytes > self.most_bytes {
            return;
        }
        self.turn += 1;
        self.bytes += held.bytes;
        self.by_turn.insert(self.turn, key.clone());
        self.held.insert(key, (self.turn, held));
        while self.bytes > self.most_bytes
            && let Some((_, oldest)) = self.by_turn.pop_first()
        {
            self.remove(&oldest);
        }
    }

    pub fn remove(&mut self, key: &CacheKey) {
        if let Some((turn, held)) = self.held.remove(key) {
            self.by_turn.remove(&turn);
            self.bytes -= held.bytes;
        }
    }

    pub fn clear(&mut self) {
        self.held.clear();
        self.by_turn.clear();
        self.bytes = 0;
    }
}

/// The memory of one workspace's cache.
#[derive(Debug)]
pub struct Memory(Mutex<Tier>);

#[derive(Debug)]
struct Tier {
    /// A connection that never writes: its data version changes with every write of others, our own writer among them.
    watch: Option<Connection>,
    /// The data version that all of `pages` were read at, or after.
    seen: Option<i64>,
    pages: Pages,
    /// Uses that the disk does not know of yet.
    uses: HashMap<CacheKey, i64>,
    uses_written_ms: i64,
}

impl Tier {
    /// Empties the tier when anybody wrote since it was filled, or when that can't be known.
    fn look(&mut self) {
        let version = self.version();
        if version.is_none() || version != self.seen {
            self.pages.clear();
            self.seen = version;
        }
    }

    fn version(&self) -> Option<i64> {
        data_version(self.watch.as_ref()?).ok()
    }

    /// The answer under `key` if it is held, nobody has written since, and it is not gone by now.
    fn held(&mut self, key: &CacheKey, now_ms: i64) -> Option<(Held, Age)> {
        // What is not held needs no look: a row that is read now is no older than what was read before.
        if self.seen.is_none() || self.pages.contains(key) {
            self.look();
        }
        let held = self.pages.get(key)?;
        let age = held.dates.age(now_ms);
        if age == Age::Gone {
            self.pages.remove(key);
            return None;
        }
        let note = held.use_now(now_ms);
        let held = held.clone();
        if note {
            self.uses.insert(key.clone(), now_ms);
        }
        Some((held, age))
    }

    /// Reads what is not held, and holds it from now on.
    fn read(&mut self, key: &CacheKey, now_ms: i64) -> Option<Found> {
        let mut found = held::find(self.watch.as_ref()?, key, now_ms).ok()?;
        if let Found::Answer(held, _) = &mut found {
            if held.use_now(now_ms) {
                self.uses.insert(key.clone(), now_ms);
            }
            if self.seen.is_some() {
                self.pages.put(key.clone(), held.clone());
            }
        }
        Some(found)
    }
}

impl Memory {
    /// Without a connection to watch the file by, nothing is ever held, nor read here.
    pub fn new(watch: Option<Connection>, most_bytes: u64) -> Self {
        Self(Mutex::new(Tier {
            watch,
            seen: None,
            pages: Pages::new(most_bytes),
            uses: HashMap::new(),
            uses_written_ms: 0,
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Tier> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept under `key` at this moment, from memory or else from the file. Null when the file can't be read here: its
    /// own thread may have more patience, and finds out why.
    pub fn find(&self, key: &CacheKey, now_ms: i64) -> Option<Found> {
        let mut tier = self.lock();
        match tier.held(key, now_ms) {
            Some((held, age)) => Some(Found::Answer(held, age)),
            None => tier.read(key, now_ms),
        }
    }

    /// To be called under a write's lock, before [`Self::follow`].
    pub fn look(&self) {
        self.lock().look();
    }

    /// Holds an answer that the disk did not take, until somebody writes the file.
    pub fn hold(&self, key: &CacheKey, held: &Held) {
        let mut tier = self.lock();
        tier.look();
        if tier.seen.is_some() {
            tier.pages.put(key.clone(), held.clone());
        }
    }

    /// Uses to be written together with something else.
    pub fn take_uses(&self, now_ms: i64) -> HashMap<CacheKey, i64> {
        let mut tier = self.lock();
        tier.uses_written_ms = now_ms;
        mem::take(&mut tier.uses)
    }

    /// Uses that are worth a write of their own: many, or the first for a while, as in a command line that ends soon.
    pub fn take_due_uses(&self, now_ms: i64) -> Option<HashMap<CacheKey, i64>> {
        let mut tier = self.lock();
        let long_ago = tier.uses_written_ms.abs_diff(now_ms) > NOTED_AGAIN_MS;
        if tier.uses.is_empty() || (!long_ago && tier.uses.len() < NOTES_AT_ONCE) {
            return None;
        }
        tier.uses_written_ms = now_ms;
        Some(mem::take(&mut tier.uses))
    }

    /// Follows a write of our own that has been committed. `alone` says, when asked, that nobody else wrote from before
    /// that write until now; [`Self::look`] must have been called under that write's lock.
    pub fn follow(&self, alone: impl FnOnce() -> bool, change: impl FnOnce(&mut Pages)) {
        let mut tier = self.lock();
        // First our view of the file, then whether it was us alone: what others commit between the two is noticed.
        tier.seen = tier.version();
        if tier.seen.is_some() && alone() {
            change(&mut tier.pages);
        } else {
            // Others may have replaced already what we have just written.
            tier.pages.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::apollo::response::PeoplePage;
    use crate::cache::age::Dates;
    use crate::cache::keys::{Identifier, Resource};
    use crate::tenant::TenantId;

    fn key(name: &str) -> CacheKey {
        CacheKey::new(TenantId::SAMPLE, &Resource::new("test").unwrap(), &Identifier::text(name).unwrap())
    }

    fn held(bytes: u64) -> Held {
        let page = Arc::new(PeoplePage { total_entries: None, people: Arc::default() });
        Held::written(page, bytes, Dates { stored_ms: 0, fresh_until_ms: i64::MAX }, 0)
    }

    fn is_held(memory: &Memory, now_ms: i64) -> bool {
        matches!(memory.find(&key("a"), now_ms), Some(Found::Answer(..)))
    }

    #[test]
    fn the_least_recently_used_page_goes_first_and_the_rest_fits() {
        let mut pages = Pages::new(300);
        for name in ["a", "b", "c"] {
            pages.put(key(name), held(100));
        }
        assert!(pages.get(&key("a")).is_some());
        pages.put(key("d"), held(100));
        assert!(pages.get(&key("b")).is_none());
        assert!(["a", "c", "d"].iter().all(|name| pages.get(&key(name)).is_some()));
        pages.put(key("e"), held(250));
        assert_eq!((pages.bytes, pages.held.len(), pages.by_turn.len()), (250, 1, 1));
    }

    #[test]
    fn a_page_that_can_never_fit_is_not_held() {
        let mut pages = Pages::new(300);
        pages.put(key("a"), held(301));
        assert_eq!((pages.bytes, pages.held.len(), pages.by_turn.len()), (0, 0, 0));
    }

    #[test]
    fn a_page_that_is_put_again_counts_once() {
        let mut pages = Pages::new(300);
        pages.put(key("a"), held(200));
        pages.put(key("a"), held(150));
        assert_eq!((pages.bytes, pages.held.len(), pages.by_turn.len()), (150, 1, 1));
        pages.clear();
        assert_eq!((pages.bytes, pages.held.len(), pages.by_turn.len()), (0, 0, 0));
    }

    #[test]
    fn nothing_is_held_of_a_file_that_nobody_watches() {
        let memory = Memory::new(None, 1_000);
        memory.follow(|| true, |pages| pages.put(key("a"), held(1)));
        assert!(memory.find(&key("a"), 0).is_none());
    }

    #[test]
    fn our_own_page_is_not_held_when_others_wrote_right_after() {
        let memory = Memory::new(Some(Connection::open_in_memory().unwrap()), 1_000);
        for (alone, found) in [(false, false), (true, true)] {
            memory.look();
            memory.follow(|| alone, |pages| pages.put(key("a"), held(1)));
            assert_eq!(is_held(&memory, 0), found);
        }
    }

    #[test]
    fn a_use_is_noted_at_most_once_in_ten_minutes() {
        let memory = Memory::new(Some(Connection::open_in_memory().unwrap()), 1_000);
        let again_ms = NOTED_AGAIN_MS as i64;
        memory.follow(|| true, |pages| pages.put(key("a"), held(1)));
        assert!(is_held(&memory, again_ms) && memory.take_uses(1).is_empty());
        assert!(is_held(&memory, again_ms + 1));
        assert_eq!(memory.take_uses(1), HashMap::from([(key("a"), again_ms + 1)]));
        assert!(is_held(&memory, again_ms + 2) && memory.take_uses(1).is_empty());
    }
}
