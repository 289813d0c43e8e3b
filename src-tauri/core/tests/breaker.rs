//! The circuit breaker's rules, one by one, then all at once by random sequences, then as the process shares it.
//! The rules are those of "Circuit breaker" in the project's resilience page; each test says which.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use foray_core::Error;
use foray_core::circuit_breaker::breaker::{Breaker, Change, Permit, Status};
use foray_core::circuit_breaker::{Breakers, Outcome, Settings, SharedBreaker, State};
use foray_core::clock::{Clock as _, ManualClock};

const OK: Outcome = Outcome::Healthy { slow: false };
const SLOW: Outcome = Outcome::Healthy { slow: true };
const FAILED: Outcome = Outcome::Failure { slow: false };
const TIMED_OUT: Outcome = Outcome::Failure { slow: true };

/// A breaker, its time, and the random number it gets.
struct Bench {
    breaker: Breaker,
    now_ms: i64,
    random: f64,
}

impl Bench {
    fn new() -> Self {
        Self { breaker: Breaker::new(Settings::default()), now_ms: 1_000_000, random: 0.5 }
    }

    fn wait(&mut self, ms: i64) -> &mut Self {
        self.now_ms += ms;
        self
    }

    fn admit(&mut self) -> Option<Permit> {
        self.breaker.admit(self.now_ms).answer.ok()
    }

    fn settle(&mut self, permit: Permit, outcome: Outcome) -> Option<Change> {
        self.breaker.settle(self.now_ms, permit, outcome, self.random)
    }

    /// One call that begins and ends now.
    fn call(&mut self, outcome: Outcome) -> Option<Change> {
        let permit = self.admit().expect("the breaker refused the call");
        self.settle(permit, outcome)
    }

    fn calls(&mut self, outcomes: &[Outcome]) {
        for outcome in outcomes {
            self.call(*outcome);
        }
    }

    fn status(&self) -> Status {
        self.breaker.status(self.now_ms)
    }

    fn state(&self) -> State {
        self.status().state
    }

    /// How long it stays open from now on, if it is open.
    fn open_for_ms(&self) -> i64 {
        assert_eq!(self.state(), State::Open);
        self.status().retry_at_ms.unwrap() - self.now_ms
    }

    fn opened() -> Self {
        let mut bench = Self::new();
        bench.calls(&[FAILED; 5]);
        assert_eq!(bench.state(), State::Open);
        bench
    }

    fn half_opened() -> Self {
        let mut bench = Self::opened();
        bench.wait(30_000);
        assert_eq!(bench.state(), State::HalfOpen);
        bench
    }
}

// Rule 1

#[test]
fn only_completed_calls_count() {
    let mut bench = Bench::new();
    for _ in 0..50 {
        bench.call(Outcome::Neutral);
    }
    bench.calls(&[FAILED; 4]);
    assert_eq!(bench.state(), State::Closed);
    bench.call(FAILED);
    assert_eq!(bench.state(), State::Open, "cancels neither count nor break the row");
}

#[test]
fn a_call_is_stamped_when_it_ends() {
    let mut bench = Bench::new();
    let long: Vec<Permit> = (0..5).map(|_| bench.admit().unwrap()).collect();
    bench.wait(300_000);
    for permit in long {
        bench.settle(permit, FAILED);
    }
    assert_eq!(bench.state(), State::Open, "they began long before the window and ended in it");
}

// Rule 2

#[test]
fn opens_when_half_of_at_least_five_completed_calls_failed() {
    let mut bench = Bench::new();
    bench.calls(&[FAILED, OK, FAILED, OK]);
    assert_eq!(bench.state(), State::Closed, "four are too few");
    let change = bench.call(FAILED).unwrap();
    assert_eq!((change.from, change.to), (State::Closed, State::Open));
    assert_eq!(change.reason, "3 of the 5 calls of the last 60 seconds failed.");

    let mut exactly_half = Bench::new();
    exactly_half.calls(&[OK, FAILED, OK, FAILED, OK, FAILED]);
    assert_eq!(exactly_half.state(), State::Open);

    let mut below_half = Bench::new();
    below_half.calls(&[OK, OK, OK, FAILED, FAILED]);
    assert_eq!(below_half.state(), State::Closed);
}

