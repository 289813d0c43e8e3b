//! Invalidating one key, one question, everything; and that the totals are always those of the rows.

use std::collections::HashMap;
use std::sync::Arc;

use foray_core::clock::timestamp;
use proptest::prelude::*;

use crate::{NOW, Shelf, key, page, question};

#[tokio::test]
async fn invalidating_one_key_leaves_the_others() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    shelf.keep("b", &page("Bea"), NOW).await;
    assert_eq!(shelf.cache.invalidate(&shelf.key("a")).await.unwrap(), 1);
    assert_eq!(shelf.cache.invalidate(&shelf.key("a")).await.unwrap(), 0);
    assert_eq!(shelf.got("a", NOW).await, None);
    assert_eq!(shelf.got("b", NOW).await, Some(page("Bea")));
}

#[tokio::test]
async fn a_question_is_forgotten_with_all_its_pages_and_endpoints() {
    let shelf = Shelf::new();
    let keys = ["full 1", "full 2", "free 1"].map(|resource| key(shelf.tenant, resource, "sizes and pages"));
    for key in &keys {
        shelf.cache.set(key, &question("q"), page("Ada"), timestamp(NOW), 0.5).await.unwrap();
    }
    shelf.keep("other", &page("Bea"), NOW).await;
    assert_eq!(shelf.cache.invalidate_question(shelf.tenant, &question("q")).await.unwrap(), 3);
    for key in &keys {
        assert_eq!(crate::got(&shelf.cache, key, NOW).await, None);
    }
    assert_eq!(shelf.got("other", NOW).await, Some(page("Bea")));
    assert_eq!(shelf.cache.invalidate_question(shelf.tenant, &question("q")).await.unwrap(), 0);
}

#[tokio::test]
async fn clearing_forgets_everything_and_gives_the_space_back() {
    let shelf = Shelf::new();
    let empty = shelf.cache.size(shelf.tenant).await.unwrap();
    for number in 0..50 {
        shelf.keep(&number.to_string(), &crate::large_page(6_000), NOW).await;
    }
    assert_eq!(shelf.cache.clear(shelf.tenant).await.unwrap(), 50);
    assert_eq!(shelf.got("0", NOW).await, None);
    assert_eq!(shelf.cache.size(shelf.tenant).await.unwrap(), empty);
    let pages: u32 = shelf.file().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    assert_eq!(u64::from(pages) * 4_096, empty.1);
}

#[tokio::test]
async fn clearing_beside_somebody_who_reads_is_no_error() {
    let shelf = Shelf::new();
    shelf.keep("a", &page("Ada"), NOW).await;
    let file = shelf.file();
    file.execute_batch("BEGIN; SELECT count(*) FROM answers;").unwrap();
    assert_eq!(shelf.cache.clear(shelf.tenant).await.unwrap(), 1);
    assert_eq!(shelf.got("a", NOW).await, None);
}

/// One step of a random history over a few keys and fewer questions.
#[derive(Debug, Clone)]
enum Step {
    Keep { key: u8, content: u8 },
    Forget { key: u8 },
    ForgetQuestion { question: u8 },
    Clear,
    Look { key: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..8_u8, any::<u8>()).prop_map(|(key, content)| Step::Keep { key, content }),
        2 => (0..8_u8).prop_map(|key| Step::Forget { key }),
        1 => (0..3_u8).prop_map(|question| Step::ForgetQuestion { question }),
        1 => Just(Step::Clear),
        4 => (0..8_u8).prop_map(|key| Step::Look { key }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Two processes' caches against a list, each step by one of them.
    #[test]
    fn a_history_of_two_processes_reads_like_a_list(steps in prop::collection::vec((any::<bool>(), step()), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let shelf = Shelf::new();
            let caches = [shelf.cache.clone(), shelf.elsewhere()];
            let mut list: HashMap<u8, Arc<foray_core::apollo::response::PeoplePage>> = HashMap::new();
            let named = |key: u8| shelf.key(&key.to_string());
            let asked = |key: u8| question(&(key % 3).to_string());
            for (first, step) in steps {
                let cache = &caches[usize::from(first)];
                match step {
                    Step::Keep { key, content } => {
                        let page = page(&content.to_string());
                        cache.set(&named(key), &asked(key), Arc::clone(&page), timestamp(NOW), 0.5).await.unwrap();
                        list.insert(key, page);
                    }
                    Step::Forget { key } => {
                        let removed = cache.invalidate(&named(key)).await.unwrap();
                        assert_eq!(removed, u64::from(list.remove(&key).is_some()));
                    }
                    Step::ForgetQuestion { question } => {
                        let before = list.len();
                        list.retain(|key, _| key % 3 != question);
                        let removed = cache.invalidate_question(shelf.tenant, &asked(question)).await.unwrap();
                        assert_eq!(removed as usize, before - list.len());
                    }
                    Step::Clear => {
                        assert_eq!(cache.clear(shelf.tenant).await.unwrap() as usize, list.len());
                        list.clear();
                    }
                    Step::Look { key } => {
                        assert_eq!(crate::got(cache, &named(key), NOW).await, list.get(&key).cloned());
                    }
                }
                assert_eq!(cache.size(shelf.tenant).await.unwrap().0 as usize, list.len());
            }
        });
    }
}
