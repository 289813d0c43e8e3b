//! How answers about one person come together. Pure: each fact keeps its greatest telling, each job its first and last
//! day, so that any order of the same answers, repeats included, gives the same person.

use std::collections::BTreeMap;

use super::fact::{Fact, FactSource, Stamp, Told};
use super::{Likelihood, Person};
use crate::text::words;

/// Where a fact is kept: by itself, or, for a detail ([`Fact::detail_of`]), by the words of what it was told beside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub fact: Fact,
    pub beside: String,
}

/// A job as it was told; one of the two is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Job {
    pub title: Option<String>,
    pub employer: Option<String>,
}

/// When a job was told, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub first_ms: i64,
    pub last_ms: i64,
    /// One bit for each [`FactSource`], by its number.
    pub sources: u8,
}

/// A change of jobs, as far as answers tell: it happened after the one day and by the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobChange {
    /// When the former job was told last.
    pub after_ms: i64,
    /// When the new one was told first.
    pub by_ms: i64,
}

/// All that was ever told of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The greatest stamp of all answers: who knows most of this person, and when that was told.
    pub best: Option<Stamp>,
    pub facts: BTreeMap<Spot, Told>,
    pub jobs: BTreeMap<Job, Seen>,
}

/// What was told of one company.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    pub name: Option<Told>,
    pub domain: Option<Told>,
}

impl Record {
    /// What one answer tells of a person. What it does not tell is not there, and so can't erase anything.
    pub fn told(person: &Person, stamp: Stamp) -> Self {
        let mut record = Self { best: Some(stamp), ..Self::default() };
        for fact in Fact::ALL {
            // Where the company has an id, its domain is the company's own fact.
            if fact == Fact::OrganizationDomain && person.organization_id.is_some() {
                continue;
            }
            let Some(value) = person.fact(fact).filter(|value| !value.trim().is_empty()) else { continue };
            let beside = fact.detail_of().and_then(|owner| person.fact(owner)).map_or_else(String::new, words);
            record.facts.insert(Spot { fact, beside }, Told { stamp, value: value.to_owned() });
        }
        let job = Job { title: person.title.clone(), employer: person.organization_name.clone() };
        if job.title.is_some() || job.employer.is_some() {
            let seen = Seen { first_ms: stamp.at_ms, last_ms: stamp.at_ms, sources: bit(stamp.source) };
            record.jobs.insert(job, seen);
        }
        record
    }

    /// Takes in what somebody else knows.
    pub fn merge(&mut self, other: Self) {
        // Nothing is less than any stamp.
        self.best = self.best.max(other.best);
        for (spot, told) in other.facts {
            match self.facts.get_mut(&spot) {
                Some(known) if *known >= told => {}
                Some(known) => *known = told,
                None => drop(self.facts.insert(spot, told)),
            }
        }
        for (job, seen) in other.jobs {
            self.jobs.entry(job).and_modify(|known| known.widen(seen)).or_insert(seen);
        }
    }

    /// What is shown of a fact: its greatest telling; of a detail, the one beside what is shown.
    pub fn shown(&self, fact: Fact) -> Option<&Told> {
        let owner = fact.detail_of().and_then(|owner| self.shown(owner));
        let beside = owner.map_or_else(String::new, |owner| words(&owner.value));
        self.facts.get(&Spot { fact, beside })
    }

    /// The person as shown, without what is a company's.
    pub fn person(&self, id: &str) -> Person {
        let text = |fact| self.shown(fact).map(|told| told.value.clone());
        Person {
            id: id.to_owned(),
            name: text(Fact::Name),
            first_name: text(Fact::FirstName),
            last_name: text(Fact::LastName),
            last_name_obfuscated: text(Fact::LastNameObfuscated),
            title: text(Fact::Title),
            headline: text(Fact::Headline),
            seniority: text(Fact::Seniority),
            functions: text(Fact::Functions),
            email: text(Fact::Email),
            email_status: text(Fact::EmailStatus),
            phone: text(Fact::Phone),
            linkedin_url: text(Fact::LinkedinUrl),
            city: text(Fact::City),
            state: text(Fact::State),
            country: text(Fact::Country),
            organization_name: text(Fact::OrganizationName),
            organization_id: text(Fact::OrganizationId),
            organization_domain: text(Fact::OrganizationDomain),
            has_email: self.shown(Fact::HasEmail).map(|told| told.value == super::YES),
            has_direct_phone: self.shown(Fact::HasDirectPhone).and_then(|told| Likelihood::parse(&told.value)),
        }
    }

