//! The keyring while the window is open: locked, restarted, not there. It is told in words, waited for, and asked again.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use foray_sandbox::Plan;

use crate::hunt::files_with;
use crate::marks::{DIALOG, SEARCH, SOURCE};
use crate::own::{account, choose_persona, make_workspace, only};
use crate::window::{Home, PATIENCE, Window};

const KEY: &str = "canary-key-of-acme-0123456789-a9f3";

async fn search(window: &Window) {
    choose_persona(window, "Sales leaders, DACH").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
}

/// Locks the keyring, as a user who goes away does.
fn lock_keyring() {
    let mut lock = Command::new("dbus-send");
    lock.args(["--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets"]);
    lock.args(["org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login"]);
    assert!(lock.output().unwrap().status.success());
}

/// Answers the keyring's question for its password with these keys, once it is on the screen.
async fn answer_keyring(keys: &[&[&str]]) {
    for _ in 0..300 {
        let found = Command::new("xdotool").args(["search", "--onlyvisible", "--class", "gcr-prompter"]).output();
        let found = String::from_utf8(found.unwrap().stdout).unwrap();
        if let Some(id) = found.lines().next()
            && Command::new("xdotool").args(["windowfocus", "--sync", id]).status().unwrap().success()
        {
            for key in keys {
                assert!(Command::new("xdotool").args(*key).status().unwrap().success());
            }
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the keyring never asked");
}

#[tokio::test]
async fn a_keyring_that_was_locked_asks_for_its_password_and_is_waited_for() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    make_workspace(&window, KEY).await;
    window.click("Close").await;
    window.gone(DIALOG).await;

    lock_keyring();
    window.choose_from_menu("Apollo key and calls…").await;
    window.text_with(DIALOG, "Waiting for the keyring").await;
    window.picture("keyring-1-waiting").await;
    answer_keyring(&[&["key", "Escape"]]).await;
    window.text_with(DIALOG, "It is locked, and its question for the password was dismissed").await;
    window.picture("keyring-2-locked").await;
    window.click("Ask the keyring again").await;
    answer_keyring(&[&["type", "--delay", "30", "pw"], &["key", "Return"]]).await;
    window.text_with(DIALOG, "ends in …a9f3").await;
    window.press(Key::Escape).await;
    window.gone(DIALOG).await;
    search(&window).await;
    only(&apollo, "a9f3", 1);
    window.close().await;
}

#[tokio::test]
async fn without_a_keyring_a_key_is_held_for_this_run_and_that_is_said() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let nowhere = format!("unix:path={}", home.data().with_file_name("no-bus").display());
    let variables = [("FORAY_APOLLO_URL", apollo.origin()), ("DBUS_SESSION_BUS_ADDRESS", nowhere)];
    let variables = [0, 1].map(|at| (variables[at].0, variables[at].1.as_str()));
    let window = Window::open_with(&home, &variables).await;
    window.click("Use my own Apollo key…").await;
    window.text_with(DIALOG, "New workspace").await;
    window.find("[role=dialog] input").await.send_keys("Acme").await.unwrap();
    window.press(Key::Enter).await;
    window.find("#apollo-key").await.send_keys(KEY).await.unwrap();
    window.press(Key::Enter).await;
    window.text_with(DIALOG, "Or enter it again to use it until the app closes").await;
    let told = window.text(DIALOG).await;
    assert!(told.contains("gnome-keyring") && told.contains("KWallet"), "{told}");
    window.picture("keyring-3-no-keyring").await;
    window.type_text(KEY).await;
    window.press(Key::Enter).await;
    window.text_with(DIALOG, "Kept in memory for this run only, ends in …a9f3").await;
    window.press(Key::Escape).await;
    window.gone(DIALOG).await;
    search(&window).await;
    only(&apollo, "a9f3", 1);
    window.close().await;
    assert_eq!(files_with(&home.data(), &KEY[..20]), Vec::<std::path::PathBuf>::new());
}

/// The process that holds the keyring, if there is one.
fn keyring_process() -> Option<String> {
    let mut ask = Command::new("dbus-send");
    ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
    ask.args(["org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"]);
    let answer = ask.output().unwrap();
    let text = String::from_utf8(answer.stdout).unwrap();
    answer.status.success().then(|| text.split_whitespace().last().unwrap().to_owned())
}

/// Ends it, as a crash or an upgrade does.
async fn kill_keyring() {
    let process = keyring_process().expect("a keyring is there");
    assert!(Command::new("kill").args(["-KILL", &process]).status().unwrap().success());
    let deadline = Instant::now() + PATIENCE;
    while keyring_process().is_some_and(|now| now == process) {
        assert!(Instant::now() < deadline, "the keyring stayed");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Starts it anew, unlocked, as a login does. Whatever stands in its place by then makes room.
fn start_keyring() {
    let mut start = Command::new("gnome-keyring-daemon");
    start.args(["--replace", "--unlock", "--components=secrets"]).stdin(Stdio::piped());
    let mut started = start.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    started.stdin.take().unwrap().write_all(b"pw").unwrap();
    assert!(started.wait().unwrap().success());
}

#[tokio::test]
async fn a_keyring_that_is_restarted_under_the_window_is_asked_again_and_has_the_key() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    make_workspace(&window, KEY).await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    search(&window).await;

    // The desktop starts another at the first question, and that one is locked.
    kill_keyring().await;
    window.choose_from_menu("Apollo key and calls…").await;
    answer_keyring(&[&["key", "Escape"]]).await;
    window.text_with(DIALOG, "It is locked, and its question for the password was dismissed").await;
    window.picture("keyring-4-restarted-locked").await;
    start_keyring();
    window.click("Ask the keyring again").await;
    window.text_with(DIALOG, "ends in …a9f3").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with("[data-testid=status-calls]", "98 of 100").await;
    only(&apollo, "a9f3", 2);

    // Restarted between two questions, it is found again without anybody noticing.
    kill_keyring().await;
    start_keyring();
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with("[data-testid=status-calls]", "97 of 100").await;
    only(&apollo, "a9f3", 3);
    window.close().await;
}
