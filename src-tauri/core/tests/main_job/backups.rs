//! A workspace as one file: made while it is used, verified, brought back here or on another computer; personas as files.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use foray_core::persona::{PersonaInput, share};
use foray_core::secrets::{ApiKey, KeyStatus};
use foray_core::workspace::{EndpointSetting, WorkspaceChange};
use foray_core::{Error, Source, TenantId};
use foray_sandbox::Plan;

use crate::{Desk, filters, page};

const KEY: &str = "canary-key-0123456789-a9f3";

/// A workspace with a persona, rows, settings and a key; and its backup.
async fn backed_up(desk: &Desk) -> (TenantId, PathBuf) {
    let client = desk.client_with_key("Acme", KEY).await;
    let new = PersonaInput { id: None, name: "Sales leaders".to_owned(), filters: filters() };
    desk.foray.personas(client).await.unwrap().save(new, desk.foray.clock()).await.unwrap();
    let change = WorkspaceChange { calls_per_hour: Some(7), cache_hours: Some(48), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, change).await.unwrap();
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Live);
    let path = desk.folder.path().join("Acme.foray-backup");
    let done = desk.foray.back_up(client, &path, false).await.unwrap();
    assert_eq!((done.bytes, Path::new(&done.path)), (std::fs::metadata(&path).unwrap().len(), path.as_path()));
    (client, path)
}

/// Every byte of the archive, unpacked.
fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[track_caller]
fn said(error: &Error, words: &str) {
    assert!(error.to_string().contains(words), "{error}");
}

#[tokio::test]
async fn a_backup_brings_personas_rows_and_settings_to_another_computer_and_no_key() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, path) = backed_up(&desk).await;
    let bytes = unpacked(&path);
    let account = ApiKey::parse(KEY).unwrap().account().to_string();
    for secret in [&b"canary"[..], b"a9f3", account.as_bytes()] {
        assert!(!holds(&bytes, secret), "{}", String::from_utf8_lossy(secret));
    }
    let elsewhere = Desk::new(Plan::Professional).await;
    let restored = elsewhere.foray.restore(&path).await.unwrap();
    assert_eq!((restored.id, restored.name.as_str()), (client, "Acme"));
    assert_eq!((restored.calls_per_hour, restored.cache_hours, restored.key_hint.as_deref()), (7, 48, None));
    let personas = elsewhere.foray.personas(client).await.unwrap().list().await.unwrap();
    assert_eq!(personas.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Sales leaders"]);
    assert_eq!(elsewhere.foray.key_state(client).await.unwrap(), KeyStatus::Missing);
    // The same place at Apollo, so what was paid there is not paid again; without a key nothing new is asked.
    let (folder, origin) = (elsewhere.folder.path().join("again"), desk.sandbox.origin());
    let restarted = crate::open(&folder, &origin, &desk.clock, &desk.keys).await;
    restarted.restore(&path).await.unwrap();
    assert_eq!(restarted.search(client, &page(1)).await.unwrap().calls_spent, 0);
    assert_eq!(desk.calls(), 1);
    assert!(moving(&desk).is_empty() && moving(&elsewhere).is_empty());
}

