//! The order in which people are told: by any column over the whole set, also after some have changed.

use std::time::Duration;

use foray_core::clock::timestamp;
use foray_core::files;
use foray_core::people::{Among, FetchedPage, Likelihood, PeopleQuery, Person, SortColumn};
use proptest::prelude::*;

use crate::{DAY, NOW, Shelf, asked, everybody, full, ids, page, person, told};

/// Gives somebody another name in the file, behind the store's back.
fn rename(shelf: &Shelf, id: &str, name: &str) {
    let file = files::folder(shelf.folder.path(), shelf.tenant).join("people.sqlite");
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.busy_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(connection.execute("UPDATE people SET name = ?2 WHERE id = ?1", [id, name]).unwrap(), 1);
}

#[tokio::test]
async fn of_what_another_process_writes_only_those_who_changed_are_read_again() {
    let shelf = Shelf::new();
    let other = shelf.elsewhere();
    shelf.record(full(vec![person("ana", "Ana"), person("bo", "Bo"), person("cy", "Cy")])).await;
    let by_name = async || ids(&shelf.store, everybody("name")).await;
    assert_eq!(by_name().await, ["ana", "bo", "cy"]);

    rename(&shelf, "ana", "Zoe");
    let later = timestamp(NOW + DAY);
    let page = full(vec![person("cy", "Aaron"), person("di", "Di")]);
    other.record(vec![FetchedPage { fetched_at: later, ..page }]).await.unwrap();
    assert_eq!(by_name().await, ["cy", "ana", "bo", "di"], "Ana would stand last if all were read");
    assert_eq!(ids(&shelf.elsewhere(), everybody("name")).await, ["cy", "bo", "di", "ana"]);
}

#[tokio::test]
async fn changes_that_are_kept_no_longer_have_everybody_read_again() {
    let shelf = Shelf::new();
    shelf.record(full(vec![person("ana", "Ana"), person("bo", "Bo")])).await;
    let by_name = async || ids(&shelf.store, everybody("name")).await;
    assert_eq!(by_name().await, ["ana", "bo"]);
    rename(&shelf, "ana", "Zoe");
    let file = files::folder(shelf.folder.path(), shelf.tenant).join("people.sqlite");
    shelf.elsewhere().record(vec![full(vec![person("cy", "Cy")])]).await.unwrap();
    rusqlite::Connection::open(file).unwrap().execute("DELETE FROM changes", []).unwrap();
    assert_eq!(by_name().await, ["bo", "cy", "ana"]);
}

#[tokio::test]
async fn names_stand_as_a_reader_expects_and_who_has_none_stands_last_both_ways() {
    let shelf = Shelf::new();
    let stub = Person { first_name: told("Bo"), last_name_obfuscated: told("Lu***d"), ..person("stub", "") };
    let people = vec![person("zoe", "Zoë"), person("none", ""), person("elise", "élise"), person("emil", "EMIL"), stub];
    shelf.record(full(people)).await;
    assert_eq!(shelf.everybody("name").await, ["stub", "elise", "emil", "zoe", "none"]);
    assert_eq!(shelf.everybody("-name").await, ["zoe", "emil", "elise", "stub", "none"]);
}

#[tokio::test]
async fn every_column_has_an_order_of_its_own() {
    let shelf = Shelf::new();
    let first = Person {
        title: told("Org 41"),
        organization_name: told("B"),
        city: told("Wien"),
        country: told("Austria"),
        seniority: told("manager"),
        email_status: told("extrapolated"),
        has_direct_phone: Some(Likelihood::No),
        ..person("1", "b")
    };
    let second = Person {
        title: told("Org 7"),
        organization_name: told("a"),
        city: told("Köln"),
        country: told("Germany"),
        seniority: told("vp"),
        email: told("a@b.example"),
        email_status: told("verified"),
        has_direct_phone: Some(Likelihood::Yes),
        ..person("2", "A")
    };
    shelf.record(full(vec![first, second, person("nobody", "")])).await;
    for column in SortColumn::ALL {
        let (up, down) =
            (shelf.everybody(column.as_str()).await, shelf.everybody(&format!("-{}", column.as_str())).await);
        if column == SortColumn::Fetched {
            assert_eq!(
                (up, down),
                (["1", "2", "nobody"].map(str::to_owned).to_vec(), ["1", "2", "nobody"].map(str::to_owned).to_vec())
            );
            continue;
        }
        assert_eq!(up, ["2", "1", "nobody"], "{column:?}");
        assert_eq!(down, ["1", "2", "nobody"], "{column:?}");
    }
}

