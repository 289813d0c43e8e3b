//! Very many cached searches in one workspace, each with a question of its own: an answer kept, and read once. Tells
//! what they take in time, on disk and in memory.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use foray_core::TenantId;
use foray_core::apollo::response::PeoplePage;
use foray_core::cache::{CacheKey, Identifier, Limits, QuestionHash, Resource};
use foray_core::clock::{Clock as _, SystemClock};
use foray_core::files::{self, TenantFiles};

use super::{Outcome, Series, tell};

/// Lines of progress.
const PARTS: usize = 20;
/// Times that are told, evenly spread: a million of them would be most of the memory that is measured.
const TIMED: usize = 10_000;
/// The most that the file may hold.
const CAP_BYTES: u64 = 200_000_000;

pub async fn measure(folder: &Path, searches: usize) -> Outcome {
    let mut pages = Vec::new();
    for line in fs::read_to_string(folder.join("pages.jsonl"))?.lines() {
        pages.push(Arc::new(serde_json::from_str::<PeoplePage>(line)?));
    }
    let (clock, tenant) = (SystemClock::start(), TenantId::generate());
    let folder = folder.join("cached");
    let limits = Limits { disk_bytes: CAP_BYTES, ..Limits::default() };
    let cache = TenantFiles::open_within(&folder, tenant, limits)?.cache;
    let resource = Resource::new("bench")?;
    let begun = Instant::now();
    let part = searches.div_ceil(PARTS).max(1);
    let apart = (searches / TIMED).max(1);
    // The bodies repeat; each is packed by itself, so the file gains nothing by that.
    let mut pages = pages.iter().cycle();
    for first in (0..searches).step_by(part) {
        let mut series = Series::new("cached_search");
        for number in first..(first + part).min(searches) {
            let page = pages.next().ok_or("there are no pages; `hits` makes them")?;
            let key = CacheKey::new(tenant, &resource, &Identifier::of(&number)?);
            let random = (number % 101) as f64 / 101.0;
            let start = Instant::now();
            cache.set(&key, &QuestionHash::of(&number)?, Arc::clone(page), clock.now(), random).await?;
            let kept = cache.get(&key, clock.now()).await?;
            if number % apart == 0 {
                series.add(start, 1);
            }
            if kept.and_then(|kept| kept.page.open()).is_none_or(|kept| kept != *page) {
                return Err(format!("answer {number} was kept and not found").into());
            }
        }
        series.tell()?;
    }
    tell("cached_total_ms", begun.elapsed().as_millis() as u64)?;
    let (entries, bytes) = cache.size(tenant).await?;
    tell("kept_answers", entries)?;
    tell("kept_bytes", bytes)?;
    tell("database_bytes", on_disk(&files::folder(&folder, tenant))?)?;
    match peak_memory() {
        Some(bytes) => tell("peak_memory_bytes", bytes),
        None => Ok(()),
    }
}

/// The cache's file with its journal.
fn on_disk(folder: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for file in fs::read_dir(folder)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with("cache.sqlite") {
            bytes += file.metadata()?.len();
        }
    }
    Ok(bytes)
}

/// The most memory this process ever held, where the system tells it (Linux).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
