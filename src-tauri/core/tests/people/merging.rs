//! Answers about one person, in whatever order they come, through the file.

use foray_core::apollo::Endpoint;
use foray_core::clock::timestamp;
use foray_core::people::fact::{Fact, FactSource};
use foray_core::people::{FetchedPage, Person, PersonDetails};
use proptest::prelude::*;

use crate::{DAY, NOW, Shelf, full, page, told};

async fn details(shelf: &Shelf, id: &str) -> PersonDetails {
    shelf.store.person(id.to_owned()).await.unwrap().unwrap()
}

fn at(day: i64, page: FetchedPage) -> FetchedPage {
    FetchedPage { fetched_at: timestamp(NOW + day * DAY), ..page }
}

fn employed(title: &str, employer: &str) -> Person {
    Person { id: "p".to_owned(), title: told(title), organization_name: told(employer), ..Person::default() }
}

fn some(values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop_oneof![1 => Just(None), 2 => prop::sample::select(values).prop_map(|value| Some(value.to_owned()))]
}

prop_compose! {
    fn answer()(
        title in some(&["VP Sales", "CEO"]),
        seniority in some(&["vp", "c_suite"]),
        name in some(&["Ana Keil", "Ana Lund"]),
        email in (some(&["a@acme.example", "a@globex.example"]), some(&["verified", "unavailable"])),
        place in (some(&["Köln", "Wien"]), some(&["Germany", "Austria"])),
        employer in (some(&["Acme", "Globex"]), some(&["c1", "c2"]), some(&["acme.example", "globex.example"])),
        has_email in prop::option::of(any::<bool>()),
        rich in any::<bool>(),
        day in 0..4_i64,
    ) -> FetchedPage {
        let stub = Person { title, organization_name: employer.0, has_email, ..employed("", "") };
        let person = Person {
            name, seniority, email: email.0, email_status: email.1, city: place.0, country: place.1,
            organization_id: employer.1, organization_domain: employer.2, ..stub.clone()
        };
        at(day, if rich { full(vec![person]) } else { page(vec![stub]) })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_order_of_the_same_pages_gives_the_same_person_with_the_same_sources(
        (pages, mixed) in prop::collection::vec(answer(), 1..6).prop_flat_map(|pages| {
            let repeated: Vec<_> = pages.iter().cloned().chain(pages.iter().take(2).cloned()).collect();
            (Just(pages), Just(repeated).prop_shuffle())
        }),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (one, other) = (Shelf::new(), Shelf::new());
            one.store.record(pages).await.unwrap();
            for page in mixed {
                other.record(page).await;
            }
            assert_eq!(details(&one, "p").await, details(&other, "p").await);
        });
    }
}

#[tokio::test]
async fn each_fact_has_its_own_source_and_date() {
    let shelf = Shelf::new();
    let rich = Person { city: told("Köln"), country: told("Germany"), ..employed("VP Sales", "Acme") };
    shelf.record(full(vec![rich])).await;
    shelf.record(at(1, page(vec![Person { has_email: Some(true), ..employed("CEO", "Globex") }]))).await;
    let details = details(&shelf, "p").await;
    assert_eq!(details.person.person.title.as_deref(), Some("VP Sales"), "a stub is not shown over a full answer");
    let found = |fact| details.facts.iter().find(|told| told.fact == fact).map(|told| (told.source, told.told_at));
    assert_eq!(found(Fact::City), Some((FactSource::Search, timestamp(NOW))));
    assert_eq!(found(Fact::HasEmail), Some((FactSource::Stub, timestamp(NOW + DAY))));
    assert_eq!((details.person.source, details.person.fetched_at), (FactSource::Search, timestamp(NOW)));
}

#[tokio::test]
async fn what_somebody_works_in_is_told_of_the_job_it_was_told_beside() {
    let shelf = Shelf::new();
    let working_in = |functions: &str, title: &str| Person { functions: told(functions), ..employed(title, "Acme") };
    shelf.record(full(vec![working_in("sales", "VP Sales")])).await;
    let shown = async || {
        let details = details(&shelf, "p").await;
        let fact = details.facts.into_iter().find(|told| told.fact == Fact::Functions);
        assert_eq!(details.person.person.functions, fact.as_ref().map(|told| told.value.clone()));
        fact.map(|told| (told.value, told.source, told.told_at))
    };
    assert_eq!(shown().await, Some(("sales".to_owned(), FactSource::Search, timestamp(NOW))));
    shelf.record(at(1, full(vec![working_in("", "vp, sales")]))).await;
    assert_eq!(shown().await, Some(("sales".to_owned(), FactSource::Search, timestamp(NOW))), "silence takes nothing");
    shelf.record(at(2, full(vec![working_in("", "CFO")]))).await;
    assert_eq!(shown().await, None, "of another job nobody has told");
    shelf.record(at(3, full(vec![working_in("finance, sales", "CFO")]))).await;
    assert_eq!(shown().await, Some(("finance, sales".to_owned(), FactSource::Search, timestamp(NOW + 3 * DAY))));
}

#[tokio::test]
async fn a_job_that_a_newer_stub_tells_is_news_and_the_former_one_is_kept() {
    let shelf = Shelf::new();
    shelf.record(full(vec![employed("VP Sales", "Acme")])).await;
    shelf.record(at(9, page(vec![employed("CEO", "Globex")]))).await;
    shelf.record(at(11, page(vec![employed("CEO", "Globex")]))).await;
    let details = details(&shelf, "p").await;
    let change = details.person.changed_jobs.unwrap();
    assert_eq!((change.after, change.by), (timestamp(NOW), timestamp(NOW + 9 * DAY)));
    let jobs: Vec<_> =
        details.jobs.iter().map(|job| (job.title.as_deref().unwrap(), job.first_at, job.last_at)).collect();
    assert_eq!(
        jobs,
        [("CEO", timestamp(NOW + 9 * DAY), timestamp(NOW + 11 * DAY)), ("VP Sales", timestamp(NOW), timestamp(NOW))]
    );
}

#[tokio::test]
async fn a_company_is_one_whoever_told_of_it() {
    let shelf = Shelf::new();
    let at_acme = |id: &str, domain: &str| Person {
        id: id.to_owned(),
        organization_id: told("c1"),
        organization_domain: told(domain),
        ..employed("CEO", "Acme")
    };
    shelf.record(full(vec![at_acme("p", ""), at_acme("q", "acme.example")])).await;
    let details = details(&shelf, "p").await;
    assert_eq!(details.person.person.organization_domain.as_deref(), Some("acme.example"));
    assert!(details.facts.iter().any(|told| told.fact == Fact::OrganizationDomain && told.value == "acme.example"));
}

#[tokio::test]
async fn nobody_is_found_under_an_id_that_was_never_fetched() {
    let shelf = Shelf::new();
    assert_eq!(shelf.store.person("p".to_owned()).await.unwrap(), None);
    shelf.record(page(vec![employed("CEO", "Acme")])).await;
    assert_eq!(shelf.store.person("P".to_owned()).await.unwrap(), None);
}

#[tokio::test]
async fn a_page_of_the_full_search_and_one_of_the_free_are_told_apart() {
    let shelf = Shelf::new();
    shelf.record(page(vec![employed("CEO", "Acme")])).await;
    assert_eq!(details(&shelf, "p").await.person.source, FactSource::Stub);
    shelf.record(FetchedPage { endpoint: Endpoint::Full, ..page(vec![employed("CEO", "Acme")]) }).await;
    assert_eq!(details(&shelf, "p").await.person.source, FactSource::Search);
}
