//! The durable journal of paid requests. Plan, caps and entry are one transaction, committed before anything is sent; an
//! answer, its price and the people it brought are another. It decides nothing about money itself: that is [`super::paid`],
//! [`super::caps`] and [`super::plan`].
//!
//! How a request comes in: `admission`; how it ends: `settlement`; both for a page of the full search: `pages`; what the
//! caps count: `spending`; how far the user's word goes: `word`; what else is asked: `reading`; how a request lies in the
//! file: `columns`.

mod admission;
mod columns;
mod pages;
mod reading;
mod settlement;
mod spending;
mod word;

use rusqlite::{Transaction, params};

pub use admission::{Admission, Admitted, Again, Next};
pub use columns::{LACKING, PRIVATE, REQUEST, moment, read_credits, read_request, tenant_number};
pub use pages::NextPage;
pub use reading::{Slot, answered_for};
pub use settlement::Ordered;
pub use spending::{Began, CHARGED, UNKNOWN, spent};
pub use word::{Lost, Word};

use crate::db::Database;
use crate::files::TenantFiles;
use crate::people::Store;
use crate::tenant::TenantId;

/// The paid requests of one workspace.
#[derive(Debug, Clone)]
pub struct Journal {
    pub tenant: TenantId,
    pub database: Database,
    store: Store,
}

impl Journal {
    pub fn new(tenant: TenantId, files: &TenantFiles) -> Self {
        Self { tenant, database: files.people.clone(), store: files.store.clone() }
    }
}

/// Writes how far an enrichment is, and what it cost so far, beside its steps, so that they never differ. `calls`: made since.
fn note_progress(transaction: &Transaction<'_>, tenant: &str, job: &str, calls: u32) -> rusqlite::Result<()> {
    let lines = "(SELECT count(*) FROM enrich_wanted WHERE tenant = ?1 AND job = ?2 AND state";
    let requests = "FROM paid_requests WHERE tenant = ?1 AND job = ?2";
    transaction
        .prepare_cached(&format!(
            "UPDATE jobs SET progress = json_set(progress, '$.rows', {lines} = 'asked'), '$.people_total', {lines} <> 'left_out'),
             '$.left_out', {lines} = 'left_out'), '$.booked', json((SELECT json_object('charged', coalesce(sum({CHARGED}), 0) / 1000.0,
             'unknown', coalesce(sum({UNKNOWN}), 0) / 1000.0) {requests})), '$.pages', coalesce(progress ->> '$.pages', 0) + ?3,
             '$.calls_spent', coalesce(progress ->> '$.calls_spent', 0) + ?3)
             WHERE tenant = ?1 AND id = ?2 AND spec ->> '$.kind' = 'enrich'"
        ))?
        .execute(params![tenant, job, calls])?;
    Ok(())
}
