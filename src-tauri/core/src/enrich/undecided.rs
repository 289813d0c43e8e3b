//! Paid requests of which nobody knows whether they were charged, and what the user may say to each: look it up by Apollo's
//! own count, accept it as it is, or have its people asked for again. Nothing here pays by itself.

use jiff::Timestamp;
use rusqlite::params;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::journal::{Again, Journal, REQUEST, moment, read_credits, read_request};
use super::look_up::{Figures, LookedUp, look_up};
use super::order::job_id;
use super::paid::{Event, Request, State};
use super::{EnrichOrder, EnrichTerms, clue};
use crate::apollo::enrichment::Clue;
use crate::credits::{Credits, credits_in_words};
use crate::error::Error;
use crate::foray::Foray;
use crate::jobs::{Agreed, Job};
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

/// A request that was lost may still arrive at Apollo, and be charged, for this long: before that no count says that it was
/// not.
const MAY_STILL_ARRIVE_MS: i64 = 60_000;
/// A count that went up says less the longer it took, since the whole team shares it.
const TRUSTED_FOR_MS: i64 = 3_600_000;

/// A request that waits for the user's word.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Undecided {
    pub number: i64,
    pub job: Uuid,
    /// What the job is about.
    pub title: String,
    pub people: u64,
    pub mobiles: bool,
    /// What it can have cost.
    pub at_most: Credits,
    /// What it did cost, where that was looked up: the answer is lost all the same.
    pub charged: Option<Credits>,
    /// Whether the user has taken it as it is.
    pub accepted: bool,
    #[ts(type = "string")]
    pub asked_at: Timestamp,
    /// The code of what went wrong, `crash` when Foray was ended in the middle.
    pub why: Option<String>,
}

/// What looking up came to.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LookedUpDone {
    /// The requests that are decided now; one that was looked up with others may bring them along.
    pub decided: Vec<i64>,
    pub calls_spent: u32,
    pub sentence: String,
}

/// A paid request as the look-up sees it.
#[derive(Debug, Clone)]
struct Paid {
    tenant: TenantId,
    number: i64,
    request: Request,
    /// The number of Apollo's last count before it went out.
    count: Option<i64>,
    began_ms: i64,
    ended_ms: Option<i64>,
}

/// How many credits Apollo counted at a moment, as one workspace was told.
#[derive(Debug, Clone, Copy)]
struct Count {
    number: i64,
    told_ms: i64,
    consumed: Credits,
}

/// All that is known of one account's credits.
#[derive(Debug, Default)]
struct Books {
    paid: Vec<Paid>,
    /// Those the workspace that asks was told, in their order.
    counts: Vec<Count>,
    /// When pages of the full search came, each of which may have cost a credit.
    pages_ms: Vec<i64>,
}

impl Foray {
    /// Requests that may have been charged, the newest first; those too that were charged and brought no answer.
    ///
    /// # Errors
    /// The disk.
    pub async fn undecided(&self, tenant: TenantId) -> Result<Vec<Undecided>, Error> {
        let journal = self.journal(tenant).await?;
        for job in journal.under_way().await? {
            let _alone = self.board().looking().await;
            // Whoever runs the job holds its claim; what nobody runs any more was ended in the middle.
            if let Some(claim) = self.claim(tenant, job).await? {
                journal.found_after_crash(job, self.clock().now()).await?;
                drop(claim);
            }
        }
        journal.undecided().await
    }

    /// Asks Apollo's own count what became of a request. Takes 1 call or 2, no credits; none where the count that was asked
    /// for meanwhile tells.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `request`; what keeps a call from being made or answered.
    pub async fn look_up_undecided(&self, tenant: TenantId, number: i64) -> Result<LookedUpDone, Error> {
        self.one_undecided(tenant, number).await?;
        let access = self.access(tenant).await?;
        let account = access.account.ok_or(Error::KeyMissing)?;
        let mut calls_spent = 0;
        let mut found = self.books(tenant, account).await?.look_up(tenant, number);
        if !matches!(found, Found::Together(_, LookedUp::Decided(_))) {
            let told = self.ask_figure(&access, &access.key().await?).await;
            calls_spent = told.calls_spent;
            if told.figure?.is_none() {
                let sentence = "This key may not read how many credits were used, so it can't be looked up. Accept the request, or \
                                ask again.";
                return Ok(LookedUpDone { decided: Vec::new(), calls_spent, sentence: sentence.to_owned() });
            }
            found = self.books(tenant, account).await?.look_up(tenant, number);
        }
        let sentence = found.sentence();
        let mut decided = Vec::new();
        if let Found::Together(group, LookedUp::Decided(prices)) = &found {
            for (paid, price) in group.iter().zip(prices) {
                let Ok(stepped) = paid.request.step(Event::LookedUp(*price)) else { continue };
                let journal = self.journal(paid.tenant).await?;
                journal.decide(vec![(paid.number, stepped.request.state)], self.clock().now()).await?;
                if paid.tenant == tenant {
                    decided.push(paid.number);
                }
            }
        }
        Ok(LookedUpDone { decided, calls_spent, sentence })
    }

