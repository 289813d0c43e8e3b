//! The window's calls, through Tauri's own IPC with the real configuration: what is listed works, what is not is refused,
//! and so is a page that is not ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use foray_window::state::Sources;
use foray_window::{State, context, equip};
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

const SAMPLE: &str = "0f0a4a00-0000-4000-8000-000000000001";

struct Window {
    webview: WebviewWindow<MockRuntime>,
    _app: App<MockRuntime>,
    _folder: tempfile::TempDir,
}

fn window(label: &str) -> Window {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources { data_dir: Some(folder.path().join("data")), apollo_url: None, key: None };
    let app = equip(mock_builder(), State::new(sources)).build(context()).unwrap();
    let webview = WebviewWindowBuilder::new(&app, label, tauri::WebviewUrl::default()).build().unwrap();
    Window { webview, _app: app, _folder: folder }
}

impl Window {
    fn call_from(&self, url: &str, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: url.parse().unwrap(),
            body: InvokeBody::Json(arguments),
            headers: tauri::http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.webview, request).map(|body| body.deserialize::<Value>().unwrap())
    }

    fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let ours = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
        self.call_from(ours, command, arguments)
    }
}

fn question() -> Value {
    let filters = json!({"titles": [], "seniorities": ["vp"], "industries": [], "locations": [], "company_sizes": [], "keywords": ""});
    json!({"workspace": SAMPLE, "input": {"persona_id": null, "filters": filters, "page": 1, "page_size": 10}})
}

#[test]
fn a_search_goes_from_the_window_to_the_stand_in_and_back() {
    let window = window("main");
    let live = window.call("search", question()).unwrap();
    assert_eq!((&live["source"], live["people"].as_array().unwrap().len()), (&json!("live"), 10));
    assert_eq!(window.call("search", question()).unwrap()["source"], "cached");
    assert_eq!(window.call("search_refresh", question()).unwrap()["source"], "live");
    let status = window.call("status", json!({"workspace": SAMPLE})).unwrap();
    assert_eq!(status["limiter"]["remaining"], 98);
}

#[test]
fn an_error_crosses_with_its_code_its_fields_and_a_sentence() {
    let window = window("main");
    let mut asked = question();
    asked["input"]["page"] = json!(0);
    let error = window.call("search", asked).unwrap_err();
    assert_eq!(error["code"], "bad_input");
    assert_eq!(error["violations"][0]["field"], "page");
    assert!(error["message"].as_str().unwrap().ends_with('.'));
}

#[test]
fn an_unlisted_command_is_refused() {
    let window = window("main");
    for command in [
        "key_get",
        "plugin:dialog|save",
        "plugin:opener|open_url",
        "plugin:fs|read_file",
        "plugin:shell|execute",
        "plugin:window|create",
    ] {
        assert!(window.call(command, json!({})).is_err(), "{command}");
    }
}

#[test]
fn a_foreign_origin_is_refused() {
    let window = window("main");
    for origin in ["https://app.apollo.io", "http://localhost:5173", "https://tauri.localhost.evil.example"] {
        assert!(window.call_from(origin, "vocabulary", json!({})).is_err(), "{origin}");
    }
    assert!(window.call("vocabulary", json!({})).is_ok());
}

#[test]
fn another_window_may_call_nothing() {
    let window = window("other");
    assert!(window.call("vocabulary", json!({})).is_err());
}

fn export_to(path: &str) -> Value {
    let input = json!({"persona_id": null, "filters": question()["input"]["filters"], "scope": {"kind": "page", "page": 1, "page_size": 10},
        "flavour": "excel", "path": path, "agreed": {"calls": 1, "credits": 0}, "wait": false, "replace": false});
    json!({"workspace": SAMPLE, "title": "Page", "input": input})
}

#[test]
fn an_export_goes_only_where_the_dialog_said() {
    let window = window("main");
    let error = window.call("export_start", export_to("/tmp/not-chosen.csv")).unwrap_err();
    assert_eq!(error["code"], "bad_input");
    assert!(!std::path::Path::new("/tmp/not-chosen.csv").exists());
}

