//! Answers kept, so that nothing is asked or paid twice. Each belongs to one tenant by its key.

pub mod keys;
pub mod store;

pub use keys::{CacheKey, Identifier, QuestionHash, Resource};
pub use store::{Cache, Kept};
