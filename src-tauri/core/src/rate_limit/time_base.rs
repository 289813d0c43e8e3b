//! Which time it is for the ledger, when wall clocks are set, machines sleep and boots change. Pure.
//! The ledger's time must never go back, nor run ahead of the time that really passed within one boot.
//!
//! Calls are stamped on a line of the ledger's own, which within one boot moves with the monotonic clock (the one that
//! counts suspend) and with nothing else: setting the wall clock neither frees a call nor holds one longer. The wall
//! clock is kept beside it, for what is said in wall time (Apollo's windows) and for the only question that the
//! monotonic clock can't answer: how long the machine was off.

use crate::clock::Reading;

/// A forward or backward jump of the wall clock beyond this is doubted.
const TOLERANCE_MS: i64 = 60_000;

/// After this much monotonic time a doubted wall clock is believed.
const DOUBT_ENDS_MS: i64 = 3_600_000;

/// Where the line stood at the last moment somebody looked, and what the clocks said then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeBase {
    /// The ledger's own time. Starts as the wall clock and never goes back.
    pub line_ms: i64,
    /// The wall clock as far as it is believed.
    pub wall_ms: i64,
    /// The monotonic clock of `boot`.
    pub boot_ms: i64,
    pub boot: u64,
    /// The monotonic time at which the wall clock was first found elsewhere than it should be.
    pub doubted_since_ms: Option<i64>,
}

impl TimeBase {
    /// The base of a new ledger.
    pub fn start(reading: Reading) -> Self {
        Self {
            line_ms: reading.wall_ms,
            wall_ms: reading.wall_ms,
            boot_ms: reading.boot_ms,
            boot: reading.boot,
            doubted_since_ms: None,
        }
    }

    /// The base after a reading.
    #[must_use]
    pub fn advance(self, reading: Reading) -> Self {
        // Some systems give two boots one name.
        let same_boot = reading.boot == self.boot && reading.boot_ms >= self.boot_ms.saturating_sub(TOLERANCE_MS);
        if same_boot { self.within_boot(reading) } else { self.after_reboot(reading) }
    }

    /// Whether both take the clocks for the same, so that of two bases the older one need not be replaced.
    pub fn believes_as(self, other: Self) -> bool {
        self.boot == other.boot && self.doubted_since_ms == other.doubted_since_ms
    }

    /// A time on the line as the computer's clock will show it; `reading` is the one that this base was advanced to.
    pub fn shown_ms(self, line_ms: i64, reading: Reading) -> i64 {
        reading.wall_ms.saturating_add(line_ms.saturating_sub(self.line_ms))
    }

    fn within_boot(self, reading: Reading) -> Self {
        // Two processes may read in one order and be heard in the other.
        let passed = (reading.boot_ms - self.boot_ms).max(0);
        let boot_ms = self.boot_ms + passed;
        let expected = self.wall_ms + passed;
        let since = self.doubted_since_ms.unwrap_or(boot_ms);
        let agrees = (reading.wall_ms - expected).abs() <= TOLERANCE_MS;
        let believed = agrees || boot_ms - since >= DOUBT_ENDS_MS;
        Self {
            line_ms: self.line_ms + passed,
            wall_ms: if believed { reading.wall_ms } else { expected },
            boot_ms,
            boot: self.boot,
            doubted_since_ms: (!believed).then_some(since),
        }
    }

