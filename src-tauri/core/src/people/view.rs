//! What window and command line ask of the people store: sets named by the question they came from, and their people.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::export::{PeopleExported, PeopleFile};
use super::facets::{FacetChoice, PeopleFacets};
use super::order::{Among, PeopleQuery, Picked};
use super::reading::{PeopleCounts, PeopleWindow, PersonDetails, PersonPlace};
use super::runs::{Asked, PageOf, Run};
use super::sort::Sort;
use crate::access::Access;
use crate::apollo::Endpoint;
use crate::error::Error;
use crate::foray::Foray;
use crate::persona::{Filters, FiltersInput, Persona, SearchInput, SearchRequest};
use crate::search;
use crate::tenant::TenantId;

/// The most people of one window: more take longer to cross to the page than to find (1,000 rows 6 ms, 100,000 rows
/// 580 ms, measured).
pub const LARGEST_WINDOW: u32 = 500;

const HOUR_MS: i64 = 3_600_000;

/// Whom a table shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PeopleSet {
    /// One page of a question, as this endpoint answered it last.
    Page { input: SearchInput, endpoint: Endpoint },
    /// All that a question has fetched of late: its newest run, and those that ended within a day of its end.
    Fetched { filters: FiltersInput },
    /// Everybody ever fetched in the workspace.
    Everybody,
}

/// What a table shows: who of a set, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PeopleView {
    pub set: PeopleSet,
    /// As typed into the search field: each of its words begins a word of name, title, company or place. Empty for everybody.
    pub text: String,
    /// Values chosen among facets, which narrow each other.
    pub facets: Vec<FacetChoice>,
    /// The most important column first. Without any, pages stand in Apollo's order, everybody with the newest first.
    pub sort: Vec<Sort>,
}

/// People who were selected in a view, told by id or by what they have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PeopleSelection {
    /// All of its people, or all but a few; or whose order the named ones stand in.
    pub view: PeopleView,
    pub picked: Picked,
}

impl PeopleView {
    /// All of a set, unsorted.
    pub fn of(set: PeopleSet) -> Self {
        Self { set, text: String::new(), facets: Vec::new(), sort: Vec::new() }
    }
}

impl PeopleSelection {
    /// Everybody of a set.
    pub fn of(set: PeopleSet) -> Self {
        Self { view: PeopleView::of(set), picked: Picked::AllBut { ids: Vec::new() } }
    }
}

impl Foray {
    /// The people of a view from `offset` on, at most `limit` (1 to 500). Makes no call. `keystroke` counts up with each key
    /// in the search field.
    ///
    /// # Errors
    /// [`Error::BadInput`]; [`Error::Superseded`] when a later keystroke came before this one was answered; the disk.
    pub async fn people_window(
        &self,
        tenant: TenantId,
        view: &PeopleView,
        offset: u64,
        limit: u32,
        keystroke: Option<u64>,
    ) -> Result<PeopleWindow, Error> {
        let access = self.access(tenant).await?;
        let query = query(&access, view, self.clock().now())?;
        let window = access.files.store.window(query, offset, checked_limit(limit)?, keystroke).await?;
        if view.set == PeopleSet::Everybody {
            // Whoever looks at everybody soon sorts or searches them.
            access.files.store.prepare_soon();
        }
        Ok(window)
    }

    /// How many people of a view there are by each facet.
    ///
    /// # Errors
    /// As [`Self::people_window`].
    pub async fn people_facets(
        &self,
        tenant: TenantId,
        view: &PeopleView,
        keystroke: Option<u64>,
    ) -> Result<PeopleFacets, Error> {
        let access = self.access(tenant).await?;
        access.files.store.facets(query(&access, view, self.clock().now())?, keystroke).await
    }

    /// Where a person stands in the order of a view, and between whom; null when they are not in it.
    ///
    /// # Errors
    /// As [`Self::people_window`].
    pub async fn people_place(
        &self,
        tenant: TenantId,
        view: &PeopleView,
        id: String,
    ) -> Result<Option<PersonPlace>, Error> {
        let access = self.access(tenant).await?;
        access.files.store.place_of(query(&access, view, self.clock().now())?, id).await
    }

    /// Apollo's ids of a selection, in the order of its view.
    ///
    /// # Errors
    /// As [`Self::people_window`].
    pub async fn people_selected(&self, tenant: TenantId, selection: &PeopleSelection) -> Result<Vec<String>, Error> {
        let access = self.access(tenant).await?;
        access.files.store.ids(selected(&access, selection, self.clock().now())?).await
    }

    /// The people of a selection in the order of its view, from `offset` on, at most `limit` (1 to 500).
    ///
    /// # Errors
    /// As [`Self::people_window`].
    pub async fn people_selection_window(
        &self,
        tenant: TenantId,
        selection: &PeopleSelection,
        offset: u64,
        limit: u32,
    ) -> Result<PeopleWindow, Error> {
        let access = self.access(tenant).await?;
        let query = selected(&access, selection, self.clock().now())?;
        access.files.store.window(query, offset, checked_limit(limit)?, None).await
    }

