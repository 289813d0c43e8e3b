//! A column of texts: each different one once, with its place in the order of all, and the number of its own for each row.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use super::bits::Bits;
use super::words::Words;

/// The place of what has nothing to sort by: last, whichever way it goes.
pub const LAST: u32 = u32::MAX;

/// The form of a text that decides its place; nothing for what has none.
pub type KeyOf = fn(&str) -> Vec<u8>;

/// Texts, one behind the other.
#[derive(Debug, Default)]
struct Shelf {
    letters: String,
    ends: Vec<usize>,
}

impl Shelf {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn push(&mut self, text: &str) -> u32 {
        self.letters.push_str(text);
        self.ends.push(self.letters.len());
        (self.ends.len() - 1) as u32
    }

    fn at(&self, number: u32) -> &str {
        let number = number as usize;
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[begin..self.ends[number]]
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.at(number as u32))
    }
}

/// Texts as they are read, row by row.
#[derive(Debug, Default)]
pub struct Gathered {
    of_row: Vec<u32>,
    shelf: Shelf,
    numbers: HashMap<Box<str>, u32>,
}

impl Gathered {
    pub fn push(&mut self, text: &str) {
        let number = self.numbers.get(text).copied().unwrap_or_else(|| {
            let number = self.shelf.push(text);
            self.numbers.insert(Box::from(text), number);
            number
        });
        self.of_row.push(number);
    }
}

#[derive(Debug)]
pub struct Texts {
    /// The number of its text for each row.
    of_row: Vec<u32>,
    shelf: Shelf,
    /// The numbers by key, equal ones by text.
    order: Vec<u32>,
    /// The place of each text among the different keys; [`LAST`] without one.
    places: Vec<u32>,
    /// How many different keys there are.
    different: u32,
    words: Words,
    key_of: KeyOf,
}

impl Texts {
    /// Puts what was gathered in order.
    pub fn new(gathered: Gathered, key_of: KeyOf) -> Self {
        let Gathered { mut of_row, mut shelf, numbers } = gathered;
        drop(numbers);
        of_row.shrink_to_fit();
        shelf.letters.shrink_to_fit();
        shelf.ends.shrink_to_fit();
        let (order, places, different) = in_order(&shelf, key_of);
        let words = Words::of(shelf.iter());
        Self { of_row, shelf, order, places, different, words, key_of }
    }

    /// The number of its text for each row.
    pub fn of_row(&self) -> &[u32] {
        &self.of_row
    }

    /// For each text its place, and how many places there are.
    pub fn places(&self) -> (&[u32], u32) {
        (&self.places, self.different)
    }

    /// The texts that hold a word with this beginning.
    pub fn beginning_with(&self, beginning: &str) -> Bits {
        let mut found = Bits::none(self.shelf.len());
        self.words.find(beginning, &mut found);
        found
    }

    /// Gives rows other texts; a row behind the last is a new one.
    pub fn change(&mut self, changes: Vec<(usize, String)>) {
        let mut rows_of: BTreeMap<(Vec<u8>, String), Vec<usize>> = BTreeMap::new();
        for (row, text) in changes {
            if row >= self.of_row.len() {
                self.of_row.resize(row + 1, 0);
            }
            rows_of.entry(((self.key_of)(&text), text)).or_default().push(row);
        }
        let mut added = Vec::new();
        for ((key, text), rows) in rows_of {
            let number = match self.order.binary_search_by(|other| self.compare(*other, &key, &text)) {
                Ok(place) => self.order[place],
                Err(place) => {
                    let number = self.shelf.push(&text);
                    self.words.add(&text, number);
                    added.push((place, number));
                    number
                }
            };
            for row in rows {
                self.of_row[row] = number;
            }
        }
        if !added.is_empty() {
            self.take_in(&added);
        }
    }

    fn compare(&self, number: u32, key: &[u8], text: &str) -> Ordering {
        let other = self.shelf.at(number);
        (self.key_of)(other).as_slice().cmp(key).then_with(|| other.cmp(text))
    }

    /// Puts texts where they belong in the order as it was; those of one place stand in their own order.
    fn take_in(&mut self, added: &[(usize, u32)]) {
        let mut order = Vec::with_capacity(self.order.len() + added.len());
        let mut taken = 0;
        for (place, number) in added {
            order.extend_from_slice(&self.order[taken..*place]);
            order.push(*number);
            taken = *place;
        }
        order.extend_from_slice(&self.order[taken..]);
        // Only beside a new text keys have to be made: between two others their old places tell.
        let old = self.places.len();
        let key = |number: u32| (self.key_of)(self.shelf.at(number));
        let has_key = |number: u32| match self.places.get(number as usize) {
            Some(place) => *place != LAST,
            None => !key(number).is_empty(),
        };
        let are_equal = |one: u32, other: u32| {
            if (one as usize) < old && (other as usize) < old {
                self.places[one as usize] == self.places[other as usize]
            } else {
                key(one) == key(other)
            }
        };
        let (places, different) = places(&order, has_key, are_equal);
        (self.order, self.places, self.different) = (order, places, different);
    }

