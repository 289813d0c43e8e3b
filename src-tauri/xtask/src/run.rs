//! `cargo xtask run`: from a fresh checkout to the open window, or, without a display, through the main job on the
//! command line. Never installs anything that the chosen way does not need.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::front_end;
use crate::project::{Project, TemporaryFolder, without_own_settings};
use crate::stream::must_succeed;
use crate::system;
use crate::trouble::Trouble;

/// Opens the window when there is a display.
pub fn run(project: &Project) -> Result<ExitCode, Trouble> {
    if system::has_display() { open_window(project) } else { main_job_without_display(project) }
}

fn open_window(project: &Project) -> Result<ExitCode, Trouble> {
    system::ensure(project, &[system::WINDOW])?;
    front_end::ensure_node(project)?;
    front_end::ensure_modules(project)?;
    front_end::build(project)?;
    build(project.cargo(["build", "--package", "foray", "--package", "foray-cli"]))?;

    println!("\nOpening the window. It starts in the sample workspace, which needs no key and no network.");
    let window = project.debug_binary("foray");
    let status = project.command(&window).status().map_err(Trouble::io(format!("start {}", window.display())))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Sales leaders in Germany: the persona of the sample run.
const FILTERS: [&str; 6] = ["--seniority", "vp", "--title", "sales", "--location", "Germany"];

fn main_job_without_display(project: &Project) -> Result<ExitCode, Trouble> {
    println!(
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.\n\
         Running the main job on the command line instead: a search in the sample workspace and its export."
    );
    build(project.cargo(["build", "--package", "foray-cli"]))?;

    let folder = TemporaryFolder::new("run")?.keep();
    let data = folder.join("data");
    let file = folder.join("sales-leaders-germany.csv");

    println!("\nSearch:");
    let mut search = sample(project, &data, "search");
    must_succeed(&mut search, "the sample search")?;

    println!("\nExport:");
    let mut export = sample(project, &data, "export");
    export.arg("--to").arg(&file).args(["--max-rows", "200"]);
    must_succeed(&mut export, "the sample export")?;

    show(&file)?;
    Ok(ExitCode::SUCCESS)
}

/// A command of the command line on the sample workspace, with a data folder of its own and without a real key.
fn sample(project: &Project, data: &Path, name: &str) -> Command {
    let mut command = without_own_settings(project.command(project.debug_binary("foray-cli")));
    command.arg("--data-dir").arg(data).args([name, "--workspace", "sample"]).args(FILTERS);
    command
}

fn build(mut cargo: Command) -> Result<(), Trouble> {
    println!("\nBuilding (the first time takes some minutes) …");
    must_succeed(&mut cargo, "cargo build")
}

/// Shows where the file is and how it begins; an export without a single person is not the main job done.
fn show(file: &Path) -> Result<(), Trouble> {
    let text = fs::read_to_string(file).map_err(Trouble::io(format!("read {}", file.display())))?;
    let first: Vec<&str> = text.trim_start_matches('\u{feff}').lines().take(6).collect();
    if first.len() < 2 {
        return Err(Trouble::Step(format!("{} holds no person", file.display())));
    }
    println!("\nThe CSV is at {}\nIts first lines:\n", file.display());
    for line in first {
        println!("  {line}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn an_export_with_a_header_alone_is_not_taken_for_a_success() {
        let folder = TemporaryFolder::new("unit-show").unwrap();
        let file = folder.path().join("a.csv");
        assert!(show(&file).is_err());
        fs::write(&file, "\u{feff}id,name\r\n").unwrap();
        assert!(show(&file).is_err());
        fs::write(&file, "\u{feff}id,name\r\n1,Ana\r\n").unwrap();
        assert!(show(&file).is_ok());
    }

    #[test]
    fn the_sample_run_has_its_own_data_folder_and_the_sample_workspace() {
        let project = Project::find().unwrap();
        let command = sample(&project, Path::new("/tmp/data"), "search");
        let words: Vec<String> = command.get_args().map(|word| word.display().to_string()).collect();
        assert_eq!(words[..5], ["--data-dir", "/tmp/data", "search", "--workspace", "sample"]);
    }
}
