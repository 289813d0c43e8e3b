//! Files that an export would replace though nobody agreed to that: they are kept under a dated name beside it.

use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::partial::{blocking, explain};
use crate::error::Error;
use crate::hex;
use crate::persona::Filters;

/// Moves the file at `target` out of the way, unless its receipt says that it is an untouched export of the same filters.
/// Answers where it is now.
pub async fn keep_finished(target: &Path, filters: &Filters, now: Timestamp) -> Result<Option<PathBuf>, Error> {
    let filters = serde_json::to_value(filters).unwrap_or_default();
    keep_other(target, ("filters", filters), now).await
}

/// Moves the file at `target` out of the way, unless its receipt says that it is untouched and has this very value under
/// this name. Answers where it is now.
pub async fn keep_other(
    target: &Path,
    (name, value): (&'static str, Value),
    now: Timestamp,
) -> Result<Option<PathBuf>, Error> {
    let target = target.to_path_buf();
    blocking(move || {
        if !target.exists() || is_same(&target, name, &value).unwrap_or(false) {
            return Ok(None);
        }
        let kept = free_name(&target, now);
        std::fs::rename(&target, &kept).map_err(|error| explain(&target, &error))?;
        Ok(Some(kept))
    })
    .await
}

/// Copies what an interrupted export of another question has written; the file itself is about to be written anew.
pub async fn keep_partial(partial: &Path, now: Timestamp) -> Result<PathBuf, Error> {
    let partial = partial.to_path_buf();
    blocking(move || {
        let kept = free_name(&partial, now);
        std::fs::copy(&partial, &kept).map_err(|error| explain(&kept, &error))?;
        Ok(kept)
    })
    .await
}

fn is_same(target: &Path, name: &str, value: &Value) -> std::io::Result<bool> {
    let receipt: Value = serde_json::from_slice(&std::fs::read(target.with_extension("receipt.json"))?)?;
    let mut digest = Sha256::new();
    std::io::copy(&mut File::open(target)?, &mut digest)?;
    let untouched = receipt.get("sha256").and_then(Value::as_str) == Some(&hex::digits(&digest.finalize()));
    Ok(untouched && receipt.get(name) == Some(value))
}

/// `list.csv` is kept as `list.kept-2026-11-23T07-55-10Z.csv`.
fn free_name(path: &Path, now: Timestamp) -> PathBuf {
    let stamp = now.strftime("%Y-%m-%dT%H-%M-%SZ").to_string();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let named = |label: String| path.with_file_name(format!("{stem}.{label}.csv"));
    let mut kept = named(format!("kept-{stamp}"));
    let mut number = 1;
    while kept.exists() {
        number += 1;
        kept = named(format!("kept-{stamp}-{number}"));
    }
    kept
}
