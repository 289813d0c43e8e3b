//! Which failures old rows stand in for, and which they don't.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use axum::Router;
use axum::http::StatusCode;
use foray_core::clock::{Clock as _, ManualClock};
use foray_core::secrets::{ApiKey, MemoryKeys};
use foray_core::workspace::WorkspaceChange;
use foray_core::{Answer, Foray, Source, TenantId};
use foray_sandbox::Plan;

use crate::{Desk, NOON, open, page};

const DAY_MS: i64 = 86_400_000;
/// Past the breaker's window, so that each failure is the only one.
const APART_MS: i64 = 120_000;

fn told(answer: &Answer) -> (Source, &str) {
    (answer.source, answer.reason.as_ref().map_or("", |reason| reason.code.as_str()))
}

/// An Apollo that answers one page with the status it is told, and nonsense for a status of 0.
async fn apollo() -> (String, Arc<AtomicU16>) {
    let status = Arc::new(AtomicU16::new(200));
    let asked = Arc::clone(&status);
    let answer = move || async move {
        match asked.load(Ordering::SeqCst) {
            0 => (StatusCode::OK, "<html>not what was asked for</html>".to_owned()),
            200 => (StatusCode::OK, r#"{"people":[{"id":"a","name":"Ada"}],"total_entries":1}"#.to_owned()),
            status => (StatusCode::from_u16(status).unwrap(), "{}".to_owned()),
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    (origin, status)
}

/// A client with one page that is two days old.
async fn with_old_rows(foray: &Foray, clock: &ManualClock) -> TenantId {
    let client = foray.workspaces().add("Acme").await.unwrap().id;
    foray.set_key(client, ApiKey::parse("any-key-0123456789").unwrap()).await.unwrap();
    assert_eq!(foray.search(client, &page(1)).await.unwrap().source, Source::Live);
    clock.advance(2 * DAY_MS);
    client
}

#[tokio::test]
async fn old_rows_stand_in_for_the_statuses_of_a_service_that_is_away_and_for_no_others() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), Arc::new(ManualClock::at(NOON)));
    let (origin, status) = apollo().await;
    let foray = open(folder.path(), &origin, &clock, &Arc::new(MemoryKeys::default())).await;
    let client = with_old_rows(&foray, &clock).await;
    let mut cases: Vec<(u16, (Source, &str))> = Vec::new();
    cases.extend([408, 500, 502, 503, 504].map(|status| (status, (Source::Stale, "unavailable"))));
    cases.extend([501, 505, 511, 520, 599].map(|status| (status, (Source::Empty, "unavailable"))));
    cases.push((0, (Source::Empty, "unreadable")));
    for (says, expected) in cases {
        status.store(says, Ordering::SeqCst);
        let answer = foray.search(client, &page(1)).await.unwrap();
        assert_eq!((told(&answer), answer.calls_spent), (expected, 1), "{says}");
        assert_eq!(answer.people.is_empty(), expected.0 == Source::Empty, "{says}");
        clock.advance(APART_MS);
    }
    status.store(400, Ordering::SeqCst);
    assert_eq!(foray.search(client, &page(1)).await.unwrap_err().code(), "refused", "the question is at fault");
    status.store(429, Ordering::SeqCst);
    assert_eq!(told(&foray.search(client, &page(1)).await.unwrap()), (Source::Stale, "apollo_rate_limited"));
}

#[tokio::test]
async fn old_rows_stand_in_when_the_call_cannot_be_made_at_all() {
    let desk = Desk::new(Plan::Professional).await;
    let client = with_old_rows(&desk.foray, &desk.clock).await;
    for (fault, code) in [("drop", "connection_lost"), ("hang", "timed_out")] {
        desk.sandbox.set_faults(format!("{fault}=1").parse().unwrap());
        assert_eq!(told(&desk.foray.search(client, &page(1)).await.unwrap()), (Source::Stale, code));
        desk.clock.advance(APART_MS);
    }
    desk.sandbox.set_faults("5xx=1".parse().unwrap());
    for number in 2..=6 {
        desk.foray.search(client, &page(number)).await.unwrap();
    }
    let open = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((told(&open), open.calls_spent), ((Source::Stale, "breaker_open"), 0));
    let used_up = WorkspaceChange { calls_per_hour: Some(1), ..WorkspaceChange::default() };
    desk.foray.workspaces().change(client, used_up).await.unwrap();
    desk.clock.advance(APART_MS);
    let refused = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((told(&refused), refused.calls_spent), ((Source::Stale, "rate_limited"), 0));
    assert_eq!(refused.as_of.as_millisecond(), NOON, "it says how old they are");
    assert!(desk.clock.now().as_millisecond() > NOON + 2 * DAY_MS);
}
