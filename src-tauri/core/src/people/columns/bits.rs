//! A set of small numbers, one bit for each: of rows, or of the values of a column.

/// Numbers in one block.
pub const BLOCK: usize = u64::BITS as usize;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Room for the numbers below `length`, with none of them.
    pub fn none(length: usize) -> Self {
        Self(vec![0; length.div_ceil(BLOCK)])
    }

    /// All numbers below `length`.
    pub fn all(length: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; length.div_ceil(BLOCK)]);
        if let (Some(last), rest @ 1..) = (bits.0.last_mut(), length % BLOCK) {
            *last = u64::MAX >> (BLOCK - rest);
        }
        bits
    }

    pub fn put(&mut self, number: usize) {
        self.0[number / BLOCK] |= 1 << (number % BLOCK);
    }

    pub fn has(&self, number: u32) -> bool {
        self.bit(number) != 0
    }

    /// One or zero: for loops that must not branch.
    pub fn bit(&self, number: u32) -> u64 {
        (self.0[number as usize / BLOCK] >> (number as usize % BLOCK)) & 1
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|block| block.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|block| *block == 0)
    }

    /// Leaves what is in both.
    pub fn and(&mut self, other: &Self) {
        for (block, other) in self.0.iter_mut().zip(&other.0) {
            *block &= other;
        }
    }

    /// The numbers, the least first.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, block)| {
            let mut rest = *block;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest.checked_sub(1)?;
                Some(at * BLOCK + bit)
            })
        })
    }

    /// Those rows of `self` whose value is one of `wanted`, by any of these columns: for each row the number of its value.
    pub fn narrowed<C: Copy + Into<u32>>(&self, columns: &[(&[C], &Self)]) -> Self {
        let mut found = Self(Vec::with_capacity(self.0.len()));
        for (at, block) in self.0.iter().enumerate() {
            let mut kept = 0;
            if *block != 0 {
                for (values, wanted) in columns {
                    let rows = values[at * BLOCK..].iter().take(BLOCK);
                    kept |= rows.enumerate().fold(0, |kept, (row, value)| kept | wanted.bit((*value).into()) << row);
                    if kept & block == *block {
                        break;
                    }
                }
            }
            found.0.push(kept & block);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_hold_what_was_put_in(length in 1..200_usize, numbers in prop::collection::btree_set(0..200_usize, 0..60)) {
            let numbers: Vec<usize> = numbers.into_iter().filter(|number| *number < length).collect();
            let mut bits = Bits::none(length);
            for number in &numbers {
                bits.put(*number);
            }
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), numbers.clone());
            prop_assert_eq!((bits.count(), bits.is_empty()), (numbers.len(), numbers.is_empty()));
            prop_assert_eq!(Bits::all(length).iter().collect::<Vec<_>>(), (0..length).collect::<Vec<_>>());
            let mut both = Bits::all(length);
            both.and(&bits);
            prop_assert_eq!(&both, &bits);
        }

        #[test]
        fn rows_are_kept_that_were_there_and_have_a_wanted_value_in_any_column(
            rows in prop::collection::vec((any::<bool>(), 0..5_u32, 0..5_u32), 1..200),
            wanted in prop::collection::vec(any::<bool>(), 10),
        ) {
            let columns: [Vec<u32>; 2] =
                [rows.iter().map(|row| row.1).collect(), rows.iter().map(|row| row.2).collect()];
            let (mut there, mut first, mut second) = (Bits::none(rows.len()), Bits::none(5), Bits::none(5));
            for (number, _) in rows.iter().enumerate().filter(|(_, row)| row.0) {
                there.put(number);
            }
            for value in (0..5).filter(|value| wanted[*value]) {
                first.put(value);
            }
            for value in (0..5).filter(|value| wanted[value + 5]) {
                second.put(value);
            }
            let found = there.narrowed(&[(&columns[0], &first), (&columns[1], &second)]);
            let plain: Vec<usize> = rows.iter().enumerate()
                .filter(|(_, row)| row.0 && (wanted[row.1 as usize] || wanted[row.2 as usize + 5]))
                .map(|(number, _)| number).collect();
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), plain);
        }
    }
}
