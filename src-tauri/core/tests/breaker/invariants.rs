//! Random sequences of a million events, against the invariants and against the rules written as whole lists.

use foray_core::circuit_breaker::breaker::{Breaker, Permit};
use foray_core::circuit_breaker::{Outcome, Settings, State};

use crate::{Dice, FAILED, OK, SLOW, TIMED_OUT};

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
        if matches!(outcome, Outcome::Neutral | Outcome::Offline) {
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

/// Whether a service that is well again is called again: after what the breaker says is to be waited, and no longer than the
/// longest opening, one success closes it.
fn recovers(mut breaker: Breaker, now_ms: i64) -> bool {
    let due_ms = breaker.status(now_ms).retry_at_ms.unwrap_or(now_ms);
    let Ok(permit) = breaker.admit(due_ms).answer else { return false };
    breaker.settle(due_ms, permit, OK, 0.0);
    due_ms - now_ms <= Settings::default().open_at_most_ms && breaker.status(due_ms).state == State::Closed
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
        if dice.below(8) == 0 && !under_way.is_empty() {
            // One of them has waited and is about to be sent.
            let index = dice.below(under_way.len() as u64) as usize;
            let call = under_way.swap_remove(index);
            let holds = call.changes_then == changes && (!call.permit.is_probe() || held(&call, changes));
            let (before, was_probe) = (breaker.status(now_ms).state, call.permit.is_probe());
            let probe_out = under_way.iter().any(|call| held(call, changes));
            let unasked = breaker.closed_generation() == Some(call.permit.generation());
            assert_eq!(unasked, holds && before == State::Closed, "{place}");
            match breaker.confirm(now_ms, call.permit).answer {
                Ok(permit) => {
                    assert_ne!(before, State::Open, "{place}: open never calls");
                    assert!(!(permit.is_probe() && probe_out), "{place}: at most one probe");
                    assert_eq!(permit.is_probe(), before == State::HalfOpen, "{place}");
                    assert!(!holds || permit.is_probe() == was_probe, "{place}");
                    under_way.push(UnderWay { permit, admitted_ms: now_ms, changes_then: changes });
                }
                Err(refused) => {
                    assert!(!holds && (before == State::Open || probe_out), "{place}: refused without need");
                    assert!(refused.retry_at_ms > now_ms, "{place}: stuck");
                }
            }
        } else if dice.below(2) == 0 || under_way.is_empty() {
            let before = breaker.status(now_ms).state;
            let probe_out = under_way.iter().any(|call| held(call, changes));
            let unasked = breaker.closed_generation();
            match breaker.admit(now_ms).answer {
                Ok(permit) => {
                    assert_eq!(unasked, (before == State::Closed).then_some(permit.generation()), "{place}");
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
                (0, 3) => Outcome::Offline,
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
        assert!(event % 50 != 0 || recovers(breaker.clone(), now_ms), "{place}: stuck");
        if under_way.len() > 50 {
            // Calls whose results are lost.
            under_way.truncate(10);
        }
    }
    assert!(changes > 50, "seed {seed}: {changes} changes are too few to mean anything");
}
