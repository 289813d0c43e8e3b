//! Two processes take turns at one ledger on a virtual clock. What both decide together has to be what a list of timestamps
//! decides, call by call: admitted or not, what remains, when the next one fits.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use foray_core::Error;
use foray_core::clock::{Clock as _, ManualClock};
use foray_core::rate_limit::{EndpointClass, HOUR_MS, LEASE_MS, Marked};
use tempfile::TempDir;

use crate::processes::{Dice, Process};
use crate::{BEGIN_MS, open, tell, tenant};

/// How many calls ask in all. `FORAY_LEDGER_EVENTS` sets another number, for longer runs.
const EVENTS: usize = 100_000;

/// The same where each admission has to wait for a real disk.
const EVENTS_ON_A_DISK: usize = 10_000;

/// Each a ledger of its own with two processes of its own, side by side so that no core idles.
const SEEDS: [u64; 4] = [4, 5, 6, 7];

/// One for each tenant; small, since each decision of a debug build reads every call that counts.
const LIMITS: [u32; 3] = [1, 4, 16];

/// The oracle: when each counted call of one tenant leaves.
#[derive(Default)]
struct List(Vec<i64>);

impl List {
    fn ask(&mut self, now_ms: i64, limit: u32) -> String {
        self.0.retain(|leaves| *leaves > now_ms);
        if self.0.len() >= limit as usize {
            return format!("no:{}", self.0.iter().min().unwrap());
        }
        self.0.push(now_ms + LEASE_MS);
        format!("ok:{}", limit as usize - self.0.len())
    }

    fn sent(&mut self, now_ms: i64) {
        *self.0.iter_mut().find(|leaves| **leaves == now_ms + LEASE_MS).unwrap() = now_ms + HOUR_MS;
    }
}

/// Each line is a turn: milliseconds since the beginning, how far the wall clock is off, and calls that ask at once, each a
/// tenant's number and whether the call is sent (`s`) or its reservation forgotten (`f`). Each answer is a line as well.
pub async fn answer(folder: &Path) {
    let clock = Arc::new(ManualClock::at(BEGIN_MS));
    let ledger = open(folder, Arc::clone(&clock) as _);
    println!("> ready");
    let mut off_by_ms = 0;
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let mut words = line.split(' ');
        let mut number = || words.next().unwrap().parse::<i64>().unwrap();
        let (at_ms, now_off_by_ms) = (number(), number());
        clock.advance(at_ms - clock.read().boot_ms);
        clock.step_wall(now_off_by_ms - std::mem::replace(&mut off_by_ms, now_off_by_ms));
        let asking: Vec<_> = words
            .map(|word| {
                let (number, sent): (usize, bool) = (word[..1].parse().unwrap(), word.ends_with('s'));
                let ledger = ledger.clone();
                let ask =
                    async move { ledger.reserve(tenant(number), LIMITS[number], None, EndpointClass::Other).await };
                (tokio::spawn(ask), sent)
            })
            .collect();
        let (mut answers, mut sending) = (Vec::new(), Vec::new());
        for (asked, sent) in asking {
            match asked.await.unwrap() {
                Ok(reservation) => {
                    answers.push(format!("ok:{}", reservation.remaining()));
                    sending.extend(sent.then_some(reservation));
                }
                Err(Error::RateLimited { reset_at }) => {
                    let now = clock.read();
                    answers.push(format!("no:{}", reset_at.as_millisecond() - now.wall_ms + now.boot_ms));
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        for reservation in sending {
            assert_eq!(ledger.sending(&reservation).await.unwrap(), Marked::Sending);
        }
        println!("> {}", answers.join(" "));
    }
}

/// A folder in memory where the system offers one. What is proved here is the same there, and with `synchronous=FULL` 100,000
/// calls take minutes on a disk.
fn folder() -> (TempDir, usize) {
    match tempfile::tempdir_in("/dev/shm") {
        Ok(folder) => (folder, EVENTS),
        Err(_) => (tempfile::tempdir().unwrap(), EVENTS_ON_A_DISK),
    }
}

#[test]
fn two_processes_decide_as_one_list_of_timestamps_does() {
    std::thread::scope(|scope| {
        for seed in SEEDS {
            scope.spawn(move || take_turns(seed));
        }
    });
}

fn take_turns(seed: u64) {
    let (folder, events) = folder();
    let events = std::env::var("FORAY_LEDGER_EVENTS").map_or(events, |text| text.parse().unwrap()) / SEEDS.len();
    let mut processes = [(); 2].map(|()| Process::start("lockstep", folder.path(), ""));
    for process in &mut processes {
        assert_eq!(process.hear().unwrap(), "ready");
    }
    let mut dice = Dice(seed);
    let mut lists: [List; 3] = Default::default();
    let (mut now_ms, mut off_by_ms, mut asked, mut admitted) = (0_i64, 0_i64, 0, 0);
    while asked < events {
        now_ms += match dice.below(20) {
            0..6 => 0,
            6..16 => dice.below(LEASE_MS.unsigned_abs() * 2).cast_signed(),
            16..19 => dice.below(600_000).cast_signed(),
            _ => HOUR_MS / 2 + dice.below(3).cast_signed() - 1,
        };
        if dice.below(50) == 0 {
            // Somebody sets the clock: back, forward, or right again.
            off_by_ms = [-HOUR_MS, HOUR_MS, 50_000, 0][dice.below(4) as usize];
        }
        let mut turn = format!("{now_ms} {off_by_ms}");
        let (mut expected, mut sent) = (Vec::new(), Vec::new());
        for _ in 0..[1, 2, 20][dice.below(3) as usize] {
            let number = dice.below(3) as usize;
            let mark = if dice.below(4) == 0 { 'f' } else { 's' };
            write!(turn, " {number}{mark}").unwrap();
            let answer = lists[number].ask(now_ms, LIMITS[number]);
            sent.extend((mark == 's' && answer.starts_with("ok")).then_some(number));
            expected.push(answer);
        }
        for number in sent {
            lists[number].sent(now_ms);
        }
        let process = &mut processes[dice.below(2) as usize];
        tell(process, &turn);
        let answers = process.hear().expect("a process died");
        assert_eq!(answers, expected.join(" "), "seed {seed}, after {asked} calls; the turn was: {turn}");
        asked += expected.len();
        admitted += expected.iter().filter(|answer| answer.starts_with("ok")).count();
    }
    println!("seed {seed}: {asked} calls asked, {admitted} were admitted");
    assert!(admitted * 10 > asked && admitted * 10 < asked * 9, "{admitted} of {asked} admitted: a dull run");
}
