//! Exports: rows go from the core to the file and never through the window; only progress does.

use std::path::{Path, PathBuf};

use foray_core::export::{ExportDone, ExportEstimate, ExportInput, ExportProgress};
use foray_core::{Error, TenantId};
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};
use uuid::Uuid;

use super::Answered;
use crate::dialog::save_dialog;
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
    suggested: String,
) -> Answered<Option<String>> {
    let suggested = file_name(&suggested);
    let dialog = save_dialog(app);
    let chosen = tauri::async_runtime::spawn_blocking(move || dialog.ask(&suggested))
        .await
        .map_err(|error| Error::Storage { what: "The file dialog".to_owned(), why: error.to_string() })?;
    Ok(chosen.map(|path| {
        let text = path.display().to_string();
        state.choose_file(PathBuf::from(&text));
        text
    }))
}

/// Writes an export to a file the user chose in this session.
#[tauri::command]
pub async fn export_run(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    id: Uuid,
    input: ExportInput,
    progress: Channel<ExportProgress>,
) -> Answered<ExportDone> {
    if !state.is_chosen(&input.path) {
        return Err(Error::bad_input("path", "Choose the file in the dialog first.").into());
    }
    let foray = state.foray().await?;
    let cancel = state.begin_export(id);
    // A window that was reloaded hears no progress; the export goes on.
    let done = foray.export(workspace, &input, &cancel, |step| drop(progress.send(step))).await;
    state.end_export(id);
    Ok(done?)
}

/// False when there is no such export any more.
#[tauri::command]
pub async fn export_cancel(state: tauri::State<'_, State>, id: Uuid) -> Answered<bool> {
    Ok(state.cancel_export(id))
}

/// A plain file name out of a suggestion: no folders, nothing a file system refuses.
fn file_name(suggested: &str) -> String {
    let kept: String = suggested
        .chars()
        .map(|letter| if letter.is_control() || "/\\:*?\"<>|".contains(letter) { '-' } else { letter })
        .take(120)
        .collect();
    let kept = kept.trim_matches([' ', '.', '-']);
    let stem = Path::new(kept).file_stem().and_then(|stem| stem.to_str()).filter(|stem| !stem.is_empty());
    format!("{}.csv", stem.unwrap_or("people"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_name_is_a_plain_csv_file() {
        assert_eq!(file_name("Sales leaders, DACH.csv"), "Sales leaders, DACH.csv");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd.csv");
        assert_eq!(file_name("a:b*c?"), "a-b-c.csv");
        assert_eq!(file_name(""), "people.csv");
        assert_eq!(file_name("..."), "people.csv");
    }
}
