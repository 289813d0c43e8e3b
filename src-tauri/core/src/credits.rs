//! Credits: Apollo's unit of money. Never mixed with calls, the unit of rate.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use ts_rs::TS;

const THOUSANDTHS: f64 = 1000.0;
/// More than any account holds; what is above it was no count of credits.
const MOST: f64 = 1e12;

/// The most that a cap, or what an enrichment may cost at most, can be set to; far above what any account holds.
pub const MOST_TO_SET: u32 = 999_999_999;

/// An amount of credits, never negative, exact to a thousandth: Apollo charges fractions (1.01), and a sum over a year of
/// floats would not come out. In JSON a plain number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "number")]
#[must_use]
pub struct Credits {
    thousandths: u64,
}

impl Credits {
    pub const NONE: Self = Self { thousandths: 0 };

    /// That many whole credits.
    pub const fn whole(credits: u64) -> Self {
        Self { thousandths: credits.saturating_mul(1000) }
    }

    /// What a ledger keeps.
    pub const fn from_thousandths(thousandths: u64) -> Self {
        Self { thousandths }
    }

    pub const fn thousandths(self) -> u64 {
        self.thousandths
    }

    /// An amount as Apollo tells it: a number, whole or not, or a number in quotes. None for what is no amount.
    pub fn read(value: &Value) -> Option<Self> {
        let credits = match value {
            Value::Number(number) => number.as_f64()?,
            Value::String(text) => text.trim().parse().ok()?,
            _ => return None,
        };
        (0.0..=MOST).contains(&credits).then(|| Self { thousandths: (credits * THOUSANDTHS).round() as u64 })
    }

    /// Whole credits, a part of one counted as one.
    pub const fn ceil(self) -> u64 {
        self.thousandths.div_ceil(1000)
    }

    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// None when `other` is more than this.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.thousandths.checked_sub(other.thousandths).map(Self::from_thousandths)
    }

    pub fn saturating_sub(self, other: Self) -> Self {
        self.checked_sub(other).unwrap_or_default()
    }

    /// This much, so many times.
    pub const fn times(self, count: u64) -> Self {
        Self { thousandths: self.thousandths.saturating_mul(count) }
    }
}

impl Add for Credits {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { thousandths: self.thousandths.saturating_add(other.thousandths) }
    }
}

impl AddAssign for Credits {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Credits {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::NONE, Add::add)
    }
}

impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.thousandths as f64 / THOUSANDTHS)
    }
}

impl<'de> Deserialize<'de> for Credits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::read(&value).ok_or_else(|| serde::de::Error::custom("no amount of credits"))
    }
}

/// “1,204”, “34.01”: thousands apart, no more digits than there are.
impl fmt::Display for Credits {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", grouped(self.thousandths / 1000))?;
        let rest = format!("{:03}", self.thousandths % 1000);
        match rest.trim_end_matches('0') {
            "" => Ok(()),
            digits => write!(out, ".{digits}"),
        }
    }
}

/// “38 credits”, “1 credit”, “0.01 credits”.
pub fn credits_in_words(credits: Credits) -> String {
    format!("{credits} {}", if credits == Credits::whole(1) { "credit" } else { "credits" })
}

/// 1204 as “1,204”.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn credits_are_read_from_whatever_apollo_writes() {
        let read = |value: Value| Credits::read(&value).map(Credits::thousandths);
        assert_eq!([read(json!(38)), read(json!(1.01)), read(json!("1.01"))], [Some(38_000), Some(1_010), Some(1_010)]);
        assert_eq!(read(json!(9.99999e8)), Some(999_999_000_000));
        for none in [json!(-1), json!(null), json!("many"), json!({}), json!([1]), json!(1e300), json!("NaN")] {
            assert_eq!(read(none.clone()), None, "{none}");
        }
    }

    #[test]
    fn a_hundred_fractions_come_out_exactly() {
        let sum: Credits = (0..100).map(|_| Credits::read(&json!(1.01)).unwrap()).sum();
        assert_eq!((sum, sum.to_string().as_str()), (Credits::whole(101), "101"));
    }

    #[test]
    fn credits_are_shown_as_people_write_them() {
        let shown = |thousandths| credits_in_words(Credits::from_thousandths(thousandths));
        assert_eq!(
            [shown(34_010), shown(1_204_000), shown(1_000), shown(10), shown(0), shown(1_234_567_005)],
            ["34.01 credits", "1,204 credits", "1 credit", "0.01 credits", "0 credits", "1,234,567.005 credits"]
        );
        assert_eq!(serde_json::to_string(&Credits::from_thousandths(34_010)).unwrap(), "34.01");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(thousandths in 0_u64..1_000_000_000_000) {
            let credits = Credits::from_thousandths(thousandths);
            let written = serde_json::to_value(credits).unwrap();
            prop_assert_eq!(Credits::read(&written), Some(credits));
            prop_assert_eq!(serde_json::from_value::<Credits>(written).unwrap(), credits);
        }
    }
}
