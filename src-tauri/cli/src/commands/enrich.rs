//! `people enrich`, and what it shares with `companies enrich`: says what it would cost, and pays only after a yes.

use std::io::Read as _;
use std::path::Path;

use foray_core::Error;
use foray_core::enrich::{EnrichDone, EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom};
use foray_core::jobs::{Agreed, Ended, Job, JobResult, Manner};
use foray_core::people::Among;

use super::export::{from_environment, whole};
use super::people::among;
use crate::args::{Enrich, Facts, Payment};
use crate::exit::{DONE, Failure};
use crate::output;
use crate::quoting::command;
use crate::session::Session;
use crate::under_way::{CtrlC, ProgressLine};

/// The longest file of people that is read, in bytes.
const LONGEST_FILE: u64 = 64 << 20;

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
    let Payment { max_credits, yes, wait, json } = *payment;
    let mut input = EnrichInput { what, whom, terms, max_credits, agreed: Agreed::default(), people: None };
    let estimate = session.foray.enrich_estimate(session.tenant(), &input).await?;
    if json && (!yes || estimate.to_enrich == 0) {
        output::print_json(&estimate)?;
    } else if !json {
        output::print_lines(&[format!("{}.", estimate.sentence)])?;
        if let Some(short) = &estimate.room.short {
            output::tell(short);
        }
    }
    if estimate.to_enrich == 0 {
        return Ok(DONE);
    }
    if !yes {
        let message = "Nothing was paid. Add --yes to enrich them at this price.".to_owned();
        return if json { Ok(DONE) } else { Err(Error::NotConfirmed { message }.into()) };
    }
    input.agreed = Agreed { calls: None, credits: whole(estimate.room.payable) };
    input.people = Some(estimate.people);
    let job = session.foray.add_enrichment(session.tenant(), title, &input, false).await?;
    pay(session, &job, wait, json).await
}

/// Runs a job that pays until it ends, and says what came of it.
pub async fn pay(session: &Session, job: &Job, wait: bool, json: bool) -> Result<u8, Failure> {
    let ctrl_c = CtrlC::listen();
    let manner = if wait { Manner::Patient } else { Manner::AtOnce };
    let mut line = ProgressLine::new();
    let ended = session
        .foray
        .run_job(session.tenant(), job.id, manner, ctrl_c.token(), |job| {
            line.show(&foray_core::export::ExportProgress::of(job));
        })
        .await?;
    drop(line);
    let lost = session.foray.undecided(session.tenant()).await?.iter().filter(|one| !one.accepted && !one.page).count();
    if lost > 0 && !json {
        output::tell(
            "A paid call got no answer, so nobody knows whether it was charged. It is not made again by itself: people undecided \
             list --workspace NAME shows what can be done.",
        );
    }
    match ended {
        Ended::Done(JobResult::Enrich(done)) if json => output::print_json(&done)?,
        Ended::Done(JobResult::Enrich(done)) => output::print_lines(&[in_words(&done)])?,
        Ended::Done(_) => {}
        Ended::Held(reason) => return Err(with_way_on(session, job, Failure::from(&reason))),
        Ended::Wished(_) | Ended::StoodBack => {
            let message = "The job was paused or cancelled from another window or command.".to_owned();
            return Err(with_way_on(session, job, Failure::other("paused", message)));
        }
        Ended::Stopped => {
            let message = "Stopped; nothing that was paid for is lost.".to_owned();
            return Err(with_way_on(session, job, Failure::other("cancelled", message)));
        }
    }
    Ok(DONE)
}

/// What it came to: “38 asked · 35 found · 34 e-mail addresses · 3 not found · 34.01 credits.”
pub fn in_words(done: &EnrichDone) -> String {
    format!("{}.", done.sentence)
}

fn with_way_on(session: &Session, job: &Job, failure: Failure) -> Failure {
    let id = job.id.to_string();
    let words = ["jobs", "run", &id, "--workspace", &session.workspace.name];
    let go_on = command(from_environment(session.workspace.sample), &words);
    Failure { next: Some(format!("Go on with: {go_on}")), ..failure }
}

/// Whom, and what the job is called.
async fn whom(session: &Session, enrich: &Enrich) -> Result<(String, EnrichWhom), Failure> {
    let named =
        usize::from(enrich.persona.is_some()) + usize::from(enrich.ids.is_some()) + usize::from(enrich.run.is_some());
    if named != 1 {
        return Err(Failure::bad_input(
            "persona",
            "Say whom to enrich: --persona NAME, --ids FILE or --run ID, one of them.",
        ));
    }
    if let Some(file) = &enrich.ids {
        let people = read_lines("ids", file)?;
        let title = output::counted(people.len() as u64, "person", "people");
        return Ok((title, EnrichWhom::People { people }));
    }
    let title = enrich.persona.clone().or_else(|| enrich.run.map(|run| format!("Run {run}"))).unwrap_or_default();
    match among(session, enrich.persona.as_deref(), enrich.run).await? {
        Among::Runs(runs) => Ok((title, EnrichWhom::Runs { runs })),
        _ => Err(Failure::bad_input("persona", "Say whom to enrich: --persona NAME, --ids FILE or --run ID.")),
    }
}

/// The lines of a file, or of standard input; empty ones are left out.
pub fn read_lines(option: &'static str, file: &Path) -> Result<Vec<String>, Failure> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(LONGEST_FILE).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(LONGEST_FILE).read_to_string(&mut text))
    };
    read.map_err(|error| Failure::bad_input(option, format!("{} could not be read: {error}.", file.display())))?;
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if lines.is_empty() {
        return Err(Failure::bad_input(option, format!("{} is empty: it takes one a line.", file.display())));
    }
    Ok(lines)
}
