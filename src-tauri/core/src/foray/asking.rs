//! Questions to Apollo and to what is kept of its answers, and forgetting those.

use std::time::Instant;

use super::Foray;
use crate::answer::{Answer, Source};
use crate::error::Error;
use crate::log::Fact;
use crate::persona::{Filters, SearchRequest};
use crate::search;
use crate::tenant::TenantId;

impl Foray {
    /// A fresh kept answer, else Apollo's.
    ///
    /// # Errors
    /// The disk, an unknown workspace, a question Apollo refuses; all else is an [`Answer`] that says why it is empty.
    pub async fn search(&self, tenant: TenantId, request: &SearchRequest) -> Result<Answer, Error> {
        self.logged("search", tenant, async { self.searches.search(&self.access(tenant).await?, request).await }).await
    }

    /// Apollo's answer, past the cache; errors as [`Self::search`].
    pub async fn search_refresh(&self, tenant: TenantId, request: &SearchRequest) -> Result<Answer, Error> {
        self.logged("refresh", tenant, async { self.searches.refresh(&self.access(tenant).await?, request).await })
            .await
    }

    /// What is kept; never a call.
    pub async fn search_peek(&self, tenant: TenantId, request: &SearchRequest) -> Result<Option<Answer>, Error> {
        self.searches.peek(&self.access(tenant).await?, request).await
    }

    /// Forgets kept answers: all pages of these filters, or everything of the workspace. Answers how many went.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn forget_answers(&self, tenant: TenantId, filters: Option<&Filters>) -> Result<u64, Error> {
        let cache = self.files(tenant).await?.cache;
        match filters {
            Some(filters) => cache.invalidate_question(tenant, &search::question(filters)?).await,
            None => cache.clear(tenant).await,
        }
    }

    /// Forgets the kept answers to one page of a search, of either endpoint. Answers how many went.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn forget_page(&self, tenant: TenantId, request: &SearchRequest) -> Result<u64, Error> {
        let access = self.access(tenant).await?;
        let mut forgotten = 0;
        for endpoint in search::EITHER {
            forgotten += access.files.cache.invalidate(&search::key(&access, endpoint, request)?).await?;
        }
        Ok(forgotten)
    }

    /// Writes down how a question went: never what was asked or who was found.
    async fn logged(
        &self,
        what: &'static str,
        tenant: TenantId,
        asking: impl Future<Output = Result<Answer, Error>>,
    ) -> Result<Answer, Error> {
        let began = Instant::now();
        let answer = asking.await;
        let took = Fact::Took(began.elapsed());
        match &answer {
            Ok(answer) => {
                let code = answer.reason.as_ref().map_or(Fact::Word("code", "ok"), Fact::Because);
                let calls = Fact::Number("calls", answer.calls_spent.into());
                let source = Fact::Word("source", answer.source.name());
                let facts = [Fact::Workspace(tenant), source, code, calls, took];
                match answer.source {
                    Source::Cached => self.log.debug(what, &facts),
                    Source::Live => self.log.info(what, &facts),
                    Source::Stale | Source::Empty => self.log.error(what, &facts),
                }
            }
            Err(error) => self.log.error(what, &[Fact::Workspace(tenant), Fact::Word("code", error.code()), took]),
        }
        answer
    }
}
