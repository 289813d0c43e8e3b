//! Who fits a question. Each filter is first worked out on the short lists (companies, titles, places, names), so that
//! asking a hundred thousand people is a few look-ups each. Must never build a text for each person.

use super::{employers::companies, keywords::KeywordTest, question::Question};
use crate::world::{
    World,
    names::address_letters,
    person::{Email, NO_COMPANY, NO_TITLE, Person, Whereabouts},
    places::{Fit, PLACES, Place, fit},
    titles::{FUNCTIONS, SENIORITIES},
};

/// The numbers of everybody who fits, best first.
pub fn find(world: &World, question: &Question) -> Vec<u32> {
    let test = Test::prepare(world, question);
    let people = (0_u32..).zip(&world.people);
    people.filter(|(number, person)| test.accepts(world, *number, person)).map(|(number, _)| number).collect()
}

/// What is worked out before anybody is asked; `None` where the question does not care.
struct Test {
    companies: Option<Vec<bool>>,
    titles: Option<Vec<bool>>,
    places: Option<Vec<Fit>>,
    seniorities: Option<u32>,
    functions: Option<u32>,
    departments: Option<Vec<String>>,
    emails: Option<u32>,
    names: Option<Vec<Vec<bool>>>,
    experience: Option<super::body::Range>,
    keywords: Option<KeywordTest>,
}

impl Test {
    fn prepare(world: &World, question: &Question) -> Self {
        Self {
            companies: companies(world, question),
            titles: titles(world, question),
            places: question
                .list("person_locations")
                .map(|values| PLACES.iter().map(|place| best_fit(place, values)).collect()),
            seniorities: question.list("person_seniorities").map(|values| bits(values, SENIORITIES.iter())),
            functions: question
                .list("person_functions")
                .map(|values| bits(values, FUNCTIONS.iter().map(|function| &function.name))),
            departments: question.list("person_department_or_subdepartments").map(<[String]>::to_vec),
            emails: question.list("contact_email_status").map(|values| bits(values, EMAIL_STATUSES.iter())),
            names: question.person_name.as_deref().map(|name| names(world, name)),
            experience: question.range("person_total_yoe_range"),
            keywords: question.keywords.as_deref().map(|phrase| KeywordTest::new(world, phrase)),
        }
    }

    fn accepts(&self, world: &World, number: u32, person: &Person) -> bool {
        let rank_known = person.title != NO_TITLE;
        passes(self.companies.as_ref(), |companies| marked(companies, person.company as usize))
            && passes(self.titles.as_ref(), |titles| marked(titles, usize::from(person.title)))
            && passes(self.seniorities.as_ref(), |bits| rank_known && bits >> person.seniority & 1 == 1)
            && passes(self.functions.as_ref(), |bits| bits >> person.function & 1 == 1)
            && passes(self.places.as_ref(), |places| place_fits(places, person))
            && passes(self.emails.as_ref(), |emails| email_fits(*emails, person))
            && passes(self.experience.as_ref(), |range| range.holds(f64::from(person.experience)))
            && passes(self.names.as_ref(), |words| {
                words.iter().all(|word| {
                    marked(word, usize::from(person.first_name)) || marked(word, usize::from(person.last_name))
                })
            })
            && passes(self.departments.as_ref(), |wanted| {
                world.profile(number).is_some_and(|profile| {
                    let mut own = profile.departments().into_iter().chain(profile.subdepartments());
                    own.any(|department| wanted.iter().any(|wanted| wanted == department))
                })
            })
            && passes(self.keywords.as_ref(), |keywords| keywords.accepts(world, number, person))
    }
}

fn passes<T>(test: Option<&T>, accepts: impl FnOnce(&T) -> bool) -> bool {
    test.is_none_or(accepts)
}

pub fn marked(marks: &[bool], place: usize) -> bool {
    marks.get(place).copied().unwrap_or(false)
}

/// One bit for each known value; values that are not spelled exactly so set none.
pub fn bits<'a>(values: &[String], known: impl Iterator<Item = &'a &'static str>) -> u32 {
    known
        .enumerate()
        .filter(|(_, known)| values.iter().any(|value| value == *known))
        .fold(0, |bits, (bit, _)| bits | 1 << bit)
}

pub fn best_fit(place: &Place, values: &[String]) -> Fit {
    let fits = values.iter().map(|value| fit(place, value)).collect::<Vec<_>>();
    [Fit::CountryAlone, Fit::WithCity].into_iter().find(|best| fits.contains(best)).unwrap_or(Fit::No)
}

fn place_fits(places: &[Fit], person: &Person) -> bool {
    match places.get(usize::from(person.place)) {
        Some(Fit::CountryAlone) => person.whereabouts != Whereabouts::Nowhere,
        Some(Fit::WithCity) => person.whereabouts == Whereabouts::City,
        Some(Fit::No) | None => false,
    }
}

fn titles(world: &World, question: &Question) -> Option<Vec<bool>> {
    let all = &world.draws.titles;
    let wanted = question
        .list("person_titles")
        .map(|asked| if question.similar_titles { all.similar(asked) } else { all.containing(asked) });
    let Some(excluded) = question.list("person_not_titles").map(|asked| all.containing(asked)) else {
        return wanted;
    };
    let mut kept = wanted.clone().unwrap_or_else(|| vec![true; all.all.len()]);
    kept.iter_mut().zip(excluded).for_each(|(kept, excluded)| *kept &= !excluded);
    if wanted.is_none() {
        // Whoever has no title cannot have an excluded one.
        kept.resize(usize::from(NO_TITLE) + 1, true);
    }
    Some(kept)
}

/// For each word of the name, which first and last names have it.
fn names(world: &World, name: &str) -> Vec<Vec<bool>> {
    let known = &world.draws.names.all;
    name.split_whitespace()
        .map(|word| {
            let (shown, latin) = (word.to_lowercase(), address_letters(word));
            let fits = |part: &str| part.to_lowercase() == shown;
            known
                .iter()
                .map(|name| {
                    fits(&name.shown)
                        || name.shown.split([' ', '-']).any(fits)
                        || (!latin.is_empty() && name.latin == latin)
                })
                .collect()
        })
        .collect()
}

/// What `contact_email_status` takes, in the order of the bits that stand for it.
const EMAIL_STATUSES: [&str; 4] = ["verified", "unverified", "likely to engage", "unavailable"];

fn email_fits(wanted: u32, person: &Person) -> bool {
    let employed = person.company != NO_COMPANY;
    let own = match person.email {
        Email::Verified if employed && person.likely_to_engage => 0b0101,
        Email::Verified if employed => 0b0001,
        Email::Extrapolated if employed => 0b0010,
        Email::Unknown => 0,
        _ => 0b1000,
    };
    wanted & own != 0
}
