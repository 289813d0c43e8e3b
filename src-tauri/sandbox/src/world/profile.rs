//! The words of one person: name, headline, address, links, numbers, each made from (seed, number) when it is needed.
//! Links lead to `linkedin.example` and mail to `.example`, never to anybody real.

use super::{
    SALT_DETAIL, World,
    company::Company,
    person::{Email, Headline, NO_TITLE, Person},
    places::{PLACES, Place},
    titles::{FUNCTIONS, SENIORITIES},
};
use crate::random::{Dice, hash};

/// What people write about themselves.
pub const SLOGANS: [&str; 16] = [
    "Helping teams sell without guessing",
    "Building things that last",
    "SaaS growth, calmly",
    "Numbers first, stories second",
    "Speaker, mentor, gardener",
    "Turning data into decisions",
    "Zukunft gestalten: nachhaltig und digital",
    "Passionné par l'innovation",
    "Customer success is everybody's job",
    "We are hiring!",
    "Supply chains that keep their word",
    "Angel investor and advisor",
    "Making machine learning boring",
    "People over process",
    "Open to new opportunities",
    "日本市場への架け橋",
];

/// One person with the company they work for.
#[derive(Clone, Copy)]
pub struct Profile<'a> {
    pub world: &'a World,
    pub number: u32,
    pub person: &'a Person,
    pub company: Option<&'a Company>,
}

/// A person's own number, in E.164 form.
pub struct DirectPhone {
    pub number: String,
    pub is_mobile: bool,
}

impl<'a> Profile<'a> {
    pub fn id(self) -> String {
        self.world.person_id(self.number)
    }

    /// Facts that no filter asks for come from a stream of their own, one for each use.
    pub fn detail(self, use_of_it: u64) -> Dice {
        Dice::new(self.world.seed, SALT_DETAIL + use_of_it, u64::from(self.number))
    }

