//! The registry of workspaces: names, settings, what is remembered of their keys. It holds no personal data and no key.

mod memory;
mod names;
mod settings;

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;

use crate::circuit_breaker::Gates;
use crate::db::{self, Database, Durability, Schema};
use crate::error::Error;
use crate::tenant::TenantId;
use memory::{Known, Memory};
pub use names::{checked_name, fold_name, numbered};
pub use settings::{CreditCaps, DEFAULT_CALLS_PER_HOUR, EndpointSetting, WorkspaceChange};

const SAMPLE_NAME: &str = "Sample";

const SETTINGS_OF_A_WORKSPACE: &str = "
    ALTER TABLE workspaces ADD COLUMN cache_mb INTEGER NOT NULL DEFAULT 256;
    ALTER TABLE workspaces ADD COLUMN cache_hours INTEGER NOT NULL DEFAULT 24;
    ALTER TABLE workspaces ADD COLUMN export_folder TEXT;
";

const CAPS_OF_A_WORKSPACE: &str = "
    ALTER TABLE workspaces ADD COLUMN credits_a_run INTEGER;
    ALTER TABLE workspaces ADD COLUMN credits_a_day INTEGER;
    ALTER TABLE workspaces ADD COLUMN credits_a_month INTEGER;
    ALTER TABLE workspaces ADD COLUMN credits_in_all INTEGER;
";

const SCHEMA: Schema = Schema {
    what: "The list of workspaces",
    durability: Durability::Full,
    migrations: &[
        "
        CREATE TABLE workspaces (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            calls_per_hour INTEGER NOT NULL,
            endpoint TEXT NOT NULL,
            key_hint TEXT,
            key_account TEXT
        ) STRICT;
        CREATE TABLE free_endpoints (
            workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
            account TEXT NOT NULL,
            because TEXT NOT NULL,
            PRIMARY KEY (workspace, account)
        ) STRICT;
        CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    ",
        "
        CREATE TABLE gates (
            account TEXT NOT NULL,
            kind TEXT NOT NULL,
            endpoint TEXT NOT NULL,
            said TEXT NOT NULL,
            shut_at_ms INTEGER NOT NULL,
            PRIMARY KEY (account, kind, endpoint)
        ) STRICT;
        ALTER TABLE workspaces ADD COLUMN refresh_stale INTEGER NOT NULL DEFAULT 0 CHECK (refresh_stale IN (0, 1));
    ",
        SETTINGS_OF_A_WORKSPACE,
        CAPS_OF_A_WORKSPACE,
    ],
};

/// A client's workspace, which no other can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Workspace {
    pub id: TenantId,
    /// Unique after NFKC and case folding.
    pub name: String,
    /// Served by the built-in stand-in; needs no key.
    pub sample: bool,
    pub calls_per_hour: u32,
    pub endpoint: EndpointSetting,
    /// Last four characters of the stored key, to recognise it by.
    pub key_hint: Option<String>,
    /// Rows past their day are shown at once and asked for again in the background, on the free search only. It spends
    /// calls that nobody asked for, so it is off unless the user turns it on; never in the command line.
    pub refresh_stale: bool,
    /// The most its kept answers take on the disk, in MB of 2^20 bytes.
    pub cache_mb: u32,
    /// How long an answer is fresh, in hours, give or take a tenth.
    pub cache_hours: u32,
    /// Where the window offers to save its exports, an absolute path; null where the system offers.
    pub export_folder: Option<String>,
    /// The most credits that enrichment may use here.
    pub caps: CreditCaps,
}

impl Workspace {
    fn new(id: TenantId, name: String) -> Self {
        Self {
            id,
            name,
            sample: id.is_sample(),
            calls_per_hour: DEFAULT_CALLS_PER_HOUR,
            endpoint: EndpointSetting::Auto,
            key_hint: None,
            refresh_stale: false,
            cache_mb: 256,
            cache_hours: 24,
            export_folder: None,
            caps: CreditCaps::default(),
        }
    }
}

/// What is kept beside a workspace for recognising its key; never the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyTrace {
    pub hint: Option<String>,
    /// Hash of the key: tenants with one key share Apollo's windows.
    pub account: String,
}

/// The registry, on its own thread.
#[derive(Debug, Clone)]
pub struct Workspaces {
    // Before `database`, so that its watcher closes first: the last connection tidies the journal away, and must be able to.
    memory: Arc<Memory>,
    database: Database,
}

