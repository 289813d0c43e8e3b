//! The endpoints this stand-in has, their names as Apollo writes them and their published limits.

use crate::options::Plan;

/// One endpoint under `/api/v1/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    FullSearch,
    FreeSearch,
    Match,
    BulkMatch,
    Profile,
    Health,
    ApiUsage,
    CreditUsage,
}

impl Endpoint {
    pub const ALL: [Self; 8] = [
        Self::FullSearch,
        Self::FreeSearch,
        Self::Match,
        Self::BulkMatch,
        Self::Profile,
        Self::Health,
        Self::ApiUsage,
        Self::CreditUsage,
    ];

    /// The path without its leading slash, as error texts name it.
    pub const fn path(self) -> &'static str {
        match self {
            Self::FullSearch => "api/v1/mixed_people/search",
            Self::FreeSearch => "api/v1/mixed_people/api_search",
            Self::Match => "api/v1/people/match",
            Self::BulkMatch => "api/v1/people/bulk_match",
            Self::Profile => "api/v1/users/api_profile",
            Self::Health => "api/v1/auth/health",
            Self::ApiUsage => "api/v1/usage_stats/api_usage_stats",
            Self::CreditUsage => "api/v1/usage_stats/credit_usage_stats",
        }
    }

    pub const fn method(self) -> &'static str {
        match self {
            Self::Profile | Self::Health => "GET",
            _ => "POST",
        }
    }

    pub fn of(method: &str, path: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        Self::ALL.into_iter().find(|endpoint| endpoint.path() == path && endpoint.method() == method)
    }

    /// Calls a minute, an hour and a day. Published by Apollo; for enrichment on a paid plan only the minute is, so its
    /// hour and day are what the minute allows.
    pub const fn limits(self, plan: Plan) -> [u64; 3] {
        match (self, plan) {
            (Self::BulkMatch, Plan::Free) => [20, 100, 600],
            (_, Plan::Free) => [50, 200, 600],
            (Self::FullSearch | Self::FreeSearch, _) => [200, 6000, 50_000],
            (Self::Match | Self::BulkMatch, _) => [1000, 60_000, 1_440_000],
            _ => [200, 400, 2000],
        }
    }
}
