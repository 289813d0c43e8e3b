//! Any bytes as any answer of Apollo's, under the properties that the tests hold for mutated ones.
#![no_main]

#[path = "../../core/tests/answers/readers.rs"]
mod readers;

use foray_core::apollo::enrichment::Clue;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    // Recordings, which a run begins with, hold the answer beside where it comes from.
    let recorded = serde_json::from_slice::<Value>(bytes).ok().and_then(|value| {
        let answer = ["response", "body"].into_iter().find_map(|name| value.get(name))?;
        Some(answer.to_string().into_bytes())
    });
    let body = recorded.as_deref().unwrap_or(bytes);
    let clues = ["6453e9bd8f50d40001f1e348", "person_123", "a"].map(|id| Clue::Id(id.to_owned()));
    readers::read_as_everything(body, &clues);
    readers::read_as_everything(body, &[Clue::Email("email_not_unlocked@domain.com".to_owned())]);
});
