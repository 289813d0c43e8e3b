//! The rows of `cache.sqlite`, and every statement about them. None of them looks at more rows than it answers or removes,
//! so that nothing here costs more as the file grows.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::age::{self, Dates};
use super::keys::{CacheKey, QuestionHash};
use crate::db::{Durability, Schema};
use crate::tenant::TenantId;

/// Answers removed at once.
const AT_ONCE: u32 = 16;
/// Chunks that one write removes at most; so a cap that was lowered a lot is reached over some writes, none of them long.
const CHUNKS: u32 = 8;

pub const SCHEMA: Schema = Schema {
    what: "The workspace's cache",
    durability: Durability::Normal,
    migrations: &[
        "
        CREATE TABLE owner (tenant TEXT PRIMARY KEY) STRICT;
        CREATE TABLE answers (
            tenant TEXT NOT NULL,
            key TEXT NOT NULL,
            body BLOB NOT NULL,
            checksum BLOB NOT NULL,
            stored_at_ms INTEGER NOT NULL,
            fresh_until_ms INTEGER NOT NULL,
            used_at_ms INTEGER NOT NULL,
            PRIMARY KEY (tenant, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX answers_by_use ON answers (tenant, used_at_ms);
        ",
        // Which question an older answer belongs to can't be known, so it could not be forgotten with it: the file starts
        // anew. The body comes last, so that the columns before it are read and written without it.
        "
        DROP TABLE answers;
        CREATE TABLE answers (
            tenant TEXT NOT NULL,
            key TEXT NOT NULL,
            question BLOB NOT NULL,
            stored_at_ms INTEGER NOT NULL,
            fresh_until_ms INTEGER NOT NULL,
            used_at_ms INTEGER NOT NULL,
            seal BLOB NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (tenant, key)
        ) STRICT;
        CREATE INDEX answers_by_use ON answers (tenant, used_at_ms);
        CREATE INDEX answers_by_end ON answers (tenant, fresh_until_ms);
        CREATE INDEX answers_by_question ON answers (tenant, question);
        CREATE TABLE totals (tenant TEXT PRIMARY KEY, answers INTEGER NOT NULL) STRICT;
        CREATE TRIGGER answer_kept AFTER INSERT ON answers BEGIN
            INSERT INTO totals (tenant, answers) VALUES (new.tenant, 1)
            ON CONFLICT (tenant) DO UPDATE SET answers = answers + 1;
        END;
        CREATE TRIGGER answer_removed AFTER DELETE ON answers BEGIN
            UPDATE totals SET answers = answers - 1 WHERE tenant = old.tenant;
        END;
        ",
        // Bodies and seals are made in another way from here on; the older ones would be found to be no answers one by one.
        "
        DELETE FROM answers;
        ",
    ],
};

/// One kept answer as it stands in the file.
#[derive(Debug, Clone)]
pub struct Row {
    pub question: Vec<u8>,
    pub dates: Dates,
    pub used_ms: i64,
    pub seal: Vec<u8>,
    pub body: Vec<u8>,
}

pub fn find(connection: &Connection, key: &CacheKey) -> rusqlite::Result<Option<Row>> {
    connection
        .prepare_cached(
            "SELECT question, stored_at_ms, fresh_until_ms, used_at_ms, seal, body FROM answers
             WHERE tenant = ?1 AND key = ?2",
        )?
        .query_row(params![key.tenant().to_string(), key.as_str()], |row| {
            Ok(Row {
                question: row.get(0)?,
                dates: Dates { stored_ms: row.get(1)?, fresh_until_ms: row.get(2)? },
                used_ms: row.get(3)?,
                seal: row.get(4)?,
                body: row.get(5)?,
            })
        })
        .optional()
}

/// Keeps an answer in place of the one there may be.
pub fn put(transaction: &Transaction<'_>, key: &CacheKey, row: &Row) -> rusqlite::Result<()> {
    // An upsert, since a REPLACE would remove the old row without its trigger.
    transaction
        .prepare_cached(
            "INSERT INTO answers (tenant, key, question, stored_at_ms, fresh_until_ms, used_at_ms, seal, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (tenant, key) DO UPDATE SET question = excluded.question, stored_at_ms = excluded.stored_at_ms,
             fresh_until_ms = excluded.fresh_until_ms, used_at_ms = excluded.used_at_ms, seal = excluded.seal,
             body = excluded.body",
        )?
        .execute(params![
            key.tenant().to_string(),
            key.as_str(),
            row.question,
            row.dates.stored_ms,
            row.dates.fresh_until_ms,
            row.used_ms,
            row.seal,
            row.body
        ])?;
    Ok(())
}

/// Notes when answers were last used; those that are gone are no matter.
pub fn touch<'a>(
    transaction: &Transaction<'_>,
    used: impl IntoIterator<Item = (&'a CacheKey, &'a i64)>,
) -> rusqlite::Result<()> {
    let mut statement =
        transaction.prepare_cached("UPDATE answers SET used_at_ms = ?3 WHERE tenant = ?1 AND key = ?2")?;
    for (key, used_ms) in used {
        statement.execute(params![key.tenant().to_string(), key.as_str(), used_ms])?;
    }
    Ok(())
}

/// Removes the answer under `key`; answers how many that were, 0 or 1.
pub fn remove(transaction: &Transaction<'_>, key: &CacheKey) -> rusqlite::Result<u64> {
    let removed = transaction
        .prepare_cached("DELETE FROM answers WHERE tenant = ?1 AND key = ?2")?
        .execute(params![key.tenant().to_string(), key.as_str()])?;
    Ok(removed as u64)
}

/// Removes a row that was read and found to be no answer; not the good one that somebody may have put there since.
pub fn remove_found(transaction: &Transaction<'_>, key: &CacheKey, found: &Row) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("DELETE FROM answers WHERE tenant = ?1 AND key = ?2 AND seal = ?3 AND stored_at_ms = ?4")?
        .execute(params![key.tenant().to_string(), key.as_str(), found.seal, found.dates.stored_ms])?;
    Ok(())
}

/// Removes all pages of one question, of whatever size and endpoint.
pub fn remove_question(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    question: &QuestionHash,
) -> rusqlite::Result<u64> {
    let removed = transaction.execute(
        "DELETE FROM answers WHERE tenant = ?1 AND question = ?2",
        params![tenant.to_string(), question.as_bytes()],
    )?;
    Ok(removed as u64)
}

pub fn remove_all(transaction: &Transaction<'_>, tenant: TenantId) -> rusqlite::Result<u64> {
    let removed = transaction.execute("DELETE FROM answers WHERE tenant = ?1", [tenant.to_string()])?;
    Ok(removed as u64)
}

/// Removes some of what is past its stale time, then the least recently used until the rest fits into `cap_bytes`, a few at
/// a time. Answers the keys that went.
pub fn evict(
    transaction: &Transaction<'_>,
    tenant: TenantId,
    now_ms: i64,
    cap_bytes: u64,
) -> rusqlite::Result<Vec<String>> {
    let tenant = tenant.to_string();
    let key = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let mut removed: Vec<String> = transaction
        .prepare_cached(
            "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers WHERE tenant = ?1 AND fresh_until_ms < ?2
             ORDER BY fresh_until_ms LIMIT ?3) RETURNING key",
        )?
        .query_map(params![tenant, age::gone_before_ms(now_ms), AT_ONCE], key)?
        .collect::<rusqlite::Result<_>>()?;
    let mut least_used = transaction.prepare_cached(
        "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers WHERE tenant = ?1 ORDER BY used_at_ms LIMIT ?2)
         RETURNING key",
    )?;
    for _ in 0..CHUNKS {
        if bytes(transaction)? <= cap_bytes {
            break;
        }
        let before = removed.len();
        for key in least_used.query_map(params![tenant, AT_ONCE], key)? {
            removed.push(key?);
        }
        if removed.len() == before {
            break;
        }
    }
    Ok(removed)
}

