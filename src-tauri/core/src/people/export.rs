//! Stored people as a CSV file: straight from the file of people into the one that is written, a piece at a time, so that
//! a million take no more memory than a thousand.

use std::path::PathBuf;

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use ts_rs::TS;

use super::companies;
use super::company::CompanyFact;
use super::facets::FacetChoice;
use super::fact::FactSource;
use super::order::{Among, PeopleQuery, Picked};
use super::reading::View;
use crate::clock::timestamp;
use crate::error::Error;
use crate::export::partial::{Partial, write_beside};
use crate::export::{DEFAULT_COLUMNS, Flavour, aside, csv};
use crate::foray::Foray;
use crate::hex;
use crate::persona::Filters;
use crate::tenant::TenantId;

/// A piece of the file.
const PIECE: usize = 1 << 20;
/// Pieces on their way from reading to writing, both of which go on meanwhile.
const PIECES: usize = 4;

/// The file that stored people are written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PeopleFile {
    /// Ends in `.csv`.
    pub path: String,
    pub flavour: Flavour,
    /// Whether what they work in is written, in a column behind the usual ones.
    pub functions: bool,
    /// What is written of their companies, in columns behind those.
    pub company: Vec<CompanyFact>,
}

/// A finished file of stored people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeopleExported {
    pub path: String,
    pub rows: u64,
    /// Where a file of this name that was not the same export is now.
    pub kept: Vec<String>,
}

/// Who is in the file, as the receipt tells it.
#[derive(Debug, Clone, Serialize)]
struct Wanted<'a> {
    /// Null for everybody in the workspace.
    runs: Option<&'a [i64]>,
    /// The question whose people these are, by its hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// Which page of it, and how many people that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<(u32, u32)>,
    filters: &'a Filters,
    changed_jobs_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "str::is_empty")]
    search: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    facets: &'a [FacetChoice],
    /// Apollo's ids of those who were picked.
    #[serde(skip_serializing_if = "Option::is_none")]
    only: Option<&'a [String]>,
    /// Apollo's ids of those who were left out.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    except: &'a [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    functions: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    company: &'a [CompanyFact],
}

#[derive(Debug, Serialize)]
struct Receipt<'a> {
    file: String,
    sha256: &'a str,
    workspace: &'a str,
    workspace_id: String,
    stored_people: &'a serde_json::Value,
    flavour: Flavour,
    finished_at: Timestamp,
    rows: u64,
    foray_version: &'static str,
}

/// What is read for [`DEFAULT_COLUMNS`]; the company in front, since its own domain stands before what people told of it.
const CELLS: &str = "p.company, p.id, p.first_name, p.last_name, p.name, p.title, p.seniority, p.email, p.email_status, \
                     p.phone, p.linkedin_url, p.city, p.state, p.country, p.organization_name, p.organization_domain, \
                     p.source, p.fetched_at_ms";
/// Where the person begins in that.
const PERSON: usize = 1;
/// Where the domain, the source and the moment stand among the cells.
const DOMAIN: usize = DEFAULT_COLUMNS.len() - 3;
const SOURCE: usize = DOMAIN + 1;
const MOMENT: usize = SOURCE + 1;

/// Companies whose domains are remembered.
const COMPANIES_MET: usize = 1 << 17;

impl PeopleFile {
    fn columns(&self) -> Vec<&'static str> {
        let functions = self.functions.then_some("functions");
        DEFAULT_COLUMNS.into_iter().chain(functions).chain(self.company.iter().map(|fact| fact.column())).collect()
    }

    /// What is read for the columns.
    fn cells(&self) -> String {
        let functions = self.functions.then(|| "p.functions".to_owned());
        let company = self.company.iter().map(|fact| companies::cell(*fact, "p.company"));
        [CELLS.to_owned()].into_iter().chain(functions).chain(company).collect::<Vec<_>>().join(", ")
    }
}

