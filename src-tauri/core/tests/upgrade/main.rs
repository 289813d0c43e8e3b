//! Files of earlier versions, opened by this one: nothing of them is lost, and they end up as a new file would be. Files of a
//! newer version are left as they are.
//!
//! `tests/fixtures/schemas/NAME-VERSION.sqlite` is a file as that version of its schema left it. docs/upgrade.md tells how
//! the next one comes about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../fetched/mod.rs"]
mod fetched;
mod world;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use foray_core::Source;
use foray_core::clock::timestamp;
use foray_core::credits::Credits;
use foray_core::enrich::EntryState;
use foray_core::files::TenantFiles;
use foray_core::people::fact::Fact;
use foray_core::people::{Among, PeopleQuery, Person};
use foray_core::persona::Seniority;
use rusqlite::Connection;
use tokio::task::JoinSet;

use world::{CALLS, Home, KINDS, NAME, PERSONA, VIEW};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schemas")
}

/// The fixtures there are, by kind and version.
fn all_fixtures() -> BTreeMap<(&'static str, u32), PathBuf> {
    let entries = std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.map(|path| {
        let (name, version) = path.file_stem().unwrap().to_str().unwrap().rsplit_once('-').unwrap();
        let kind = KINDS.into_iter().find(|kind| *kind == name).unwrap_or_else(|| panic!("{name} is no kind of file"));
        ((kind, version.parse().unwrap()), path.clone())
    });
    named.collect()
}

