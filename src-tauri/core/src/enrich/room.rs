//! What may still be spent, and what that means for a price before it is agreed to: the one answer for an enrichment, for the
//! pages of an export or a re-run, and for a page that is clicked for. Makes no call and pays nothing; what stops a payment
//! is asked again, in the transaction that writes it down.

use jiff::tz::TimeZone;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::caps::{Caps, Spent};
use super::journal::{Began, spent};
use crate::access::Access;
use crate::credits::{Credits, credits_in_words};
use crate::error::Error;
use crate::foray::Foray;
use crate::tenant::TenantId;
use crate::workspace::CreditCaps;

/// What caps and account leave for a price.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Room {
    /// What the caps of the workspace still leave; null without caps.
    pub caps_leave: Option<Credits>,
    /// As much of the price as may be paid before a cap stops it, its own limit included: what is agreed to.
    pub payable: Credits,
    /// What Apollo said last is left, less what was spent since; null when it never said.
    pub credits_left: Option<Credits>,
    /// Why not all of it may be had, as a sentence; null where it may.
    pub short: Option<String>,
    /// Whether a cap leaves too little for even the first of it, so that it is not begun.
    pub held: bool,
}

/// What is about to be paid for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spending {
    pub of: SpendingOf,
    /// Bound on all of it.
    pub at_most: Credits,
    /// Bound on the next part of it: one person, one page.
    pub next: Credits,
    /// A cap of its own, besides the workspace's.
    pub max_credits: Option<u32>,
    /// The job that goes on; none for one that would be new.
    pub job: Option<Uuid>,
    /// Whether something of it is had without paying, so that it is worth beginning whatever the caps leave.
    pub has_free_part: bool,
}

/// What it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpendingOf {
    Enrichment,
    Export,
    Rerun,
}

impl Room {
    fn of(spending: &Spending, set: CreditCaps, spent: &Spent, credits_left: Option<Credits>) -> Self {
        let caps = with_own(set, spending.max_credits);
        let payable = caps.left(spent).map_or(spending.at_most, |left| left.min(spending.at_most));
        let left = Self { caps_leave: Caps::from(set).left(spent), payable, credits_left, ..Self::default() };
        if spending.at_most.is_none() {
            return left;
        }
        let what = spending.of.words();
        if let Err(stop) = caps.admit(spent, spending.next)
            && !spending.has_free_part
        {
            return Self { short: Some(stop.to_string()), held: true, ..left };
        }
        let short = match caps.admit(spent, spending.at_most) {
            Err(stop) => {
                let kept =
                    if spending.of == SpendingOf::Enrichment { "" } else { " Pages that are kept cost nothing." };
                Some(format!("{}: {what} stops there.{kept}", stop.leaves()))
            }
            Ok(()) => credits_left.filter(|left| *left < spending.at_most).map(|left| {
                let left = credits_in_words(left);
                format!(
                    "The account has about {left} left, by Apollo's last count less what was paid since: {what} waits when they are used."
                )
            }),
        };
        Self { short, ..left }
    }

    /// What is left, in words; none where nobody knows of a limit.
    pub fn in_words(&self) -> Option<String> {
        let caps = self.caps_leave.map(|left| format!("the caps leave {}", credits_in_words(left)));
        let account = self.credits_left.map(|left| format!("the account has {} left", credits_in_words(left)));
        let known: Vec<String> = [caps, account].into_iter().flatten().collect();
        (!known.is_empty()).then(|| known.join(", "))
    }

    /// # Errors
    /// [`Error::Capped`] when it is held.
    pub fn check(&self) -> Result<(), Error> {
        match &self.short {
            Some(message) if self.held => Err(Error::Capped { message: message.clone() }),
            _ => Ok(()),
        }
    }
}

impl SpendingOf {
    fn words(self) -> &'static str {
        match self {
            Self::Enrichment => "the enrichment",
            Self::Export => "the export",
            Self::Rerun => "the re-run",
        }
    }
}

/// The caps of a workspace, and the limit that a job has of its own.
fn with_own(set: CreditCaps, max_credits: Option<u32>) -> Caps {
    let job = [max_credits, set.job].into_iter().flatten().min();
    CreditCaps { job, ..set }.into()
}

