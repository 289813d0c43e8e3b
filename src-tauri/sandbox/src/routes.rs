//! The endpoints this stand-in has, their names as Apollo writes them and their published limits.

use crate::options::Plan;

/// One endpoint under `/api/v1/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    FullSearch,
    FreeSearch,
    CompanySearch,
    Match,
    BulkMatch,
    WebhookResult,
    OrganizationEnrich,
    JobPostings,
    Profile,
    Health,
    ApiUsage,
    CreditUsage,
}

impl Endpoint {
    pub const ALL: [Self; 12] = [
        Self::FullSearch,
        Self::FreeSearch,
        Self::CompanySearch,
        Self::Match,
        Self::BulkMatch,
        Self::WebhookResult,
        Self::OrganizationEnrich,
        Self::JobPostings,
        Self::Profile,
        Self::Health,
        Self::ApiUsage,
        Self::CreditUsage,
    ];

    /// The path without its leading slash, as error texts name it; a part in braces stands for any.
    pub const fn path(self) -> &'static str {
        match self {
            Self::FullSearch => "api/v1/mixed_people/search",
            Self::FreeSearch => "api/v1/mixed_people/api_search",
            Self::CompanySearch => "api/v1/mixed_companies/search",
            Self::Match => "api/v1/people/match",
            Self::BulkMatch => "api/v1/people/bulk_match",
            Self::WebhookResult => "api/v1/webhook_result/{request_id}",
            Self::OrganizationEnrich => "api/v1/organizations/enrich",
            Self::JobPostings => "api/v1/organizations/{organization_id}/job_postings",
            Self::Profile => "api/v1/users/api_profile",
            Self::Health => "api/v1/auth/health",
            Self::ApiUsage => "api/v1/usage_stats/api_usage_stats",
            Self::CreditUsage => "api/v1/usage_stats/credit_usage_stats",
        }
    }

    pub const fn method(self) -> &'static str {
        match self {
            Self::Profile | Self::Health | Self::WebhookResult | Self::OrganizationEnrich | Self::JobPostings => "GET",
            _ => "POST",
        }
    }

    /// Controller and action, under which usage figures stand.
    pub fn usage_name(self) -> (&'static str, &'static str) {
        match self {
            Self::WebhookResult => ("api/v1/webhook_result", "show"),
            Self::JobPostings => ("api/v1/organizations", "job_postings"),
            _ => self.path().rsplit_once('/').unwrap_or((self.path(), "")),
        }
    }

    pub const fn costs_credits(self) -> bool {
        matches!(
            self,
            Self::FullSearch
                | Self::CompanySearch
                | Self::Match
                | Self::BulkMatch
                | Self::OrganizationEnrich
                | Self::JobPostings
        )
    }

    pub fn of(method: &str, path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.method() == method && endpoint.fits(path))
    }

    fn fits(self, path: &str) -> bool {
        let Some(path) = path.strip_prefix('/') else {
            return false;
        };
        let mut given = path.split('/');
        self.path().split('/').all(|part| given.next().is_some_and(|given| part == given || stands_for(part, given)))
            && given.next().is_none()
    }

    /// The part of a fitting path that stands where the braces do; empty for a path without.
    pub fn id_in(self, path: &str) -> &str {
        let place = self.path().split('/').position(|part| part.starts_with('{'));
        let given = path.strip_prefix('/').unwrap_or(path);
        place.and_then(|place| given.split('/').nth(place)).unwrap_or_default()
    }

    /// Calls a minute, an hour and a day. Published by Apollo; for enrichment on a paid plan only the minute is, so its
    /// hour and day are what the minute allows.
    pub const fn limits(self, plan: Plan) -> [u64; 3] {
        match (self, plan) {
            (Self::BulkMatch, Plan::Free) => [20, 100, 600],
            (_, Plan::Free) => [50, 200, 600],
            (Self::FullSearch | Self::FreeSearch | Self::CompanySearch, _) => [200, 6000, 50_000],
            (Self::Match | Self::BulkMatch | Self::OrganizationEnrich, _) => [1000, 60_000, 1_440_000],
            _ => [200, 400, 2000],
        }
    }
}

fn stands_for(part: &str, given: &str) -> bool {
    part.starts_with('{') && !given.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_an_id_in_it_is_found_and_the_id_read() {
        let path = "/api/v1/organizations/5f00/job_postings";
        assert_eq!(Endpoint::of("GET", path), Some(Endpoint::JobPostings));
        assert_eq!(Endpoint::JobPostings.id_in(path), "5f00");
        let path = "/api/v1/webhook_result/-42";
        assert_eq!(
            (Endpoint::of("GET", path), Endpoint::WebhookResult.id_in(path)),
            (Some(Endpoint::WebhookResult), "-42")
        );
        for none in ["/api/v1/webhook_result/", "/api/v1/webhook_result/1/2", "/api/v1/people", "api/v1/people/match"] {
            assert_eq!(Endpoint::of("GET", none).or(Endpoint::of("POST", none)), None, "{none}");
        }
    }
}
