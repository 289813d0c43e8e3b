//! How long an answer counts: fresh for a day unless the workspace has it otherwise, stale for another thirty, then gone. Judged by the clock at each read and
//! never remembered.

use std::time::Duration;

/// How long an answer is fresh, before jitter (the reference design's TTL).
pub const TTL: Duration = Duration::from_hours(24);
/// How long past that it may still answer when Apollo can't be asked.
pub const STALE_FOR: Duration = Duration::from_hours(30 * 24);
/// Share of the TTL by which it is lengthened or shortened, so that a day's searches don't all end together.
const JITTER: f64 = 0.1;
/// How far clocks of two starts may differ.
const CLOCK_SLACK_MS: i64 = 60_000;

/// When an answer came and how long it counts, milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    pub stored_ms: i64,
    pub fresh_until_ms: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    Fresh,
    /// May only answer when Apollo can't.
    Stale,
    Gone,
}

impl Dates {
    /// An answer that came at `now_ms` and is fresh for `ttl`. `random` in 0..1 sets the jitter of that.
    pub fn of_now(now_ms: i64, ttl: Duration, random: f64) -> Self {
        Self { stored_ms: now_ms, fresh_until_ms: now_ms + jittered_ms(ttl, random) }
    }

    pub fn age(self, now_ms: i64) -> Age {
        if self.fresh_until_ms < gone_before_ms(now_ms) {
            Age::Gone
        } else if now_ms < self.fresh_until_ms && self.stored_ms <= now_ms.saturating_add(CLOCK_SLACK_MS) {
            Age::Fresh
        } else {
            // Also an answer from the future: it was kept under another clock, and nobody knows how old it is.
            Age::Stale
        }
    }
}

/// Answers that were fresh until before this moment are gone.
pub fn gone_before_ms(now_ms: i64) -> i64 {
    now_ms.saturating_sub(STALE_FOR.as_millis() as i64)
}

fn jittered_ms(ttl: Duration, random: f64) -> i64 {
    let share = 1.0 + JITTER * (2.0 * random.clamp(0.0, 1.0) - 1.0);
    (ttl.as_millis() as f64 * share) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    #[test]
    fn the_ttl_varies_by_at_most_a_tenth() {
        assert_eq!(jittered_ms(TTL, 0.0), 77_760_000);
        assert_eq!(jittered_ms(TTL, 0.5), 86_400_000);
        assert_eq!(jittered_ms(TTL, 1.0), 95_040_000);
    }

    #[test]
    fn an_answer_is_fresh_for_a_day_then_stale_for_thirty_then_gone() {
        let dates = Dates::of_now(NOW, TTL, 0.5);
        let day = TTL.as_millis() as i64;
        assert_eq!(dates.age(NOW + day - 1), Age::Fresh);
        assert_eq!(dates.age(NOW + day), Age::Stale);
        assert_eq!(dates.age(NOW + 31 * day), Age::Stale);
        assert_eq!(dates.age(NOW + 31 * day + 1), Age::Gone);
    }

    #[test]
    fn an_answer_from_the_future_is_not_fresh() {
        let dates = Dates::of_now(NOW, TTL, 0.5);
        assert_eq!(dates.age(NOW - CLOCK_SLACK_MS), Age::Fresh);
        assert_eq!(dates.age(NOW - CLOCK_SLACK_MS - 1), Age::Stale);
    }
}
