//! The ledger: one database file for the data folder that holds every call of every tenant, shared by threads and
//! processes. It survives restarts and kill -9: a kill costs at most one call for one window and never gains one.
//! It holds times, tenant ids and hashes of keys, and must never hold anything else.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;

use super::account::AccountHash;
use super::headers::RateHeaders;
use super::refusals::Refusals;
use super::status::{ApolloWindow, Cause, LimiterStatus};
use super::store::{self, Haste, Reservation, Wanted};
use super::turn::SCHEMA;
use super::windows::{EndpointClass, Period};
use crate::clock::{Clock, timestamp};
use crate::db::{self, Database};
use crate::error::Error;
use crate::tenant::TenantId;

/// Pages that the journal holds before it is worked into the file, which whoever writes then waits for: 16 MB, which some
/// hundred calls fill. SQLite's own 1,000 pages would make every hundredth call wait.
const JOURNAL_PAGES: u32 = 4_000;

/// The open ledger. Cheap to clone; all clones share one thread and one connection.
#[derive(Clone)]
pub struct Ledger {
    // Before `database`, so that its watcher closes first: the last connection tidies the journal away, and must be able to.
    refusals: Arc<Refusals>,
    database: Database,
    clock: Arc<dyn Clock>,
}

/// A ledger, and what the user has to be told about it.
pub struct Opened {
    pub ledger: Ledger,
    /// Set when the ledger was damaged and therefore starts full ([`Ledger::forgive`] takes that back).
    pub notice: Option<String>,
}

/// What became of the attempt to mark a reservation as sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a call whose lease ran out must not be sent"]
pub enum Marked {
    /// Send it now.
    Sending,
    /// It took longer than the lease, so that the call may have gone to somebody else; or Apollo closed meanwhile. Reserve
    /// again.
    LeaseRanOut,
}

impl Ledger {
    /// Opens or makes the ledger at `path`. `expected`: the registry records that one was made before, so that a missing
    /// file is a lost one. A ledger that was lost or damaged starts full: the next call fits in 3,600 s.
    ///
    /// # Errors
    /// Those of [`db::open`]. A ledger that can't be opened admits nothing.
    pub fn open(path: &Path, clock: Arc<dyn Clock>, expected: bool) -> Result<Opened, Error> {
        let mut file = db::open(path, &SCHEMA)?;
        let explain = |error: rusqlite::Error| db::explain(SCHEMA.what, &error);
        file.connection.pragma_update(None, "wal_autocheckpoint", JOURNAL_PAGES).map_err(explain)?;
        let lost = expected || file.set_aside.is_some();
        let starts_full = store::found(&mut file.connection, clock.as_ref(), lost).map_err(explain)?;
        // One that is simply gone is told by its status, beside the way out of it.
        let notice = file.set_aside.take().filter(|_| starts_full).map(|aside| {
            let name = aside.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            format!(
                "The record of this hour's calls was damaged; it is kept as {name} in the data folder. Nobody knows how many \
                 calls were made, so Apollo is asked again in an hour. No rows are lost."
            )
        });
        let database = file.start(SCHEMA.what)?;
        // A ledger that can't be watched only refuses more slowly.
        let refusals = Arc::new(Refusals::new(db::open_watch(path, &SCHEMA).ok()));
        Ok(Opened { ledger: Self { refusals, database, clock }, notice })
    }

    /// Counts one call of `tenant`, if its own log of `limit` calls in any 3,600 s and all known windows of Apollo for
    /// this account and class admit it. A refusal counts nothing.
    ///
    /// # Errors
    /// [`Error::RateLimited`], [`Error::LedgerLost`], [`Error::ApolloRateLimited`]; or the ledger could not be written, and
    /// the call must not be made.
    pub async fn reserve(
        &self,
        tenant: TenantId,
        limit: u32,
        account: Option<AccountHash>,
        class: EndpointClass,
    ) -> Result<Reservation, Error> {
        self.reserve_in(Haste::Click, tenant, limit, account, class).await
    }

