//! One key at two origins is two accounts: what one of them said says nothing of the other.

use axum::Router;
use axum::http::{HeaderName, StatusCode};
use foray_core::{Foray, Source, TenantId};
use foray_sandbox::Plan;

use crate::{Desk, open, page};

/// An origin that answers everything with one status, and asks to be left alone for an hour.
async fn staging(status: StatusCode) -> String {
    let answer = move || async move { (status, [(HeaderName::from_static("retry-after"), "3600")], "{}") };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    origin
}

async fn reason(foray: &Foray, client: TenantId, number: i64) -> Option<String> {
    foray.search(client, &page(number)).await.unwrap().reason.map(|reason| reason.code)
}

#[tokio::test]
async fn a_key_that_is_refused_or_paused_at_another_origin_is_neither_at_apollo() {
    for (status, code) in [
        (StatusCode::UNAUTHORIZED, "key_rejected"),
        (StatusCode::FORBIDDEN, "forbidden"),
        (StatusCode::TOO_MANY_REQUESTS, "apollo_rate_limited"),
    ] {
        let desk = Desk::new(Plan::Professional).await;
        let client = desk.client("Acme").await;
        let elsewhere = open(desk.folder.path(), &staging(status).await, &desk.clock, &desk.keys).await;
        assert_eq!(reason(&elsewhere, client, 1).await.as_deref(), Some(code));
        assert_eq!(reason(&elsewhere, client, 2).await.as_deref(), Some(code), "and is not asked again there");
        let answer = desk.foray.search(client, &page(1)).await.unwrap();
        assert_eq!((answer.source, answer.calls_spent), (Source::Live, 1), "{status}");
        let used = desk.foray.status(client).await.unwrap().limiter.used;
        assert!(used > 1, "the workspace's own limit holds wherever its calls go: {used}");
    }
}