    /// Takes a request as it is: it stays unknown in the books, and its people are not asked for again.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `request`; the disk.
    pub async fn accept_undecided(&self, tenant: TenantId, number: i64) -> Result<(), Error> {
        let (request, _) = self.one_undecided(tenant, number).await?;
        let Ok(stepped) = request.step(Event::UserAccepts) else { return Ok(()) };
        self.journal(tenant).await?.decide(vec![(number, stepped.request.state)], self.clock().now()).await
    }

    /// The user's word that the people of a request are asked for once more, and paid for once more: as a job of its own.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`] when that may cost more than was agreed to; [`Error::BadInput`] on the field `request`; the
    /// disk.
    pub async fn retry_undecided(
        &self,
        tenant: TenantId,
        number: i64,
        agreed: Agreed,
        by_itself: bool,
    ) -> Result<Job, Error> {
        let (request, undecided) = self.one_undecided(tenant, number).await?;
        if request.at_most > Credits::whole(agreed.credits.into()) {
            let bound = credits_in_words(request.at_most);
            let message = format!("Asking again may cost up to {bound}, on top of what was charged already.");
            return Err(Error::NotConfirmed { message });
        }
        let next = Request { attempt: request.attempt + 1, ..Request::planned(request.at_most) };
        let again = match request.step(Event::UserRetries) {
            Ok(stepped) => Again { number, settled: stepped.request.state, next: stepped.again.unwrap_or(next) },
            // Charged, and the answer is lost: it stays in the books as it is.
            Err(_) => Again { number, settled: request.state, next },
        };
        let people = self.journal(tenant).await?.unanswered(number).await?;
        let order = EnrichOrder {
            terms: EnrichTerms { mobiles: undecided.mobiles, ..EnrichTerms::default() },
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            max_credits: None,
            agreed,
        };
        self.put_enrichment(tenant, &undecided.title, order, people, Some(again), by_itself).await
    }

    async fn one_undecided(&self, tenant: TenantId, number: i64) -> Result<(Request, Undecided), Error> {
        let undecided = self.undecided(tenant).await?.into_iter().find(|one| one.number == number);
        let unknown = || Error::bad_input("request", format!("There is no request {number} that waits for your word."));
        let undecided = undecided.ok_or_else(unknown)?;
        let request = self.journal(tenant).await?.request(number).await?.ok_or_else(unknown)?;
        Ok((request, undecided))
    }

    /// The books of an account, from the journals of all workspaces that use it.
    async fn books(&self, tenant: TenantId, account: AccountHash) -> Result<Books, Error> {
        let counts = self.journal(tenant).await?.counts(account).await?;
        let mut books = Books { counts, ..Books::default() };
        for workspace in self.workspaces().list().await? {
            if self.access(workspace.id).await?.account == Some(account) {
                self.journal(workspace.id).await?.add_to(account, &mut books).await?;
            }
        }
        Ok(books)
    }
}

impl Journal {
    async fn request(&self, number: i64) -> Result<Option<Request>, Error> {
        let key = (self.tenant.to_string(), number);
        self.database
            .run(move |connection| {
                let sql = format!("SELECT {REQUEST} FROM paid_requests WHERE tenant = ?1 AND number = ?2");
                let mut statement = connection.prepare_cached(&sql)?;
                let mut found = statement.query_map(key, read_request)?;
                found.next().transpose()
            })
            .await
    }