#[test]
fn opens_when_the_last_five_failed_however_many_succeeded_before() {
    let mut bench = Bench::new();
    bench.calls(&[OK; 100]);
    bench.calls(&[FAILED; 4]);
    assert_eq!(bench.state(), State::Closed);
    let change = bench.call(TIMED_OUT).unwrap();
    assert_eq!((change.to, change.reason.as_str()), (State::Open, "The last 5 calls failed."));
}

#[test]
fn five_in_a_row_are_five_within_the_window() {
    let mut bench = Bench::new();
    bench.calls(&[FAILED; 4]);
    bench.wait(60_000).call(FAILED);
    assert_eq!(bench.state(), State::Closed, "the four have left at exactly 60 s");

    let mut just_in = Bench::new();
    just_in.calls(&[FAILED; 4]);
    just_in.wait(59_999).call(FAILED);
    assert_eq!(just_in.state(), State::Open);
}

#[test]
fn opens_when_four_of_five_were_slow() {
    let mut bench = Bench::new();
    bench.calls(&[OK, SLOW, SLOW, SLOW]);
    assert_eq!(bench.state(), State::Closed);
    let change = bench.call(SLOW).unwrap();
    assert_eq!(change.reason, "4 of the 5 calls of the last 60 seconds took over 5 seconds.");

    let mut three = Bench::new();
    three.calls(&[OK, OK, SLOW, SLOW, SLOW]);
    assert_eq!(three.state(), State::Closed);
}

#[test]
fn a_time_out_is_a_failure_and_slow() {
    let mut bench = Bench::new();
    bench.calls(&[OK, TIMED_OUT, TIMED_OUT, SLOW]);
    bench.call(SLOW);
    assert_eq!(bench.state(), State::Open, "four of five took over 5 s");
}

#[test]
fn a_success_is_never_what_opens_it() {
    let mut bench = Bench::new();
    bench.calls(&[FAILED, FAILED, FAILED, FAILED]);
    bench.call(OK);
    assert_eq!(bench.state(), State::Closed, "80 % failed, but it is judged at the next failure");
    bench.call(FAILED);
    assert_eq!(bench.state(), State::Open);
}

// Rule 3

#[test]
fn a_result_of_another_generation_touches_nothing() {
    let mut bench = Bench::new();
    let late: Vec<Permit> = (0..3).map(|_| bench.admit().unwrap()).collect();
    bench.calls(&[FAILED; 5]);
    let mut late = late.into_iter();

    let before = bench.breaker.clone();
    assert_eq!(bench.settle(late.next().unwrap(), OK), None);
    assert_eq!(bench.breaker, before, "open");

    bench.wait(30_000);
    let probe = bench.admit().unwrap();
    let before = bench.breaker.clone();
    assert_eq!(bench.settle(late.next().unwrap(), FAILED), None);
    assert_eq!(bench.breaker, before, "half-open");

    bench.settle(probe, OK);
    let before = bench.breaker.clone();
    assert_eq!(bench.settle(late.next().unwrap(), FAILED), None);
    assert_eq!(bench.breaker, before, "closed again");
}

// Rule 4

#[test]
fn half_open_admits_one_probe() {
    let mut bench = Bench::half_opened();
    let probe = bench.admit().unwrap();
    assert!(probe.is_probe());
    assert!(bench.admit().is_none());
    assert_eq!(bench.status().retry_at_ms, Some(bench.now_ms + 15_000));
    bench.settle(probe, OK);
    assert!(!bench.admit().unwrap().is_probe());
}

#[test]
fn a_cancelled_probe_makes_room_for_the_next() {
    let mut bench = Bench::half_opened();
    let probe = bench.admit().unwrap();
    assert_eq!(bench.settle(probe, Outcome::Neutral), None);
    assert_eq!(bench.state(), State::HalfOpen);
    assert!(bench.admit().unwrap().is_probe());
}

