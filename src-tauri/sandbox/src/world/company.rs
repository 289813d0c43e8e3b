//! Made-up companies: the facts that filters ask for, in small numbers, and the words made from them when shown.
//! Every domain ends in `.example` (RFC 2606), so that nobody real can ever be written to.

use super::{
    SALT_COMPANY,
    industries::{COMMON, INDUSTRIES},
    places::{PLACES, Place},
};
use crate::random::Dice;

const FRONT: [&str; 60] = [
    "Amber", "Arbor", "Aster", "Atlas", "Aurora", "Basalt", "Beacon", "Birch", "Blue", "Bright", "Cedar", "Cinder",
    "Clear", "Cobalt", "Copper", "Coral", "Crest", "Dawn", "Delta", "Drift", "Eagle", "Echo", "Elder", "Ember",
    "Falcon", "Fern", "Flint", "Frost", "Garnet", "Glacier", "Granite", "Harbor", "Hazel", "Heron", "Indigo", "Iron",
    "Ivory", "Juniper", "Keystone", "Lark", "Linden", "Lunar", "Maple", "Meridian", "Mistral", "North", "Nova", "Oak",
    "Onyx", "Opal", "Orchid", "Pine", "Quartz", "River", "Sable", "Silver", "Solar", "Summit", "Tidal", "Willow",
];
const BACK: [&str; 60] = [
    "Analytics",
    "Arc",
    "Bank",
    "Base",
    "Bay",
    "Bridge",
    "Brook",
    "Build",
    "Bridgeworks",
    "Care",
    "Cast",
    "Chain",
    "Cloud",
    "Craft",
    "Dynamics",
    "Edge",
    "Energy",
    "Field",
    "Finance",
    "Flow",
    "Foods",
    "Forge",
    "Gate",
    "Grid",
    "Group",
    "Grove",
    "Guard",
    "Health",
    "House",
    "Labs",
    "Ledger",
    "Legal",
    "Light",
    "Line",
    "Logic",
    "Logistics",
    "Loop",
    "Mark",
    "Media",
    "Metrics",
    "Mill",
    "Motors",
    "Network",
    "Partners",
    "Path",
    "Pharma",
    "Point",
    "Port",
    "Pulse",
    "Robotics",
    "Signal",
    "Soft",
    "Source",
    "Stack",
    "Stone",
    "Studio",
    "Systems",
    "Trade",
    "Wave",
    "Works",
];
const COMBINATIONS: u32 = 3600;
/// Coprime to [`COMBINATIONS`], so that each name is used once before any comes again.
const STRIDE: u32 = 1597;

/// The closed list of keywords; a company has some of them as bits of one number.
pub const KEYWORDS: [&str; 48] = [
    "saas",
    "b2b",
    "software",
    "cloud",
    "machine learning",
    "artificial intelligence",
    "analytics",
    "big data",
    "cybersecurity",
    "fintech",
    "payments",
    "e-commerce",
    "marketplace",
    "logistics",
    "supply chain",
    "manufacturing",
    "automation",
    "robotics",
    "iot",
    "healthcare",
    "medical devices",
    "biotech",
    "pharma",
    "education",
    "e-learning",
    "human resources",
    "recruiting",
    "marketing automation",
    "lead generation",
    "crm",
    "erp",
    "consulting",
    "outsourcing",
    "real estate",
    "construction",
    "renewable energy",
    "sustainability",
    "automotive",
    "mobility",
    "travel",
    "hospitality",
    "food",
    "retail",
    "consumer goods",
    "gaming",
    "media",
    "legal services",
    "insurance",
];

/// The closed list of technology uids, bits of one number likewise.
pub const TECHNOLOGIES: [&str; 24] = [
    "salesforce",
    "hubspot",
    "google_analytics",
    "wordpress_org",
    "shopify",
    "amazon_aws",
    "microsoft_azure",
    "google_cloud",
    "zendesk",
    "intercom",
    "marketo",
    "slack",
    "jira",
    "snowflake",
    "tableau",
    "stripe",
    "sap",
    "oracle",
    "workday",
    "react_js_library",
    "kubernetes",
    "mailchimp_mandrill",
    "segment_io",
    "zoom",
];

const HEADCOUNTS: [(u32, u32); 11] = [
    (1, 10),
    (11, 20),
    (21, 50),
    (51, 100),
    (101, 200),
    (201, 500),
    (501, 1000),
    (1001, 2000),
    (2001, 5000),
    (5001, 10_000),
    (10_001, 180_000),
];
const HEADCOUNT_WEIGHTS: [u32; 11] = [13, 11, 14, 13, 11, 13, 9, 6, 5, 3, 2];

