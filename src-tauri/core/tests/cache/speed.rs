//! What a write and a hit cost as the cache grows; run with `--release -- --ignored --nocapture speed`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use foray_core::cache::Limits;

use crate::{NOW, Shelf, got, large_page};

/// Median and 99th percentile.
fn told(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    println!("  {what}: median {:?}, p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
}

async fn timed<T>(times: &mut Vec<Duration>, work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = work.await;
    times.push(began.elapsed());
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures; a minute"]
async fn cost_of_a_set_and_of_a_hit_with_20_000_answers_of_6_kb() {
    let shelf = Shelf::new();
    let mut kept = 0;
    for goal in [1_000, 5_000, 20_000] {
        let (mut sets, mut misses, mut hits, mut sizes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        while kept < goal {
            let page = large_page(6_000);
            timed(&mut sets, shelf.keep(&kept.to_string(), &page, NOW + kept)).await;
            kept += 1;
        }
        println!("{goal} answers, {:?}", shelf.cache.size(shelf.tenant).await.unwrap());
        told("set (the last 1,000)", sets.split_off(sets.len() - 1_000));
        let fresh = shelf.elsewhere();
        for number in 0..1_000 {
            let key = shelf.key(&(number * goal / 1_000).to_string());
            assert!(timed(&mut misses, got(&fresh, &key, NOW)).await.is_some());
        }
        told("hit on the disk", misses);
        for number in 0..1_000 {
            let key = shelf.key(&(number * goal / 1_000).to_string());
            assert!(timed(&mut hits, got(&fresh, &key, NOW)).await.is_some());
        }
        told("hit in memory", hits);
        for _ in 0..1_000 {
            timed(&mut sizes, shelf.cache.size(shelf.tenant)).await.unwrap();
        }
        told("size", sizes);
    }
    // Everything above fits; from here on each write must make room.
    let full = crate::open(shelf.folder.path(), shelf.tenant, Limits { disk_bytes: 100 << 20, ..Limits::default() });
    let mut sets = Vec::new();
    for number in kept..kept + 2_000 {
        let (key, page) = (shelf.key(&number.to_string()), large_page(6_000));
        let now = foray_core::clock::timestamp(NOW + number);
        timed(&mut sets, full.set(&key, &crate::question("q"), Arc::clone(&page), now, 0.5)).await.unwrap();
    }
    println!("at a cap of 100 MB, {:?}", full.size(shelf.tenant).await.unwrap());
    told("set that evicts (the last 1,000)", sets.split_off(1_000));
    let began = Instant::now();
    let removed = full.clear(shelf.tenant).await.unwrap();
    println!("  clear of {removed}: {:?}", began.elapsed());
}
