//! The exact sliding log: at most `limit` calls in any 3,600 s. Pure: no clock, no file.
//! It must never admit more than a plain list of timestamps would, nor less.

use std::collections::VecDeque;

/// The tenant's window: an admission at `t` has left it at exactly `t + HOUR_MS`.
pub const HOUR_MS: i64 = 3_600_000;

/// Calls that a tenant may make in a window, unless the user set another number.
pub const DEFAULT_LIMIT: u32 = 100;

/// What was decided about one call, as in `X-RateLimit-Limit`, `-Remaining` and `-Reset`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub success: bool,
    /// Calls that fit in a window.
    pub limit: u32,
    /// The limit less what the window holds after this decision.
    pub remaining: u32,
    /// When the next call (of cost 1) fits, in the caller's milliseconds; `now` if one fits now.
    pub reset_ms: i64,
}

/// Decides about `cost` calls at `now_ms`, all or nothing.
///
/// `leaving` holds, in ascending order, when each call that still counts leaves the window; all of it lies after `now_ms`.
pub fn decide(leaving: &[i64], now_ms: i64, limit: u32, cost: u32) -> Decision {
    let limit_calls = limit as usize;
    let used = leaving.len();
    let with_cost = used.saturating_add(cost as usize);
    let success = cost == 0 || with_cost <= limit_calls;
    let held = if success { with_cost } else { used };
    let reset_ms = match held.checked_sub(limit_calls) {
        None => now_ms,
        // That many calls have to leave, and one more. What was admitted just now leaves last.
        Some(surplus) => leaving.get(surplus).copied().unwrap_or(now_ms.saturating_add(HOUR_MS)),
    };
    let remaining = u32::try_from(limit_calls.saturating_sub(held)).unwrap_or(u32::MAX);
    Decision { success, limit, remaining, reset_ms }
}

/// The log of one tenant in memory; the ledger keeps the same in a file.
#[derive(Debug, Clone, Default)]
pub struct Log {
    leaving: VecDeque<i64>,
    last_ms: Option<i64>,
}

impl Log {
    /// Decides about `cost` calls and, if they fit, counts them. A refusal is never counted; a time before the last one
    /// is taken for the last one.
    pub fn admit(&mut self, now_ms: i64, limit: u32, cost: u32) -> Decision {
        let now_ms = self.last_ms.map_or(now_ms, |last| last.max(now_ms));
        self.last_ms = Some(now_ms);
        while self.leaving.front().is_some_and(|leaves| *leaves <= now_ms) {
            self.leaving.pop_front();
        }
        let decision = decide(self.leaving.make_contiguous(), now_ms, limit, cost);
        if decision.success {
            self.leaving.extend(std::iter::repeat_n(now_ms.saturating_add(HOUR_MS), cost as usize));
        }
        decision
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admission_has_left_at_exactly_one_hour() {
        let mut log = Log::default();
        assert!(log.admit(500, 1, 1).success);
        let refused = log.admit(500 + HOUR_MS - 1, 1, 1);
        assert_eq!(refused, Decision { success: false, limit: 1, remaining: 0, reset_ms: 500 + HOUR_MS });
        assert!(log.admit(500 + HOUR_MS, 1, 1).success);
    }

    #[test]
    fn reset_is_now_while_a_call_fits_and_the_leaving_of_the_oldest_when_none_does() {
        let mut log = Log::default();
        assert_eq!(log.admit(10, 2, 1), Decision { success: true, limit: 2, remaining: 1, reset_ms: 10 });
        assert_eq!(log.admit(20, 2, 1), Decision { success: true, limit: 2, remaining: 0, reset_ms: 10 + HOUR_MS });
    }

    #[test]
    fn a_cost_above_one_is_all_or_nothing() {
        let mut log = Log::default();
        assert!(log.admit(0, 5, 3).success);
        let refused = log.admit(1, 5, 3);
        assert_eq!(refused, Decision { success: false, limit: 5, remaining: 2, reset_ms: 1 });
        assert!(log.admit(2, 5, 2).success);
        assert!(!log.admit(3, 5, 6).success, "more than the limit never fits");
    }

    #[test]
    fn a_lowered_limit_waits_until_enough_calls_have_left() {
        let mut log = Log::default();
        for at in 0..4 {
            assert!(log.admit(at, 4, 1).success);
        }
        let refused = log.admit(10, 2, 1);
        assert_eq!(refused, Decision { success: false, limit: 2, remaining: 0, reset_ms: 2 + HOUR_MS });
        assert!(!log.admit(1 + HOUR_MS, 2, 1).success);
        assert!(log.admit(2 + HOUR_MS, 2, 1).success);
    }

    #[test]
    fn a_limit_of_zero_admits_nothing_and_names_a_moment_all_the_same() {
        assert_eq!(decide(&[], 7, 0, 1), Decision { success: false, limit: 0, remaining: 0, reset_ms: 7 + HOUR_MS });
    }
}
