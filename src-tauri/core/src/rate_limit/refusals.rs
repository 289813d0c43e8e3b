//! Refusals told again from memory, without a turn at the ledger. One is told only while the ledger would say the same to
//! the millisecond: nobody has written since, and the moment has not come at which something fits.

use super::status::Cause;
use super::store::Wanted;
use super::time_base::TimeBase;
use crate::clock::{Clock, Reading};
use crate::db::recall::{Moment, Recall};

/// A refusal that nothing but a write can change before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lasting {
    pub cause: Cause,
    /// The ledger's time as it stands in the file.
    pub base: TimeBase,
    /// When the next call fits, on the ledger's line.
    pub until_ms: i64,
}

impl Lasting {
    /// When the next call fits as the computer's clock shows it; none if the ledger has to be asked again.
    fn reset_ms(self, reading: Reading) -> Option<i64> {
        let now = self.base.advance(reading);
        // A clock that is doubted anew is written down, which takes a turn.
        let same = now.believes_as(self.base) && now.line_ms < self.until_ms;
        same.then(|| now.shown_ms(self.until_ms, reading))
    }
}

/// The last refusals by what was wanted.
pub(super) type Refusals = Recall<Wanted, Lasting>;

impl Refusals {
    /// Why `wanted` is refused now, and the wall milliseconds at which the next call fits.
    ///
    /// # Errors
    /// The ledger has to be asked; should it refuse, that may be held with this moment.
    pub fn refuses(&self, wanted: &Wanted, clock: &dyn Clock) -> Result<(Cause, i64), Moment> {
        let lasting = self.get(wanted)?;
        let Some(reset_ms) = lasting.reset_ms(clock.read()) else {
            self.forget(wanted);
            return Err(Moment::default());
        };
        Ok((lasting.cause, reset_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_700_000_000_000;
    const MINUTE: i64 = 60_000;

    fn reading(wall_ms: i64, boot_ms: i64) -> Reading {
        Reading { wall_ms, boot_ms, boot: 1 }
    }

    fn lasting() -> Lasting {
        Lasting { cause: Cause::Tenant, base: TimeBase::start(reading(NOON, 0)), until_ms: NOON + 10 * MINUTE }
    }

    #[test]
    fn a_refusal_ends_at_its_moment_and_not_before() {
        let at = |ms| lasting().reset_ms(reading(NOON + ms, ms));
        assert_eq!(at(0), Some(NOON + 10 * MINUTE));
        assert_eq!(at(10 * MINUTE - 1), Some(NOON + 10 * MINUTE));
        assert_eq!(at(10 * MINUTE), None);
    }

    #[test]
    fn its_end_is_told_by_the_clock_of_now() {
        assert_eq!(lasting().reset_ms(reading(NOON + MINUTE - 30, MINUTE)), Some(NOON + 10 * MINUTE - 30));
    }

    #[test]
    fn a_clock_that_jumps_or_another_boot_asks_the_ledger_again() {
        assert_eq!(lasting().reset_ms(reading(NOON + 61 * MINUTE, MINUTE)), None);
        assert_eq!(lasting().reset_ms(reading(NOON - 61 * MINUTE, MINUTE)), None);
        assert_eq!(lasting().reset_ms(Reading { boot: 2, ..reading(NOON + MINUTE, MINUTE) }), None);
    }
}
