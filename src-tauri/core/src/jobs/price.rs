//! What jobs and pages cost at most, on which endpoint, and what caps and account leave for that: said before they begin and
//! before they go on. Never a call.

use uuid::Uuid;

use super::store::Row;
use super::{JobProgress, JobSpec, Jobs, RerunInput, pages_at_most};
use crate::access::Access;
use crate::answer::Source;
use crate::apollo::Endpoint;
use crate::credits::Credits;
use crate::enrich::{Room, Spending, SpendingOf};
use crate::error::{Error, Reason};
use crate::export::ExportEstimate;
use crate::foray::Foray;
use crate::persona::SearchRequest;
use crate::status::Price;
use crate::tenant::TenantId;
use crate::workspace::EndpointSetting;

impl Jobs<'_> {
    /// The bound on what is left of a job: its committed steps are paid for. Makes no call.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn price(&self, id: Uuid) -> Result<ExportEstimate, Error> {
        let Row { job, endpoint, .. } = self.row(id).await?;
        let goes_on = |of| Beginning { of, job: Some(id), has_free_part: true };
        let (rest, beginning) = match &job.spec {
            JobSpec::Export(input) => {
                (self.foray.export_estimate(self.tenant, input).await?, goes_on(SpendingOf::Export))
            }
            JobSpec::Rerun(input) => (self.foray.rerun_estimate(self.tenant, input).await?, goes_on(SpendingOf::Rerun)),
            JobSpec::Enrich(order) => return Box::pin(self.foray.price_of_rest(self.tenant, id, order)).await,
        };
        let rest = rest.less(&job.progress).at(endpoint, self.tenant.is_sample());
        self.foray.with_room(self.tenant, rest, beginning).await
    }
}

impl ExportEstimate {
    /// What is left once that much is fetched.
    fn less(self, progress: &JobProgress) -> Self {
        let calls_at_most = self.calls_at_most.saturating_sub(progress.pages);
        let credits_a_call = if self.credits_at_most > 0 { Endpoint::Full.credits_at_most() } else { 0 };
        Self { calls_at_most, credits_at_most: calls_at_most * credits_a_call, ..self }
    }

    /// As it is on the endpoint that a job has settled on, whichever is in use now.
    pub(crate) fn at(self, endpoint: Option<Endpoint>, sample: bool) -> Self {
        match endpoint {
            Some(endpoint) if !sample => {
                Self { credits_at_most: self.calls_at_most * endpoint.credits_at_most(), ..self }
            }
            _ => self,
        }
    }
}

/// What is begun, or gone on with, at the price of pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beginning {
    pub of: SpendingOf,
    pub job: Option<Uuid>,
    /// Whether some of its pages are had for nothing.
    pub has_free_part: bool,
}

impl Foray {
    /// The price of a page, and what answers the next search before it is sent.
    pub(crate) async fn page_price(
        &self,
        access: &Access,
        endpoint: Endpoint,
    ) -> Result<(Option<Reason>, Price), Error> {
        let nothing = Price { calls: 0, credits_at_most: 0, caps_leave: None };
        if let Some(shut) = self.searches().gate(access, endpoint).await? {
            return Ok((Some(shut.reason()), nothing));
        }
        if !access.may_cost(endpoint) {
            return Ok((None, Price { calls: 1, ..nothing }));
        }
        let credits_at_most = endpoint.credits_at_most();
        let (caps_leave, capped) = self.page_room(access, Credits::whole(credits_at_most.into())).await?;
        Ok(match capped {
            Some(capped) => (Some(capped.reason()), Price { caps_leave, ..nothing }),
            None => (None, Price { calls: 1, credits_at_most, caps_leave }),
        })
    }

    /// What so many pages cost on the endpoint in use, whatever the caps leave.
    pub(crate) async fn pages_price(
        &self,
        tenant: TenantId,
        calls_at_most: u32,
        people: Option<u64>,
    ) -> Result<ExportEstimate, Error> {
        let access = self.access(tenant).await?;
        let (endpoint, _) = self.searches().endpoint(&access).await?;
        let is_shut = self.searches().gate(&access, endpoint).await?.is_some();
        let each = if is_shut || !access.may_cost(endpoint) { 0 } else { endpoint.credits_at_most() };
        Ok(ExportEstimate { calls_at_most, credits_at_most: calls_at_most * each, people, room: Room::default() })
    }

    /// With what caps and account leave for it.
    pub(crate) async fn with_room(
        &self,
        tenant: TenantId,
        estimate: ExportEstimate,
        beginning: Beginning,
    ) -> Result<ExportEstimate, Error> {
        let Beginning { of, job, has_free_part } = beginning;
        let spending = Spending {
            of,
            at_most: Credits::whole(estimate.credits_at_most.into()),
            next: Credits::whole(Endpoint::Full.credits_at_most().into()),
            max_credits: None,
            job,
            has_free_part,
        };
        Ok(ExportEstimate { room: self.room(tenant, spending).await?, ..estimate })
    }

    /// Whether a page is kept, and so had for nothing.
    pub(crate) async fn is_kept(&self, tenant: TenantId, page: &SearchRequest) -> Result<bool, Error> {
        let kept = self.search_peek(tenant, page).await?;
        Ok(kept.is_some_and(|answer| answer.source == Source::Cached))
    }

    /// The endpoint that a job asked for now keeps to. Not settled while “auto” asks the full one: Apollo may refuse it at
    /// the first page.
    pub(crate) async fn settled_endpoint(&self, tenant: TenantId) -> Result<Option<Endpoint>, Error> {
        let access = self.access(tenant).await?;
        let (endpoint, _) = self.searches().endpoint(&access).await?;
        let is_settled = access.workspace.endpoint != EndpointSetting::Auto || endpoint == Endpoint::Free;
        Ok(is_settled.then_some(endpoint))
    }

    /// The bound on what a re-run costs, as if nothing was kept. Makes no call.
    ///
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub async fn rerun_estimate(&self, tenant: TenantId, input: &RerunInput) -> Result<ExportEstimate, Error> {
        let first = input.request()?;
        let people = self.people_known(tenant, &first).await?;
        let estimate = self.pages_price(tenant, pages_at_most(people, None), people).await?;
        let has_free_part = !input.past_cache && self.is_kept(tenant, &first).await?;
        self.with_room(tenant, estimate, Beginning { of: SpendingOf::Rerun, job: None, has_free_part }).await
    }
}
