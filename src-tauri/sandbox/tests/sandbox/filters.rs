//! Each filter changes who is found, and only the way it says; unknown keys change nothing, unknown values find nobody.

use crate::client::{FREE, FULL, Stand, ids};
use serde_json::{Value, json};

fn text<'a>(person: &'a Value, pointer: &str) -> &'a str {
    person.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// A filter that finds somebody, not everybody, and only people of whom `holds` is true.
async fn finds_only(stand: &Stand, filter: Value, holds: impl Fn(&Value) -> bool) {
    let (everybody, count) = (stand.count(json!({})).await, stand.count(filter.clone()).await);
    assert!(count > 0 && count < everybody, "{filter} found {count} of {everybody}");
    for person in stand.facts(filter.clone()).await {
        assert!(holds(&person), "{filter} found {person}");
    }
}

#[tokio::test]
async fn titles_are_matched_in_whole_words_and_widened_unless_told_otherwise() {
    let stand = Stand::small().await;
    let strict = json!({ "person_titles": ["CTO"], "include_similar_titles": false });
    finds_only(&stand, strict.clone(), |person| text(person, "/title").split([' ', ',']).any(|word| word == "CTO"))
        .await;
    let similar = json!({ "person_titles": ["CTO"] });
    assert!(stand.count(similar.clone()).await > stand.count(strict).await);
    finds_only(&stand, similar, |person| !text(person, "/title").contains("Director")).await;
}

#[tokio::test]
async fn typical_personas_find_plenty() {
    let stand = Stand::small().await;
    for title in ["VP Sales", "Head of Marketing", "CFO", "CTO", "RevOps", "Founder", "Account Executive", "HR Manager"]
    {
        let count = stand.count(json!({ "person_titles": [title] })).await;
        assert!(count >= 10, "{title}: {count} of 5,000");
    }
}

#[tokio::test]
async fn an_excluded_title_takes_away_what_it_names() {
    let stand = Stand::small().await;
    let filter = json!({ "person_titles": ["sales"], "person_not_titles": ["manager"] });
    finds_only(&stand, filter, |person| !text(person, "/title").to_lowercase().contains("manager")).await;
    let everybody = stand.count(json!({})).await;
    let managers = stand.count(json!({ "person_titles": ["manager"], "include_similar_titles": false })).await;
    assert_eq!(stand.count(json!({ "person_not_titles": ["manager"] })).await, everybody - managers);
}

#[tokio::test]
async fn seniorities_are_matched_in_lower_case_and_say_what_the_title_says() {
    let stand = Stand::small().await;
    let all =
        ["owner", "founder", "c_suite", "partner", "vp", "head", "director", "manager", "senior", "entry", "intern"];
    for seniority in all {
        finds_only(&stand, json!({ "person_seniorities": [seniority] }), |person| person["seniority"] == seniority)
            .await;
    }
    for nobody in ["C-Level", "VP", "C_SUITE", "boss"] {
        assert_eq!(stand.count(json!({ "person_seniorities": [nobody] })).await, 0, "{nobody}");
    }
}

#[tokio::test]
async fn locations_are_cities_states_and_countries() {
    let stand = Stand::small().await;
    finds_only(&stand, json!({ "person_locations": ["Germany"] }), |person| person["country"] == "Germany").await;
    finds_only(&stand, json!({ "person_locations": ["California, US"] }), |person| person["state"] == "California")
        .await;
    finds_only(&stand, json!({ "person_locations": ["münchen"] }), |person| person["city"] == "Munich").await;
    finds_only(&stand, json!({ "organization_locations": ["France"] }), |person| {
        text(person, "/organization/country") == "France"
    })
    .await;
    assert_eq!(stand.count(json!({ "person_locations": ["Atlantis"] })).await, 0);
    let (germany, austria) = (
        stand.count(json!({ "person_locations": ["Germany"] })).await,
        stand.count(json!({ "person_locations": ["Austria"] })).await,
    );
    assert_eq!(stand.count(json!({ "person_locations": ["Germany", "Austria"] })).await, germany + austria);
}

