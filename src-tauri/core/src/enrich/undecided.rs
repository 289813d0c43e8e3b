//! Paid requests of which nobody knows whether they were charged, and what the user may say to each: look it up by Apollo's
//! own count, accept it as it is, or have its people asked for again. Nothing here pays by itself.

use std::collections::HashSet;
use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::books::{Books, Found};
use super::journal::{Again, Journal, LACKING, PRIVATE, REQUEST, moment, read_request};
use super::look_up::LookedUp;
use super::order::{decided_meanwhile, job_id};
use super::paid::{Event, Request, State};
use super::room::{Spending, SpendingOf};
use super::{EnrichOrder, EnrichTerms, EnrichWhat, clue};
use crate::apollo::Endpoint;
use crate::apollo::enrichment::Reveal;
use crate::clock::timestamp;
use crate::credits::{Credits, credits_in_words};
use crate::error::{Error, clock_time};
use crate::foray::Foray;
use crate::jobs::{Agreed, Job};
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

/// Pages of unknown price that are held against Apollo's counts at once; older ones were before.
const PAGES_LOOKED_UP: usize = 500;

/// A request that waits for the user's word.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Undecided {
    pub number: i64,
    /// Null for a search that was clicked for.
    pub job: Option<Uuid>,
    /// What it was for.
    pub title: String,
    /// Whether it is a page of a search: that is asked again by searching, at the price on its button.
    pub page: bool,
    /// How many of those asked for lack an answer, or their mobile: people, or the one company.
    pub people: u64,
    /// Domain of the company that was asked for; null for people.
    pub company: Option<String>,
    pub mobiles: bool,
    /// What it can have cost.
    pub at_most: Credits,
    /// What asking again may cost; null where nobody is left to ask for: a page of a search, or a request of which everybody
    /// was answered and only the price is not known.
    pub again_at_most: Option<Credits>,
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
    /// From when on Apollo's count can tell, where it can't yet.
    #[ts(type = "string | null")]
    pub again_from: Option<Timestamp>,
}

impl Undecided {
    fn what(&self) -> EnrichWhat {
        if self.company.is_some() { EnrichWhat::Companies } else { EnrichWhat::People }
    }

    fn price_of_again(&self) -> Option<Credits> {
        let each = self.what().price(Reveal { mobiles: self.mobiles, personal_emails: false });
        (!self.page && self.people > 0).then(|| each.times(self.people))
    }
}

impl Foray {
    /// Requests that may have been charged, the newest first; those too that were charged and brought no answer.
    ///
    /// # Errors
    /// The disk.
    pub async fn undecided(&self, tenant: TenantId) -> Result<Vec<Undecided>, Error> {
        self.find_lost(tenant).await?;
        self.journal(tenant).await?.undecided().await
    }

    /// What was on its way when its process ended may have been charged.
    ///
    /// # Errors
    /// The disk.
    pub(super) async fn find_lost(&self, tenant: TenantId) -> Result<(), Error> {
        let journal = self.journal(tenant).await?;
        journal.find_lost_pages(self.clock().now()).await?;
        for job in journal.under_way().await? {
            let _alone = self.board().looking().await;
            // Whoever runs the job holds its claim; what nobody runs any more was ended in the middle.
            if let Some(claim) = self.claim(tenant, job).await? {
                journal.found_after_crash(job, self.clock().now()).await?;
                drop(claim);
            }
        }
        Ok(())
    }

    /// Asks Apollo's own count what became of a request. Takes 1 call or 2, no credits; none where the counts that are there
    /// tell all that can be told, nor while another can't tell more yet.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `request`; what keeps a call from being made or answered.
    pub async fn look_up_undecided(&self, tenant: TenantId, number: i64) -> Result<LookedUpDone, Error> {
        let (_, asked) = self.one_undecided(tenant, number).await?;
        let access = self.access(tenant).await?;
        let account = access.account.ok_or(Error::KeyMissing)?;
        let mut calls_spent = 0;
        let books = self.books(tenant, account).await?;
        let mut found = books.look_up(tenant, number);
        let mut again_from = self.still_ahead(&books);
        if matches!(found, Found::TooEarly) && again_from.is_none() {
            let told = self.ask_figure(&access, &access.key().await?).await;
            calls_spent = told.calls_spent;
            if told.figure?.is_none() {
                let sentence = "This key may not read how many credits were used, so it can't be looked up. Accept the request, or \
                                ask again.";
                let sentence = sentence.to_owned();
                return Ok(LookedUpDone { decided: Vec::new(), calls_spent, sentence, again_from: None });
            }
            let books = self.books(tenant, account).await?;
            found = books.look_up(tenant, number);
            again_from = self.still_ahead(&books);
        }
        let again_from = again_from.filter(|_| matches!(found, Found::TooEarly));
        let mut sentence = found.sentence(asked.accepted);
        if let Some(from) = again_from {
            let _ = write!(sentence, " Look again from {} on.", clock_time(&from));
        }
        let decided = self.settle_by_count(tenant, &found).await?;
        Ok(LookedUpDone { decided, calls_spent, sentence, again_from })
    }