    /// Jobs with a request on its way, as the file has it.
    async fn under_way(&self) -> Result<Vec<Uuid>, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT DISTINCT job FROM paid_requests WHERE tenant = ?1 AND state = 'journalled'",
                    )?
                    .query_map([tenant], |row| Ok(job_id(&row.get::<_, String>(0)?)))?
                    .collect()
            })
            .await
    }

    async fn undecided(&self) -> Result<Vec<Undecided>, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT {REQUEST}, number, job, title, mobiles, journalled_at_ms, why, (SELECT count(*) FROM paid_people
                         WHERE request = number AND outcome = 'asked') AS people FROM paid_requests WHERE tenant = ?1
                         AND (state IN ('may_be_charged', 'accepted') OR (state = 'charged' AND people > 0))
                         ORDER BY number DESC"
                    ))?
                    .query_map([tenant], |row| {
                        let Request { state, at_most, .. } = read_request(row)?;
                        Ok(Undecided {
                            number: row.get(4)?,
                            job: job_id(&row.get::<_, String>(5)?),
                            title: row.get(6)?,
                            people: row.get::<_, i64>(10)?.unsigned_abs(),
                            mobiles: row.get(7)?,
                            at_most,
                            charged: if let State::Charged(charged) = state { Some(charged) } else { None },
                            accepted: state == State::Accepted,
                            asked_at: moment(row, 8)?.unwrap_or_default(),
                            why: row.get(9)?,
                        })
                    })?
                    .collect()
            })
            .await
    }

    /// People of a request that brought no answer.
    async fn unanswered(&self, number: i64) -> Result<Vec<Clue>, Error> {
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT clue FROM paid_people WHERE request = ?1 AND outcome = 'asked' ORDER BY clue",
                    )?
                    .query_map([number], |row| Ok(clue::from_text(&row.get::<_, String>(0)?)))?
                    .collect()
            })
            .await
    }

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
        let (paid, pages_ms) = self
            .database
            .run(move |connection| {
                let paid: Vec<Paid> = connection
                    .prepare_cached(&format!(
                        "SELECT {REQUEST}, number, journalled_at_ms, settled_at_ms, figure FROM paid_requests
                         WHERE tenant = ?1 AND account = ?2"
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
                    .collect::<rusqlite::Result<_>>()?;
                let pages: Vec<i64> = connection
                    .prepare_cached(
                        "SELECT fetched_at_ms FROM run_pages JOIN runs ON number = run
                         WHERE tenant = (SELECT number FROM tenants WHERE tenant = ?1) AND credits_spent IS NULL",
                    )?
                    .query_map([owner], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                Ok((paid, pages))
            })
            .await?;
        books.paid.extend(paid);
        books.pages_ms.extend(pages_ms);
        Ok(())
    }
}

/// What the books say of a request.
#[derive(Debug)]
enum Found {
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
    /// What lies between Apollo's count before a request and the first after it that can be trusted.
    fn look_up(&self, tenant: TenantId, number: i64) -> Found {
        let Some(asked) = self.paid.iter().find(|paid| paid.tenant == tenant && paid.number == number) else {
            return Found::NoCountBefore;
        };
        let told_before = self.counts.iter().rev().filter(|count| asked.count.is_some_and(|last| count.number <= last));
        let Some(from) = told_before.copied().find(|count| self.is_whole(asked, *count)) else {
            return Found::NoCountBefore;
        };
        let mut told_after = self.counts.iter().filter(|count| asked.is_before(tenant, **count));
        let arrived = |count: &&Count| count.told_ms - asked.began_ms >= MAY_STILL_ARRIVE_MS;
        let Some(to) = told_after.find(|count| arrived(count) && self.is_whole(asked, **count)) else {
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
        let pages = self.pages_ms.iter().filter(|at_ms| (from.told_ms..=to.told_ms).contains(*at_ms)).count();
        let mut bounds: Vec<Credits> = group.iter().map(|paid| paid.request.at_most).collect();
        bounds.extend(std::iter::repeat_n(Credits::whole(1), pages));
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
        others.filter(|paid| paid.is_before(asked.tenant, count)).all(|paid| {
            let is_settled = matches!(paid.request.state, State::Charged(_) | State::Free);
            let was_settled = is_settled && paid.ended_ms.is_some_and(|ended_ms| ended_ms <= count.told_ms);
            was_settled || count.told_ms - paid.began_ms >= MAY_STILL_ARRIVE_MS
        })
    }
}

impl Paid {
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
    fn sentence(&self) -> String {
        match self {
            Self::NoCountBefore => {
                "Apollo's count was not known before this request went out, so it can't be told. Accept it, or ask again.".to_owned()
            }
            Self::TooEarly => "It is too early to tell: the request may still arrive at Apollo. Look again in a minute.".to_owned(),
            Self::TooLate => {
                "Apollo's count went up, but that was too long after this request to say by whom: the whole team shares it. \
                 Accept it, or ask again."
                    .to_owned()
            }
            Self::Together(_, LookedUp::Decided(prices)) => match prices.iter().copied().sum::<Credits>() {
                Credits::NONE => "Apollo's count shows that nothing was charged. These people can be enriched again.".to_owned(),
                charged => format!(
                    "Apollo's count shows that {} charged, and the answer is lost. Asking again pays again.",
                    if charged == Credits::whole(1) { "1 credit was".to_owned() } else { format!("{charged} credits were") }
                ),
            },
            Self::Together(group, LookedUp::Together(charged)) => format!(
                "Apollo's count shows {} for {} requests together, and does not tell which. Accept them, or ask again.",
                credits_in_words(*charged),
                group.len()
            ),
            Self::Together(_, LookedUp::SomebodyElse { unexplained }) => format!(
                "Apollo's count went up by {}, more than this can have cost: somebody else of the team used credits meanwhile, \
                 so it can't be told. Accept it, or ask again.",
                credits_in_words(*unexplained)
            ),
            Self::Together(_, LookedUp::CountedAnew) => {
                "Apollo's count is lower than it was: a new billing cycle, or credits given back. It can't be told. Accept it, or ask \
                 again."
                    .to_owned()
            }
        }
    }
}
