//! `cache forget`: one page of a search, all of its pages, or everything that a workspace keeps. Never a call.

use foray_core::jobs::Job;
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};

use super::wanted::Question;
use crate::args::Forget;
use crate::exit::{DONE, Failure};
use crate::output::{self, counted};
use crate::session::Session;

pub async fn forget(session: &Session, asked: Forget) -> Result<u8, Failure> {
    let Forget { wanted, page, page_size, all, exports, .. } = asked;
    let (foray, tenant) = (&session.foray, session.tenant());
    let Question { persona_id, filters } = Question::of(session, wanted).await?;
    let forgotten = if all {
        if filters != FiltersInput::default() {
            return Err(Failure::bad_input("all", "Name filters or --all, not both."));
        }
        interrupted_exports(session, exports).await?;
        foray.forget_answers(tenant, None).await?
    } else {
        let request = SearchRequest::check(&SearchInput { persona_id, filters, page, page_size })?;
        match page {
            Some(_) => foray.forget_page(tenant, &request).await?,
            None => foray.forget_answers(tenant, Some(&request.filters)).await?,
        }
    };
    output::print_lines(&[format!("{} forgotten.", counted(forgotten, "answer", "answers"))])?;
    Ok(DONE)
}

/// The journals of interrupted exports hold rows too: they go when that was asked for, and else are told of.
async fn interrupted_exports(session: &Session, forget: bool) -> Result<(), Failure> {
    let jobs = session.foray.jobs(session.tenant()).await?;
    let keeping: Vec<Job> = jobs.list().await?.into_iter().filter(Job::keeps_rows).collect();
    if keeping.is_empty() {
        return Ok(());
    }
    let counted = counted(keeping.len() as u64, "interrupted export", "interrupted exports");
    if !forget {
        output::tell(&format!("{counted} kept, with the rows fetched so far. Add --exports to forget those too."));
        return Ok(());
    }
    for job in keeping {
        jobs.forget(job.id).await?;
    }
    output::print_lines(&[format!("{counted} forgotten. What was written stays in the partial files.")])
}