    /// Memory, but for words that came later.
    pub fn bytes(&self) -> usize {
        let numbers = self.of_row.capacity() + self.order.capacity() + self.places.capacity();
        let letters = self.shelf.letters.capacity() + self.shelf.ends.capacity() * size_of::<usize>();
        numbers * size_of::<u32>() + letters + self.words.bytes()
    }
}

/// The order of all texts, the place of each, and how many places there are.
fn in_order(shelf: &Shelf, key_of: KeyOf) -> (Vec<u32>, Vec<u32>, u32) {
    let (mut keys, mut ends, mut heads) =
        (Vec::new(), Vec::with_capacity(shelf.len()), Vec::with_capacity(shelf.len()));
    for (number, text) in shelf.iter().enumerate() {
        let key = key_of(text);
        heads.push((head(&key), number as u32));
        keys.extend_from_slice(&key);
        ends.push(keys.len());
    }
    let key = |number: u32| {
        let number = number as usize;
        &keys[number.checked_sub(1).map_or(0, |before| ends[before])..ends[number]]
    };
    // Sixteen bytes decide nearly all comparisons.
    heads.sort_unstable_by(|(one_head, one), (other_head, other)| {
        let by_key = one_head.cmp(other_head).then_with(|| key(*one).cmp(key(*other)));
        by_key.then_with(|| shelf.at(*one).cmp(shelf.at(*other)))
    });
    let order: Vec<u32> = heads.into_iter().map(|(_, number)| number).collect();
    let (places, different) = places(&order, |number| !key(number).is_empty(), |one, other| key(one) == key(other));
    (order, places, different)
}

/// The first bytes of a key as a number. No key holds a zero byte.
fn head(key: &[u8]) -> u128 {
    let mut head = [0; 16];
    let shared = key.len().min(head.len());
    head[..shared].copy_from_slice(&key[..shared]);
    u128::from_be_bytes(head)
}

fn places(order: &[u32], has_key: impl Fn(u32) -> bool, are_equal: impl Fn(u32, u32) -> bool) -> (Vec<u32>, u32) {
    let mut places = vec![LAST; order.len()];
    let (mut different, mut before) = (0, None);
    for number in order.iter().copied().filter(|number| has_key(*number)) {
        if !before.is_some_and(|before| are_equal(before, number)) {
            different += 1;
        }
        places[number as usize] = different - 1;
        before = Some(number);
    }
    (places, different)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::sort_key;

    fn texts(of: &[String]) -> Texts {
        let mut gathered = Gathered::default();
        for text in of {
            gathered.push(text);
        }
        Texts::new(gathered, sort_key)
    }

    /// The place of each row.
    fn row_places(texts: &Texts) -> Vec<u32> {
        texts.of_row().iter().map(|text| texts.places().0[*text as usize]).collect()
    }

    proptest! {
        #[test]
        fn rows_stand_to_each_other_as_the_keys_of_their_texts(
            first in prop::collection::vec("[aAé 07-]{0,20}", 1..20),
            changes in prop::collection::vec((0..22_usize, "[aAé 07-]{0,20}"), 0..20),
        ) {
            let mut rows = first.clone();
            let mut texts = texts(&first);
            for some in changes.chunks(5) {
                // Each row once, the new ones without a gap.
                let mut wanted: BTreeMap<usize, String> = BTreeMap::new();
                for (row, text) in some {
                    wanted.insert((*row).min(rows.len() + wanted.keys().filter(|row| **row >= rows.len()).count()), text.clone());
                }
                for (row, text) in &wanted {
                    rows.resize(rows.len().max(row + 1), String::new());
                    rows[*row].clone_from(text);
                }
                texts.change(wanted.into_iter().collect());
            }
            let places = row_places(&texts);
            for (one, place) in rows.iter().zip(&places) {
                prop_assert_eq!(*place == LAST, sort_key(one).is_empty());
                for (other, other_place) in rows.iter().zip(&places) {
                    if *place != LAST && *other_place != LAST {
                        prop_assert_eq!(place.cmp(other_place), sort_key(one).cmp(&sort_key(other)));
                    }
                }
            }
            prop_assert!(places.iter().all(|place| *place == LAST || *place < texts.places().1));
        }
    }
}
