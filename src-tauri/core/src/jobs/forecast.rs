//! About when a job will be done. Pure, and no promise: what else spends calls meanwhile is not known.

use std::time::Duration;

use jiff::Timestamp;

use super::JobProgress;

const HOUR: Duration = Duration::from_hours(1);

/// What a forecast stands on.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Calls that work may use in any hour.
    pub calls_an_hour: u32,
    /// Calls that work may make now.
    pub calls_now: u32,
    /// How long one step took lately.
    pub step: Duration,
}

/// When the rest will be fetched; none as long as Apollo has not told how many match.
pub fn ready_at(progress: &JobProgress, pace: Pace, now: Timestamp) -> Option<Timestamp> {
    let total = progress.people_total?;
    if progress.pages == 0 || progress.rows == 0 {
        return None;
    }
    let rows_a_page = progress.rows.div_ceil(u64::from(progress.pages)).max(1);
    let pages_left = total.saturating_sub(progress.rows).div_ceil(rows_a_page);
    let beyond = pages_left.saturating_sub(u64::from(pace.calls_now));
    // Calls free in the order in which they were made: a whole hour for each hourful.
    let waits = beyond.div_ceil(u64::from(pace.calls_an_hour.max(1)));
    let steps = u32::try_from(pages_left).unwrap_or(u32::MAX);
    let left = HOUR.saturating_mul(u32::try_from(waits).unwrap_or(u32::MAX)) + pace.step.saturating_mul(steps);
    now.checked_add(left).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn minutes(rows: u64, total: Option<u64>, pages: u32, calls_now: u32) -> Option<i64> {
        let progress = JobProgress { rows, people_total: total, pages, ..JobProgress::default() };
        let pace = Pace { calls_an_hour: 90, calls_now, step: Duration::from_secs(1) };
        ready_at(&progress, pace, Timestamp::UNIX_EPOCH).map(|at| at.as_second() / 60)
    }

    #[test]
    fn what_the_hour_holds_takes_as_long_as_its_steps() {
        assert_eq!(minutes(1_000, Some(7_000), 10, 90), Some(1));
        assert_eq!(minutes(7_000, Some(7_000), 70, 0), Some(0));
    }

    #[test]
    fn what_it_does_not_hold_waits_whole_hours() {
        assert_eq!(minutes(1_000, Some(7_000), 10, 20), Some(61));
        assert_eq!(minutes(1_000, Some(20_000), 10, 10), Some(2 * 60 + 3));
    }

    #[test]
    fn nothing_is_said_before_apollo_told_how_many_match() {
        assert_eq!(minutes(0, None, 0, 90), None);
        assert_eq!(minutes(100, None, 1, 90), None);
    }
}