/// What lies in the folder for backups under way.
fn moving(desk: &Desk) -> Vec<PathBuf> {
    let folder = desk.folder.path().join("data/moving");
    std::fs::read_dir(folder).map(|all| all.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default()
}

#[tokio::test]
async fn a_restore_is_put_over_nothing_and_a_name_that_is_taken_gets_a_number() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, path) = backed_up(&desk).await;
    said(&desk.foray.restore(&path).await.unwrap_err(), "is here already, as “Acme”");
    desk.foray.remove_workspace(client).await.unwrap();
    desk.foray.workspaces().add("ACME").await.unwrap();
    let restored = desk.foray.restore(&path).await.unwrap();
    assert_eq!((restored.id, restored.name.as_str()), (client, "Acme 2"));
    assert_eq!(desk.foray.personas(client).await.unwrap().list().await.unwrap().len(), 1);
    let desk = desk.restart().await;
    assert_eq!(desk.foray.info().notices, Vec::<String>::new());
    assert_eq!(desk.foray.personas(client).await.unwrap().list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_that_is_there_is_replaced_only_when_that_was_said() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, path) = backed_up(&desk).await;
    std::fs::write(&path, "precious").unwrap();
    said(&desk.foray.back_up(client, &path, false).await.unwrap_err(), "exists already");
    assert_eq!(std::fs::read(&path).unwrap(), b"precious");
    desk.foray.back_up(client, &path, true).await.unwrap();
    said(&desk.foray.back_up(client, desk.folder.path(), true).await.unwrap_err(), "Name a file");
    let nowhere = desk.folder.path().join("nowhere/x.foray-backup");
    assert_eq!(desk.foray.back_up(client, &nowhere, false).await.unwrap_err().code(), "storage");
    assert_eq!(desk.foray.back_up(TenantId::SAMPLE, &path, true).await.unwrap_err().code(), "bad_input");
    assert!(moving(&desk).is_empty());
}

#[tokio::test]
async fn a_backup_that_is_cut_short_changed_or_none_at_all_restores_nothing() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, path) = backed_up(&desk).await;
    desk.foray.remove_workspace(client).await.unwrap();
    let whole = std::fs::read(&path).unwrap();
    let broken = desk.folder.path().join("broken.foray-backup");
    let cuts = [0, 1, 20, 500, whole.len() / 2, whole.len() - 9, whole.len() - 1];
    for cut in cuts {
        std::fs::write(&broken, &whole[..cut]).unwrap();
        assert_eq!(desk.foray.restore(&broken).await.unwrap_err().code(), "bad_input", "cut at {cut}");
    }
    for place in (10..whole.len()).step_by(whole.len() / 40) {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        std::fs::write(&broken, &changed).unwrap();
        assert!(desk.foray.restore(&broken).await.is_err(), "a bit flipped at {place} of {}", whole.len());
    }
    std::fs::write(&broken, "hello").unwrap();
    said(&desk.foray.restore(&broken).await.unwrap_err(), "no whole backup");
    said(&desk.foray.restore(&desk.folder.path().join("nowhere")).await.unwrap_err(), "There is no file");
    assert_eq!(desk.foray.workspaces().list().await.unwrap().len(), 1);
    assert!(moving(&desk).is_empty());
    assert!(!desk.folder.path().join("data/tenants").join(client.to_string()).exists());
}

/// An archive of these entries.
fn archive(path: &Path, entries: &[(&str, &[u8])]) {
    let mut archive = tar::Builder::new(GzEncoder::new(std::fs::File::create(path).unwrap(), Compression::fast()));
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        // As a stranger would, past what the library allows.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, *content).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap().flush().unwrap();
}

/// The manifest of a backup, and its files.
fn parts(path: &Path) -> (serde_json::Value, Vec<(String, Vec<u8>)>) {
    let mut archive = tar::Archive::new(GzDecoder::new(std::fs::File::open(path).unwrap()));
    let mut parts: Vec<(String, Vec<u8>)> = archive
        .entries()
        .unwrap()
        .map(|entry| {
            let mut entry = entry.unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.path().unwrap().display().to_string(), content)
        })
        .collect();
    let (_, manifest) = parts.remove(0);
    (serde_json::from_slice(&manifest).unwrap(), parts)
}

