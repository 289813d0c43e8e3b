//! Searching, and what stands in front of Apollo.

use foray_core::activity::ActivitySlot;
use foray_core::persona::{Filters, FiltersInput, SearchInput, SearchRequest};
use foray_core::status::Status;
use foray_core::{Answer, Error, TenantId};

use super::Answered;
use crate::state::State;

/// A fresh kept answer, else Apollo's.
#[tauri::command]
pub async fn search(state: tauri::State<'_, State>, workspace: TenantId, input: SearchInput) -> Answered<Answer> {
    let request = SearchRequest::check(&input)?;
    Ok(state.foray().await?.search(workspace, &request).await?)
}

/// Apollo's answer, past the cache.
#[tauri::command]
pub async fn search_refresh(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    input: SearchInput,
) -> Answered<Answer> {
    let request = SearchRequest::check(&input)?;
    Ok(state.foray().await?.search_refresh(workspace, &request).await?)
}

/// What is kept; never a call.
#[tauri::command]
pub async fn search_peek(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    input: SearchInput,
) -> Answered<Option<Answer>> {
    let request = SearchRequest::check(&input)?;
    Ok(state.foray().await?.search_peek(workspace, &request).await?)
}

#[tauri::command]
pub async fn status(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<Status> {
    Ok(state.foray().await?.status(workspace).await?)
}

/// The user says that no calls were made since the record of them was lost.
#[tauri::command]
pub async fn forgive_lost_ledger(state: tauri::State<'_, State>) -> Answered<()> {
    Ok(state.foray().await?.forgive_lost_ledger().await?)
}

/// Forgets kept answers: those of these filters, or all of the workspace. Answers how many.
#[tauri::command]
pub async fn cache_forget(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    filters: Option<FiltersInput>,
) -> Answered<u64> {
    let filters = filters.as_ref().map(Filters::check).transpose();
    let filters = filters.map_err(|violations| Error::BadInput { violations })?;
    Ok(state.foray().await?.forget_answers(workspace, filters.as_ref()).await?)
}

/// Questions of the last 24 hours by what became of them.
#[tauri::command]
pub async fn activity(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<Vec<ActivitySlot>> {
    Ok(state.foray().await?.last_day(workspace).await?)
}

/// How things stand, as a text to copy.
#[tauri::command]
pub async fn diagnostics(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<String> {
    Ok(state.foray().await?.diagnostics(workspace).await?)
}