    pub fn first_name(self) -> Option<&'a str> {
        self.world.name(self.person.first_name).map(|name| name.shown.as_str())
    }

    pub fn last_name(self) -> Option<&'a str> {
        self.world.name(self.person.last_name).map(|name| name.shown.as_str())
    }

    /// Both names, or `""` when neither is known.
    pub fn name(self) -> String {
        [self.first_name(), self.last_name()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// `Hu***n`; short names keep only their initial: `B.`.
    pub fn last_name_obfuscated(self) -> Option<String> {
        let letters = self.last_name()?.chars().collect::<Vec<_>>();
        match letters.as_slice() {
            [first, second, _, .., last] if letters.len() > 4 => Some(format!("{first}{second}***{last}")),
            [first, ..] => Some(format!("{first}.")),
            [] => None,
        }
    }

    pub fn title(self) -> Option<&'a str> {
        self.world.draws.titles.all.get(usize::from(self.person.title)).map(|title| title.text.as_str())
    }

    pub fn seniority(self) -> Option<&'static str> {
        (self.person.title != NO_TITLE).then(|| SENIORITIES[usize::from(self.person.seniority)])
    }

    pub fn function(self) -> &'static str {
        FUNCTIONS[usize::from(self.person.function)].name
    }

    pub fn departments(self) -> Vec<&'static str> {
        if self.person.seniority <= super::titles::C_SUITE {
            return vec!["c_suite"];
        }
        vec![FUNCTIONS[usize::from(self.person.function)].department]
    }

    pub fn subdepartments(self) -> Vec<&'static str> {
        match self.person.seniority {
            super::titles::OWNER | super::titles::FOUNDER => vec!["executive", "founder"],
            _ => vec![FUNCTIONS[usize::from(self.person.function)].subdepartment],
        }
    }

    pub fn headline(self) -> Option<String> {
        let slogan = SLOGANS[usize::from(self.person.slogan)];
        let title = self.title().unwrap_or("Professional");
        let company = self.company.map(|company| company.name(self.world.seed));
        let at_company = company.map_or_else(|| title.to_owned(), |company| format!("{title} at {company}"));
        match self.person.headline {
            Headline::None => None,
            Headline::TitleAtCompany => Some(at_company),
            Headline::TitleAndSlogan => Some(format!("{title} | {slogan}")),
            Headline::Slogan => Some(slogan.to_owned()),
            Headline::WithNull => Some(format!("{title}\u{0000} {slogan}")),
            Headline::Endless => Some([at_company.as_str(), slogan].join(" · ").repeat(9)),
        }
    }

    pub fn email(self) -> Option<String> {
        if !self.person.has_email() {
            return None;
        }
        let domain = self.company?.domain(self.world.seed);
        let part = |name| self.world.name(name).map(|name| name.latin.clone()).filter(|letters| !letters.is_empty());
        let local = match (part(self.person.first_name), part(self.person.last_name)) {
            (Some(first), Some(last)) => format!("{first}.{last}"),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => "info".to_owned(),
        };
        Some(format!("{local}@{domain}"))
    }

    /// Somebody without an employer has no address at work.
    pub fn has_email(self) -> bool {
        self.person.has_email() && self.company.is_some()
    }

    pub fn email_status(self) -> Option<&'static str> {
        match self.person.email {
            Email::Unknown => None,
            Email::Verified if self.has_email() => Some("verified"),
            Email::Extrapolated if self.has_email() => Some("extrapolated"),
            _ => Some("unavailable"),
        }
    }

    pub fn linkedin_url(self) -> Option<String> {
        let mut dice = self.detail(1);
        if dice.chance(30) {
            return None;
        }
        let letters = |name| self.world.name(name).map_or("", |name| name.latin.as_str());
        let (first, last) = (letters(self.person.first_name), letters(self.person.last_name));
        let tail = &self.id()[8..];
        Some(format!("https://www.linkedin.example/in/{first}-{last}-{tail}"))
    }

    pub fn photo_url(self) -> Option<String> {
        self.detail(2).chance(450).then(|| format!("https://static.linkedin.example/photo/{}", self.id()))
    }

    pub fn place(self) -> &'static Place {
        &PLACES[usize::from(self.person.place)]
    }

    /// `Yes`, `Maybe: …`, or nothing: a text on purpose, as Apollo answers it.
    pub fn has_direct_phone(self) -> Option<&'static str> {
        match self.detail(3).weighted(&[350, 400, 250]) {
            0 => Some("Yes"),
            1 => Some("Maybe: please request direct dial via people/bulk_match"),
            _ => None,
        }
    }

    /// The number that a reveal finds, in the area 555 that fiction uses. Most of those with a sure one have a mobile.
    pub fn direct_phone(self) -> Option<DirectPhone> {
        let mut dice = self.detail(9);
        let (has_mobile, has_other) = match self.has_direct_phone() {
            Some("Yes") => (dice.chance(800), true),
            Some(_) => (dice.chance(500), false),
            None => (false, false),
        };
        let number = format!("+{}555{:07}", self.place().dialling_code, dice.below(10_000_000));
        (has_mobile || has_other).then_some(DirectPhone { number, is_mobile: has_mobile })
    }

    /// Never for somebody in the European Economic Area or the United Kingdom, as Apollo promises.
    pub fn personal_email(self) -> Option<String> {
        if self.place().is_under_gdpr() || !self.detail(10).chance(600) {
            return None;
        }
        Some(format!("{}@mail.example", &self.id()[8..]))
    }

    /// RFC 3339 in UTC; a date of the world, never of the clock.
    pub fn refreshed_at(self) -> String {
        let mut dice = self.detail(4);
        let (month, day) = (1 + dice.below(10), 1 + dice.below(28));
        let (hour, minute, second) = (dice.below(24), dice.below(60), dice.below(60));
        format!("2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}+00:00", dice.below(1000))
    }

    /// 24 hexadecimal digits for something that belongs to this person.
    pub fn belonging_id(self, number: u64) -> String {
        let part = hash(self.world.seed, SALT_DETAIL + 900 + number, u64::from(self.number));
        format!("{:08x}{part:016x}", 0x6510_0000 + (part >> 44))
    }
}
