//! The ledger in one process: leases, restarts, clocks that jump, Apollo's windows and pauses, ledgers that were lost or
//! can't be written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foray_core::clock::{Clock, ManualClock, Reading};
use foray_core::rate_limit::{
    AccountHash, DEFAULT_LIMIT, EndpointClass, HOUR_MS, Haste, LEASE_MS, Ledger, Marked, Opened, Period, RateHeaders,
    Reservation, retry_after,
};
use foray_core::{Error, TenantId};
use jiff::{SignedDuration, Timestamp};

/// 2023-11-14 22:13:20 UTC: 20 s into a minute, 800 s into an hour.
const BEGIN_MS: i64 = 1_700_000_000_000;

const SEARCH: EndpointClass = EndpointClass::PeopleSearch;

/// A ledger in a folder of its own, on a clock that stands.
struct Bench {
    folder: tempfile::TempDir,
    clock: Arc<ManualClock>,
    ledger: Ledger,
    tenant: TenantId,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(BEGIN_MS));
        let ledger = open(folder.path(), &clock, false).ledger;
        Self { folder, clock, ledger, tenant: TenantId::generate() }
    }

    fn in_ms(&self, ms: i64) -> Timestamp {
        self.clock.now() + SignedDuration::from_millis(ms)
    }

    async fn reserve(&self, limit: u32) -> Result<Reservation, Error> {
        self.ledger.reserve(self.tenant, limit, None, SEARCH).await
    }

    /// A whole call, as search makes it.
    async fn call(&self, limit: u32) -> Result<(), Error> {
        let reservation = self.reserve(limit).await?;
        assert_eq!(self.ledger.sending(&reservation).await?, Marked::Sending);
        self.ledger.commit(&reservation, None).await
    }

    async fn used(&self) -> u32 {
        self.ledger.status(self.tenant, DEFAULT_LIMIT, None).await.unwrap().used
    }
}

fn open(folder: &Path, clock: &Arc<ManualClock>, expected: bool) -> Opened {
    Ledger::open(&folder.join("ledger.sqlite"), Arc::clone(clock) as _, expected).unwrap()
}

fn limited(reset_at: Timestamp) -> Error {
    Error::RateLimited { reset_at }
}

#[tokio::test]
async fn a_hundred_calls_fit_and_the_next_when_the_first_has_left() {
    let bench = Bench::new();
    for _ in 0..100 {
        bench.call(100).await.unwrap();
        bench.clock.advance(10);
    }
    assert_eq!(bench.call(100).await, Err(limited(bench.in_ms(HOUR_MS - 1_000))));
    bench.clock.advance(HOUR_MS - 1_001);
    assert_eq!(bench.call(100).await, Err(limited(bench.in_ms(1))));
    bench.clock.advance(1);
    bench.call(100).await.unwrap();
    assert_eq!(bench.call(100).await, Err(limited(bench.in_ms(10))), "a refusal is never counted");
}

#[tokio::test]
async fn a_status_tells_what_is_left_and_counts_nothing() {
    let bench = Bench::new();
    let fresh = bench.ledger.status(bench.tenant, 2, None).await.unwrap();
    assert_eq!((fresh.limit, fresh.remaining, fresh.used), (2, 2, 0));
    assert_eq!((fresh.reset_at, fresh.next_frees_at, fresh.paused_until), (bench.clock.now(), None, None));

    bench.call(2).await.unwrap();
    bench.clock.advance(60_000);
    let one = bench.ledger.status(bench.tenant, 2, None).await.unwrap();
    assert_eq!((one.remaining, one.used, one.reset_at), (1, 1, bench.clock.now()));
    assert_eq!(one.next_frees_at, Some(bench.in_ms(HOUR_MS - 60_000)));

    bench.call(2).await.unwrap();
    let full = bench.ledger.status(bench.tenant, 2, None).await.unwrap();
    assert_eq!((full.remaining, full.used, full.reset_at), (0, 2, bench.in_ms(HOUR_MS - 60_000)));
}

#[tokio::test]
async fn what_was_counted_is_still_counted_after_a_restart() {
    let mut bench = Bench::new();
    bench.call(1).await.unwrap();
    bench.ledger = open(bench.folder.path(), &bench.clock, true).ledger;
    assert_eq!(bench.call(1).await, Err(limited(bench.in_ms(HOUR_MS))));
}

