//! What an export costs and where it goes. It is a job from there on; rows go from the core to the file and never through
//! the window.

use std::path::{Path, PathBuf};

use foray_core::export::{ExportEstimate, ExportInput};
use foray_core::{Error, TenantId};
use tauri::{AppHandle, Runtime};

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
