//! Credits and the account: the ledger, Apollo's own count beside it, and what the key may do.

use foray_core::TenantId;
use foray_core::enrich::{Usage, UsageListed};
use foray_core::keys::AccountCheck;
use tauri::{AppHandle, Runtime};

use super::Answered;
use crate::dialog::{CSV, ask, file_name};
use crate::state::State;

/// The ledger, with the calls that are wanted; makes no call.
#[tauri::command]
pub async fn usage(state: tauri::State<'_, State>, workspace: TenantId, listed: UsageListed) -> Answered<Usage> {
    Ok(state.foray().await?.usage_listing(workspace, listed).await?)
}

/// Asks Apollo's own count for the ledger; takes 1 call or 2, no credits.
#[tauri::command]
pub async fn usage_ask(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<()> {
    Ok(state.foray().await?.ask_usage(workspace).await?)
}

/// Asks where to and writes the ledger as CSV; answers the file, null when the user cancelled.
#[tauri::command]
pub async fn usage_export<R: Runtime>(
    app: AppHandle<R>,
    state: tauri::State<'_, State>,
    workspace: TenantId,
) -> Answered<Option<String>> {
    let foray = state.foray().await?;
    let name = foray.workspaces().get(workspace).await?.name;
    let suggested = file_name(&format!("{name} credits"), CSV);
    let folder = state.start_folder(workspace).await?;
    let chosen = ask(app, move |dialogs| dialogs.save(CSV, &suggested, folder.as_deref())).await?;
    let Some(path) = chosen else { return Ok(None) };
    foray.usage_export(workspace, &path).await?;
    let shown = path.display().to_string();
    state.choose_file(workspace, path);
    Ok(Some(shown))
}

/// What the key and its plan allow; takes 4 calls at most, no credits.
#[tauri::command]
pub async fn account_check(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<AccountCheck> {
    Ok(state.foray().await?.check_account(workspace).await?)
}
