//! Where answers are kept: compressed, with a checksum of their own, fresh for a day and stale for another thirty.

use std::io::{Read, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::keys::CacheKey;
use crate::clock::timestamp;
use crate::db::Database;
use crate::error::Error;
use crate::tenant::TenantId;

/// How long an answer is fresh, before jitter (the reference design's TTL).
pub const TTL: Duration = Duration::from_hours(24);
/// How long past that it may still answer when Apollo can't be asked.
pub const STALE_FOR: Duration = Duration::from_hours(30 * 24);
/// Share of the TTL by which it is lengthened or shortened, so that a day's searches don't all end together.
const JITTER: f64 = 0.1;
/// The most that is kept for one workspace, in compressed bytes.
const CAP_BYTES: i64 = 256 << 20;
/// How far clocks of two starts may differ.
const CLOCK_SLACK_MS: i64 = 60_000;
/// Answers removed at once when the cap is passed.
const EVICTED_AT_ONCE: u32 = 16;
/// A body that says it is larger than this when unpacked is damaged.
const LARGEST_BODY: u64 = 64 << 20;

/// An answer as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub body: Vec<u8>,
    pub stored_at: Timestamp,
    /// Still within its TTL; otherwise it may only answer when Apollo can't.
    pub fresh: bool,
}

/// The cache of one workspace.
#[derive(Debug, Clone)]
pub struct Cache {
    database: Database,
}

impl Cache {
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// The answer under `key`, fresh or stale; never one that is damaged or past its stale time.
    pub async fn get(&self, key: &CacheKey, now: Timestamp) -> Result<Option<Kept>, Error> {
        let key = key.clone();
        self.database.run(move |connection| read(connection, &key, now.as_millisecond())).await
    }

    /// Keeps an answer. `random` in 0..1 sets the jitter of its TTL.
    pub async fn set(&self, key: &CacheKey, body: &[u8], now: Timestamp, random: f64) -> Result<(), Error> {
        let key = key.clone();
        let packed = pack(body)?;
        let checksum = Sha256::digest(&packed).to_vec();
        let fresh_until = now.as_millisecond() + jittered_ttl_ms(random);
        self.database
            .run(move |connection| {
                connection.execute(
                    "INSERT OR REPLACE INTO answers (tenant, key, body, checksum, stored_at_ms, fresh_until_ms, used_at_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5)",
                    params![key.tenant().to_string(), key.as_str(), packed, checksum, now.as_millisecond(), fresh_until],
                )?;
                evict(connection, key.tenant(), now.as_millisecond())
            })
            .await
    }

    /// Forgets the answer under `key`.
    pub async fn invalidate(&self, key: &CacheKey) -> Result<(), Error> {
        let key = key.clone();
        self.database.run(move |connection| forget(connection, &key)).await
    }

    /// Forgets everything of the workspace.
    pub async fn clear(&self, tenant: TenantId) -> Result<(), Error> {
        self.database
            .run(move |connection| {
                connection.execute("DELETE FROM answers WHERE tenant = ?1", [tenant.to_string()])?;
                connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); VACUUM;")
            })
            .await
    }

    /// Number of answers kept, and the bytes they take.
    pub async fn size(&self, tenant: TenantId) -> Result<(u64, u64), Error> {
        self.database
            .run(move |connection| {
                connection.query_row(
                    "SELECT count(*), coalesce(sum(length(body)), 0) FROM answers WHERE tenant = ?1",
                    [tenant.to_string()],
                    |row| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64)),
                )
            })
            .await
    }
}