    /// The job as shown, whether or not anybody told its two parts together.
    pub fn shown_job(&self) -> Job {
        let text = |fact| self.shown(fact).map(|told| told.value.clone());
        Job { title: text(Fact::Title), employer: text(Fact::OrganizationName) }
    }

    /// The last change of jobs, whoever told of it: that a newer stub contradicts a richer answer is news, even though it
    /// is not shown in its place.
    pub fn job_change(&self) -> Option<JobChange> {
        let (newest, seen) = self.jobs.iter().max_by_key(|(job, seen)| (seen.last_ms, seen.first_ms, *job))?;
        let former = self
            .jobs
            .iter()
            .filter(|(job, other)| other.first_ms < seen.first_ms && job.contradicts(newest))
            .map(|(_, other)| other.last_ms)
            .max()?;
        Some(JobChange { after_ms: former.min(seen.first_ms), by_ms: seen.first_ms })
    }
}

impl Job {
    /// Whether no one job could be both: a part that is told in both differs in its words.
    pub fn contradicts(&self, other: &Self) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| match (one, other) {
            (Some(one), Some(other)) => one != other && words(one) != words(other),
            _ => false,
        };
        differ(&self.title, &other.title) || differ(&self.employer, &other.employer)
    }
}

impl Seen {
    fn widen(&mut self, other: Self) {
        self.first_ms = self.first_ms.min(other.first_ms);
        self.last_ms = self.last_ms.max(other.last_ms);
        self.sources |= other.sources;
    }

    /// Who told of it, in the order of trust.
    pub fn sources(self) -> Vec<FactSource> {
        FactSource::ALL.into_iter().rev().filter(|source| self.sources & bit(*source) != 0).collect()
    }
}

impl Company {
    /// What an answer about a person tells of the company.
    pub fn told(person: &Person, stamp: Stamp) -> Self {
        let told = |value: &Option<String>| value.clone().map(|value| Told { stamp, value });
        Self { name: told(&person.organization_name), domain: told(&person.organization_domain) }
    }

    /// Takes in what somebody else knows.
    pub fn merge(&mut self, other: Self) {
        // Nothing is less than anything told.
        self.name = self.name.take().max(other.name);
        self.domain = self.domain.take().max(other.domain);
    }
}

