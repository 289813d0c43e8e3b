//! Each fault on demand, as often as asked for and the same for the same seed; the log is never hit.

use crate::client::{FREE, Stand, ids, read};
use foray_sandbox::{Faults, Options};
use serde_json::json;
use std::time::{Duration, Instant};

async fn always(fault: &str) -> Stand {
    let faults = format!("{fault}=1").parse().unwrap();
    let (hang, slow) = (Duration::from_millis(700), Duration::from_millis(300));
    Stand::with(Options { people: 1_000, faults, hang, slow, ..Options::default() }).await
}

#[tokio::test]
async fn a_429_says_when_to_come_back() {
    let stand = always("429").await;
    let answer = stand.post("people/match", json!({})).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), Some("30"));
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("The maximum number of api calls allowed for api/v1/people/match is "), "{message}");
}

#[tokio::test]
async fn a_5xx_comes_as_json_or_as_html() {
    for (fault, html) in [("5xx", false), ("5xx-html", true)] {
        let stand = always(fault).await;
        for _ in 0..8 {
            let answer = stand.post(FREE, json!({})).await;
            assert!([500, 502, 503, 504].contains(&answer.status));
            assert_eq!(answer.text.starts_with("<html>"), html);
            assert_eq!(answer.header("content-type").unwrap().starts_with("text/html"), html);
        }
    }
}

#[tokio::test]
async fn a_hanging_request_gets_no_answer_for_a_long_time() {
    let stand = always("hang").await;
    let request = stand.http.post(stand.url(FREE)).header("X-Api-Key", stand.key).json(&json!({}));
    let error = request.timeout(Duration::from_millis(200)).send().await.unwrap_err();
    assert!(error.is_timeout());
    let request = &stand.sandbox.requests()[0];
    assert_eq!((request.status, request.fault.as_deref()), (None, Some("hang")));
}

#[tokio::test]
async fn a_slow_answer_is_late_and_right() {
    let stand = always("slow").await;
    let begun = Instant::now();
    let answer = stand.post(FREE, json!({})).await;
    assert!(begun.elapsed() >= Duration::from_millis(300));
    assert_eq!(ids(&answer.json()).len(), 10);
}

#[tokio::test]
async fn a_dropped_connection_breaks_in_the_middle_of_the_body() {
    let stand = always("drop").await;
    let response =
        stand.http.post(stand.url(FREE)).header("X-Api-Key", stand.key).json(&json!({ "per_page": 100 })).send().await;
    let response = response.expect("status and headers arrive before the connection breaks");
    assert_eq!(response.status(), 200);
    assert!(read(response).await.is_err());
    assert_eq!(stand.sandbox.requests()[0].fault.as_deref(), Some("drop"));
}

#[tokio::test]
async fn garbage_is_a_200_that_is_no_json() {
    let stand = always("garbage").await;
    let (mut html, mut broken) = (0, 0);
    for _ in 0..16 {
        let answer = stand.post(FREE, json!({})).await;
        assert_eq!(answer.status, 200);
        assert!(serde_json::from_str::<serde_json::Value>(&answer.text).is_err());
        if answer.text.starts_with("<html>") {
            html += 1;
        } else {
            broken += 1;
        }
    }
    assert!(html > 0 && broken > 0);
}

#[tokio::test]
async fn a_422_has_the_texts_of_a_wrong_type_and_of_the_wall() {
    for (fault, text) in [
        ("422", "no implicit conversion of String into Integer"),
        ("422-wall", "Page * per page number is over threshold."),
    ] {
        let answer = always(fault).await.post(FREE, json!({})).await;
        assert_eq!((answer.status, answer.json()), (422, json!({ "error": text })));
    }
}

#[tokio::test]
async fn faults_come_at_their_rate_the_same_for_the_same_seed_and_end_when_told() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let stand =
            Stand::with(Options { people: 100, faults: "429=0.3".parse().unwrap(), ..Options::default() }).await;
        for _ in 0..100 {
            stand.post(FREE, json!({})).await;
        }
        runs.push(stand.sandbox.requests().iter().map(|request| request.status).collect::<Vec<_>>());
        stand.sandbox.set_faults(Faults::none());
        for _ in 0..20 {
            assert_eq!(stand.post(FREE, json!({})).await.status, 200);
        }
    }
    assert_eq!(runs[0], runs[1]);
    let hits = runs[0].iter().filter(|status| **status == Some(429)).count();
    assert!((15..45).contains(&hits), "{hits} of 100");
}

#[tokio::test]
async fn the_log_is_never_hit() {
    let stand = always("5xx").await;
    let log = read(stand.http.get(format!("{}/_log", stand.sandbox.origin())).send().await.unwrap()).await.unwrap();
    assert_eq!((log.status, log.json()), (200, json!([])));
}
