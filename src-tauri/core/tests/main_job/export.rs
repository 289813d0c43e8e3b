//! Exports: everybody once, resumable to the same bytes, never an error as a row.

use std::collections::HashSet;
use std::path::PathBuf;

use foray_core::export::{DEFAULT_COLUMNS, ExportInput, ExportScope, Flavour};
use foray_core::jobs::Agreed;
use foray_core::workspace::{EndpointSetting, WorkspaceChange};
use foray_core::{Error, TenantId};
use foray_sandbox::{Faults, Plan};
use tokio_util::sync::CancellationToken;

use crate::{Desk, filters};

fn everybody(path: &std::path::Path) -> ExportInput {
    ExportInput {
        persona_id: None,
        filters: filters(),
        scope: ExportScope::All { max_rows: None },
        flavour: Flavour::Import,
        path: path.display().to_string(),
        agreed: Agreed { calls: None, credits: 500 },
        wait: false,
        replace: true,
    }
}

fn target(desk: &Desk, name: &str) -> PathBuf {
    desk.folder.path().join(name)
}

fn ids(path: &std::path::Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), DEFAULT_COLUMNS);
    reader.records().map(|row| row.unwrap()[0].to_owned()).collect()
}

#[tokio::test]
async fn everybody_who_matches_is_in_the_file_exactly_once() {
    let desk = Desk::with(foray_sandbox::Options { people: 20_000, ..foray_sandbox::Options::default() }).await;
    let path = target(&desk, "all.csv");
    let mut steps = Vec::new();
    let done = desk
        .foray
        .export(TenantId::SAMPLE, &everybody(&path), &CancellationToken::new(), |step| steps.push(step))
        .await
        .unwrap();
    let ids = ids(&path);
    let different: HashSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), different.len());
    assert_eq!(ids.len() as u64, done.people_total.unwrap());
    assert!(u64::from(done.pages) > done.people_total.unwrap().div_ceil(100), "the stand-in's pages overlap");
    assert_eq!(steps.last().unwrap().rows, done.rows);
    assert!(!target(&desk, "all.partial.csv").exists());
    let receipt = std::fs::read_to_string(target(&desk, "all.receipt.json")).unwrap();
    assert!(receipt.contains("sha256") && receipt.contains("\"origin\": \"sandbox\""));
}

#[tokio::test]
async fn an_export_broken_and_resumed_gives_the_same_bytes_and_repeats_no_call() {
    let desk = Desk::new(Plan::Professional).await;
    let whole = target(&desk, "whole.csv");
    let one = desk.client("One").await;
    desk.foray.export(one, &everybody(&whole), &CancellationToken::new(), |_| ()).await.unwrap();
    let needed = desk.calls();

    let client = desk.client("Two").await;
    let path = target(&desk, "broken.csv");
    let three = WorkspaceChange { calls_per_hour: Some(3), ..WorkspaceChange::default() };
    desk.foray.workspaces().change(client, three).await.unwrap();
    let error = desk.foray.export(client, &everybody(&path), &CancellationToken::new(), |_| ()).await.unwrap_err();
    let Error::ExportInterrupted { partial, rows, reason } = error else { panic!("{error}") };
    assert_eq!((reason.code.as_str(), PathBuf::from(&partial)), ("rate_limited", target(&desk, "broken.partial.csv")));
    assert!(rows > 0 && !path.exists());
    assert_eq!(ids(&PathBuf::from(&partial)).len() as u64, rows);

    let desk = desk.restart().await;
    let more = WorkspaceChange { calls_per_hour: Some(100), ..WorkspaceChange::default() };
    desk.foray.workspaces().change(client, more).await.unwrap();
    desk.foray.export(client, &everybody(&path), &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(&whole).unwrap());
    assert_eq!(desk.calls(), 2 * needed, "no page that was fetched was asked for again");
    assert!(!PathBuf::from(partial).exists());
}

#[tokio::test]
async fn going_on_later_keeps_source_and_time_of_what_was_fetched() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let path = target(&desk, "later.csv");
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let stopped = desk
        .foray
        .export(client, &everybody(&path), &cancel, |step| {
            if step.pages == 2 {
                stop.cancel();
            }
        })
        .await;
    assert_eq!(stopped.unwrap_err(), Error::Cancelled);
    desk.clock.advance(5 * 86_400_000);
    desk.foray.export(client, &everybody(&path), &CancellationToken::new(), |_| ()).await.unwrap();
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let facts: Vec<(String, String)> =
        reader.records().map(|row| row.unwrap()).map(|row| (row[15].to_owned(), row[16].to_owned())).collect();
    assert_eq!(facts[0], ("live".to_owned(), "2026-11-23T00:00:00Z".to_owned()));
    assert_eq!(facts.last().unwrap(), &("live".to_owned(), "2026-11-28T00:00:00Z".to_owned()));
}

