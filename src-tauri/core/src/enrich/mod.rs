//! Paying for facts, and never twice. Pure: who is asked for, what it can cost at most, what stops it, and what one paid
//! request may do next. Sends nothing and keeps nothing; whoever does keeps a journal of [`paid::Request`]s, written with
//! `synchronous=FULL` before anything is sent.
//!
//! A request asks for ten people by `people/bulk_match`, also for one: it tells what it cost, which `people/match` does not,
//! and has a null for a miss where the other has answered with somebody else. A company is asked for by itself.

pub mod caps;
pub mod look_up;
pub mod paid;
pub mod plan;
pub mod price;
pub mod tally;
