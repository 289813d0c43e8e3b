//! Enrichment against the stand-in over real sockets: what is asked is understood, what is answered is read, and the books
//! agree with what the stand-in charged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod again;
mod books;
mod cancelled;
mod companies;
mod elsewhere;
mod failing;
mod known;
mod office;
mod pages;
mod paying;
mod receipt;
mod requests;
mod under_way;
mod unwritten;

use std::time::Duration;

use foray_core::apollo::client::RawAnswer;
use foray_core::apollo::enrichment::{BULK_MATCH, Clue, Enrichment, Reveal, bulk_body, path, read_bulk};
use foray_core::apollo::{ApolloClient, Origin};
use foray_core::error::Error;
use foray_core::secrets::ApiKey;
use foray_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

/// A stand-in and the real client in front of it.
struct Desk {
    sandbox: Sandbox,
    client: ApolloClient,
    key: ApiKey,
}

impl Desk {
    async fn with_key(key: &str) -> Self {
        let options = Options {
            people: 2_000,
            hang: Duration::ZERO,
            pending_polls: 1,
            poll_again: Duration::ZERO,
            ..Options::default()
        };
        let sandbox = foray_sandbox::start(options).await.unwrap();
        let origin = Origin::parse(&sandbox.origin()).unwrap();
        let client = ApolloClient::new(origin, Duration::from_secs(10)).unwrap();
        Self { sandbox, client, key: ApiKey::parse(key).unwrap() }
    }

    async fn new() -> Self {
        Self::with_key("credits-1000000-of-a-test").await
    }

    async fn post(&self, path: &str, body: &Value) -> Result<RawAnswer, Error> {
        self.client.post(&self.key, path, body).await
    }

    async fn get(&self, path: &str) -> RawAnswer {
        self.client.get(&self.key, path).await.unwrap()
    }

    async fn enrich(&self, clues: &[Clue], reveal: Reveal) -> Enrichment {
        let answer = self.post(&path(BULK_MATCH, reveal), &bulk_body(clues)).await.unwrap();
        assert_eq!(answer.status, 200);
        read_bulk(clues, &answer.body).unwrap()
    }

    /// Somebody of each row of a page with verified addresses, as the full search tells them.
    async fn rows(&self, page: u32) -> Vec<Value> {
        let question = json!({ "contact_email_status": ["verified"], "page": page, "per_page": 100 });
        let answer = self.post("mixed_people/search", &question).await.unwrap();
        serde_json::from_slice::<Value>(&answer.body).unwrap()["people"].as_array().unwrap().clone()
    }

    async fn clues(&self, page: u32) -> Vec<Clue> {
        let rows = self.rows(page).await;
        rows.iter().map(|row| Clue::Id(row["id"].as_str().unwrap().to_owned())).collect()
    }

    fn set_faults(&self, faults: &str) {
        self.sandbox.set_faults(faults.parse().unwrap());
    }
}
