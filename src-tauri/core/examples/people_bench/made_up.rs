//! Made-up people, always the same ones, shaped like rows of the full search.

use std::ops::Range;
use std::sync::Arc;

use foray_core::apollo::Endpoint;
use foray_core::cache::QuestionHash;
use foray_core::people::{FetchedPage, Person};
use foray_core::persona::Filters;

use super::{PAGE, day};

const FIRST: [&str; 16] = [
    "Ana",
    "Björn",
    "Chiara",
    "Dirk",
    "Élodie",
    "Farid",
    "Greta",
    "Henrik",
    "Ines",
    "Jonas",
    "Katarzyna",
    "Luís",
    "Mei",
    "Noor",
    "Olga",
    "Priya",
];
const LAST: [&str; 16] = [
    "Keil",
    "Lund",
    "Rossi",
    "Okafor",
    "Lefèvre",
    "Nguyen",
    "Sørensen",
    "Müller",
    "Haddad",
    "van Dijk",
    "Kowalska",
    "O’Brien",
    "Silva",
    "Tanaka",
    "Ivanova",
    "Chatterjee",
];
/// What further names are made of, so that a million people have as many different ones as real ones do.
const SYLLABLES: [&str; 24] = [
    "ba", "ko", "mar", "len", "vić", "ström", "da", "ri", "nov", "ski", "ha", "müh", "ro", "sen", "ta", "ul", "ve",
    "quin", "jo", "wei", "zan", "er", "fa", "go",
];
const TITLES: [&str; 8] = [
    "VP Sales",
    "Head of Sales",
    "Regional Sales Director, DACH",
    "Account Executive",
    "Chief Financial Officer",
    "Product Manager",
    "Senior Software Engineer",
    "Founder & CEO",
];
const SENIORITIES: [&str; 8] = ["vp", "head", "director", "senior", "c_suite", "manager", "senior", "founder"];
const FUNCTIONS: [&str; 8] = [
    "sales",
    "sales",
    "business_development, sales",
    "sales",
    "finance",
    "product_management",
    "engineering",
    "entrepreneurship",
];
const PLACES: [(&str, &str, &str); 8] = [
    ("Köln", "North Rhine-Westphalia", "Germany"),
    ("Berlin", "Berlin", "Germany"),
    ("Wien", "Vienna", "Austria"),
    ("Zürich", "Zurich", "Switzerland"),
    ("Stockholm", "Stockholm County", "Sweden"),
    ("London", "England", "United Kingdom"),
    ("San Francisco", "California", "United States"),
    ("Austin", "Texas", "United States"),
];
const COMPANIES: [&str; 8] =
    ["Northwind", "Blue Fjord", "Ackermann & Söhne", "Lumen", "Kontor", "Halden", "Tuuli", "Vesper"];

/// splitmix64: small, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// These people as pages of 100, each of a question of its own, fetched on a day.
pub fn pages(numbers: Range<usize>, on_day: i64) -> Vec<FetchedPage> {
    let numbers: Vec<usize> = numbers.collect();
    numbers
        .chunks(PAGE)
        .filter_map(|chunk| {
            Some(FetchedPage {
                question: QuestionHash::of(&(chunk.first()? / 50_000)).ok()?,
                filters: Filters::default(),
                persona: None,
                job: None,
                origin: "sandbox".to_owned(),
                endpoint: Endpoint::Full,
                page: (chunk.first()? % 50_000 / PAGE) as u32 + 1,
                page_size: PAGE as u32,
                fetched_at: day(on_day),
                total_entries: Some(50_000),
                calls_spent: 1,
                credits_spent: None,
                people: Arc::new(chunk.iter().copied().map(person).collect()),
            })
        })
        .collect()
}

fn person(number: usize) -> Person {
    let mut random = Random::new(number as u64);
    let mut pick = |from: usize| random.below(from as u64) as usize;
    let (first, last, job) = (FIRST[pick(16)], pick(64), pick(8));
    let last = LAST.get(last).map_or_else(|| composed(&mut pick), |last| (*last).to_owned());
    let (city, state, country) = PLACES[pick(8)];
    let company = pick(100_000);
    let employer = format!("{} {company}", COMPANIES[company % 8]);
    let text = |text: &str| Some(text.to_owned());
    Person {
        id: format!("{:08x}{:016x}", number as u32 ^ 0x61c7_ada3, Random::new(!(number as u64)).next()),
        name: text(&format!("{first} {last}")),
        first_name: text(first),
        last_name: text(&last),
        last_name_obfuscated: None,
        title: text(TITLES[job]),
        headline: text(&format!("{} at {employer}", TITLES[job])),
        seniority: text(SENIORITIES[job]),
        functions: text(FUNCTIONS[job]),
        email: None,
        email_status: text(["verified", "extrapolated", "unavailable"][pick(3)]),
        phone: None,
        linkedin_url: text(&format!("http://www.linkedin.com/in/{}-{number:08x}", first.to_lowercase())),
        city: text(city),
        state: text(state),
        country: text(country),
        organization_id: text(&format!("{:024x}", company + 0x5f00_0000)),
        organization_domain: text(&format!("company-{company}.example")),
        organization_name: Some(employer),
        has_email: Some(pick(2) == 0),
        has_direct_phone: None,
    }
}

/// A name of three syllables.
fn composed(pick: &mut impl FnMut(usize) -> usize) -> String {
    let name: String = (0..3).map(|_| SYLLABLES[pick(SYLLABLES.len())]).collect();
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
