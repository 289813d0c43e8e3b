//! What happens when Apollo, the network, the limit or the disk says no: each its own reason, nothing lost, no panic.

use foray_core::workspace::WorkspaceChange;
use foray_core::{Answer, Source};
use foray_sandbox::{Faults, Plan};

use crate::{Desk, page};

const DAY_MS: i64 = 86_400_000;

fn always(fault: &str) -> Faults {
    format!("{fault}=1").parse().unwrap()
}

fn why(answer: &Answer) -> &str {
    answer.reason.as_ref().map_or("no reason", |reason| reason.code.as_str())
}

#[tokio::test]
async fn each_failure_of_apollo_is_an_empty_answer_with_its_own_reason() {
    for (fault, code) in [
        ("5xx", "unavailable"),
        ("5xx-html", "unavailable"),
        ("429", "apollo_rate_limited"),
        ("hang", "timed_out"),
        ("drop", "connection_lost"),
        ("garbage", "unreadable"),
    ] {
        let desk = Desk::new(Plan::Professional).await;
        let client = desk.client("Acme").await;
        desk.sandbox.set_faults(always(fault));
        let answer = desk.foray.search(client, &page(1)).await.unwrap();
        assert_eq!((answer.source, why(&answer), answer.calls_spent), (Source::Empty, code, 1), "{fault}");
        assert!(answer.people.is_empty() && answer.total_entries.is_none());
        // A fallback is never kept.
        assert!(desk.foray.search_peek(client, &page(1)).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn an_old_answer_stands_in_when_apollo_fails_and_says_so() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let live = desk.foray.search(client, &page(1)).await.unwrap();
    desk.clock.advance(2 * DAY_MS);
    desk.sandbox.set_faults(always("5xx"));
    let stale = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((stale.source, why(&stale), stale.calls_spent), (Source::Stale, "unavailable", 1));
    assert_eq!((stale.people, stale.as_of), (live.people, live.as_of));
}

#[tokio::test]
async fn a_rejected_key_shuts_its_gate_and_no_old_answer_stands_in() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Acme", "wrong-key-0123456789").await;
    let first = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((first.source, why(&first), first.calls_spent), (Source::Empty, "key_rejected", 1));
    let next = desk.foray.search(client, &page(2)).await.unwrap();
    assert_eq!((why(&next), next.calls_spent), ("key_rejected", 0));
    assert_eq!(desk.calls(), 1);
    assert_eq!(desk.foray.status(client).await.unwrap().breaker.reason, None, "a bad key is not the service's fault");
}

#[tokio::test]
async fn without_a_key_nothing_is_sent() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.foray.workspaces().add("Acme").await.unwrap().id;
    let answer = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((answer.source, why(&answer), answer.calls_spent, desk.calls()), (Source::Empty, "key_missing", 0, 0));
}

#[tokio::test]
async fn the_hours_last_call_is_the_last_and_one_frees_to_the_millisecond() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let three = WorkspaceChange { calls_per_hour: Some(3), ..WorkspaceChange::default() };
    desk.foray.workspaces().change(client, three).await.unwrap();
    for number in 1..=3 {
        assert_eq!(desk.foray.search(client, &page(number)).await.unwrap().source, Source::Live);
    }
    let refused = desk.foray.search(client, &page(4)).await.unwrap();
    assert_eq!((refused.source, why(&refused), refused.calls_spent), (Source::Empty, "rate_limited", 0));
    assert_eq!(refused.reason.unwrap().reset_at.unwrap().as_millisecond(), crate::NOON + 3_600_000);
    // What is kept still answers.
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Cached);
    let desk = desk.restart().await;
    desk.clock.advance(3_599_999);
    assert_eq!(why(&desk.foray.search(client, &page(4)).await.unwrap()), "rate_limited");
    desk.clock.advance(1);
    assert_eq!(desk.foray.search(client, &page(4)).await.unwrap().source, Source::Live);
    assert_eq!(desk.calls(), 4);
}

#[tokio::test]
async fn five_failures_open_the_breaker_and_then_no_call_is_made_until_the_probe() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.sandbox.set_faults(always("5xx"));
    for number in 1..=5 {
        assert_eq!(why(&desk.foray.search(client, &page(number)).await.unwrap()), "unavailable");
    }
    let refused = desk.foray.search(client, &page(6)).await.unwrap();
    assert_eq!((why(&refused), refused.calls_spent, desk.calls()), ("breaker_open", 0, 5));
    assert_eq!(desk.foray.status(client).await.unwrap().limiter.used, 5, "a refused call takes no token");
    desk.sandbox.set_faults(Faults::none());
    desk.clock.advance(30_000);
    assert_eq!(desk.foray.search(client, &page(6)).await.unwrap().source, Source::Live);
}

