//! Everybody ever fetched, in the real window: all pages as one table, sorted as a whole, the panel with its sources, a
//! restart.

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use crate::marks::{NEXT_PAGE, SEARCH, SHOWN, SOURCE, STATUS};
use crate::window::{Home, Window};

#[tokio::test]
async fn all_that_was_fetched_is_sorted_as_one_table_and_is_there_after_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.press(Key::Enter).await;
    window.text_with(SOURCE, "50 fetched · page 1").await;
    window.find(NEXT_PAGE).await.click().await.unwrap();
    // The stand-in's pages overlap, as Apollo's do: rows and people are counted apart.
    let counts = window.text_with(SOURCE, "100 fetched").await;
    let different = number_before(&counts, "different people");
    assert!((51..=100).contains(&different), "{counts}");

    show(&window, &format!("All {different} fetched")).await;
    rows_in_all(&window, different).await;
    window.click("Company").await;
    window.find("[role=columnheader][aria-sort=ascending]").await;
    let companies = walked(&window, different).await;
    assert_eq!(companies.len(), different);
    // Who has none stands last.
    let known = companies.iter().take_while(|name| *name != "unknown");
    let folded: Vec<String> = known.map(|name| first_letter(name)).collect();
    assert!(folded.is_sorted(), "{companies:?}");
    window.picture("people-1-all-fetched").await;

    window.client.execute("document.querySelector('[role=grid]').scrollTop = 0;", vec![]).await.unwrap();
    window.find("[data-cell='0/0']").await.click().await.unwrap();
    let panel = window.text_with("#person-panel", "made up, ").await;
    assert!(panel.contains(&format!("1 of {different} fetched")), "{panel}");
    window.picture("people-2-panel").await;
    show(&window, "Everyone").await;
    window.text_with(SOURCE, &format!("{different} people ever fetched in this workspace")).await;
    window.text_with(STATUS, "98 of 100 calls left").await;
    window.close().await;

    // Closed and opened again: the same people in the same order, the same one open, no call spent.
    let window = Window::open(&home).await;
    window.text_with(SOURCE, &format!("{different} people ever fetched in this workspace")).await;
    window.find("[role=columnheader][aria-sort=ascending]").await;
    window.text_with("#person-panel", &format!("of {different} in this workspace")).await;
    assert_eq!(walked(&window, different).await, companies);
    window.text_with(STATUS, "98 of 100 calls left").await;
    window.picture("people-3-everyone-restarted").await;
    window.close().await;
}

async fn show(window: &Window, words: &str) {
    window.find(SHOWN).await;
    let choice = format!("//fieldset//label[normalize-space(.)={words:?}]");
    window.client.wait().for_element(Locator::XPath(&choice)).await.unwrap().click().await.unwrap();
}

/// Waits until the table says that it has so many people.
async fn rows_in_all(window: &Window, people: usize) {
    window.find(&format!("[role=grid][aria-rowcount='{}']", people + 1)).await;
}

/// The company of each person, from the first row to the last.
async fn walked(window: &Window, people: usize) -> Vec<String> {
    rows_in_all(window, people).await;
    let mut companies = Vec::new();
    for row in 0..people {
        let script = "const grid = document.querySelector('[role=grid]'); grid.scrollTop = 32 * (arguments[0] - 3);
                      const cell = grid.querySelector(`[data-cell='${arguments[0]}/2']`);
                      return cell?.closest('[aria-busy]') ? '' : (cell?.innerText ?? '');";
        let company = loop {
            let text = window.client.execute(script, vec![json!(row)]).await.unwrap();
            let text = text.as_str().unwrap_or_default().to_owned();
            if !text.is_empty() {
                break text;
            }
            tokio::task::yield_now().await;
        };
        companies.push(company);
    }
    companies
}

/// By what a reader checks an order at a glance: the first letter or digit, without its case.
fn first_letter(name: &str) -> String {
    name.chars().find(|letter| letter.is_alphanumeric()).into_iter().flat_map(char::to_lowercase).collect()
}

fn number_before(text: &str, words: &str) -> usize {
    let before = text.split(words).next().unwrap_or_default();
    before.split_whitespace().last().and_then(|number| number.replace(',', "").parse().ok()).unwrap_or_default()
}
