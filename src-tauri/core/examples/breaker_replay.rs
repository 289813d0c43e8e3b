//! Replays a trace through the circuit breaker: JSON lines in, JSON lines out, one for one.
//!
//! ```text
//! cargo run -q -p foray-core --example breaker_replay [-- --seed N] < trace.jsonl
//! in:  {"at_ms": 0, "event": "admit" | "ok" | "slow" | "fail" | "timeout" | "cancel", "id": 1}
//! out: {"at_ms": 0, "state": "closed" | "open" | "half_open", "admitted": true}
//! ```
//! It holds no rule: the product's own [`Breaker`] decides. `at_ms` is the monotonic clock; `state` is the state after the
//! event; `admitted` is false on anything but an admitted `admit`. Results of calls that were refused, are unknown or
//! were settled before change nothing. `--seed` decides the jitter of the open times.

#[path = "replay/lines.rs"]
mod lines;

use std::collections::HashMap;
use std::process::ExitCode;

use foray_core::circuit_breaker::breaker::{Breaker, Permit};
use foray_core::circuit_breaker::{Outcome, Settings, State};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Event {
    at_ms: i64,
    #[serde(rename = "event")]
    kind: Kind,
    id: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Admit,
    Ok,
    Slow,
    Fail,
    Timeout,
    Cancel,
}

#[derive(Serialize)]
struct After {
    at_ms: i64,
    state: State,
    admitted: bool,
}

fn main() -> ExitCode {
    lines::replay("breaker_replay", |seed| {
        let mut replay = Replay { breaker: Breaker::new(Settings::default()), under_way: HashMap::new(), random: seed };
        move |event| Ok(replay.step(&event))
    })
}

struct Replay {
    breaker: Breaker,
    under_way: HashMap<i64, Permit>,
    random: u64,
}

impl Replay {
    fn step(&mut self, event: &Event) -> After {
        let at_ms = event.at_ms;
        let admitted = match event.kind {
            Kind::Admit => self.admit(at_ms, event.id),
            Kind::Ok => self.settle(at_ms, event.id, Outcome::Healthy { slow: false }),
            Kind::Slow => self.settle(at_ms, event.id, Outcome::Healthy { slow: true }),
            Kind::Fail => self.settle(at_ms, event.id, Outcome::Failure { slow: false }),
            Kind::Timeout => self.settle(at_ms, event.id, Outcome::Failure { slow: true }),
            Kind::Cancel => self.settle(at_ms, event.id, Outcome::Neutral),
        };
        After { at_ms, state: self.breaker.status(at_ms).state, admitted }
    }

    fn admit(&mut self, at_ms: i64, id: i64) -> bool {
        match self.breaker.admit(at_ms).answer {
            Ok(permit) => {
                self.under_way.insert(id, permit);
                true
            }
            Err(_) => false,
        }
    }

    /// A result admits nothing.
    fn settle(&mut self, at_ms: i64, id: i64, outcome: Outcome) -> bool {
        match self.under_way.remove(&id) {
            Some(permit) => {
                let random = self.fraction();
                self.breaker.settle(at_ms, permit, outcome, random);
            }
            // It says nothing but that time has passed.
            None => drop(self.breaker.tick(at_ms)),
        }
        false
    }

    /// The next number of `SplitMix64` as a fraction in \[0, 1).
    fn fraction(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}
