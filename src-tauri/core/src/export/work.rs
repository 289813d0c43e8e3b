//! An export under way: a walk whose pages go into a file. The file is written from the committed pages, so going on later
//! changes no byte of it.

use std::path::PathBuf;

use serde::Serialize;

use super::aside;
use super::columns::{DEFAULT_COLUMNS, cells};
use super::csv;
use super::partial::{Partial, write_beside};
use super::receipt::Receipt;
use super::{ExportDone, ExportInput, ExportScope, PAGE_SIZE};
use crate::access::Access;
use crate::error::Error;
use crate::foray::Foray;
use crate::jobs::{Accepts, Asking, JobProgress, JobResult, Journey, Next, Page, Row, Step, Walk};
use crate::people::Person;
use crate::persona::{Filters, SearchInput, SearchRequest};
use crate::rate_limit::Haste;

/// What makes two exports the same, so that one can go on with the other's pages.
#[derive(Serialize)]
struct Sameness<'a> {
    filters: &'a Filters,
    /// Of the first page; an export of everybody begins at 1.
    page: u32,
    page_size: u32,
    origin: &'a str,
    /// Whether it is this page alone: its end is not that of an export of everybody that begins there.
    one_page: bool,
}

/// What the receipt of this very export says of it, as far as it is known before it ends.
fn this_export(access: &Access, filters: &Filters, input: &ExportInput) -> serde_json::Value {
    serde_json::json!({
        "workspace_id": access.tenant(),
        "origin": access.origin_label,
        "filters": filters,
        "scope": input.scope,
        "flavour": input.flavour,
    })
}

impl ExportInput {
    /// The first page of it.
    ///
    /// # Errors
    /// [`Error::BadInput`].
    pub fn first_request(&self) -> Result<SearchRequest, Error> {
        let (page, page_size) = match self.scope {
            ExportScope::Page { page, page_size } => (page, page_size),
            ExportScope::All { max_rows: Some(0) } => {
                return Err(Error::bad_input("max_rows", "Export at least 1 row."));
            }
            ExportScope::All { .. } => (1, PAGE_SIZE),
        };
        SearchRequest::check(&SearchInput {
            persona_id: self.persona_id.clone(),
            filters: self.filters.clone(),
            page: Some(page.into()),
            page_size: Some(page_size.into()),
        })
    }

    /// The file's full path, so that the same file is known again from another folder.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `path`.
    pub fn target(&self) -> Result<PathBuf, Error> {
        let path = self.path.as_str();
        if path.trim().is_empty() {
            return Err(Error::bad_input("path", "Name a file that ends in .csv."));
        }
        std::path::absolute(path).map_err(|_| Error::bad_input("path", format!("“{path}” is no path of a file.")))
    }

    /// What it asks, and whom, as one text.
    ///
    /// # Errors
    /// [`Error::BadInput`].
    pub fn question(&self, access: &Access) -> Result<String, Error> {
        let SearchRequest { filters, page, page_size, .. } = self.first_request()?;
        let sameness =
            Sameness { filters: &filters, page, page_size, origin: &access.origin_label, one_page: self.is_one_page() };
        serde_json::to_string(&sameness)
            .map_err(|error| Error::Storage { what: "The export".to_owned(), why: error.to_string() })
    }

    pub fn is_one_page(&self) -> bool {
        matches!(self.scope, ExportScope::Page { .. })
    }

    fn walk(&self) -> Result<Walk, Error> {
        let request = self.first_request()?;
        Ok(match self.scope {
            ExportScope::Page { .. } => Walk::of_page(request),
            ExportScope::All { max_rows } => Walk::of_all(request, max_rows),
        })
    }
}

/// An export under way.
pub struct ExportWork {
    journey: Journey,
    input: ExportInput,
    filters: Filters,
    target: PathBuf,
    file: Partial,
}

