//! The window's permissions: commands, permissions and the front end's calls are the same set, and nothing else is allowed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Names between `before` and `after`.
fn names(text: &str, before: &str, after: char) -> BTreeSet<String> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).map(|name| name.trim().to_owned()).collect()
}

fn registered() -> BTreeSet<String> {
    let lib = read("src-tauri/src/lib.rs");
    let list = lib.split("generate_handler![").nth(1).unwrap().split(']').next().unwrap();
    list.split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn permitted() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/permissions");
    let files = std::fs::read_dir(folder).unwrap();
    files
        .flat_map(|file| names(&std::fs::read_to_string(file.unwrap().path()).unwrap(), "commands.allow = [\"", '"'))
        .collect()
}

fn granted() -> BTreeSet<String> {
    let capability: serde_json::Value = serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    capability["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_command_has_one_permission_and_every_permission_one_command() {
    assert_eq!(registered(), permitted());
    assert!(registered().len() > 20);
}

#[test]
fn the_window_is_granted_our_commands_and_hearing_events_and_nothing_of_the_system() {
    let mut wanted: BTreeSet<String> =
        registered().iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    wanted.extend(["core:event:allow-listen".to_owned(), "core:event:allow-unlisten".to_owned()]);
    assert_eq!(granted(), wanted);
}

#[test]
fn the_front_end_calls_each_command_and_no_other() {
    let text = read("ui/src/backend/tauri.ts");
    let called: BTreeSet<String> =
        registered().into_iter().filter(|name| text.contains(&format!("\"{name}\""))).collect();
    assert_eq!(called, registered());
    let invoked = names(&text, "call(\"", '"');
    assert!(invoked.is_subset(&registered()), "{:?}", invoked.difference(&registered()).collect::<Vec<_>>());
}

#[test]
fn the_content_policy_has_no_way_out() {
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    let security = &config["app"]["security"];
    let policy = security["csp"].as_str().unwrap();
    assert!(policy.contains("connect-src ipc: http://ipc.localhost;"), "{policy}");
    assert!(policy.contains("default-src 'self'") && policy.contains("object-src 'none'"), "{policy}");
    for hole in ["unsafe", "http://*", "https:", "*"] {
        assert!(!policy.contains(hole), "{hole} in {policy}");
    }
    assert_eq!(security["freezePrototype"], true);
    for key in ["dangerousDisableAssetCspModification", "assetProtocol"] {
        assert!(security.get(key).is_none(), "{key}");
    }
}
