//! `cargo xtask bench start`: how long the window takes from its start to rows on the screen, and what all its processes take
//! of the memory, beside an empty Tauri window that is built with the same versions and started in turns with it. Both are
//! release builds in a session of their own; whether something is there is read off the screen, as a user does. The rows are
//! those of the sample workspace's first persona, kept from a search before, as on any day but the first.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::empty_window;
use super::family::Family;
use super::figures::{Goal, Line, Series};
use super::screen::{Area, Screen, lines_with_text};
use crate::front_end;
use crate::project::{Project, TemporaryFolder, without_own_settings};
use crate::stream::must_succeed;
use crate::system;
use crate::trouble::Trouble;

/// Starts of each window, unless `--runs` names another number; one more comes before and does not count.
const RUNS: usize = 11;
/// How long a window may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The screen is looked at this often.
const EVERY: Duration = Duration::from_millis(2);
/// The memory is measured so long after the rows came, when nothing moves any more.
const SETTLED: Duration = Duration::from_secs(2);

/// The names of the first ten rows of the table in a window of 1280 × 800 in the corner of the screen; text of the empty page
/// stands there, too.
const NAMES: Area = Area { left: 226, top: 144, width: 110, height: 320 };
const ROW: u16 = 32;
/// So many of the ten have to be there.
const ROWS: usize = 8;

/// Where the window opens: there is no window manager that would choose a place.
const PLACE: &str = r#"{"x":0,"y":0,"width":1280,"height":800,"maximized":false}"#;

/// The persona that a first start opens on, asked for as the window does.
const PERSONA: [(&str, &[&str]); 4] = [
    ("--title", &["VP Sales", "Head of Sales", "Sales Director"]),
    ("--seniority", &["vp", "head", "director"]),
    ("--location", &["Germany", "Austria", "Switzerland"]),
    ("--company-size", &["51,100", "101,200", "201,500"]),
];

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    runs: usize,
    /// Whether what an earlier run built is measured as it is.
    built: bool,
}

impl Wish {
    /// Reads `[--built] [--runs N]`.
    pub fn chosen(arguments: &[String]) -> Result<Self, Trouble> {
        let mut wish = Self { runs: RUNS, built: false };
        let mut words = arguments.iter().map(String::as_str);
        while let Some(word) = words.next() {
            match word {
                "--built" => wish.built = true,
                "--runs" => {
                    let runs = words.next().and_then(|number| number.parse().ok()).filter(|runs| *runs > 0);
                    wish.runs = runs.ok_or_else(|| Trouble::Usage("`--runs` wants a number from 1 on".into()))?;
                }
                _ => return Err(Trouble::Usage(format!("`bench start` takes no `{word}`"))),
            }
        }
        Ok(wish)
    }
}

/// Builds what is measured.
pub fn build(project: &Project) -> Result<(), Trouble> {
    system::ensure(project, &[system::WINDOW, system::TESTS])?;
    front_end::ensure_node(project)?;
    front_end::ensure_modules(project)?;
    front_end::build(project)?;
    let build = ["build", "--release", "--package", "foray", "--package", "foray-cli"];
    must_succeed(&mut project.cargo(build), "cargo build --release")
}

/// Builds both, measures and prints.
pub fn start(project: &Project, wish: &Wish) -> Result<ExitCode, Trouble> {
    if !wish.built {
        build(project)?;
    }
    let empty = empty_window::ready(project, wish.built)?;
    let desk = Desk::new(project, "bench")?;
    let folder = TemporaryFolder::new("bench-data")?;
    let data = folder.path().join("data");
    search(project, &data)?;
    put_in_the_corner(&data)?;
    let (ours, theirs) = in_turns(project, &desk, &data, &empty, wish.runs)?;
    println!("\nthe window beside an empty one ({} starts each, in turns)", wish.runs);
    print(&ours, &theirs);
    Ok(ExitCode::SUCCESS)
}

/// Has the window open where the screen is looked at.
pub fn put_in_the_corner(data: &Path) -> Result<(), Trouble> {
    fs::write(data.join("window.json"), PLACE).map_err(Trouble::io("write window.json"))
}

/// Starts Foray on a data folder and the empty window in turns, so many times each; one more comes before and does not count.
pub fn in_turns(
    project: &Project,
    desk: &Desk,
    data: &Path,
    empty: &Path,
    runs: usize,
) -> Result<(Measured, Measured), Trouble> {
    let mut screen = desk.screen()?;
    let (mut ours, mut theirs) = (Measured::new("foray"), Measured::new("empty"));
    for run in 0..=runs {
        for (program, measured) in [(project.release_binary("foray").as_path(), &mut ours), (empty, &mut theirs)] {
            let one = once(&mut desk.command(project, program, data), &mut screen)?;
            if run > 0 {
                measured.add(&one);
            }
        }
    }
    Ok((ours, theirs))
}