impl ExportWork {
    /// Takes the file, unless it is given, and writes what is committed.
    ///
    /// # Errors
    /// [`Error::BadInput`] for a file that can't be written, or when Apollo is another one than it was; the disk.
    pub async fn open(foray: &Foray, row: &Row, input: &ExportInput, file: Option<Partial>) -> Result<Self, Error> {
        let (target, request) = (input.target()?, input.first_request()?);
        let begun = foray.access(row.job.workspace).await?;
        if input.question(&begun)? != row.question {
            let message = "This export was begun at another address of Apollo. Start it anew.";
            return Err(Error::bad_input("path", message));
        }
        let file = match file {
            Some(file) => file,
            None => Partial::take(&target).await?,
        };
        let asking = Asking {
            tenant: row.job.workspace,
            job: row.job.id,
            title: row.job.title.clone(),
            haste: if input.wait { Haste::LongWork } else { Haste::Click },
            // Whoever waits gets what Apollo says now, but for the page that stands on the screen as it is.
            accepts: if input.wait && !input.is_one_page() { Accepts::Fresh } else { Accepts::Stale },
            since: row.job.created_at,
            endpoint: row.endpoint,
            left: input.agreed,
            under_way: false,
            calls_in_vain: row.calls_in_vain,
            deaths: row.calls_unknown,
        };
        let (journey, pages) = Journey::resume(foray, row, input.walk()?, asking, |page| page).await?;
        let mut work = Self { journey, input: input.clone(), filters: request.filters, target, file };
        work.file.restart().await?;
        work.file.write(csv::head(input.flavour, &DEFAULT_COLUMNS)).await?;
        for page in &pages {
            let new = work.journey.walk.take(page);
            work.write(page, &new).await?;
        }
        Ok(work)
    }

    /// # Errors
    /// As a job's step.
    pub async fn step(&mut self, foray: &Foray) -> Result<Step, Error> {
        // Before anything is spent on rows that would go nowhere.
        self.file.still_there().await?;
        Ok(match self.journey.next(foray).await? {
            Next::Page { page, new } => {
                self.write(&page, &new).await?;
                Step::More
            }
            Next::NotNow(step) => step,
            Next::End => Step::Done(JobResult::Export(self.complete(foray).await?)),
        })
    }

    /// Nobody goes on with it for now: a file in which there is no row yet is taken away.
    pub async fn leave(&mut self) -> Result<(), Error> {
        if self.journey.walk.pages() > 0 {
            return Ok(());
        }
        self.file.restart().await?;
        self.file.remove_if_empty().await
    }

    pub fn progress(&self) -> JobProgress {
        self.journey.progress()
    }

    /// # Errors
    /// As [`Asking::access`].
    pub async fn access(&self, foray: &Foray) -> Result<Access, Error> {
        self.journey.asking.access(foray).await
    }

    async fn write(&mut self, page: &Page, new: &[Person]) -> Result<(), Error> {
        let fetched_at = page.fetched_at.to_string();
        let records = new
            .iter()
            .map(|person| csv::record(self.input.flavour, cells(person, page.source, &fetched_at).into_iter()));
        self.file.write(records.collect()).await
    }

    /// The file gets its name, and a receipt beside it. Done again after a kill in the middle, it comes to the same.
    async fn complete(&mut self, foray: &Foray) -> Result<ExportDone, Error> {
        let now = foray.clock().now();
        let sha256 = self.file.seal().await?;
        let access = self.access(foray).await?;
        if !self.input.replace {
            let this = this_export(&access, &self.filters, &self.input);
            if let Some(kept) = aside::keep_other(&self.target, this, &sha256, now).await? {
                let kept = kept.display();
                self.journey.walk.note(&format!("There was a file of this name; it is kept as “{kept}”."));
            }
        }
        self.file.publish().await?;
        let mut done = self.done();
        let ask = (self.input.scope, self.input.flavour);
        let receipt = Receipt::new((&access.workspace, &access.origin_label), &self.filters, ask, &done, &sha256, now);
        if let Err(error) = write_beside(aside::receipt_path(&self.target), receipt.to_json()?).await {
            // The export itself is complete.
            done.notices.push(format!("The receipt could not be written: {error}"));
        }
        Ok(done)
    }

    fn done(&self) -> ExportDone {
        let walk = &self.journey.walk;
        ExportDone {
            path: self.target.display().to_string(),
            rows: walk.rows(),
            people_total: walk.total(),
            pages: walk.pages(),
            calls_spent: walk.calls_spent(),
            credits_spent: walk.credits_spent(),
            notices: walk.notices().to_vec(),
        }
    }
}
