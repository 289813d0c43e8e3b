//! What people are sorted, searched and counted by, in memory: one column for each, so that a million people take a few
//! milliseconds. Rows are people in the order of their numbers. Read from the file, never written anywhere; where people
//! change, only their rows are read again.

mod bits;
mod codes;
mod counts;
mod employers;
mod line;
mod texts;
mod values;
mod words;

use std::borrow::Cow;
use std::collections::HashSet;

use rusqlite::Connection;

pub use bits::Bits;
use codes::CodesOf;
use employers::Employers;
use line::Line;
use texts::{Gathered, Texts};
use values::Values;

use super::sort::{Sort, SortColumn};
use crate::persona::Seniority;
use crate::text;

/// What stands between the parts of a place.
const APART: char = '\u{1f}';

/// The columns of some people.
#[derive(Debug)]
pub struct Columns {
    numbers: Vec<u32>,
    names: Texts,
    titles: Texts,
    companies: Texts,
    /// City, state and country.
    places: Texts,
    told: Told,
    /// Read when it is first counted by.
    employers: Option<Employers>,
}

/// Columns of few different values; an empty text is none.
#[derive(Debug, Default)]
struct Told {
    seniority: Values<String>,
    /// Lists.
    functions: Values<String>,
    country: Values<String>,
    email_status: Values<String>,
    /// How sure an address is.
    email: Values<Option<i64>>,
    phone: Values<String>,
    source: Values<u8>,
    fetched_ms: Values<i64>,
    /// When the newest fact was told.
    newest_ms: Values<i64>,
}

impl Columns {
    /// Reads everybody of a tenant.
    pub fn of_everybody(connection: &Connection, tenant: i64) -> rusqlite::Result<Self> {
        // Through the rows in their order: by the index on ids each row would be looked up for itself.
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {} FROM people p NOT INDEXED WHERE p.tenant = ?1 ORDER BY p.number",
            line::COLUMNS
        ))?;
        let mut rows = statement.query([tenant])?;
        let mut reading = Reading::default();
        while let Some(row) = rows.next()? {
            reading.push(&Line::read(row)?);
        }
        Ok(reading.done())
    }

    /// Reads these people.
    pub fn of(connection: &Connection, numbers: &[u32]) -> rusqlite::Result<Self> {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        let mut statement = connection.prepare_cached(&of_one())?;
        let mut reading = Reading::default();
        for number in numbers {
            statement.query_row([number], |row| {
                reading.push(&Line::read(row)?);
                Ok(())
            })?;
        }
        Ok(reading.done())
    }

    /// Reads those again who were changed, and those who are new. False when that can't be: then all has to be read.
    pub fn change(&mut self, connection: &Connection, changed: &HashSet<u32>) -> rusqlite::Result<bool> {
        let mut numbers: Vec<u32> = changed.iter().copied().collect();
        numbers.sort_unstable();
        let mut statement = connection.prepare_cached(&of_one())?;
        let (mut names, mut titles, mut companies, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for number in numbers {
            let row = match self.row_of(number) {
                Some(row) => row,
                None if self.numbers.last().is_none_or(|last| *last < number) => {
                    self.numbers.push(number);
                    self.numbers.len() - 1
                }
                None => return Ok(false),
            };
            let mut found = statement.query([number])?;
            let Some(found) = found.next()? else { return Ok(false) };
            let line = Line::read(found)?;
            names.push((row, line.name.to_string()));
            titles.push((row, line.title.to_owned()));
            companies.push((row, line.company.to_owned()));
            places.push((row, line.place()));
            self.told.put(row, &line);
        }
        self.employers = None;
        self.names.change(names);
        self.titles.change(titles);
        self.companies.change(companies);
        self.places.change(places);
        Ok(true)
    }

    /// Reads industry and headcount of these people's companies.
    pub fn learn_of_employers(&mut self, connection: &Connection, tenant: i64) -> rusqlite::Result<()> {
        if self.employers.is_none() {
            self.employers = Some(Employers::read(connection, tenant, self)?);
        }
        Ok(())
    }

    /// How many people these are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The people of these rows.
    pub fn numbered(&self, mut rows: Vec<u32>) -> Vec<u32> {
        let first = self.numbers.first().copied().unwrap_or_default();
        // Nearly always without a gap, and then nothing has to be looked up all over the memory.
        let gapless = self.numbers.last().is_some_and(|last| (last - first) as usize + 1 == self.len());
        for row in &mut rows {
            *row = if gapless { first + *row } else { self.numbers[*row as usize] };
        }
        rows
    }

    pub fn row_of(&self, number: u32) -> Option<usize> {
        // Nearly always without a gap.
        let guess = number.checked_sub(*self.numbers.first()?)? as usize;
        if self.numbers.get(guess) == Some(&number) {
            return Some(guess);
        }
        self.numbers.binary_search(&number).ok()
    }

    /// All rows in order; among equals the one fetched first stands first.
    pub fn sorted(&self, sort: &[Sort]) -> Vec<u32> {
        let mut rows: Vec<u32> = (0..self.len() as u32).collect();
        // The least important first: each pass leaves equal ones as they stood.
        for sort in sort.iter().rev() {
            let (values, places, different) = self.places_by(sort.column);
            rows = values.in_places(&rows, &places, different, sort.descending);
        }
        rows
    }

    /// The number of its value for each row, the place of each value, and how many places there are.
    fn places_by(&self, column: SortColumn) -> (CodesOf<'_>, Cow<'_, [u32]>, u32) {
        fn of_texts(texts: &Texts) -> (CodesOf<'_>, Cow<'_, [u32]>, u32) {
            let (places, different) = texts.places();
            (CodesOf::Words(texts.of_row()), Cow::Borrowed(places), different)
        }
        fn of_values(rows: CodesOf<'_>, (places, different): (Vec<u32>, u32)) -> (CodesOf<'_>, Cow<'_, [u32]>, u32) {
            (rows, Cow::Owned(places), different)
        }
        let told = &self.told;
        match column {
            SortColumn::Name => of_texts(&self.names),
            SortColumn::Title => of_texts(&self.titles),
            SortColumn::Company => of_texts(&self.companies),
            SortColumn::Place => of_texts(&self.places),
            SortColumn::Seniority => {
                let ranks = Seniority::ALL.map(Seniority::as_str);
                of_values(told.seniority.of_row(), told.seniority.places(|value| rank(value, &ranks)))
            }
            SortColumn::Email => of_values(told.email.of_row(), told.email.places(|rank| *rank)),
            SortColumn::Phone => {
                let ranks = [line::NUMBER, "yes", "maybe", "no"];
                of_values(told.phone.of_row(), told.phone.places(|value| rank(value, &ranks)))
            }
            SortColumn::Fetched => of_values(told.fetched_ms.of_row(), told.fetched_ms.places(|at_ms| Some(*at_ms))),
        }
    }

    /// Those rows of `among` that hold a word with this beginning, in name, title, company or place.
    pub fn with_word(&self, beginning: &str, among: &Bits) -> Bits {
        let columns = [&self.names, &self.titles, &self.companies, &self.places];
        let found = columns.map(|column| (column.of_row(), column.beginning_with(beginning)));
        let fitting: Vec<(&[u32], &Bits)> =
            found.iter().filter(|(_, texts)| !texts.is_empty()).map(|(rows, texts)| (*rows, texts)).collect();
        among.narrowed(&fitting)
    }

    /// Memory that the columns take.
    pub fn bytes(&self) -> usize {
        let texts: usize = [&self.names, &self.titles, &self.companies, &self.places].map(Texts::bytes).iter().sum();
        let told = &self.told;
        let labels: usize = [&told.seniority, &told.functions, &told.country, &told.email_status, &told.phone]
            .map(Values::bytes)
            .iter()
            .sum();
        let employers = self.employers.as_ref().map_or(0, |known| known.industry.bytes() + known.headcount.bytes());
        let moments = told.fetched_ms.bytes() + told.newest_ms.bytes();
        self.numbers.capacity() * size_of::<u32>()
            + texts
            + labels
            + told.email.bytes()
            + told.source.bytes()
            + moments
            + employers
    }
}