fn version(path: &Path) -> u32 {
    Connection::open(path).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

/// Tables, indexes and triggers as they stand in the file.
fn schema(path: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(path).unwrap();
    let mut statement =
        connection.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// A data folder in which one file is of this version of its schema and the others are of their newest.
fn home_with(kind: &str, fixture: &Path) -> Home {
    let home = Home::empty();
    // The versions of a kind come in their order, so the newest stays.
    for ((other, _), newest) in all_fixtures() {
        let file = home.file(other);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::copy(if other == kind { fixture } else { &newest }, file).unwrap();
    }
    home
}

/// The newest version of a kind that has a fixture.
fn newest(kind: &str) -> (u32, PathBuf) {
    let of_kind = all_fixtures().into_iter().filter(|((other, _), _)| *other == kind);
    of_kind.map(|((_, version), path)| (version, path)).max().unwrap()
}

#[tokio::test]
async fn the_newest_version_of_every_file_has_a_fixture() {
    let write = std::env::var_os("FORAY_WRITE_FIXTURES").is_some();
    let home = Home::filled(write).await;
    assert_eq!(home.kinds_on_disk(), KINDS, "a new kind of file is listed here and has its fixture");
    for kind in KINDS {
        let file = home.file(kind);
        let fixture = fixtures().join(format!("{kind}-{}.sqlite", version(&file)));
        if write && !fixture.exists() {
            let whole = format!("VACUUM INTO '{}'", fixture.display());
            Connection::open(&file).unwrap().execute_batch(&whole).unwrap();
        }
        assert!(fixture.exists(), "`cargo xtask fixtures` writes {}", fixture.display());
        assert_eq!(schema(&fixture), schema(&file), "{kind}: a step that has a fixture was changed");
    }
}

#[tokio::test]
async fn a_file_of_each_version_is_read_right_and_ends_up_as_a_new_one() {
    for ((kind, number), fixture) in all_fixtures() {
        let home = home_with(kind, &fixture);
        assert_eq!(version(&home.file(kind)), number, "{kind} {number}");
        let foray = home.open().await.unwrap();

        let workspaces = foray.workspaces().list().await.unwrap();
        let client = workspaces.iter().find(|workspace| workspace.name == NAME).expect(kind);
        assert_eq!((client.id, client.calls_per_hour), (world::client(), 60), "{kind} {number}");
        let personas = foray.personas(client.id).await.unwrap();
        let list = personas.list().await.unwrap();
        assert_eq!(list.len(), 1, "{kind} {number}");
        assert_eq!((list[0].name.as_str(), &list[0].filters.seniorities[..]), (PERSONA, &[Seniority::Vp][..]));
        assert_eq!(personas.view().await.unwrap().as_deref(), Some(VIEW), "{kind} {number}");
        assert_eq!(foray.status(client.id).await.unwrap().limiter.used, CALLS, "{kind} {number}");
        let day = foray.last_day(client.id).await.unwrap();
        assert_eq!(day.iter().map(|slot| slot.live).sum::<u32>(), CALLS, "{kind} {number}");

        // Kept answers may be left behind by an upgrade, never misread.
        let kept = foray.search_peek(client.id, &world::page(1)).await.unwrap();
        assert_eq!(kept.is_some(), kind != "cache" || number == newest("cache").0, "{kind} {number}");
        assert!(kept.is_none_or(|answer| answer.source == Source::Cached && answer.people.len() == 25));

        drop(foray);
        let (highest, as_new) = newest(kind);
        assert_eq!(
            (version(&home.file(kind)), schema(&home.file(kind))),
            (highest, schema(&as_new)),
            "{kind} {number}"
        );
    }
}

#[tokio::test]
async fn pages_of_full_rows_from_before_they_were_in_the_ledger_stand_in_it_as_of_unknown_price() {
    let home = home_with("people", &fixtures().join("people-6.sqlite"));
    let usage = home.open().await.unwrap().usage(world::client()).await.unwrap();
    let mut pages: Vec<_> = usage.entries.iter().map(|page| (page.title.as_str(), page.found, page.state)).collect();
    pages.sort_unstable_by_key(|(title, ..)| *title);
    let untold = EntryState::PriceUntold;
    let expected =
        ["A search · page 1", "A search · page 2", "A search · page 3"].map(|title| (title, Some(25), untold));
    assert_eq!(pages, expected);
    assert_eq!((usage.charged, usage.unknown), (Credits::NONE, Credits::whole(u64::from(CALLS))));
}

#[tokio::test]
async fn people_from_before_functions_were_kept_are_read_whole_and_learn_theirs_from_the_next_answer() {
    let home = home_with("people", &fixtures().join("people-8.sqlite"));
    let store = TenantFiles::open(&home.data(), world::client()).unwrap().store;
    let all = store.window(PeopleQuery::of(Among::Everybody), 0, 1, None).await.unwrap();
    assert!(all.total > 50, "{}", all.total);
    let person = all.people[0].person.clone();
    let facts = async || {
        let told = store.person(person.id.clone()).await.unwrap().unwrap().facts;
        told.into_iter().map(|told| (told.fact, (told.value, told.told_at))).collect::<BTreeMap<_, _>>()
    };
    let before = facts().await;
    assert!(before.contains_key(&Fact::Title) && !before.contains_key(&Fact::Functions), "{before:?}");

    let told_at = timestamp(world::THEN + 1);
    let told =
        Person { functions: Some("sales".to_owned()), title: person.title.clone(), ..world::somebody(&person.id) };
    store.record(vec![world::once_more(told, told_at)]).await.unwrap();
    let mut after = facts().await;
    assert_eq!(after.remove(&Fact::Functions), Some(("sales".to_owned(), told_at)));
    assert_eq!(after.remove(&Fact::Title).map(|(value, _)| value), person.title);
    assert!(after.iter().all(|(fact, told)| before.get(fact) == Some(told)), "{before:?} {after:?}");
}

#[tokio::test]
async fn a_file_that_an_older_foray_has_open_is_upgraded_once_that_is_closed() {
    let older = [("workspaces", 3), ("ledger", 1), ("people", 10), ("cache", 2)];
    let opened = older.map(|(kind, number)| async move {
        let home = home_with(kind, &fixtures().join(format!("{kind}-{number}.sqlite")));
        let file = home.file(kind);
        // All that a Foray of any version says of a file that it has open.
        let mark = File::create(file.with_added_extension("lock")).unwrap();
        mark.lock_shared().unwrap();
        let refused = home.status().await.expect_err(kind);
        assert_eq!((refused.code(), version(&file)), ("older_open", number), "{kind}");
        let sentence = refused.to_string();
        assert!(sentence.contains("older version of Foray") && sentence.contains("Close"), "{kind}: {sentence}");

        drop(mark);
        home.status().await.expect(kind);
        assert_eq!(version(&file), newest(kind).0, "{kind}");
    });
    // Together, since each waits a second for the older one.
    JoinSet::from_iter(opened).join_all().await;
}

#[tokio::test]
async fn an_older_foray_refuses_a_newer_file_in_a_sentence_and_leaves_it_as_it_is() {
    for kind in KINDS {
        let home = home_with(kind, &newest(kind).1);
        let file = home.file(kind);
        let newer = Connection::open(&file).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        drop(newer);
        let bytes = std::fs::read(&file).unwrap();

        let refused = home.status().await.err();
        // What was called when is told for comfort alone: without its journal everything else goes on.
        if kind == "activity" {
            assert_eq!(refused, None);
        } else {
            let error = refused.unwrap_or_else(|| panic!("{kind} was not refused"));
            assert_eq!(error.code(), "newer_file", "{kind}");
            let sentence = error.to_string();
            assert!(sentence.contains("newer version of Foray") && sentence.contains("Install"), "{kind}: {sentence}");
        }
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "{kind} was touched");
    }
}
