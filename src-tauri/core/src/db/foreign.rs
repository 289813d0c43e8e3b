//! Opening a file of unknown origin, such as one out of a backup. A SQLite file can bring programs along (triggers, views),
//! which would run whenever we write: so nothing may be in it but what our own schema makes.

use std::path::Path;

use rusqlite::Connection;

use super::{Held, Schema, explain, open_once, version};
use crate::error::Error;

/// Opens the file, brings it to the newest schema, and checks it whole.
///
/// # Errors
/// [`Error::NewerFile`]; [`Error::BadInput`] on the field `path` when it is damaged or no file of this schema.
pub fn open_foreign(path: &Path, schema: &Schema) -> Result<Connection, Error> {
    let told = |error: rusqlite::Error| match explain(schema.what, &error) {
        Error::Damaged { .. } => damaged(),
        error => error,
    };
    // Looked at before anything in it may run.
    let found = Connection::open(path).and_then(|connection| Ok((version(&connection)?, makeup(&connection)?)));
    let (version, found) = found.map_err(told)?;
    if version as usize > schema.migrations.len() {
        return Err(Error::NewerFile { what: schema.what.to_owned() });
    }
    let ours = Connection::open_in_memory().map_err(told)?;
    for step in schema.migrations.iter().take(version as usize) {
        ours.execute_batch(step).map_err(told)?;
    }
    if found != makeup(&ours).map_err(told)? {
        return Err(Error::bad_input(
            "path",
            "That backup holds a file that Foray did not make. Nothing of it was used.",
        ));
    }
    let connection = open_once(path, schema, Held::Alone)?;
    let health: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(told)?;
    if health == "ok" { Ok(connection) } else { Err(damaged()) }
}

fn damaged() -> Error {
    Error::bad_input("path", "That backup holds a damaged file. Nothing of it was used; try another backup.")
}

/// Everything that is defined in a file, in SQLite's own words; what it has counted for its planner is no definition.
fn makeup(connection: &Connection) -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let question = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER BY type, name";
    let mut statement = connection.prepare(question)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}
