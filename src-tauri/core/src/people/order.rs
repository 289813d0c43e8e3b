//! What can be asked of the store: a set of people, who of them, and in which order. What of it the file answers is here,
//! the rest is [`super::finder`]'s.

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::facets::FacetChoice;
use super::filter::PeopleFilter;
use super::runs::{self, Asked, PageOf};
use super::sort::Sort;
use crate::text;

/// Whom a view is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Among {
    /// A page of a question, as it was fetched last.
    Page(PageOf),
    /// What a question has fetched of late.
    Newest(Asked),
    /// These runs.
    Runs(Vec<i64>),
    Everybody,
}

/// Who is meant of those whom all else lets through.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Picked {
    /// These, by Apollo's ids.
    Only { ids: Vec<String> },
    /// All but these.
    AllBut { ids: Vec<String> },
}

/// A set of people, who of them, and in which order. Unsorted, pages stand in Apollo's order, everybody with the newest
/// first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PeopleQuery {
    pub among: Among,
    pub filter: PeopleFilter,
    /// Each of its words begins a word of name, title, company or place.
    pub text: String,
    pub facets: Vec<FacetChoice>,
    /// When the ages of facts are looked at, to the hour, so that the same question is the same query for a while.
    pub now_ms: i64,
    pub picked: Picked,
    /// The most important column first.
    pub sort: Vec<Sort>,
}

impl PeopleQuery {
    /// All of a set, unsorted.
    pub fn of(among: Among) -> Self {
        Self {
            among,
            filter: PeopleFilter::default(),
            text: String::new(),
            facets: Vec::new(),
            now_ms: 0,
            picked: Picked::AllBut { ids: Vec::new() },
            sort: Vec::new(),
        }
    }

    /// The beginnings of words that its text asks for.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        text::search_words(&self.text, |word| words.push(word.to_owned()));
        words
    }

    /// The facets in which something is chosen.
    pub fn choices(&self) -> impl Iterator<Item = &FacetChoice> {
        self.facets.iter().filter(|choice| !choice.values.is_empty())
    }

    #[must_use]
    pub fn without_facets(&self) -> Self {
        Self { facets: Vec::new(), ..self.clone() }
    }

    /// Whether its people stand as they are found, all of them.
    pub fn is_plain(&self) -> bool {
        self.sort.is_empty() && self.words().is_empty() && self.choices().next().is_none()
    }

    /// Whether nothing but text and facets narrows it.
    pub fn is_of_everybody(&self) -> bool {
        let left_out = matches!(&self.picked, Picked::AllBut { ids } if ids.is_empty());
        self.among == Among::Everybody && self.filter.is_empty() && left_out
    }
}

/// Whom a query is about, before its text and facets narrow it; none for everybody.
pub fn members(connection: &Connection, tenant: i64, query: &PeopleQuery) -> rusqlite::Result<Option<Vec<u32>>> {
    let mut members = match &query.among {
        Among::Page(page) => Some(runs::people_of_page(connection, tenant, page)?),
        Among::Newest(asked) => Some(runs::different(runs::newest_rows(connection, tenant, asked)?.into_iter())),
        Among::Runs(runs) => Some(runs::people_of_runs(connection, runs)?),
        Among::Everybody => None,
    };
    if !query.filter.is_empty() {
        members = Some(passing(connection, tenant, &query.filter, members)?);
    }
    match &query.picked {
        Picked::Only { ids } => {
            let picked = numbers(connection, tenant, ids)?;
            members = Some(match members {
                Some(members) => members.into_iter().filter(|number| picked.contains(number)).collect(),
                None => newest_first(picked.into_iter().collect()),
            });
        }
        Picked::AllBut { ids } if !ids.is_empty() => {
            let left_out = numbers(connection, tenant, ids)?;
            let all = members.map_or_else(|| everybody(connection, tenant), Ok)?;
            members = Some(all.into_iter().filter(|number| !left_out.contains(number)).collect());
        }
        Picked::AllBut { .. } => {}
    }
    Ok(members)
}

/// Those whom a filter lets through, in their own order; of everybody, the newest first.
fn passing(
    connection: &Connection,
    tenant: i64,
    filter: &PeopleFilter,
    members: Option<Vec<u32>>,
) -> rusqlite::Result<Vec<u32>> {
    let mut values = vec![Value::Integer(tenant)];
    let from = match &members {
        // The few are looked up; the many are gone through.
        Some(members) => {
            let list: Vec<String> = members.iter().map(u32::to_string).collect();
            values.push(Value::Text(format!("[{}]", list.join(","))));
            "json_each(?2) member CROSS JOIN people p ON p.number = member.value"
        }
        // Through the rows in their order: by the index on ids each row would be looked up for itself (measured: twice the time).
        None => "people p NOT INDEXED",
    };
    let conditions = filter.conditions(connection, tenant, values.len() + 1)?;
    values.extend(conditions.values);
    let passing = format!("SELECT p.number FROM {from} WHERE p.tenant = ?1{}", conditions.sql);
    let mut statement = connection.prepare_cached(&passing)?;
    let found: Vec<u32> =
        statement.query_map(params_from_iter(values), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let Some(members) = members else { return Ok(newest_first(found)) };
    let found: HashSet<u32> = found.into_iter().collect();
    Ok(members.into_iter().filter(|number| found.contains(number)).collect())
}

/// Everybody, the newest first.
pub fn everybody(connection: &Connection, tenant: i64) -> rusqlite::Result<Vec<u32>> {
    // The index by id is a tenth of the table; sorting numbers here is faster than going through the rows.
    let mut statement = connection.prepare_cached("SELECT number FROM people WHERE tenant = ?1")?;
    let numbers = statement.query_map([tenant], |row| row.get(0))?.collect::<rusqlite::Result<Vec<u32>>>()?;
    Ok(newest_first(numbers))
}

pub fn newest_first(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    numbers
}

/// The numbers of those of these ids who are known.
fn numbers(connection: &Connection, tenant: i64, ids: &[String]) -> rusqlite::Result<HashSet<u32>> {
    let mut statement = connection.prepare_cached("SELECT number FROM people WHERE tenant = ?1 AND id = ?2")?;
    let mut numbers = HashSet::with_capacity(ids.len());
    for id in ids {
        numbers.extend(statement.query_row(params![tenant, id], |row| row.get::<_, u32>(0)).optional()?);
    }
    Ok(numbers)
}