#[tokio::test]
async fn company_sizes_are_comma_ranges_or_a_least_number_and_nothing_else() {
    let stand = Stand::small().await;
    let size =
        |person: &Value| person.pointer("/organization/estimated_num_employees").and_then(Value::as_u64).unwrap();
    finds_only(&stand, json!({ "organization_num_employees_ranges": ["51,100", "201,500"] }), |person| {
        (51..=100).contains(&size(person)) || (201..=500).contains(&size(person))
    })
    .await;
    finds_only(&stand, json!({ "organization_num_employees_ranges": ["10001"] }), |person| size(person) > 10_000).await;
    for nobody in ["1-10", "10001+", "many"] {
        assert_eq!(stand.count(json!({ "organization_num_employees_ranges": [nobody] })).await, 0, "{nobody}");
    }
}

#[tokio::test]
async fn industries_are_asked_for_by_id_and_a_name_there_is_an_error() {
    let stand = Stand::small().await;
    let software = "5567cd4e7369643b70010000";
    let industry = |person: &Value| text(person, "/organization/industry").to_owned();
    finds_only(&stand, json!({ "organization_industry_tag_ids": [software] }), |person| {
        industry(person) == "computer software"
    })
    .await;
    finds_only(&stand, json!({ "organization_industries": ["Banking"] }), |person| industry(person) == "banking").await;
    let refused = stand.post(FREE, json!({ "organization_industry_tag_ids": ["computer software"] })).await;
    assert_eq!(refused.status, 422);
    assert_eq!(stand.count(json!({ "organization_industry_tag_ids": ["5567cd4e7369643b7001ffff"] })).await, 0);
}

#[tokio::test]
async fn keywords_stand_literally_in_some_text_of_the_person() {
    let stand = Stand::small().await;
    for phrase in ["SaaS", "machine learning", "Growth, calmly", "vp sales at"] {
        let wanted = phrase.to_lowercase();
        finds_only(&stand, json!({ "q_keywords": phrase }), |person| {
            let organization = &person["organization"];
            let texts = json!([
                person["title"],
                person["headline"],
                organization["name"],
                organization["industry"],
                organization["keywords"]
            ]);
            texts.to_string().to_lowercase().contains(&wanted)
        })
        .await;
    }
    assert_eq!(stand.count(json!({ "q_keywords": "no such words anywhere" })).await, 0);
}

#[tokio::test]
async fn email_status_is_asked_for_in_the_spelling_with_spaces() {
    let stand = Stand::small().await;
    for (asked, answered) in [
        ("verified", "verified"),
        ("unverified", "extrapolated"),
        ("unavailable", "unavailable"),
        ("likely to engage", "verified"),
    ] {
        finds_only(&stand, json!({ "contact_email_status": [asked] }), |person| person["email_status"] == answered)
            .await;
    }
    assert_eq!(stand.count(json!({ "contact_email_status": ["likely_to_engage"] })).await, 0);
}

#[tokio::test]
async fn a_company_is_found_by_its_id_and_by_its_domain() {
    let stand = Stand::small().await;
    let somebody = stand.post(FULL, json!({})).await.json()["people"][0].clone();
    let (id, domain) = (text(&somebody, "/organization/id"), text(&somebody, "/organization/primary_domain"));
    finds_only(&stand, json!({ "organization_ids": [id] }), |person| person["organization_id"] == id).await;
    finds_only(&stand, json!({ "q_organization_domains_list": [domain] }), |person| {
        text(person, "/organization/primary_domain") == domain
    })
    .await;
    assert_eq!(stand.count(json!({ "q_organization_domains_list": ["nowhere.example"] })).await, 0);
}

#[tokio::test]
async fn further_filters_on_companies_and_people_are_real() {
    let stand = Stand::small().await;
    let keywords = |person: &Value| person.pointer("/organization/keywords").cloned().unwrap_or_default().to_string();
    finds_only(&stand, json!({ "q_organization_keyword_tags": ["SaaS"] }), |person| {
        keywords(person).contains("\"saas\"")
    })
    .await;
    finds_only(&stand, json!({ "q_not_organization_keyword_tags": ["saas"] }), |person| {
        !keywords(person).contains("\"saas\"")
    })
    .await;
    finds_only(&stand, json!({ "person_functions": ["finance"] }), |person| person["functions"] == json!(["finance"]))
        .await;
    finds_only(&stand, json!({ "person_department_or_subdepartments": ["master_sales"] }), |person| {
        person["departments"] == json!(["master_sales"])
    })
    .await;
    finds_only(&stand, json!({ "organization_founded_year_range": { "min": 2015 } }), |person| {
        person.pointer("/organization/founded_year").and_then(Value::as_u64).unwrap() >= 2015
    })
    .await;
    let name = text(&stand.post(FULL, json!({})).await.json()["people"][0], "/name").to_owned();
    finds_only(&stand, json!({ "q_person_name": name.clone() }), |person| {
        name.split(' ').all(|word| text(person, "/name").to_lowercase().contains(&word.to_lowercase()))
    })
    .await;
    let everybody = stand.count(json!({})).await;
    for filter in [
        json!({ "revenue_range": { "min": 1_000_000, "max": "50000000" } }),
        json!({ "currently_using_any_of_technology_uids": ["salesforce", "hubspot"] }),
        json!({ "currently_using_all_of_technology_uids": ["salesforce", "hubspot"] }),
        json!({ "currently_not_using_any_of_technology_uids": ["salesforce"] }),
        json!({ "person_total_yoe_range": { "min": 5, "max": 10 } }),
        json!({ "organization_not_locations": ["United States"] }),
    ] {
        let count = stand.count(filter.clone()).await;
        assert!(count > 0 && count < everybody, "{filter}: {count}");
    }
}

