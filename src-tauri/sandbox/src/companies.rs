//! The endpoints that sell companies: `organizations/enrich`, `organizations/{id}/job_postings` and
//! `mixed_companies/search`, at one credit for each company or page.

use crate::{
    accounts::ONE_CREDIT,
    answers::{companies, organization},
    caller::Caller,
    options::Fault,
    reply::Reply,
    search::{
        self,
        body::{Body, Refusal},
    },
};
use serde_json::{Map, Value};

/// The most jobs that a page holds.
const MOST_JOBS: u64 = 10_000;

/// Found by its domain; an unknown one costs nothing.
pub fn enrich(caller: &Caller<'_>, asked: &Map<String, Value>) -> Reply {
    let Some(domain) = asked.get("domain").and_then(Value::as_str).filter(|domain| !domain.trim().is_empty()) else {
        return Reply::error(422, "Required parameter 'domain' missing");
    };
    if let Some(refusal) = caller.out_of_credits() {
        return refusal;
    }
    let world = caller.world();
    let company = world.company_with_domain(domain).and_then(|number| {
        let another = u32::from(caller.fault == Some(Fault::WrongPerson));
        world.companies.get((number + another) as usize % world.companies.len())
    });
    caller.charge(company.map(|company| (world.company_id(company.number), ONE_CREDIT)));
    Reply::json(200, &organization::answer(world, company))
}

/// A page costs its credit whether there are jobs on it or not.
pub fn job_postings(caller: &Caller<'_>, id: &str, asked: &Map<String, Value>) -> Reply {
    let world = caller.world();
    let Some(company) = world.company_with_id(id).and_then(|number| world.companies.get(number as usize)) else {
        return Reply::error(422, "Parameters misconfigured. organization_id is not a valid ID");
    };
    if let Some(refusal) = caller.out_of_credits() {
        return refusal;
    }
    caller.charge([(id.to_owned(), ONE_CREDIT)]);
    let number = |name: &str| asked.get(name).and_then(Value::as_str).and_then(|text| text.parse::<u64>().ok());
    let size = number("per_page").unwrap_or(MOST_JOBS).clamp(1, MOST_JOBS);
    let first = number("page").unwrap_or(1).saturating_sub(1).saturating_mul(size);
    let end = organization::job_count(world, company);
    Reply::json(200, &organization::job_postings(world, company, first..first.saturating_add(size).min(end)))
}

/// A page costs its credit unless it is empty.
pub fn search(caller: &Caller<'_>, body: &Map<String, Value>) -> Reply {
    if let Some(refusal) = caller.out_of_credits() {
        return refusal;
    }
    match search::companies(caller.world(), &Body(body.clone())) {
        Ok(found) => {
            let price = if found.rows.is_empty() { 0 } else { ONE_CREDIT };
            caller.charge([(format!("page {}", found.page.number), price)]);
            Reply::json(200, &companies::answer(caller.world(), &found))
        }
        Err(Refusal(text)) => Reply::error(422, &text),
    }
}
