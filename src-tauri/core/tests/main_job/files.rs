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
async fn each_row_of_a_workspace_is_named_by_its_tenant_or_hangs_on_one_that_is() {
    let folder = tempfile::tempdir().unwrap();
    let tenant = TenantId::generate();
    let _open = TenantFiles::open(folder.path(), tenant).unwrap();
    let stray = rusqlite::Connection::open_in_memory().unwrap();
    stray.execute_batch("CREATE TABLE stray (number INTEGER PRIMARY KEY, tenant TEXT NOT NULL)").unwrap();
    assert!(!is_of_a_tenant(&stray, "stray"), "a column alone names nothing");
    for name in ["people.sqlite", "cache.sqlite"] {
        let file = rusqlite::Connection::open(files::folder(folder.path(), tenant).join(name)).unwrap();
        let tables = column(
            &file,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        );
        assert!(tables.len() >= 3, "{tables:?}");
        for table in tables {
            assert!(is_of_a_tenant(&file, &table), "{table} of {name}");
            let key = format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1");
            assert!(name == "people.sqlite" || column(&file, &key) == ["tenant"], "the key of {table} begins with it");
        }
    }
}

/// Whether a key of the table begins with the tenant, or each of its rows hangs on one of a table of which that is so.
fn is_of_a_tenant(file: &rusqlite::Connection, table: &str) -> bool {
    let primary = column(file, &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1"));
    let unique = column(
        file,
        &format!(
            "SELECT columns.name FROM pragma_index_list('{table}') AS keys, pragma_index_info(keys.name) AS columns
             WHERE keys.\"unique\" = 1 AND columns.seqno = 0"
        ),
    );
    let hangs_on = column(
        file,
        &format!(
            "SELECT links.\"table\" FROM pragma_foreign_key_list('{table}') AS links, pragma_table_info('{table}') AS columns
             WHERE columns.name = links.\"from\" AND (columns.\"notnull\" = 1 OR columns.pk > 0)"
        ),
    );
    primary.iter().chain(&unique).any(|column| column == "tenant")
        || hangs_on.iter().any(|other| other != table && is_of_a_tenant(file, other))
}

fn column(file: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut rows = file.prepare(sql).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
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