impl Foray {
    /// What caps and account leave for what is about to be paid for.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub(crate) async fn room(&self, tenant: TenantId, spending: Spending) -> Result<Room, Error> {
        let set = self.workspaces().get(tenant).await?.caps;
        let spent = self.spent(tenant, spending.job, self.began()).await?;
        Ok(Room::of(&spending, set, &spent, self.credits_left(tenant).await?))
    }

    /// What the caps leave for a page that is clicked for, and why it would not be asked for, if it would not; none without
    /// caps.
    pub(crate) async fn page_room(
        &self,
        access: &Access,
        at_most: Credits,
    ) -> Result<(Option<Credits>, Option<Error>), Error> {
        let caps = Caps::from(access.workspace.caps);
        // Mostly there are none: then nothing is added up.
        if caps == Caps::default() {
            return Ok((None, None));
        }
        let spent = self.spent(access.tenant(), None, self.began()).await?;
        let capped = caps.admit(&spent, at_most).err().map(|stop| Error::Capped { message: stop.to_string() });
        Ok((caps.left(&spent), capped))
    }

    /// The caps of a job in this workspace.
    pub(super) async fn caps(&self, tenant: TenantId, max_credits: Option<u32>) -> Result<Caps, Error> {
        Ok(with_own(self.workspaces().get(tenant).await?.caps, max_credits))
    }

    /// Where this computer's day and month began.
    pub(super) fn began(&self) -> Began {
        Began::of(self.clock().now(), &TimeZone::system())
    }

    async fn spent(&self, tenant: TenantId, job: Option<Uuid>, began: Began) -> Result<Spent, Error> {
        let (owner, job) = (tenant.to_string(), job.map(|job| job.to_string()).unwrap_or_default());
        self.journal(tenant).await?.database.run(move |connection| spent(connection, &owner, &job, began)).await
    }

    /// What Apollo said last is left, less what was spent since: told to, and spent by, whichever workspace has the same key.
    async fn credits_left(&self, tenant: TenantId) -> Result<Option<Credits>, Error> {
        let Some(account) = self.access(tenant).await?.account else { return Ok(None) };
        let workspaces = self.workspaces_of(account).await?;
        let mut told = None;
        for workspace in &workspaces {
            let figures = self.journal(*workspace).await?.figures(account).await?;
            let last = figures.into_iter().rev().find_map(|figure| Some((figure.told_at, figure.left?)));
            told = told.max(last);
        }
        let Some((told_at, mut left)) = told else { return Ok(None) };
        let since = Began { day_ms: told_at.as_millisecond(), month_ms: 0 };
        for workspace in workspaces {
            left = left.saturating_sub(self.spent(workspace, None, since).await?.day);
        }
        Ok(Some(left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: Spending = Spending {
        of: SpendingOf::Export,
        at_most: Credits::whole(43),
        next: Credits::whole(1),
        max_credits: None,
        job: None,
        has_free_part: false,
    };

    fn of(spending: Spending, spent: u64, credits_left: Option<u64>) -> Room {
        let caps = CreditCaps { month: Some(20), ..CreditCaps::default() };
        let spent = Spent { month: Credits::whole(spent), ..Spent::default() };
        Room::of(&spending, caps, &spent, credits_left.map(Credits::whole))
    }

    #[test]
    fn a_price_that_passes_a_cap_on_the_way_is_told_to_stop_there() {
        let room = of(EXPORT, 17, Some(12));
        let said = "The cap of 20 credits for this month leaves 3 credits: the export stops there. Pages that are kept cost nothing.";
        assert_eq!((room.short.as_deref(), room.held, room.check()), (Some(said), false, Ok(())));
        assert_eq!(room.in_words().as_deref(), Some("the caps leave 3 credits, the account has 12 credits left"));
        assert_eq!(room.payable, Credits::whole(3), "no more of the price than that is agreed to");
        let few = Spending { of: SpendingOf::Enrichment, at_most: Credits::whole(3), ..EXPORT };
        assert_eq!((of(few, 17, Some(12)).short, of(few, 17, None).payable), (None, Credits::whole(3)));
    }

    #[test]
    fn a_limit_of_its_own_holds_like_a_cap_and_is_not_called_one_of_the_workspace() {
        let own = Spending { of: SpendingOf::Enrichment, at_most: Credits::whole(5), max_credits: Some(5), ..EXPORT };
        let room = of(own, 0, None);
        assert_eq!((room.caps_leave, room.payable, room.short), (Some(Credits::whole(20)), Credits::whole(5), None));
        let most = Spending { at_most: Credits::whole(9), ..own };
        assert_eq!(of(most, 0, None).payable, Credits::whole(5));
    }

    #[test]
    fn a_cap_that_leaves_too_little_for_the_first_of_it_holds_what_has_nothing_for_free() {
        let room = of(EXPORT, 20, None);
        assert!(room.held && room.check().is_err());
        let kept = of(Spending { has_free_part: true, ..EXPORT }, 20, None);
        assert!(!kept.held && kept.short.is_some_and(|said| said.contains("leaves 0 credits: the export stops there")));
        let free = Spending { at_most: Credits::NONE, ..EXPORT };
        assert_eq!(of(free, 20, Some(0)).short, None, "what costs nothing is not short of anything");
    }

    #[test]
    fn an_account_that_runs_out_is_told_where_the_caps_allow_it() {
        let enrichment = Spending { of: SpendingOf::Enrichment, at_most: Credits::whole(15), ..EXPORT };
        let said = "The account has about 12 credits left, by Apollo's last count less what was paid since: the enrichment waits when they are used.";
        assert_eq!(of(enrichment, 0, Some(12)).short.as_deref(), Some(said));
    }
}
