//! In which order the people of a set stand: their numbers, found once for each set, filter and sort, and kept as long as
//! nobody was added or changed. A kept order of everybody is mended where a few changed, since sorting a million again for
//! one page would keep the user waiting.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::facets::FacetChoice;
use super::filter::PeopleFilter;
use super::runs::{self, Asked, PageOf};
use super::sort::Sort;

/// The most numbers that are kept in memory, of all orders together: 32 MB.
const MOST_KEPT: usize = 8 << 20;
/// The most changed people that are worth mending for.
const MOST_MENDED: usize = 5_000;
/// Changes that are remembered, so that an order can be mended.
const CHANGES_KEPT: usize = 64;

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
            picked: Picked::AllBut { ids: Vec::new() },
            sort: Vec::new(),
        }
    }

    fn can_be_mended(&self) -> bool {
        self.among == Among::Everybody && self.filter.is_empty()
    }
}

/// An order as it was at a revision of the store.
#[derive(Debug)]
struct Kept {
    query: PeopleQuery,
    revision: i64,
    numbers: Arc<Vec<u32>>,
}

/// The orders that were used last.
#[derive(Debug, Default)]
pub struct Orders(Mutex<VecDeque<Kept>>);

impl Orders {
    /// The order of `query` in the store as it is at `revision`, in one read transaction of `connection`.
    pub fn of(
        &self,
        connection: &Connection,
        (tenant, revision): (i64, i64),
        query: &PeopleQuery,
        changes: &Changes,
    ) -> rusqlite::Result<Arc<Vec<u32>>> {
        let known = self.take(query);
        if let Some(kept) = &known
            && kept.revision == revision
        {
            let numbers = Arc::clone(&kept.numbers);
            self.keep(known);
            return Ok(numbers);
        }
        let mended = match known.filter(|_| query.can_be_mended()) {
            Some(kept) => match changes.between(kept.revision, revision) {
                Some(touched) => Some(mend(connection, query.sort.first().copied(), &kept.numbers, &touched)?),
                None => None,
            },
            None => None,
        };
        let numbers = Arc::new(match mended {
            Some(numbers) => numbers,
            None => find(connection, tenant, query)?,
        });
        self.keep(Some(Kept { query: query.clone(), revision, numbers: Arc::clone(&numbers) }));
        Ok(numbers)
    }

    fn take(&self, query: &PeopleQuery) -> Option<Kept> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|order| order.query == *query)?;
        kept.remove(at)
    }

    fn keep(&self, order: Option<Kept>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(order);
        while kept.len() > 1 && kept.iter().map(|order| order.numbers.len() + 64).sum::<usize>() > MOST_KEPT {
            kept.pop_front();
        }
    }
}

/// Who was added or changed at the last revisions that this process wrote.
#[derive(Debug, Default)]
pub struct Changes(Mutex<VecDeque<(i64, Vec<u32>)>>);

impl Changes {
    pub fn add(&self, revision: i64, numbers: Vec<u32>) {
        let mut changes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        changes.push_back((revision, numbers));
        if changes.len() > CHANGES_KEPT {
            changes.pop_front();
        }
    }

    /// Who was, after one revision and up to another; none when that is not known, or too many to be worth it.
    fn between(&self, after: i64, until: i64) -> Option<HashSet<u32>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = || known.iter().filter(|(revision, _)| (after + 1..=until).contains(revision));
        let complete = after < until && wanted().count() as i64 == until - after;
        let changed: HashSet<u32> = wanted().flat_map(|(_, numbers)| numbers).copied().collect();
        (complete && changed.len() <= MOST_MENDED).then_some(changed)
    }
}

/// Finds an order anew.
fn find(connection: &Connection, tenant: i64, query: &PeopleQuery) -> rusqlite::Result<Vec<u32>> {
    let members = members(connection, tenant, query)?;
    if query.sort.is_empty() && query.filter.is_empty() {
        return members.map_or_else(|| everybody(connection, tenant), Ok);
    }
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
    let conditions = query.filter.conditions(connection, tenant, values.len() + 1)?;
    values.extend(conditions.values);
    let from = format!("FROM {from} WHERE p.tenant = ?1{}", conditions.sql);
    if let Some(sort) = query.sort.first() {
        return sort.order(connection, &from, &values);
    }
    let mut statement = connection.prepare_cached(&format!("SELECT p.number {from} ORDER BY p.number DESC"))?;
    let found =
        statement.query_map(params_from_iter(values), |row| row.get(0))?.collect::<rusqlite::Result<Vec<u32>>>()?;
    let Some(members) = members else { return Ok(found) };
    let found: HashSet<u32> = found.into_iter().collect();
    Ok(members.into_iter().filter(|number| found.contains(number)).collect())
}

/// Those among whom the filter picks, in their own order; none for everybody.
fn members(connection: &Connection, tenant: i64, query: &PeopleQuery) -> rusqlite::Result<Option<Vec<u32>>> {
    Ok(match &query.among {
        Among::Page(page) => Some(runs::people_of_page(connection, tenant, page)?),
        Among::Newest(asked) => Some(runs::different(runs::newest_rows(connection, tenant, asked)?.into_iter())),
        Among::Runs(runs) => Some(runs::people_of_runs(connection, runs)?),
        Among::Everybody => None,
    })
}

/// Everybody, the newest first.
fn everybody(connection: &Connection, tenant: i64) -> rusqlite::Result<Vec<u32>> {
    // The index by id is a tenth of the table; sorting numbers here is faster than going through the rows.
    let mut statement = connection.prepare_cached("SELECT number FROM people WHERE tenant = ?1")?;
    let mut numbers = statement.query_map([tenant], |row| row.get(0))?.collect::<rusqlite::Result<Vec<u32>>>()?;
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    Ok(numbers)
}

/// Takes those who changed out of an order of everybody and puts them in where they belong now.
fn mend(
    connection: &Connection,
    sort: Option<Sort>,
    numbers: &[u32],
    changed: &HashSet<u32>,
) -> rusqlite::Result<Vec<u32>> {
    let rest: Vec<u32> = numbers.iter().copied().filter(|number| !changed.contains(number)).collect();
    let mut places = Vec::with_capacity(changed.len());
    for number in changed {
        places.push(match sort {
            Some(sort) => {
                let key = sort.key_of(connection, *number)?;
                (place_among(connection, sort, &rest, (&key, *number))?, key, *number)
            }
            None => (rest.partition_point(|other| other > number), None, *number),
        });
    }
    places.sort_unstable_by(|one, other| {
        let within = match sort {
            Some(sort) => sort.compare((&one.1, one.2), (&other.1, other.2)),
            None => other.2.cmp(&one.2),
        };
        one.0.cmp(&other.0).then(within)
    });
    let mut mended = Vec::with_capacity(rest.len() + places.len());
    let mut taken = 0;
    for (place, _, number) in places {
        mended.extend_from_slice(&rest[taken..place]);
        mended.push(number);
        taken = place;
    }
    mended.extend_from_slice(&rest[taken..]);
    Ok(mended)
}

/// Where somebody belongs in a sorted order.
fn place_among(
    connection: &Connection,
    sort: Sort,
    order: &[u32],
    wanted: (&Option<super::sort::Key>, u32),
) -> rusqlite::Result<usize> {
    let (mut low, mut high) = (0, order.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let key = sort.key_of(connection, order[middle])?;
        if sort.compare((&key, order[middle]), wanted).is_lt() {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