    /// [`Self::reserve`], for a user who waits or for work that goes on by itself and leaves some calls to the user.
    ///
    /// # Errors
    /// As [`Self::reserve`].
    pub async fn reserve_in(
        &self,
        haste: Haste,
        tenant: TenantId,
        limit: u32,
        account: Option<AccountHash>,
        class: EndpointClass,
    ) -> Result<Reservation, Error> {
        let wanted = Wanted { tenant, limit, account, class, haste };
        let moment = match self.refusals.refuses(&wanted, self.clock.as_ref()) {
            Ok((cause, reset_ms)) => return Err(refused(cause, reset_ms)),
            Err(moment) => moment,
        };
        let answer = self.run(move |connection, clock| store::reserve(connection, clock, wanted)).await?;
        answer.map_err(|refusal| {
            if let Some(lasting) = refusal.lasting {
                self.refusals.hold(moment, wanted, lasting);
            }
            refused(refusal.cause, refusal.reset_ms)
        })
    }

    /// Counts one call that repeats a failed one. Nothing, and nothing counted, when the windows or the retry budget
    /// refuse it: a retry that does not fit is not made, and the failure it would have repeated stands.
    ///
    /// # Errors
    /// The ledger could not be written.
    pub async fn reserve_retry(
        &self,
        tenant: TenantId,
        limit: u32,
        account: Option<AccountHash>,
        class: EndpointClass,
    ) -> Result<Option<Reservation>, Error> {
        // A repeat is nobody's click any more.
        let wanted = Wanted { tenant, limit, account, class, haste: Haste::LongWork };
        self.run(move |connection, clock| store::reserve_retry(connection, clock, wanted)).await
    }

    /// Marks a reservation as sending. When this answers [`Marked::Sending`] it is on the disk: the call counts its full
    /// hour, whatever happens to this process.
    pub async fn sending(&self, reservation: &Reservation) -> Result<Marked, Error> {
        let (tenant, number, bucket, class) = reservation.parts();
        let marked = self
            .run(move |connection, clock| store::sending(connection, clock, (tenant, number), (&bucket, class)))
            .await?;
        Ok(if marked { Marked::Sending } else { Marked::LeaseRanOut })
    }

    /// Notes that a call has ended, whatever its answer, and what its headers told of Apollo's windows.
    pub async fn commit(&self, reservation: &Reservation, seen: Option<RateHeaders>) -> Result<(), Error> {
        let (tenant, number, bucket, class) = reservation.parts();
        let seen = seen.unwrap_or_default();
        self.run(move |connection, clock| store::commit(connection, clock, (tenant, number), (&bucket, class), seen))
            .await
    }

    /// Gives a reservation back. What was marked as sending stays counted.
    pub async fn release(&self, reservation: Reservation) -> Result<(), Error> {
        let (tenant, number, ..) = reservation.parts();
        self.run(move |connection, _| store::release(connection, tenant, number)).await
    }

    /// Gives back a call that was marked as sending and of which it is certain that nothing was sent: no name, no route, no
    /// connection. (A process that dies there keeps it counted, since then nobody knows.)
    pub async fn unsent(&self, reservation: Reservation) -> Result<(), Error> {
        let (tenant, number, ..) = reservation.parts();
        self.run(move |connection, _| store::unsent(connection, tenant, number)).await
    }

    /// Notes that a call ended with 429 and closes its account and class, in one step, until the later of `wait` (Retry-After, see
    /// [`super::retry_after`]) and the end of the window that was exceeded ([`Period::named_in`] the message, if it
    /// names one). Answers until when. A pause is never shortened.
    pub async fn pause(
        &self,
        reservation: &Reservation,
        wait: Option<Duration>,
        exceeded: Option<Period>,
    ) -> Result<Timestamp, Error> {
        let (tenant, number, bucket, class) = reservation.parts();
        let wait_ms = wait.map_or(0, |wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX / 4));
        let until_ms = self
            .run(move |connection, clock| {
                store::pause(connection, clock, (tenant, number), (&bucket, class), wait_ms, exceeded)
            })
            .await?;
        Ok(timestamp(until_ms))
    }

    /// How a tenant stands. Counts nothing and waits for nobody.
    pub async fn status(
        &self,
        tenant: TenantId,
        limit: u32,
        account: Option<AccountHash>,
    ) -> Result<LimiterStatus, Error> {
        let standing =
            self.run(move |connection, clock| store::standing(connection, clock, tenant, limit, account)).await?;
        let decision = standing.decision;
        Ok(LimiterStatus {
            limit,
            remaining: decision.remaining,
            used: limit.saturating_sub(decision.remaining),
            reset_at: timestamp(decision.reset_ms),
            next_frees_at: standing.next_frees_ms.map(timestamp),
            paused_until: standing.paused_until_ms.map(timestamp),
            lost_until: standing.lost_until_ms.map(timestamp),
            apollo: standing
                .apollo
                .into_iter()
                .map(|(class, known, used, ends_ms)| ApolloWindow {
                    class,
                    period: known.period,
                    limit: known.seen.limit,
                    used,
                    resets_at: timestamp(ends_ms),
                })
                .collect(),
        })
    }

    /// Retries that `tenant` may still make: a tenth of its calls in the last hour, rounded down, less the retries among
    /// them. For showing; [`Ledger::reserve_retry`] decides.
    pub async fn retry_budget(&self, tenant: TenantId) -> Result<u32, Error> {
        self.run(move |connection, clock| store::retry_budget(connection, clock, tenant)).await
    }

    /// The user says that a ledger which started full need not: calls fit again at once, as far as the log knows.
    pub async fn forgive(&self) -> Result<(), Error> {
        self.run(|connection, _| store::forgive(connection)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection, &dyn Clock) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let clock = Arc::clone(&self.clock);
        self.database.run(move |connection| job(connection, clock.as_ref())).await
    }
}

