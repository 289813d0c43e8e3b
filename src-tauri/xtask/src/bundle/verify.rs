//! `cargo xtask bundle --verify`: what a user of a clean Debian 12 goes through. The package is installed, the command line
//! and the window do the main job, the package is removed, and nothing of it is left.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::counts;
use crate::project::{Project, TemporaryFolder, without_own_settings};
use crate::session::Session;
use crate::stream::{must_succeed, stream};
use crate::system;
use crate::trouble::Trouble;

use super::debian::CleanRoot;

/// The test of the window that needs nothing of a test build: it chooses the file in the system's own dialog.
const MAIN_JOB: &str = "native_dialog";

/// Installs, uses, removes. Every step is told, and the first that fails is the last.
pub fn verify(project: &Project, deb: &Path) -> Result<(), Trouble> {
    system::ensure(project, &[system::TESTS, system::VERIFY])?;
    let folder = TemporaryFolder::new("verify")?;
    // Under a name that says nothing of this machine, in the one folder that both sides see.
    let package = folder.path().join("foray.deb");
    fs::copy(deb, &package).map_err(Trouble::io(format!("copy {}", deb.display())))?;
    let kept = project.release_folder("clean-debian");
    let root = CleanRoot::new(project, &kept, &folder.path().join("changes"), &dependencies(project, &package)?)?;

    let shell = |script: &str| {
        let mut command = root.command(project, "sh");
        command.args(["-ec", script, "sh"]).arg(&package);
        without_own_settings(command)
    };
    let before = root.new_files()?;
    must_succeed(&mut shell("apt-get install -y --no-install-recommends \"$1\""), "installing the package")?;
    let installed = root.new_files()?;
    println!("\nInstalled: {} files and folders", installed.len() - before.len());
    check_desktop(project, &root, &folder)?;
    must_succeed(&mut shell(LIBRARIES), "the check of the libraries")?;
    must_succeed(shell(COMMAND_LINE).arg(folder.path().join("cli")), "the main job on the command line")?;
    window(project, &root, &folder)?;
    must_succeed(&mut shell("apt-get purge -y foray"), "removing the package")?;

    let left: Vec<String> = root.new_files()?.into_iter().filter(|name| !before.contains(name)).collect();
    if !left.is_empty() {
        return Err(Trouble::Step(format!("the package was removed, and this was left: {}", left.join(", "))));
    }
    println!("\nInstalled, used, removed: nothing is left outside the user's data.");
    Ok(())
}

/// Every library that the binaries want is there with the packages that the `.deb` names.
const LIBRARIES: &str = "for program in foray foray-cli; do ldd /usr/bin/$program >/tmp/$$.ldd; \
    if grep 'not found' /tmp/$$.ldd; then exit 1; fi; rm /tmp/$$.ldd; done; \
    test -s /usr/share/doc/foray/copyright";

/// `$2` is a folder that does not exist yet.
const COMMAND_LINE: &str = "foray-cli --version; \
    foray-cli --data-dir \"$2/data\" search --workspace sample --seniority vp --location Germany | head -n 3; \
    foray-cli --data-dir \"$2/data\" export --workspace sample --seniority vp --location Germany --max-rows 200 --to \"$2/people.csv\"; \
    test $(wc -l <\"$2/people.csv\") -gt 50";

/// What the package needs, as it says itself; the clean system is made with it, so that all that is new is the package's.
fn dependencies(project: &Project, package: &Path) -> Result<String, Trouble> {
    let mut ask = project.command("dpkg-deb");
    ask.arg("--field").arg(package).arg("Depends");
    let output = ask.output().map_err(Trouble::io("run dpkg-deb"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().replace(',', " "))
}

/// The desktop entry and the metadata are what desktops and software centres expect.
fn check_desktop(project: &Project, root: &CleanRoot, folder: &TemporaryFolder) -> Result<(), Trouble> {
    let upper = folder.path().join("changes/upper");
    let mut entry = project.command("desktop-file-validate");
    entry.arg("--warn-kde").arg(upper.join("usr/share/applications/Foray.desktop"));
    must_succeed(&mut entry, "desktop-file-validate")?;
    let mut metadata = project.command("appstreamcli");
    metadata.args(["validate-tree", "--no-net"]).arg(upper);
    must_succeed(&mut metadata, "appstreamcli")?;
    let installed = root.new_files()?;
    for wanted in ["usr/bin/foray", "usr/bin/foray-cli", "usr/share/icons/hicolor/scalable/apps/foray.svg"] {
        if !installed.iter().any(|name| name == wanted) {
            return Err(Trouble::Step(format!("the package has no {wanted}")));
        }
    }
    Ok(())
}

/// The main job in the installed window, driven from outside with the tests of the real window.
fn window(project: &Project, root: &CleanRoot, folder: &TemporaryFolder) -> Result<(), Trouble> {
    let build = ["test", "--workspace", "--features", "e2e", "--test", "e2e", "--no-run"];
    must_succeed(&mut project.cargo(build), "cargo test --no-run")?;
    let mut command = project.cargo([
        "test",
        "--workspace",
        "--features",
        "e2e",
        "--test",
        "e2e",
        "--",
        "--test-threads=1",
        MAIN_JOB,
    ]);
    command.env("FORAY_E2E_BINARY", door(&root.command(project, "/usr/bin/foray"), folder)?);
    let session = Session::with_display(project, "verify-window")?;
    let finished = stream(&mut session.wrap(project, &command)).map_err(Trouble::io("run the test of the window"))?;
    if finished.success && counts::from_cargo(&finished.text).passed > 0 {
        return Ok(());
    }
    Err(Trouble::Step("the installed window did not do the main job; its output above says why.".to_owned()))
}

/// A program that starts a command inside; the driver of the window starts nothing but programs.
fn door(command: &Command, folder: &TemporaryFolder) -> Result<PathBuf, Trouble> {
    let quote = |word: &std::ffi::OsStr| format!("'{}'", word.to_string_lossy().replace('\'', r"'\''"));
    let words: Vec<String> = std::iter::once(command.get_program()).chain(command.get_args()).map(quote).collect();
    let path = folder.path().join("foray");
    let script = format!("#!/bin/sh\nexec {} \"$@\"\n", words.join(" "));
    fs::write(&path, script).map_err(Trouble::io(format!("write {}", path.display())))?;
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .map_err(Trouble::io(format!("change {}", path.display())))?;
    Ok(path)
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_door_starts_the_command_with_every_word_as_it_was() {
        let folder = TemporaryFolder::new("unit-door").unwrap();
        let mut command = Command::new("printf");
        command.args(["%s|", "two words", "it's", "$HOME\nhere"]);
        let output = Command::new(door(&command, &folder).unwrap()).arg("more").output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "two words|it's|$HOME\nhere|more|");
    }
}
