//! What an enrichment came to, as it is told afterwards.

use std::fmt;

use super::asked::EnrichWhat;
use crate::apollo::enrichment::{Enrichment, Matched};
use crate::credits::{Credits, credits_in_words, grouped};

/// Sums over the requests of one run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was asked for.
    pub what: EnrichWhat,
    pub found: usize,
    /// Nobody, or nobody of whom more than an id is known.
    pub not_found: usize,
    /// Rows of people, or companies, that nobody asked for. They are refused.
    pub strangers: usize,
    /// Rows out of which nobody could be read.
    pub unreadable_rows: usize,
    /// Asked for in requests of which nobody knows whether they were charged.
    pub undecided: usize,
    pub charged: Credits,
    /// At most this much more may have been charged.
    pub unknown: Credits,
}

impl Tally {
    /// Adds an answer; one without a price may have cost up to `at_most`.
    pub fn answered(&mut self, answer: &Enrichment, at_most: Credits) {
        let found = answer.matches.iter().filter(|matched| matches!(matched, Matched::Found(_))).count();
        self.found += found;
        self.not_found += answer.matches.len() - found;
        self.strangers += answer.strangers;
        self.unreadable_rows += answer.unreadable_rows;
        match answer.credits {
            Some(credits) => self.charged += credits,
            None => self.unknown += at_most,
        }
    }

    /// Adds a request that was lost on the way.
    pub fn lost(&mut self, people: usize, at_most: Credits) {
        self.undecided += people;
        self.unknown += at_most;
    }

    pub fn asked(&self) -> usize {
        self.found + self.not_found + self.undecided
    }
}

/// “38 asked · 35 found · 3 not found · 34.01 credits”; what there is none of is left out.
impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: usize| grouped(count as u64);
        let strangers = match self.what {
            EnrichWhat::People => "rows of other people refused",
            EnrichWhat::Companies => "answered with another company, refused",
        };
        write!(out, "{} asked · {} found", count(self.asked()), count(self.found))?;
        for (number, what) in [
            (self.not_found, "not found"),
            (self.strangers, strangers),
            (self.unreadable_rows, "rows that could not be read"),
            (self.undecided, "without an answer"),
        ] {
            if number > 0 {
                write!(out, " · {} {what}", count(number))?;
            }
        }
        write!(out, " · {}", credits_in_words(self.charged))?;
        if !self.unknown.is_none() {
            write!(out, " · at most {} more may have been charged", self.unknown)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apollo::enrichment::EnrichedPerson;

    fn answer(found: usize, not_found: usize, credits: Option<Credits>) -> Enrichment {
        let somebody = || Matched::Found(Box::<EnrichedPerson>::default());
        let matches = (0..found).map(|_| somebody()).chain((0..not_found).map(|_| Matched::NotFound)).collect();
        Enrichment { matches, strangers: 0, unreadable_rows: 0, credits, request_id: None }
    }

    #[test]
    fn a_run_is_told_in_one_line() {
        let mut tally = Tally::default();
        for (found, not_found, thousandths) in [(10, 0, 10_000), (9, 1, 8_010), (10, 0, 10_000), (6, 2, 6_000)] {
            tally.answered(&answer(found, not_found, Some(Credits::from_thousandths(thousandths))), Credits::whole(10));
        }
        assert_eq!(tally.to_string(), "38 asked · 35 found · 3 not found · 34.01 credits");
    }

    #[test]
    fn what_nobody_knows_the_price_of_is_told_beside_what_was_charged() {
        let mut tally = Tally::default();
        tally.answered(&Enrichment { strangers: 1, ..answer(0, 1, Some(Credits::whole(1))) }, Credits::whole(1));
        tally.answered(&answer(1, 0, None), Credits::whole(1));
        tally.lost(10, Credits::whole(10));
        assert_eq!(
            tally.to_string(),
            "12 asked · 1 found · 1 not found · 1 rows of other people refused · 10 without an answer · 1 credit · at most \
             11 more may have been charged"
        );
    }
}
