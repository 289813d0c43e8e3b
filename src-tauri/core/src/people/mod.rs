//! People as Foray shows and exports them, whichever endpoint they came from, and the store that keeps everybody who was
//! ever fetched in a workspace.

pub(crate) mod changes;
mod columns;
pub mod companies;
pub mod company;
mod export;
mod facets;
pub mod fact;
#[cfg(test)]
#[path = "../../tests/fetched/mod.rs"]
mod fetched;
mod filter;
mod finder;
pub mod function;
mod keystrokes;
pub mod merge;
mod order;
mod packed;
mod reading;
mod rows;
mod runs;
pub mod schema;
mod sort;
pub mod store;
mod view;

pub use companies::ToldCompanyFact;
pub use company::CompanyFact;
pub use export::{PeopleExported, PeopleFile};
pub use facets::{Facet, FacetChoice, FacetCount, FacetCounts, PeopleFacets};
pub use filter::PeopleFilter;
pub use order::{Among, PeopleQuery, Picked};
pub use reading::{PeopleCounts, PeopleWindow, PersonDetails, PersonPlace, ToldFact, ToldJob};
pub use rows::{ChangedJobs, StoredPerson};
pub(crate) use rows::{FROM_PEOPLE, Writer};
pub(crate) use runs::record as record_page;
pub use runs::{Asked, FetchedPage, PageOf, Run};
pub use sort::{Sort, SortColumn};
pub use store::Store;
pub(crate) use view::selected;
pub use view::{PeopleSelection, PeopleSet, PeopleView};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use fact::Fact;

/// Whether something exists behind a price, as Apollo's stubs tell it. Never a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    Yes,
    Maybe,
    No,
}

impl Likelihood {
    /// As it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Maybe => "maybe",
            Self::No => "no",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Yes, Self::Maybe, Self::No].into_iter().find(|likelihood| likelihood.as_str() == text)
    }
}

/// One person. What Apollo did not tell is null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Person {
    /// Apollo's id of the person (24 hexadecimal digits), also for people saved as contacts.
    pub id: String,
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// From the free endpoint, such as “Hu***n”; never exported as a last name.
    pub last_name_obfuscated: Option<String>,
    pub title: Option<String>,
    pub headline: Option<String>,
    pub seniority: Option<String>,
    /// What they work in, such as `sales`: Apollo's words in the order of letters, with commas between. Told as a fact; the
    /// answer to a search has what `cli.md` promises and no more.
    #[serde(skip)]
    pub functions: Option<String>,
    /// Null while it is locked: Apollo's placeholder is never shown.
    pub email: Option<String>,
    pub email_status: Option<String>,
    pub phone: Option<String>,
    pub linkedin_url: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub organization_name: Option<String>,
    pub organization_id: Option<String>,
    pub organization_domain: Option<String>,
    pub has_email: Option<bool>,
    pub has_direct_phone: Option<Likelihood>,
}

/// How a boolean stands among facts.
const YES: &str = "yes";
const NO: &str = "no";

impl Person {
    /// A fact as text; none for what is not known.
    pub fn fact(&self, fact: Fact) -> Option<&str> {
        match fact {
            Fact::Name => self.name.as_deref(),
            Fact::FirstName => self.first_name.as_deref(),
            Fact::LastName => self.last_name.as_deref(),
            Fact::LastNameObfuscated => self.last_name_obfuscated.as_deref(),
            Fact::Title => self.title.as_deref(),
            Fact::Seniority => self.seniority.as_deref(),
            Fact::Headline => self.headline.as_deref(),
            Fact::Email => self.email.as_deref(),
            Fact::EmailStatus => self.email_status.as_deref(),
            Fact::Phone => self.phone.as_deref(),
            Fact::LinkedinUrl => self.linkedin_url.as_deref(),
            Fact::City => self.city.as_deref(),
            Fact::State => self.state.as_deref(),
            Fact::Country => self.country.as_deref(),
            Fact::OrganizationName => self.organization_name.as_deref(),
            Fact::OrganizationId => self.organization_id.as_deref(),
            Fact::OrganizationDomain => self.organization_domain.as_deref(),
            Fact::HasEmail => self.has_email.map(|has| if has { YES } else { NO }),
            Fact::HasDirectPhone => self.has_direct_phone.map(Likelihood::as_str),
            Fact::Functions => self.functions.as_deref(),
        }
    }
}
