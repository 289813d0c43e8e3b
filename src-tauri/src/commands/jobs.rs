//! Jobs: what is under way, in line and over in a workspace, and what the user says to it. They run in the core's own time;
//! the window hears of each change by the event `job-changed`.

use foray_core::export::{ExportEstimate, ExportInput};
use foray_core::jobs::{Agreed, Direction, Job, RerunInput};
use foray_core::{Error, TenantId};
use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt as _;
use uuid::Uuid;

use super::Answered;
use crate::state::State;

/// Unfinished ones in their order, then those that are over, the newest first.
#[tauri::command]
pub async fn jobs_list(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<Vec<Job>> {
    Ok(state.foray().await?.jobs(workspace).await?.list().await?)
}

/// Puts an export into the line, to a file the user chose in this session or that one of the workspace's jobs wrote.
#[tauri::command]
pub async fn export_start(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    title: String,
    input: ExportInput,
) -> Answered<Job> {
    let foray = state.foray().await?;
    let jobs = foray.jobs(workspace).await?;
    let known = state.is_chosen(&input.path)
        || jobs.list().await?.iter().any(|job| job.by_itself && job.path() == Some(input.path.as_str()));
    if !known {
        return Err(Error::bad_input("path", "Choose the file in the dialog first.").into());
    }
    Ok(jobs.add_export(&title, input).await?)
}

/// What a re-run may cost.
#[tauri::command]
pub async fn rerun_estimate(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    input: RerunInput,
) -> Answered<ExportEstimate> {
    Ok(state.foray().await?.rerun_estimate(workspace, &input).await?)
}

/// Puts the re-run of a search into the line.
#[tauri::command]
pub async fn rerun_start(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    title: String,
    input: RerunInput,
) -> Answered<Job> {
    Ok(state.foray().await?.jobs(workspace).await?.add_rerun(&title, input).await?)
}

/// What is left of a job may cost.
#[tauri::command]
pub async fn job_price(state: tauri::State<'_, State>, workspace: TenantId, id: Uuid) -> Answered<ExportEstimate> {
    Ok(state.foray().await?.jobs(workspace).await?.price(id).await?)
}

#[tauri::command]
pub async fn job_pause(state: tauri::State<'_, State>, workspace: TenantId, id: Uuid) -> Answered<Job> {
    Ok(state.foray().await?.jobs(workspace).await?.pause(id).await?)
}

/// `agreed`: to what is left; null when nothing has to be agreed to anew.
#[tauri::command]
pub async fn job_resume(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    id: Uuid,
    agreed: Option<Agreed>,
) -> Answered<Job> {
    let foray = state.foray().await?;
    let jobs = foray.jobs(workspace).await?;
    if agreed.is_none() && jobs.get(id).await?.needs_consent {
        return Err(Error::NotConfirmed { message: "Going on may cost: look at its price first.".to_owned() }.into());
    }
    Ok(jobs.resume(id, agreed).await?)
}

#[tauri::command]
pub async fn job_cancel(state: tauri::State<'_, State>, workspace: TenantId, id: Uuid) -> Answered<Job> {
    Ok(state.foray().await?.jobs(workspace).await?.cancel(id).await?)
}

/// Changes places with the neighbour in the line; answers the line as it is then.
#[tauri::command]
pub async fn job_move(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    id: Uuid,
    direction: Direction,
) -> Answered<Vec<Job>> {
    Ok(state.foray().await?.jobs(workspace).await?.shift(id, direction).await?)
}

/// Takes a job out of the history. Its file stays.
#[tauri::command]
pub async fn job_forget(state: tauri::State<'_, State>, workspace: TenantId, id: Uuid) -> Answered<()> {
    Ok(state.foray().await?.jobs(workspace).await?.forget(id).await?)
}

/// Shows the file of an export in the file manager.
#[tauri::command]
pub async fn job_show_in_folder<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    workspace: TenantId,
    id: Uuid,
) -> Answered<()> {
    let foray = state.foray().await?;
    let job = foray.jobs(workspace).await?.get(id).await?;
    let path = job.path().ok_or_else(|| Error::bad_input("job", "This job writes no file."))?;
    app.opener()
        .reveal_item_in_dir(path)
        .map_err(|error| Error::Storage { what: "The file manager".to_owned(), why: error.to_string() })?;
    Ok(())
}
