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
            let [job, day, month, workspace] = [0, 1, 2, 3].map(|column| read_credits(row, column));
            Ok(Spent { job: job?, day: day?, month: month?, workspace: workspace? })
        })
}

/// What a request counts against a cap.
pub const SPENT: &str = "CASE state WHEN 'charged' THEN charged WHEN 'free' THEN 0 ELSE at_most END";

/// What was charged for a request, as [`crate::enrich::paid::Request::booked`] has it.
pub const CHARGED: &str = "iif(state IN ('charged', 'ordered'), charged, 0)";

/// At most this much more was charged for it, likewise.
pub const UNKNOWN: &str = "CASE state WHEN 'charged' THEN 0 WHEN 'free' THEN 0 WHEN 'ordered' THEN max(at_most - charged, 0) ELSE at_most END";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::credits::Credits;
    use crate::enrich::journal::columns::word;
    use crate::enrich::paid::{Request, State};

    #[test]
    fn a_sum_of_the_file_books_each_state_as_the_table_of_states_does() {
        let (price, at_most) = (Credits::from_thousandths(1_010), Credits::whole(10));
        let connection = Connection::open_in_memory().unwrap();
        for state in [
            State::Journalled,
            State::Ordered(price),
            State::Charged(price),
            State::Free,
            State::Untold,
            State::MayBeCharged,
            State::Accepted,
            State::Repeated,
        ] {
            let booked = Request { state, at_most, attempt: 1 }.booked();
            let (word, charged) = word(state);
            let row = params![word, charged.thousandths() as i64, at_most.thousandths() as i64];
            let sql =
                format!("SELECT {CHARGED}, {UNKNOWN}, {SPENT} FROM (SELECT ?1 AS state, ?2 AS charged, ?3 AS at_most)");
            let found = connection
                .query_row(&sql, row, |row| Ok([read_credits(row, 0)?, read_credits(row, 1)?, read_credits(row, 2)?]))
                .unwrap();
            assert_eq!(found, [booked.charged, booked.unknown, booked.charged + booked.unknown], "{state:?}");
        }
    }
}
