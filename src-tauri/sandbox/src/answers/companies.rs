//! `POST mixed_companies/search`: companies, split over `accounts[]` (those the team has saved) and `organizations[]` (all
//! others). Key sets: top and account those of the official example (`legacydocs_organizations_organization_search.json`),
//! organization that of the example in Apollo's published description.

use super::{enriched, full::breadcrumbs};
use crate::{
    random::hash,
    search::FoundCompanies,
    world::{SALT_DETAIL, World, company::Company},
};
use serde_json::{Map, Value, json};

pub fn answer(world: &World, found: &FoundCompanies) -> Value {
    let companies = found.rows.iter().filter_map(|number| world.companies.get(*number as usize));
    let (saved, others) = companies.partition::<Vec<_>, _>(|company| is_saved(world, company));
    json!({
        "breadcrumbs": breadcrumbs(&found.question),
        "partial_results_only": false,
        "disable_eu_prospecting": false,
        "partial_results_limit": 10_000,
        "pagination": {
            "page": found.page.number,
            "per_page": found.page.size,
            "total_entries": found.total,
            "total_pages": found.total.div_ceil(found.page.size),
        },
        "accounts": saved.into_iter().map(|company| account(world, company)).collect::<Vec<_>>(),
        "organizations": others.into_iter().map(|company| organization(world, company)).collect::<Vec<_>>(),
        "model_ids": found.rows.iter().map(|number| world.company_id(*number)).collect::<Vec<_>>(),
        "num_fetch_result": null,
        "derived_params": null,
    })
}

/// Every third company or so is one of the team's accounts.
fn is_saved(world: &World, company: &Company) -> bool {
    hash(world.seed, SALT_DETAIL + 800, u64::from(company.number)).is_multiple_of(3)
}

/// What accounts and organizations share, out of the many facts of an enriched company.
fn shared(world: &World, company: &Company) -> Map<String, Value> {
    const SHARED: [&str; 19] = [
        "id",
        "name",
        "website_url",
        "blog_url",
        "angellist_url",
        "linkedin_url",
        "twitter_url",
        "facebook_url",
        "primary_phone",
        "languages",
        "alexa_ranking",
        "phone",
        "linkedin_uid",
        "founded_year",
        "publicly_traded_symbol",
        "publicly_traded_exchange",
        "logo_url",
        "crunchbase_url",
        "sanitized_phone",
    ];
    let Value::Object(mut facts) = enriched::organization(world, company) else {
        return Map::new();
    };
    facts.retain(|key, _| SHARED.contains(&key.as_str()));
    facts.insert("owned_by_organization_id".into(), Value::Null);
    facts.insert("show_intent".into(), true.into());
    facts
}

fn organization(world: &World, company: &Company) -> Value {
    let mut facts = shared(world, company);
    facts.insert("primary_domain".into(), company.domain(world.seed).into());
    facts.insert("has_intent_signal_account".into(), false.into());
    facts.insert("intent_signal_account".into(), Value::Null);
    Value::Object(facts)
}

/// An account has an id of its own; the company's is `organization_id`, its domain `domain`.
fn account(world: &World, company: &Company) -> Value {
    let place = company.place();
    let own = hash(world.seed, SALT_DETAIL + 801, u64::from(company.number));
    let team_id = format!("65000000{:016x}", hash(world.seed, SALT_DETAIL + 802, 0));
    let mut facts = shared(world, company);
    let more = json!({
        "id": format!("63000000{own:016x}"),
        "primary_domain": null,
        "organization_raw_address": format!("{}, {}, {}", place.city, place.state, place.country).to_lowercase(),
        "organization_city": place.city,
        "organization_street_address": null,
        "organization_state": place.state,
        "organization_country": place.country,
        "organization_postal_code": null,
        "suggest_location_enrichment": false,
        "parent_account": null,
        "domain": company.domain(world.seed),
        "team_id": team_id,
        "organization_id": world.company_id(company.number),
        "account_stage_id": null,
        "source": "api",
        "original_source": "api",
        "creator_id": null,
        "owner_id": null,
        "created_at": "2026-01-03T08:17:03.163Z",
        "phone_status": "no_status",
        "hubspot_id": null,
        "salesforce_id": null,
        "crm_owner_id": null,
        "parent_account_id": null,
        "account_playbook_statuses": [],
        "account_rule_config_statuses": [],
        "existence_level": "full",
        "label_ids": [],
        // An empty array where an object is due, as seen in real answers.
        "typed_custom_fields": [],
        "modality": "account",
        "salesforce_record_url": null,
        "contact_emailer_campaign_ids": [],
        "contact_campaign_status_tally": {},
        "num_contacts": 0,
        "last_activity_date": null,
        "intent_strength": null,
    });
    if let Value::Object(more) = more {
        facts.extend(more);
    }
    Value::Object(facts)
}
