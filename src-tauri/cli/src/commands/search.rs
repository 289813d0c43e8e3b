//! `search`: one page of people, as a table for people or as one object for programs.

use foray_core::answer::{Answer, Source};
use foray_core::persona::{SearchInput, SearchRequest};
use jiff::Timestamp;

use super::wanted::Question;
use super::way_on::refused;
use crate::args::Search;
use crate::exit::{self, Failure};
use crate::session::Session;
use crate::{output, table};

pub async fn run(session: &Session, search: Search) -> Result<u8, Failure> {
    let Question { persona_id, filters } = Question::of(session, search.wanted).await?;
    let input = SearchInput { persona_id, filters, page: search.page, page_size: search.page_size };
    let request = SearchRequest::check(&input)?;
    let mut answer = if search.refresh {
        session.foray.search_refresh(session.tenant(), &request).await?
    } else {
        session.foray.search(session.tenant(), &request).await?
    };
    if search.json {
        // Programs read this object and nothing else, so it also tells what was noticed about the files.
        let told = answer.notice.iter().cloned().chain(session.foray.info().notices).collect::<Vec<_>>();
        answer.notice = (!told.is_empty()).then(|| told.join(" "));
        output::print_json(&answer)?;
    } else {
        output::print_lines(&table::of(&answer.people))?;
        output::print_lines(&in_words(&answer, session.foray.clock().now()))?;
        if let (Source::Empty, Some(reason)) = (answer.source, &answer.reason) {
            output::tell_failure(&refused(session, reason), false);
        }
    }
    Ok(exit::status_of_answer(&answer))
}

/// How many there are, where they came from, what they cost.
fn in_words(answer: &Answer, now: Timestamp) -> Vec<String> {
    let mut lines = Vec::new();
    if answer.source != Source::Empty {
        lines.push(count(answer));
    }
    lines.push(source(answer, now));
    lines.push(spent(answer));
    lines.extend(answer.notice.iter().map(|notice| format!("Notice: {notice}")));
    // Why there is nothing at all is told on standard error.
    if answer.source == Source::Stale {
        lines.extend(answer.reason.iter().map(|reason| format!("Reason: {}", reason.message)));
    }
    lines
}

fn count(answer: &Answer) -> String {
    let rows = output::counted(answer.people.len() as u64, "row", "rows");
    let total = match answer.total_entries {
        Some(total) => format!("{} match; ", output::counted(total, "person", "people")),
        None => String::new(),
    };
    let pages = answer.total_pages.map_or_else(String::new, |pages| format!(" of {pages}"));
    format!("{total}page {}{pages}, {rows}.", answer.page)
}

fn source(answer: &Answer, now: Timestamp) -> String {
    let endpoint = answer.endpoint.path();
    let kept = || {
        let as_of = answer.as_of.strftime("%Y-%m-%d %H:%M UTC");
        format!("{}, of {as_of}, {endpoint}.", output::age(answer.as_of, now))
    };
    match answer.source {
        Source::Live => format!("Source: live, {endpoint}."),
        Source::Cached => format!("Source: cached, {}", kept()),
        Source::Stale => format!("Source: stale, {}", kept()),
        Source::Empty => "Source: empty. No rows could be had, which is not the same as no results.".to_owned(),
    }
}

fn spent(answer: &Answer) -> String {
    let calls = output::counted(answer.calls_spent.into(), "call", "calls");
    match answer.credits_spent {
        Some(credits) => format!("Spent: {calls}, {}.", output::credits(credits)),
        None => format!("Spent: {calls}; Apollo does not tell the credits (at most 1 a page)."),
    }
}
