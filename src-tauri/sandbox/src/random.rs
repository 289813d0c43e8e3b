//! Chance that can be repeated: everything made up here follows from (seed, salt, number) alone.
//! Must never ask the clock, the system's generator or anything that differs between two runs.

/// The finishing step of `SplitMix64`: small, well mixed, and the same on every platform.
pub fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// One number for (seed, salt, number); different salts give unrelated numbers.
pub fn hash(seed: u64, salt: u64, number: u64) -> u64 {
    mix(mix(mix(seed) ^ salt) ^ number)
}

/// A number for a text, used to tell API keys and questions apart. Not a cryptographic hash.
pub fn hash_text(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |state, byte| mix(state ^ u64::from(byte)))
}

/// Scrambles a number so that it can be read back with [`unscramble`]: four Feistel rounds.
pub fn scramble(key: u64, value: u64) -> u64 {
    let (mut left, mut right) = ((value >> 32) as u32, value as u32);
    for round in 0..4 {
        (left, right) = (right, left ^ round_of(key, round, right));
    }
    (u64::from(left) << 32) | u64::from(right)
}

/// The inverse of [`scramble`] for the same key.
pub fn unscramble(key: u64, value: u64) -> u64 {
    let (mut left, mut right) = ((value >> 32) as u32, value as u32);
    for round in (0..4).rev() {
        (left, right) = (right ^ round_of(key, round, left), left);
    }
    (u64::from(left) << 32) | u64::from(right)
}

fn round_of(key: u64, round: u64, half: u32) -> u32 {
    mix(key ^ (round << 40) ^ u64::from(half)) as u32
}

/// A stream of repeatable throws.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, salt: u64, number: u64) -> Self {
        Self(hash(seed, salt, number))
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number in `0..end`; 0 when `end` is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        ((u64::from(self.roll() as u32) * u64::from(end)) >> 32) as u32
    }

    /// True in `permille` of a thousand throws.
    pub fn chance(&mut self, permille: u32) -> bool {
        self.below(1000) < permille
    }

    /// One element of a list that is never empty; `None` only for an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len() as u32) as usize)
    }

    /// The place in `weights` that was hit, in proportion to the weights.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_was_scrambled_can_be_read_back(key: u64, value: u64) {
            proptest::prop_assert_eq!(unscramble(key, scramble(key, value)), value);
        }

        #[test]
        fn a_throw_stays_below_its_end(seed: u64, end in 1_u32..) {
            proptest::prop_assert!(Dice::new(seed, 0, 0).below(end) < end);
        }
    }

    #[test]
    fn weights_of_nothing_are_never_hit() {
        let mut dice = Dice::new(1, 2, 3);
        assert!((0..1000).all(|_| dice.weighted(&[0, 5, 0]) == 1));
    }
}
