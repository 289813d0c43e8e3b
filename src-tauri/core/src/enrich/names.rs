//! Who somebody is under another clue: an address, a profile or a name at a company may belong to a person who was asked for
//! by something else. Nobody is paid for again because they are called differently.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::clue;
use crate::apollo::enrichment::Clue;
use crate::people::FROM_PEOPLE;

/// Apollo's ids by everything that the store can tell a person by.
#[derive(Debug, Default)]
pub struct People(HashMap<Clue, Vec<String>>);

/// The clues that people were paid for by, and the people who were.
#[derive(Debug, Default)]
pub struct PaidFor {
    /// As they stand in the journal; ids are not among them.
    clues: HashMap<Clue, Vec<String>>,
    /// Read once somebody is asked for by something else than an id.
    people: Option<People>,
}

impl People {
    /// Everybody in the store. Reads them all.
    pub fn in_store(connection: &Connection, tenant: Option<i64>) -> rusqlite::Result<Self> {
        Self::read(connection, tenant, "")
    }

    fn paid_for(connection: &Connection, tenant: Option<i64>) -> rusqlite::Result<Self> {
        let theirs =
            "AND p.id IN (SELECT person FROM paid_people WHERE person IS NOT NULL UNION SELECT clue FROM paid_people)";
        Self::read(connection, tenant, theirs)
    }

    fn read(connection: &Connection, tenant: Option<i64>, which: &str) -> rusqlite::Result<Self> {
        let mut statement =
            connection.prepare_cached(&format!("SELECT p.id, {TELLING} {FROM_PEOPLE} WHERE p.tenant = ?1 {which}"))?;
        let mut found = Self::default();
        let mut rows = statement.query([tenant])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            for clue in clues_in(row, 1)? {
                found.0.entry(clue).or_default().push(id.clone());
            }
        }
        Ok(found)
    }

    /// Who this is, where nobody else can be meant.
    pub fn known_as(&self, clue: &Clue) -> Option<&str> {
        match (clue, self.0.get(&clue.canonical()).map(Vec::as_slice)?) {
            // Two of one name at one company: either may be meant.
            (Clue::NameAt { .. }, [_, _, ..]) => None,
            (_, ids) => ids.first().map(String::as_str),
        }
    }
}

impl PaidFor {
    pub fn read(connection: &Connection, owner: &str) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached(
            "SELECT DISTINCT clue FROM paid_people JOIN paid_requests ON number = request WHERE tenant = ?1 AND instr(clue, ':') > 0",
        )?;
        let mut clues: HashMap<Clue, Vec<String>> = HashMap::new();
        let mut rows = statement.query([owner])?;
        while let Some(row) = rows.next()? {
            let text: String = row.get(0)?;
            if clue::company_of(&text).is_some() {
                continue;
            }
            clues.entry(clue::from_text(&text).canonical()).or_default().push(text);
        }
        Ok(Self { clues, people: None })
    }

    fn people(&mut self, connection: &Connection, tenant: Option<i64>) -> rusqlite::Result<&People> {
        let people = match self.people.take() {
            Some(people) => people,
            None => People::paid_for(connection, tenant)?,
        };
        Ok(self.people.insert(people))
    }

    /// Everything that somebody may stand in the journal as, what they are asked for by among it.
    pub fn names(
        &mut self,
        connection: &Connection,
        tenant: Option<i64>,
        asked: &str,
    ) -> rusqlite::Result<Vec<String>> {
        let mut names = vec![asked.to_owned()];
        let clue = clue::from_text(asked);
        let id = match &clue {
            Clue::Id(id) => Some(id.clone()),
            clue => self.people(connection, tenant)?.known_as(clue).map(str::to_owned),
        };
        names.extend(id.clone());
        let mut theirs = vec![clue.canonical()];
        if let Some(id) = id
            && !self.clues.is_empty()
        {
            let mut statement = connection
                .prepare_cached(&format!("SELECT {TELLING} {FROM_PEOPLE} WHERE p.tenant = ?1 AND p.id = ?2"))?;
            let mut rows = statement.query(params![tenant, id])?;
            while let Some(row) = rows.next()? {
                theirs.extend(clues_in(row, 0)?);
            }
        }
        names.extend(theirs.iter().filter_map(|clue| self.clues.get(clue)).flatten().cloned());
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }
}

/// What a person can be told by besides the id.
const TELLING: &str = "p.email, p.linkedin_url, p.name, coalesce(c.domain, p.organization_domain)";

/// The clues that the columns of [`TELLING`] make, from this one on.
fn clues_in(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Vec<Clue>> {
    let mut clues = Vec::new();
    clues.extend(row.get::<_, Option<String>>(from)?.map(Clue::Email));
    clues.extend(row.get::<_, Option<String>>(from + 1)?.map(Clue::LinkedIn));
    if let (Some(name), Some(domain)) = (row.get(from + 2)?, row.get(from + 3)?) {
        clues.push(Clue::NameAt { name, domain });
    }
    Ok(clues.iter().map(Clue::canonical).collect())
}
