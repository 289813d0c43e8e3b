//! How one workspace reaches Apollo: its settings, its files, its origin, and its key at the moment a call is made.

use std::sync::Arc;

use uuid::Uuid;

use crate::apollo::{ApolloClient, Endpoint};
use crate::error::Error;
use crate::files::TenantFiles;
use crate::rate_limit::{AccountHash, Haste};
use crate::secrets::{ApiKey, KeyStore, MemoryKeys, Secrets};
use crate::tenant::TenantId;
use crate::workspace::Workspace;

/// The key of a call and the name of its account.
#[derive(Debug, Clone)]
pub struct Account {
    pub key: ApiKey,
    pub hash: AccountHash,
}

impl Account {
    pub fn new(key: ApiKey, origin: &str) -> Self {
        let hash = key.account().at(origin);
        Self { key, hash }
    }
}

/// Where the key comes from.
#[derive(Clone)]
pub enum KeySource {
    /// The stand-in takes any.
    Sample,
    /// `FORAY_APOLLO_KEY`, for this run.
    Environment(ApiKey),
    /// The keyring, or the memory of this run where there is none.
    Kept { secrets: Secrets, this_run: Arc<MemoryKeys> },
}

/// One workspace, ready to be asked for.
#[derive(Clone)]
pub struct Access {
    pub workspace: Workspace,
    pub files: TenantFiles,
    pub client: ApolloClient,
    /// What the origin is called in cache keys and accounts: itself, or `sandbox`.
    pub origin_label: String,
    /// The account as far as it is known without opening the keyring; none without a key.
    pub account: Option<AccountHash>,
    pub keys: KeySource,
    /// Who waits for its calls.
    pub haste: Haste,
    /// The job that asks; none for who clicked.
    pub job: Option<Uuid>,
    /// What the ledger says its calls are for; none where the question says it.
    pub title: Option<String>,
    /// Calls that one question may take, repeats and all; none for as many as it takes.
    pub calls_at_most: Option<u32>,
}

impl Access {
    /// Whether a question that took so many calls may take another.
    pub fn allows_another(&self, calls_spent: u32) -> bool {
        self.calls_at_most.is_none_or(|most| calls_spent < most)
    }

    /// Whether a page of this search may cost credits: the stand-in's never do.
    pub fn may_cost(&self, endpoint: Endpoint) -> bool {
        endpoint.credits_at_most() > 0 && !self.workspace.sample
    }

    pub fn tenant(&self) -> TenantId {
        self.workspace.id
    }

    /// The key, read at each call, so that a changed one counts at once.
    ///
    /// # Errors
    /// [`Error::KeyMissing`], [`Error::Keyring`].
    pub async fn key(&self) -> Result<Account, Error> {
        let account = |key| Account::new(key, &self.origin_label);
        match &self.keys {
            KeySource::Sample => ApiKey::parse("sample-workspace").map(account),
            KeySource::Environment(key) => Ok(account(key.clone())),
            KeySource::Kept { secrets, this_run } => {
                if let Some(key) = this_run.get(self.tenant())? {
                    return Ok(account(key));
                }
                // Nothing was ever stored: no need to wake the keyring, which may not be there at all.
                if self.account.is_none() {
                    return Err(Error::KeyMissing);
                }
                secrets.get(self.tenant()).await?.map(account).ok_or(Error::KeyMissing)
            }
        }
    }
}
