//! All that is known of one account's credits, from the journals of every workspace that uses it: its paid requests and
//! Apollo's own counts, and what the counts say of one of the requests.

use rusqlite::params;

use super::journal::{Journal, REQUEST, read_credits, read_request};
use super::look_up::{Figures, LookedUp, look_up};
use super::paid::{Request, State};
use crate::credits::{Credits, credits_in_words};
use crate::error::Error;
use crate::foray::Foray;
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

/// A request that was lost may still arrive at Apollo, and be charged, for this long: before that no count says that it was
/// not.
pub const MAY_STILL_ARRIVE_MS: i64 = 60_000;
/// A count that went up says less the longer it took, since the whole team shares it.
const TRUSTED_FOR_MS: i64 = 3_600_000;

/// The account of pages that earlier versions fetched without writing it down: they may be anybody's.
const ANY_ACCOUNT: &str = "''";

/// A paid request as the look-up sees it.
#[derive(Debug, Clone)]
pub struct Paid {
    pub tenant: TenantId,
    pub number: i64,
    pub request: Request,
    /// The number of Apollo's last count before it went out.
    count: Option<i64>,
    began_ms: i64,
    ended_ms: Option<i64>,
}

/// How many credits Apollo counted at a moment, as one workspace was told.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    number: i64,
    told_ms: i64,
    consumed: Credits,
}

/// All that is known of one account's credits.
#[derive(Debug)]
pub struct Books {
    paid: Vec<Paid>,
    /// Those the workspace that asks was told, in their order.
    counts: Vec<Count>,
}

impl Foray {
    /// The books of an account, from the journals of all workspaces that use it.
    pub(super) async fn books(&self, tenant: TenantId, account: AccountHash) -> Result<Books, Error> {
        let counts = self.journal(tenant).await?.counts(account).await?;
        let mut books = Books { counts, paid: Vec::new() };
        for workspace in self.workspaces_of(account).await? {
            self.journal(workspace).await?.add_to(account, &mut books).await?;
        }
        Ok(books)
    }
}

impl Journal {
    async fn counts(&self, account: AccountHash) -> Result<Vec<Count>, Error> {
        let key = (self.tenant.to_string(), account.to_string());
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT number, told_at_ms, consumed FROM credit_figures WHERE tenant = ?1 AND account = ?2
                         AND consumed IS NOT NULL ORDER BY number",
                    )?
                    .query_map(key, |row| {
                        Ok(Count { number: row.get(0)?, told_ms: row.get(1)?, consumed: read_credits(row, 2)? })
                    })?
                    .collect()
            })
            .await
    }

    async fn add_to(&self, account: AccountHash, books: &mut Books) -> Result<(), Error> {
        let (tenant, owner) = (self.tenant, self.tenant.to_string());
        let paid: Vec<Paid> = self
            .database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT {REQUEST}, number, journalled_at_ms, settled_at_ms, figure FROM paid_requests
                         WHERE tenant = ?1 AND account IN (?2, {ANY_ACCOUNT})"
                    ))?
                    .query_map(params![owner, account.to_string()], |row| {
                        Ok(Paid {
                            tenant,
                            number: row.get(4)?,
                            request: read_request(row)?,
                            began_ms: row.get(5)?,
                            ended_ms: row.get(6)?,
                            count: row.get(7)?,
                        })
                    })?
                    .collect()
            })
            .await?;
        books.paid.extend(paid);
        Ok(())
    }
}

/// What the books say of a request.
#[derive(Debug)]
pub enum Found {
    /// No count was asked for before it went out.
    NoCountBefore,
    /// A count is worth asking for from this moment on.
    TooEarly,
    /// The count went up, but too long ago to say by whom.
    TooLate,
    /// It and others that no count stands between.
    Together(Vec<Paid>, LookedUp),
}

impl Books {
    /// Pages of a workspace whose price nobody told, the newest first.
    pub fn untold(&self, tenant: TenantId) -> Vec<i64> {
        let untold = self.paid.iter().filter(|paid| paid.tenant == tenant && paid.request.state == State::Untold);
        let mut numbers: Vec<i64> = untold.map(|paid| paid.number).collect();
        numbers.sort_unstable_by_key(|number| std::cmp::Reverse(*number));
        numbers
    }

    /// From when on a count holds all that has gone out, milliseconds since 1970; none before anything did.
    pub fn tells_from(&self) -> Option<i64> {
        let open = self.paid.iter().filter(|paid| !paid.is_answered());
        open.map(|paid| paid.began_ms + MAY_STILL_ARRIVE_MS).max()
    }

