//! Everybody ever fetched in a workspace, in windows of rows. Nothing here makes a call.

use foray_core::people::{
    PeopleCounts, PeopleExported, PeopleFacets, PeopleFile, PeopleSelection, PeopleView, PeopleWindow, PersonDetails,
    PersonPlace,
};
use foray_core::persona::FiltersInput;
use foray_core::{Error, TenantId};

use super::Answered;
use crate::state::State;

/// The people of a view from `offset` on, at most `limit`. `keystroke` counts up with each key in the search field: what was
/// asked with a lower one and is not answered yet is refused as `superseded`.
#[tauri::command]
pub async fn people_window(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    view: PeopleView,
    offset: u64,
    limit: u32,
    keystroke: Option<u64>,
) -> Answered<PeopleWindow> {
    Ok(state.foray().await?.people_window(workspace, &view, offset, limit, keystroke).await?)
}

/// How many people of a view there are by each facet.
#[tauri::command]
pub async fn people_facets(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    view: PeopleView,
    keystroke: Option<u64>,
) -> Answered<PeopleFacets> {
    Ok(state.foray().await?.people_facets(workspace, &view, keystroke).await?)
}

/// Writes selected people to a file that was chosen in the dialog before (`export_choose_file`).
#[tauri::command]
pub async fn people_selection_export(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    selection: PeopleSelection,
    file: PeopleFile,
) -> Answered<PeopleExported> {
    if !state.is_chosen(&file.path) {
        return Err(Error::bad_input("path", "Choose the file in the dialog first.").into());
    }
    Ok(state.foray().await?.people_selection_export(workspace, &selection, &file).await?)
}

/// Selected people in the order of their view, from `offset` on, at most `limit`.
#[tauri::command]
pub async fn people_selection_window(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    selection: PeopleSelection,
    offset: u64,
    limit: u32,
) -> Answered<PeopleWindow> {
    Ok(state.foray().await?.people_selection_window(workspace, &selection, offset, limit).await?)
}

/// Where a person stands in the order of a view, and between whom.
#[tauri::command]
pub async fn person_place(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    view: PeopleView,
    id: String,
) -> Answered<Option<PersonPlace>> {
    Ok(state.foray().await?.people_place(workspace, &view, id).await?)
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
