//! Facets over columns: the label of each value, how many rows have it, and the rows of chosen ones.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

use super::codes::CodesOf;
use super::values::Values;
use super::{Bits, Columns};
use crate::people::facets::{Facet, FacetChoice, FacetCount, FacetCounts};
use crate::people::fact::{FactSource, LIST_APART};
use crate::persona::Seniority;
use crate::persona::vocabulary::COMPANY_SIZES;

const DAY_MS: i64 = 86_400_000;
/// How old the newest fact may be, in days, and what that is called.
const AGES: [(i64, &str); 5] = [(1, "day"), (7, "week"), (30, "month"), (91, "quarter"), (365, "year")];
const OLDER: &str = "older";

/// A facet's column: the number of its value for each row, and the labels of each value; without any it is not known.
struct Labelled<'a> {
    of_row: CodesOf<'a>,
    labels: Vec<Vec<&'a str>>,
}

impl Columns {
    /// Those rows of `among` that have one of the chosen values, of people as old as they are at `now_ms`.
    pub fn with_choice(&self, choice: &FacetChoice, now_ms: i64, among: &Bits) -> Bits {
        let Labelled { of_row, labels } = self.labelled(choice.facet, now_ms);
        let mut wanted = Bits::none(labels.len());
        for (value, labels) in labels.iter().enumerate() {
            let is_one = |chosen: &Option<String>| match chosen {
                Some(chosen) => labels.contains(&chosen.as_str()),
                None => labels.is_empty(),
            };
            if choice.values.iter().any(is_one) {
                wanted.put(value);
            }
        }
        of_row.with(&wanted, among)
    }

    /// How many rows of `among` have each value of a facet. `chosen` values are there even with nobody.
    pub fn counted(&self, facet: Facet, chosen: &[Option<String>], now_ms: i64, among: &Bits) -> FacetCounts {
        let Labelled { of_row, labels } = self.labelled(facet, now_ms);
        let rows = of_row.count(among, labels.len());
        let mut people: HashMap<Option<&str>, u64> = chosen.iter().map(|value| (value.as_deref(), 0)).collect();
        for (labels, rows) in labels.into_iter().zip(rows).filter(|(_, rows)| *rows > 0) {
            if labels.is_empty() {
                *people.entry(None).or_default() += rows;
            }
            for label in labels {
                *people.entry(Some(label)).or_default() += rows;
            }
        }
        let mut values: Vec<FacetCount> =
            people.into_iter().map(|(value, people)| FacetCount { value: value.map(str::to_owned), people }).collect();
        values.sort_by_cached_key(|count| {
            let place = count.value.as_deref().map(|value| place(facet, value));
            (place.is_none(), place, Reverse(count.people), count.value.clone())
        });
        FacetCounts { facet, values }
    }

    fn labelled(&self, facet: Facet, now_ms: i64) -> Labelled<'_> {
        let told = &self.told;
        let unknown = || labelled(&told.source, |_| Vec::new());
        match facet {
            Facet::Seniority => labelled(&told.seniority, |value| text(value)),
            Facet::Function => labelled(&told.functions, |values| items(values)),
            Facet::Country => labelled(&told.country, |value| text(value)),
            Facet::EmailStatus => labelled(&told.email_status, |value| text(value)),
            Facet::Source => labelled(&told.source, |source| {
                FactSource::from_number(*source).map(FactSource::as_str).into_iter().collect()
            }),
            Facet::Age => labelled(&told.newest_ms, |newest_ms| vec![age(now_ms - newest_ms)]),
            Facet::Industry => {
                self.employers.as_ref().map_or_else(unknown, |known| labelled(&known.industry, |values| texts(values)))
            }
            Facet::Headcount => {
                self.employers.as_ref().map_or_else(unknown, |known| labelled(&known.headcount, |values| texts(values)))
            }
        }
    }
}

fn labelled<'a, V: Clone + Eq + Hash>(column: &'a Values<V>, labels: impl Fn(&'a V) -> Vec<&'a str>) -> Labelled<'a> {
    Labelled { of_row: column.of_row(), labels: column.all().iter().map(labels).collect() }
}

fn text(value: &str) -> Vec<&str> {
    if value.is_empty() { Vec::new() } else { vec![value] }
}

fn items(list: &str) -> Vec<&str> {
    list.split(LIST_APART).filter(|item| !item.is_empty()).collect()
}

fn texts(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

fn age(age_ms: i64) -> &'static str {
    AGES.into_iter().find(|(days, _)| age_ms <= days * DAY_MS).map_or(OLDER, |(_, name)| name)
}

/// Where a value stands among others of facets that have an order of their own.
fn place(facet: Facet, value: &str) -> usize {
    let among = |values: &[&str]| values.iter().position(|one| *one == value).unwrap_or(values.len());
    match facet {
        Facet::Seniority => among(&Seniority::ALL.map(Seniority::as_str)),
        Facet::Age => among(&AGES.map(|(_, name)| name)),
        Facet::Headcount => among(&COMPANY_SIZES),
        Facet::Function | Facet::Country | Facet::Industry | Facet::EmailStatus | Facet::Source => 0,
    }
}
