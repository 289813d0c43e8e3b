//! The empty window: a Tauri app of two files, written to a folder below cargo's and built there with our own versions.

use std::fs;
use std::path::PathBuf;

use crate::project::Project;
use crate::stream::must_succeed;
use crate::trouble::Trouble;

const FILES: [(&str, &str); 5] = [
    ("Cargo.toml", include_str!("Cargo.toml.txt")),
    ("build.rs", "fn main() {\n    tauri_build::build();\n}\n"),
    ("src/main.rs", include_str!("main.rs")),
    ("tauri.conf.json", include_str!("tauri.conf.json")),
    ("dist/index.html", include_str!("index.html")),
];

/// Copied from the project: the same versions, and an icon, which Tauri wants.
const COPIES: [(&str, &str); 2] = [("Cargo.lock", "Cargo.lock"), ("src-tauri/icons/icon.png", "icons/icon.png")];

/// The binary, as Foray's for release. `built`: what an earlier run built is taken as it is.
pub fn ready(project: &Project, built: bool) -> Result<PathBuf, Trouble> {
    let binary = project.release_binary("empty-window");
    if !(built && binary.exists()) {
        build(project)?;
    }
    Ok(binary)
}

fn build(project: &Project) -> Result<(), Trouble> {
    let folder = project.target_folder().join("bench").join("empty-window");
    for inside in ["src", "dist", "icons"] {
        let path = folder.join(inside);
        fs::create_dir_all(&path).map_err(Trouble::io(format!("make the folder {}", path.display())))?;
    }
    for (name, text) in FILES {
        let path = folder.join(name);
        // Untouched where it is the same, so that cargo builds nothing anew.
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            continue;
        }
        fs::write(&path, text).map_err(Trouble::io(format!("write {}", path.display())))?;
    }
    for (from, to) in COPIES {
        let from = project.path(from);
        fs::copy(&from, folder.join(to)).map_err(Trouble::io(format!("copy {}", from.display())))?;
    }
    let mut build = project.cargo(["build", "--release", "--manifest-path"]);
    // Where ours are, so that what both stand on is built once.
    build.arg(folder.join("Cargo.toml")).arg("--target-dir").arg(project.target_folder());
    must_succeed(&mut build, "cargo build --release of the empty window")
}
