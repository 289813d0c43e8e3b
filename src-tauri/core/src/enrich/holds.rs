//! Why an enrichment can't go on just now, in words: what an error means for what is paid, and what holds a payment back
//! before it is made.

use jiff::Timestamp;

use super::asked::EnrichWhat;
use super::journal::Lost;
use crate::error::{Error, Reason, clock_time};
use crate::jobs::{LOST, UNWRITTEN};

/// An error where its own sentence speaks of searches.
pub fn in_own_words(what: EnrichWhat, error: &Error) -> Reason {
    let mut reason = error.reason();
    match error {
        Error::OutOfCredits => {
            "The Apollo account is out of credits. Add credits in Apollo; an enrichment that waits in the window then goes on by \
             itself within an hour, one that was left when you resume it. Nothing was paid for this call."
                .clone_into(&mut reason.message);
        }
        Error::Forbidden { said, .. } => {
            let (whom, endpoint) = match what {
                EnrichWhat::People => ("people", EnrichWhat::People.endpoint()),
                EnrichWhat::Companies => ("companies", EnrichWhat::Companies.endpoint()),
            };
            reason.message = format!(
                "This API key may not enrich {whom} (403): {said} Make a key in Apollo that includes {endpoint}, or use a \
                 plan that does. Nothing was paid."
            );
        }
        Error::Refused { status, said, .. } => {
            reason.message =
                format!("Apollo did not accept the enrichment ({status}): {said} Nothing was paid for this call.");
        }
        _ => {}
    }
    reason
}

/// Apollo keeps what is paid for and answers nothing: that is the user's to judge.
pub fn word_needed(lost: Lost) -> Reason {
    Reason { code: LOST.to_owned(), message: lost.to_string(), reset_at: None }
}

/// The next payment waits for Apollo's own count.
pub fn too_early(counted_from: Timestamp) -> Reason {
    Reason {
        code: "to_be_counted".to_owned(),
        message: format!(
            "A paid call got no answer. Before anything more is paid with this key, Apollo's own count is asked for, which can \
             tell from {} on what became of that call.",
            clock_time(&counted_from)
        ),
        reset_at: Some(counted_from),
    }
}

/// The disk does not take an answer.
pub fn not_written(error: &Error) -> Reason {
    Reason {
        code: UNWRITTEN.to_owned(),
        message: format!(
            "{error} What Apollo has just been paid for is kept in memory and written as soon as the disk takes it: leave Foray \
             open until then."
        ),
        reset_at: None,
    }
}

/// Mobiles take their time. Who asks again is not said: a job that is paused waits for the user, another one does it by itself.
pub fn not_ready(reset_at: Option<Timestamp>) -> Reason {
    Reason {
        code: "not_ready".to_owned(),
        message: "The mobile numbers are on their way: Apollo takes some minutes.".to_owned(),
        reset_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_later_tells_its_time_and_promises_nothing_of_a_job_that_is_paused() {
        let at = Timestamp::UNIX_EPOCH;
        let early = too_early(at);
        assert!(early.message.contains(&clock_time(&at)) && early.reset_at == Some(at), "{}", early.message);
        let ready = not_ready(Some(at));
        assert!(!ready.message.contains("by itself") && ready.reset_at == Some(at), "{}", ready.message);
    }
}
