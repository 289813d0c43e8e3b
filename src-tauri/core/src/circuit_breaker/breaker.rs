//! The circuit breaker: a pure state machine, `step(now, event) -> effects`. It never asks a clock, never draws a random
//! number and never calls anything: time (monotonic milliseconds) and randomness come in as arguments.
//!
//! | state     | event                                | effect                                                      |
//! |-----------|--------------------------------------|-------------------------------------------------------------|
//! | closed    | call asks                            | admitted                                                    |
//! | closed    | success                              | counted                                                     |
//! | closed    | failure, slow result                 | counted and judged: stays closed, or opens                  |
//! | open      | call asks                            | refused until the open time is over                         |
//! | open      | open time is over                    | half-open                                                   |
//! | half-open | call asks, no probe under way        | admitted as the probe, with a lease                         |
//! | half-open | call asks, probe under way           | refused                                                     |
//! | half-open | probe succeeds, fast or slow         | closed, with an empty window                                |
//! | half-open | probe fails                          | open, for twice the time                                    |
//! | half-open | probe cancelled, or its lease is out | the next call may be the probe                              |
//! | half-open | probe goes out                       | its lease begins anew                                       |
//! | any       | call of another generation goes out  | it asks again                                               |
//! | any       | result of another generation         | nothing                                                     |
//! | any       | neutral result of a call             | nothing                                                     |
//! | any       | a call found no network              | offline beside the state, until a call completes            |
//!
//! A generation ends with each change of state and with each probe.

use std::collections::VecDeque;

use serde::Serialize;
use ts_rs::TS;

/// The rules' numbers. All times are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How far back a completed call counts.
    pub window_ms: i64,
    /// Completed calls it takes before a share of them is judged.
    pub volume: usize,
    /// Opens when at least this share of the window failed.
    pub failed_percent: usize,
    /// Opens when this many in a row failed.
    pub failed_in_a_row: usize,
    /// Opens when at least this share of the window was slow.
    pub slow_percent: usize,
    /// A call is slow that took longer than this.
    pub slow_over_ms: i64,
    /// Open time at first.
    pub open_ms: i64,
    /// Open time at most.
    pub open_at_most_ms: i64,
    /// After this long closed without a failure the open time is the first again.
    pub calm_ms: i64,
    /// How long a probe holds the half-open breaker.
    pub probe_lease_ms: i64,
}

/// The reference's settings (volume 5, 50 %, 30 s) with the product's rules, as measured against it.
impl Default for Settings {
    fn default() -> Self {
        Self {
            window_ms: 60_000,
            volume: 5,
            failed_percent: 50,
            failed_in_a_row: 5,
            slow_percent: 80,
            slow_over_ms: 5_000,
            open_ms: 30_000,
            open_at_most_ms: 600_000,
            calm_ms: 60_000,
            probe_lease_ms: 15_000,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BreakerState")]
pub enum State {
    /// Calls go through.
    Closed,
    /// No call goes through.
    Open,
    /// One call at a time goes through, to see whether the service is back.
    HalfOpen,
}

impl State {
    /// The name in JSON and in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

/// How a call ended, as far as the service is to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The service answered, if only to refuse (2xx, 400, 401, 403, 404, 422, 429).
    Healthy { slow: bool },
    /// It did not answer as a service should (408, 5xx, connect, TLS, reset, time-out). A time-out is slow, too.
    Failure { slow: bool },
    /// It says nothing about the service: cancelled, refused by the limiter, dropped.
    Neutral,
    /// This computer has no network; it says nothing about the service either.
    Offline,
}

/// Leave to make one call. It has to come back through [`Breaker::settle`].
#[derive(Debug)]
#[must_use = "a permit that never comes back holds a half-open breaker for the length of its lease"]
pub struct Permit {
    generation: u64,
    probe: bool,
}

impl Permit {
    /// What a call is admitted with that asks while the breaker is closed.
    pub fn while_closed(generation: u64) -> Self {
        Self { generation, probe: false }
    }

    /// The generation that it was given in; it has a say in no other.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether the call is the one that decides if the breaker closes.
    pub fn is_probe(&self) -> bool {
        self.probe
    }
}

/// A call that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// When it is worth asking again.
    pub retry_at_ms: i64,
}

/// A change of state, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub from: State,
    pub to: State,
    pub reason: String,
    pub at_ms: i64,
}

/// The answer to a call that asks.
#[derive(Debug)]
pub struct Admission {
    pub answer: Result<Permit, Refused>,
    /// The open time may have ended just now.
    pub change: Option<Change>,
}

/// How the breaker stands at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub state: State,
    /// Why it is not closed.
    pub reason: Option<String>,
    /// When the next call is worth asking, if it would be refused now.
    pub retry_at_ms: Option<i64>,
    /// Since when this computer has had no network, as far as the last call knows.
    pub offline_since_ms: Option<i64>,
}

