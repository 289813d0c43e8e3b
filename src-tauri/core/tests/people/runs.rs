//! Runs: which pages belong together, and what they brought.

use foray_core::clock::timestamp;
use foray_core::people::{Among, FetchedPage, PageOf, PeopleQuery, Run};
use foray_core::persona::FiltersInput;
use uuid::Uuid;

use crate::{DAY, NOW, Shelf, asked, full, ids, page, person};

fn nth(number: u32, people: &[&str]) -> FetchedPage {
    FetchedPage { page: number, ..page(people.iter().map(|id| person(id, id)).collect()) }
}

fn at(ms: i64, page: FetchedPage) -> FetchedPage {
    FetchedPage { fetched_at: timestamp(NOW + ms), ..page }
}

async fn runs(shelf: &Shelf) -> Vec<Run> {
    shelf.store.runs().await.unwrap()
}

async fn newest(shelf: &Shelf) -> Vec<String> {
    ids(&shelf.store, PeopleQuery::of(Among::Newest(asked(&nth(1, &[]))))).await
}

#[tokio::test]
async fn a_run_counts_rows_and_different_people_apart_and_keeps_apollos_order() {
    let shelf = Shelf::new();
    shelf.record(nth(2, &["c", "b", "d"])).await;
    shelf.record(nth(1, &["a", "b", "c"])).await;
    let found = runs(&shelf).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].pages, found[0].rows, found[0].people), (2, 6, 4));
    assert_eq!((found[0].calls_spent, found[0].credits_spent, found[0].total_entries), (2, Some(0.0), Some(4_212)));
    assert_eq!(newest(&shelf).await, ["a", "b", "c", "d"]);
    let counts = shelf.store.counts(Some(asked(&nth(1, &[])))).await.unwrap();
    assert_eq!((counts.fetched, counts.different, counts.everybody), (6, 4, 4));
}

