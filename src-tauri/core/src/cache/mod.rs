//! Answers kept, so that nothing is asked or paid twice. Each belongs to one tenant by its key.
//!
//! On disk they are rows of `cache.sqlite` (`rows`), packed and sealed (`body`), checked when they are read (`held`); the most
//! recently used stay in `memory`. [`Cache`] puts the two together; how long an answer counts is in `age`.

mod age;
pub mod body;
mod held;
pub mod keys;
mod memory;
pub(crate) mod rows;
pub mod store;

pub use held::KeptPage;
pub use keys::{CacheKey, Identifier, QuestionHash, Resource};
pub use store::{Cache, Kept, Limits};
