//! Why an enrichment can't go on just now, in words: what an error means for what is paid, and what holds a payment back
//! before it is made.

use jiff::Timestamp;

use super::asked::EnrichWhat;
use super::journal::Lost;
use crate::error::{Error, Reason};
use crate::jobs::{LOST, UNWRITTEN};

/// An error where its own sentence speaks of searches.
pub fn in_own_words(what: EnrichWhat, error: &Error) -> Reason {
    let mut reason = error.reason();
    match error {
        Error::OutOfCredits => {
            "The Apollo account is out of credits. Add credits in Apollo; the enrichment then goes on by itself within an \
             hour, or when you resume it. Nothing was paid for this call."
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
        message: "A paid call got no answer. Before anything more is paid with this key, Apollo's own count is asked for, which \
                  can tell what became of that call a minute after it went out."
            .to_owned(),
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

/// Mobiles take their time.
pub fn not_ready(reset_at: Option<Timestamp>) -> Reason {
    Reason {
        code: "not_ready".to_owned(),
        message: "The mobile numbers are on their way: Apollo takes some minutes, and is asked again by itself."
            .to_owned(),
        reset_at,
    }
}
