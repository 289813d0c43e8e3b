//! The memory beside a second process on the same file, here a second set of handles, which is the same to SQLite.

use std::sync::Arc;
use std::time::{Duration, Instant};

use foray_core::clock::timestamp;

use crate::{DAY, NOW, Shelf, got, page, question};

#[tokio::test]
async fn a_second_hit_comes_from_memory_also_after_a_write_of_our_own() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    let written = shelf.got("a", NOW).await.unwrap();
    let elsewhere = shelf.elsewhere();
    let first = got(&elsewhere, &shelf.key("a"), NOW).await.unwrap();
    let again = got(&elsewhere, &shelf.key("a"), NOW).await.unwrap();
    assert!(Arc::ptr_eq(&first, &again) && !Arc::ptr_eq(&first, &written));
    for number in 0..10 {
        let key = shelf.key(&number.to_string());
        elsewhere.set(&key, &question("q"), page("Bea"), timestamp(NOW), 0.5).await.unwrap();
    }
    assert!(Arc::ptr_eq(&first, &got(&elsewhere, &shelf.key("a"), NOW).await.unwrap()));
}

#[tokio::test]
async fn what_another_process_wrote_is_noticed_at_once() {
    let shelf = Shelf::new();
    let elsewhere = shelf.elsewhere();
    for number in 0..50 {
        let (one, other) = (page(&format!("one {number}")), page(&format!("other {number}")));
        shelf.keep("a", &one, NOW).await;
        assert_eq!(shelf.got("a", NOW).await.as_ref(), Some(&one));
        assert_eq!(got(&elsewhere, &shelf.key("a"), NOW).await.as_ref(), Some(&one));
        elsewhere.set(&shelf.key("a"), &question("a"), Arc::clone(&other), timestamp(NOW), 0.5).await.unwrap();
        assert_eq!(shelf.got("a", NOW).await.as_ref(), Some(&other));
    }
}

#[tokio::test]
async fn what_another_process_removed_is_noticed_at_once() {
    let shelf = Shelf::new();
    let elsewhere = shelf.elsewhere();
    for way in 0..4 {
        shelf.keep("a", &page("Ada"), NOW).await;
        assert!(shelf.got("a", NOW).await.is_some());
        let removed = match way {
            0 => elsewhere.invalidate(&shelf.key("a")).await.unwrap(),
            1 => elsewhere.invalidate_question(shelf.tenant, &question("a")).await.unwrap(),
            2 => elsewhere.clear(shelf.tenant).await.unwrap(),
            _ => shelf.file().execute("DELETE FROM answers", []).unwrap() as u64,
        };
        assert_eq!(removed, 1);
        assert_eq!(shelf.got("a", NOW).await, None, "way {way}");
    }
}

/// Another process's write between two of ours is not taken for one of ours.
#[tokio::test]
async fn a_write_of_others_between_our_own_is_noticed() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    for number in 0..50 {
        assert!(shelf.got("a", NOW).await.is_some());
        let other = page(&number.to_string());
        let elsewhere = shelf.elsewhere();
        elsewhere.set(&shelf.key("a"), &question("a"), Arc::clone(&other), timestamp(NOW), 0.5).await.unwrap();
        shelf.keep("b", &page("Bea"), NOW).await;
        assert_eq!(shelf.got("a", NOW).await, Some(other));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_reader_ever_goes_back_to_an_older_answer() {
    let shelf = Shelf::new();
    let elsewhere = shelf.elsewhere();
    shelf.keep("a", &page("0"), NOW).await;
    let newest = Arc::new(std::sync::atomic::AtomicU64::new(0));
    let number = |page: &foray_core::apollo::response::PeoplePage| page.people[0].id.parse::<u64>().unwrap();
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (cache, key, newest) = (shelf.cache.clone(), shelf.key("a"), Arc::clone(&newest));
            tokio::spawn(async move {
                loop {
                    // What was written before the question began must be seen by it.
                    let least = newest.load(std::sync::atomic::Ordering::SeqCst);
                    let seen = number(&got(&cache, &key, NOW).await.unwrap());
                    assert!(seen >= least, "{seen} after {least} was written");
                    if seen == 600 {
                        return;
                    }
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for next in 1..=600_u64 {
        // Turns of the two processes, sometimes with a write of ours in between.
        let cache = if next % 3 == 0 { &shelf.cache } else { &elsewhere };
        cache.set(&shelf.key("a"), &question("a"), page(&next.to_string()), timestamp(NOW), 0.5).await.unwrap();
        newest.store(next, std::sync::atomic::Ordering::SeqCst);
        if next % 5 == 0 {
            shelf.keep("b", &page("Bea"), NOW).await;
        }
    }
    for reader in readers {
        reader.await.unwrap();
    }
}

#[tokio::test]
async fn a_hit_waits_for_nobody_who_writes_and_a_write_waits_its_turn() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    let fresh = shelf.elsewhere();
    let writer = shelf.file();
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE answers SET used_at_ms = used_at_ms + 1;").unwrap();
    let began = Instant::now();
    // A use so much later is due to be noted, which can't be done now: nothing comes of it.
    assert_eq!(got(&fresh, &shelf.key("a"), NOW + DAY / 2).await, Some(page("Ada")));
    assert_eq!(shelf.got("a", NOW).await, Some(page("Ada")));
    let (waiting, key) = (fresh.clone(), shelf.key("b"));
    let write = tokio::spawn(async move { waiting.set(&key, &question("b"), page("Bea"), timestamp(NOW), 0.5).await });
    tokio::task::yield_now().await;
    for _ in 0..20 {
        // Past the memory, which is emptied by the other's commits only: a key that is not there reads the disk.
        assert_eq!(got(&fresh, &shelf.key("nothing"), NOW).await, None);
        assert_eq!(got(&fresh, &shelf.key("a"), NOW).await, Some(page("Ada")));
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(!write.is_finished());
    writer.execute_batch("COMMIT").unwrap();
    write.await.unwrap().unwrap();
    assert_eq!(shelf.got("b", NOW).await, Some(page("Bea")));
}

#[tokio::test]
async fn the_clock_decides_at_each_hit_also_in_memory() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    let key = shelf.key("a");
    let at = |ms: i64| shelf.cache.get(&key, timestamp(NOW + ms));
    assert!(at(0).await.unwrap().unwrap().fresh);
    assert!(at(DAY - 1).await.unwrap().unwrap().fresh);
    assert!(!at(DAY).await.unwrap().unwrap().fresh);
    assert!(!at(31 * DAY).await.unwrap().unwrap().fresh);
    assert!(at(0).await.unwrap().unwrap().fresh, "and is not remembered as stale");
    assert!(at(31 * DAY + 1).await.unwrap().is_none());
    assert_eq!(shelf.entries().await, 0, "what is gone is removed where it is found");
}
