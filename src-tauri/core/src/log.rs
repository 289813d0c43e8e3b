//! What happened, in files that rotate: times, codes, counts, durations. An entry is made of numbers and of words that stand
//! in this program, so that no name, question, address or key can get into it.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use ts_rs::TS;

use crate::error::Reason;
use crate::tenant::TenantId;

/// A file that has grown past this is put away under a number.
const LARGEST: u64 = 1 << 20;
/// Files put away: `foray.1.log` is the newest of them.
const KEPT: u32 = 3;

/// What is worth writing down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "LogLevel")]
#[repr(u8)]
pub enum Level {
    Off,
    /// What failed.
    Error,
    /// Also what was done.
    #[default]
    Info,
    /// Also what cost nothing, such as rows from the cache.
    Debug,
}

impl Level {
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

/// A part of an entry. There is none for a text that was made elsewhere.
#[derive(Debug, Clone, Copy)]
pub enum Fact<'a> {
    Word(&'static str, &'static str),
    /// The code of an [`Error`](crate::Error), without its sentence.
    Because(&'a Reason),
    Number(&'static str, u64),
    /// In milliseconds.
    Took(Duration),
    /// The first digits of its id, or `sample`.
    Workspace(TenantId),
}

impl fmt::Display for Fact<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(name, word) => write!(formatter, "{name}={word}"),
            Self::Because(reason) => write!(formatter, "code={}", reason.code),
            Self::Number(name, number) => write!(formatter, "{name}={number}"),
            Self::Took(took) => write!(formatter, "ms={}", took.as_millis()),
            Self::Workspace(tenant) if tenant.is_sample() => formatter.write_str("workspace=sample"),
            Self::Workspace(tenant) => write!(formatter, "workspace={:.8}", tenant.to_string()),
        }
    }
}

enum Order {
    Write(String),
    /// Answered once everything before it is written.
    Settle(oneshot::Sender<()>),
}

/// The log of one process. Clones share it; its thread ends with the last of them.
#[derive(Debug, Clone)]
pub struct Log {
    folder: Arc<Path>,
    level: Arc<AtomicU8>,
    orders: Sender<Order>,
}

impl Log {
    /// A log in `logs/` of the data folder. Files are made with the first entry.
    pub fn open(data_dir: &Path, level: Level) -> Self {
        let folder: Arc<Path> = data_dir.join("logs").into();
        let (orders, queue) = mpsc::channel();
        let files = Arc::clone(&folder);
        // Without a thread nothing is written down, and nobody is kept from work.
        drop(std::thread::Builder::new().name("log".to_owned()).spawn(move || write_all(&files, &queue)));
        Self { folder, level: Arc::new(AtomicU8::new(level as u8)), orders }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn set_level(&self, level: Level) {
        self.level.store(level as u8, Ordering::Relaxed);
    }

    /// Writes down that something was done, at once and without waiting for the disk.
    pub fn info(&self, what: &'static str, facts: &[Fact<'_>]) {
        self.note(Level::Info, what, facts);
    }

    pub fn error(&self, what: &'static str, facts: &[Fact<'_>]) {
        self.note(Level::Error, what, facts);
    }

    pub fn debug(&self, what: &'static str, facts: &[Fact<'_>]) {
        self.note(Level::Debug, what, facts);
    }

    fn note(&self, level: Level, what: &'static str, facts: &[Fact<'_>]) {
        if level as u8 > self.level.load(Ordering::Relaxed) {
            return;
        }
        let mut line = format!("{:.3} {:<5} {what}", Timestamp::now(), level.name());
        for fact in facts {
            line.extend([" ", &fact.to_string()]);
        }
        line.push('\n');
        drop(self.orders.send(Order::Write(line)));
    }

    /// Waits until everything that was noted is written.
    pub async fn settle(&self) {
        let (written, waiting) = oneshot::channel();
        if self.orders.send(Order::Settle(written)).is_ok() {
            drop(waiting.await);
        }
    }

    /// The last entries, oldest first. Blocks.
    pub fn last_blocking(&self, entries: usize) -> Vec<String> {
        let read = |path: PathBuf| fs::read_to_string(path).unwrap_or_default();
        let mut text = read(current(&self.folder));
        if text.lines().count() < entries {
            text.insert_str(0, &read(put_away(&self.folder, 1)));
        }
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(entries)..].iter().map(|&line| line.to_owned()).collect()
    }
}

