//! A client of one's own: a workspace, a key in the real keyring, an account whose full search is closed, and a bad key.
//! Apollo is the stand-in, on a port of its own.

use std::path::Path;

use foray_sandbox::{Faults, Plan};

use crate::marks::{DIALOG, SEARCH, SOURCE, STATUS};
use crate::own::{account, choose_persona, make_workspace};
use crate::window::{Home, Window};

#[tokio::test]
async fn a_key_is_stored_checked_used_and_found_again_and_the_closed_search_is_told() {
    let (home, apollo) = (Home::new(), account(Plan::Basic).await);
    let origin = apollo.origin();
    let key = "canary-key-of-acme-0123456789-a9f3";
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &origin)]).await;
    make_workspace(&window, key).await;
    window.click("Check key · 1 call").await;
    window.text_with(DIALOG, "Apollo knows this key").await;
    window.picture("own-1-key").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    choose_persona(&window, "Sales leaders, DACH").await;

    window.text_with(SEARCH, "Search · 1 call · ≤ 1 credit").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with("main", "Apollo has closed its full search").await;
    window.text_with(SOURCE, "live").await;
    window.text_with(STATUS, "97 of 100 calls left").await;
    window.picture("own-2-stubs").await;
    let page = window.client.source().await.unwrap();
    assert!(!page.contains("canary"), "the key is nowhere in the page");
    assert_eq!(apollo.requests().len(), 3);
    window.close().await;

    // After a restart: the same workspace, its rows, its key, and no further call.
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &origin)]).await;
    window.text_with("body", "Acme").await;
    window.text_with(SOURCE, "cached").await;
    assert_eq!(apollo.requests().len(), 3);
    window.close().await;
    assert!(!anywhere(&home.data(), b"canary"), "the key is in no file");
}

#[tokio::test]
async fn a_refused_key_and_a_failing_apollo_are_told_in_words() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    make_workspace(&window, "wrong-key-0123456789-b7c1").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with("main", "key").await;
    window.text_with(STATUS, "99 of 100 calls left").await;
    window.picture("bad-1-key").await;
    window.close().await;

    let home = Home::new();
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    make_workspace(&window, "good-key-0123456789-c8d2").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    apollo.set_faults("5xx-html=1".parse::<Faults>().unwrap());
    for used in 1..=5 {
        window.find(SEARCH).await.click().await.unwrap();
        window.text_with(STATUS, &format!("{} of 100 calls left", 100 - used)).await;
    }
    window.text_with(STATUS, "paused").await;
    window.picture("bad-2-breaker").await;
    window.close().await;
}

fn anywhere(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return anywhere(&path, needle);
        }
        // Sockets and the like have no content.
        std::fs::read(&path).is_ok_and(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
    })
}
