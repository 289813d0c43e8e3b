//! Everything Foray knows and decides, without a window: workspaces, personas, searches, the people found, exports. The
//! window and the command line are thin shells around [`Foray`].
//!
//! What decides (limiter, breaker, classification, CSV rows) is pure; what touches the world (SQLite, HTTP, keyring,
//! files) is thin and stands at the edge. Data of a workspace is reached through its [`TenantId`] only.

// Tests inside the crate share what is made up for those outside of it, which know it by this name.
#[cfg(test)]
extern crate self as foray_core;

mod access;
pub mod activity;
pub mod answer;
pub mod apollo;
pub mod backup;
pub mod cache;
pub mod circuit_breaker;
pub mod clock;
pub mod credits;
pub mod db;
mod deflate;
mod diagnostics;
pub mod enrich;
pub mod error;
pub mod export;
pub mod files;
pub mod foray;
mod hex;
pub mod jobs;
pub mod keys;
pub mod log;
pub mod people;
pub mod persona;
pub mod rate_limit;
pub mod search;
pub mod secrets;
pub mod settings;
pub mod status;
pub mod tenant;
mod text;
pub mod workspace;

pub use answer::{Answer, Source};
pub use error::{Error, Failure, Reason, Violation};
pub use foray::{Foray, Options};
pub use tenant::TenantId;