#[tokio::test]
async fn the_row_limit_counts_different_people_and_a_page_is_just_that_page() {
    let desk = Desk::new(Plan::Professional).await;
    let path = target(&desk, "some.csv");
    let some = ExportInput { scope: ExportScope::All { max_rows: Some(150) }, ..everybody(&path) };
    let done = desk.foray.export(TenantId::SAMPLE, &some, &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!((done.rows, ids(&path).len()), (150, 150));
    let page = ExportInput { scope: ExportScope::Page { page: 2, page_size: 25 }, ..everybody(&path) };
    let done = desk.foray.export(TenantId::SAMPLE, &page, &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!((done.rows, done.pages), (25, 1));
}

#[tokio::test]
async fn apollos_failure_never_becomes_a_row_or_a_finished_file() {
    let desk = Desk::new(Plan::Professional).await;
    let path = target(&desk, "failing.csv");
    desk.sandbox.set_faults("garbage=1".parse::<Faults>().unwrap());
    let error =
        desk.foray.export(TenantId::SAMPLE, &everybody(&path), &CancellationToken::new(), |_| ()).await.unwrap_err();
    assert_eq!(error.code(), "export_interrupted");
    assert!(!path.exists());
    assert_eq!(ids(&target(&desk, "failing.partial.csv")).len(), 0);
}

#[tokio::test]
async fn a_bad_target_is_told_before_anything_is_spent() {
    let desk = Desk::new(Plan::Professional).await;
    for path in [desk.folder.path().join("no-folder/x.csv"), desk.folder.path().join("x.txt"), PathBuf::new()] {
        let error = desk
            .foray
            .export(TenantId::SAMPLE, &everybody(&path), &CancellationToken::new(), |_| ())
            .await
            .unwrap_err();
        let Error::BadInput { violations } = error else { panic!("{error}") };
        assert_eq!(violations[0].field, "path");
    }
    assert_eq!(desk.calls(), 0);
}

#[tokio::test]
async fn the_price_of_an_export_is_known_before_and_kept() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let input = everybody(&target(&desk, "priced.csv"));
    let unknown = desk.foray.export_estimate(client, &input).await.unwrap();
    assert_eq!((unknown.calls_at_most, unknown.credits_at_most, unknown.people), (500, 500, None));
    desk.foray.search(client, &crate::page(1)).await.unwrap();
    let known = desk.foray.export_estimate(client, &input).await.unwrap();
    assert!(known.people.is_some() && known.credits_at_most == known.calls_at_most && known.calls_at_most < 100);
    let this_page = ExportInput { scope: ExportScope::Page { page: 1, page_size: 25 }, ..input.clone() };
    assert_eq!(desk.foray.export_estimate(client, &this_page).await.unwrap().calls_at_most, 0, "the page is kept");
    let done = desk.foray.export(client, &input, &CancellationToken::new(), |_| ()).await.unwrap();
    assert!(done.calls_spent <= known.calls_at_most && Some(done.rows) == known.people);
}

#[tokio::test]
async fn two_exports_never_write_one_file_at_once() {
    let desk = Desk::new(Plan::Professional).await;
    let path = target(&desk, "one.csv");
    let (input, calm) = (everybody(&path), CancellationToken::new());
    let other = desk.client("Other").await;
    let mut refused = None;
    let first = desk.foray.export(TenantId::SAMPLE, &input, &calm, |_| ());
    let second = async {
        while !target(&desk, "one.partial.csv").exists() {
            tokio::task::yield_now().await;
        }
        refused = desk.foray.export(other, &input, &CancellationToken::new(), |_| ()).await.err();
    };
    let (first, ()) = tokio::join!(first, second);
    assert_eq!(ids(&path).len() as u64, first.unwrap().rows);
    let Some(Error::BadInput { violations }) = refused else { panic!("{refused:?}") };
    assert!(violations[0].message.contains("Another export"), "{}", violations[0].message);
}

#[tokio::test]
async fn a_cancelled_export_has_kept_the_page_that_was_under_way() {
    let desk = Desk::new(Plan::Professional).await;
    let path = target(&desk, "cancelled.csv");
    let cancel = CancellationToken::new();
    let input = everybody(&path);
    let running = desk.foray.export(TenantId::SAMPLE, &input, &cancel, |_| ());
    let cancelling = async {
        while desk.calls() == 0 {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (stopped, ()) = tokio::join!(running, cancelling);
    assert_eq!(stopped.unwrap_err(), Error::Cancelled);
    let done = desk.foray.export(TenantId::SAMPLE, &input, &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!(desk.calls(), done.pages as usize, "no page was asked for twice");
}

#[tokio::test]
async fn an_export_stops_before_it_would_spend_more_than_was_agreed() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let path = target(&desk, "agreed.csv");
    let two = ExportInput { agreed: Agreed { calls: None, credits: 2 }, ..everybody(&path) };
    let error = desk.foray.export(client, &two, &CancellationToken::new(), |_| ()).await.unwrap_err();
    let Error::ExportInterrupted { reason, .. } = error else { panic!("{error}") };
    assert_eq!((reason.code.as_str(), desk.calls()), ("not_confirmed", 2));
    let none = ExportInput { agreed: Agreed { calls: None, credits: 0 }, wait: false, ..everybody(&path) };
    assert!(desk.foray.export(client, &none, &CancellationToken::new(), |_| ()).await.is_err());
    assert_eq!(desk.calls(), 2, "without consent nothing is spent");
    desk.foray.export(client, &everybody(&path), &CancellationToken::new(), |_| ()).await.unwrap();
    assert!(path.exists());
}

#[tokio::test]
async fn a_free_export_stays_free_when_the_setting_changes_on_the_way() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let set = |endpoint| WorkspaceChange { endpoint: Some(endpoint), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, set(EndpointSetting::Free)).await.unwrap();
    let path = target(&desk, "free.csv");
    let input = ExportInput { agreed: Agreed { calls: None, credits: 0 }, ..everybody(&path) };
    let cancel = CancellationToken::new();
    let running = desk.foray.export(client, &input, &cancel, |_| ());
    let changing = async {
        while desk.calls() == 0 {
            tokio::task::yield_now().await;
        }
        desk.foray.change_workspace(client, set(EndpointSetting::Full)).await.unwrap();
    };
    let (done, ()) = tokio::join!(running, changing);
    assert_eq!(done.unwrap().credits_spent, Some(0.0));
    assert!(desk.sandbox.requests().iter().all(|request| request.path.ends_with("api_search")));
}

#[tokio::test]
async fn older_rows_in_an_export_are_told() {
    let desk = Desk::new(Plan::Professional).await;
    let some =
        |name: &str| ExportInput { scope: ExportScope::All { max_rows: Some(90) }, ..everybody(&target(&desk, name)) };
    desk.foray.export(TenantId::SAMPLE, &some("new.csv"), &CancellationToken::new(), |_| ()).await.unwrap();
    desk.clock.advance(3 * 86_400_000);
    desk.sandbox.set_faults("5xx=1".parse::<Faults>().unwrap());
    let done = desk.foray.export(TenantId::SAMPLE, &some("old.csv"), &CancellationToken::new(), |_| ()).await.unwrap();
    assert!(done.notices.iter().any(|notice| notice.contains("older")), "{:?}", done.notices);
}

#[tokio::test]
async fn an_export_without_a_key_says_that_there_is_none() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.foray.workspaces().add("Acme").await.unwrap().id;
    let input = ExportInput { agreed: Agreed { calls: None, credits: 0 }, ..everybody(&target(&desk, "keyless.csv")) };
    let error = desk.foray.export(client, &input, &CancellationToken::new(), |_| ()).await.unwrap_err();
    let Error::ExportInterrupted { reason, .. } = error else { panic!("{error}") };
    assert_eq!((reason.code.as_str(), desk.calls()), ("key_missing", 0));
    assert_eq!(std::fs::read_dir(desk.folder.path()).unwrap().filter(is_csv).count(), 0, "no file without a row stays");
}

fn is_csv(entry: &std::io::Result<std::fs::DirEntry>) -> bool {
    entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "csv"))
}

