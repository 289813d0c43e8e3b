//! The real window, driven as a researcher would: the built binary under a display, through WebKitWebDriver.
//! `cargo xtask test --only e2e` provides display, keyring, folders and `FORAY_E2E_BINARY`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod bad_days;
mod bad_files;
mod closed;
mod enriching;
mod exports;
mod hostile;
mod jobs;
mod keyring;
mod looks;
mod main_job;
mod native_dialog;
mod network;
mod own_account;
mod people;
mod personas;
mod places;
mod settings;
mod spoken;
mod standing;
mod workbench;

mod hunt;
mod marks;
mod opened;
mod own;
mod secured;
mod two_apollos;
mod window;
