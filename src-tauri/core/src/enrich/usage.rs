//! The ledger of credits: each paid request, when, for what, by which job, and what came of it; sums by day and month; and
//! Apollo's own count beside them, with the difference named.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::figures::Figure;
use super::journal::{Journal, REQUEST, moment, read_request};
use super::order::job_id;
use super::paid::{Booked, Request, State};
use super::tally::Tally;
use crate::credits::{Credits, credits_in_words};
use crate::error::Error;
use crate::foray::Foray;
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

/// What is known of a paid request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    OnItsWay,
    /// Answered and charged; its mobiles are on their way, and charged on top.
    MobilesOnTheirWay,
    Charged,
    Free,
    /// Waits for the user's word.
    MayBeCharged,
    /// Unknown for good, by the user's word.
    Accepted,
    /// Unknown, and asked again by the user's word.
    Repeated,
}

/// One paid request in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct UsageEntry {
    pub number: i64,
    #[ts(type = "string")]
    pub at: Timestamp,
    pub job: Uuid,
    /// What the job is about.
    pub title: String,
    /// Apollo's endpoint.
    pub endpoint: String,
    pub people: u64,
    pub found: u64,
    pub mobiles: bool,
    /// Above 1 when it was asked again by the user's word.
    pub attempt: u32,
    pub state: EntryState,
    pub charged: Credits,
    /// At most this much more may have been charged.
    pub unknown: Credits,
    /// Why it is free or unknown: the code of an error, or `crash`.
    pub why: Option<String>,
}

/// The sums of a day or a month of this computer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct UsageSpan {
    /// `2026-11-28` or `2026-11`.
    pub span: String,
    pub calls: u64,
    pub charged: Credits,
    pub unknown: Credits,
}

/// Apollo's own count beside the books, between the first and the last time it was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AgainstApollo {
    pub latest: Figure,
    #[ts(type = "string")]
    pub since: Timestamp,
    /// What Apollo's count went up by; null when it began anew.
    pub counted: Option<Credits>,
    /// What the books have of the same time.
    pub charged: Credits,
    pub unknown: Credits,
    /// The difference in words.
    pub sentence: String,
}

/// The ledger of one workspace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Usage {
    /// The newest first.
    pub entries: Vec<UsageEntry>,
    /// The newest first; only those with something in them.
    pub days: Vec<UsageSpan>,
    pub months: Vec<UsageSpan>,
    pub charged: Credits,
    pub unknown: Credits,
    /// Null when Apollo's count was never asked for.
    pub apollo: Option<AgainstApollo>,
}

impl Foray {
    /// The ledger of a workspace; makes no call.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn usage(&self, tenant: TenantId) -> Result<Usage, Error> {
        let journal = self.journal(tenant).await?;
        let entries = journal.entries().await?;
        let figures = match self.access(tenant).await?.account {
            Some(account) => journal.figures(account).await?,
            None => Vec::new(),
        };
        Ok(Usage {
            days: spans(&entries, "%Y-%m-%d"),
            months: spans(&entries, "%Y-%m"),
            charged: entries.iter().map(|entry| entry.charged).sum(),
            unknown: entries.iter().map(|entry| entry.unknown).sum(),
            apollo: against_apollo(&figures, &entries),
            entries,
        })
    }

    /// [`Self::usage`] after asking Apollo's own count; takes 1 call or 2, no credits.
    ///
    /// # Errors
    /// What keeps a call from being made or answered; the disk.
    pub async fn usage_asked(&self, tenant: TenantId) -> Result<Usage, Error> {
        let access = self.access(tenant).await?;
        let account = access.key().await?;
        self.ask_figure(&access, &account).await.figure?;
        self.usage(tenant).await
    }
}

impl Journal {
    async fn entries(&self) -> Result<Vec<UsageEntry>, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT {REQUEST}, number, journalled_at_ms, job, title, endpoint, mobiles, why,
                         (SELECT count(*) FROM paid_people WHERE request = number),
                         (SELECT count(*) FROM paid_people WHERE request = number AND outcome = 'found')
                         FROM paid_requests WHERE tenant = ?1 ORDER BY number DESC"
                    ))?
                    .query_map([tenant], read_entry)?
                    .collect()
            })
            .await
    }

    /// Whether Apollo has answered a paid request of this account.
    ///
    /// # Errors
    /// The disk.
    pub async fn has_paid(&self, account: AccountHash) -> Result<bool, Error> {
        let key = (self.tenant.to_string(), account.to_string());
        self.database
            .run(move |connection| {
                connection.query_row(
                    "SELECT EXISTS (SELECT 1 FROM paid_requests WHERE tenant = ?1 AND account = ?2 AND state IN ('charged', 'ordered'))",
                    key,
                    |row| row.get(0),
                )
            })
            .await
    }

    /// What the requests of a job came to, and how many mobiles came.
    ///
    /// # Errors
    /// The disk.
    pub async fn tally(&self, job: Uuid) -> Result<(Tally, u64), Error> {
        let (tenant, job) = (self.tenant.to_string(), job.to_string());
        self.database
            .run(move |connection| {
                let mut tally = Tally::default();
                let mut mobiles = 0;
                let mut statement = connection.prepare_cached(&format!(
                    "SELECT {REQUEST}, strangers, unreadable_rows, coalesce(sum(outcome = 'found'), 0),
                     coalesce(sum(outcome IN ('not_found', 'shell')), 0), coalesce(sum(outcome IN ('asked', 'repeated')), 0),
                     coalesce(sum(mobile = 'told'), 0)
                     FROM paid_requests LEFT JOIN paid_people ON request = number WHERE tenant = ?1 AND job = ?2 GROUP BY number"
                ))?;
                let mut rows = statement.query([tenant, job])?;
                while let Some(row) = rows.next()? {
                    let request = read_request(row)?;
                    let count = |column: usize| row.get::<_, i64>(column).map(|count| count.unsigned_abs() as usize);
                    let Booked { charged, unknown } = request.booked();
                    tally.charged += charged;
                    tally.unknown += unknown;
                    tally.strangers += count(4)?;
                    tally.unreadable_rows += count(5)?;
                    tally.found += count(6)?;
                    tally.not_found += count(7)?;
                    tally.undecided += count(8)?;
                    mobiles += count(9)? as u64;
                }
                Ok((tally, mobiles))
            })
            .await
    }
}

