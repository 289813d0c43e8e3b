//! A column of few different values: each once, and the number of its own for each row.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use super::codes::{Codes, CodesOf};
use super::texts::LAST;

#[derive(Debug)]
pub struct Values<V> {
    of_row: Codes,
    different: Vec<V>,
    numbers: HashMap<V, u32>,
}

impl<V> Default for Values<V> {
    fn default() -> Self {
        Self { of_row: Codes::default(), different: Vec::new(), numbers: HashMap::new() }
    }
}

impl<V: Clone + Eq + Hash> Values<V> {
    /// So many rows, all of this value.
    pub fn all_of(value: V, rows: usize) -> Self {
        Self { of_row: Codes::zeros(rows), different: vec![value.clone()], numbers: HashMap::from([(value, 0)]) }
    }

    /// Gives a row its value; the row behind the last is a new one.
    pub fn put<Q>(&mut self, row: usize, value: &Q)
    where
        V: Borrow<Q>,
        Q: ToOwned<Owned = V> + Hash + Eq + ?Sized,
    {
        let number = self.numbers.get(value).copied().unwrap_or_else(|| {
            let number = self.different.len() as u32;
            self.different.push(value.to_owned());
            self.numbers.insert(value.to_owned(), number);
            number
        });
        self.of_row.put(row, number);
    }

    /// Gives back the room for further rows.
    pub fn shrink(&mut self) {
        self.of_row.shrink();
    }

    /// The number of its value for each row.
    pub fn of_row(&self) -> CodesOf<'_> {
        self.of_row.all()
    }

    /// The value of a row.
    pub fn of(&self, row: usize) -> &V {
        &self.different[self.of_row.at(row) as usize]
    }

    /// The values by their numbers.
    pub fn all(&self) -> &[V] {
        &self.different
    }

    /// For each value its place by a key, [`LAST`] without one, and how many places there are.
    pub fn places<K: Ord + Clone>(&self, key_of: impl Fn(&V) -> Option<K>) -> (Vec<u32>, u32) {
        let mut keys: Vec<K> = self.different.iter().filter_map(&key_of).collect();
        keys.sort_unstable();
        keys.dedup();
        let place = |value: &V| key_of(value).and_then(|key| keys.binary_search(&key).ok());
        (
            self.different.iter().map(|value| place(value).map_or(LAST, |place| place as u32)).collect(),
            keys.len() as u32,
        )
    }

    /// Memory of the rows.
    pub fn bytes(&self) -> usize {
        self.of_row.bytes()
    }
}
