//! `cargo xtask bundle`: builds for release and makes what a user installs. On Linux a `.deb` and an `.rpm`, elsewhere what
//! Tauri makes there; each holds the window, `foray-cli` and the licence notices. Names what was made, and its size.

mod debian;
mod notices;
mod overlay;
mod squeeze;
mod verify;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::front_end;
use crate::project::Project;
use crate::stream::must_succeed;
use crate::system;
use crate::trouble::Trouble;

/// The packages whose binaries are shipped.
const SHIPPED: [&str; 2] = ["foray", "foray-cli"];

/// The largest that a `.deb` or `.rpm` may be. An AppImage carries the web view, the others what their systems need.
const LIMIT: u64 = 12 << 20;

/// What to make by default: no tool from outside is needed for these.
const KINDS: &[&str] = match env::consts::OS.as_bytes() {
    b"linux" => &["deb", "rpm"],
    b"macos" => &["app", "dmg"],
    _ => &["nsis", "msi"],
};

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Kinds of package; [`KINDS`] when none is named.
    kinds: Vec<String>,
    /// Configuration laid over `tauri.conf.json`, such as that of signing.
    overlays: Vec<String>,
    /// Whether the `.deb` is tried in a clean Debian.
    verify: bool,
    /// Whether what an earlier run built is packed as it is.
    built: bool,
}

