//! Saved personas and the window's last address, in the workspace's own file.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Filters, Persona, PersonaInput};
use crate::clock::Clock;
use crate::db::Database;
use crate::error::{Error, Violation};
use crate::tenant::TenantId;
use crate::workspace::{checked_name, fold_name};

/// Personas of one workspace.
#[derive(Debug, Clone)]
pub struct Personas {
    tenant: TenantId,
    database: Database,
}

impl Personas {
    pub fn new(tenant: TenantId, database: Database) -> Self {
        Self { tenant, database }
    }

    /// All, by name.
    pub async fn list(&self) -> Result<Vec<Persona>, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                let mut statement =
                    connection.prepare_cached(&format!("{SELECT} WHERE tenant = ?1 ORDER BY name_key"))?;
                let rows = statement.query_map([tenant], read_persona)?;
                rows.collect()
            })
            .await
    }

    /// Finds one by name or id.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `persona`, naming what to do.
    pub async fn resolve(&self, name_or_id: &str) -> Result<Persona, Error> {
        let tenant = self.tenant.to_string();
        let key = fold_name(name_or_id);
        let id = name_or_id.trim().to_lowercase();
        let found = self
            .database
            .run(move |connection| {
                connection
                    .query_row(
                        &format!(
                            "{SELECT} WHERE tenant = ?1 AND (name_key = ?2 OR id = ?3) ORDER BY name_key = ?2 DESC"
                        ),
                        params![tenant, key, id],
                        read_persona,
                    )
                    .optional()
            })
            .await?;
        found.ok_or_else(|| {
            Error::bad_input(
                "persona",
                format!("There is no persona “{}” in this workspace. `personas list` shows them.", name_or_id.trim()),
            )
        })
    }

    /// Saves a new persona, a changed one, or one that was removed and comes back with its id.
    ///
    /// # Errors
    /// [`Error::BadInput`] with every violation: `name`, or the filters' fields.
    pub async fn save(&self, input: PersonaInput, clock: &dyn Clock) -> Result<Persona, Error> {
        let mut violations: Vec<Violation> = Vec::new();
        let name = checked_name(&input.name, "persona").unwrap_or_else(|error| {
            if let Error::BadInput { violations: more } = error {
                violations.extend(more);
            }
            String::new()
        });
        let filters = Filters::check(&input.filters).unwrap_or_else(|more| {
            violations.extend(more);
            Filters::default()
        });
        if !violations.is_empty() {
            return Err(Error::BadInput { violations });
        }
        let persona = Persona { id: input.id.unwrap_or_else(Uuid::new_v4), name, filters, updated_at: clock.now() };
        let tenant = self.tenant.to_string();
        let row = persona.clone();
        let saved = self.database.run(move |connection| insert(connection, &tenant, &row)).await?;
        if saved {
            return Ok(persona);
        }
        let taken = format!("There is already a persona “{}” in this workspace. Choose another name.", persona.name);
        Err(Error::bad_input("name", taken))
    }

    /// Removes one and answers it, so that it can be put back.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn remove(&self, id: Uuid) -> Result<Persona, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                connection
                    .query_row(
                        "DELETE FROM personas WHERE tenant = ?1 AND id = ?2 RETURNING id, name, filters, updated_at_ms",
                        params![tenant, id.to_string()],
                        read_persona,
                    )
                    .optional()
            })
            .await?
            .ok_or_else(|| Error::not_found("persona", &id.to_string()))
    }

    /// The window's address when it was last open here.
    pub async fn view(&self) -> Result<Option<String>, Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                connection
                    .query_row("SELECT address FROM views WHERE tenant = ?1", [tenant], |row| row.get(0))
                    .optional()
            })
            .await
    }

    pub async fn save_view(&self, address: String) -> Result<(), Error> {
        let tenant = self.tenant.to_string();
        self.database
            .run(move |connection| {
                connection
                    .execute("INSERT OR REPLACE INTO views (tenant, address) VALUES (?1, ?2)", params![tenant, address])
            })
            .await?;
        Ok(())
    }
}

const SELECT: &str = "SELECT id, name, filters, updated_at_ms FROM personas";

/// False when another persona has the name.
fn insert(connection: &mut Connection, tenant: &str, persona: &Persona) -> rusqlite::Result<bool> {
    let transaction = connection.transaction()?;
    let key = fold_name(&persona.name);
    let id = persona.id.to_string();
    let taken: bool = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM personas WHERE tenant = ?1 AND name_key = ?2 AND id <> ?3)",
        params![tenant, key, id],
        |row| row.get(0),
    )?;
    if taken {
        return Ok(false);
    }
    let filters = serde_json::to_string(&persona.filters)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    transaction.execute(
        "INSERT OR REPLACE INTO personas (tenant, id, name, name_key, filters, updated_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![tenant, id, persona.name, key, filters, persona.updated_at.as_millisecond()],
    )?;
    transaction.commit()?;
    Ok(true)
}

fn read_persona(row: &Row<'_>) -> rusqlite::Result<Persona> {
    let text = |column: usize, error: Box<dyn std::error::Error + Send + Sync>| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error)
    };
    let id: String = row.get(0)?;
    let filters: String = row.get(2)?;
    Ok(Persona {
        id: Uuid::try_parse(&id).map_err(|error| text(0, error.into()))?,
        name: row.get(1)?,
        filters: serde_json::from_str(&filters).map_err(|error| text(2, error.into()))?,
        updated_at: crate::clock::timestamp(row.get(3)?),
    })
}
