//! An answer as it was read from its row, or just written to it: checked, and its page unpacked when somebody looks at it.

use std::sync::{Arc, OnceLock};

use rusqlite::Connection;

use super::age::{Age, Dates};
use super::body::{seal, unpack, weight};
use super::keys::CacheKey;
use super::rows::{self, Row};
use crate::apollo::response::PeoplePage;

/// A use is noted again only after so long: it matters for the order in which answers go, nothing else.
pub const NOTED_AGAIN_MS: u64 = 10 * 60 * 1_000;

/// A page that is unpacked at most once, and only if somebody looks at it: of two kept answers to a question one is not.
#[derive(Debug)]
pub struct KeptPage {
    /// Nothing for a page that was never packed.
    body: Vec<u8>,
    page: OnceLock<Option<Arc<PeoplePage>>>,
}

impl KeptPage {
    /// The page; null if its body can't be read, and so is no answer.
    pub fn open(&self) -> Option<Arc<PeoplePage>> {
        self.page.get_or_init(|| unpack(&self.body).map(Arc::new)).clone()
    }
}

/// An answer in memory. Clones share their page.
#[derive(Debug, Clone)]
pub struct Held {
    pub page: Arc<KeptPage>,
    pub dates: Dates,
    /// When it was last used, to [`NOTED_AGAIN_MS`].
    pub used_ms: i64,
    /// Of memory, its page unpacked.
    pub bytes: u64,
}

impl Held {
    /// An answer that was just written, with a page of so many bytes.
    pub fn written(page: Arc<PeoplePage>, bytes: u64, dates: Dates, used_ms: i64) -> Self {
        let page = Arc::new(KeptPage { body: Vec::new(), page: OnceLock::from(Some(page)) });
        Self { page, dates, used_ms, bytes }
    }

    /// The answer in a row.
    ///
    /// # Errors
    /// The row, if a bit of it has flipped or another version of Foray wrote it: no answer.
    fn of(key: &CacheKey, row: Row) -> Result<Self, Row> {
        if seal(key, &row.question, row.dates, &row.body).as_slice() != row.seal {
            return Err(row);
        }
        let Some(bytes) = weight(&row.body) else { return Err(row) };
        let bytes = bytes + row.body.len() as u64;
        let page = Arc::new(KeptPage { body: row.body, page: OnceLock::new() });
        Ok(Self { page, dates: row.dates, used_ms: row.used_ms, bytes })
    }

    /// True when this use is worth a note on the disk.
    pub fn use_now(&mut self, now_ms: i64) -> bool {
        let note = self.used_ms.abs_diff(now_ms) > NOTED_AGAIN_MS;
        if note {
            self.used_ms = now_ms;
        }
        note
    }
}

/// What stands in the file under a key.
#[derive(Debug)]
pub enum Found {
    Nothing,
    Answer(Held, Age),
    /// A row that is damaged or past its stale time.
    Spoilt(Row),
}

/// Looks for an answer in the file.
pub fn find(connection: &Connection, key: &CacheKey, now_ms: i64) -> rusqlite::Result<Found> {
    let Some(row) = rows::find(connection, key)? else { return Ok(Found::Nothing) };
    let age = row.dates.age(now_ms);
    if age == Age::Gone {
        return Ok(Found::Spoilt(row));
    }
    Ok(Held::of(key, row).map_or_else(Found::Spoilt, |held| Found::Answer(held, age)))
}
