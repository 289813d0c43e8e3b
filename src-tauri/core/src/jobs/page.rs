//! One committed page of a walk, sealed: a flipped bit passes SQLite's own check.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::answer::{Answer, Source};
use crate::deflate::{pack, unpack};
use crate::error::{Error, Reason};
use crate::people::Person;

/// Bytes of a SHA-256.
const SEAL: usize = 32;

/// One page as it was when its answer came; these facts never change afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub source: Source,
    pub fetched_at: Timestamp,
    pub total_entries: Option<u64>,
    pub calls_spent: u32,
    pub credits_spent: Option<f64>,
    pub notice: Option<String>,
    pub people: Vec<Person>,
}

impl From<Answer> for Page {
    fn from(answer: Answer) -> Self {
        Self {
            source: answer.source,
            fetched_at: answer.as_of,
            total_entries: answer.total_entries,
            calls_spent: answer.calls_spent,
            credits_spent: answer.credits_spent,
            notice: answer.notice.or_else(|| stale_notice(answer.source, answer.reason.as_ref())),
            people: Arc::unwrap_or_clone(answer.people),
        }
    }
}

impl Page {
    /// The page with the people's ids alone, for work that only counts them.
    pub fn of_ids(mut self) -> Self {
        self.people = self.people.into_iter().map(|person| Person { id: person.id, ..Person::default() }).collect();
        self
    }

    /// For a column of a database.
    ///
    /// # Errors
    /// [`Error::Storage`]; a page has nothing that JSON can't hold.
    pub fn sealed(&self) -> Result<Vec<u8>, Error> {
        let packed = pack(&serde_json::to_vec(self).map_err(|_| damaged())?)?;
        let mut body = Sha256::digest(&packed).to_vec();
        body.extend_from_slice(&packed);
        Ok(body)
    }

    /// # Errors
    /// [`Error::Storage`] when a bit of it has flipped.
    pub fn read(body: &[u8]) -> Result<Self, Error> {
        let (seal, packed) = body.split_at_checked(SEAL).ok_or_else(damaged)?;
        if Sha256::digest(packed).as_slice() != seal {
            return Err(damaged());
        }
        let body = unpack(packed).ok_or_else(damaged)?;
        serde_json::from_slice(&body).map_err(|_| damaged())
    }
}

/// Rows that stand in for ones Apollo could not be asked for are exported, and told.
fn stale_notice(source: Source, reason: Option<&Reason>) -> Option<String> {
    let because = reason.filter(|_| source == Source::Stale)?;
    Some(format!("Some rows are older answers that were kept; the column “source” says which. {}", because.message))
}

fn damaged() -> Error {
    Error::Storage {
        what: "The journal of this job".to_owned(),
        why: "it is damaged. Export to another file name to start anew".to_owned(),
    }
}