impl Workspaces {
    /// Opens `workspaces.sqlite` in the data folder; the sample workspace is always there.
    ///
    /// # Errors
    /// As [`db::open`]. The second value is a sentence for the user when a damaged file was set aside.
    pub fn open(data_dir: &Path) -> Result<(Self, Option<String>), Error> {
        let path = data_dir.join("workspaces.sqlite");
        let opened = db::open(&path, &SCHEMA)?;
        opened
            .connection
            .execute(
                INSERT,
                params![TenantId::SAMPLE.to_string(), SAMPLE_NAME, fold_name(SAMPLE_NAME), DEFAULT_CALLS_PER_HOUR],
            )
            .map_err(|error| db::explain(SCHEMA.what, &error))?;
        let notice = opened.set_aside.as_deref().map(|aside| db::set_aside_sentence(SCHEMA.what, aside));
        let database = opened.start(SCHEMA.what)?;
        // A registry that can't be watched is only slower.
        let memory = Arc::new(Memory::new(db::open_watch(&path, &SCHEMA).ok()));
        Ok((Self { memory, database }, notice))
    }

    /// The gates of all keys lie in the same file, since they too are what is remembered of keys.
    pub fn gates(&self) -> Gates {
        Gates::new(self.database.clone())
    }

    /// All workspaces, the sample one first, then by name.
    pub async fn list(&self) -> Result<Vec<Workspace>, Error> {
        self.database
            .run(|connection| {
                let mut statement = connection.prepare_cached(&format!("{SELECT} ORDER BY id <> ?1, name_key"))?;
                let rows = statement.query_map([TenantId::SAMPLE.to_string()], read_workspace)?;
                rows.collect()
            })
            .await
    }

    /// # Errors
    /// [`Error::NotFound`].
    pub async fn get(&self, tenant: TenantId) -> Result<Workspace, Error> {
        let known = self.known(tenant).await?.ok_or_else(|| Error::not_found("workspace", &tenant.to_string()))?;
        Ok(known.workspace.clone())
    }

    async fn known(&self, tenant: TenantId) -> Result<Option<Arc<Known>>, Error> {
        let moment = match self.memory.get(&tenant) {
            Ok(known) => return Ok(Some(known)),
            Err(moment) => moment,
        };
        let known = self.database.run(move |connection| Known::read(connection, tenant)).await?.map(Arc::new);
        if let Some(known) = &known {
            self.memory.hold(moment, tenant, Arc::clone(known));
        }
        Ok(known)
    }

    /// Finds a workspace by name or id; never by path.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `workspace`.
    pub async fn resolve(&self, name_or_id: &str) -> Result<Workspace, Error> {
        let key = fold_name(name_or_id);
        let id = name_or_id.trim().to_lowercase();
        let found = self
            .database
            .run(move |connection| match find(connection, "name_key", &key)? {
                Some(workspace) => Ok(Some(workspace)),
                None => find(connection, "id", &id),
            })
            .await?;
        found.ok_or_else(|| {
            Error::bad_input(
                "workspace",
                format!(
                    "There is no workspace “{}”. `workspaces list` shows them, `workspaces add` makes one.",
                    name_or_id.trim()
                ),
            )
        })
    }

    /// # Errors
    /// [`Error::BadInput`] on the field `name` when it is empty, too long, reserved or taken.
    pub async fn add(&self, name: &str) -> Result<Workspace, Error> {
        let name = checked_name(name, "workspace")?;
        let workspace = Workspace::new(TenantId::generate(), name);
        if self.insert(&workspace).await? {
            return Ok(workspace);
        }
        Err(taken(&workspace.name))
    }

    /// Lists a workspace that comes from elsewhere with its settings, under its own id. A name that is taken gets a number.
    ///
    /// # Errors
    /// [`Error::BadInput`] when a workspace of this id is listed, or when its name or settings are none.
    pub async fn list_restored(&self, restored: Workspace) -> Result<Workspace, Error> {
        let name = checked_name(&restored.name, "workspace")?;
        for name in numbered(&name) {
            let workspace = Workspace { name, key_hint: None, ..restored.clone() };
            if self.insert(&workspace).await? {
                let change = WorkspaceChange {
                    calls_per_hour: Some(workspace.calls_per_hour),
                    endpoint: Some(workspace.endpoint),
                    refresh_stale: Some(workspace.refresh_stale),
                    cache_mb: Some(workspace.cache_mb),
                    cache_hours: Some(workspace.cache_hours),
                    // A folder of another computer.
                    export_folder: None,
                    caps: Some(workspace.caps),
                };
                return self.change(workspace.id, change).await;
            }
            if let Ok(here) = self.get(workspace.id).await {
                return Err(already_here(&here.name));
            }
        }
        Err(taken(&name))
    }

