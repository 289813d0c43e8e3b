//! The window is closed to strangers: it goes nowhere, opens nothing, loads nothing from outside, and there is one of it for
//! each data folder.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::marks::{SEARCH, SOURCE};
use crate::window::{Home, PATIENCE, Window, binary, place};

/// Ways out of the page, each tried from inside.
const WAYS_OUT: [&str; 6] = [
    "location.href = 'https://evil.example/';",
    "location.assign('file:///etc/passwd');",
    "open('https://evil.example/', '_blank');",
    "const a = document.createElement('a'); a.href = 'https://evil.example/'; document.body.append(a); a.click(); a.remove();",
    "const a = document.createElement('a'); a.href = 'https://evil.example/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove();",
    "const a = document.createElement('a'); a.href = 'data:text/html,x'; document.body.append(a); a.click(); a.remove();",
];

#[tokio::test]
async fn the_window_goes_nowhere_else_and_opens_no_other() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    for way in WAYS_OUT {
        window.client.execute(way, vec![]).await.unwrap();
        let there = "return [location.protocol, location.hostname, document.querySelector('#root') !== null];";
        assert_eq!(window.client.execute(there, vec![]).await.unwrap(), json!(["tauri:", "localhost", true]), "{way}");
        assert_eq!(window.client.windows().await.unwrap().len(), 1, "{way}");
    }
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window.close().await;
}

/// What a script of ours could try, and which rule stops it.
const FORBIDDEN: [(&str, &str); 7] = [
    ("img-src", "const i = new Image(); i.src = 'https://evil.example/a.png';"),
    ("connect-src", "fetch('https://evil.example/').catch(() => undefined);"),
    ("script-src", "try { Function('1')() } catch {}"),
    (
        "script-src",
        "const s = document.createElement('script'); s.textContent = 'window.hostile = 1'; document.head.append(s);",
    ),
    ("style-src", "const s = document.createElement('style'); s.textContent = 'p{}'; document.head.append(s);"),
    (
        "frame-src",
        "const f = document.createElement('iframe'); f.src = 'https://evil.example/'; document.body.append(f);",
    ),
    (
        "form-action",
        "const f = document.createElement('form'); f.action = 'https://evil.example/'; document.body.append(f); f.submit();",
    ),
];

#[tokio::test]
async fn the_content_policy_stops_what_it_must_and_every_breach_is_noted() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    for (rule, script) in FORBIDDEN {
        window.client.execute("window.__violations = [];", vec![]).await.unwrap();
        window.client.execute(script, vec![]).await.unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let noted = window.violations().await.to_string();
            if noted.contains(rule) {
                break;
            }
            assert!(Instant::now() < deadline, "{rule} did not stop {script}: {noted}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    assert_eq!(window.client.execute("return window.hostile ?? null;", vec![]).await.unwrap(), json!(null));
    window.client.execute("window.__violations = [];", vec![]).await.unwrap();
    window.close().await;
}

/// Starts the app as a user does, on the data of this home.
fn start(home: &Home) -> Child {
    let mut command = Command::new(binary());
    command.env("FORAY_DATA_DIR", home.data()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

async fn ended(child: &mut Child) -> bool {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        assert!(Instant::now() < deadline, "a second start on the same folder did not end");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_second_start_brings_the_first_window_to_the_front_and_ends_while_another_folder_gets_its_own() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(SEARCH, "Search · 1 call").await;

    let first_id = visible(1).await;
    let other = Home::new();
    let mut second = start(&other);
    let both = visible(2).await;
    let second_id = both.iter().find(|id| !first_id.contains(id)).unwrap();
    xdotool(&["windowfocus", "--sync", second_id]);

    assert!(ended(&mut start(&home)).await, "it ends well");
    let deadline = Instant::now() + PATIENCE;
    while xdotool(&["getwindowfocus", "-f"]) == *second_id {
        assert!(Instant::now() < deadline, "the first window never had the keyboard");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(visible(2).await.len(), 2, "no further window came");
    assert!(second.try_wait().unwrap().is_none(), "the other folder's window stays");
    second.kill().unwrap();
    second.wait().unwrap();
    window.close().await;
}

#[tokio::test]
async fn a_page_whose_process_dies_is_loaded_anew() {
    // Without a driver, which gives such a page up.
    let home = Home::new();
    let mut app = start(&home);
    let deadline = Instant::now() + PATIENCE;
    while place(&home.data()).is_err() {
        assert!(Instant::now() < deadline, "the page never said where it is");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let first = page_process(app.id(), None).await;
    assert!(Command::new("kill").args(["-KILL", &first.to_string()]).status().unwrap().success());
    page_process(app.id(), Some(first)).await;
    assert!(app.try_wait().unwrap().is_none(), "the window stays");
    app.kill().unwrap();
    app.wait().unwrap();
}

/// The process of an app's page, other than `before`, once there is one.
async fn page_process(app: u32, before: Option<u32>) -> u32 {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let processes =
            std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        let mut pages =
            processes.filter(|process| Some(*process) != before && is_page_of(app, *process).unwrap_or(false));
        if let Some(page) = pages.next() {
            return page;
        }
        assert!(Instant::now() < deadline, "the page had no process");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// None for a process that has just ended.
fn is_page_of(app: u32, process: u32) -> Option<bool> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let command = std::fs::read_to_string(format!("/proc/{process}/cmdline")).ok()?;
    Some(command.contains("WebKitWebProcess") && status.lines().any(|line| line == format!("PPid:\t{app}")))
}

/// The windows of the app on the screen, once there are so many.
async fn visible(count: usize) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found: Vec<String> =
            xdotool(&["search", "--onlyvisible", "--name", "^Foray$"]).lines().map(str::to_owned).collect();
        if found.len() >= count {
            return found;
        }
        assert!(Instant::now() < deadline, "{count} windows never came, only {found:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What xdotool prints; nothing when it finds nothing.
pub fn xdotool(arguments: &[&str]) -> String {
    let output = Command::new("xdotool").args(arguments).output().expect("xdotool");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
