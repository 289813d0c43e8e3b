//! Runs a child process, passing its output on line by line while keeping a copy of it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use crate::trouble::Trouble;

/// How long output may still come after the child has ended. A daemon that it started can hold the pipe open for
/// ever, so its end is not waited for.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// What became of a child.
pub struct Finished {
    pub success: bool,
    /// Standard output and standard error, in order of arrival.
    pub text: String,
}

/// Runs the command to its end. Both its streams go to our standard output.
pub fn stream(command: &mut Command) -> io::Result<Finished> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (sender, lines) = mpsc::channel();
    if let Some(out) = child.stdout.take() {
        pass_on(out, sender.clone());
    }
    if let Some(err) = child.stderr.take() {
        pass_on(err, sender.clone());
    }
    drop(sender);

    let status = child.wait()?;
    let mut text = Vec::new();
    while let Ok(line) = lines.recv_timeout(LAST_WORDS) {
        text.extend(line);
    }
    Ok(Finished { success: status.success(), text: String::from_utf8_lossy(&text).into_owned() })
}

/// Runs a command that everything after it needs.
pub fn must_succeed(command: &mut Command, name: &str) -> Result<(), Trouble> {
    let finished = stream(command).map_err(Trouble::io(format!("run {name}")))?;
    if finished.success {
        return Ok(());
    }
    Err(Trouble::Step(format!("{name} did not succeed; its output above says why.")))
}

fn pass_on(pipe: impl Read + Send + 'static, sender: Sender<Vec<u8>>) {
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        loop {
            let mut line = Vec::new();
            match pipe.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
            let mut out = io::stdout().lock();
            // Our own output being closed is no reason to lose the copy.
            let _ = out.write_all(&line).and_then(|()| out.flush());
            drop(out);
            if sender.send(line).is_err() {
                return;
            }
        }
    });
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::time::Instant;

    fn shell(script: &str) -> Finished {
        stream(Command::new("sh").args(["-c", script])).unwrap()
    }

    #[test]
    fn both_streams_are_kept_and_the_exit_code_is_told() {
        let finished = shell("echo out; echo err >&2; exit 3");
        assert!(!finished.success);
        assert!(finished.text.contains("out\n"));
        assert!(finished.text.contains("err\n"));
        assert!(shell("true").success);
    }

    #[test]
    fn a_child_finds_no_standard_input() {
        assert_eq!(shell("cat; echo end").text, "end\n");
    }

    #[test]
    fn a_daemon_that_holds_the_pipe_does_not_hold_us() {
        let start = Instant::now();
        assert_eq!(shell("sleep 30 & echo done").text, "done\n");
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}