    /// False when its name or id is taken.
    async fn insert(&self, workspace: &Workspace) -> Result<bool, Error> {
        let row =
            (workspace.id.to_string(), workspace.name.clone(), fold_name(&workspace.name), workspace.calls_per_hour);
        let added = self.database.run(move |connection| connection.execute(INSERT, row)).await?;
        Ok(added > 0)
    }

    /// # Errors
    /// [`Error::BadInput`] on the field `name`, also for the sample workspace, whose name is reserved; [`Error::NotFound`].
    pub async fn rename(&self, tenant: TenantId, name: &str) -> Result<Workspace, Error> {
        let name = checked_name(name, "workspace")?;
        if tenant.is_sample() {
            return Err(Error::bad_input("name", "The sample workspace keeps its name."));
        }
        let row = (tenant.to_string(), name.clone(), fold_name(&name));
        let changed = self
            .database
            .run(move |connection| {
                connection.execute("UPDATE OR IGNORE workspaces SET name = ?2, name_key = ?3 WHERE id = ?1", row)
            })
            .await?;
        let workspace = self.get(tenant).await?;
        if changed == 0 { Err(taken(&name)) } else { Ok(workspace) }
    }

    /// # Errors
    /// As [`WorkspaceChange::check`]; [`Error::NotFound`].
    pub async fn change(&self, tenant: TenantId, change: WorkspaceChange) -> Result<Workspace, Error> {
        change.check()?;
        let caps = change.caps.unwrap_or_default();
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                transaction.execute(
                    "UPDATE workspaces SET calls_per_hour = coalesce(?2, calls_per_hour), endpoint = coalesce(?3, endpoint), \
                     refresh_stale = coalesce(?4, refresh_stale), cache_mb = coalesce(?5, cache_mb), \
                     cache_hours = coalesce(?6, cache_hours), export_folder = nullif(coalesce(?7, export_folder), ''), \
                     credits_a_run = iif(?8, ?9, credits_a_run), credits_a_day = iif(?8, ?10, credits_a_day), \
                     credits_a_month = iif(?8, ?11, credits_a_month), credits_in_all = iif(?8, ?12, credits_in_all) WHERE id = ?1",
                    params![
                        tenant.to_string(),
                        change.calls_per_hour,
                        change.endpoint.map(EndpointSetting::as_str),
                        change.refresh_stale,
                        change.cache_mb,
                        change.cache_hours,
                        change.export_folder,
                        change.caps.is_some(),
                        caps.job,
                        caps.day,
                        caps.month,
                        caps.workspace
                    ],
                )?;
                // Choosing an endpoint asks Apollo again.
                if change.endpoint.is_some() {
                    transaction.execute("DELETE FROM free_endpoints WHERE workspace = ?1", [tenant.to_string()])?;
                }
                transaction.commit()
            })
            .await?;
        self.get(tenant).await
    }

    /// Forgets a workspace; its files are the caller's business.
    ///
    /// # Errors
    /// [`Error::BadInput`] for the sample workspace.
    pub async fn remove(&self, tenant: TenantId) -> Result<(), Error> {
        if tenant.is_sample() {
            return Err(Error::bad_input("workspace", "The sample workspace is always there and can't be removed."));
        }
        self.database
            .run(move |connection| {
                connection.execute("DELETE FROM workspaces WHERE id = ?1", [tenant.to_string()])?;
                // The journal would keep the client's name until it is worked in, which nothing may do for weeks.
                connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            })
            .await
    }

    /// Keeps or clears what a stored key is recognised by. A changed key is asked anew about its endpoints.
    pub async fn set_key_trace(&self, tenant: TenantId, trace: Option<KeyTrace>) -> Result<(), Error> {
        self.database
            .run(move |connection| {
                let transaction = connection.transaction()?;
                let (hint, account) = trace.map_or((None, None), |trace| (trace.hint, Some(trace.account)));
                transaction.execute(
                    "UPDATE workspaces SET key_hint = ?2, key_account = ?3 WHERE id = ?1",
                    params![tenant.to_string(), hint, account],
                )?;
                transaction.execute("DELETE FROM free_endpoints WHERE workspace = ?1", [tenant.to_string()])?;
                transaction.commit()
            })
            .await
    }

    pub async fn key_trace(&self, tenant: TenantId) -> Result<Option<KeyTrace>, Error> {
        Ok(self.known(tenant).await?.and_then(|known| known.trace.clone()))
    }

    /// Remembers that this account's searches go to the free endpoint, until its key changes or the user asks again.
    pub async fn remember_free(&self, tenant: TenantId, account: String, because: String) -> Result<(), Error> {
        self.database
            .run(move |connection| {
                connection.execute(
                    "INSERT OR REPLACE INTO free_endpoints (workspace, account, because) VALUES (?1, ?2, ?3)",
                    params![tenant.to_string(), account, because],
                )
            })
            .await?;
        Ok(())
    }

    /// Why this account's searches go to the free endpoint, if they do. Without an account: any of the workspace's.
    pub async fn remembered_free(&self, tenant: TenantId, account: Option<String>) -> Result<Option<String>, Error> {
        Ok(self.known(tenant).await?.and_then(|known| known.free(account.as_deref())))
    }

    /// Lists a workspace whose folder was found though nothing knows its name; answers the name it got. None when it is
    /// known.
    pub fn adopt_blocking(&self, tenant: TenantId) -> Result<Option<String>, Error> {
        let id = tenant.to_string();
        let name = format!("Recovered {}", &id[..8]);
        let row = (id, name.clone(), fold_name(&name), DEFAULT_CALLS_PER_HOUR);
        let added = self.database.run_blocking(move |connection| connection.execute(INSERT, row))?;
        Ok((added > 0).then_some(name))
    }

    /// A fact about the data folder as a whole, such as that a ledger was made in it.
    pub async fn fact(&self, name: &'static str) -> Result<Option<String>, Error> {
        self.database.run(move |connection| read_fact(connection, name)).await
    }

    pub async fn set_fact(&self, name: &'static str, value: String) -> Result<(), Error> {
        self.database.run(move |connection| write_fact(connection, name, &value)).await
    }

    /// [`Self::fact`] for where there is no async.
    pub fn fact_blocking(&self, name: &'static str) -> Result<Option<String>, Error> {
        self.database.run_blocking(move |connection| read_fact(connection, name))
    }

    /// [`Self::set_fact`] for where there is no async.
    pub fn set_fact_blocking(&self, name: &'static str, value: String) -> Result<(), Error> {
        self.database.run_blocking(move |connection| write_fact(connection, name, &value))
    }
}

