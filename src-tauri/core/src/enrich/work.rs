//! An enrichment under way: each step pays for up to ten people or for one company, or asks once for mobiles that are on their way. What may
//! have been charged is never asked for again.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::EnrichOrder;
use super::asked::Answered;
use super::holds;
use super::journal::{Admission, Admitted, Journal, Lost, Next, Ordered};
use super::paid::Event;
use crate::access::{Access, Account};
use crate::apollo::mobiles::{self, MobileResult, read_result};
use crate::circuit_breaker::State as BreakerState;
use crate::error::{Error, Reason};
use crate::foray::Foray;
use crate::jobs::{Job, JobProgress, JobResult, JobSpec, Row, Step, Wish};
use crate::rate_limit::{EndpointClass, Haste};

/// Mobiles take minutes, and each look takes one of the hour's calls.
const SHORTEST_WAIT: Duration = Duration::from_secs(10);
const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// Paid requests in a row without an answer after which nothing more is paid without the user's word.
pub(super) const LOST_AT_MOST: u32 = 2;
/// The same where the account's own count can't be read, so that nobody could tell what became of two.
const LOST_UNCOUNTED: u32 = 1;

/// An enrichment that a job does.
pub struct EnrichWork {
    job: Uuid,
    title: String,
    order: EnrichOrder,
    journal: Journal,
    progress: JobProgress,
    count: Count,
    /// Looks for the mobiles that are due next.
    looks: u32,
    /// An answer that came and is not on the disk yet.
    unwritten: Option<Unwritten>,
}

/// What was paid for and must not be lost: it is written before anything else is done.
#[derive(Debug, Clone)]
struct Unwritten {
    admitted: Admitted,
    event: Event,
    answer: Answered,
    came_at: Timestamp,
}

/// Apollo's own count of credits, since the job was taken up and since a request was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    ToAsk,
    Told,
    /// This key may not read it.
    Hidden,
}

impl Foray {
    /// Whether mobiles are on their way to a job, which Apollo charges whether or not anybody fetches them.
    ///
    /// # Errors
    /// The disk.
    pub(crate) async fn owes_mobiles(&self, job: &Job) -> Result<bool, Error> {
        let JobSpec::Enrich(_) = &job.spec else { return Ok(false) };
        Ok(self.journal(job.workspace).await?.next_ordered(job.id).await?.is_some())
    }
}

impl EnrichWork {
    /// Takes up an enrichment. What was under way when a process died may have been charged, be it another job's.
    ///
    /// # Errors
    /// The disk.
    pub async fn open(foray: &Foray, row: &Row, order: &EnrichOrder) -> Result<Self, Error> {
        let job = &row.job;
        let journal = foray.journal(job.workspace).await?;
        journal.found_after_crash(job.id, foray.clock().now()).await?;
        foray.find_lost(job.workspace).await?;
        Ok(Self {
            job: job.id,
            title: job.title.clone(),
            order: order.clone(),
            journal,
            progress: job.progress.clone(),
            count: Count::ToAsk,
            looks: 0,
            unwritten: None,
        })
    }

    /// # Errors
    /// As [`crate::jobs::Step`]'s: the disk, a workspace that is gone.
    pub async fn step(&mut self, foray: &Foray) -> Result<Step, Error> {
        if let Some(unwritten) = self.unwritten.take() {
            return Ok(self.write(unwritten).await);
        }
        let access = self.access(foray).await?;
        let account = match access.key().await {
            Ok(account) => account,
            Err(error) => return Ok(self.not_now(&error)),
        };
        if self.is_cancelled(foray).await? {
            // What is paid for comes; then the wish is obeyed.
            let step = match self.journal.next_ordered(self.job).await? {
                Some(ordered) => self.look_for_mobiles(foray, &access, &account, ordered).await?,
                None => Step::More,
            };
            self.read_progress(foray).await?;
            return Ok(step);
        }
        if let Some(step) = self.before_paying(foray, &access, &account).await? {
            return Ok(step);
        }
        let tenant = access.tenant();
        let next = Next {
            job: self.job,
            title: self.title.clone(),
            account: account.hash,
            what: self.order.what,
            wish: self.order.terms.wish(),
            caps: foray.caps(tenant, self.order.max_credits).await?,
            word: self.order.word(),
            began: foray.began(),
            now: foray.clock().now(),
        };
        let step = match self.journal.admit(next).await? {
            Admission::Admitted(admitted) => self.pay(foray, &access, &account, admitted).await?,
            Admission::Stopped(stop) => {
                let held = Error::Capped { message: stop.in_the_past() };
                self.ordered_first(foray, &access, &account, Some(held)).await?
            }
            Admission::UsedUp(word) => {
                let held = Error::NotConfirmed { message: word.to_string() };
                self.ordered_first(foray, &access, &account, Some(held)).await?
            }
            Admission::Nobody => self.ordered_first(foray, &access, &account, None).await?,
        };
        if self.unwritten.is_none() {
            self.read_progress(foray).await?;
        }
        Ok(step)
    }

