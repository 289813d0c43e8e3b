//! What an export costs and where it goes. It is a job from there on; rows go from the core to the file and never through
//! the window.

use std::path::PathBuf;

use foray_core::TenantId;
use foray_core::export::{ExportEstimate, ExportInput};
use tauri::{AppHandle, Runtime};

use super::Answered;
use crate::dialog::{CSV, ask, file_name};
use crate::state::State;

#[tauri::command]
pub async fn export_estimate(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    input: ExportInput,
) -> Answered<ExportEstimate> {
    Ok(state.foray().await?.export_estimate(workspace, &input).await?)
}

/// Asks where to save; null when the user cancelled.
#[tauri::command]
pub async fn export_choose_file<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    workspace: TenantId,
    suggested: String,
) -> Answered<Option<String>> {
    let folder = state.start_folder(workspace).await?;
    let suggested = file_name(&suggested, CSV);
    let chosen = ask(app, move |dialogs| dialogs.save(CSV, &suggested, folder.as_deref())).await?;
    Ok(chosen.map(|path| {
        let text = path.display().to_string();
        state.choose_file(workspace, PathBuf::from(&text));
        text
    }))
}
