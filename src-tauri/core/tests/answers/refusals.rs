//! Every refusal that was seen or is documented, and what it means: the table behind `classify`.

use std::collections::BTreeSet;
use std::time::Duration;

use foray_core::apollo::classify::{Lacks, Shut, Verdict, classify};
use serde_json::Value;

use super::{recording, recordings};

/// Nothing but the kind, so that the words beside it can be compared by themselves.
fn kind(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "good",
        Verdict::EndpointShut(Shut::Deprecated) => "closed to all",
        Verdict::EndpointShut(Shut::Forbidden { lacks: Lacks::Plan, .. }) => "not in the plan",
        Verdict::EndpointShut(Shut::Forbidden { lacks: Lacks::Scope, .. }) => "not in the key's scope",
        Verdict::EndpointShut(Shut::Forbidden { lacks: Lacks::Unknown, .. }) => "forbidden",
        Verdict::KeyRejected => "key rejected",
        Verdict::OutOfCredits => "out of credits",
        Verdict::TooMany => "too many",
        Verdict::Failing { .. } => "failing",
        Verdict::NotReady { .. } => "not ready",
        Verdict::Gone { .. } => "gone",
        Verdict::PastTheWall => "past the wall",
        Verdict::Refused { .. } => "refused",
    }
}

fn said(verdict: &Verdict) -> Option<&str> {
    match verdict {
        Verdict::EndpointShut(Shut::Forbidden { said, .. })
        | Verdict::Gone { said }
        | Verdict::Refused { said, .. } => Some(said),
        _ => None,
    }
}

