//! The ledger of credits as a CSV file, a line for each call, for whoever keeps the books.

use std::path::Path;

use super::usage::UsageEntry;
use crate::error::Error;
use crate::export::partial::write_beside;
use crate::export::{Flavour, csv};
use crate::foray::Foray;
use crate::tenant::TenantId;

const COLUMNS: [&str; 15] = [
    "request",
    "asked_at",
    "workspace",
    "job",
    "title",
    "endpoint",
    "people",
    "found",
    "attempt",
    "state",
    "credits_charged",
    "credits_unknown_at_most",
    "company",
    "answered_elsewhere",
    "strangers",
];

impl Foray {
    /// Writes the ledger of a workspace, the oldest first; answers how many calls are in it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the disk.
    pub async fn usage_export(&self, tenant: TenantId, path: &Path) -> Result<u64, Error> {
        let workspace = self.workspaces().get(tenant).await?.name;
        let entries = self.usage(tenant).await?.entries;
        let mut text = csv::head(Flavour::Excel, &COLUMNS);
        for entry in entries.iter().rev() {
            let cells = cells(entry, &workspace);
            text.push_str(&csv::record(Flavour::Excel, cells.iter().map(String::as_str)));
        }
        write_beside(path.to_path_buf(), text).await?;
        Ok(entries.len() as u64)
    }
}

fn cells(entry: &UsageEntry, workspace: &str) -> [String; 15] {
    let state = serde_json::to_value(entry.state).ok();
    let plain = |credits: crate::credits::Credits| (credits.thousandths() as f64 / 1000.0).to_string();
    [
        entry.number.map(|number| number.to_string()).unwrap_or_default(),
        entry.at.to_string(),
        workspace.to_owned(),
        entry.job.map(|job| job.to_string()).unwrap_or_default(),
        entry.title.clone(),
        entry.endpoint.clone(),
        entry.people.to_string(),
        entry.found.map(|found| found.to_string()).unwrap_or_default(),
        entry.attempt.to_string(),
        state.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
        plain(entry.charged),
        plain(entry.unknown),
        entry.company.clone().unwrap_or_default(),
        entry.elsewhere.to_string(),
        entry.strangers.to_string(),
    ]
}