#[test]
fn a_job_is_put_into_the_line_told_and_done_by_itself() {
    let window = window("main");
    let mut asked = question();
    asked["input"] = json!({"persona_id": null, "filters": asked["input"]["filters"], "past_cache": false, "agreed": {"calls": 1, "credits": 0}});
    let price = window.call("rerun_estimate", asked.clone()).unwrap();
    assert_eq!((&price["calls_at_most"], &price["credits_at_most"]), (&json!(500), &json!(0)));
    asked["title"] = json!("VPs");
    let job = window.call("rerun_start", asked).unwrap();
    assert_eq!((&job["title"], &job["spec"]["kind"]), (&json!("VPs"), &json!("rerun")));
    let about = |more: Value| {
        let mut about = json!({"workspace": SAMPLE, "id": job["id"]});
        about.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        about
    };
    window.call("job_pause", about(json!({}))).unwrap();
    let jobs = || window.call("jobs_list", json!({"workspace": SAMPLE})).unwrap();
    while jobs()[0]["state"] != "paused" {}
    assert_eq!(window.call("job_move", about(json!({"direction": "up"}))).unwrap().as_array().unwrap().len(), 1);
    assert!(window.call("job_price", about(json!({}))).unwrap()["calls_at_most"].is_number());
    window.call("job_cancel", about(json!({}))).unwrap();
    while jobs()[0]["state"] != "cancelled" {}
    let refused = window.call("job_resume", about(json!({"agreed": null}))).unwrap_err();
    assert_eq!(refused["code"], "not_confirmed", "what it costs has to be agreed to");
    window.call("job_resume", about(json!({"agreed": {"calls": 500, "credits": 0}}))).unwrap();
    while jobs()[0]["state"] == "queued" {}
    window.call("job_cancel", about(json!({}))).unwrap();
    while jobs()[0]["state"] != "cancelled" {}
    assert_eq!(window.call("job_show_in_folder", about(json!({}))).unwrap_err()["code"], "bad_input");
    window.call("job_forget", about(json!({}))).unwrap();
    assert_eq!(jobs(), json!([]));
}

#[test]
fn no_answer_holds_a_key() {
    let window = window("main");
    let made = window.call("workspace_add", json!({"name": "Acme"})).unwrap();
    let workspace = &made["id"];
    let key = "canary-key-0123456789-a9f3";
    let status = window.call("key_use_for_this_run", json!({"workspace": workspace, "key": key})).unwrap();
    assert_eq!(status, json!({"state": "this_run_only", "hint": "a9f3"}));
    for (command, arguments) in
        [("workspaces_list", json!({})), ("status", json!({"workspace": workspace})), ("app_info", json!({}))]
    {
        let answer = window.call(command, arguments).unwrap().to_string();
        assert!(!answer.contains("canary"), "{command}: {answer}");
    }
    let refused = window.call("key_set", json!({"workspace": workspace, "key": "canary two words"})).unwrap_err();
    assert!(!refused.to_string().contains("canary"), "{refused}");
}

#[test]
fn fetched_people_cross_in_windows_with_their_sources_and_no_call() {
    let window = window("main");
    let found = window.call("search", question()).unwrap();
    let page = json!({"kind": "page", "input": question()["input"], "endpoint": found["endpoint"]});
    let asked = |set: &Value, sort: Value, offset: u64, limit: u64| {
        let view = json!({"set": set, "text": "", "facets": [], "sort": sort});
        let arguments = json!({"workspace": SAMPLE, "view": view, "offset": offset, "limit": limit, "keystroke": null});
        window.call("people_window", arguments)
    };
    let rows = asked(&page, json!([]), 2, 3).unwrap();
    assert_eq!((&rows["total"], &rows["offset"], rows["people"].as_array().unwrap().len()), (&json!(10), &json!(2), 3));
    assert_eq!((&rows["people"][0]["id"], &rows["people"][0]["source"]), (&found["people"][2]["id"], &json!("search")));
    let by_name = json!([{"column": "name", "descending": true}, {"column": "title", "descending": false}]);
    let everybody = asked(&json!({"kind": "everybody"}), by_name.clone(), 0, 200).unwrap();
    let id = &everybody["people"][1]["id"];
    let view = json!({"set": {"kind": "everybody"}, "text": "", "facets": [], "sort": by_name});
    let place = window.call("person_place", json!({"workspace": SAMPLE, "view": view, "id": id})).unwrap();
    assert_eq!((&place["at"], &place["previous"]), (&json!(1), &everybody["people"][0]["id"]));
    let typed = json!({"set": {"kind": "everybody"}, "text": "a", "facets": [], "sort": []});
    let facets = window.call("people_facets", json!({"workspace": SAMPLE, "view": typed, "keystroke": 8})).unwrap();
    assert_eq!(facets["facets"][0]["facet"], "seniority");
    let late = json!({"workspace": SAMPLE, "view": typed, "offset": 0, "limit": 200, "keystroke": 7});
    assert_eq!(window.call("people_window", late).unwrap_err()["code"], "superseded");
    let selection = json!({"view": view, "picked": {"kind": "all_but", "ids": [id]}});
    let rest = json!({"workspace": SAMPLE, "selection": selection, "offset": 1, "limit": 2});
    let rest = window.call("people_selection_window", rest).unwrap();
    assert_eq!((&rest["total"], &rest["people"][0]["id"]), (&json!(9), &everybody["people"][2]["id"]));
    let export = json!({"workspace": SAMPLE, "selection": selection, "file": {"path": "/tmp/unasked.csv", "flavour": "excel", "functions": true, "company": ["industry"]}});
    assert_eq!(window.call("people_selection_export", export).unwrap_err()["violations"][0]["field"], "path");
    let counts = window.call("people_counts", json!({"workspace": SAMPLE, "filters": question()["input"]["filters"]}));
    assert_eq!(counts.unwrap(), json!({"fetched": 10, "different": 10, "everybody": 10}));
    let details = window.call("person", json!({"workspace": SAMPLE, "id": id})).unwrap();
    assert_eq!((&details["person"]["id"], &details["facts"][0]["source"]), (id, &json!("search")));
    let status = window.call("status", json!({"workspace": SAMPLE})).unwrap();
    assert_eq!(status["limiter"]["remaining"], 99);
    assert_eq!(asked(&page, json!([]), 0, 501).unwrap_err()["violations"][0]["field"], "limit");
    assert!(asked(&json!({"kind": "enemies"}), json!([]), 0, 10).is_err());
    let nobody = window.call("person", json!({"workspace": SAMPLE, "id": "nobody"})).unwrap_err();
    assert_eq!(nobody["code"], "not_found");
}

