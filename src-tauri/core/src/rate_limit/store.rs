//! The steps of a call in the ledger, each one transaction: reserve, sending, commit, release, pause; and how a tenant
//! stands. A decision and what it counts are one transaction; a refusal counts nothing.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::account::AccountHash;
use super::headers::RateHeaders;
use super::log::{self, Decision};
use super::refusals::Lasting;
use super::status::Cause;
use super::time_base::TimeBase;
use super::turn::{COMMITTED, LEASE_MS, RESERVED, SENDING, Turn};
use super::windows::{EndpointClass, Known, Period};
use crate::clock::Clock;
use crate::tenant::TenantId;

/// A call that wants to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    pub tenant: TenantId,
    /// Calls the tenant may make in any 3,600 s.
    pub limit: u32,
    pub account: Option<AccountHash>,
    pub class: EndpointClass,
    pub haste: Haste,
}

/// Who waits for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Haste {
    /// The user, who has just clicked.
    Click,
    /// Work that goes on by itself: it leaves some of the hour's calls to clicks, so that a click never finds that work
    /// has taken the last one. This holds between processes without anybody queueing.
    LongWork,
}

/// Long work leaves one of so many calls to clicks, and at least one.
const CALLS_PER_SPARE: u32 = 10;

impl Haste {
    /// How many of the tenant's `limit` calls may be in use.
    pub(crate) fn share_of(self, limit: u32) -> u32 {
        match self {
            Self::Click => limit,
            Self::LongWork if limit <= 1 => limit,
            Self::LongWork => limit - (limit / CALLS_PER_SPARE).max(1),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Attempt {
    First,
    Retry,
}

/// A call that is counted. Reserved at first; it goes back after [`LEASE_MS`] if it is not marked as sending.
#[derive(Debug)]
#[must_use = "a reservation that is neither sent nor released holds a call until its lease runs out"]
pub struct Reservation {
    tenant: TenantId,
    number: i64,
    bucket: String,
    class: EndpointClass,
    remaining: u32,
}

impl Reservation {
    /// Calls that still fitted the tenant's window when this one was counted.
    pub fn remaining(&self) -> u32 {
        self.remaining
    }

    pub(super) fn parts(&self) -> (TenantId, i64, String, EndpointClass) {
        (self.tenant, self.number, self.bucket.clone(), self.class)
    }
}

/// Why a call was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub cause: Cause,
    /// When the next call fits, in wall milliseconds, as the computer's clock shows it.
    pub reset_ms: i64,
    /// The same for telling it again, if nothing but a write can change it.
    pub lasting: Option<Lasting>,
}

/// The numbers of a [`super::LimiterStatus`], times as wall milliseconds.
#[derive(Debug)]
pub(super) struct Standing {
    pub decision: Decision,
    pub next_frees_ms: Option<i64>,
    pub paused_until_ms: Option<i64>,
    /// Until when the ledger counts as full because it was lost.
    pub lost_until_ms: Option<i64>,
    /// Class by its name, the window, calls used, when it ends.
    pub apollo: Vec<(EndpointClass, Known, u32, i64)>,
}

/// Whose windows at Apollo a call counts in. Without a key a tenant shares them with nobody.
fn bucket(tenant: TenantId, account: Option<AccountHash>) -> String {
    account.map_or_else(|| tenant.to_string(), |account| account.to_string())
}

/// Writes the first base, unless the ledger has one. `lost` starts it full. Answers whether it did so.
pub(super) fn found(connection: &mut Connection, clock: &dyn Clock, lost: bool) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let base = TimeBase::start(clock.read());
    let made = transaction.execute(
        "INSERT INTO base (one, line_ms, wall_ms, boot_ms, boot, full_from_ms, last_number, tidied_ms) \
         VALUES (1, ?1, ?2, ?3, ?4, ?5, 0, ?1) ON CONFLICT DO NOTHING",
        params![base.line_ms, base.wall_ms, base.boot_ms, base.boot.cast_signed(), lost.then_some(base.line_ms)],
    )?;
    transaction.commit()?;
    Ok(made > 0 && lost)
}

/// Admits a call by all windows, or by none.
pub(super) fn reserve(
    connection: &mut Connection,
    clock: &dyn Clock,
    wanted: Wanted,
) -> rusqlite::Result<Result<Reservation, Refusal>> {
    admit(Turn::begin(connection, clock)?, wanted, Attempt::First)
}

/// Admits a call that repeats a failed one: like any other, and only within the retry budget.
pub(super) fn reserve_retry(
    connection: &mut Connection,
    clock: &dyn Clock,
    wanted: Wanted,
) -> rusqlite::Result<Option<Reservation>> {
    let turn = Turn::begin(connection, clock)?;
    if turn.retries_left(wanted.tenant)? == 0 {
        turn.leave()?;
        return Ok(None);
    }
    Ok(admit(turn, wanted, Attempt::Retry)?.ok())
}

fn admit(turn: Turn<'_>, wanted: Wanted, attempt: Attempt) -> rusqlite::Result<Result<Reservation, Refusal>> {
    let bucket = bucket(wanted.tenant, wanted.account);
    let share = wanted.haste.share_of(wanted.limit);
    let decision = log::decide(&turn.leaving(wanted.tenant, wanted.limit)?, turn.now_ms(), share, 1);
    let apollo_until_ms = turn.apollo_refuses_until(&bucket, wanted.class, wanted.haste)?;
    if let Some((cause, until_ms)) = refusal(&turn, wanted.tenant, decision, apollo_until_ms) {
        let lasts = wanted.limit > 0 && !turn.a_window_may_refuse(&bucket, wanted.class, wanted.haste)?;
        let lasting = lasts.then_some(Lasting { cause, base: turn.before, until_ms });
        let reset_ms = turn.shown_ms(until_ms);
        turn.leave()?;
        return Ok(Err(Refusal { cause, reset_ms, lasting }));
    }
    let number: i64 = turn
        .transaction
        .prepare_cached("UPDATE base SET last_number = last_number + 1 RETURNING last_number")?
        .query_row([], |row| row.get(0))?;
    turn.transaction
        .prepare_cached(
            "INSERT INTO call (tenant, number, at_ms, stage, bucket, class, retry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            wanted.tenant.to_string(),
            number,
            turn.now_ms(),
            RESERVED,
            bucket,
            wanted.class.name(),
            attempt == Attempt::Retry
        ])?;
    turn.keep()?;
    Ok(Ok(Reservation { tenant: wanted.tenant, number, bucket, class: wanted.class, remaining: decision.remaining }))
}

