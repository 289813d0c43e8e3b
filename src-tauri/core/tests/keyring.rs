//! The real keyring of the system, when a session provides one (`cargo xtask test` does, with `FORAY_TEST_KEYRING=1`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use foray_core::TenantId;
use foray_core::secrets::{ApiKey, KeyStore, Secrets, SystemKeyring};

/// One test takes the keyring away for a moment.
static KEYRING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[tokio::test]
async fn a_key_is_set_read_replaced_and_cleared_in_the_systems_keyring() {
    if std::env::var_os("FORAY_TEST_KEYRING").is_none() {
        println!("skipped: FORAY_TEST_KEYRING is not set, so no keyring is touched");
        return;
    }
    let _turn = KEYRING.lock().await;
    let keyring = Secrets::new(std::sync::Arc::new(SystemKeyring::default()));
    let (tenant, other) = (TenantId::generate(), TenantId::generate());
    assert_eq!(keyring.get(tenant).await.unwrap(), None);
    for text in ["first-key-0123456789", "second-key-0123456789"] {
        let key = ApiKey::parse(text).unwrap();
        keyring.set(tenant, key.clone()).await.unwrap();
        assert_eq!(keyring.get(tenant).await.unwrap(), Some(key));
        assert_eq!(keyring.get(other).await.unwrap(), None, "another workspace sees nothing");
    }
    keyring.clear(tenant).await.unwrap();
    assert_eq!(keyring.get(tenant).await.unwrap(), None);
    keyring.clear(tenant).await.unwrap();
}

/// Another keyring takes the place of the one that runs, as after its crash; it is unlocked with the same password.
fn restart_keyring() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut daemon = Command::new("gnome-keyring-daemon");
    daemon.args(["--replace", "--unlock", "--components=secrets"]).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut daemon = daemon.stderr(Stdio::null()).spawn().unwrap();
    daemon.stdin.take().unwrap().write_all(b"pw").unwrap();
    assert!(daemon.wait().unwrap().success());
}

#[tokio::test]
async fn a_keyring_that_was_restarted_while_we_run_is_reached_again() {
    if std::env::var_os("FORAY_TEST_KEYRING").is_none() {
        println!("skipped: FORAY_TEST_KEYRING is not set, so no keyring is touched");
        return;
    }
    let _turn = KEYRING.lock().await;
    let keyring = Secrets::new(std::sync::Arc::new(SystemKeyring::default()));
    let tenant = TenantId::generate();
    let [first, second] = ["first-key-0123456789", "second-key-0123456789"].map(|text| ApiKey::parse(text).unwrap());
    keyring.set(tenant, first.clone()).await.unwrap();
    restart_keyring();
    assert_eq!(keyring.get(tenant).await.unwrap(), Some(first));
    restart_keyring();
    keyring.set(tenant, second.clone()).await.unwrap();
    assert_eq!(keyring.get(tenant).await.unwrap(), Some(second));
    restart_keyring();
    keyring.clear(tenant).await.unwrap();
    assert_eq!(keyring.get(tenant).await.unwrap(), None);
}

#[test]
fn without_a_keyring_the_error_says_how_to_mend_it() {
    if std::env::var_os("FORAY_TEST_KEYRING").is_some()
        || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || !cfg!(target_os = "linux")
    {
        println!("skipped: this computer has a keyring");
        return;
    }
    let error =
        SystemKeyring::default().set(TenantId::generate(), &ApiKey::parse("some-key-0123456789").unwrap()).unwrap_err();
    assert_eq!(error.code(), "keyring");
    let sentence = error.to_string();
    assert!(sentence.contains("gnome-keyring") && !sentence.contains("some-key"), "{sentence}");
}
