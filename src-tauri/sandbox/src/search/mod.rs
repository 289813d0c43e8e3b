//! Searching the made-up world: reading a question, finding who fits, cutting a page.
//! Knows nothing of HTTP, plans or keys.

pub mod body;
mod employers;
mod keywords;
mod matching;
pub mod paging;
pub mod question;

use self::{body::Refusal, paging::Page, question::Question};
use crate::world::World;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// How many questions keep their answer, so that walking their pages does not search again.
const REMEMBERED: usize = 16;

/// The found people of the last few questions.
#[derive(Default)]
pub struct Searches(Mutex<VecDeque<(String, Arc<Vec<u32>>)>>);

/// One page of an answer.
pub struct Found {
    pub total: u64,
    /// Numbers of people.
    pub rows: Vec<u32>,
    pub page: Page,
    pub question: Question,
}

/// One page of companies.
pub struct FoundCompanies {
    pub total: u64,
    /// Numbers of companies.
    pub rows: Vec<u32>,
    pub page: Page,
    pub question: Question,
}

/// Answers a search for companies. There are few enough to look at all of them each time.
pub fn companies(world: &World, body: &body::Body) -> Result<FoundCompanies, Refusal> {
    let question = Question::read(body)?;
    let name = body.text("q_organization_name")?.map(|name| name.to_lowercase());
    let page = Page::read(body)?;
    let fits = employers::companies(world, &question);
    let all = (0_u32..).zip(&world.companies).filter(|(number, company)| {
        fits.as_ref().is_none_or(|fits| matching::marked(fits, *number as usize))
            && name.as_ref().is_none_or(|name| company.name(world.seed).to_lowercase().contains(name))
    });
    let all = all.map(|(number, _)| number).collect::<Vec<_>>();
    let total = all.len() as u64;
    let rows = page.rows(world.seed, total).into_iter().filter_map(|row| all.get(row as usize).copied()).collect();
    Ok(FoundCompanies { total, rows, page, question })
}

impl Searches {
    /// Answers a search; the type of each filter is checked before the page.
    pub fn run(&self, world: &World, body: &body::Body) -> Result<Found, Refusal> {
        let question = Question::read(body)?;
        let page = Page::read(body)?;
        let everybody = self.everybody(world, &question);
        let total = everybody.len() as u64;
        let rows = page.rows(world.seed, total);
        let rows = rows.into_iter().filter_map(|row| everybody.get(row as usize).copied()).collect();
        Ok(Found { total, rows, page, question })
    }

    fn everybody(&self, world: &World, question: &Question) -> Arc<Vec<u32>> {
        let fingerprint = question.fingerprint();
        if let Some(known) = self.remembered(&fingerprint) {
            return known;
        }
        let found = Arc::new(matching::find(world, question));
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.truncate(REMEMBERED - 1);
        last.push_front((fingerprint, Arc::clone(&found)));
        found
    }

    fn remembered(&self, fingerprint: &str) -> Option<Arc<Vec<u32>>> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.iter().find(|(known, _)| known == fingerprint).map(|(_, found)| Arc::clone(found))
    }
}
