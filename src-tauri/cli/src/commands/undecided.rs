//! `people undecided list | look-up | accept | retry`: what the user says to a paid request that got no answer.

use foray_core::Error;
use foray_core::credits::credits_in_words;
use foray_core::enrich::Undecided as Request;
use foray_core::jobs::Agreed;

use super::enrich::pay;
use super::export::whole;
use super::way_on::refused;
use crate::args::{NamedRequest, Target, Undecided};
use crate::exit::{DONE, Failure};
use crate::output::{self, counted, moment};
use crate::session::{Needs, Session};

pub fn target(command: &Undecided) -> &Target {
    match command {
        Undecided::List { target, .. } => target,
        Undecided::LookUp(request) | Undecided::Accept(request) | Undecided::Retry { request, .. } => &request.target,
    }
}

pub fn needs(command: &Undecided) -> Needs {
    match command {
        Undecided::List { .. } | Undecided::Accept(_) => Needs::Key,
        Undecided::LookUp(_) | Undecided::Retry { .. } => Needs::Calls,
    }
}

pub async fn run(session: &Session, command: Undecided) -> Result<u8, Failure> {
    let (foray, tenant) = (&session.foray, session.tenant());
    match command {
        Undecided::List { json, .. } => {
            let undecided = foray.undecided(tenant).await?;
            if json {
                output::print_json(&undecided)?;
            } else {
                let none = "No paid call without an answer in this workspace.";
                output::print_list(&undecided.iter().map(row).collect::<Vec<_>>(), none)?;
            }
        }
        Undecided::LookUp(NamedRequest { request, .. }) => {
            let found = foray.look_up_undecided(tenant, request).await?;
            if found.again_from.is_some() {
                return Err(Failure { reset_at: found.again_from, ..Failure::other("to_be_counted", found.sentence) });
            }
            output::print_lines(&[format!(
                "{} (Spent {}.)",
                found.sentence,
                counted(found.calls_spent.into(), "call", "calls")
            )])?;
        }
        Undecided::Accept(NamedRequest { request, .. }) => {
            foray.accept_undecided(tenant, request).await?;
            output::print_lines(&[format!(
                "Request {request} stays unknown in the books; its people are left alone."
            )])?;
        }
        Undecided::Retry { request: NamedRequest { request, .. }, yes } => {
            let known = foray.undecided(tenant).await?;
            let known = known.iter().find(|one| one.number == request);
            let at_most = known.and_then(|one| one.again_at_most).unwrap_or_default();
            let agreed = Agreed { calls: None, credits: if yes { whole(at_most) } else { 0 } };
            let again = foray.retry_undecided(tenant, request, agreed, false).await;
            let job = again.map_err(|error| match error {
                Error::NotConfirmed { message } if !yes => {
                    Error::NotConfirmed { message: format!("{message} Add --yes to pay them.") }.into()
                }
                other => refused(session, other),
            })?;
            return pay(session, &job, false, false).await;
        }
    }
    Ok(DONE)
}

fn row(request: &Request) -> String {
    let what = match (request.charged, request.accepted) {
        (Some(charged), _) => format!("{} charged, the answer is lost", credits_in_words(charged)),
        (None, true) => format!("accepted, at most {}", credits_in_words(request.at_most)),
        (None, false) => format!("at most {}", credits_in_words(request.at_most)),
    };
    format!(
        "{}\t{}\t{}\t{what}\t{}\t{}",
        request.number,
        moment(request.asked_at),
        whom(request),
        request.why.as_deref().unwrap_or_default(),
        request.title
    )
}

/// What it asked for.
fn whom(request: &Request) -> String {
    match &request.company {
        Some(domain) => domain.clone(),
        None if request.page => "a search".to_owned(),
        None if request.again_at_most.is_none() => "everybody answered".to_owned(),
        None => counted(request.people, "person", "people"),
    }
}
