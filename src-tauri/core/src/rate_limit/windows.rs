//! Apollo's own windows: fixed, for each account and endpoint class, a minute, an hour, a day; known once the headers of
//! an answer told them (apollo-api.md "Rate limits"). Pure. What Apollo says must never touch a tenant's own log.

use serde::Serialize;
use ts_rs::TS;

use super::headers::Seen;

/// Endpoints that Apollo gives one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndpointClass {
    PeopleSearch,
    CompanySearch,
    Enrichment,
    BulkEnrichment,
    /// Key checks, usage statistics and all else.
    Other,
}

impl EndpointClass {
    pub const ALL: [Self; 5] =
        [Self::PeopleSearch, Self::CompanySearch, Self::Enrichment, Self::BulkEnrichment, Self::Other];

    /// The name in the ledger; never changed once released.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PeopleSearch => "people_search",
            Self::CompanySearch => "company_search",
            Self::Enrichment => "enrichment",
            Self::BulkEnrichment => "bulk_enrichment",
            Self::Other => "other",
        }
    }
}

/// The three windows that Apollo counts in. They are taken to begin on the minute, the hour and the day of UTC;
/// should one begin elsewhere, a full one is waited for until its end as we take it, which is too long and never too short
/// by more than what a 429 then says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Minute,
    Hour,
    Day,
}

impl Period {
    pub const ALL: [Self; 3] = [Self::Minute, Self::Hour, Self::Day];

    /// How long the window is.
    pub fn length_ms(self) -> i64 {
        match self {
            Self::Minute => 60_000,
            Self::Hour => 3_600_000,
            Self::Day => 86_400_000,
        }
    }

    /// The name in the ledger; never changed once released.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    /// When the window that holds `wall_ms` began.
    pub fn begins_ms(self, wall_ms: i64) -> i64 {
        wall_ms - wall_ms.rem_euclid(self.length_ms())
    }

    /// When the window that holds `wall_ms` ends.
    pub fn ends_ms(self, wall_ms: i64) -> i64 {
        self.begins_ms(wall_ms) + self.length_ms()
    }

    /// The window that the text of a 429 names ("… is 600 times per hour. Please upgrade …").
    pub fn named_in(message: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| message.contains(&format!("times per {}", period.name())))
    }
}

/// What is known of one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub period: Period,
    pub seen: Seen,
    /// Wall time at which the window began that `seen.used` was counted in.
    pub begins_ms: i64,
}

impl Known {
    /// Calls used in the window that holds `wall_ms`: the greater of what we sent in it and what the headers told of it.
    pub fn used(&self, own: u32, wall_ms: i64) -> u32 {
        let told = if self.begins_ms == self.period.begins_ms(wall_ms) { self.seen.used } else { 0 };
        own.max(told)
    }

    /// Wall time at which the next call fits, when none fits now within `share` of the window's calls.
    pub fn refuses_until(&self, own: u32, share: u32, wall_ms: i64) -> Option<i64> {
        (self.used(own, wall_ms) >= share).then(|| self.period.ends_ms(wall_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Known = Known { period: Period::Minute, seen: Seen { limit: 3, used: 2 }, begins_ms: 120_000 };

    #[test]
    fn used_is_the_greater_of_our_count_and_apollos() {
        assert_eq!(KNOWN.used(0, 179_999), 2);
        assert_eq!(KNOWN.used(3, 121_000), 3);
    }

    #[test]
    fn a_full_window_refuses_until_it_ends() {
        assert_eq!(KNOWN.refuses_until(2, 3, 150_000), None);
        assert_eq!(KNOWN.refuses_until(3, 3, 150_000), Some(180_000));
    }

    #[test]
    fn what_the_headers_told_ends_with_its_window_and_the_limit_stays_known() {
        assert_eq!(KNOWN.used(1, 180_000), 1);
        assert_eq!(KNOWN.refuses_until(3, 3, 200_000), Some(240_000));
    }

    #[test]
    fn a_429_names_its_window() {
        let said = "The maximum number of api calls allowed for api/v1/people/match is 600 times per hour. Please …";
        assert_eq!(Period::named_in(said), Some(Period::Hour));
        assert_eq!(Period::named_in("slow down"), None);
    }
}