/// What stands against the call and until when, on the line; where both do, the one that lasts longer, since only then the
/// next call fits.
fn refusal(
    turn: &Turn<'_>,
    tenant: TenantId,
    decision: Decision,
    apollo_until_ms: Option<i64>,
) -> Option<(Cause, i64)> {
    let tenant_until_ms = (!decision.success).then_some(decision.reset_ms);
    if apollo_until_ms > tenant_until_ms {
        return apollo_until_ms.map(|until| (Cause::Apollo, until));
    }
    let cause = if turn.full_until_ms(tenant).is_some() { Cause::Lost } else { Cause::Tenant };
    tenant_until_ms.map(|until| (cause, until))
}

/// Marks a reserved call as sending, unless its lease ran out, or since it was reserved Apollo asked for a pause or another
/// of its windows began that is full. From here on it counts its full hour, begun now.
pub(super) fn sending(
    connection: &mut Connection,
    clock: &dyn Clock,
    (tenant, number): (TenantId, i64),
    (bucket, class): (&str, EndpointClass),
) -> rusqlite::Result<bool> {
    let turn = Turn::begin(connection, clock)?;
    if turn.apollo_changed_its_mind(tenant, number, bucket, class)? {
        turn.leave()?;
        return Ok(false);
    }
    let marked = turn
        .transaction
        .prepare_cached(
            "UPDATE call SET stage = ?1, at_ms = ?2 WHERE tenant = ?3 AND number = ?4 AND stage = ?5 AND at_ms > ?2 - ?6",
        )?
        .execute(params![SENDING, turn.now_ms(), tenant.to_string(), number, RESERVED, LEASE_MS])?;
    turn.keep()?;
    Ok(marked > 0)
}

/// Notes that a call has ended, and what its answer told of Apollo's windows.
pub(super) fn commit(
    connection: &mut Connection,
    clock: &dyn Clock,
    (tenant, number): (TenantId, i64),
    (bucket, class): (&str, EndpointClass),
    seen: RateHeaders,
) -> rusqlite::Result<()> {
    let turn = Turn::begin(connection, clock)?;
    let sent_ms = end(&turn, tenant, number)?.unwrap_or(turn.now_ms());
    // What the answer tells, Apollo counted when the call came in, which may have been before the window of now began.
    let sent_wall_ms = turn.base.wall_ms - (turn.now_ms() - sent_ms);
    for period in Period::ALL {
        if let Some(told) = seen.of(period) {
            // Answers come in any order: within its window a count only rises, and an older window says nothing about
            // the one that is known. One that lies in the future was told under another clock.
            turn.transaction
                .prepare_cached(
                    "INSERT INTO apollo_window (bucket, class, period, calls, used, begins_ms) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET \
                     calls = excluded.calls, \
                     used = iif(begins_ms = excluded.begins_ms, max(used, excluded.used), excluded.used), \
                     begins_ms = excluded.begins_ms \
                     WHERE excluded.begins_ms >= begins_ms OR begins_ms > ?7",
                )?
                .execute(params![
                    bucket,
                    class.name(),
                    period.name(),
                    told.limit,
                    told.used,
                    period.begins_ms(sent_wall_ms),
                    period.begins_ms(turn.base.wall_ms)
                ])?;
        }
    }
    turn.tidy()?;
    turn.keep()
}

