//! What a key may learn about itself, all of it free of credits: its profile with the credits left, what its team used of
//! credits and calls.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::response::{read_json, text, whole_number};
use crate::credits::Credits;
use crate::error::Error;

/// GET; Apollo's recommended check of a key.
pub const PROFILE: &str = "users/api_profile?include_credit_usage=true";
/// POST with an empty object; often wants a master key.
pub const API_USAGE: &str = "usage_stats/api_usage_stats";
/// POST with an empty object.
pub const CREDIT_USAGE: &str = "usage_stats/credit_usage_stats";

/// Whose key it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub name: Option<String>,
    pub email: Option<String>,
    pub team_id: Option<String>,
    /// Of the person the key belongs to.
    pub credits_left: Option<Credits>,
    pub credits_used: Option<Credits>,
    pub credits_limit: Option<Credits>,
}

/// One kind of credit in the present billing cycle, of the whole team.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowance {
    pub limit: Option<Credits>,
    pub consumed: Option<Credits>,
    pub left: Option<Credits>,
}

/// What the team used of its credits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreditUsage {
    /// By Apollo's names: `lead_credit` pays for e-mails, `direct_dial_credit` for mobiles where the plan has its own.
    pub kinds: BTreeMap<String, Allowance>,
    pub cycle_began: Option<Timestamp>,
    pub cycle_ends: Option<Timestamp>,
}

/// Calls in one of Apollo's windows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WindowUsage {
    pub limit: Option<u64>,
    pub consumed: Option<u64>,
    pub left: Option<u64>,
}

/// What Apollo allows on one endpoint, and what of it was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointUsage {
    /// Below `/api/v1/`, such as `people/match`.
    pub endpoint: String,
    pub minute: WindowUsage,
    pub hour: WindowUsage,
    pub day: WindowUsage,
}

impl CreditUsage {
    /// The credits that enrichment takes.
    pub fn lead(&self) -> Allowance {
        self.kinds.get("lead_credit").copied().unwrap_or_default()
    }
}

/// Reads the answer to [`PROFILE`].
///
/// # Errors
/// [`Error::Unreadable`] when it is no JSON object.
pub fn read_profile(body: &[u8]) -> Result<Profile, Error> {
    let profile = object(body)?;
    let credits = |name: &str| profile.get(name).and_then(Credits::read);
    Ok(Profile {
        name: text(&profile, "name").or_else(|| {
            let names = [text(&profile, "first_name"), text(&profile, "last_name")];
            let known: Vec<String> = names.into_iter().flatten().collect();
            (!known.is_empty()).then(|| known.join(" "))
        }),
        email: text(&profile, "email"),
        team_id: text(&profile, "team_id"),
        credits_left: credits("num_credits_remaining").or_else(|| {
            let usage = profile.get("credit_usage").unwrap_or(&profile);
            usage.get("lead_credit")?.get("left_over").and_then(Credits::read)
        }),
        // Accounts with one kind of credit for everything tell that; others those for leads.
        credits_used: credits("total_unified_credits_used").or_else(|| credits("num_lead_credits_used")),
        credits_limit: credits("effective_num_lead_credits"),
    })
}

/// Reads the answer to [`CREDIT_USAGE`], with its kinds on top or below `credit_usage_stats`.
///
/// # Errors
/// [`Error::Unreadable`] when no kind of credit can be read.
pub fn read_credit_usage(body: &[u8]) -> Result<CreditUsage, Error> {
    let answer = object(body)?;
    let kinds = answer.get("credit_usage_stats").unwrap_or(&answer).as_object().ok_or(Error::Unreadable)?;
    let kinds: BTreeMap<String, Allowance> =
        kinds.iter().filter_map(|(name, value)| Some((name.clone(), allowance(value)?))).collect();
    if kinds.is_empty() {
        return Err(Error::Unreadable);
    }
    let day = |name: &str| text(answer.get("current_credit_cycle")?, name)?.parse().ok();
    Ok(CreditUsage { kinds, cycle_began: day("start_date"), cycle_ends: day("end_date") })
}

/// Reads the answer to [`API_USAGE`], by endpoint.
///
/// # Errors
/// [`Error::Unreadable`] when no endpoint can be read.
pub fn read_api_usage(body: &[u8]) -> Result<Vec<EndpointUsage>, Error> {
    let answer = object(body)?;
    let rows = answer.as_object().ok_or(Error::Unreadable)?;
    let mut usages: Vec<EndpointUsage> = rows.iter().filter_map(|(key, value)| endpoint_usage(key, value)).collect();
    if usages.is_empty() {
        return Err(Error::Unreadable);
    }
    usages.sort_by(|one, other| one.endpoint.cmp(&other.endpoint));
    Ok(usages)
}

