//! `personas list | add | show | share | import | remove`.

use std::path::Path;

use foray_core::Error;
use foray_core::persona::share;
use foray_core::persona::store::Personas as Saved;
use foray_core::persona::{Filters, FiltersInput, Persona, PersonaInput};

use super::wanted;
use crate::args::{Personas, Target};
use crate::exit::{DONE, Failure};
use crate::session::Session;
use crate::{output, terminal};

pub fn target(command: &Personas) -> &Target {
    match command {
        Personas::List(target)
        | Personas::Add { target, .. }
        | Personas::Show { target, .. }
        | Personas::Share { target, .. }
        | Personas::Import { target, .. }
        | Personas::Remove { target, .. } => target,
    }
}

pub async fn run(session: &Session, command: Personas) -> Result<u8, Failure> {
    let saved = session.foray.personas(session.tenant()).await?;
    match command {
        Personas::List(_) => list(&saved).await?,
        Personas::Add { name, filters, .. } => add(session, &saved, name, filters.into()).await?,
        Personas::Show { name, .. } => show(&saved, &name).await?,
        Personas::Share { name, .. } => output::print(&share::to_text(&saved.resolve(&name).await?)?)?,
        Personas::Import { file, .. } => import(session, &saved, file.as_deref()).await?,
        Personas::Remove { name, yes, .. } => remove(&saved, &name, yes).await?,
    }
    Ok(DONE)
}

async fn list(saved: &Saved) -> Result<(), Failure> {
    let personas = saved.list().await?;
    output::print_list(&personas.iter().map(row).collect::<Vec<_>>(), "No persona in this workspace.")
}

fn row(persona: &Persona) -> String {
    let filters: Vec<String> =
        wanted::in_words(&persona.filters).iter().map(|(name, values)| format!("{name}: {values}")).collect();
    format!("{}\t{}", persona.name, filters.join(" | "))
}

async fn add(session: &Session, saved: &Saved, name: String, filters: FiltersInput) -> Result<(), Failure> {
    let empty = Filters::check(&filters).map_err(|violations| Error::BadInput { violations })?.is_empty();
    // The window saves half-written personas; a command line comes finished.
    if empty {
        return Err(Failure::bad_input(
            "filters",
            "Give the persona at least one filter, such as --title \"VP Sales\".",
        ));
    }
    let persona = saved.save(PersonaInput { id: None, name, filters }, session.foray.clock()).await?;
    output::print_lines(&[format!("Saved the persona “{}” ({}).", persona.name, persona.id)])
}

async fn show(saved: &Saved, name: &str) -> Result<(), Failure> {
    let persona = saved.resolve(name).await?;
    let mut lines = vec![format!("Name: {}", persona.name), format!("Id: {}", persona.id)];
    lines.extend(wanted::in_words(&persona.filters).into_iter().map(|(name, values)| format!("{name}: {values}")));
    lines.push(format!("Updated: {}", output::moment(persona.updated_at)));
    output::print_lines(&lines)
}

async fn import(session: &Session, saved: &Saved, file: Option<&Path>) -> Result<(), Failure> {
    let text = terminal::read_text(file, share::LARGEST)?;
    let persona = saved.import(&text, session.foray.clock()).await?;
    output::print_lines(&[format!("Saved the persona “{}” ({}).", persona.name, persona.id)])
}

async fn remove(saved: &Saved, name: &str, yes: bool) -> Result<(), Failure> {
    let persona = saved.resolve(name).await?;
    if !yes {
        let what = format!("Removing the persona “{}” can't be undone here.", persona.name);
        terminal::confirm(&what, "Remove it? [y/N]", |answer| ["y", "yes"].contains(&answer.to_lowercase().as_str()))?;
    }
    saved.remove(persona.id).await?;
    output::print_lines(&[format!("Removed the persona “{}”.", persona.name)])
}
