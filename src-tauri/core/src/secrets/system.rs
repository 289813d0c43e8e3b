//! The operating system's keyring: Secret Service, Keychain or Credential Manager. Its connection is kept from one access to
//! the next and made anew after any trouble, since a provider may be started, ended or replaced while we run. What the
//! keyring refuses is told in our words; its own can hold paths and bus names.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use keyring::Error as Refusal;
use keyring_core::{CredentialStore, Entry};
use zeroize::Zeroizing;

use super::{ApiKey, KeyStore, keyring_error};
use crate::error::Error;
use crate::tenant::TenantId;

const SERVICE: &str = "io.foray.app";
/// The entry that is written and removed to find out whether the keyring keeps anything.
const TRIAL: &str = "trial";

/// Clones share the connection.
#[derive(Debug, Clone, Default)]
pub struct SystemKeyring {
    /// Whether `keyring` was asked for its connection, which it makes once in the life of a process, if at all.
    begun: Arc<AtomicBool>,
    store: Arc<Mutex<Option<Arc<CredentialStore>>>>,
}

impl SystemKeyring {
    /// Runs one access. One that fails on a kept connection is made once more on a new one.
    fn access<T>(&self, user: &str, work: impl Fn(&Entry) -> keyring::Result<T>) -> Result<T, Error> {
        // Taken out while it is used: an access that hangs takes its connection along, and the next makes its own.
        let kept = self.store.lock().unwrap_or_else(PoisonError::into_inner).take();
        let run = |store: Arc<CredentialStore>| {
            let answer = store.build(SERVICE, user, None).and_then(|entry| work(&entry))?;
            *self.store.lock().unwrap_or_else(PoisonError::into_inner) = Some(store);
            Ok(answer)
        };
        let first = kept.map(run);
        match first {
            Some(Ok(answer)) => Ok(answer),
            // A question that was put to the user and declined is not put again.
            Some(Err(refusal @ Refusal::NoStorageAccess(_))) => Err(explain(&refusal)),
            Some(Err(_)) | None => self.connect().and_then(run).map_err(|refusal| explain(&refusal)),
        }
    }
}

impl SystemKeyring {
    /// The connection that `keyring` made for this system, then one of our own after any trouble with it.
    fn connect(&self) -> keyring::Result<Arc<CredentialStore>> {
        if !self.begun.swap(true, Ordering::Relaxed)
            && keyring::Entry::store_status().is_ok()
            && let Some(store) = keyring_core::get_default_store()
        {
            return Ok(store);
        }
        reconnect()
    }
}

impl KeyStore for SystemKeyring {
    fn prepare(&self) -> Result<(), Error> {
        self.access(TRIAL, |entry| {
            entry.set_password("kept")?;
            let kept = entry.get_password();
            entry.delete_credential()?;
            kept
        })
        .and_then(|kept| if kept == "kept" { Ok(()) } else { Err(forgetful()) })
    }

    fn set(&self, tenant: TenantId, key: &ApiKey) -> Result<(), Error> {
        self.access(&user(tenant), |entry| entry.set_password(key.expose()))?;
        // Some keyrings take a key and keep none: what counts is what can be read back.
        match self.get(tenant)? {
            Some(stored) if stored == *key => Ok(()),
            _ => Err(forgetful()),
        }
    }

    fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error> {
        let found = self.access(&user(tenant), |entry| match entry.get_password() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(Refusal::NoEntry) => Ok(None),
            Err(refusal) => Err(refusal),
        })?;
        found.map(|text| ApiKey::parse(&text)).transpose()
    }

    fn clear(&self, tenant: TenantId) -> Result<(), Error> {
        self.access(&user(tenant), |entry| match entry.delete_credential() {
            Ok(()) | Err(Refusal::NoEntry) => Ok(()),
            Err(refusal) => Err(refusal),
        })
    }
}

fn user(tenant: TenantId) -> String {
    format!("apollo-key-{tenant}")
}

#[cfg(target_os = "linux")]
fn reconnect() -> keyring::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn reconnect() -> keyring::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn reconnect() -> keyring::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// What helps until there is a keyring that works.
const MEANWHILE: &str = "until then the key can be used for this run only (on the command line: FORAY_APOLLO_KEY).";

#[cfg(target_os = "linux")]
const MEND: &str = "Install gnome-keyring or KWallet and log in again;";
#[cfg(not(target_os = "linux"))]
const MEND: &str = "Log out and in again;";

fn forgetful() -> Error {
    keyring_error("It took the key but did not keep it.", &format!("{MEND} {MEANWHILE}"))
}

fn explain(refusal: &Refusal) -> Error {
    match refusal {
        Refusal::NoStorageAccess(cause) => no_access(cause.as_ref()),
        Refusal::PlatformFailure(_) | Refusal::NoDefaultStore => {
            keyring_error("No keyring service answers.", &format!("{MEND} {MEANWHILE}"))
        }
        Refusal::Ambiguous(_) => keyring_error(
            "It holds several keys for this workspace.",
            "Remove the surplus ones in the keyring's own program.",
        ),
        _ => keyring_error("It refused the access.", &format!("Unlock it and try again; {MEANWHILE}")),
    }
}

/// Locked, declined, or with no place to keep anything in.
#[cfg(target_os = "linux")]
fn no_access(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Error {
    use secret_service::Error as Said;
    match cause.downcast_ref() {
        Some(Said::Prompt) => keyring_error(
            "It is locked, and its question for the password was dismissed or could not be shown.",
            &format!("Try again and answer it, or unlock the keyring in its own program; {MEANWHILE}"),
        ),
        Some(Said::NoResult) => keyring_error(
            "It has no default collection to keep a key in.",
            &format!(
                "Log in again, which makes one, or make one in the keyring's own program (Passwords and Keys, KWalletManager); {MEANWHILE}"
            ),
        ),
        _ => keyring_error("It is locked.", &format!("Unlock it in its own program and try again; {MEANWHILE}")),
    }
}

#[cfg(not(target_os = "linux"))]
fn no_access(_: &(dyn std::error::Error + Send + Sync + 'static)) -> Error {
    keyring_error("It is locked, or access was denied.", &format!("Unlock it, let Foray in and try again; {MEANWHILE}"))
}