#[tokio::test]
async fn pages_within_a_day_are_one_run_and_a_later_one_begins_the_next() {
    let shelf = Shelf::new();
    shelf.record(at(DAY / 2, nth(1, &["a"]))).await;
    shelf.record(at(0, nth(2, &["b"]))).await;
    shelf.record(at(DAY - 1, nth(3, &["c"]))).await;
    assert_eq!(runs(&shelf).await.len(), 1);
    shelf.record(at(DAY, nth(1, &["z"]))).await;
    let found = runs(&shelf).await;
    assert_eq!(found.iter().map(|run| run.pages).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(newest(&shelf).await, ["z", "b", "c"], "the run before it ended less than a day ago");
    shelf.record(at(2 * DAY, nth(1, &["y"]))).await;
    assert_eq!(newest(&shelf).await, ["y"]);
    assert_eq!(shelf.everybody("").await, ["y", "z", "c", "b", "a"], "nobody is lost with a new run");
}

#[tokio::test]
async fn a_page_fetched_again_takes_the_place_of_the_one_before_and_an_older_one_does_not() {
    let shelf = Shelf::new();
    shelf.record(at(0, nth(1, &["a", "b"]))).await;
    shelf.record(at(60_000, nth(1, &["c", "a"]))).await;
    shelf.record(at(30_000, nth(1, &["x"]))).await;
    let found = runs(&shelf).await;
    assert_eq!((found[0].pages, found[0].rows, found[0].people, found[0].calls_spent), (1, 2, 2, 3));
    assert_eq!(newest(&shelf).await, ["c", "a"]);
}

#[tokio::test]
async fn pages_of_both_endpoints_and_of_other_sizes_are_pages_of_their_own() {
    let shelf = Shelf::new();
    shelf.record(nth(1, &["a"])).await;
    shelf.record(full(vec![person("b", "b")])).await;
    shelf.record(FetchedPage { page_size: 25, ..nth(1, &["c"]) }).await;
    assert_eq!(runs(&shelf).await[0].pages, 3);
    assert_eq!(runs(&shelf).await[0].credits_spent, None, "Apollo did not tell of one of them");
    let of = |page: &FetchedPage| Among::Page(page.place());
    assert_eq!(ids(&shelf.store, PeopleQuery::of(of(&full(vec![])))).await, ["b"]);
    let missing = PageOf { page: 9, ..nth(1, &[]).place() };
    assert!(ids(&shelf.store, PeopleQuery::of(Among::Page(missing))).await.is_empty());
}

#[tokio::test]
async fn another_question_and_another_origin_have_runs_of_their_own() {
    let shelf = Shelf::new();
    let filters = crate::filters(&FiltersInput { titles: vec!["CFO".to_owned()], ..FiltersInput::default() });
    let question = foray_core::cache::QuestionHash::of(&filters).unwrap();
    let persona = Some(Uuid::from_u128(7));
    shelf.record(nth(1, &["a"])).await;
    shelf.record(FetchedPage { question, filters: filters.clone(), persona, ..nth(1, &["b"]) }).await;
    shelf.record(FetchedPage { origin: "https://api.apollo.io".to_owned(), ..nth(1, &["c"]) }).await;
    let found = runs(&shelf).await;
    assert_eq!(found.len(), 3);
    let of_persona: Vec<&Run> = found.iter().filter(|run| run.persona_id.is_some()).collect();
    assert_eq!((of_persona.len(), &of_persona[0].filters), (1, &filters));
    let all = Among::Runs(found.iter().map(|run| run.number).collect());
    let mut together = ids(&shelf.store, PeopleQuery::of(all)).await;
    together.sort();
    assert_eq!(together, ["a", "b", "c"], "first pages of three questions are three pages");
    assert_eq!(newest(&shelf).await, ["a"]);
}

#[tokio::test]
async fn what_one_process_recorded_another_reads() {
    let shelf = Shelf::new();
    let other = shelf.elsewhere();
    assert_eq!(other.counts(None).await.unwrap().everybody, 0);
    shelf.record(nth(1, &["a", "b"])).await;
    assert_eq!(other.counts(None).await.unwrap().everybody, 2);
    other.record(vec![nth(2, &["c"])]).await.unwrap();
    assert_eq!(shelf.everybody("name").await, ["a", "b", "c"]);
}

#[tokio::test]
async fn a_job_has_a_run_of_its_own_with_its_calls_in_vain_and_hides_nobody_who_was_clicked_for() {
    let shelf = Shelf::new();
    let job = Some(Uuid::from_u128(7));
    shelf.record(nth(1, &["a", "b"])).await;
    let of_job = |page: FetchedPage| FetchedPage { job, ..page };
    shelf.store.record_of_job(of_job(at(60_000, nth(1, &["b", "c"]))), 0).await.unwrap();
    // A page that somebody else fetched is noted once, however often it is met.
    for in_vain in [1, 2] {
        let kept = FetchedPage { calls_spent: 0, ..of_job(at(0, nth(2, &["d"]))) };
        shelf.store.record_of_job(kept, in_vain).await.unwrap();
    }
    shelf.store.record_of_job(of_job(at(3 * DAY, nth(3, &["e"]))), 2).await.unwrap();
    let found = runs(&shelf).await;
    let of = |run: &Run| (run.job_id.is_some(), run.pages, run.people, run.calls_spent);
    assert_eq!(found.iter().map(of).collect::<Vec<_>>(), [(true, 3, 4, 4), (false, 1, 2, 1)]);
    shelf.record(at(3 * DAY + 1, nth(1, &["a"]))).await;
    assert_eq!(newest(&shelf).await, ["a", "d", "e"], "a page of several runs is the one fetched last");
    let counts = shelf.store.counts(Some(asked(&nth(1, &[])))).await.unwrap();
    assert_eq!((counts.fetched, counts.different, counts.everybody), (3, 3, 5));
}

#[tokio::test]
async fn who_listens_hears_of_people_that_another_process_fetched() {
    let shelf = Shelf::new();
    let (listeners, mut heard) = tokio::sync::broadcast::channel(8);
    shelf.record(nth(1, &["a"])).await;
    shelf.store.tell(listeners);
    shelf.store.hear_of_others().await;
    assert!(heard.try_recv().is_err(), "they are our own");
    shelf.elsewhere().record(vec![nth(2, &["b"])]).await.unwrap();
    shelf.store.hear_of_others().await;
    assert_eq!(heard.try_recv(), Ok(shelf.tenant));
    shelf.store.hear_of_others().await;
    assert!(heard.try_recv().is_err(), "told once");
}