    /// From when on a count tells all of an account, where that is not now.
    fn still_ahead(&self, books: &Books) -> Option<Timestamp> {
        books.tells_from().map(timestamp).filter(|from| *from > self.clock().now())
    }

    /// Pages of the full search whose price Apollo's counts tell by now. Makes no call.
    pub(super) async fn settle_pages(&self, tenant: TenantId, account: AccountHash) -> Result<(), Error> {
        let books = self.books(tenant, account).await?;
        let mut settled = HashSet::new();
        for number in books.untold(tenant).into_iter().take(PAGES_LOOKED_UP) {
            // One that was looked up with another is settled with it.
            if !settled.contains(&number) {
                settled.extend(self.settle_by_count(tenant, &books.look_up(tenant, number)).await?);
            }
        }
        Ok(())
    }

    /// Writes down what Apollo's count says; answers which requests of `tenant` are decided by it.
    async fn settle_by_count(&self, tenant: TenantId, found: &Found) -> Result<Vec<i64>, Error> {
        let mut decided = Vec::new();
        let Found::Together(group, LookedUp::Decided(prices)) = found else { return Ok(decided) };
        for (paid, price) in group.iter().zip(prices) {
            let Ok(stepped) = paid.request.step(Event::LookedUp(*price)) else { continue };
            let journal = self.journal(paid.tenant).await?;
            let (from, to) = (paid.request.state, stepped.request.state);
            if journal.decide(paid.number, from, to, self.clock().now()).await? {
                self.tell_decided(paid.tenant, paid.number).await?;
                decided.extend((paid.tenant == tenant).then_some(paid.number));
            }
        }
        Ok(decided)
    }

    /// Takes a request as it is: it stays unknown in the books, and its people are not asked for again.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `request`; the disk.
    pub async fn accept_undecided(&self, tenant: TenantId, number: i64) -> Result<(), Error> {
        let (request, _) = self.one_undecided(tenant, number).await?;
        let Ok(stepped) = request.step(Event::UserAccepts) else { return not_to_be_accepted(request.state) };
        let (from, to) = (request.state, stepped.request.state);
        if !self.journal(tenant).await?.decide(number, from, to, self.clock().now()).await? {
            return Err(decided_meanwhile());
        }
        self.tell_decided(tenant, number).await
    }

    /// The user's word that the people of a request are asked for once more, and paid for once more: as a job of its own.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`] when that may cost more than was agreed to; [`Error::Capped`] when a cap leaves less;
    /// [`Error::BadInput`] on the field `request`, also when nobody lacks an answer; the disk.
    pub async fn retry_undecided(
        &self,
        tenant: TenantId,
        number: i64,
        agreed: Agreed,
        by_itself: bool,
    ) -> Result<Job, Error> {
        let (request, undecided) = self.one_undecided(tenant, number).await?;
        if undecided.page {
            let message = "That was a page of a search. Search again, at the price that stands on the button.";
            return Err(Error::bad_input("request", message));
        }
        let people = self.journal(tenant).await?.unanswered(number).await?;
        let Some(at_most) = undecided.again_at_most else {
            let message = "Everybody of this request was answered, so there is nobody to ask for again. Look it up, or accept it.";
            return Err(Error::bad_input("request", message));
        };
        let personal_emails = self.journal(tenant).await?.asked_for_private(number).await?;
        let what = undecided.what();
        // What is known of a company by now was known when it was asked for, too: it is asked for in full, as it was.
        let in_full = what == EnrichWhat::Companies;
        let terms = EnrichTerms { mobiles: undecided.mobiles, personal_emails, in_full, ..EnrichTerms::default() };
        // Told while the request still waits here: a job that a cap stops would have taken it off the list for nothing. And before its
        // price: whoever agreed to that would be refused.
        let spending = Spending {
            of: SpendingOf::Enrichment,
            at_most,
            next: at_most,
            max_credits: None,
            job: None,
            has_free_part: false,
        };
        self.room(tenant, spending).await?.check()?;
        if at_most > Credits::whole(agreed.credits.into()) {
            let bound = credits_in_words(at_most);
            let message = format!("Asking again may cost up to {bound}, whatever was charged already.");
            return Err(Error::NotConfirmed { message });
        }
        let next = Request { attempt: request.attempt + 1, ..Request::planned(request.at_most) };
        let again = match request.step(Event::UserRetries) {
            Ok(stepped) => Again {
                number,
                was: request.state,
                settled: stepped.request.state,
                next: stepped.again.unwrap_or(next),
            },
            // Charged, and the answer is lost: it stays in the books as it is.
            Err(_) => Again { number, was: request.state, settled: request.state, next },
        };
        let order = EnrichOrder {
            what,
            terms,
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            max_credits: None,
            agreed,
            // Whoever asks again has just heard of all that is lost.
            agreed_after: self.journal(tenant).await?.last_request().await?,
        };
        let job = self.put_enrichment(tenant, &undecided.title, order, people, Some(again), by_itself).await?;
        self.tell_decided(tenant, number).await?;
        Ok(job)
    }

