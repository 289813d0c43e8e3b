//! Two clients with a key each, at two Apollos; a key hunted wherever it must not be; a keyring that gets locked.

use std::process::Command;
use std::time::Duration;

use fantoccini::Locator;
use fantoccini::key::Key;
use foray_sandbox::{Plan, Sandbox};

use crate::hunt::{arguments_with, files_with, page_remembers};
use crate::marks::{DIALOG, SEARCH, SOURCE, STATUS};
use crate::own::{account, choose_persona, make_workspace};
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

/// Every call that came was made with the key that ends so.
fn only(apollo: &Sandbox, ending: &str, calls: usize) {
    let requests = apollo.requests();
    let markers: Vec<_> = requests.iter().map(|request| request.key_marker.as_deref()).collect();
    assert_eq!(markers, vec![Some(ending); calls]);
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

/// Locks the keyring, as a user who goes away does.
fn lock_keyring() {
    let mut lock = Command::new("dbus-send");
    lock.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]);
    lock.args(["org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login"]);
    assert!(lock.output().unwrap().status.success());
}

/// Answers the keyring's question for its password with these keys, once it is on the screen.
async fn answer_keyring(keys: &[&[&str]]) {
    for _ in 0..300 {
        let found = Command::new("xdotool").args(["search", "--onlyvisible", "--class", "gcr-prompter"]).output();
        let found = String::from_utf8(found.unwrap().stdout).unwrap();
        if let Some(id) = found.lines().next()
            && Command::new("xdotool").args(["windowfocus", "--sync", id]).status().unwrap().success()
        {
            for key in keys {
                assert!(Command::new("xdotool").args(*key).status().unwrap().success());
            }
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the keyring never asked");
}

#[tokio::test]
async fn a_keyring_that_was_locked_asks_for_its_password_and_is_waited_for() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    make_workspace(&window, ACME).await;
    window.click("Close").await;
    window.gone(DIALOG).await;

    lock_keyring();
    window.choose_from_menu("Apollo key and calls…").await;
    window.text_with(DIALOG, "Waiting for the keyring").await;
    window.picture("accounts-3-waiting").await;
    answer_keyring(&[&["key", "Escape"]]).await;
    window.text_with(DIALOG, "It is locked, and its question for the password was dismissed").await;
    window.picture("accounts-4-locked").await;
    window.click("Ask the keyring again").await;
    answer_keyring(&[&["type", "--delay", "30", "pw"], &["key", "Return"]]).await;
    window.text_with(DIALOG, "ends in …a9f3").await;
    window.press(Key::Escape).await;
    window.gone(DIALOG).await;
    search(&window, "Sales leaders, DACH").await;
    only(&apollo, "a9f3", 1);
    window.close().await;
}

#[tokio::test]
async fn without_a_keyring_a_key_is_held_for_this_run_and_that_is_said() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let nowhere = format!("unix:path={}", home.data().with_file_name("no-bus").display());
    let variables = [("FORAY_APOLLO_URL", apollo.origin()), ("DBUS_SESSION_BUS_ADDRESS", nowhere)];
    let variables = [0, 1].map(|at| (variables[at].0, variables[at].1.as_str()));
    let window = Window::open_with(&home, &variables).await;
    window.click("Use my own Apollo key…").await;
    window.text_with(DIALOG, "New workspace").await;
    window.find("[role=dialog] input").await.send_keys("Acme").await.unwrap();
    window.press(Key::Enter).await;
    window.find("#apollo-key").await.send_keys(ACME).await.unwrap();
    window.press(Key::Enter).await;
    window.text_with(DIALOG, "Or enter it again to use it until the app closes").await;
    let told = window.text(DIALOG).await;
    assert!(told.contains("gnome-keyring") && told.contains("KWallet"), "{told}");
    window.picture("accounts-5-no-keyring").await;
    window.type_text(ACME).await;
    window.press(Key::Enter).await;
    window.text_with(DIALOG, "Kept in memory for this run only, ends in …a9f3").await;
    window.press(Key::Escape).await;
    window.gone(DIALOG).await;
    search(&window, "Sales leaders, DACH").await;
    only(&apollo, "a9f3", 1);
    window.close().await;
    assert_eq!(files_with(&home.data(), &ACME[..20]), Vec::<std::path::PathBuf>::new());
}
