//! What is said under work that stopped: the command that goes on with it.

use foray_core::jobs::Job;

use crate::quoting::{command, this_command};
use crate::session::Session;

/// What a command line takes from the environment where it is not given; the stand-in's address is nobody's to choose.
pub fn from_environment(sample: bool) -> &'static [(&'static str, &'static str)] {
    const OPTIONS: [(&str, &str); 2] = [("--data-dir", "FORAY_DATA_DIR"), ("--apollo-url", "FORAY_APOLLO_URL")];
    if sample { &OPTIONS[..1] } else { &OPTIONS }
}

/// The same command goes on where interrupted work stopped.
pub fn go_on_with_this(sample: bool) -> String {
    format!("Go on with: {}", this_command(from_environment(sample)))
}

/// The command that runs a job that stopped. It says the yes that is needed by now, and waits for what comes by itself.
pub fn go_on_with_job(session: &Session, job: &Job) -> String {
    let (id, sample) = (job.id.to_string(), session.workspace.sample);
    let mut words = vec!["jobs", "run", &id, "--workspace", &session.workspace.name];
    words.extend(comes_by_itself(job).then_some("--wait"));
    words.extend((job.needs_consent && !sample).then_some("--yes"));
    format!("Go on with: {}", command(from_environment(sample), &words))
}

/// Whether what holds a job is over within minutes, so that waiting for it is the way on.
fn comes_by_itself(job: &Job) -> bool {
    job.reason.as_ref().is_some_and(|reason| ["not_ready", "to_be_counted"].contains(&reason.code.as_str()))
}
