//! Plans, keys, limits and credits.

use crate::client::{FREE, FULL, Stand, read};
use foray_sandbox::Plan;
use serde_json::{Value, json};

#[tokio::test]
async fn the_plan_decides_about_the_full_endpoint_and_nothing_else() {
    for (plan, status, text) in [
        (Plan::Professional, 200, "pagination"),
        (
            Plan::Basic,
            422,
            "This endpoint is deprecated for API callers. Please use the new mixed_people/api_search endpoint",
        ),
        (Plan::Free, 403, "on a free plan"),
    ] {
        let stand = Stand::on(plan).await;
        let answer = stand.post(FULL, json!({})).await;
        assert_eq!(answer.status, status);
        assert!(answer.text.contains(text), "{}", answer.text);
        for path in [FREE, "people/match", "usage_stats/credit_usage_stats"] {
            assert_eq!(stand.post(path, json!({})).await.status, 200, "{path} on {plan}");
        }
    }
    let closed = Stand::on(Plan::Free).await.post(FULL, json!({})).await.json();
    assert_eq!(closed["error_code"], "API_INACCESSIBLE");
}

#[tokio::test]
async fn without_a_valid_key_there_is_a_401_in_plain_text_without_rate_headers() {
    let stand = Stand::small().await;
    let post = || stand.http.post(stand.url(FREE)).json(&json!({}));
    let requests = [
        post(),
        post().header("X-Api-Key", ""),
        post().header("Authorization", "Bearer a-valid-test-key-1234"),
        post().header("X-Api-Key", "wrong-key"),
    ];
    for request in requests {
        let answer = read(request.send().await.unwrap()).await.unwrap();
        assert_eq!(answer.status, 401);
        assert!(answer.header("content-type").unwrap().starts_with("text/plain"));
        assert_eq!(
            answer.text,
            "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."
        );
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("x-")));
    }
}

#[tokio::test]
async fn a_scoped_key_may_search_stubs_only() {
    let stand = Stand { key: "scoped-key", ..Stand::small().await };
    let refused = stand.post(FULL, json!({})).await;
    assert_eq!(refused.status, 403);
    let expected = json!({
        "error": "api/v1/mixed_people/search is not accessible with this api_key",
        "error_code": "API_INACCESSIBLE",
    });
    assert_eq!(refused.json(), expected);
    assert_eq!(refused.header("x-rate-limit-minute"), None);
    assert_eq!(stand.post(FREE, json!({})).await.status, 200);
}

#[tokio::test]
async fn a_key_for_searching_may_learn_its_profile_and_nothing_that_costs_or_tells_usage() {
    let stand = Stand { key: "search-only-key", ..Stand::small().await };
    assert_eq!(stand.post(FREE, json!({})).await.status, 200);
    assert_eq!(stand.get("users/api_profile").await.status, 200);
    for path in [FULL, "mixed_companies/search", "people/match", "people/bulk_match", "usage_stats/api_usage_stats"] {
        let refused = stand.post(path, json!({})).await;
        assert_eq!((refused.status, &refused.json()["error_code"]), (403, &json!("API_INACCESSIBLE")), "{path}");
        let text = format!("This API key is not authorized to access api/v1/{path}. Request an API key from");
        assert!(refused.error().starts_with(&text), "{}", refused.error());
    }
}

#[tokio::test]
async fn a_key_is_revoked_in_the_middle_by_its_name_or_by_a_fault() {
    let stand = Stand { key: "revoked-after-2-calls", ..Stand::small().await };
    for status in [200, 200, 401, 401] {
        assert_eq!(stand.post(FREE, json!({})).await.status, status);
    }
    let stand = Stand::small().await;
    assert_eq!(stand.post(FREE, json!({})).await.status, 200);
    stand.sandbox.set_faults("401=1".parse().unwrap());
    let refused = stand.post(FREE, json!({})).await;
    assert_eq!(refused.status, 401);
    assert!(refused.text.starts_with("Invalid API key."));
}

#[tokio::test]
async fn companies_are_searched_on_paid_plans_only() {
    let refused = Stand::on(Plan::Free).await.post("mixed_companies/search", json!({})).await;
    let message = json!({ "message": "This endpoint is only available to Apollo users on paid plans." });
    assert_eq!((refused.status, refused.json()), (403, message));
    assert_eq!(Stand::on(Plan::Basic).await.post("mixed_companies/search", json!({})).await.status, 200);
}