/// The breaker of one origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Breaker {
    settings: Settings,
    phase: Phase,
    generation: u64,
    /// Time never goes back: the latest that came in.
    now_ms: i64,
    backoff: Backoff,
    /// A state beside the others: without a network nothing is known of the service, so none of its rules apply.
    offline_since_ms: Option<i64>,
}

#[derive(Debug, Clone, PartialEq)]
enum Phase {
    Closed { window: Window },
    Open { until_ms: i64, reason: String },
    HalfOpen { probe_until_ms: Option<i64> },
}

const PAUSE_IS_OVER: &str = "The pause is over; the next call is a trial.";

impl Breaker {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            phase: Phase::Closed { window: Window::default() },
            generation: 0,
            now_ms: i64::MIN,
            backoff: Backoff::at_first(settings.open_ms),
            offline_since_ms: None,
        }
    }

    /// A call asks. The permit of a probe holds the breaker for [`Settings::probe_lease_ms`] at most.
    pub fn admit(&mut self, now_ms: i64) -> Admission {
        let change = self.tick(now_ms);
        Admission { answer: self.answer(), change }
    }

    /// The generation, while it is closed: whoever asks then has [`Permit::while_closed`], whatever the time.
    pub fn closed_generation(&self) -> Option<u64> {
        matches!(self.phase, Phase::Closed { .. }).then_some(self.generation)
    }

    /// An admitted call is about to go out. What it had to wait for since may have outlasted an opening, or the lease of a
    /// probe: leave of another generation asks again. A probe holds the breaker from now on.
    pub fn confirm(&mut self, now_ms: i64, permit: Permit) -> Admission {
        let change = self.tick(now_ms);
        if permit.generation != self.generation {
            return Admission { answer: self.answer(), change };
        }
        let lease_ends_ms = self.lease_ends_ms();
        if let Phase::HalfOpen { probe_until_ms } = &mut self.phase {
            *probe_until_ms = Some(lease_ends_ms);
        }
        Admission { answer: Ok(permit), change }
    }

    fn lease_ends_ms(&self) -> i64 {
        self.now_ms.saturating_add(self.settings.probe_lease_ms)
    }

    fn answer(&mut self) -> Result<Permit, Refused> {
        let lease_ends_ms = self.lease_ends_ms();
        let probe = match &mut self.phase {
            Phase::Closed { .. } => false,
            Phase::Open { until_ms: retry_at_ms, .. } | Phase::HalfOpen { probe_until_ms: Some(retry_at_ms) } => {
                return Err(Refused { retry_at_ms: *retry_at_ms });
            }
            Phase::HalfOpen { probe_until_ms } => {
                *probe_until_ms = Some(lease_ends_ms);
                // A probe before this one whose lease ran out has no say any more.
                self.generation += 1;
                true
            }
        };
        Ok(Permit { generation: self.generation, probe })
    }

    /// A call has ended. `random`, in \[0, 1), decides the open time when this opens the breaker not for the first time.
    #[expect(clippy::needless_pass_by_value, reason = "a permit settles once")]
    pub fn settle(&mut self, now_ms: i64, permit: Permit, outcome: Outcome, random: f64) -> Option<Change> {
        // A tick that changes the state also ends the generation, so at most one change comes out of this.
        let change = self.tick(now_ms);
        if permit.generation != self.generation {
            return change;
        }
        match outcome {
            Outcome::Offline => self.offline_since_ms = self.offline_since_ms.or(Some(self.now_ms)),
            Outcome::Healthy { .. } | Outcome::Failure { .. } => self.offline_since_ms = None,
            Outcome::Neutral => {}
        }
        match (&mut self.phase, outcome) {
            (Phase::Closed { window }, Outcome::Healthy { .. } | Outcome::Failure { .. }) => {
                let sample = Sample::of(self.now_ms, outcome);
                self.backoff.hear(sample, &self.settings);
                window.push(sample, &self.settings);
                let reason = sample.is_bad().then(|| window.judge(&self.settings)).flatten()?;
                Some(self.open(reason, random))
            }
            (Phase::HalfOpen { .. }, Outcome::Healthy { .. }) => Some(self.close()),
            (Phase::HalfOpen { .. }, Outcome::Failure { .. }) => {
                self.backoff.double(self.settings.open_at_most_ms);
                Some(self.open("The trial call failed.".to_owned(), random))
            }
            (Phase::HalfOpen { probe_until_ms }, Outcome::Neutral | Outcome::Offline) => {
                *probe_until_ms = None;
                None
            }
            (Phase::Closed { .. }, Outcome::Neutral | Outcome::Offline) | (Phase::Open { .. }, _) => None,
        }
    }

    /// Lets time pass: an open time that is over ends, a probe that never came back is given up.
    pub fn tick(&mut self, now_ms: i64) -> Option<Change> {
        self.now_ms = self.now_ms.max(now_ms);
        match &mut self.phase {
            Phase::Open { until_ms, .. } if *until_ms <= self.now_ms => {
                Some(self.enter(Phase::HalfOpen { probe_until_ms: None }, PAUSE_IS_OVER.to_owned()))
            }
            Phase::HalfOpen { probe_until_ms } if probe_until_ms.is_some_and(|until| until <= self.now_ms) => {
                *probe_until_ms = None;
                self.generation += 1;
                None
            }
            _ => None,
        }
    }

    /// How the breaker stands at `now_ms`, without touching it.
    pub fn status(&self, now_ms: i64) -> Status {
        let now_ms = self.now_ms.max(now_ms);
        let pause_is_over = || Some(PAUSE_IS_OVER.to_owned());
        let (state, reason, retry_at_ms) = match &self.phase {
            Phase::Closed { .. } => (State::Closed, None, None),
            Phase::Open { until_ms, reason } if now_ms < *until_ms => {
                (State::Open, Some(reason.clone()), Some(*until_ms))
            }
            Phase::Open { .. } => (State::HalfOpen, pause_is_over(), None),
            Phase::HalfOpen { probe_until_ms } => {
                (State::HalfOpen, pause_is_over(), probe_until_ms.filter(|until| now_ms < *until))
            }
        };
        Status { state, reason, retry_at_ms, offline_since_ms: self.offline_since_ms }
    }

    fn open(&mut self, reason: String, random: f64) -> Change {
        let until_ms = self.now_ms.saturating_add(self.backoff.next_ms(random));
        self.enter(Phase::Open { until_ms, reason: reason.clone() }, reason)
    }

    fn close(&mut self) -> Change {
        self.backoff.quiet_since_ms = Some(self.now_ms);
        self.enter(Phase::Closed { window: Window::default() }, "The trial call succeeded.".to_owned())
    }

    fn enter(&mut self, phase: Phase, reason: String) -> Change {
        let from = self.phase.state();
        self.phase = phase;
        self.generation += 1;
        Change { from, to: self.phase.state(), reason, at_ms: self.now_ms }
    }
}