/// Tells both figures beside the empty window's. Goals: 1.25 for the start, 1.3 for the memory.
pub fn print(ours: &Measured, theirs: &Measured) {
    Line::times("from the start to rows on the screen", &ours.took, &theirs.took)
        .ratio_goal(Goal::AtMost(1.25))
        .print();
    let told = |one: &Measured| format!("{:.1} MB in {} processes", one.bytes.median() / 1e6, one.processes);
    Line {
        what: "memory (PSS) of all processes",
        ours: told(ours),
        theirs: told(theirs),
        ratio: Some(ours.bytes.median() / theirs.bytes.median()),
        goal: None,
    }
    .ratio_goal(Goal::AtMost(1.3))
    .print();
}

/// All starts of one window.
pub struct Measured {
    took: Series,
    bytes: Series,
    processes: usize,
}

impl Measured {
    fn new(name: &str) -> Self {
        let series = || Series { name: name.to_owned(), values: Vec::new() };
        Self { took: series(), bytes: series(), processes: 0 }
    }

    fn add(&mut self, one: &Once) {
        self.took.values.push(one.took.as_nanos() as f64);
        self.bytes.values.push(one.bytes as f64);
        self.processes = one.processes;
    }
}

struct Once {
    took: Duration,
    processes: usize,
    bytes: u64,
}

/// One start, until it is ended again.
fn once(command: &mut Command, screen: &mut Screen) -> Result<Once, Trouble> {
    let name = format!("{}", Path::new(command.get_program()).display());
    let lines = |screen: &mut Screen| -> Result<usize, Trouble> {
        let pixels = screen.look(NAMES).map_err(Trouble::io("look at the screen"))?;
        Ok(lines_with_text(&pixels, NAMES.width, ROW))
    };
    // A screen without windows is black.
    let deadline = Instant::now() + PATIENCE;
    while lines(screen)? < usize::from(NAMES.height / ROW) {
        if Instant::now() > deadline {
            return Err(Trouble::Step("the window before did not leave the screen".into()));
        }
        thread::sleep(EVERY);
    }
    let began = Instant::now();
    let family = Family::start(command).map_err(Trouble::io(format!("start {name}")))?;
    let took = loop {
        thread::sleep(EVERY);
        if is_shown(&screen.look(NAMES).map_err(Trouble::io("look at the screen"))?) {
            break began.elapsed();
        }
        if began.elapsed() > PATIENCE {
            return Err(Trouble::Step(format!("{name} showed no rows in {} s", PATIENCE.as_secs())));
        }
    };
    thread::sleep(SETTLED);
    let (processes, bytes) = family.memory().map_err(Trouble::io("read the memory of the processes"))?;
    Ok(Once { took, processes, bytes })
}

/// Rows on a light ground: a screen without windows is all dark.
fn is_shown(pixels: &[u8]) -> bool {
    let light = pixels.chunks_exact(4).filter(|pixel| pixel[..3].iter().all(|colour| *colour > 200)).count();
    light * 2 > pixels.len() / 4 && lines_with_text(pixels, NAMES.width, ROW) >= ROWS
}

/// Fills the cache with the rows that the window will show.
fn search(project: &Project, data: &Path) -> Result<(), Trouble> {
    let mut search = without_own_settings(project.command(project.release_binary("foray-cli")));
    search.arg("--data-dir").arg(data).args(["search", "--workspace", "sample", "--page-size", "50"]);
    for (filter, values) in PERSONA {
        search.args(values.iter().flat_map(|value| [filter, value]));
    }
    must_succeed(&mut search, "the search before")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn chosen(words: &[&str]) -> Result<Wish, Trouble> {
        Wish::chosen(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn the_number_of_starts_is_read_and_eleven_otherwise() {
        assert_eq!(chosen(&[]).unwrap(), Wish { runs: RUNS, built: false });
        assert_eq!(chosen(&["--built", "--runs", "3"]).unwrap(), Wish { runs: 3, built: true });
        for wrong in [&["--runs"][..], &["--runs", "0"], &["--runs", "x"], &["--people", "3"]] {
            assert!(chosen(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_screen_that_is_dark_shows_no_rows() {
        let (width, height) = (usize::from(NAMES.width), usize::from(NAMES.height));
        let mut pixels = vec![0; width * height * 4];
        assert!(!is_shown(&pixels));
        pixels.fill(255);
        assert!(!is_shown(&pixels));
        for row in 0..ROWS {
            pixels[row * width * usize::from(ROW) * 4..][..3].fill(20);
        }
        assert!(is_shown(&pixels));
    }
}
