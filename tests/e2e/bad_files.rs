//! Days on which the data folder fails: damaged files, files of a newer Foray or open in an older one, a full disk, a folder
//! that may not be written. Each is told in a sentence that says what to do, and nothing is lost.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use fantoccini::key::Key;
use foray_sandbox::Plan;
use rusqlite::Connection;

use crate::marks::{NEXT_PAGE, NOTICES, PEOPLE, PERSONAS, SEARCH, SOURCE};
use crate::own::{account, choose_persona, enter_workspace};
use crate::window::{Home, Window};

/// A window that has saved a persona, “Kept”, and shows its rows in the sample workspace.
async fn fill(home: &Home) -> (Window, Vec<String>) {
    let window = Window::open(home).await;
    window.click("New persona").await;
    window.text_with("aside", "New persona").await;
    window.type_text("Kept").await;
    window.press(Key::Tab).await;
    window.type_text("Head of Sales").await;
    window.press(Key::Enter).await;
    window.click("Save persona").await;
    window.text_with(PERSONAS, "Kept").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    let rows = window.rows().await;
    (window, rows)
}

/// Damages a file whose journal is empty: from a whole journal SQLite brings everything back.
fn damage(path: &Path) -> Vec<u8> {
    let connection = Connection::open(path).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    connection.close().unwrap();
    let mut bytes = std::fs::read(path).unwrap();
    for (place, byte) in bytes.iter_mut().enumerate().take(4_096) {
        *byte = (place * 31 % 251) as u8;
    }
    std::fs::write(path, &bytes).unwrap();
    bytes
}

/// What was set aside of a file.
fn set_aside(path: &Path) -> Vec<PathBuf> {
    let name = format!("{}.damaged-", path.file_name().unwrap().display());
    let beside = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let aside = |path: &PathBuf| {
        let found = path.file_name().unwrap().to_string_lossy().into_owned();
        found.starts_with(&name) && !found.ends_with("-wal") && !found.ends_with("-shm")
    };
    beside.filter(aside).collect()
}

#[tokio::test]
async fn damaged_files_are_set_aside_whole_under_a_dated_name_and_the_user_is_told() {
    let home = Home::new();
    let (window, _) = fill(&home).await;
    window.close().await;
    let files =
        [home.sample().join("people.sqlite"), home.sample().join("cache.sqlite"), home.data().join("ledger.sqlite")];
    let damaged = files.each_ref().map(|path| damage(path));

    let window = Window::open(&home).await;
    window.text_with(NOTICES, "people and personas was damaged").await;
    window.text_with(NOTICES, "cache was damaged").await;
    let said = window.text_with(NOTICES, "record of this hour's calls was damaged").await;
    window.picture("bad-damaged").await;
    for (path, bytes) in files.iter().zip(damaged) {
        let aside = set_aside(path);
        assert_eq!(aside.len(), 1, "{}", path.display());
        assert_eq!(std::fs::read(&aside[0]).unwrap(), bytes);
        assert!(said.contains(&*aside[0].file_name().unwrap().to_string_lossy()), "{said}");
    }

    // The sample's calls reach nobody, so its search works on.
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.close().await;
}

#[tokio::test]
async fn a_lost_record_of_calls_holds_real_calls_back_until_the_user_says_that_none_were_made() {
    let home = Home::new();
    let apollo = account(Plan::Professional).await;
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.close().await;
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
        drop(std::fs::remove_file(home.data().join(name)));
    }

    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    window.text_with("body", "The record of this hour's calls was lost").await;
    window.picture("bad-lost-ledger").await;
    assert_eq!(apollo.requests().len(), 0);
    window.click("Nothing was called: go on now").await;
    window.text_with(SEARCH, "Search ·").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.close().await;
}

