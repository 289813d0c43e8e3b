//! Files that an export would replace though nobody agreed to that: they are kept under a dated name beside it.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::partial::{blocking, explain};
use super::{DEFAULT_COLUMNS, Flavour, csv};
use crate::error::Error;
use crate::hex;

/// Moves the file at `target` and its receipt out of the way, unless the receipt says that the file is untouched and that it
/// is this very export: it has each value of `export` under its name. `coming` is the SHA-256 of what is about to get the
/// name: it is there already after an export that was killed at that moment. Answers where the file is now.
pub async fn keep_other(target: &Path, export: Value, coming: &str, now: Timestamp) -> Result<Option<PathBuf>, Error> {
    let (target, coming) = (target.to_path_buf(), coming.to_owned());
    blocking(move || {
        let receipt = receipt_path(&target);
        if !target.exists() {
            // A receipt without its file, or somebody's own file of that name.
            if receipt.is_file() {
                set_aside(&receipt, &free_name(&receipt, now))?;
            }
            return Ok(None);
        }
        if is_same(&target, &export, &coming).unwrap_or(false) {
            return Ok(None);
        }
        let kept = free_name(&target, now);
        set_aside(&target, &kept)?;
        if receipt.is_file() {
            set_aside(&receipt, &receipt_path(&kept))?;
        }
        Ok(Some(kept))
    })
    .await
}

/// Copies what stands in a growing file that is about to be written anew; nothing for one without rows.
pub async fn keep_partial(partial: &Path, now: Timestamp) -> Result<Option<PathBuf>, Error> {
    let partial = partial.to_path_buf();
    blocking(move || {
        let written = std::fs::read(&partial).map_err(|error| explain(&partial, &error))?;
        let heads = [Flavour::Excel, Flavour::Import].map(|flavour| csv::head(flavour, &DEFAULT_COLUMNS));
        if heads.iter().any(|head| head.as_bytes().starts_with(&written)) {
            return Ok(None);
        }
        let kept = free_name(&partial, now);
        std::fs::write(&kept, written).map_err(|error| explain(&kept, &error))?;
        Ok(Some(kept))
    })
    .await
}

/// `list.csv` has its receipt in `list.receipt.json`.
pub fn receipt_path(target: &Path) -> PathBuf {
    target.with_extension("receipt.json")
}

fn set_aside(path: &Path, kept: &Path) -> Result<(), Error> {
    std::fs::rename(path, kept).map_err(|error| explain(path, &error))
}

fn is_same(target: &Path, export: &Value, coming: &str) -> std::io::Result<bool> {
    let mut digest = Sha256::new();
    std::io::copy(&mut File::open(target)?, &mut digest)?;
    let digest = hex::digits(&digest.finalize());
    let has_come = digest == coming;
    if has_come && !receipt_path(target).exists() {
        return Ok(true);
    }
    let receipt: Value = serde_json::from_slice(&std::fs::read(receipt_path(target))?)?;
    let untouched = receipt.get("sha256").and_then(Value::as_str) == Some(&digest);
    let mut values = export.as_object().into_iter().flatten();
    Ok((untouched || has_come) && values.all(|(name, value)| receipt.get(name) == Some(value)))
}

/// `list.csv` is kept as `list.kept-2026-11-23T07-55-10Z.csv`, and other files likewise.
fn free_name(path: &Path, now: Timestamp) -> PathBuf {
    let stamp = now.strftime("%Y-%m-%dT%H-%M-%SZ").to_string();
    let part = |part: Option<&OsStr>| part.map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    let named = |label: String| path.with_file_name(format!("{stem}.{label}.{extension}"));
    let mut kept = named(format!("kept-{stamp}"));
    let mut number = 1;
    while kept.exists() {
        number += 1;
        kept = named(format!("kept-{stamp}-{number}"));
    }
    kept
}