#[tokio::test]
async fn a_429_pauses_the_account_for_as_long_as_apollo_says() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.sandbox.set_faults(always("429"));
    let refused = desk.foray.search(client, &page(1)).await.unwrap();
    let until = refused.reason.unwrap().reset_at.unwrap();
    assert!(until.as_millisecond() > crate::NOON);
    desk.sandbox.set_faults(Faults::none());
    let waiting = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((why(&waiting), waiting.calls_spent, desk.calls()), ("apollo_rate_limited", 0, 1));
    desk.clock.advance(until.as_millisecond() - crate::NOON);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Live);
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_the_user_is_told() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.foray.search(client, &page(1)).await.unwrap();
    let folder = desk.folder.path().join("data/tenants").join(client.to_string());
    let Desk { foray, sandbox, clock, keys, folder: home } = desk;
    drop(foray);
    wait_until_closed(&folder).await;
    std::fs::write(folder.join("cache.sqlite"), b"this is no database, but long enough to be looked at twice").unwrap();
    let foray = crate::open(home.path(), &sandbox.origin(), &clock, &keys).await;
    let answer = foray.search(client, &page(1)).await.unwrap();
    assert_eq!(answer.source, Source::Live);
    assert!(foray.info().notices.iter().any(|notice| notice.contains("damaged")), "{:?}", foray.info().notices);
    let kept = std::fs::read_dir(&folder)
        .unwrap()
        .any(|entry| entry.unwrap().file_name().to_string_lossy().contains(".damaged-"));
    assert!(kept, "the damaged file is kept");
}

#[tokio::test]
async fn a_damaged_list_of_workspaces_loses_no_workspace() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let personas = desk.foray.personas(client).await.unwrap();
    let input = foray_core::persona::PersonaInput { id: None, name: "Kept".to_owned(), filters: crate::filters() };
    personas.save(input, desk.foray.clock()).await.unwrap();
    drop(personas);
    let Desk { foray, sandbox, clock, keys, folder } = desk;
    drop(foray);
    let data = folder.path().join("data");
    wait_until_closed(&data.join("tenants").join(client.to_string())).await;
    for journal in ["workspaces.sqlite-wal", "workspaces.sqlite-shm"] {
        drop(std::fs::remove_file(data.join(journal)));
    }
    std::fs::write(data.join("workspaces.sqlite"), vec![b'x'; 5_000]).unwrap();
    let foray = crate::open(folder.path(), &sandbox.origin(), &clock, &keys).await;
    let found = foray.workspaces().get(client).await.unwrap();
    assert!(found.name.starts_with("Recovered"));
    assert_eq!(foray.personas(client).await.unwrap().list().await.unwrap()[0].name, "Kept");
    assert_eq!(foray.info().notices.len(), 2, "{:?}", foray.info().notices);
}

#[tokio::test]
async fn a_file_of_a_newer_foray_is_left_untouched() {
    let desk = Desk::new(Plan::Professional).await;
    let Desk { foray, sandbox, folder, .. } = desk;
    drop(foray);
    let path = folder.path().join("data/workspaces.sqlite");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let options = foray_core::Options {
        data_dir: folder.path().join("data"),
        apollo: foray_core::apollo::Origin::parse(&sandbox.origin()).unwrap(),
        sandbox: None,
        environment_key: None,
        keys: std::sync::Arc::new(foray_core::secrets::MemoryKeys::default()),
        clock: std::sync::Arc::new(foray_core::clock::ManualClock::at(crate::NOON)),
        deadline: std::time::Duration::from_secs(1),
        background: false,
    };
    let error = foray_core::Foray::open(options).await.err().unwrap();
    assert_eq!(error.code(), "newer_file");
    assert!(path.exists());
}

/// An Apollo that answers every search with the same rows, odd ones among them.
async fn odd_apollo() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let rows = r#"{"people": [{"id": "a", "first_name": "Ana"}, null, {"first_name": "no id"}], "total_entries": 3}"#;
    let router = axum::Router::new().fallback(async move || rows);
    tokio::spawn(async move { axum::serve(listener, router).await });
    origin
}

#[tokio::test]
async fn an_odd_row_is_left_out_and_the_user_is_told_how_many_were() {
    let desk = Desk::new(Plan::Professional).await;
    let foray = crate::open(&desk.folder.path().join("odd"), &odd_apollo().await, &desk.clock, &desk.keys).await;
    let client = foray.workspaces().add("Acme").await.unwrap().id;
    foray.set_key(client, foray_core::secrets::ApiKey::parse("good-key-0123456789").unwrap()).await.unwrap();
    let answer = foray.search(client, &page(1)).await.unwrap();
    assert_eq!((answer.people.len(), answer.total_entries), (1, Some(3)));
    assert_eq!(answer.notice.unwrap(), "2 rows of Apollo's answer could not be read and were left out.");
}

/// The files' threads end a moment after their last handle; SQLite then removes its write-ahead log.
async fn wait_until_closed(folder: &std::path::Path) {
    for _ in 0..200 {
        if !folder.join("cache.sqlite-wal").exists() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}
