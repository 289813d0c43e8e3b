//! Whom a search or an export is for: a saved persona's filters, or those typed. Also filters in words.

use foray_core::persona::{Filters, FiltersInput, Seniority};

use crate::args::Wanted;
use crate::exit::Failure;
use crate::session::Session;

/// Filters as typed or saved, with the persona they came from.
pub struct Question {
    pub persona_id: Option<String>,
    pub filters: FiltersInput,
}

impl Question {
    /// # Errors
    /// Bad input when persona and filters are both named, or the persona is not there.
    pub async fn of(session: &Session, wanted: Wanted) -> Result<Self, Failure> {
        let filters = FiltersInput::from(wanted.filters);
        let Some(name) = wanted.persona else { return Ok(Self { persona_id: None, filters }) };
        if filters != FiltersInput::default() {
            return Err(Failure::bad_input("persona", "Name a persona or filters, not both."));
        }
        let persona = session.foray.personas(session.tenant()).await?.resolve(&name).await?;
        Ok(Self { persona_id: Some(persona.id.to_string()), filters: as_input(persona.filters) })
    }
}

fn as_input(filters: Filters) -> FiltersInput {
    FiltersInput {
        titles: filters.titles,
        seniorities: filters.seniorities.into_iter().map(|seniority| seniority.as_str().to_owned()).collect(),
        industries: filters.industries,
        locations: filters.locations,
        company_sizes: filters.company_sizes,
        keywords: filters.keywords,
    }
}

/// Each filter that is set, with its name and its values.
pub fn in_words(filters: &Filters) -> Vec<(&'static str, String)> {
    let seniorities: Vec<&str> = filters.seniorities.iter().copied().map(Seniority::as_str).collect();
    let all = [
        ("Titles", filters.titles.join("; ")),
        ("Seniorities", seniorities.join("; ")),
        ("Industries", filters.industries.join("; ")),
        ("Locations", filters.locations.join("; ")),
        ("Company sizes", filters.company_sizes.join("; ")),
        ("Keywords", filters.keywords.clone()),
    ];
    all.into_iter().filter(|(_, values)| !values.is_empty()).collect()
}
