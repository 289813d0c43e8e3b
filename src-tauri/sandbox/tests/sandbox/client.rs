//! A stand-in with a client in front of it, as the tests use them.

use foray_sandbox::{Options, Plan, Sandbox, start};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use std::{collections::HashSet, time::Duration};

pub const FULL: &str = "mixed_people/search";
pub const FREE: &str = "mixed_people/api_search";

/// An answer that came to its end.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }
}

pub struct Stand {
    pub sandbox: Sandbox,
    pub http: reqwest::Client,
    pub key: &'static str,
}

impl Stand {
    pub async fn with(options: Options) -> Self {
        // The workspace's reqwest brings no TLS provider; plain http needs none, but building a client asks for one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
        Self { sandbox: start(options).await.unwrap(), http, key: "a-valid-test-key-1234" }
    }

    /// 5,000 people are enough for most questions and made up at once.
    pub async fn small() -> Self {
        Self::with(Options { people: 5_000, ..Options::default() }).await
    }

    pub async fn on(plan: Plan) -> Self {
        Self::with(Options { people: 1_000, plan, ..Options::default() }).await
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.sandbox.origin())
    }

    pub async fn try_post(&self, path: &str, body: &Value) -> reqwest::Result<Answer> {
        read(self.http.post(self.url(path)).header("X-Api-Key", self.key).json(body).send().await?).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.try_post(path, &body).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        read(self.http.get(self.url(path)).header("X-Api-Key", self.key).send().await.unwrap()).await.unwrap()
    }

    /// How many people a filter finds.
    pub async fn count(&self, filter: Value) -> u64 {
        let answer = self.post(FREE, filter).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()["total_entries"].as_u64().unwrap()
    }

    /// The first hundred people a filter finds, enriched, so that every fact can be looked at.
    pub async fn facts(&self, mut filter: Value) -> Vec<Value> {
        filter["per_page"] = json!(100);
        let found = self.post(FREE, filter).await.json();
        let ids = found["people"].as_array().unwrap().iter().map(|person| json!({ "id": person["id"] }));
        let mut facts = Vec::new();
        for ids in ids.collect::<Vec<_>>().chunks(10) {
            let answer = self.post("people/bulk_match", json!({ "details": ids })).await.json();
            facts.extend(answer["matches"].as_array().unwrap().clone());
        }
        facts
    }
}

pub async fn read(response: reqwest::Response) -> reqwest::Result<Answer> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Answer { status, headers, text: response.text().await? })
}

pub fn ids(answer: &Value) -> Vec<String> {
    answer["people"].as_array().unwrap().iter().map(|person| person["id"].as_str().unwrap().to_owned()).collect()
}

pub fn keys(value: &Value) -> HashSet<&str> {
    value.as_object().unwrap_or_else(|| panic!("{value} is no object")).keys().map(String::as_str).collect()
}
