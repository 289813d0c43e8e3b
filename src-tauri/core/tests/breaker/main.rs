//! The circuit breaker: row by row (`table`), at the edges of its rules (`rules`), in random sequences (`invariants`), where
//! the reference design failed (`reference`), and as the process shares it (`shared`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod invariants;
mod reference;
mod rules;
mod shared;
mod table;

use foray_core::circuit_breaker::breaker::{Admission, Breaker, Change, Permit, Status};
use foray_core::circuit_breaker::{Outcome, Settings, State};

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

    fn tick(&mut self) -> Option<Change> {
        self.breaker.tick(self.now_ms)
    }

    fn ask(&mut self) -> Admission {
        self.breaker.admit(self.now_ms)
    }

    fn admit(&mut self) -> Option<Permit> {
        self.ask().answer.ok()
    }

    /// An admitted call is about to be sent.
    fn goes_out(&mut self, permit: Permit) -> Admission {
        self.breaker.confirm(self.now_ms, permit)
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

    /// Half-open without a probe, and told so.
    fn half_opened() -> Self {
        let mut bench = Self::opened();
        assert!(bench.wait(30_000).tick().is_some());
        assert_eq!(bench.state(), State::HalfOpen);
        bench
    }
}

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
