//! Walking the pages of an answer: everybody is met, rows repeat, the wall stands.

use crate::client::{FREE, FULL, Stand, ids};
use serde_json::{Value, json};
use std::collections::HashSet;

async fn page(stand: &Stand, page: impl Into<Value>, per_page: u64) -> Value {
    let page = page.into();
    stand.post(FREE, json!({ "person_seniorities": ["manager"], "page": page, "per_page": per_page })).await.json()
}

#[tokio::test]
async fn a_walk_meets_every_one_of_the_people_it_counted_and_ends_at_an_empty_page() {
    let stand = Stand::small().await;
    // About a thousand managers: at a hundred a page the overlap is less than one page more.
    for size in [10, 25, 50] {
        let total = page(&stand, 1, size).await["total_entries"].as_u64().unwrap();
        let (mut seen, mut rows, mut pages) = (HashSet::new(), 0, 0);
        loop {
            let found = ids(&page(&stand, pages + 1, size).await);
            if found.is_empty() {
                break;
            }
            assert_eq!(found.iter().collect::<HashSet<_>>().len(), found.len(), "a row twice on one page");
            pages += 1;
            rows += found.len() as u64;
            seen.extend(found);
        }
        assert_eq!(seen.len() as u64, total, "at {size}");
        assert!(rows > total + total / 15, "{rows} rows for {total} people overlap too little");
        assert!(pages > total.div_ceil(size), "the last people lie behind the counted pages");
    }
}

#[tokio::test]
async fn a_tenth_of_a_page_was_on_the_page_before() {
    let stand = Stand::small().await;
    let (first, second) = (ids(&page(&stand, 1, 50).await), ids(&page(&stand, 2, 50).await));
    assert_eq!(second.iter().filter(|id| first.contains(id)).count(), 5);
    assert_eq!(second.len(), 50);
}

#[tokio::test]
async fn the_order_of_people_does_not_depend_on_the_page_size() {
    let stand = Stand::small().await;
    assert_eq!(ids(&page(&stand, 1, 100).await)[..10], ids(&page(&stand, 1, 10).await));
}

#[tokio::test]
async fn a_page_has_ten_rows_by_default_and_a_hundred_at_most() {
    let stand = Stand::small().await;
    assert_eq!(ids(&stand.post(FREE, json!({})).await.json()).len(), 10);
    assert_eq!(ids(&page(&stand, "1", 200).await).len(), 100);
    let pagination = stand.post(FULL, json!({ "per_page": 200 })).await.json()["pagination"].clone();
    assert_eq!(pagination, json!({ "page": 1, "per_page": 100, "total_entries": 5000, "total_pages": 50 }));
}

#[tokio::test]
async fn beyond_fifty_thousand_rows_is_an_error_and_not_an_empty_page() {
    let stand = Stand::with(foray_sandbox::Options::default()).await;
    assert_eq!(ids(&stand.post(FREE, json!({ "page": 500, "per_page": 100 })).await.json()).len(), 100);
    for beyond in
        [json!({ "page": 501, "per_page": 100 }), json!({ "page": 501 }), json!({ "page": 501, "per_page": 1000 })]
    {
        for path in [FULL, FREE] {
            let refused = stand.post(path, beyond.clone()).await;
            assert_eq!((refused.status, refused.error().as_str()), (422, "Page * per page number is over threshold."));
        }
    }
}
