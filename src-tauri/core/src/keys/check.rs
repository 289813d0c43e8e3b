//! Asking Apollo about a key, with the one question that costs no credits (`users/api_profile`), and what its answer means
//! in three steps: whether the key is valid, whether it may search, what its limits are.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::apollo::usage::{PROFILE, read_profile};
use crate::credits::{Credits, credits_in_words};
use crate::error::Error;
use crate::foray::Foray;
use crate::log::Fact;
use crate::rate_limit::{ApolloWindow, EndpointClass, Period};
use crate::tenant::TenantId;

/// What Apollo says of a key. Costs 1 call, no credits.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct KeyCheck {
    pub valid: bool,
    /// Null where Apollo did not tell; a search tells for sure.
    pub may_search: Option<bool>,
    pub credits_left: Option<Credits>,
    pub calls_spent: u32,
    /// What it means, step by step.
    pub sentences: Vec<String>,
    pub checked_at: Timestamp,
    /// Why it is not known to be valid: the code of an [`Error`].
    pub code: Option<String>,
}

/// What an answer means, before it is known what the check cost.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub valid: bool,
    may_search: Option<bool>,
    pub sentences: Vec<String>,
}

impl Foray {
    /// Asks Apollo whether the key is valid and how many credits are left. Takes 1 call, costs no credits.
    ///
    /// # Errors
    /// [`Error::KeyMissing`], [`Error::Keyring`], and what keeps a call from being made or answered.
    pub async fn check_key(&self, tenant: TenantId) -> Result<KeyCheck, Error> {
        let access = self.access(tenant).await?;
        let account = access.key().await?;
        let gateway = self.searches().gateway();
        let asked = gateway.get(&access, &account, EndpointClass::Other, PROFILE).await;
        // What Apollo says now opens what it said before; a check that did not reach it opens nothing.
        match &asked.body {
            Ok(_) => gateway.gates().reopen(account.hash).await?,
            Err(Error::Forbidden { .. }) => gateway.gates().reopen_key(account.hash).await?,
            Err(_) => {}
        }
        let code = asked.body.as_ref().map_or_else(Error::code, |_| "ok");
        self.log().info("key_check", &[Fact::Workspace(tenant), Fact::Word("code", code)]);
        self.board().stir();
        let (meaning, credits_left, code) = match &asked.body {
            Ok(body) => {
                let credits = read_profile(body)?.credits_left;
                let calls_an_hour = access.workspace.calls_per_hour;
                let limits = gateway.ledger().status(tenant, calls_an_hour, Some(account.hash)).await?.apollo;
                (accepted(credits, &limits), credits, None)
            }
            Err(error) => (refused(error).ok_or_else(|| error.clone())?, None, Some(error.code().to_owned())),
        };
        Ok(KeyCheck {
            valid: meaning.valid,
            may_search: meaning.may_search,
            credits_left,
            calls_spent: asked.calls_spent,
            sentences: meaning.sentences,
            checked_at: self.clock().now(),
            code,
        })
    }
}

fn accepted(credits: Option<Credits>, limits: &[ApolloWindow]) -> Meaning {
    let credits = match credits {
        Some(credits) => format!("The account has {} left.", credits_in_words(credits)),
        None => "Apollo did not tell how many credits are left.".to_owned(),
    };
    let sentences = vec![
        "Apollo knows this key.".to_owned(),
        "The first search finds out which of Apollo's two searches the account may use.".to_owned(),
        format!("{} {credits}", limits_in_words(limits)),
    ];
    Meaning { valid: true, may_search: None, sentences }
}

/// Apollo's limits on calls like the check itself, as its headers told them.
fn limits_in_words(limits: &[ApolloWindow]) -> String {
    let told: Vec<String> = Period::ALL
        .into_iter()
        .filter_map(|period| {
            let window = limits.iter().find(|one| one.class == EndpointClass::Other && one.period == period)?;
            let period = match period {
                Period::Minute => "a minute",
                Period::Hour => "an hour",
                Period::Day => "a day",
            };
            Some(format!("{} {period}", window.limit))
        })
        .collect();
    if told.is_empty() {
        return "Apollo did not tell its limits.".to_owned();
    }
    format!("Apollo's own limits for such calls: {}.", told.join(", "))
}

/// What a refusal says of the key itself; none when it says nothing of it.
pub(super) fn refused(error: &Error) -> Option<Meaning> {
    match error {
        Error::KeyRejected => Some(Meaning {
            valid: false,
            may_search: Some(false),
            sentences: vec![
                "Apollo does not know this key (401): it was mistyped, revoked, or belongs to nobody any more.".to_owned(),
                "Make a new one in Apollo under Settings → Integrations → API, and store it here. No credits were spent."
                    .to_owned(),
            ],
        }),
        Error::Forbidden { said, .. } if is_about_the_plan(said) => {
            Some(Meaning {
                valid: true,
                may_search: None,
                sentences: vec![
                    "Apollo knows this key, but the account is on a plan without this part of the API (403).".to_owned(),
                    "Its full search will be closed. The free search may still be open: the next search tries both and \
                     costs no credits there."
                        .to_owned(),
                    "For full rows the account needs a paid plan at Apollo.".to_owned(),
                ],
            })
        }
        Error::Forbidden { .. } => Some(Meaning {
            valid: true,
            may_search: None,
            sentences: vec![
                "Apollo knows this key, but it may not read its own profile (403): it was made for other parts of the API."
                    .to_owned(),
                "It may search all the same: the next search tells. If that is refused too, make a key in Apollo with \
                 “Set as master key”, or with the search endpoints ticked."
                    .to_owned(),
            ],
        }),
        _ => None,
    }
}

pub(super) fn is_about_the_plan(said: &str) -> bool {
    let said = said.to_lowercase();
    said.contains("free plan") || said.contains("paid plans")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn forbidden(said: &str) -> Error {
        Error::Forbidden { endpoint: "users/api_profile".to_owned(), said: said.to_owned() }
    }

    #[test]
    fn a_free_plan_is_told_apart_from_a_key_without_the_scope() {
        let plan = [
            "api/v1/users is not accessible with this api_key on a free plan. Please upgrade your plan.",
            "This endpoint is only available to Apollo users on paid plans.",
        ];
        for said in plan {
            let meaning = refused(&forbidden(said)).unwrap();
            assert!(meaning.valid && meaning.sentences[0].contains("plan"), "{meaning:?}");
        }
        let scope = refused(&forbidden("api/v1/users is not accessible with this api_key.")).unwrap();
        assert!(scope.valid && scope.sentences[0].contains("other parts of the API"), "{scope:?}");
    }

    #[test]
    fn what_says_nothing_of_the_key_is_no_meaning() {
        assert_eq!(refused(&Error::Unavailable { status: 503 }), None);
        assert_eq!(refused(&Error::Offline), None);
    }

    #[test]
    fn limits_are_told_in_the_order_of_their_length() {
        let window = |period, limit| ApolloWindow {
            class: EndpointClass::Other,
            period,
            limit,
            used: 1,
            resets_at: Timestamp::UNIX_EPOCH,
        };
        let words = limits_in_words(&[window(Period::Day, 2_000), window(Period::Minute, 200)]);
        assert_eq!(words, "Apollo's own limits for such calls: 200 a minute, 2000 a day.");
        assert_eq!(limits_in_words(&[]), "Apollo did not tell its limits.");
    }
}
