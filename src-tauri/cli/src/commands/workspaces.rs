//! `workspaces list | add | set | remove`.

use foray_core::Foray;
use foray_core::workspace::{EndpointSetting, Workspace, WorkspaceChange, fold_name};

use crate::args::Workspaces;
use crate::exit::{DONE, Failure};
use crate::session::Needs;
use crate::{output, terminal};

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
        Workspaces::Set { name, calls_per_hour, endpoint } => set(foray, &name, calls_per_hour, endpoint).await?,
        Workspaces::Remove { name, yes } => remove(foray, &name, yes).await?,
    }
    Ok(DONE)
}

async fn list(foray: &Foray) -> Result<(), Failure> {
    let workspaces = foray.workspaces().list().await?;
    output::print_lines(&workspaces.iter().map(row).collect::<Vec<_>>())
}

fn row(workspace: &Workspace) -> String {
    let Workspace { id, name, calls_per_hour, endpoint, .. } = workspace;
    format!("{name}\t{id}\t{calls_per_hour} calls/h\t{}", endpoint.as_str())
}

async fn add(foray: &Foray, name: &str) -> Result<(), Failure> {
    let workspace = foray.workspaces().add(name).await?;
    output::print_lines(&[format!("Made the workspace “{}” ({}).", workspace.name, workspace.id)])
}

async fn set(foray: &Foray, name: &str, calls_per_hour: Option<i64>, endpoint: Option<String>) -> Result<(), Failure> {
    if calls_per_hour.is_none() && endpoint.is_none() {
        return Err(Failure::bad_input(
            "calls_per_hour",
            "Say what to change: --calls-per-hour N or --endpoint auto|full|free.",
        ));
    }
    let change = WorkspaceChange {
        // What does not fit is out of the core's range too, whose sentence names the range.
        calls_per_hour: calls_per_hour.map(|calls| u32::try_from(calls).unwrap_or(0)),
        endpoint: endpoint.as_deref().map(EndpointSetting::parse).transpose()?,
        // Only the window asks by itself.
        refresh_stale: None,
    };
    let workspace = foray.workspaces().resolve(name).await?;
    let workspace = foray.change_workspace(workspace.id, change).await?;
    output::print_lines(&[row(&workspace)])
}

async fn remove(foray: &Foray, name: &str, yes: bool) -> Result<(), Failure> {
    let workspace = foray.workspaces().resolve(name).await?;
    // The core refuses to remove the sample workspace; nobody need confirm that.
    if !yes && !workspace.sample {
        let what = format!("Removing “{}” deletes its personas, kept answers and key for good.", workspace.name);
        terminal::confirm(&what, "Type its name to go on:", |answer| fold_name(answer) == fold_name(&workspace.name))?;
    }
    foray.remove_workspace(workspace.id).await?;
    output::print_lines(&[format!("Removed the workspace “{}”.", workspace.name)])
}
