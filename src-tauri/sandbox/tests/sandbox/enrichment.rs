//! `people/match` and `people/bulk_match`: who is found, what it costs, and the traps in the answers.

use crate::client::{FREE, FULL, Stand};
use serde_json::{Value, json};

async fn somebody(stand: &Stand, place: usize) -> Value {
    stand.post(FULL, json!({ "contact_email_status": ["verified"] })).await.json()["people"][place].clone()
}

async fn credits_left(stand: &Stand) -> f64 {
    stand.get("users/api_profile?include_credit_usage=true").await.json()["num_credits_remaining"].as_f64().unwrap()
}

#[tokio::test]
async fn a_locked_address_opens_when_it_is_paid_for() {
    let stand = Stand::small().await;
    let locked = somebody(&stand, 0).await;
    assert_eq!(
        (&locked["email"], &locked["email_status"]),
        (&json!("email_not_unlocked@domain.com"), &json!("verified"))
    );
    let before = credits_left(&stand).await;
    let opened = stand.post("people/match", json!({ "id": locked["id"] })).await.json()["person"].clone();
    assert_eq!((&opened["id"], &opened["name"]), (&locked["id"], &locked["name"]));
    let domain = opened["organization"]["primary_domain"].as_str().unwrap();
    assert!(domain.ends_with(".example"));
    assert!(opened["email"].as_str().unwrap().ends_with(&format!("@{domain}")));
    let paid = before - credits_left(&stand).await;
    assert!((1.0..1.02).contains(&paid), "{paid}");
}

#[tokio::test]
async fn a_person_is_found_by_address_link_or_name_and_company() {
    let stand = Stand::small().await;
    let people = stand.facts(json!({ "contact_email_status": ["verified"] })).await;
    let mut by_email = 0;
    for person in people.iter().filter(|person| person["linkedin_url"].is_string()).take(20) {
        let link = json!({ "linkedin_url": person["linkedin_url"] });
        assert_eq!(stand.post("people/match", link).await.json()["person"]["id"], person["id"]);
        let found = stand.post("people/match", json!({ "email": person["email"] })).await.json();
        // Two people of one name at one company share an address; the first of them is answered.
        assert_eq!(found["person"]["email"], person["email"]);
        by_email += 1;
        let named = json!({ "name": person["name"], "domain": person["organization"]["primary_domain"] });
        assert_eq!(stand.post("people/match", named).await.json()["person"]["name"], person["name"]);
    }
    assert!(by_email > 10);
    let unknown = stand.post("people/match", json!({ "email": "nobody@nowhere.example" })).await;
    assert_eq!((unknown.status, &unknown.json()["person"]), (200, &Value::Null));
}

#[tokio::test]
async fn an_unknown_id_is_answered_with_another_person() {
    let stand = Stand::small().await;
    let answer = stand.post("people/match", json!({ "id": "65a000000000000000000001" })).await;
    assert_eq!(answer.status, 200);
    let id = answer.json()["person"]["id"].as_str().unwrap().to_owned();
    assert_ne!(id, "65a000000000000000000001");
}

#[tokio::test]
async fn bulk_matches_come_in_another_order_with_null_for_a_miss() {
    let stand = Stand::small().await;
    let known = [somebody(&stand, 0).await, somebody(&stand, 1).await, somebody(&stand, 2).await];
    let asked =
        known.iter().map(|person| person["id"].clone()).chain([json!("65a000000000000000000001")]).collect::<Vec<_>>();
    let details = asked.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>();
    let answer =
        stand.post("people/bulk_match?reveal_personal_emails=false", json!({ "details": details })).await.json();
    let counts =
        ["total_requested_enrichments", "unique_enriched_records", "missing_records"].map(|key| answer[key].as_u64());
    assert_eq!(counts, [Some(4), Some(3), Some(1)]);
    assert_eq!(answer["status"], "success");
    assert!(answer["request_id"].is_i64());
    assert!(answer["credits_consumed"].as_f64().unwrap() >= 3.0);
    let order = answer["matches"].as_array().unwrap().iter().map(|person| person["id"].clone()).collect::<Vec<_>>();
    assert_eq!(order.len(), 4);
    assert_ne!(order, asked, "pairing by position has to fail");
    assert_eq!(order.iter().filter(|id| id.is_null()).count(), 1);
    assert!(known.iter().all(|person| order.contains(&person["id"])));
}

#[tokio::test]
async fn a_miss_of_everybody_is_still_called_a_success() {
    let stand = Stand::small().await;
    let answer = stand.post("people/bulk_match", json!({ "details": [{ "email": "x@nowhere.example" }] })).await.json();
    assert_eq!((&answer["status"], &answer["matches"]), (&json!("success"), &json!([null])));
    assert_eq!(answer["credits_consumed"].as_f64(), Some(0.0));
}

#[tokio::test]
async fn more_than_ten_at_once_are_refused() {
    let stand = Stand::small().await;
    let refused = stand.post("people/bulk_match", json!({ "details": vec![json!({ "id": "x" }); 11] })).await;
    assert_eq!(refused.status, 400);
    let expected = json!({
        "status": "failed",
        "error_code": "RECORD_LIMIT_EXCEEDED",
        "error_message": "cannot enrich more than 10 in a single request",
    });
    assert_eq!(refused.json(), expected);
}

#[tokio::test]
async fn credits_may_be_fractional_request_ids_negative_and_both_end_somewhere() {
    let stand = Stand::on(foray_sandbox::Plan::Free).await;
    let people = stand.post(FREE, json!({ "contact_email_status": ["verified"], "per_page": 100 })).await.json();
    let ids =
        people["people"].as_array().unwrap().iter().map(|person| json!({ "id": person["id"] })).collect::<Vec<_>>();
    let (mut fractional, mut negative) = (0, 0);
    for ids in ids.chunks(10) {
        let answer = stand.post("people/bulk_match", json!({ "details": ids })).await.json();
        fractional += u32::from(answer["credits_consumed"].as_f64().unwrap_or(0.0).fract() > 0.0);
        negative += u32::from(answer["request_id"].as_i64().unwrap_or(0) < 0);
    }
    assert!(fractional > 0 && negative > 0);
    assert!(credits_left(&stand).await.abs() < f64::EPSILON);
    let refused = stand.post("people/match", ids[0].clone()).await;
    assert_eq!(refused.status, 422);
    assert!(refused.error().starts_with("You have insufficient credits!"));
}

#[tokio::test]
async fn a_phone_reveal_needs_a_webhook() {
    let stand = Stand::small().await;
    let refused = stand.post("people/bulk_match?reveal_phone_number=true", json!({ "details": [] })).await;
    assert_eq!(refused.status, 400);
}
