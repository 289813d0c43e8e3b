//! By what people can be sorted, as SQL that gives one value for each person, and the same order in Rust. Who has no value
//! stands last whichever way it goes; among equals the one fetched first stands first.

use std::cmp::Ordering;
use std::fmt::Write as _;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
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

/// What a person is sorted by; none stands last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Number(i64),
    Text(Vec<u8>),
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

    /// The value of a row of `people`, called `p`.
    fn sql(self) -> String {
        match self {
            Self::Name => "sort_key(coalesce(p.name, coalesce(p.first_name, '') || ' ' || \
                           coalesce(p.last_name, p.last_name_obfuscated, '')))"
                .to_owned(),
            Self::Title => "sort_key(p.title)".to_owned(),
            Self::Company => "sort_key(p.organization_name)".to_owned(),
            Self::Place => "sort_key(coalesce(p.city, p.state, '') || ' ' || coalesce(p.country, ''))".to_owned(),
            Self::Seniority => rank_of("p.seniority", &Seniority::ALL.map(Seniority::as_str)),
            Self::Email => "CASE WHEN p.email_status = 'verified' THEN iif(p.email IS NULL, 1, 0) \
                            WHEN p.email_status = 'likely to engage' THEN 2 \
                            WHEN p.email_status IN ('extrapolated', 'unverified') THEN 4 \
                            WHEN p.email_status = 'unavailable' THEN 5 \
                            WHEN p.email IS NOT NULL THEN 4 WHEN p.has_email = 1 THEN 3 WHEN p.has_email = 0 THEN 5 END"
                .to_owned(),
            Self::Phone => rank_of("p.has_direct_phone", &["yes", "maybe", "no"]),
            Self::Fetched => "p.fetched_at_ms".to_owned(),
        }
    }
}

/// The place of a column's value among `values`; behind them all what is none of them.
fn rank_of(column: &str, values: &[&str]) -> String {
    let mut sql = format!("CASE {column}");
    for (rank, value) in values.iter().enumerate() {
        let _ = write!(sql, " WHEN '{value}' THEN {rank}");
    }
    let _ = write!(sql, " ELSE iif({column} IS NULL, NULL, {}) END", values.len());
    sql
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
            Error::bad_input("sort", format!("“{text}” is nothing to sort by. Sort by one of {names}, or by -{name} for the other way round, as in -fetched."))
        })?;
        Ok(Self { column, descending: text.starts_with('-') })
    }

    /// For a query over `people p`.
    pub fn order_by(self) -> String {
        let way = if self.descending { "DESC" } else { "ASC" };
        format!("ORDER BY {} {way} NULLS LAST, p.number", self.column.sql())
    }

    /// What one person is sorted by.
    pub fn key_of(self, connection: &Connection, number: u32) -> rusqlite::Result<Option<Key>> {
        connection
            .prepare_cached(&format!("SELECT {} FROM people p WHERE p.number = ?1", self.column.sql()))?
            .query_row(params![number], |row| {
                Ok(match row.get_ref(0)? {
                    ValueRef::Integer(number) => Some(Key::Number(number)),
                    ValueRef::Blob(text) => Some(Key::Text(text.to_vec())),
                    _ => None,
                })
            })
    }

    /// How two people stand to each other, as [`Self::order_by`] has it.
    pub fn compare(self, one: (&Option<Key>, u32), other: (&Option<Key>, u32)) -> Ordering {
        let by_key = match (one.0, other.0) {
            (Some(one), Some(other)) if self.descending => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        };
        by_key.then(one.1.cmp(&other.1))
    }
}

/// Gives a connection the functions that orders and filters are written with.
pub fn equip(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("sort_key", 1, flags, |context| {
        Ok(text_of(context)?.map(text::sort_key).filter(|key| !key.is_empty()))
    })?;
    connection
        .create_scalar_function("words", 1, flags, |context| Ok(text_of(context)?.map(text::words).unwrap_or_default()))
}

fn text_of<'a>(context: &'a Context<'_>) -> rusqlite::Result<Option<&'a str>> {
    Ok(context.get_raw(0).as_str_or_null()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
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
        let (a, b, none) = (Some(Key::Text(b"a".to_vec())), Some(Key::Text(b"b".to_vec())), None);
        for descending in [false, true] {
            let sort = Sort { column: SortColumn::Name, descending };
            assert_eq!(sort.compare((&a, 1), (&b, 2)) == Ordering::Less, !descending);
            assert_eq!(sort.compare((&none, 1), (&a, 2)), Ordering::Greater);
            assert_eq!(sort.compare((&b, 1), (&none, 2)), Ordering::Less);
            assert_eq!(sort.compare((&a, 1), (&a, 2)), Ordering::Less);
        }
    }
}