#[tokio::test]
async fn a_broke_key_is_told_that_its_credits_are_insufficient() {
    let stand = Stand { key: "broke-key", ..Stand::small().await };
    for (path, body) in
        [(FULL, json!({})), ("people/match", json!({ "id": "x" })), ("people/bulk_match", json!({ "details": [] }))]
    {
        let refused = stand.post(path, body).await;
        assert_eq!(refused.status, 422, "{path}");
        assert!(refused.error().starts_with("You have insufficient credits! <a href="));
    }
    assert_eq!(stand.post(FREE, json!({})).await.status, 200);
    assert_eq!(stand.get("users/api_profile?include_credit_usage=true").await.json()["num_credits_remaining"], 0);
}

#[tokio::test]
async fn each_success_tells_limit_usage_and_rest_of_its_own_endpoint() {
    let stand = Stand::on(Plan::Professional).await;
    let usage = |answer: &crate::client::Answer, window: &str| {
        ["x-rate-limit-{}", "x-{}-usage", "x-{}-requests-left"]
            .map(|name| answer.header(&name.replace("{}", window)).unwrap().parse::<u64>().unwrap())
    };
    stand.post(FREE, json!({})).await;
    let second = stand.post(FREE, json!({})).await;
    assert_eq!(usage(&second, "24-hour"), [50_000, 2, 49_998]);
    assert_eq!(usage(&second, "hourly")[0], 6_000);
    assert_eq!(usage(&second, "minute")[0], 200);
    assert_eq!(usage(&stand.get("auth/health").await, "24-hour"), [2_000, 1, 1_999]);
    assert_eq!(usage(&stand.post("people/match", json!({})).await, "minute")[0], 1_000);
    let free = Stand::on(Plan::Free).await;
    assert_eq!(usage(&free.post(FREE, json!({})).await, "24-hour"), [600, 1, 599]);
}

#[tokio::test]
async fn limits_are_told_and_not_enforced_and_what_is_left_ends_at_zero() {
    let stand = Stand::on(Plan::Free).await;
    for _ in 0..60 {
        assert_eq!(stand.get("auth/health").await.status, 200);
    }
    // The minute's window may have begun anew on the way, the day's has not but at midnight.
    let last = stand.get("auth/health").await;
    let left = last.header("x-minute-requests-left").unwrap().parse::<i64>().unwrap();
    assert!((0..50).contains(&left));
    assert_eq!(last.header("x-24-hour-usage"), Some("61"));
}

#[tokio::test]
async fn the_usage_of_each_endpoint_stands_under_a_key_that_is_a_list_in_a_text() {
    let stand = Stand::on(Plan::Basic).await;
    stand.post(FREE, json!({})).await;
    let usage = stand.post("usage_stats/api_usage_stats", json!({})).await.json();
    let search = &usage["[\"api/v1/mixed_people\", \"api_search\"]"];
    assert_eq!(search["day"], json!({ "limit": 50_000, "consumed": 1, "left_over": 49_999 }));
    assert!(usage["[\"api/v1/people\", \"match\"]"]["hour"]["limit"].is_u64());
}

#[tokio::test]
async fn credits_come_with_the_profile_only_when_asked_for() {
    let stand = Stand::on(Plan::Professional).await;
    let plain = stand.get("users/api_profile").await.json();
    assert!(plain["id"].is_string() && plain.get("num_credits_remaining").is_none());
    let with = stand.get("users/api_profile?include_credit_usage=true").await.json();
    assert_eq!(with["num_credits_remaining"], 1000);
    let credits = stand.post("usage_stats/credit_usage_stats", json!({})).await.json();
    assert_eq!(credits, json!({ "lead_credit": { "limit": 1000, "consumed": 0, "left_over": 1000 } }));
    assert_eq!(stand.get("auth/health").await.json(), json!({ "healthy": true, "is_logged_in": true }));
}

#[tokio::test]
async fn what_is_not_there_is_a_404_and_no_json_is_a_400() {
    let stand = Stand::small().await;
    assert_eq!(stand.post("no/such/thing", json!({})).await.status, 404);
    assert_eq!(stand.get(FREE).await.status, 404);
    let broken = stand.http.post(stand.url(FREE)).header("X-Api-Key", stand.key).body("{\"page\":");
    assert_eq!(read(broken.send().await.unwrap()).await.unwrap().status, 400);
    assert_eq!(stand.post(FREE, Value::Array(Vec::new())).await.status, 400);
}