#[test]
fn a_probe_that_never_ends_frees_itself_and_has_no_say_later() {
    let mut bench = Bench::half_opened();
    let lost = bench.admit().unwrap();
    assert!(bench.wait(14_999).admit().is_none());
    let next = bench.wait(1).admit().unwrap();
    assert!(next.is_probe());
    assert_eq!(bench.settle(lost, FAILED), None);
    assert_eq!(bench.state(), State::HalfOpen);
    assert!(bench.admit().is_none(), "the late result freed nothing either");
    bench.settle(next, OK);
    assert_eq!(bench.state(), State::Closed);
}

// Rule 5

#[test]
fn the_first_opening_lasts_thirty_seconds_to_the_millisecond() {
    let mut bench = Bench::opened();
    assert_eq!(bench.open_for_ms(), 30_000);
    assert!(bench.wait(29_999).admit().is_none());
    assert!(bench.wait(1).admit().is_some());
}

#[test]
fn each_failed_probe_doubles_the_open_time_up_to_ten_minutes_and_half_of_it_is_random() {
    for random in [0.0, 0.25, 0.999_999] {
        let mut bench = Bench::opened();
        bench.random = random;
        for base in [60_000, 120_000, 240_000, 480_000, 600_000, 600_000] {
            bench.now_ms = bench.status().retry_at_ms.unwrap();
            bench.call(FAILED);
            let expected = f64::from(base) * 0.5 * (1.0 + random);
            let open_for = bench.open_for_ms() as f64;
            assert!((open_for - expected).abs() <= 1.0, "{open_for} ms instead of {expected} ms");
        }
    }
}

#[test]
fn an_opening_soon_after_closing_is_not_longer_but_random() {
    let mut bench = Bench::half_opened();
    bench.random = 0.0;
    bench.call(OK);
    bench.wait(10_000).calls(&[FAILED; 5]);
    assert_eq!(bench.open_for_ms(), 15_000);
}

#[test]
fn after_sixty_seconds_closed_without_a_failure_it_is_thirty_seconds_again() {
    let relapse = |quiet_ms: i64| {
        let mut bench = Bench::half_opened();
        bench.call(FAILED);
        bench.now_ms = bench.status().retry_at_ms.unwrap();
        bench.call(OK);
        bench.wait(quiet_ms).calls(&[FAILED; 5]);
        bench.open_for_ms()
    };
    assert_eq!(relapse(59_999), 45_000, "three quarters of the 60 s that it had grown to");
    assert_eq!(relapse(60_000), 30_000, "the first 30 s, nothing of it random");

    let mut restless = Bench::half_opened();
    restless.call(FAILED);
    restless.now_ms = restless.status().retry_at_ms.unwrap();
    restless.call(OK);
    for _ in 0..4 {
        restless.wait(40_000).call(FAILED);
        restless.calls(&[OK; 10]);
    }
    restless.calls(&[FAILED; 5]);
    assert_eq!(restless.open_for_ms(), 45_000, "three quarters of 60 s: it was never quiet for long enough");
}

// Rule 6

#[test]
fn closing_clears_the_window() {
    let mut bench = Bench::half_opened();
    bench.call(OK);
    bench.calls(&[FAILED; 4]);
    assert_eq!(bench.state(), State::Closed);
    bench.call(FAILED);
    assert_eq!(bench.state(), State::Open);
}

// Rule 8

#[test]
fn each_change_is_told_once_with_its_reason() {
    let mut bench = Bench::opened();
    let status = bench.status();
    assert_eq!(status.reason.as_deref(), Some("The last 5 calls failed."));
    bench.wait(30_000);
    let now = bench.now_ms;
    let change = bench.breaker.tick(now).unwrap();
    assert_eq!((change.from, change.to, change.at_ms), (State::Open, State::HalfOpen, now));
    assert_eq!(bench.breaker.tick(now), None);
    let change = bench.call(OK).unwrap();
    assert_eq!((change.from, change.to), (State::HalfOpen, State::Closed));
    assert_eq!(change.reason, "The trial call succeeded.");
    assert_eq!(bench.status(), Status { state: State::Closed, reason: None, retry_at_ms: None });
}

