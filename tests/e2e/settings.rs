//! Settings in the real window: looks, size, a workspace that is renamed, backed up, removed and brought back.

use fantoccini::key::Key;
use foray_sandbox::{Plan, Sandbox};
use serde_json::json;

use crate::marks::{DIALOG, PERSONAS, SEARCH};
use crate::own::{account, choose_persona, enter_workspace, make_workspace};
use crate::window::{Home, Window};

const SETTINGS: &str = "section[aria-label=Settings]";

async fn open_settings(window: &Window) {
    window.choose_from_menu("Settings").await;
    window.text_with("h1", "Settings").await;
}

/// Chooses one of the radio buttons by its words.
async fn choose(window: &Window, words: &str) {
    let path = format!("//label[contains(., {words:?})]");
    let label = window.client.find(fantoccini::Locator::XPath(&path)).await.unwrap();
    label.click().await.unwrap();
}

/// Waits until a script answers this.
async fn becomes(window: &Window, script: &str, wanted: serde_json::Value) {
    let mut last = serde_json::Value::Null;
    for _ in 0..600 {
        last = window.client.execute(script, vec![]).await.unwrap();
        if last == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{script} never was {wanted}, but {last}");
}

/// Waits until a question has come to Apollo.
async fn until_asked(apollo: &Sandbox) {
    for _ in 0..600 {
        if !apollo.requests().is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no question came");
}

#[tokio::test]
async fn theme_and_size_count_at_once_and_after_a_restart() {
    let home = Home::new();
    let window = Window::open(&home).await;
    open_settings(&window).await;
    let theme = "return document.documentElement.dataset.theme;";
    becomes(&window, theme, json!("light")).await;
    choose(&window, "Dark").await;
    becomes(&window, theme, json!("dark")).await;
    window.resize(1280, 800).await;
    let zoom = "const select = document.querySelector('select'); select.value = '200'; \
                select.dispatchEvent(new Event('change', { bubbles: true }));";
    window.client.execute(zoom, vec![]).await.unwrap();
    becomes(&window, "return innerWidth;", json!(640)).await;
    window.text_with(SETTINGS, "Size of everything").await;
    window.picture("settings-1-dark-200").await;
    // The driver's clicks know nothing of the zoom, its keys need not.
    window.press(Key::Escape).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.client.execute("document.querySelector(arguments[0]).focus();", vec![json!(SEARCH)]).await.unwrap();
    window.press(Key::Enter).await;
    window.text_with("main", "matching").await;
    window.picture("settings-2-rows-200").await;
    let beyond = "const page = document.documentElement; return page.scrollWidth > innerWidth || page.scrollHeight > innerHeight;";
    assert_eq!(window.client.execute(beyond, vec![]).await.unwrap(), json!(false));
    window.close().await;

    let window = Window::open(&home).await;
    becomes(&window, theme, json!("dark")).await;
    becomes(&window, "return Math.round(outerWidth / innerWidth);", json!(2)).await;
    window.close().await;
}

#[tokio::test]
async fn a_workspace_is_renamed_backed_up_removed_and_brought_back() {
    let home = Home::new();
    let window = Window::open(&home).await;
    enter_workspace(&window).await;
    window.click("Understood").await;
    window.click("New persona").await;
    window.text_with("aside", "New persona").await;
    window.type_text("Chiefs of everything").await;
    window.press(Key::Tab).await;
    window.type_text("CFO").await;
    window.press(Key::Enter).await;
    window.click("Save persona").await;
    window.text_with(PERSONAS, "Chiefs of everything").await;

    open_settings(&window).await;
    let name = window.find("section[aria-label='This workspace'] input").await;
    window.type_over(&name, "Acme & Söhne").await;
    window.click("Rename").await;
    window.text_with("#workspace-menu", "Acme & Söhne").await;
    window.click("Back up…").await;
    window.text_with("body", "Backed up").await;
    window.picture("settings-3-backed-up").await;

    window.click("Remove workspace…").await;
    window.text_with(DIALOG, "Remove this workspace?").await;
    window.find("[role=dialog] input:focus").await;
    window.type_text("acme & söhne").await;
    window.picture("settings-4-remove").await;
    window.click("Remove for good").await;
    window.text_with("#workspace-menu", "Sample").await;
    let left = std::fs::read_dir(home.data().join("tenants")).unwrap().count();
    assert_eq!(left, 1, "only the sample workspace has a folder");
    window.close().await;

    let backup = std::fs::read_dir(home.exports()).unwrap().next().unwrap().unwrap().path();
    let window = Window::open_with(&home, &[("FORAY_E2E_OPEN", backup.to_str().unwrap())]).await;
    window.choose_from_menu("Restore from a backup…").await;
    window.text_with("#workspace-menu", "Acme & Söhne").await;
    window.text_with(PERSONAS, "Chiefs of everything").await;
    window.choose_from_menu("Apollo key and calls…").await;
    window.text_with(DIALOG, "No key yet.").await;
    window.picture("settings-5-restored").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    window.close().await;
}

#[tokio::test]
async fn files_that_are_none_of_ours_are_refused_and_change_nothing() {
    let home = Home::new();
    let chosen = home.data().with_file_name("chosen");
    std::fs::write(&chosen, [0xff, 0x00, b'{', 0xc3].repeat(2_500_000)).unwrap();
    let window = Window::open_with(&home, &[("FORAY_E2E_OPEN", chosen.to_str().unwrap())]).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.click("Import a persona from a file").await;
    window.text_with("body", "That is no persona of Foray.").await;
    window.choose_from_menu("Restore from a backup…").await;
    window.text_with("body", "That is no whole backup of Foray").await;
    window.picture("settings-6-refused").await;

    enter_workspace(&window).await;
    open_settings(&window).await;
    window.click("Back up…").await;
    window.text_with("body", "Backed up").await;
    let backup = std::fs::read_dir(home.exports()).unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read(backup).unwrap();
    std::fs::write(&chosen, &whole[..whole.len() / 2]).unwrap();
    window.click("Restore…").await;
    window.text_with("body", "That is no whole backup of Foray").await;
    std::fs::write(&chosen, &whole).unwrap();
    window.click("Restore…").await;
    window.text_with("body", "This workspace is here already, as “Acme”, and nothing is put over it.").await;
    window.close().await;
    assert_eq!(std::fs::read_dir(home.data().join("tenants")).unwrap().count(), 2);
}

#[tokio::test]
async fn a_workspace_is_removed_in_the_middle_of_a_search() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    make_workspace(&window, "some-key-of-acme-0123456789").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    apollo.set_faults("hang=1".parse().unwrap());
    choose_persona(&window, "Sales leaders, DACH").await;
    window.find(SEARCH).await.click().await.unwrap();
    until_asked(&apollo).await;
    open_settings(&window).await;
    window.click("Remove workspace…").await;
    window.text_with(DIALOG, "Remove this workspace?").await;
    let typed = window.find("[role=dialog] input").await;
    typed.send_keys("something else").await.unwrap();
    window.press(Key::Enter).await;
    window.text_with(DIALOG, "To remove it, type its name: Acme").await;
    window.type_over(&typed, "Acme").await;
    window.press(Key::Enter).await;
    window.text_with("#workspace-menu", "Sample").await;
    window.text_with("body", "Workspace removed").await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.picture("settings-7-removed-while-searching").await;
    assert_eq!(apollo.requests().len(), 1, "the search was under way");
    window.close().await;
    assert_eq!(std::fs::read_dir(home.data().join("tenants")).unwrap().count(), 1);
}

#[tokio::test]
async fn the_window_opens_in_its_place_and_is_put_back_to_the_usual_one() {
    let home = Home::new();
    let kept = home.data().join("window.json");
    std::fs::create_dir(home.data()).unwrap();
    std::fs::write(&kept, r#"{"x":200,"y":100,"width":1000,"height":650,"maximized":false}"#).unwrap();
    let window = Window::open(&home).await;
    let place = "return [screenX, screenY, innerWidth, innerHeight];";
    becomes(&window, place, json!([200, 100, 1000, 650])).await;
    open_settings(&window).await;
    window.click("Usual size and place").await;
    becomes(&window, place, json!([320, 140, 1280, 800])).await;
    assert!(!kept.exists());
    window.close().await;
}