#[tokio::test]
async fn tenants_have_logs_of_their_own() {
    let bench = Bench::new();
    bench.call(1).await.unwrap();
    let other = TenantId::generate();
    assert!(bench.ledger.reserve(other, 1, None, SEARCH).await.is_ok());
}

#[tokio::test]
async fn a_reservation_goes_back_when_it_is_released_or_its_lease_runs_out() {
    let bench = Bench::new();
    let released = bench.reserve(1).await.unwrap();
    bench.ledger.release(released).await.unwrap();
    let forgotten = bench.reserve(1).await.unwrap();
    bench.clock.advance(LEASE_MS - 1);
    assert_eq!(bench.reserve(1).await.unwrap_err(), limited(bench.in_ms(1)));
    bench.clock.advance(1);
    let next = bench.reserve(1).await.unwrap();
    assert_eq!(bench.ledger.sending(&forgotten).await.unwrap(), Marked::LeaseRanOut);
    assert_eq!(bench.ledger.sending(&next).await.unwrap(), Marked::Sending);
}

#[tokio::test]
async fn what_was_sending_counts_its_full_hour_even_if_nobody_commits_it() {
    let bench = Bench::new();
    let reservation = bench.reserve(1).await.unwrap();
    bench.clock.advance(LEASE_MS - 1);
    assert_eq!(bench.ledger.sending(&reservation).await.unwrap(), Marked::Sending);
    bench.ledger.release(reservation).await.unwrap();
    assert_eq!(bench.reserve(1).await.unwrap_err(), limited(bench.in_ms(HOUR_MS)));
}

#[tokio::test]
async fn many_at_once_share_one_limit() {
    let bench = Bench::new();
    let handles: Vec<Ledger> = (0..4).map(|_| open(bench.folder.path(), &bench.clock, false).ledger).collect();
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..200 {
        let (ledger, tenant) = (handles[number % 4].clone(), bench.tenant);
        calls.spawn(async move { ledger.reserve(tenant, 100, None, SEARCH).await.is_ok() });
    }
    let admitted = calls.join_all().await.into_iter().filter(|admitted| *admitted).count();
    assert_eq!(admitted, 100);
}

// Clocks

#[tokio::test]
async fn setting_the_wall_clock_frees_nothing_and_holds_nothing_longer() {
    let bench = Bench::new();
    bench.call(1).await.unwrap();
    for step in [HOUR_MS, -2 * HOUR_MS, 25 * HOUR_MS, -24 * HOUR_MS, 59_000] {
        bench.clock.step_wall(step);
        assert_eq!(bench.call(1).await, Err(limited(bench.in_ms(HOUR_MS))), "after a step of {step} ms");
    }
    bench.clock.advance(HOUR_MS);
    bench.call(1).await.unwrap();
}

#[tokio::test]
async fn a_suspend_of_eight_hours_frees_what_it_should() {
    let bench = Bench::new();
    bench.call(1).await.unwrap();
    let asleep = bench.reserve(2).await.unwrap();
    bench.clock.advance(8 * HOUR_MS);
    assert_eq!(bench.ledger.sending(&asleep).await.unwrap(), Marked::LeaseRanOut);
    bench.call(1).await.unwrap();
}

/// A clock whose every hand can be set, and the boot with it.
struct LooseClock(Mutex<Reading>);

impl Clock for LooseClock {
    fn read(&self) -> Reading {
        *self.0.lock().unwrap()
    }
}

#[tokio::test]
async fn after_a_reboot_the_wall_clock_is_believed_unless_it_is_before_the_last_time_seen() {
    let folder = tempfile::tempdir().unwrap();
    let at = |after_ms: i64, boot: u64| Reading { wall_ms: BEGIN_MS + after_ms, boot_ms: 7, boot };
    let clock = Arc::new(LooseClock(Mutex::new(at(0, 1))));
    let ledger = Ledger::open(&folder.path().join("ledger.sqlite"), Arc::clone(&clock) as _, false).unwrap().ledger;
    let tenant = TenantId::generate();
    let reservation = ledger.reserve(tenant, 1, None, SEARCH).await.unwrap();
    assert_eq!(ledger.sending(&reservation).await.unwrap(), Marked::Sending);

    *clock.0.lock().unwrap() = at(-HOUR_MS, 2);
    let refused = ledger.reserve(tenant, 1, None, SEARCH).await.unwrap_err();
    assert_eq!(refused, limited(clock.now() + SignedDuration::from_millis(HOUR_MS)));
    *clock.0.lock().unwrap() = at(HOUR_MS - 1, 3);
    assert!(ledger.reserve(tenant, 1, None, SEARCH).await.is_err());
    *clock.0.lock().unwrap() = at(HOUR_MS, 4);
    assert!(ledger.reserve(tenant, 1, None, SEARCH).await.is_ok());
}

