//! The key sets of the answers: against one named recording where there is one, else against the lists of Apollo's
//! description as collected for this project. Recordings are read where they lie and never copied.

use crate::client::{FREE, FULL, Stand, keys};
use foray_sandbox::Plan;
use serde_json::{Value, json};
use std::{collections::HashSet, path::Path};

/// A recording, or `None` with a word when the folder with recordings is not there at all.
fn sample(name: &str) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/apollo-samples");
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn set(names: &str) -> HashSet<&str> {
    names.split_whitespace().collect()
}

/// The keys of all objects that a pointer with `*` for "each" leads to; each of them has to be the same.
fn keys_at<'a>(value: &'a Value, path: &[&str]) -> Vec<HashSet<&'a str>> {
    let Some((step, rest)) = path.split_first() else {
        return if value.is_null() { Vec::new() } else { vec![keys(value)] };
    };
    if *step == "*" {
        return value.as_array().unwrap().iter().flat_map(|element| keys_at(element, rest)).collect();
    }
    keys_at(&value[*step], rest)
}

fn assert_keys(value: &Value, path: &[&str], expected: &HashSet<&str>) {
    let found = keys_at(value, path);
    assert!(!found.is_empty(), "nothing at {path:?}");
    for keys in found {
        assert_eq!(&keys, expected, "at {path:?}");
    }
}

#[tokio::test]
async fn the_full_endpoint_has_the_keys_of_the_live_answer_of_late_2025() {
    let Some(sample) = sample("shape_mixed_people_search_late2025.json") else {
        return;
    };
    let sample = &sample["response"];
    let stand = Stand::small().await;
    let question = json!({
        "person_titles": ["CEO", "Manager"],
        "person_seniorities": ["c_suite", "manager", "nonsense"],
        "contact_email_status": ["verified", "likely to engage"],
        "organization_num_employees_ranges": ["1,10000"],
        "per_page": 100,
    });
    let answer = stand.post(FULL, question).await.json();
    for path in [
        &[][..],
        &["pagination"],
        &["breadcrumbs", "*"],
        &["people", "*"],
        &["people", "*", "organization"],
        &["people", "*", "employment_history", "*"],
    ] {
        assert_keys(&answer, path, &keys_at(sample, path)[0]);
    }
    assert_eq!(answer["contacts"], json!([]));
}

#[tokio::test]
async fn breadcrumbs_say_what_was_asked_as_the_live_answer_does() {
    let Some(sample) = sample("shape_mixed_people_search_late2025.json") else {
        return;
    };
    let stand = Stand::small().await;
    let question = json!({
        "person_titles": ["ceo"],
        "person_seniorities": ["c-suite"],
        "q_organization_domains_list": ["example.com", "example.org"],
        "contact_email_status": ["likely to engage"],
    });
    let answer = stand.post(FULL, question).await.json();
    assert_eq!(answer["pagination"]["total_entries"], 0, "an unknown value is echoed and finds nobody");
    let without_company = |crumbs: &Value| {
        let crumbs = crumbs.as_array().unwrap().iter().filter(|crumb| crumb["signal_field_name"] != "organization_ids");
        crumbs.map(ToString::to_string).collect::<HashSet<_>>()
    };
    assert_eq!(without_company(&answer["breadcrumbs"]), without_company(&sample["response"]["breadcrumbs"]));
}

#[tokio::test]
async fn a_stub_has_the_keys_of_the_list_and_a_phone_flag_that_is_a_text_or_absent() {
    let stand = Stand::small().await;
    let answer = stand.post(FREE, json!({ "per_page": 100 })).await.json();
    assert_keys(&answer, &[], &set("total_entries people"));
    let without_phone = set(
        "id first_name last_name_obfuscated title last_refreshed_at has_email has_city has_state has_country organization",
    );
    let mut phones = HashSet::new();
    for person in answer["people"].as_array().unwrap() {
        let mut keys = keys(person);
        keys.remove("has_direct_phone");
        assert_eq!(keys, without_phone);
        phones.insert(person.get("has_direct_phone").map(|phone| phone.as_str().unwrap()));
        assert_eq!(person["id"].as_str().unwrap().len(), 24);
        if let Some(last) = person["last_name_obfuscated"].as_str() {
            assert!(last.contains("***") || last.ends_with('.'), "{last}");
        }
    }
    let maybe = "Maybe: please request direct dial via people/bulk_match";
    assert_eq!(phones, HashSet::from([None, Some("Yes"), Some(maybe)]));
    let organization =
        set("name has_industry has_phone has_city has_state has_country has_zip_code has_revenue has_employee_count");
    assert_keys(&answer, &["people", "*", "organization"], &organization);
}

