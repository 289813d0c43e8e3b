//! Chaos: eight processes call a stand-in over loopback and are killed at any moment. Afterwards the ledger and the
//! stand-in's log are read: no window may hold more than its limit, and a kill may cost one call at most.
//!
//! The ledger's clock runs 360 times as fast as the world's, so that an hour passes in ten seconds. The run is short here
//! and as long as one likes by `cargo xtask chaos limiter --minutes N`.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use foray_core::Error;
use foray_core::apollo::{ApolloClient, Origin};
use foray_core::clock::{Clock, Reading};
use foray_core::rate_limit::{EndpointClass, HOUR_MS, LEASE_MS, Ledger, Marked};
use foray_core::secrets::ApiKey;
use foray_sandbox::Sandbox;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use crate::processes::{Dice, Process, setting};
use crate::{BEGIN_MS, ledger_file, open, tenant};

const PROCESSES: usize = 8;

/// One for each tenant. Together about as many as a slow disk lets through, so that both are reached and freed again.
const LIMITS: [u32; 2] = [150, 40];

/// Milliseconds of the ledger in one of the world.
const SPEED: i64 = 360;

/// How long a run is, unless `FORAY_CHAOS_SECONDS` says otherwise: an hour of the ledger, and something of the next.
const SECONDS: u64 = 13;

/// What decides about kills and calls, unless `FORAY_CHAOS_SEED` says otherwise. When a process runs is the system's to decide,
/// so a seed repeats a run in its kind and not to the letter.
const SEED: u64 = 4;

/// How often ledger and log are read: well before either forgets.
const READ_EVERY: Duration = Duration::from_secs(5);

/// The world's clock, from a moment that all processes know, and faster. The stand-in writes its log by the same clock.
struct FastClock {
    begun_ms: i64,
}

impl FastClock {
    /// A moment of the world in milliseconds since the ledger's beginning.
    fn passed_ms(&self, world_ms: i64) -> i64 {
        (world_ms - self.begun_ms) * SPEED
    }
}

impl Clock for FastClock {
    fn read(&self) -> Reading {
        let passed_ms = self.passed_ms(Timestamp::now().as_millisecond());
        Reading { wall_ms: BEGIN_MS + passed_ms, boot_ms: passed_ms, boot: 1 }
    }
}

/// The process that is killed: calls, and now and then gives a reservation back, forgets it, or is late.
pub async fn call_without_end(folder: &Path, script: &str) {
    let [origin, begun_ms, seed] = script.split(' ').collect::<Vec<_>>()[..] else { panic!("{script}") };
    let clock = Arc::new(FastClock { begun_ms: begun_ms.parse().unwrap() });
    let client = ApolloClient::new(Origin::parse(origin).unwrap(), Duration::from_secs(10)).unwrap();
    let key = ApiKey::parse("good-key-of-chaos-0123456789").unwrap();
    let ledger = open(folder, Arc::clone(&clock) as _);
    // A byte for each decision: what is written is there also after a kill.
    let mut asked = OpenOptions::new().append(true).create(true).open(folder.join("asked")).unwrap();
    let mut dice = Dice(seed.parse().unwrap());
    loop {
        asked.write_all(b".").unwrap();
        let number = dice.below(2) as usize;
        let reservation = match ledger.reserve(tenant(number), LIMITS[number], None, EndpointClass::Other).await {
            Ok(reservation) => reservation,
            Err(Error::RateLimited { .. }) => {
                tokio::time::sleep(Duration::from_millis(dice.below(20))).await;
                continue;
            }
            Err(error) => panic!("{error:?}"),
        };
        match dice.below(30) {
            0 => {
                ledger.release(reservation).await.unwrap();
                continue;
            }
            1 => continue,
            2 => tokio::time::sleep(Duration::from_millis((LEASE_MS / SPEED).unsigned_abs())).await,
            _ => {}
        }
        let before_ms = clock.read().boot_ms;
        if ledger.sending(&reservation).await.unwrap() == Marked::LeaseRanOut {
            continue;
        }
        if dice.below(8) == 0 {
            // A network that takes its time: jitter for the log, and a good moment to be killed.
            tokio::time::sleep(Duration::from_millis(dice.below(60))).await;
        }
        // Whatever the answer is, the call counts.
        let body = serde_json::json!({"tenant": number, "before_ms": before_ms});
        drop(client.post(&key, "chaos", &body).await);
        ledger.commit(&reservation, None).await.unwrap();
    }
}

