//! The walk over a search's pages. It ends at an empty page, when everybody was seen, at the rows asked for, or at Apollo's
//! wall. Pure: pages come in, and it says who is new and what to ask for next.

use std::collections::HashSet;

use super::JobProgress;
use super::page::Page;
use crate::people::Person;
use crate::persona::SearchRequest;
use crate::persona::request::{LARGEST_PAGE_SIZE, LAST_PAGE};

/// Apollo repeats people on the next page (one run: 3,238 rows, 2,933 people), so a walk takes more pages than its count
/// says. More than this share on top is no longer believed.
const OVERLAP_PERCENT: u64 = 25;

const WALL: &str = "Apollo shows the first 50,000 rows of a search only; the people behind them are missing. Narrow the persona and \
                    export it in parts.";

/// Pages a walk may ask for: enough for everybody and Apollo's repeats, never more than Apollo answers.
pub fn pages_at_most(people: Option<u64>, max_rows: Option<u32>) -> u32 {
    let wanted = match (people, max_rows.map(u64::from)) {
        (Some(people), Some(most)) => people.min(most),
        (Some(people), None) => people,
        (None, Some(most)) => most,
        (None, None) => return LAST_PAGE,
    };
    let pages = (wanted * (100 + OVERLAP_PERCENT)).div_ceil(100 * u64::from(LARGEST_PAGE_SIZE)) + 1;
    u32::try_from(pages).unwrap_or(LAST_PAGE).min(LAST_PAGE)
}

/// Whom a walk has seen, and what that took.
#[derive(Debug)]
pub struct Walk {
    /// The first page.
    request: SearchRequest,
    one_page: bool,
    most: Option<u64>,
    seen: HashSet<String>,
    pages: u32,
    total: Option<u64>,
    ended: bool,
    calls_spent: u32,
    credits_spent: Option<f64>,
    notices: Vec<String>,
}

impl Walk {
    /// Over one page alone.
    pub fn of_page(request: SearchRequest) -> Self {
        Self::new(request, true, None)
    }

    /// Over everybody who matches, or so many different people.
    pub fn of_all(request: SearchRequest, most: Option<u32>) -> Self {
        Self::new(request, false, most.map(u64::from))
    }

    fn new(request: SearchRequest, one_page: bool, most: Option<u64>) -> Self {
        Self {
            request,
            one_page,
            most,
            seen: HashSet::new(),
            pages: 0,
            total: None,
            ended: false,
            calls_spent: 0,
            credits_spent: Some(0.0),
            notices: Vec::new(),
        }
    }

    /// The next page to ask for; none when the walk is over.
    pub fn next_request(&mut self) -> Option<SearchRequest> {
        if self.ended {
            return None;
        }
        if self.pages >= LAST_PAGE {
            self.note(WALL);
            return None;
        }
        let page = if self.pages == 0 { self.request.page } else { self.pages + 1 };
        Some(SearchRequest { page, ..self.request.clone() })
    }

    /// Goes past a page; answers whom it had not seen.
    pub fn take(&mut self, page: &Page) -> Vec<Person> {
        // Also a page that is no more needed was paid for: fewer rows may be asked for than before.
        self.spend(page.calls_spent, page.credits_spent);
        if self.ended {
            return Vec::new();
        }
        self.pages += 1;
        self.total = page.total_entries.or(self.total);
        if let Some(notice) = &page.notice {
            self.note(notice);
        }
        let mut new = Vec::new();
        for person in &page.people {
            if self.is_full() {
                break;
            }
            if self.seen.insert(person.id.clone()) {
                new.push(person.clone());
            }
        }
        let everybody = self.total.is_some_and(|total| self.rows() >= total);
        self.ended = self.one_page || page.people.is_empty() || everybody || self.is_full();
        new
    }

    /// Counts what was spent, also without getting a page. Credits are null when nobody knows.
    pub fn spend(&mut self, calls: u32, credits: Option<f64>) {
        self.calls_spent += calls;
        self.credits_spent = self.credits_spent.zip(credits).map(|(sum, more)| sum + more);
    }

    pub fn note(&mut self, sentence: &str) {
        if !self.notices.iter().any(|notice| notice == sentence) {
            self.notices.push(sentence.to_owned());
        }
    }

    fn is_full(&self) -> bool {
        self.most.is_some_and(|most| self.rows() >= most)
    }

    pub fn rows(&self) -> u64 {
        self.seen.len() as u64
    }

    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// People who match, as far as Apollo told.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    pub fn calls_spent(&self) -> u32 {
        self.calls_spent
    }

    pub fn credits_spent(&self) -> Option<f64> {
        self.credits_spent
    }

    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    pub fn progress(&self) -> JobProgress {
        let most = if self.one_page { Some(u64::from(self.request.page_size)) } else { self.most };
        let people_total = match (self.total, most) {
            (Some(total), Some(most)) => Some(total.min(most)),
            (total, _) => total,
        };
        JobProgress {
            rows: self.rows(),
            people_total,
            pages: self.pages,
            calls_spent: self.calls_spent,
            ..JobProgress::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_covers_repeats_and_ends_at_apollos_wall() {
        assert_eq!(pages_at_most(None, None), 500);
        assert_eq!(pages_at_most(Some(0), None), 1);
        assert_eq!(pages_at_most(Some(4_212), None), 54);
        assert_eq!(pages_at_most(Some(4_212), Some(100)), 3);
        assert_eq!(pages_at_most(Some(1_000_000), None), 500);
    }
}