/// Marks a call as ended; answers when it was sent, on the line.
fn end(turn: &Turn<'_>, tenant: TenantId, number: i64) -> rusqlite::Result<Option<i64>> {
    turn.transaction
        .prepare_cached("UPDATE call SET stage = ?1 WHERE tenant = ?2 AND number = ?3 AND stage = ?4 RETURNING at_ms")?
        .query_row(params![COMMITTED, tenant.to_string(), number, SENDING], |row| row.get(0))
        .optional()
}

/// Takes back a call of which it is known that nothing of it was sent.
pub(super) fn unsent(connection: &mut Connection, tenant: TenantId, number: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM call WHERE tenant = ?1 AND number = ?2 AND stage = ?3")?
        .execute(params![tenant.to_string(), number, SENDING])?;
    Ok(())
}

/// Gives back a call that was only reserved.
pub(super) fn release(connection: &mut Connection, tenant: TenantId, number: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM call WHERE tenant = ?1 AND number = ?2 AND stage = ?3")?
        .execute(params![tenant.to_string(), number, RESERVED])?;
    Ok(())
}

/// Ends a call that was answered with 429 and closes its bucket, in one step, so that no other call slips between: for
/// `wait_ms`, and at least until the window that was exceeded ends. Answers until when.
pub(super) fn pause(
    connection: &mut Connection,
    clock: &dyn Clock,
    (tenant, number): (TenantId, i64),
    (bucket, class): (&str, EndpointClass),
    wait_ms: i64,
    exceeded: Option<Period>,
) -> rusqlite::Result<i64> {
    let turn = Turn::begin(connection, clock)?;
    end(&turn, tenant, number)?;
    let window_ends_ms = match exceeded {
        Some(period) => turn.on_line_ms(period.ends_ms(turn.base.wall_ms)),
        // Apollo did not say which: one that is known to be full, else the shortest.
        None => match turn.apollo_refuses_until(bucket, class, Haste::Click)? {
            Some(until_ms) => until_ms,
            None => turn.on_line_ms(Period::Minute.ends_ms(turn.base.wall_ms)),
        },
    };
    let until_ms = window_ends_ms.max(turn.now_ms() + wait_ms);
    let until_ms: i64 = turn
        .transaction
        .prepare_cached(
            "INSERT INTO pause (bucket, class, until_ms) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET until_ms = max(until_ms, excluded.until_ms) RETURNING until_ms",
        )?
        .query_row(params![bucket, class.name(), until_ms], |row| row.get(0))?;
    let shown_ms = turn.shown_ms(until_ms);
    turn.keep()?;
    Ok(shown_ms)
}

/// How a tenant stands, without counting anything.
pub(super) fn standing(
    connection: &mut Connection,
    clock: &dyn Clock,
    tenant: TenantId,
    limit: u32,
    account: Option<AccountHash>,
) -> rusqlite::Result<Standing> {
    let turn = Turn::look(connection, clock)?;
    let bucket = bucket(tenant, account);
    let leaving = turn.leaving(tenant, limit)?;
    let decision = log::decide(&leaving, turn.now_ms(), limit, 0);
    let (mut paused_until_ms, mut search_fits_ms) = (None, decision.reset_ms);
    let mut apollo = Vec::new();
    for class in EndpointClass::ALL {
        // A window that is known to be full holds calls back as a 429 would.
        let refused_until_ms = turn.apollo_refuses_until(&bucket, class, Haste::Click)?;
        paused_until_ms = paused_until_ms.max(refused_until_ms);
        if class == EndpointClass::PeopleSearch {
            search_fits_ms = search_fits_ms.max(refused_until_ms.unwrap_or(search_fits_ms));
        }
        for known in turn.known(&bucket, class)? {
            let used = known.used(turn.own(&bucket, class, known.period)?, turn.base.wall_ms);
            let ends_ms = turn.on_line_ms(known.period.ends_ms(turn.base.wall_ms));
            apollo.push((class, known, used, turn.shown_ms(ends_ms)));
        }
    }
    Ok(Standing {
        decision: Decision { reset_ms: turn.shown_ms(search_fits_ms), ..decision },
        next_frees_ms: turn.next_leaving(tenant, decision)?.map(|leaves| turn.shown_ms(leaves)),
        paused_until_ms: paused_until_ms.map(|until| turn.shown_ms(until)),
        lost_until_ms: turn.full_until_ms(tenant).map(|until| turn.shown_ms(until)),
        apollo,
    })
}

/// Retries that the tenant may still make.
pub(super) fn retry_budget(connection: &mut Connection, clock: &dyn Clock, tenant: TenantId) -> rusqlite::Result<u32> {
    Turn::look(connection, clock)?.retries_left(tenant)
}

/// Takes back that the ledger started full.
pub(super) fn forgive(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.execute("UPDATE base SET full_from_ms = NULL", [])?;
    Ok(())
}