// Rule 9

#[test]
fn a_slow_probe_closes_it() {
    let mut bench = Bench::half_opened();
    let probe = bench.admit().unwrap();
    bench.wait(9_000).settle(probe, SLOW);
    assert_eq!(bench.state(), State::Closed);
}

#[test]
fn time_that_goes_back_is_time_that_stands() {
    let mut bench = Bench::opened();
    bench.wait(-1_000_000);
    assert!(bench.admit().is_none());
    bench.wait(1_000_000 + 30_000);
    assert!(bench.admit().is_some());
}

// What the reference got wrong

#[test]
fn a_hung_service_opens_it_at_one_call_every_two_seconds() {
    let mut bench = Bench::new();
    let begun = bench.now_ms;
    let mut waiting: std::collections::VecDeque<(i64, Permit)> = std::collections::VecDeque::new();
    while bench.state() == State::Closed {
        assert!(bench.now_ms - begun < 60_000, "it never opened");
        while waiting.front().is_some_and(|(ends, _)| *ends <= bench.now_ms) {
            let (_, permit) = waiting.pop_front().unwrap();
            bench.settle(permit, TIMED_OUT);
        }
        if let Some(permit) = bench.admit() {
            waiting.push_back((bench.now_ms + 10_000, permit));
        }
        bench.wait(2_000);
    }
    assert_eq!(bench.now_ms - begun, 20_000, "at the fifth time-out");
}

#[test]
fn fast_failures_open_it_at_one_call_every_two_and_a_half_seconds() {
    let mut bench = Bench::new();
    for _ in 0..5 {
        assert_eq!(bench.state(), State::Closed);
        bench.wait(2_500).call(FAILED);
    }
    assert_eq!(bench.state(), State::Open);
}

#[test]
fn a_relapse_after_thirty_seconds_of_rejects_lets_five_failures_through() {
    let mut bench = Bench::opened();
    for _ in 0..3_000 {
        assert!(bench.admit().is_none());
        bench.wait(10);
    }
    bench.call(OK);
    let mut failures = 0;
    while bench.state() == State::Closed {
        bench.wait(10).call(FAILED);
        failures += 1;
    }
    assert_eq!(failures, 5);
}

// All at once