impl Phase {
    fn state(&self) -> State {
        match self {
            Self::Closed { .. } => State::Closed,
            Self::Open { .. } => State::Open,
            Self::HalfOpen { .. } => State::HalfOpen,
        }
    }
}

/// How long the next opening lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Backoff {
    open_ms: i64,
    /// The first opening lasts its exact time; from the second on half of it is random (equal jitter), so that many
    /// machines do not probe together.
    opened_before: bool,
    /// Since when the breaker has been closed without a failure.
    quiet_since_ms: Option<i64>,
}

impl Backoff {
    fn at_first(open_ms: i64) -> Self {
        Self { open_ms, opened_before: false, quiet_since_ms: None }
    }

    /// A call ended while the breaker was closed.
    fn hear(&mut self, sample: Sample, settings: &Settings) {
        if self.quiet_since_ms.is_some_and(|since| sample.at_ms.saturating_sub(since) >= settings.calm_ms) {
            *self = Self::at_first(settings.open_ms);
        }
        if sample.failed {
            self.quiet_since_ms = Some(sample.at_ms);
        }
    }

    /// A probe failed.
    fn double(&mut self, at_most_ms: i64) {
        self.open_ms = self.open_ms.saturating_mul(2).min(at_most_ms);
    }

    fn next_ms(&mut self, random: f64) -> i64 {
        let fixed_ms = if self.opened_before { self.open_ms / 2 } else { self.open_ms };
        self.opened_before = true;
        fixed_ms + ((self.open_ms - fixed_ms) as f64 * random.clamp(0.0, 1.0)) as i64
    }
}

