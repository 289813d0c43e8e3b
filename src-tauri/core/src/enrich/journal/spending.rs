//! What was spent so far, as the caps count it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, params};

use super::columns::read_credits;
use crate::enrich::caps::Spent;

/// Where the day and the month of this computer began, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Began {
    pub day_ms: i64,
    pub month_ms: i64,
}

impl Began {
    pub fn of(now: Timestamp, zone: &TimeZone) -> Self {
        let today = now.to_zoned(zone.clone()).date();
        let start = |date: jiff::civil::Date| {
            date.to_zoned(zone.clone()).map_or(now.as_millisecond(), |start| start.timestamp().as_millisecond())
        };
        Self { day_ms: start(today), month_ms: start(today.first_of_month()) }
    }
}

/// What the caps count: what was charged, and the bound of all that may have been or may yet be.
pub fn spent(connection: &Connection, tenant: &str, job: &str, began: Began) -> rusqlite::Result<Spent> {
    connection
        .prepare_cached(&format!(
            "SELECT coalesce(sum(iif(job = ?2, {SPENT}, 0)), 0), coalesce(sum(iif(journalled_at_ms >= ?3, {SPENT}, 0)), 0),
             coalesce(sum(iif(journalled_at_ms >= ?4, {SPENT}, 0)), 0), coalesce(sum({SPENT}), 0)
             FROM paid_requests WHERE tenant = ?1"
        ))?
        .query_row(params![tenant, job, began.day_ms, began.month_ms], |row| {
            let [run, day, month, workspace] = [0, 1, 2, 3].map(|column| read_credits(row, column));
            Ok(Spent { run: run?, day: day?, month: month?, workspace: workspace? })
        })
}

/// What a request counts against a cap.
pub const SPENT: &str = "CASE state WHEN 'charged' THEN charged WHEN 'free' THEN 0 ELSE at_most END";