fn refused(cause: Cause, reset_ms: i64) -> Error {
    let reset_at = timestamp(reset_ms);
    match cause {
        Cause::Tenant => Error::RateLimited { reset_at },
        Cause::Lost => Error::LedgerLost { reset_at },
        Cause::Apollo => Error::ApolloRateLimited { reset_at },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::clock::ManualClock;

    fn ledger(folder: &tempfile::TempDir) -> Ledger {
        let clock = Arc::new(ManualClock::at(1_700_000_000_000));
        Ledger::open(&folder.path().join("ledger.sqlite"), clock, false).unwrap().ledger
    }

    async fn set(ledger: &Ledger, pragma: &'static str, value: i64) {
        ledger.run(move |connection, _| connection.pragma_update(None, pragma, value)).await.unwrap();
    }

    #[tokio::test]
    async fn a_ledger_that_became_read_only_admits_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder);
        let tenant = TenantId::generate();
        set(&ledger, "query_only", 1).await;
        let refused = ledger.reserve(tenant, 100, None, EndpointClass::Other).await;
        assert!(matches!(refused, Err(Error::ReadOnly { .. })));
        set(&ledger, "query_only", 0).await;
        assert_eq!(ledger.reserve(tenant, 100, None, EndpointClass::Other).await.unwrap().remaining(), 99);
    }

    #[tokio::test]
    async fn what_it_promises_is_on_the_disk_and_the_journal_is_seldom_worked_in() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder);
        let pragma = async |name: &'static str| {
            ledger.run(move |connection, _| connection.query_row(name, [], |row| row.get::<_, u32>(0))).await.unwrap()
        };
        assert_eq!(pragma("PRAGMA synchronous").await, 2);
        assert_eq!(pragma("PRAGMA wal_autocheckpoint").await, JOURNAL_PAGES);
    }

    #[tokio::test]
    async fn a_refusal_is_told_again_without_a_turn_at_the_ledger_until_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(1_700_000_000_000));
        let ledger = Ledger::open(&folder.path().join("ledger.sqlite"), Arc::clone(&clock) as _, false).unwrap().ledger;
        let tenant = TenantId::generate();
        let ask = async || ledger.reserve(tenant, 1, None, EndpointClass::Other).await.map(|_| ());
        ask().await.unwrap();
        let refused = ask().await;
        // A turn at the ledger would now fail.
        set(&ledger, "query_only", 1).await;
        assert_eq!(ask().await, refused);
        clock.advance(super::super::LEASE_MS - 1);
        assert_eq!(ask().await, refused);
        clock.advance(1);
        assert!(matches!(ask().await, Err(Error::ReadOnly { .. })));
        set(&ledger, "query_only", 0).await;
        ask().await.unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_admits_nothing_and_counts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder);
        let tenant = TenantId::generate();
        // As many pages as there are.
        set(&ledger, "max_page_count", 1).await;
        let mut admitted = 0;
        let error = loop {
            match ledger.reserve(tenant, 10_000, None, EndpointClass::Other).await {
                Ok(_) => admitted += 1,
                Err(error) => break error,
            }
        };
        assert_eq!(error, Error::DiskFull { what: "the call ledger".to_owned() });
        assert_eq!(ledger.status(tenant, 10_000, None).await.unwrap().used, admitted);
    }
}
