//! One fact of a person as somebody told it, and the order that decides which telling is shown. Pure.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands between the items of a fact that is a list.
pub const LIST_APART: &str = ", ";

/// Who told a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
// In the order of trust between two that told the same thing at the same moment. The number is what files hold.
#[repr(u8)]
pub enum FactSource {
    /// Apollo's free search: first names, titles and employers' names only.
    Stub = 0,
    /// A file that the user read in.
    Import = 1,
    /// Apollo's full search.
    Search = 2,
    /// Apollo's answer to a question about this very person.
    Enrichment = 3,
    /// Typed by the user.
    Typed = 4,
}

impl FactSource {
    pub const ALL: [Self; 5] = [Self::Stub, Self::Import, Self::Search, Self::Enrichment, Self::Typed];

    /// As it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stub => "stub",
            Self::Import => "import",
            Self::Search => "search",
            Self::Enrichment => "enrichment",
            Self::Typed => "typed",
        }
    }

    /// The source behind a number in a file.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|source| *source as u8 == number)
    }

    /// What is typed stands before everything, what is rich before a stub; among equals the newer stands.
    fn rank(self) -> u8 {
        match self {
            Self::Stub => 0,
            Self::Import | Self::Search | Self::Enrichment => 1,
            Self::Typed => 2,
        }
    }
}

/// Who told something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    pub source: FactSource,
    /// When the source gave it, milliseconds since 1970 (UTC): of a kept answer the day it was given, not the day it was
    /// looked at.
    pub at_ms: i64,
}

impl Stamp {
    pub fn new(source: FactSource, at_ms: i64) -> Self {
        Self { source, at_ms }
    }
}

impl Ord for Stamp {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |stamp: &Self| (stamp.source.rank(), stamp.at_ms, stamp.source);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Stamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A value with who told it. Ordered: of two tellings of one fact the greater is shown, so that it does not matter in
/// which order they came. Two that were told by the same source at the same moment are settled by their text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub stamp: Stamp,
    pub value: String,
}

/// What can be known of a person. The number is what files hold: new facts go to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Fact {
    Name = 0,
    FirstName,
    LastName,
    LastNameObfuscated,
    Title,
    Seniority,
    Headline,
    Email,
    EmailStatus,
    Phone,
    LinkedinUrl,
    City,
    State,
    Country,
    OrganizationName,
    OrganizationId,
    OrganizationDomain,
    HasEmail,
    HasDirectPhone,
    /// Several with [`LIST_APART`] between.
    Functions,
}

impl Fact {
    pub const COUNT: usize = 20;
    pub const ALL: [Self; Self::COUNT] = [
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::LastNameObfuscated,
        Self::Title,
        Self::Seniority,
        Self::Headline,
        Self::Email,
        Self::EmailStatus,
        Self::Phone,
        Self::LinkedinUrl,
        Self::City,
        Self::State,
        Self::Country,
        Self::OrganizationName,
        Self::OrganizationId,
        Self::OrganizationDomain,
        Self::HasEmail,
        Self::HasDirectPhone,
        Self::Functions,
    ];

    /// The fact behind a number in a file.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The fact that this one is a detail of. A city is true of the country it was told beside, the id of a company of the
    /// name it was told beside: shown beside a newer one they would tell what nobody ever said.
    pub fn detail_of(self) -> Option<Self> {
        match self {
            Self::Seniority | Self::Functions => Some(Self::Title),
            Self::EmailStatus => Some(Self::Email),
            Self::City | Self::State => Some(Self::Country),
            Self::OrganizationId | Self::OrganizationDomain => Some(Self::OrganizationName),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(source: FactSource, at_ms: i64) -> Stamp {
        Stamp::new(source, at_ms)
    }

    #[test]
    fn typed_stands_before_rich_and_rich_before_a_stub_whatever_their_dates() {
        assert!(stamp(FactSource::Typed, 1) > stamp(FactSource::Enrichment, 9));
        assert!(stamp(FactSource::Import, 1) > stamp(FactSource::Stub, 9));
        assert!(stamp(FactSource::Search, 1) > stamp(FactSource::Stub, 9));
    }

    #[test]
    fn among_rich_sources_the_newer_stands_and_at_one_moment_the_more_trusted() {
        assert!(stamp(FactSource::Search, 2) > stamp(FactSource::Enrichment, 1));
        assert!(stamp(FactSource::Enrichment, 1) > stamp(FactSource::Search, 1));
        assert!(stamp(FactSource::Search, 1) > stamp(FactSource::Import, 1));
    }

    #[test]
    fn the_numbers_in_files_lead_back_to_what_they_stand_for() {
        for (number, fact) in Fact::ALL.into_iter().enumerate() {
            assert_eq!((fact as usize, Fact::from_number(number as u8)), (number, Some(fact)));
        }
        for source in FactSource::ALL {
            assert_eq!(FactSource::from_number(source as u8), Some(source));
        }
        assert_eq!((Fact::from_number(20), FactSource::from_number(5)), (None, None));
    }

    #[test]
    fn a_detail_is_never_itself_the_owner_of_one() {
        assert!(Fact::ALL.into_iter().filter_map(Fact::detail_of).all(|owner| owner.detail_of().is_none()));
    }
}
