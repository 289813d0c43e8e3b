//! Searching, and what stands in front of Apollo.

use foray_core::persona::{SearchInput, SearchRequest};
use foray_core::status::Status;
use foray_core::{Answer, TenantId};

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
