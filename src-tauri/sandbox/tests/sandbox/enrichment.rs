//! `people/match` and `people/bulk_match`: who is found, what it costs, and the traps in the answers.

use crate::client::{FREE, FULL, Stand};
use foray_sandbox::Options;
use serde_json::{Value, json};
use std::time::Duration;

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
    assert!((0.01..=1.0).contains(&paid), "{paid}");
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
    let credits = answer["credits_consumed"].as_f64().unwrap();
    assert!((0.03..=3.0).contains(&credits), "nobody costs more than one: {credits}");
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
async fn credits_may_be_fractional_and_request_ids_negative() {
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
}

#[tokio::test]
async fn an_enrichment_without_details_is_refused() {
    let refused = Stand::small().await.post("people/bulk_match", json!({})).await;
    let expected = json!({ "status": "failed", "error_code": "INVALID_REQUEST", "error_message": "invalid request, missing details" });
    assert_eq!((refused.status, refused.json()), (400, expected));
}

#[tokio::test]
async fn another_person_comes_on_demand_and_is_charged_for() {
    let stand = Stand::small().await;
    let [one, two] = [somebody(&stand, 0).await, somebody(&stand, 1).await];
    stand.sandbox.set_faults("wrong-person=1".parse().unwrap());
    let single = stand.post("people/match", json!({ "id": one["id"] })).await;
    assert_eq!(single.status, 200);
    assert_ne!(single.json()["person"]["id"], one["id"]);
    let details = json!({ "details": [{ "id": one["id"] }, { "id": two["id"] }] });
    let answer = stand.post("people/bulk_match", details).await.json();
    let rows = answer["matches"].as_array().unwrap();
    assert!(rows.iter().all(|row| row.is_null() || (row["id"] != one["id"] && row["id"] != two["id"])));
    let charged_for = charged_for(&stand);
    assert!(charged_for.iter().all(|id| *id != one["id"] && *id != two["id"]), "{charged_for:?}");
}

#[tokio::test]
async fn another_company_comes_on_demand_and_is_charged_for() {
    let stand = Stand::small().await;
    let domain = somebody(&stand, 0).await["organization"]["primary_domain"].as_str().unwrap().to_owned();
    let path = format!("organizations/enrich?domain={domain}");
    let right = stand.get(&path).await.json()["organization"].clone();
    assert_eq!(right["primary_domain"], domain);
    stand.sandbox.set_faults("wrong-person=1".parse().unwrap());
    let wrong = stand.get(&path).await.json()["organization"].clone();
    assert_ne!(wrong["primary_domain"], domain);
    assert_eq!(charged_for(&stand), [right["id"].clone(), wrong["id"].clone()]);
}

#[tokio::test]
async fn a_shell_is_an_id_with_nothing_around_it_and_costs_nothing() {
    let stand = Stand::small().await;
    let known = somebody(&stand, 0).await;
    stand.sandbox.set_faults("shell=1".parse().unwrap());
    let answer = stand.post("people/bulk_match", json!({ "details": [{ "id": known["id"] }] })).await.json();
    let shell = answer["matches"][0].as_object().unwrap();
    assert_eq!(shell["id"], known["id"]);
    assert!(shell.iter().all(|(key, fact)| key == "id" || fact.is_null() || *fact == json!([])), "{shell:?}");
    assert_eq!(answer["credits_consumed"].as_f64(), Some(0.0));
    assert!(charged_for(&stand).is_empty());
}

#[tokio::test]
async fn credits_run_out_in_the_middle_for_a_key_that_says_so_or_by_a_fault() {
    let stand = Stand { key: "credits-12-and-no-more", ..Stand::small().await };
    let people = stand.post(FREE, json!({ "contact_email_status": ["verified"], "per_page": 100 })).await.json();
    let details = people["people"].as_array().unwrap().iter().map(|person| json!({ "id": person["id"] }));
    let details = details.collect::<Vec<_>>();
    let statuses = async |chunk: &[Value]| stand.post("people/bulk_match", json!({ "details": chunk })).await.status;
    let mut seen = Vec::new();
    for chunk in details.chunks(10).take(3) {
        seen.push(statuses(chunk).await);
    }
    assert_eq!(seen, [200, 200, 422]);
    assert!(credits_left(&stand).await.abs() < f64::EPSILON);

    let rich = Stand::small().await;
    rich.sandbox.set_faults("no-credits=1".parse().unwrap());
    let refused = rich.post("people/match", details[0].clone()).await;
    assert_eq!(refused.status, 422);
    assert!(refused.error().starts_with("You have insufficient credits!"));
    assert_eq!(rich.post(FREE, json!({})).await.status, 200, "what is free stays open");
}