    /// What lies between Apollo's count before a request and the first after it that can be trusted.
    pub fn look_up(&self, tenant: TenantId, number: i64) -> Found {
        let Some(asked) = self.paid.iter().find(|paid| paid.tenant == tenant && paid.number == number) else {
            return Found::NoCountBefore;
        };
        let told_before = self.counts.iter().rev().filter(|count| asked.count.is_some_and(|last| count.number <= last));
        let Some(from) = told_before.copied().find(|count| self.is_whole(asked, *count)) else {
            return Found::NoCountBefore;
        };
        let mut told_after = self.counts.iter().filter(|count| asked.is_before(tenant, **count));
        let Some(to) = told_after.find(|count| asked.is_counted_by(**count) && self.is_whole(asked, **count)) else {
            return Found::TooEarly;
        };
        let between = |paid: &&Paid| !paid.is_before(tenant, from) && paid.is_before(tenant, *to);
        let (mut group, mut settled) = (Vec::new(), Credits::NONE);
        for paid in self.paid.iter().filter(between) {
            match paid.request.state {
                State::Charged(charged) => settled += charged,
                State::Free => {}
                State::Ordered(charged) => {
                    settled += charged;
                    group.push(Paid {
                        request: Request { at_most: paid.request.booked().unknown, ..paid.request },
                        ..paid.clone()
                    });
                }
                _ => group.push(paid.clone()),
            }
        }
        let bounds: Vec<Credits> = group.iter().map(|paid| paid.request.at_most).collect();
        let found = look_up(&bounds, Figures { before: from.consumed, now: to.consumed, settled });
        let went_up = to.consumed > from.consumed + settled;
        if went_up && to.told_ms - asked.began_ms > TRUSTED_FOR_MS {
            Found::TooLate
        } else {
            Found::Together(group, found)
        }
    }

    /// Whether a count holds of every other request all that it can have cost, or nothing.
    fn is_whole(&self, asked: &Paid, count: Count) -> bool {
        let others = self.paid.iter().filter(|paid| (paid.tenant, paid.number) != (asked.tenant, asked.number));
        others.filter(|paid| paid.is_before(asked.tenant, count)).all(|paid| paid.is_counted_by(count))
    }
}

impl Paid {
    /// Whether a count that was told after it went out holds all that it can have cost.
    fn is_counted_by(&self, count: Count) -> bool {
        let was_answered = self.is_answered() && self.ended_ms.is_some_and(|ended_ms| ended_ms <= count.told_ms);
        was_answered || count.told_ms - self.began_ms >= MAY_STILL_ARRIVE_MS
    }

    fn is_answered(&self) -> bool {
        // Whatever a page cost was charged when it came.
        matches!(self.request.state, State::Charged(_) | State::Free | State::Untold)
    }

    /// Whether it went out before a count that `tenant` was told. Of the tenant's own requests the journal knows, whatever
    /// the clock said; of another's only the clock does.
    fn is_before(&self, tenant: TenantId, count: Count) -> bool {
        if self.tenant == tenant {
            self.count.is_none_or(|last| last < count.number)
        } else {
            self.began_ms < count.told_ms
        }
    }
}

impl Found {
    /// `accepted`: whether the user has taken the request as it is already.
    pub fn sentence(&self, accepted: bool) -> String {
        let way = if accepted { "It stays accepted, unless you ask again." } else { "Accept it, or ask again." };
        match self {
            Self::NoCountBefore => {
                format!("Apollo's count was not known before this request went out, so it can't be told. {way}")
            }
            Self::TooEarly => "It is too early to tell: the request may still arrive at Apollo.".to_owned(),
            Self::TooLate => format!(
                "Apollo's count went up, but that was too long after this request to say by whom: the whole team shares it. {way}"
            ),
            Self::Together(_, LookedUp::Decided(prices)) => match prices.iter().copied().sum::<Credits>() {
                Credits::NONE => "Apollo's count shows that nothing was charged. It can be asked for again.".to_owned(),
                charged => format!(
                    "Apollo's count shows that {} charged, and the answer is lost. Asking again pays again.",
                    if charged == Credits::whole(1) {
                        "1 credit was".to_owned()
                    } else {
                        format!("{charged} credits were")
                    }
                ),
            },
            Self::Together(group, LookedUp::Together(charged)) => format!(
                "Apollo's count shows {} for {} requests together, and does not tell which. {way}",
                credits_in_words(*charged),
                group.len()
            ),
            Self::Together(_, LookedUp::SomebodyElse { unexplained }) => format!(
                "Apollo's count went up by {}, more than this can have cost: somebody else of the team used credits meanwhile, \
                 so it can't be told. {way}",
                credits_in_words(*unexplained)
            ),
            Self::Together(_, LookedUp::CountedAnew) => format!(
                "Apollo's count is lower than it was: a new billing cycle, or credits given back. It can't be told. {way}"
            ),
        }
    }
}
