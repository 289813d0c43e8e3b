//! What the stand-in remembers of its requests, and what it must not.

use crate::client::{FREE, FULL, Stand, read};
use serde_json::json;

#[tokio::test]
async fn every_request_is_in_the_log_with_its_answer_in_the_order_of_arrival() {
    let stand = Stand::small().await;
    stand.post(FREE, json!({ "person_titles": ["CFO"] })).await;
    stand.post(FULL, json!({ "page": 900 })).await;
    stand.get("users/api_profile?include_credit_usage=true").await;
    let log = stand.sandbox.requests();
    assert_eq!(log.iter().map(|request| request.sequence).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(log.iter().map(|request| request.status).collect::<Vec<_>>(), [Some(200), Some(422), Some(200)]);
    assert_eq!((log[0].method.as_str(), log[0].path.as_str()), ("POST", "/api/v1/mixed_people/api_search"));
    assert_eq!(log[0].body, json!({ "person_titles": ["CFO"] }));
    assert_eq!(log[2].query.as_deref(), Some("include_credit_usage=true"));
    assert!(log[0].arrived_at_ms > 1_700_000_000_000 && log[0].arrived_at_ms <= log[2].arrived_at_ms);
}

#[tokio::test]
async fn the_log_over_http_is_the_same_and_can_begin_after_a_number() {
    let stand = Stand::small().await;
    for _ in 0..3 {
        stand.post(FREE, json!({})).await;
    }
    let get = async |query: &str| {
        let url = format!("{}/_log{query}", stand.sandbox.origin());
        read(stand.http.get(url).send().await.unwrap()).await.unwrap().json()
    };
    assert_eq!(get("").await, serde_json::to_value(stand.sandbox.requests()).unwrap());
    assert_eq!(get("?after=2").await.as_array().unwrap().len(), 1);
    assert_eq!(get("?after=3").await, json!([]));
}

#[tokio::test]
async fn no_key_is_ever_in_the_log() {
    for (key, marker) in [("a-secret-of-twenty-chars-wxyz", "wxyz"), ("short", "****")] {
        let stand = Stand { key, ..Stand::small().await };
        stand.post(FREE, json!({ "api_key": key })).await;
        let log = stand.sandbox.requests();
        assert_eq!(log[0].key_marker.as_deref(), Some(marker));
        assert!(!serde_json::to_string(&log).unwrap().contains(key));
        assert!(!format!("{log:?}").contains(key));
    }
}
