//! Opening SQLite files: the only place that does. A file is opened with the durability its content deserves,
//! brought to the newest schema in one transaction while nobody else has it open, and set aside (never deleted) when it is
//! damaged.
//!
//! Whoever has a file open holds a lock on the mark beside it, `NAME.lock`, together with all others who do. Alone it is held
//! for what may not happen under them. The system takes the locks back from a process that dies; two handles in one process
//! stand to each other as those of two processes.

mod damaged;
mod database;
mod foreign;
pub mod recall;

use std::cmp::Ordering;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, ffi};

use crate::error::Error;
pub use damaged::set_aside_sentence;
use damaged::{replace, suspect};
pub use database::Database;
pub use foreign::open_foreign;

/// How long a writer waits for another process, before it says that the file is busy.
const BUSY_WAIT: Duration = Duration::from_secs(10);

/// Files up to this size are checked whole when they are opened; a larger one would keep the user waiting (measured: 250 MB
/// take 3 s from a cold disk), and damage is then found where it is read.
const LARGEST_CHECKED: u64 = 32 << 20;

/// How long to wait between two attempts to open a file that is busy.
const BUSY_PAUSE: Duration = Duration::from_millis(20);

/// How often to look whether an older Foray has let go of a file: for a second, which is longer than its quick commands take.
/// Counted in looks, since on a busy machine the time may be over before there was a second one.
const OLDER_LOOKS: u32 = 50;

/// What a file may lose when the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing that was committed (`synchronous=FULL`).
    Full,
    /// The last transactions (`synchronous=NORMAL`); for what can be fetched again.
    Normal,
}

/// One kind of file: what it holds, in the user's words, and how its schema grew.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Names the file in sentences: "The call ledger".
    pub what: &'static str,
    pub durability: Durability,
    /// Step n brings version n to n + 1. Steps that were released never change.
    pub migrations: &'static [&'static str],
}

/// A file that is open, and where a damaged predecessor was put.
#[derive(Debug)]
pub struct Opened {
    pub connection: Connection,
    pub set_aside: Option<PathBuf>,
    in_use: InUse,
}

/// Tells other processes that the file is in use, for as long as this is there: what one of them finds damaged may not be
/// moved away from under another, which would go on writing where nobody reads; nor may it be brought to a schema that another
/// does not know. None where the mark can't be made (a full disk): reading what is there matters more.
type InUse = Option<File>;

impl Opened {
    /// Leaves the file to a thread of its own. `what` as in [`Schema::what`].
    ///
    /// # Errors
    /// [`Error::Storage`] when the system gives no thread.
    pub fn start(self, what: &'static str) -> Result<Database, Error> {
        Database::serve(self.connection, self.in_use, what)
    }
}

/// Opens or makes the file at `path`.
///
/// # Errors
/// [`Error::NewerFile`] when a newer Foray wrote it (it is left untouched), [`Error::OlderOpen`] when an older one has it open
/// and wrote it so that it has to be upgraded (likewise), [`Error::Damaged`] when it is and another process uses it,
/// [`Error::ReadOnly`], [`Error::DiskFull`], [`Error::Storage`].
pub fn open(path: &Path, schema: &Schema) -> Result<Opened, Error> {
    match open_among_others(path, schema) {
        Err(Error::Damaged { .. }) => replace(path, schema),
        answer => answer,
    }
}

fn open_among_others(path: &Path, schema: &Schema) -> Result<Opened, Error> {
    let mut looks = 0;
    loop {
        // Waits while another process has the file to itself, however long: to upgrade a large one takes many seconds.
        let in_use = mark(path).and_then(|mark| mark.lock_shared().ok().map(|()| mark));
        let refused = match open_patiently(path, schema, Held::Shared) {
            Ok(connection) => return Ok(Opened { connection, set_aside: None, in_use }),
            Err(error) => error,
        };
        // Of several who want to upgrade it, the last to let go finds nobody in the way.
        drop(in_use);
        match refused {
            Error::OlderOpen { .. } if upgrade(path, schema)? => {}
            Error::OlderOpen { .. } if looks < OLDER_LOOKS => {
                looks += 1;
                thread::sleep(BUSY_PAUSE);
            }
            error => return Err(error),
        }
    }
}

