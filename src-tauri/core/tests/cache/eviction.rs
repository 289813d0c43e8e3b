//! What goes when there is too much, and when.

use foray_core::cache::Limits;

use crate::{DAY, MINUTE, NOW, Shelf, large_page, open, page};

const KILOBYTE: u64 = 1 << 10;

fn small() -> Limits {
    Limits { disk_bytes: 400 * KILOBYTE, ..Limits::default() }
}

/// Bytes of a file that holds nothing yet: its tables and indexes.
async fn empty_bytes() -> u64 {
    let shelf = Shelf::new();
    shelf.cache.size(shelf.tenant).await.unwrap().1
}

#[tokio::test]
async fn the_file_never_grows_past_its_cap() {
    let shelf = Shelf::within(small());
    for number in 0..300 {
        shelf.keep(&number.to_string(), &large_page(6_000), NOW + number).await;
        let (entries, bytes) = shelf.cache.size(shelf.tenant).await.unwrap();
        assert!(bytes <= 400 * KILOBYTE, "{bytes} bytes after {number}");
        assert!(entries >= 20.min(number as u64 + 1), "{entries} entries after {number}");
    }
    shelf.file().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let pages: u32 = shelf.file().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    assert!(pages * 4 <= 400 + 64, "{pages} pages: what is freed is filled again");
}

#[tokio::test]
async fn the_least_recently_used_goes_first_wherever_it_was_used() {
    for from_memory in [true, false] {
        let shelf = Shelf::within(small());
        for number in 0..20 {
            shelf.keep(&number.to_string(), &large_page(6_000), NOW + number).await;
        }
        // A hit in this process's memory, or on the disk by another.
        let used = NOW + 11 * MINUTE;
        if from_memory {
            assert!(shelf.got("0", used).await.is_some());
        } else {
            let elsewhere = shelf.elsewhere();
            assert!(crate::got(&elsewhere, &shelf.key("0"), used).await.is_some());
            // Nobody waits for the note of a use; what comes after it on that thread does.
            elsewhere.size(shelf.tenant).await.unwrap();
        }
        let mut number = 20;
        while shelf.got("1", NOW + 1).await.is_some() {
            shelf.keep(&number.to_string(), &large_page(6_000), used + number).await;
            number += 1;
        }
        assert!(number < 200 && shelf.got("0", used).await.is_some(), "the used one outlives its neighbour");
        for number in 2..8 {
            assert!(shelf.got(&number.to_string(), used).await.is_none(), "{number} went in the same chunk");
        }
    }
}

#[tokio::test]
async fn what_was_evicted_is_gone_from_memory_too() {
    let shelf = Shelf::within(small());
    for number in 0..200 {
        shelf.keep(&number.to_string(), &large_page(6_000), NOW + number).await;
    }
    let mut held = 0;
    for number in 0..200 {
        held += u64::from(shelf.got(&number.to_string(), NOW + 200).await.is_some());
    }
    assert_eq!(held, shelf.entries().await);
}

#[tokio::test]
async fn answers_past_their_stale_time_go_a_few_with_each_write() {
    let shelf = Shelf::new();
    for number in 0..40 {
        shelf.keep(&number.to_string(), &page("Ada"), NOW).await;
    }
    let later = NOW + 32 * DAY;
    let mut left = Vec::new();
    for number in 40..44 {
        shelf.keep(&number.to_string(), &page("Bea"), later).await;
        left.push(shelf.entries().await);
    }
    assert_eq!(left, [25, 10, 3, 4]);
}

#[tokio::test]
async fn a_cap_that_was_lowered_is_reached_over_some_writes() {
    let shelf = Shelf::new();
    for number in 0..400 {
        shelf.keep(&number.to_string(), &large_page(6_000), NOW + number).await;
    }
    let lower = open(shelf.folder.path(), shelf.tenant, small());
    let mut before = shelf.entries().await;
    for number in 400..410 {
        let (key, question) = (shelf.key(&number.to_string()), crate::question("q"));
        lower.set(&key, &question, large_page(6_000), foray_core::clock::timestamp(NOW + number), 0.5).await.unwrap();
        let (entries, _) = lower.size(shelf.tenant).await.unwrap();
        assert!(before - entries.min(before) <= 128, "{before} to {entries} in one write");
        before = entries;
    }
    assert!(lower.size(shelf.tenant).await.unwrap().1 <= 400 * KILOBYTE);
}

#[tokio::test]
async fn a_cap_below_one_answer_keeps_none_and_breaks_nothing() {
    let shelf = Shelf::within(Limits { disk_bytes: 0, memory_bytes: 0, ..Limits::default() });
    shelf.keep("a", &page("Ada"), NOW).await;
    assert_eq!(shelf.got("a", NOW).await, None);
    let (entries, bytes) = shelf.cache.size(shelf.tenant).await.unwrap();
    assert_eq!((entries, bytes), (0, empty_bytes().await));
}