    /// The wall clock says how long the machine was off, unless it is before the last time seen.
    fn after_reboot(self, reading: Reading) -> Self {
        let passed = (reading.wall_ms - self.wall_ms).max(0);
        Self {
            line_ms: self.line_ms + passed,
            wall_ms: self.wall_ms + passed,
            boot_ms: reading.boot_ms,
            boot: reading.boot,
            doubted_since_ms: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_700_000_000_000;
    const HOUR: i64 = 3_600_000;

    fn reading(wall_ms: i64, boot_ms: i64, boot: u64) -> Reading {
        Reading { wall_ms, boot_ms, boot }
    }

    fn base() -> TimeBase {
        TimeBase::start(reading(NOON, 1_000, 1))
    }

    #[test]
    fn time_that_passes_is_time_that_passes() {
        let later = base().advance(reading(NOON + 5_000, 6_000, 1));
        assert_eq!((later.line_ms, later.wall_ms, later.doubted_since_ms), (NOON + 5_000, NOON + 5_000, None));
    }

    #[test]
    fn a_suspend_of_eight_hours_is_eight_hours() {
        let later = base().advance(reading(NOON + 8 * HOUR, 1_000 + 8 * HOUR, 1));
        assert_eq!((later.line_ms, later.doubted_since_ms), (NOON + 8 * HOUR, None));
    }

    #[test]
    fn a_clock_set_back_an_hour_moves_nothing() {
        let later = base().advance(reading(NOON - HOUR + 10, 1_010, 1));
        assert_eq!((later.line_ms, later.wall_ms), (NOON + 10, NOON + 10));
    }

    #[test]
    fn a_clock_set_forward_an_hour_is_doubted_until_both_agree_again() {
        let jumped = base().advance(reading(NOON + HOUR, 1_000, 1));
        assert_eq!((jumped.line_ms, jumped.wall_ms, jumped.doubted_since_ms), (NOON, NOON, Some(1_000)));
        let mended = jumped.advance(reading(NOON + 60_000, 61_000, 1));
        assert_eq!((mended.line_ms, mended.wall_ms, mended.doubted_since_ms), (NOON + 60_000, NOON + 60_000, None));
    }

    #[test]
    fn a_doubted_clock_is_believed_after_an_hour_and_still_frees_nothing_early() {
        let jumped = base().advance(reading(NOON + 24 * HOUR, 1_000, 1));
        let almost = jumped.advance(reading(NOON + 25 * HOUR - 1, 1_000 + HOUR - 1, 1));
        assert_eq!(almost.wall_ms, NOON + HOUR - 1);
        let believed = almost.advance(reading(NOON + 25 * HOUR, 1_000 + HOUR, 1));
        assert_eq!((believed.line_ms, believed.wall_ms), (NOON + HOUR, NOON + 25 * HOUR));
        assert_eq!(believed.doubted_since_ms, None);
    }

    #[test]
    fn small_steps_of_the_wall_clock_are_followed_and_free_nothing() {
        let later = base().advance(reading(NOON + 60_000, 1_000, 1));
        assert_eq!((later.line_ms, later.wall_ms, later.doubted_since_ms), (NOON, NOON + 60_000, None));
    }

    #[test]
    fn after_a_reboot_the_wall_clock_tells_how_long_the_machine_was_off() {
        let later = base().advance(reading(NOON + 2 * HOUR, 5, 2));
        assert_eq!((later.line_ms, later.wall_ms, later.boot_ms, later.boot), (NOON + 2 * HOUR, NOON + 2 * HOUR, 5, 2));
    }

    #[test]
    fn after_a_reboot_a_wall_clock_before_the_last_time_seen_is_not_believed() {
        let rebooted = base().advance(reading(NOON - HOUR, 5, 2));
        assert_eq!((rebooted.line_ms, rebooted.wall_ms), (NOON, NOON));
        let later = rebooted.advance(reading(NOON - HOUR + 1_000, 1_005, 2));
        assert_eq!(later.line_ms, NOON + 1_000, "from then on the monotonic clock counts");
    }

    #[test]
    fn a_monotonic_clock_that_begins_anew_is_a_reboot_whatever_its_name() {
        let long_on = TimeBase::start(reading(NOON, 100 * HOUR, 1));
        let rebooted = long_on.advance(reading(NOON + HOUR, 5, 1));
        assert_eq!((rebooted.line_ms, rebooted.wall_ms, rebooted.boot_ms), (NOON + HOUR, NOON + HOUR, 5));
        let heard_late = long_on.advance(reading(NOON, 100 * HOUR - TOLERANCE_MS, 1));
        assert_eq!((heard_late.line_ms, heard_late.boot_ms), (NOON, 100 * HOUR));
    }

    #[test]
    fn a_wrong_wall_clock_before_a_reboot_does_not_become_the_last_time_seen() {
        let jumped = base().advance(reading(NOON + 24 * HOUR, 2_000, 1));
        let rebooted = jumped.advance(reading(NOON + HOUR, 5, 2));
        assert_eq!(rebooted.line_ms, NOON + HOUR);
    }

    #[test]
    fn readings_heard_in_the_wrong_order_count_once() {
        let later = base().advance(reading(NOON + 100, 1_100, 1));
        let earlier = later.advance(reading(NOON + 50, 1_050, 1));
        assert_eq!(earlier.line_ms, NOON + 100);
        assert_eq!(earlier.advance(reading(NOON + 100, 1_100, 1)).line_ms, NOON + 100);
    }
}