async fn change(desk: &Desk, client: TenantId, calls: u32, endpoint: EndpointSetting) {
    let change =
        WorkspaceChange { calls_per_hour: Some(calls), endpoint: Some(endpoint), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, change).await.unwrap();
}

fn code_of(error: Error) -> String {
    let Error::ExportInterrupted { reason, .. } = error else { panic!("{error}") };
    reason.code
}

#[tokio::test]
async fn going_on_after_the_endpoint_was_changed_never_mixes_stubs_and_full_rows() {
    for (first, then, path) in [
        (EndpointSetting::Full, EndpointSetting::Free, "mixed_people/search"),
        (EndpointSetting::Auto, EndpointSetting::Free, "mixed_people/search"),
        (EndpointSetting::Free, EndpointSetting::Full, "mixed_people/api_search"),
        (EndpointSetting::Free, EndpointSetting::Auto, "mixed_people/api_search"),
    ] {
        let desk = Desk::new(Plan::Professional).await;
        let client = desk.client("Acme").await;
        change(&desk, client, 2, first).await;
        let input = everybody(&target(&desk, "all.csv"));
        let stopped = desk.foray.export(client, &input, &CancellationToken::new(), |_| ()).await.unwrap_err();
        assert_eq!(code_of(stopped), "rate_limited");

        change(&desk, client, 100, then).await;
        let desk = desk.restart().await;
        let estimate = desk.foray.export_estimate(client, &input).await.unwrap();
        let costs = path == "mixed_people/search";
        assert_eq!(estimate.credits_at_most > 0, costs, "its price is that of what it goes on asking");
        if costs {
            let free = ExportInput { agreed: Agreed::default(), ..input.clone() };
            let refused = desk.foray.export(client, &free, &CancellationToken::new(), |_| ()).await.unwrap_err();
            assert_eq!(code_of(refused), "not_confirmed");
        }
        desk.foray.export(client, &input, &CancellationToken::new(), |_| ()).await.unwrap();
        assert!(desk.sandbox.requests().iter().all(|asked| asked.path.ends_with(path)), "{first:?}, then {then:?}");
    }
}