fn read(connection: &mut Connection, key: &CacheKey, now_ms: i64) -> rusqlite::Result<Option<Kept>> {
    let found = connection
        .prepare_cached(
            "SELECT body, checksum, stored_at_ms, fresh_until_ms FROM answers WHERE tenant = ?1 AND key = ?2",
        )?
        .query_row(params![key.tenant().to_string(), key.as_str()], |row| {
            let body: Vec<u8> = row.get(0)?;
            let checksum: Vec<u8> = row.get(1)?;
            Ok((body, checksum, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })
        .optional()?;
    let Some((packed, checksum, stored_ms, fresh_until_ms)) = found else { return Ok(None) };
    // A flipped bit passes SQLite's own check; such an answer is forgotten, never shown.
    let body = if Sha256::digest(&packed).as_slice() == checksum { unpack(&packed) } else { None };
    let gone = now_ms > fresh_until_ms + STALE_FOR.as_millis() as i64;
    let Some(body) = body.filter(|_| !gone) else {
        // A full or read-only disk keeps it; it is looked at again next time, and refused again.
        drop(forget(connection, key));
        return Ok(None);
    };
    // Only for eviction; an answer that is kept must be found also where nothing can be written.
    drop(connection.execute(
        "UPDATE answers SET used_at_ms = ?3 WHERE tenant = ?1 AND key = ?2",
        params![key.tenant().to_string(), key.as_str(), now_ms],
    ));
    // An answer from the future was kept under another clock: nobody knows how old it is.
    let fresh = now_ms < fresh_until_ms && stored_ms <= now_ms + CLOCK_SLACK_MS;
    Ok(Some(Kept { body, stored_at: timestamp(stored_ms), fresh }))
}

fn forget(connection: &mut Connection, key: &CacheKey) -> rusqlite::Result<()> {
    connection.execute(
        "DELETE FROM answers WHERE tenant = ?1 AND key = ?2",
        params![key.tenant().to_string(), key.as_str()],
    )?;
    Ok(())
}

/// Removes what is past its stale time, then the least recently used, a few at a time, until the rest fits.
fn evict(connection: &mut Connection, tenant: TenantId, now_ms: i64) -> rusqlite::Result<()> {
    let tenant = tenant.to_string();
    connection.execute(
        "DELETE FROM answers WHERE tenant = ?1 AND fresh_until_ms < ?2",
        params![tenant, now_ms - STALE_FOR.as_millis() as i64],
    )?;
    loop {
        let bytes: i64 = connection.query_row(
            "SELECT coalesce(sum(length(body)), 0) FROM answers WHERE tenant = ?1",
            [&tenant],
            |row| row.get(0),
        )?;
        if bytes <= CAP_BYTES {
            return Ok(());
        }
        let removed = connection.execute(
            "DELETE FROM answers WHERE tenant = ?1 AND key IN
             (SELECT key FROM answers WHERE tenant = ?1 ORDER BY used_at_ms LIMIT ?2)",
            params![tenant, EVICTED_AT_ONCE],
        )?;
        if removed == 0 {
            return Ok(());
        }
    }
}

fn jittered_ttl_ms(random: f64) -> i64 {
    let share = 1.0 + JITTER * (2.0 * random.clamp(0.0, 1.0) - 1.0);
    (TTL.as_millis() as f64 * share) as i64
}

/// Compressed bytes for a column of a database; [`unpack`] reads them again.
///
/// # Errors
/// [`Error::Storage`]; in memory this does not happen.
pub fn pack(body: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body).and_then(|()| encoder.finish()).map_err(|error| crate::db::explain_io("An answer", &error))
}

/// Null when the bytes are damaged.
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    DeflateDecoder::new(packed).take(LARGEST_BODY).read_to_end(&mut body).ok()?;
    Some(body)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::cache::keys::{Identifier, Resource};
    use crate::files::TenantFiles;

    const NOW: i64 = 1_700_000_000_000;

    struct Fixture {
        cache: Cache,
        files: TenantFiles,
        _folder: tempfile::TempDir,
    }

    fn fixture() -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let files = TenantFiles::open(folder.path(), TenantId::SAMPLE).unwrap();
        Fixture { cache: Cache::new(files.cache.clone()), files, _folder: folder }
    }

    fn key(tenant: TenantId, name: &str) -> CacheKey {
        CacheKey::new(tenant, &Resource::new("test").unwrap(), &Identifier::text(name).unwrap())
    }

    #[tokio::test]
    async fn an_answer_is_fresh_for_a_day_then_stale_for_thirty_then_gone() {
        let Fixture { cache, .. } = &fixture();
        let key = key(TenantId::SAMPLE, "a");
        cache.set(&key, b"body", timestamp(NOW), 0.5).await.unwrap();
        let day = TTL.as_millis() as i64;
        let at = |ms: i64| cache.get(&key, timestamp(NOW + ms));
        assert!(at(day - 1).await.unwrap().unwrap().fresh);
        let stale = at(day).await.unwrap().unwrap();
        assert!(!stale.fresh && stale.body == b"body" && stale.stored_at == timestamp(NOW));
        assert!(at(31 * day).await.unwrap().is_some());
        assert!(at(31 * day + 1).await.unwrap().is_none());
    }

    #[test]
    fn the_ttl_varies_by_at_most_a_tenth() {
        assert_eq!(jittered_ttl_ms(0.0), 77_760_000);
        assert_eq!(jittered_ttl_ms(0.5), 86_400_000);
        assert_eq!(jittered_ttl_ms(1.0), 95_040_000);
    }

    #[tokio::test]
    async fn a_flipped_bit_is_noticed_and_never_shown() {
        let Fixture { cache, files, .. } = &fixture();
        for byte in 0..4 {
            let key = key(TenantId::SAMPLE, "flipped");
            cache.set(&key, b"a body that compresses to more than a few bytes", timestamp(NOW), 0.5).await.unwrap();
            let packed: Vec<u8> =
                files.cache.run(|c| c.query_row("SELECT body FROM answers", [], |row| row.get(0))).await.unwrap();
            let mut damaged = packed.clone();
            let position = byte * packed.len() / 4;
            damaged[position] ^= 0x10;
            files.cache.run(move |c| c.execute("UPDATE answers SET body = ?1", [damaged])).await.unwrap();
            assert_eq!(cache.get(&key, timestamp(NOW)).await.unwrap(), None);
        }
    }

    #[tokio::test]
    async fn invalidating_one_key_leaves_the_others() {
        let Fixture { cache, .. } = &fixture();
        let (one, other) = (key(TenantId::SAMPLE, "1"), key(TenantId::SAMPLE, "2"));
        cache.set(&one, b"1", timestamp(NOW), 0.5).await.unwrap();
        cache.set(&other, b"2", timestamp(NOW), 0.5).await.unwrap();
        cache.invalidate(&one).await.unwrap();
        assert!(cache.get(&one, timestamp(NOW)).await.unwrap().is_none());
        assert!(cache.get(&other, timestamp(NOW)).await.unwrap().is_some());
        cache.clear(TenantId::SAMPLE).await.unwrap();
        assert_eq!(cache.size(TenantId::SAMPLE).await.unwrap(), (0, 0));
    }

    #[tokio::test]
    async fn no_tenant_hits_what_another_asked() {
        let Fixture { cache, .. } = &fixture();
        cache.set(&key(TenantId::SAMPLE, "same"), b"canary", timestamp(NOW), 0.5).await.unwrap();
        for _ in 0..8 {
            assert!(cache.get(&key(TenantId::generate(), "same"), timestamp(NOW)).await.unwrap().is_none());
        }
    }

    #[tokio::test]
    async fn a_file_of_another_workspace_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, theirs) = (TenantId::generate(), TenantId::generate());
        let files = TenantFiles::open(folder.path(), theirs).unwrap();
        files.people.run(|connection| connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")).await.unwrap();
        std::fs::create_dir_all(crate::files::folder(folder.path(), mine)).unwrap();
        std::fs::copy(
            crate::files::folder(folder.path(), theirs).join("people.sqlite"),
            crate::files::folder(folder.path(), mine).join("people.sqlite"),
        )
        .unwrap();
        let error = TenantFiles::open(folder.path(), mine).unwrap_err();
        assert!(error.to_string().contains("another workspace"), "{error}");
    }
}
