//! Apollo's own count of credits beside the books: what both have of the time between its first count and its latest, with
//! the difference named, and what was paid after the latest, which no count has yet. Makes no call.

use jiff::Timestamp;
use rusqlite::params;
use serde::Serialize;
use ts_rs::TS;

use super::figures::Figure;
use super::journal::{CHARGED, Journal, UNKNOWN, read_credits};
use super::paid::Booked;
use crate::credits::{Credits, credits_in_words};
use crate::error::Error;
use crate::rate_limit::AccountHash;

/// Apollo's own count beside the books, between the first and the last time it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AgainstApollo {
    /// When it was told is when the comparison was made: nothing that is newer is in it.
    pub latest: Figure,
    /// When the first count of the same billing cycle was told.
    #[ts(type = "string")]
    pub since: Timestamp,
    /// What Apollo's count went up by; null when it began anew.
    pub counted: Option<Credits>,
    /// What the books have of the same time.
    pub charged: Credits,
    pub unknown: Credits,
    /// What was paid after the latest count, and so is not in it.
    pub charged_after: Credits,
    pub unknown_after: Credits,
    /// The difference in words.
    pub sentence: String,
}

impl Journal {
    /// How Apollo's counts of an account stand to the books; none where it was never asked for.
    ///
    /// # Errors
    /// The disk.
    pub(super) async fn against_apollo(&self, account: AccountHash) -> Result<Option<AgainstApollo>, Error> {
        let Some(compared) = Compared::of(&self.figures(account).await?) else { return Ok(None) };
        let (first, latest) = (compared.first.number, compared.latest.number);
        let within = self.booked_for(account, first, latest).await?;
        let after = self.booked_for(account, latest, i64::MAX).await?;
        Ok(Some(compared.with(within, after)))
    }

    /// What was booked for requests that went out after one count and before another. Which was the last before a request
    /// the journal knows, whatever the clock said; of pages that earlier versions fetched only the clock does.
    async fn booked_for(&self, account: AccountHash, from: i64, to: i64) -> Result<Booked, Error> {
        let key = (self.tenant.to_string(), account.to_string());
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "WITH placed AS (
                             SELECT *, iif(account = '', (SELECT max(number) FROM credit_figures AS told
                                 WHERE told.tenant = ?1 AND told.account = ?2 AND told_at_ms <= journalled_at_ms), figure) AS after
                             FROM paid_requests WHERE tenant = ?1 AND account IN (?2, '')
                         )
                         SELECT coalesce(sum({CHARGED}), 0), coalesce(sum({UNKNOWN}), 0) FROM placed
                         WHERE after >= ?3 AND after < ?4"
                    ))?
                    .query_row(params![key.0, key.1, from, to], |row| {
                        Ok(Booked { charged: read_credits(row, 0)?, unknown: read_credits(row, 1)? })
                    })
            })
            .await
    }
}

/// Apollo's counts that are held against the books: the newest, and the first of the same billing cycle.
#[derive(Debug)]
struct Compared {
    first: Figure,
    latest: Figure,
    counted: Option<Credits>,
}

impl Compared {
    fn of(figures: &[Figure]) -> Option<Self> {
        let latest = *figures.last()?;
        let now = latest.consumed;
        // A count that went down began anew there: another billing cycle.
        let counts: Vec<&Figure> = figures.iter().filter(|figure| figure.consumed.is_some()).collect();
        let began = counts.windows(2).rposition(|pair| pair[1].consumed < pair[0].consumed).map_or(0, |at| at + 1);
        let first = **counts.get(began)?;
        let counted = now.zip(first.consumed).and_then(|(now, before)| now.checked_sub(before));
        Some(Self { first, latest, counted })
    }

