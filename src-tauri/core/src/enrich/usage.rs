//! The ledger of credits: each call, when, for what, by which job, what it cost and what came of it; sums by day and month.
//! Apollo's own count beside them stands in `against`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::against::AgainstApollo;
use super::journal::Slot;
use crate::credits::Credits;
use crate::error::Error;
use crate::foray::Foray;
use crate::tenant::TenantId;

/// What is known of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    OnItsWay,
    /// Answered and charged; its mobiles are on their way, and charged on top.
    MobilesOnTheirWay,
    Charged,
    Free,
    /// It brought its page, and Apollo does not tell what it cost.
    PriceUntold,
    /// Waits for the user's word.
    MayBeCharged,
    /// Unknown for good, by the user's word.
    Accepted,
    /// Unknown, and asked again by the user's word.
    Repeated,
}

/// One call in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct UsageEntry {
    /// Null for a call that could cost nothing: it is noted only after it was made.
    pub number: Option<i64>,
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Null for what was clicked for.
    pub job: Option<Uuid>,
    /// What it is for; empty where the endpoint says so.
    pub title: String,
    /// Apollo's endpoint.
    pub endpoint: String,
    /// Domain of the company that was asked for; null for all else.
    pub company: Option<String>,
    /// How many were asked for, people or the one company, or came on the page.
    pub people: u64,
    /// Null where no answer has come, so that nobody knows.
    pub found: Option<u64>,
    /// How many were answered with somebody else, or another company, who is kept as who they are.
    pub elsewhere: u64,
    /// People who came, and may have been charged for, whom nobody asked for and who stand for nobody who was.
    pub strangers: u64,
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

/// Which calls of the ledger are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UsageListed {
    /// No more than the newest so many; null for all.
    pub newest: Option<u32>,
    /// Only those that may have cost something.
    pub paid: bool,
}

/// The ledger of one workspace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Usage {
    /// The newest first. Calls that cost nothing are kept for 90 days.
    pub entries: Vec<UsageEntry>,
    /// How many there are, also where not all of them are listed.
    pub calls: u64,
    /// Of these, the ones that could cost nothing.
    pub free_calls: u64,
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
        self.usage_listing(tenant, UsageListed::default()).await
    }

    /// [`Self::usage`] with some of its calls; the sums are of all.
    ///
    /// # Errors
    /// As there.
    pub async fn usage_listing(&self, tenant: TenantId, listed: UsageListed) -> Result<Usage, Error> {
        self.find_lost(tenant).await?;
        let journal = self.journal(tenant).await?;
        let apollo = match self.access(tenant).await?.account {
            Some(account) => journal.against_apollo(account).await?,
            None => None,
        };
        let slots = journal.slots().await?;
        Ok(Usage {
            entries: journal.entries(listed).await?,
            calls: slots.iter().map(|slot| slot.calls).sum(),
            free_calls: slots.iter().map(|slot| slot.free_calls).sum(),
            days: spans(&slots, "%Y-%m-%d"),
            months: spans(&slots, "%Y-%m"),
            charged: slots.iter().map(|slot| slot.booked.charged).sum(),
            unknown: slots.iter().map(|slot| slot.booked.unknown).sum(),
            apollo,
        })
    }

    /// Asks Apollo's own count, to be followed by a look at the ledger; takes 1 call or 2, no credits. Pages of unknown price
    /// that the count decides are settled.
    ///
    /// # Errors
    /// What keeps a call from being made or answered; the disk.
    pub async fn ask_usage(&self, tenant: TenantId) -> Result<(), Error> {
        let access = self.access(tenant).await?;
        let account = access.key().await?;
        self.ask_figure(&access, &account).await.figure?;
        self.settle_pages(tenant, account.hash).await
    }
}

fn spans(slots: &[Slot], format: &str) -> Vec<UsageSpan> {
    let zone = TimeZone::system();
    let mut spans: BTreeMap<String, UsageSpan> = BTreeMap::new();
    for Slot { began, calls, booked, .. } in slots {
        let name = began.to_zoned(zone.clone()).strftime(format).to_string();
        let span = spans.entry(name.clone()).or_insert(UsageSpan {
            span: name,
            calls: 0,
            charged: Credits::NONE,
            unknown: Credits::NONE,
        });
        span.calls += calls;
        span.charged += booked.charged;
        span.unknown += booked.unknown;
    }
    spans.into_values().rev().collect()
}
