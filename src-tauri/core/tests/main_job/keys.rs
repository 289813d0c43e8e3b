//! Keys: in, never out; and what Apollo says of them.

use std::path::Path;

use foray_core::TenantId;
use foray_core::secrets::{ApiKey, KeyStatus};
use foray_sandbox::Plan;

use crate::{Desk, page};

#[tokio::test]
async fn a_stored_key_is_told_by_its_last_four_characters_and_found_in_no_file() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Acme", "canary-key-0123456789-a9f3").await;
    desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!(desk.foray.key_state(client).await.unwrap(), KeyStatus::Stored { hint: Some("a9f3".to_owned()) });
    let desk = desk.restart().await;
    assert_eq!(desk.foray.status(client).await.unwrap().key, KeyStatus::Stored { hint: Some("a9f3".to_owned()) });
    assert!(!anywhere(desk.folder.path(), b"canary-key"), "the key is in no file");
}

#[tokio::test]
async fn a_cleared_key_is_gone() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    assert_eq!(desk.foray.clear_key(client).await.unwrap(), KeyStatus::Missing);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().reason.unwrap().code, "key_missing");
}

#[tokio::test]
async fn a_key_that_the_registry_has_forgotten_is_cleared_all_the_same() {
    use foray_core::secrets::KeyStore;
    let desk = Desk::new(Plan::Professional).await;
    let key = ApiKey::parse("left-in-the-keyring-1234").unwrap();
    let (cleared, removed) =
        (desk.foray.workspaces().add("A").await.unwrap().id, desk.foray.workspaces().add("B").await.unwrap().id);
    for client in [cleared, removed] {
        desk.keys.set(client, &key).unwrap();
    }
    desk.foray.clear_key(cleared).await.unwrap();
    desk.foray.remove_workspace(removed).await.unwrap();
    assert_eq!((desk.keys.get(cleared).unwrap(), desk.keys.get(removed).unwrap()), (None, None));
}

#[tokio::test]
async fn a_key_for_this_run_is_gone_after_a_restart() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.foray.workspaces().add("Acme").await.unwrap().id;
    let key = ApiKey::parse("for-this-run-only-1234").unwrap();
    let status = desk.foray.use_key_for_this_run(client, key).await.unwrap();
    assert_eq!(status, KeyStatus::ThisRunOnly { hint: Some("1234".to_owned()) });
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().calls_spent, 1);
    let desk = desk.restart().await;
    assert_eq!(desk.foray.key_state(client).await.unwrap(), KeyStatus::Missing);
}

#[tokio::test]
async fn a_key_that_the_keyring_lost_is_told_apart_from_none() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    foray_core::secrets::KeyStore::clear(desk.keys.as_ref(), client).unwrap();
    assert!(matches!(desk.foray.key_state(client).await.unwrap(), KeyStatus::Unavailable { .. }));
}

#[tokio::test]
async fn the_sample_workspace_takes_no_key() {
    let desk = Desk::new(Plan::Professional).await;
    let error =
        desk.foray.set_key(TenantId::SAMPLE, ApiKey::parse("a-real-key-0123456789").unwrap()).await.unwrap_err();
    assert_eq!(error.code(), "bad_input");
    assert_eq!(desk.foray.key_state(TenantId::SAMPLE).await.unwrap(), KeyStatus::NotNeeded);
}

#[tokio::test]
async fn a_key_check_takes_one_call_and_tells_valid_from_rejected() {
    let desk = Desk::new(Plan::Professional).await;
    let good = desk.client("Good").await;
    let check = desk.foray.check_key(good).await.unwrap();
    assert!(check.valid && check.calls_spent == 1 && check.credits_left.is_some(), "{check:?}");
    let bad = desk.client_with_key("Bad", "wrong-key-0123456789").await;
    let check = desk.foray.check_key(bad).await.unwrap();
    assert!(!check.valid && check.calls_spent == 1);
    assert_eq!(check.code.as_deref(), Some("key_rejected"));
}

/// An Apollo that repeats the key it was given, in a refusal.
async fn echoing_apollo() -> String {
    use axum::http::{HeaderMap, StatusCode};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = axum::Router::new().fallback(async |headers: HeaderMap| {
        let key = headers["x-api-key"].to_str().unwrap().to_owned();
        (StatusCode::UNPROCESSABLE_ENTITY, format!("{{\"error\":\"no good: {key}\"}}"))
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    origin
}

#[tokio::test]
async fn a_key_that_apollo_repeats_is_taken_out_of_its_words() {
    let desk = Desk::new(Plan::Professional).await;
    let foray = crate::open(&desk.folder.path().join("echo"), &echoing_apollo().await, &desk.clock, &desk.keys).await;
    let client = foray.workspaces().add("Acme").await.unwrap().id;
    foray.set_key(client, ApiKey::parse("canary-key-0123456789").unwrap()).await.unwrap();
    let error = foray.search(client, &page(1)).await.unwrap_err();
    assert_eq!(error.code(), "refused");
    assert!(error.to_string().contains("no good: …") && !error.to_string().contains("canary"), "{error}");
}

fn anywhere(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return anywhere(&path, needle);
        }
        std::fs::read(&path).unwrap().windows(needle.len()).any(|window| window == needle)
    })
}

#[tokio::test]
async fn a_key_counts_as_answered_once_apollo_said_something_to_it() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let answered = async || desk.foray.status(client).await.unwrap().answered;
    assert!(!answered().await);
    desk.sandbox.set_faults("5xx=1".parse().unwrap());
    desk.foray.search(client, &page(1)).await.unwrap();
    assert!(!answered().await, "a fault is no answer");
    desk.sandbox.set_faults(foray_sandbox::Faults::none());
    desk.foray.search(client, &page(1)).await.unwrap();
    assert!(answered().await);
    desk.foray.set_key(client, ApiKey::parse("wrong-key-0123456789").unwrap()).await.unwrap();
    assert!(!answered().await, "another key was asked nothing yet");
    desk.foray.search(client, &page(2)).await.unwrap();
    assert!(answered().await, "a refusal is an answer");
}