    /// Beside what the books have of the same time, and of the time after it.
    fn with(self, within: Booked, after: Booked) -> AgainstApollo {
        let verdict = if self.first.number == self.latest.number {
            "Apollo has told one count of this billing cycle so far, so there is nothing to compare yet.".to_owned()
        } else {
            difference(self.counted, within)
        };
        AgainstApollo {
            latest: self.latest,
            since: self.first.told_at,
            counted: self.counted,
            charged: within.charged,
            unknown: within.unknown,
            charged_after: after.charged,
            unknown_after: after.unknown,
            sentence: verdict + &not_counted_yet(after),
        }
    }
}

/// “12 credits”, “12 credits and at most 3 more that are unknown”.
fn booked_in_words(Booked { charged, unknown }: Booked) -> String {
    let charged = credits_in_words(charged);
    if unknown.is_none() { charged } else { format!("{charged} and at most {unknown} more that are unknown") }
}

/// What Apollo counts that the books do not have, or the other way round.
fn difference(counted: Option<Credits>, books: Booked) -> String {
    let Some(counted) = counted else { return "Apollo did not tell how many credits were used.".to_owned() };
    let Booked { charged, unknown } = books;
    let said = format!(
        "Apollo counts {} used in that time; this ledger has {}.",
        credits_in_words(counted),
        booked_in_words(books)
    );
    let verdict = if counted < charged {
        let back = charged.saturating_sub(counted);
        format!("{} less: Apollo has given some back, or counts later.", credits_in_words(back))
    } else if counted > charged + unknown {
        let more = counted.saturating_sub(charged + unknown);
        format!("{} more: used elsewhere, by other workspaces or others of your team.", credits_in_words(more))
    } else if unknown.is_none() {
        "They agree.".to_owned()
    } else {
        let of_unknown = counted.saturating_sub(charged);
        format!("They agree if {} of the unknown were charged, and nobody else used any.", credits_in_words(of_unknown))
    };
    format!("{said} {verdict}")
}

/// What was paid after the latest count: nobody has compared that yet.
fn not_counted_yet(after: Booked) -> String {
    if after == Booked::default() {
        return String::new();
    }
    format!(" Paid after that count, and not in it: {}.", booked_in_words(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booked(charged: u64, unknown: u64) -> Booked {
        Booked { charged: Credits::whole(charged), unknown: Credits::whole(unknown) }
    }

    fn said(counted: u64, charged: u64, unknown: u64) -> String {
        let sentence = difference(Some(Credits::whole(counted)), booked(charged, unknown));
        sentence.split_once(". ").map(|(_, verdict)| verdict.to_owned()).unwrap_or_default()
    }

    fn figure(number: i64, consumed: u64) -> Figure {
        Figure { consumed: Some(Credits::whole(consumed)), left: None, told_at: Timestamp::UNIX_EPOCH, number }
    }

    #[test]
    fn the_difference_to_apollos_count_is_named() {
        assert_eq!(said(34, 34, 0), "They agree.");
        assert_eq!(said(40, 34, 10), "They agree if 6 credits of the unknown were charged, and nobody else used any.");
        let more = "1 credit more: used elsewhere, by other workspaces or others of your team.";
        assert_eq!(said(45, 34, 10), more);
        assert_eq!(said(30, 34, 0), "4 credits less: Apollo has given some back, or counts later.");
    }

    #[test]
    fn what_was_paid_after_a_count_is_told_beside_it_and_one_count_compares_nothing() {
        let told = |figures: &[Figure], within, after| {
            Compared::of(figures).map(|compared| compared.with(within, after).sentence).unwrap_or_default()
        };
        assert_eq!(
            told(&[figure(1, 0), figure(2, 12)], booked(12, 0), booked(7, 3)),
            "Apollo counts 12 credits used in that time; this ledger has 12 credits. They agree. Paid after that count, and not \
             in it: 7 credits and at most 3 more that are unknown."
        );
        let one = "Apollo has told one count of this billing cycle so far, so there is nothing to compare yet.";
        assert_eq!(told(&[figure(1, 0)], Booked::default(), Booked::default()), one);
        let anew = told(&[figure(1, 40), figure(2, 5)], Booked::default(), booked(1, 0));
        assert!(anew.starts_with(one) && anew.contains("not in it: 1 credit."), "{anew}");
    }
}
