//! A page as Apollo answered it, for the tests of those who keep it: outside the crate and, by the same path, inside it.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use foray_core::apollo::Endpoint;
use foray_core::cache::QuestionHash;
use foray_core::clock::timestamp;
use foray_core::people::{FetchedPage, Person};
use foray_core::persona::Filters;

/// 2026-11-23T00:00:00Z.
pub const NOW: i64 = 1_795_392_000_000;

/// The first page of the free search for these filters, fetched [`NOW`] from the stand-in.
pub fn page(filters: Filters, people: Vec<Person>) -> FetchedPage {
    FetchedPage {
        question: QuestionHash::of(&filters).unwrap(),
        filters,
        persona: None,
        job: None,
        origin: "sandbox".to_owned(),
        endpoint: Endpoint::Free,
        page: 1,
        page_size: 100,
        fetched_at: timestamp(NOW),
        total_entries: None,
        calls_spent: 1,
        credits_spent: Some(0.0),
        people: Arc::new(people),
    }
}

/// The same page of the full search, whose price Apollo did not tell.
pub fn full(page: FetchedPage) -> FetchedPage {
    FetchedPage { endpoint: Endpoint::Full, credits_spent: None, ..page }
}
