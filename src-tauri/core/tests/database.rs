//! How files are opened: with the durability they deserve, by who writes first, upgraded while nobody else has them open, and set
//! aside once they are damaged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::Barrier;
use std::thread;

use foray_core::db::{self, Durability, Schema};
use foray_core::error::Error;

const SCHEMA: Schema = Schema { what: "The file", durability: Durability::Normal, migrations: &[THINGS] };
const THINGS: &str = "CREATE TABLE thing (number INTEGER PRIMARY KEY, body BLOB NOT NULL);";

/// The same file as a newer Foray knows it.
const NEWER: Schema =
    Schema { migrations: &[THINGS, "CREATE TABLE step (made INTEGER); INSERT INTO step VALUES (1);"], ..SCHEMA };

#[tokio::test]
async fn damage_that_is_found_in_a_large_file_is_set_aside_at_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.sqlite");
    let connection = db::open(&path, &SCHEMA).unwrap().connection;
    // Larger than what is checked whole at each opening.
    connection
        .execute_batch(
            "WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < 40000)
             INSERT INTO thing SELECT number, randomblob(1000) FROM n;
             PRAGMA wal_checkpoint(TRUNCATE);",
        )
        .unwrap();
    drop(connection);
    let size = std::fs::metadata(&path).unwrap().len();
    assert!(size > 33 << 20, "{size}");
    let mut file = OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(size / 2 / 4_096 * 4_096)).unwrap();
    file.write_all(&[0xff; 8_192]).unwrap();
    drop(file);

    let opened = db::open(&path, &SCHEMA).unwrap();
    assert_eq!(opened.set_aside, None, "nobody has looked at it yet");
    let database = opened.start(SCHEMA.what).unwrap();
    let sum = |connection: &mut rusqlite::Connection| {
        connection.query_row("SELECT sum(length(body)) FROM thing", [], |row| row.get::<_, i64>(0))
    };
    assert_eq!(database.run(sum).await.unwrap_err().code(), "damaged");
    drop(database);

    let db::Opened { connection, set_aside, .. } = db::open(&path, &SCHEMA).unwrap();
    let aside = set_aside.unwrap();
    assert!(aside.exists() && aside.to_string_lossy().contains(".damaged-"));
    let things: i64 = connection.query_row("SELECT count(*) FROM thing", [], |row| row.get(0)).unwrap();
    assert_eq!(things, 0);
    assert!(!folder.path().join("large.sqlite.suspect").exists(), "a good file is not suspect for ever");
}

#[test]
fn what_another_process_uses_is_not_moved_away_from_under_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.sqlite");
    // Each opening stands for a process: the kernel's locks are those of openings.
    let theirs = db::open(&path, &SCHEMA).unwrap();
    theirs.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
    let mut file = OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(4_096)).unwrap();
    file.write_all(&[0xff; 4_096]).unwrap();
    drop(file);

    let refused = db::open(&path, &SCHEMA).unwrap_err();
    assert_eq!(refused, Error::Damaged { what: "The file".to_owned() });
    assert_eq!(aside(folder.path()), 0);
    drop(theirs);
    assert!(db::open(&path, &SCHEMA).unwrap().set_aside.is_some());
    assert_eq!(aside(folder.path()), 1);
}

#[test]
fn what_an_older_foray_has_open_is_not_upgraded_under_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.sqlite");
    // Each opening stands for a process: the kernel's locks are those of openings.
    let older = db::open(&path, &SCHEMA).unwrap();
    older.connection.execute("INSERT INTO thing VALUES (1, x'00')", []).unwrap();

    assert_eq!(db::open(&path, &NEWER).unwrap_err(), Error::OlderOpen { what: "The file".to_owned() });
    assert_eq!(steps(&older.connection), None, "it was left as it is");
    older.connection.execute("INSERT INTO thing VALUES (2, x'00')", []).unwrap();
    let another = db::open(&path, &SCHEMA).unwrap();
    drop(older);
    assert_eq!(db::open(&path, &NEWER).unwrap_err().code(), "older_open", "one of them still has it open");

    drop(another);
    let newer = db::open(&path, &NEWER).unwrap();
    assert_eq!(steps(&newer.connection), Some(1));
    assert_eq!(db::open(&path, &SCHEMA).unwrap_err().code(), "newer_file");
    let things: i64 = newer.connection.query_row("SELECT count(*) FROM thing", [], |row| row.get(0)).unwrap();
    assert_eq!(things, 2);
}

#[test]
fn an_upgrade_waits_for_one_that_is_under_way_however_long_it_takes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.sqlite");
    drop(db::open(&path, &SCHEMA).unwrap());
    let mark = OpenOptions::new().write(true).open(folder.path().join("small.sqlite.lock")).unwrap();
    mark.lock().unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| db::open(&path, &NEWER));
        // Whoever holds the mark alone brings the file to the newer schema.
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch(&format!("BEGIN; {} PRAGMA user_version = 2; COMMIT;", NEWER.migrations[1]))
            .unwrap();
        assert!(!waiting.is_finished(), "nobody goes on under an upgrade");
        drop(mark);
        assert_eq!(steps(&waiting.join().unwrap().unwrap().connection), Some(1), "it was upgraded once");
    });
}

#[test]
fn of_newer_forays_that_start_at_once_one_upgrades_and_all_go_on() {
    const STARTED: usize = 8;
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.sqlite");
        drop(db::open(&path, &SCHEMA).unwrap());
        let (start, opened) = (Barrier::new(STARTED), Barrier::new(STARTED));
        let start_one = || {
            start.wait();
            let answer = db::open(&path, &NEWER);
            // Nobody lets go of the file before all have had their answer.
            opened.wait();
            answer.map(|opened| steps(&opened.connection))
        };
        thread::scope(|scope| {
            let started: Vec<_> = (0..STARTED).map(|_| scope.spawn(start_one)).collect();
            for one in started {
                assert_eq!(one.join().unwrap(), Ok(Some(1)));
            }
        });
    }
}

/// How often the step of the newer Foray was made; none where it was not.
fn steps(connection: &rusqlite::Connection) -> Option<i64> {
    connection.query_row("SELECT count(*) FROM step", [], |row| row.get(0)).ok()
}

/// Files set aside in a folder, without their journals.
fn aside(folder: &std::path::Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with('Z')).count()
}

#[test]
fn a_file_is_opened_with_the_durability_of_its_kind_and_a_write_locks_before_it_reads() {
    let folder = tempfile::tempdir().unwrap();
    for (durability, synchronous) in [(Durability::Full, 2), (Durability::Normal, 1)] {
        let path = folder.path().join(format!("{durability:?}.sqlite"));
        let schema = Schema { durability, ..SCHEMA };
        let mut connection = db::open(&path, &schema).unwrap().connection;
        let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
        assert_eq!(pragma("synchronous").unwrap(), synchronous);
        let journal: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
        assert_eq!(journal, "wal");
        let other = db::open(&path, &schema).unwrap().connection;
        other.busy_timeout(std::time::Duration::ZERO).unwrap();
        let begun = connection.transaction().unwrap();
        assert!(other.execute("INSERT INTO thing VALUES (1, x'00')", []).is_err(), "nothing was written yet");
        begun.commit().unwrap();
        other.execute("INSERT INTO thing VALUES (1, x'00')", []).unwrap();
    }
}
