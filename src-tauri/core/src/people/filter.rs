//! Who of a set is wanted, by what is known of them. Values within one filter are alternatives; filters narrow each other,
//! as in a search. What Apollo did not tell (place and seniority of stubs, industry and size of a company that was not
//! enriched) is taken from the questions that found people.

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;

use super::company::{self, CompanyFact};
use super::runs;
use crate::persona::Filters;
use crate::text::words;

/// Filters of the store. The empty one lets everybody through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PeopleFilter {
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
    pub fn conditions(&self, connection: &Connection, tenant: i64, first: usize) -> rusqlite::Result<Conditions> {
        let mut conditions = Conditions { sql: String::new(), values: Vec::new() };
        let mut add = |sql: &str, values: Vec<Value>| {
            let mut sql = sql.to_owned();
            for value in values {
                let number = first + conditions.values.len();
                sql = sql.replacen("?#", &format!("?{number}"), 1);
                conditions.values.push(value);
            }
            conditions.sql.push_str(" AND (");
            conditions.sql.push_str(&sql);
            conditions.sql.push(')');
        };
        let filters = &self.filters;
        let found_by = |asked: fn(&Filters) -> Vec<&str>| found_by_asking(connection, tenant, filters, asked);
        if !filters.titles.is_empty() {
            let titles: Vec<String> = filters.titles.iter().map(|title| words(title)).collect();
            let holds = "instr(' ' || words(p.title) || ' ', ' ' || value || ' ')";
            add(&format!("EXISTS (SELECT 1 FROM json_each(?#) WHERE {holds})"), vec![json(&titles)]);
        }
        if !filters.seniorities.is_empty() {
            let known = format!("p.seniority IN {LIST} OR p.seniority IS NULL AND p.number IN {LIST}");
            add(&known, vec![json(&seniorities(filters)), found_by(seniorities)?]);
        }
        if !filters.locations.is_empty() {
            // Each part of `Köln, Germany` is a city, a state or a country.
            let parts: Vec<Vec<String>> =
                filters.locations.iter().map(|place| place.split(',').map(words).collect()).collect();
            let missing = "SELECT 1 FROM json_each(place.value) part \
                           WHERE part.value NOT IN (words(p.city), words(p.state), words(p.country))";
            let known = format!(
                "EXISTS (SELECT 1 FROM json_each(?#) place WHERE NOT EXISTS ({missing})) \
                 OR coalesce(p.city, p.state, p.country) IS NULL AND p.number IN {LIST}"
            );
            add(&known, vec![json(&parts), found_by(|filters| texts(&filters.locations))?]);
        }
        if !filters.industries.is_empty() {
            let told = told_of_company(CompanyFact::Industry, &format!("f.value IN {LIST}"));
            let known = format!("coalesce({told}, p.number IN {LIST})");
            add(&known, vec![json(&filters.industries), found_by(|filters| texts(&filters.industries))?]);
        }
        if !filters.company_sizes.is_empty() {
            let sizes: Vec<_> = filters.company_sizes.iter().map(|size| company::bounds(size)).collect();
            let fits = "EXISTS (SELECT 1 FROM json_each(?#) size WHERE CAST(f.value AS INTEGER) >= size.value ->> 0 \
                        AND (size.value ->> 1 IS NULL OR CAST(f.value AS INTEGER) <= size.value ->> 1))";
            let known = format!("coalesce({}, p.number IN {LIST})", told_of_company(CompanyFact::Employees, fits));
            add(&known, vec![json(&sizes), found_by(|filters| texts(&filters.company_sizes))?]);
        }
        if !filters.keywords.is_empty() {
            let told = "words(coalesce(p.name, '') || ' ' || coalesce(p.title, '') || ' ' || coalesce(p.headline, '') || ' ' || \
                        coalesce(p.organization_name, ''))";
            add(&format!("instr({told}, ?#)"), vec![Value::Text(words(&filters.keywords))]);
        }
        if let Some(since) = self.changed_jobs_since {
            add("p.changed_jobs_by_ms >= ?#", vec![Value::Integer(since.as_millisecond())]);
        }
        Ok(conditions)
    }
}

/// Gives a connection the function `words`, which conditions are written with.
pub fn equip(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("words", 1, flags, |context| Ok(text_of(context)?.map(words).unwrap_or_default()))
}

fn text_of<'a>(context: &'a Context<'_>) -> rusqlite::Result<Option<&'a str>> {
    Ok(context.get_raw(0).as_str_or_null()?)
}

/// The values of a JSON list.
const LIST: &str = "(SELECT value FROM json_each(?#))";

/// Whether what was told of the person's company fits, as SQL; null where nothing was told.
fn told_of_company(fact: CompanyFact, fits: &str) -> String {
    format!("(SELECT {fits} FROM company_facts f WHERE f.company = p.company AND f.fact = {})", fact as u8)
}

/// Those who were found by a question for some of the wanted values and no others, as a list of numbers.
fn found_by_asking(
    connection: &Connection,
    tenant: i64,
    wanted: &Filters,
    values: fn(&Filters) -> Vec<&str>,
) -> rusqlite::Result<Value> {
    let wanted = values(wanted);
    let fitting: Vec<i64> = runs::questions(connection, tenant)?
        .into_iter()
        .filter(|(_, asked)| {
            let asked = values(asked);
            !asked.is_empty() && asked.iter().all(|value| wanted.contains(value))
        })
        .map(|(run, _)| run)
        .collect();
    Ok(json(&runs::people_of_runs(connection, &fitting)?))
}

fn seniorities(filters: &Filters) -> Vec<&str> {
    filters.seniorities.iter().map(|seniority| seniority.as_str()).collect()
}

fn texts(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

fn json(value: &impl serde::Serialize) -> Value {
    // Lists of texts and numbers always have a JSON.
    Value::Text(serde_json::to_string(value).unwrap_or_default())
}
