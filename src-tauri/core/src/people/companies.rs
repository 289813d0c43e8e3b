//! The facts of companies in the file of people: each with who told it and when. One row for each fact, and for each country
//! that a city was told beside.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use ts_rs::TS;

use super::company::CompanyFact;
use super::fact::{FactSource, Stamp, Told};
use super::order::PeopleQuery;
use super::rows::Writer;
use super::store::Store;
use crate::apollo::company::Company;
use crate::apollo::enrichment::folded_domain;
use crate::clock::timestamp;
use crate::error::Error;
use crate::text::words;

/// The step of the file of people that makes room for them; released, so it never changes. `fact` is the number of a
/// [`CompanyFact`]; `beside` are the words of the fact that it is a detail of.
pub const COMPANY_FACTS: &str = "
    CREATE TABLE company_facts (
        company INTEGER NOT NULL REFERENCES companies (number) ON DELETE CASCADE,
        fact INTEGER NOT NULL,
        beside TEXT NOT NULL,
        value TEXT NOT NULL,
        source INTEGER NOT NULL,
        told_at_ms INTEGER NOT NULL,
        PRIMARY KEY (company, fact, beside)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX companies_by_domain ON companies (tenant, domain COLLATE NOCASE);
    CREATE INDEX people_by_company ON people (company) WHERE company IS NOT NULL;
";

/// A fact of a company, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ToldCompanyFact {
    pub fact: CompanyFact,
    pub value: String,
    pub source: FactSource,
    pub told_at: Timestamp,
}

/// The companies of some people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Employers {
    pub people: u64,
    /// Those whose company is not known by a domain: nothing to ask for it by.
    pub without_domain: u64,
    /// Each once, as it is compared, in the order of the people.
    pub domains: Vec<String>,
}

impl Store {
    /// The companies of a query's people.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(crate) async fn employers(&self, query: PeopleQuery) -> Result<Employers, Error> {
        let numbers = self.numbers(query).await?;
        self.read(move |view| {
            let mut statement = view.connection.prepare_cached(
                "SELECT c.domain FROM people p LEFT JOIN companies c ON c.number = p.company WHERE p.number = ?1",
            )?;
            let (mut employers, mut seen) = (Employers::default(), BTreeSet::new());
            for number in numbers.iter() {
                employers.people += 1;
                let domain: Option<String> = statement.query_row([number], |row| row.get(0))?;
                match domain.map(|domain| folded_domain(&domain)).filter(|domain| !domain.is_empty()) {
                    None => employers.without_domain += 1,
                    Some(domain) if seen.insert(domain.clone()) => employers.domains.push(domain),
                    Some(_) => {}
                }
            }
            Ok(employers)
        })
        .await
        .map(Option::unwrap_or_default)
    }
}

/// Takes in what Apollo tells of the company of a domain: under its own id, and under every other that was told to have that
/// domain, where it was told with one. Part of the transaction.
pub fn take_in(
    transaction: &Transaction<'_>,
    tenant: i64,
    domain: Option<&str>,
    company: &Company,
    stamp: Stamp,
) -> rusqlite::Result<()> {
    let own = Writer::new(transaction, tenant).take_in_company(&company.id, named(company, stamp))?;
    let others = domain.map(|domain| with_domain(transaction, tenant, domain)).transpose()?.unwrap_or_default();
    let companies: BTreeSet<i64> = others.into_iter().map(|(number, _)| number).chain([own]).collect();
    for number in companies {
        for fact in CompanyFact::ALL {
            let Some(value) = fact.of(company) else { continue };
            write(transaction, number, fact, &fact.beside(company), &Told { stamp, value })?;
        }
    }
    Ok(())
}

/// What an answer about a company tells of its name and domain.
fn named(company: &Company, stamp: Stamp) -> super::merge::Company {
    let told = |value: &Option<String>| value.clone().map(|value| Told { stamp, value });
    super::merge::Company { name: told(&company.name), domain: told(&company.domain) }
}