impl Wish {
    /// Reads `[--verify] [--built] [--kind KIND]… [--overlay FILE]…`.
    pub fn chosen(arguments: &[String]) -> Result<Self, Trouble> {
        let mut wish = Self::default();
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let (option, value) = match word.split_once('=') {
                Some((option, value)) => (option, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            let mut value = || value.clone().or_else(|| words.next().cloned()).filter(|value| !value.is_empty());
            let list = match option {
                "--verify" => {
                    wish.verify = true;
                    continue;
                }
                "--built" => {
                    wish.built = true;
                    continue;
                }
                "--kind" => &mut wish.kinds,
                "--overlay" => &mut wish.overlays,
                _ => return Err(Trouble::Usage(format!("`bundle` takes no `{word}`"))),
            };
            list.push(value().ok_or_else(|| Trouble::Usage(format!("`{option}` wants a value")))?);
        }
        let has_deb = wish.kinds.is_empty() || wish.kinds.iter().any(|kind| kind == "deb");
        if wish.verify && !(cfg!(target_os = "linux") && has_deb) {
            return Err(Trouble::Usage("`--verify` tries a .deb, which is made on Linux".to_owned()));
        }
        Ok(wish)
    }

    fn kinds(&self) -> Vec<&str> {
        if self.kinds.is_empty() { KINDS.to_vec() } else { self.kinds.iter().map(String::as_str).collect() }
    }
}

/// Builds, packs, checks the sizes and tells them.
pub fn bundle(project: &Project, wish: &Wish) -> Result<ExitCode, Trouble> {
    if !wish.built {
        build(project)?;
    }
    let parts = Parts::gather(project)?;
    let folder = project.release_folder("bundle");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Trouble::io(format!("empty {}", folder.display())))?;
    }
    pack(project, wish, &parts)?;
    let made = packages(&folder)?;
    let deb = made.iter().find(|path| path.extension().is_some_and(|extension| extension == "deb"));
    if let Some(deb) = deb {
        squeeze::squeeze(project, deb)?;
    }
    tell(&made)?;
    if wish.verify {
        verify::verify(project, deb.ok_or_else(|| Trouble::Step("no .deb was made".to_owned()))?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn build(project: &Project) -> Result<(), Trouble> {
    system::ensure(project, &[system::WINDOW])?;
    front_end::ensure_node(project)?;
    front_end::ensure_modules(project)?;
    front_end::build(project)?;
    let mut build = project.cargo(["build", "--release"]);
    build.args(SHIPPED.iter().flat_map(|package| ["--package", package]));
    must_succeed(&mut build, "cargo build --release")
}

/// What a package holds besides the window, made by us and laid ready for Tauri's bundler.
struct Parts {
    /// `foray-cli` without the target's name, which the bundler adds itself.
    command_line: PathBuf,
    notices: PathBuf,
}

impl Parts {
    fn gather(project: &Project) -> Result<Self, Trouble> {
        let folder = project.release_folder("parts");
        fs::create_dir_all(&folder).map_err(Trouble::io(format!("make the folder {}", folder.display())))?;
        let parts = Self { command_line: folder.join("foray-cli"), notices: folder.join("NOTICES.txt") };
        let copy = folder.join(format!("foray-cli-{}{}", target(project)?, env::consts::EXE_SUFFIX));
        let built = project.release_binary("foray-cli");
        fs::copy(&built, &copy).map_err(Trouble::io(format!("copy {}", built.display())))?;
        notices::write(project, &SHIPPED, &parts.notices)?;
        Ok(parts)
    }
}

/// The name of this system's target, as in `x86_64-unknown-linux-gnu`.
fn target(project: &Project) -> Result<String, Trouble> {
    let output = project.command("rustc").arg("-vV").output().map_err(Trouble::io("run rustc"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.ok_or_else(|| Trouble::Tool("rustc does not say what it compiles for.".to_owned()))
}

fn pack(project: &Project, wish: &Wish, parts: &Parts) -> Result<(), Trouble> {
    let kinds = wish.kinds().join(",");
    let mut tauri = project.command("node");
    // Not through npm, which would start it in ui/: the tool looks for the configuration from where it stands downwards.
    tauri.args(["ui/node_modules/@tauri-apps/cli/tauri.js", "bundle", "--ci", "--bundles", &kinds]);
    tauri.args(["--config", &overlay::parts(&parts.command_line, &parts.notices)]);
    for file in &wish.overlays {
        tauri.arg("--config").arg(project.path(file));
    }
    must_succeed(&mut tauri, "`tauri bundle`")
}

/// The files that were made; Tauri leaves its unpacked working copies in folders beside them.
fn packages(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let list = |folder: &Path| -> Result<Vec<PathBuf>, Trouble> {
        let entries = fs::read_dir(folder).map_err(Trouble::io(format!("read {}", folder.display())))?;
        Ok(entries.filter_map(Result::ok).map(|entry| entry.path()).collect())
    };
    let mut made = Vec::new();
    for kind in list(folder)?.into_iter().filter(|path| path.is_dir()) {
        made.extend(list(&kind)?.into_iter().filter(|path| path.is_file() && is_package(path)));
    }
    made.sort();
    Ok(made)
}

fn is_package(path: &Path) -> bool {
    let kinds = ["deb", "rpm", "AppImage", "dmg", "msi", "exe", "gz", "sig"];
    path.extension().is_some_and(|extension| kinds.iter().any(|kind| extension == *kind))
}

/// Prints each package with its size; one that is too large is a failure.
fn tell(made: &[PathBuf]) -> Result<(), Trouble> {
    println!();
    for path in made {
        let size = fs::metadata(path).map_err(Trouble::io(format!("read {}", path.display())))?.len();
        println!("{:>6.2} MB  {}", size as f64 / 1e6, path.display());
        let limited = path.extension().is_some_and(|extension| extension == "deb" || extension == "rpm");
        if limited && size > LIMIT {
            let limit = LIMIT >> 20;
            return Err(Trouble::Step(format!("{} is larger than {limit} MiB.", path.display())));
        }
    }
    if made.is_empty() {
        return Err(Trouble::Step("no package was made".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn chosen(line: &str) -> Result<Wish, Trouble> {
        Wish::chosen(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn without_a_word_the_packages_of_this_system_are_made() {
        let wish = chosen("").unwrap();
        assert_eq!(wish, Wish::default());
        assert_eq!(wish.kinds(), KINDS);
    }

    #[test]
    fn kinds_and_overlays_may_be_given_several_times() {
        let wish = chosen("--kind appimage --kind=rpm --overlay a.json").unwrap();
        assert_eq!(wish.kinds(), ["appimage", "rpm"]);
        assert_eq!(wish.overlays, ["a.json"]);
    }

    #[test]
    fn a_wrong_line_is_refused() {
        for line in ["--kind", "--overlay=", "release", "--verify --kind rpm"] {
            assert!(matches!(chosen(line), Err(Trouble::Usage(_))), "{line}");
        }
    }
}
