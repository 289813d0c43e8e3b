//! How a stand-in is set up: plan, faults, size of the world. Only values and how they are read from text.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

/// How a stand-in is to behave. `Default` is what the sample workspace uses, but for where its credits are kept.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// How many people there are.
    pub people: u32,
    /// The same seed gives the same people, the same answers and the same faults.
    pub seed: u64,
    pub plan: Plan,
    pub faults: Faults,
    /// How long the fault `hang` holds a request before it answers 504.
    pub hang: Duration,
    /// How long the fault `slow` waits before it answers.
    pub slow: Duration,
    /// What the fault `429` says in `retry-after`; whole seconds are sent.
    pub retry_after: Duration,
    /// What a page of the full search costs where there is anybody on it, in hundredths of a credit. Apollo took a credit for
    /// it once, and nobody can say what it takes from whom today.
    pub full_page_hundredths: u64,
    /// How often `webhook_result` says that a mobile is still on its way before it has one.
    pub pending_polls: u32,
    /// What it says about when to ask again; whole seconds are sent.
    pub poll_again: Duration,
    /// The file of credits that keys used and mobiles they ordered, shared with every other stand-in of the same seed that names
    /// it; none lets them end with this one.
    pub credits_file: Option<PathBuf>,
}

/// The file, in the folder of all data, of what the sample workspace's stand-ins charged.
const SAMPLE_CREDITS: &str = "sample-credits.json";

impl Options {
    /// The stand-in of the sample workspace of this folder of data: what it charged is in the workspace's ledger for good, so
    /// its own count must not begin anew with each start, and what it was paid for must come from the next one too.
    pub fn of_sample(data_dir: &Path) -> Self {
        Self { credits_file: Some(data_dir.join(SAMPLE_CREDITS)), ..Self::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            people: 100_000,
            seed: 1,
            plan: Plan::Professional,
            faults: Faults::default(),
            hang: Duration::from_mins(1),
            slow: Duration::from_secs(6),
            retry_after: Duration::from_secs(30),
            full_page_hundredths: 0,
            pending_polls: 2,
            poll_again: Duration::from_secs(10),
            credits_file: None,
        }
    }
}

/// The plan of every key. It decides what `mixed_people/search` and `mixed_companies/search` do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Plan {
    /// The full endpoint is open.
    #[default]
    Professional,
    /// The full endpoint is closed by the 422 "deprecated for API callers".
    Basic,
    /// The full endpoint is closed by a 403 that names the free plan.
    Free,
}

impl Plan {
    pub const ALL: [Self; 3] = [Self::Professional, Self::Basic, Self::Free];
}

impl fmt::Display for Plan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Professional => "professional",
            Self::Basic => "basic",
            Self::Free => "free",
        })
    }
}

impl FromStr for Plan {
    type Err = OptionError;

    fn from_str(text: &str) -> Result<Self, OptionError> {
        let known = Self::ALL.into_iter().find(|plan| plan.to_string() == text.trim().to_lowercase());
        known.ok_or_else(|| OptionError::Plan { given: text.to_owned() })
    }
}

/// One way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 429 with `retry-after`.
    TooMany,
    /// 500, 502, 503 or 504 with JSON.
    Server,
    /// The same with HTML, as from the edge.
    ServerHtml,
    /// 401: the key has been revoked.
    Revoked,
    /// 422 "insufficient credits" on what costs credits; elsewhere nothing.
    NoCredits,
    /// No answer until a long time has passed, and nothing done or charged.
    Hang,
    /// What costs credits is done and charged, then no answer until a long time has passed; elsewhere nothing.
    ChargedHang,
    /// What costs credits is done and charged, then a 5xx; elsewhere nothing.
    ChargedServer,
    /// The right answer, late.
    Slow,
    /// Everything is done and charged, then the connection closes in the middle of the body.
    Drop,
    /// 200 with HTML or with JSON that breaks off.
    Garbage,
    /// The right answer with texts that want to be more than text.
    Hostile,
    /// 422 because a parameter has the wrong type.
    WrongType,
    /// 422 because the page lies behind the 50,000th row.
    Wall,
    /// Enrichment answers, and charges for, another person or company than the one that was asked for.
    WrongPerson,
    /// Enrichment answers people of whom it knows an id and nothing else, free of charge.
    Shell,
    /// `webhook_result` has thrown its result away.
    Expired,
}

impl Fault {
    pub const ALL: [Self; 17] = [
        Self::TooMany,
        Self::Server,
        Self::ServerHtml,
        Self::Revoked,
        Self::NoCredits,
        Self::Hang,
        Self::ChargedHang,
        Self::ChargedServer,
        Self::Slow,
        Self::Drop,
        Self::Garbage,
        Self::Hostile,
        Self::WrongType,
        Self::Wall,
        Self::WrongPerson,
        Self::Shell,
        Self::Expired,
    ];