#[tokio::test]
async fn a_file_of_a_newer_foray_is_left_as_it_is_and_works_again_with_the_newer_one() {
    let home = Home::new();
    let (window, rows) = fill(&home).await;
    window.close().await;
    for file in [home.sample().join("people.sqlite"), home.data().join("workspaces.sqlite")] {
        let version = |version: u32| {
            let connection = Connection::open(&file).unwrap();
            let before: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
            connection.pragma_update(None, "user_version", version).unwrap();
            before
        };
        let before = version(99);
        let window = Window::open(&home).await;
        window.text_with("body", "newer version of Foray").await;
        window.text_with("body", "Install the newest version").await;
        window.picture(&format!("bad-newer-{}", file.file_stem().unwrap().display())).await;
        window.end().await;
        assert_eq!(version(before), 99, "it was left untouched");
    }
    let window = Window::open(&home).await;
    window.text_with(PERSONAS, "Kept").await;
    window.text_with(SOURCE, "cached").await;
    assert_eq!(window.rows().await, rows);
    window.close().await;
}

#[tokio::test]
async fn a_file_that_an_older_foray_has_open_is_told_and_opens_once_that_is_closed() {
    let home = Home::new();
    std::fs::create_dir_all(home.data()).unwrap();
    let earlier = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/core/tests/fixtures/schemas");
    for (fixture, name) in [("workspaces-3.sqlite", "workspaces.sqlite"), ("ledger-2.sqlite", "ledger.sqlite")] {
        std::fs::copy(earlier.join(fixture), home.data().join(name)).unwrap();
    }
    // All that a Foray of any version says of a file that it has open.
    let mark = File::create(home.data().join("workspaces.sqlite.lock")).unwrap();
    mark.lock_shared().unwrap();

    let window = Window::open(&home).await;
    window.text_with("body", "The list of workspaces is open in an older version of Foray").await;
    window.picture("bad-older-open").await;
    drop(mark);
    window.click("Try again").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.close().await;
}

/// Whether a test may give a window folders of its own making.
fn may_mount() -> bool {
    let tried = Command::new("unshare").args(["--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]).output();
    let may = tried.is_ok_and(|output| output.status.success());
    if !may {
        println!("skipped: this user may not mount");
    }
    may
}

#[tokio::test]
async fn a_full_disk_is_told_and_room_mends_it() {
    if !may_mount() {
        return;
    }
    let home = Home::new();
    let (window, rows) = fill(&home).await;
    window.close().await;
    // A copy of the data folder on a disk of its own, in the place of the data folder; without the web view's own files,
    // whose size nobody knows.
    let small = r#"cp -a "$FORAY_DATA_DIR" "$FORAY_DATA_DIR.copy" && rm -rf "$FORAY_DATA_DIR.copy/webview" &&
        mount -t tmpfs -o size=24m tmpfs "$FORAY_DATA_DIR" && cp -a "$FORAY_DATA_DIR.copy/." "$FORAY_DATA_DIR""#;
    let window = Window::open_among(&home, small).await;
    window.text_with(SOURCE, "cached").await;
    let filler = window.seen(&home.data().join("filler"));
    let written = std::fs::write(&filler, vec![0; 64 << 20]);
    assert_eq!(written.unwrap_err().kind(), std::io::ErrorKind::StorageFull);

    window.find(NEXT_PAGE).await.click().await.unwrap();
    window.text_with(PEOPLE, "The disk is full").await;
    window.text_with(PEOPLE, "Free some space and try again").await;
    window.picture("bad-full-disk").await;
    window.back().await;
    window.text_with(SOURCE, "cached").await;
    assert_eq!(window.rows().await, rows);

    std::fs::remove_file(&filler).unwrap();
    window.find(NEXT_PAGE).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.text_with(PERSONAS, "Kept").await;
    window.end().await;
}

#[tokio::test]
async fn a_data_folder_that_may_not_be_written_is_told_and_left_as_it_is() {
    if !may_mount() {
        return;
    }
    let home = Home::new();
    let (window, rows) = fill(&home).await;
    window.close().await;
    let read_only = r#"mount --bind "$FORAY_DATA_DIR" "$FORAY_DATA_DIR" && mount -o remount,bind,ro "$FORAY_DATA_DIR""#;
    let window = Window::open_among(&home, read_only).await;
    window.text_with("body", "may not be written").await;
    window.text_with("body", "Check the folder's permissions").await;
    window.picture("bad-read-only").await;
    window.end().await;

    let window = Window::open(&home).await;
    window.text_with(PERSONAS, "Kept").await;
    window.text_with(SOURCE, "cached").await;
    assert_eq!(window.rows().await, rows);
    window.close().await;
}