#[tokio::test]
async fn an_enriched_person_has_the_keys_of_the_list_and_a_company_those_of_the_official_example() {
    let stand = Stand::small().await;
    let people = stand.post(FREE, json!({ "per_page": 100 })).await.json();
    let details = people["people"].as_array().unwrap()[..10].iter().map(|person| json!({ "id": person["id"] }));
    let answer = stand.post("people/bulk_match", json!({ "details": details.collect::<Vec<_>>() })).await.json();
    let top = "status total_requested_enrichments unique_enriched_records missing_records credits_consumed request_id matches";
    assert_keys(&answer, &[], &set(top));
    let person = set(
        "id first_name last_name name linkedin_url title headline email email_status photo_url twitter_url \
         github_url facebook_url organization_id organization employment_history city state country postal_code time_zone \
         departments subdepartments functions seniority phone_numbers contact_id contact account \
         revealed_for_current_team email_domain_catchall",
    );
    assert_keys(&answer, &["matches", "*"], &person);
    let job = set("organization_name title current start_date end_date organization_id");
    assert_keys(&answer, &["matches", "*", "employment_history", "*"], &job);
    let one = stand.post("people/match", json!({ "id": people["people"][0]["id"] })).await.json();
    assert_keys(&one, &["person"], &person);
    if let Some(sample) = sample("legacydocs_enrichment_bulk_people_enrichment.json") {
        let sample = sample.get("response").unwrap_or(&sample);
        let organization = keys(&sample["matches"][0]["organization"]);
        assert_keys(&answer, &["matches", "*", "organization"], &organization);
    }
}

#[tokio::test]
async fn a_phone_result_has_the_keys_of_apollos_description() {
    let stand = Stand::with(foray_sandbox::Options { pending_polls: 0, people: 5_000, ..Default::default() }).await;
    let people = stand.post(FREE, json!({ "per_page": 10 })).await.json();
    let details = people["people"].as_array().unwrap().iter().map(|person| json!({ "id": person["id"] }));
    let order = json!({ "details": details.collect::<Vec<_>>() });
    let ordered = stand.post("people/bulk_match?reveal_phone_number=true&poll_only=true", order).await.json();
    let result = stand.get(&format!("webhook_result/{}", ordered["request_id"])).await.json();
    assert_keys(
        &result,
        &[],
        &set("request_id webhook_status request_type last_dispatched_at failure_reason webhook_result"),
    );
    assert_eq!(result["request_id"], ordered["request_id"].to_string(), "a text here, a number there");
    let inside = "status total_requested_enrichments unique_enriched_records missing_records credits_consumed people";
    assert_keys(&result, &["webhook_result"], &set(inside));
    assert_keys(&result, &["webhook_result", "people", "*"], &set("id status phone_numbers"));
    let number = set(
        "_id confidence_cd created_at direct_dial_source_cd dnc_other_info dnc_status_cd dnc_status_updated_at position \
         raw_number sanitized_number status_cd type_cd updated_at id key",
    );
    assert_keys(&result, &["webhook_result", "people", "*", "phone_numbers", "*"], &number);
}

