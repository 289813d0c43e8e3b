//! Whoever is fetched is in the workspace's store, by whatever way they came, and stays there.

use std::collections::BTreeSet;

use foray_core::apollo::Endpoint;
use foray_core::export::{ExportInput, ExportScope, Flavour};
use foray_core::jobs::Agreed;
use foray_core::people::fact::FactSource;
use foray_core::people::{PeopleSet, PeopleView, Sort};
use foray_core::{Answer, Error, Source, TenantId, files};
use foray_sandbox::Plan;
use tokio_util::sync::CancellationToken;

use crate::{Desk, filters, page};

const HOUR_MS: i64 = 3_600_000;

fn fetched() -> PeopleView {
    PeopleView::of(PeopleSet::Fetched { filters: filters() })
}

fn ids(answer: &Answer) -> Vec<String> {
    answer.people.iter().map(|person| person.id.clone()).collect()
}

async fn everybody(desk: &Desk, tenant: TenantId) -> u64 {
    desk.foray.people_counts(tenant, None).await.unwrap().everybody
}

/// Forgets all people, as in a file that an older Foray wrote: the kept answers stay.
fn empty_the_store(desk: &Desk, tenant: TenantId) {
    let file = files::folder(&desk.folder.path().join("data"), tenant).join("people.sqlite");
    let connection = rusqlite::Connection::open(file).unwrap();
    connection
        .execute_batch("DELETE FROM run_pages; DELETE FROM runs; DELETE FROM job_history; DELETE FROM people;")
        .unwrap();
}

#[tokio::test]
async fn a_search_puts_its_people_into_the_store_and_a_look_at_kept_ones_changes_nothing() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let mut heard = desk.foray.people_changed();
    let live = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!(heard.try_recv(), Ok(client));
    let window = desk.foray.people_window(client, &fetched(), 0, 500, None).await.unwrap();
    assert_eq!(window.people.iter().map(|one| one.person.clone()).collect::<Vec<_>>(), *live.people);
    assert!(window.people.iter().all(|one| one.source == FactSource::Search && one.fetched_at == live.as_of));
    desk.clock.advance(HOUR_MS);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Cached);
    assert!(desk.foray.search_peek(client, &page(1)).await.unwrap().is_some());
    assert_eq!(desk.foray.people_window(client, &fetched(), 0, 500, None).await.unwrap(), window);
    assert_eq!(desk.foray.runs(client).await.unwrap()[0].calls_spent, 1);
    assert!(heard.try_recv().is_err(), "nothing was written");
}

#[tokio::test]
async fn kept_people_that_the_store_does_not_know_come_in_when_they_are_shown_with_the_day_they_were_fetched() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let live = desk.foray.search(client, &page(1)).await.unwrap();
    let desk = desk.restart().await;
    empty_the_store(&desk, client);
    desk.clock.advance(3 * HOUR_MS);
    assert_eq!(everybody(&desk, client).await, 0);
    desk.foray.search_peek(client, &page(1)).await.unwrap().unwrap();
    let window = desk.foray.people_window(client, &fetched(), 0, 500, None).await.unwrap();
    assert_eq!(window.people.iter().map(|one| one.person.id.clone()).collect::<Vec<_>>(), ids(&live));
    assert!(window.people.iter().all(|one| one.fetched_at == live.as_of), "looking does not make a fact newer");
}

#[tokio::test]
async fn a_process_that_ends_right_after_a_look_has_noted_whom_it_showed() {
    let desk = Desk::new(Plan::Professional).await;
    desk.foray.search(TenantId::SAMPLE, &page(1)).await.unwrap();
    let desk = desk.restart().await;
    empty_the_store(&desk, TenantId::SAMPLE);
    desk.foray.search(TenantId::SAMPLE, &page(1)).await.unwrap();
    desk.foray.settle().await;
    let desk = desk.restart().await;
    assert_eq!(everybody(&desk, TenantId::SAMPLE).await, 25);
}

