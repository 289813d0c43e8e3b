//! Settings of the app, and where its things are.

use std::path::Path;

use foray_core::Error;
use foray_core::settings::Settings;
use tauri::{AppHandle, Runtime, WebviewWindow};
use tauri_plugin_opener::OpenerExt as _;

use super::Answered;
use crate::frame;
use crate::state::State;

#[tauri::command]
pub async fn settings_load(state: tauri::State<'_, State>) -> Answered<Settings> {
    Ok(state.foray().await?.settings())
}

#[tauri::command]
pub async fn settings_save<R: Runtime>(
    window: WebviewWindow<R>,
    state: tauri::State<'_, State>,
    settings: Settings,
) -> Answered<Settings> {
    let settings = state.foray().await?.change_settings(settings).await?;
    frame::zoom(&window, settings.zoom).map_err(window_trouble)?;
    Ok(settings)
}

/// Opens the folder of all data in the file manager.
#[tauri::command]
pub async fn data_folder_show<R: Runtime>(app: AppHandle<R>, state: tauri::State<'_, State>) -> Answered<()> {
    Ok(show(&app, &state.data_dir()?)?)
}

/// Opens the folder of the log in the file manager.
#[tauri::command]
pub async fn log_folder_show<R: Runtime>(app: AppHandle<R>, state: tauri::State<'_, State>) -> Answered<()> {
    let folder = state.foray().await?.log().folder().to_path_buf();
    // It is made with the first entry, which a log that is off never has.
    std::fs::create_dir_all(&folder).map_err(|error| foray_core::db::explain_io("The folder of the log", &error))?;
    Ok(show(&app, &folder)?)
}

/// Gives the window its usual size in the middle of the screen, from now on and after the next start.
#[tauri::command]
pub async fn window_reset<R: Runtime>(window: WebviewWindow<R>, state: tauri::State<'_, State>) -> Answered<()> {
    Ok(frame::reset(&window, &state).map_err(window_trouble)?)
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed over by `map_err`")]
fn window_trouble(error: tauri::Error) -> Error {
    Error::Storage { what: "The window".to_owned(), why: error.to_string() }
}

fn show<R: Runtime>(app: &AppHandle<R>, folder: &Path) -> Result<(), Error> {
    app.opener()
        .open_path(folder.to_string_lossy(), None::<&str>)
        .map_err(|error| Error::Storage { what: "The file manager".to_owned(), why: error.to_string() })
}
