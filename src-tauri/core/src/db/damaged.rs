//! What becomes of a damaged file: it is set aside under a dated name, never deleted, and never moved away from under a process
//! that uses it.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::{BUSY_PAUSE, Held, InUse, Opened, Schema, explain_io, mark, open_once, open_patiently};
use crate::error::Error;

/// How long to wait for others who have found the same damage at the same moment.
const FINDERS_WAIT: Duration = Duration::from_secs(2);

/// Sets a damaged file aside and makes a new one, unless another process has just done so, or still uses it.
pub(super) fn replace(path: &Path, schema: &Schema) -> Result<Opened, Error> {
    let began = Instant::now();
    let mark = mark(path).ok_or_else(|| Error::ReadOnly { what: schema.what.to_owned() })?;
    while let Err(refused) = mark.try_lock() {
        match refused {
            TryLockError::WouldBlock if began.elapsed() < FINDERS_WAIT => thread::sleep(BUSY_PAUSE),
            // Whoever holds it uses the file: damaged for good, or a new one by now.
            TryLockError::WouldBlock => {
                let connection = open_patiently(path, schema, Held::Shared)?;
                return share(mark, schema).map(|in_use| Opened { connection, set_aside: None, in_use });
            }
            TryLockError::Error(error) => return Err(explain_io(schema.what, &error)),
        }
    }
    let (connection, set_aside) = match open_once(path, schema, Held::Alone) {
        Err(Error::Damaged { .. }) => {
            let aside = set_aside(path, schema)?;
            (open_once(path, schema, Held::Alone)?, Some(aside))
        }
        other => (other?, None),
    };
    share(mark, schema).map(|in_use| Opened { connection, set_aside, in_use })
}

fn share(mark: File, schema: &Schema) -> Result<InUse, Error> {
    let shared = mark.unlock().and_then(|()| mark.lock_shared());
    shared.map_err(|error| explain_io(schema.what, &error))?;
    Ok(Some(mark))
}

/// Renames a damaged file and its journal to a dated name beside it.
fn set_aside(path: &Path, schema: &Schema) -> Result<PathBuf, Error> {
    let stamp = jiff::Timestamp::now().strftime("%Y-%m-%dT%H-%M-%SZ").to_string();
    let renamed = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let mut number = 1;
    let mut label = format!(".damaged-{stamp}");
    while renamed(&label).exists() {
        number += 1;
        label = format!(".damaged-{stamp}-{number}");
    }
    for journal in ["-wal", "-shm"] {
        if renamed(journal).exists() {
            std::fs::rename(renamed(journal), renamed(&format!("{label}{journal}")))
                .map_err(|error| explain_io(schema.what, &error))?;
        }
    }
    let aside = renamed(&label);
    std::fs::rename(path, &aside).map_err(|error| explain_io(schema.what, &error))?;
    Ok(aside)
}

/// Lies beside a file in which damage was found while it was in use: the next opening checks it whole, however large.
pub(super) fn suspect(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".suspect");
    PathBuf::from(name)
}

/// What the user is told when a damaged file was set aside.
pub fn set_aside_sentence(what: &str, aside: &Path) -> String {
    let name = aside.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{what} was damaged. Foray kept it as “{name}” and started a new one.")
}