    /// The name in `KIND=RATE`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::TooMany => "429",
            Self::Server => "5xx",
            Self::ServerHtml => "5xx-html",
            Self::Revoked => "401",
            Self::NoCredits => "no-credits",
            Self::Hang => "hang",
            Self::ChargedHang => "charged-hang",
            Self::ChargedServer => "charged-5xx",
            Self::Slow => "slow",
            Self::Drop => "drop",
            Self::Garbage => "garbage",
            Self::Hostile => "hostile",
            Self::WrongType => "422",
            Self::Wall => "422-wall",
            Self::WrongPerson => "wrong-person",
            Self::Shell => "shell",
            Self::Expired => "410",
        }
    }

    fn kinds() -> String {
        Self::ALL.map(Self::kind).join(", ")
    }
}

/// How often each fault happens. Rates of all kinds add up to at most 1. Read from `"429=0.2,drop=0.05"` or from a
/// list of such parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults(Vec<(Fault, f64)>);

impl Faults {
    /// No faults at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads parts like `429=0.2`, as they come from the command line. A kind named twice keeps its last rate.
    pub fn from_parts<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Result<Self, OptionError> {
        let mut faults = Self::default();
        for part in parts {
            let (fault, rate) = read_part(part.as_ref())?;
            faults.0.retain(|(known, _)| *known != fault);
            faults.0.push((fault, rate));
        }
        let sum = faults.0.iter().map(|(_, rate)| rate).sum::<f64>();
        // Ten times 0.1 is a little more than 1.
        if sum > 1.0 + 1e-9 { Err(OptionError::FaultSum { sum }) } else { Ok(faults) }
    }

    /// The fault that a throw in `0.0..1.0` hits, if any.
    pub(crate) fn hit(&self, throw: f64) -> Option<Fault> {
        let mut end = 0.0;
        self.0
            .iter()
            .find(|(_, rate)| {
                end += rate;
                throw < end
            })
            .map(|(fault, _)| *fault)
    }
}

impl FromStr for Faults {
    type Err = OptionError;

    fn from_str(text: &str) -> Result<Self, OptionError> {
        Self::from_parts(text.split([',', ' ']).filter(|part| !part.is_empty()))
    }
}

fn read_part(part: &str) -> Result<(Fault, f64), OptionError> {
    let wrong = || OptionError::Fault { given: part.to_owned() };
    let (kind, rate) = part.trim().split_once('=').ok_or_else(wrong)?;
    let fault = Fault::ALL.into_iter().find(|fault| fault.kind() == kind.trim()).ok_or_else(wrong)?;
    let rate = rate.trim().parse::<f64>().ok().filter(|rate| (0.0..=1.0).contains(rate)).ok_or_else(wrong)?;
    Ok((fault, rate))
}

/// A setting that cannot be understood.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum OptionError {
    #[error("\"{given}\" is no plan. Use professional, basic or free.")]
    Plan { given: String },
    #[error(
        "\"{given}\" is no fault. Use KIND=RATE with KIND one of {} and RATE from 0 to 1, for example 429=0.2.",
        Fault::kinds()
    )]
    Fault { given: String },
    #[error("The rates of all faults add up to {sum:.2}; they may add up to at most 1.")]
    FaultSum { sum: f64 },
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_plan_reads_back_as_it_is_written() {
        for plan in Plan::ALL {
            assert_eq!(plan.to_string().parse(), Ok(plan));
        }
        assert!("gold".parse::<Plan>().unwrap_err().to_string().contains("professional, basic or free"));
    }

    #[test]
    fn a_wrong_fault_is_answered_with_the_kinds_there_are() {
        for wrong in ["teapot=0.1", "429", "429=2", "429=-1", "429=NaN", "hang=often", "="] {
            let message = wrong.parse::<Faults>().unwrap_err().to_string();
            for kind in Fault::ALL.map(Fault::kind) {
                assert!(message.contains(kind), "{message}");
            }
            assert!(message.contains("from 0 to 1"));
        }
        assert!(matches!("429=0.7,drop=0.7".parse::<Faults>(), Err(OptionError::FaultSum { .. })));
    }

    #[test]
    fn a_fault_happens_as_often_as_it_was_asked_for() {
        let faults = Faults::from_parts(["429=0.25", "drop=0.5"]).unwrap();
        let hits = (0..1000).map(|throw| faults.hit(f64::from(throw) / 1000.0)).collect::<Vec<_>>();
        assert_eq!(hits.iter().filter(|hit| **hit == Some(Fault::TooMany)).count(), 250);
        assert_eq!(hits.iter().filter(|hit| **hit == Some(Fault::Drop)).count(), 500);
        assert_eq!(Faults::none().hit(0.0), None);
    }
}
