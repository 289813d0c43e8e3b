//! The contract of the command line, sentence by sentence, against the real binary and a stand-in for Apollo.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod companies;
mod enrich;
mod export;
mod faults;
mod jobs;
#[cfg(target_os = "linux")]
mod keyring;
mod keys;
mod limits;
mod origin;
mod people;
mod personas;
mod process;
mod runner;
mod sample;
mod search;
mod workspaces;
