//! The plain design: an answer is kept for a day under the text of the question as it was typed, by each researcher for
//! themselves; enrichment asks for everybody on the pages, whoever is known. It is given a cache that outlives a restart, as
//! the Redis of the reference design does.

use std::collections::HashMap;
use std::time::Duration;

use foray_core::apollo::enrichment::{BULK_MATCH, Clue, MOST_AT_ONCE, Reveal, bulk_body, path};
use foray_core::apollo::{ApolloClient, Origin};
use foray_core::persona::FiltersInput;
use foray_core::secrets::ApiKey;
use foray_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::Outcome;
use crate::week::{Doing, PAGE_SIZE, RESEARCHERS, Step, Week};

const DAY_MS: i64 = 86_400_000;

/// Answers by the text of their question, with when they came.
type Kept = HashMap<String, (i64, Vec<String>)>;

pub async fn work(week: &Week, sandbox: &Sandbox) -> Outcome<()> {
    let client = ApolloClient::new(Origin::parse(&sandbox.origin())?, Duration::from_secs(10))?;
    let key = ApiKey::parse("credits-1000000-of-the-team")?;
    let mut kept: Vec<Kept> = vec![Kept::new(); RESEARCHERS];
    for Doing { at_ms, researcher, step } in week.steps() {
        let mine = &mut kept[*researcher];
        match step {
            Step::Open => {}
            Step::Look { filters, page } => drop(look(&client, &key, mine, filters, *page, *at_ms).await?),
            Step::Enrich { filters, pages } => {
                let mut clues = Vec::new();
                for page in 1..=*pages {
                    let ids = look(&client, &key, mine, filters, page, *at_ms).await?;
                    clues.extend(ids.into_iter().map(Clue::Id));
                }
                for ten in clues.chunks(MOST_AT_ONCE) {
                    client.post(&key, &path(BULK_MATCH, Reveal::default()), &bulk_body(ten)).await?;
                }
            }
        }
    }
    Ok(())
}

async fn look(
    client: &ApolloClient,
    key: &ApiKey,
    kept: &mut Kept,
    filters: &FiltersInput,
    page: u32,
    at_ms: i64,
) -> Outcome<Vec<String>> {
    let question = json!({ "person_seniorities": filters.seniorities, "person_locations": filters.locations, "page": page, "per_page": PAGE_SIZE });
    let text = question.to_string();
    if let Some((came_ms, ids)) = kept.get(&text)
        && at_ms - came_ms < DAY_MS
    {
        return Ok(ids.clone());
    }
    let answer = client.post(key, "mixed_people/api_search", &question).await?;
    let answer: Value = serde_json::from_slice(&answer.body)?;
    let people = answer["people"].as_array().cloned().unwrap_or_default();
    let ids: Vec<String> = people.iter().filter_map(|person| person["id"].as_str().map(str::to_owned)).collect();
    kept.insert(text, (at_ms, ids.clone()));
    Ok(ids)
}
