//! Where things are, in the real window: the folder for exports, a persona as a file, the log and how much it says, the text to
//! copy, folders that are shown.

use fantoccini::Locator;
use serde_json::json;

use crate::marks::{PERSONAS, SEARCH, SOURCE};
use crate::opened::Desktop;
use crate::own::{choose_persona, enter_workspace};
use crate::window::{Home, Window};

const WORKSPACE: &str = "section[aria-label='This workspace']";
const DATA: &str = "section[aria-label='Data and log']";

async fn open_settings(window: &Window) {
    window.choose_from_menu("Settings").await;
    window.text_with("h1", "Settings").await;
}

async fn choose_level(window: &Window, words: &str) {
    let path = format!("//section[@aria-label='Data and log']//label[contains(., {words:?})]");
    window.client.find(Locator::XPath(&path)).await.unwrap().click().await.unwrap();
}

/// All that was written down.
fn log(home: &Home) -> String {
    let files = std::fs::read_dir(home.data().join("logs")).into_iter().flatten();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

async fn refresh(window: &Window, page: &str) {
    window.click("Back to the people (Escape)").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with("[data-testid=status-calls]", page).await;
}

#[tokio::test]
async fn the_log_says_as_much_as_was_chosen_and_folders_are_shown_by_the_desktop() {
    let (home, desktop) = (Home::new(), Desktop::new());
    let window = Window::open_with(&home, &[("PATH", &desktop.path)]).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    open_settings(&window).await;
    choose_level(&window, "Nothing").await;
    window.click("Show folder").await;
    window.click("Show log files").await;
    let [data, logs] = [home.data(), home.data().join("logs")].map(|folder| folder.display().to_string());
    assert_eq!(desktop.wait_for(2).await, [data, logs]);
    let before = log(&home);
    refresh(&window, "98 of 100").await;
    assert_eq!(log(&home), before, "a log that is off says nothing");
    open_settings(&window).await;
    choose_level(&window, "Everything").await;
    refresh(&window, "97 of 100").await;
    let after = log(&home);
    assert!(after.len() > before.len(), "{after}");
    for secret in ["VP Sales", "Germany", "Sales leaders"] {
        assert!(!after.contains(secret), "{secret} in {after}");
    }
    window.close().await;
}

#[tokio::test]
async fn diagnostics_are_copied_or_are_one_key_away_from_it() {
    let home = Home::new();
    let window = Window::open(&home).await;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(home.data()).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "what the window keeps is for its owner alone");
    }
    enter_workspace(&window).await;
    open_settings(&window).await;
    window.text_with(DATA, "Diagnostics").await;
    window.click("Copy").await;
    // "Copied." or "press Ctrl+C to copy it".
    let said = window.text_with("textarea + div [role=status]", "op").await;
    let chosen = "const area = document.querySelector('textarea'); \
                  return [area.value, area.value.slice(area.selectionStart, area.selectionEnd)];";
    let texts: [String; 2] = serde_json::from_value(window.client.execute(chosen, vec![]).await.unwrap()).unwrap();
    assert!(
        texts[0].starts_with("Foray: ") && !texts[0].contains("Acme") && !texts[0].contains("c8d2"),
        "{}",
        texts[0]
    );
    assert!(said.contains("Copied.") || (said.contains("press Ctrl+C") && texts[0] == texts[1]), "{said}");
    window.picture("places-1-diagnostics").await;
    window.close().await;
}

#[tokio::test]
async fn exports_have_a_folder_and_a_persona_goes_to_another_client_as_a_file() {
    let home = Home::new();
    let shared = home.exports().join("Chiefs.json");
    let window = Window::open_with(&home, &[("FORAY_E2E_OPEN", shared.to_str().unwrap())]).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.click("Edit").await;
    let name = window.find("aside input").await;
    window.type_over(&name, "Chiefs").await;
    window.click("Save persona").await;
    window.text_with(PERSONAS, "Chiefs").await;
    window.click("Edit").await;
    window.click("Share as a file").await;
    window.text_with("body", "Shared: its name and filters, nothing else").await;
    let text = std::fs::read_to_string(&shared).unwrap();
    assert!(
        text.contains("VP Sales") && !text.contains("sample") && !text.contains(&home.data().display().to_string())
    );

    enter_workspace(&window).await;
    window.click("Import a persona from a file").await;
    window.text_with(PERSONAS, "Chiefs").await;
    window.picture("places-2-imported").await;

    open_settings(&window).await;
    window.text_with(WORKSPACE, "Where this workspace's last file went, else your documents").await;
    window.click("Choose folder…").await;
    window.text_with(WORKSPACE, &home.exports().display().to_string()).await;
    let focus = window.client.execute("return document.activeElement.id;", vec![]).await.unwrap();
    assert_eq!(focus, json!("export-folder"));
    window.picture("places-3-export-folder").await;
    window.click("None of its own").await;
    window.text_with(WORKSPACE, "Where this workspace's last file went, else your documents").await;
    window.close().await;
}
