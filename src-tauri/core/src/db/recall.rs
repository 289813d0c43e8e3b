//! What was read from a file, held in memory while nobody writes to the file: neither another process nor this one. It must
//! never tell what a write that has been committed may have changed, so each look asks SQLite first.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::data_version;

/// What was read, by what was asked. A look takes some microseconds and never waits, so async threads may take one.
pub struct Recall<K, V>(Mutex<Held<K, V>>);

struct Held<K, V> {
    /// A connection that never writes: for it, every write is one of others.
    watch: Option<Connection>,
    /// The data version that all of `read` was read at, or after.
    seen: Option<i64>,
    read: HashMap<K, V>,
}

/// The state of the file at a look; by default unknown, and then nothing is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment(Option<i64>);

impl<K: Eq + Hash, V: Clone> Recall<K, V> {
    /// Without a connection to watch the file by (see [`super::open_watch`]), nothing is ever held.
    pub fn new(watch: Option<Connection>) -> Self {
        Self(Mutex::new(Held { watch, seen: None, read: HashMap::new() }))
    }

    /// What is held for `key`.
    ///
    /// # Errors
    /// Nothing is; whatever is read from the file from now on may be given to [`Self::hold`] with this moment.
    pub fn get(&self, key: &K) -> Result<V, Moment> {
        let mut held = self.lock();
        held.look();
        held.read.get(key).cloned().ok_or(Moment(held.seen))
    }

    /// Holds what was read after `moment`, unless somebody is known to have written since.
    pub fn hold(&self, moment: Moment, key: K, value: V) {
        let mut held = self.lock();
        if moment.0.is_some() && moment.0 == held.seen {
            held.read.insert(key, value);
        }
    }

    /// Gives up what is held for `key`.
    pub fn forget(&self, key: &K) {
        self.lock().read.remove(key);
    }

    fn lock(&self) -> MutexGuard<'_, Held<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Held<K, V> {
    /// Forgets everything when anybody wrote since the last look, or when that can't be known.
    fn look(&mut self) {
        let version = self.watch.as_ref().and_then(|watch| data_version(watch).ok());
        if version.is_none() || version != self.seen {
            self.read.clear();
            self.seen = version;
        }
    }
}

impl<K, V> fmt::Debug for Recall<K, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recall").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::db::{Durability, Schema, open, open_watch};

    const SCHEMA: Schema =
        Schema { what: "A file", durability: Durability::Normal, migrations: &["CREATE TABLE some (number INTEGER);"] };

    fn file() -> (tempfile::TempDir, Connection, Recall<u8, u8>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.sqlite");
        let connection = open(&path, &SCHEMA).unwrap().connection;
        let recall = Recall::new(Some(open_watch(&path, &SCHEMA).unwrap()));
        (folder, connection, recall)
    }

    fn write(connection: &Connection) {
        connection.execute("INSERT INTO some VALUES (1)", []).unwrap();
    }

    #[test]
    fn what_was_read_is_held_until_anybody_writes() {
        let (_folder, connection, recall) = file();
        let moment = recall.get(&1).unwrap_err();
        recall.hold(moment, 1, 10);
        assert_eq!(recall.get(&1), Ok(10));
        let refused = connection.execute("INSERT INTO other VALUES (1)", []);
        assert!(refused.is_err() && recall.get(&1) == Ok(10), "nothing was written");
        write(&connection);
        assert!(recall.get(&1).is_err());
    }

    #[test]
    fn a_write_that_is_not_committed_changes_nothing() {
        let (_folder, mut connection, recall) = file();
        recall.hold(recall.get(&1).unwrap_err(), 1, 10);
        let transaction = connection.transaction().unwrap();
        write(&transaction);
        assert_eq!(recall.get(&1), Ok(10));
        transaction.commit().unwrap();
        assert!(recall.get(&1).is_err());
    }

    #[test]
    fn what_was_read_before_a_write_is_never_told_after_it() {
        let (_folder, connection, recall) = file();
        let before = recall.get(&1).unwrap_err();
        write(&connection);
        recall.hold(before, 1, 10);
        let after = recall.get(&1).unwrap_err();
        recall.hold(before, 1, 10);
        assert_eq!(recall.get(&1), Err(after));
    }

    #[test]
    fn what_is_forgotten_is_read_anew() {
        let (_folder, _connection, recall) = file();
        let moment = recall.get(&1).unwrap_err();
        recall.hold(moment, 1, 10);
        recall.hold(moment, 2, 20);
        recall.forget(&1);
        assert_eq!((recall.get(&1), recall.get(&2)), (Err(moment), Ok(20)));
    }

    #[test]
    fn nothing_is_held_of_a_file_that_nobody_watches() {
        let recall = Recall::new(None);
        recall.hold(recall.get(&1).unwrap_err(), 1, 10);
        assert!(recall.get(&1).is_err());
    }
}
