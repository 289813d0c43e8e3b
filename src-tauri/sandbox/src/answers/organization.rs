//! `GET organizations/enrich` and `GET organizations/{id}/job_postings`. Key sets: the examples in Apollo's published
//! description. Funding, parents and daughters of these companies are not known to anybody.

use super::enriched;
use crate::{
    random::Dice,
    world::{SALT_DETAIL, World, company::Company, titles::FUNCTIONS},
};
use serde_json::{Map, Value, json};

/// `organizations/enrich`; an unknown company is an empty object.
pub fn answer(world: &World, company: Option<&Company>) -> Value {
    company.map_or(json!({}), |company| json!({ "organization": organization(world, company) }))
}

fn organization(world: &World, company: &Company) -> Value {
    let mut facts = enriched::organization(world, company);
    let [six, twelve, twenty_four] = company.growth.map(|hundredths| f64::from(hundredths) / 10_000.0);
    let technologies = company.technology_names().collect::<Vec<_>>();
    // A float above a hundred million and an integer below, as seen in real answers.
    let revenue = if company.revenue > 100_000_000 { json!(company.revenue as f64) } else { json!(company.revenue) };
    let more = json!({
        "num_languages": 0,
        "num_retail_locations": 0,
        "owned_by_organization_id": null,
        "seo_description": null,
        "short_description": format!("{} works on {}.", company.name(world.seed), company.industry().0),
        "suborganizations": [],
        "num_suborganizations": 0,
        "annual_revenue_printed": printed(company.revenue),
        "annual_revenue": revenue,
        "total_funding": null,
        "total_funding_printed": null,
        "latest_funding_round_date": null,
        "latest_funding_stage": null,
        "funding_events": [],
        "technology_names": technologies,
        "current_technologies": technologies.iter().map(|uid| json!({ "uid": uid, "name": uid, "category": "Other" })).collect::<Vec<_>>(),
        "org_chart_root_people_ids": [],
        "org_chart_sector": "OrgChart::SectorHierarchy::Rules::IT",
        "org_chart_removed": false,
        "org_chart_show_department_filter": true,
        "account_id": null,
        "account": null,
        "departmental_head_count": departments(company),
        "organization_headcount_six_month_growth": six,
        "organization_headcount_twelve_month_growth": twelve,
        "organization_headcount_twenty_four_month_growth": twenty_four,
    });
    if let (Some(facts), Value::Object(more)) = (facts.as_object_mut(), more) {
        facts.remove("sanitized_phone");
        facts.extend(more);
    }
    facts
}

fn printed(dollars: u64) -> String {
    match dollars {
        0..1_000_000 => format!("{}K", dollars / 1000),
        1_000_000..1_000_000_000 => format!("{:.1}M", dollars as f64 / 1e6),
        _ => format!("{:.1}B", dollars as f64 / 1e9),
    }
}

fn departments(company: &Company) -> Map<String, Value> {
    let share = u64::from(company.headcount) / FUNCTIONS.len() as u64;
    FUNCTIONS.iter().map(|function| (function.name.to_owned(), share.into())).collect()
}

/// How many jobs a company has open.
pub fn job_count(world: &World, company: &Company) -> u64 {
    u64::from(dice(world, company, 0).below(8) * dice(world, company, 1).below(12))
}

/// `job_postings`; `jobs` are the numbers of those on this page.
pub fn job_postings(world: &World, company: &Company, jobs: impl Iterator<Item = u64>) -> Value {
    json!({ "organization_job_postings": jobs.map(|job| job_posting(world, company, job)).collect::<Vec<_>>() })
}

fn job_posting(world: &World, company: &Company, job: u64) -> Value {
    let mut dice = dice(world, company, 2 + job);
    let title = dice.pick(&world.draws.titles.all).map(|title| title.text.as_str());
    let place = company.place();
    let city_known = dice.chance(600);
    let (month, day) = (1 + dice.below(10), 1 + dice.below(28));
    let id = format!("66d00000{:016x}", dice.roll());
    json!({
        "id": id,
        "title": title,
        "url": format!("https://jobs.linkedin.example/view/{id}"),
        "city": city_known.then_some(place.city),
        "state": city_known.then_some(place.state),
        "country": place.country,
        "last_seen_at": format!("2026-11-{day:02}T14:19:10.200+00:00"),
        "posted_at": format!("2026-{month:02}-{day:02}T09:19:10.200+00:00"),
    })
}

fn dice(world: &World, company: &Company, use_of_it: u64) -> Dice {
    Dice::new(world.seed, SALT_DETAIL + 0x1000 + use_of_it, u64::from(company.number))
}
