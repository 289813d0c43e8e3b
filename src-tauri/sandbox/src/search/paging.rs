//! Which rows a page holds. Pages overlap, as Apollo's do: about a tenth of the rows of a page after the first were on
//! the page before. They come on top: no page skips anybody, so the last people lie behind page ceil(total / size).
//! Must never repeat a row within one page.

use super::body::{Body, Refusal};
use crate::random::hash;

/// Rows on a page when nothing is said.
const DEFAULT_SIZE: u64 = 10;
/// More is cut to this without a word.
const LARGEST_SIZE: u64 = 100;
/// The last page there is.
const LAST_PAGE: u64 = 500;
/// page × `per_page` may not pass this.
const WALL: u64 = 50_000;
const SALT_OVERLAP: u64 = 0x0E1A;

/// A page that may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub number: u64,
    pub size: u64,
}

impl Page {
    /// Reads `page` and `per_page`; beyond the wall Apollo answers 422 and not an empty page.
    pub fn read(body: &Body) -> Result<Self, Refusal> {
        let number = body.whole_number("page")?.unwrap_or(1).max(1);
        let size = match body.whole_number("per_page")? {
            None | Some(0) => DEFAULT_SIZE,
            Some(size) => size.min(LARGEST_SIZE),
        };
        if number > LAST_PAGE || number * size > WALL {
            return Err(Refusal::wall());
        }
        Ok(Self { number, size })
    }

    /// How many rows of each page after the first were on the page before.
    fn repeats(self) -> u64 {
        (self.size + 5) / 10
    }

    /// Where the new rows of a page begin and end among all `total`.
    fn fresh(self, total: u64) -> std::ops::Range<u64> {
        let step = self.size - self.repeats();
        let start = if self.number == 1 { 0 } else { self.size + (self.number - 2) * step };
        let length = if self.number == 1 { self.size } else { step };
        start.min(total)..(start + length).min(total)
    }

    /// Positions of this page's rows among all `total`, in the order they are answered.
    pub fn rows(self, seed: u64, total: u64) -> Vec<u64> {
        let fresh = self.fresh(total);
        let mut rows = fresh.clone().collect::<Vec<_>>();
        if self.number == 1 || fresh.is_empty() {
            return rows;
        }
        let before = Self { number: self.number - 1, ..self }.fresh(total);
        let width = before.end - before.start;
        let first = hash(seed, SALT_OVERLAP, self.number);
        for count in 0..self.repeats().min(width) {
            let repeated = before.start + (first % width + count) % width;
            let place = hash(seed, SALT_OVERLAP + 1 + count, self.number) as usize % (rows.len() + 1);
            rows.insert(place, repeated);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;
    use std::collections::HashSet;

    fn read(value: &serde_json::Value) -> Result<Page, Refusal> {
        Page::read(&Body(value.as_object().unwrap().clone()))
    }

    #[test]
    fn the_wall_is_an_error_and_stands_at_fifty_thousand() {
        assert_eq!(read(&json!({})), Ok(Page { number: 1, size: 10 }));
        assert_eq!(read(&json!({"page": 500, "per_page": 200})), Ok(Page { number: 500, size: 100 }));
        assert!(read(&json!({"page": 501, "per_page": 10})).is_err());
    }

    proptest::proptest! {
        #[test]
        fn a_walk_meets_everybody_then_an_empty_page(seed: u64, size in 1_u64..=100, total in 0_u64..3000) {
            let mut seen = HashSet::new();
            let mut before = Vec::new();
            for number in 1.. {
                let rows = Page { number, size }.rows(seed, total);
                let different = rows.iter().copied().collect::<HashSet<_>>();
                proptest::prop_assert_eq!(different.len(), rows.len());
                proptest::prop_assert!(rows.len() as u64 <= size);
                if rows.is_empty() {
                    break;
                }
                if number > 1 {
                    let repeats = rows.iter().filter(|row| before.contains(*row)).count() as u64;
                    proptest::prop_assert_eq!(repeats, (size + 5) / 10);
                }
                seen.extend(different);
                before = rows;
            }
            proptest::prop_assert_eq!(seen.len() as u64, total);
        }
    }
}
