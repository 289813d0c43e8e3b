//! What Apollo answers, read by the real code: recorded answers, refusals word for word, and both with something wrong in
//! them. The recordings lie beside the project, not in it; without them those tests say so and skip, and the stand-in's
//! answers are still there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod mutations;
mod readers;
mod recorded;
mod refusals;

use std::path::PathBuf;

use serde_json::Value;

/// The folder of recordings; none where it is absent.
fn recordings() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/apollo-samples");
    if !folder.is_dir() {
        println!("skipped: no ../shared/apollo-samples beside the project");
        return None;
    }
    Some(folder)
}

/// A recording as it lies there.
fn recording(name: &str) -> Option<Value> {
    let path = recordings()?.join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&text).unwrap())
}

/// The answer in a recording, which either is one or holds it under `response`.
fn recorded_answer(name: &str) -> Option<Value> {
    let value = recording(name)?;
    Some(value.get("response").cloned().unwrap_or(value))
}