/// Brings a file of an earlier version to the newest. False when others have it open: an older Foray would go on in it
/// without a notion of what is new, take for missing what it can't read, and pay for it again.
fn upgrade(path: &Path, schema: &Schema) -> Result<bool, Error> {
    // Where no mark can be made or locked, there is nobody's to respect.
    let alone = mark(path);
    if alone.as_ref().is_some_and(|mark| matches!(mark.try_lock(), Err(TryLockError::WouldBlock))) {
        return Ok(false);
    }
    let upgraded = open_patiently(path, schema, Held::Alone).map(|_| true);
    drop(alone);
    upgraded
}

/// The empty file that processes lock which use the one at `path`.
fn mark(path: &Path) -> Option<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    std::fs::create_dir_all(path.parent()?).ok()?;
    File::create(name).ok()
}

/// How the mark beside a file is held while it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Alone,
    Shared,
}

/// A further connection to a file that is open, which only asks and never waits for others.
///
/// # Errors
/// As [`open`].
pub fn open_watch(path: &Path, schema: &Schema) -> Result<Connection, Error> {
    let explain = |error: rusqlite::Error| explain(schema.what, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(explain)?;
    connection.busy_timeout(Duration::ZERO).map_err(explain)?;
    Ok(connection)
}

/// A file that is open, for further connections to it that ask long questions on threads of their own. They write nothing,
/// but unlike those that may not write they can tidy the journal away when one is the last.
#[derive(Debug, Clone)]
pub struct Readable {
    path: PathBuf,
    schema: &'static Schema,
}

impl Readable {
    pub const fn new(path: PathBuf, schema: &'static Schema) -> Self {
        Self { path, schema }
    }

    /// Opens one; `equip` gives it what its questions are written with.
    ///
    /// # Errors
    /// As [`open`].
    pub fn reader(&self, equip: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Result<Database, Error> {
        let explain = |error: rusqlite::Error| explain(self.schema.what, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(explain)?;
        connection.busy_timeout(BUSY_WAIT).map_err(explain)?;
        connection.execute_batch("PRAGMA query_only=ON; PRAGMA trusted_schema=OFF;").map_err(explain)?;
        equip(&connection).map_err(explain)?;
        Database::start(connection, self.schema.what)
    }
}

/// Writes a copy of a file that may be in use, as of one moment and without what was erased in it.
///
/// # Errors
/// As [`open`]; `to` must not exist.
pub fn copy(path: &Path, schema: &Schema, to: &Path) -> Result<(), Error> {
    let explain = |error: rusqlite::Error| explain(schema.what, &error);
    let connection = open_watch(path, schema)?;
    connection.busy_timeout(BUSY_WAIT).map_err(explain)?;
    // The path goes in as a value, so that no name of a folder can be read as something else.
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map_err(explain)?;
    Ok(())
}

/// A number that changes when somebody but this connection has written to the file.
pub fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}

/// While another process opens, closes or recovers the file, SQLite refuses some steps at once, without the wait that it
/// grants to writers.
fn open_patiently(path: &Path, schema: &Schema, held: Held) -> Result<Connection, Error> {
    let began = Instant::now();
    loop {
        match open_once(path, schema, held) {
            Err(Error::Busy { .. }) if began.elapsed() < BUSY_WAIT => thread::sleep(BUSY_PAUSE),
            answer => return answer,
        }
    }
}

fn open_once(path: &Path, schema: &Schema, held: Held) -> Result<Connection, Error> {
    let explain = |error: rusqlite::Error| explain(schema.what, &error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| explain_io(&folder.display().to_string(), &error))?;
    }
    let mut connection = Connection::open(path).map_err(explain)?;
    connection.busy_timeout(BUSY_WAIT).map_err(explain)?;
    // A deferred transaction that reads and then writes is refused at once when another process writes.
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    // Otherwise each new value of a range has its statement planned anew (measured: a third of a refusal's time).
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(explain)?;
    let lacks_steps = lacks_steps(version(&connection).map_err(explain)?, schema, held)?;
    let synchronous = match schema.durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
    };
    connection
        .execute_batch(&format!(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; \
             PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;"
        ))
        .map_err(explain)?;
    if lacks_steps {
        migrate(&mut connection, schema, held)?;
    }
    let suspect = suspect(path);
    let large = std::fs::metadata(path).is_ok_and(|file| file.len() > LARGEST_CHECKED);
    if large && !suspect.exists() {
        return Ok(connection);
    }
    let health: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(explain)?;
    if health != "ok" {
        return Err(Error::Damaged { what: schema.what.to_owned() });
    }
    // A mark that can't be removed only makes the next opening slower.
    drop(std::fs::remove_file(suspect));
    Ok(connection)
}

