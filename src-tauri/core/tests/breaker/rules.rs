//! The rules' numbers and edges: where a window ends, which share is enough, how long it stays open. Each test stands under
//! the number of its rule ("Circuit breaker" in docs/circuit-breaker.md); the plain rows are in `table`.

use foray_core::circuit_breaker::breaker::{Permit, Status};
use foray_core::circuit_breaker::{Outcome, State};

use crate::{Bench, FAILED, OK, SLOW, TIMED_OUT};

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
    assert_eq!(
        bench.status(),
        Status { state: State::Closed, reason: None, retry_at_ms: None, offline_since_ms: None }
    );
}

// Time

#[test]
fn time_that_goes_back_is_time_that_stands() {
    let mut bench = Bench::opened();
    bench.wait(-1_000_000);
    assert!(bench.admit().is_none());
    bench.wait(1_000_000 + 30_000);
    assert!(bench.admit().is_some());
}
