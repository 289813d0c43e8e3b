//! What holds a job up, and what it then does. Pure: the one table of which trouble ends by itself.

use std::time::Duration;

use jiff::Timestamp;

use crate::error::Reason;

/// 429s for one step after which it is given up: each try took a call.
const REFUSALS_TAKEN: u32 = 3;
/// Answers that could not be read, likewise.
const UNREADABLE_TAKEN: u32 = 3;

/// The first pause after a failure; each further one of the same step is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

/// The code of paid requests in a row that may have been charged for nothing: the user's to judge.
pub const LOST: &str = "may_be_charged";

/// The code of what was paid for and could not be written yet.
pub const UNWRITTEN: &str = "unwritten";

/// How often that is tried again; it asks nobody.
const WRITTEN_AGAIN: Duration = Duration::from_secs(5);

/// How a trouble ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// By itself, at a time that is known.
    Until(Timestamp),
    /// By itself, nobody knows when.
    Failing,
    /// When the disk takes what is already paid for: that is waited for by whoever holds it, whatever else is wished.
    Disk,
    /// When the user sees to the key or the plan.
    Key,
    /// When the user says so: more credits, room on the disk, a folder.
    User,
    /// Never, as it was asked.
    Never,
}

impl Hold {
    pub fn of(reason: &Reason) -> Self {
        match (reason.code.as_str(), reason.reset_at) {
            (UNWRITTEN, _) => Self::Disk,
            (
                "rate_limited" | "ledger_lost" | "apollo_rate_limited" | "breaker_open" | "not_ready" | "to_be_counted",
                Some(at),
            ) => Self::Until(at),
            (
                "timed_out" | "unavailable" | "unreachable" | "connection_lost" | "unreadable" | "offline" | "busy",
                _,
            ) => Self::Failing,
            ("key_missing" | "key_rejected" | "keyring" | "forbidden" | "endpoint_closed" | "out_of_credits", _) => {
                Self::Key
            }
            ("refused" | "not_found", _) => Self::Never,
            _ => Self::User,
        }
    }
}

/// How often one step has been tried.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tries {
    failed: u32,
    /// Tries that took a call and were refused with 429.
    refused: u32,
}

impl Tries {
    /// Notes a try that brought nothing; answers when the next is due, or none when the step is not worth another.
    /// `random`, in \[0, 1), spreads the pauses of many machines.
    pub fn next_due(&mut self, reason: &Reason, calls_spent: u32, now: Timestamp, random: f64) -> Option<Timestamp> {
        match Hold::of(reason) {
            Hold::Until(at) => {
                self.refused += u32::from(calls_spent > 0);
                (self.refused < REFUSALS_TAKEN).then_some(at)
            }
            Hold::Failing => {
                self.failed += 1;
                if reason.code == "unreadable" && self.failed >= UNREADABLE_TAKEN {
                    return None;
                }
                let longest = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(self.failed - 1)).min(LONGEST_PAUSE);
                // Half of it at least, so that nobody asks a failing service at once.
                Some(now + longest.mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0))
            }
            Hold::Disk => now.checked_add(WRITTEN_AGAIN).ok(),
            Hold::Key => Some(now),
            Hold::User | Hold::Never => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::error::Error;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn due(tries: &mut Tries, error: &Error, calls: u32) -> Option<i64> {
        tries.next_due(&error.reason(), calls, NOW, 1.0).map(Timestamp::as_second)
    }

    #[test]
    fn a_known_time_is_waited_for_and_a_429_that_keeps_coming_is_given_up() {
        let at = Timestamp::from_second(300).unwrap();
        let mut tries = Tries::default();
        for _ in 0..50 {
            assert_eq!(due(&mut tries, &Error::RateLimited { reset_at: at }, 0), Some(300), "a refusal takes no call");
        }
        let mut tries = Tries::default();
        let refused = Error::ApolloRateLimited { reset_at: at };
        let waits: Vec<_> = (0..3).map(|_| due(&mut tries, &refused, 1)).collect();
        assert_eq!(waits, [Some(300), Some(300), None]);
    }

    #[test]
    fn what_fails_is_tried_again_after_pauses_that_grow_and_never_given_up() {
        let mut tries = Tries::default();
        let pauses: Vec<_> = (0..12).map(|_| due(&mut tries, &Error::Offline, 0).unwrap()).collect();
        assert_eq!(pauses[..5], [5, 10, 20, 40, 80]);
        assert_eq!(pauses[8..], [600; 4]);
    }

    #[test]
    fn an_answer_that_can_not_be_read_is_asked_for_three_times() {
        let mut tries = Tries::default();
        let dues: Vec<_> = (0..3).map(|_| due(&mut tries, &Error::Unreadable, 1).is_some()).collect();
        assert_eq!(dues, [true, true, false]);
    }

    #[test]
    fn every_trouble_has_its_way_to_end() {
        let said = || "x".to_owned();
        for error in [Error::KeyMissing, Error::KeyRejected, Error::OutOfCredits] {
            assert_eq!(Hold::of(&error.reason()), Hold::Key, "{error}");
        }
        for error in [
            Error::DiskFull { what: said() },
            Error::ReadOnly { what: said() },
            Error::NotConfirmed { message: said() },
            Error::Capped { message: said() },
            Error::bad_input("path", "There is no folder."),
        ] {
            assert_eq!(Hold::of(&error.reason()), Hold::User, "{error}");
        }
        assert_eq!(Hold::of(&Error::Refused { status: 422, said: said(), calls_spent: 1 }.reason()), Hold::Never);
    }
}