    async fn one_undecided(&self, tenant: TenantId, number: i64) -> Result<(Request, Undecided), Error> {
        let undecided = self.undecided(tenant).await?.into_iter().find(|one| one.number == number);
        let unknown = || Error::bad_input("request", format!("There is no request {number} that waits for your word."));
        let undecided = undecided.ok_or_else(unknown)?;
        let request = self.journal(tenant).await?.request(number).await?.ok_or_else(unknown)?;
        Ok((request, undecided))
    }
}

/// What is accepted already stays so; what Apollo's count has settled is no longer unknown.
fn not_to_be_accepted(state: State) -> Result<(), Error> {
    let State::Charged(charged) = state else { return Ok(()) };
    let message = format!(
        "Apollo's count has settled this request: {} charged, and the answer is lost. There is nothing to accept. Whoever it was for \
         is asked for again only by your word, which pays again.",
        credits_in_words(charged)
    );
    Err(Error::bad_input("request", message))
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
                        "SELECT DISTINCT job FROM paid_requests WHERE tenant = ?1 AND state = 'journalled' AND job IS NOT NULL",
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
                        "SELECT {REQUEST}, number, job, title, mobiles, journalled_at_ms, why, endpoint, (SELECT count(*) FROM paid_people
                         WHERE request = number AND {LACKING}) AS people,
                         (SELECT min(clue) FROM paid_people WHERE request = number) FROM paid_requests WHERE tenant = ?1
                         AND (state IN ('may_be_charged', 'accepted') OR (state = 'charged' AND people > 0))
                         ORDER BY number DESC"
                    ))?
                    .query_map([tenant], |row| {
                        let Request { state, at_most, .. } = read_request(row)?;
                        let first: Option<String> = row.get(12)?;
                        let undecided = Undecided {
                            number: row.get(4)?,
                            job: row.get::<_, Option<String>>(5)?.as_deref().map(job_id),
                            title: row.get(6)?,
                            page: row.get::<_, String>(10)? == Endpoint::Full.path(),
                            people: row.get::<_, i64>(11)?.unsigned_abs(),
                            company: first.as_deref().and_then(clue::company_of).map(str::to_owned),
                            mobiles: row.get(7)?,
                            at_most,
                            charged: if let State::Charged(charged) = state { Some(charged) } else { None },
                            accepted: state == State::Accepted,
                            asked_at: moment(row, 8)?.unwrap_or_default(),
                            why: row.get(9)?,
                            again_at_most: None,
                        };
                        Ok(Undecided { again_at_most: undecided.price_of_again(), ..undecided })
                    })?
                    .collect()
            })
            .await
    }

    async fn asked_for_private(&self, number: i64) -> Result<bool, Error> {
        let key = (self.tenant.to_string(), number);
        self.database
            .run(move |connection| {
                let sql = format!("SELECT {PRIVATE} FROM paid_requests WHERE tenant = ?1 AND number = ?2");
                connection.query_row(&sql, key, |row| row.get(0))
            })
            .await
    }

    /// The lines of a request that brought no answer, or not the mobiles; by id where that is known.
    async fn unanswered(&self, number: i64) -> Result<Vec<String>, Error> {
        self.database
            .run(move |connection| {
                connection
                    .prepare_cached(&format!(
                        "SELECT coalesce(person, clue) FROM paid_people WHERE request = ?1 AND {LACKING} ORDER BY clue"
                    ))?
                    .query_map([number], |row| row.get(0))?
                    .collect()
            })
            .await
    }
}