/// Number of answers kept.
pub fn answers(connection: &Connection, tenant: TenantId) -> rusqlite::Result<u64> {
    let answers: Option<i64> = connection
        .prepare_cached("SELECT answers FROM totals WHERE tenant = ?1")?
        .query_row([tenant.to_string()], |row| row.get(0))
        .optional()?;
    Ok(answers.unwrap_or_default() as u64)
}

/// Bytes that are in use in the file, indexes included. SQLite keeps these counts itself, in the same transaction; pages
/// that were freed are filled again before the file grows.
pub fn bytes(connection: &Connection) -> rusqlite::Result<u64> {
    let ask =
        |pragma: &str| connection.prepare_cached(pragma)?.query_row([], |row| row.get::<_, i64>(0)).map(|n| n as u64);
    let used = ask("PRAGMA page_count")?.saturating_sub(ask("PRAGMA freelist_count")?);
    Ok(used * ask("PRAGMA page_size")?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::db::data_version;

    #[test]
    fn the_data_version_tells_commits_of_others_from_our_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.sqlite");
        let mut ours = crate::db::open(&path, &SCHEMA).unwrap().connection;
        let others = crate::db::open(&path, &SCHEMA).unwrap().connection;
        let watch = crate::db::open_watch(&path, &SCHEMA).unwrap();
        let write = |connection: &Connection| {
            connection.execute("INSERT INTO owner (tenant) VALUES (hex(randomblob(16)))", []).unwrap();
        };
        let (start, watched) = (data_version(&ours).unwrap(), data_version(&watch).unwrap());
        let transaction = ours.transaction().unwrap();
        write(&transaction);
        assert_eq!(data_version(&transaction).unwrap(), start);
        transaction.commit().unwrap();
        assert_eq!(data_version(&ours).unwrap(), start);
        assert_ne!(data_version(&watch).unwrap(), watched);
        write(&others);
        assert_ne!(data_version(&ours).unwrap(), start);
    }
}
