//! The same week with Foray: through its own search and its own jobs, on one data folder or on one for each researcher.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::Origin;
use foray_core::clock::{Clock, ManualClock};
use foray_core::enrich::{EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom};
use foray_core::jobs::{Agreed, Ended, Manner};
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::{ApiKey, KeyStore, MemoryKeys};
use foray_core::workspace::WorkspaceChange;
use foray_core::{Error, Foray, Options, TenantId};
use foray_sandbox::Sandbox;
use tokio_util::sync::CancellationToken;

use crate::Outcome;
use crate::week::{Doing, PAGE_SIZE, RESEARCHERS, Step, Week};

/// Whose files the researchers work with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folders {
    One,
    OneEach,
}

/// Foray as one researcher has it open.
struct Desk {
    foray: Foray,
    tenant: TenantId,
}

pub async fn work(week: &Week, sandbox: &Sandbox, folders: Folders) -> Outcome<()> {
    let root = tempfile::tempdir()?;
    let clock = Arc::new(ManualClock::at(week.steps().next().map_or(0, |doing| doing.at_ms)));
    let mut now_ms = clock.now().as_millisecond();
    let mut desks: Vec<Option<Desk>> = (0..RESEARCHERS).map(|_| None).collect();
    for Doing { at_ms, researcher, step } in week.steps() {
        clock.advance(at_ms - now_ms);
        now_ms = *at_ms;
        let folder = if folders == Folders::One { 0 } else { *researcher };
        if let Step::Open = step {
            desks[*researcher] = None;
            desks[*researcher] = Some(open(&root.path().join(folder.to_string()), sandbox, &clock).await?);
            continue;
        }
        let Some(desk) = &desks[*researcher] else { return Err("a day begins with opening the app".into()) };
        match step {
            Step::Open => {}
            Step::Look { filters, page } => drop(look(desk, filters, *page).await?),
            Step::Enrich { filters, pages } => {
                let mut people = Vec::new();
                for page in 1..=*pages {
                    people.extend(look(desk, filters, page).await?);
                }
                enrich(desk, people).await?;
            }
        }
    }
    Ok(())
}

async fn open(folder: &Path, sandbox: &Sandbox, clock: &Arc<ManualClock>) -> Outcome<Desk> {
    let options = Options {
        data_dir: folder.to_path_buf(),
        apollo: Origin::parse(&sandbox.origin())?,
        sandbox: None,
        environment_key: Some(ApiKey::parse("credits-1000000-of-the-team")?),
        keys: Arc::new(MemoryKeys::default()) as Arc<dyn KeyStore>,
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        deadline: Duration::from_secs(10),
        background: false,
    };
    let foray = Foray::open(options).await?;
    let known = foray.workspaces().list().await?.into_iter().find(|workspace| workspace.name == "Team");
    let tenant = if let Some(workspace) = known {
        workspace.id
    } else {
        let workspace = foray.workspaces().add("Team").await?;
        // The hour's limit is not what is measured.
        let many = WorkspaceChange { calls_per_hour: Some(6_000), ..WorkspaceChange::default() };
        foray.change_workspace(workspace.id, many).await?.id
    };
    Ok(Desk { foray, tenant })
}

fn question(filters: &FiltersInput, page: u32) -> SearchInput {
    SearchInput {
        filters: filters.clone(),
        page: Some(page.into()),
        page_size: Some(PAGE_SIZE.into()),
        persona_id: None,
    }
}

/// Who is on the page.
async fn look(desk: &Desk, filters: &FiltersInput, page: u32) -> Outcome<Vec<String>> {
    let request = SearchRequest::check(&question(filters, page))?;
    let answer = desk.foray.search(desk.tenant, &request).await?;
    if let Some(reason) = answer.reason {
        return Err(reason.message.into());
    }
    Ok(answer.people.iter().map(|person| person.id.clone()).collect())
}

/// The people of all pages as one enrichment, as somebody picks them who has looked through them.
async fn enrich(desk: &Desk, people: Vec<String>) -> Outcome<()> {
    let input = EnrichInput {
        what: EnrichWhat::People,
        whom: EnrichWhom::People { people },
        terms: EnrichTerms::default(),
        max_credits: None,
        agreed: Agreed { calls: None, credits: 1_000 },
        people: None,
    };
    let job = match desk.foray.add_enrichment(desk.tenant, "The week", &input, false).await {
        Ok(job) => job,
        // Everybody is known.
        Err(Error::BadInput { .. }) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let run = desk.foray.run_job(desk.tenant, job.id, Manner::AtOnce, &CancellationToken::new(), |_| ()).await?;
    match run {
        Ended::Done(_) => Ok(()),
        other => Err(format!("the enrichment ended otherwise: {other:?}").into()),
    }
}
