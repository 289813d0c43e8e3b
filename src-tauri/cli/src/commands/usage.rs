//! `usage`: the ledger of credits, of one workspace or of all.

use foray_core::credits::{Credits, credits_in_words};
use foray_core::enrich::{AgainstApollo, EntryState, Usage, UsageEntry, UsageListed, UsageSpan};
use foray_core::workspace::Workspace;
use foray_core::{Error, Foray};
use serde::Serialize;

use crate::args::Usage as Asked;
use crate::exit::{DONE, Failure};
use crate::output::{self, counted, grouped, moment};
use crate::session::Session;

/// The ledger of a workspace, under its name.
#[derive(Debug, Serialize)]
struct OfWorkspace {
    workspace: String,
    workspace_id: String,
    #[serde(flatten)]
    usage: Usage,
}

/// Everything that `--json` prints.
#[derive(Debug, Serialize)]
struct All {
    charged: Credits,
    unknown: Credits,
    workspaces: Vec<OfWorkspace>,
}

/// Newest calls that are listed as text.
const LISTED: u32 = 20;

pub async fn of_one(session: &Session, asked: &Asked) -> Result<u8, Failure> {
    if asked.ask {
        session.foray.ask_usage(session.tenant()).await?;
    }
    tell(vec![of(&session.foray, &session.workspace, asked).await?], asked)
}

/// One after the other. A workspace whose count can't be had is told with why, and its ledger all the same.
pub async fn of_all(foray: &Foray, asked: &Asked) -> Result<u8, Failure> {
    let mut all = Vec::new();
    let mut failed = None;
    for workspace in foray.workspaces().list().await? {
        // The sample workspace's stand-in is not there for a look at all of them, and has nothing to tell.
        if asked.ask && !workspace.sample {
            match foray.ask_usage(workspace.id).await {
                Ok(()) | Err(Error::KeyMissing) => {}
                Err(error) => {
                    let failure = Failure::from(error);
                    output::tell(&format!("{}: {}", workspace.name, failure.message));
                    failed = Some(failure.exit);
                }
            }
        }
        all.push(of(foray, &workspace, asked).await?);
    }
    let told = tell(all, asked)?;
    Ok(failed.unwrap_or(told))
}

async fn of(foray: &Foray, workspace: &Workspace, asked: &Asked) -> Result<OfWorkspace, Failure> {
    let listed = UsageListed { newest: (!asked.json).then_some(LISTED), paid: asked.paid };
    let usage = foray.usage_listing(workspace.id, listed).await?;
    Ok(OfWorkspace { workspace: workspace.name.clone(), workspace_id: workspace.id.to_string(), usage })
}

fn tell(workspaces: Vec<OfWorkspace>, asked: &Asked) -> Result<u8, Failure> {
    if asked.json {
        let charged = workspaces.iter().map(|one| one.usage.charged).sum();
        let unknown = workspaces.iter().map(|one| one.usage.unknown).sum();
        output::print_json(&All { charged, unknown, workspaces })?;
        return Ok(DONE);
    }
    let several = workspaces.len() > 1;
    let mut lines = Vec::new();
    for OfWorkspace { workspace, usage, .. } in &workspaces {
        if several && usage.calls == 0 {
            continue;
        }
        lines.push(format!("{workspace}: {}.", sums(usage.charged, usage.unknown)));
        lines.extend(headed("Month\tCalls\tCredits", usage.months.iter().map(span)));
        lines.extend(headed("Day\tCalls\tCredits", usage.days.iter().take(7).map(span)));
        lines.extend(headed("Number\tWhen\tState\tFound\tCredits\tFor", usage.entries.iter().map(entry)));
        let free = if asked.paid { usage.free_calls } else { 0 };
        let older = usage.calls - free - usage.entries.len() as u64;
        if older > 0 {
            lines.push(format!("  … {} older; --json has all.", counted(older, "call", "calls")));
        }
        lines.extend(usage.apollo.iter().map(against_apollo));
    }
    if lines.is_empty() {
        lines.push("No call was made.".to_owned());
    }
    output::print_lines(&lines)?;
    Ok(DONE)
}

/// Lines under the names of their columns; nothing where there are none.
fn headed(names: &str, lines: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let heading = (lines.len() > 0).then(|| format!("  {names}"));
    heading.into_iter().chain(lines).collect()
}

