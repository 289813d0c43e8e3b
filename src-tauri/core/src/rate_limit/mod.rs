//! What a workspace may still send: an exact sliding log of its calls and Apollo's own windows, decided together.
//! The parts that decide are pure ([`log`], [`windows`], [`time_base`], [`headers`]); [`ledger`] keeps them in a file
//! that threads and processes share. Nothing here may ever let a call through because something failed.

mod account;
mod ledger;
mod refusals;
mod status;
mod store;
mod turn;

pub mod headers;
pub mod log;
pub mod time_base;
pub mod windows;

pub use account::AccountHash;
pub use headers::{RateHeaders, retry_after};
pub use ledger::{Ledger, Marked, Opened};
pub use log::{DEFAULT_LIMIT, Decision, HOUR_MS};
pub use status::{ApolloWindow, LimiterStatus};
pub use store::{Haste, Reservation};
pub use turn::LEASE_MS;
pub use windows::{EndpointClass, Period};
