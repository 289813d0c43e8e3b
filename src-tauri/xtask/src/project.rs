//! Where things lie, and how a child process of ours is started: in the project's root, without standard input,
//! and without the variables that `cargo run` leaves behind.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::trouble::Trouble;

/// The checkout this command was started in, and the folder cargo builds into.
pub struct Project {
    root: PathBuf,
    profile: PathBuf,
}

impl Project {
    /// Finds the project from this binary's own package and the build folder from the binary itself, which
    /// follows `CARGO_TARGET_DIR` and cargo's configuration without asking for either.
    pub fn find() -> Result<Self, Trouble> {
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.ancestors().nth(2).unwrap_or(&package).to_path_buf();
        let binary = env::current_exe().map_err(Trouble::io("find the running program"))?;
        let profile = binary.parent().unwrap_or(&root).to_path_buf();
        Ok(Self { root, profile })
    }

    /// A path inside the project.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// A binary of this project as the debug build leaves it.
    pub fn debug_binary(&self, name: &str) -> PathBuf {
        self.profile.join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// A binary of this project as the release build leaves it.
    pub fn release_binary(&self, name: &str) -> PathBuf {
        self.profile.with_file_name("release").join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Where cargo puts what it builds.
    pub fn target_folder(&self) -> &Path {
        self.profile.parent().unwrap_or(&self.root)
    }

    /// A folder of our own among what the release build leaves.
    pub fn release_folder(&self, name: &str) -> PathBuf {
        self.profile.with_file_name("release").join(name)
    }

    /// Any program, started in the root.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        remove_variables(&mut command, left_by_cargo_run);
        command
    }

    /// The cargo that started us, so that the tool chain stays the same.
    pub fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments);
        if io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        command
    }

    /// npm in the front end's folder.
    pub fn npm<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.args(arguments).current_dir(self.path("ui"));
        command
    }
}

/// Takes a developer's own settings (a real key, a real data folder) away from a child that must not see them.
pub fn without_own_settings(mut command: Command) -> Command {
    remove_variables(&mut command, |name| name.starts_with("FORAY_"));
    command
}

fn remove_variables(command: &mut Command, unwanted: impl Fn(&str) -> bool) {
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(&unwanted) {
            command.env_remove(name);
        }
    }
}

/// `cargo run` describes the package it runs in variables. Build scripts that watch them (ring's does) would be
/// run again at every change between `cargo xtask …` and plain `cargo …`.
fn left_by_cargo_run(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// A folder of our own under the system's temporary folder.
pub struct TemporaryFolder {
    path: PathBuf,
}

impl TemporaryFolder {
    /// Makes the folder, empty and closed to other users. Its name is short because sockets lie in it, and the
    /// path of a socket holds about 100 bytes.
    pub fn new(purpose: &str) -> Result<Self, Trouble> {
        let path = env::temp_dir().join(format!("foray-{purpose}-{}", std::process::id()));
        if path.exists() {
            fs::remove_dir_all(&path).map_err(Trouble::io(format!("empty {}", path.display())))?;
        }
        make_private_folder(&path)?;
        Ok(Self { path })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the folder in place for the reader of our output.
    pub fn keep(self) -> PathBuf {
        let path = self.path.clone();
        std::mem::forget(self);
        path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // Best effort: a process that is still closing may hold a file, and the system clears its temporary folder.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Makes a folder that only its owner may enter, as `XDG_RUNTIME_DIR` must be.
pub fn make_private_folder(path: &Path) -> Result<(), Trouble> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Trouble::io(format!("make the folder {}", path.display())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_root_is_the_folder_with_the_workspace() {
        let project = Project::find().unwrap();
        assert!(project.path("Cargo.toml").is_file());
        assert!(project.path("src-tauri/xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_child_does_not_see_which_package_cargo_ran() {
        assert!(left_by_cargo_run("CARGO_PKG_NAME"));
        assert!(left_by_cargo_run("CARGO_MANIFEST_DIR"));
        assert!(!left_by_cargo_run("CARGO_TARGET_DIR"));
        assert!(!left_by_cargo_run("CARGO_HOME"));
    }

    #[test]
    fn a_temporary_folder_is_gone_after_use_unless_kept() {
        let folder = TemporaryFolder::new("unit-gone").unwrap();
        let path = folder.path().to_path_buf();
        assert!(path.is_dir());
        drop(folder);
        assert!(!path.exists());

        let kept = TemporaryFolder::new("unit-kept").unwrap().keep();
        assert!(kept.is_dir());
        fs::remove_dir(kept).unwrap();
    }
}
