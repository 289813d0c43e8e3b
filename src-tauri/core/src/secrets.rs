//! API keys in the keyring of the operating system, behind one trait. A key is never written to a file, a log or an
//! error, and there is no way to read one back into the window: set, clear, status.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;

/// A key at least this long can show its last four characters without giving itself away.
const HINT_NEEDS: usize = 16;
const SERVICE: &str = "io.foray.app";
/// A keyring may wait for the user to unlock it; past this, it is told as not answering.
const PATIENCE: Duration = Duration::from_mins(1);

/// An Apollo API key. Has no `Serialize`; its `Debug` shows nothing; it is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// Takes a pasted key: white space around it is dropped.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `key` when it is empty or can't be sent in a header.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::bad_input("key", "Paste the API key from Apollo: Settings → Integrations → API."));
        }
        if text.len() > 512 || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::bad_input(
                "key",
                "That is no Apollo API key: it holds blanks or characters no key has. Copy it again.",
            ));
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// For the request header, and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Last four characters, if the key is long enough.
    pub fn hint(&self) -> Option<String> {
        (self.0.len() >= HINT_NEEDS).then(|| self.0[self.0.len() - 4..].to_owned())
    }

    /// Names the account at Apollo without telling the key.
    pub fn account(&self) -> AccountHash {
        AccountHash::of_key(&self.0)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKey(…)")
    }
}

/// What the window and the command line may know of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum KeyStatus {
    /// The sample workspace.
    NotNeeded,
    /// `FORAY_APOLLO_KEY` of this run.
    Environment,
    Stored {
        hint: Option<String>,
    },
    /// Held in memory, since the keyring can't be used.
    ThisRunOnly {
        hint: Option<String>,
    },
    Missing,
    Unavailable {
        why: String,
        advice: String,
    },
}

impl KeyStatus {
    /// What it is, without anything of the key.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotNeeded => "not needed",
            Self::Environment => "from the environment",
            Self::Stored { .. } => "stored in the keyring",
            Self::ThisRunOnly { .. } => "for this run only",
            Self::Missing => "none",
            Self::Unavailable { .. } => "the keyring can't be used",
        }
    }
}

/// Where keys are kept. Calls may block: they are made off the async threads.
pub trait KeyStore: Send + Sync {
    /// # Errors
    /// [`Error::Keyring`]; nothing is stored then.
    fn set(&self, tenant: TenantId, key: &ApiKey) -> Result<(), Error>;
    fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error>;
    fn clear(&self, tenant: TenantId) -> Result<(), Error>;
}

/// Runs one access to the store off the async threads, one at a time, and gives up when the keyring does not answer.
#[derive(Clone)]
pub struct Secrets {
    store: Arc<dyn KeyStore>,
    one_at_a_time: Arc<tokio::sync::Mutex<()>>,
}

impl Secrets {
    pub fn new(store: Arc<dyn KeyStore>) -> Self {
        Self { store, one_at_a_time: Arc::default() }
    }

    pub async fn set(&self, tenant: TenantId, key: ApiKey) -> Result<(), Error> {
        self.run(move |store| store.set(tenant, &key)).await
    }

    pub async fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error> {
        self.run(move |store| store.get(tenant)).await
    }

    pub async fn clear(&self, tenant: TenantId) -> Result<(), Error> {
        self.run(move |store| store.clear(tenant)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        access: impl FnOnce(&dyn KeyStore) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let store = Arc::clone(&self.store);
        let turns = Arc::clone(&self.one_at_a_time);
        // Waiting for one's turn counts too: an access that hangs must not hang all later ones.
        let in_turn = async {
            let turn = turns.lock_owned().await;
            tokio::task::spawn_blocking(move || {
                let answer = access(store.as_ref());
                drop(turn);
                answer
            })
            .await
        };
        match tokio::time::timeout(PATIENCE, in_turn).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(keyring_error("Its access broke off.", "Try again.")),
            Err(_) => Err(keyring_error("It does not answer.", "Unlock it, or log out and in again, then try again.")),
        }
    }
}

fn keyring_error(why: &str, advice: &str) -> Error {
    Error::Keyring { why: why.to_owned(), advice: advice.to_owned() }
}

/// The operating system's keyring: Secret Service, Keychain or Credential Manager.
#[derive(Debug, Default)]
pub struct SystemKeyring;

