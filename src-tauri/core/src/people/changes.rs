//! Who was added or changed at the last revisions of the store, in its file: whoever has people in memory, in whichever
//! process, reads those again and nobody else.

use std::collections::HashSet;

use rusqlite::{Connection, Transaction, params};

use super::runs::{pack, unpack};

/// The step of the file of people that makes room for them; released, so it never changes. `people` is as
/// [`pack`] has it, null where they are too many to be told one by one.
pub const CHANGES: &str = "
    CREATE TABLE changes (
        tenant INTEGER NOT NULL REFERENCES tenants (number),
        revision INTEGER NOT NULL,
        people BLOB,
        PRIMARY KEY (tenant, revision)
    ) STRICT, WITHOUT ROWID;
";

/// The most changed people that are worth mending for.
const MOST_MENDED: usize = 50_000;
/// Revisions whose changes are kept.
const REVISIONS_KEPT: i64 = 1_024;

/// Notes whom the next revision touches, within its transaction; answers its number.
pub fn note(transaction: &Transaction<'_>, tenant: i64, touched: &[u32]) -> rusqlite::Result<i64> {
    let revision: i64 = transaction
        .prepare_cached("UPDATE tenants SET revision = revision + 1 WHERE number = ?1 RETURNING revision")?
        .query_row([tenant], |row| row.get(0))?;
    let people = (touched.len() <= MOST_MENDED).then(|| pack(touched));
    transaction
        .prepare_cached("INSERT INTO changes (tenant, revision, people) VALUES (?1, ?2, ?3)")?
        .execute(params![tenant, revision, people])?;
    transaction
        .prepare_cached("DELETE FROM changes WHERE tenant = ?1 AND revision <= ?2")?
        .execute(params![tenant, revision - REVISIONS_KEPT])?;
    Ok(revision)
}

/// Who was added or changed after one revision and up to another; none when that is not known, or too many to be worth it.
pub fn between(connection: &Connection, tenant: i64, after: i64, until: i64) -> rusqlite::Result<Option<HashSet<u32>>> {
    let mut statement = connection
        .prepare_cached("SELECT people FROM changes WHERE tenant = ?1 AND revision > ?2 AND revision <= ?3")?;
    let mut rows = statement.query(params![tenant, after, until])?;
    let (mut changed, mut known) = (HashSet::new(), 0);
    while let Some(row) = rows.next()? {
        let Some(people) = row.get_ref(0)?.as_blob_or_null()? else { return Ok(None) };
        changed.extend(unpack(people));
        if changed.len() > MOST_MENDED {
            return Ok(None);
        }
        known += 1;
    }
    Ok((after < until && known == until - after).then_some(changed))
}
