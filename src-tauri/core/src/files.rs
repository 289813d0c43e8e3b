//! The files of one workspace: `people.sqlite` (must not be lost) and `cache.sqlite` (can be fetched again), each checked
//! against the workspace it claims to belong to.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use crate::cache::{Cache, Limits, rows};
use crate::db::{self, Database, Durability, Readable, Schema};
use crate::enrich::{ASKED_AGAIN_STEP, ELSEWHERE_STEP, ENRICH_STEP, LEDGER_STEP, LastMeant};
use crate::error::Error;
use crate::jobs::{JOBS_STEP, WHEN_RESTORED};
use crate::people::{self, Store};
use crate::tenant::TenantId;

const PEOPLE: Schema = Schema {
    what: "The workspace's file of people and personas",
    durability: Durability::Full,
    migrations: &[
        "
        CREATE TABLE owner (tenant TEXT PRIMARY KEY) STRICT;
        CREATE TABLE personas (
            tenant TEXT NOT NULL,
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL,
            filters TEXT NOT NULL,
            updated_at_ms INTEGER NOT NULL,
            PRIMARY KEY (tenant, id),
            UNIQUE (tenant, name_key)
        ) STRICT;
        CREATE TABLE views (tenant TEXT PRIMARY KEY, address TEXT NOT NULL) STRICT;
        CREATE TABLE exports (
            tenant TEXT NOT NULL,
            target TEXT NOT NULL,
            question TEXT NOT NULL,
            started_at_ms INTEGER NOT NULL,
            PRIMARY KEY (tenant, target)
        ) STRICT;
        CREATE TABLE export_pages (
            tenant TEXT NOT NULL,
            target TEXT NOT NULL,
            page INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (tenant, target, page),
            FOREIGN KEY (tenant, target) REFERENCES exports (tenant, target) ON DELETE CASCADE
        ) STRICT;
    ",
        "
        ALTER TABLE exports ADD COLUMN calls_in_vain INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE exports ADD COLUMN credits_unknown INTEGER NOT NULL DEFAULT 0 CHECK (credits_unknown IN (0, 1));
    ",
        people::schema::MIGRATION,
        JOBS_STEP,
        people::schema::RUNS_OF_JOBS,
        ENRICH_STEP,
        LEDGER_STEP,
        people::companies::COMPANY_FACTS,
        ELSEWHERE_STEP,
        people::schema::FUNCTIONS,
        people::changes::CHANGES,
        ASKED_AGAIN_STEP,
    ],
};

/// The files that a backup copies; the first is always there.
pub const BACKED_UP: [&str; 2] = ["people.sqlite", "cache.sqlite"];

/// Copies the files of a workspace that may be in use into an empty folder; answers the names of those there were. Blocks.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Busy`], [`Error::DiskFull`].
pub fn copy_all(folder: &Path, to: &Path) -> Result<Vec<&'static str>, Error> {
    let mut copied = Vec::new();
    for (name, schema) in schemas() {
        let from = folder.join(name);
        if from.exists() {
            db::copy(&from, schema, &to.join(name))?;
            copied.push(name);
        }
    }
    Ok(copied)
}

/// Holds files of unknown origin against what Foray would have made: whole, of a known schema and no other, owned by the
/// workspace. Older ones are brought to the newest schema. Blocks.
///
/// # Errors
/// [`Error::BadInput`] on the field `path`; [`Error::NewerFile`]; [`Error::Damaged`].
pub fn check_restored(folder: &Path, tenant: TenantId) -> Result<(), Error> {
    for (name, schema) in schemas() {
        let path = folder.join(name);
        if !path.exists() {
            continue;
        }
        let connection = db::open_foreign(&path, schema)?;
        let owner = owner(&connection, tenant).map_err(|error| db::explain(schema.what, &error))?;
        if owner != tenant.to_string() {
            return Err(Error::bad_input(
                "path",
                "That backup holds files of another workspace than it says. Nothing was changed.",
            ));
        }
        if name == BACKED_UP[0] {
            connection.execute(WHEN_RESTORED, []).map_err(|error| db::explain(schema.what, &error))?;
        }
    }
    Ok(())
}

