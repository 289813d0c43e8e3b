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
fn a_permission_allows_one_command_and_says_what_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/permissions");
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for permission in text.split("[[permission]]").skip(1) {
            let command = names(permission, "commands.allow = [\"", ']');
            let command = command.first().map(|name| name.trim_end_matches('"')).unwrap();
            assert!(registered().contains(command), "{command:?} is one command");
            let identifier = format!("identifier = \"allow-{}\"", command.replace('_', "-"));
            assert!(permission.contains(&identifier), "{permission}");
            assert!(permission.contains("description = \""), "{permission}");
            assert!(!permission.contains("deny") && !permission.contains("scope"), "{permission}");
        }
    }
}

#[test]
fn there_is_one_capability_for_one_window_that_shows_our_own_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/capabilities");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
    let capability: serde_json::Value = serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    assert_eq!(
        (&capability["windows"], &capability["local"]),
        (&serde_json::json!(["main"]), &serde_json::json!(true))
    );
    for key in ["remote", "webviews", "platforms"] {
        assert!(capability.get(key).is_none(), "{key}");
    }
}

#[test]
fn a_release_has_no_developer_tools_and_no_page_from_elsewhere() {
    let manifest = read("Cargo.toml");
    assert!(!manifest.contains("devtools"), "Tauri has them in debug builds by itself");
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    assert!(config["build"].get("devUrl").is_none() && config["app"]["windows"][0].get("url").is_none());
    assert!(config["app"]["windows"][0].get("devtools").is_none());
    assert_eq!(config["app"]["withGlobalTauri"], serde_json::Value::Null);
}

#[test]
fn the_front_end_loads_no_picture_and_writes_no_markup() {
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for hole in [
            "<img",
            "dangerouslySetInnerHTML",
            "innerHTML",
            "insertAdjacentHTML",
            "document.write",
            "window.open",
            "eval(",
        ] {
            assert!(!text.contains(hole), "{hole} in {}", path.display());
        }
    }
}

#[test]
fn only_the_backend_knows_tauri() {
    let allowed = ["ui/src/backend/tauri.ts"].map(|path| Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let imports = text.contains("from \"@tauri-apps") || text.contains("import(\"@tauri-apps");
        assert!(!imports || allowed.contains(&path), "{}", path.display());
    }
}

/// All files of the front end but its tests.
fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    files.filter(|path| !path.to_string_lossy().contains(".test.")).collect()
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
    for name in
        ["script-src", "style-src", "img-src", "font-src", "connect-src", "frame-src", "form-action", "base-uri"]
    {
        assert!(policy.contains(&format!("{name} ")), "{name} is not told");
    }
    assert_eq!(security["freezePrototype"], true);
    for key in ["dangerousDisableAssetCspModification", "assetProtocol"] {
        assert!(security.get(key).is_none(), "{key}");
    }
}
