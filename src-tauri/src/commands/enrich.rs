//! Enrichment: its price before, its start, and the user's word about requests that may have been charged. Nothing here
//! pays but what was agreed to at a price that stood on a button.

use foray_core::enrich::{EnrichEstimate, EnrichInput, LookedUpDone, Undecided};
use foray_core::jobs::{Agreed, Job};
use foray_core::{Error, TenantId};

use super::Answered;
use crate::state::State;

/// What it would ask and cost; makes no call.
#[tauri::command]
pub async fn enrich_estimate(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    input: EnrichInput,
) -> Answered<EnrichEstimate> {
    Ok(state.foray().await?.enrich_estimate(workspace, &input).await?)
}

/// Puts an enrichment into the line, of whom and at the price that was agreed to.
#[tauri::command]
pub async fn enrich_start(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    title: String,
    input: EnrichInput,
) -> Answered<Job> {
    if input.people.is_none() {
        let message = "Whom to enrich was not told with the price.".to_owned();
        return Err(Error::NotConfirmed { message }.into());
    }
    Ok(state.foray().await?.add_enrichment(workspace, &title, &input, true).await?)
}

/// Paid requests that may have been charged, the newest first.
#[tauri::command]
pub async fn undecided_list(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<Vec<Undecided>> {
    Ok(state.foray().await?.undecided(workspace).await?)
}

/// Asks Apollo's own count what became of one; takes 1 call or 2, no credits.
#[tauri::command]
pub async fn undecided_look_up(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    request: i64,
) -> Answered<LookedUpDone> {
    Ok(state.foray().await?.look_up_undecided(workspace, request).await?)
}

/// Takes one as it is.
#[tauri::command]
pub async fn undecided_accept(state: tauri::State<'_, State>, workspace: TenantId, request: i64) -> Answered<()> {
    Ok(state.foray().await?.accept_undecided(workspace, request).await?)
}

/// Puts the people of one into the line again, to be paid for again.
#[tauri::command]
pub async fn undecided_retry(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    request: i64,
    agreed: Agreed,
) -> Answered<Job> {
    Ok(state.foray().await?.retry_undecided(workspace, request, agreed, true).await?)
}
