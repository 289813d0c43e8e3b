//! The walk over a search's pages into a file. It ends at an empty page, when everybody was seen, at the rows asked for,
//! or at Apollo's wall; it stops, to go on later, when a page can't be had.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::aside;
use super::columns::{DEFAULT_COLUMNS, cells};
use super::csv;
use super::journal::{InVain, Journal, Page};
use super::partial::{Partial, write_beside};
use super::receipt::Receipt;
use super::{ExportDone, ExportEstimate, ExportInput, ExportProgress, ExportScope, Flavour, PAGE_SIZE};
use crate::access::Access;
use crate::answer::{Answer, Source};
use crate::apollo::Endpoint;
use crate::error::{Error, Reason};
use crate::foray::Foray;
use crate::persona::request::LAST_PAGE;
use crate::persona::{Filters, SearchInput, SearchRequest};
use crate::rate_limit::Haste;
use crate::tenant::TenantId;
use crate::workspace::EndpointSetting;

/// Apollo repeats people on the next page (one run: 3,238 rows, 2,933 people), so a walk takes more pages than its count
/// says. More than this share on top is no longer believed.
const OVERLAP_PERCENT: u64 = 25;

/// How long work that waits sleeps before it asks again whether it may go on.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// However near its moment seems, it is not asked without a breath in between.
const SHORTEST_NAP: Duration = Duration::from_millis(20);

/// 429s for one page after which it is given up.
const REFUSALS_TAKEN: u32 = 3;

const WALL: &str = "Apollo shows the first 50,000 rows of a search only; the people behind them are missing. Narrow the persona and \
                    export it in parts.";

/// What makes two exports the same, so that one can go on with the other's pages.
#[derive(Serialize)]
struct Sameness<'a> {
    filters: &'a Filters,
    /// Of the first page; an export of everybody begins at 1.
    page: u32,
    page_size: u32,
    /// Whether it is this page alone: its end is not that of an export of everybody that begins there.
    one_page: bool,
    origin: &'a str,
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

impl Foray {
    /// The bound on what an export costs. Makes no call.
    ///
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub async fn export_estimate(&self, tenant: TenantId, input: &ExportInput) -> Result<ExportEstimate, Error> {
        let first = first_request(input)?;
        let status = self.status(tenant).await?;
        let people = self.people_known(tenant, &first).await?;
        let calls_at_most = match input.scope {
            ExportScope::Page { .. } => {
                let kept = self.search_peek(tenant, &first).await?;
                u32::from(kept.is_none_or(|answer| answer.source != Source::Cached))
            }
            ExportScope::All { max_rows } => pages_at_most(people, max_rows),
        };
        Ok(ExportEstimate { calls_at_most, credits_at_most: calls_at_most * status.price.credits_at_most, people })
    }