#[tokio::test]
async fn an_export_never_takes_more_calls_than_were_agreed_to() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    change(&desk, client, 100, EndpointSetting::Free).await;
    let agreed = |calls| ExportInput {
        agreed: Agreed { calls: Some(calls), credits: 0 },
        ..everybody(&target(&desk, "all.csv"))
    };
    let stopped = desk.foray.export(client, &agreed(2), &CancellationToken::new(), |_| ()).await.unwrap_err();
    assert_eq!((code_of(stopped).as_str(), desk.calls()), ("not_confirmed", 2));
    // Agreed to anew. What fails is asked again, since it is free, but not more often than was agreed.
    desk.sandbox.set_faults("5xx=1".parse::<Faults>().unwrap());
    let failed = desk.foray.export(client, &agreed(1), &CancellationToken::new(), |_| ()).await.unwrap_err();
    assert_eq!((code_of(failed).as_str(), desk.calls()), ("unavailable", 3));
    desk.sandbox.set_faults(Faults::none());
    desk.clock.advance(60_000);
    let done = desk.foray.export(client, &agreed(100), &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!(done.calls_spent as usize, desk.calls(), "each of them is in the bill");
}

#[tokio::test]
async fn pages_that_were_paid_for_when_more_rows_were_wanted_are_in_the_bill() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    change(&desk, client, 3, EndpointSetting::Free).await;
    let path = target(&desk, "some.csv");
    let stopped = desk.foray.export(client, &everybody(&path), &CancellationToken::new(), |_| ()).await.unwrap_err();
    assert_eq!(code_of(stopped), "rate_limited");
    let fewer = ExportInput { scope: ExportScope::All { max_rows: Some(90) }, ..everybody(&path) };
    let done = desk.foray.export(client, &fewer, &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!((done.rows, done.calls_spent, desk.calls()), (90, 3, 3));
}

#[tokio::test]
async fn an_account_that_runs_out_of_credits_on_the_way_does_not_fill_the_file_up_with_stubs() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    change(&desk, client, 2, EndpointSetting::Auto).await;
    let input = everybody(&target(&desk, "all.csv"));
    desk.foray.export(client, &input, &CancellationToken::new(), |_| ()).await.unwrap_err();
    change(&desk, client, 100, EndpointSetting::Auto).await;
    desk.sandbox.set_faults("no-credits=1".parse::<Faults>().unwrap());
    let stopped = desk.foray.export(client, &input, &CancellationToken::new(), |_| ()).await.unwrap_err();
    assert!(stopped.to_string().contains("To have everybody as stubs"), "{stopped}");
    assert_eq!(code_of(stopped), "out_of_credits");
    assert!(desk.sandbox.requests().iter().all(|asked| asked.path.ends_with("mixed_people/search")));
}