/// Status, body, meaning, and how Apollo's words begin where they are shown.
const TABLE: [(u16, &str, &str, Option<&str>); 33] = [
    (200, r#"{"people": []}"#, "good", None),
    (
        400,
        r#"{"status":"failed","error_code":"RECORD_LIMIT_EXCEEDED","error_message":"cannot enrich more than 10 in a single request"}"#,
        "refused",
        Some("cannot enrich more than 10"),
    ),
    (
        400,
        r#"{"status":"failed","error_code":"INVALID_REQUEST","error_message":"invalid request, missing details"}"#,
        "refused",
        Some("invalid request, missing details"),
    ),
    (400, r#"{"error_code":"invalid_request_id"}"#, "refused", Some("invalid_request_id")),
    (
        401,
        "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.",
        "key rejected",
        None,
    ),
    (401, "", "key rejected", None),
    (
        403,
        r#"{"error":"api/v1/users/search is not accessible with this api_key","error_code":"API_INACCESSIBLE"}"#,
        "not in the key's scope",
        Some("api/v1/users/search is not"),
    ),
    (
        403,
        r#"{"error":"This API key is not authorized to access api/v1/organizations/enrich. Request an API key from your administrator that includes this endpoint in its configured scope.","error_code":"API_INACCESSIBLE"}"#,
        "not in the key's scope",
        Some("This API key is not authorized"),
    ),
    (
        403,
        r#"{"error":"api/v1/mixed_people/search is not accessible with this api_key on a free plan. Please upgrade your plan from https://app.apollo.io/.","error_code":"API_INACCESSIBLE"}"#,
        "not in the plan",
        Some("api/v1/mixed_people/search is not"),
    ),
    (
        403,
        r#"{"message":"This endpoint is only available to Apollo users on paid plans."}"#,
        "not in the plan",
        Some("This endpoint is only"),
    ),
    (403, "<html><body><h1>403 Forbidden</h1></body></html>", "forbidden", Some("403 Forbidden")),
    (404, r#"{"error_code":"result_pending","retry_after_seconds":10}"#, "not ready", None),
    (404, r#"{"error_code":"request_id_unknown"}"#, "gone", Some("request_id_unknown")),
    (404, r#"{"error":"Record not found."}"#, "gone", Some("Record not found.")),
    (404, "Not Found", "gone", Some("Not Found")),
    (410, r#"{"error_code":"request_id_expired"}"#, "gone", Some("request_id_expired")),
    (408, "", "failing", None),
    (
        422,
        r#"{"error":"This endpoint is deprecated for API callers. Please use the new mixed_people/api_search endpoint: https://docs.apollo.io/reference/people-api-search."}"#,
        "closed to all",
        None,
    ),
    (
        422,
        r#"{"error":"You have insufficient credits! <a href='https://app.apollo.io/#/settings/plans/upgrade' aria-onclick='close_alert'>Upgrade your plan</a> to increase your number of lead credits."}"#,
        "out of credits",
        None,
    ),
    // The product of a few years ago answered it with another status.
    (400, r#"{"error":"You have insufficient credits!"}"#, "out of credits", None),
    (422, r#"{"error":"Page * per page number is over threshold."}"#, "past the wall", None),
    (
        422,
        r#"{"error":"no implicit conversion of String into Integer"}"#,
        "refused",
        Some("no implicit conversion of String"),
    ),
    (
        422,
        r#"{"status":"failed","error_code":"UNKNOWN_ERROR","error_message":"no implicit conversion of Symbol into Integer"}"#,
        "refused",
        Some("no implicit conversion of Symbol"),
    ),
    (422, r#"{"error":"This contact has been deleted."}"#, "gone", Some("This contact has been deleted.")),
    (422, r#"{"error":"Oops! This contact does not exist in Apollo."}"#, "gone", Some("Oops! This contact")),
    (422, r#"{"error":"Required parameter 'domain' missing"}"#, "refused", Some("Required parameter 'domain'")),
    (
        422,
        "{\n  \"error\": \"Parameters misconfigured. organization_id is not a valid ID\"\n}",
        "refused",
        Some("Parameters misconfigured."),
    ),
    (418, r#"{"hint":"nothing that is known"}"#, "refused", Some("it gave no reason.")),
    (
        429,
        r#"{"message":"The maximum number of api calls allowed for api/v1/people/match is 600 times per hour. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade."}"#,
        "too many",
        None,
    ),
    (500, r#"{"error":"Something went wrong"}"#, "failing", None),
    (502, "<html><head><title>Bad Gateway</title></head></html>", "failing", None),
    (503, "", "failing", None),
    (504, "<html>", "failing", None),
];

#[test]
fn each_refusal_has_its_own_meaning_and_keeps_its_words() {
    for (status, body, meaning, words) in TABLE {
        let verdict = classify(status, body.as_bytes());
        assert_eq!(kind(&verdict), meaning, "{status} {body}");
        let shown = said(&verdict);
        assert_eq!(shown.is_some(), words.is_some(), "{status} {body}: {shown:?}");
        assert!(shown.unwrap_or_default().starts_with(words.unwrap_or_default()), "{shown:?}");
    }
}

#[test]
fn a_refusal_encoded_twice_means_the_same() {
    for (status, body, meaning, _) in TABLE {
        let twice = Value::String(body.to_owned()).to_string();
        assert_eq!(kind(&classify(status, twice.as_bytes())), meaning, "{status} {twice}");
    }
}

#[test]
fn a_result_that_is_not_ready_says_when_to_ask_again() {
    let verdict = classify(404, br#"{"error_code":"result_pending","retry_after_seconds":10}"#);
    assert_eq!(verdict, Verdict::NotReady { retry_after: Some(Duration::from_secs(10)) });
}

/// What each recorded refusal means; a recording without a row here fails.
#[test]
fn every_recorded_refusal_is_understood() {
    let Some(folder) = recordings() else { return };
    let known = [
        ("live_error_403_free_plan_old_endpoint", "not in the plan"),
        ("live_error_403_key_scope_old_wording", "not in the key's scope"),
        ("live_error_422_contact_deleted", "gone"),
        ("live_error_422_insufficient_credits", "out of credits"),
        ("live_error_422_page_over_threshold", "past the wall"),
        ("live_error_422_people_search_deprecated", "closed to all"),
        ("live_error_422_range_as_string", "refused"),
    ];
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let recorded: BTreeSet<String> = names.filter(|name| name.starts_with("live_error_")).collect();
    assert_eq!(recorded, known.iter().map(|(name, _)| format!("{name}.json")).collect());
    for (name, meaning) in known {
        let value = recording(name).unwrap();
        let status = value["status"].as_u64().unwrap() as u16;
        let bodies = value["variants"].as_array().cloned().unwrap_or_else(|| vec![value["body"].clone()]);
        for body in bodies {
            assert_eq!(kind(&classify(status, body.to_string().as_bytes())), meaning, "{name}: {body}");
        }
    }
}
