//! Made-up people: the facts that filters ask for, packed small, and how they are drawn.
//! Words (headline, e-mail, addresses) are made only when an answer needs them, in `profile.rs`.

use super::{
    SALT_PERSON,
    company::Company,
    company::CompanyWeights,
    names::Names,
    places::PLACES,
    titles,
    titles::{SENIORITY_WEIGHTS, Titles},
};
use crate::random::Dice;

/// How sure the stand-in is of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Email {
    Verified,
    Extrapolated,
    Unavailable,
    Unknown,
}

/// How much of somebody's place is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whereabouts {
    City,
    CountryAlone,
    Nowhere,
}

/// Which kind of headline somebody wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Headline {
    None,
    TitleAtCompany,
    TitleAndSlogan,
    Slogan,
    /// U+0000 in the middle.
    WithNull,
    /// Several hundred characters.
    Endless,
}

/// Number of a company that is none: somebody between two jobs.
pub const NO_COMPANY: u32 = u32::MAX;
/// Number of a title that is none.
pub const NO_TITLE: u16 = u16::MAX;
/// Number of a name that is none.
pub const NO_NAME: u16 = u16::MAX;

/// What a filter may ask of a person, in about 24 bytes.
pub struct Person {
    pub company: u32,
    pub title: u16,
    pub first_name: u16,
    pub last_name: u16,
    /// Position in [`titles::FUNCTIONS`].
    pub function: u8,
    /// Position in [`titles::SENIORITIES`]; not shown when the title is not known.
    pub seniority: u8,
    /// Position in [`PLACES`].
    pub place: u8,
    pub whereabouts: Whereabouts,
    pub email: Email,
    pub likely_to_engage: bool,
    pub headline: Headline,
    pub slogan: u8,
    /// Years of work behind them.
    pub experience: u8,
}

impl Person {
    pub fn made_up(seed: u64, number: u32, companies: &[Company], draws: &Draws) -> Self {
        let mut dice = Dice::new(seed, SALT_PERSON, u64::from(number));
        let company = employer(&mut dice, companies);
        let home = companies.get(company as usize).map(|company| company.place);
        let place = match home {
            Some(home) if dice.chance(780) => home,
            _ => draws.weights.place(&mut dice),
        };
        let seniority = dice.weighted(&SENIORITY_WEIGHTS) as u8;
        let function = titles::function_for(seniority, dice.roll() as u32);
        let title = draws.titles.of(function, seniority, dice.roll() as u32).unwrap_or(NO_TITLE);
        let (first_name, last_name) = names_for(place, &mut dice, &draws.names);
        Self {
            company,
            title: if dice.chance(25) { NO_TITLE } else { title },
            first_name,
            last_name,
            function,
            seniority,
            place,
            whereabouts: [Whereabouts::City, Whereabouts::CountryAlone, Whereabouts::Nowhere]
                [dice.weighted(&[900, 65, 35])],
            email: [Email::Verified, Email::Extrapolated, Email::Unavailable, Email::Unknown]
                [dice.weighted(&[640, 120, 180, 60])],
            likely_to_engage: dice.chance(150),
            headline: [
                Headline::None,
                Headline::TitleAtCompany,
                Headline::TitleAndSlogan,
                Headline::Slogan,
                Headline::WithNull,
                Headline::Endless,
            ][dice.weighted(&[600, 5000, 2000, 2380, 12, 8])],
            slogan: dice.below(super::profile::SLOGANS.len() as u32) as u8,
            experience: 1 + dice.below(34) as u8,
        }
    }

    pub fn has_email(&self) -> bool {
        matches!(self.email, Email::Verified | Email::Extrapolated)
    }
}

/// Everything that draws share and that is made once.
pub struct Draws {
    pub weights: CompanyWeights,
    pub titles: Titles,
    pub names: Names,
}

/// The larger of two drawn companies, so that large ones have more people; none for one in two hundred.
fn employer(dice: &mut Dice, companies: &[Company]) -> u32 {
    let (one, other) = (dice.below(companies.len() as u32), dice.below(companies.len() as u32));
    if dice.chance(5) {
        return NO_COMPANY;
    }
    let headcount = |number: u32| companies.get(number as usize).map_or(0, |company| company.headcount);
    if headcount(one) >= headcount(other) { one } else { other }
}

fn names_for(place: u8, dice: &mut Dice, names: &Names) -> (u16, u16) {
    let own = PLACES[usize::from(place)].culture;
    let elsewhere = PLACES[dice.below(PLACES.len() as u32) as usize].culture;
    let culture = if dice.chance(870) { own } else { elsewhere };
    let (first, last) = names.pair(culture, dice.roll() as u32, dice.roll() as u32);
    match dice.weighted(&[9955, 5, 10, 10, 10, 10]) {
        1 => (NO_NAME, NO_NAME),
        2 => (first, NO_NAME),
        3 => (names.hostile_first(dice.roll() as u32), last),
        4 => (first, names.hostile_last(dice.roll() as u32)),
        5 => (first, names.long_last()),
        _ => (first, last),
    }
}