    /// Mobiles that are ordered are fetched whatever holds the next payment; then it is held, or there is nothing left to do.
    async fn ordered_first(
        &mut self,
        foray: &Foray,
        access: &Access,
        account: &Account,
        held: Option<Error>,
    ) -> Result<Step, Error> {
        if let Some(ordered) = self.journal.next_ordered(self.job).await? {
            return self.look_for_mobiles(foray, access, account, ordered).await;
        }
        Ok(match held {
            Some(error) => self.not_now(&error),
            None => Step::Done(JobResult::Enrich(self.journal.receipt(self.job, &self.order, &self.progress).await?)),
        })
    }

    /// Whether an answer that was paid for is in memory alone.
    pub fn is_unwritten(&self) -> bool {
        self.unwritten.is_some()
    }

    /// How many it brought.
    pub fn unwritten(&self) -> u64 {
        self.unwritten.as_ref().map_or(0, |unwritten| unwritten.answer.brought())
    }

    pub fn progress(&self) -> JobProgress {
        self.progress.clone()
    }

    /// # Errors
    /// [`Error::NotFound`] when the workspace is gone; the disk.
    pub async fn access(&self, foray: &Foray) -> Result<Access, Error> {
        let mut access = foray.access(self.journal.tenant).await?;
        access.haste = Haste::LongWork;
        access.job = Some(self.job);
        access.title = Some(self.title.clone());
        Ok(access)
    }

    async fn is_cancelled(&self, foray: &Foray) -> Result<bool, Error> {
        let orders = foray.job_store(self.journal.tenant).await?.orders(self.job).await?;
        Ok(orders.is_some_and(|orders| orders.wish == Some(Wish::Cancel)))
    }

    /// What has to come before the next payment, if anybody is left to pay for: never is more than one request at stake
    /// without Apollo's own count in between, and no payment finds out whether Apollo is back.
    async fn before_paying(
        &mut self,
        foray: &Foray,
        access: &Access,
        account: &Account,
    ) -> Result<Option<Step>, Error> {
        if !self.journal.is_anybody_waiting(self.job).await? {
            return Ok(None);
        }
        let tenant = access.tenant();
        if foray.searches().gateway().breaker_status(access).state != BreakerState::Closed {
            self.count = Count::ToAsk;
        } else if self.count == Count::ToAsk && foray.is_counted(tenant, account.hash).await? {
            self.count = Count::Told;
        }
        let held = self.held_before(foray, account).await?;
        if held.is_none() && self.count != Count::ToAsk {
            return Ok(None);
        }
        // Those who are left may all be known by now: where nothing is to be paid, nothing has to come before it.
        if !self.journal.is_anybody_to_ask(self.job, &self.order).await? {
            return Ok(None);
        }
        match held {
            Some(step) => Ok(Some(step)),
            None => self.ask_figure(foray, access, account).await.map(Some),
        }
    }

    /// What lost calls have the next payment wait for: the user's word, or a count that can tell of them.
    async fn held_before(&mut self, foray: &Foray, account: &Account) -> Result<Option<Step>, Error> {
        if let Some(lost) = self.lost(account).await?.filter(|lost| self.needs_word(*lost)) {
            return Ok(Some(not_now(holds::word_needed(lost))));
        }
        if self.count == Count::Hidden {
            return Ok(None);
        }
        let Some(counted_from) = foray.to_be_counted(self.journal.tenant, account.hash, Some(self.job)).await? else {
            return Ok(None);
        };
        self.count = Count::ToAsk;
        Ok((foray.clock().now() < counted_from).then(|| not_now(holds::too_early(counted_from))))
    }

    async fn lost(&self, account: &Account) -> Result<Option<Lost>, Error> {
        self.journal.lost_in_a_row(self.job, account.hash, self.order.agreed_after).await
    }

    fn needs_word(&self, lost: Lost) -> bool {
        lost.requests >= if self.count == Count::Hidden { LOST_UNCOUNTED } else { LOST_AT_MOST }
    }

    /// Apollo's count, which is free. Without it a request that is lost can't be looked up, and an Apollo that does not answer
    /// it would not answer what is paid for either: nothing is paid before it came. A key that may not read it pays all the
    /// same.
    async fn ask_figure(&mut self, foray: &Foray, access: &Access, account: &Account) -> Result<Step, Error> {
        let told = foray.ask_figure(access, account).await;
        self.spend_free(foray, told.calls_spent).await?;
        self.count = match told.figure {
            Ok(figure) if figure.is_some_and(|figure| figure.consumed.is_some()) => Count::Told,
            Ok(_) => Count::Hidden,
            Err(error) => return Ok(self.in_own_words(&error, told.calls_spent)),
        };
        Ok(Step::More)
    }