fn read_entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<UsageEntry> {
    let request = read_request(row)?;
    let Booked { charged, unknown } = request.booked();
    let count = |column: usize| row.get::<_, i64>(column).map(i64::unsigned_abs);
    Ok(UsageEntry {
        number: row.get(4)?,
        at: moment(row, 5)?.unwrap_or_default(),
        job: job_id(&row.get::<_, String>(6)?),
        title: row.get(7)?,
        endpoint: row.get(8)?,
        people: count(11)?,
        found: count(12)?,
        mobiles: row.get(9)?,
        attempt: request.attempt,
        state: entry_state(request),
        charged,
        unknown,
        why: row.get(10)?,
    })
}

fn entry_state(request: Request) -> EntryState {
    match request.state {
        State::Planned | State::Journalled | State::Sent => EntryState::OnItsWay,
        State::Ordered(_) => EntryState::MobilesOnTheirWay,
        State::Charged(_) => EntryState::Charged,
        State::Free => EntryState::Free,
        State::MayBeCharged => EntryState::MayBeCharged,
        State::Accepted => EntryState::Accepted,
        State::Repeated => EntryState::Repeated,
    }
}

fn spans(entries: &[UsageEntry], format: &str) -> Vec<UsageSpan> {
    let zone = TimeZone::system();
    let mut spans: BTreeMap<String, UsageSpan> = BTreeMap::new();
    for entry in entries {
        let name = entry.at.to_zoned(zone.clone()).strftime(format).to_string();
        let span = spans.entry(name.clone()).or_insert(UsageSpan {
            span: name,
            calls: 0,
            charged: Credits::NONE,
            unknown: Credits::NONE,
        });
        span.calls += 1;
        span.charged += entry.charged;
        span.unknown += entry.unknown;
    }
    spans.into_values().rev().collect()
}

fn against_apollo(figures: &[Figure], entries: &[UsageEntry]) -> Option<AgainstApollo> {
    let latest = *figures.last()?;
    let now = latest.consumed;
    // From where the count has only gone up: before that it was another billing cycle.
    let counts: Vec<&Figure> = figures.iter().filter(|figure| figure.consumed.is_some()).collect();
    let began = counts.windows(2).rposition(|pair| pair[1].consumed < pair[0].consumed).map_or(0, |at| at + 1);
    let first = counts.get(began).copied()?;
    let counted = now.zip(first.consumed).and_then(|(now, before)| now.checked_sub(before));
    let within = entries.iter().filter(|entry| entry.at >= first.told_at && entry.at <= latest.told_at);
    let (charged, unknown) = within.fold((Credits::NONE, Credits::NONE), |(charged, unknown), entry| {
        (charged + entry.charged, unknown + entry.unknown)
    });
    let sentence = difference(counted, charged, unknown);
    Some(AgainstApollo { latest, since: first.told_at, counted, charged, unknown, sentence })
}

/// What Apollo counts that the books do not have, or the other way round.
fn difference(counted: Option<Credits>, charged: Credits, unknown: Credits) -> String {
    let Some(counted) = counted else { return "Apollo did not tell how many credits were used.".to_owned() };
    let books = if unknown.is_none() {
        credits_in_words(charged)
    } else {
        format!("{} and at most {unknown} more that are unknown", credits_in_words(charged))
    };
    let said = format!("Apollo counts {} used since then; this ledger has {books}.", credits_in_words(counted));
    let verdict = if counted < charged {
        let back = charged.saturating_sub(counted);
        format!("{} less: Apollo has given some back, or counts later.", credits_in_words(back))
    } else if counted > charged + unknown {
        let more = counted.saturating_sub(charged + unknown);
        format!(
            "{} more: used elsewhere, by searches of full rows, other workspaces or others of your team.",
            credits_in_words(more)
        )
    } else if unknown.is_none() {
        "They agree.".to_owned()
    } else {
        let of_unknown = counted.saturating_sub(charged);
        format!("They agree if {} of the unknown were charged.", credits_in_words(of_unknown))
    };
    format!("{said} {verdict}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(counted: u64, charged: u64, unknown: u64) -> String {
        let sentence = difference(Some(Credits::whole(counted)), Credits::whole(charged), Credits::whole(unknown));
        sentence.split_once(". ").map(|(_, verdict)| verdict.to_owned()).unwrap_or_default()
    }

    #[test]
    fn the_difference_to_apollos_count_is_named() {
        assert_eq!(said(34, 34, 0), "They agree.");
        assert_eq!(said(40, 34, 10), "They agree if 6 credits of the unknown were charged.");
        let more = "1 credit more: used elsewhere, by searches of full rows, other workspaces or others of your team.";
        assert_eq!(said(45, 34, 10), more);
        assert_eq!(said(30, 34, 0), "4 credits less: Apollo has given some back, or counts later.");
    }
}