fn object(body: &[u8]) -> Result<Value, Error> {
    read_json(body).filter(Value::is_object).ok_or(Error::Unreadable)
}

fn allowance(value: &Value) -> Option<Allowance> {
    let read = |name: &str| value.get(name).and_then(Credits::read);
    let allowance = Allowance { limit: read("limit"), consumed: read("consumed"), left: read("left_over") };
    (allowance != Allowance::default()).then_some(allowance)
}

fn endpoint_usage(key: &str, value: &Value) -> Option<EndpointUsage> {
    let windows = value.as_object()?;
    let window = |name: &str| {
        let read = |number: &str| windows.get(name)?.get(number).and_then(whole_number);
        WindowUsage { limit: read("limit"), consumed: read("consumed"), left: read("left_over") }
    };
    let usage = EndpointUsage {
        endpoint: endpoint_name(key)?,
        minute: window("minute"),
        hour: window("hour"),
        day: window("day"),
    };
    let told = [usage.minute, usage.hour, usage.day].iter().any(|window| *window != WindowUsage::default());
    told.then_some(usage)
}

/// `people/match` of `["api/v1/people", "match"]`, a list in a text, or of `api/v1/people/match`.
fn endpoint_name(key: &str) -> Option<String> {
    let path = match serde_json::from_str::<Vec<String>>(key) {
        Ok(parts) => parts.join("/"),
        Err(_) => key.to_owned(),
    };
    let name = path.trim_matches('/').trim_start_matches("api/v1/");
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use serde_json::json;

    use super::*;

    #[test]
    fn a_profile_tells_whose_key_it_is_and_what_is_left() {
        let answer = json!({ "first_name": "Sam", "last_name": "Box", "email": "sam@box.example", "num_credits_remaining": 1204.5,
            "num_lead_credits_used": "7", "effective_num_lead_credits": null });
        let profile = read_profile(answer.to_string().as_bytes()).unwrap();
        assert_eq!(profile.name.as_deref(), Some("Sam Box"));
        assert_eq!(
            (profile.credits_left, profile.credits_used),
            (Some(Credits::from_thousandths(1_204_500)), Some(Credits::whole(7)))
        );
        assert_eq!(profile.credits_limit, None);
        let nested = read_profile(br#"{"credit_usage": {"lead_credit": {"left_over": 9}}}"#).unwrap();
        assert_eq!(nested.credits_left, Some(Credits::whole(9)));
        assert_eq!(read_profile(b"{}").unwrap(), Profile::default(), "a key that may not see its credits is a key");
        assert_eq!(read_profile(b"[]"), Err(Error::Unreadable));
    }

    #[test]
    fn credits_are_read_flat_and_nested() {
        let kind = json!({ "limit": 1000, "consumed": 34.01, "left_over": "965.99" });
        let cycle = json!({ "start_date": "2026-04-01T00:00:00.000Z", "end_date": "soon" });
        for answer in [
            json!({ "lead_credit": kind }),
            json!({ "credit_usage_stats": { "lead_credit": kind, "dialer": [] }, "current_credit_cycle": cycle }),
        ] {
            let usage = read_credit_usage(answer.to_string().as_bytes()).unwrap();
            let left = Credits::from_thousandths(965_990);
            assert_eq!(
                (usage.lead().limit, usage.lead().left, usage.kinds.len()),
                (Some(Credits::whole(1000)), Some(left), 1)
            );
            assert_eq!(usage.cycle_began.is_some(), answer.get("current_credit_cycle").is_some());
            assert_eq!(usage.cycle_ends, None);
        }
        for odd in ["{}", "[]", "{\"lead_credit\": {}}", "{\"credit_usage_stats\": 7}", "<html>"] {
            assert_eq!(read_credit_usage(odd.as_bytes()), Err(Error::Unreadable), "{odd}");
        }
    }

    #[test]
    fn calls_are_read_under_both_ways_to_write_an_endpoint() {
        let windows = json!({ "day": { "limit": 6000, "consumed": 500.0, "left_over": "5500" }, "minute": [] });
        let answer = json!({ "[\"api/v1/people\", \"match\"]": windows, "api/v1/contacts/search": windows, "": windows, "api/v1/x": 7 });
        let usages = read_api_usage(answer.to_string().as_bytes()).unwrap();
        let names: Vec<&str> = usages.iter().map(|usage| usage.endpoint.as_str()).collect();
        assert_eq!(names, ["contacts/search", "people/match"]);
        assert_eq!(usages[0].day, WindowUsage { limit: Some(6000), consumed: Some(500), left: Some(5500) });
        assert_eq!(usages[0].hour, WindowUsage::default());
    }
}