    async fn pay(
        &mut self,
        foray: &Foray,
        access: &Access,
        account: &Account,
        admitted: Admitted,
    ) -> Result<Step, Error> {
        let path = admitted.asked.path(admitted.reveal);
        let body = admitted.asked.body();
        let gateway = foray.searches().gateway();
        let asked = gateway.pay(access, account, self.order.what.class(), &path, body.as_ref()).await;
        let answer = asked.body.and_then(|body| admitted.asked.read(&body));
        let now = foray.clock().now();
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                // What took no call was never sent, whatever the trouble.
                let event = if asked.calls_spent == 0 { Event::NeverLeft } else { Event::of(&error) };
                match event {
                    Event::NeverLeft => self.journal.never_left(self.job, &admitted, now).await?,
                    Event::Refused => self.journal.refused(self.job, &admitted, &error, now).await?,
                    _ => {
                        self.journal.lost(self.job, admitted.number, &error, now).await?;
                        return self.after_loss(account, &error, asked.calls_spent).await;
                    }
                }
                return Ok(self.in_own_words(&error, asked.calls_spent));
            }
        };
        let event = answer.event(admitted.reveal.mobiles);
        Ok(self.write(Unwritten { admitted, event, answer, came_at: now }).await)
    }

    /// Puts an answer on the disk. What the disk does not take is kept for the next step.
    async fn write(&mut self, unwritten: Unwritten) -> Step {
        let Unwritten { admitted, event, answer, came_at } = unwritten.clone();
        match self.journal.answered(self.job, admitted, event, answer, came_at).await {
            Ok(()) => Step::More,
            Err(error) => {
                self.unwritten = Some(unwritten);
                Step::NotNow { reason: holds::not_written(&error), calls_spent: 0 }
            }
        }
    }

    async fn after_loss(&mut self, account: &Account, error: &Error, calls_spent: u32) -> Result<Step, Error> {
        if !self.journal.is_anybody_waiting(self.job).await? {
            // It was the last one: there is nothing to wait for.
            return Ok(Step::More);
        }
        let enough = self.lost(account).await?.filter(|lost| self.needs_word(*lost));
        self.count = Count::ToAsk;
        Ok(enough.map_or_else(|| self.in_own_words(error, calls_spent), |lost| not_now(holds::word_needed(lost))))
    }

    async fn look_for_mobiles(
        &mut self,
        foray: &Foray,
        access: &Access,
        account: &Account,
        ordered: Ordered,
    ) -> Result<Step, Error> {
        let path = mobiles::path(ordered.request_id);
        let asked = foray.searches().gateway().get(access, account, EndpointClass::Other, &path).await;
        self.spend_free(foray, asked.calls_spent).await?;
        let now = foray.clock().now();
        match asked.body.and_then(|body| read_result(&body)) {
            Ok(MobileResult::Ready { people, credits, .. }) => {
                let event = credits.map_or(Event::Lost, Event::Delivered);
                self.journal.delivered(ordered.number, event, people, now).await?;
                self.looks = 0;
                Ok(Step::More)
            }
            Ok(MobileResult::Failed { .. }) => self.give_up(&ordered, &Error::Unreadable, now).await,
            Err(error @ (Error::Gone { .. } | Error::Refused { .. })) => self.give_up(&ordered, &error, now).await,
            Ok(MobileResult::InProgress) => Ok(self.later(None, now)),
            Err(Error::NotReady { seconds }) => Ok(self.later(seconds, now)),
            Err(error) => Ok(self.in_own_words(&error, asked.calls_spent)),
        }
    }

    /// They will not come any more, and nobody knows what they cost.
    async fn give_up(&mut self, ordered: &Ordered, why: &Error, now: Timestamp) -> Result<Step, Error> {
        self.looks = 0;
        self.journal.lost(self.job, ordered.number, why, now).await?;
        Ok(Step::More)
    }

    fn later(&mut self, seconds: Option<u64>, now: Timestamp) -> Step {
        let asked_to = Duration::from_secs(seconds.unwrap_or(SHORTEST_WAIT.as_secs()));
        let wait = asked_to.saturating_mul(2_u32.saturating_pow(self.looks)).min(LONGEST_WAIT);
        self.looks += 1;
        not_now(holds::not_ready(now.checked_add(wait).ok()))
    }

    /// Calls that cost no credits.
    async fn spend_free(&mut self, foray: &Foray, calls: u32) -> Result<(), Error> {
        if calls > 0 {
            foray.job_store(self.journal.tenant).await?.spent_in_vain(self.job, calls, 0).await?;
            self.read_progress(foray).await?;
        }
        Ok(())
    }

    async fn read_progress(&mut self, foray: &Foray) -> Result<(), Error> {
        let row = foray.job_store(self.journal.tenant).await?.find(self.job).await?;
        self.progress = row.map_or_else(JobProgress::default, |row| row.job.progress);
        Ok(())
    }

    fn not_now(&self, error: &Error) -> Step {
        self.in_own_words(error, 0)
    }

    fn in_own_words(&self, error: &Error, calls_spent: u32) -> Step {
        Step::NotNow { reason: holds::in_own_words(self.order.what, error), calls_spent }
    }

    /// The endpoint that each of its steps pays at.
    pub fn pays_at(&self) -> &'static str {
        self.order.what.endpoint()
    }
}

fn not_now(reason: Reason) -> Step {
    Step::NotNow { reason, calls_spent: 0 }
}