    /// Writes everybody in `input`'s scope to its file. Going on with an interrupted export is the same call again. A call
    /// under way is waited for before a cancel takes effect, since it may have been paid.
    ///
    /// # Errors
    /// [`Error::ExportInterrupted`] when a page can't be had or would cost more than was agreed, [`Error::Cancelled`]: the
    /// partial file and all that was fetched stay. [`Error::BadInput`]; the disk.
    pub async fn export(
        &self,
        tenant: TenantId,
        input: &ExportInput,
        cancel: &CancellationToken,
        mut progress: impl FnMut(ExportProgress) + Send,
    ) -> Result<ExportDone, Error> {
        let request = first_request(input)?;
        let target = absolute(&input.path)?;
        let mut access = self.access(tenant).await?;
        if input.wait {
            access.haste = Haste::LongWork;
        }
        let sameness = Sameness {
            filters: &request.filters,
            page: request.page,
            page_size: request.page_size,
            one_page: matches!(input.scope, ExportScope::Page { .. }),
            origin: &access.origin_label,
        };
        let question = serde_json::to_string(&sameness)
            .map_err(|error| Error::Storage { what: "The export".to_owned(), why: error.to_string() })?;
        let journal = Journal::new(tenant, target.display().to_string(), access.files.people.clone());

        let mut walk = Walk::start(&target, input, &request).await?;
        // Before the journal forgets it: what was written here and cannot be written again is kept.
        if !journal.knows(&question).await?
            && let Some(kept) = aside::keep_partial(walk.file.path(), self.clock().now()).await?
        {
            walk.note(&format!(
                "Another export was interrupted here; what it had written is kept as “{}”.",
                kept.display()
            ));
        }
        let begun = journal.begin(question, self.clock().now()).await?;
        walk.begin_file().await?;
        walk.spent_in_vain(begun.in_vain);
        for page in &begun.pages {
            if !walk.ended {
                walk.take(page).await?;
            }
        }
        progress(walk.progress());
        let mut credits_left = input.credits_agreed;
        let mut patience = Patience::new(input.wait);
        while let Some(next) = walk.next_request() {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            // Whatever was changed meanwhile binds from the next call on, and a workspace that is gone asks no more.
            let known = self.workspaces().get(tenant).await;
            access.workspace.calls_per_hour =
                known.map_err(|error| walk.interrupted(Some(error.reason())))?.calls_per_hour;
            let answer = match self.next_page(&access, &next, credits_left).await {
                Ok(answer) => answer,
                Err(_) if cancel.is_cancelled() => return Err(Error::Cancelled),
                Err(error) => return Err(walk.interrupted(Some(error.reason()))),
            };
            if answer.credits_spent != Some(0.0) {
                credits_left = credits_left.saturating_sub(Endpoint::Full.credits_at_most());
            }
            let pause = patience.pause_for(&answer);
            if answer.source == Source::Empty || pause.is_some() {
                let spent = InVain::of(&answer);
                walk.spent_in_vain(spent);
                if spent.calls > 0 {
                    journal.spent_in_vain(spent).await.map_err(|error| walk.interrupted(Some(error.reason())))?;
                }
                let Some(pause) = pause else {
                    return Err(if cancel.is_cancelled() { Error::Cancelled } else { walk.interrupted(answer.reason) });
                };
                progress(ExportProgress { waiting: Some(pause.reason), ..walk.progress() });
                self.nap(pause.until, cancel).await;
                continue;
            }
            patience = Patience::new(input.wait);
            let page = Page::from(answer);
            journal.add(walk.pages + 1, &page).await.map_err(|error| walk.interrupted(Some(error.reason())))?;
            walk.take(&page).await.map_err(|error| walk.interrupted(Some(error.reason())))?;
            progress(walk.progress());
        }
        if !input.replace
            && let Some(kept) =
                aside::keep_other(&target, this_export(&access, &request.filters, input), self.clock().now()).await?
        {
            walk.note(&format!("There was a file of this name; it is kept as “{}”.", kept.display()));
        }
        let done = walk.done(&access, &request.filters, input, self.clock().now()).await?;
        journal.end().await?;
        Ok(done)
    }

    /// Sleeps until `until`, a while, or a cancel, whichever comes first: what it waits for may come sooner (the limit was
    /// raised, the breaker closed) or the clock may be set, so it is asked again, which costs nothing while it is refused.
    async fn nap(&self, until: jiff::Timestamp, cancel: &CancellationToken) {
        let left_ms = until.as_millisecond() - self.clock().now().as_millisecond();
        let nap = Duration::from_millis(left_ms.max(0).unsigned_abs()).clamp(SHORTEST_NAP, LONGEST_NAP);
        tokio::select! {
            () = tokio::time::sleep(nap) => {}
            () = cancel.cancelled() => {}
        }
    }

    /// The next page, if it costs no more than is left of what was agreed. Settings and endpoint are those the export began
    /// with: a change made meanwhile counts for the next one.
    async fn next_page(&self, access: &Access, next: &SearchRequest, credits_left: u32) -> Result<Answer, Error> {
        let mut access = access.clone();
        let (endpoint, _) = self.searches().endpoint(&access).await?;
        // Without a key nothing can be spent; the search says that there is none.
        let can_pay = access.account.is_some() && !access.workspace.sample;
        let may_cost = endpoint.credits_at_most() > credits_left && can_pay;
        if may_cost {
            // What is kept costs nothing.
            let kept = self.searches().peek(&access, next).await?;
            return kept.filter(|answer| answer.source == Source::Cached).ok_or_else(|| Error::NotConfirmed {
                message: "Going on costs more credits than were agreed.".to_owned(),
            });
        }
        if endpoint == Endpoint::Free {
            access.workspace.endpoint = EndpointSetting::Free;
        }
        self.searches().search(&access, next).await
    }