#[tokio::test]
async fn what_was_charged_before_the_answer_got_lost_is_charged() {
    for fault in ["charged-hang", "charged-5xx", "drop"] {
        let stand = Stand::with(Options { people: 1_000, hang: Duration::ZERO, ..Options::default() }).await;
        let known = somebody(&stand, 0).await;
        stand.sandbox.set_faults(format!("{fault}=1").parse().unwrap());
        let lost = stand.try_post("people/match", &json!({ "id": known["id"] })).await;
        assert!(lost.is_err() || lost.is_ok_and(|answer| answer.status >= 500), "{fault}");
        assert_eq!(charged_for(&stand), [known["id"].clone()], "{fault}");
    }
    let stand = Stand::with(Options { people: 1_000, hang: Duration::ZERO, ..Options::default() }).await;
    let known = somebody(&stand, 0).await;
    stand.sandbox.set_faults("hang=1".parse().unwrap());
    assert_eq!(stand.post("people/match", json!({ "id": known["id"] })).await.status, 504);
    assert!(charged_for(&stand).is_empty(), "what hangs from the start costs nothing");
}

#[tokio::test]
async fn the_usage_figures_are_the_sum_of_the_log() {
    let stand = Stand::small().await;
    let people = stand.facts(json!({ "person_seniorities": ["manager"] })).await;
    assert_eq!(people.len(), 100);
    // The same person again is paid for again.
    for _ in 0..2 {
        stand.post("people/match?reveal_phone_number=true&poll_only=true", json!({ "id": people[0]["id"] })).await;
    }
    stand.get("organizations/enrich?domain=nowhere.example").await;
    let domain = people.iter().find_map(|person| person["organization"]["primary_domain"].as_str()).unwrap();
    stand.get(&format!("organizations/enrich?domain={domain}")).await;
    stand.post("mixed_companies/search", json!({})).await;
    let log = stand.sandbox.requests();
    let sum = log.iter().map(|request| request.charged_hundredths).sum::<u64>() as f64 / 100.0;
    assert!(sum > 50.0);
    let stats = stand.post("usage_stats/credit_usage_stats", json!({})).await.json();
    assert_eq!(stats["lead_credit"]["consumed"].as_f64(), Some(sum));
    let told = stand.get("users/api_profile?include_credit_usage=true").await.json();
    assert_eq!(told["num_lead_credits_used"].as_f64(), Some(sum));
    let twice = charged_for(&stand).into_iter().filter(|id| *id == people[0]["id"]).count();
    assert_eq!(twice, if people[0]["email"].is_string() { 3 } else { 0 });
}

#[tokio::test]
async fn personal_addresses_come_when_asked_for_and_never_from_where_the_gdpr_holds() {
    let stand = Stand::small().await;
    for (place, some) in [("Germany", false), ("United States", true)] {
        let found = stand.post(FREE, json!({ "person_locations": [place], "per_page": 10 })).await.json();
        let details = found["people"].as_array().unwrap().iter().map(|person| json!({ "id": person["id"] }));
        let asked = json!({ "details": details.collect::<Vec<_>>() });
        let plain = stand.post("people/bulk_match", asked.clone()).await.json();
        assert!(plain["matches"][0].get("personal_emails").is_none());
        let answer = stand.post("people/bulk_match?reveal_personal_emails=true", asked).await.json();
        let matches = answer["matches"].as_array().unwrap();
        assert!(matches.iter().all(|person| person["personal_emails"].is_array()));
        assert_eq!(matches.iter().any(|person| person["personal_emails"] != json!([])), some, "{place}");
    }
}

fn charged_for(stand: &Stand) -> Vec<Value> {
    stand.sandbox.requests().into_iter().flat_map(|request| request.charged_for).map(Value::from).collect()
}
