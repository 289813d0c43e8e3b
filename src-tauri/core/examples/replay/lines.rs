//! What both replays share: JSON lines from standard input, one answered before the next is read. A line that can't be
//! read ends the replay with a sentence on standard error and exit code 2. Blank lines are no events.

use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Runs a replay. `start` gets the value of `--seed` (0 without it) and returns what answers one event; its error is a
/// sentence about the line.
pub fn replay<In, Out, Step>(name: &str, start: impl FnOnce(u64) -> Step) -> ExitCode
where
    In: DeserializeOwned,
    Out: Serialize,
    Step: FnMut(In) -> Result<Out, String>,
{
    let answered = seed(std::env::args().skip(1)).and_then(|seed| answer_all(start(seed)));
    match answered {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{name}: {why}");
            ExitCode::from(2)
        }
    }
}

fn answer_all<In, Out>(mut step: impl FnMut(In) -> Result<Out, String>) -> Result<(), String>
where
    In: DeserializeOwned,
    Out: Serialize,
{
    let mut output = io::stdout().lock();
    for (index, line) in io::stdin().lock().lines().enumerate() {
        let number = index + 1;
        let line = line.map_err(|error| format!("line {number} could not be read: {error}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let event = serde_json::from_str(&line).map_err(|error| format!("line {number} is no event: {error}"))?;
        let answer = step(event).map_err(|why| format!("line {number}: {why}"))?;
        let answer = serde_json::to_string(&answer).map_err(|error| format!("line {number}: {error}"))?;
        match writeln!(output, "{answer}").and_then(|()| output.flush()) {
            Ok(()) => {}
            // Whoever reads has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            Err(error) => return Err(format!("the answer could not be written: {error}")),
        }
    }
    Ok(())
}

fn seed(mut arguments: impl Iterator<Item = String>) -> Result<u64, String> {
    let mut seed = 0;
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--seed") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        let value = value.ok_or_else(|| format!("“{argument}” is no option; the only one is --seed NUMBER"))?;
        seed = value.parse().map_err(|_| format!("“{value}” is no seed; it is a whole number from 0 on"))?;
    }
    Ok(seed)
}