#[tokio::test]
async fn a_phone_that_is_known_stands_before_one_that_there_may_be() {
    let shelf = Shelf::new();
    let likely = Person { has_direct_phone: Some(Likelihood::Yes), ..person("likely", "A") };
    let known = Person { phone: told("+49 221 555 0001"), ..person("known", "B") };
    shelf.record(full(vec![likely, known, person("nobody", "")])).await;
    assert_eq!(shelf.everybody("phone").await, ["known", "likely", "nobody"]);
}

#[tokio::test]
async fn a_window_is_a_part_of_the_whole_order_wherever_it_begins() {
    let shelf = Shelf::new();
    shelf.record(page((0..250).map(|number| person(&format!("p{number}"), &format!("Name {number}"))).collect())).await;
    let window = shelf.store.window(everybody("-name"), 200, 20, None).await.unwrap();
    assert_eq!((window.total, window.offset, window.people.len()), (250, 200, 20));
    assert_eq!(window.people[0].person.id, "p49");
    let last = shelf.store.window(everybody("name"), 245, 20, None).await.unwrap();
    assert_eq!((last.people.len(), last.people[4].person.id.as_str()), (5, "p249"));
    let behind = shelf.store.window(everybody("name"), 9_000, 20, None).await.unwrap();
    assert_eq!((behind.total, behind.people.len()), (250, 0));
    let place = async |id: &str| shelf.store.place_of(everybody("name"), id.to_owned()).await.unwrap();
    let found = place("p49").await.unwrap();
    assert_eq!((found.at, found.total), (49, 250));
    assert_eq!((found.previous.as_deref(), found.next.as_deref()), (Some("p48"), Some("p50")));
    assert_eq!(place("p0").await.unwrap().previous, None);
    assert_eq!(place("p249").await.unwrap().next, None);
    assert_eq!(place("nobody").await, None);
}

#[tokio::test]
async fn a_set_is_sorted_as_a_whole_and_not_page_by_page() {
    let shelf = Shelf::new();
    let first = page(vec![person("c", "C"), person("a", "A")]);
    shelf.record(first.clone()).await;
    shelf.record(FetchedPage { page: 2, ..page(vec![person("d", "D"), person("b", "B")]) }).await;
    let sort = everybody("name").sort;
    let fetched = PeopleQuery { sort: sort.clone(), ..PeopleQuery::of(Among::Newest(asked(&first))) };
    assert_eq!(ids(&shelf.store, fetched).await, ["a", "b", "c", "d"]);
    let one_page = PeopleQuery { sort, ..PeopleQuery::of(Among::Page(first.place())) };
    assert_eq!(ids(&shelf.store, one_page).await, ["a", "c"]);
    assert_eq!(shelf.store.place_of(PeopleQuery::of(Among::Page(first.place())), "b".to_owned()).await.unwrap(), None);
}

prop_compose! {
    fn somebody()(id in 0..40_u8, name in "[a-c]{0,2}", seniority in prop::sample::select(&["vp", "head", ""][..]), day in 0..3_i64) -> FetchedPage {
        let one = Person { seniority: told(seniority), ..person(&id.to_string(), &name) };
        FetchedPage { fetched_at: foray_core::clock::timestamp(NOW + day), ..full(vec![one]) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn an_order_that_was_mended_is_the_one_that_would_be_found_anew(
        first in prop::collection::vec(somebody(), 1..20),
        changes in prop::collection::vec(prop::collection::vec(somebody(), 1..6), 1..4),
    ) {
        let sorts = ["", "name", "-name", "seniority", "-seniority", "fetched", "-fetched", "seniority -name", "-fetched name"];
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let shelf = Shelf::new();
            shelf.store.record(first).await.unwrap();
            for change in changes {
                for sort in sorts {
                    shelf.everybody(sort).await;
                }
                for page in change {
                    shelf.record(page).await;
                }
                let anew = shelf.elsewhere();
                for sort in sorts {
                    assert_eq!(shelf.everybody(sort).await, ids(&anew, everybody(sort)).await, "{sort}");
                }
            }
        });
    }
}
