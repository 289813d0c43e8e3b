//! A search and where its rows come from.

use foray_core::apollo::Endpoint;
use foray_core::workspace::{EndpointSetting, WorkspaceChange};
use foray_core::{Source, TenantId};
use foray_sandbox::Plan;

use crate::{Desk, page};

const DAY_MS: i64 = 86_400_000;

#[tokio::test]
async fn the_second_same_search_is_kept_and_costs_nothing_also_after_a_restart() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let live = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((live.source, live.calls_spent, live.people.len()), (Source::Live, 1, 25));
    assert_eq!(live.credits_spent, None, "Apollo does not tell what a full page cost");
    let desk = desk.restart().await;
    let cached = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((cached.source, cached.calls_spent, cached.credits_spent), (Source::Cached, 0, Some(0.0)));
    assert_eq!((cached.people, cached.as_of, cached.total_entries), (live.people, live.as_of, live.total_entries));
    assert_eq!(desk.calls(), 1);
}

#[tokio::test]
async fn a_refresh_goes_past_the_cache_and_a_peek_never_leaves_it() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    assert!(desk.foray.search_peek(client, &page(1)).await.unwrap().is_none());
    assert_eq!(desk.calls(), 0);
    desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!(desk.foray.search_refresh(client, &page(1)).await.unwrap().source, Source::Live);
    assert_eq!(desk.calls(), 2);
    assert_eq!(desk.foray.search_peek(client, &page(1)).await.unwrap().unwrap().source, Source::Cached);
    assert_eq!(desk.calls(), 2);
}

#[tokio::test]
async fn a_closed_full_endpoint_costs_two_calls_once_and_is_remembered_for_the_key() {
    for plan in [Plan::Basic, Plan::Free] {
        let desk = Desk::new(plan).await;
        let client = desk.client("Acme").await;
        let first = desk.foray.search(client, &page(1)).await.unwrap();
        assert_eq!(
            (first.source, first.endpoint, first.calls_spent, first.credits_spent),
            (Source::Live, Endpoint::Free, 2, Some(0.0))
        );
        assert!(first.notice.unwrap().contains("free"), "the change of endpoint is told");
        let desk = desk.restart().await;
        let next = desk.foray.search(client, &page(2)).await.unwrap();
        assert_eq!((next.endpoint, next.calls_spent, next.notice), (Endpoint::Free, 1, None));
        let run = desk.foray.runs(client).await.unwrap().pop().unwrap();
        assert_eq!(run.calls_spent as usize, desk.calls(), "the run has the refused call too");
        assert_eq!(desk.foray.status(client).await.unwrap().price.credits_at_most, 0);
        // Another key is asked anew.
        desk.foray.set_key(client, foray_core::secrets::ApiKey::parse("another-good-key-123").unwrap()).await.unwrap();
        assert_eq!(desk.foray.search(client, &page(3)).await.unwrap().calls_spent, 2);
    }
}

#[tokio::test]
async fn a_fixed_endpoint_is_not_changed_behind_the_users_back() {
    let desk = Desk::new(Plan::Basic).await;
    let client = desk.client("Acme").await;
    let full = WorkspaceChange { endpoint: Some(EndpointSetting::Full), ..WorkspaceChange::default() };
    desk.foray.workspaces().change(client, full).await.unwrap();
    let answer = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((answer.source, answer.calls_spent), (Source::Empty, 1));
    assert_eq!(answer.reason.unwrap().code, "endpoint_closed");
}

#[tokio::test]
async fn an_account_without_credits_goes_on_with_the_free_endpoint() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Acme", "broke-key-0123456789").await;
    let answer = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((answer.endpoint, answer.calls_spent), (Endpoint::Free, 2));
    assert!(answer.notice.unwrap().contains("out of credits"));
}

#[tokio::test]
async fn full_rows_that_were_paid_for_still_serve_when_auto_has_come_to_the_free_endpoint() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let full = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!(full.endpoint, Endpoint::Full);
    // The same account runs out of credits: the next question goes to the free endpoint.
    desk.foray
        .workspaces()
        .remember_free(client, account("good-key-of-Acme-0123456789", &desk.sandbox.origin()), "No credits.".to_owned())
        .await
        .unwrap();
    assert_eq!(desk.foray.search(client, &page(2)).await.unwrap().endpoint, Endpoint::Free);
    let again = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!((again.source, again.endpoint, again.people), (Source::Cached, Endpoint::Full, full.people));
}

