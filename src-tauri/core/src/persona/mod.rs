//! Personas: the kind of person a researcher looks for, and what may be asked about them.

pub mod filters;
pub mod industries;
pub mod request;
pub mod seniority;
pub mod share;
pub mod starters;
pub mod store;
pub mod vocabulary;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

pub use filters::{Filters, FiltersInput};
pub use request::{SearchInput, SearchRequest};
pub use seniority::Seniority;

/// A saved persona of one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Persona {
    pub id: Uuid,
    /// Unique in its workspace after NFKC and case folding.
    pub name: String,
    pub filters: Filters,
    pub updated_at: Timestamp,
}

/// A persona as typed: without an id a new one, with an id a change (or a removed one put back).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonaInput {
    pub id: Option<Uuid>,
    pub name: String,
    pub filters: FiltersInput,
}
