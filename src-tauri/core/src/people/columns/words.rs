//! The words of a column's values: for the beginning of a word, which values hold one that begins so.

use std::collections::{BTreeMap, HashMap};
use std::ops::{Bound, Range};

use super::bits::Bits;
use crate::text;

/// The words in order, each with the values that hold it, all lists one behind the other: those of all words that begin alike
/// stand together. What came later stands beside them.
#[derive(Debug, Default)]
pub struct Words {
    letters: String,
    /// Where each word begins in `letters`, and the end of the last.
    begins: Vec<usize>,
    /// Where each word's values begin in `values`, and the end of the last.
    lists: Vec<usize>,
    values: Vec<u32>,
    later: BTreeMap<Box<str>, Vec<u32>>,
}

impl Words {
    /// Of these texts; the first is the value 0.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut numbers: HashMap<Box<str>, u32> = HashMap::new();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (value, text) in texts.enumerate() {
            text::search_words(text, |word| {
                let number = numbers.get(word).copied().unwrap_or_else(|| {
                    let number = numbers.len() as u32;
                    numbers.insert(Box::from(word), number);
                    number
                });
                pairs.push((number, value as u32));
            });
        }
        let mut ordered: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        ordered.sort_unstable();
        let mut words = Self { begins: vec![0], ..Self::default() };
        let mut places = vec![0; ordered.len()];
        for (place, (word, number)) in ordered.iter().enumerate() {
            words.letters.push_str(word);
            words.begins.push(words.letters.len());
            places[*number as usize] = place;
        }
        words.letters.shrink_to_fit();
        words.begins.shrink_to_fit();
        words.lists = vec![0; ordered.len() + 1];
        for (number, _) in &pairs {
            words.lists[places[*number as usize] + 1] += 1;
        }
        for place in 0..ordered.len() {
            words.lists[place + 1] += words.lists[place];
        }
        let mut next = words.lists.clone();
        words.values = vec![0; pairs.len()];
        for (number, value) in pairs {
            let slot = &mut next[places[number as usize]];
            words.values[*slot] = value;
            *slot += 1;
        }
        words
    }

    /// Takes in a value that was not there before.
    pub fn add(&mut self, text: &str, value: u32) {
        text::search_words(text, |word| match self.later.get_mut(word) {
            Some(values) => values.push(value),
            None => drop(self.later.insert(Box::from(word), vec![value])),
        });
    }

    /// Puts into `found` the values that hold a word with this beginning.
    pub fn find(&self, beginning: &str, found: &mut Bits) {
        let words = self.beginning_with(beginning);
        if let (Some(first), Some(end)) = (self.lists.get(words.start), self.lists.get(words.end)) {
            put_all(&self.values[*first..*end], found);
        }
        let later = self.later.range::<str, _>((Bound::Included(beginning), Bound::Unbounded));
        for (_, values) in later.take_while(|(word, _)| word.starts_with(beginning)) {
            put_all(values, found);
        }
    }

    fn beginning_with(&self, beginning: &str) -> Range<usize> {
        let count = self.begins.len().saturating_sub(1);
        let first = partition(0..count, |place| self.word(place) < beginning);
        first..partition(first..count, |place| self.word(place).starts_with(beginning))
    }

    fn word(&self, place: usize) -> &str {
        &self.letters[self.begins[place]..self.begins[place + 1]]
    }

    /// Memory, but for what came later.
    pub fn bytes(&self) -> usize {
        let numbers = self.begins.capacity() + self.lists.capacity();
        self.letters.capacity() + numbers * size_of::<usize>() + self.values.capacity() * size_of::<u32>()
    }
}

fn put_all(values: &[u32], found: &mut Bits) {
    for value in values {
        found.put(*value as usize);
    }
}

/// The first number for which this does not hold any more; it holds for all before it.
fn partition(among: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (among.start, among.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn values_are_found_by_the_beginning_of_any_of_their_words(
            texts in prop::collection::vec("[abø ]{0,8}", 1..20), begun in "[abo]{1,3}", first in 0..20_usize,
        ) {
            let first = first.min(texts.len());
            let mut words = Words::of(texts[..first].iter().map(String::as_str));
            for (value, text) in texts.iter().enumerate().skip(first) {
                words.add(text, value as u32);
            }
            let mut found = Bits::none(texts.len());
            words.find(&begun, &mut found);
            let plain = |text: &str| text.replace('ø', "o").split(' ').any(|word| word.starts_with(&begun));
            let wanted: Vec<usize> =
                texts.iter().enumerate().filter(|(_, text)| plain(text)).map(|(value, _)| value).collect();
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), wanted);
        }
    }
}
