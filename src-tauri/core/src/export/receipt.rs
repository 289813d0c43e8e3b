//! The receipt beside an export: what was asked, when, what it cost, and the hash of the file. No personal data.

use jiff::Timestamp;
use serde::Serialize;

use super::{ExportDone, ExportScope, Flavour};
use crate::error::Error;
use crate::persona::Filters;
use crate::workspace::Workspace;

#[derive(Debug, Serialize)]
pub struct Receipt<'a> {
    pub file: &'a str,
    pub sha256: &'a str,
    pub workspace: &'a str,
    pub workspace_id: String,
    /// Where the people come from: Apollo's origin, or `sandbox` for the made-up ones of the sample workspace.
    pub origin: &'a str,
    pub question: String,
    pub filters: &'a Filters,
    pub scope: ExportScope,
    pub flavour: Flavour,
    pub finished_at: Timestamp,
    pub rows: u64,
    pub people_matching: Option<u64>,
    pub pages: u32,
    pub calls_spent: u32,
    pub credits_spent: Option<f64>,
    pub notices: &'a [String],
    pub foray_version: &'a str,
}

impl<'a> Receipt<'a> {
    pub fn new(
        (workspace, origin): (&'a Workspace, &'a str),
        filters: &'a Filters,
        (scope, flavour): (ExportScope, Flavour),
        done: &'a ExportDone,
        sha256: &'a str,
        finished_at: Timestamp,
    ) -> Self {
        let file = std::path::Path::new(&done.path).file_name().and_then(|name| name.to_str()).unwrap_or(&done.path);
        Self {
            file,
            sha256,
            workspace: &workspace.name,
            workspace_id: workspace.id.to_string(),
            origin,
            question: in_words(filters),
            filters,
            scope,
            flavour,
            finished_at,
            rows: done.rows,
            people_matching: done.people_total,
            pages: done.pages,
            calls_spent: done.calls_spent,
            credits_spent: done.credits_spent,
            notices: &done.notices,
            foray_version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// # Errors
    /// [`Error::Storage`]; such a receipt has no number that JSON can't hold.
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self)
            .map(|json| json + "\n")
            .map_err(|error| Error::Storage { what: "The receipt".to_owned(), why: error.to_string() })
    }
}

/// The question as a researcher would say it.
pub fn in_words(filters: &Filters) -> String {
    let mut parts = Vec::new();
    let mut add = |label: &str, values: Vec<&str>| {
        if !values.is_empty() {
            parts.push(format!("{label} {}", values.join(" or ")));
        }
    };
    add("title", texts(&filters.titles));
    add("seniority", filters.seniorities.iter().map(|seniority| seniority.as_str()).collect());
    add("industry", texts(&filters.industries));
    add("in", texts(&filters.locations));
    add("company size", texts(&filters.company_sizes));
    if !filters.keywords.is_empty() {
        parts.push(format!("keywords “{}”", filters.keywords));
    }
    parts.join("; ")
}

fn texts(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}
