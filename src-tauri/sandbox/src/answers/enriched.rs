//! `POST people/match` and `POST people/bulk_match`: people with everything that is known. Key sets: the lists of a person
//! and of `bulk_match` in Apollo's description as collected for this project; the company's is that of the official example
//! (`legacydocs_enrichment_bulk_people_enrichment.json`). Past jobs are made up here, at companies of the same world.

use crate::{
    reply::Reply,
    world::{World, company::Company, person::Whereabouts, profile::Profile},
};
use serde_json::{Value, json};

/// How much of somebody is shown.
pub struct Reveal {
    /// Adds the key `personal_emails`, which is not there otherwise.
    pub personal_emails: bool,
    /// Nothing of them is known but an id.
    pub shells: bool,
}

/// `people/match`.
pub fn one(profile: Option<Profile<'_>>, reveal: &Reveal, request_id: i64) -> Value {
    json!({ "person": profile.map(|profile| shown(profile, reveal)), "request_id": request_id })
}

/// `people/bulk_match`; `matches` holds `None` for a miss.
pub fn many(matches: &[Option<Profile<'_>>], reveal: &Reveal, credits_consumed: f64, request_id: i64) -> Value {
    let found = matches.iter().flatten().map(|profile| profile.number).collect::<std::collections::HashSet<_>>();
    json!({
        "status": "success",
        "total_requested_enrichments": matches.len(),
        "unique_enriched_records": found.len(),
        "missing_records": matches.iter().filter(|found| found.is_none()).count(),
        "credits_consumed": credits_consumed,
        "request_id": request_id,
        "matches": matches.iter().map(|found| found.map(|found| shown(found, reveal))).collect::<Vec<_>>(),
    })
}

/// A refusal of `bulk_match`, in the words that are its own.
pub fn failed(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!({ "status": "failed", "error_code": code, "error_message": message }))
}

fn shown(profile: Profile<'_>, reveal: &Reveal) -> Value {
    let mut shown = person(profile);
    let Some(facts) = shown.as_object_mut() else {
        return shown;
    };
    if reveal.shells {
        for (_, fact) in facts.iter_mut().filter(|(key, _)| *key != "id") {
            *fact = if fact.is_array() { json!([]) } else { Value::Null };
        }
    }
    if reveal.personal_emails {
        let address = profile.personal_email().filter(|_| !reveal.shells);
        facts.insert("personal_emails".into(), address.into_iter().collect());
    }
    shown
}

fn person(profile: Profile<'_>) -> Value {
    let city = |text: &str| (profile.person.whereabouts == Whereabouts::City).then(|| text.to_owned());
    let place = profile.place();
    let organization_id = profile.company.map(|company| profile.world.company_id(company.number));
    let postal_code = format!("{:05}", 10_000 + profile.detail(5).below(89_999));
    json!({
        "id": profile.id(),
        "first_name": profile.first_name(),
        "last_name": profile.last_name(),
        "name": profile.name(),
        "linkedin_url": profile.linkedin_url(),
        "title": profile.title(),
        "headline": profile.headline(),
        "email": profile.email(),
        "email_status": profile.email_status(),
        "photo_url": profile.photo_url(),
        "twitter_url": null,
        "github_url": null,
        "facebook_url": null,
        "organization_id": organization_id,
        "organization": profile.company.map(|company| organization(profile.world, company)),
        "employment_history": employment_history(profile),
        "city": city(place.city),
        "state": city(place.state),
        "country": (profile.person.whereabouts != Whereabouts::Nowhere).then_some(place.country),
        "postal_code": city(&postal_code),
        "time_zone": city(place.time_zone),
        "departments": profile.departments(),
        "subdepartments": profile.subdepartments(),
        "functions": [profile.function()],
        "seniority": profile.seniority(),
        "phone_numbers": phone_numbers(profile),
        "contact_id": null,
        "contact": null,
        "account": null,
        "revealed_for_current_team": true,
        "email_domain_catchall": profile.company.is_some_and(|company| company.catch_all),
    })
}

