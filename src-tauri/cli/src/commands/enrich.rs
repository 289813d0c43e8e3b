//! `people enrich`, and what it shares with `companies enrich`: says what it would cost, and pays only after a yes.

use std::io::Read as _;
use std::path::Path;

use foray_core::Error;
use foray_core::credits::MOST_TO_SET;
use foray_core::enrich::{EnrichDone, EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom, is_readable};
use foray_core::jobs::{Agreed, Ended, Job, Manner};
use foray_core::people::Among;

use super::export::whole;
use super::people::among;
use super::way_on::{from_environment, refused, with_job_again};
use crate::args::{Enrich, Facts, Payment};
use crate::exit::{DONE, Failure, UNAVAILABLE};
use crate::output::{self, grouped};
use crate::quoting::command;
use crate::session::Session;
use crate::under_way::{CtrlC, ProgressLine};

/// The longest file of people that is read, in bytes.
const LONGEST_FILE: u64 = 64 << 20;
/// Lines of it that are told when they can't be understood, and characters of each.
const LINES_TOLD: usize = 5;
const LINE_SHOWN: usize = 40;

pub async fn run(session: &Session, enrich: Enrich) -> Result<u8, Failure> {
    let (title, whom) = whom(session, &enrich).await?;
    let Enrich { what: Facts { mobiles, personal_emails, not_found_again }, payment, .. } = enrich;
    let terms = EnrichTerms { mobiles, personal_emails, not_found_again, in_full: false };
    agree(session, &title, Wanted { what: EnrichWhat::People, whom, terms }, &payment).await
}

/// What is to be paid for.
pub struct Wanted {
    pub what: EnrichWhat,
    pub whom: EnrichWhom,
    pub terms: EnrichTerms,
}

/// Says what it would cost, and pays it if that was agreed to.
pub async fn agree(session: &Session, title: &str, wanted: Wanted, payment: &Payment) -> Result<u8, Failure> {
    let Wanted { what, whom, terms } = wanted;
    let Payment { yes, wait, json, .. } = *payment;
    let max_credits = payment.max_credits.as_deref().map(most_credits).transpose()?;
    let mut input = EnrichInput { what, whom, terms, max_credits, agreed: Agreed::default(), people: None };
    let estimate = session.foray.enrich_estimate(session.tenant(), &input).await?;
    if json && (!yes || estimate.to_enrich == 0) {
        output::print_json(&estimate)?;
        return Ok(DONE);
    }
    if !json {
        output::print_lines(&[format!("{}.", estimate.sentence)])?;
    }
    if estimate.to_enrich == 0 {
        return Ok(DONE);
    }
    // What a cap holds is not to be had for a yes either.
    estimate.room.check().map_err(|error| refused(session, error))?;
    if let Some(short) = estimate.room.short.as_deref().filter(|_| !json) {
        output::tell(short);
    }
    if let Some(lost) = estimate.lost.as_deref().filter(|_| !json) {
        output::tell(lost);
    }
    if !yes {
        let message = "Nothing was paid. Add --yes to enrich them at this price.".to_owned();
        return Err(Error::NotConfirmed { message }.into());
    }
    input.agreed = Agreed { calls: None, credits: whole(estimate.room.payable) };
    // A yes that was typed before anything was told is no word about calls that were lost: those still hold the payment.
    input.people = estimate.lost.is_none().then_some(estimate.people);
    let added = session.foray.add_enrichment(session.tenant(), title, &input, false).await;
    let job = added.map_err(|error| refused(session, error))?;
    pay(session, &job, wait, json).await
}

/// What may be paid at most, as it was typed.
fn most_credits(typed: &str) -> Result<u32, Failure> {
    let most = grouped(MOST_TO_SET.into());
    let message = || format!("“{typed}” credits can't be the most to pay. Write a whole number from 1 to {most}.");
    let credits = typed.trim().parse().ok().filter(|credits| (1..=MOST_TO_SET).contains(credits));
    credits.ok_or_else(|| Failure::bad_input("max_credits", message()))
}

/// Runs a job that pays until it ends, and says what came of it.
pub async fn pay(session: &Session, job: &Job, wait: bool, json: bool) -> Result<u8, Failure> {
    let ctrl_c = CtrlC::listen();
    let manner = if wait { Manner::Patient } else { Manner::AtOnce };
    let mut line = ProgressLine::new();
    let ended = session
        .foray
        .run_job(session.tenant(), job.id, manner, ctrl_c.token(), |job| {
            line.show_job(job);
        })
        .await?;
    drop(line);
    let undecided = session.foray.undecided(session.tenant()).await?;
    if !json && undecided.iter().any(|one| one.job == Some(job.id) && !one.accepted) {
        let list = ["people", "undecided", "list", "--workspace", &session.workspace.name];
        output::tell(&format!(
            "A paid call got no answer, so nobody knows whether it was charged. It is not made again by itself; what can be done: {}",
            command(from_environment(session.workspace.sample), &list)
        ));
    }
    let job = session.foray.jobs(session.tenant()).await?.get(job.id).await?;
    let Some(so_far) = session.foray.enriched_so_far(&job).await? else { return Ok(DONE) };
    // What was paid is told however it ended, on standard output: why it ended is another matter.
    if json {
        output::print_json(&so_far)?;
    } else {
        output::print_lines(&[in_words(&so_far)])?;
    }
    let stopped = match ended {
        // Whoever got no answer is no success, however the job ended: it is told like an Apollo that can't be reached.
        Ended::Done(_) if so_far.undecided > 0 => return Ok(UNAVAILABLE),
        Ended::Done(_) => return Ok(DONE),
        Ended::Held(reason) => Failure::from(&reason),
        Ended::Wished(_) | Ended::StoodBack => {
            Failure::other("paused", "The job was paused or cancelled from another window or command.".to_owned())
        }
        Ended::Stopped => Failure::other("cancelled", "Stopped; nothing that was paid for is lost.".to_owned()),
    };
    Err(with_job_again(session, &job, stopped))
}

