//! Calls that wait: for a ledger that others write, and between the tries of one question.

use std::sync::Arc;

use foray_core::Source;
use foray_core::circuit_breaker::State;
use foray_core::clock::Clock;
use foray_core::rate_limit::Ledger;
use foray_core::workspace::{EndpointSetting, WorkspaceChange};
use foray_sandbox::{Faults, Plan};

use crate::{Desk, open, page};

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
