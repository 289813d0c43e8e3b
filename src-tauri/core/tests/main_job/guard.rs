//! What stands in front of Apollo, seen through whole searches and exports: gates that last, what is no call, repeats,
//! work that waits, the record of what happened.

use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::{ApolloClient, Origin};
use foray_core::error::Error;
use foray_core::export::{ExportInput, ExportProgress, ExportScope, Flavour};
use foray_core::jobs::Agreed;
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::ApiKey;
use foray_core::workspace::{EndpointSetting, WorkspaceChange};
use foray_core::{Answer, Source, TenantId};
use foray_sandbox::{Faults, Plan};
use tokio_util::sync::CancellationToken;

use crate::{Desk, filters, page};

fn code(answer: &Answer) -> &str {
    answer.reason.as_ref().map_or("", |reason| reason.code.as_str())
}

fn limit(calls: u32) -> WorkspaceChange {
    WorkspaceChange { calls_per_hour: Some(calls), ..WorkspaceChange::default() }
}

async fn free_endpoint(desk: &Desk, client: TenantId) {
    let free = WorkspaceChange { endpoint: Some(EndpointSetting::Free), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, free).await.unwrap();
}

#[tokio::test]
async fn a_rejected_key_is_not_asked_again_after_a_restart_nor_opened_by_choosing_an_endpoint() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Acme", "wrong-key-0123456789").await;
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().calls_spent, 1);
    let desk = desk.restart().await;
    free_endpoint(&desk, client).await;
    let refused = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((code(&refused), refused.calls_spent, desk.calls()), ("key_rejected", 0, 1));
    // The user stores it again: perhaps Apollo knows it by now.
    desk.foray.set_key(client, ApiKey::parse("wrong-key-0123456789").unwrap()).await.unwrap();
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().calls_spent, 1);
}

#[tokio::test]
async fn a_key_check_that_did_not_reach_apollo_opens_nothing() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Acme", "wrong-key-0123456789").await;
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.sandbox.set_faults("5xx=1".parse().unwrap());
    assert_eq!(desk.foray.check_key(client).await.unwrap_err().code(), "unavailable");
    desk.sandbox.set_faults(Faults::none());
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().calls_spent, 0);
}

#[tokio::test]
async fn what_never_left_this_computer_is_no_call_and_no_network_is_not_the_services_fault() {
    let desk = Desk::new(Plan::Professional).await;
    // Names under .invalid are found nowhere.
    let nowhere = ApolloClient::new(Origin::parse("https://apollo.invalid").unwrap(), Duration::from_secs(8)).unwrap();
    let key = ApiKey::parse("any-key-0123456789").unwrap();
    assert_eq!(nowhere.get(&key, "auth/health").await.unwrap_err(), Error::Offline);

    let refusing = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (origin, expected, offline) in
        [("https://apollo.invalid".to_owned(), "offline", true), (format!("http://{refusing}"), "unreachable", false)]
    {
        let foray = crate::open(&desk.folder.path().join(expected), &origin, &desk.clock, &desk.keys).await;
        let client = foray.workspaces().add("Acme").await.unwrap().id;
        foray.set_key(client, key.clone()).await.unwrap();
        for number in 1..=4 {
            let answer = foray.search(client, &page(number)).await.unwrap();
            assert_eq!((code(&answer), answer.calls_spent, answer.credits_spent), (expected, 0, Some(0.0)));
        }
        let status = foray.status(client).await.unwrap();
        assert_eq!(status.limiter.used, 0, "{expected}");
        assert_eq!(status.breaker.offline_since.is_some(), offline, "{expected}");
        // A fifth failure in a row opens the breaker; a fifth time without a network does not.
        foray.search(client, &page(5)).await.unwrap();
        assert_eq!(foray.status(client).await.unwrap().breaker.retry_at.is_none(), offline, "{expected}");
    }
}

#[tokio::test]
async fn a_free_call_that_failed_is_repeated_within_a_tenth_of_the_hours_calls_and_a_paid_one_never() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    for number in 1..=10 {
        assert_eq!(desk.foray.search(client, &page(number)).await.unwrap().source, Source::Live);
    }
    desk.sandbox.set_faults("drop=1".parse().unwrap());
    let paid = desk.foray.search(client, &page(11)).await.unwrap();
    assert_eq!((code(&paid), paid.calls_spent, desk.calls()), ("connection_lost", 1, 11), "it may have been charged");

    free_endpoint(&desk, client).await;
    let free = desk.foray.search(client, &page(11)).await.unwrap();
    assert_eq!(
        (code(&free), free.calls_spent, desk.calls()),
        ("connection_lost", 2, 13),
        "one repeat is in the budget"
    );
    let next = desk.foray.search(client, &page(12)).await.unwrap();
    assert_eq!((next.calls_spent, desk.calls()), (1, 14), "and it is used up");
    assert_eq!(desk.foray.status(client).await.unwrap().limiter.used, 14, "each repeat takes a call");
}

