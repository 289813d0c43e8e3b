//! Everybody ever fetched in a workspace, in windows of rows. Nothing here makes a call.

use foray_core::TenantId;
use foray_core::people::{PeopleCounts, PeopleSet, PeopleWindow, PersonDetails, PersonPlace, Sort};
use foray_core::persona::FiltersInput;

use super::Answered;
use crate::state::State;

/// The people of a set from `offset` on, at most `limit`.
#[tauri::command]
pub async fn people_window(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    set: PeopleSet,
    sort: Option<Sort>,
    offset: u64,
    limit: u32,
) -> Answered<PeopleWindow> {
    Ok(state.foray().await?.people_window(workspace, &set, sort, offset, limit).await?)
}

/// Where a person stands in the order of a set, and between whom.
#[tauri::command]
pub async fn person_place(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    set: PeopleSet,
    sort: Option<Sort>,
    id: String,
) -> Answered<Option<PersonPlace>> {
    Ok(state.foray().await?.people_place(workspace, &set, sort, id).await?)
}

/// How many people these filters have brought, and how many there are in all.
#[tauri::command]
pub async fn people_counts(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    filters: Option<FiltersInput>,
) -> Answered<PeopleCounts> {
    Ok(state.foray().await?.people_counts(workspace, filters.as_ref()).await?)
}

/// Everything known of a person, each fact with who told it and when.
#[tauri::command]
pub async fn person(state: tauri::State<'_, State>, workspace: TenantId, id: String) -> Answered<PersonDetails> {
    Ok(state.foray().await?.person(workspace, &id).await?)
}
