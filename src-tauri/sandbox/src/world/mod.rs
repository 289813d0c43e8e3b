//! The made-up world: so many people at so many companies, the same for the same seed.
//! Must never depend on the clock or on the order of questions. Knows nothing of HTTP or JSON.

pub mod company;
pub mod industries;
pub mod names;
pub mod person;
pub mod places;
pub mod profile;
pub mod titles;

use self::{
    company::{Company, CompanyWeights},
    names::{Name, Names},
    person::{Draws, Person},
    profile::Profile,
    titles::Titles,
};
use crate::random::{hash, scramble, unscramble};

pub(crate) const SALT_COMPANY: u64 = 0x0C;
pub(crate) const SALT_PERSON: u64 = 0x9E;
pub(crate) const SALT_DETAIL: u64 = 0xDE_0000;
const SALT_PERSON_ID: u64 = 0x1D01;
const SALT_COMPANY_ID: u64 = 0x1D02;
/// Apollo's average is not known; a dozen people a company gives personas several rows at one employer.
const PEOPLE_PER_COMPANY: u32 = 12;

/// Everybody, in the order in which searches rank them.
pub struct World {
    pub seed: u64,
    pub companies: Vec<Company>,
    pub people: Vec<Person>,
    pub draws: Draws,
}

impl World {
    pub fn made_up(seed: u64, people: u32) -> Self {
        let draws = Draws { weights: CompanyWeights::new(), titles: Titles::new(), names: Names::new() };
        let companies = (0..(people / PEOPLE_PER_COMPANY).max(1))
            .map(|number| Company::made_up(seed, number, &draws.weights))
            .collect::<Vec<_>>();
        let people = (0..people).map(|number| Person::made_up(seed, number, &companies, &draws)).collect();
        Self { seed, companies, people, draws }
    }

    pub fn profile(&self, number: u32) -> Option<Profile<'_>> {
        let person = self.people.get(number as usize)?;
        Some(Profile { world: self, number, person, company: self.companies.get(person.company as usize) })
    }

    pub fn name(&self, number: u16) -> Option<&Name> {
        self.draws.names.all.get(usize::from(number))
    }

    pub fn person_id(&self, number: u32) -> String {
        make_id(self.seed, SALT_PERSON_ID, number)
    }

    pub fn person_with_id(&self, id: &str) -> Option<u32> {
        read_id(self.seed, SALT_PERSON_ID, id).filter(|number| (*number as usize) < self.people.len())
    }

    /// The person whose id ends in these sixteen digits.
    pub fn person_with_tail(&self, tail: &str) -> Option<u32> {
        let number = read_tail(self.seed, SALT_PERSON_ID, tail)?;
        self.person_with_id(&self.person_id(number)).filter(|_| tail.len() == 16)
    }

    pub fn company_id(&self, number: u32) -> String {
        make_id(self.seed, SALT_COMPANY_ID, number)
    }

    pub fn company_with_id(&self, id: &str) -> Option<u32> {
        read_id(self.seed, SALT_COMPANY_ID, id).filter(|number| (*number as usize) < self.companies.len())
    }

    pub fn company_with_domain(&self, domain: &str) -> Option<u32> {
        let domain = domain.trim().to_lowercase();
        self.companies.iter().find(|company| company.domain(self.seed) == domain).map(|company| company.number)
    }
}

/// 24 hexadecimal digits: eight like a date of creation, sixteen from which the number can be read back.
fn make_id(seed: u64, salt: u64, number: u32) -> String {
    let created = 0x5F00_0000 + hash(seed, salt, u64::from(number)) % 0x0900_0000;
    format!("{created:08x}{:016x}", scramble(seed ^ salt, u64::from(number)))
}

fn read_id(seed: u64, salt: u64, id: &str) -> Option<u32> {
    let number = read_tail(seed, salt, id.get(8..)?)?;
    (make_id(seed, salt, number) == id).then_some(number)
}

fn read_tail(seed: u64, salt: u64, tail: &str) -> Option<u32> {
    let scrambled = u64::from_str_radix(tail, 16).ok()?;
    u32::try_from(unscramble(seed ^ salt, scrambled)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_its_person_and_no_made_up_id_to_anybody() {
        let world = World::made_up(3, 500);
        for number in 0..500 {
            assert_eq!(world.person_with_id(&world.person_id(number)), Some(number));
        }
        for id in ["", "not an id", "5f00000000000000000000aa", &world.company_id(1), &world.person_id(500)] {
            assert_eq!(world.person_with_id(id), None, "{id}");
        }
    }

    #[test]
    fn another_seed_gives_other_people() {
        let (one, other) = (World::made_up(1, 300), World::made_up(2, 300));
        let names =
            |world: &World| (0..300).filter_map(|number| world.profile(number).map(Profile::name)).collect::<Vec<_>>();
        assert_eq!(names(&one), names(&World::made_up(1, 300)));
        assert_ne!(names(&one), names(&other));
    }
}
