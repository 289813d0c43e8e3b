//! What one paid request asks for, how it is sent and how its answer is read: people ten at a time by `people/bulk_match`,
//! companies one by one by `organizations/enrich`. All else about a paid request is the same for both.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::paid::Event;
use super::{clue, price};
use crate::apollo::company::{self, CompanyAnswer, ENRICH, read_company};
use crate::apollo::enrichment::{
    self, BULK_MATCH, Clue, Enrichment, MOST_AT_ONCE, Matched, Reveal, bulk_body, read_bulk,
};
use crate::credits::Credits;
use crate::error::Error;
use crate::rate_limit::EndpointClass;

/// What an enrichment is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EnrichWhat {
    /// E-mail addresses, whole names and, where asked for, mobiles.
    #[default]
    People,
    /// Industry, size, place and more of the companies they work at.
    Companies,
}

impl EnrichWhat {
    pub fn endpoint(self) -> &'static str {
        match self {
            Self::People => BULK_MATCH,
            Self::Companies => ENRICH,
        }
    }

    /// The endpoint as the journal has it: with what was asked for besides. Mobiles, which come later, have a column of their own.
    pub fn journalled(self, reveal: Reveal) -> String {
        match self {
            Self::People => enrichment::path(BULK_MATCH, Reveal { mobiles: false, ..reveal }),
            Self::Companies => ENRICH.to_owned(),
        }
    }

    pub fn class(self) -> EndpointClass {
        match self {
            Self::People => EndpointClass::BulkEnrichment,
            Self::Companies => EndpointClass::Enrichment,
        }
    }

    /// The most of them that one request asks for.
    pub fn most_at_once(self) -> usize {
        match self {
            Self::People => MOST_AT_ONCE,
            Self::Companies => 1,
        }
    }

    /// Bound for one of them.
    pub fn price(self, reveal: Reveal) -> Credits {
        match self {
            Self::People => price::person(reveal),
            Self::Companies => price::COMPANY,
        }
    }
}

/// What a request in the journal asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    People(Vec<Clue>),
    Company {
        /// As it is compared.
        domain: String,
        /// Apollo's ids of the companies that were told to have it.
        known: Vec<String>,
    },
}

impl Asked {
    /// The path of the request; its flags stand in the query.
    pub fn path(&self, reveal: Reveal) -> String {
        match self {
            Self::People(_) => enrichment::path(BULK_MATCH, reveal),
            Self::Company { domain, .. } => company::path(domain),
        }
    }

    /// What is posted; none for what is got.
    pub fn body(&self) -> Option<Value> {
        match self {
            Self::People(clues) => Some(bulk_body(clues)),
            Self::Company { .. } => None,
        }
    }

    /// Its lines in the journal.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::People(clues) => clues.iter().map(clue::to_text).collect(),
            Self::Company { domain, .. } => vec![clue::of_company(domain)],
        }
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// [`Error::Unreadable`]; it may have been charged all the same.
    pub fn read(&self, body: &[u8]) -> Result<Answered, Error> {
        match self {
            Self::People(clues) => read_bulk(clues, body).map(Answered::People),
            Self::Company { domain, known } => read_company(domain, known, body).map(Answered::Company),
        }
    }
}

/// An answer to a paid request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answered {
    People(Enrichment),
    Company(CompanyAnswer),
}

impl Answered {
    /// How many it brought: people, or the one company.
    pub fn brought(&self) -> u64 {
        match self {
            Self::People(answer) => {
                let came = |matched: &&Matched| matches!(matched, Matched::Found(_) | Matched::Elsewhere(Some(_)));
                (answer.matches.iter().filter(came).count() + answer.others.len()) as u64
            }
            Self::Company(CompanyAnswer::Found(_) | CompanyAnswer::Elsewhere(_)) => 1,
            Self::Company(CompanyAnswer::NotFound) => 0,
        }
    }

    /// What it means for the request. `mobiles`: whether they were asked for too.
    pub fn event(&self, mobiles: bool) -> Event {
        match self {
            Self::People(answer) => {
                let found = |matched: &Matched| matches!(matched, Matched::Found(_) | Matched::Elsewhere(_));
                // Whoever came, wanted or not: their mobiles were ordered with them, and cost the same.
                let found = answer.matches.iter().any(found) || answer.strangers > 0;
                match (answer.credits, answer.request_id) {
                    (Some(charged), Some(_)) if mobiles && found => {
                        Event::Ordered { charged, mobiles: price::MOBILE.times(answer.rows() as u64) }
                    }
                    (_, None) if mobiles && found => Event::Answered(None),
                    (price, _) => Event::Answered(price),
                }
            }
            // Apollo does not tell the price of a company here. It is published: one credit, nothing for an unknown domain.
            Self::Company(CompanyAnswer::NotFound) => Event::Answered(Some(Credits::NONE)),
            Self::Company(CompanyAnswer::Found(_) | CompanyAnswer::Elsewhere(_)) => {
                Event::Answered(Some(price::COMPANY))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of_acme() -> Asked {
        Asked::Company { domain: "acme.example".to_owned(), known: vec!["c1".to_owned()] }
    }

    fn event(body: &str) -> Event {
        of_acme().read(body.as_bytes()).unwrap().event(false)
    }

    #[test]
    fn a_company_costs_its_credit_whoever_was_answered_and_an_unknown_domain_nothing() {
        let one = Event::Answered(Some(Credits::whole(1)));
        assert_eq!(event(r#"{"organization": {"id": "c1", "primary_domain": "acme.example"}}"#), one);
        assert_eq!(event(r#"{"organization": {"id": "c9", "primary_domain": "globex.example"}}"#), one);
        assert_eq!(event("{}"), Event::Answered(Some(Credits::NONE)));
        assert_eq!(of_acme().read(b"<html>"), Err(Error::Unreadable));
    }

    #[test]
    fn a_company_is_got_by_its_domain() {
        assert_eq!(of_acme().path(Reveal::default()), "organizations/enrich?domain=acme.example");
        assert_eq!(of_acme().body(), None, "it is got, not posted");
    }
}