/// The version of its schema that a file is of; 0 is one that was just made.
fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whether a file of this version is to be brought to the newest one.
///
/// # Errors
/// [`Error::NewerFile`]; [`Error::OlderOpen`] when others may have it open, unless it has nothing in it yet that they could know.
fn lacks_steps(version: u32, schema: &Schema, held: Held) -> Result<bool, Error> {
    let what = || schema.what.to_owned();
    match (version as usize).cmp(&schema.migrations.len()) {
        Ordering::Greater => Err(Error::NewerFile { what: what() }),
        Ordering::Equal => Ok(false),
        Ordering::Less if version > 0 && held == Held::Shared => Err(Error::OlderOpen { what: what() }),
        Ordering::Less => Ok(true),
    }
}

fn migrate(connection: &mut Connection, schema: &Schema, held: Held) -> Result<(), Error> {
    let explain = |error: rusqlite::Error| explain(schema.what, &error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(explain)?;
    // Read again under the lock: another process, also an older one, may have made the file since.
    let version = version(&transaction).map_err(explain)?;
    if lacks_steps(version, schema, held)? {
        for step in schema.migrations.iter().skip(version as usize) {
            transaction.execute_batch(step).map_err(explain)?;
        }
        transaction.pragma_update(None, "user_version", schema.migrations.len() as u32).map_err(explain)?;
    }
    transaction.commit().map_err(explain)
}

/// How SQLite says that a file could not grow: `SQLITE_IOERR_WRITE`, `_TRUNCATE` and `_SHMSIZE`.
const FULL_DISK: [i32; 3] = [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_TRUNCATE, ffi::SQLITE_IOERR_SHMSIZE];

/// SQLite's refusal in our words. `what` names the file, as in [`Schema::what`].
pub fn explain(what: &str, error: &rusqlite::Error) -> Error {
    let what = what.to_owned();
    if error.sqlite_error().is_some_and(|error| FULL_DISK.contains(&error.extended_code)) {
        return Error::DiskFull { what: what.to_lowercase() };
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { what },
        Some(ErrorCode::DiskFull) => Error::DiskFull { what: what.to_lowercase() },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Error::ReadOnly { what },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Error::Damaged { what },
        _ => Error::Storage { what, why: error.to_string() },
    }
}

/// The file system's refusal in our words.
pub fn explain_io(what: &str, error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    let what = what.to_owned();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::DiskFull { what },
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Error::ReadOnly { what },
        ErrorKind::NotFound => Error::Storage { what, why: "it, or its folder, is not there any more".to_owned() },
        _ => Error::Storage { what, why: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_new_file_that_another_version_makes_in_the_same_moment_is_no_new_one_any_more() {
        const STEPS: [&str; 3] = ["CREATE TABLE one (n);", "CREATE TABLE two (n);", "CREATE TABLE three (n);"];
        let of = |steps| Schema { what: "The file", durability: Durability::Normal, migrations: steps };
        let ours = of(&STEPS[..2]);
        for (theirs, refusal) in [(of(&STEPS[..1]), "older_open"), (of(&STEPS), "newer_file")] {
            let mut connection = Connection::open_in_memory().unwrap();
            assert_eq!(lacks_steps(version(&connection).unwrap(), &ours, Held::Shared), Ok(true), "it is new");
            migrate(&mut connection, &theirs, Held::Shared).unwrap();
            assert_eq!(migrate(&mut connection, &ours, Held::Shared).unwrap_err().code(), refusal);
            assert_eq!(version(&connection).unwrap() as usize, theirs.migrations.len());
        }
    }
}
