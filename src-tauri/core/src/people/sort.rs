//! By what people can be sorted, and in which order they then stand. Who has no value stands last whichever way it goes;
//! among equals the one fetched first stands first.
//!
//! SQLite reads the columns and this file sorts: its own sorter, with a function for the folded text, took three times as
//! long for a million people (measured), and a kept order is mended by the same keys.

use std::cmp::Ordering;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Error;
use crate::persona::Seniority;
use crate::text;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortColumn {
    Name,
    Title,
    Company,
    Place,
    /// By rank, the highest first.
    Seniority,
    /// By how sure an address is, the surest first.
    Email,
    /// By how likely a direct number is.
    Phone,
    /// By when it was told, the oldest first.
    Fetched,
}

/// A column, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    pub column: SortColumn,
    pub descending: bool,
}

/// What a person is sorted by, as bytes that stand in the same order. Of the first sixteen a number is made, which decides
/// nearly all comparisons; no key holds a zero byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    head: u128,
    rest: Vec<u8>,
}

impl SortColumn {
    pub const ALL: [Self; 8] =
        [Self::Name, Self::Title, Self::Company, Self::Place, Self::Seniority, Self::Email, Self::Phone, Self::Fetched];

    /// As it stands in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Company => "company",
            Self::Place => "place",
            Self::Seniority => "seniority",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Fetched => "fetched",
        }
    }

    /// The columns of `people p` that the key is made of.
    fn columns(self) -> &'static str {
        match self {
            Self::Name => "p.name, p.first_name, p.last_name, p.last_name_obfuscated",
            Self::Title => "p.title",
            Self::Company => "p.organization_name",
            Self::Place => "p.city, p.state, p.country",
            Self::Seniority => "p.seniority",
            Self::Email => "p.email_status, p.email IS NOT NULL, p.has_email",
            Self::Phone => "p.has_direct_phone",
            Self::Fetched => "p.fetched_at_ms",
        }
    }

    /// The key of a row that holds these columns from `first` on.
    fn key(self, row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Key>> {
        let text = |column: usize| text(row, first + column);
        Ok(match self {
            Self::Name => match text(0)? {
                Some(name) => Key::of_text(name),
                None => Key::of_parts(&[text(1)?, text(2)?.or(text(3)?)]),
            },
            Self::Title | Self::Company => text(0)?.and_then(Key::of_text),
            Self::Place => Key::of_parts(&[text(0)?.or(text(1)?), text(2)?]),
            Self::Seniority => text(0)?.map(|value| Key::of_rank(value, &Seniority::ALL.map(Seniority::as_str))),
            Self::Email => email_rank(text(0)?, row.get(first + 1)?, row.get(first + 2)?).map(Key::of_number),
            Self::Phone => text(0)?.map(|value| Key::of_rank(value, &["yes", "maybe", "no"])),
            Self::Fetched => Some(Key::of_number(row.get(first)?)),
        })
    }
}

/// The surest address first; none where nothing is known.
fn email_rank(status: Option<&str>, has_address: bool, has_email: Option<bool>) -> Option<i64> {
    match (status, has_address, has_email) {
        (Some("verified"), true, _) => Some(0),
        (Some("verified"), false, _) => Some(1),
        (Some("likely to engage"), ..) => Some(2),
        (Some("extrapolated" | "unverified"), ..) | (_, true, _) => Some(4),
        (Some("unavailable"), ..) => Some(5),
        (_, _, Some(has_email)) => Some(3 + 2 * i64::from(!has_email)),
        (_, _, None) => None,
    }
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<Option<&'a str>> {
    match row.get_ref(column)? {
        ValueRef::Text(text) => Ok(std::str::from_utf8(text).ok()),
        _ => Ok(None),
    }
}

impl Key {
    fn of_number(number: i64) -> Self {
        // The least number becomes the least without a sign.
        Self { head: u128::from((number as u64) ^ (1 << 63)), rest: Vec::new() }
    }

    /// The place of a value among those in order; behind them all what is none of them.
    fn of_rank(value: &str, values: &[&str]) -> Self {
        Self::of_number(values.iter().position(|one| *one == value).unwrap_or(values.len()) as i64)
    }

    /// None for a text without letter or digit.
    fn of_text(text: &str) -> Option<Self> {
        let mut key = text::sort_key(text);
        let mut head = [0; 16];
        let shared = key.len().min(head.len());
        head[..shared].copy_from_slice(&key[..shared]);
        let known = !key.is_empty();
        let head = u128::from_be_bytes(head);
        known.then(|| Self { head, rest: key.split_off(shared) })
    }

    fn of_parts(parts: &[Option<&str>]) -> Option<Self> {
        let told: Vec<&str> = parts.iter().flatten().copied().collect();
        Self::of_text(&told.join(" "))
    }
}

