//! Kept answers to a question: their keys, and the newest there is.

use jiff::Timestamp;
use serde::Serialize;

use crate::access::Access;
use crate::apollo::Endpoint;
use crate::apollo::response::PeoplePage;
use crate::cache::{Cache, CacheKey, Identifier, Resource};
use crate::error::Error;
use crate::persona::{Filters, SearchRequest};

/// A kept page.
#[derive(Debug, Clone)]
pub struct Found {
    pub endpoint: Endpoint,
    pub page: PeoplePage,
    pub stored_at: Timestamp,
    pub fresh: bool,
}

#[derive(Serialize)]
struct Asked<'a> {
    filters: &'a Filters,
    page: u32,
    page_size: u32,
}

/// The key of one page: origin, endpoint and its version belong to the resource, so that rows of one origin never answer
/// for another.
pub fn key(access: &Access, endpoint: Endpoint, request: &SearchRequest) -> Result<CacheKey, Error> {
    let resource = Resource::new(&format!("people/1 {} {}", endpoint.path(), access.origin_label))?;
    let asked = Asked { filters: &request.filters, page: request.page, page_size: request.page_size };
    Ok(CacheKey::new(access.tenant(), &resource, &Identifier::of(&asked)?))
}

/// The best kept answer of these endpoints: a fresh one before a stale one, full rows before stubs, then the newer.
pub async fn newest(
    access: &Access,
    endpoints: &[Endpoint],
    request: &SearchRequest,
    now: Timestamp,
) -> Result<Option<Found>, Error> {
    let cache = Cache::new(access.files.cache.clone());
    let mut best: Option<Found> = None;
    for endpoint in endpoints {
        let key = key(access, *endpoint, request)?;
        let Some(kept) = cache.get(&key, now).await? else { continue };
        // Written by another version of Foray, or damaged in a way the checksum can't know: not an answer.
        let Ok(page) = serde_json::from_slice::<PeoplePage>(&kept.body) else {
            cache.invalidate(&key).await?;
            continue;
        };
        let found = Found { endpoint: *endpoint, page, stored_at: kept.stored_at, fresh: kept.fresh };
        let worth = |found: &Found| (found.fresh, found.endpoint == Endpoint::Full, found.stored_at);
        if best.as_ref().is_none_or(|best| worth(&found) > worth(best)) {
            best = Some(found);
        }
    }
    Ok(best)
}