#[tokio::test]
async fn a_clock_set_forward_for_one_process_frees_nothing_for_it_or_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let clocks = [0, 1].map(|_| Arc::new(LooseClock(Mutex::new(Reading { wall_ms: BEGIN_MS, boot_ms: 7, boot: 1 }))));
    let ledgers = clocks
        .each_ref()
        .map(|clock| Ledger::open(&folder.path().join("ledger.sqlite"), Arc::clone(clock) as _, false).unwrap().ledger);
    let tenant = TenantId::generate();
    let reservation = ledgers[0].reserve(tenant, 1, None, SEARCH).await.unwrap();
    assert_eq!(ledgers[0].sending(&reservation).await.unwrap(), Marked::Sending);
    let set = |clock: usize, wall_ms: i64, boot_ms: i64| {
        *clocks[clock].0.lock().unwrap() = Reading { wall_ms: BEGIN_MS + wall_ms, boot_ms: 7 + boot_ms, boot: 1 };
    };
    for clock in [1, 0, 1] {
        set(clock, 2 * HOUR_MS, 60_000);
        assert!(ledgers[clock].reserve(tenant, 1, None, SEARCH).await.is_err(), "process {clock}");
    }
    set(1, HOUR_MS, HOUR_MS);
    assert!(ledgers[1].reserve(tenant, 1, None, SEARCH).await.is_ok());
}

/// A clock that sees at each reading whether somebody holds the ledger's write lock.
struct Witness {
    ledger: PathBuf,
    held: Mutex<Vec<bool>>,
}

impl Clock for Witness {
    fn read(&self) -> Reading {
        let other = rusqlite::Connection::open(&self.ledger).unwrap();
        other.busy_timeout(Duration::ZERO).unwrap();
        self.held.lock().unwrap().push(other.execute_batch("BEGIN IMMEDIATE").is_err());
        Reading { wall_ms: BEGIN_MS, boot_ms: 7, boot: 1 }
    }
}

#[tokio::test]
async fn the_clock_is_read_after_the_write_lock_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.sqlite");
    let witness = Arc::new(Witness { ledger: ledger.clone(), held: Mutex::default() });
    let opened = Ledger::open(&ledger, Arc::clone(&witness) as _, false).unwrap().ledger;
    witness.held.lock().unwrap().clear();
    let reservation = opened.reserve(TenantId::generate(), 1, None, SEARCH).await.unwrap();
    assert_eq!(opened.sending(&reservation).await.unwrap(), Marked::Sending);
    opened.commit(&reservation, None).await.unwrap();
    assert_eq!(*witness.held.lock().unwrap(), [true; 3]);
}

// Apollo's own windows

fn headers(pairs: &[(&str, &str)]) -> RateHeaders {
    RateHeaders::read(|name| pairs.iter().find(|(header, _)| *header == name).map(|(_, value)| *value))
}

fn key(name: &str) -> AccountHash {
    AccountHash::of_key(name)
}

async fn call_with(bench: &Bench, tenant: TenantId, account: &str, told: RateHeaders) -> Result<(), Error> {
    let reservation = bench.ledger.reserve(tenant, 100, Some(key(account)), SEARCH).await?;
    assert_eq!(bench.ledger.sending(&reservation).await?, Marked::Sending);
    bench.ledger.commit(&reservation, Some(told)).await
}

#[tokio::test]
async fn a_full_window_of_apollo_refuses_until_it_ends_and_counts_nothing_for_the_tenant() {
    let bench = Bench::new();
    let told = headers(&[("x-rate-limit-minute", "3"), ("x-minute-usage", "1")]);
    for _ in 0..3 {
        call_with(&bench, bench.tenant, "key", told).await.unwrap();
    }
    let refused = call_with(&bench, bench.tenant, "key", told).await;
    assert_eq!(refused, Err(Error::ApolloRateLimited { reset_at: bench.in_ms(40_000) }), "the minute ends");
    assert_eq!(bench.used().await, 3, "all windows or none");
    bench.clock.advance(39_999);
    assert!(call_with(&bench, bench.tenant, "key", told).await.is_err());
    bench.clock.advance(1);
    call_with(&bench, bench.tenant, "key", told).await.unwrap();
}

