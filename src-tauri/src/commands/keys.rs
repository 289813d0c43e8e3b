//! The API key: in, never out.

use foray_core::TenantId;
use foray_core::keys::KeyCheck;
use foray_core::secrets::{ApiKey, KeyStatus};

use super::Answered;
use crate::state::State;

/// Whether the key can be had; opens the keyring where one should be in it.
#[tauri::command]
pub async fn key_status(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<KeyStatus> {
    Ok(state.foray().await?.key_state(workspace).await?)
}

#[tauri::command]
pub async fn key_set(state: tauri::State<'_, State>, workspace: TenantId, key: String) -> Answered<KeyStatus> {
    let key = ApiKey::parse(&key)?;
    Ok(state.foray().await?.set_key(workspace, key).await?)
}

/// For a computer without a keyring: gone when the app is closed.
#[tauri::command]
pub async fn key_use_for_this_run(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    key: String,
) -> Answered<KeyStatus> {
    let key = ApiKey::parse(&key)?;
    Ok(state.foray().await?.use_key_for_this_run(workspace, key).await?)
}

#[tauri::command]
pub async fn key_clear(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<KeyStatus> {
    Ok(state.foray().await?.clear_key(workspace).await?)
}

/// Takes 1 call, costs no credits.
#[tauri::command]
pub async fn key_check(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<KeyCheck> {
    Ok(state.foray().await?.check_key(workspace).await?)
}
