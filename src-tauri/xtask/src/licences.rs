//! The licences of what Foray is made of: which packages are linked into it, whether each licence is one that we took
//! (`deny.toml` lists them, for us and for cargo-deny), and where the texts of a package lie.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::trouble::Trouble;

/// A package of the registry that is linked into what we ship.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// Its SPDX expression, as its author wrote it.
    pub licence: String,
    pub repository: String,
}

/// Every package of the registry that is linked into these packages of ours on this system. Macros and build scripts
/// work while we compile and are not shipped.
pub fn linked(project: &Project, ours: &[&str]) -> Result<Vec<Package>, Trouble> {
    let mut command = project.cargo(["tree", "--edges", "normal,no-proc-macro", "--prefix", "none"]);
    command.args(["--format", "{p}|{l}|{r}"]);
    for package in ours {
        command.args(["--package", package]);
    }
    let output = command.output().map_err(Trouble::io("run `cargo tree`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Trouble::Step(format!("`cargo tree` did not succeed:\n{said}")));
    }
    let mut packages: Vec<Package> = String::from_utf8_lossy(&output.stdout).lines().filter_map(read).collect();
    packages.sort();
    packages.dedup();
    Ok(packages)
}

/// Reads `name v1.2.3|MIT|https://…`; none for a package of our own, which stands there with its folder.
fn read(line: &str) -> Option<Package> {
    // `(*)` says that its dependencies were told before.
    let mut fields = line.strip_suffix(" (*)").unwrap_or(line).split('|');
    let (name, version) = fields.next()?.split_once(" v")?;
    if version.contains(' ') {
        return None;
    }
    let mut field = || fields.next().unwrap_or_default().to_owned();
    Some(Package { name: name.to_owned(), version: version.to_owned(), licence: field(), repository: field() })
}

/// Checks the licence of each package, and that every package of the lock file comes from crates.io.
pub fn check(project: &Project) -> Result<(), Trouble> {
    let allowed = allowed(project)?;
    let packages = linked(project, &["foray", "foray-cli"])?;
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !permits(&package.licence, &allowed))
        .map(|package| format!("{} {} ({})", package.name, package.version, package.licence))
        .collect();
    if !refused.is_empty() {
        let list = refused.join(", ");
        return Err(Trouble::Step(format!(
            "deny.toml allows no licence of: {list}. Leave the package out, or decide."
        )));
    }
    let lock = project.path("Cargo.lock");
    let text = fs::read_to_string(&lock).map_err(Trouble::io("read Cargo.lock"))?;
    let foreign: Vec<&str> = foreign_sources(&text).collect();
    if !foreign.is_empty() {
        return Err(Trouble::Step(format!("Cargo.lock has packages from elsewhere: {}", foreign.join(", "))));
    }
    println!("{} linked packages, each with a licence that deny.toml allows, all from crates.io.", packages.len());
    Ok(())
}

fn foreign_sources(lock: &str) -> impl Iterator<Item = &str> {
    let sources = lock.lines().filter_map(|line| line.strip_prefix("source = \""));
    sources.filter(|source| !source.starts_with("registry+https://github.com/rust-lang/crates.io-index"))
}

/// What `allow` of `deny.toml` lists.
fn allowed(project: &Project) -> Result<Vec<String>, Trouble> {
    let text = fs::read_to_string(project.path("deny.toml")).map_err(Trouble::io("read deny.toml"))?;
    let list = text.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Whether one may choose allowed licences alone: `OR` needs one side, `AND` both. Old manifests write `/` for `OR`. What
/// is no expression permits nothing.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest, allowed) == Some(true) && rest.is_empty()
}

fn either(words: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut permitted = both(words, allowed)?;
    while take(words, "OR") {
        permitted |= both(words, allowed)?;
    }
    Some(permitted)
}

fn both(words: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut permitted = one(words, allowed)?;
    while take(words, "AND") {
        permitted &= one(words, allowed)?;
    }
    Some(permitted)
}

fn one(words: &mut &[&str], allowed: &[String]) -> Option<bool> {
    if take(words, "(") {
        let permitted = either(words, allowed)?;
        return take(words, ")").then_some(permitted);
    }
    let (&first, rest) = words.split_first()?;
    *words = rest;
    if !take(words, "WITH") {
        return Some(allowed.iter().any(|name| name == first));
    }
    let (exception, rest) = words.split_first()?;
    *words = rest;
    Some(allowed.contains(&format!("{first} WITH {exception}")))
}

