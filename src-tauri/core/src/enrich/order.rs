//! An enrichment before it is paid for: who is meant, what the workspace knows of them already, what the rest costs at most.
//! Makes no call.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::asked::EnrichWhat;
use super::journal::{Again, Journal, Lost, Word};
use super::plan::{Counts, LeftOut, Plan};
use super::room::{Room, Spending, SpendingOf};
use super::standing::Wish;
use super::work::LOST_AT_MOST;
use crate::apollo::enrichment::Reveal;
use crate::credits::{Credits, MOST_TO_SET, credits_in_words, grouped};
use crate::error::Error;
use crate::foray::Foray;
use crate::jobs::{Agreed, Job, JobProgress, JobSpec, Row, titled};
use crate::people::PeopleSelection;
use crate::tenant::TenantId;

/// Whom to enrich.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EnrichWhom {
    /// Those selected in a view of the store.
    Selected { selection: Box<PeopleSelection> },
    /// Those found by these runs.
    Runs { runs: Vec<i64> },
    /// These: Apollo's ids, e-mail addresses, LinkedIn profiles, or names with a domain. Of companies, by ids alone.
    People { people: Vec<String> },
    /// The companies of these domains.
    Domains { domains: Vec<String> },
}

/// An enrichment as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EnrichInput {
    pub what: EnrichWhat,
    /// Of companies, whose.
    pub whom: EnrichWhom,
    pub terms: EnrichTerms,
    /// The most it may cost; as many people as that pays for are asked for. Null for no cap of its own.
    pub max_credits: Option<u32>,
    pub agreed: Agreed,
    /// Whom it was agreed to for and in spite of which lost calls, as [`EnrichEstimate::people`] had it; null for whoever it is
    /// by the time it is asked for, and for nobody who has heard of any.
    pub people: Option<String>,
}

/// What is asked for, and of whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box that the user ticks by itself")]
pub struct EnrichTerms {
    /// Mobiles as well, each for 8 credits more.
    pub mobiles: bool,
    /// Private addresses as well; Apollo never tells them of people in the EU.
    pub personal_emails: bool,
    /// Asks again for those whom Apollo did not know.
    pub not_found_again: bool,
    /// Of companies: also those whose industry and size came with their people, for what comes with none (revenue,
    /// technologies, what it does).
    #[serde(default)]
    pub in_full: bool,
}

/// An enrichment as a job: whom it asks for is in the journal. What only earlier versions wrote down of it is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnrichOrder {
    /// Orders of earlier versions are of people.
    #[serde(default)]
    pub what: EnrichWhat,
    pub terms: EnrichTerms,
    /// How many to ask for.
    pub people: u32,
    pub max_credits: Option<u32>,
    pub agreed: Agreed,
    /// The workspace's last paid request when that was agreed to: it counts from there.
    #[serde(default)]
    pub agreed_after: i64,
}

/// What an enrichment would ask and cost. Its counts are of people, or of companies.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct EnrichEstimate {
    pub what: EnrichWhat,
    /// How many people's companies these are; null where the selected were named themselves.
    pub of_people: Option<u64>,
    /// Of these, those of whose company no domain is known.
    pub people_without_domain: u64,
    pub selected: u64,
    pub known: u64,
    pub not_found_before: u64,
    /// Asked for, or about to be, by another enrichment.
    pub under_way: u64,
    /// In requests of which nobody knows whether they were charged.
    pub undecided: u64,
    pub nothing_to_ask_by: u64,
    /// Selected twice.
    pub repeated: u64,
    /// For whom the limit of its own pays no more.
    pub over_limit: u64,
    /// Who is left out at no cost, a line for each reason there is.
    pub left_out: Vec<LeftOut>,
    pub to_enrich: u64,
    /// Calls that pay.
    pub calls: u64,
    /// Calls that cost no credits: 1 that reads how many the account has used, none where that was told a moment ago.
    pub free_calls: u64,
    pub credits_at_most: Credits,
    /// Of these, what mobiles cost at most.
    pub mobiles_at_most: Credits,
    /// Those asked for whose address is known, and is charged again with the mobile.
    pub paid_again: u64,
    #[serde(flatten)]
    pub room: Room,
    /// What paid calls in a row brought no answer, so that agreeing is a word to pay on in spite of them; null for none.
    pub lost: Option<String>,
    /// Whom it would ask for, and which calls were lost, in short: another text means others.
    pub people: String,
    /// All of it as one line.
    pub sentence: String,
}

