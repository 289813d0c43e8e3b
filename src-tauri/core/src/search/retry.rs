//! Whether a failed call is worth repeating, and when. Pure. It must never repeat what may have cost a credit: a paid call
//! of which nobody knows whether Apollo got it stays one call.

use std::time::Duration;

use crate::error::Error;

/// Tries of one question in all.
const TRIES: u32 = 3;
/// The first pause is at most this long, each further one at most twice the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// A service that asks for more than this is not waited for; the user is told instead.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A try that failed.
#[derive(Debug, Clone, Copy)]
pub struct Failed<'a> {
    pub error: &'a Error,
    /// Tries made so far, this one included.
    pub tries: u32,
    /// Whether the call may cost credits.
    pub paid: bool,
    /// `Retry-After` of the answer.
    pub retry_after: Option<Duration>,
}

/// How long to wait before the next try; none when there is to be none. `random`, in \[0, 1), spreads the pauses of many
/// machines (full jitter).
pub fn pause_before_next(failed: Failed<'_>, random: f64) -> Option<Duration> {
    if failed.tries >= TRIES || !is_safe(failed.error, failed.paid) {
        return None;
    }
    let longest = FIRST_PAUSE * 2_u32.saturating_pow(failed.tries - 1);
    let pause = longest.mul_f64(random.clamp(0.0, 1.0)).max(failed.retry_after.unwrap_or_default());
    (pause <= LONGEST_WAIT).then_some(pause)
}

/// Whether the same call may be made again: what never reached Apollo always, what may have reached it only when it is free.
fn is_safe(error: &Error, paid: bool) -> bool {
    match error {
        Error::Unreachable => true,
        Error::ConnectionLost | Error::Unavailable { .. } => !paid,
        // Whoever has waited out a deadline is told, rather than made to wait for two more. Refusals would be refused again; without a network there is nothing to try; a pause is the limiter's to end.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: Error = Error::Unavailable { status: 503 };

    fn pause(error: &Error, tries: u32, paid: bool, retry_after: Option<u64>) -> Option<Duration> {
        pause_before_next(Failed { error, tries, paid, retry_after: retry_after.map(Duration::from_secs) }, 0.5)
    }

    #[test]
    fn a_free_call_is_tried_three_times_with_growing_pauses() {
        assert_eq!(pause(&BROKEN, 1, false, None), Some(Duration::from_millis(250)));
        assert_eq!(pause(&BROKEN, 2, false, None), Some(Duration::from_millis(500)));
        assert_eq!(pause(&BROKEN, 3, false, None), None);
    }

    #[test]
    fn a_paid_call_that_may_have_been_delivered_is_never_repeated() {
        for error in [BROKEN, Error::ConnectionLost] {
            assert_eq!(pause(&error, 1, true, None), None, "{error}");
            assert!(pause(&error, 1, false, None).is_some(), "{error}");
        }
        assert!(pause(&Error::Unreachable, 1, true, None).is_some(), "it never left this computer");
    }

    #[test]
    fn retry_after_is_honoured_and_too_long_a_one_ends_the_tries() {
        assert_eq!(pause(&BROKEN, 1, false, Some(7)), Some(Duration::from_secs(7)));
        assert_eq!(pause(&BROKEN, 1, false, Some(60)), None);
    }

    #[test]
    fn what_would_be_refused_again_is_not_tried_again() {
        let now = jiff::Timestamp::UNIX_EPOCH;
        for error in [
            Error::KeyRejected,
            Error::OutOfCredits,
            Error::TimedOut { seconds: 10 },
            Error::Offline,
            Error::Unreadable,
            Error::RateLimited { reset_at: now },
            Error::LedgerLost { reset_at: now },
            Error::ApolloRateLimited { reset_at: now },
            Error::BreakerOpen { reset_at: now },
            Error::Refused { status: 422, said: String::new(), calls_spent: 1 },
        ] {
            assert_eq!(pause(&error, 1, false, None), None, "{error}");
        }
    }
}
