//! How much may be spent: caps that the user sets, as hard stops. A request is admitted by its bound, so that no cap is ever
//! passed, whatever it comes to cost. To be asked in the transaction that writes the request into the journal, with what is
//! on its way already counted at its bound: two windows that spend at once share one cap.

use std::fmt;

use crate::credits::{Credits, credits_in_words};
use crate::workspace::CreditCaps;

/// The most that may be spent; none for no cap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caps {
    /// By one job: an enrichment, an export, a re-run.
    pub job: Option<Credits>,
    /// By the workspace, on this computer's day.
    pub day: Option<Credits>,
    /// By the workspace, in this computer's month.
    pub month: Option<Credits>,
    /// By the workspace, ever.
    pub workspace: Option<Credits>,
}

impl From<CreditCaps> for Caps {
    fn from(set: CreditCaps) -> Self {
        let [job, day, month, workspace] =
            [set.job, set.day, set.month, set.workspace].map(|cap| cap.map(|cap| Credits::whole(cap.into())));
        Self { job, day, month, workspace }
    }
}

/// What was spent in the same spans: what was charged, and the bounds of all that may have been or may yet be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    pub job: Credits,
    pub day: Credits,
    pub month: Credits,
    pub workspace: Credits,
}

/// Which limit holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Job,
    Day,
    Month,
    Workspace,
}

const LEAVES: &str = "leaves";
const LEFT: &str = "left";

impl Limit {
    const ALL: [Self; 4] = [Self::Job, Self::Day, Self::Month, Self::Workspace];

    fn span(self) -> &'static str {
        match self {
            Self::Job => "for this job",
            Self::Day => "for today",
            Self::Month => "for this month",
            Self::Workspace => "for this workspace",
        }
    }

    /// The limit that a stop's sentence speaks of: all that is kept of what held a job is its sentence.
    pub fn told_by(sentence: &str) -> Option<Self> {
        let speaks_of =
            |limit: &Self| [LEAVES, LEFT].iter().any(|verb| sentence.contains(&format!("{} {verb} ", limit.span())));
        Self::ALL.into_iter().find(speaks_of)
    }
}

/// A cap that the next request might pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    pub limit: Limit,
    pub cap: Credits,
    /// What the cap still leaves.
    pub left: Credits,
    /// What the request could cost.
    pub at_most: Credits,
}

impl Caps {
    /// Whether a request that costs this at most may be made.
    ///
    /// # Errors
    /// The first cap it might pass.
    pub fn admit(&self, spent: &Spent, at_most: Credits) -> Result<(), Stop> {
        match self.tightest(spent) {
            Some((limit, cap, left)) if at_most > left => Err(Stop { limit, cap, left, at_most }),
            _ => Ok(()),
        }
    }

    /// What may still be spent; none without a cap.
    pub fn left(&self, spent: &Spent) -> Option<Credits> {
        self.tightest(spent).map(|(_, _, left)| left)
    }

    /// The cap that leaves least.
    fn tightest(&self, spent: &Spent) -> Option<(Limit, Credits, Credits)> {
        let caps = [
            (Limit::Job, self.job, spent.job),
            (Limit::Day, self.day, spent.day),
            (Limit::Month, self.month, spent.month),
            (Limit::Workspace, self.workspace, spent.workspace),
        ];
        let left = caps.into_iter().filter_map(|(limit, cap, spent)| Some((limit, cap?, cap?.saturating_sub(spent))));
        left.min_by_key(|(_, _, left)| *left)
    }
}

impl Stop {
    /// “The cap of 20 credits for this month leaves 3 credits”.
    pub fn leaves(&self) -> String {
        self.told(LEAVES)
    }

    /// As it was when it stopped something, which is kept: a cap may be raised since.
    pub fn in_the_past(&self) -> String {
        let at_most = credits_in_words(self.at_most);
        format!("{}, and the next call could have cost {at_most}, so it was not made.", self.told(LEFT))
    }

    fn told(&self, verb: &str) -> String {
        let [cap, left] = [self.cap, self.left].map(credits_in_words);
        format!("The cap of {cap} {} {verb} {left}", self.limit.span())
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at_most = credits_in_words(self.at_most);
        write!(out, "{}, and the next call could cost {at_most}, so it is not made.", self.leaves())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_tightest_cap_stops_and_says_so() {
        let caps = Caps { job: Some(Credits::whole(50)), month: Some(Credits::whole(200)), ..Caps::default() };
        let spent = Spent { job: Credits::whole(10), month: Credits::whole(197), ..Spent::default() };
        assert_eq!(caps.left(&spent), Some(Credits::whole(3)));
        assert_eq!(caps.admit(&spent, Credits::whole(3)), Ok(()));
        let said = caps.admit(&spent, Credits::whole(10)).map_err(|stop| stop.to_string());
        let expected = "The cap of 200 credits for this month leaves 3 credits, and the next call could cost 10 credits, so it is not made.";
        assert_eq!(said, Err(expected.to_owned()));
        let kept = caps.admit(&spent, Credits::whole(10)).map_err(|stop| stop.in_the_past()).err().unwrap_or_default();
        assert!(
            kept.starts_with("The cap of 200 credits for this month left 3 credits, and the next call could have"),
            "{kept}"
        );
        for told in [expected, &kept] {
            assert_eq!(Limit::told_by(told), Some(Limit::Month));
        }
    }

    #[test]
    fn without_caps_nothing_stops_and_a_cap_of_nothing_stops_everything() {
        let spent = Spent { workspace: Credits::whole(1_000_000), ..Spent::default() };
        assert_eq!(Caps::default().admit(&spent, Credits::whole(90)), Ok(()));
        let nothing = Caps { workspace: Some(Credits::NONE), ..Caps::default() };
        assert!(nothing.admit(&Spent::default(), Credits::from_thousandths(1)).is_err());
        assert_eq!(nothing.admit(&Spent::default(), Credits::NONE), Ok(()), "what is free passes");
    }

    proptest! {
        /// Requests of random bounds, each of which costs anything up to its bound.
        #[test]
        fn no_cap_is_ever_passed(caps in any::<[Option<u16>; 4]>(), requests in prop::collection::vec((0_u64..90, 0.0..=1.0_f64), 0..60)) {
            let [job, day, month, workspace] = caps.map(|cap| cap.map(|cap| Credits::whole(u64::from(cap))));
            let caps = Caps { job, day, month, workspace };
            let mut spent = Spent::default();
            for (bound, share) in requests {
                if caps.admit(&spent, Credits::whole(bound)).is_ok() {
                    let cost = Credits::from_thousandths((bound as f64 * 1000.0 * share) as u64);
                    for span in [&mut spent.job, &mut spent.day, &mut spent.month, &mut spent.workspace] {
                        *span += cost;
                    }
                }
            }
            for (cap, spent) in [(job, spent.job), (day, spent.day), (month, spent.month), (workspace, spent.workspace)] {
                prop_assert!(cap.is_none_or(|cap| spent <= cap));
            }
        }
    }
}
