//! Storing, clearing and checking a workspace's API key, and what its account allows. The key goes in and never comes out again.

mod account;
mod check;

use crate::access::{Access, KeySource};
use crate::error::Error;
use crate::foray::Foray;
use crate::log::Fact;
use crate::secrets::{ApiKey, KeyStatus, KeyStore};
use crate::tenant::TenantId;
use crate::workspace::KeyTrace;

pub use account::{AccountCheck, Allowed, EndpointCheck};
pub use check::KeyCheck;

impl Foray {
    /// Stores a key in the keyring. The key counts from the next call on.
    ///
    /// # Errors
    /// [`Error::BadInput`] for the sample workspace; [`Error::Keyring`] when it can't be stored, and then nothing is.
    pub async fn set_key(&self, tenant: TenantId, key: ApiKey) -> Result<KeyStatus, Error> {
        self.key_owner(tenant).await?;
        let trace = KeyTrace { hint: key.hint(), account: key.account().to_string() };
        let account = self.account(&key);
        self.secrets().set(tenant, key).await.inspect_err(|error| self.log_key_trouble(tenant, error))?;
        self.this_run().clear(tenant)?;
        self.workspaces().set_key_trace(tenant, Some(trace)).await?;
        self.log().info("key_set", &[Fact::Workspace(tenant)]);
        self.searches().gateway().gates().reopen(account).await?;
        self.board().stir();
        self.key_state(tenant).await
    }

    /// Holds a key in memory until this process ends, for a computer without a keyring.
    ///
    /// # Errors
    /// [`Error::BadInput`] for the sample workspace.
    pub async fn use_key_for_this_run(&self, tenant: TenantId, key: ApiKey) -> Result<KeyStatus, Error> {
        self.key_owner(tenant).await?;
        self.searches().gateway().gates().reopen(self.account(&key)).await?;
        self.this_run().set(tenant, &key)?;
        self.board().stir();
        self.key_state(tenant).await
    }

    /// Removes the key from the keyring and from memory.
    ///
    /// # Errors
    /// [`Error::Keyring`]; the key is then still in the keyring.
    pub async fn clear_key(&self, tenant: TenantId) -> Result<KeyStatus, Error> {
        self.key_owner(tenant).await?;
        self.this_run().clear(tenant)?;
        let stored = self.workspaces().key_trace(tenant).await?.is_some();
        // Also without a trace, which a damaged registry takes along; then a keyring that does not answer has none of ours.
        let cleared = self.secrets().clear(tenant).await;
        if stored {
            cleared.inspect_err(|error| self.log_key_trouble(tenant, error))?;
            self.workspaces().set_key_trace(tenant, None).await?;
            self.log().info("key_clear", &[Fact::Workspace(tenant)]);
        }
        self.board().stir();
        self.key_state(tenant).await
    }

    /// What is known of the key; opens the keyring only when one should be in it.
    pub async fn key_state(&self, tenant: TenantId) -> Result<KeyStatus, Error> {
        let access = self.access(tenant).await?;
        let status = key_status(&access);
        if !matches!(status, KeyStatus::Stored { .. }) {
            return Ok(status);
        }
        match self.secrets().get(tenant).await {
            Ok(Some(_)) => Ok(status),
            Ok(None) => Ok(KeyStatus::Unavailable {
                why: "The keyring no longer holds the key that was stored.".to_owned(),
                advice: "Unlock the keyring this computer used before, or store the key again.".to_owned(),
            }),
            Err(Error::Keyring { why, advice }) => Ok(KeyStatus::Unavailable { why, advice }),
            Err(error) => Err(error),
        }
    }

    fn log_key_trouble(&self, tenant: TenantId, error: &Error) {
        self.log().error("keyring", &[Fact::Workspace(tenant), Fact::Word("code", error.code())]);
    }

    async fn key_owner(&self, tenant: TenantId) -> Result<(), Error> {
        if self.workspaces().get(tenant).await?.sample {
            return Err(Error::bad_input(
                "workspace",
                "The sample workspace needs no key. Make a workspace of your own for Apollo.",
            ));
        }
        Ok(())
    }
}

/// From the registry alone, without opening the keyring.
pub(crate) fn key_status(access: &Access) -> KeyStatus {
    match &access.keys {
        KeySource::Sample => KeyStatus::NotNeeded,
        KeySource::Environment(_) => KeyStatus::Environment,
        KeySource::Kept { this_run, .. } => match this_run.get(access.tenant()) {
            Ok(Some(key)) => KeyStatus::ThisRunOnly { hint: key.hint() },
            _ if access.account.is_some() => KeyStatus::Stored { hint: access.workspace.key_hint.clone() },
            _ => KeyStatus::Missing,
        },
    }
}