/// A completed call.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sample {
    at_ms: i64,
    failed: bool,
    slow: bool,
}

impl Sample {
    fn of(at_ms: i64, outcome: Outcome) -> Self {
        let (failed, slow) = match outcome {
            Outcome::Healthy { slow } => (false, slow),
            Outcome::Failure { slow } => (true, slow),
            Outcome::Neutral | Outcome::Offline => (false, false),
        };
        Self { at_ms, failed, slow }
    }

    fn is_bad(self) -> bool {
        self.failed || self.slow
    }
}

/// How many calls ended, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Counts {
    completed: usize,
    failed: usize,
    slow: usize,
}

impl Counts {
    fn add(&mut self, sample: Sample) {
        self.completed += 1;
        self.failed += usize::from(sample.failed);
        self.slow += usize::from(sample.slow);
    }

    fn subtract(&mut self, other: Self) {
        self.completed -= other.completed;
        self.failed -= other.failed;
        self.slow -= other.slow;
    }
}

/// The calls that completed lately. Those of one millisecond leave together, so they are kept as their counts: however many
/// there are, nothing here grows past the milliseconds of the window.
#[derive(Debug, Clone, Default, PartialEq)]
struct Window {
    /// Oldest first.
    by_ms: VecDeque<(i64, Counts)>,
    /// Of all that is in the window.
    total: Counts,
    /// When each of the last failures ended that no success has followed, oldest first; no more of them than are judged.
    failures_in_a_row: VecDeque<i64>,
}

impl Window {
    fn push(&mut self, sample: Sample, settings: &Settings) {
        let left_ms = sample.at_ms.saturating_sub(settings.window_ms);
        while let Some((_, old)) = self.by_ms.pop_front_if(|(at_ms, _)| *at_ms <= left_ms) {
            self.total.subtract(old);
        }
        self.total.add(sample);
        match self.by_ms.back_mut() {
            Some((at_ms, counts)) if *at_ms == sample.at_ms => counts.add(sample),
            _ => {
                let mut counts = Counts::default();
                counts.add(sample);
                self.by_ms.push_back((sample.at_ms, counts));
            }
        }
        if !sample.failed {
            self.failures_in_a_row.clear();
            return;
        }
        self.failures_in_a_row.push_back(sample.at_ms);
        while self.failures_in_a_row.len() > settings.failed_in_a_row
            || self.failures_in_a_row.front().is_some_and(|at_ms| *at_ms <= left_ms)
        {
            self.failures_in_a_row.pop_front();
        }
    }

    /// Why the window opens the breaker, if it does.
    fn judge(&self, settings: &Settings) -> Option<String> {
        let Counts { completed, failed, slow } = self.total;
        let enough = completed >= settings.volume;
        let seconds = settings.window_ms / 1_000;
        if self.failures_in_a_row.len() >= settings.failed_in_a_row {
            return Some(format!("The last {} calls failed.", settings.failed_in_a_row));
        }
        if enough && failed * 100 >= completed * settings.failed_percent {
            return Some(format!("{failed} of the {completed} calls of the last {seconds} seconds failed."));
        }
        if enough && slow * 100 >= completed * settings.slow_percent {
            let slow_over = settings.slow_over_ms / 1_000;
            return Some(format!(
                "{slow} of the {completed} calls of the last {seconds} seconds took over {slow_over} seconds."
            ));
        }
        None
    }
}
