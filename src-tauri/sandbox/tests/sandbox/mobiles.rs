//! Mobile numbers: asked for with an enrichment, paid for at once, polled for by `webhook_result`.

use crate::client::{FREE, Stand};
use foray_sandbox::Options;
use serde_json::{Value, json};
use std::time::Duration;

async fn ten_people(stand: &Stand) -> Vec<Value> {
    let found = stand.post(FREE, json!({ "contact_email_status": ["verified"], "per_page": 100 })).await.json();
    let sure = found["people"].as_array().unwrap().iter().filter(|person| person["has_direct_phone"] == "Yes");
    sure.take(10).cloned().collect()
}

/// The answer to an enrichment of ten people with their mobiles, and its request id as it stands in the text.
async fn order(stand: &Stand) -> (Value, String) {
    let details = ten_people(stand).await.iter().map(|person| json!({ "id": person["id"] })).collect::<Vec<_>>();
    let path = "people/bulk_match?reveal_phone_number=true&poll_only=true";
    let answer = stand.post(path, json!({ "details": details })).await.json();
    let request_id = answer["request_id"].as_i64().unwrap().to_string();
    (answer, request_id)
}

#[tokio::test]
async fn a_reveal_needs_a_webhook_or_the_wish_to_poll() {
    let stand = Stand::small().await;
    let ask = async |query: &str| {
        stand.post(&format!("people/bulk_match?reveal_phone_number=true{query}"), json!({ "details": [] })).await.status
    };
    assert_eq!(ask("").await, 400);
    assert_eq!(ask("&webhook_url=http://127.0.0.1/").await, 400, "only https is a webhook");
    assert_eq!(ask("&webhook_url=https://hooks.example/x").await, 200);
    assert_eq!(ask("&poll_only=true").await, 200);
}

#[tokio::test]
async fn a_number_is_pending_for_some_polls_and_then_stays() {
    let options = Options { people: 5_000, pending_polls: 2, poll_again: Duration::from_secs(7), ..Options::default() };
    let stand = Stand::with(options).await;
    let (_, request_id) = order(&stand).await;
    let poll = async || stand.get(&format!("webhook_result/{request_id}")).await;
    for _ in 0..2 {
        let pending = poll().await;
        let expected = json!({ "error_code": "result_pending", "retry_after_seconds": 7 });
        assert_eq!((pending.status, pending.json()), (404, expected));
    }
    let result = poll().await;
    assert_eq!(result.status, 200);
    assert_eq!(result.text, poll().await.text);
    let numbers = result.json()["webhook_result"]["people"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|person| person["phone_numbers"].as_array().unwrap().clone())
        .collect::<Vec<_>>();
    assert_eq!(numbers.len(), 10, "everybody with a sure number has one");
    assert!(numbers.iter().any(|number| number["type_cd"] == "mobile"));
    assert!(numbers.iter().all(|number| number["sanitized_number"].as_str().unwrap().contains("555")));
}

#[tokio::test]
async fn a_mobile_costs_eight_more_when_it_is_asked_for_and_other_numbers_nothing() {
    let stand = Stand::with(Options { people: 5_000, pending_polls: 0, ..Options::default() }).await;
    let (answer, request_id) = order(&stand).await;
    let log = stand.sandbox.requests();
    let charged = log.last().unwrap().charged_hundredths as f64 / 100.0;
    let result = stand.get(&format!("webhook_result/{request_id}")).await.json()["webhook_result"].clone();
    let mobiles = result["people"].as_array().unwrap().iter().filter(|person| {
        person["phone_numbers"].as_array().unwrap().iter().any(|number| number["type_cd"] == "mobile")
    });
    let price = 8.0 * mobiles.count() as f64;
    assert!(price > 0.0);
    assert_eq!(result["credits_consumed"].as_f64(), Some(price));
    assert!((charged - answer["credits_consumed"].as_f64().unwrap() - price).abs() < 1e-9, "{charged}");
    assert_eq!(stand.sandbox.requests().last().unwrap().charged_hundredths, 0, "polling is free");
}

#[tokio::test]
async fn an_id_that_is_unknown_expired_or_none_says_which() {
    let stand = Stand::small().await;
    let (_, request_id) = order(&stand).await;
    let poll = async |stand: &Stand, id: &str| {
        let answer = stand.get(&format!("webhook_result/{id}")).await;
        (answer.status, answer.json()["error_code"].as_str().unwrap().to_owned())
    };
    assert_eq!(poll(&stand, "1").await, (404, "request_id_unknown".to_owned()));
    assert_eq!(poll(&stand, "soon").await, (400, "invalid_request_id".to_owned()));
    stand.sandbox.set_faults("410=1".parse().unwrap());
    assert_eq!(poll(&stand, &request_id).await, (410, "request_id_expired".to_owned()));
    stand.sandbox.set_faults("".parse().unwrap());
    let other_team = Stand { key: "the-key-of-another-team", ..stand };
    assert_eq!(poll(&other_team, &request_id).await, (404, "request_id_unknown".to_owned()));
}

#[tokio::test]
async fn any_stand_in_of_the_same_file_delivers_what_another_was_asked_for_and_no_two_orders_share_an_id() {
    let file = std::env::temp_dir().join(format!("foray-orders-{}.json", std::process::id()));
    let open = async || {
        let credits_file = Some(file.clone());
        Stand::with(Options { people: 5_000, pending_polls: 2, credits_file, ..Options::default() }).await
    };
    let status = async |stand: &Stand, id: &str| stand.get(&format!("webhook_result/{id}")).await.status;
    let first = open().await;
    assert_eq!(status(&first, "1").await, 404);
    assert!(!file.exists(), "asking for what nobody ordered writes nothing");
    let (_, request_id) = order(&first).await;
    assert_eq!(status(&first, &request_id).await, 404);
    first.sandbox.stop().await;

    let (next, beside) = (open().await, open().await);
    assert_eq!(status(&next, &request_id).await, 404, "polls of before count");
    let result = beside.get(&format!("webhook_result/{request_id}")).await;
    assert_eq!(result.status, 200);
    assert_eq!(result.json()["webhook_result"]["people"].as_array().unwrap().len(), 10);
    // The same requests in the same order: counted from 1 by each stand-in.
    let again = open().await;
    assert_eq!(status(&again, "1").await, 404);
    let (_, other) = order(&again).await;
    assert_ne!(other, request_id);
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(kept.contains(&other) && !kept.contains(again.key), "{kept}");

    std::fs::write(&file, &kept[..kept.len() / 2]).unwrap();
    assert_eq!(status(&again, &other).await, 404);
    let (_, anew) = order(&again).await;
    assert_eq!(status(&open().await, &anew).await, 404);
    assert!(std::fs::read_to_string(&file).unwrap().contains(&anew), "a file that breaks off begins anew");
    std::fs::remove_file(&file).unwrap();
}
