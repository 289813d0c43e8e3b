//! The folder of people that the window is opened on: filled once by core, with personas whose searches were asked and are kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::super::start;
use crate::project::{Project, without_own_settings};
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// The personas that are searched for: one for each of these, of people in each of those places.
const SENIORITIES: [&str; 4] = ["vp", "director", "manager", "c_suite"];
const PLACES: [&str; 8] =
    ["Germany", "Austria", "Switzerland", "France", "Spain", "Sweden", "United Kingdom", "United States"];

/// Where the people are.
pub struct Folder {
    pub data: PathBuf,
    /// All of them as a CSV file.
    pub csv: PathBuf,
}

/// The folder with so many people; made where it is not there yet, which takes a minute for a million.
pub fn ready(project: &Project, people: usize) -> Result<Folder, Trouble> {
    let folder = project.target_folder().join("bench").join("window").join(people.to_string());
    let found = Folder { data: folder.join("data"), csv: folder.join("people.csv") };
    // Written last.
    if !found.csv.exists() {
        fill(project, &folder, people)?;
        must_succeed(people_export(project, &found.data).arg("--to").arg(&found.csv), "the export of all people")?;
    }
    start::put_in_the_corner(&found.data)?;
    search_for_personas(project, &found.data)?;
    Ok(found)
}

fn fill(project: &Project, folder: &Path, people: usize) -> Result<(), Trouble> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Trouble::io(format!("empty {}", folder.display())))?;
    }
    fs::create_dir_all(folder).map_err(Trouble::io(format!("make the folder {}", folder.display())))?;
    println!("Making {people} people in {}", folder.display());
    let begun = Instant::now();
    let mut grow = without_own_settings(project.command(project.release_binary("examples/people_bench")));
    quietly(grow.arg("grow").arg(folder).arg(people.to_string()), "the people")?;
    println!("Made in {:.0} s.", begun.elapsed().as_secs_f64());
    Ok(())
}

fn people_export(project: &Project, data: &Path) -> Command {
    let mut export = foray(project, data);
    export.args(["people", "export", "--workspace", "sample", "--flavour", "import"]);
    export
}

/// Has each persona there, and its first page asked for within the day for which an answer is kept.
fn search_for_personas(project: &Project, data: &Path) -> Result<(), Trouble> {
    let listed = foray(project, data)
        .args(["personas", "list", "--workspace", "sample"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(Trouble::io("list the personas"))?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let pairs = SENIORITIES.iter().flat_map(|seniority| PLACES.iter().map(move |place| (*seniority, *place)));
    for (seniority, place) in pairs {
        let name = format!("Bench {seniority} {place}");
        let filters = ["--workspace", "sample", "--seniority", seniority, "--location", place];
        if !listed.contains(&name) {
            quietly(foray(project, data).args(["personas", "add", &name]).args(filters), &name)?;
        }
        quietly(foray(project, data).arg("search").args(filters).args(["--page-size", "50"]), &name)?;
    }
    Ok(())
}

/// Runs a command of which only the errors are of interest.
fn quietly(command: &mut Command, about: &str) -> Result<(), Trouble> {
    let status = command.stdout(Stdio::null()).status().map_err(Trouble::io(format!("run the command for {about}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Trouble::Step(format!("the command for {about} did not succeed; its output above says why.")))
}

fn foray(project: &Project, data: &Path) -> Command {
    let mut command = without_own_settings(project.command(project.release_binary("foray-cli")));
    command.arg("--data-dir").arg(data);
    command
}
