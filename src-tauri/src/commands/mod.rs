//! What the window may ask for, by feature. Each command is a few lines around the core; each needs a permission of its
//! own (`permissions/`), so that one which nobody listed can't be called.

pub mod app;
pub mod backups;
pub mod enrich;
pub mod exports;
pub mod jobs;
pub mod keys;
pub mod people;
pub mod personas;
pub mod search;
pub mod settings;
pub mod usage;
pub mod workspaces;

use foray_core::Failure;

/// What a command answers: its value, or the one error that crosses to the window.
pub type Answered<T> = Result<T, Failure>;