impl Foray {
    /// Writes the people of a query to a CSV file, with a receipt beside it. The file grows as `NAME.partial.csv`; another
    /// file of its name is kept under a dated one. Makes no call.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `path`; the disk.
    pub async fn people_export(
        &self,
        tenant: TenantId,
        query: PeopleQuery,
        file: &PeopleFile,
    ) -> Result<PeopleExported, Error> {
        let (flavour, columns, cells) = (file.flavour, file.columns(), file.cells());
        let access = self.access(tenant).await?;
        let target = target(&file.path)?;
        let wanted = wanted(&query, file)?;
        let mut file = Partial::take(&target).await?;
        let interrupted = aside::keep_partial(file.path(), self.clock().now()).await?;
        file.restart().await?;
        file.write(csv::head(flavour, &columns)).await?;
        let (pieces, arriving) = mpsc::channel(PIECES);
        // In the order of the table nobody need be looked for.
        let everybody = query.is_of_everybody() && query.is_plain();
        let numbers = if everybody { None } else { Some(access.files.store.numbers(query).await?) };
        let reading =
            access.files.store.read_apart(move |view| pour(view, numbers.as_deref(), &cells, flavour, &pieces));
        let writing = async move {
            // Its own, so that a reader is not kept waiting by a writer that has failed.
            let mut arriving = arriving;
            while let Some(piece) = arriving.recv().await {
                file.write(piece).await?;
            }
            Ok(file)
        };
        let (read, written) = tokio::join!(reading, writing);
        // A disk that is full ends the reading too: the first cause is told.
        let mut file: Partial = written?;
        let rows = read?.unwrap_or_default();
        let now = self.clock().now();
        let sha256 = file.seal().await?;
        let kept = aside::keep_other(&target, this_export(tenant, &wanted, flavour), &sha256, now).await?;
        file.publish().await?;
        let receipt = Receipt {
            file: target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            sha256: &sha256,
            workspace: &access.workspace.name,
            workspace_id: tenant.to_string(),
            stored_people: &wanted,
            flavour,
            finished_at: now,
            rows,
            foray_version: env!("CARGO_PKG_VERSION"),
        };
        let receipt = serde_json::to_string_pretty(&receipt).map_err(|error| unwritable(&error))?;
        write_beside(aside::receipt_path(&target), receipt + "\n").await?;
        let kept = kept.into_iter().chain(interrupted).map(|kept| kept.display().to_string()).collect();
        Ok(PeopleExported { path: target.display().to_string(), rows, kept })
    }
}

/// What the receipt of this very export says of it.
fn this_export(tenant: TenantId, wanted: &Value, flavour: Flavour) -> Value {
    json!({ "workspace_id": tenant, "stored_people": wanted, "flavour": flavour })
}

fn target(path: &str) -> Result<PathBuf, Error> {
    if path.trim().is_empty() {
        return Err(Error::bad_input("path", "Name a file that ends in .csv."));
    }
    std::path::absolute(path).map_err(|_| Error::bad_input("path", format!("“{path}” is no path of a file.")))
}

fn wanted(query: &PeopleQuery, file: &PeopleFile) -> Result<serde_json::Value, Error> {
    let (runs, question, page) = match &query.among {
        Among::Everybody => (None, None, None),
        Among::Runs(runs) => (Some(runs.as_slice()), None, None),
        Among::Newest(asked) => (None, Some(asked), None),
        Among::Page(page) => (None, Some(&page.asked), Some((page.page, page.page_size))),
    };
    let (only, except) = match &query.picked {
        Picked::Only { ids } => (Some(ids.as_slice()), &[][..]),
        Picked::AllBut { ids } => (None, ids.as_slice()),
    };
    serde_json::to_value(Wanted {
        runs,
        question: question.map(|asked| hex::digits(asked.question.as_bytes())),
        page,
        filters: &query.filter.filters,
        changed_jobs_since: query.filter.changed_jobs_since,
        search: &query.text,
        facets: &query.facets,
        only,
        except,
        functions: file.functions,
        company: &file.company,
    })
    .map_err(|error| unwritable(&error))
}

fn unwritable(error: &serde_json::Error) -> Error {
    Error::Storage { what: "The receipt".to_owned(), why: error.to_string() }
}

/// Reads these people, or everybody, and hands over their records, piece by piece. Answers how many there were.
fn pour(
    view: &View<'_>,
    numbers: Option<&Vec<u32>>,
    cells: &str,
    flavour: Flavour,
    pieces: &mpsc::Sender<String>,
) -> rusqlite::Result<u64> {
    let domains = Domains::new(view.connection)?;
    let mut poured =
        Poured { flavour, piece: String::with_capacity(PIECE + 4_096), rows: 0, moment: None, domains, pieces };
    let Some(numbers) = numbers else {
        // By the index on ids each row would be looked up for itself.
        let all = format!("SELECT {cells} FROM people p NOT INDEXED WHERE p.tenant = ?1 ORDER BY p.number DESC");
        let mut statement = view.connection.prepare_cached(&all)?;
        let mut rows = statement.query([view.tenant])?;
        while let Some(row) = rows.next()? {
            poured.take(row)?;
        }
        poured.hand_over()?;
        return Ok(poured.rows);
    };
    let one = format!("SELECT {cells} FROM people p WHERE p.number = ?1");
    let mut statement = view.connection.prepare_cached(&one)?;
    for number in numbers {
        statement.query_row([number], |row| poured.take(row))?;
    }
    poured.hand_over()?;
    Ok(poured.rows)
}