#[tokio::test]
async fn choosing_an_endpoint_asks_an_account_anew_that_had_run_dry() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Acme", "broke-key-0123456789").await;
    let full = WorkspaceChange { endpoint: Some(EndpointSetting::Full), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, full.clone()).await.unwrap();
    for expected in [1, 0] {
        let answer = desk.foray.search(client, &page(1)).await.unwrap();
        assert_eq!((answer.reason.unwrap().code.as_str(), answer.calls_spent), ("out_of_credits", expected));
    }
    desk.foray.change_workspace(client, full).await.unwrap();
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().calls_spent, 1);
}

fn account(key: &str, origin: &str) -> String {
    foray_core::secrets::ApiKey::parse(key).unwrap().account().at(origin).to_string()
}

#[tokio::test]
async fn a_stub_has_no_last_name_no_address_and_no_phone() {
    let desk = Desk::new(Plan::Free).await;
    let client = desk.client("Acme").await;
    let answer = desk.foray.search(client, &page(1)).await.unwrap();
    assert!(answer.people.iter().any(|person| person.last_name_obfuscated.is_some()));
    for person in answer.people.iter() {
        assert_eq!((&person.last_name, &person.email, &person.phone, &person.name), (&None, &None, &None, &None));
    }
    assert!(answer.total_entries.unwrap() > 25);
    assert_eq!(u64::from(answer.total_pages.unwrap()), answer.total_entries.unwrap().div_ceil(25));
}

#[tokio::test]
async fn the_locked_address_of_a_full_row_is_shown_nowhere() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let answer = desk.foray.search(client, &page(1)).await.unwrap();
    assert!(answer.people.iter().any(|person| person.email_status.as_deref() == Some("verified")));
    assert!(!serde_json::to_string(&answer).unwrap().contains("not_unlocked"));
}

#[tokio::test]
async fn an_answer_past_its_day_is_asked_again() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.clock.advance(DAY_MS * 11 / 10 + 1);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Live);
}

#[tokio::test]
async fn two_clients_with_the_same_question_never_share_an_answer() {
    let desk = Desk::new(Plan::Professional).await;
    let (one, other) = (desk.client("One").await, desk.client("Other").await);
    desk.foray.search(one, &page(1)).await.unwrap();
    assert!(desk.foray.search_peek(other, &page(1)).await.unwrap().is_none());
    assert_eq!(desk.foray.search(other, &page(1)).await.unwrap().source, Source::Live);
    assert_eq!(desk.calls(), 2);
}

#[tokio::test]
async fn the_same_search_asked_many_times_at_once_is_one_call() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let question = page(1);
    let searches = (0..100).map(|_| desk.foray.search(client, &question));
    let answers = futures_of(searches).await;
    let spent: u32 = answers.iter().map(|answer| answer.calls_spent).sum();
    assert_eq!((spent, desk.calls()), (1, 1));
    assert!(answers.iter().all(|answer| answer.people == answers[0].people));
}

#[tokio::test]
async fn the_sample_workspace_needs_no_key_and_costs_no_credits() {
    let desk = Desk::new(Plan::Professional).await;
    let answer = desk.foray.search(TenantId::SAMPLE, &page(1)).await.unwrap();
    assert_eq!((answer.source, answer.credits_spent), (Source::Live, Some(0.0)));
    let status = desk.foray.status(TenantId::SAMPLE).await.unwrap();
    assert_eq!((status.price.calls, status.price.credits_at_most, status.limiter.remaining), (1, 0, 99));
}

/// Runs futures on one task, all at once.
async fn futures_of<F, T>(futures: impl Iterator<Item = F>) -> Vec<T>
where
    F: Future<Output = Result<T, foray_core::Error>>,
{
    use std::pin::Pin;
    use std::task::Poll;
    let mut running: Vec<(Pin<Box<F>>, Option<T>)> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        let mut pending = false;
        for (future, done) in &mut running {
            if done.is_none() {
                match future.as_mut().poll(context) {
                    Poll::Ready(answer) => *done = Some(answer.unwrap()),
                    Poll::Pending => pending = true,
                }
            }
        }
        if pending { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    running.into_iter().map(|(_, done)| done.unwrap()).collect()
}