impl Sort {
    /// `name`, or `-name` for the other way round.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `sort`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = text.strip_prefix('-').unwrap_or(text);
        let column = SortColumn::ALL.into_iter().find(|column| column.as_str() == name).ok_or_else(|| {
            let names = SortColumn::ALL.map(SortColumn::as_str).join(", ");
            Error::bad_input("sort", format!("“{text}” is nothing to sort by. Sort by one of {names}, with a minus in front for the other way round, as in -fetched."))
        })?;
        Ok(Self { column, descending: text.starts_with('-') })
    }

    /// The numbers of people in this order. `from` says whom, as SQL that names them `p` and holds `values`.
    pub fn order(self, connection: &Connection, from: &str, values: &[Value]) -> rusqlite::Result<Vec<u32>> {
        let mut statement = connection.prepare_cached(&format!("SELECT p.number, {} {from}", self.column.columns()))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let (mut keyed, mut last, mut rests) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            match self.column.key(row, 1)? {
                Some(key) => keyed.push(Keyed::new(&key, number, &mut rests)),
                None => last.push(number),
            }
        }
        keyed.sort_unstable_by(|one, other| {
            self.directed(one.compare(other, &rests)).then(one.number.cmp(&other.number))
        });
        last.sort_unstable();
        Ok(keyed.into_iter().map(|keyed| keyed.number).chain(last).collect())
    }

    /// What one person is sorted by.
    pub fn key_of(self, connection: &Connection, number: u32) -> rusqlite::Result<Option<Key>> {
        connection
            .prepare_cached(&format!("SELECT {} FROM people p WHERE p.number = ?1", self.column.columns()))?
            .query_row([number], |row| self.column.key(row, 0))
    }

    /// How two people stand to each other.
    pub fn compare(self, one: (&Option<Key>, u32), other: (&Option<Key>, u32)) -> Ordering {
        let by_key = match (one.0, other.0) {
            (Some(one), Some(other)) => self.directed(one.cmp(other)),
            (one, other) => other.is_some().cmp(&one.is_some()),
        };
        by_key.then(one.1.cmp(&other.1))
    }

    fn directed(self, order: Ordering) -> Ordering {
        if self.descending { order.reverse() } else { order }
    }
}

/// A person to be sorted among many: the rests of all keys lie in one place, so that most comparisons touch nothing else.
struct Keyed {
    head: u128,
    number: u32,
    /// Where the rest of the key lies, led by its length; none of an empty one.
    rest: u32,
}

/// No key has a rest there.
const NO_REST: u32 = u32::MAX;

impl Keyed {
    fn new(key: &Key, number: u32, rests: &mut Vec<u8>) -> Self {
        // What does not fit any more stands among those that begin alike.
        let at = u32::try_from(rests.len()).unwrap_or(NO_REST);
        if key.rest.is_empty() || at == NO_REST {
            return Self { head: key.head, number, rest: NO_REST };
        }
        let length = u16::try_from(key.rest.len()).unwrap_or(u16::MAX);
        rests.extend_from_slice(&length.to_le_bytes());
        rests.extend_from_slice(&key.rest[..usize::from(length)]);
        Self { head: key.head, number, rest: at }
    }

    fn compare(&self, other: &Self, rests: &[u8]) -> Ordering {
        self.head.cmp(&other.head).then_with(|| self.rest_in(rests).cmp(other.rest_in(rests)))
    }

    fn rest_in<'a>(&self, rests: &'a [u8]) -> &'a [u8] {
        let Some([low, high, rest @ ..]) = rests.get(self.rest as usize..) else { return &[] };
        rest.get(..usize::from(u16::from_le_bytes([*low, *high]))).unwrap_or_default()
    }
}

/// Gives a connection the function `words`, which filters are written with.
pub fn equip(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection
        .create_scalar_function("words", 1, flags, |context| Ok(text_of(context)?.map(text::words).unwrap_or_default()))
}

fn text_of<'a>(context: &'a Context<'_>) -> rusqlite::Result<Option<&'a str>> {
    Ok(context.get_raw(0).as_str_or_null()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_minus_in_front_turns_the_order_round() {
        assert_eq!(Sort::parse("-fetched").unwrap(), Sort { column: SortColumn::Fetched, descending: true });
        assert_eq!(Sort::parse("place").unwrap(), Sort { column: SortColumn::Place, descending: false });
        for bad in ["", "-", "--name", "Name", "nobody"] {
            assert!(Sort::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn who_has_no_value_stands_last_both_ways() {
        let (a, b, none) = (Key::of_text("a"), Key::of_text("b"), None);
        for descending in [false, true] {
            let sort = Sort { column: SortColumn::Name, descending };
            assert_eq!(sort.compare((&a, 1), (&b, 2)) == Ordering::Less, !descending);
            assert_eq!(sort.compare((&none, 1), (&a, 2)), Ordering::Greater);
            assert_eq!(sort.compare((&b, 1), (&none, 2)), Ordering::Less);
            assert_eq!(sort.compare((&a, 1), (&a, 2)), Ordering::Less);
        }
    }

    #[test]
    fn numbers_stand_by_their_value_also_below_zero() {
        let keys = [i64::MIN, -1, 0, 1, i64::MAX].map(Key::of_number);
        assert!(keys.is_sorted());
    }

    proptest! {
        #[test]
        fn keys_stand_as_the_bytes_they_are_made_of_alone_and_among_many(one in "[a-c ]{0,40}", other in "[a-c ]{0,40}") {
            let (Some(first), Some(second)) = (Key::of_text(&one), Key::of_text(&other)) else { return Ok(()) };
            let wanted = text::sort_key(&one).cmp(&text::sort_key(&other));
            prop_assert_eq!(first.cmp(&second), wanted);
            let mut rests = Vec::new();
            let (first, second) = (Keyed::new(&first, 1, &mut rests), Keyed::new(&second, 2, &mut rests));
            prop_assert_eq!(first.compare(&second, &rests), wanted);
        }
    }
}