struct Poured<'a> {
    flavour: Flavour,
    piece: String,
    rows: u64,
    /// The moment that was written last: those of one page have the same.
    moment: Option<(i64, String)>,
    domains: Domains<'a>,
    pieces: &'a mpsc::Sender<String>,
}

impl Poured<'_> {
    fn take(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let mut cells = [""; DEFAULT_COLUMNS.len()];
        for (number, cell) in cells.iter_mut().enumerate().take(SOURCE) {
            *cell = text(row, PERSON + number)?;
        }
        if let Some(domain) =
            row.get::<_, Option<i64>>(0)?.map(|company| self.domains.of(company)).transpose()?.flatten()
        {
            cells[DOMAIN] = domain;
        }
        let further: Vec<&str> = (PERSON + DEFAULT_COLUMNS.len()..row.as_ref().column_count())
            .map(|number| text(row, number))
            .collect::<Result<_, _>>()?;
        cells[SOURCE] = FactSource::from_number(row.get(PERSON + SOURCE)?).map_or("", FactSource::as_str);
        let at_ms = row.get(PERSON + MOMENT)?;
        let (_, moment) = match self.moment.take().filter(|(known, _)| *known == at_ms) {
            Some(known) => self.moment.insert(known),
            None => self.moment.insert((at_ms, timestamp(at_ms).to_string())),
        };
        cells[MOMENT] = moment;
        csv::push_record(&mut self.piece, self.flavour, cells.into_iter().chain(further));
        self.rows += 1;
        if self.piece.len() >= PIECE { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> rusqlite::Result<()> {
        let piece = std::mem::replace(&mut self.piece, String::with_capacity(PIECE + 4_096));
        // Nobody takes it when writing has failed, and then that is told.
        self.pieces.blocking_send(piece).map_err(|_| rusqlite::Error::QueryReturnedNoRows)
    }
}

/// The domains of companies that were met of late: many people are of one, and looking it up for each took a quarter of the
/// time of all (measured).
struct Domains<'a> {
    ask: CachedStatement<'a>,
    /// Each at the place that its number gives it.
    met: Vec<Option<(i64, Option<String>)>>,
}

impl<'a> Domains<'a> {
    fn new(connection: &'a Connection) -> rusqlite::Result<Self> {
        let ask = connection.prepare_cached("SELECT domain FROM companies WHERE number = ?1")?;
        Ok(Self { ask, met: vec![None; COMPANIES_MET] })
    }

    fn of(&mut self, company: i64) -> rusqlite::Result<Option<&str>> {
        let met = &mut self.met[company as usize % COMPANIES_MET];
        if met.as_ref().is_none_or(|(known, _)| *known != company) {
            *met = Some((company, self.ask.query_row([company], |row| row.get(0))?));
        }
        Ok(met.as_ref().and_then(|(_, domain)| domain.as_deref()))
    }
}

/// A text; empty for what is none.
fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    match row.get_ref(column)? {
        ValueRef::Text(text) => std::str::from_utf8(text).map_err(|error| rusqlite::Error::Utf8Error(column, error)),
        _ => Ok(""),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_company_has_its_own_domain_also_where_two_take_turns_at_one_place() {
        let connection = Connection::open_in_memory().unwrap();
        let next = COMPANIES_MET as i64;
        connection.execute_batch("CREATE TABLE companies (number INTEGER PRIMARY KEY, domain TEXT)").unwrap();
        let companies = [(7, Some("acme.example")), (7 + next, Some("globex.example")), (8, None)];
        for company in companies {
            connection.execute("INSERT INTO companies VALUES (?1, ?2)", company).unwrap();
        }
        let mut domains = Domains::new(&connection).unwrap();
        for (number, domain) in [companies, companies].concat() {
            assert_eq!(domains.of(number).unwrap(), domain);
        }
    }
}