/// An Apollo that takes 300 ms for each answer, so that questions meet on their way, and a workspace that may ask it.
async fn slow_apollo() -> (Desk, TenantId) {
    let desk = Desk::with(foray_sandbox::Options {
        people: 3_000,
        slow: Duration::from_millis(300),
        ..foray_sandbox::Options::default()
    })
    .await;
    let client = desk.client("Acme").await;
    desk.sandbox.set_faults("slow=1".parse().unwrap());
    (desk, client)
}

#[tokio::test]
async fn a_search_and_a_refresh_of_the_same_page_at_once_are_one_call() {
    let (desk, client) = slow_apollo().await;
    let question = page(1);
    let (searched, refreshed) =
        tokio::join!(desk.foray.search(client, &question), desk.foray.search_refresh(client, &question));
    let (searched, refreshed) = (searched.unwrap(), refreshed.unwrap());
    assert_eq!((searched.source, refreshed.source), (Source::Live, Source::Live));
    assert_eq!((searched.calls_spent + refreshed.calls_spent, desk.calls()), (1, 1));
}

#[tokio::test]
async fn two_processes_that_ask_the_same_page_at_once_are_one_call() {
    let (desk, client) = slow_apollo().await;
    let other = crate::open(desk.folder.path(), &desk.sandbox.origin(), &desk.clock, &desk.keys).await;
    let (one, two) = (page(1), page(2));

    let (ours, theirs) = tokio::join!(desk.foray.search(client, &one), other.search(client, &one));
    let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
    assert_eq!((ours.calls_spent + theirs.calls_spent, desk.calls()), (1, 1));
    assert_eq!(ours.people, theirs.people);

    let (ours, theirs) = tokio::join!(desk.foray.search_refresh(client, &two), other.search_refresh(client, &two));
    assert_eq!((ours.unwrap().source, theirs.unwrap().source), (Source::Live, Source::Live));
    assert_eq!(desk.calls(), 2);
    other.search_refresh(client, &two).await.unwrap();
    assert_eq!(desk.calls(), 3, "who asks again later is asked for again");
}

fn everybody(desk: &Desk) -> ExportInput {
    ExportInput {
        persona_id: None,
        filters: filters(),
        scope: ExportScope::All { max_rows: None },
        flavour: Flavour::Import,
        path: desk.folder.path().join("all.csv").display().to_string(),
        agreed: Agreed { calls: None, credits: 500 },
        wait: true,
        replace: true,
    }
}

/// Listens to an export; the receiver hears how many rows there were when it first waited.
fn first_wait() -> (impl FnMut(ExportProgress) + Send, tokio::sync::oneshot::Receiver<u64>) {
    let (waits, waiting) = tokio::sync::oneshot::channel();
    let mut waits = Some(waits);
    let heard = move |progress: ExportProgress| {
        if progress.waiting.is_some()
            && let Some(waits) = waits.take()
        {
            waits.send(progress.rows).unwrap();
        }
    };
    (heard, waiting)
}

#[tokio::test]
async fn an_export_leaves_calls_to_clicks_waits_says_until_when_and_goes_on_by_itself() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.foray.change_workspace(client, limit(4)).await.unwrap();
    let input = everybody(&desk);
    let (cancel, clock) = (CancellationToken::new(), Arc::clone(&desk.clock));
    let mut waited = Vec::new();
    let done = desk
        .foray
        .export(client, &input, &cancel, |progress| {
            if let Some(waiting) = progress.waiting {
                waited.push((waiting.code, waiting.reset_at.unwrap().as_millisecond(), progress.calls_spent));
                clock.advance(3_600_000);
            }
        })
        .await
        .unwrap();
    assert!(done.rows > 300 && done.people_total == Some(done.rows), "{done:?}");
    // Of 4 calls one is left to clicks, each hour anew.
    let hours: Vec<_> = (1..=waited.len() as i64).map(|hour| crate::NOON + hour * 3_600_000).collect();
    let expected: Vec<_> =
        hours.iter().zip(1_u32..).map(|(at, hour)| ("rate_limited".to_owned(), *at, hour * 3)).collect();
    assert_eq!(waited, expected);
    assert_eq!(done.calls_spent as usize, desk.calls());
}