fn schemas() -> [(&'static str, &'static Schema); 2] {
    [(BACKED_UP[0], &PEOPLE), (BACKED_UP[1], &rows::SCHEMA)]
}

/// The open files of one workspace.
#[derive(Debug, Clone)]
pub struct TenantFiles {
    /// Where they lie.
    pub folder: PathBuf,
    pub store: Store,
    pub people: Database,
    pub cache: Cache,
    /// Whom an enrichment was last planned for.
    pub(crate) last_meant: LastMeant,
    /// What the user should know about the opening, such as a damaged file that was set aside.
    pub notices: Vec<String>,
    /// Which file of people was opened.
    opened: Option<FileNumber>,
}

/// What a file keeps when its name goes to another: device and inode. Where files can't be removed while they are open there is none.
type FileNumber = (u64, u64);

#[cfg(unix)]
fn file_number(path: &Path) -> Option<FileNumber> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn file_number(_: &Path) -> Option<FileNumber> {
    None
}

/// The folder of one workspace. A UUID, so no name typed by anybody becomes a path.
pub fn folder(data_dir: &Path, tenant: TenantId) -> PathBuf {
    data_dir.join("tenants").join(tenant.to_string())
}

impl TenantFiles {
    /// Opens or makes both files. Blocks.
    ///
    /// # Errors
    /// As [`db::open`]; [`Error::Storage`] when a file belongs to another workspace.
    pub fn open(data_dir: &Path, tenant: TenantId) -> Result<Self, Error> {
        Self::open_within(data_dir, tenant, Limits::default())
    }

    /// [`Self::open`] with a cache that keeps no more than `limits`.
    pub fn open_within(data_dir: &Path, tenant: TenantId, limits: Limits) -> Result<Self, Error> {
        let folder = folder(data_dir, tenant);
        let mut notices = Vec::new();
        let path = folder.join("people.sqlite");
        let people = open_owned(&path, &PEOPLE, tenant, &mut notices)?;
        let opened = file_number(&path);
        let store = Store::new(tenant, people.clone(), Readable::new(path, &PEOPLE))?;
        let path = folder.join("cache.sqlite");
        let database = open_owned(&path, &rows::SCHEMA, tenant, &mut notices)?;
        // A cache that can't be watched is only slower.
        let cache = Cache::new(database, db::open_watch(&path, &rows::SCHEMA).ok(), limits);
        Ok(Self { folder, store, people, cache, last_meant: LastMeant::default(), notices, opened })
    }

    /// Whether no other file stands where the file of people was: another process may have removed the workspace and
    /// restored it, and what is written to the one that is gone is lost.
    pub fn are_in_place(&self) -> bool {
        let there = file_number(&self.folder.join("people.sqlite"));
        there.is_none() || there == self.opened
    }
}

fn open_owned(path: &Path, schema: &Schema, tenant: TenantId, notices: &mut Vec<String>) -> Result<Database, Error> {
    let opened = db::open(path, schema)?;
    if let Some(aside) = &opened.set_aside {
        notices.push(db::set_aside_sentence(schema.what, aside));
    }
    let owner = owner(&opened.connection, tenant).map_err(|error| db::explain(schema.what, &error))?;
    if owner != tenant.to_string() {
        return Err(Error::Storage {
            what: schema.what.to_owned(),
            why: "it belongs to another workspace. Put the right file back, or move this one away".to_owned(),
        });
    }
    opened.start(schema.what)
}

/// Whose file this is; a new one is claimed.
fn owner(connection: &Connection, tenant: TenantId) -> rusqlite::Result<String> {
    let found: Option<String> = connection.query_row("SELECT tenant FROM owner", [], |row| row.get(0)).optional()?;
    if let Some(owner) = found {
        return Ok(owner);
    }
    connection.execute("INSERT OR IGNORE INTO owner (tenant) VALUES (?1)", [tenant.to_string()])?;
    connection.query_row("SELECT tenant FROM owner", [], |row| row.get(0))
}
