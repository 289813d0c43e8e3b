//! The system's own file dialog, driven by keys: the one place where nothing of ours stands between the user and it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use fantoccini::key::Key;

use crate::marks::{DIALOG, EXPORT, SEARCH, SOURCE};
use crate::window::{Home, Window};

#[tokio::test]
async fn the_real_dialog_names_the_file_that_is_written() {
    let home = Home::new();
    let window = Window::open_with(&home, &[("FORAY_E2E_SAVE_TO", "")]).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.press(Key::Enter).await;
    window.text_with(SOURCE, "live").await;
    window.find(EXPORT).await.click().await.unwrap();
    window.click("Choose file…").await;

    let target = home.exports().join("chosen by hand");
    focus_dialog().await;
    xdotool(&["key", "--clearmodifiers", "ctrl+a"]);
    xdotool(&["type", "--delay", "20", &target.display().to_string()]);
    xdotool(&["key", "Return"]);
    window.text_with(DIALOG, "chosen by hand.csv").await;
    window.click("Export ·").await;
    window.text_with("body", "Exported 50 rows").await;
    assert!(target.with_extension("csv").exists());
    window.close().await;
    // What one client's dialog chose is in no list that another's shows.
    let recent = Path::new(&std::env::var_os("XDG_DATA_HOME").unwrap()).join("recently-used.xbel");
    let recent = std::fs::read_to_string(recent).unwrap_or_default();
    assert!(!recent.contains("chosen%20by%20hand"), "{recent}");
}

/// Waits until the dialog is on the screen and has the keyboard. No window manager runs here that would give it.
async fn focus_dialog() {
    for _ in 0..300 {
        if let Some(id) = answer(&["search", "--onlyvisible", "--name", "Export as CSV"])
            && answer(&["windowfocus", &id]).is_some()
            && answer(&["getwindowfocus", "-f"]).as_ref() == Some(&id)
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the dialog never came");
}

/// The first line that xdotool prints; none when it does not succeed.
fn answer(arguments: &[&str]) -> Option<String> {
    let output = Command::new("xdotool").args(arguments).output().expect("xdotool");
    let text = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned();
    output.status.success().then_some(text)
}

fn xdotool(arguments: &[&str]) {
    let status = Command::new("xdotool").args(arguments).status().expect("xdotool");
    assert!(status.success(), "xdotool {arguments:?}");
}
