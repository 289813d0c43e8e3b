//! The ledger between processes: this test binary starts itself again and plays the other processes.
//! First in lockstep on a virtual clock against a list of timestamps, then wildly, with kill -9.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use foray_core::clock::{Clock, ManualClock, Reading, SystemClock};
use foray_core::rate_limit::{EndpointClass, HOUR_MS, LEASE_MS, Ledger, Marked};
use foray_core::{Error, TenantId};

const ROLE: &str = "FORAY_TEST_ROLE";
const FOLDER: &str = "FORAY_TEST_FOLDER";
const BEGIN_MS: i64 = 1_700_000_000_000;

fn open(folder: &Path, clock: Arc<dyn Clock>) -> Ledger {
    Ledger::open(&folder.join("ledger.sqlite"), clock, false).unwrap().ledger
}

fn tenant(number: u64) -> TenantId {
    TenantId::parse(&format!("00000000-0000-4000-8000-{number:012}")).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// Another process of this binary, in a role.
struct Process {
    child: Child,
    said: std::io::Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(role: &str, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["plays_the_other_process", "--exact", "--nocapture", "--test-threads=1"])
            .env(ROLE, role)
            .env(FOLDER, folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// The next line that it said; the test harness talks as well, without the mark.
    fn hear(&mut self) -> Option<String> {
        self.said.find_map(|line| line.unwrap().strip_prefix("> ").map(str::to_owned))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn plays_the_other_process() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    // The harness has begun a line.
    println!();
    match role.as_str() {
        "lockstep" => runtime().block_on(answer_in_lockstep(&folder)),
        "caller" => runtime().block_on(call_without_end(&folder)),
        other => panic!("{other} is no role"),
    }
}

/// Each line is a time and a tenant; each answer is `true`, or the time at which the next call fits.
async fn answer_in_lockstep(folder: &Path) {
    let clock = Arc::new(ManualClock::at(BEGIN_MS));
    let ledger = open(folder, Arc::clone(&clock) as _);
    println!("> ready");
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let numbers: Vec<i64> = line.split(' ').map(|number| number.parse().unwrap()).collect();
        let [at_ms, number, limit] = numbers[..] else { panic!("{line}") };
        clock.advance(at_ms - clock.read().boot_ms);
        match ledger
            .reserve(tenant(number.cast_unsigned()), u32::try_from(limit).unwrap(), None, EndpointClass::Other)
            .await
        {
            Ok(reservation) => {
                assert_eq!(ledger.sending(&reservation).await.unwrap(), Marked::Sending);
                println!("> true");
            }
            Err(Error::RateLimited { reset_at }) => println!("> {}", reset_at.as_millisecond() - BEGIN_MS),
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// `FORAY_LEDGER_EVENTS` sets how many, for long runs; 100,000 take a minute or two.
#[test]
fn two_processes_decide_as_one_list_of_timestamps_does() {
    let events: usize = std::env::var("FORAY_LEDGER_EVENTS").map_or(2_000, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let mut processes = [Process::start("lockstep", folder.path()), Process::start("lockstep", folder.path())];
    for process in &mut processes {
        assert_eq!(process.hear().unwrap(), "ready");
    }
    let mut dice = Dice(4);
    let mut times: [Vec<i64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    let limits = [3, 20, 100];
    let (mut now_ms, mut admitted) = (0_i64, 0);
    for event in 0..events {
        now_ms += match dice.below(20) {
            0..12 => dice.below(2_000).cast_signed(),
            12..19 => dice.below(60_000).cast_signed(),
            _ => HOUR_MS / 2 + dice.below(3).cast_signed() - 1,
        };
        let number = dice.below(3) as usize;
        let (log, limit) = (&mut times[number], limits[number]);
        log.retain(|at| *at > now_ms - HOUR_MS);
        let expected = if log.len() < limit { "true".to_owned() } else { (log[0] + HOUR_MS).to_string() };
        if log.len() < limit {
            log.push(now_ms);
            admitted += 1;
        }
        let process = &mut processes[dice.below(2) as usize];
        process.tell(&format!("{now_ms} {number} {limit}"));
        assert_eq!(process.hear().unwrap(), expected, "event {event} at {now_ms} for tenant {number}");
    }
    assert!(admitted * 10 > events && admitted * 10 < events * 9, "{admitted} of {events} admitted: a dull run");
}

/// Makes calls until it is killed. The file `sent` stands for the service: a byte for each request that it got.
async fn call_without_end(folder: &Path) {
    let ledger = open(folder, Arc::new(SystemClock::start()));
    let mut service = OpenOptions::new().append(true).create(true).open(folder.join("sent")).unwrap();
    loop {
        let Ok(reservation) = ledger.reserve(tenant(1), CHAOS_LIMIT, None, EndpointClass::Other).await else {
            println!("> full");
            return;
        };
        println!("> reserved");
        if ledger.sending(&reservation).await.unwrap() == Marked::LeaseRanOut {
            continue;
        }
        println!("> sending");
        service.write_all(b".").unwrap();
        println!("> sent");
        ledger.commit(&reservation, None).await.unwrap();
        println!("> committed");
    }
}

/// Enough that most kills come before the calls end, also on a fast disk.
const CHAOS_LIMIT: u32 = 2_000;

/// The system's clock, when every lease has run out.
struct AfterTheLeases(SystemClock);

impl Clock for AfterTheLeases {
    fn read(&self) -> Reading {
        let reading = self.0.read();
        let later_ms = LEASE_MS + 1;
        Reading { wall_ms: reading.wall_ms + later_ms, boot_ms: reading.boot_ms + later_ms, ..reading }
    }
}

#[test]
fn kills_at_any_moment_lose_at_most_one_call_each_and_gain_none() {
    let mut kills = 0;
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(9);
    let mut callers: Vec<Process> = (0..3).map(|_| Process::start("caller", folder.path())).collect();
    'killing: while kills < 24 {
        let index = dice.below(3) as usize;
        for _ in 0..=dice.below(40) {
            if callers[index].hear().expect("a caller died by itself") == "full" {
                break 'killing;
            }
        }
        // SIGKILL; what it was doing at that moment is anybody's guess.
        callers[index] = Process::start("caller", folder.path());
        kills += 1;
    }
    assert!(kills >= 3, "{kills} kills before all calls were made: a dull run");
    let last = callers.len();
    drop(callers);
    let lives = kills + last;

    let sent = std::fs::metadata(folder.path().join("sent")).unwrap().len();
    let ledger = open(folder.path(), Arc::new(AfterTheLeases(SystemClock::start())));
    let status = runtime().block_on(ledger.status(tenant(1), CHAOS_LIMIT, None)).unwrap();
    let counted = u64::from(status.used);
    assert!(sent <= counted, "{sent} requests were sent and only {counted} counted");
    assert!(counted - sent <= lives as u64, "{counted} counted for {sent} sent and {lives} kills");
    assert!(sent >= 100, "{sent} requests are too few to mean anything");
}

#[test]
fn processes_that_race_for_the_last_calls_never_go_over() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path(), Arc::new(SystemClock::start()));
    let left = 60;
    runtime().block_on(async {
        for _ in 0..CHAOS_LIMIT - left {
            let reservation = ledger.reserve(tenant(1), CHAOS_LIMIT, None, EndpointClass::Other).await.unwrap();
            assert_eq!(ledger.sending(&reservation).await.unwrap(), Marked::Sending);
        }
    });
    let mut callers: Vec<Process> = (0..4).map(|_| Process::start("caller", folder.path())).collect();
    for caller in &mut callers {
        while caller.hear().unwrap() != "full" {}
    }
    let sent = std::fs::metadata(folder.path().join("sent")).unwrap().len();
    assert_eq!(sent, u64::from(left));
}
