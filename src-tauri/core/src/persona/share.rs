//! A persona as a file that can be mailed to a colleague: its name and filters as JSON, and nothing of people, keys or the
//! workspace. Read back like anything typed: nothing in it is believed unchecked.

use serde::{Deserialize, Serialize};

use super::store::Personas;
use super::{Filters, FiltersInput, Persona, PersonaInput};
use crate::clock::Clock;
use crate::error::Error;
use crate::text::visible_line;
use crate::workspace::{fold_name, numbered};

/// The newest form of the file that this Foray reads and writes.
const VERSION: u32 = 1;
/// Far more than any persona takes.
pub const LARGEST: u64 = 256 * 1024;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared<F> {
    foray_persona: u32,
    name: String,
    filters: F,
}

/// The text of the file.
///
/// # Errors
/// None that a persona could cause.
pub fn to_text(persona: &Persona) -> Result<String, Error> {
    let shared: Shared<&Filters> =
        Shared { foray_persona: VERSION, name: persona.name.clone(), filters: &persona.filters };
    let text = serde_json::to_string_pretty(&shared)
        .map_err(|error| Error::Storage { what: "The persona".to_owned(), why: error.to_string() })?;
    Ok(text + "\n")
}

/// A new persona out of the text of a file, not yet checked as one.
///
/// # Errors
/// [`Error::BadInput`] on the field `persona`; [`Error::NewerFile`].
pub fn from_text(text: &str) -> Result<PersonaInput, Error> {
    #[derive(Deserialize)]
    struct Version {
        foray_persona: u32,
    }
    let bad = |_| {
        Error::bad_input(
            "persona",
            "That is no persona of Foray. Let it be shared again, from Foray itself, and try once more.",
        )
    };
    // Some editors put a byte order mark in front.
    let text = text.trim_start_matches('\u{feff}');
    let version: Version = serde_json::from_str(text).map_err(bad)?;
    if version.foray_persona > VERSION {
        return Err(Error::NewerFile { what: "The persona".to_owned() });
    }
    let shared: Shared<FiltersInput> = serde_json::from_str(text).map_err(bad)?;
    Ok(PersonaInput { id: None, name: shared.name, filters: shared.filters })
}

impl Personas {
    /// Saves a persona out of a file, as a new one: a name that is taken gets a number.
    ///
    /// # Errors
    /// As [`from_text`] and [`Personas::save`].
    pub async fn import(&self, text: &str, clock: &dyn Clock) -> Result<Persona, Error> {
        let mut persona = from_text(text)?;
        // As it will be saved: what does not show makes no other name.
        persona.name = visible_line(&persona.name);
        let taken: Vec<String> = self.list().await?.iter().map(|one| fold_name(&one.name)).collect();
        let free = numbered(&persona.name).find(|name| !taken.contains(&fold_name(name)));
        persona.name = free.unwrap_or(persona.name);
        self.save(persona, clock).await
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_no_persona_is_refused_in_words() {
        for text in [
            "",
            "{}",
            "null",
            r#"{"foray_persona": 1}"#,
            r#"{"foray_persona": 1, "name": "x", "filters": {"titles": 7}}"#,
            r#"{"foray_persona": 1, "name": "x", "filters": {"titels": []}}"#,
            r#"{"foray_persona": 1, "name": "x", "filters": {}, "id": "y"}"#,
        ] {
            let error = from_text(text).unwrap_err();
            assert!(error.to_string().starts_with("That is no persona"), "{text}: {error}");
        }
        assert_eq!(from_text(r#"{"foray_persona": 2}"#).unwrap_err().code(), "newer_file");
    }
}
