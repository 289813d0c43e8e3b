//! `workspaces list | add | set | rename | backup | restore | remove`.

use std::path::Path;

use foray_core::Foray;
use foray_core::credits::MOST_TO_SET;
use foray_core::workspace::{CreditCaps, EndpointSetting, Workspace, WorkspaceChange, fold_name};

use crate::args::Workspaces;
use crate::exit::{DONE, Failure};
use crate::output::{self, grouped};
use crate::session::Needs;
use crate::terminal;

/// Choosing an endpoint opens again what Apollo shut for the workspace's key, wherever that key comes from.
pub fn needs(command: &Workspaces) -> Needs {
    match command {
        Workspaces::Set { endpoint: Some(_), .. } => Needs::Key,
        _ => Needs::Data,
    }
}

pub async fn run(foray: &Foray, command: Workspaces) -> Result<u8, Failure> {
    match command {
        Workspaces::List => list(foray).await?,
        Workspaces::Add { name } => add(foray, &name).await?,
        Workspaces::Set {
            name,
            calls_per_hour,
            endpoint,
            cache_mb,
            cache_hours,
            credits_per_job,
            credits_per_day,
            credits_per_month,
            credits_in_all,
        } => {
            // What does not fit is out of the core's range too, whose sentence names the range.
            let number = |typed: i64| u32::try_from(typed).unwrap_or(0);
            let change = WorkspaceChange {
                calls_per_hour: calls_per_hour.map(number),
                endpoint: endpoint.as_deref().map(EndpointSetting::parse).transpose()?,
                cache_mb: cache_mb.map(number),
                cache_hours: cache_hours.map(number),
                // What is left concerns the window only.
                ..WorkspaceChange::default()
            };
            let caps = [
                ("credits_per_job", credits_per_job),
                ("credits_per_day", credits_per_day),
                ("credits_per_month", credits_per_month),
                ("credits_in_all", credits_in_all),
            ];
            set(foray, &name, change, caps).await?;
        }
        Workspaces::Rename { name, new_name } => rename(foray, &name, &new_name).await?,
        Workspaces::Backup { name, to } => back_up(foray, &name, &to).await?,
        Workspaces::Restore { file } => restore(foray, &file).await?,
        Workspaces::Remove { name, yes } => remove(foray, &name, yes).await?,
    }
    Ok(DONE)
}

async fn list(foray: &Foray) -> Result<(), Failure> {
    let workspaces = foray.workspaces().list().await?;
    output::print_lines(&workspaces.iter().map(row).collect::<Vec<_>>())
}

fn row(workspace: &Workspace) -> String {
    let Workspace { id, name, calls_per_hour, endpoint, caps, .. } = workspace;
    let caps: String = [("a job", caps.job), ("a day", caps.day), ("a month", caps.month), ("in all", caps.workspace)]
        .into_iter()
        .filter_map(|(span, cap)| {
            cap.map(|cap| format!("\tat most {} {span}", output::counted(cap.into(), "credit", "credits")))
        })
        .collect();
    format!("{name}\t{id}\t{calls_per_hour} calls/h\t{}{caps}", endpoint.as_str())
}

async fn add(foray: &Foray, name: &str) -> Result<(), Failure> {
    let workspace = foray.workspaces().add(name).await?;
    output::print_lines(&[format!("Made the workspace “{}” ({}).", workspace.name, workspace.id)])
}

async fn set(
    foray: &Foray,
    name: &str,
    mut change: WorkspaceChange,
    caps: [(&str, Option<String>); 4],
) -> Result<(), Failure> {
    if change == WorkspaceChange::default() && caps.iter().all(|(_, cap)| cap.is_none()) {
        return Err(Failure::bad_input(
            "calls_per_hour",
            "Say what to change: --calls-per-hour N, --endpoint auto|full|free, --cache-mb MB, \
             --cache-hours HOURS, --credits-per-job, --credits-per-day, --credits-per-month or --credits-in-all N|none.",
        ));
    }
    let workspace = foray.workspaces().resolve(name).await?;
    if caps.iter().any(|(_, cap)| cap.is_some()) {
        change.caps = Some(capped(workspace.caps, caps)?);
    }
    let workspace = foray.change_workspace(workspace.id, change).await?;
    output::print_lines(&[row(&workspace)])
}

/// The caps with those that were typed changed.
fn capped(mut caps: CreditCaps, typed: [(&str, Option<String>); 4]) -> Result<CreditCaps, Failure> {
    let places = [&mut caps.job, &mut caps.day, &mut caps.month, &mut caps.workspace];
    for (place, (field, typed)) in places.into_iter().zip(typed) {
        let Some(typed) = typed else { continue };
        *place = match typed.trim() {
            "none" => None,
            number => {
                let most = grouped(MOST_TO_SET.into());
                let message = || format!("“{typed}” is no cap. Write a whole number of credits, 0 to {most}, or none.");
                let cap = number.parse().ok().filter(|cap| *cap <= MOST_TO_SET);
                Some(cap.ok_or_else(|| Failure::bad_input(field, message()))?)
            }
        };
    }
    Ok(caps)
}

async fn rename(foray: &Foray, name: &str, new_name: &str) -> Result<(), Failure> {
    let before = foray.workspaces().resolve(name).await?;
    let after = foray.workspaces().rename(before.id, new_name).await?;
    output::print_lines(&[format!("The workspace “{}” is “{}” now.", before.name, after.name)])
}

async fn back_up(foray: &Foray, name: &str, to: &Path) -> Result<(), Failure> {
    let workspace = foray.workspaces().resolve(name).await?;
    let done = foray.back_up(workspace.id, to, false).await?;
    output::print_lines(&[
        format!("“{}” is backed up in {} ({}).", workspace.name, done.path, output::size(done.bytes)),
        "It holds people and answers, but no key: keep it where only you can read it.".to_owned(),
    ])
}

async fn restore(foray: &Foray, file: &Path) -> Result<(), Failure> {
    let workspace = foray.restore(file).await?;
    output::print_lines(&[
        format!("The workspace “{}” ({}) is back.", workspace.name, workspace.id),
        format!("Its key is not in the backup: store it with key set --workspace {}.", workspace.id),
    ])
}

async fn remove(foray: &Foray, name: &str, yes: bool) -> Result<(), Failure> {
    let workspace = foray.workspaces().resolve(name).await?;
    // The core refuses to remove the sample workspace; nobody need confirm that.
    if !yes && !workspace.sample {
        let what = format!(
            "Removing “{}” deletes everybody found in it, paid facts too, its personas, kept answers, ledger and key for good.",
            workspace.name
        );
        terminal::confirm(&what, "Type its name to go on:", |answer| fold_name(answer) == fold_name(&workspace.name))?;
    }
    foray.remove_workspace(workspace.id).await?;
    output::print_lines(&[format!("Removed the workspace “{}”.", workspace.name)])
}
