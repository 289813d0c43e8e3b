//! An export that is cancelled and gone on with: it says what was written, and the file has everybody in the end.

use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::Locator;
use foray_sandbox::{Faults, Options};

use crate::marks::{EXPORT, JOBS, SEARCH, SOURCE};
use crate::own::{choose_persona, enter_workspace};
use crate::window::{Home, Window};

#[tokio::test]
async fn a_cancelled_export_says_what_it_wrote_and_goes_on_to_the_same_file() {
    let home = Home::new();
    let apollo = foray_sandbox::start(Options { slow: Duration::from_secs(2), ..Options::default() }).await.unwrap();
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;

    apollo.set_faults("slow=1".parse().unwrap());
    window.find(EXPORT).await.click().await.unwrap();
    let everybody = "//*[@role='dialog']//label[contains(., 'All that match')]";
    window.client.find(Locator::XPath(everybody)).await.unwrap().click().await.unwrap();
    window.click("Choose file…").await;
    window.click("Export ·").await;
    window.text_with(JOBS, "1 page").await;
    window.picture("bad-export-running").await;
    window.click("Cancel export").await;
    let said = window.text_with(JOBS, "Cancelled after").await;
    window.picture("bad-export-cancelled").await;
    let written = records(&tables(&home)[0]);
    assert!((100..316).contains(&written), "{written}");
    assert!(said.contains(&format!("{written} of 316 rows")) && said.contains("kept"), "{said}");

    let sent = apollo.requests().len();
    apollo.set_faults(Faults::none());
    window.click("Go on ·").await;
    window.text_with("body", "Show in folder").await;
    window.picture("bad-export-gone-on").await;
    let tables = tables(&home);
    assert_eq!(tables.len(), 1, "{tables:?}");
    assert_eq!(records(&tables[0]), 316, "everybody is in it");
    assert!(apollo.requests().len() - sent < 4, "no page is paid twice");
    window.close().await;
}

/// The tables there are, finished or not.
fn tables(home: &Home) -> Vec<PathBuf> {
    let files = std::fs::read_dir(home.exports()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "csv")).collect()
}

fn records(file: &Path) -> usize {
    csv::Reader::from_path(file).unwrap().records().map(Result::unwrap).count()
}
