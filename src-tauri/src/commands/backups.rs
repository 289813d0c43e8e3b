//! What is taken along as a file: a workspace as a backup, a persona as JSON. The user names each file in a dialog of the
//! system; the window never names one.

use std::io::Read as _;

use foray_core::backup::BackupDone;
use foray_core::persona::{Persona, share};
use foray_core::workspace::Workspace;
use foray_core::{Error, TenantId};
use tauri::{AppHandle, Runtime};
use tauri_plugin_opener::OpenerExt as _;
use uuid::Uuid;

use super::Answered;
use crate::dialog::{BACKUP, PERSONA, ask, file_name};
use crate::state::State;

/// Null when the user cancelled.
#[tauri::command]
pub async fn workspace_backup<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    workspace: TenantId,
) -> Answered<Option<BackupDone>> {
    let foray = state.foray().await?;
    let name = foray.workspaces().get(workspace).await?.name;
    let today = foray.clock().now().strftime("%Y-%m-%d").to_string();
    let suggested = file_name(&format!("{name} {today}"), BACKUP);
    let folder = state.start_folder(workspace).await?;
    let chosen = ask(app, move |dialogs| dialogs.save(BACKUP, &suggested, folder.as_deref())).await?;
    let Some(path) = chosen else { return Ok(None) };
    let done = foray.back_up(workspace, &path, true).await?;
    state.choose_file(workspace, path);
    Ok(Some(done))
}

/// Null when the user cancelled.
#[tauri::command]
pub async fn workspace_restore<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
) -> Answered<Option<Workspace>> {
    let foray = state.foray().await?;
    let Some(path) = ask(app, |dialogs| dialogs.open(BACKUP, None)).await? else { return Ok(None) };
    Ok(Some(foray.restore(&path).await?))
}

/// Answers the file; null when the user cancelled.
#[tauri::command]
pub async fn persona_share<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    workspace: TenantId,
    id: Uuid,
) -> Answered<Option<String>> {
    let personas = state.foray().await?.personas(workspace).await?;
    let persona = personas.resolve(&id.to_string()).await?;
    let suggested = file_name(&persona.name, PERSONA);
    let folder = state.start_folder(workspace).await?;
    let chosen = ask(app, move |dialogs| dialogs.save(PERSONA, &suggested, folder.as_deref())).await?;
    let Some(path) = chosen else { return Ok(None) };
    let text = share::to_text(&persona)?;
    let target = path.clone();
    blocking(move || std::fs::write(target, text)).await?;
    let shown = path.display().to_string();
    state.choose_file(workspace, path);
    Ok(Some(shown))
}

/// Saves a persona out of a file as a new one; null when the user cancelled.
#[tauri::command]
pub async fn persona_import<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    workspace: TenantId,
) -> Answered<Option<Persona>> {
    let foray = state.foray().await?;
    let personas = foray.personas(workspace).await?;
    let folder = state.start_folder(workspace).await?;
    let chosen = ask(app, move |dialogs| dialogs.open(PERSONA, folder.as_deref())).await?;
    let Some(path) = chosen else { return Ok(None) };
    let bytes = blocking(move || {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(share::LARGEST).read_to_end(&mut bytes).map(|_| bytes)
    });
    // What is no text is no persona either, which is the sentence for it.
    let text = String::from_utf8_lossy(&bytes.await?).into_owned();
    Ok(Some(personas.import(&text, foray.clock()).await?))
}

/// Shows a file that was saved in this session in its folder.
#[tauri::command]
pub async fn saved_file_show<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    path: String,
) -> Answered<()> {
    if !state.is_chosen(&path) {
        return Err(Error::bad_input("path", "Only files saved in this session are shown.").into());
    }
    app.opener()
        .reveal_item_in_dir(&path)
        .map_err(|error| Error::Storage { what: "The file manager".to_owned(), why: error.to_string() })?;
    Ok(())
}

/// Reads or writes the persona's file off the async threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, Error> {
    let what = "The persona's file";
    let done = tauri::async_runtime::spawn_blocking(work).await;
    let done = done.map_err(|error| Error::Storage { what: what.to_owned(), why: error.to_string() })?;
    done.map_err(|error| foray_core::db::explain_io(what, &error))
}
