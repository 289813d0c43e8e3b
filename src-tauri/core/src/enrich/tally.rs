//! What an enrichment came to, as it is told afterwards.

use std::fmt;

use super::asked::EnrichWhat;
use crate::credits::{Credits, credits_in_words, grouped};

/// Sums over the requests of one run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was asked for.
    pub what: EnrichWhat,
    pub found: usize,
    /// Those found of whom an e-mail address is known now.
    pub emails: usize,
    /// Those with a mobile that came; none where no mobiles were asked for.
    pub mobiles: Option<usize>,
    /// Nobody, or nobody of whom more than an id is known.
    pub not_found: usize,
    /// Answered with somebody else, or another company, who is kept as who they are.
    pub elsewhere: usize,
    /// Rows of people that nobody asked for, and that stand for nobody who was.
    pub strangers: usize,
    /// Rows out of which nobody could be read.
    pub unreadable_rows: usize,
    /// Asked for in requests of which nobody knows whether they were charged.
    pub undecided: usize,
    /// Not asked for after all: others saw to them meanwhile.
    pub left_out: usize,
    pub charged: Credits,
    /// At most this much more may have been charged.
    pub unknown: Credits,
}

impl Tally {
    pub fn asked(&self) -> usize {
        self.found + self.elsewhere + self.not_found + self.undecided
    }
}

/// “38 asked · 35 found · 34 e-mail addresses · 3 not found · 34.01 credits”; what there is none of is left out, but for
/// what was paid for.
impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: usize| grouped(count as u64);
        let elsewhere = match self.what {
            EnrichWhat::People => "answered with somebody else, who is kept as such",
            EnrichWhat::Companies => "answered with another company, which is kept as such",
        };
        write!(out, "{} asked", count(self.asked()))?;
        // Where no answer came at all nobody knows whether somebody would have been found, and where nobody was asked for it is no news.
        if self.undecided < self.asked() {
            write!(out, " · {} found", count(self.found))?;
        }
        if self.what == EnrichWhat::People && self.found > 0 {
            write!(out, " · {}", counted(self.emails, "e-mail address", "e-mail addresses"))?;
        }
        if let Some(mobiles) = self.mobiles.filter(|mobiles| self.found + mobiles > 0) {
            write!(out, " · {}", counted(mobiles, "mobile", "mobiles"))?;
        }
        for (number, what) in [
            (self.not_found, "not found"),
            (self.elsewhere, elsewhere),
            (self.strangers, "came whom nobody asked for"),
            (self.unreadable_rows, "could not be read"),
            (self.undecided, "without an answer"),
            (self.left_out, "asked for by another enrichment meanwhile, and not again"),
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

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count as u64), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_in_one_line() {
        let tally = Tally {
            found: 35,
            emails: 34,
            not_found: 3,
            charged: Credits::from_thousandths(34_010),
            ..Tally::default()
        };
        assert_eq!(tally.to_string(), "38 asked · 35 found · 34 e-mail addresses · 3 not found · 34.01 credits");
        let with_mobiles =
            Tally { found: 1, emails: 1, mobiles: Some(0), charged: Credits::whole(1), ..Tally::default() };
        assert_eq!(with_mobiles.to_string(), "1 asked · 1 found · 1 e-mail address · 0 mobiles · 1 credit");
        let companies = Tally { what: EnrichWhat::Companies, found: 2, charged: Credits::whole(2), ..Tally::default() };
        assert_eq!(companies.to_string(), "2 asked · 2 found · 2 credits");
    }

    #[test]
    fn whoever_came_instead_and_what_nobody_knows_the_price_of_are_told_beside_it() {
        let tally = Tally {
            found: 1,
            elsewhere: 2,
            strangers: 1,
            undecided: 10,
            charged: Credits::whole(1),
            unknown: Credits::whole(11),
            ..Tally::default()
        };
        assert_eq!(
            tally.to_string(),
            "13 asked · 1 found · 0 e-mail addresses · 2 answered with somebody else, who is kept as such · 1 came whom nobody asked for · \
             10 without an answer · 1 credit · at most 11 more may have been charged"
        );
        let lost = Tally { undecided: 10, unknown: Credits::whole(10), ..Tally::default() };
        assert_eq!(
            lost.to_string(),
            "10 asked · 10 without an answer · 0 credits · at most 10 more may have been charged"
        );
        let seen_to = Tally { left_out: 7, ..Tally::default() };
        assert_eq!(
            seen_to.to_string(),
            "0 asked · 7 asked for by another enrichment meanwhile, and not again · 0 credits"
        );
        let companies = Tally { what: EnrichWhat::Companies, elsewhere: 1, ..Tally::default() };
        assert!(companies.to_string().contains(" · 1 answered with another company, which is kept as such · "));
    }
}
