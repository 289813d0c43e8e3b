//! The JSON of each answer, key for key as Apollo gives it. One file for each kind of answer.
//! Must never decide who may ask or what it costs: that is `server`'s and `accounts`'s.

pub mod account;
pub mod companies;
pub mod enriched;
pub mod full;
pub mod mobile;
pub mod organization;
pub mod stub;

use crate::random::hash;

/// The locked address. With status `verified` it stands where nobody has paid yet.
pub const LOCKED_EMAIL: &str = "email_not_unlocked@domain.com";

const SALT_REQUEST: u64 = 0x9E0;

/// A signed 64-bit number for an enrichment, another one for each request and each attempt to find one that is free; about half
/// are negative.
pub fn request_id(seed: u64, sequence: u64, attempt: u64) -> i64 {
    hash(seed, SALT_REQUEST.wrapping_add(attempt), sequence) as i64
}