/// Goes past the next word if it is this one.
fn take(words: &mut &[&str], wanted: &str) -> bool {
    let Some((_, rest)) = words.split_first().filter(|(first, _)| **first == wanted) else { return false };
    *words = rest;
    true
}

/// The texts that a package brings: licences, copyrights and notices, in the order of their names.
pub fn texts(package: &Package) -> Result<Vec<String>, Trouble> {
    let folder = folder(package)?;
    let entries = fs::read_dir(&folder).map_err(Trouble::io(format!("read {}", folder.display())))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file() && is_licence(path));
    files.sort();
    let read = |path: &PathBuf| fs::read(path).map_err(Trouble::io(format!("read {}", path.display())));
    files.iter().map(|path| read(path).map(|bytes| tidy(&String::from_utf8_lossy(&bytes)))).collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let source = path.extension().is_some_and(|extension| extension == "rs" || extension == "spdx");
    !source && ["license", "licence", "copying", "copyright", "notice", "unlicense"].iter().any(|w| name.starts_with(w))
}

/// One spelling of line ends and of the empty space around, so that equal texts are found equal.
pub fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Where cargo unpacked a package.
fn folder(package: &Package) -> Result<PathBuf, Trouble> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.unwrap_or_default().join("registry/src");
    let registries = fs::read_dir(&sources).map_err(Trouble::io(format!("read {}", sources.display())))?;
    let name = format!("{}-{}", package.name, package.version);
    let mut folders = registries.filter_map(Result::ok).map(|registry| registry.path().join(&name));
    folders
        .find(|folder| folder.is_dir())
        .ok_or_else(|| Trouble::Step(format!("{name} is not unpacked. Type `cargo fetch`, then start again.")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn permitted(expression: &str) -> bool {
        permits(expression, &["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned))
    }

    #[test]
    fn one_allowed_side_of_or_and_both_of_and_are_wanted() {
        for good in ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-3.0", "MIT AND ISC", "(GPL-3.0 OR MIT) AND ISC"] {
            assert!(permitted(good), "{good}");
        }
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 AND MIT) OR AGPL-3.0", "MIT ISC", "(MIT", "MIT OR"] {
            assert!(!permitted(bad), "{bad}");
        }
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert!(permitted("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
        assert!(!permitted("Apache-2.0"));
        assert!(!permitted("MIT WITH LLVM-exception"));
    }

    #[test]
    fn our_own_packages_are_not_among_the_linked_ones() {
        assert_eq!(read("foray-core v0.1.0 (/a/src-tauri/core)|MIT|"), None);
        let serde = read("serde v1.0.2|MIT OR Apache-2.0|https://example.org/serde (*)").unwrap();
        assert_eq!((serde.name.as_str(), serde.version.as_str()), ("serde", "1.0.2"));
        assert_eq!(
            (serde.licence.as_str(), serde.repository.as_str()),
            ("MIT OR Apache-2.0", "https://example.org/serde")
        );
    }

    #[test]
    fn a_package_from_elsewhere_is_seen() {
        let ours = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
        assert_eq!(foreign_sources(ours).count(), 0);
        assert_eq!(foreign_sources("source = \"git+https://example.org/x#abc\"").count(), 1);
        assert_eq!(foreign_sources("source = \"registry+https://mirror.example/\"").count(), 1);
    }

    #[test]
    fn licences_are_told_from_sources() {
        for licence in ["LICENSE", "LICENSE-MIT", "license.txt", "COPYING", "UNLICENSE", "NOTICE", "COPYRIGHT"] {
            assert!(is_licence(Path::new(licence)), "{licence}");
        }
        assert!(!is_licence(Path::new("license.rs")) && !is_licence(Path::new("README.md")));
    }

    #[test]
    fn equal_texts_are_equal_however_they_end_their_lines() {
        assert_eq!(tidy("\u{feff}\r\nMIT \r\n\r\nyours\r\n"), tidy("MIT\n\nyours"));
    }

    #[test]
    fn deny_toml_lists_what_we_took() {
        let allowed = allowed(&Project::find().unwrap()).unwrap();
        assert!(allowed.contains(&"MIT".to_owned()) && allowed.contains(&"MPL-2.0".to_owned()), "{allowed:?}");
        assert!(!allowed.iter().any(|licence| licence.contains("GPL")), "{allowed:?}");
    }
}