#[test]
fn a_workspace_is_removed_only_with_its_name_typed_and_never_the_sample() {
    let window = window("main");
    let made = window.call("workspace_add", json!({"name": "Acme Straße"})).unwrap();
    let workspace = &made["id"];
    for typed in ["", "Acme", "Sample"] {
        let error = window.call("workspace_remove", json!({"workspace": workspace, "typed": typed})).unwrap_err();
        assert_eq!(error["code"], "not_confirmed", "{typed}");
    }
    window.call("workspace_remove", json!({"workspace": workspace, "typed": " acme STRASSE "})).unwrap();
    assert_eq!(window.call("workspaces_list", json!({})).unwrap().as_array().unwrap().len(), 1);
    assert!(window.call("workspace_remove", json!({"workspace": SAMPLE, "typed": "Sample"})).is_err());
}

#[test]
fn settings_are_kept_and_those_that_can_not_be_are_refused_with_their_field() {
    let window = window("main");
    let mut settings = window.call("settings_load", json!({})).unwrap();
    settings["theme"] = json!("dark");
    settings["zoom"] = json!(150);
    assert_eq!(window.call("settings_save", json!({"settings": settings})).unwrap(), settings);
    assert_eq!(window.call("settings_load", json!({})).unwrap(), settings);
    for (field, value) in [("zoom", json!(10)), ("proxy", json!({"mode": "manual", "address": "http://me:pw@proxy:1"}))]
    {
        let mut bad = settings.clone();
        bad[field] = value;
        let error = window.call("settings_save", json!({"settings": bad})).unwrap_err();
        assert_eq!((&error["code"], &error["violations"][0]["field"]), (&json!("bad_input"), &json!(field)));
        assert!(!error.to_string().contains("pw@"), "{error}");
    }
    assert_eq!(window.call("settings_load", json!({})).unwrap(), settings);
}

#[test]
fn a_key_is_only_ever_told_by_its_end() {
    let window = window("main");
    let made = window.call("workspace_add", json!({"name": "Acme"})).unwrap();
    let workspace = json!({"workspace": made["id"]});
    let mut key = workspace.clone();
    key["key"] = json!("canary-key-0123456789-a9f3");
    window.call("key_use_for_this_run", key).unwrap();
    for (command, arguments) in [
        ("key_status", workspace.clone()),
        ("diagnostics", workspace.clone()),
        ("workspaces_list", json!({})),
        ("settings_load", json!({})),
        ("key_clear", workspace.clone()),
    ] {
        let answer = window.call(command, arguments).unwrap().to_string();
        assert!(!answer.contains("canary"), "{command}: {answer}");
    }
}
