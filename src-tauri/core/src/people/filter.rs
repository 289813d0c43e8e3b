//! Who of a set is wanted, by what is known of them. Values within one filter are alternatives; filters narrow each other,
//! as in a search. What Apollo's rows do not tell, industry and company size, is taken from the questions people were
//! found by.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::runs;
use crate::persona::Filters;
use crate::text::words;

/// Filters of the store. The empty one lets everybody through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PeopleFilter {
    /// Titles, seniorities, places and keywords are held against what is known of each person; industries and company
    /// sizes against the questions.
    pub filters: Filters,
    /// Who changed jobs at this moment or later, as far as answers tell.
    pub changed_jobs_since: Option<Timestamp>,
}

/// Conditions on `people p`, with the values that stand in them from the number `first` on.
#[derive(Debug)]
pub struct Conditions {
    pub sql: String,
    pub values: Vec<Value>,
}

impl PeopleFilter {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As SQL: each condition led by AND. Parameters are numbered from `first`.
    pub fn conditions(&self, first: usize) -> Conditions {
        let mut conditions = Conditions { sql: String::new(), values: Vec::new() };
        let mut add = |sql: &str, value: Value| {
            conditions.values.push(value);
            let number = first + conditions.values.len() - 1;
            conditions.sql.push_str(" AND ");
            conditions.sql.push_str(&sql.replace("?#", &format!("?{number}")));
        };
        let filters = &self.filters;
        if !filters.titles.is_empty() {
            add(&any_of("instr(' ' || words(p.title) || ' ', ' ' || value || ' ')"), folded(&filters.titles));
        }
        if !filters.seniorities.is_empty() {
            let names: Vec<&str> = filters.seniorities.iter().map(|seniority| seniority.as_str()).collect();
            add("p.seniority IN (SELECT value FROM json_each(?#))", json(&names));
        }
        if !filters.locations.is_empty() {
            // Each part of `Köln, Germany` is a city, a state or a country.
            let parts: Vec<Vec<String>> =
                filters.locations.iter().map(|place| place.split(',').map(words).collect()).collect();
            let holds = "NOT EXISTS (SELECT 1 FROM json_each(place.value) part \
                         WHERE part.value NOT IN (words(p.city), words(p.state), words(p.country)))";
            add(&format!("EXISTS (SELECT 1 FROM json_each(?#) place WHERE {holds})"), json(&parts));
        }
        if !filters.keywords.is_empty() {
            let told = "words(coalesce(p.name, '') || ' ' || coalesce(p.title, '') || ' ' || coalesce(p.headline, '') || ' ' || \
                        coalesce(p.organization_name, ''))";
            add(&format!("instr({told}, ?#)"), Value::Text(words(&filters.keywords)));
        }
        if let Some(since) = self.changed_jobs_since {
            add("p.changed_jobs_by_ms >= ?#", Value::Integer(since.as_millisecond()));
        }
        conditions
    }

    /// Those who were found by a question for these industries and company sizes alone; none when neither is asked for.
    pub fn found_by_questions(&self, connection: &Connection, tenant: i64) -> rusqlite::Result<Option<Vec<u32>>> {
        let (industries, sizes) = (&self.filters.industries, &self.filters.company_sizes);
        if industries.is_empty() && sizes.is_empty() {
            return Ok(None);
        }
        let within = |asked: &[String], wanted: &[String]| {
            wanted.is_empty() || (!asked.is_empty() && asked.iter().all(|value| wanted.contains(value)))
        };
        let fitting: Vec<i64> = runs::questions(connection, tenant)?
            .into_iter()
            .filter(|(_, asked)| within(&asked.industries, industries) && within(&asked.company_sizes, sizes))
            .map(|(run, _)| run)
            .collect();
        runs::people_of_runs(connection, &fitting).map(Some)
    }
}

/// Whether `sql` holds for any `value` of a list.
fn any_of(sql: &str) -> String {
    format!("EXISTS (SELECT 1 FROM json_each(?#) WHERE {sql})")
}

fn folded(texts: &[String]) -> Value {
    let folded: Vec<String> = texts.iter().map(|text| words(text)).collect();
    json(&folded)
}

fn json(value: &impl serde::Serialize) -> Value {
    // Lists of texts always have a JSON.
    Value::Text(serde_json::to_string(value).unwrap_or_default())
}