/// A request as the stand-in got it, in milliseconds since the ledger's beginning.
struct Arrival {
    tenant: usize,
    at_ms: i64,
    /// When the process was about to mark it as sending.
    before_ms: i64,
}

/// All that the ledger and the stand-in ever held. Both forget in time, so both are read again and again.
struct Records {
    clock: FastClock,
    ledger: Connection,
    /// Calls that were marked as sending, by their number: whose, and when.
    marked: BTreeMap<i64, (String, i64)>,
    arrived: Vec<Arrival>,
    last_sequence: u64,
}

impl Records {
    fn new(folder: &Path, clock: FastClock) -> Self {
        let ledger = Connection::open_with_flags(ledger_file(folder), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        ledger.busy_timeout(Duration::from_secs(10)).unwrap();
        Self { clock, ledger, marked: BTreeMap::new(), arrived: Vec::new(), last_sequence: 0 }
    }

    fn read(&mut self, sandbox: &Sandbox) {
        let mut rows = self.ledger.prepare_cached("SELECT number, tenant, at_ms FROM call WHERE stage > 0").unwrap();
        let rows = rows.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
        self.marked.extend(rows.map(Result::unwrap));
        let last_sequence = self.last_sequence;
        for request in sandbox.requests().into_iter().filter(|request| request.sequence > last_sequence) {
            assert_eq!(request.sequence, self.last_sequence + 1, "the stand-in forgot a request before it was read");
            self.last_sequence = request.sequence;
            self.arrived.push(Arrival {
                tenant: usize::try_from(request.body["tenant"].as_u64().unwrap()).unwrap(),
                at_ms: self.clock.passed_ms(request.arrived_at_ms.cast_signed()),
                before_ms: request.body["before_ms"].as_i64().unwrap(),
            });
        }
    }

    /// [`Self::read`] until nothing is on its way any more.
    fn read_to_the_end(&mut self, sandbox: &Sandbox) {
        loop {
            let before = self.arrived.len();
            sleep(Duration::from_millis(300));
            self.read(sandbox);
            if self.arrived.len() == before {
                return;
            }
        }
    }

    fn marked_of(&self, number: usize) -> Vec<i64> {
        let tenant = tenant(number).to_string();
        self.marked.values().filter(|(whose, _)| *whose == tenant).map(|(_, at_ms)| *at_ms).collect()
    }

    fn arrived_of(&self, number: usize) -> Vec<i64> {
        self.arrived.iter().filter(|arrival| arrival.tenant == number).map(|arrival| arrival.at_ms).collect()
    }

    /// The longest that a request was under way. Its mark lies between the two moments.
    fn longest_delivery_ms(&self) -> i64 {
        self.arrived.iter().map(|arrival| arrival.at_ms - arrival.before_ms).max().unwrap_or(0)
    }
}

/// The most moments in any span of that length, its end not included.
fn worst_span(mut moments: Vec<i64>, length_ms: i64) -> usize {
    moments.sort_unstable();
    let mut first = 0;
    let held = moments.iter().enumerate().map(|(last, at_ms)| {
        while moments[first] <= at_ms - length_ms {
            first += 1;
        }
        last + 1 - first
    });
    held.max().unwrap_or(0)
}

#[test]
fn kills_at_any_moment_lose_at_most_one_call_each_and_no_window_goes_over() {
    let (seconds, seed) = (setting("FORAY_CHAOS_SECONDS", SECONDS), setting("FORAY_CHAOS_SEED", SEED));
    println!("chaos: {PROCESSES} processes for {seconds} s, seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let begun_ms = Timestamp::now().as_millisecond();
    let clock = FastClock { begun_ms };
    // Whoever comes first makes the ledger; here nobody has to be first.
    drop::<Ledger>(open(folder.path(), Arc::new(FastClock { begun_ms })));
    File::create(folder.path().join("asked")).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let options = foray_sandbox::Options {
        people: 10,
        seed,
        faults: "5xx=0.1,drop=0.1".parse().unwrap(),
        ..foray_sandbox::Options::default()
    };
    let sandbox = runtime.block_on(foray_sandbox::start(options)).unwrap();
    let mut records = Records::new(folder.path(), clock);

    let mut dice = Dice(seed);
    let mut start = || {
        let seed = dice.below(u64::MAX);
        let process = Process::start("chaos", folder.path(), &format!("{} {begun_ms} {seed}", sandbox.origin()));
        (process, Duration::from_millis(seed % 200))
    };
    let mut callers: Vec<Process> = (0..PROCESSES).map(|_| start().0).collect();
    let (mut kills, mut chosen) = (0, Dice(seed ^ 1));
    let (began, mut last_read) = (Instant::now(), Instant::now());
    while began.elapsed() < Duration::from_secs(seconds) {
        let index = chosen.below(PROCESSES as u64) as usize;
        assert!(callers[index].is_alive(), "a caller died by itself; its words are above");
        let (process, pause) = start();
        // The one before it is killed here.
        callers[index] = process;
        kills += 1;
        sleep(pause);
        if last_read.elapsed() > READ_EVERY {
            records.read(&sandbox);
            last_read = Instant::now();
        }
    }
    drop(callers);
    kills += PROCESSES;
    records.read_to_the_end(&sandbox);
    judge(&records, kills, std::fs::metadata(folder.path().join("asked")).unwrap().len());
}

/// Tells what was seen, then asserts.
fn judge(records: &Records, kills: usize, events: u64) {
    let (marked, arrived) = (records.marked.len(), records.arrived.len());
    let delivery_ms = records.longest_delivery_ms();
    println!("events {events}, kills {kills}, admissions {marked}, requests that arrived {arrived}");
    println!("longest delivery {} ms, {} s on the ledger's clock", delivery_ms / SPEED, delivery_ms / 1_000);
    let mut lost = 0;
    let mut breaches = Vec::new();
    for (number, limit) in LIMITS.into_iter().enumerate() {
        let (marked, arrived) = (records.marked_of(number), records.arrived_of(number));
        let tenant_lost = marked.len().cast_signed() - arrived.len().cast_signed();
        lost += tenant_lost;
        let by_ledger = worst_span(marked, HOUR_MS);
        let by_log = worst_span(arrived, HOUR_MS - delivery_ms);
        println!("worst window of tenant {number}: {by_ledger} in the ledger, {by_log} in the log, limit {limit}");
        if by_ledger.max(by_log) > limit as usize {
            breaches.push(format!("tenant {number} went over its limit"));
        }
        if tenant_lost < 0 {
            breaches.push(format!("{} requests of tenant {number} were never counted", -tenant_lost));
        }
    }
    println!("tokens lost {lost}");
    if lost > kills.cast_signed() {
        breaches.push(format!("{lost} tokens were lost by {kills} kills"));
    }
    assert_eq!(breaches, Vec::<String>::new());
    assert!(delivery_ms < HOUR_MS / 2, "this computer is too busy to tell anything");
    assert!(arrived >= 100, "{arrived} requests are too few to mean anything");
}

#[test]
fn the_worst_span_is_found() {
    assert_eq!(worst_span(vec![], 10), 0);
    assert_eq!(worst_span(vec![20, 0, 9, 10], 10), 2, "what is exactly one length apart is not in one span");
    assert_eq!(worst_span(vec![0, 9, 10, 11, 18], 10), 4);
}
