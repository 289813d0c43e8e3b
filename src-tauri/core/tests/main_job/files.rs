//! What lies in which file, and whose it is.

use std::fs;
use std::path::Path;

use foray_core::files::{self, TenantFiles};
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::ApiKey;
use foray_core::{Foray, TenantId};
use foray_sandbox::Plan;

use crate::{Desk, options, page};

#[tokio::test]
async fn each_table_of_a_workspace_has_the_tenant_in_its_primary_key() {
    let folder = tempfile::tempdir().unwrap();
    let tenant = TenantId::generate();
    let _open = TenantFiles::open(folder.path(), tenant).unwrap();
    for file in ["people.sqlite", "cache.sqlite"] {
        let file = rusqlite::Connection::open(files::folder(folder.path(), tenant).join(file)).unwrap();
        let column = |sql: &str| -> Vec<String> {
            let mut rows = file.prepare(sql).unwrap();
            rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let tables = column("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        assert!(tables.len() >= 3, "{tables:?}");
        for table in tables {
            let keys = column(&format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"));
            assert_eq!(keys.first().map(String::as_str), Some("tenant"), "{table}");
        }
    }
}

#[tokio::test]
async fn the_files_of_another_workspace_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, theirs) = (TenantId::generate(), TenantId::generate());
    drop(TenantFiles::open(folder.path(), mine).unwrap());
    for file in ["people.sqlite", "cache.sqlite"] {
        let (from, to) = (files::folder(folder.path(), mine), files::folder(folder.path(), theirs));
        fs::create_dir_all(&to).unwrap();
        rusqlite::Connection::open(from.join(file))
            .unwrap()
            .execute("VACUUM INTO ?1", [to.join(file).to_str().unwrap()])
            .unwrap();
        let refused = TenantFiles::open(folder.path(), theirs).unwrap_err();
        assert!(refused.to_string().contains("it belongs to another workspace"), "{refused}");
        fs::remove_dir_all(&to).unwrap();
    }
}

#[tokio::test]
async fn the_ledger_holds_no_question_no_person_and_no_key() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Canary Works", "canary-key-0123456789").await;
    let filters = FiltersInput { keywords: "canary".to_owned(), ..FiltersInput::default() };
    let asked = SearchInput { filters, page: Some(1), page_size: Some(25), persona_id: None };
    desk.foray.search(client, &SearchRequest::check(&asked).unwrap()).await.unwrap();
    let answer = desk.foray.search(client, &page(1)).await.unwrap();
    let person = answer.people.iter().find_map(|person| person.name.as_deref()).unwrap().to_lowercase();
    let ledger = bytes(&desk.folder.path().join("data"), "ledger.sqlite");
    assert!(ledger.contains(&client.to_string()), "it was looked for in the right place");
    for told in ["canary", "director", &person] {
        assert!(!ledger.contains(told), "{told}");
    }
}

/// A file with its journal, as lower-case text.
fn bytes(folder: &Path, name: &str) -> String {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let of_it = files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(name));
    of_it.map(|path| String::from_utf8_lossy(&fs::read(path).unwrap()).to_lowercase()).collect()
}

#[test]
fn of_many_who_open_a_fresh_folder_at_once_none_takes_its_ledger_for_a_lost_one() {
    let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    threads.block_on(async {
        let desk = Desk::new(Plan::Professional).await;
        for round in 0..5 {
            let folder = desk.folder.path().join(round.to_string());
            let mut opening = tokio::task::JoinSet::new();
            for number in 0..4 {
                let options = options(&folder, "http://127.0.0.1:9", &desk.clock, &desk.keys);
                opening.spawn(async move {
                    let foray = Foray::open(options).await.unwrap();
                    let client = foray.workspaces().add(&format!("Client {number}")).await.unwrap().id;
                    foray.set_key(client, ApiKey::parse("any-key-0123456789").unwrap()).await.unwrap();
                    foray.status(client).await.unwrap().limiter.lost_until
                });
            }
            assert_eq!(opening.join_all().await, [None; 4], "round {round}");
        }
    });
}