#[tokio::test]
async fn fields_narrow_each_other_and_values_of_one_field_widen_it() {
    let stand = Stand::small().await;
    let vps = stand.count(json!({ "person_seniorities": ["vp"] })).await;
    let heads = stand.count(json!({ "person_seniorities": ["head"] })).await;
    assert_eq!(stand.count(json!({ "person_seniorities": ["vp", "head", "no such level"] })).await, vps + heads);
    let german_vps = stand.count(json!({ "person_seniorities": ["vp"], "person_locations": ["Germany"] })).await;
    assert!(german_vps > 0 && german_vps < vps);
}

#[tokio::test]
async fn unknown_and_dead_keys_are_dropped_without_a_word() {
    let stand = Stand::small().await;
    let everybody = stand.count(json!({})).await;
    for key in
        ["q", "titles", "locations", "seniority", "departments", "company_names", "organization_domains", "nonsense"]
    {
        assert_eq!(stand.count(json!({ key: ["x"] })).await, everybody, "{key}");
        assert_eq!(stand.count(json!({ key: "x" })).await, everybody, "{key}");
    }
    assert_eq!(
        stand.count(json!({ "person_titles": [], "q_keywords": "", "person_locations": null })).await,
        everybody
    );
}

#[tokio::test]
async fn a_wrong_type_is_a_422_with_a_text() {
    let stand = Stand::small().await;
    for path in [FULL, FREE] {
        let refused = stand.post(path, json!({ "revenue_range": "1,10" })).await;
        assert_eq!((refused.status, refused.error().as_str()), (422, "no implicit conversion of String into Integer"));
        let refused = stand.post(path, json!({ "person_titles": "CFO" })).await;
        assert_eq!(refused.status, 422);
        assert!(!refused.error().is_empty());
        assert_eq!(refused.header("x-rate-limit-minute"), None);
    }
}

#[tokio::test]
async fn both_endpoints_find_the_same_people_in_the_same_order() {
    let stand = Stand::small().await;
    let question = json!({ "person_seniorities": ["director"], "per_page": 100, "page": 2 });
    let (full, free) = (stand.post(FULL, question.clone()).await.json(), stand.post(FREE, question).await.json());
    assert_eq!(ids(&full), ids(&free));
    assert_eq!(full["pagination"]["total_entries"], free["total_entries"]);
}

#[tokio::test]
async fn some_people_have_awkward_names_and_missing_facts() {
    let stand = Stand::with(foray_sandbox::Options::default()).await;
    let mut seen = String::new();
    let (mut nameless, mut untitled, mut without_email, mut unemployed) = (0, 0, 0, 0);
    for page in 1..=120 {
        let answer = stand.post(FULL, json!({ "page": page, "per_page": 100 })).await;
        for person in answer.json()["people"].as_array().unwrap() {
            nameless += u32::from(person["name"] == "");
            untitled += u32::from(person["title"].is_null());
            without_email += u32::from(person["email"].is_null());
            unemployed += u32::from(person["organization"].is_null());
        }
        seen.push_str(&answer.text);
    }
    assert!(nameless > 0 && untitled > 0 && without_email > 0 && unemployed > 0);
    for sign in ["\"=", "\"+", "\"-", "\"@", "\\\"", "\\n", "\\u0000", "ü", "محمد", "佐藤"] {
        assert!(seen.contains(sign), "nobody has {sign}");
    }
}
