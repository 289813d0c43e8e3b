//! Apollo's management levels, in rank order (documented values of `person_seniorities`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Seniority {
    Owner,
    Founder,
    CSuite,
    Partner,
    Vp,
    Head,
    Director,
    Manager,
    Senior,
    Entry,
    Intern,
}

impl Seniority {
    pub const ALL: [Self; 11] = [
        Self::Owner,
        Self::Founder,
        Self::CSuite,
        Self::Partner,
        Self::Vp,
        Self::Head,
        Self::Director,
        Self::Manager,
        Self::Senior,
        Self::Entry,
        Self::Intern,
    ];

    /// As Apollo spells it. Any other case answers no rows, so it is never sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Founder => "founder",
            Self::CSuite => "c_suite",
            Self::Partner => "partner",
            Self::Vp => "vp",
            Self::Head => "head",
            Self::Director => "director",
            Self::Manager => "manager",
            Self::Senior => "senior",
            Self::Entry => "entry",
            Self::Intern => "intern",
        }
    }

    /// Any case; `C-Suite`, `C Suite` and `c_suite` are one.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.to_lowercase().replace(['-', ' '], "_");
        Self::ALL.into_iter().find(|seniority| seniority.as_str() == plain)
    }
}
