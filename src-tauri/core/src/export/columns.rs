//! The columns of a plain export, in the order of `cli.md`.

use crate::answer::Source;
use crate::people::Person;

pub const DEFAULT_COLUMNS: [&str; 17] = [
    "apollo_person_id",
    "first_name",
    "last_name",
    "name",
    "title",
    "seniority",
    "email",
    "email_status",
    "phone",
    "linkedin_url",
    "city",
    "state",
    "country",
    "company",
    "company_domain",
    "source",
    "fetched_at",
];

/// The cells of one person; what is not known is an empty cell, never a word for it.
pub fn cells<'a>(person: &'a Person, source: Source, fetched_at: &'a str) -> [&'a str; 17] {
    let or_empty = |text: &'a Option<String>| text.as_deref().unwrap_or_default();
    [
        &person.id,
        or_empty(&person.first_name),
        or_empty(&person.last_name),
        or_empty(&person.name),
        or_empty(&person.title),
        or_empty(&person.seniority),
        or_empty(&person.email),
        or_empty(&person.email_status),
        or_empty(&person.phone),
        or_empty(&person.linkedin_url),
        or_empty(&person.city),
        or_empty(&person.state),
        or_empty(&person.country),
        or_empty(&person.organization_name),
        or_empty(&person.organization_domain),
        word(source),
        fetched_at,
    ]
}

fn word(source: Source) -> &'static str {
    match source {
        Source::Live => "live",
        Source::Cached => "cached",
        Source::Stale => "stale",
        Source::Empty => "empty",
    }
}
