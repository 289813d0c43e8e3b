//! `export`: everybody a search finds, as a CSV file; when it can't go on, where the partial file is and how to go on.

use std::path::Path;

use foray_core::Error;
use foray_core::credits::Credits;
use foray_core::export::{ExportDone, ExportEstimate, ExportInput, ExportScope, Flavour};
use foray_core::jobs::Agreed;
use foray_core::secrets::KeyStatus;

use super::wanted::Question;
use super::way_on::{refused, with_this_again};
use crate::args::Export;
use crate::exit::{DONE, Failure};
use crate::output::{self, counted, grouped};
use crate::session::Session;
use crate::under_way::{CtrlC, ProgressLine};

pub async fn run(session: &Session, export: Export) -> Result<u8, Failure> {
    let flavour = Flavour::parse(&export.flavour)?;
    let Question { persona_id, filters } = Question::of(session, export.wanted).await?;
    let scope = ExportScope::All { max_rows: export.max_rows.map(row_limit) };
    let mut input = ExportInput {
        persona_id,
        filters,
        scope,
        flavour,
        path: export.to,
        agreed: Agreed::default(),
        wait: export.wait,
        replace: false,
    };

    let estimate = session.foray.export_estimate(session.tenant(), &input).await?;
    // Without a key nothing can be spent; the export itself says that there is none.
    let keyless = session.foray.status(session.tenant()).await?.key == KeyStatus::Missing;
    if !keyless {
        let agreed = agree_to_price("This export", &estimate, session.workspace.sample, export.yes);
        input.agreed = agreed.map_err(|error| refused(session, error))?;
    }
    let done = write(session, &input).await?;
    done.notices.iter().for_each(|notice| output::tell(notice));
    output::print_lines(&[in_words(&done)])?;
    Ok(DONE)
}

/// What is not above 0 is refused by the core; what is beyond 32 bits is as good as no limit.
fn row_limit(rows: i64) -> u32 {
    u32::try_from(rows.max(0)).unwrap_or(u32::MAX)
}

/// What was agreed to: the bound that is told where it may cost credits, with what caps and account leave for it, else as
/// many calls as it takes.
///
/// # Errors
/// [`Error::NotConfirmed`] when it may cost credits and nobody agreed; [`Error::Capped`] when a cap leaves nothing for it.
pub fn agree_to_price(what: &str, estimate: &ExportEstimate, sample: bool, yes: bool) -> Result<Agreed, Error> {
    let credits = estimate.credits_at_most;
    if sample || credits == 0 {
        return Ok(Agreed { calls: None, credits });
    }
    estimate.room.check()?;
    let calls = counted(estimate.calls_at_most.into(), "call", "calls");
    let left = estimate.room.in_words().map_or_else(String::new, |left| format!("; {left}"));
    let mut bound = format!("{what} may cost up to {} ({calls}){left}.", counted(credits.into(), "credit", "credits"));
    if let Some(short) = &estimate.room.short {
        bound = format!("{bound} {short}");
    }
    if !yes {
        return Err(Error::NotConfirmed { message: format!("{bound} Add --yes to pay them.") });
    }
    output::tell(&bound);
    Ok(Agreed { calls: Some(estimate.calls_at_most), credits: whole(estimate.room.payable) })
}

/// The credits that are agreed to for a bound: no part of one is left out.
pub fn whole(credits: Credits) -> u32 {
    u32::try_from(credits.ceil()).unwrap_or(u32::MAX)
}

async fn write(session: &Session, input: &ExportInput) -> Result<ExportDone, Failure> {
    let ctrl_c = CtrlC::listen();
    let mut line = ProgressLine::new();
    let outcome = session.foray.export(session.tenant(), input, ctrl_c.token(), |progress| line.show(&progress)).await;
    drop(line);
    outcome.map_err(|error| {
        let goes_on = matches!(error, Error::ExportInterrupted { .. } | Error::Cancelled);
        let failure = failure_of(error, &input.path);
        if goes_on { with_this_again(session, failure) } else { refused(session, failure) }
    })
}

fn failure_of(error: Error, path: &str) -> Failure {
    let cancelled = error == Error::Cancelled;
    let mut failure = Failure::from(error);
    if cancelled {
        let partial = Path::new(path).with_extension("partial.csv");
        failure.message = format!("Cancelled. What was fetched stays in “{}”.", partial.display());
    }
    failure
}

pub fn in_words(done: &ExportDone) -> String {
    let rows = match done.people_total {
        Some(total) => format!("{} of {}", grouped(done.rows), counted(total, "person", "people")),
        None => counted(done.rows, "person", "people"),
    };
    let calls = counted(done.calls_spent.into(), "call", "calls");
    let credits = done.credits_spent.map_or_else(|| "credits unknown".to_owned(), output::credits);
    format!("Exported {rows} to {} ({calls}, {credits}).", done.path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use foray_core::enrich::Room;

    use super::*;

    fn paid() -> ExportEstimate {
        let room = Room { payable: Credits::whole(43), ..Room::default() };
        ExportEstimate { calls_at_most: 43, credits_at_most: 43, people: Some(4_212), room }
    }

    #[test]
    fn credits_need_a_yes_that_has_seen_the_bound() {
        let error = agree_to_price("This export", &paid(), false, false).unwrap_err();
        assert_eq!(error.to_string(), "This export may cost up to 43 credits (43 calls). Add --yes to pay them.");
        let agreed = Agreed { calls: Some(43), credits: 43 };
        assert_eq!(agree_to_price("This export", &paid(), false, true), Ok(agreed), "what was told binds");
        assert!(agree_to_price("This export", &paid(), true, false).is_ok(), "the sample workspace costs nothing");
        let free = ExportEstimate { credits_at_most: 0, ..paid() };
        assert!(agree_to_price("This export", &free, false, false).is_ok());
    }

    #[test]
    fn what_the_caps_leave_is_told_with_the_bound_and_a_cap_that_leaves_nothing_refuses() {
        let short = Some("The cap stops it.".to_owned());
        let left = Credits::whole(3);
        let room = Room { caps_leave: Some(left), payable: left, short, ..Room::default() };
        let told = agree_to_price("This export", &ExportEstimate { room: room.clone(), ..paid() }, false, false);
        assert_eq!(
            told.unwrap_err().to_string(),
            "This export may cost up to 43 credits (43 calls); the caps leave 3 credits. The cap stops it. Add --yes to pay them."
        );
        let yes = agree_to_price("This export", &ExportEstimate { room: room.clone(), ..paid() }, false, true);
        assert_eq!(yes.map(|agreed| agreed.credits), Ok(3), "no more is agreed to than the caps leave");
        let held = ExportEstimate { room: Room { held: true, ..room }, ..paid() };
        let refused = agree_to_price("This export", &held, false, true);
        assert_eq!(refused, Err(Error::Capped { message: "The cap stops it.".to_owned() }));
    }

    #[test]
    fn a_cancelled_export_says_where_its_file_is() {
        let failure = failure_of(Error::Cancelled, "lists/vp.csv");
        assert!(failure.message.contains("vp.partial.csv"), "{}", failure.message);
    }

    #[test]
    fn a_finished_export_says_how_many_of_how_many() {
        let done = ExportDone {
            path: "/x/vp.csv".to_owned(),
            rows: 212,
            people_total: Some(4_212),
            pages: 3,
            calls_spent: 3,
            credits_spent: Some(0.0),
            notices: Vec::new(),
        };
        assert_eq!(in_words(&done), "Exported 212 of 4,212 people to /x/vp.csv (3 calls, 0 credits).");
    }
}
