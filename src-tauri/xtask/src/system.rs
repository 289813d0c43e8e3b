//! What the system must have before we can build or test, and how it gets there. A program is looked for
//! by its name and a library with pkg-config, so that it works on every distribution; names of
//! packages are Debian's. Never asks for a password.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::project::Project;
use crate::stream::stream;
use crate::trouble::Trouble;

/// How to tell that something is there.
#[derive(Clone, Copy)]
enum Probe {
    Program(&'static str),
    /// A pkg-config module.
    Library(&'static str),
    Browser,
}

/// Something needed, and the Debian package that brings it.
#[derive(Clone, Copy)]
pub struct Need {
    package: &'static str,
    probe: Probe,
}

const fn program(name: &'static str, package: &'static str) -> Need {
    Need { package, probe: Probe::Program(name) }
}

const fn library(module: &'static str, package: &'static str) -> Need {
    Need { package, probe: Probe::Library(module) }
}

/// Needed to build and open the window on Linux.
pub const WINDOW: &[Need] = &[
    program("cc", "build-essential"),
    program("file", "file"),
    program("pkg-config", "pkg-config"),
    library("webkit2gtk-4.1", "libwebkit2gtk-4.1-dev"),
    library("librsvg-2.0", "librsvg2-dev"),
];

/// Needed on top to run all tests on Linux.
pub const TESTS: &[Need] = &[
    program("WebKitWebDriver", "webkit2gtk-driver"),
    program("Xvfb", "xvfb"),
    program("dbus-run-session", "dbus"),
    program("gnome-keyring-daemon", "gnome-keyring"),
    program("xdotool", "xdotool"),
    program("convert", "imagemagick"),
    program("openssl", "openssl"),
    program("appstreamcli", "appstream"),
    program("desktop-file-validate", "desktop-file-utils"),
    Need { package: "chromium", probe: Probe::Browser },
];

/// Needed on top for `bundle --verify`.
pub const VERIFY: &[Need] = &[program("debootstrap", "debootstrap")];

/// Needed for `bench guard`. Debian's package also starts a Redis of its own where services start by themselves; it is
/// neither used nor touched.
pub const BASELINES: &[Need] = &[program("redis-server", "redis-server")];

/// Needed for `bench people`: the tool whose own CSV output the export of stored people is held against.
pub const SQLITE: &[Need] = &[program("sqlite3", "sqlite3")];

/// Sees to it that everything is there: installs what is missing when that needs no password, and otherwise says
/// what to type. Elsewhere than on Debian and its kin it says what is missing and goes on, because a package may
/// have come by a way that we do not know.
pub fn ensure(project: &Project, needs: &[&[Need]]) -> Result<(), Trouble> {
    if !cfg!(target_os = "linux") {
        println!("{OTHER_SYSTEMS}");
        return Ok(());
    }
    let needs: Vec<Need> = needs.concat();
    let missing = missing(&needs, is_present);
    if missing.is_empty() {
        println!("System packages: nothing is missing.");
        return Ok(());
    }
    if find_program("apt-get").is_none() {
        println!(
            "Not found on this system, and this is no Debian: {}.\nThese are Debian's names; install what your distribution calls them. Going on.",
            missing.join(", ")
        );
        return Ok(());
    }
    let Some(prefix) = install_prefix() else {
        let command = command_to_type(&missing, find_program("sudo").is_some());
        return Err(Trouble::Packages { missing, command });
    };
    install(project, &prefix, &missing)?;
    let still_missing = self::missing(&needs, is_present);
    if still_missing.is_empty() {
        return Ok(());
    }
    Err(Trouble::Tool(format!("apt-get ended well, but these are still not found: {}", still_missing.join(", "))))
}

const OTHER_SYSTEMS: &str = if cfg!(windows) {
    "Windows: the Microsoft C++ Build Tools and WebView2 (part of Windows 11) must be installed. Going on."
} else {
    "macOS: Xcode's command line tools must be installed (`xcode-select --install`). Going on."
};

/// Makes sure that rustfmt and clippy are there: the minimal profile of rustup has neither.
pub fn ensure_rust_components(project: &Project) -> Result<(), Trouble> {
    let has = |mut command: Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    if has(project.cargo(["fmt", "--version"])) && has(project.cargo(["clippy", "--version"])) {
        return Ok(());
    }
    let added = stream(project.command("rustup").args(["component", "add", "rustfmt", "clippy"]));
    if added.is_ok_and(|finished| finished.success) {
        return Ok(());
    }
    Err(Trouble::Tool("rustfmt and clippy are missing; type: rustup component add rustfmt clippy".into()))
}

/// The browser for the front end's tests: `FORAY_CHROMIUM`, or the first one found.
pub fn browser() -> Option<PathBuf> {
    let named = env::var_os("FORAY_CHROMIUM").map(PathBuf::from);
    let on_path = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let elsewhere = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];
    named
        .or_else(|| on_path.into_iter().find_map(find_program))
        .or_else(|| elsewhere.into_iter().map(PathBuf::from).find(|path| path.is_file()))
}

/// The first program of this name on the search path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

fn is_present(probe: Probe) -> bool {
    match probe {
        Probe::Program(name) => find_program(name).is_some(),
        Probe::Library(module) => succeeds(Command::new("pkg-config").args(["--exists", module])),
        Probe::Browser => browser().is_some(),
    }
}

fn missing(needs: &[Need], is_present: impl Fn(Probe) -> bool) -> Vec<&'static str> {
    needs.iter().filter(|need| !is_present(need.probe)).map(|need| need.package).collect()
}