impl Told {
    fn put(&mut self, row: usize, line: &Line<'_>) {
        self.seniority.put(row, line.seniority);
        self.functions.put(row, line.functions);
        self.country.put(row, line.country);
        self.email_status.put(row, line.email_status);
        self.email.put(row, &line.email);
        self.phone.put(row, line.phone);
        self.source.put(row, &line.source);
        self.fetched_ms.put(row, &line.fetched_ms);
        self.newest_ms.put(row, &line.newest_ms);
    }

    fn shrink(&mut self) {
        for texts in
            [&mut self.seniority, &mut self.functions, &mut self.country, &mut self.email_status, &mut self.phone]
        {
            texts.shrink();
        }
        self.email.shrink();
        self.source.shrink();
        self.fetched_ms.shrink();
        self.newest_ms.shrink();
    }
}

/// One person's row, asked for by number.
fn of_one() -> String {
    format!("SELECT {} FROM people p WHERE p.number = ?1", line::COLUMNS)
}

/// People as they are read, in the order of their numbers.
#[derive(Default)]
struct Reading {
    numbers: Vec<u32>,
    names: Gathered,
    titles: Gathered,
    companies: Gathered,
    places: Gathered,
    told: Told,
}

impl Reading {
    fn push(&mut self, line: &Line<'_>) {
        self.told.put(self.numbers.len(), line);
        self.numbers.push(line.number);
        self.names.push(&line.name);
        self.titles.push(line.title);
        self.companies.push(line.company);
        self.places.push(&line.place());
    }

    fn done(self) -> Columns {
        let Self { mut numbers, names, titles, companies, places, mut told } = self;
        numbers.shrink_to_fit();
        told.shrink();
        Columns {
            numbers,
            names: Texts::new(names, text::sort_key),
            titles: Texts::new(titles, text::sort_key),
            companies: Texts::new(companies, text::sort_key),
            places: Texts::new(places, place_key),
            told,
            employers: None,
        }
    }
}

/// By city, or state without one, then by country.
fn place_key(place: &str) -> Vec<u8> {
    let mut parts = place.split(APART);
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let (city, state, country) = (next(), next(), next());
    let told: Vec<&str> = [city.or(state), country].into_iter().flatten().collect();
    text::sort_key(&told.join(" "))
}

/// The place of a value among those in order, behind them all what is none of them; none of an empty one.
fn rank(value: &str, values: &[&str]) -> Option<usize> {
    (!value.is_empty()).then(|| values.iter().position(|one| *one == value).unwrap_or(values.len()))
}