/// The greatest telling stands, whichever came first.
fn write(
    transaction: &Transaction<'_>,
    company: i64,
    fact: CompanyFact,
    beside: &str,
    told: &Told,
) -> rusqlite::Result<()> {
    let key = params![company, fact as u8, beside];
    let known = transaction
        .prepare_cached(
            "SELECT value, source, told_at_ms FROM company_facts WHERE company = ?1 AND fact = ?2 AND beside = ?3",
        )?
        .query_row(key, |row| read_told(row, 0))
        .optional()?;
    if known.is_some_and(|known| known >= *told) {
        return Ok(());
    }
    transaction
        .prepare_cached("INSERT OR REPLACE INTO company_facts VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![company, fact as u8, beside, told.value, told.stamp.source as u8, told.stamp.at_ms])?;
    Ok(())
}

/// A value, who told it and when.
fn read_told(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Told> {
    let stamp = Stamp { source: super::rows::source(row, first + 1)?, at_ms: row.get(first + 2)? };
    Ok(Told { stamp, value: row.get(first)? })
}

/// The companies that were told to have a domain: their numbers and Apollo's ids.
pub fn with_domain(connection: &Connection, tenant: i64, domain: &str) -> rusqlite::Result<Vec<(i64, String)>> {
    connection
        .prepare_cached(
            "SELECT number, id FROM companies WHERE tenant = ?1 AND (domain = ?2 COLLATE NOCASE OR domain = ?3 COLLATE NOCASE)
             ORDER BY number",
        )?
        .query_map(params![tenant, domain, format!("www.{domain}")], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Whether industry and size of a company were told, which is what its people are looked through by.
pub fn is_known(connection: &Connection, company: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT count(*) = 2 FROM company_facts WHERE company = ?1 AND fact IN (?2, ?3)")?
        .query_row(params![company, CompanyFact::Industry as u8, CompanyFact::Employees as u8], |row| row.get(0))
}

/// What is shown of a company, by its number.
pub fn facts(connection: &Connection, company: i64) -> rusqlite::Result<Vec<ToldCompanyFact>> {
    let mut statement = connection.prepare_cached(
        "SELECT fact, beside, value, source, told_at_ms FROM company_facts WHERE company = ?1 ORDER BY fact, beside",
    )?;
    let told: Vec<(u8, String, Told)> = statement
        .query_map([company], |row| Ok((row.get(0)?, row.get(1)?, read_told(row, 2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let value_of =
        |fact: CompanyFact| told.iter().find(|(number, ..)| *number == fact as u8).map(|(.., told)| &told.value);
    let mut shown = Vec::new();
    for (number, beside, told) in &told {
        // A fact of a newer Foray is not ours to show.
        let Some(fact) = CompanyFact::from_number(*number) else { continue };
        let owner = fact.detail_of().and_then(value_of).map_or_else(String::new, |owner| words(owner));
        if *beside == owner {
            shown.push(ToldCompanyFact {
                fact,
                value: told.value.clone(),
                source: told.stamp.source,
                told_at: timestamp(told.stamp.at_ms),
            });
        }
    }
    Ok(shown)
}

/// What is shown of one fact of a company, as SQL: `company` is the expression of its number. On a connection that has the
/// function `words`.
pub fn cell(fact: CompanyFact, company: &str) -> String {
    let number = fact as u8;
    match fact.detail_of().map(|owner| owner as u8) {
        None => format!("(SELECT value FROM company_facts WHERE company = {company} AND fact = {number})"),
        Some(owner) => format!(
            "(SELECT d.value FROM company_facts d LEFT JOIN company_facts o ON o.company = d.company AND o.fact = {owner} \
             WHERE d.company = {company} AND d.fact = {number} AND d.beside = coalesce(words(o.value), ''))"
        ),
    }
}

/// Runs `each` on industry and size of everybody's company, as far as they were told: the person's number, the fact and its
/// value.
pub fn each_employee(
    connection: &Connection,
    tenant: i64,
    mut each: impl FnMut(u32, CompanyFact, &str),
) -> rusqlite::Result<()> {
    // From the few companies of which something was told to their people, never through everybody.
    let mut statement = connection.prepare_cached(
        "SELECT p.number, f.fact, f.value FROM company_facts f CROSS JOIN companies c ON c.number = f.company
         CROSS JOIN people p ON p.company = c.number WHERE c.tenant = ?1 AND f.fact IN (?2, ?3)",
    )?;
    let mut rows = statement.query(params![tenant, CompanyFact::Industry as u8, CompanyFact::Employees as u8])?;
    while let Some(row) = rows.next()? {
        let Some(fact) = CompanyFact::from_number(row.get(1)?) else { continue };
        let value = row.get_ref(2)?.as_str()?;
        each(row.get(0)?, fact, value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::files::TenantFiles;
    use crate::people::fetched::{NOW, full, page};
    use crate::people::{Among, Facet, FacetChoice, PeopleFilter, Person};
    use crate::persona::{Filters, FiltersInput};
    use crate::tenant::TenantId;

    const DAY: i64 = 86_400_000;

    /// A store with three people of two companies, and one of none.
    struct Shelf {
        store: Store,
        _folder: tempfile::TempDir,
    }

    impl Shelf {
        async fn new() -> Self {
            let (folder, tenant) = (tempfile::tempdir().unwrap(), TenantId::generate());
            let store = TenantFiles::open(folder.path(), tenant).unwrap().store;
            let people = vec![
                person("ana", "c1", "www.Acme.example"),
                person("bo", "c1", "www.Acme.example"),
                person("cy", "c2", "globex.example"),
                Person { id: "stub".to_owned(), organization_name: Some("Acme".to_owned()), ..Person::default() },
            ];
            let vps = FiltersInput { seniorities: vec!["vp".to_owned()], ..FiltersInput::default() };
            store.record(vec![full(page(filters(&vps), people))]).await.unwrap();
            Self { store, _folder: folder }
        }

        async fn told(&self, domain: &str, company: Company, day: i64) {
            let domain = domain.to_owned();
            let stamp = Stamp::new(FactSource::Enrichment, NOW + day * DAY);
            let written = self.store.within(move |transaction, tenant| {
                take_in(transaction, tenant, Some(&domain), &company, stamp)?;
                Ok(((), Vec::new()))
            });
            written.await.unwrap();
        }

        async fn of(&self, person: &str) -> Vec<(CompanyFact, String)> {
            let details = self.store.person(person.to_owned()).await.unwrap().unwrap();
            details.company.into_iter().map(|told| (told.fact, told.value)).collect()
        }

        async fn ids(&self, query: PeopleQuery) -> Vec<String> {
            let mut ids = self.store.ids(query).await.unwrap();
            ids.sort();
            ids
        }
    }

    fn person(id: &str, company: &str, domain: &str) -> Person {
        let text = |text: &str| Some(text.to_owned());
        Person {
            id: id.to_owned(),
            organization_name: text("Acme"),
            organization_id: text(company),
            organization_domain: text(domain),
            ..Person::default()
        }
    }

    fn filters(input: &FiltersInput) -> Filters {
        Filters::check(input).unwrap()
    }

    fn acme(place: (&str, &str)) -> Company {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Company {
            id: "c1".to_owned(),
            name: text("Acme"),
            domain: text("acme.example"),
            industry: text("Machinery"),
            employees: Some(120),
            city: text(place.0),
            country: text(place.1),
            ..Company::default()
        }
    }

    fn fact(fact: CompanyFact, value: &str) -> (CompanyFact, String) {
        (fact, value.to_owned())
    }

    #[tokio::test]
    async fn what_is_told_of_a_company_is_shown_of_all_its_people_with_source_and_day() {
        let shelf = Shelf::new().await;
        assert_eq!(shelf.of("ana").await, []);
        shelf.told("acme.example", acme(("Köln", "Germany")), 2).await;
        let wanted = [
            fact(CompanyFact::Industry, "machinery"),
            fact(CompanyFact::Employees, "120"),
            fact(CompanyFact::City, "Köln"),
            fact(CompanyFact::Country, "Germany"),
        ];
        assert_eq!((shelf.of("ana").await.as_slice(), shelf.of("bo").await.as_slice()), (&wanted[..], &wanted[..]));
        assert_eq!((shelf.of("cy").await, shelf.of("stub").await), (vec![], vec![]));
        let details = shelf.store.person("bo".to_owned()).await.unwrap().unwrap();
        assert_eq!(details.company[0].source, FactSource::Enrichment);
        assert_eq!(details.company[0].told_at, timestamp(NOW + 2 * DAY));
    }

    #[tokio::test]
    async fn an_older_answer_changes_nothing_and_a_city_never_stands_beside_another_country() {
        let shelf = Shelf::new().await;
        let moved = Company { employees: Some(90), industry: None, ..acme(("", "Austria")) };
        for (company, day) in [(moved, 3), (acme(("Köln", "Germany")), 2)] {
            shelf.told("acme.example", company, day).await;
        }
        let now = [
            fact(CompanyFact::Industry, "machinery"),
            fact(CompanyFact::Employees, "90"),
            fact(CompanyFact::Country, "Austria"),
        ];
        assert_eq!(shelf.of("ana").await, now, "the city was told of Germany");
        shelf.told("acme.example", acme(("", "GERMANY")), 4).await;
        assert!(shelf.of("ana").await.contains(&fact(CompanyFact::City, "Köln")), "and is true there again");
    }

    #[tokio::test]
    async fn every_company_of_the_domain_is_told_of_whatever_id_the_answer_has() {
        let shelf = Shelf::new().await;
        shelf.told("acme.example", Company { id: "c9".to_owned(), ..acme(("", "")) }, 2).await;
        assert_eq!(shelf.of("ana").await[0], fact(CompanyFact::Industry, "machinery"));
        let moved = Company { id: "c2".to_owned(), domain: Some("globex.test".to_owned()), ..acme(("", "")) };
        shelf.told("globex.example", moved, 2).await;
        assert_eq!(shelf.of("cy").await[1], fact(CompanyFact::Employees, "120"));
        let details = shelf.store.person("cy".to_owned()).await.unwrap().unwrap();
        assert_eq!(details.person.person.organization_domain.as_deref(), Some("globex.test"));
    }

    #[tokio::test]
    async fn people_have_the_companies_of_their_domains_each_once_and_some_have_none() {
        let shelf = Shelf::new().await;
        let everybody = PeopleQuery { sort: Vec::new(), ..PeopleQuery::of(Among::Everybody) };
        let mut employers = shelf.store.employers(everybody).await.unwrap();
        employers.domains.sort();
        let domains = ["acme.example", "globex.example"].map(str::to_owned).to_vec();
        assert_eq!(employers, Employers { people: 4, without_domain: 1, domains });
    }

    #[tokio::test]
    async fn facets_and_filters_go_by_the_company_first_and_by_the_question_where_it_was_not_told_of() {
        let shelf = Shelf::new().await;
        let machinery = FiltersInput { industries: vec!["machinery".to_owned()], ..FiltersInput::default() };
        let retail = FiltersInput { industries: vec!["retail".to_owned()], ..FiltersInput::default() };
        let large = FiltersInput { company_sizes: vec!["101,200".to_owned()], ..FiltersInput::default() };
        for (input, found) in [(&retail, vec!["ana", "cy"]), (&large, vec!["cy"])] {
            let people = found.into_iter().map(|id| Person { id: id.to_owned(), ..Person::default() }).collect();
            shelf.store.record(vec![page(filters(input), people)]).await.unwrap();
        }
        let filtered = async |input: &FiltersInput| {
            let filter = PeopleFilter { filters: filters(input), changed_jobs_since: None };
            shelf.ids(PeopleQuery { filter, ..PeopleQuery::of(Among::Everybody) }).await
        };
        let chosen = async |facet, value: &str| {
            let choice = FacetChoice { facet, values: vec![Some(value.to_owned())] };
            shelf.ids(PeopleQuery { facets: vec![choice], ..PeopleQuery::of(Among::Everybody) }).await
        };
        assert_eq!(filtered(&retail).await, ["ana", "cy"], "nothing is known but the question");
        shelf.told("acme.example", acme(("", "")), 2).await;
        assert_eq!((filtered(&retail).await, filtered(&machinery).await), (texts(&["cy"]), texts(&["ana", "bo"])));
        assert_eq!(chosen(Facet::Industry, "retail").await, ["cy"]);
        assert_eq!(chosen(Facet::Industry, "machinery").await, ["ana", "bo"]);
        assert_eq!(filtered(&large).await, ["ana", "bo", "cy"]);
        assert_eq!(chosen(Facet::Headcount, "101,200").await, ["ana", "bo", "cy"]);
        let small = FiltersInput { company_sizes: vec!["1,10".to_owned()], ..FiltersInput::default() };
        let open = FiltersInput { company_sizes: vec!["51".to_owned()], ..FiltersInput::default() };
        assert_eq!((filtered(&small).await, filtered(&open).await), (vec![], texts(&["ana", "bo"])));
        let everybody = shelf.store.facets(PeopleQuery::of(Among::Everybody), None).await.unwrap();
        let counted = everybody.facets.iter().find(|counts| counts.facet == Facet::Industry).unwrap();
        let counts: Vec<(Option<&str>, u64)> =
            counted.values.iter().map(|count| (count.value.as_deref(), count.people)).collect();
        assert_eq!(counts, [(Some("machinery"), 2), (Some("retail"), 1), (None, 1)]);
    }

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }
}
