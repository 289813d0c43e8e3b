//! Starting, stopping, and being the same every time.

use crate::client::{FREE, FULL, Stand};
use foray_sandbox::{Options, StartError, start};
use serde_json::json;
use std::time::Instant;

#[tokio::test]
async fn it_listens_on_loopback_and_answers_at_once_with_a_hundred_thousand_people() {
    // The client is made before the clock starts: it reads the system's certificates, which takes its time.
    let Stand { sandbox, http, key } = Stand::small().await;
    sandbox.stop().await;
    let begun = Instant::now();
    let sandbox = start(Options::default()).await.unwrap();
    let started = begun.elapsed();
    let stand = Stand { sandbox, http, key };
    assert!(stand.sandbox.origin().starts_with("http://127.0.0.1:"));
    let health = stand.get("auth/health").await;
    let ready = begun.elapsed();
    assert_eq!(health.status, 200);
    assert_eq!(stand.count(json!({})).await, 100_000);
    let first_search = begun.elapsed();
    let begun = Instant::now();
    let found = stand.count(json!({ "person_titles": ["CFO"], "q_keywords": "saas growth" })).await;
    println!(
        "started {started:?}, answered {ready:?}, first search {first_search:?}, a new question ({found} people) {:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn the_same_seed_and_question_give_the_same_bytes() {
    let question = json!({ "person_titles": ["VP Sales", "Head of Marketing"], "page": 2, "per_page": 50 });
    let (one, other) = (Stand::small().await, Stand::small().await);
    let elsewhere = Stand::with(Options { people: 5_000, seed: 2, ..Options::default() }).await;
    for path in [FULL, FREE] {
        let first = one.post(path, question.clone()).await;
        assert_eq!(first.status, 200);
        assert_eq!(first.text, one.post(path, question.clone()).await.text);
        assert_eq!(first.text, other.post(path, question.clone()).await.text);
        assert_ne!(first.text, elsewhere.post(path, question.clone()).await.text);
    }
}

#[tokio::test]
async fn after_stop_nobody_answers_any_more() {
    let stand = Stand::small().await;
    let url = stand.url("auth/health");
    assert_eq!(stand.get("auth/health").await.status, 200);
    stand.sandbox.stop().await;
    assert!(stand.http.get(url).send().await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_in_the_error() {
    let stand = Stand::small().await;
    let port = stand.sandbox.origin().rsplit(':').next().unwrap().parse().unwrap();
    let error = start(Options { port, ..Options::default() }).await.err().unwrap();
    assert!(matches!(error, StartError::Bind { .. }));
    assert!(error.to_string().contains(&port.to_string()));
}

#[tokio::test]
async fn a_world_without_anybody_answers_empty_pages() {
    let stand = Stand::with(Options { people: 0, ..Options::default() }).await;
    assert_eq!(stand.count(json!({})).await, 0);
    assert_eq!(
        stand.post("people/match", json!({ "id": "65a000000000000000000001" })).await.json()["person"],
        json!(null)
    );
}
