//! The people store of a workspace on real files: whom it keeps, in which order it tells of them, and what it never mixes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../fetched/mod.rs"]
mod fetched;
mod filters;
mod merging;
mod orders;
mod runs;
mod views;

use foray_core::TenantId;
use foray_core::files::TenantFiles;
use foray_core::people::{Among, Asked, FetchedPage, PeopleQuery, Person, Sort, Store};
use foray_core::persona::{Filters, FiltersInput};

use fetched::NOW;

const DAY: i64 = 86_400_000;

/// A workspace's people in a folder of its own.
struct Shelf {
    store: Store,
    tenant: TenantId,
    folder: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Self {
        let (folder, tenant) = (tempfile::tempdir().unwrap(), TenantId::generate());
        let store = TenantFiles::open(folder.path(), tenant).unwrap().store;
        Self { store, tenant, folder }
    }

    /// The same people as another process has them: with nothing in memory.
    fn elsewhere(&self) -> Store {
        TenantFiles::open(self.folder.path(), self.tenant).unwrap().store
    }

    async fn record(&self, page: FetchedPage) {
        self.store.record(vec![page]).await.unwrap();
    }

    /// Ids of everybody, in this order.
    async fn everybody(&self, sort: &str) -> Vec<String> {
        ids(&self.store, everybody(sort)).await
    }
}

/// Everybody, sorted as on the command line, by several columns with blanks between; unsorted for an empty text.
fn everybody(sort: &str) -> PeopleQuery {
    let sort = sort.split_whitespace().map(|column| Sort::parse(column).unwrap()).collect();
    PeopleQuery { sort, ..PeopleQuery::of(Among::Everybody) }
}

async fn ids(store: &Store, query: PeopleQuery) -> Vec<String> {
    let window = store.window(query, 0, u32::MAX, None).await.unwrap();
    assert_eq!(window.total, window.people.len() as u64);
    window.people.into_iter().map(|one| one.person.id).collect()
}

/// A page of the free search for “vp”, fetched now.
fn page(people: Vec<Person>) -> FetchedPage {
    let filters = filters(&FiltersInput { seniorities: vec!["vp".to_owned()], ..FiltersInput::default() });
    FetchedPage { total_entries: Some(4_212), ..fetched::page(filters, people) }
}

/// A page of the full search.
fn full(people: Vec<Person>) -> FetchedPage {
    fetched::full(page(people))
}

fn asked(page: &FetchedPage) -> Asked {
    Asked { question: page.question, origin: page.origin.clone() }
}

fn filters(input: &FiltersInput) -> Filters {
    Filters::check(input).unwrap()
}

fn person(id: &str, name: &str) -> Person {
    Person { id: id.to_owned(), name: told(name), ..Person::default() }
}

/// Nothing for an empty text.
fn told(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
