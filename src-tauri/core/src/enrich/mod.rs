//! Paying for facts, and never twice. What decides is pure: how they stand ([`standing`]), who is asked for ([`plan`]), what it can cost at most ([`price`]),
//! what stops it ([`caps`]), what one paid request may do next ([`paid`]), what became of one that was lost ([`look_up`]).
//! Around it stand the durable `journal`, the job that sends (`work`), and what a user sees of it: the estimate before
//! (`order`, and `rest` of what goes on), what it came to (`receipt`), what may still be spent (`room`), requests that may have been charged (`undecided`), the ledger of credits (`usage`) and Apollo's own count beside it (`against`). Pages of the full search,
//! which may cost a credit each, go through the same journal and caps (`crate::search`); calls that are free are only noted
//! (`free_calls`).
//!
//! A request asks for ten people by `people/bulk_match`, also for one: it tells what it cost, which `people/match` does not,
//! and has a null for a miss where the other has answered with somebody else. A company is asked for by itself.

mod against;
pub mod asked;
mod books;
pub mod caps;
mod clue;
pub mod figures;
mod free_calls;
mod holds;
mod journal;
mod knowledge;
mod ledger_file;
pub mod look_up;
mod names;
mod order;
pub mod paid;
pub mod plan;
pub mod price;
mod receipt;
mod rest;
mod room;
mod schema;
mod selected;
pub mod standing;
pub mod tally;
mod uncounted;
mod undecided;
mod usage;
mod work;

pub use against::AgainstApollo;
pub use asked::EnrichWhat;
pub use clue::is_readable;
pub use figures::Figure;
pub use order::{EnrichEstimate, EnrichInput, EnrichOrder, EnrichTerms, EnrichWhom};
pub use paid::Booked;
pub use plan::LeftOut;
pub use receipt::EnrichDone;
pub use room::Room;
pub use undecided::{LookedUpDone, Undecided};
pub use usage::{EntryState, Usage, UsageEntry, UsageListed, UsageSpan};

pub(crate) use free_calls::FreeCall;
pub(crate) use journal::{Began, Journal, NextPage, answered_for};
pub(crate) use room::{Spending, SpendingOf};
pub(crate) use schema::{ASKED_AGAIN_STEP, ELSEWHERE_STEP, ENRICH_STEP, LEDGER_STEP};
pub(crate) use selected::LastMeant;
pub(crate) use work::EnrichWork;