impl SystemKeyring {
    /// Runs one access; when the provider went away or never started, starts the store anew and tries once more.
    fn access<T>(tenant: TenantId, work: impl Fn(&keyring_core::Entry) -> keyring::Result<T>) -> Result<T, Error> {
        let user = format!("apollo-key-{tenant}");
        let first = keyring::Entry::new(SERVICE, &user).and_then(|entry| work(&entry.inner));
        match first {
            Err(keyring::Error::PlatformFailure(_) | keyring::Error::NoDefaultStore) => {
                restart_store().and_then(|()| keyring_core::Entry::new(SERVICE, &user)).and_then(|entry| work(&entry))
            }
            other => other,
        }
        .map_err(|error| explain(&error))
    }
}

impl KeyStore for SystemKeyring {
    fn set(&self, tenant: TenantId, key: &ApiKey) -> Result<(), Error> {
        Self::access(tenant, |entry| entry.set_password(key.expose()))?;
        // Some keyrings take a key and keep none: what counts is what can be read back.
        match self.get(tenant)? {
            Some(stored) if stored == *key => Ok(()),
            _ => Err(keyring_error("It took the key but did not keep it.", NO_KEYRING_ADVICE)),
        }
    }

    fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error> {
        let found = Self::access(tenant, |entry| match entry.get_password() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })?;
        found.map(|text| ApiKey::parse(&text)).transpose()
    }

    fn clear(&self, tenant: TenantId) -> Result<(), Error> {
        Self::access(tenant, |entry| match entry.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
    }
}

#[cfg(target_os = "linux")]
const NO_KEYRING_ADVICE: &str = "Install and unlock gnome-keyring or KWallet; until then the key can be used for one run only (FORAY_APOLLO_KEY on the command line).";
#[cfg(not(target_os = "linux"))]
const NO_KEYRING_ADVICE: &str =
    "Unlock it and try again; until then the key can be used for one run only (FORAY_APOLLO_KEY on the command line).";

/// A Secret Service without a login collection answers as a locked one does.
#[cfg(target_os = "linux")]
const LOCKED_ADVICE: &str = "Unlock it (or install gnome-keyring or KWallet and log in again) and try again; until then the key can be used for \
                             one run only (FORAY_APOLLO_KEY on the command line).";
#[cfg(not(target_os = "linux"))]
const LOCKED_ADVICE: &str = "Unlock it and try again.";

fn restart_store() -> keyring::Result<()> {
    #[cfg(target_os = "linux")]
    keyring_core::set_default_store(zbus_secret_service_keyring_store::Store::new()?);
    #[cfg(target_os = "macos")]
    keyring_core::set_default_store(apple_native_keyring_store::keychain::Store::new()?);
    #[cfg(windows)]
    keyring_core::set_default_store(windows_native_keyring_store::Store::new()?);
    Ok(())
}

/// The keyring's refusal in our words. Its own text can hold paths and bus names, but never the secret.
fn explain(error: &keyring::Error) -> Error {
    use keyring::Error as Refusal;
    match error {
        Refusal::NoStorageAccess(_) => {
            keyring_error("It is locked, has no default collection, or access was denied.", LOCKED_ADVICE)
        }
        Refusal::PlatformFailure(_) | Refusal::NoDefaultStore => {
            keyring_error("No keyring service answers.", NO_KEYRING_ADVICE)
        }
        Refusal::Ambiguous(_) => keyring_error(
            "It holds several keys for this workspace.",
            "Remove the surplus ones in the keyring's own program.",
        ),
        _ => keyring_error("It refused the access.", NO_KEYRING_ADVICE),
    }
}

/// Keys in memory, for tests and for a run without a keyring; gone with the process.
#[derive(Debug, Default)]
pub struct MemoryKeys {
    keys: Mutex<HashMap<TenantId, ApiKey>>,
}

impl KeyStore for MemoryKeys {
    fn set(&self, tenant: TenantId, key: &ApiKey) -> Result<(), Error> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant, key.clone());
        Ok(())
    }

    fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error> {
        Ok(self.keys.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned())
    }

    fn clear(&self, tenant: TenantId) -> Result<(), Error> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_key_never_shows_itself() {
        let key = ApiKey::parse("  sekrit-sekrit-a9f3\n").unwrap();
        assert_eq!(format!("{key:?}"), "ApiKey(…)");
        assert_eq!(key.hint().as_deref(), Some("a9f3"));
        assert!(!key.account().to_string().contains("sekrit"));
    }

    #[test]
    fn a_short_key_gives_no_hint() {
        assert_eq!(ApiKey::parse("fifteen-letters").unwrap().hint(), None);
    }

    #[test]
    fn what_can_not_stand_in_a_header_is_no_key() {
        for text in ["", "  ", "two words", "zeile\nzwei", "schlüssel", "\u{0}abc"] {
            assert!(ApiKey::parse(text).is_err(), "{text:?}");
        }
    }
}