#[tokio::test]
async fn a_click_finds_a_call_while_an_export_waits_and_cancelling_it_loses_nothing() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.foray.change_workspace(client, limit(3)).await.unwrap();
    let input = everybody(&desk);
    let cancel = CancellationToken::new();
    let (heard, waiting) = first_wait();
    let exporting = desk.foray.export(client, &input, &cancel, heard);
    let clicking = async {
        let rows = waiting.await.unwrap();
        assert!((101..=200).contains(&rows), "2 of the 3 calls, and some people twice: {rows}");
        let clicked = desk.foray.search(client, &page(9)).await.unwrap();
        assert_eq!((clicked.source, clicked.calls_spent), (Source::Live, 1));
        cancel.cancel();
    };
    let (ended, ()) = tokio::join!(exporting, clicking);
    assert_eq!(ended.unwrap_err(), Error::Cancelled);
    // Going on later asks for none of the pages again.
    desk.clock.advance(3_600_000);
    desk.foray.change_workspace(client, limit(100)).await.unwrap();
    let done = desk.foray.export(client, &input, &CancellationToken::new(), |_| {}).await.unwrap();
    assert_eq!(done.people_total, Some(done.rows));
    assert_eq!(desk.calls() as u32, done.calls_spent + 1);
}

#[tokio::test]
async fn a_limit_that_is_lowered_binds_an_export_under_way() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let input = ExportInput { wait: false, ..everybody(&desk) };
    let (told, mut pages) = tokio::sync::mpsc::unbounded_channel();
    let cancel = CancellationToken::new();
    desk.sandbox.set_faults("slow=0".parse().unwrap());
    let exporting = desk.foray.export(client, &input, &cancel, |progress| told.send(progress.pages).unwrap());
    let lowering = async {
        while pages.recv().await != Some(1) {}
        desk.foray.change_workspace(client, limit(2)).await.unwrap();
    };
    let (ended, ()) = tokio::join!(exporting, lowering);
    assert!(matches!(ended, Err(Error::ExportInterrupted { .. })), "{ended:?}");
    assert!(desk.calls() <= 3, "{}", desk.calls());
}

#[tokio::test]
async fn a_lost_record_of_calls_is_told_and_the_user_may_say_that_none_were_made() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let Desk { foray, sandbox, clock, keys, folder } = desk;
    drop(foray);
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
        drop(std::fs::remove_file(folder.path().join("data").join(name)));
    }
    let foray = crate::open(folder.path(), &sandbox.origin(), &clock, &keys).await;
    let refused = foray.search(client, &page(1)).await.unwrap();
    assert_eq!((code(&refused), refused.calls_spent), ("ledger_lost", 0));
    let limiter = foray.status(client).await.unwrap().limiter;
    assert_eq!(limiter.lost_until.unwrap().as_millisecond(), crate::NOON + 3_600_000);
    assert_eq!(foray.search(TenantId::SAMPLE, &page(1)).await.unwrap().source, Source::Live, "no call reaches Apollo");
    foray.forgive_lost_ledger().await.unwrap();
    assert_eq!(foray.status(client).await.unwrap().limiter.lost_until, None);
    assert_eq!(foray.search(client, &page(1)).await.unwrap().source, Source::Live);
}

