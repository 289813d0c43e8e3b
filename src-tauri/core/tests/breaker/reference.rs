//! What the reference design got wrong, measured with opossum and its settings (time-out 10 s, 50 %, reset 30 s, volume 5
//! in 10 s): a hung service that never opened it, slow failures that never did, a relapse that let 50 calls through.

use std::collections::VecDeque;

use foray_core::circuit_breaker::State;
use foray_core::circuit_breaker::breaker::Permit;

use crate::{Bench, FAILED, OK, TIMED_OUT};

#[test]
fn a_hung_service_opens_it_at_one_call_every_two_seconds() {
    let mut bench = Bench::new();
    let begun = bench.now_ms;
    let mut waiting: VecDeque<(i64, Permit)> = VecDeque::new();
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
