//! The breaker as the process shares it: one for each origin, on the monotonic clock, with listeners; and every way in which a
//! call can end gives its permit back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use foray_core::Error;
use foray_core::circuit_breaker::{BreakerPermit, Breakers, Outcome, Settings, SharedBreaker, State};
use foray_core::clock::{Clock as _, ManualClock};

use crate::{Dice, FAILED, OK, SLOW, TIMED_OUT};

fn shared() -> (Arc<ManualClock>, Breakers) {
    let clock = Arc::new(ManualClock::at(1_700_000_000_000));
    let breakers = Breakers::new(Arc::clone(&clock) as _, Settings::default());
    (clock, breakers)
}

fn open(breaker: &SharedBreaker, clock: &ManualClock) {
    for _ in 0..5 {
        breaker.admit().unwrap().settle(clock.boot_ms(), TIMED_OUT);
    }
}

#[test]
fn one_origin_has_one_breaker_and_another_origin_another() {
    let (clock, breakers) = shared();
    open(&breakers.of("https://api.apollo.io"), &clock);
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
    open(&breaker, &clock);
    clock.step_wall(3_600_000);
    assert!(breaker.admit().is_err());
    clock.step_wall(-7_200_000);
    clock.advance(30_000);
    assert!(breaker.admit().is_ok());
}

/// Every way in which a call can end.
#[derive(Debug, Clone, Copy)]
enum End {
    Settled(Outcome),
    /// Its future is dropped before it was ever polled.
    NeverBegun,
    /// Its future is dropped while it waits.
    Cancelled,
    Dropped,
    Panicked,
    /// It panics inside a task.
    TaskPanicked,
}

const ENDS: [End; 10] = [
    End::Settled(OK),
    End::Settled(SLOW),
    End::Settled(FAILED),
    End::Settled(TIMED_OUT),
    End::Settled(Outcome::Neutral),
    End::NeverBegun,
    End::Cancelled,
    End::Dropped,
    End::Panicked,
    End::TaskPanicked,
];

/// Panics without a word on standard error.
fn panic_quietly() {
    std::panic::resume_unwind(Box::new("a call panicked"));
}

async fn end(permit: BreakerPermit, clock: &ManualClock, how: End) {
    match how {
        End::Settled(outcome) => permit.settle(clock.boot_ms(), outcome),
        End::NeverBegun => drop(hang(permit)),
        End::Cancelled => {
            let call = tokio::spawn(hang(permit));
            tokio::task::yield_now().await;
            call.abort();
            assert!(call.await.unwrap_err().is_cancelled());
        }
        End::Dropped => drop(permit),
        End::Panicked => {
            let call = move || {
                let _held = permit;
                panic_quietly();
            };
            assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
        }
        End::TaskPanicked => {
            let call = tokio::spawn(async move {
                let _held = permit;
                tokio::task::yield_now().await;
                panic_quietly();
            });
            assert!(call.await.unwrap_err().is_panic());
        }
    }
}

async fn hang(permit: BreakerPermit) {
    std::future::pending::<()>().await;
    permit.settle(0, FAILED);
}

#[tokio::test]
async fn a_probe_gives_its_permit_back_however_it_ends() {
    for how in ENDS {
        let (clock, breakers) = shared();
        let breaker = breakers.of("origin");
        open(&breaker, &clock);
        clock.advance(30_000);
        let probe = breaker.admit().unwrap();
        assert!(breaker.admit().is_err(), "the probe is under way");
        end(probe, &clock, how).await;
        let state = breaker.status().state;
        match how {
            End::Settled(Outcome::Healthy { .. }) => assert_eq!(state, State::Closed, "{how:?}"),
            End::Settled(Outcome::Failure { .. }) => assert_eq!(state, State::Open, "{how:?}"),
            _ => {
                assert_eq!(state, State::HalfOpen, "{how:?}");
                assert!(breaker.admit().unwrap().is_probe(), "{how:?}: at once, without waiting for the lease");
            }
        }
    }
}