fn current(folder: &Path) -> PathBuf {
    folder.join("foray.log")
}

fn put_away(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("foray.{number}.log"))
}

fn write_all(folder: &Path, orders: &Receiver<Order>) {
    while let Ok(order) = orders.recv() {
        match order {
            // A log that can't be written, as on a full disk, must not become a trouble of its own.
            Order::Write(line) => drop(append(folder, &line)),
            Order::Settle(written) => drop(written.send(())),
        }
    }
}

/// Opened for each entry: another process may have put the file away meanwhile.
fn append(folder: &Path, line: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let path = current(folder);
    if fs::metadata(&path).is_ok_and(|file| file.len() >= LARGEST) {
        rotate(folder)?;
    }
    // One write, so that entries of several processes don't mix.
    OpenOptions::new().create(true).append(true).open(path)?.write_all(line.as_bytes())
}

fn rotate(folder: &Path) -> io::Result<()> {
    let lock = File::create(folder.join("rotating.lock"))?;
    lock.lock()?;
    // Another process may have done it while this one waited.
    if fs::metadata(current(folder))?.len() < LARGEST {
        return Ok(());
    }
    for number in (1..KEPT).rev() {
        let older = put_away(folder, number);
        if older.exists() {
            fs::rename(older, put_away(folder, number + 1))?;
        }
    }
    fs::rename(current(folder), put_away(folder, 1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn an_entry_tells_when_what_and_how_much() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::open(folder.path(), Level::Info);
        log.debug("search", &[]);
        let facts = [Fact::Workspace(TenantId::SAMPLE), Fact::Word("source", "live"), Fact::Number("calls", 1)];
        log.info("search", &[&facts[..], &[Fact::Took(Duration::from_millis(1_234))]].concat());
        log.settle().await;
        let lines = log.last_blocking(10);
        assert_eq!(lines.len(), 1, "what is below the level is not written: {lines:?}");
        assert!(lines[0].ends_with("Z info  search workspace=sample source=live calls=1 ms=1234"), "{}", lines[0]);
    }

    #[tokio::test]
    async fn a_level_counts_from_the_next_entry_on() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::open(folder.path(), Level::Off);
        log.error("search", &[]);
        log.set_level(Level::Error);
        log.error("export", &[]);
        log.settle().await;
        assert!(log.last_blocking(10).iter().all(|line| line.ends_with("export")));
        assert_eq!(log.last_blocking(10).len(), 1);
    }

    #[tokio::test]
    async fn files_rotate_and_the_oldest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::open(folder.path(), Level::Info);
        for round in 0..6 {
            log.info("search", &[Fact::Number("round", round)]);
            log.settle().await;
            let file = OpenOptions::new().append(true).open(current(log.folder())).unwrap();
            file.set_len(LARGEST).unwrap();
        }
        log.info("export", &[]);
        log.settle().await;
        let mut names: Vec<String> = fs::read_dir(log.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name != "rotating.lock")
            .collect();
        names.sort();
        assert_eq!(names, ["foray.1.log", "foray.2.log", "foray.3.log", "foray.log"]);
        let newest = fs::read(put_away(log.folder(), 1)).unwrap();
        assert!(String::from_utf8_lossy(&newest[..100]).contains("round=5"));
        assert!(log.last_blocking(1)[0].ends_with("export"));
    }

    #[tokio::test]
    async fn two_processes_write_whole_lines_into_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let logs = [Log::open(folder.path(), Level::Info), Log::open(folder.path(), Level::Info)];
        for number in 0..200 {
            for log in &logs {
                log.info("search", &[Fact::Number("number", number)]);
            }
        }
        for log in &logs {
            log.settle().await;
        }
        let lines = logs[0].last_blocking(1_000);
        assert_eq!(lines.len(), 400);
        assert!(lines.iter().all(|line| line.contains("Z info  search number=")));
    }
}
