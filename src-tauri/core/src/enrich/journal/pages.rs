//! Pages of the full search, which may cost a credit each: one is in the journal, held against the caps, before it is sent,
//! and is settled in the transaction that stores its people. Apollo tells the price of none.

use jiff::Timestamp;
use rusqlite::{Transaction, params};
use uuid::Uuid;

use super::Journal;
use super::columns::{Entry, happen, write_down};
use super::spending::{Began, spent};
use crate::apollo::Endpoint;
use crate::credits::Credits;
use crate::enrich::caps::{Caps, Stop};
use crate::enrich::paid::{Event, Request, State};
use crate::error::Error;
use crate::people::{FetchedPage, record_page};
use crate::rate_limit::AccountHash;

/// A page that nobody has settled for this long is not on its way any more: no call takes so long.
const LONGEST_WAY_MS: i64 = 120_000;

/// What the next page stands on.
#[derive(Debug, Clone)]
pub struct NextPage {
    /// The job that asks; none for who clicked.
    pub job: Option<Uuid>,
    /// What it is for, and which page.
    pub title: String,
    pub account: AccountHash,
    pub caps: Caps,
    pub began: Began,
    pub now: Timestamp,
}

impl Journal {
    /// Takes a page into the journal; answers its number there.
    ///
    /// # Errors
    /// [`Error::Capped`]; the disk.
    pub async fn admit_page(&self, next: NextPage) -> Result<i64, Error> {
        let tenant = self.tenant.to_string();
        let admitted = self.database.run(move |connection| {
            let transaction = connection.transaction()?;
            let admitted = admit(&transaction, &tenant, &next)?;
            transaction.commit()?;
            Ok(admitted)
        });
        admitted.await?.map_err(|stop| Error::Capped { message: stop.in_the_past() })
    }

    /// A page that certainly never left is no paid request.
    ///
    /// # Errors
    /// The disk.
    pub async fn page_never_left(&self, number: i64, now: Timestamp) -> Result<(), Error> {
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                if happen(&transaction, number, Event::NeverLeft, None, now)? == Some(State::Free) {
                    transaction.execute("DELETE FROM paid_requests WHERE number = ?1", [number])?;
                }
                transaction.commit()
            })
            .await
    }

    /// No page came: Apollo refused it, or nobody knows.
    ///
    /// # Errors
    /// The disk.
    pub async fn page_failed(&self, number: i64, why: &Error, now: Timestamp) -> Result<(), Error> {
        let (event, why) = (Event::of(why), why.code());
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                happen(&transaction, number, event, Some(why), now)?;
                transaction.commit()
            })
            .await
    }

    /// A page came: it is settled, and its people are in the store, at once or not at all.
    ///
    /// # Errors
    /// The disk.
    pub async fn page_came(&self, number: i64, page: FetchedPage) -> Result<(), Error> {
        self.store
            .within(move |transaction, tenant| {
                let people = record_page(transaction, tenant, &page)?;
                happen(transaction, number, Event::Brought, None, page.fetched_at)?;
                transaction.execute(
                    "UPDATE paid_requests SET brought = ?2 WHERE number = ?1",
                    params![number, people.len() as i64],
                )?;
                Ok(((), people))
            })
            .await
    }

    /// Pages clicked for of which nothing was heard for so long that their process must have died may have been charged.
    ///
    /// # Errors
    /// The disk.
    pub async fn find_lost_pages(&self, now: Timestamp) -> Result<(), Error> {
        let (tenant, latest_ms) = (self.tenant.to_string(), now.as_millisecond() - LONGEST_WAY_MS);
        self.database
            .run(move |connection| {
                let lost: Vec<i64> = connection
                    .prepare_cached(
                        "SELECT number FROM paid_requests WHERE tenant = ?1 AND state = 'journalled' AND job IS NULL
                         AND journalled_at_ms < ?2",
                    )?
                    .query_map(params![tenant, latest_ms], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                // Mostly there is none: then nobody waits for the lock of a writer.
                if lost.is_empty() {
                    return Ok(());
                }
                let transaction = connection.transaction()?;
                for number in lost {
                    happen(&transaction, number, Event::FoundAfterCrash, Some("crash"), now)?;
                }
                transaction.commit()
            })
            .await
    }
}

fn admit(transaction: &Transaction<'_>, tenant: &str, next: &NextPage) -> rusqlite::Result<Result<i64, Stop>> {
    let job = next.job.map(|job| job.to_string());
    let at_most = Credits::whole(Endpoint::Full.credits_at_most().into());
    // Without a cap there is nothing to add up.
    if next.caps != Caps::default() {
        let spent = spent(transaction, tenant, job.as_deref().unwrap_or_default(), next.began)?;
        if let Err(stop) = next.caps.admit(&spent, at_most) {
            return Ok(Err(stop));
        }
    }
    let planned = Request::planned(at_most);
    let request = planned.step(Event::Journalled).map_or(planned, |stepped| stepped.request);
    let entry = Entry {
        job: job.as_deref(),
        title: &next.title,
        account: next.account,
        endpoint: Endpoint::Full.path(),
        mobiles: false,
        request,
    };
    write_down(transaction, tenant, &entry, next.now).map(Ok)
}
