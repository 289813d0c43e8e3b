//! The parsed pages that were used last, so that a hit reads no disk and parses nothing. It must never show what another
//! process has replaced or removed since: each look asks SQLite first whether anybody wrote.
//!
//! An own list and not `moka`: that question, the answer to it and the list's emptying must be one step, so there is a lock
//! already; and under it a plain list is exact about its bytes.

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::age::{Age, Dates};
use super::keys::CacheKey;
use crate::apollo::response::PeoplePage;
use crate::db::data_version;
use crate::people::Person;

/// A use is noted again only after so long: it matters for the order in which answers go, nothing else.
const NOTED_AGAIN_MS: u64 = 10 * 60 * 1_000;
/// Noted uses that are enough for a write of their own.
const NOTES_AT_ONCE: usize = 128;

/// A page that was read from the disk or just written to it.
#[derive(Debug, Clone)]
pub struct Held {
    pub page: Arc<PeoplePage>,
    pub dates: Dates,
    /// When it was last used, to [`NOTED_AGAIN_MS`].
    used_ms: i64,
    bytes: u64,
}

impl Held {
    /// `written` is the length of the page's JSON, which no texts in it exceed.
    pub fn new(page: Arc<PeoplePage>, written: usize, dates: Dates, used_ms: i64) -> Self {
        let bytes = (page.people.capacity() * size_of::<Person>() + written) as u64;
        Self { page, dates, used_ms, bytes }
    }

    /// True when this use is worth a note on the disk.
    fn use_now(&mut self, now_ms: i64) -> bool {
        let note = self.used_ms.abs_diff(now_ms) > NOTED_AGAIN_MS;
        if note {
            self.used_ms = now_ms;
        }
        note
    }
}

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
    /// The data version that all of `pages` were checked against.
    seen: Option<i64>,
    /// Counts how often `pages` was emptied, so that what was read before is not put in after.
    emptied: u64,
    pages: Pages,
    /// Uses that the disk does not know of yet.
    uses: HashMap<CacheKey, i64>,
    uses_written_ms: i64,
}

/// The state of the tier in which something was read from the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(Option<u64>);

impl Tier {
    /// Empties the tier when anybody wrote since it was filled, or when that can't be known.
    fn look(&mut self) -> Moment {
        let version = self.version();
        if version.is_none() || version != self.seen {
            self.empty();
            self.seen = version;
        }
        Moment(version.map(|_| self.emptied))
    }

    fn version(&self) -> Option<i64> {
        data_version(self.watch.as_ref()?).ok()
    }

    fn empty(&mut self) {
        self.pages.clear();
        self.emptied += 1;
    }
}

impl Memory {
    /// Without a connection to watch the file by, nothing is ever held.
    pub fn new(watch: Option<Connection>, most_bytes: u64) -> Self {
        Self(Mutex::new(Tier {
            watch,
            seen: None,
            emptied: 0,
            pages: Pages::new(most_bytes),
            uses: HashMap::new(),
            uses_written_ms: 0,
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Tier> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page under `key`, if it is held, still on the disk as it was, and not gone by now.
    pub fn get(&self, key: &CacheKey, now_ms: i64) -> Option<(Held, Age)> {
        let mut tier = self.lock();
        tier.look();
        let held = tier.pages.get(key)?;
        let age = held.dates.age(now_ms);
        if age == Age::Gone {
            tier.pages.remove(key);
            return None;
        }
        let note = held.use_now(now_ms);
        let held = held.clone();
        if note {
            tier.uses.insert(key.clone(), now_ms);
        }
        Some((held, age))
    }

    /// To be called before a row is read that [`Self::fill`] puts in.
    pub fn look(&self) -> Moment {
        self.lock().look()
    }

    /// Holds what was read from the disk after `moment` and is used now, unless others wrote since: it may be their row's
    /// predecessor.
    pub fn fill(&self, moment: Moment, key: &CacheKey, mut held: Held, now_ms: i64) {
        let mut tier = self.lock();
        if held.use_now(now_ms) {
            tier.uses.insert(key.clone(), now_ms);
        }
        if moment.0 == Some(tier.emptied) {
            tier.pages.put(key.clone(), held);
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
            tier.empty();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cache::keys::{Identifier, Resource};
    use crate::tenant::TenantId;

    fn key(name: &str) -> CacheKey {
        CacheKey::new(TenantId::SAMPLE, &Resource::new("test").unwrap(), &Identifier::text(name).unwrap())
    }

    fn held(bytes: usize) -> Held {
        let page = Arc::new(PeoplePage { total_entries: None, people: Arc::default() });
        Held::new(page, bytes, Dates { stored_ms: 0, fresh_until_ms: 1 }, 0)
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
        memory.fill(memory.look(), &key("a"), held(1), 0);
        memory.follow(|| true, |pages| pages.put(key("a"), held(1)));
        assert!(memory.get(&key("a"), 0).is_none());
    }

    #[test]
    fn what_was_read_before_the_tier_was_emptied_is_not_put_in_after() {
        let memory = Memory::new(Some(Connection::open_in_memory().unwrap()), 1_000);
        let before = memory.look();
        memory.follow(|| false, |_| ());
        memory.fill(before, &key("a"), held(1), 0);
        assert!(memory.get(&key("a"), 0).is_none());
        memory.fill(memory.look(), &key("a"), held(1), 0);
        assert!(memory.get(&key("a"), 0).is_some());
    }

    #[test]
    fn our_own_page_is_not_held_when_others_wrote_right_after() {
        let memory = Memory::new(Some(Connection::open_in_memory().unwrap()), 1_000);
        for (alone, found) in [(false, false), (true, true)] {
            memory.look();
            memory.follow(|| alone, |pages| pages.put(key("a"), held(1)));
            assert_eq!(memory.get(&key("a"), 0).is_some(), found);
        }
    }

    #[test]
    fn a_use_is_noted_at_most_once_in_ten_minutes() {
        let memory = Memory::new(Some(Connection::open_in_memory().unwrap()), 1_000);
        let again_ms = NOTED_AGAIN_MS as i64;
        let mut first = held(1);
        first.dates.fresh_until_ms = i64::MAX;
        memory.fill(memory.look(), &key("a"), first, 1);
        assert!(memory.take_uses(1).is_empty());
        assert!(memory.get(&key("a"), again_ms).is_some() && memory.take_uses(1).is_empty());
        assert!(memory.get(&key("a"), again_ms + 1).is_some());
        assert_eq!(memory.take_uses(1), HashMap::from([(key("a"), again_ms + 1)]));
        assert!(memory.get(&key("a"), again_ms + 2).is_some() && memory.take_uses(1).is_empty());
    }
}