#[tokio::test]
async fn a_backup_made_by_a_stranger_writes_nothing_outside_and_runs_nothing() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, path) = backed_up(&desk).await;
    desk.foray.remove_workspace(client).await.unwrap();
    let (manifest, files) = parts(&path);
    let hostile = desk.folder.path().join("hostile.foray-backup");
    let people = &files.iter().find(|(name, _)| name == "people.sqlite").unwrap().1;

    let text = manifest.to_string();
    for name in ["../../escaped.sqlite", "/tmp/escaped.sqlite", "people.sqlite/../../escaped", "other.sqlite"] {
        archive(&hostile, &[("manifest.json", text.as_bytes()), (name, people)]);
        said(&desk.foray.restore(&hostile).await.unwrap_err(), "its manifest does not list");
    }
    archive(&hostile, &[("people.sqlite", people), ("manifest.json", text.as_bytes())]);
    said(&desk.foray.restore(&hostile).await.unwrap_err(), "does not begin with a manifest");
    archive(&hostile, &[("manifest.json", text.as_bytes()), ("people.sqlite", people), ("people.sqlite", people)]);
    said(&desk.foray.restore(&hostile).await.unwrap_err(), "a file twice");

    // A file that brings a program along, with a manifest that fits it.
    let own = desk.folder.path().join("own.sqlite");
    for program in [
        "CREATE TRIGGER t AFTER INSERT ON personas BEGIN DELETE FROM personas; END",
        "DROP TABLE views; CREATE VIEW views AS SELECT 'x' AS tenant, 'y' AS address",
        "CREATE TABLE more (x)",
    ] {
        std::fs::write(&own, people).unwrap();
        let connection = rusqlite::Connection::open(&own).unwrap();
        connection.execute_batch(program).unwrap();
        drop(connection);
        restore_files(&desk, &hostile, &manifest, &own, "Foray did not make").await;
    }
    // A file of another workspace than the manifest says.
    let mut other = manifest.clone();
    other["workspace"]["id"] = TenantId::generate().to_string().into();
    std::fs::write(&own, people).unwrap();
    restore_files(&desk, &hostile, &other, &own, "another workspace").await;
    let mut sample = manifest.clone();
    sample["workspace"]["id"] = TenantId::SAMPLE.to_string().into();
    restore_files(&desk, &hostile, &sample, &own, "claims to be the sample workspace").await;
    let mut newer = manifest.clone();
    newer["foray_backup"] = 2.into();
    restore_files(&desk, &hostile, &newer, &own, "newer version of Foray").await;
    // A newer schema.
    rusqlite::Connection::open(&own).unwrap().pragma_update(None, "user_version", 999).unwrap();
    restore_files(&desk, &hostile, &manifest, &own, "newer version of Foray").await;
    assert_eq!(desk.foray.workspaces().list().await.unwrap().len(), 1);
    assert!(moving(&desk).is_empty());
}

/// Restores a backup of one file, whose hash is right in its manifest, and hears why not.
async fn restore_files(desk: &Desk, path: &Path, manifest: &serde_json::Value, own: &Path, words: &str) {
    use sha2::{Digest as _, Sha256};
    let content = std::fs::read(own).unwrap();
    let digits: String =
        Sha256::digest(&content).iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
    let mut manifest = manifest.clone();
    manifest["files"] = serde_json::json!({"people.sqlite": {"bytes": content.len(), "sha256": digits}});
    archive(path, &[("manifest.json", manifest.to_string().as_bytes()), ("people.sqlite", &content)]);
    said(&desk.foray.restore(path).await.unwrap_err(), words);
}

#[tokio::test]
async fn a_persona_goes_from_one_workspace_to_another_as_a_file() {
    let desk = Desk::new(Plan::Professional).await;
    let (from, to) = (desk.client("Acme").await, desk.client("Nord").await);
    let new = PersonaInput { id: None, name: "Sales “leaders”".to_owned(), filters: filters() };
    let saved = desk.foray.personas(from).await.unwrap().save(new, desk.foray.clock()).await.unwrap();
    let text = share::to_text(&saved).unwrap();
    assert!(!text.contains(&saved.id.to_string()) && !text.contains(&from.to_string()), "{text}");
    let there = desk.foray.personas(to).await.unwrap();
    let first = there.import(&text, desk.foray.clock()).await.unwrap();
    let second = there.import(&format!("\u{feff}{text}"), desk.foray.clock()).await.unwrap();
    assert_eq!((first.name.as_str(), second.name.as_str()), ("Sales “leaders”", "Sales “leaders” 2"));
    assert_eq!((&first.filters, &second.filters), (&saved.filters, &saved.filters));
    assert_ne!(first.id, saved.id);
    let bad = text.replace("director", "boss");
    let hidden = text.replacen("\"name\": \"", "\"name\": \"\\u200b", 1);
    assert_ne!(hidden, text);
    let third = there.import(&hidden, desk.foray.clock()).await.unwrap();
    assert_eq!(third.name, format!("{} 3", first.name), "what does not show makes no other name");
    assert_eq!(there.import(&bad, desk.foray.clock()).await.unwrap_err().code(), "bad_input");
}