#[tokio::test]
async fn companies_have_the_keys_of_the_official_example_and_of_apollos_description() {
    let stand = Stand::small().await;
    let answer = stand.post("mixed_companies/search", json!({ "per_page": 100 })).await.json();
    let organization = set(
        "id name website_url blog_url angellist_url linkedin_url twitter_url facebook_url primary_phone languages \
         alexa_ranking phone linkedin_uid founded_year publicly_traded_symbol publicly_traded_exchange logo_url \
         crunchbase_url primary_domain sanitized_phone owned_by_organization_id show_intent has_intent_signal_account \
         intent_signal_account",
    );
    assert_keys(&answer, &["organizations", "*"], &organization);
    if let Some(sample) = sample("legacydocs_organizations_organization_search.json") {
        assert_keys(&answer, &[], &keys(&sample));
        assert_keys(&answer, &["accounts", "*"], &keys(&sample["accounts"][0]));
    }
    let domain = answer["organizations"][0]["primary_domain"].as_str().unwrap();
    let enriched = stand.get(&format!("organizations/enrich?domain={domain}")).await.json();
    let more = set(
        "id name website_url blog_url angellist_url linkedin_url twitter_url facebook_url primary_phone languages \
         num_languages alexa_ranking phone linkedin_uid founded_year publicly_traded_symbol publicly_traded_exchange \
         logo_url crunchbase_url primary_domain industry keywords estimated_num_employees industries \
         secondary_industries snippets_loaded industry_tag_id industry_tag_hash retail_location_count \
         num_retail_locations raw_address street_address city state postal_code country owned_by_organization_id \
         seo_description short_description suborganizations num_suborganizations annual_revenue_printed annual_revenue \
         total_funding total_funding_printed latest_funding_round_date latest_funding_stage funding_events \
         technology_names current_technologies org_chart_root_people_ids org_chart_sector org_chart_removed \
         org_chart_show_department_filter account_id account departmental_head_count \
         organization_headcount_six_month_growth organization_headcount_twelve_month_growth \
         organization_headcount_twenty_four_month_growth",
    );
    assert_keys(&enriched, &["organization"], &more);
    let job = set("id title url city state country last_seen_at posted_at");
    let mut jobs_seen = 0;
    for organization in answer["organizations"].as_array().unwrap() {
        let id = organization["id"].as_str().unwrap();
        let jobs = stand.get(&format!("organizations/{id}/job_postings")).await.json();
        assert_keys(&jobs, &[], &set("organization_job_postings"));
        let found = keys_at(&jobs, &["organization_job_postings", "*"]);
        assert!(found.iter().all(|keys| *keys == job), "{found:?}");
        jobs_seen += found.len();
    }
    assert!(jobs_seen > 0);
}

#[tokio::test]
async fn recorded_refusals_are_answered_word_for_word() {
    let free_plan = Stand::on(Plan::Free).await;
    let basic = Stand::on(Plan::Basic).await;
    let broke = Stand { key: "broke", ..Stand::small().await };
    let stand = Stand::small().await;
    let cases = [
        ("live_error_422_people_search_deprecated.json", basic.post(FULL, json!({})).await),
        ("live_error_422_insufficient_credits.json", broke.post(FULL, json!({})).await),
        ("live_error_422_page_over_threshold.json", stand.post(FREE, json!({ "page": 501, "per_page": 100 })).await),
        ("live_error_422_range_as_string.json", stand.post(FREE, json!({ "revenue_range": "1,2" })).await),
        ("live_auth_health_200.json", stand.get("auth/health").await),
    ];
    for (name, answer) in cases {
        let Some(sample) = sample(name) else { return };
        assert_eq!(sample["status"], answer.status, "{name}");
        assert_eq!(sample["body"], answer.json(), "{name}");
    }
    // Recorded with an OAuth token; with a key Apollo names the key instead.
    let Some(sample) = sample("live_error_403_free_plan_old_endpoint.json") else {
        return;
    };
    let recorded = sample["body"].to_string().replace("this access token", "this api_key");
    assert_eq!(recorded, free_plan.post(FULL, json!({})).await.json().to_string());
}

#[tokio::test]
async fn every_known_industry_id_is_one_that_the_stand_in_takes() {
    let Some(sample) = sample("ref_industry_tag_ids.json") else {
        return;
    };
    let stand = Stand::with(foray_sandbox::Options::default()).await;
    let ids = sample["map"].as_object().unwrap();
    assert_eq!(ids.len(), 138);
    for (name, id) in ids {
        assert!(stand.count(json!({ "organization_industry_tag_ids": [id] })).await > 0, "{name}");
    }
}