/// What to put before `apt-get` so that it runs with rights and without a password; none when that cannot be.
fn install_prefix() -> Option<Vec<&'static str>> {
    let id = Command::new("id").arg("-u").stdin(Stdio::null()).output().ok()?;
    if String::from_utf8_lossy(&id.stdout).trim() == "0" {
        return Some(vec![]);
    }
    // sudo clears the environment, so the variable goes through `env`.
    succeeds(Command::new("sudo").args(["-n", "true"])).then(|| vec!["sudo", "-n"])
}

fn command_to_type(missing: &[&str], has_sudo: bool) -> String {
    let packages = missing.join(" ");
    if has_sudo {
        format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}")
    } else {
        format!("su -c 'apt-get update && apt-get install -y --no-install-recommends {packages}'")
    }
}

fn install(project: &Project, prefix: &[&str], missing: &[&str]) -> Result<(), Trouble> {
    println!("Installing what is missing: {}", missing.join(", "));
    let update = apt_get(prefix, &["update"]);
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(missing);
    for line in [update, apt_get(prefix, &arguments)] {
        let typed = line.join(" ");
        let Some((first, rest)) = line.split_first() else {
            continue;
        };
        let finished = stream(project.command(first).args(rest)).map_err(Trouble::io(format!("run `{typed}`")))?;
        if !finished.success {
            return Err(Trouble::Step(format!(
                "`{typed}` did not succeed; its output says why. Mend that and start again."
            )));
        }
    }
    Ok(())
}

/// The whole command line. Another apt-get may be at work (a fresh machine updates itself): it is waited for.
fn apt_get<'a>(prefix: &[&'a str], arguments: &[&'a str]) -> Vec<&'a str> {
    let fixed = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"];
    [prefix, &fixed, arguments].concat()
}

fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether a window can be opened here.
pub fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn only_what_is_not_there_is_asked_for() {
        let there = |probe: Probe| !matches!(probe, Probe::Library("webkit2gtk-4.1") | Probe::Program("file"));
        assert_eq!(missing(WINDOW, there), ["file", "libwebkit2gtk-4.1-dev"]);
        assert!(missing(TESTS, |_| true).is_empty());
    }

    #[test]
    fn the_command_to_type_is_complete() {
        assert_eq!(
            command_to_type(&["xvfb", "dbus"], true),
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb dbus"
        );
        assert_eq!(
            command_to_type(&["xvfb"], false),
            "su -c 'apt-get update && apt-get install -y --no-install-recommends xvfb'"
        );
    }

    #[test]
    fn apt_get_asks_nothing_even_behind_sudo() {
        let line = apt_get(&["sudo", "-n"], &["update"]).join(" ");
        assert!(line.starts_with("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get "));
        assert!(line.ends_with(" update"));
    }

    #[test]
    fn a_program_on_the_path_is_found_and_another_is_not() {
        assert!(find_program("cargo").is_some());
        assert!(find_program("no-such-program-of-foray").is_none());
    }
}
