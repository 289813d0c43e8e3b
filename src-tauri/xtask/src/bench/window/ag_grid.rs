//! AG Grid's community edition, which our table is held against: brought from npm into a folder below cargo's and served on a
//! port of this computer with the same people. Never a part of the product.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};

use crate::project::Project;
use crate::stream::must_succeed;
use crate::trouble::Trouble;

const VERSION: &str = "36.2.0";

/// Installs it where it is not yet, exactly one version and without running anything of its package. Answers its folder.
pub fn ensure(project: &Project) -> Result<PathBuf, Trouble> {
    let folder = project.target_folder().join("bench").join("ag-grid");
    fs::create_dir_all(&folder).map_err(Trouble::io(format!("make the folder {}", folder.display())))?;
    // Its own package, or npm would look for one in the folders above.
    let own = folder.join("package.json");
    fs::write(&own, "{ \"private\": true }\n").map_err(Trouble::io(format!("write {}", own.display())))?;
    let installed = folder.join("node_modules/ag-grid-community");
    let there = fs::read_to_string(installed.join("package.json")).unwrap_or_default();
    if !there.contains(&format!("\"version\": \"{VERSION}\"")) {
        let package = format!("ag-grid-community@{VERSION}");
        let mut install =
            project.npm(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", &package]);
        must_succeed(install.current_dir(&folder), "`npm install` of AG Grid, which the table is held against,")?;
    }
    Ok(installed)
}

/// A page with AG Grid and these people; it ends with this value.
pub struct Served {
    server: Child,
    /// It ends with its standard input.
    _open: Option<ChildStdin>,
    pub address: String,
}

impl Served {
    pub fn start(project: &Project, csv: &Path) -> Result<Self, Trouble> {
        let folder = ensure(project)?;
        let mut server = project
            .command("node")
            .arg(project.path("src-tauri/xtask/src/bench/window/serve.mjs"))
            .arg(folder)
            .arg(csv)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Trouble::io("serve AG Grid"))?;
        let mut address = String::new();
        if let Some(out) = server.stdout.as_mut() {
            BufReader::new(out).read_line(&mut address).map_err(Trouble::io("hear from the server of AG Grid"))?;
        }
        Ok(Self { _open: server.stdin.take(), server, address: address.trim().to_owned() })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        drop(self.server.kill());
        drop(self.server.wait());
    }
}