#[tokio::test]
async fn a_workspace_is_renamed_and_keeps_everything_else() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, _) = backed_up(&desk).await;
    desk.foray.workspaces().add("Nord").await.unwrap();
    let renamed = desk.foray.workspaces().rename(client, "  Acme   GmbH ").await.unwrap();
    assert_eq!(
        (renamed.name.as_str(), renamed.calls_per_hour, renamed.endpoint),
        ("Acme GmbH", 7, EndpointSetting::Auto)
    );
    assert_eq!(desk.foray.workspaces().rename(client, "ACME gmbh").await.unwrap().name, "ACME gmbh");
    for bad in ["NORD", "sample", "", &TenantId::generate().to_string()] {
        assert_eq!(desk.foray.workspaces().rename(client, bad).await.unwrap_err().code(), "bad_input", "{bad}");
    }
    assert_eq!(desk.foray.workspaces().rename(TenantId::SAMPLE, "Mine").await.unwrap_err().code(), "bad_input");
    assert_eq!(desk.foray.workspaces().rename(TenantId::generate(), "Mine").await.unwrap_err().code(), "not_found");
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Cached);
}

#[tokio::test]
async fn rows_count_as_fresh_for_as_long_as_the_workspace_says() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    let change = WorkspaceChange { cache_hours: Some(2), ..WorkspaceChange::default() };
    desk.foray.change_workspace(client, change).await.unwrap();
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.clock.advance(100 * 60_000);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Cached);
    desk.clock.advance(40 * 60_000);
    assert_eq!(desk.foray.search(client, &page(1)).await.unwrap().source, Source::Live);
}

#[tokio::test]
async fn what_another_process_removes_is_gone_here_and_what_it_restores_is_what_is_written_to() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, path) = backed_up(&desk).await;
    let save = async |foray: &foray_core::Foray, name: &str| {
        let new = PersonaInput { id: None, name: name.to_owned(), filters: filters() };
        foray.personas(client).await?.save(new, desk.foray.clock()).await
    };
    let other = crate::open(desk.folder.path(), &desk.sandbox.origin(), &desk.clock, &desk.keys).await;
    other.remove_workspace(client).await.unwrap();
    assert_eq!(save(&desk.foray, "Into nothing").await.unwrap_err().code(), "not_found");

    other.restore(&path).await.unwrap();
    save(&desk.foray, "Kept").await.unwrap();
    let names =
        |personas: Vec<foray_core::persona::Persona>| personas.into_iter().map(|one| one.name).collect::<Vec<_>>();
    let listed = other.personas(client).await.unwrap().list().await.unwrap();
    assert_eq!(names(listed), ["Kept", "Sales leaders"]);
}

#[cfg(unix)]
#[tokio::test]
async fn files_that_were_replaced_between_two_questions_are_opened_anew() {
    let desk = Desk::new(Plan::Professional).await;
    let (client, path) = backed_up(&desk).await;
    assert_eq!(desk.foray.personas(client).await.unwrap().list().await.unwrap().len(), 1);
    let other = crate::open(desk.folder.path(), &desk.sandbox.origin(), &desk.clock, &desk.keys).await;
    other.remove_workspace(client).await.unwrap();
    other.restore(&path).await.unwrap();

    let new = PersonaInput { id: None, name: "Kept".to_owned(), filters: filters() };
    desk.foray.personas(client).await.unwrap().save(new, desk.foray.clock()).await.unwrap();
    assert_eq!(other.personas(client).await.unwrap().list().await.unwrap().len(), 2);
}