impl EnrichInput {
    /// Its terms: companies have neither mobiles nor private addresses.
    pub fn terms(&self) -> EnrichTerms {
        match self.what {
            EnrichWhat::People => self.terms,
            EnrichWhat::Companies => EnrichTerms { mobiles: false, personal_emails: false, ..self.terms },
        }
    }
}

impl EnrichTerms {
    pub fn wish(self) -> Wish {
        let reveal = Reveal { personal_emails: self.personal_emails, mobiles: self.mobiles };
        Wish { reveal, not_found_again: self.not_found_again, in_full: self.in_full }
    }
}

impl EnrichOrder {
    pub(super) fn word(&self) -> Word {
        Word { credits: Credits::whole(self.agreed.credits.into()), after: self.agreed_after }
    }

    /// Takes the user's word for what is left of it, of which `payable` may be paid before a cap stops it.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`] when that is more than is agreed to.
    pub(crate) fn agree_anew(&mut self, agreed: Agreed, payable: Credits, last_request: i64) -> Result<(), Error> {
        if Credits::whole(agreed.credits.into()) < payable {
            let rest = credits_in_words(payable);
            let message =
                format!("What is left may cost up to {rest}, which is more than was agreed to. Nothing was paid.");
            return Err(Error::NotConfirmed { message });
        }
        (self.agreed, self.agreed_after) = (agreed, last_request);
        Ok(())
    }
}

impl Foray {
    /// What an enrichment would ask and cost.
    ///
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub async fn enrich_estimate(&self, tenant: TenantId, input: &EnrichInput) -> Result<EnrichEstimate, Error> {
        let plan = self.cut_plan(tenant, input).await?;
        let room = self.room_for(tenant, input, &plan).await?;
        let Counts { selected, known, not_found_before, under_way, undecided, nothing_to_ask_by, repeated, over_limit } =
            plan.counts;
        let to_enrich = plan.to_enrich() as u64;
        let is_counted = match self.access(tenant).await?.account {
            Some(account) if to_enrich > 0 => self.is_counted(tenant, account).await?,
            _ => to_enrich == 0,
        };
        let free_calls = u64::from(!is_counted);
        let lost = self.lost_before(tenant).await?;
        Ok(EnrichEstimate {
            what: input.what,
            of_people: plan.whose.map(|whose| whose.people),
            people_without_domain: plan.whose.map_or(0, |whose| whose.without_domain),
            selected: selected as u64,
            known: known as u64,
            not_found_before: not_found_before as u64,
            under_way: under_way as u64,
            undecided: undecided as u64,
            nothing_to_ask_by: nothing_to_ask_by as u64,
            repeated: repeated as u64,
            over_limit: over_limit as u64,
            left_out: plan.left_out(),
            to_enrich,
            calls: plan.calls() as u64,
            credits_at_most: plan.credits_at_most(),
            mobiles_at_most: plan.mobiles_at_most(),
            paid_again: plan.paid_again() as u64,
            free_calls,
            people: agreed_on(&plan, lost),
            lost: lost.map(Lost::told),
            sentence: plan.sentence(free_calls, Some(&room)) + &plan.by_address_alone(),
            room,
        })
    }

    /// Puts an enrichment into the line; `by_itself`: it goes on without being told.
    ///
    /// # Errors
    /// [`Error::NotConfirmed`] when it could cost more than was agreed to, or would ask for others; [`Error::Capped`] when a cap leaves nothing;
    /// [`Error::BadInput`] when there is nobody to ask for; the disk.
    pub async fn add_enrichment(
        &self,
        tenant: TenantId,
        title: &str,
        input: &EnrichInput,
        by_itself: bool,
    ) -> Result<Job, Error> {
        let plan = self.cut_plan(tenant, input).await?;
        let people: Vec<String> = plan.batches.iter().flatten().cloned().collect();
        if people.is_empty() {
            let none = if input.what == EnrichWhat::People { "nobody" } else { "no company" };
            return Err(Error::bad_input("whom", format!("There is {none} to enrich: {}.", plan.sentence(0, None))));
        }
        let lost = self.lost_before(tenant).await?;
        if input.people.as_ref().is_some_and(|agreed| *agreed != agreed_on(&plan, lost)) {
            let message = format!(
                "The price that was agreed to was for other people than would be asked for now, or another call was lost since: {}. \
                 Nothing was paid; look at the price again.",
                plan.sentence(0, None)
            );
            return Err(Error::NotConfirmed { message });
        }
        let room = self.room_for(tenant, input, &plan).await?;
        // A cap that leaves something is met on the way; one that leaves nothing is told before there is a job.
        room.check()?;
        if room.payable > Credits::whole(input.agreed.credits.into()) {
            let message = format!("This costs more than was agreed to: {}. Nothing was paid.", plan.sentence(0, None));
            return Err(Error::NotConfirmed { message });
        }
        let order = EnrichOrder {
            what: input.what,
            terms: input.terms(),
            people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            max_credits: input.max_credits,
            agreed: input.agreed,
            // Whoever was told what is lost, and agreed all the same, has given their word about it.
            agreed_after: match (&input.people, lost) {
                (Some(_), Some(_)) => self.journal(tenant).await?.last_request().await?,
                _ => 0,
            },
        };
        self.put_enrichment(tenant, title, order, people, None, by_itself).await
    }

