//! What the window tells of what stands in front of Apollo: an export that waits for the hour while clicks go through, the
//! last day in a picture, the text for whoever helps, kept rows that are forgotten.

use fantoccini::Locator;

use crate::marks::{DIALOG, EXPORT, JOBS, PEOPLE, SEARCH, SOURCE, STATUS};
use crate::own::choose_persona;
use crate::window::{Home, Window};

#[tokio::test]
async fn an_export_waits_for_the_hour_and_says_so_while_a_click_still_finds_its_call() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.choose_from_menu("Calls an hour…").await;
    let field = window.find("[role=dialog] input").await;
    window.type_over(&field, "4").await;
    window.click("Save settings").await;
    window.gone(DIALOG).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;

    window.find(EXPORT).await.click().await.unwrap();
    let everybody = "//*[@role='dialog']//label[contains(., 'All that match')]";
    window.client.find(Locator::XPath(everybody)).await.unwrap().click().await.unwrap();
    window.text_with(DIALOG, "waits and goes on by itself").await;
    window.click("Choose file…").await;
    window.click("Export ·").await;
    let said = window
        .text_with(JOBS, "waiting: this hour's calls are used, but for those kept for your clicks; goes on at")
        .await;
    assert!(said.contains("2 calls spent"), "{said}");
    window.text_with(STATUS, "1 of 4 calls left").await;
    window.picture("standing-waiting").await;

    choose_persona(&window, "Finance chiefs, Nordics").await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.text_with(STATUS, "0 of 4 calls left").await;
    window.click("Cancel export").await;
    window.text_with(JOBS, "Cancelled after").await;
    window.close().await;
}

#[tokio::test]
async fn the_last_day_and_the_diagnostics_are_shown_and_kept_rows_are_forgotten_when_asked() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.choose_from_menu("Diagnostics…").await;
    window.text_with(DIALOG, "99 of 100 left this hour").await;
    window.find("[role=dialog] svg[role=img][aria-label*='1 answered']").await;
    let text = "return document.querySelector('[role=dialog] textarea').value;";
    let text = window.client.execute(text, vec![]).await.unwrap();
    let text = text.as_str().unwrap();
    assert!(text.contains("1 live, 0 cached") && !text.contains("VP Sales") && !text.contains("Germany"), "{text}");
    window.picture("standing-diagnostics").await;
    window.resize(1024, 700).await;
    window.picture("standing-diagnostics-1024").await;
    window.click("Close").await;
    window.gone(DIALOG).await;

    window.find("[data-testid=status-cache]").await.click().await.unwrap();
    window.click("Forget all kept answers").await;
    window.picture("standing-forget").await;
    window.click("Forget them now").await;
    window.text_with(PEOPLE, "Not searched yet").await;
    window.text_with(STATUS, "cache empty").await;
    window.close().await;
}
