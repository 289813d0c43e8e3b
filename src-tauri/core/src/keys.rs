//! Storing, clearing and checking a workspace's API key. The key goes in and never comes out again.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::access::{Access, KeySource};
use crate::apollo::response::{read_json, whole_number};
use crate::error::Error;
use crate::foray::Foray;
use crate::rate_limit::EndpointClass;
use crate::secrets::{ApiKey, KeyStatus, KeyStore};
use crate::tenant::TenantId;
use crate::workspace::KeyTrace;

/// What Apollo says of a key. Costs 1 call, no credits.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct KeyCheck {
    pub valid: bool,
    /// Null where Apollo did not tell; a search tells for sure.
    pub may_search: Option<bool>,
    pub credits_left: Option<u64>,
    pub calls_spent: u32,
    /// What it means, step by step.
    pub sentences: Vec<String>,
    pub checked_at: Timestamp,
    /// Why it is not known to be valid: the code of an [`Error`].
    pub code: Option<String>,
}

impl Foray {
    /// Stores a key in the keyring. The key counts from the next call on.
    ///
    /// # Errors
    /// [`Error::BadInput`] for the sample workspace; [`Error::Keyring`] when it can't be stored, and then nothing is.
    pub async fn set_key(&self, tenant: TenantId, key: ApiKey) -> Result<KeyStatus, Error> {
        self.key_owner(tenant).await?;
        let trace = KeyTrace { hint: key.hint(), account: key.account().to_string() };
        let account = self.account(&key);
        self.secrets().set(tenant, key).await?;
        self.this_run().clear(tenant)?;
        self.workspaces().set_key_trace(tenant, Some(trace)).await?;
        self.searches().gateway().gates().reopen(account).await?;
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
        self.key_state(tenant).await
    }

    /// Removes the key from the keyring and from memory.
    ///
    /// # Errors
    /// [`Error::Keyring`]; the key is then still there.
    pub async fn clear_key(&self, tenant: TenantId) -> Result<KeyStatus, Error> {
        self.key_owner(tenant).await?;
        self.this_run().clear(tenant)?;
        if self.workspaces().key_trace(tenant).await?.is_some() {
            self.secrets().clear(tenant).await?;
            self.workspaces().set_key_trace(tenant, None).await?;
        }
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

    /// Asks Apollo whether the key is valid and how many credits are left. Takes 1 call, costs no credits.
    ///
    /// # Errors
    /// [`Error::KeyMissing`], [`Error::Keyring`], and what keeps a call from being made.
    pub async fn check_key(&self, tenant: TenantId) -> Result<KeyCheck, Error> {
        let access = self.access(tenant).await?;
        let account = access.key().await?;
        let gateway = self.searches().gateway();
        let asked =
            gateway.get(&access, &account, EndpointClass::Other, "users/api_profile?include_credit_usage=true").await;
        // What Apollo says now opens what it said before; a check that did not reach it opens nothing.
        match &asked.body {
            Ok(_) => gateway.gates().reopen(account.hash).await?,
            Err(Error::Forbidden { .. }) => gateway.gates().reopen_key(account.hash).await?,
            Err(_) => {}
        }
        let checked_at = self.clock().now();
        let check = |valid, credits_left, sentences, code: Option<&Error>| KeyCheck {
            valid,
            may_search: None,
            credits_left,
            calls_spent: asked.calls_spent,
            sentences,
            checked_at,
            code: code.map(|error| error.code().to_owned()),
        };
        match &asked.body {
            Ok(body) => {
                let profile = read_json(body).ok_or(Error::Unreadable)?;
                let credits = credits_left(&profile);
                let mut sentences = vec!["Apollo knows this key.".to_owned()];
                sentences.push(match credits {
                    Some(credits) => format!("The account has {credits} credits left."),
                    None => "Apollo did not tell how many credits are left.".to_owned(),
                });
                sentences.push("The first search finds out which search endpoint the account may use.".to_owned());
                Ok(check(true, credits, sentences, None))
            }
            Err(error @ Error::KeyRejected) => Ok(check(false, None, vec![error.to_string()], Some(error))),
            Err(error @ Error::Forbidden { .. }) => {
                let sentence = "Apollo knows this key, but it may not read its own profile (403). Searches may work all the same; \
                                on a free plan the full search is closed."
                    .to_owned();
                Ok(check(true, None, vec![sentence], Some(error)))
            }
            Err(error) if asked.calls_spent == 0 => Err(error.clone()),
            Err(error) => Err(error.clone()),
        }
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

/// Credits left, wherever Apollo's profile puts them.
fn credits_left(profile: &Value) -> Option<u64> {
    let direct = ["num_credits_remaining", "num_lead_credits_remaining", "credits_left"]
        .iter()
        .find_map(|name| profile.get(name).and_then(whole_number));
    direct.or_else(|| {
        let usage = profile.get("credit_usage").or_else(|| profile.get("lead_credit"))?;
        let lead = usage.get("lead_credit").unwrap_or(usage);
        lead.get("left_over").and_then(whole_number)
    })
}
