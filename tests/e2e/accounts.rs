//! Two clients with a key each, at two Apollos; a key hunted wherever it must not be.

use fantoccini::Locator;
use foray_sandbox::Plan;

use crate::hunt::{arguments_with, files_with, page_remembers};
use crate::marks::{DIALOG, SEARCH, SOURCE, STATUS};
use crate::own::{account, choose_persona, make_workspace, only};
use crate::two_apollos::by_key;
use crate::window::{Home, Window};

const ACME: &str = "canary-key-of-acme-0123456789-a9f3";
const NORD: &str = "kanari-key-of-nord-0123456789-b7c1";

/// Another workspace, from the menu of the one that is open.
async fn make_another(window: &Window, name: &str, key: &str) {
    window.choose_from_menu("New workspace…").await;
    window.text_with(DIALOG, "New workspace").await;
    window.find("[role=dialog] input").await.send_keys(name).await.unwrap();
    window.click("Make workspace").await;
    window.find("#apollo-key").await.send_keys(key).await.unwrap();
    window.click("Store key").await;
    window.text_with(DIALOG, &key[key.len() - 4..]).await;
    window.click("Close").await;
    window.gone(DIALOG).await;
}

async fn open_workspace(window: &Window, name: &str) {
    window.find("#workspace-menu").await.click().await.unwrap();
    let path = format!("//*[@role='menuitemradio'][contains(., {name:?})]");
    let item = window.client.wait().for_element(Locator::XPath(&path)).await.unwrap();
    item.click().await.unwrap();
    window.text_with("#workspace-menu", name).await;
}

async fn search(window: &Window, persona: &str) {
    choose_persona(window, persona).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
}

#[tokio::test]
async fn two_clients_have_each_their_own_key_calls_and_rows_and_a_key_is_nowhere_it_must_not_be() {
    let (first, second) = (account(Plan::Professional).await, account(Plan::Professional).await);
    let routes = [(ACME, first.origin()), (NORD, second.origin())];
    let origin = by_key(routes.map(|(key, origin)| (key.to_owned(), origin)).to_vec()).await;
    let home = Home::new();
    let variables = [("FORAY_APOLLO_URL", origin.as_str())];
    let window = Window::open_with(&home, &variables).await;
    make_workspace(&window, ACME).await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    search(&window, "Sales leaders, DACH").await;
    make_another(&window, "Nord", NORD).await;
    search(&window, "Finance chiefs, Nordics").await;
    window.text_with(STATUS, "99 of 100 calls left").await;
    only(&first, "a9f3", 1);
    only(&second, "b7c1", 1);
    let (title, page) = (window.client.title().await.unwrap(), window.client.source().await.unwrap());
    assert!(title.contains("Nord") && !title.contains("Acme"), "{title}");
    assert!(!page.contains("Acme") && !page.contains("a9f3"), "nothing of the other client is in the page");
    window.picture("accounts-1-second-client").await;

    // Another persona of the other client's is not among those that were searched here.
    open_workspace(&window, "Acme").await;
    choose_persona(&window, "Finance chiefs, Nordics").await;
    window.text_with("main", "Not searched yet").await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.text_with(SOURCE, "cached").await;
    only(&first, "a9f3", 1);

    window.find(STATUS).await;
    window.click("Settings").await;
    window.text_with("h1", "Settings").await;
    window.picture("accounts-2-settings").await;
    window.click("Back up…").await;
    window.text_with("body", "Backed up").await;
    window.click("Back to the people (Escape)").await;
    window.close().await;

    // After a restart the key comes from the keyring, is used, and never gets into the page.
    let window = Window::open_with(&home, &variables).await;
    window.text_with(SOURCE, "cached").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(STATUS, "98 of 100 calls left").await;
    window.choose_from_menu("Apollo key and calls…").await;
    window.text_with(DIALOG, "ends in …a9f3").await;
    window.click("Check key · 1 call").await;
    window.text_with(DIALOG, "Apollo knows this key").await;
    only(&first, "a9f3", 3);
    let remembered = |text| page_remembers(&home.data(), text);
    assert!(remembered("Apollo knows this key"), "what is in the page is found in its memory");
    for key in [ACME, NORD] {
        assert!(!remembered(&key[..20]), "{key} is in the memory of the page");
        assert_eq!(arguments_with(&key[..20]), Vec::<String>::new());
    }
    window.click("Close").await;
    window.gone(DIALOG).await;
    window.close().await;
    let written = [home.data(), home.exports()];
    for folder in &written {
        for key in [ACME, NORD] {
            assert_eq!(files_with(folder, &key[..20]), Vec::<std::path::PathBuf>::new());
        }
    }
    assert_eq!(files_with(&home.exports(), "canary"), Vec::<std::path::PathBuf>::new());
    assert_eq!(std::fs::read_dir(home.exports()).unwrap().count(), 1, "the backup is there to be looked at");
}