#[tokio::test]
async fn what_became_of_each_question_is_counted_and_the_breakers_changes_are_written_down() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme & Sons").await;
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.sandbox.set_faults("5xx=1".parse().unwrap());
    for number in 2..=5 {
        desk.foray.search(client, &page(number)).await.unwrap();
    }
    desk.foray.search(client, &page(6)).await.unwrap();
    let desk = desk.restart().await;
    let now = desk.foray.last_day(client).await.unwrap().pop().unwrap();
    assert_eq!((now.live, now.cached, now.refused, now.failed), (1, 1, 1, 4));
    assert!(desk.foray.last_day(TenantId::SAMPLE).await.unwrap().iter().all(|slot| slot.live + slot.failed == 0));

    let text = desk.foray.diagnostics(client).await.unwrap();
    assert!(text.contains("1 live, 1 cached, 1 refused, 4 failed"), "{text}");
    assert!(text.contains("closed → open. 4 of the 5 calls of the last 60 seconds failed."), "{text}");
    for secret in ["Acme", "good-key", "director", &client.to_string()] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn kept_answers_are_forgotten_for_one_page_one_question_or_all_of_a_workspace_and_no_other() {
    let desk = Desk::new(Plan::Professional).await;
    let (mine, theirs) = (desk.client("Mine").await, desk.client("Theirs").await);
    let other = FiltersInput { seniorities: vec!["owner".to_owned()], ..FiltersInput::default() };
    let other =
        SearchRequest::check(&SearchInput { filters: other, page: Some(1), page_size: Some(25), persona_id: None })
            .unwrap();
    for client in [mine, theirs] {
        for question in [&page(1), &page(2), &other] {
            desk.foray.search(client, question).await.unwrap();
        }
    }
    let kept =
        async |client, question: &SearchRequest| desk.foray.search_peek(client, question).await.unwrap().is_some();
    assert_eq!(desk.foray.forget_answers(mine, Some(&page(1).filters)).await.unwrap(), 2);
    assert!(!kept(mine, &page(1)).await && !kept(mine, &page(2)).await && kept(mine, &other).await);
    desk.foray.search(mine, &page(1)).await.unwrap();
    desk.foray.search(mine, &page(2)).await.unwrap();
    assert_eq!(desk.foray.forget_page(mine, &page(2)).await.unwrap(), 1);
    assert!(kept(mine, &page(1)).await && !kept(mine, &page(2)).await && kept(theirs, &page(2)).await);
    assert_eq!(desk.foray.forget_page(mine, &page(2)).await.unwrap(), 0);
    assert_eq!(desk.foray.forget_answers(mine, None).await.unwrap(), 2);
    assert!(!kept(mine, &other).await);
    assert!(kept(theirs, &page(1)).await && kept(theirs, &page(2)).await && kept(theirs, &other).await);
}

#[tokio::test]
async fn old_rows_are_refreshed_in_the_background_only_where_wanted_on_the_free_search_and_once() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    free_endpoint(&desk, client).await;
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.clock.advance(2 * 86_400_000);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Live, "off by default");

    let wanted = WorkspaceChange { refresh_stale: Some(true), ..WorkspaceChange::default() };
    assert!(desk.foray.change_workspace(client, wanted).await.unwrap().refresh_stale);
    desk.clock.advance(2 * 86_400_000);
    let mut refreshed = desk.foray.answers_refreshed();
    let question = page(1);
    let (one, two) = tokio::join!(desk.foray.search(client, &question), desk.foray.search(client, &question));
    for old in [one.unwrap(), two.unwrap()] {
        assert_eq!((old.source, old.calls_spent), (Source::Stale, 0));
    }
    assert_eq!(refreshed.recv().await.unwrap(), client);
    assert_eq!(refreshed.recv().await.unwrap(), client);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Cached);
    assert_eq!(desk.calls(), 3, "both were one call");

    // Paid rows are never asked for by themselves.
    let full = WorkspaceChange { endpoint: Some(EndpointSetting::Full), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, full).await.unwrap();
    desk.foray.search(client, &page(2)).await.unwrap();
    desk.clock.advance(2 * 86_400_000);
    assert_eq!(desk.foray.search(client, &page(2)).await.unwrap().source, Source::Live);
}

#[tokio::test]
async fn a_page_that_apollo_keeps_refusing_is_given_up_and_every_call_is_in_the_bill() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let input = everybody(&desk);
    let cancel = CancellationToken::new();
    desk.sandbox.set_faults("429=1".parse().unwrap());
    let clock = Arc::clone(&desk.clock);
    let refused = desk
        .foray
        .export(client, &input, &cancel, |progress| {
            if progress.waiting.is_some() {
                clock.advance(3_600_000);
            }
        })
        .await
        .unwrap_err();
    let Error::ExportInterrupted { reason, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((reason.code.as_str(), desk.calls()), ("apollo_rate_limited", 3), "each try took a call");

    desk.sandbox.set_faults(Faults::none());
    desk.clock.advance(3_600_000);
    let done = desk.foray.export(client, &input, &cancel, |_| {}).await.unwrap();
    assert_eq!(done.calls_spent as usize, desk.calls(), "those of the first try, too");
}

#[tokio::test]
async fn a_raised_limit_lets_a_waiting_export_go_on_at_once() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.foray.change_workspace(client, limit(2)).await.unwrap();
    let input = everybody(&desk);
    let cancel = CancellationToken::new();
    let (heard, waiting) = first_wait();
    let exporting = desk.foray.export(client, &input, &cancel, heard);
    let raising = async {
        waiting.await.unwrap();
        desk.foray.change_workspace(client, limit(100)).await.unwrap();
    };
    let (done, ()) = tokio::join!(exporting, raising);
    let done = done.unwrap();
    assert_eq!(done.people_total, Some(done.rows), "though no time passed");
}