    /// Writes a selection to a CSV file, as [`Self::people_export`] does.
    ///
    /// # Errors
    /// As [`Self::people_export`].
    pub async fn people_selection_export(
        &self,
        tenant: TenantId,
        selection: &PeopleSelection,
        file: &PeopleFile,
    ) -> Result<PeopleExported, Error> {
        let query = selected(&self.access(tenant).await?, selection, self.clock().now())?;
        self.people_export(tenant, query, file).await
    }

    /// How many people a question has brought, and how many there are in all.
    ///
    /// # Errors
    /// As [`Self::people_window`].
    pub async fn people_counts(&self, tenant: TenantId, filters: Option<&FiltersInput>) -> Result<PeopleCounts, Error> {
        let access = self.access(tenant).await?;
        let asked = filters.map(|filters| asked(&access, filters)).transpose()?;
        access.files.store.counts(asked).await
    }

    /// Everything known of a person, by Apollo's id.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn person(&self, tenant: TenantId, id: &str) -> Result<PersonDetails, Error> {
        let found = self.access(tenant).await?.files.store.person(id.to_owned()).await?;
        found.ok_or_else(|| Error::not_found("person", id))
    }

    /// The people of a query, for who does not page through a window.
    ///
    /// # Errors
    /// The disk.
    pub async fn people(
        &self,
        tenant: TenantId,
        query: PeopleQuery,
        offset: u64,
        limit: u32,
    ) -> Result<PeopleWindow, Error> {
        self.access(tenant).await?.files.store.window(query, offset, limit, None).await
    }

    /// All runs of a workspace, the newest first.
    ///
    /// # Errors
    /// The disk.
    pub async fn runs(&self, tenant: TenantId) -> Result<Vec<Run>, Error> {
        self.access(tenant).await?.files.store.runs().await
    }

    /// The runs of a persona: those asked for it, and those of the same filters.
    ///
    /// # Errors
    /// The disk.
    pub async fn runs_of(&self, tenant: TenantId, persona: &Persona) -> Result<Vec<Run>, Error> {
        let id = persona.id.to_string();
        let is_of = |run: &Run| run.persona_id.as_ref() == Some(&id) || run.filters == persona.filters;
        Ok(self.runs(tenant).await?.into_iter().filter(is_of).collect())
    }
}

fn query(access: &Access, view: &PeopleView, now: Timestamp) -> Result<PeopleQuery, Error> {
    let PeopleView { set, text, facets, sort } = view;
    let now_ms = now.as_millisecond() / HOUR_MS * HOUR_MS;
    let of_set = PeopleQuery::of(among(access, set)?);
    Ok(PeopleQuery { text: text.clone(), facets: facets.clone(), sort: sort.clone(), now_ms, ..of_set })
}

/// The people of a selection as the store names them.
///
/// # Errors
/// [`Error::BadInput`].
pub(crate) fn selected(access: &Access, selection: &PeopleSelection, now: Timestamp) -> Result<PeopleQuery, Error> {
    let shown = query(access, &selection.view, now)?;
    let picked = selection.picked.clone();
    Ok(match picked {
        // Who was selected stays so when the view shows somebody else.
        Picked::Only { .. } => PeopleQuery { picked, sort: shown.sort, ..PeopleQuery::of(Among::Everybody) },
        Picked::AllBut { .. } => PeopleQuery { picked, ..shown },
    })
}

fn among(access: &Access, set: &PeopleSet) -> Result<Among, Error> {
    Ok(match set {
        PeopleSet::Page { input, endpoint } => {
            let SearchRequest { filters, page, page_size, .. } = SearchRequest::check(input)?;
            Among::Page(PageOf { asked: of_question(access, &filters)?, endpoint: *endpoint, page, page_size })
        }
        PeopleSet::Fetched { filters } => Among::Newest(asked(access, filters)?),
        PeopleSet::Everybody => Among::Everybody,
    })
}

fn asked(access: &Access, filters: &FiltersInput) -> Result<Asked, Error> {
    let filters = Filters::check(filters).map_err(|violations| Error::BadInput { violations })?;
    of_question(access, &filters)
}

fn of_question(access: &Access, filters: &Filters) -> Result<Asked, Error> {
    Ok(Asked { question: search::question(filters)?, origin: access.origin_label.clone() })
}

fn checked_limit(limit: u32) -> Result<u32, Error> {
    if (1..=LARGEST_WINDOW).contains(&limit) {
        return Ok(limit);
    }
    Err(Error::bad_input("limit", format!("A window holds 1 to {LARGEST_WINDOW} people.")))
}