#[tokio::test]
async fn the_pages_of_a_question_are_one_set_in_any_order() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let mut found = BTreeSet::new();
    let mut rows = 0;
    for number in 1..=4 {
        let answer = desk.foray.search(client, &page(number)).await.unwrap();
        rows += answer.people.len() as u64;
        found.extend(ids(&answer));
    }
    let counts = desk.foray.people_counts(client, Some(&filters())).await.unwrap();
    assert_eq!((counts.fetched, counts.different, counts.everybody), (rows, found.len() as u64, found.len() as u64));
    let sorted = PeopleView { sort: vec![Sort::parse("-company").unwrap()], ..fetched() };
    let window = desk.foray.people_window(client, &sorted, 0, 500, None).await.unwrap();
    assert_eq!(window.people.iter().map(|one| one.person.id.clone()).collect::<BTreeSet<_>>(), found);
    let third = window.people[2].person.id.clone();
    let place = desk.foray.people_place(client, &sorted, third).await.unwrap().unwrap();
    assert_eq!((place.at, place.next.as_ref()), (2, Some(&window.people[3].person.id)));
}

#[tokio::test]
async fn a_page_is_the_one_that_its_endpoint_answered() {
    let desk = Desk::new(Plan::Basic).await;
    let client = desk.client("Acme").await;
    let stubs = desk.foray.search(client, &page(1)).await.unwrap();
    assert_eq!(stubs.endpoint, Endpoint::Free);
    let set = |endpoint| {
        let input = foray_core::persona::SearchInput {
            persona_id: None,
            filters: filters(),
            page: Some(1),
            page_size: Some(25),
        };
        PeopleView::of(PeopleSet::Page { input, endpoint })
    };
    let of = async |endpoint| desk.foray.people_window(client, &set(endpoint), 0, 500, None).await.unwrap();
    let window = of(Endpoint::Free).await;
    assert_eq!(window.people.iter().map(|one| one.person.id.clone()).collect::<Vec<_>>(), ids(&stubs));
    assert!(window.people.iter().all(|one| one.source == FactSource::Stub));
    assert_eq!(of(Endpoint::Full).await.total, 0);
}

#[tokio::test]
async fn an_exports_pages_land_in_the_store_by_themselves() {
    let desk = Desk::new(Plan::Professional).await;
    let path = desk.folder.path().join("all.csv");
    let input = ExportInput {
        persona_id: None,
        filters: filters(),
        scope: ExportScope::All { max_rows: None },
        flavour: Flavour::Import,
        path: path.display().to_string(),
        agreed: Agreed { calls: None, credits: 0 },
        wait: false,
        replace: true,
    };
    let done = desk.foray.export(TenantId::SAMPLE, &input, &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!(everybody(&desk, TenantId::SAMPLE).await, done.rows);
    let runs = desk.foray.runs(TenantId::SAMPLE).await.unwrap();
    assert_eq!((runs.len(), runs[0].pages, runs[0].people), (1, done.pages, done.rows));
}

#[tokio::test]
async fn one_workspace_never_tells_of_anothers_people() {
    let desk = Desk::new(Plan::Professional).await;
    let (one, other) = (desk.client("One").await, desk.client("Other").await);
    let answer = desk.foray.search(one, &page(1)).await.unwrap();
    let id = &answer.people[0].id;
    assert_eq!(desk.foray.person(one, id).await.unwrap().person.person, answer.people[0]);
    assert!(matches!(desk.foray.person(other, id).await, Err(Error::NotFound { .. })));
    assert_eq!((everybody(&desk, one).await, everybody(&desk, other).await), (25, 0));
    assert!(matches!(desk.foray.people_counts(TenantId::generate(), None).await, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn a_window_has_a_size_and_its_question_is_checked() {
    let desk = Desk::new(Plan::Professional).await;
    let everybody = PeopleView::of(PeopleSet::Everybody);
    for limit in [0, 501] {
        assert!(matches!(
            desk.foray.people_window(TenantId::SAMPLE, &everybody, 0, limit, None).await,
            Err(Error::BadInput { .. })
        ));
    }
    let mut wrong = filters();
    wrong.seniorities = vec!["king".to_owned()];
    let asked = PeopleView::of(PeopleSet::Fetched { filters: wrong });
    let answer = desk.foray.people_window(TenantId::SAMPLE, &asked, 0, 10, None).await;
    assert!(matches!(answer, Err(Error::BadInput { .. })));
}