/// The switchboard for some, nothing for others; a mobile number never comes in the same answer.
fn phone_numbers(profile: Profile<'_>) -> Value {
    let Some(company) = profile.company.filter(|_| profile.detail(6).chance(450)) else {
        return if profile.detail(6).chance(700) { json!([]) } else { Value::Null };
    };
    let number = company.phone();
    json!([{ "raw_number": number, "sanitized_number": number, "type": "work_hq", "status": "no_status", "dnc_status": null }])
}

/// The day the present job began, or nothing when it is not known.
pub fn started(profile: Profile<'_>) -> Option<String> {
    let mut dice = profile.detail(7);
    if dice.chance(120) {
        return None;
    }
    let years = dice.below(u32::from(profile.person.experience).min(9) + 1);
    Some(format!("{}-{:02}-01", 2026 - years, 1 + dice.below(9)))
}

fn employment_history(profile: Profile<'_>) -> Vec<Value> {
    let world = profile.world;
    let mut dice = profile.detail(8);
    let mut jobs = vec![json!({
        "organization_name": profile.company.map(|company| company.name(world.seed)),
        "title": profile.title(),
        "current": profile.company.is_some(),
        "start_date": started(profile),
        "end_date": null,
        "organization_id": profile.company.map(|company| world.company_id(company.number)),
    })];
    for earlier in 0..dice.below(4) {
        let Some(company) = dice.pick(&world.companies) else {
            break;
        };
        let left = 2016 - 3 * earlier;
        let title = dice.pick(&world.draws.titles.all).map(|title| title.text.as_str());
        let id_known = dice.chance(700);
        jobs.push(json!({
            "organization_name": company.name(world.seed),
            "title": title,
            "current": false,
            "start_date": dice.chance(900).then(|| format!("{}-{:02}-01", left - 2, 1 + dice.below(12))),
            "end_date": format!("{left}-{:02}-01", 1 + dice.below(12)),
            "organization_id": id_known.then(|| world.company_id(company.number)),
        }));
    }
    jobs
}

pub fn organization(world: &World, company: &Company) -> Value {
    let (industry, tag_id) = company.industry();
    let domain = company.domain(world.seed);
    let place = company.place();
    let phone = company.phone();
    let mut tag_hash = serde_json::Map::new();
    tag_hash.insert(industry.to_owned(), tag_id.into());
    // No phone comes as an empty object, as seen in real answers.
    let primary_phone =
        if company.phone.is_multiple_of(5) { json!({}) } else { json!({ "number": phone, "source": "Scraped" }) };
    json!({
        "id": world.company_id(company.number),
        "name": company.name(world.seed),
        "website_url": format!("http://www.{domain}"),
        "blog_url": null,
        "angellist_url": null,
        "linkedin_url": format!("http://www.linkedin.example/company/{}", domain.trim_end_matches(".example")),
        "twitter_url": null,
        "facebook_url": null,
        "primary_phone": primary_phone,
        "languages": [],
        "alexa_ranking": null,
        "phone": phone,
        "linkedin_uid": format!("{}", 1_000_000 + company.phone),
        "founded_year": company.founded,
        "publicly_traded_symbol": null,
        "publicly_traded_exchange": null,
        "logo_url": format!("https://static.linkedin.example/logo/{domain}"),
        "crunchbase_url": null,
        "primary_domain": domain,
        "sanitized_phone": phone,
        "industry": industry,
        "keywords": company.keyword_names().collect::<Vec<_>>(),
        "estimated_num_employees": company.headcount,
        "industries": [industry],
        "secondary_industries": [],
        "snippets_loaded": true,
        "industry_tag_id": tag_id,
        "industry_tag_hash": tag_hash,
        "retail_location_count": 0,
        "raw_address": format!("{}, {}, {}", place.city, place.state, place.country).to_lowercase(),
        "street_address": null,
        "city": place.city,
        "state": place.state,
        "postal_code": null,
        "country": place.country,
    })
}
