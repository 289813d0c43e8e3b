//! The number of its value for each row: a byte each as long as there are few values, four when there are more.

use super::Bits;
use super::texts::LAST;

/// Numbers of values, row by row.
#[derive(Debug)]
pub enum Codes {
    Bytes(Vec<u8>),
    Words(Vec<u32>),
}

/// The same, to look at.
#[derive(Debug, Clone, Copy)]
pub enum CodesOf<'a> {
    Bytes(&'a [u8]),
    Words(&'a [u32]),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

impl Codes {
    /// So many rows, all of the value 0.
    pub fn zeros(rows: usize) -> Self {
        Self::Bytes(vec![0; rows])
    }

    /// Gives a row the number of its value; the row behind the last is a new one.
    pub fn put(&mut self, row: usize, number: u32) {
        match self {
            Self::Bytes(codes) => {
                if let Ok(code) = u8::try_from(number) {
                    put(codes, row, code);
                    return;
                }
                let mut wider: Vec<u32> = codes.iter().copied().map(u32::from).collect();
                put(&mut wider, row, number);
                *self = Self::Words(wider);
            }
            Self::Words(codes) => put(codes, row, number),
        }
    }

    pub fn at(&self, row: usize) -> u32 {
        match self {
            Self::Bytes(codes) => codes[row].into(),
            Self::Words(codes) => codes[row],
        }
    }

    pub fn all(&self) -> CodesOf<'_> {
        match self {
            Self::Bytes(codes) => CodesOf::Bytes(codes),
            Self::Words(codes) => CodesOf::Words(codes),
        }
    }

    /// Gives back the room for further rows.
    pub fn shrink(&mut self) {
        match self {
            Self::Bytes(codes) => codes.shrink_to_fit(),
            Self::Words(codes) => codes.shrink_to_fit(),
        }
    }

    /// Memory of the rows.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Bytes(codes) => codes.capacity(),
            Self::Words(codes) => codes.capacity() * size_of::<u32>(),
        }
    }
}

fn put<C>(codes: &mut Vec<C>, row: usize, code: C) {
    match codes.get_mut(row) {
        Some(known) => *known = code,
        None => codes.push(code),
    }
}

impl CodesOf<'_> {
    /// Those rows of `among` whose value is one of `wanted`.
    pub fn with(self, wanted: &Bits, among: &Bits) -> Bits {
        match self {
            Self::Bytes(codes) => among.narrowed(&[(codes, wanted)]),
            Self::Words(codes) => among.narrowed(&[(codes, wanted)]),
        }
    }

    /// How many rows of `among` have each of so many values.
    pub fn count(self, among: &Bits, values: usize) -> Vec<u64> {
        match self {
            Self::Bytes(codes) => count(codes, among, values),
            Self::Words(codes) => count(codes, among, values),
        }
    }

    /// Rows by the places of their values; equal ones stay as they stand, those without a place stand last both ways.
    /// `places`: of each value, below `different`.
    pub fn in_places(self, rows: &[u32], places: &[u32], different: u32, descending: bool) -> Vec<u32> {
        match self {
            Self::Bytes(codes) => in_places(codes, rows, places, different, descending),
            Self::Words(codes) => in_places(codes, rows, places, different, descending),
        }
    }
}

fn count<C: Copy + Into<u32>>(codes: &[C], among: &Bits, values: usize) -> Vec<u64> {
    let mut rows = vec![0; values];
    for row in among.iter() {
        rows[codes[row].into() as usize] += 1;
    }
    rows
}

fn in_places<C: Copy + Into<u32>>(
    codes: &[C],
    rows: &[u32],
    places: &[u32],
    different: u32,
    descending: bool,
) -> Vec<u32> {
    let slot = |row: u32| match places[codes[row as usize].into() as usize] {
        LAST => different as usize,
        place if descending => (different - 1 - place) as usize,
        place => place as usize,
    };
    let mut next = vec![0_u32; different as usize + 2];
    for row in rows {
        next[slot(*row) + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut sorted = vec![0; rows.len()];
    for row in rows {
        let at = &mut next[slot(*row)];
        sorted[*at as usize] = *row;
        *at += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_keep_their_numbers_however_wide_these_become(
            numbers in prop::collection::vec(prop_oneof![0..256_u32, 0..1_000_u32], 1..60),
            changes in prop::collection::vec((0..60_usize, 0..1_000_u32), 0..20),
        ) {
            let (mut codes, mut plain) = (Codes::default(), numbers.clone());
            for (row, number) in numbers.into_iter().enumerate() {
                codes.put(row, number);
            }
            for (row, number) in changes {
                let row = row.min(plain.len() - 1);
                codes.put(row, number);
                plain[row] = number;
            }
            prop_assert_eq!((0..plain.len()).map(|row| codes.at(row)).collect::<Vec<_>>(), plain.clone());
            let mut counts = vec![0; 1_000];
            for number in &plain {
                counts[*number as usize] += 1;
            }
            prop_assert_eq!(codes.all().count(&Bits::all(plain.len()), 1_000), counts);
        }
    }
}
