//! Whom the filters of the store let through.

use foray_core::clock::timestamp;
use foray_core::people::{Among, FetchedPage, PeopleFilter, PeopleQuery, Person};
use foray_core::persona::FiltersInput;

use crate::{DAY, NOW, Shelf, everybody, filters, full, ids, page, person, told};

async fn shelf() -> Shelf {
    let shelf = Shelf::new();
    let ana = Person {
        title: told("VP, Sales"),
        seniority: told("vp"),
        city: told("Köln"),
        country: told("Germany"),
        organization_name: told("Acme Robotics"),
        ..person("ana", "Ana Keil")
    };
    let bo = Person {
        title: told("Sales Director"),
        seniority: told("director"),
        city: told("Wien"),
        country: told("Austria"),
        headline: told("Robots for everybody"),
        ..person("bo", "Bo Lund")
    };
    shelf.record(full(vec![ana, bo, person("none", "")])).await;
    shelf
}

async fn found(shelf: &Shelf, input: FiltersInput) -> Vec<String> {
    let filter = PeopleFilter { filters: filters(&input), changed_jobs_since: None };
    ids(&shelf.store, PeopleQuery { filter, ..everybody("name") }).await
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

#[tokio::test]
async fn values_of_one_filter_are_alternatives_and_filters_narrow_each_other() {
    let shelf = shelf().await;
    let input = FiltersInput::default;
    assert_eq!(found(&shelf, input()).await, ["ana", "bo", "none"]);
    assert_eq!(found(&shelf, FiltersInput { titles: texts(&["vp sales", "cfo"]), ..input() }).await, ["ana"]);
    assert_eq!(found(&shelf, FiltersInput { titles: texts(&["sales"]), ..input() }).await, ["ana", "bo"]);
    assert_eq!(found(&shelf, FiltersInput { seniorities: texts(&["director"]), ..input() }).await, ["bo"]);
    let narrowed = FiltersInput { titles: texts(&["sales"]), locations: texts(&["Austria"]), ..input() };
    assert_eq!(found(&shelf, narrowed).await, ["bo"]);
}

#[tokio::test]
async fn a_title_is_matched_by_whole_words_and_a_place_by_its_parts() {
    let shelf = shelf().await;
    let title = |title: &str| FiltersInput { titles: texts(&[title]), ..FiltersInput::default() };
    assert!(found(&shelf, title("cto")).await.is_empty(), "cto stands inside director");
    let place = |place: &str| FiltersInput { locations: texts(&[place]), ..FiltersInput::default() };
    assert_eq!(found(&shelf, place("köln, GERMANY")).await, ["ana"]);
    assert!(found(&shelf, place("Köln, Austria")).await.is_empty());
    assert!(found(&shelf, place("Ger")).await.is_empty());
}

#[tokio::test]
async fn keywords_are_one_text_in_name_title_headline_or_company() {
    let shelf = shelf().await;
    let keywords = |text: &str| FiltersInput { keywords: text.to_owned(), ..FiltersInput::default() };
    assert_eq!(found(&shelf, keywords("robot")).await, ["ana", "bo"]);
    assert_eq!(found(&shelf, keywords("KEIL")).await, ["ana"]);
    assert!(found(&shelf, keywords("' OR 1=1 --")).await.is_empty());
}

#[tokio::test]
async fn industry_and_company_size_are_known_of_who_was_found_by_asking_for_them() {
    let shelf = shelf().await;
    let asked = filters(&FiltersInput {
        industries: texts(&["machinery"]),
        company_sizes: texts(&["51,100"]),
        ..FiltersInput::default()
    });
    let question = foray_core::cache::QuestionHash::of(&asked).unwrap();
    shelf.record(FetchedPage { question, filters: asked, ..page(vec![person("bo", ""), person("cy", "Cy")]) }).await;
    let industries = |names: &[&str]| FiltersInput { industries: texts(names), ..FiltersInput::default() };
    assert_eq!(found(&shelf, industries(&["machinery", "retail"])).await, ["bo", "cy"]);
    assert!(found(&shelf, industries(&["retail"])).await.is_empty());
    let both = FiltersInput { seniorities: texts(&["director"]), ..industries(&["machinery"]) };
    assert_eq!(found(&shelf, both).await, ["bo"]);
    let size = FiltersInput { company_sizes: texts(&["51,100"]), ..FiltersInput::default() };
    assert_eq!(found(&shelf, size).await, ["bo", "cy"]);
}

#[tokio::test]
async fn place_and_seniority_of_a_stub_are_those_it_was_asked_for_and_of_others_those_they_have() {
    let shelf = shelf().await;
    let asked = filters(&FiltersInput {
        seniorities: texts(&["head"]),
        locations: texts(&["Norway"]),
        ..FiltersInput::default()
    });
    let question = foray_core::cache::QuestionHash::of(&asked).unwrap();
    shelf.record(FetchedPage { question, filters: asked, ..page(vec![person("ana", ""), person("cy", "Cy")]) }).await;
    let place = FiltersInput { locations: texts(&["Norway"]), ..FiltersInput::default() };
    assert_eq!(found(&shelf, place).await, ["cy"], "Ana is known to be in Köln");
    let seniority = FiltersInput { seniorities: texts(&["head", "owner"]), ..FiltersInput::default() };
    assert_eq!(found(&shelf, seniority).await, ["cy"]);
}

#[tokio::test]
async fn who_changed_jobs_since_a_day_is_found_by_it() {
    let shelf = Shelf::new();
    let job = |title: &str| Person { title: told(title), ..person("ana", "Ana") };
    shelf.record(full(vec![job("VP Sales"), person("bo", "Bo")])).await;
    shelf.record(FetchedPage { fetched_at: timestamp(NOW + 3 * DAY), ..full(vec![job("CEO")]) }).await;
    let since = |day: i64| {
        let filter = PeopleFilter { changed_jobs_since: Some(timestamp(NOW + day * DAY)), ..PeopleFilter::default() };
        PeopleQuery { filter, ..PeopleQuery::of(Among::Everybody) }
    };
    assert_eq!(ids(&shelf.store, since(3)).await, ["ana"]);
    assert!(ids(&shelf.store, since(4)).await.is_empty());
}
