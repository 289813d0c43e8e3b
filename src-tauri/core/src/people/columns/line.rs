//! What the columns take of one person's row in the file.

use std::borrow::Cow;

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::APART;
use crate::people::packed;

/// The columns that [`Line::read`] reads, of `people p`.
pub const COLUMNS: &str = "p.number, p.name, p.first_name, p.last_name, p.last_name_obfuscated, p.title, p.organization_name, \
     p.city, p.state, p.country, p.seniority, p.email_status, p.email IS NOT NULL, p.has_email, p.has_direct_phone, p.source, \
     p.fetched_at_ms, p.stamps, p.phone IS NOT NULL, p.functions";
/// A phone that is known.
pub const NUMBER: &str = "number";

/// One person; an empty text is none.
pub struct Line<'a> {
    pub number: u32,
    /// As a reader takes it: first and last name where no whole one was told.
    pub name: Cow<'a, str>,
    pub title: &'a str,
    pub company: &'a str,
    pub city: &'a str,
    pub state: &'a str,
    pub country: &'a str,
    pub seniority: &'a str,
    /// A list.
    pub functions: &'a str,
    pub email_status: &'a str,
    /// How sure an address is, the surest first; none where nothing is known.
    pub email: Option<i64>,
    /// [`NUMBER`] where one is known, else whether there may be one.
    pub phone: &'a str,
    pub source: u8,
    pub fetched_ms: i64,
    pub newest_ms: i64,
}

impl<'a> Line<'a> {
    pub fn read(row: &'a Row<'_>) -> rusqlite::Result<Self> {
        let (name, first) = (text(row, 1)?, text(row, 2)?);
        let last = [text(row, 3)?, text(row, 4)?].into_iter().find(|last| !last.is_empty()).unwrap_or_default();
        let email_status = text(row, 11)?;
        let fetched_ms = row.get(16)?;
        Ok(Self {
            number: row.get(0)?,
            name: if name.is_empty() { joined(first, last) } else { Cow::Borrowed(name) },
            title: text(row, 5)?,
            company: text(row, 6)?,
            city: text(row, 7)?,
            state: text(row, 8)?,
            country: text(row, 9)?,
            seniority: text(row, 10)?,
            functions: text(row, 19)?,
            email_status,
            email: email_rank(email_status, row.get(12)?, row.get(13)?),
            phone: if row.get(18)? { NUMBER } else { text(row, 14)? },
            source: row.get(15)?,
            fetched_ms,
            newest_ms: packed::newest_ms(row.get_ref(17)?.as_blob()?).unwrap_or(fetched_ms),
        })
    }

    /// City, state and country as one text.
    pub fn place(&self) -> String {
        let Self { city, state, country, .. } = self;
        if city.is_empty() && state.is_empty() && country.is_empty() {
            return String::new();
        }
        format!("{city}{APART}{state}{APART}{country}")
    }
}

fn joined<'a>(first: &'a str, last: &'a str) -> Cow<'a, str> {
    match (first, last) {
        (one, "") | ("", one) => Cow::Borrowed(one),
        (first, last) => Cow::Owned(format!("{first} {last}")),
    }
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    match row.get_ref(column)? {
        ValueRef::Text(text) => std::str::from_utf8(text).map_err(|error| rusqlite::Error::Utf8Error(column, error)),
        _ => Ok(""),
    }
}

fn email_rank(status: &str, has_address: bool, has_email: Option<bool>) -> Option<i64> {
    match (status, has_address, has_email) {
        ("verified", true, _) => Some(0),
        ("verified", false, _) => Some(1),
        ("likely to engage", ..) => Some(2),
        ("extrapolated" | "unverified", ..) | (_, true, _) => Some(4),
        ("unavailable", ..) => Some(5),
        (_, _, Some(has_email)) => Some(3 + 2 * i64::from(!has_email)),
        (_, _, None) => None,
    }
}
