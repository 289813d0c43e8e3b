//! A program with all the processes it started, and what they take of the memory.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long the processes of a program that was ended may take to be gone.
const FAREWELL: Duration = Duration::from_secs(10);

/// Ended with all of them when dropped.
pub struct Family {
    head: Child,
}

impl Family {
    pub fn start(command: &mut Command) -> io::Result<Self> {
        Ok(Self { head: command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()? })
    }

    /// The first process and all that come from it.
    fn members(&self) -> Vec<u32> {
        let mut members = vec![self.head.id()];
        let others: Vec<(u32, u32)> = processes();
        loop {
            let more: Vec<u32> = others
                .iter()
                .filter(|(id, parent)| members.contains(parent) && !members.contains(id))
                .map(|(id, _)| *id)
                .collect();
            if more.is_empty() {
                return members;
            }
            members.extend(more);
        }
    }

    /// How many processes there are, and their PSS in bytes: what a page shared with others takes counts in parts.
    pub fn memory(&self) -> io::Result<(usize, u64)> {
        let members = self.members();
        let sizes = members.iter().map(|id| {
            let text = fs::read_to_string(Path::new("/proc").join(id.to_string()).join("smaps_rollup"))?;
            pss(&text).ok_or_else(|| io::Error::other("/proc tells no PSS"))
        });
        Ok((members.len(), sizes.sum::<io::Result<u64>>()?))
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        let members = self.members();
        // Any of them may have ended by itself.
        let ids = members.iter().map(u32::to_string);
        drop(Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status());
        drop(self.head.wait());
        let deadline = Instant::now() + FAREWELL;
        let is_there = |id: &u32| Path::new("/proc").join(id.to_string()).exists();
        while members.iter().any(is_there) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Every process with its parent.
fn processes() -> Vec<(u32, u32)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok);
    let ids = entries.filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
    // A process may end while it is looked at.
    ids.filter_map(|id: u32| Some((id, parent(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?))).collect()
}

/// The fourth word of `stat`; the second is a name in brackets, which may hold anything.
fn parent(stat: &str) -> Option<u32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// In bytes.
fn pss(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_read_whatever_its_name() {
        assert_eq!(parent("71 (a) b) (c) S 12 71 71 0 -1"), Some(12));
        assert_eq!(parent("71"), None);
    }

    #[test]
    fn shared_memory_counts_in_parts() {
        let rollup = "5567-7ffe [rollup]\nRss:      900 kB\nPss:      300 kB\nPss_Dirty: 10 kB\n";
        assert_eq!(pss(rollup), Some(300 * 1024));
    }

    #[test]
    fn a_child_of_a_child_belongs_to_the_family() {
        let shell = "sleep 60 & echo; wait";
        let Ok(family) = Family::start(Command::new("sh").args(["-c", shell])) else { return };
        let deadline = Instant::now() + FAREWELL;
        while family.members().len() < 2 {
            assert!(Instant::now() < deadline, "the child never came");
            thread::yield_now();
        }
        assert!(family.memory().is_ok_and(|(count, bytes)| count == 2 && bytes > 0));
    }
}