/// What a filter may ask of a company.
pub struct Company {
    pub number: u32,
    /// Position in [`INDUSTRIES`].
    pub industry: u8,
    /// Position in [`PLACES`].
    pub place: u8,
    pub headcount: u32,
    /// US dollars a year.
    pub revenue: u64,
    pub founded: u16,
    /// Bits in the order of [`KEYWORDS`].
    pub keywords: u64,
    /// Bits in the order of [`TECHNOLOGIES`].
    pub technologies: u32,
    /// Its mail server takes any address.
    pub catch_all: bool,
    /// Growth in percent, hundredths, over 6, 12 and 24 months.
    pub growth: [i32; 3],
    pub phone: u32,
}

/// The weights of a draw, summed once for all companies.
pub struct CompanyWeights {
    industries: Vec<u32>,
    places: Vec<u32>,
}

impl CompanyWeights {
    pub fn new() -> Self {
        let weight = |name: &str| COMMON.iter().find(|(common, _)| *common == name).map_or(1, |(_, weight)| *weight);
        Self {
            industries: INDUSTRIES.iter().map(|(name, _)| weight(name)).collect(),
            places: PLACES.iter().map(|place| place.weight).collect(),
        }
    }

    pub fn place(&self, dice: &mut Dice) -> u8 {
        dice.weighted(&self.places) as u8
    }
}

impl Company {
    pub fn made_up(seed: u64, number: u32, weights: &CompanyWeights) -> Self {
        let mut dice = Dice::new(seed, SALT_COMPANY, u64::from(number));
        let industry = dice.weighted(&weights.industries) as u8;
        let place = weights.place(&mut dice);
        let (least, most) = HEADCOUNTS[dice.weighted(&HEADCOUNT_WEIGHTS)];
        let headcount = least + dice.below(most - least + 1);
        let keywords = (0..3 + dice.below(4)).fold(0, |bits, _| bits | 1 << dice.below(KEYWORDS.len() as u32));
        let technologies = (0..dice.below(6)).fold(0, |bits, _| bits | 1 << dice.below(TECHNOLOGIES.len() as u32));
        Self {
            number,
            industry,
            place,
            headcount,
            revenue: u64::from(headcount) * u64::from(60_000 + dice.below(200_000)),
            founded: 1890 + (136 - 136 * dice.below(1000) * dice.below(1000) / 1_000_000) as u16,
            keywords,
            technologies,
            catch_all: dice.chance(120),
            growth: [0; 3].map(|_| dice.below(9000) as i32 - 2000),
            phone: dice.below(10_000_000),
        }
    }

    pub fn place(&self) -> &'static Place {
        &PLACES[usize::from(self.place)]
    }

    pub fn industry(&self) -> (&'static str, &'static str) {
        INDUSTRIES[usize::from(self.industry)]
    }

    /// The name with the legal form of its country.
    pub fn name(&self, seed: u64) -> String {
        let (front, back, round) = self.name_parts(seed);
        let form = match self.place().country {
            "Germany" | "Austria" => [" GmbH", " AG", " SE", ""],
            "United Kingdom" | "Ireland" => [" Ltd", " Limited", " PLC", ""],
            "France" => [" SAS", " & Cie", " SA", ""],
            "Spain" | "Mexico" | "Italy" => [" S.A.", " S.L.", " Grupo", ""],
            "Switzerland" => [" AG", " SA", "", ""],
            "Sweden" | "Norway" | "Denmark" => [" AB", " A/S", " ASA", ""],
            _ => [", Inc.", " LLC", "", " Corp"],
        }[(self.phone % 4) as usize];
        match round {
            0 => format!("{front}{back}{form}"),
            _ => format!("{front} {back} {}{form}", round + 1),
        }
    }

    pub fn domain(&self, seed: u64) -> String {
        let (front, back, round) = self.name_parts(seed);
        match round {
            0 => format!("{front}{back}.example"),
            _ => format!("{front}{back}{}.example", round + 1),
        }
        .to_lowercase()
    }

    fn name_parts(&self, seed: u64) -> (&'static str, &'static str, u32) {
        let turn = u64::from(self.number % COMBINATIONS) * u64::from(STRIDE) + seed % u64::from(COMBINATIONS);
        let slot = (turn % u64::from(COMBINATIONS)) as usize;
        (FRONT[slot / BACK.len()], BACK[slot % BACK.len()], self.number / COMBINATIONS)
    }

    pub fn keyword_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        KEYWORDS.iter().enumerate().filter(|(bit, _)| self.keywords >> bit & 1 == 1).map(|(_, name)| *name)
    }

    pub fn technology_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        TECHNOLOGIES.iter().enumerate().filter(|(bit, _)| self.technologies >> bit & 1 == 1).map(|(_, name)| *name)
    }

    /// The switchboard in E.164 form, in the area 555 that fiction uses.
    pub fn phone(&self) -> String {
        format!("+{}555{:07}", self.place().dialling_code, self.phone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_companies_share_a_domain() {
        let weights = CompanyWeights::new();
        let domains = (0..20_000).map(|number| Company::made_up(7, number, &weights).domain(7)).collect::<HashSet<_>>();
        assert_eq!(domains.len(), 20_000);
        assert!(domains.iter().all(|domain| domain.ends_with(".example")));
    }
}
