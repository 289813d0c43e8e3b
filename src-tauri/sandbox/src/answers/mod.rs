//! The JSON of each answer, key for key as Apollo gives it. One file for each kind of answer.
//! Must never decide who may ask or what it costs: that is `server`'s and `accounts`'s.

pub mod account;
pub mod enriched;
pub mod full;
pub mod stub;

use crate::random::hash_text;

/// The locked address. With status `verified` it stands where nobody has paid yet.
pub const LOCKED_EMAIL: &str = "email_not_unlocked@domain.com";

/// A signed 64-bit number for an enrichment, the same for the same request; about half are negative.
pub fn request_id(seed: u64, request: &str) -> i64 {
    (hash_text(request) ^ crate::random::mix(seed)) as i64
}
