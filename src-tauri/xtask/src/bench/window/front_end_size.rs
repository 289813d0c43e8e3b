//! How large the front end is: what the app carries of it, and what that is when packed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::project::Project;
use crate::trouble::Trouble;

/// Carried along, but no part of the pages.
const LICENCES: &str = "licences.md";

/// Prints both sizes of all pages, scripts and styles.
pub fn tell(project: &Project) -> Result<(), Trouble> {
    let files: Vec<PathBuf> = files(&project.path("ui/dist"))?;
    let (mut bytes, mut packed) = (0, 0);
    for file in files.iter().filter(|file| !file.ends_with(LICENCES)) {
        bytes += fs::metadata(file).map_err(Trouble::io(format!("look at {}", file.display())))?.len();
        packed += packed_size(project, file)?;
    }
    println!("\nthe front end: {:.0} kB, packed by gzip {:.0} kB", bytes as f64 / 1e3, packed as f64 / 1e3);
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(Trouble::io(format!("look into {}", folder.display())))?;
    for entry in entries {
        let path = entry.map_err(Trouble::io(format!("look into {}", folder.display())))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn packed_size(project: &Project, file: &Path) -> Result<usize, Trouble> {
    let mut gzip = project.command("gzip");
    gzip.args(["-9", "--stdout"]).arg(file).stderr(Stdio::inherit());
    Ok(gzip.output().map_err(Trouble::io("run gzip"))?.stdout.len())
}
