//! One try of a question, written down: a page that may cost a credit is in the journal of paid requests, held against the
//! caps, before it is sent, and its end is noted after. What is free is sent at once.

use jiff::tz::TimeZone;

use super::Searches;
use super::call::{Asked, Try};
use crate::access::{Access, Account};
use crate::apollo::Endpoint;
use crate::apollo::request::search_body;
use crate::enrich::{Began, Journal, NextPage};
use crate::error::Error;
use crate::export::in_words;
use crate::persona::SearchRequest;

/// What a try came to.
#[derive(Debug)]
pub struct Sent {
    pub asked: Asked,
    /// The number in the journal of a page that came and is not settled yet.
    pub page: Option<i64>,
}

impl Searches {
    pub(super) async fn send(
        &self,
        access: &Access,
        account: &Account,
        endpoint: Endpoint,
        request: &SearchRequest,
        which: Try,
    ) -> Sent {
        let access = Access { title: Some(title(access, request)), ..access.clone() };
        let body = search_body(&request.filters, request.page, request.page_size);
        if !access.may_cost(endpoint) {
            return Sent { asked: self.gateway.search(&access, account, endpoint, &body, which).await, page: None };
        }
        let number = match self.journal_page(&access, account).await {
            Ok(number) => number,
            Err(error) => return Sent { asked: Asked::not_sent(error), page: None },
        };
        let mut asked = self.gateway.search(&access, account, endpoint, &body, which).await;
        let journal = Journal::new(access.tenant(), &access.files);
        let noted = match &asked.body {
            Ok(_) => return Sent { asked, page: Some(number) },
            Err(_) if asked.calls_spent == 0 => journal.page_never_left(number, self.clock.now()).await,
            Err(error) => journal.page_failed(number, error, self.clock.now()).await,
        };
        asked.notices.extend(noted.err().map(|error| not_noted(&error)));
        Sent { asked, page: None }
    }

    /// An answer came for a page, and its people are not in the store: they could not be read, or not be written.
    pub(super) async fn page_not_stored(&self, access: &Access, page: Option<i64>, why: &Error) -> Option<String> {
        let journal = Journal::new(access.tenant(), &access.files);
        let noted = journal.page_failed(page?, why, self.clock.now()).await;
        noted.err().map(|error| not_noted(&error))
    }

    async fn journal_page(&self, access: &Access, account: &Account) -> Result<i64, Error> {
        let now = self.clock.now();
        let next = NextPage {
            job: access.job,
            title: access.title.clone().unwrap_or_default(),
            account: account.hash,
            caps: access.workspace.caps.into(),
            began: Began::of(now, &TimeZone::system()),
            now,
        };
        Journal::new(access.tenant(), &access.files).admit_page(next).await
    }
}

/// “Sales leaders · page 3”: the job's name, or the question in words.
fn title(access: &Access, request: &SearchRequest) -> String {
    let what = access.title.clone().unwrap_or_else(|| in_words(&request.filters));
    format!("{what} · page {}", request.page)
}

fn not_noted(error: &Error) -> String {
    format!("What became of this page could not be written into the ledger of credits: {error}")
}
