//! Apollo's REST API as it really is: what we ask, what it answers, what its refusals mean. Nothing here decides whether
//! a call may be made; that is `search`'s order of one call.

pub mod classify;
pub mod client;
pub mod company;
pub mod enrichment;
pub mod mobiles;
pub mod origin;
mod proxy;
pub mod request;
pub mod response;
pub mod usage;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use client::ApolloClient;
pub use origin::Origin;
pub use proxy::Proxy;

/// The two people searches. Which one an account may use is found out by asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum Endpoint {
    /// Full rows with locked e-mails; may cost 1 credit a page; closed to most API callers since early 2026.
    #[serde(rename = "mixed_people/search")]
    Full,
    /// Stubs, free of credits.
    #[serde(rename = "mixed_people/api_search")]
    Free,
}

impl Endpoint {
    /// The path below `/api/v1/`, which is its name everywhere.
    pub fn path(self) -> &'static str {
        match self {
            Self::Full => "mixed_people/search",
            Self::Free => "mixed_people/api_search",
        }
    }

    /// Bound on the credits one page costs.
    pub fn credits_at_most(self) -> u32 {
        match self {
            Self::Full => 1,
            Self::Free => 0,
        }
    }
}
