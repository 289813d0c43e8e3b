//! `companies enrich`: the companies of a persona's or a run's people, or of domains in a file.

use foray_core::enrich::{EnrichTerms, EnrichWhat, EnrichWhom};
use foray_core::people::Among;

use super::enrich::{Wanted, agree, read_lines};
use super::people::among;
use crate::args::EnrichCompanies;
use crate::exit::Failure;
use crate::output;
use crate::session::Session;

pub async fn enrich(session: &Session, enrich: EnrichCompanies) -> Result<u8, Failure> {
    let (title, whom) = whose(session, &enrich).await?;
    let EnrichCompanies { not_found_again, in_full, .. } = enrich;
    let terms = EnrichTerms { not_found_again, in_full, ..EnrichTerms::default() };
    agree(session, &title, Wanted { what: EnrichWhat::Companies, whom, terms }, &enrich.payment).await
}

/// Whose, and what the job is called.
async fn whose(session: &Session, enrich: &EnrichCompanies) -> Result<(String, EnrichWhom), Failure> {
    let EnrichCompanies { persona, domains, run, .. } = enrich;
    match (persona, domains, run) {
        (None, Some(file), None) => {
            let domains = read_lines("domains", file, EnrichWhat::Companies, enrich.payment.json)?;
            Ok((output::counted(domains.len() as u64, "domain", "domains"), EnrichWhom::Domains { domains }))
        }
        (Some(_), None, None) | (None, None, Some(_)) => {
            let title = persona.clone().or_else(|| run.map(|run| format!("Run {run}"))).unwrap_or_default();
            match among(session, persona.as_deref(), *run).await? {
                Among::Runs(runs) => Ok((title, EnrichWhom::Runs { runs })),
                _ => Err(unsaid()),
            }
        }
        _ => Err(unsaid()),
    }
}

fn unsaid() -> Failure {
    Failure::bad_input(
        "persona",
        "Say which companies to enrich: --persona NAME, --domains FILE or --run N, one of them.",
    )
}
