//! Facets: what the people of a view have in common, counted, and values chosen among them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What people are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// Values of Apollo's list, the highest first.
    Seniority,
    /// Apollo's words, such as `arts_and_design`; who has several counts for each.
    Function,
    Country,
    /// Of the company, as it was told; else as far as a question for it alone has found somebody.
    Industry,
    /// People of the company, likewise: `51,100`, or `10001` for that many and more.
    Headcount,
    EmailStatus,
    /// Who told most of what is known.
    Source,
    /// Since when nothing newer was told: `day`, `week`, `month`, `quarter`, `year` for at most so long, `older`.
    Age,
}

impl Facet {
    pub const ALL: [Self; 8] = [
        Self::Seniority,
        Self::Function,
        Self::Country,
        Self::Industry,
        Self::Headcount,
        Self::EmailStatus,
        Self::Source,
        Self::Age,
    ];
}

/// Values of one facet, any of which will do. An empty list chooses nothing and lets everybody through.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FacetChoice {
    pub facet: Facet,
    /// Null: those of whom it is not known.
    pub values: Vec<Option<String>>,
}

/// How many people of a view there are by each facet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct PeopleFacets {
    /// People of the view.
    pub total: u64,
    /// Of the store; another one may have other counts.
    pub revision: i64,
    /// One of each [`Facet`], in their order.
    pub facets: Vec<FacetCounts>,
}

/// One facet, counted over the people whom text and the other facets let through, so that its own other values stay in sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FacetCounts {
    pub facet: Facet,
    /// Ranks in their order, other values with the most people first; what is not known stands last. Chosen values are there
    /// even with nobody.
    pub values: Vec<FacetCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FacetCount {
    /// Null: not known.
    pub value: Option<String>,
    pub people: u64,
}