fn bit(source: FactSource) -> u8 {
    1 << (source as u8)
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    const DAY: i64 = 86_400_000;

    fn some(values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
        prop_oneof![1 => Just(None), 2 => prop::sample::select(values).prop_map(|value| Some(value.to_owned()))]
    }

    prop_compose! {
        /// Few values, so that answers agree, contradict and tie often.
        fn facts()(
            names in (some(&["Ana Keil", "Ana Lund"]), some(&["Ana"]), some(&["Keil", "Lund"]), some(&["Ke***l", "L."])),
            title in some(&["VP Sales", "VP, Sales", "CEO"]),
            seniority in some(&["vp", "c_suite"]),
            functions in some(&["sales", "finance, sales"]),
            email in some(&["ana@acme.example", "ana@globex.example"]),
            email_status in some(&["verified", "unavailable"]),
            place in (some(&["Köln", "Wien"]), some(&["NRW"]), some(&["Germany", "Austria", "GERMANY"])),
            employer in (some(&["Acme", "ACME", "Globex"]), some(&["c1", "c2"]), some(&["acme.example", "globex.example"])),
            has_email in prop::option::of(any::<bool>()),
            has_direct_phone in prop::option::of(prop::sample::select(vec![Likelihood::Yes, Likelihood::Maybe, Likelihood::No])),
        ) -> Person {
            let (name, first_name, last_name, last_name_obfuscated) = names;
            let (city, state, country) = place;
            let (organization_name, organization_id, organization_domain) = employer;
            Person {
                id: "p".to_owned(), name, first_name, last_name, last_name_obfuscated, title, seniority, functions, email,
                email_status, city, state, country, organization_name, organization_id, organization_domain, has_email, has_direct_phone,
                headline: None, phone: None, linkedin_url: None,
            }
        }
    }

    /// An answer about one person. A stub tells what the free endpoint tells.
    pub fn answer() -> impl Strategy<Value = (Person, Stamp)> {
        (facts(), prop::sample::select(&FactSource::ALL[..]), 0..4_i64).prop_map(|(person, source, day)| {
            let person = if source == FactSource::Stub { stub(person) } else { person };
            (person, Stamp::new(source, day * DAY))
        })
    }

    fn stub(person: Person) -> Person {
        let Person {
            id, first_name, last_name_obfuscated, title, organization_name, has_email, has_direct_phone, ..
        } = person;
        let known = Person { id, first_name, last_name_obfuscated, title, organization_name, ..Person::default() };
        Person { has_email, has_direct_phone, ..known }
    }

    fn merged(answers: &[(Person, Stamp)]) -> Record {
        let mut record = Record::default();
        for (person, stamp) in answers {
            record.merge(Record::told(person, *stamp));
        }
        record
    }

    fn of(source: FactSource, day: i64, person: Person) -> (Person, Stamp) {
        (person, Stamp::new(source, day * DAY))
    }

    fn employed(title: &str, employer: &str) -> Person {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Person { title: text(title), organization_name: text(employer), ..Person::default() }
    }

    fn shown(record: &Record, fact: Fact) -> Option<&str> {
        record.shown(fact).map(|told| told.value.as_str())
    }

    proptest! {
        #[test]
        fn any_order_of_the_same_answers_repeats_included_gives_the_same_person(
            (answers, mixed) in prop::collection::vec(answer(), 0..7).prop_flat_map(|answers| {
                let repeated: Vec<_> = answers.iter().cloned().chain(answers.iter().take(3).cloned()).collect();
                (Just(answers), Just(repeated).prop_shuffle())
            }),
        ) {
            prop_assert_eq!(merged(&answers), merged(&mixed));
        }

        #[test]
        fn merging_is_associative_and_with_itself_changes_nothing(
            answers in prop::collection::vec(answer(), 0..9), first in 0..9_usize, second in 0..9_usize,
        ) {
            let (first, second) = (first.min(answers.len()), second.min(answers.len()));
            let (one, rest) = answers.split_at(first.min(second));
            let (two, three) = rest.split_at(first.max(second) - first.min(second));
            let mut left = merged(one);
            left.merge(merged(two));
            left.merge(merged(three));
            let mut tail = merged(two);
            tail.merge(merged(three));
            let mut right = merged(one);
            right.merge(tail);
            prop_assert_eq!(&left, &right);
            left.merge(right.clone());
            prop_assert_eq!(left, right);
        }

        #[test]
        fn what_an_answer_does_not_tell_it_does_not_take_away(answers in prop::collection::vec(answer(), 1..6), silent in answer()) {
            let before = merged(&answers);
            let mut after = before.clone();
            // Says nothing but who it is, from the most trusted source, on the latest day.
            after.merge(Record::told(&Person { id: silent.0.id, ..Person::default() }, Stamp::new(FactSource::Typed, 9 * DAY)));
            prop_assert_eq!((before.facts, before.jobs), (after.facts, after.jobs));
        }

        #[test]
        fn what_is_shown_is_what_its_greatest_teller_said(answers in prop::collection::vec(answer(), 1..7)) {
            let record = merged(&answers);
            for (fact, value) in [
                (Fact::Title, (|person: &Person| person.title.clone()) as fn(&Person) -> Option<String>),
                (Fact::Email, |person| person.email.clone()),
                (Fact::Country, |person| person.country.clone()),
                (Fact::LastName, |person| person.last_name.clone()),
            ] {
                let greatest = answers.iter().filter_map(|(person, stamp)| Some((*stamp, value(person)?))).max();
                prop_assert_eq!(shown(&record, fact).map(str::to_owned), greatest.map(|(_, value)| value));
            }
        }

        #[test]
        fn no_detail_is_ever_shown_beside_what_nobody_told_it_with(answers in prop::collection::vec(answer(), 1..7)) {
            let record = merged(&answers);
            let told_together = |fact: Fact, owner: Fact| {
                let (Some(detail), Some(beside)) = (shown(&record, fact), shown(&record, owner)) else { return true };
                answers.iter().any(|(person, _)| {
                    person.fact(fact) == Some(detail) && person.fact(owner).is_some_and(|value| words(value) == words(beside))
                })
            };
            for fact in Fact::ALL {
                prop_assert!(fact.detail_of().is_none_or(|owner| told_together(fact, owner)), "{:?}", fact);
            }
        }
    }

    #[test]
    fn a_newer_stub_is_not_shown_over_a_richer_answer_but_its_news_is_kept() {
        let rich = of(FactSource::Search, 1, employed("VP Sales", "Acme"));
        let stub = of(FactSource::Stub, 8, employed("CEO", "Globex"));
        let record = merged(&[rich, stub]);
        assert_eq!(record.shown_job(), Job { title: Some("VP Sales".to_owned()), employer: Some("Acme".to_owned()) });
        assert_eq!(record.job_change(), Some(JobChange { after_ms: DAY, by_ms: 8 * DAY }));
        assert_eq!(record.jobs.len(), 2);
    }

    #[test]
    fn a_title_in_another_spelling_or_one_not_told_is_no_change_of_jobs() {
        let record = merged(&[
            of(FactSource::Search, 1, employed("VP Sales", "Acme")),
            of(FactSource::Stub, 2, employed("vp, sales", "Acme")),
            of(FactSource::Stub, 3, employed("", "ACME")),
        ]);
        assert_eq!(record.job_change(), None);
    }

    #[test]
    fn somebody_who_comes_back_to_a_former_job_has_not_changed_to_it_again() {
        let record = merged(&[
            of(FactSource::Stub, 1, employed("CEO", "Globex")),
            of(FactSource::Search, 2, employed("VP Sales", "Acme")),
            of(FactSource::Stub, 3, employed("CEO", "Globex")),
        ]);
        assert_eq!(record.job_change(), None, "the same as on the first day");
    }

    #[test]
    fn the_company_of_a_former_employer_does_not_stay_behind_and_comes_back_with_it() {
        let with_id = Person { organization_id: Some("c1".to_owned()), ..employed("VP Sales", "Acme") };
        let mut record =
            merged(&[of(FactSource::Search, 1, with_id), of(FactSource::Search, 2, employed("CEO", "Globex"))]);
        assert_eq!(
            (shown(&record, Fact::OrganizationName), shown(&record, Fact::OrganizationId)),
            (Some("Globex"), None)
        );
        record.merge(merged(&[of(FactSource::Enrichment, 3, employed("CFO", "ACME"))]));
        assert_eq!(shown(&record, Fact::OrganizationId), Some("c1"));
    }

    #[test]
    fn a_locked_address_does_not_take_the_status_of_a_known_one() {
        let status = |status: &str| Some(status.to_owned());
        let known =
            Person { email: Some("a@b.example".to_owned()), email_status: status("verified"), ..Person::default() };
        let locked = Person { email_status: status("unavailable"), has_email: Some(true), ..Person::default() };
        let record = merged(&[of(FactSource::Enrichment, 1, known), of(FactSource::Search, 2, locked)]);
        assert_eq!(shown(&record, Fact::EmailStatus), Some("verified"));
        assert_eq!(record.shown(Fact::HasEmail).map(|told| told.stamp.at_ms), Some(2 * DAY));
    }

    #[test]
    fn a_company_keeps_the_greatest_telling_of_each_fact() {
        let told = |name: &str, domain: Option<&str>, day| {
            let person = Person { organization_domain: domain.map(str::to_owned), ..employed("", name) };
            Company::told(&person, Stamp::new(FactSource::Search, day * DAY))
        };
        let mut company = told("Acme", Some("acme.example"), 1);
        company.merge(told("Acme Inc", None, 2));
        company.merge(Company::default());
        let value = |told: &Option<Told>| told.as_ref().map(|told| told.value.clone());
        assert_eq!(
            (value(&company.name).as_deref(), value(&company.domain).as_deref()),
            (Some("Acme Inc"), Some("acme.example"))
        );
    }
}
