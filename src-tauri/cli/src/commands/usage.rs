//! `usage`: the ledger of credits, of one workspace or of all.

use foray_core::Foray;
use foray_core::credits::{Credits, credits_in_words};
use foray_core::enrich::{EntryState, Usage, UsageEntry, UsageSpan};
use foray_core::workspace::Workspace;
use serde::Serialize;

use crate::args::Usage as Asked;
use crate::exit::{DONE, Failure};
use crate::output::{self, counted};
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

pub async fn of_one(session: &Session, asked: &Asked) -> Result<u8, Failure> {
    let (foray, tenant) = (&session.foray, session.tenant());
    let usage = if asked.ask { foray.usage_asked(tenant).await? } else { foray.usage(tenant).await? };
    tell(vec![of(&session.workspace, usage)], asked.json)
}

pub async fn of_all(foray: &Foray, json: bool) -> Result<u8, Failure> {
    let mut all = Vec::new();
    for workspace in foray.workspaces().list().await? {
        let usage = foray.usage(workspace.id).await?;
        all.push(of(&workspace, usage));
    }
    tell(all, json)
}

fn of(workspace: &Workspace, usage: Usage) -> OfWorkspace {
    OfWorkspace { workspace: workspace.name.clone(), workspace_id: workspace.id.to_string(), usage }
}

fn tell(workspaces: Vec<OfWorkspace>, json: bool) -> Result<u8, Failure> {
    if json {
        let charged = workspaces.iter().map(|one| one.usage.charged).sum();
        let unknown = workspaces.iter().map(|one| one.usage.unknown).sum();
        output::print_json(&All { charged, unknown, workspaces })?;
        return Ok(DONE);
    }
    let several = workspaces.len() > 1;
    let mut lines = Vec::new();
    for OfWorkspace { workspace, usage, .. } in &workspaces {
        if several && usage.entries.is_empty() {
            continue;
        }
        lines.push(format!("{workspace}: {}.", sums(usage.charged, usage.unknown)));
        lines.extend(usage.months.iter().map(span));
        lines.extend(usage.days.iter().take(7).map(span));
        lines.extend(usage.entries.iter().take(20).map(entry));
        if usage.entries.len() > 20 {
            lines.push(format!(
                "  … {} older; --json has all.",
                counted(usage.entries.len() as u64 - 20, "call", "calls")
            ));
        }
        lines.extend(usage.apollo.iter().map(|apollo| format!("  {}", apollo.sentence)));
    }
    if lines.is_empty() {
        lines.push("Nothing was paid for.".to_owned());
    }
    output::print_lines(&lines)?;
    Ok(DONE)
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
    format!(
        "  {}\t{}\t{}\t{} of {} found\t{}\t{}",
        entry.number,
        entry.at.strftime("%Y-%m-%d %H:%M UTC"),
        state(entry.state),
        entry.found,
        entry.people,
        sums(entry.charged, entry.unknown),
        entry.title
    )
}

fn state(state: EntryState) -> &'static str {
    match state {
        EntryState::OnItsWay => "on its way",
        EntryState::MobilesOnTheirWay => "mobiles on their way",
        EntryState::Charged => "charged",
        EntryState::Free => "free",
        EntryState::MayBeCharged => "may have been charged",
        EntryState::Accepted => "accepted as unknown",
        EntryState::Repeated => "asked again",
    }
}
