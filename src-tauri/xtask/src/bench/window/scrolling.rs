//! A table of everybody scrolled by wheel, thumb and `PageDown`: frames that the page could not draw in time, and names that are
//! missing on the screen meanwhile, as the X server tells. Ours and AG Grid's, by the same script in the same webview.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::super::desk::Desk;
use super::super::figures::{Line, Series};
use super::super::screen::{Area, Screen, lines_with_text};
use super::{ag_grid, people, script};
use crate::project::Project;
use crate::trouble::Trouble;

/// How the script calls the ways of scrolling, and what they are.
const WAYS: [(&str, [&str; 2]); 3] = [
    ("wheel", ["by wheel: frames dropped", "by wheel: rows without a name on the screen"]),
    ("thumb", ["by thumb, end to end: frames dropped", "by thumb, end to end: rows without a name on the screen"]),
    ("page_down", ["by PageDown, held: frames dropped", "by PageDown, held: rows without a name on the screen"]),
];
/// The screen is looked at this often.
const EVERY: Duration = Duration::from_millis(4);
/// Rows that are looked at, and their height in pixels.
const ROWS: u16 = 12;
const ROW: u16 = 32;
/// From one frame to the next, in nanoseconds.
const FRAME: f64 = 1e9 / 60.0;

/// Measures both tables, and prints.
pub fn beside_ag_grid(project: &Project, desk: &Desk, people: &people::Folder, empty: &Path) -> Result<(), Trouble> {
    let served = ag_grid::Served::start(project, &people.csv)?;
    let scroll = |whose: &str, binary: &Path, address: &str| {
        let mut command = script(project, desk, people, "scrolling.mjs", Path::new(whose));
        command.arg(binary).arg(address);
        scrolled(&mut command, &mut desk.screen()?)
    };
    let ours = scroll("ours", &project.release_binary("foray"), "")?;
    let theirs = scroll("theirs", empty, &served.address)?;
    println!("\nscrolling, beside AG Grid with the same people in the same webview");
    for (whose, seen) in [("ours", &ours), ("theirs", &theirs)] {
        let reached = seen.of("last_row")?.frames == [1.0];
        println!("  {whose}: the thumb at its end {} the last row", if reached { "shows" } else { "DOES NOT SHOW" });
    }
    for (way, [frames, names]) in WAYS {
        let (ours, theirs) = (ours.of(way)?, theirs.of(way)?);
        Line { what: frames, ours: ours.dropped(), theirs: theirs.dropped(), ..Line::default() }.print();
        Line { what: names, ours: ours.missing(), theirs: theirs.missing(), ..Line::default() }.print();
    }
    Ok(())
}

/// What was seen of one table.
#[derive(Default)]
struct Seen {
    ways: Vec<(String, Way)>,
}

/// One way of scrolling it.
#[derive(Default)]
struct Way {
    /// From each frame to the next, in nanoseconds.
    frames: Vec<f64>,
    /// When the screen was looked at, and how many of its rows had no name.
    looks: Vec<(Instant, usize)>,
}

impl Seen {
    fn of(&self, name: &str) -> Result<&Way, Trouble> {
        let found = self.ways.iter().find(|(known, _)| known == name);
        found.map(|(_, way)| way).ok_or_else(|| Trouble::Step(format!("nobody scrolled by {name}")))
    }

    fn way(&mut self, name: &str) -> &mut Way {
        let at = self.ways.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.ways.push((name.to_owned(), Way::default()));
            self.ways.len() - 1
        });
        &mut self.ways[at].1
    }
}

impl Way {
    fn dropped(&self) -> String {
        let dropped: f64 = self.frames.iter().map(|took| dropped_within(*took)).sum();
        let due = self.frames.iter().sum::<f64>() / FRAME;
        let longest = self.frames.iter().copied().fold(0.0, f64::max);
        format!("{dropped:.0} of {due:.0} ({:.1} %), the longest {:.0} ms", dropped / due * 100.0, longest / 1e6)
    }

