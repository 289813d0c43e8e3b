//! `POST mixed_people/api_search`: stubs without credits. Key set: the list under "Answers" in Apollo's description as
//! collected for this project (`total_entries`, `people[]`, and each person's keys).

use crate::{
    search::Found,
    world::{World, person::Whereabouts, profile::Profile},
};
use serde_json::{Value, json};

pub fn answer(world: &World, found: &Found) -> Value {
    let people = found.rows.iter().filter_map(|number| world.profile(*number)).map(person).collect::<Vec<_>>();
    json!({ "total_entries": found.total, "people": people })
}

fn person(profile: Profile<'_>) -> Value {
    let whereabouts = profile.person.whereabouts;
    let mut person = json!({
        "id": profile.id(),
        "first_name": profile.first_name(),
        "last_name_obfuscated": profile.last_name_obfuscated(),
        "title": profile.title(),
        "last_refreshed_at": profile.refreshed_at(),
        "has_email": profile.has_email(),
        "has_city": whereabouts == Whereabouts::City,
        "has_state": whereabouts == Whereabouts::City,
        "has_country": whereabouts != Whereabouts::Nowhere,
        "organization": organization(profile),
    });
    if let (Some(person), Some(has_direct_phone)) = (person.as_object_mut(), profile.has_direct_phone()) {
        person.insert("has_direct_phone".into(), has_direct_phone.into());
    }
    person
}

fn organization(profile: Profile<'_>) -> Value {
    let Some(company) = profile.company else {
        return Value::Null;
    };
    json!({
        "name": company.name(profile.world.seed),
        "has_industry": true,
        "has_phone": company.phone % 5 != 0,
        "has_city": true,
        "has_state": true,
        "has_country": true,
        "has_zip_code": company.phone % 3 != 0,
        "has_revenue": company.phone % 4 != 0,
        "has_employee_count": true,
    })
}
