//! Items 1 to 6 of the main job, as a researcher does them.

use std::path::PathBuf;
use std::time::Duration;

use fantoccini::Locator;
use fantoccini::key::Key;

use crate::marks::{DIALOG, EXPORT, NEXT_PAGE, SEARCH, SOURCE, STATUS};
use crate::window::{Home, Window};

#[tokio::test]
async fn from_the_first_start_to_rows_to_a_csv_and_back_after_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;

    // The sample workspace is there, a starter persona is chosen, the price stands on the button, rows are one key away.
    window.text_with("body", "Sample").await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.picture("1-first-start").await;
    window.press(Key::Enter).await;
    window.text_with(SOURCE, "live").await;
    window.text_with("main", "matching").await;
    assert!(window.rows().await.len() > 5);
    window.text_with(STATUS, "99 of 100 calls left").await;
    window.picture("2-rows").await;

    // The next page costs a call; back costs none and shows the first page again.
    let first = window.rows().await;
    window.find(NEXT_PAGE).await.click().await.unwrap();
    window.text_with(STATUS, "98 of 100 calls left").await;
    assert_ne!(window.rows().await, first);
    window.back().await;
    window.text_with(SOURCE, "cached").await;
    assert_eq!(window.rows().await, first);
    window.text_with(STATUS, "98 of 100 calls left").await;

    // Export what matches: a file with everybody in it.
    window.find(EXPORT).await.click().await.unwrap();
    window.text_with(DIALOG, "call").await;
    window.picture("3-export-dialog").await;
    export_all(&window).await;
    let file = wait_for_csv(&home).await;
    let mut reader = csv::Reader::from_path(&file).unwrap();
    assert_eq!(reader.headers().unwrap().get(0).unwrap().trim_start_matches('\u{feff}'), "apollo_person_id");
    assert!(reader.records().map(Result::unwrap).count() > 50);
    window.picture("4-exported").await;
    window.close().await;

    // Closed and opened again: the same rows, no call spent.
    let window = Window::open(&home).await;
    window.text_with(SOURCE, "cached").await;
    assert_eq!(window.rows().await, first);
    window.picture("5-restarted").await;
    window.close().await;
}

async fn export_all(window: &Window) {
    let everybody = "//*[@role='dialog']//label[contains(., 'All that match')]";
    window.client.find(Locator::XPath(everybody)).await.unwrap().click().await.unwrap();
    window.click("Choose file…").await;
    window.text_with(DIALOG, ".csv").await;
    window.click("Export ·").await;
}

/// The finished file: its name appears only when everything is in it.
async fn wait_for_csv(home: &Home) -> PathBuf {
    for _ in 0..600 {
        let files = std::fs::read_dir(home.exports()).unwrap().map(|entry| entry.unwrap().path());
        let csv = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "csv");
        let partial = |path: &PathBuf| path.to_string_lossy().contains(".partial.");
        if let Some(path) = files.filter(csv).find(|path| !partial(path)) {
            return path;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no CSV appeared in {}", home.exports().display());
}
