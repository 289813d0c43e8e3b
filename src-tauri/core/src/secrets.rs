//! API keys in the keyring of the operating system, behind one trait. A key is never written to a file, a log or an
//! error, and there is no way to read one back into the window: set, clear, status.

mod system;
mod turns;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::rate_limit::AccountHash;
use crate::tenant::TenantId;
pub use system::SystemKeyring;
pub use turns::Secrets;

/// A header takes no more.
const LONGEST: usize = 512;

/// A key at least this long can show its last four characters without giving itself away.
const HINT_NEEDS: usize = 16;

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
        if text.len() > LONGEST {
            let message = format!("That is no Apollo API key: it is {} characters long. Copy it again.", text.len());
            return Err(Error::bad_input("key", message));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
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
    /// Finds out, by writing, whether a key would be kept. May wait for the user to unlock the store; whoever gives up
    /// waiting meanwhile has changed nothing.
    ///
    /// # Errors
    /// [`Error::Keyring`].
    fn prepare(&self) -> Result<(), Error>;
    /// # Errors
    /// [`Error::Keyring`]; nothing is stored then.
    fn set(&self, tenant: TenantId, key: &ApiKey) -> Result<(), Error>;
    fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error>;
    fn clear(&self, tenant: TenantId) -> Result<(), Error>;
}

fn keyring_error(why: &str, advice: &str) -> Error {
    Error::Keyring { why: why.to_owned(), advice: advice.to_owned() }
}

/// Keys in memory, for tests and for a run without a keyring; gone with the process.
#[derive(Debug, Default)]
pub struct MemoryKeys {
    keys: Mutex<HashMap<TenantId, ApiKey>>,
}

impl KeyStore for MemoryKeys {
    fn prepare(&self) -> Result<(), Error> {
        Ok(())
    }

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
