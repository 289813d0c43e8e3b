//! The project's own commands, behind `cargo xtask`. They set up, build, check and measure Foray; nothing of
//! them is shipped. Standard library only, so that they compile in seconds on a machine that has nothing else yet.

mod bench;
mod bundle;
mod chaos;
mod counts;
mod front_end;
mod fuzz;
mod health;
mod icons;
mod licences;
mod project;
mod report;
mod run;
mod session;
mod stream;
mod system;
mod test;
mod trouble;
mod unused;
mod written;

use std::process::ExitCode;

use project::Project;
use trouble::Trouble;

const HELP: &str = "\
Foray's own commands

  cargo xtask run                  set up, build and open the window on the sample workspace;
                                   without a display: a sample search and export on the command line
  cargo xtask test [--only PART]   set up and run every check; PART is one of
                                   format, ui, clippy, health, rust, keyring, e2e (may be given several times)
  cargo xtask bench                build for release and measure a cached search and an export
  cargo xtask bench guard [--searches N]
                                   measure cache, limiter and breaker beside Redis and opossum, which it
                                   installs; N cached searches, a million unless given
  cargo xtask bench people [--people N]
                                   measure the people store at 10,000, 100,000 and N people, a million unless given,
                                   and their export beside sqlite3, which it installs
  cargo xtask bench week [--seed S]
                                   count calls and credits of a simulated week of three researchers beside the plain
                                   design
  cargo xtask bench start [--built] [--runs N]
                                   measure the window's start to first rows and its memory beside an empty
                                   Tauri window that it builds, N times each, 11 unless given (Linux)
  cargo xtask bench window [--built] [--people N] [--runs N]
                                   measure the window with N people, a million unless given: keys in the search field,
                                   cached searches, start and memory beside an empty Tauri window, scrolling beside
                                   AG Grid, which it installs, the size of the front end (Linux)
  cargo xtask bundle [--verify] [--built] [--kind KIND] [--overlay FILE]
                                   build for release and make what a user installs: .deb and .rpm on Linux;
                                   --verify tries the .deb in a clean Debian (needs root), --built packs what
                                   an earlier run built, --kind names another kind of package, --overlay lays
                                   settings over tauri.conf.json (docs/releasing.md)
  cargo xtask chaos limiter [--minutes N] [--seed S]
                                   kill processes that share a call ledger, for N minutes (1), and judge the ledger
  cargo xtask chaos jobs [--minutes N] [--seed S]
                                   kill processes that export, at each step and at random moments, for N minutes (1)
                                   and at least 200 kills, and judge the files and the stand-in's log
  cargo xtask chaos enrich [--minutes N] [--seed S]
                                   kill processes that enrich, likewise, and judge the books by the stand-in's log
  cargo xtask fuzz [--minutes N]   read any bytes as Apollo's answers, for N minutes (1), with a nightly compiler
  cargo xtask types                write the front end's types anew from Rust
  cargo xtask fixtures             write the fixture of each schema version that has none (docs/upgrade.md)
  cargo xtask icons                make the icon files from src-tauri/icons/foray.svg (needs rsvg-convert)
  cargo xtask help                 this page
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("\ncargo xtask: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode, Trouble> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    if matches!(command, "help" | "--help" | "-h") {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    if command == "test" {
        let parts = test::Part::chosen(rest)?;
        return Ok(test::test(&Project::find()?, &parts));
    }
    if command == "bench" {
        return bench::chosen(&Project::find()?, rest);
    }
    if command == "bundle" {
        return bundle::bundle(&Project::find()?, &bundle::Wish::chosen(rest)?);
    }
    if command == "chaos" {
        let run = chaos::Run::chosen(rest)?;
        return chaos::chaos(&Project::find()?, &run);
    }
    if command == "fuzz" {
        let length = fuzz::chosen(rest)?;
        return fuzz::fuzz(&Project::find()?, length);
    }
    if let Some(extra) = rest.first() {
        return Err(Trouble::Usage(format!("`{command}` takes no `{extra}`")));
    }
    match command {
        "run" => run::run(&Project::find()?),
        "types" => written::types(&Project::find()?),
        "fixtures" => written::fixtures(&Project::find()?),
        "icons" => icons::icons(&Project::find()?),
        unknown => Err(Trouble::Usage(format!("there is no command `{unknown}`"))),
    }
}
