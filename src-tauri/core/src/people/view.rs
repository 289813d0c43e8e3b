//! What window and command line ask of the people store: sets named by the question they came from, and their people.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::order::{Among, PeopleQuery};
use super::runs::{Asked, PageOf, Run};
use super::sort::Sort;
use super::store::{PeopleCounts, PeopleWindow, PersonDetails, PersonPlace};
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

impl Foray {
    /// The people of a set from `offset` on, at most `limit` (1 to 500). Makes no call.
    ///
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub async fn people_window(
        &self,
        tenant: TenantId,
        set: &PeopleSet,
        sort: Option<Sort>,
        offset: u64,
        limit: u32,
    ) -> Result<PeopleWindow, Error> {
        let access = self.access(tenant).await?;
        let query = PeopleQuery { sort, ..PeopleQuery::of(among(&access, set)?) };
        access.files.store.window(query, offset, checked_limit(limit)?).await
    }

    /// Where a person stands in the order of a set, and between whom; null when they are not in it.
    ///
    /// # Errors
    /// As [`Self::people_window`].
    pub async fn people_place(
        &self,
        tenant: TenantId,
        set: &PeopleSet,
        sort: Option<Sort>,
        id: String,
    ) -> Result<Option<PersonPlace>, Error> {
        let access = self.access(tenant).await?;
        let query = PeopleQuery { sort, ..PeopleQuery::of(among(&access, set)?) };
        access.files.store.place_of(query, id).await
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
        self.access(tenant).await?.files.store.window(query, offset, limit).await
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
