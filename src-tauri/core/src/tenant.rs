//! Who a piece of data belongs to. Every function that reads or writes a client's data takes a [`TenantId`] first.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::error::Error;

/// The id of a workspace: a generated UUID, never a name or a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct TenantId(Uuid);

impl TenantId {
    /// The sample workspace, the same on every machine.
    pub const SAMPLE: Self = Self(Uuid::from_u128(0x0f0a_4a00_0000_4000_8000_0000_0000_0001));

    pub fn generate() -> Self {
        Self(Uuid::new_v4())
    }

    /// Reads the hyphenated form and no other.
    ///
    /// # Errors
    /// [`Error::BadInput`] for anything else, the empty text and the nil UUID included.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match Uuid::try_parse(text) {
            Ok(uuid) if text.len() == 36 && !uuid.is_nil() => Ok(Self(uuid)),
            _ => Err(Error::bad_input("workspace", "A workspace id is a UUID such as 4f6c…-….")),
        }
    }

    pub fn is_sample(self) -> bool {
        self == Self::SAMPLE
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(formatter)
    }
}
