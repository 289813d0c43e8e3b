//! Flipped bits, and files of an earlier version.

use std::sync::Arc;

use foray_core::TenantId;
use foray_core::cache::Limits;
use foray_core::clock::timestamp;
use foray_core::files::{self, TenantFiles};
use rusqlite::params;

use crate::{DAY, NOW, Shelf, got, key, open, page, question};

#[tokio::test]
async fn any_flipped_bit_of_body_and_seal_is_noticed_and_never_shown() {
    let shelf = Shelf::new();
    let file = shelf.file();
    for column in ["body", "seal"] {
        shelf.keep("a", &page("Ada"), NOW).await;
        let whole: Vec<u8> = file.query_row(&format!("SELECT {column} FROM answers"), [], |row| row.get(0)).unwrap();
        for bit in 0..whole.len() * 8 {
            shelf.keep("a", &page("Ada"), NOW).await;
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            file.execute(&format!("UPDATE answers SET {column} = ?1"), [damaged]).unwrap();
            assert_eq!(shelf.got("a", NOW).await, None, "bit {bit} of {column}");
            assert_eq!(shelf.entries().await, 0, "what is damaged is forgotten");
        }
        shelf.keep("a", &page("Ada"), NOW).await;
        assert_eq!(got(&shelf.elsewhere(), &shelf.key("a"), NOW).await, Some(page("Ada")));
    }
}

#[tokio::test]
async fn a_flipped_bit_in_a_date_makes_no_old_answer_fresh() {
    let shelf = Shelf::new();
    let file = shelf.file();
    for column in ["stored_at_ms", "fresh_until_ms"] {
        for bit in 0..63 {
            shelf.keep("a", &page("Ada"), NOW).await;
            file.execute(
                &format!("UPDATE answers SET {column} = ({column} | ?1) - ({column} & ?1)"),
                params![1_i64 << bit],
            )
            .unwrap();
            assert_eq!(shelf.got("a", NOW + 2 * DAY).await, None, "bit {bit} of {column}");
        }
    }
}

#[tokio::test]
async fn an_answer_moved_under_another_key_or_question_is_none() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    let moved = shelf.key("b");
    shelf.file().execute("UPDATE answers SET key = ?1", [moved.as_str()]).unwrap();
    assert_eq!(shelf.got("b", NOW).await, None);
    shelf.keep("a", &page("Ada"), NOW).await;
    let other = question("b");
    shelf.file().execute("UPDATE answers SET question = ?1", [&other.as_bytes()[..]]).unwrap();
    assert_eq!(shelf.got("a", NOW).await, None);
}

#[tokio::test]
async fn a_damaged_answer_is_not_shown_where_it_cant_be_removed() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    let file = shelf.file();
    file.execute("UPDATE answers SET body = x'00'", []).unwrap();
    file.execute_batch("BEGIN IMMEDIATE").unwrap();
    for _ in 0..3 {
        assert_eq!(shelf.got("a", NOW).await, None);
    }
    file.execute_batch("ROLLBACK").unwrap();
    assert_eq!(shelf.entries().await, 1);
    assert_eq!(shelf.got("a", NOW).await, None);
    assert_eq!(shelf.entries().await, 0);
}

/// The file as the first version made it.
const FIRST_VERSION: &str = "
    PRAGMA journal_mode=WAL;
    CREATE TABLE owner (tenant TEXT PRIMARY KEY) STRICT;
    CREATE TABLE answers (
        tenant TEXT NOT NULL,
        key TEXT NOT NULL,
        body BLOB NOT NULL,
        checksum BLOB NOT NULL,
        stored_at_ms INTEGER NOT NULL,
        fresh_until_ms INTEGER NOT NULL,
        used_at_ms INTEGER NOT NULL,
        PRIMARY KEY (tenant, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX answers_by_use ON answers (tenant, used_at_ms);
    PRAGMA user_version=1;";

#[tokio::test]
async fn a_file_of_the_first_version_opens_and_starts_anew() {
    let (folder, tenant) = (tempfile::tempdir().unwrap(), TenantId::generate());
    let path = files::folder(folder.path(), tenant);
    std::fs::create_dir_all(&path).unwrap();
    let key = key(tenant, "people/1 search", "a");
    {
        let file = rusqlite::Connection::open(path.join("cache.sqlite")).unwrap();
        file.execute_batch(FIRST_VERSION).unwrap();
        file.execute("INSERT INTO owner (tenant) VALUES (?1)", [tenant.to_string()]).unwrap();
        for number in 0..100 {
            file.execute(
                "INSERT INTO answers VALUES (?1, ?2, zeroblob(6000), x'00', ?3, ?3, ?3)",
                params![tenant.to_string(), format!("{}{number}", key.as_str()), NOW],
            )
            .unwrap();
        }
    }
    let cache = open(folder.path(), tenant, Limits::default());
    assert_eq!(cache.size(tenant).await.unwrap().0, 0);
    assert!(cache.get(&key, timestamp(NOW)).await.unwrap().is_none());
    cache.set(&key, &question("a"), Arc::clone(&page("Ada")), timestamp(NOW), 0.5).await.unwrap();
    let again = open(folder.path(), tenant, Limits::default());
    assert_eq!(got(&again, &key, NOW).await, Some(page("Ada")));
}

#[tokio::test]
async fn answers_that_an_earlier_version_packed_otherwise_are_none_and_take_no_space() {
    let shelf = Shelf::new();
    for name in ["a", "b"] {
        shelf.keep(name, &page("Ada"), NOW).await;
    }
    shelf.file().pragma_update(None, "user_version", 2).unwrap();
    // What a process has open that knows the file as it was is not taken away from under it.
    let refused = TenantFiles::open(shelf.folder.path(), shelf.tenant).err().unwrap();
    assert_eq!(refused.code(), "older_open");
    let Shelf { cache, tenant, folder } = shelf;
    drop(cache);
    let newer = open(folder.path(), tenant, Limits::default());
    assert_eq!(newer.size(tenant).await.unwrap().0, 0);
    assert_eq!(got(&newer, &key(tenant, "people/1 search", "a"), NOW).await, None);
}
