//! Dependencies that nobody uses: a manifest names them, and no source of its package does. What cargo-machete does, without
//! the minute of building it: a name that stands nowhere in the sources is not used.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::trouble::Trouble;

/// Each package of the workspace and where its sources lie.
const PACKAGES: [(&str, &[&str]); 5] = [
    ("Cargo.toml", &["src-tauri/src", "src-tauri/build.rs", "tests"]),
    ("src-tauri/core/Cargo.toml", &["src-tauri/core"]),
    ("src-tauri/cli/Cargo.toml", &["src-tauri/cli"]),
    ("src-tauri/sandbox/Cargo.toml", &["src-tauri/sandbox"]),
    ("src-tauri/xtask/Cargo.toml", &["src-tauri/xtask"]),
];

/// Refuses a dependency that its package does not use, and one of the workspace that no package takes.
pub fn check(project: &Project) -> Result<(), Trouble> {
    let mut unused = Vec::new();
    let mut taken = BTreeSet::new();
    for (manifest, folders) in PACKAGES {
        let sources = sources(project, folders)?;
        for name in dependencies(&read(&project.path(manifest))?, is_of_package) {
            if !is_named(&sources, &name.replace('-', "_")) {
                unused.push(format!("{name} in {manifest}"));
            }
            taken.insert(name);
        }
    }
    let offered = dependencies(&read(&project.path("Cargo.toml"))?, |section| section == "[workspace.dependencies]");
    unused.extend(offered.iter().filter(|name| !taken.contains(*name)).map(|name| format!("{name} of the workspace")));
    if !unused.is_empty() {
        return Err(Trouble::Step(format!("nobody uses: {}. Take them out of the manifest.", unused.join(", "))));
    }
    println!("Each of the {} dependencies is used.", taken.len());
    Ok(())
}

fn is_of_package(section: &str) -> bool {
    section.ends_with("dependencies]") && section != "[workspace.dependencies]"
}

/// Names in the sections of a manifest that are chosen.
fn dependencies(manifest: &str, chosen: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = chosen(line.trim_end());
        } else if inside && line.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            names.extend(line.split([' ', '.', '=']).next().map(str::to_owned));
        }
    }
    names
}

/// Whether the name stands in the text as a word of its own.
fn is_named(text: &str, name: &str) -> bool {
    let word = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(name).any(|(place, _)| {
        let (before, after) = (&text[..place], &text[place + name.len()..]);
        !before.ends_with(word) && !after.starts_with(word)
    })
}

/// All Rust below these folders, but for what only remarks on it.
fn sources(project: &Project, folders: &[&str]) -> Result<String, Trouble> {
    let mut text = String::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| project.path(folder)).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).map_err(Trouble::io(format!("read {}", path.display())))?;
            open.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let lines = read(&path)?;
            text.extend(lines.lines().filter(|line| !is_remark(line)).flat_map(|line| [line, "\n"]));
        }
    }
    Ok(text)
}

/// A plain comment. Documentation counts: its examples are compiled.
fn is_remark(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!")
}

fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(Trouble::io(format!("read {}", path.display())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn names_are_read_from_every_spelling_and_section() {
        let manifest = "[package]\nname = \"x\"\n[dependencies]\nserde.workspace = true\n# why\ntokio-util = { version = \"1\",\n  features = [] }\n\
                        [target.'cfg(unix)'.dependencies]\nrustix = \"1\"\n[workspace.dependencies]\ncsv = \"1\"\n";
        assert_eq!(dependencies(manifest, is_of_package), ["serde", "tokio-util", "rustix"]);
        assert_eq!(dependencies(manifest, |section| section == "[workspace.dependencies]"), ["csv"]);
    }

    #[test]
    fn a_part_of_a_longer_name_is_no_use() {
        assert!(is_named("use csv::Reader;", "csv"));
        assert!(!is_named("let from_csv = csvs;", "csv"));
    }

    #[test]
    fn every_package_of_the_workspace_is_looked_at() {
        let manifest = read(&Project::find().unwrap().path("Cargo.toml")).unwrap();
        let members = manifest.split_once("members = [").and_then(|(_, rest)| rest.split_once(']')).unwrap().0;
        let members: Vec<String> =
            members.split('"').skip(1).step_by(2).map(|member| format!("{member}/Cargo.toml")).collect();
        let looked_at: Vec<&str> = PACKAGES.iter().skip(1).map(|(manifest, _)| *manifest).collect();
        assert!(members.iter().all(|member| looked_at.contains(&member.as_str())) && members.len() == looked_at.len());
    }
}
