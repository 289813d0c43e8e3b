//! What jobs cost at most, and on which endpoint: said before they begin and before they go on. Never a call.

use uuid::Uuid;

use super::store::Row;
use super::{JobProgress, JobSpec, Jobs, RerunInput, pages_at_most};
use crate::apollo::Endpoint;
use crate::error::Error;
use crate::export::ExportEstimate;
use crate::foray::Foray;
use crate::tenant::TenantId;
use crate::workspace::EndpointSetting;

impl Jobs<'_> {
    /// The bound on what is left of a job: its committed steps are paid for. Makes no call.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn price(&self, id: Uuid) -> Result<ExportEstimate, Error> {
        let Row { job, endpoint, .. } = self.row(id).await?;
        let whole = match &job.spec {
            JobSpec::Export(input) => self.foray.export_estimate(self.tenant, input).await?,
            JobSpec::Rerun(input) => self.foray.rerun_estimate(self.tenant, input).await?,
            JobSpec::Enrich(order) => return Ok(order.price_of_rest(&job.progress)),
        };
        let sample = self.tenant.is_sample();
        Ok(whole.less(&job.progress).at(endpoint, sample))
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

impl Foray {
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
        let people = self.people_known(tenant, &input.request()?).await?;
        let calls_at_most = pages_at_most(people, None);
        let price = self.status(tenant).await?.price;
        Ok(ExportEstimate { calls_at_most, credits_at_most: calls_at_most * price.credits_at_most, people })
    }
}
