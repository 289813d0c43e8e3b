//! Personas, and the values their form offers.

use foray_core::TenantId;
use foray_core::persona::starters::{self, StarterPersona};
use foray_core::persona::vocabulary::{self, Vocabulary};
use foray_core::persona::{Persona, PersonaInput};
use uuid::Uuid;

use super::Answered;
use crate::state::State;

#[tauri::command]
pub async fn vocabulary() -> Answered<Vocabulary> {
    Ok(vocabulary::vocabulary())
}

#[tauri::command]
pub async fn starter_personas() -> Answered<Vec<StarterPersona>> {
    Ok(starters::starter_personas())
}

#[tauri::command]
pub async fn personas_list(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<Vec<Persona>> {
    Ok(state.foray().await?.personas(workspace).await?.list().await?)
}

#[tauri::command]
pub async fn persona_save(
    state: tauri::State<'_, State>,
    workspace: TenantId,
    persona: PersonaInput,
) -> Answered<Persona> {
    let foray = state.foray().await?;
    Ok(foray.personas(workspace).await?.save(persona, foray.clock()).await?)
}

/// Answers the persona that was removed, so that it can be put back.
#[tauri::command]
pub async fn persona_remove(state: tauri::State<'_, State>, workspace: TenantId, id: Uuid) -> Answered<Persona> {
    Ok(state.foray().await?.personas(workspace).await?.remove(id).await?)
}
