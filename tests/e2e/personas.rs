//! A persona in the real window: written with the keyboard, saved, searched, deleted and brought back, and still there
//! after a restart.

use std::sync::Arc;

use fantoccini::Locator;
use fantoccini::key::Key;
use foray_core::TenantId;
use foray_core::clock::SystemClock;
use foray_core::persona::PersonaInput;
use foray_core::persona::starters::starter_personas;

use crate::marks::{PERSONAS, SEARCH, SOURCE};
use crate::window::{Home, Window};

#[tokio::test]
async fn a_persona_is_written_saved_searched_deleted_and_brought_back() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.click("New persona").await;
    window.text_with("aside", "New persona").await;
    // The name has the focus; Tab leads to the job titles.
    window.type_text("Grüße, العربية").await;
    window.press(Key::Tab).await;
    window.type_text("CMO").await;
    window.text_with("body", "Chief Marketing Officer").await;
    window.press(Key::Enter).await;
    window.text_with("aside", "Chief Marketing Officer").await;
    window.picture("persona-1-editor").await;
    window.click("Save persona").await;
    window.text_with(PERSONAS, "Grüße").await;

    window.text_with(SEARCH, "Search · 1 call").await;
    window.press(Key::Tab).await;
    window.press(Key::Enter).await;
    window.text_with(SOURCE, "live").await;
    window.click("Edit").await;
    window.click("Delete").await;
    // The news of what was saved has its own.
    let undo = "//*[text()='Persona deleted']/following::button[contains(., 'Undo')][1]";
    window.client.wait().for_element(Locator::XPath(undo)).await.unwrap().click().await.unwrap();
    window.text_with(PERSONAS, "Grüße").await;
    window.close().await;

    let window = Window::open(&home).await;
    window.text_with(PERSONAS, "Grüße, العربية").await;
    window.text_with(SOURCE, "cached").await;
    window.picture("persona-2-restarted").await;
    window.close().await;
}

#[tokio::test]
async fn what_the_command_line_adds_is_there_without_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(PERSONAS, "Start from").await;
    let other = home.other_process("https://apollo.invalid", Arc::new(SystemClock::start())).await;
    let acme = other.workspaces().add("Acme").await.unwrap();
    let new =
        PersonaInput { id: None, name: "From elsewhere".to_owned(), filters: starter_personas().remove(0).filters };
    other.personas(TenantId::SAMPLE).await.unwrap().save(new, other.clock()).await.unwrap();
    window.text_with(PERSONAS, "From elsewhere").await;
    window.find("#workspace-menu").await.click().await.unwrap();
    window.text_with("[role=menu]", "Acme").await;
    other.remove_workspace(acme.id).await.unwrap();
    window.gone("[role=menuitemradio] ~ [role=menuitemradio]").await;
    window.close().await;
}