#[tokio::test]
async fn workspaces_with_one_key_share_apollos_windows_and_keep_their_own_limits() {
    let bench = Bench::new();
    let (one, other) = (TenantId::generate(), TenantId::generate());
    let told = headers(&[("x-rate-limit-hourly", "10"), ("x-hourly-requests-left", "0")]);
    call_with(&bench, one, "shared", told).await.unwrap();
    assert!(matches!(call_with(&bench, other, "shared", told).await, Err(Error::ApolloRateLimited { .. })));
    call_with(&bench, other, "its own", RateHeaders::default()).await.unwrap();
    let elsewhere = bench.ledger.reserve(one, 100, Some(key("shared")), EndpointClass::Enrichment).await;
    assert!(elsewhere.is_ok(), "each endpoint class has its windows");

    let status = bench.ledger.status(other, 100, Some(key("shared"))).await.unwrap();
    assert_eq!((status.used, status.remaining), (1, 99));
    let window = &status.apollo[0];
    assert_eq!((window.class, window.period, window.limit, window.used), (SEARCH, Period::Hour, 10, 10));
    assert_eq!(window.resets_at, bench.in_ms(HOUR_MS - 800_000));
}

#[tokio::test]
async fn the_later_of_two_refusals_is_told() {
    let bench = Bench::new();
    let account = Some(key("key"));
    let reservation = bench.ledger.reserve(bench.tenant, 1, account, SEARCH).await.unwrap();
    assert_eq!(bench.ledger.sending(&reservation).await.unwrap(), Marked::Sending);
    let refuse = async || bench.ledger.reserve(bench.tenant, 1, account, SEARCH).await.unwrap_err();
    bench.ledger.pause(&reservation, Some(Duration::from_mins(2)), Some(Period::Minute)).await.unwrap();
    assert_eq!(refuse().await, limited(bench.in_ms(HOUR_MS)));
    bench.ledger.pause(&reservation, Some(Duration::from_hours(2)), Some(Period::Minute)).await.unwrap();
    assert_eq!(refuse().await, Error::ApolloRateLimited { reset_at: bench.in_ms(2 * HOUR_MS) });
}

#[tokio::test]
async fn a_429_pauses_until_the_later_of_retry_after_and_the_windows_end() {
    let now = Timestamp::from_millisecond(BEGIN_MS).unwrap();
    let date = |seconds: i64| {
        let at = now + SignedDuration::from_secs(seconds);
        at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    };
    let text = |text: &str| Some(text.to_owned());
    let day = 24 * 3_600;
    // The header (or none), the window that the message named, and the pause in seconds. The minute ends in 40 s, the hour
    // in 2,800 s.
    let cases = [
        (None, Some(Period::Hour), 2_800),
        (None, None, 40),
        (text("120"), Some(Period::Minute), 120),
        (text("5"), Some(Period::Minute), 40),
        (text("5"), Some(Period::Hour), 2_800),
        (text("5"), None, 40),
        (Some(date(300)), Some(Period::Minute), 300),
        (Some(date(3 * day)), Some(Period::Minute), day),
        (Some(date(-300)), Some(Period::Minute), 40),
        (text("-7"), None, 40),
        (text("0"), None, 40),
        (text("1000000000000"), Some(Period::Minute), day),
        (text("in a while"), Some(Period::Hour), 2_800),
        (text(""), None, 40),
    ];
    for (header, exceeded, seconds) in cases {
        let bench = Bench::new();
        let reservation = bench.reserve(9).await.unwrap();
        let wait = header.as_deref().and_then(|text| retry_after(text, now));
        let until = bench.ledger.pause(&reservation, wait, exceeded).await.unwrap();
        assert_eq!(until, bench.in_ms(seconds * 1_000), "{header:?}");
        assert_eq!(bench.reserve(9).await.unwrap_err(), Error::ApolloRateLimited { reset_at: until });
        let status = bench.ledger.status(bench.tenant, 9, None).await.unwrap();
        assert_eq!(status.paused_until, Some(until));
        bench.clock.advance(seconds * 1_000);
        assert!(bench.reserve(9).await.is_ok(), "{header:?}");
    }
}

#[tokio::test]
async fn a_pause_is_never_shortened() {
    let bench = Bench::new();
    let reservation = bench.reserve(9).await.unwrap();
    let long = bench.ledger.pause(&reservation, Some(Duration::from_mins(10)), None).await.unwrap();
    let short = bench.ledger.pause(&reservation, Some(Duration::from_secs(1)), Some(Period::Minute)).await.unwrap();
    assert_eq!(long, short);
}