    /// How many match, if a kept answer to this question tells.
    async fn people_known(&self, tenant: TenantId, first: &SearchRequest) -> Result<Option<u64>, Error> {
        for page_size in [first.page_size, 50, 25, 10] {
            let asked = SearchRequest { page: 1, page_size, ..first.clone() };
            if let Some(answer) = self.search_peek(tenant, &asked).await?
                && answer.source == Source::Cached
                && answer.total_entries.is_some()
            {
                return Ok(answer.total_entries);
            }
        }
        Ok(None)
    }
}

/// The state of a walk: whom it has seen, what it has written and spent.
struct Walk {
    file: Partial,
    flavour: Flavour,
    scope: ExportScope,
    target: PathBuf,
    request: SearchRequest,
    seen: HashSet<String>,
    pages: u32,
    total: Option<u64>,
    ended: bool,
    calls_spent: u32,
    credits_spent: Option<f64>,
    notices: Vec<String>,
}

impl Walk {
    async fn start(target: &Path, input: &ExportInput, request: &SearchRequest) -> Result<Self, Error> {
        Ok(Self {
            file: Partial::take(target).await?,
            flavour: input.flavour,
            scope: input.scope,
            target: target.to_path_buf(),
            request: request.clone(),
            seen: HashSet::new(),
            pages: 0,
            total: None,
            ended: false,
            calls_spent: 0,
            credits_spent: Some(0.0),
            notices: Vec::new(),
        })
    }

    async fn begin_file(&mut self) -> Result<(), Error> {
        self.file.restart().await?;
        self.file.write(csv::head(self.flavour, &DEFAULT_COLUMNS)).await
    }

    /// The next page to ask for, if there is one.
    fn next_request(&mut self) -> Option<SearchRequest> {
        if self.ended {
            return None;
        }
        if self.pages >= LAST_PAGE {
            self.note(WALL);
            return None;
        }
        let page = if self.pages == 0 { self.request.page } else { self.pages + 1 };
        Some(SearchRequest { page, ..self.request.clone() })
    }

    /// Counts what was spent without getting a page.
    fn spent_in_vain(&mut self, spent: InVain) {
        self.calls_spent += spent.calls;
        if spent.credits_unknown {
            self.credits_spent = None;
        }
    }

    /// Writes a page's new people.
    async fn take(&mut self, page: &Page) -> Result<(), Error> {
        self.pages += 1;
        self.total = page.total_entries.or(self.total);
        self.calls_spent += page.calls_spent;
        self.credits_spent = self.credits_spent.zip(page.credits_spent).map(|(sum, more)| sum + more);
        if let Some(notice) = &page.notice {
            self.note(notice);
        }
        let fetched_at = page.fetched_at.to_string();
        let mut text = String::new();
        for person in &page.people {
            if self.is_full() {
                break;
            }
            if self.seen.insert(person.id.clone()) {
                text.push_str(&csv::record(self.flavour, cells(person, page.source, &fetched_at).into_iter()));
            }
        }
        self.file.write(text).await?;
        let everybody = self.total.is_some_and(|total| self.seen.len() as u64 >= total);
        let one_page = matches!(self.scope, ExportScope::Page { .. });
        self.ended = one_page || page.people.is_empty() || everybody || self.is_full();
        Ok(())
    }

    fn is_full(&self) -> bool {
        matches!(self.scope, ExportScope::All { max_rows: Some(most) } if self.seen.len() >= most as usize)
    }

    fn note(&mut self, sentence: &str) {
        if !self.notices.iter().any(|notice| notice == sentence) {
            self.notices.push(sentence.to_owned());
        }
    }

    fn progress(&self) -> ExportProgress {
        let most = match self.scope {
            ExportScope::All { max_rows } => max_rows.map(u64::from),
            ExportScope::Page { page_size, .. } => Some(u64::from(page_size)),
        };
        let people_total = match (self.total, most) {
            (Some(total), Some(most)) => Some(total.min(most)),
            (total, _) => total,
        };
        ExportProgress {
            rows: self.seen.len() as u64,
            people_total,
            pages: self.pages,
            calls_spent: self.calls_spent,
            waiting: None,
        }
    }