/// What it came to: “38 asked · 35 found · 34 e-mail addresses · 3 not found · 34.01 credits.”
pub fn in_words(done: &EnrichDone) -> String {
    format!("{}.", done.sentence)
}

/// Whom, and what the job is called.
async fn whom(session: &Session, enrich: &Enrich) -> Result<(String, EnrichWhom), Failure> {
    let named =
        usize::from(enrich.persona.is_some()) + usize::from(enrich.ids.is_some()) + usize::from(enrich.run.is_some());
    if named != 1 {
        return Err(Failure::bad_input(
            "persona",
            "Say whom to enrich: --persona NAME, --ids FILE or --run N, one of them.",
        ));
    }
    if let Some(file) = &enrich.ids {
        let people = read_lines("ids", file, EnrichWhat::People, enrich.payment.json)?;
        let title = output::counted(people.len() as u64, "person", "people");
        return Ok((title, EnrichWhom::People { people }));
    }
    let title = enrich.persona.clone().or_else(|| enrich.run.map(|run| format!("Run {run}"))).unwrap_or_default();
    match among(session, enrich.persona.as_deref(), enrich.run).await? {
        Among::Runs(runs) => Ok((title, EnrichWhom::Runs { runs })),
        _ => Err(Failure::bad_input("persona", "Say whom to enrich: --persona NAME, --ids FILE or --run N.")),
    }
}

/// The lines of a file, or of standard input; empty ones are left out. Lines that name nobody to ask for stay in, to be
/// counted with who is left out, and are told; where there are no others, that is bad input.
pub fn read_lines(option: &'static str, file: &Path, what: EnrichWhat, json: bool) -> Result<Vec<String>, Failure> {
    let mut text = String::new();
    let piped = file == Path::new("-");
    let name = if piped { "Standard input".to_owned() } else { format!("“{}”", file.display()) };
    let read = if piped {
        std::io::stdin().lock().take(LONGEST_FILE).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(LONGEST_FILE).read_to_string(&mut text))
    };
    read.map_err(|error| Failure::bad_input(option, format!("{name} could not be read: {error}.")))?;
    let numbered = || text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    let lines: Vec<String> = numbered().map(|(_, line)| line.to_owned()).collect();
    if lines.is_empty() {
        let one = match what {
            EnrichWhat::People => "person",
            EnrichWhat::Companies => "domain",
        };
        return Err(Failure::bad_input(option, format!("{name} is empty: it takes one {one} a line.")));
    }
    let unreadable: Vec<(usize, &str)> = numbered().filter(|(_, line)| !is_readable(what, line)).collect();
    if unreadable.is_empty() {
        return Ok(lines);
    }
    let told = not_understood(what, &unreadable);
    if unreadable.len() == lines.len() {
        return Err(Failure::bad_input(option, told));
    }
    if !json {
        output::tell(&format!("{told} Left out."));
    }
    Ok(lines)
}

/// Lines that can't be understood, the first of them by number and text.
fn not_understood(what: EnrichWhat, lines: &[(usize, &str)]) -> String {
    let none = match what {
        EnrichWhat::People => "no id, e-mail address, LinkedIn profile or NAME, DOMAIN",
        EnrichWhat::Companies => "no domain",
    };
    let shown: Vec<String> =
        lines.iter().take(LINES_TOLD).map(|(place, line)| format!("{} “{}”", place + 1, shortened(line))).collect();
    let more = lines.len().saturating_sub(LINES_TOLD);
    let more = if more == 0 { String::new() } else { format!(" and {} more", grouped(more as u64)) };
    let head = if lines.len() == 1 { "This line is" } else { "These lines are" };
    format!("{head} {none}: {}{more}.", shown.join(", "))
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= LINE_SHOWN {
        return line.to_owned();
    }
    line.chars().take(LINE_SHOWN - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_can_not_be_understood_are_told_by_number_and_no_more_than_a_few() {
        let long = "x".repeat(60);
        let lines: Vec<(usize, &str)> = [(1, "hello"), (3, long.as_str())].into();
        let told = not_understood(EnrichWhat::People, &lines);
        let expected = format!(
            "These lines are no id, e-mail address, LinkedIn profile or NAME, DOMAIN: 2 “hello”, 4 “{}…”.",
            "x".repeat(39)
        );
        assert_eq!(told, expected);
        let many: Vec<(usize, &str)> = (0..1_007).map(|place| (place, "?")).collect();
        assert!(not_understood(EnrichWhat::Companies, &many).ends_with("5 “?” and 1,002 more."));
        assert_eq!(not_understood(EnrichWhat::Companies, &many[..1]), "This line is no domain: 1 “?”.");
    }

    #[test]
    fn what_may_be_paid_at_most_is_a_whole_number_that_is_some() {
        assert_eq!(most_credits(" 7 ").ok(), Some(7));
        for typed in ["0", "-1", "few", "1.5", "99999999999", "1000000000", "99999999999999999999999999"] {
            let message = most_credits(typed).err().map(|failure| failure.message).unwrap_or_default();
            assert!(message.contains("from 1 to 999,999,999"), "{typed}: {message}");
        }
    }
}
