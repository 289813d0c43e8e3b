//! Settings of the app, the way to Apollo they name, and the log.

use std::path::Path;
use std::sync::mpsc;

use foray_core::apollo::Proxy;
use foray_core::log::Level;
use foray_core::settings::{Density, Settings, Theme};
use foray_core::{Source, TenantId};
use foray_sandbox::Plan;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{Desk, page};

fn manual(address: &str) -> Settings {
    Settings { proxy: Proxy::Manual { address: address.to_owned() }, ..Settings::default() }
}

#[tokio::test]
async fn settings_are_kept_and_a_bad_one_changes_nothing() {
    let desk = Desk::new(Plan::Professional).await;
    assert_eq!(desk.foray.settings(), Settings::default());
    let wanted =
        Settings { theme: Theme::Dark, density: Density::Compact, log_level: Level::Debug, ..manual("http://p:1") };
    desk.foray.change_settings(wanted.clone()).await.unwrap();
    assert_eq!(desk.foray.change_settings(manual("p")).await.unwrap_err().code(), "bad_input");
    let desk = desk.restart().await;
    assert_eq!(desk.foray.settings(), wanted);
}

/// A proxy that hears the first line of one request and hangs up.
async fn proxy() -> (String, mpsc::Receiver<String>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (heard, lines) = mpsc::channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = [0; 1024];
            let read = stream.read(&mut bytes).await.unwrap_or(0);
            let text = String::from_utf8_lossy(&bytes[..read]).into_owned();
            drop(heard.send(text));
            drop(stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await);
        }
    });
    (address, lines)
}

#[tokio::test]
async fn a_proxy_is_the_way_to_apollo_from_the_next_call_on_and_sees_no_key() {
    let (address, heard) = proxy().await;
    let desk = Desk::new(Plan::Professional).await;
    let folder = desk.folder.path().join("far");
    let foray = crate::open(&folder, "https://apollo.invalid", &desk.clock, &desk.keys).await;
    let client = foray.workspaces().add("Acme").await.unwrap().id;
    foray.set_key(client, foray_core::secrets::ApiKey::parse("canary-key-0123456789").unwrap()).await.unwrap();
    foray.change_settings(manual(&address)).await.unwrap();
    let answer = foray.search(client, &page(1)).await.unwrap();
    assert_eq!((answer.source, answer.calls_spent), (Source::Empty, 0));
    let reason = answer.reason.unwrap();
    assert!(reason.code == "barred" && reason.message.contains("the proxy of the settings"), "{reason:?}");
    let asked = heard.try_recv().unwrap();
    assert!(asked.starts_with("CONNECT apollo.invalid:443 ") && !asked.contains("canary"), "{asked}");
    let direct = Settings { proxy: Proxy::None, ..Settings::default() };
    foray.change_settings(direct).await.unwrap();
    foray.search_refresh(client, &page(1)).await.unwrap();
    assert!(heard.try_recv().is_err(), "without a proxy none is asked");
}

#[tokio::test]
async fn what_runs_on_this_computer_is_never_reached_through_a_proxy() {
    let (address, heard) = proxy().await;
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.foray.change_settings(manual(&address)).await.unwrap();
    for tenant in [TenantId::SAMPLE, client] {
        assert_eq!(desk.foray.search(tenant, &page(1)).await.unwrap().source, Source::Live);
    }
    assert!(heard.try_recv().is_err());
}

#[tokio::test]
async fn the_log_tells_what_happened_and_nothing_of_whom_it_was_about() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client_with_key("Canary Client", "canary-key-0123456789-a9f3").await;
    desk.foray
        .change_settings(Settings { log_level: Level::Debug, ..manual("http://canary.example:1") })
        .await
        .unwrap();
    let live = desk.foray.search(client, &page(1)).await.unwrap();
    desk.foray.search(client, &page(1)).await.unwrap();
    desk.foray.check_key(client).await.unwrap();
    let backup = desk.folder.path().join("canary.foray-backup");
    desk.foray.back_up(client, &backup, false).await.unwrap();
    desk.foray.settle().await;
    let log = text(&desk.folder.path().join("data/logs"));
    for told in [
        "start version=",
        "search workspace=",
        "source=live code=ok calls=1 ms=",
        "source=cached",
        "backup",
        "key_check",
    ] {
        assert!(log.contains(told), "{told} is missing:\n{log}");
    }
    let person = &live.people[0];
    let names = [person.first_name.clone(), person.organization_name.clone(), person.title.clone()];
    for hidden in names.into_iter().flatten().chain(["anary", "a9f3", "vp", "director"].map(str::to_owned)) {
        assert!(!log.contains(&hidden), "{hidden} is in the log:\n{log}");
    }
    let diagnostics = desk.foray.diagnostics(client).await.unwrap();
    assert!(diagnostics.contains("Proxy: manual") && diagnostics.contains("source=live"), "{diagnostics}");
    assert!(!diagnostics.contains("anary") && !diagnostics.contains("a9f3"), "{diagnostics}");
}

fn text(folder: &Path) -> String {
    std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}
