//! `cache forget`: one page of a search, all of its pages, or everything that a workspace keeps. Never a call.

use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};

use super::wanted::Question;
use crate::args::Forget;
use crate::exit::{DONE, Failure};
use crate::output::{self, counted};
use crate::session::Session;

pub async fn forget(session: &Session, asked: Forget) -> Result<u8, Failure> {
    let Forget { wanted, page, page_size, all, .. } = asked;
    let (foray, tenant) = (&session.foray, session.tenant());
    let Question { persona_id, filters } = Question::of(session, wanted).await?;
    let forgotten = if all {
        if filters != FiltersInput::default() {
            return Err(Failure::bad_input("all", "Name filters or --all, not both."));
        }
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