#[tokio::test]
async fn what_was_not_settled_counts_for_nothing() {
    for how in &ENDS[4..] {
        let (clock, breakers) = shared();
        let breaker = breakers.of("origin");
        for _ in 0..20 {
            end(breaker.admit().unwrap(), &clock, *how).await;
        }
        for _ in 0..4 {
            breaker.admit().unwrap().settle(clock.boot_ms(), FAILED);
        }
        assert_eq!(breaker.status().state, State::Closed, "{how:?}");
        breaker.admit().unwrap().settle(clock.boot_ms(), FAILED);
        assert_eq!(breaker.status().state, State::Open, "{how:?}");
    }
}

/// Calls overlap and end in any way; whenever none is under way, a refusal can only be an opening.
#[tokio::test]
async fn nothing_sticks_in_half_open_however_calls_end() {
    let (clock, breakers) = shared();
    let breaker = breakers.of("origin");
    let mut dice = Dice(11);
    let mut under_way = Vec::new();
    let (mut probes, mut bad_days) = (0, true);
    for event in 0..20_000 {
        if event % 100 == 0 {
            bad_days = dice.below(2) == 0;
        }
        clock.advance([0, 100, 3_000, 20_000][dice.below(4) as usize]);
        if dice.below(2) == 0 {
            under_way.extend(breaker.admit());
            probes += usize::from(under_way.last().is_some_and(BreakerPermit::is_probe));
        } else if !under_way.is_empty() {
            let permit = under_way.swap_remove(dice.below(under_way.len() as u64) as usize);
            let how =
                if bad_days && dice.below(2) == 0 { End::Settled(TIMED_OUT) } else { ENDS[dice.below(10) as usize] };
            end(permit, &clock, how).await;
        }
        if under_way.is_empty() {
            let refused = breaker.admit().is_err();
            assert_eq!(refused, breaker.status().state == State::Open, "event {event}: a permit did not come back");
        }
    }
    assert!(probes > 100, "{probes} probes are too few to mean anything");
}

#[test]
fn a_call_that_had_to_wait_goes_out_only_on_leave_that_still_counts() {
    let (clock, breakers) = shared();
    let breaker = breakers.of("origin");
    let mut prompt = breaker.admit().unwrap();
    assert_eq!(prompt.confirm(), Ok(()));
    let mut late = breaker.admit().unwrap();
    open(&breaker, &clock);
    let due = clock.now() + jiff::SignedDuration::from_secs(30);
    assert_eq!(late.confirm(), Err(Error::BreakerOpen { reset_at: due }), "open never calls");
    drop(late);
    clock.advance(30_000);
    let mut given_up = breaker.admit().unwrap();
    clock.advance(15_000);
    let mut probe = breaker.admit().unwrap();
    assert!(matches!(given_up.confirm(), Err(Error::BreakerOpen { .. })), "never two probes at once");
    clock.advance(14_999);
    assert_eq!(probe.confirm(), Ok(()));
    clock.advance(14_999);
    assert!(breaker.admit().is_err(), "its lease has begun anew");
    probe.settle(clock.boot_ms(), OK);
    assert_eq!(breaker.status().state, State::Closed);
    assert_eq!(prompt.confirm(), Ok(()), "closed again, so it asked again and was admitted");
}

#[test]
fn changes_are_events_with_origin_and_reason() {
    let (clock, breakers) = shared();
    let mut changes = breakers.subscribe();
    let breaker = breakers.of("origin");
    open(&breaker, &clock);
    clock.advance(30_000);
    breaker.admit().unwrap().settle(clock.boot_ms(), OK);
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
    let (clock, breakers) = shared();
    let breaker = breakers.of("origin");
    let closed = serde_json::json!({"state": "closed", "reason": null, "retry_at": null, "offline_since": null});
    assert_eq!(serde_json::to_value(breaker.status()).unwrap(), closed);
    open(&breaker, &clock);
    let opened = serde_json::json!({
        "state": "open", "reason": "The last 5 calls failed.", "retry_at": "2023-11-14T22:13:50Z",
        "offline_since": null
    });
    assert_eq!(serde_json::to_value(breaker.status()).unwrap(), opened);
}