    fn interrupted(&self, reason: Option<Reason>) -> Error {
        Error::ExportInterrupted {
            partial: self.file.path().display().to_string(),
            rows: self.seen.len() as u64,
            reason: reason.unwrap_or_else(|| Error::Unreadable.reason()),
        }
    }

    async fn done(
        self,
        access: &Access,
        filters: &Filters,
        input: &ExportInput,
        now: jiff::Timestamp,
    ) -> Result<ExportDone, Error> {
        let mut done = ExportDone {
            path: self.target.display().to_string(),
            rows: self.seen.len() as u64,
            people_total: self.total,
            pages: self.pages,
            calls_spent: self.calls_spent,
            credits_spent: self.credits_spent,
            notices: self.notices,
        };
        let sha256 = self.file.complete().await?;
        let receipt = Receipt::new(
            (&access.workspace, &access.origin_label),
            filters,
            (input.scope, input.flavour),
            &done,
            &sha256,
            now,
        )
        .to_json()?;
        if let Err(error) = write_beside(aside::receipt_path(&self.target), receipt).await {
            // The export itself is complete.
            done.notices.push(format!("The receipt could not be written: {error}"));
        }
        Ok(done)
    }
}

/// How long an export puts up with answers that bring no page.
struct Patience {
    waits: bool,
    /// Calls for this page that Apollo answered with 429.
    refused: u32,
}

/// Why a page can't be had now but can later, and when.
struct Pause {
    reason: Reason,
    until: jiff::Timestamp,
}

impl Patience {
    fn new(waits: bool) -> Self {
        Self { waits, refused: 0 }
    }

    /// What to wait for before the page is asked for again; none when it is not worth it. A page that Apollo keeps
    /// refusing is given up, since each try takes a call.
    fn pause_for(&mut self, answer: &Answer) -> Option<Pause> {
        let reason = answer.reason.as_ref().filter(|_| self.waits)?;
        let passes =
            ["rate_limited", "ledger_lost", "apollo_rate_limited", "breaker_open"].contains(&reason.code.as_str());
        let until = reason.reset_at.filter(|_| passes)?;
        self.refused += u32::from(answer.calls_spent > 0);
        (self.refused < REFUSALS_TAKEN).then(|| Pause { reason: reason.clone(), until })
    }
}

fn first_request(input: &ExportInput) -> Result<SearchRequest, Error> {
    let (page, page_size) = match input.scope {
        ExportScope::Page { page, page_size } => (page, page_size),
        ExportScope::All { max_rows: Some(0) } => {
            return Err(Error::bad_input("max_rows", "Export at least 1 row."));
        }
        ExportScope::All { .. } => (1, PAGE_SIZE),
    };
    SearchRequest::check(&SearchInput {
        persona_id: input.persona_id.clone(),
        filters: input.filters.clone(),
        page: Some(page.into()),
        page_size: Some(page_size.into()),
    })
}

/// The file's full path, so that the same file is known again from another folder.
fn absolute(path: &str) -> Result<PathBuf, Error> {
    if path.trim().is_empty() {
        return Err(Error::bad_input("path", "Name a file that ends in .csv."));
    }
    std::path::absolute(path).map_err(|_| Error::bad_input("path", format!("“{path}” is no path of a file.")))
}

/// Pages a walk may ask for: enough for everybody and Apollo's repeats, never more than Apollo answers.
fn pages_at_most(people: Option<u64>, max_rows: Option<u32>) -> u32 {
    let wanted = match (people, max_rows.map(u64::from)) {
        (Some(people), Some(most)) => people.min(most),
        (Some(people), None) => people,
        (None, Some(most)) => most,
        (None, None) => return LAST_PAGE,
    };
    let pages = (wanted * (100 + OVERLAP_PERCENT)).div_ceil(100 * u64::from(PAGE_SIZE)) + 1;
    u32::try_from(pages).unwrap_or(LAST_PAGE).min(LAST_PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_covers_repeats_and_ends_at_apollos_wall() {
        assert_eq!(pages_at_most(None, None), 500);
        assert_eq!(pages_at_most(Some(0), None), 1);
        assert_eq!(pages_at_most(Some(4_212), None), 54);
        assert_eq!(pages_at_most(Some(4_212), Some(100)), 3);
        assert_eq!(pages_at_most(Some(1_000_000), None), 500);
    }
}
