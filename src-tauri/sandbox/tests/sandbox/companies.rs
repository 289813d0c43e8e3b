//! `organizations/enrich`, job postings and `mixed_companies/search`: what is found and what it costs.

use crate::client::{FULL, Stand};
use serde_json::{Value, json};

async fn employer(stand: &Stand) -> Value {
    let people = stand.post(FULL, json!({ "per_page": 100 })).await.json();
    people["people"].as_array().unwrap().iter().find_map(|person| person["organization"].as_object()).cloned().into()
}

fn last_charge(stand: &Stand) -> (u64, Vec<String>) {
    let last = stand.sandbox.requests().pop().unwrap();
    (last.charged_hundredths, last.charged_for)
}

#[tokio::test]
async fn a_company_is_found_by_its_domain_and_an_unknown_one_is_an_empty_object_for_free() {
    let stand = Stand::small().await;
    let known = employer(&stand).await;
    let found = stand.get(&format!("organizations/enrich?domain={}", known["primary_domain"].as_str().unwrap())).await;
    assert_eq!(found.json()["organization"]["id"], known["id"]);
    assert_eq!(last_charge(&stand), (100, vec![known["id"].as_str().unwrap().to_owned()]));
    let unknown = stand.get("organizations/enrich?domain=nowhere.example").await;
    assert_eq!((unknown.status, unknown.json()), (200, json!({})));
    assert_eq!(last_charge(&stand), (0, Vec::new()));
    let without = stand.get("organizations/enrich").await;
    assert_eq!((without.status, without.error().as_str()), (422, "Required parameter 'domain' missing"));
}

#[tokio::test]
async fn job_postings_come_by_page_at_one_credit_each() {
    let stand = Stand::small().await;
    let mut most = 0;
    for person in stand.post(FULL, json!({ "per_page": 20 })).await.json()["people"].as_array().unwrap() {
        let Some(id) = person["organization"]["id"].as_str() else { continue };
        let jobs = async |query: &str| {
            let answer = stand.get(&format!("organizations/{id}/job_postings{query}")).await;
            assert_eq!(answer.status, 200);
            answer.json()["organization_job_postings"].as_array().unwrap().clone()
        };
        let all = jobs("").await;
        assert_eq!(last_charge(&stand).0, 100);
        most = most.max(all.len());
        let (first, second) = (jobs("?page=1&per_page=3").await, jobs("?page=2&per_page=3").await);
        assert_eq!([first, second].concat(), all[..all.len().min(6)]);
    }
    assert!(most > 6);
    let wrong = stand.get("organizations/nobody/job_postings").await;
    assert_eq!((wrong.status, last_charge(&stand).0), (422, 0));
}

#[tokio::test]
async fn companies_are_split_over_accounts_and_organizations_and_an_empty_page_is_free() {
    let stand = Stand::small().await;
    let question = json!({ "organization_num_employees_ranges": ["1,200"], "per_page": 100 });
    let answer = stand.post("mixed_companies/search", question).await.json();
    assert_eq!(last_charge(&stand).0, 100);
    let (accounts, others) = (answer["accounts"].as_array().unwrap(), answer["organizations"].as_array().unwrap());
    assert!(accounts.len() > 10 && others.len() > 10);
    assert_eq!(accounts.len() + others.len(), answer["model_ids"].as_array().unwrap().len());
    assert!(accounts.iter().all(|account| account["organization_id"] != account["id"]));
    let name = others[0]["name"].clone();
    let named = stand.post("mixed_companies/search", json!({ "q_organization_name": name })).await.json();
    assert_eq!((&named["pagination"]["total_entries"], &named["organizations"][0]["name"]), (&json!(1), &name));
    let none = stand.post("mixed_companies/search", json!({ "q_organization_name": "Nobody & Daughters" })).await;
    assert_eq!((none.json()["pagination"]["total_entries"].clone(), last_charge(&stand).0), (json!(0), 0));
}