/// The comparison, under the time that it is of: what is newer than the latest count is not in it.
fn against_apollo(apollo: &AgainstApollo) -> String {
    let (since, latest) = (apollo.since, apollo.latest.told_at);
    let time = match (moment(since), moment(latest)) {
        _ if since == latest => format!("At {}", moment(latest)),
        // Two counts within a minute have a time between them all the same.
        (from, to) if from == to => {
            format!("From {} to {}", since.strftime("%H:%M:%S"), latest.strftime("%H:%M:%S UTC"))
        }
        (from, to) => format!("From {from} to {to}"),
    };
    format!("  {time}: {}", apollo.sentence)
}

fn sums(charged: Credits, unknown: Credits) -> String {
    if unknown.is_none() {
        return format!("{} charged", credits_in_words(charged));
    }
    format!("{} charged, at most {} more unknown", credits_in_words(charged), credits_in_words(unknown))
}

fn span(span: &UsageSpan) -> String {
    format!("  {}\t{}\t{}", span.span, counted(span.calls, "call", "calls"), sums(span.charged, span.unknown))
}

fn entry(entry: &UsageEntry) -> String {
    let number = entry.number.map(|number| number.to_string()).unwrap_or_default();
    let found = found(entry);
    let what = if entry.title.is_empty() { in_words(&entry.endpoint) } else { &entry.title };
    let at = moment(entry.at);
    let sums = sums(entry.charged, entry.unknown);
    format!("  {number}\t{at}\t{}\t{found}\t{sums}\t{what}", state(entry.state))
}

/// What an endpoint is called for; by its own name where that is all there is to say.
fn in_words(endpoint: &str) -> &str {
    match endpoint {
        "users/api_profile" | "auth/health" => "Check of the key",
        "usage_stats/credit_usage_stats" => "Apollo's count of credits",
        "usage_stats/api_usage_stats" => "Apollo's limits",
        "mixed_people/search" | "mixed_people/api_search" => "Search",
        other if other.starts_with("webhook_result") => "Mobile numbers",
        other => other,
    }
}

/// What came of whom it asked for. Where no answer came nobody knows, and nothing is said of having been found.
fn found(entry: &UsageEntry) -> String {
    let people = || counted(entry.people, "person", "people");
    match (&entry.company, entry.people, entry.found) {
        (_, 0, _) => String::new(),
        (Some(domain), _, None) => format!("{domain}, no answer"),
        (None, _, None) => format!("{}, no answer", people()),
        (Some(domain), _, _) if entry.elsewhere > 0 => format!("{domain} answered with another company"),
        (Some(domain), _, Some(found)) => format!("{domain} {}", if found > 0 { "found" } else { "not found" }),
        (None, _, Some(found)) => {
            let mut parts = vec![format!("{} of {} found", grouped(found), people())];
            for (count, what) in
                [(entry.elsewhere, "answered with somebody else"), (entry.strangers, "came whom nobody asked for")]
            {
                parts.extend((count > 0).then(|| format!("{} {what}", grouped(count))));
            }
            parts.join(", ")
        }
    }
}

fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::OnItsWay => "on its way",
        EntryState::MobilesOnTheirWay => "mobiles on their way",
        EntryState::Charged => "charged",
        EntryState::Free => "free",
        EntryState::PriceUntold => "price not told",
        EntryState::MayBeCharged => "may have been charged",
        EntryState::Accepted => "accepted as unknown",
        EntryState::Repeated => "asked again",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use foray_core::enrich::Figure;
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn two_counts_within_a_minute_are_told_by_the_second_and_one_by_its_minute() {
        let at = |seconds: i64| Timestamp::from_second(1_795_392_000 + seconds).unwrap();
        let told = |since, latest| {
            let latest = Figure { consumed: None, left: None, told_at: at(latest), number: 0 };
            let none = Credits::NONE;
            let (charged, unknown, charged_after, unknown_after) = (none, none, none, none);
            let sentence = "They agree.".to_owned();
            let (since, counted) = (at(since), Some(none));
            against_apollo(&AgainstApollo {
                latest,
                since,
                counted,
                charged,
                unknown,
                charged_after,
                unknown_after,
                sentence,
            })
        };
        assert_eq!(told(5, 48), "  From 00:00:05 to 00:00:48 UTC: They agree.");
        assert_eq!(told(5, 5), "  At 2026-11-23 00:00 UTC: They agree.");
        assert_eq!(told(5, 90), "  From 2026-11-23 00:00 UTC to 2026-11-23 00:01 UTC: They agree.");
    }
}
