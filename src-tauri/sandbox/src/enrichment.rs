//! Finding the person that an enrichment asks for: by id, e-mail, link, or name and company. Knows nothing of credits.

use crate::{
    random::{hash_text, mix},
    world::{World, person::Person, profile::Profile},
};
use serde_json::{Map, Value};

/// The person these details name, or `None`.
pub fn find<'a>(world: &'a World, details: &Map<String, Value>) -> Option<Profile<'a>> {
    let text = |key: &str| details.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    if let Some(id) = text("id") {
        return world.person_with_id(id).and_then(|number| world.profile(number));
    }
    if let Some(email) = text("email") {
        return by_email(world, &email.to_lowercase());
    }
    if let Some(url) = text("linkedin_url") {
        return by_link(world, url);
    }
    let name = match (text("name"), text("first_name"), text("last_name")) {
        (Some(name), _, _) => name.to_owned(),
        (None, Some(first), Some(last)) => format!("{first} {last}"),
        _ => return None,
    };
    by_name(world, &name.to_lowercase(), text("domain"), text("organization_name"))
}

/// `people/match` answers an unknown id with somebody else, as seen live: the reason why clients compare ids.
pub fn somebody_else<'a>(world: &'a World, id: &str) -> Option<Profile<'a>> {
    let people = world.people.len() as u64;
    (people > 0).then(|| world.profile((mix(hash_text(id)) % people) as u32)).flatten()
}

fn by_email<'a>(world: &'a World, email: &str) -> Option<Profile<'a>> {
    let company = world.company_with_domain(email.rsplit_once('@')?.1)?;
    staff(world, move |person| person.company == company).find(|profile| profile.email().as_deref() == Some(email))
}

/// Links end in the part of the id from which the person can be read back.
fn by_link<'a>(world: &'a World, url: &str) -> Option<Profile<'a>> {
    let tail = url.trim_end_matches('/').rsplit('-').next()?;
    let number = world.person_with_tail(tail)?;
    world.profile(number).filter(|profile| profile.linkedin_url().is_some())
}

fn by_name<'a>(world: &'a World, name: &str, domain: Option<&str>, company: Option<&str>) -> Option<Profile<'a>> {
    let employer = match (domain, company) {
        (Some(domain), _) => world.company_with_domain(domain)?,
        (None, Some(company)) => {
            let wanted = company.to_lowercase();
            world.companies.iter().find(|known| known.name(world.seed).to_lowercase() == wanted)?.number
        }
        // A name alone is no key to a person.
        (None, None) => return None,
    };
    staff(world, move |person| person.company == employer).find(|profile| profile.name().to_lowercase() == name)
}

fn staff<'a>(world: &'a World, belongs: impl Fn(&Person) -> bool + 'a) -> impl Iterator<Item = Profile<'a>> {
    let numbers = (0_u32..).zip(&world.people).filter(move |(_, person)| belongs(person));
    numbers.filter_map(|(number, _)| world.profile(number))
}
