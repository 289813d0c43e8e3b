//! The table as a workbench, in the real window: people are found at each key, narrowed and picked, columns are changed by
//! keys, the palette does what it names, and all of it is there after a restart.

use fantoccini::key::Key;
use serde_json::json;

use crate::marks::{SEARCH, SHOWN, SOURCE};
use crate::window::{Home, Window};

const GRID: &str = "[role=grid]";
const PICKED: &str = "section[aria-label=Selection] [role=status]";
const NARROWED: &str = "section[aria-label='Narrowed by'] [role=status]";

#[tokio::test]
async fn people_are_found_and_picked_and_the_table_is_as_it_was_left_after_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.press(Key::Enter).await;
    window.text_with(SOURCE, "50 fetched").await;

    // Two columns make one order; a third key moves a column.
    // After the search the keys are among its rows.
    until(&window, "document.activeElement?.dataset.cell === '0/0'").await;
    window.press(Key::Up).await;
    until(&window, "document.activeElement?.dataset.cell === '-1/0'").await;
    window.press(Key::Enter).await;
    window.find("[data-column=name][aria-sort=ascending]").await;
    let before = width(&window, "name").await;
    keys(&window, "[data-cell='-1/0']", "ArrowRight", "shift").await;
    until(
        &window,
        &format!("Math.round(document.querySelector('[data-column=name]').offsetWidth) === {}", before + 16),
    )
    .await;
    window.picture("workbench-1-order").await;

    // Space picks, Shift with an arrow picks on.
    window.find("[data-cell='1/-1']").await.click().await.unwrap();
    keys(&window, "[data-cell='1/-1']", "ArrowDown", "shift").await;
    window.text_with(PICKED, "2 selected").await;

    // The palette does what it names.
    keys(&window, "[data-cell='2/-1']", "k", "ctrl").await;
    window.find("input[aria-label='What to do']").await.send_keys("everyone").await.unwrap();
    window.find("[role=option][data-highlighted]").await;
    window.press(Key::Enter).await;
    window.find("[role=grid][aria-label=Everyone]").await;
    window.picture("workbench-2-everyone").await;

    // Each key narrows.
    window.find("#find-people").await.send_keys("sales").await.unwrap();
    let found = window.text_with(NARROWED, "found").await;
    let found: usize = found.split(' ').next().unwrap_or_default().parse().unwrap();
    window.find(&format!("{GRID}[aria-rowcount='{}']", found + 1)).await;
    window.find("[data-cell='3/-1']").await.click().await.unwrap();
    window.text_with(PICKED, "1 selected").await;
    window.find("#facets").await.click().await.unwrap();
    window.text_with("section[aria-label='Narrow by']", "Seniority").await;
    window.picture("workbench-3-facets").await;
    window.close().await;

    let window = Window::open(&home).await;
    window.find(&format!("{GRID}[aria-rowcount='{}']", found + 1)).await;
    window.text_with(PICKED, "1 selected").await;
    until(&window, "document.querySelector('#find-people').value === 'sales'").await;
    // Back leads through what was looked at before the restart.
    keys(&window, "[data-cell='0/0']", "ArrowLeft", "alt").await;
    window.gone("section[aria-label='Narrowed by']").await;
    keys(&window, GRID, "ArrowLeft", "alt").await;
    window.find("[role=grid][aria-label='People on this page']").await;
    window.text_with(PICKED, "2 selected").await;
    until(
        &window,
        &format!("Math.round(document.querySelector('[data-column=name]').offsetWidth) === {}", before + 16),
    )
    .await;
    window.find(SHOWN).await;
    window.picture("workbench-4-restarted").await;
    window.close().await;
}

const SHOWN_TAB: &str = "[role=tab][aria-selected=true]";

#[tokio::test]
async fn tabs_are_opened_stepped_through_and_closed_by_keys_and_are_there_after_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.press(Key::Enter).await;
    window.text_with(SOURCE, "50 fetched").await;
    window.gone("[role=tablist]").await;

    // The web view hands these keys to the page, whatever it does with them elsewhere.
    hold(&window, Key::Control, "t").await;
    window.find("[role=tablist]").await;
    window.click("Finance chiefs, Nordics").await;
    window.text_with(SHOWN_TAB, "Finance chiefs, Nordics").await;
    window.text_with(SEARCH, "Search · 1 call").await;
    hold(&window, Key::Control, &char::from(Key::Tab).to_string()).await;
    window.text_with(SHOWN_TAB, "Sales leaders, DACH").await;
    window.text_with(SOURCE, "50 fetched").await;
    window.picture("workbench-5-tabs").await;

    // Contrast is chosen in the palette, and kept.
    keys(&window, "[data-cell='0/0']", "k", "ctrl").await;
    window.find("input[aria-label='What to do']").await.send_keys("more contrast").await.unwrap();
    window.find("[role=option][data-highlighted]").await;
    window.press(Key::Enter).await;
    window.find("html[data-contrast=more]").await;
    window.picture("workbench-6-contrast").await;
    hold(&window, Key::Control, "2").await;
    window.text_with(SHOWN_TAB, "Finance chiefs, Nordics").await;
    window.close().await;

    let window = Window::open(&home).await;
    window.text_with(SHOWN_TAB, "Finance chiefs, Nordics").await;
    window.find("html[data-contrast=more]").await;
    // Back belongs to the tab: it was opened as a copy of the other.
    keys(&window, "main", "ArrowLeft", "alt").await;
    window.text_with(SHOWN_TAB, "Sales leaders, DACH").await;
    hold(&window, Key::Control, "w").await;
    window.gone("[role=tablist]").await;
    window.text_with(SOURCE, "50 fetched").await;
    keys(&window, GRID, "z", "ctrl").await;
    window.find("[role=tablist]").await;
    window.picture("workbench-7-tab-is-back").await;
    window.close().await;
}

/// A key that is really pressed while another one is held.
async fn hold(window: &Window, held: Key, key: &str) {
    let keys = format!("{}{key}{}", char::from(held), char::from(Key::Null));
    window.client.active_element().await.unwrap().send_keys(&keys).await.unwrap();
}

/// A key that is held together with another one.
async fn keys(window: &Window, at: &str, key: &str, held: &str) {
    let script = "document.querySelector(arguments[0]).dispatchEvent(new KeyboardEvent('keydown', {
        key: arguments[1], [`${arguments[2]}Key`]: true, bubbles: true, cancelable: true }));";
    window.find(at).await;
    window.client.execute(script, vec![json!(at), json!(key), json!(held)]).await.unwrap();
}

async fn width(window: &Window, column: &str) -> i64 {
    let script = "return Math.round(document.querySelector(`[data-column=${arguments[0]}]`).offsetWidth);";
    window.client.execute(script, vec![json!(column)]).await.unwrap().as_i64().unwrap()
}

/// Waits until something is so.
async fn until(window: &Window, so: &str) {
    let deadline = std::time::Instant::now() + crate::window::PATIENCE;
    while window.client.execute(&format!("return {so};"), vec![]).await.unwrap() != json!(true) {
        assert!(std::time::Instant::now() < deadline, "never: {so}\n{}", window.page_text().await);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
