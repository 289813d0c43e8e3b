//! `GET webhook_result/{request_id}` of a phone reveal. Key sets: the example in Apollo's published description.

use crate::{accounts::ONE_CREDIT, mobiles::price, world::profile::Profile};
use serde_json::{Value, json};

pub fn result(request_id: i64, people: &[Profile<'_>]) -> Value {
    let credits = people.iter().map(|person| price(*person)).sum::<u64>() / ONE_CREDIT;
    let found = people.iter().filter(|person| person.direct_phone().is_some()).count();
    json!({
        // A text here, a number in the answer that ordered it.
        "request_id": request_id.to_string(),
        "webhook_status": "success",
        "request_type": "phone",
        "last_dispatched_at": null,
        "failure_reason": null,
        "webhook_result": {
            "status": "success",
            "total_requested_enrichments": people.len(),
            "unique_enriched_records": found,
            "missing_records": people.len() - found,
            "credits_consumed": credits,
            "people": people.iter().map(|person| numbers(*person)).collect::<Vec<_>>(),
        },
    })
}

fn numbers(person: Profile<'_>) -> Value {
    let numbers = person.direct_phone().map(|phone| {
        let id = person.belonging_id(1);
        json!({
            "_id": id,
            "confidence_cd": "high",
            "created_at": null,
            "direct_dial_source_cd": "contact_trusted",
            "dnc_other_info": {},
            "dnc_status_cd": "not_found",
            "dnc_status_updated_at": null,
            "position": 0,
            "raw_number": phone.number,
            "sanitized_number": phone.number,
            "status_cd": "valid_number",
            "type_cd": if phone.is_mobile { "mobile" } else { "other" },
            "updated_at": null,
            "id": id,
            "key": id,
        })
    });
    json!({
        "id": person.id(),
        "status": if numbers.is_some() { "success" } else { "failed" },
        "phone_numbers": numbers.into_iter().collect::<Vec<_>>(),
    })
}
