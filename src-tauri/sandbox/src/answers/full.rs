//! `POST mixed_people/search`: full rows with locked e-mails. Key set: that of a live answer of late 2025
//! (`shape_mixed_people_search_late2025.json`), which has neither a person's place nor a company's industry.

use super::LOCKED_EMAIL;
use crate::{
    search::{
        Found,
        question::{LISTS, Question},
    },
    world::{World, company::Company, profile::Profile},
};
use serde_json::{Value, json};

pub fn answer(world: &World, found: &Found) -> Value {
    let people = found.rows.iter().filter_map(|number| world.profile(*number)).map(person).collect::<Vec<_>>();
    json!({
        "breadcrumbs": breadcrumbs(&found.question),
        "partial_results_only": false,
        "has_join": false,
        "disable_eu_prospecting": false,
        "partial_results_limit": 10_000,
        "pagination": {
            "page": found.page.number,
            "per_page": found.page.size,
            "total_entries": found.total,
            "total_pages": found.total.div_ceil(found.page.size),
        },
        "contacts": [],
        "people": people,
    })
}

/// What Apollo understood, for people to read; values that mean nothing are echoed too.
pub fn breadcrumbs(question: &Question) -> Vec<Value> {
    let mut crumbs = Vec::new();
    for (key, values) in &question.lists {
        let label = LISTS.iter().find(|(known, _)| known == key).map_or(*key, |(_, label)| *label);
        if *key == "q_organization_domains_list" {
            crumbs.push(crumb(label, key, values.clone(), &values.join(", ")));
            continue;
        }
        crumbs.extend(values.iter().map(|value| crumb(label, key, value.as_str(), &displayed(key, value))));
        if *key == "person_titles" {
            let shown = if question.similar_titles { "Yes" } else { "No" };
            let label = "Include people with similar titles";
            crumbs.push(crumb(label, "include_similar_titles", question.similar_titles, shown));
        }
    }
    for (key, range) in &question.ranges {
        let end = |end: Option<f64>| end.map(|end| end.to_string()).unwrap_or_default();
        let shown = format!("{}-{}", end(range.min), end(range.max));
        crumbs.push(crumb(key, key, shown.as_str(), &shown));
    }
    for (label, key, text) in
        [("Keywords", "q_keywords", &question.keywords), ("Name", "q_person_name", &question.person_name)]
    {
        crumbs.extend(text.iter().map(|text| crumb(label, key, text.as_str(), text)));
    }
    crumbs
}

fn crumb(label: &str, key: &str, value: impl Into<Value>, display_name: &str) -> Value {
    json!({ "label": label, "signal_field_name": key, "value": value.into(), "display_name": display_name })
}

fn displayed(key: &str, value: &str) -> String {
    match key {
        "organization_num_employees_ranges" => value.replace(',', "-"),
        "person_seniorities" | "contact_email_status" => {
            let value = value.replace('_', "-");
            let mut letters = value.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
        _ => value.to_owned(),
    }
}

fn person(profile: Profile<'_>) -> Value {
    let organization_id = profile.company.map(|company| profile.world.company_id(company.number));
    json!({
        "id": profile.id(),
        "first_name": profile.first_name(),
        "last_name": profile.last_name(),
        "name": profile.name(),
        "linkedin_url": profile.linkedin_url(),
        "title": profile.title(),
        "email_status": profile.email_status(),
        "photo_url": profile.photo_url(),
        "twitter_url": null,
        "github_url": null,
        "facebook_url": null,
        "extrapolated_email_confidence": null,
        "headline": profile.headline(),
        "email": profile.has_email().then_some(LOCKED_EMAIL),
        "organization_id": organization_id,
        "employment_history": [employment(profile)],
        "organization": profile.company.map(|company| organization(profile.world, company)),
        "departments": profile.departments(),
        "subdepartments": profile.subdepartments(),
        "seniority": profile.seniority(),
        "functions": [profile.function()],
        "intent_strength": null,
        "show_intent": true,
        "email_domain_catchall": profile.company.is_some_and(|company| company.catch_all),
        "revealed_for_current_team": false,
    })
}

fn employment(profile: Profile<'_>) -> Value {
    let id = profile.belonging_id(0);
    json!({
        "_id": id,
        "created_at": null,
        "current": profile.company.is_some(),
        "degree": null,
        "description": null,
        "emails": null,
        "end_date": null,
        "grade_level": null,
        "kind": null,
        "major": null,
        "organization_id": profile.company.map(|company| profile.world.company_id(company.number)),
        "organization_name": profile.company.map(|company| company.name(profile.world.seed)),
        "raw_address": null,
        "start_date": super::enriched::started(profile),
        "title": profile.title(),
        "updated_at": null,
        "id": id,
        "key": id,
    })
}

fn organization(world: &World, company: &Company) -> Value {
    let domain = company.domain(world.seed);
    let [six, twelve, twenty_four] = company.growth.map(|hundredths| f64::from(hundredths) / 10_000.0);
    json!({
        "id": world.company_id(company.number),
        "name": company.name(world.seed),
        "website_url": format!("http://www.{domain}"),
        "crunchbase_url": null,
        "primary_domain": domain,
        "sic_codes": [format!("{}", 1000 + company.phone % 8000)],
        "naics_codes": [format!("{}", 11_000 + company.phone % 80_000)],
        "sanitized_phone": company.phone(),
        "organization_headcount_six_month_growth": six,
        "organization_headcount_twelve_month_growth": twelve,
        "organization_headcount_twenty_four_month_growth": twenty_four,
    })
}