// Retries

#[tokio::test]
async fn one_call_of_ten_may_be_a_retry() {
    let bench = Bench::new();
    let retry = async || bench.ledger.reserve_retry(bench.tenant, 100, None, SEARCH).await.unwrap();
    for calls in 1..=9 {
        bench.call(100).await.unwrap();
        assert!(retry().await.is_none(), "after {calls} calls");
    }
    bench.call(100).await.unwrap();
    assert_eq!(bench.ledger.retry_budget(bench.tenant).await.unwrap(), 1);
    let retried = retry().await.unwrap();
    assert_eq!(bench.ledger.sending(&retried).await.unwrap(), Marked::Sending);
    assert_eq!(bench.ledger.retry_budget(bench.tenant).await.unwrap(), 0);
    assert!(retry().await.is_none());
    assert_eq!(bench.used().await, 11, "a retry takes a call");
    for _ in 0..9 {
        bench.call(100).await.unwrap();
    }
    assert!(retry().await.is_some(), "20 calls allow two");
    bench.clock.advance(HOUR_MS);
    assert_eq!(bench.ledger.retry_budget(bench.tenant).await.unwrap(), 0, "the calls have left, and so has the budget");
}

// Ledgers that were lost or can't be written

#[tokio::test]
async fn a_fresh_folder_starts_empty() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(BEGIN_MS));
    let opened = open(folder.path(), &clock, false);
    assert_eq!(opened.notice, None);
    assert!(opened.ledger.reserve(TenantId::generate(), 1, None, SEARCH).await.is_ok());
}

#[tokio::test]
async fn a_lost_ledger_starts_full_and_says_so_until_the_user_says_otherwise() {
    let mut bench = Bench::new();
    std::fs::remove_dir_all(bench.folder.path()).unwrap();
    let opened = open(bench.folder.path(), &bench.clock, true);
    assert_eq!(opened.notice, None, "its status tells it");
    bench.ledger = opened.ledger;
    let full_until = bench.in_ms(HOUR_MS);
    assert_eq!(bench.call(100).await, Err(Error::LedgerLost { reset_at: full_until }));
    let status = bench.ledger.status(bench.tenant, 100, None).await.unwrap();
    assert_eq!((status.used, status.remaining, status.reset_at), (100, 0, full_until));
    assert_eq!(status.lost_until, Some(full_until));
    let sample = bench.ledger.status(TenantId::SAMPLE, 100, None).await.unwrap();
    assert_eq!((sample.remaining, sample.lost_until), (100, None), "its calls reach nobody");

    bench.clock.advance(HOUR_MS - 1);
    let again = open(bench.folder.path(), &bench.clock, true);
    assert_eq!(again.notice, None);
    assert!(again.ledger.reserve(bench.tenant, 100, None, SEARCH).await.is_err(), "a restart does not forget it");
    bench.ledger.forgive().await.unwrap();
    bench.call(100).await.unwrap();
    assert_eq!(bench.ledger.status(bench.tenant, 100, None).await.unwrap().lost_until, None);
}

#[tokio::test]
async fn long_work_leaves_a_tenth_of_the_calls_to_clicks_and_at_least_one() {
    for (limit, work) in [(100, 90), (10, 9), (5, 4), (2, 1), (1, 1)] {
        let bench = Bench::new();
        let reserve = |haste| bench.ledger.reserve_in(haste, bench.tenant, limit, None, SEARCH);
        for _ in 0..work {
            let reservation = reserve(Haste::LongWork).await.unwrap();
            assert_eq!(bench.ledger.sending(&reservation).await.unwrap(), Marked::Sending);
        }
        let refused = reserve(Haste::LongWork).await.unwrap_err();
        assert_eq!(refused, limited(bench.in_ms(HOUR_MS)), "of {limit}");
        for _ in work..limit {
            drop(reserve(Haste::Click).await.unwrap());
        }
        assert!(reserve(Haste::Click).await.is_err());
    }
}

