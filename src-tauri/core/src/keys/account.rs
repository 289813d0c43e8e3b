//! What an Apollo account allows: which endpoints, within which limits, how many credits are left, and what to do about
//! each “no”. Asked with questions that cost no credits; what would cost some is not tried, but told as far as it is known.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use ts_rs::TS;

use super::check::{is_about_the_plan, refused};
use crate::access::{Access, Account};
use crate::apollo::Endpoint;
use crate::apollo::company::ENRICH;
use crate::apollo::enrichment::BULK_MATCH;
use crate::apollo::usage::{
    API_USAGE, CREDIT_USAGE, EndpointUsage, PROFILE, read_api_usage, read_credit_usage, read_profile,
};
use crate::credits::{Credits, credits_in_words};
use crate::enrich::Figure;
use crate::error::Error;
use crate::foray::Foray;
use crate::log::Fact;
use crate::rate_limit::EndpointClass;
use crate::search::Try;
use crate::tenant::TenantId;

/// Whether a key may use an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    Yes,
    No,
    /// Trying would cost credits, and Apollo has neither answered nor refused it so far.
    NotTried,
}

/// One endpoint that Foray uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EndpointCheck {
    /// Apollo's name of it.
    pub endpoint: String,
    /// What Foray uses it for, in words.
    pub what: String,
    pub allowed: Allowed,
    /// When Apollo last answered this key there, as the ledger has it; null for what was asked just now, and where it never
    /// did.
    #[ts(type = "string | null")]
    pub used_at: Option<Timestamp>,
    /// Apollo's words, where it said no.
    pub said: Option<String>,
    /// What to do about a no.
    pub advice: Option<String>,
    /// Calls that Apollo allows; null where it did not tell.
    pub calls_a_minute: Option<u64>,
    pub calls_an_hour: Option<u64>,
    pub calls_a_day: Option<u64>,
    pub calls_left_today: Option<u64>,
}

/// All that could be learned about an account without spending a credit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AccountCheck {
    pub valid: bool,
    /// Whose key it is, as Apollo tells.
    pub owner: Option<String>,
    pub credits_left: Option<Credits>,
    pub credits_used: Option<Credits>,
    #[ts(type = "string | null")]
    pub cycle_ends: Option<Timestamp>,
    pub endpoints: Vec<EndpointCheck>,
    pub calls_spent: u32,
    /// What it means, step by step.
    pub sentences: Vec<String>,
    #[ts(type = "string")]
    pub checked_at: Timestamp,
    /// Why it is not known to be valid: the code of an error.
    pub code: Option<String>,
}

/// The endpoints that are shown, and what each is for.
const SHOWN: [(&str, &str); 7] = [
    ("mixed_people/api_search", "Search, first names and titles only; free"),
    ("mixed_people/search", "Search with full rows; may cost 1 credit a page"),
    (BULK_MATCH, "Enrichment: e-mails and last names; 1 credit a person"),
    (ENRICH, "Enrichment of companies: industry, size, place; 1 credit a company"),
    ("users/api_profile", "Checks of the key; free"),
    (CREDIT_USAGE, "How many credits were used; free"),
    (API_USAGE, "Limits and calls left; free"),
];

/// What one question told.
struct Told {
    endpoint: &'static str,
    error: Option<Error>,
}

impl Foray {
    /// Asks Apollo what the key may do. Takes 4 calls at most, no credits.
    ///
    /// # Errors
    /// [`Error::KeyMissing`], [`Error::Keyring`], and what keeps the first call from being made or answered.
    pub async fn check_account(&self, tenant: TenantId) -> Result<AccountCheck, Error> {
        let access = self.access(tenant).await?;
        let account = access.key().await?;
        let gateway = self.searches().gateway();
        let mut check = AccountCheck {
            valid: true,
            owner: None,
            credits_left: None,
            credits_used: None,
            cycle_ends: None,
            endpoints: Vec::new(),
            calls_spent: 0,
            sentences: Vec::new(),
            checked_at: self.clock().now(),
            code: None,
        };
        let asked = gateway.get(&access, &account, EndpointClass::Other, PROFILE).await;
        check.calls_spent += asked.calls_spent;
        let mut told = vec![Told { endpoint: "users/api_profile", error: asked.body.as_ref().err().cloned() }];
        match asked.body {
            Ok(body) => {
                gateway.gates().reopen(account.hash).await?;
                let profile = read_profile(&body)?;
                check.owner = profile.name.or(profile.email);
                (check.credits_left, check.credits_used) = (profile.credits_left, profile.credits_used);
            }
            Err(error) => {
                let meaning = refused(&error).ok_or_else(|| error.clone())?;
                check.valid = meaning.valid;
                check.sentences = meaning.sentences;
                check.code = Some(error.code().to_owned());
                if matches!(error, Error::Forbidden { .. }) {
                    gateway.gates().reopen_key(account.hash).await?;
                }
            }
        }
        self.log().info(
            "account_check",
            &[Fact::Workspace(tenant), Fact::Word("code", check.code.as_deref().map_or("ok", |_| "refused"))],
        );
        if check.valid {
            let usages = self.ask_the_rest(&access, &account, &mut check, &mut told).await?;
            check.endpoints = self.endpoints(&access, &account, &told, &usages).await?;
            check.sentences.extend(in_words(&check));
        }
        self.board().stir();
        Ok(check)
    }

