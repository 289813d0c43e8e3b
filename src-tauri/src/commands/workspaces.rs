//! Workspaces, and where the window was in each.

use foray_core::workspace::{Workspace, WorkspaceChange, fold_name};
use foray_core::{Error, TenantId};
use tauri::{AppHandle, Runtime};

use super::Answered;
use crate::dialog::ask;
use crate::state::State;

#[tauri::command]
pub async fn workspaces_list(state: tauri::State<'_, State>) -> Answered<Vec<Workspace>> {
    Ok(state.foray().await?.workspaces().list().await?)
}

#[tauri::command]
pub async fn workspace_add(state: tauri::State<'_, State>, name: String) -> Answered<Workspace> {
    Ok(state.foray().await?.workspaces().add(&name).await?)
}

#[tauri::command]
pub async fn workspace_change(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    change: WorkspaceChange,
) -> Answered<Workspace> {
    Ok(state.foray().await?.change_workspace(workspace, change).await?)
}

#[tauri::command]
pub async fn workspace_rename(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    name: String,
) -> Answered<Workspace> {
    Ok(state.foray().await?.workspaces().rename(workspace, &name).await?)
}

/// Removes a workspace with all its data; `typed` is its name, as the user confirmed it.
#[tauri::command]
pub async fn workspace_remove(state: tauri::State<'_, State>, workspace: TenantId, typed: String) -> Answered<()> {
    let foray = state.foray().await?;
    let name = foray.workspaces().get(workspace).await?.name;
    if fold_name(&typed) != fold_name(&name) {
        let message = format!("To remove it, type its name: {name}");
        return Err(Error::NotConfirmed { message }.into());
    }
    Ok(foray.remove_workspace(workspace).await?)
}

/// Asks for the folder that exports are offered in; null when the user cancelled.
#[tauri::command]
pub async fn workspace_choose_export_folder<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    workspace: TenantId,
) -> Answered<Option<Workspace>> {
    let foray = state.foray().await?;
    let now = state.start_folder(workspace).await?;
    let chosen = ask(app, move |dialogs| dialogs.folder("Folder for exports", now.as_deref())).await?;
    let Some(folder) = chosen else { return Ok(None) };
    let change = WorkspaceChange { export_folder: Some(folder.display().to_string()), ..WorkspaceChange::default() };
    Ok(Some(foray.change_workspace(workspace, change).await?))
}

#[tauri::command]
pub async fn view_load(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<Option<String>> {
    Ok(state.foray().await?.personas(workspace).await?.view().await?)
}

#[tauri::command]
pub async fn view_save(state: tauri::State<'_, State>, workspace: TenantId, address: String) -> Answered<()> {
    Ok(state.foray().await?.personas(workspace).await?.save_view(address).await?)
}
