//! `q_keywords`: a phrase that stands literally, in whole words, in somebody's texts. Must never build a text for each
//! person, but for one case: a phrase of several words, which may run across title and company in a headline.

use super::matching::marked;
use crate::world::{
    World,
    company::KEYWORDS,
    industries::INDUSTRIES,
    person::{Headline, Person},
    profile::{Profile, SLOGANS},
};

/// Where the phrase stands: titles, companies (by name, industry or keyword) and slogans, each by number.
pub struct KeywordTest {
    titles: Vec<bool>,
    companies: Vec<bool>,
    slogans: Vec<bool>,
    phrase: String,
}

impl KeywordTest {
    pub fn new(world: &World, phrase: &str) -> Self {
        let phrase = phrase.to_lowercase();
        let holds = |text: &str| holds_phrase(&text.to_lowercase(), &phrase);
        let keywords = bits_where(&KEYWORDS, holds);
        let industries = INDUSTRIES.iter().map(|(name, _)| holds(name)).collect::<Vec<_>>();
        Self {
            titles: world.draws.titles.all.iter().map(|title| holds(&title.text)).collect(),
            companies: world
                .companies
                .iter()
                .map(|company| {
                    company.keywords & keywords != 0
                        || industries[usize::from(company.industry)]
                        || holds(&company.name(world.seed))
                })
                .collect(),
            slogans: SLOGANS.iter().map(|slogan| holds(slogan)).collect(),
            phrase,
        }
    }

    pub fn accepts(&self, world: &World, number: u32, person: &Person) -> bool {
        marked(&self.titles, usize::from(person.title))
            || marked(&self.companies, person.company as usize)
            || self.headline_accepts(world, number, person)
    }

    fn headline_accepts(&self, world: &World, number: u32, person: &Person) -> bool {
        let shows_slogan = !matches!(person.headline, Headline::None | Headline::TitleAtCompany);
        if shows_slogan && marked(&self.slogans, usize::from(person.slogan)) {
            return true;
        }
        // Title, company and slogan are answered for above; what is left are words between or across them.
        let may_run_across =
            self.phrase.split_whitespace().nth(1).is_some() || matches!(self.phrase.as_str(), "at" | "professional");
        may_run_across
            && person.headline != Headline::Slogan
            && world
                .profile(number)
                .and_then(Profile::headline)
                .is_some_and(|headline| holds_phrase(&headline.to_lowercase(), &self.phrase))
    }
}

fn bits_where(words: &[&str], holds: impl Fn(&str) -> bool) -> u64 {
    words.iter().enumerate().filter(|(_, word)| holds(word)).fold(0, |bits, (bit, _)| bits | 1 << bit)
}

/// Whether `phrase` stands in `text` with no letter or digit directly before or behind it. Both lower case.
fn holds_phrase(text: &str, phrase: &str) -> bool {
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).any(|(start, found)| {
        !is_word(text[..start].chars().next_back()) && !is_word(text[start + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_in_whole_words_only() {
        assert!(holds_phrase("saas growth, calmly", "saas"));
        assert!(holds_phrase("b2b, saas", "saas"));
        assert!(!holds_phrase("director of sales", "cto"));
        assert!(!holds_phrase("", "x"));
    }
}
