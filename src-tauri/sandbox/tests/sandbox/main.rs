//! The stand-in over real sockets: every endpoint, filter, plan, magic key and fault, and the key sets of its answers.
//! Knows only the public API and HTTP; reads no private item of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod client;
mod companies;
mod enrichment;
mod faults;
mod filters;
mod log;
mod mobiles;
mod shapes;
mod start;
mod walk;
