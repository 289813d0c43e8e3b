//! Apollo's own count of an account's credits, which the job of an enrichment asks for before it pays: what lies between two
//! counts says what became of a request in between. Free of credits, 1 call, 2 where the key may not read the team's usage.

use jiff::Timestamp;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::books::MAY_STILL_ARRIVE_MS;
use super::journal::{Journal, moment};
use crate::access::{Access, Account};
use crate::apollo::usage::{CREDIT_USAGE, PROFILE, read_credit_usage, read_profile};
use crate::credits::Credits;
use crate::error::Error;
use crate::foray::Foray;
use crate::rate_limit::{AccountHash, EndpointClass};

/// A count is not asked for anew within this time, if all that was paid since is known: it says as much then. Not longer,
/// since the whole team uses credits and a look-up decides only what nothing else explains.
const GOOD_FOR_MS: i64 = 10 * 60_000;

/// What Apollo said of an account's credits at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Figure {
    /// Used in this billing cycle, by the whole team.
    pub consumed: Option<Credits>,
    pub left: Option<Credits>,
    #[ts(type = "string")]
    pub told_at: Timestamp,
    /// Its place among the counts of the workspace; 0 until it is kept.
    #[serde(skip)]
    #[ts(skip)]
    pub number: i64,
}

/// What asking for a figure came to.
#[derive(Debug)]
pub struct Told {
    pub calls_spent: u32,
    /// None when this key may not read it.
    pub figure: Result<Option<Figure>, Error>,
}

impl Foray {
    /// Asks Apollo how many credits were used, and keeps what it says.
    pub(crate) async fn ask_figure(&self, access: &Access, account: &Account) -> Told {
        let gateway = self.searches().gateway();
        let usage = gateway.post(access, account, EndpointClass::Other, CREDIT_USAGE, &json!({})).await;
        let mut calls_spent = usage.calls_spent;
        let told_at = self.clock().now();
        let mut figure = match usage.body.and_then(|body| read_credit_usage(&body)) {
            Ok(usage) => Ok(Some((usage.lead().consumed, usage.lead().left))),
            Err(error) if is_about_the_endpoint(&error) => Ok(None),
            Err(error) => Err(error),
        };
        if let Ok(None) = figure {
            let profile = gateway.get(access, account, EndpointClass::Other, PROFILE).await;
            calls_spent += profile.calls_spent;
            figure = match profile.body.and_then(|body| read_profile(&body)) {
                Ok(profile) => Ok(Some((profile.credits_used, profile.credits_left))),
                Err(error) if is_about_the_endpoint(&error) => Ok(None),
                Err(error) => Err(error),
            };
        }
        let figure = figure.map(|told| told.map(|(consumed, left)| Figure { consumed, left, told_at, number: 0 }));
        let kept = match figure {
            Ok(Some(figure)) => self.keep_figure(access, account, figure).await,
            _ => Ok(()),
        };
        Told { calls_spent, figure: kept.and(figure) }
    }

    /// Keeps what Apollo said of an account's credits; where there are some again, what waits for them goes on.
    pub(crate) async fn keep_figure(&self, access: &Access, account: &Account, figure: Figure) -> Result<(), Error> {
        if figure.left.is_some_and(|left| !left.is_none()) {
            self.searches().gateway().gates().reopen_paid(account.hash).await?;
        }
        Journal::new(access.tenant(), &access.files).keep(account.hash, figure).await
    }
}

/// Whether another endpoint may tell all the same.
fn is_about_the_endpoint(error: &Error) -> bool {
    matches!(error, Error::Forbidden { .. } | Error::Refused { .. } | Error::Gone { .. } | Error::Unreadable)
}

impl Journal {
    async fn keep(&self, account: AccountHash, figure: Figure) -> Result<(), Error> {
        let Figure { consumed, left, told_at, .. } = figure;
        let thousandths = |credits: Option<Credits>| credits.map(|credits| credits.thousandths() as i64);
        let row = (
            self.tenant.to_string(),
            account.to_string(),
            told_at.as_millisecond(),
            thousandths(consumed),
            thousandths(left),
        );
        self.database
            .run(move |connection| {
                connection.execute(
                    "INSERT INTO credit_figures (tenant, account, told_at_ms, consumed, remaining) VALUES (?1, ?2, ?3, ?4, ?5)",
                    row,
                )
            })
            .await?;
        Ok(())
    }

    /// Whether Apollo's count of an account is known well enough to pay without asking for it once more.
    ///
    /// # Errors
    /// The disk.
    pub async fn is_counted(&self, account: AccountHash, now: Timestamp) -> Result<bool, Error> {
        let (tenant, account, now_ms) = (self.tenant.to_string(), account.to_string(), now.as_millisecond());
        self.database
            .run(move |connection| {
                connection.query_row(
                    "SELECT EXISTS (
                         SELECT 1 FROM credit_figures WHERE tenant = ?1 AND account = ?2 AND consumed IS NOT NULL
                         AND told_at_ms BETWEEN ?3 AND ?4 AND NOT EXISTS (
                             SELECT 1 FROM paid_requests WHERE paid_requests.tenant = ?1 AND paid_requests.account = ?2
                             AND journalled_at_ms >= told_at_ms - ?5 AND paid_requests.state NOT IN ('charged', 'free')
                         )
                     )",
                    params![tenant, account, now_ms - GOOD_FOR_MS, now_ms, MAY_STILL_ARRIVE_MS],
                    |row| row.get(0),
                )
            })
            .await
    }

    /// What Apollo said of an account, oldest first.
    ///
    /// # Errors
    /// The disk.
    pub async fn figures(&self, account: AccountHash) -> Result<Vec<Figure>, Error> {
        let key = (self.tenant.to_string(), account.to_string());
        self.database
            .run(move |connection| {
                let credits = |row: &rusqlite::Row<'_>, column| -> rusqlite::Result<Option<Credits>> {
                    let thousandths: Option<i64> = row.get(column)?;
                    Ok(thousandths.map(|thousandths| Credits::from_thousandths(thousandths.unsigned_abs())))
                };
                connection
                    .prepare_cached(
                        "SELECT consumed, remaining, told_at_ms, number FROM credit_figures WHERE tenant = ?1 AND account = ?2
                         ORDER BY told_at_ms, number",
                    )?
                    .query_map(params![key.0, key.1], |row| {
                        Ok(Figure {
                            consumed: credits(row, 0)?,
                            left: credits(row, 1)?,
                            told_at: moment(row, 2)?.unwrap_or_default(),
                            number: row.get(3)?,
                        })
                    })?
                    .collect()
            })
            .await
    }
}
