//! Calls that wait: for a ledger that others write, for a limit, for a last byte, between the tries of one question.

use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::{ApolloClient, Origin};
use foray_core::circuit_breaker::State;
use foray_core::clock::Clock;
use foray_core::error::Error;
use foray_core::rate_limit::Ledger;
use foray_core::secrets::ApiKey;
use foray_core::workspace::{EndpointSetting, WorkspaceChange};
use foray_core::{Foray, Source};
use foray_sandbox::{Faults, Plan};

use crate::{Desk, open, options, page};

#[tokio::test]
async fn a_call_that_waited_for_the_ledger_while_the_breaker_opened_is_not_sent_and_takes_no_call() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.sandbox.set_faults("5xx=1".parse().unwrap());
    for number in 1..=4 {
        desk.foray.search(client, &page(number)).await.unwrap();
    }
    desk.sandbox.set_faults("hang=1".parse().unwrap());
    let mut changes = desk.foray.breaker_changes();
    let ledger = rusqlite::Connection::open(desk.folder.path().join("data/ledger.sqlite")).unwrap();
    let (fifth, sixth) = (page(5), page(6));
    let fifth = desk.foray.search(client, &fifth);
    let sixth = async {
        while desk.calls() < 5 {
            tokio::task::yield_now().await;
        }
        // From here on the next call has to wait for its turn at the ledger.
        ledger.execute_batch("BEGIN IMMEDIATE").unwrap();
        desk.foray.search(client, &sixth).await
    };
    let opening = async {
        assert_eq!(changes.recv().await.unwrap().to, State::Open);
        desk.sandbox.set_faults(Faults::none());
        ledger.execute_batch("ROLLBACK").unwrap();
    };
    let (fifth, sixth, ()) = tokio::join!(fifth, sixth, opening);
    assert_eq!(fifth.unwrap().reason.unwrap().code, "timed_out");
    let refused = sixth.unwrap();
    assert_eq!((refused.reason.unwrap().code.as_str(), refused.calls_spent), ("breaker_open", 0));
    assert_eq!((desk.calls(), desk.foray.status(client).await.unwrap().limiter.used), (5, 5));
}

#[tokio::test]
async fn a_repeat_of_what_never_left_this_computer_takes_none_of_the_retry_budget() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let free = WorkspaceChange { endpoint: Some(EndpointSetting::Free), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, free).await.unwrap();
    for number in 1..=10 {
        assert_eq!(desk.foray.search(client, &page(number)).await.unwrap().source, Source::Live);
    }
    let refusing = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let foray = open(desk.folder.path(), &format!("http://{refusing}"), &desk.clock, &desk.keys).await;
    for number in 11..=12 {
        let answer = foray.search(client, &page(number)).await.unwrap();
        assert_eq!((answer.reason.unwrap().code.as_str(), answer.calls_spent), ("unreachable", 0));
    }
    let status = foray.status(client).await.unwrap();
    assert_eq!(status.breaker.state, State::Open, "two questions were five failures at least, so they were repeated");
    assert_eq!(status.limiter.used, 10);
    let path = desk.folder.path().join("data/ledger.sqlite");
    let ledger = Ledger::open(&path, Arc::clone(&desk.clock) as Arc<dyn Clock>, true).unwrap().ledger;
    assert_eq!(ledger.retry_budget(client).await.unwrap(), 1, "as before");
}

#[tokio::test]
async fn a_probe_that_the_limiter_refuses_gives_its_permit_back_to_whoever_may_call() {
    let desk = Desk::new(Plan::Professional).await;
    let (spent, other) = (desk.client("Spent").await, desk.client("Other").await);
    let five = WorkspaceChange { calls_per_hour: Some(5), ..WorkspaceChange::default() };
    desk.foray.workspaces().change(spent, five).await.unwrap();
    desk.sandbox.set_faults("5xx=1".parse().unwrap());
    for number in 1..=5 {
        desk.foray.search(spent, &page(number)).await.unwrap();
    }
    let reason = async |client| desk.foray.search(client, &page(6)).await.unwrap().reason.map(|reason| reason.code);
    assert_eq!(reason(other).await.as_deref(), Some("breaker_open"), "the workspaces of one origin share its breaker");
    desk.sandbox.set_faults(Faults::none());
    desk.clock.advance(30_000);
    assert_eq!(reason(spent).await.as_deref(), Some("rate_limited"));
    assert_eq!(reason(other).await, None, "it is the probe at once");
}

#[tokio::test]
async fn the_deadline_holds_for_the_last_byte_too() {
    // Half an answer, and then nothing.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut question = Vec::new();
        while !question.ends_with(b"\r\n\r\n") {
            tokio::io::AsyncReadExt::read_buf(&mut stream, &mut question).await.unwrap();
        }
        let half = b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"people\":";
        tokio::io::AsyncWriteExt::write_all(&mut stream, half).await.unwrap();
        std::future::pending::<()>().await;
    });
    let client = ApolloClient::new(Origin::parse(&origin).unwrap(), Duration::from_millis(300)).unwrap();
    let key = ApiKey::parse("any-key-0123456789").unwrap();
    let answer = tokio::time::timeout(Duration::from_secs(10), client.get(&key, "auth/health")).await;
    assert_eq!(answer.expect("it ended by its own deadline").unwrap_err(), Error::TimedOut { seconds: 0 });
    server.abort();
}

#[tokio::test]
async fn who_allows_no_background_makes_no_call_that_nobody_waits_for() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let wanted = WorkspaceChange {
        endpoint: Some(EndpointSetting::Free),
        refresh_stale: Some(true),
        ..WorkspaceChange::default()
    };
    desk.foray.change_workspace(client, wanted).await.unwrap();
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.clock.advance(2 * 86_400_000);
    let mut options = options(desk.folder.path(), &desk.sandbox.origin(), &desk.clock, &desk.keys);
    options.background = false;
    let command_line = Foray::open(options).await.unwrap();
    let answer = command_line.search(client, &page(1)).await.unwrap();
    assert_eq!((answer.source, answer.calls_spent, desk.calls()), (Source::Live, 1, 2));
}
