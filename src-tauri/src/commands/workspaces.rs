//! Workspaces, and where the window was in each.

use foray_core::TenantId;
use foray_core::workspace::{Workspace, WorkspaceChange};

use super::Answered;
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
pub async fn view_load(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<Option<String>> {
    Ok(state.foray().await?.personas(workspace).await?.view().await?)
}

#[tauri::command]
pub async fn view_save(state: tauri::State<'_, State>, workspace: TenantId, address: String) -> Answered<()> {
    Ok(state.foray().await?.personas(workspace).await?.save_view(address).await?)
}