#[tokio::test]
async fn a_call_of_which_nothing_was_sent_is_given_back_and_one_that_ended_is_not() {
    let bench = Bench::new();
    let sent = bench.reserve(2).await.unwrap();
    let unsent = bench.reserve(2).await.unwrap();
    for reservation in [&sent, &unsent] {
        assert_eq!(bench.ledger.sending(reservation).await.unwrap(), Marked::Sending);
    }
    bench.ledger.commit(&sent, None).await.unwrap();
    bench.ledger.unsent(unsent).await.unwrap();
    bench.ledger.unsent(sent).await.unwrap();
    assert_eq!(bench.used().await, 1);
}

#[tokio::test]
async fn an_answer_that_comes_late_never_lowers_what_apollo_has_counted() {
    let bench = Bench::new();
    let account = Some(AccountHash::of_key("key"));
    let told = |used: &'static str| {
        RateHeaders::read(move |name| match name {
            "x-rate-limit-minute" => Some("200"),
            "x-minute-usage" => Some(used),
            _ => None,
        })
    };
    let used = async || {
        let status = bench.ledger.status(bench.tenant, 100, account).await.unwrap();
        status.apollo.iter().map(|window| window.used).collect::<Vec<_>>()
    };
    let mut sent = Vec::new();
    for _ in 0..4 {
        let reservation = bench.ledger.reserve(bench.tenant, 100, account, SEARCH).await.unwrap();
        assert_eq!(bench.ledger.sending(&reservation).await.unwrap(), Marked::Sending);
        sent.push(reservation);
    }
    bench.ledger.commit(&sent[0], Some(told("90"))).await.unwrap();
    bench.ledger.commit(&sent[1], Some(told("89"))).await.unwrap();
    assert_eq!(used().await, [90], "one that was overtaken");
    bench.ledger.commit(&sent[2], Some(told(""))).await.unwrap();
    assert_eq!(used().await, [90], "one that tells a limit and no usage");
    // 40 s later another minute has begun, to which an answer of the last one says nothing.
    bench.clock.advance(40_000);
    assert_eq!(used().await, [0]);
    bench.ledger.commit(&sent[3], Some(told("91"))).await.unwrap();
    assert_eq!(used().await, [0]);
}

#[tokio::test]
async fn a_lost_ledger_is_like_any_other_after_an_hour() {
    let bench = Bench::new();
    std::fs::remove_dir_all(bench.folder.path()).unwrap();
    let ledger = open(bench.folder.path(), &bench.clock, true).ledger;
    bench.clock.advance(HOUR_MS);
    assert_eq!(ledger.reserve(bench.tenant, 100, None, SEARCH).await.unwrap().remaining(), 99);
}

#[tokio::test]
async fn a_damaged_ledger_is_set_aside_and_the_new_one_starts_full() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(BEGIN_MS));
    std::fs::write(folder.path().join("ledger.sqlite"), vec![b'x'; 5_000]).unwrap();
    let opened = open(folder.path(), &clock, false);
    let notice = opened.notice.unwrap();
    assert!(
        notice.starts_with("The record of this hour's calls was damaged; it is kept as ledger.sqlite.damaged-"),
        "{notice}"
    );
    assert!(opened.ledger.reserve(TenantId::generate(), 100, None, SEARCH).await.is_err());
}

#[test]
fn a_ledger_that_cannot_be_made_is_an_error_and_not_an_empty_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(BEGIN_MS));
    std::fs::create_dir(folder.path().join("ledger.sqlite")).unwrap();
    let opened = Ledger::open(&folder.path().join("ledger.sqlite"), clock, false);
    assert!(matches!(opened.err(), Some(Error::ReadOnly { .. })));
}

#[cfg(unix)]
#[test]
fn a_ledger_that_may_only_be_read_is_an_error_and_admits_nothing() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let bench = Bench::new();
    let (folder, clock) = (bench.folder, bench.clock);
    drop(bench.ledger);
    let path = folder.path().join("ledger.sqlite");
    let may_write = |may: bool| {
        for (path, mode) in [(path.as_path(), 0o400), (folder.path(), 0o500)] {
            set_permissions(path, Permissions::from_mode(if may { mode | 0o200 } else { mode })).unwrap();
        }
    };
    may_write(false);
    let powerful = std::fs::OpenOptions::new().append(true).open(&path).is_ok();
    let opened = Ledger::open(&path, Arc::clone(&clock) as _, true);
    may_write(true);
    if powerful {
        println!("skipped: this user may write what is marked read-only");
        return;
    }
    assert!(matches!(opened.err(), Some(Error::ReadOnly { .. })));
    assert_eq!(open(folder.path(), &clock, true).notice, None, "it is neither lost nor damaged");
}
