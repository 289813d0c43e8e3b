//! The ledger's file and one turn at it: a transaction, the time it happens at, and what the file says about that time.
//! The clock must never be read before the lock is held, since whoever waits for the lock would decide with a time that
//! is past.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, named_params, params};

use super::headers::Seen;
use super::log::{Decision, HOUR_MS};
use super::store::Haste;
use super::time_base::TimeBase;
use super::windows::{EndpointClass, Known, Period};
use crate::clock::{Clock, Reading};
use crate::db::{Durability, Schema};
use crate::tenant::TenantId;

/// How long a reservation holds its call before it goes back, unless the call is marked as sending.
pub const LEASE_MS: i64 = 15_000;

/// Calls are kept as long as the longest of Apollo's windows, and an hour more.
const KEPT_MS: i64 = 25 * HOUR_MS;

/// How often calls that are too old are removed.
const TIDY_MS: i64 = 600_000;

/// One call of ten may be a retry.
const CALLS_PER_RETRY: u32 = 10;

pub(super) const SCHEMA: Schema = Schema {
    what: "The call ledger",
    durability: Durability::Full,
    migrations: &[
        "
        CREATE TABLE base (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            line_ms INTEGER NOT NULL,
            wall_ms INTEGER NOT NULL,
            boot_ms INTEGER NOT NULL,
            boot INTEGER NOT NULL,
            doubted_since_ms INTEGER,
            full_from_ms INTEGER,
            last_number INTEGER NOT NULL,
            tidied_ms INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE call (
            tenant TEXT NOT NULL,
            number INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            stage INTEGER NOT NULL CHECK (stage IN (0, 1, 2)),
            bucket TEXT NOT NULL,
            class TEXT NOT NULL,
            retry INTEGER NOT NULL CHECK (retry IN (0, 1)),
            PRIMARY KEY (tenant, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX call_by_tenant ON call (tenant, at_ms, stage);
        CREATE INDEX call_by_bucket ON call (bucket, class, at_ms, stage);
        CREATE INDEX call_by_age ON call (at_ms);
        CREATE TABLE apollo_window (
            bucket TEXT NOT NULL,
            class TEXT NOT NULL,
            period TEXT NOT NULL,
            calls INTEGER NOT NULL,
            used INTEGER NOT NULL,
            begins_ms INTEGER NOT NULL,
            PRIMARY KEY (bucket, class, period)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pause (
            bucket TEXT NOT NULL,
            class TEXT NOT NULL,
            until_ms INTEGER NOT NULL,
            PRIMARY KEY (bucket, class)
        ) STRICT, WITHOUT ROWID;
    ",
        LEANER_CALLS,
    ],
};

/// Each step of a call wrote this index, and only the seldom tidying, which nobody waits for, read it.
const LEANER_CALLS: &str = "DROP INDEX call_by_age;";

/// What a call has become, as the numbers of the column `stage`.
pub(super) const RESERVED: i64 = 0;
pub(super) const SENDING: i64 = 1;
pub(super) const COMMITTED: i64 = 2;

/// One transaction, and the time it happens at.
pub(super) struct Turn<'c> {
    pub transaction: Transaction<'c>,
    /// The base as it stands in the file.
    pub before: TimeBase,
    pub base: TimeBase,
    reading: Reading,
    full_from_ms: Option<i64>,
}

impl<'c> Turn<'c> {
    pub fn begin(connection: &'c mut Connection, clock: &dyn Clock) -> rusqlite::Result<Self> {
        Self::at(connection.transaction_with_behavior(TransactionBehavior::Immediate)?, clock)
    }

    /// A turn that only looks, and so waits for nobody.
    pub fn look(connection: &'c mut Connection, clock: &dyn Clock) -> rusqlite::Result<Self> {
        Self::at(connection.transaction_with_behavior(TransactionBehavior::Deferred)?, clock)
    }

    fn at(transaction: Transaction<'c>, clock: &dyn Clock) -> rusqlite::Result<Self> {
        let (before, full_from_ms) = transaction
            .prepare_cached("SELECT line_ms, wall_ms, boot_ms, boot, doubted_since_ms, full_from_ms FROM base")?
            .query_row([], |row| {
                let base = TimeBase {
                    line_ms: row.get(0)?,
                    wall_ms: row.get(1)?,
                    boot_ms: row.get(2)?,
                    boot: row.get::<_, i64>(3)?.cast_unsigned(),
                    doubted_since_ms: row.get(4)?,
                };
                Ok((base, row.get(5)?))
            })?;
        let reading = clock.read();
        Ok(Self { transaction, before, base: before.advance(reading), reading, full_from_ms })
    }

    /// Now, on the ledger's line.
    pub fn now_ms(&self) -> i64 {
        self.base.line_ms
    }

    /// A time on the line as the computer's clock will show it.
    pub fn shown_ms(&self, line_ms: i64) -> i64 {
        self.base.shown_ms(line_ms, self.reading)
    }

    /// A wall time, such as the end of one of Apollo's windows, on the line.
    pub fn on_line_ms(&self, wall_ms: i64) -> i64 {
        self.base.line_ms + (wall_ms - self.base.wall_ms)
    }

    /// Ends the turn and keeps what it did.
    pub fn keep(self) -> rusqlite::Result<()> {
        self.transaction
            .prepare_cached(
                "UPDATE base SET line_ms = ?1, wall_ms = ?2, boot_ms = ?3, boot = ?4, doubted_since_ms = ?5",
            )?
            .execute(params![
                self.base.line_ms,
                self.base.wall_ms,
                self.base.boot_ms,
                self.base.boot.cast_signed(),
                self.base.doubted_since_ms
            ])?;
        self.transaction.commit()
    }

    /// Ends a turn that counted nothing. A doubt about the wall clock is kept all the same, since it ends by its age.
    pub fn leave(self) -> rusqlite::Result<()> {
        if self.base.believes_as(self.before) { self.transaction.rollback() } else { self.keep() }
    }

    /// Until when a ledger that was lost counts as full, on the line, if that is not past. The sample workspace's calls
    /// reach nobody, so for it nothing is at stake.
    pub fn full_until_ms(&self, tenant: TenantId) -> Option<i64> {
        let until_ms = self.full_from_ms.filter(|_| !tenant.is_sample()).map(|from| from + HOUR_MS);
        until_ms.filter(|until| *until > self.now_ms())
    }

    /// When each call of the tenant that counts now leaves its window, oldest first.
    pub fn leaving(&self, tenant: TenantId, limit: u32) -> rusqlite::Result<Vec<i64>> {
        let now_ms = self.now_ms();
        let mut leaving = self
            .transaction
            .prepare_cached(
                "SELECT at_ms + iif(stage = 0, :lease, :hour) AS leaves FROM call \
                 WHERE tenant = :tenant AND at_ms > :now - :hour AND leaves > :now ORDER BY leaves",
            )?
            .query_map(
                named_params! {":tenant": tenant.to_string(), ":now": now_ms, ":lease": LEASE_MS, ":hour": HOUR_MS},
                |row| row.get(0),
            )?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        if let Some(full_until_ms) = self.full_until_ms(tenant) {
            leaving.extend(std::iter::repeat_n(full_until_ms, limit as usize));
        }
        Ok(leaving)
    }

    /// When one more call than now fits: when the oldest that was sent leaves, and with none left when one fits at all (a
    /// limit that was lowered waits for several). What is only reserved goes on or back in a moment and is not told.
    pub fn next_leaving(&self, tenant: TenantId, decision: Decision) -> rusqlite::Result<Option<i64>> {
        if decision.remaining == 0 {
            return Ok(Some(decision.reset_ms));
        }
        self.transaction
            .prepare_cached("SELECT min(at_ms) + ?3 FROM call WHERE tenant = ?1 AND stage > 0 AND at_ms > ?2 - ?3")?
            .query_row(params![tenant.to_string(), self.now_ms(), HOUR_MS], |row| row.get(0))
    }

    /// What is known of Apollo's windows of one bucket and class.
    pub fn known(&self, bucket: &str, class: EndpointClass) -> rusqlite::Result<Vec<Known>> {
        let read = |row: &Row<'_>, period| {
            Ok(Known { period, seen: Seen { limit: row.get(0)?, used: row.get(1)? }, begins_ms: row.get(2)? })
        };
        let mut statement = self.transaction.prepare_cached(
            "SELECT calls, used, begins_ms FROM apollo_window WHERE bucket = ?1 AND class = ?2 AND period = ?3",
        )?;
        let mut known = Vec::new();
        for period in Period::ALL {
            let row = statement.query_row(params![bucket, class.name(), period.name()], |row| read(row, period));
            known.extend(row.optional()?);
        }
        Ok(known)
    }

    /// Calls of ours that count in the window of `period` that holds now.
    pub fn own(&self, bucket: &str, class: EndpointClass, period: Period) -> rusqlite::Result<u32> {
        self.transaction
            .prepare_cached(
                "SELECT count(*) FROM call WHERE bucket = :bucket AND class = :class AND at_ms >= :begins \
                 AND (stage > 0 OR at_ms > :now - :lease)",
            )?
            .query_row(
                named_params! {
                    ":bucket": bucket,
                    ":class": class.name(),
                    ":begins": self.on_line_ms(period.begins_ms(self.base.wall_ms)),
                    ":now": self.now_ms(),
                    ":lease": LEASE_MS,
                },
                |row| row.get(0),
            )
    }

    /// Until when a 429 closed the bucket, on the line, if that is not past.
    pub fn paused_until(&self, bucket: &str, class: EndpointClass) -> rusqlite::Result<Option<i64>> {
        let until_ms: Option<i64> = self
            .transaction
            .prepare_cached("SELECT until_ms FROM pause WHERE bucket = ?1 AND class = ?2")?
            .query_row(params![bucket, class.name()], |row| row.get(0))
            .optional()?;
        Ok(until_ms.filter(|until| *until > self.now_ms()))
    }

    /// When Apollo's windows and pauses let the next call through, on the line, if not now.
    pub fn apollo_refuses_until(
        &self,
        bucket: &str,
        class: EndpointClass,
        haste: Haste,
    ) -> rusqlite::Result<Option<i64>> {
        let mut until_ms = self.paused_until(bucket, class)?;
        for known in self.known(bucket, class)? {
            let own = self.own(bucket, class, known.period)?;
            let ends_ms = known.refuses_until(own, haste.share_of(known.seen.limit), self.base.wall_ms);
            until_ms = until_ms.max(ends_ms.map(|ends| self.on_line_ms(ends)));
        }
        Ok(until_ms)
    }

    /// Whether a reserved call may not be sent any more: Apollo asked for a pause meanwhile, or a window of its has begun
    /// since the reservation and is full. (In the window it was reserved in, the call is counted already.)
    pub fn apollo_changed_its_mind(
        &self,
        tenant: TenantId,
        number: i64,
        bucket: &str,
        class: EndpointClass,
    ) -> rusqlite::Result<bool> {
        if self.paused_until(bucket, class)?.is_some() {
            return Ok(true);
        }
        let reserved_ms: Option<i64> = self
            .transaction
            .prepare_cached("SELECT at_ms FROM call WHERE tenant = ?1 AND number = ?2")?
            .query_row(params![tenant.to_string(), number], |row| row.get(0))
            .optional()?;
        let Some(reserved_ms) = reserved_ms else { return Ok(false) };
        for known in self.known(bucket, class)? {
            let began_ms = self.on_line_ms(known.period.begins_ms(self.base.wall_ms));
            let own = self.own(bucket, class, known.period)?;
            if reserved_ms < began_ms && known.refuses_until(own, known.seen.limit, self.base.wall_ms).is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether one of Apollo's windows could refuse a call from now on though nobody writes: when it rolls over, when a
    /// call's lease runs out, or when the wall clock is set. No window ever holds more of what is counted now than its
    /// length back from now does.
    pub fn a_window_may_refuse(&self, bucket: &str, class: EndpointClass, haste: Haste) -> rusqlite::Result<bool> {
        let mut count = self
            .transaction
            .prepare_cached("SELECT count(*) FROM call WHERE bucket = ?1 AND class = ?2 AND at_ms >= ?3")?;
        for known in self.known(bucket, class)? {
            let begins_ms = self.now_ms() - known.period.length_ms();
            let most: u32 = count.query_row(params![bucket, class.name(), begins_ms], |row| row.get(0))?;
            if most.max(known.seen.used) >= haste.share_of(known.seen.limit) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Retries that the tenant may still make: a tenth of its calls in the last hour, less those that were retries.
    pub fn retries_left(&self, tenant: TenantId) -> rusqlite::Result<u32> {
        let (calls, retries): (u32, u32) = self
            .transaction
            .prepare_cached(
                "SELECT count(*), coalesce(sum(retry), 0) FROM call WHERE tenant = :tenant \
                 AND at_ms > :now - :hour AND (stage > 0 OR at_ms > :now - :lease)",
            )?
            .query_row(
                named_params! {
                    ":tenant": tenant.to_string(), ":now": self.now_ms(), ":hour": HOUR_MS, ":lease": LEASE_MS,
                },
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
        Ok((calls / CALLS_PER_RETRY).saturating_sub(retries))
    }

    /// Removes now and then what counts no more. For turns that nobody waits for with a call in hand.
    pub fn tidy(&self) -> rusqlite::Result<()> {
        let due = self
            .transaction
            .prepare_cached("UPDATE base SET tidied_ms = ?1 WHERE tidied_ms <= ?1 - ?2")?
            .execute(params![self.now_ms(), TIDY_MS])?;
        if due > 0 {
            self.transaction.execute("DELETE FROM call WHERE at_ms <= ?1", [self.now_ms() - KEPT_MS])?;
            self.transaction.execute("DELETE FROM pause WHERE until_ms <= ?1", [self.now_ms()])?;
        }
        Ok(())
    }
}