fn read_fact(connection: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    connection.query_row("SELECT value FROM facts WHERE name = ?1", [name], |row| row.get(0)).optional()
}

fn write_fact(connection: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    connection.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?1, ?2)", params![name, value])?;
    Ok(())
}

const INSERT: &str =
    "INSERT OR IGNORE INTO workspaces (id, name, name_key, calls_per_hour, endpoint) VALUES (?1, ?2, ?3, ?4, 'auto')";

const SELECT: &str = "SELECT id, name, calls_per_hour, endpoint, key_hint, refresh_stale, cache_mb, cache_hours, export_folder, \
                      credits_a_run, credits_a_day, credits_a_month, credits_in_all FROM workspaces";

fn taken(name: &str) -> Error {
    Error::bad_input("name", format!("There is already a workspace “{name}”. Choose another name."))
}

fn already_here(name: &str) -> Error {
    Error::bad_input(
        "workspace",
        format!(
            "This workspace is here already, as “{name}”, and nothing is put over it. To have the state of the backup, remove that one first."
        ),
    )
}

fn find(connection: &Connection, column: &'static str, value: &str) -> rusqlite::Result<Option<Workspace>> {
    connection.query_row(&format!("{SELECT} WHERE {column} = ?1"), [value], read_workspace).optional()
}

fn read_workspace(row: &rusqlite::Row<'_>) -> rusqlite::Result<Workspace> {
    let id: String = row.get(0)?;
    let endpoint: String = row.get(3)?;
    let bad = |column: usize, error: Error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    };
    let id = TenantId::parse(&id).map_err(|error| bad(0, error))?;
    Ok(Workspace {
        id,
        name: row.get(1)?,
        sample: id.is_sample(),
        calls_per_hour: row.get(2)?,
        endpoint: EndpointSetting::parse(&endpoint).map_err(|error| bad(3, error))?,
        key_hint: row.get(4)?,
        refresh_stale: row.get(5)?,
        cache_mb: row.get(6)?,
        cache_hours: row.get(7)?,
        export_folder: row.get(8)?,
        caps: CreditCaps { job: row.get(9)?, day: row.get(10)?, month: row.get(11)?, workspace: row.get(12)? },
    })
}