    /// Credits, limits and the free search. What is refused is told; what gets no answer is left unknown.
    async fn ask_the_rest(
        &self,
        access: &Access,
        account: &Account,
        check: &mut AccountCheck,
        told: &mut Vec<Told>,
    ) -> Result<Vec<EndpointUsage>, Error> {
        let gateway = self.searches().gateway();
        let nothing = json!({});
        let credits = gateway.post(access, account, EndpointClass::Other, CREDIT_USAGE, &nothing).await;
        let calls = gateway.post(access, account, EndpointClass::Other, API_USAGE, &nothing).await;
        let one = json!({ "person_seniorities": ["owner"], "page": 1, "per_page": 1 });
        let search = gateway.search(access, account, Endpoint::Free, &one, Try::First).await;
        check.calls_spent += credits.calls_spent + calls.calls_spent + search.calls_spent;
        let mut note =
            |endpoint, body: &Result<Vec<u8>, Error>| told.push(Told { endpoint, error: body.as_ref().err().cloned() });
        note(CREDIT_USAGE, &credits.body);
        note(API_USAGE, &calls.body);
        note(Endpoint::Free.path(), &search.body);
        if let Ok(usage) = credits.body.and_then(|body| read_credit_usage(&body)) {
            let lead = usage.lead();
            check.credits_left = lead.left.or(check.credits_left);
            check.credits_used = lead.consumed.or(check.credits_used);
            check.cycle_ends = usage.cycle_ends;
        }
        let figure =
            Figure { consumed: check.credits_used, left: check.credits_left, told_at: check.checked_at, number: 0 };
        self.keep_figure(access, account, figure).await?;
        Ok(calls.body.and_then(|body| read_api_usage(&body)).unwrap_or_default())
    }

    async fn endpoints(
        &self,
        access: &Access,
        account: &Account,
        told: &[Told],
        usages: &[EndpointUsage],
    ) -> Result<Vec<EndpointCheck>, Error> {
        let gates = self.searches().gateway().gates();
        let closed = self.workspaces().remembered_free(access.tenant(), Some(account.hash.to_string())).await?;
        let answered_at = self.journal(access.tenant()).await?.answered_at(account.hash).await?;
        let mut endpoints = Vec::new();
        for (endpoint, what) in SHOWN {
            let asked = told.iter().find(|told| told.endpoint == endpoint);
            let mut refusal = match asked {
                Some(Told { error, .. }) => error.clone(),
                None => gates.check(account.hash, endpoint, false, self.clock().now()).await.err(),
            };
            if endpoint == Endpoint::Full.path() && refusal.is_none() && closed.is_some() {
                refusal = Some(Error::EndpointClosed { endpoint: endpoint.to_owned() });
            }
            let used = answered_at.iter().find(|(used, _)| used == endpoint && asked.is_none());
            let (allowed, said, advice) = match refusal {
                None if asked.is_some() || used.is_some() => (Allowed::Yes, None, None),
                None => (Allowed::NotTried, None, None),
                Some(Error::Forbidden { said, .. }) => (Allowed::No, Some(said.clone()), Some(advice(&said))),
                Some(Error::EndpointClosed { .. }) => {
                    let advice =
                        "Apollo has closed it to most accounts. The free search and an enrichment do the same.";
                    (Allowed::No, closed.clone(), Some(advice.to_owned()))
                }
                Some(error) => (Allowed::NotTried, Some(error.to_string()), None),
            };
            let usage = usages.iter().find(|usage| usage.endpoint == endpoint).cloned().unwrap_or_default();
            endpoints.push(EndpointCheck {
                endpoint: endpoint.to_owned(),
                what: what.to_owned(),
                allowed,
                used_at: used.map(|(_, at)| *at),
                said,
                advice,
                calls_a_minute: usage.minute.limit,
                calls_an_hour: usage.hour.limit,
                calls_a_day: usage.day.limit,
                calls_left_today: usage.day.left,
            });
        }
        Ok(endpoints)
    }
}

fn advice(said: &str) -> String {
    if is_about_the_plan(said) {
        return "The account's plan does not include it: a paid plan at Apollo does.".to_owned();
    }
    "The key was made without it: make one in Apollo under Settings → Integrations → API with this endpoint ticked, or as a master \
     key."
        .to_owned()
}

fn in_words(check: &AccountCheck) -> Vec<String> {
    let mut sentences = Vec::new();
    if check.code.is_none() {
        let whose = check.owner.as_ref().map_or_else(String::new, |owner| format!(" It is {owner}'s."));
        sentences.push(format!("Apollo knows this key.{whose}"));
    }
    sentences.push(match (check.credits_left, check.credits_used) {
        (Some(left), Some(used)) => {
            format!(
                "The account has {} left. {} were used in this billing cycle.",
                credits_in_words(left),
                credits_in_words(used)
            )
        }
        (Some(left), None) => format!("The account has {} left.", credits_in_words(left)),
        (None, _) => "Apollo did not tell how many credits are left.".to_owned(),
    });
    for endpoint in &check.endpoints {
        let advice = endpoint.advice.as_ref().map_or_else(String::new, |advice| format!(" {advice}"));
        if endpoint.allowed == Allowed::No {
            sentences.push(format!("{} is not open to this key.{advice}", endpoint.endpoint));
        }
    }
    sentences
}