    /// Adds the job, and whom it asks for, as lines of the journal, before anybody can begin it.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `request` when `again` does not hold any more; the disk.
    pub(super) async fn put_enrichment(
        &self,
        tenant: TenantId,
        title: &str,
        order: EnrichOrder,
        people: Vec<String>,
        again: Option<Again>,
        by_itself: bool,
    ) -> Result<Job, Error> {
        let mut row = Row::new(tenant, titled(title), JobSpec::Enrich(order), by_itself, self.clock().now());
        row.job.progress = JobProgress { people_total: Some(people.len() as u64), ..JobProgress::default() };
        let job = row.job.clone();
        let claim = self.add_job(row, false).await?;
        if !self.journal(tenant).await?.want(job.id, people, again).await? {
            self.job_store(tenant).await?.remove(job.id).await?;
            claim.end();
            return Err(decided_meanwhile());
        }
        drop(claim);
        self.access(tenant).await?.files.last_meant.forget();
        self.board().tell(job.clone());
        self.board().stir();
        Ok(job)
    }

    /// The calls in a row that a new enrichment would have to stop for.
    async fn lost_before(&self, tenant: TenantId) -> Result<Option<Lost>, Error> {
        let Some(account) = self.access(tenant).await?.account else { return Ok(None) };
        let lost = self.journal(tenant).await?.lost_in_a_row(Uuid::nil(), account, 0).await?;
        Ok(lost.filter(|lost| lost.requests >= LOST_AT_MOST))
    }

    pub(crate) async fn journal(&self, tenant: TenantId) -> Result<Journal, Error> {
        Ok(Journal::new(tenant, &self.access(tenant).await?.files))
    }

    /// Whom it would ask for, as far as its own cap pays for them.
    async fn cut_plan(&self, tenant: TenantId, input: &EnrichInput) -> Result<Plan<String>, Error> {
        if input.max_credits.is_some_and(|most| !(1..=MOST_TO_SET).contains(&most)) {
            let most = grouped(MOST_TO_SET.into());
            return Err(Error::bad_input("max_credits", format!("Pay for no more than 1 to {most} credits.")));
        }
        let plan = self.meant(tenant, input).await?.plan(input.what, input.terms().wish());
        Ok(match input.max_credits {
            Some(most) => plan.cut_to(Credits::whole(most.into())),
            None => plan,
        })
    }

    async fn room_for(&self, tenant: TenantId, input: &EnrichInput, plan: &Plan<String>) -> Result<Room, Error> {
        let spending = Spending {
            of: SpendingOf::Enrichment,
            at_most: plan.credits_at_most(),
            next: plan.next_at_most(),
            max_credits: input.max_credits,
            job: None,
            has_free_part: false,
        };
        self.room(tenant, spending).await
    }
}

/// Names what somebody agrees to besides the price: whom it is for, and which calls were lost before.
fn agreed_on(plan: &Plan<String>, lost: Option<Lost>) -> String {
    match lost {
        Some(lost) => format!("{} after {} lost", plan.digest(), lost.requests),
        None => plan.digest(),
    }
}

/// Somebody else was quicker.
pub(super) fn decided_meanwhile() -> Error {
    let message = "Another window or command has just decided about this request. Look at it again; nothing was paid.";
    Error::bad_input("request", message)
}

/// The journal's job as the user sees it: nobody else's business.
pub(super) fn job_id(text: &str) -> Uuid {
    Uuid::try_parse(text).unwrap_or_default()
}