    fn missing(&self) -> String {
        let missing = self.looks.iter().filter(|(_, missing)| *missing > 0).count();
        let share = missing as f64 / self.looks.len().max(1) as f64 * 100.0;
        format!(
            "{share:.1} % of {} looks, the longest {:.0} ms",
            self.looks.len(),
            longest_gap(&self.looks).as_secs_f64() * 1e3
        )
    }
}

/// Frames that should have come in the time from one to the next.
fn dropped_within(nanoseconds: f64) -> f64 {
    ((nanoseconds / FRAME).round() - 1.0).max(0.0)
}

/// The longest time in which something was missing at each look.
fn longest_gap(looks: &[(Instant, usize)]) -> Duration {
    let (mut longest, mut since) = (Duration::ZERO, None);
    for (at, missing) in looks {
        match (missing, since) {
            (0, Some(began)) => {
                longest = longest.max(*at - began);
                since = None;
            }
            (1.., None) => since = Some(*at),
            _ => {}
        }
    }
    match (since, looks.last()) {
        (Some(began), Some((at, _))) => longest.max(*at - began),
        _ => longest,
    }
}

/// Runs the script that scrolls, and looks at the screen whenever it does.
fn scrolled(command: &mut Command, screen: &mut Screen) -> Result<Seen, Trouble> {
    let mut process =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(Trouble::io("scroll the table"))?;
    let (told, lines) = mpsc::channel();
    if let Some(out) = process.stdout.take() {
        // Ends with the script's output.
        thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| told.send(line)));
    }
    let (mut seen, mut area, mut scrolling) = (Seen::default(), None, None::<String>);
    loop {
        match lines.recv_timeout(EVERY) {
            Ok(line) => {
                let Some(Series { name, values }) = Series::read(&line) else {
                    return Err(Trouble::Step(format!(
                        "the script that scrolls said something else than figures: {line}"
                    )));
                };
                match (name.split_once('_'), values.as_slice()) {
                    (Some(("begin", way)), _) => scrolling = Some(way.to_owned()),
                    (Some(("end", _)), _) => scrolling = None,
                    (_, [left, top, width]) if name == "area" => area = Some(names(*left, *top, *width)),
                    _ => seen.way(&name).frames = values,
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                if let (Some(way), Some(area)) = (&scrolling, area) {
                    let pixels = screen.look(area).map_err(Trouble::io("look at the screen"))?;
                    let missing = usize::from(ROWS) - lines_with_text(&pixels, area.width, ROW);
                    seen.way(way).looks.push((Instant::now(), missing));
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = process.wait().map_err(Trouble::io("wait for the script that scrolls"))?;
    if !status.success() {
        return Err(Trouble::Step("the table could not be scrolled; the output above says why.".into()));
    }
    Ok(seen)
}

/// The names of the first rows. Wherever rows stand, each of as many lines holds a part of one.
fn names(left: f64, top: f64, width: f64) -> Area {
    Area { left: left as i16, top: top as i16, width: width as u16, height: ROWS * ROW }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_that_comes_late_by_one_is_one_dropped() {
        let dropped: Vec<f64> = [16.0, 17.0, 24.0, 33.0, 51.0].iter().map(|ms| dropped_within(ms * 1e6)).collect();
        assert_eq!(dropped, [0.0, 0.0, 0.0, 1.0, 2.0]);
    }

    #[test]
    fn a_gap_lasts_until_all_names_are_back() {
        let began = Instant::now();
        let looks = |missing: &[usize]| -> Vec<(Instant, usize)> {
            missing.iter().zip(0..).map(|(missing, at)| (began + EVERY * at, *missing)).collect()
        };
        assert_eq!(longest_gap(&looks(&[0, 1, 0, 3, 12, 1, 0])), EVERY * 3);
        assert_eq!(longest_gap(&looks(&[0, 0, 2, 2])), EVERY);
        assert_eq!(longest_gap(&looks(&[])), Duration::ZERO);
    }
}
