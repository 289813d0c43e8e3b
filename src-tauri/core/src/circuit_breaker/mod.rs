//! What keeps the app from calling a service that is down: a circuit breaker for each origin, and the gates of keys.
//! [`breaker`] and [`gates`] decide and are pure; [`shared`] gives them a clock, a lock and listeners.

pub mod breaker;
pub mod gates;
mod shared;

pub use breaker::{Outcome, Settings, State};
pub use gates::Gates;
pub use shared::{BreakerChange, BreakerPermit, BreakerStatus, Breakers, SharedBreaker};
