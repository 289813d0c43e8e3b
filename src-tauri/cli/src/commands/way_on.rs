//! What is said under work that stopped: the command that goes on with it, and where a cap of credits stopped it, which one to
//! raise before.

use foray_core::enrich::caps::Limit;
use foray_core::jobs::{Job, JobSpec};

use crate::exit::{Failure, HeldBy};
use crate::quoting::{command, this_command};
use crate::session::Session;

const OWN_LIMIT: &str =
    "That limit is its own (--max-credits) and stays as it was agreed to: who is left takes a new enrichment.";

/// What a command line takes from the environment where it is not given; the stand-in's address is nobody's to choose.
pub fn from_environment(sample: bool) -> &'static [(&'static str, &'static str)] {
    const OPTIONS: [(&str, &str); 2] = [("--data-dir", "FORAY_DATA_DIR"), ("--apollo-url", "FORAY_APOLLO_URL")];
    if sample { &OPTIONS[..1] } else { &OPTIONS }
}

/// The same command goes on where its work stopped, or makes the beginning that was refused.
pub fn with_this_again(session: &Session, failure: Failure) -> Failure {
    let again = this_command(from_environment(session.workspace.sample));
    with_way_on(session, false, &again, failure)
}

/// A price that a cap refuses has the cap to be seen to; whatever else refuses it says itself what to do.
pub fn refused(session: &Session, error: impl Into<Failure>) -> Failure {
    let failure = error.into();
    if failure.held_by == HeldBy::Cap { with_this_again(session, failure) } else { failure }
}

/// The command that runs a job that stopped. It says the yes that is needed by now, and waits for what comes by itself.
pub fn with_job_again(session: &Session, job: &Job, failure: Failure) -> Failure {
    let (id, sample) = (job.id.to_string(), session.workspace.sample);
    let mut words = vec!["jobs", "run", &id, "--workspace", &session.workspace.name];
    words.extend(failure.held_by.comes_by_itself().then_some("--wait"));
    words.extend((job.needs_consent && !sample).then_some("--yes"));
    let go_on = command(from_environment(sample), &words);
    let own = is_limited_by_itself(&job.spec, session.workspace.caps.job);
    with_way_on(session, own, &go_on, failure)
}

fn with_way_on(session: &Session, own_limit: bool, go_on: &str, failure: Failure) -> Failure {
    let raise = |option: &str| {
        let words = ["workspaces", "set", &session.workspace.name, option, "N"];
        command(from_environment(session.workspace.sample), &words)
    };
    Failure { next: Some(way_on(&failure, own_limit, go_on, raise)), ..failure }
}

fn way_on(failure: &Failure, own_limit: bool, go_on: &str, raise: impl Fn(&str) -> String) -> String {
    let limit = Limit::told_by(&failure.message).filter(|_| failure.held_by == HeldBy::Cap);
    match limit {
        Some(Limit::Job) if own_limit => OWN_LIMIT.to_owned(),
        Some(limit) => format!("Raise it with: {}, then go on with: {go_on}", raise(option(limit))),
        None => format!("Go on with: {go_on}"),
    }
}

/// The option that sets a cap.
fn option(limit: Limit) -> &'static str {
    match limit {
        Limit::Job => "--credits-per-job",
        Limit::Day => "--credits-per-day",
        Limit::Month => "--credits-per-month",
        Limit::Workspace => "--credits-in-all",
    }
}

/// Whether a job's own limit is what holds its run, since it is no higher than the workspace's cap of a job.
fn is_limited_by_itself(spec: &JobSpec, job_cap: Option<u32>) -> bool {
    match spec {
        JobSpec::Enrich(order) => order.max_credits.is_some_and(|own| job_cap.is_none_or(|cap| own <= cap)),
        JobSpec::Export(_) | JobSpec::Rerun(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use foray_core::enrich::{EnrichOrder, EnrichTerms, EnrichWhat};
    use foray_core::jobs::Agreed;

    use super::*;

    #[test]
    fn a_limit_of_its_own_is_not_to_be_raised_and_a_cap_of_the_workspace_is() {
        let stopped = |span: &str| {
            let message = format!("The cap of 5 credits for {span} leaves 0 credits, and so on.");
            Failure::other("capped", message)
        };
        let told = |failure: &Failure, own| way_on(failure, own, "RUN", |option| format!("SET {option}"));
        assert_eq!(told(&stopped("this job"), true), OWN_LIMIT);
        assert_eq!(told(&stopped("this job"), false), "Raise it with: SET --credits-per-job, then go on with: RUN");
        assert_eq!(told(&stopped("today"), true), "Raise it with: SET --credits-per-day, then go on with: RUN");
        assert_eq!(told(&Failure::other("offline", "No network.".to_owned()), true), "Go on with: RUN");
    }

    #[test]
    fn a_limit_of_its_own_holds_a_job_unless_the_cap_of_a_run_is_lower() {
        let limited = |max_credits| {
            JobSpec::Enrich(EnrichOrder {
                what: EnrichWhat::People,
                terms: EnrichTerms::default(),
                people: 9,
                max_credits,
                agreed: Agreed::default(),
                agreed_after: 0,
            })
        };
        for (own, cap, expected) in
            [(Some(5), None, true), (Some(5), Some(5), true), (Some(5), Some(4), false), (None, Some(4), false)]
        {
            assert_eq!(is_limited_by_itself(&limited(own), cap), expected, "{own:?} {cap:?}");
        }
    }
}