/// `SplitMix64`: the same sequence for the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }

    fn fraction(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The rules once more, written for being read: whole lists, nothing counted along.
struct Model {
    state: State,
    until_ms: i64,
    completed: Vec<(i64, Outcome)>,
    open_ms: i64,
    opened_before: bool,
    quiet_since_ms: Option<i64>,
}

impl Model {
    fn tick(&mut self, now_ms: i64) {
        if self.state == State::Open && now_ms >= self.until_ms {
            self.state = State::HalfOpen;
        }
    }

    fn open(&mut self, now_ms: i64, random: f64) {
        let half = if self.opened_before { self.open_ms / 2 } else { self.open_ms };
        self.until_ms = now_ms + half + ((self.open_ms - half) as f64 * random) as i64;
        self.opened_before = true;
        self.state = State::Open;
    }

    fn result(&mut self, now_ms: i64, outcome: Outcome, random: f64) {
        let failed = |outcome: &Outcome| matches!(outcome, Outcome::Failure { .. });
        let slow = |outcome: &Outcome| matches!(*outcome, SLOW | TIMED_OUT);
        if outcome == Outcome::Neutral {
            return;
        }
        if self.state == State::HalfOpen {
            if failed(&outcome) {
                self.open_ms = (self.open_ms * 2).min(600_000);
                self.open(now_ms, random);
            } else {
                self.state = State::Closed;
                self.completed.clear();
                self.quiet_since_ms = Some(now_ms);
            }
            return;
        }
        if self.quiet_since_ms.is_some_and(|since| now_ms - since >= 60_000) {
            (self.open_ms, self.opened_before, self.quiet_since_ms) = (30_000, false, None);
        }
        if failed(&outcome) {
            self.quiet_since_ms = Some(now_ms);
        }
        self.completed.push((now_ms, outcome));
        self.completed.retain(|(at, _)| *at > now_ms - 60_000);
        let all: Vec<Outcome> = self.completed.iter().map(|(_, outcome)| *outcome).collect();
        let share = |of: &dyn Fn(&Outcome) -> bool| all.iter().filter(|o| of(o)).count() as f64 / all.len() as f64;
        let opens =
            all.len() >= 5 && (share(&failed) >= 0.5 || share(&slow) >= 0.8 || all[all.len() - 5..].iter().all(failed));
        if outcome != OK && opens {
            self.open(now_ms, random);
        }
    }
}

#[test]
fn random_sequences_hold_the_invariants_and_agree_with_the_rules_written_as_lists() {
    for seed in 0..25 {
        random_sequence(seed, 40_000);
    }
}

/// A call under way, as seen from outside: when it began, and how many changes there had been.
struct UnderWay {
    permit: Permit,
    admitted_ms: i64,
    changes_then: usize,
}

fn random_sequence(seed: u64, events: u64) {
    let mut dice = Dice(seed);
    let mut breaker = Breaker::new(Settings::default());
    let mut model = Model {
        state: State::Closed,
        until_ms: 0,
        completed: Vec::new(),
        open_ms: 30_000,
        opened_before: false,
        quiet_since_ms: None,
    };
    let mut now_ms = 0;
    let mut under_way: Vec<UnderWay> = Vec::new();
    let mut changes = 0;
    let mut health = 0;
    for event in 0..events {
        let place = format!("seed {seed}, event {event}");
        if event % 200 == 0 {
            health = dice.below(4);
        }
        now_ms += match dice.below(10) {
            0..5 => dice.below(50),
            5..8 => dice.below(2_000),
            8 => dice.below(12_000),
            _ => dice.below(40_000),
        }
        .cast_signed();
        changes += usize::from(breaker.tick(now_ms).is_some());
        model.tick(now_ms);
        let held = |call: &UnderWay, changes: usize| {
            call.permit.is_probe() && call.changes_then == changes && now_ms - call.admitted_ms < 15_000
        };
        if dice.below(2) == 0 || under_way.is_empty() {
            let before = breaker.status(now_ms).state;
            let probe_out = under_way.iter().any(|call| held(call, changes));
            match breaker.admit(now_ms).answer {
                Ok(permit) => {
                    assert_ne!(before, State::Open, "{place}: open never calls");
                    assert_eq!(permit.is_probe(), before == State::HalfOpen, "{place}");
                    assert!(!(permit.is_probe() && probe_out), "{place}: at most one probe");
                    under_way.push(UnderWay { permit, admitted_ms: now_ms, changes_then: changes });
                }
                Err(refused) => {
                    assert!(before == State::Open || probe_out, "{place}: refused without need");
                    assert!(refused.retry_at_ms > now_ms, "{place}: stuck");
                    let later = breaker.clone().admit(refused.retry_at_ms).answer;
                    assert!(later.is_ok(), "{place}: what it said is when it admits");
                }
            }
        } else {
            let index = dice.below(under_way.len() as u64) as usize;
            let call = under_way.swap_remove(index);
            let outcome = match (dice.below(10), health) {
                (0, _) => Outcome::Neutral,
                (1, _) | (2..5, 1) => SLOW,
                (2..5, 2) | (2, 3) => FAILED,
                (5..8, 2) | (3, 3) => TIMED_OUT,
                _ => OK,
            };
            let stale = call.changes_then != changes || (call.permit.is_probe() && !held(&call, changes));
            let before = breaker.clone();
            let random = dice.fraction();
            let change = breaker.settle(now_ms, call.permit, outcome, random);
            if stale {
                assert_eq!(change, None, "{place}");
                assert!(breaker == before, "{place}: a result of another generation changes nothing");
            } else {
                model.result(now_ms, outcome, random);
            }
            changes += usize::from(change.is_some());
        }
        let status = breaker.status(now_ms);
        assert_eq!(status.state, model.state, "{place}");
        if status.state == State::Open {
            assert_eq!(status.retry_at_ms, Some(model.until_ms), "{place}");
        }
        if under_way.len() > 50 {
            // Calls whose results are lost.
            under_way.truncate(10);
        }
    }
    assert!(changes > 50, "seed {seed}: {changes} changes are too few to mean anything");
}

// As the process shares it

fn shared() -> (Arc<ManualClock>, Breakers) {
    let clock = Arc::new(ManualClock::at(1_700_000_000_000));
    let breakers = Breakers::new(Arc::clone(&clock) as _, Settings::default());
    (clock, breakers)
}

fn open(breaker: &SharedBreaker) {
    for _ in 0..5 {
        breaker.admit().unwrap().settle(TIMED_OUT);
    }
}

#[test]
fn one_origin_has_one_breaker_and_another_origin_another() {
    let (clock, breakers) = shared();
    open(&breakers.of("https://api.apollo.io"));
    let refused = breakers.of("https://api.apollo.io").admit().unwrap_err();
    let due = clock.now() + jiff::SignedDuration::from_secs(30);
    assert_eq!(refused, Error::BreakerOpen { reset_at: due });
    assert_eq!(breakers.of("https://api.apollo.io").status().retry_at, Some(due));
    assert!(breakers.of("http://127.0.0.1:9").admit().is_ok());
}

#[test]
fn setting_the_wall_clock_does_not_end_a_pause() {
    let (clock, breakers) = shared();
    let breaker = breakers.of("origin");
    open(&breaker);
    clock.step_wall(3_600_000);
    assert!(breaker.admit().is_err());
    clock.step_wall(-7_200_000);
    clock.advance(30_000);
    assert!(breaker.admit().is_ok());
}

#[test]
fn a_permit_comes_back_on_drop_on_cancel_and_on_panic() {
    let (clock, breakers) = shared();
    let breaker = breakers.of("origin");
    open(&breaker);
    clock.advance(30_000);

    drop(breaker.admit().unwrap());
    let cancelled = {
        let permit = breaker.admit().unwrap();
        async move {
            std::future::pending::<()>().await;
            permit.settle(FAILED);
        }
    };
    assert!(breaker.admit().is_err(), "the probe is under way");
    drop(cancelled);
    let permit = breaker.admit().unwrap();
    let panicked = catch_unwind(AssertUnwindSafe(move || {
        let _held = permit;
        std::panic::resume_unwind(Box::new("a call panicked"));
    }));
    assert!(panicked.is_err());

    let probe = breaker.admit().unwrap();
    assert!(probe.is_probe());
    probe.settle(OK);
    assert_eq!(breaker.status().state, State::Closed);
}

#[test]
fn changes_are_events_with_origin_and_reason() {
    let (clock, breakers) = shared();
    let mut changes = breakers.subscribe();
    let breaker = breakers.of("origin");
    open(&breaker);
    clock.advance(30_000);
    breaker.admit().unwrap().settle(OK);
    let told: Vec<(State, State, String)> = std::iter::from_fn(|| changes.try_recv().ok())
        .map(|change| {
            assert_eq!(change.origin, "origin");
            (change.from, change.to, change.reason)
        })
        .collect();
    assert_eq!(
        told,
        [
            (State::Closed, State::Open, "The last 5 calls failed.".to_owned()),
            (State::Open, State::HalfOpen, "The pause is over; the next call is a trial.".to_owned()),
            (State::HalfOpen, State::Closed, "The trial call succeeded.".to_owned()),
        ]
    );
}

#[test]
fn a_status_is_what_window_and_command_line_read() {
    let (_, breakers) = shared();
    let breaker = breakers.of("origin");
    let closed = serde_json::json!({"state": "closed", "reason": null, "retry_at": null});
    assert_eq!(serde_json::to_value(breaker.status()).unwrap(), closed);
    open(&breaker);
    let opened = serde_json::json!({
        "state": "open", "reason": "The last 5 calls failed.", "retry_at": "2023-11-14T22:13:50Z"
    });
    assert_eq!(serde_json::to_value(breaker.status()).unwrap(), opened);
}
