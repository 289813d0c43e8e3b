//! The values the persona form offers. Seniorities, industries and company sizes are closed lists and complete; titles
//! and locations are suggestions, any other text is as good.

use serde::Serialize;
use ts_rs::TS;

use super::industries;
use super::seniority::Seniority;

/// Apollo's own head count bands (its search page, August 2026).
pub const COMPANY_SIZES: [&str; 11] = [
    "1,10",
    "11,20",
    "21,50",
    "51,100",
    "101,200",
    "201,500",
    "501,1000",
    "1001,2000",
    "2001,5000",
    "5001,10000",
    "10001",
];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IndustryChoice {
    pub name: String,
    /// False where Apollo's id is not known, so that it can't be filtered by.
    pub searchable: bool,
}

/// A short form of a title and what it may stand for. More than one means: ask, never assume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TitleAbbreviation {
    pub short: String,
    pub long: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Vocabulary {
    /// In rank order.
    pub seniorities: Vec<Seniority>,
    pub industries: Vec<IndustryChoice>,
    pub company_sizes: Vec<String>,
    pub titles: Vec<String>,
    pub abbreviations: Vec<TitleAbbreviation>,
    pub locations: Vec<String>,
}

pub fn vocabulary() -> Vocabulary {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Vocabulary {
        seniorities: Seniority::ALL.to_vec(),
        industries: industries::ALL
            .iter()
            .map(|industry| IndustryChoice { name: industry.name.to_owned(), searchable: industry.tag_id.is_some() })
            .collect(),
        company_sizes: owned(&COMPANY_SIZES),
        titles: owned(&TITLES),
        abbreviations: ABBREVIATIONS
            .iter()
            .map(|(short, long)| TitleAbbreviation { short: (*short).to_owned(), long: owned(long) })
            .collect(),
        locations: owned(&LOCATIONS),
    }
}

const ABBREVIATIONS: [(&str, &[&str]); 30] = [
    ("CEO", &["Chief Executive Officer"]),
    ("CFO", &["Chief Financial Officer"]),
    ("COO", &["Chief Operating Officer"]),
    ("CMO", &["Chief Marketing Officer"]),
    ("CTO", &["Chief Technology Officer"]),
    ("CHRO", &["Chief Human Resources Officer"]),
    ("CISO", &["Chief Information Security Officer"]),
    ("GC", &["General Counsel"]),
    ("VP", &["Vice President"]),
    ("SVP", &["Senior Vice President"]),
    ("EVP", &["Executive Vice President"]),
    ("AVP", &["Assistant Vice President"]),
    ("GM", &["General Manager"]),
    ("BDR", &["Business Development Representative"]),
    ("SDR", &["Sales Development Representative"]),
    ("AE", &["Account Executive"]),
    ("AM", &["Account Manager"]),
    ("CSM", &["Customer Success Manager"]),
    ("RevOps", &["Revenue Operations"]),
    ("FP&A", &["Financial Planning and Analysis"]),
    ("HRBP", &["HR Business Partner"]),
    ("MD", &["Managing Director", "Medical Director", "Doctor of Medicine"]),
    ("CRO", &["Chief Revenue Officer", "Chief Risk Officer", "Chief Research Officer"]),
    (
        "CSO",
        &[
            "Chief Strategy Officer",
            "Chief Sustainability Officer",
            "Chief Sales Officer",
            "Chief Security Officer",
            "Chief Scientific Officer",
        ],
    ),
    ("CDO", &["Chief Data Officer", "Chief Digital Officer", "Chief Diversity Officer"]),
    (
        "CCO",
        &[
            "Chief Compliance Officer",
            "Chief Commercial Officer",
            "Chief Customer Officer",
            "Chief Communications Officer",
        ],
    ),
    ("CAO", &["Chief Administrative Officer", "Chief Accounting Officer", "Chief Analytics Officer"]),
    ("CPO", &["Chief Product Officer", "Chief People Officer", "Chief Procurement Officer", "Chief Privacy Officer"]),
    ("CIO", &["Chief Information Officer", "Chief Investment Officer"]),
    ("PM", &["Product Manager", "Project Manager", "Program Manager"]),
];

const TITLES: [&str; 64] = [
    "Account Executive",
    "Account Manager",
    "Accountant",
    "Art Director",
    "Brand Manager",
    "Business Analyst",
    "Business Development Manager",
    "Business Development Representative",
    "Buyer",
    "Category Manager",
    "Chief Commercial Officer",
    "Chief Executive Officer",
    "Chief Financial Officer",
    "Chief Information Officer",
    "Chief Information Security Officer",
    "Chief Marketing Officer",
    "Chief Operating Officer",
    "Chief People Officer",
    "Chief Product Officer",
    "Chief Revenue Officer",
    "Chief Technology Officer",
    "Co-Founder",
    "Content Manager",
    "Controller",
    "Customer Success Manager",
    "Data Engineer",
    "Data Scientist",
    "Engineering Manager",
    "Finance Director",
    "Finance Manager",
    "Founder",
    "General Counsel",
    "General Manager",
    "Head of Business Development",
    "Head of Engineering",
    "Head of Finance",
    "Head of HR",
    "Head of IT",
    "Head of Marketing",
    "Head of Operations",
    "Head of Procurement",
    "Head of Product",
    "Head of Sales",
    "HR Business Partner",
    "HR Director",
    "HR Manager",
    "IT Director",
    "IT Manager",
    "Managing Director",
    "Marketing Director",
    "Marketing Manager",
    "Office Manager",
    "Operations Manager",
    "Owner",
    "Procurement Manager",
    "Product Manager",
    "Project Manager",
    "Revenue Operations Manager",
    "Sales Development Representative",
    "Sales Director",
    "Sales Manager",
    "Software Engineer",
    "VP Marketing",
    "VP Sales",
];

const LOCATIONS: [&str; 72] = [
    "Amsterdam, Netherlands",
    "Argentina",
    "Australia",
    "Austria",
    "Bangalore, India",
    "Barcelona, Spain",
    "Bavaria, Germany",
    "Belgium",
    "Berlin, Germany",
    "Boston, Massachusetts, US",
    "Brazil",
    "Bulgaria",
    "California, US",
    "Canada",
    "Chicago, Illinois, US",
    "Chile",
    "Colombia",
    "Copenhagen, Denmark",
    "Croatia",
    "Czech Republic",
    "Denmark",
    "Dublin, Ireland",
    "Estonia",
    "Finland",
    "Florida, US",
    "France",
    "Frankfurt, Germany",
    "Germany",
    "Greece",
    "Hamburg, Germany",
    "Hong Kong",
    "Hungary",
    "Iceland",
    "India",
    "Ireland",
    "Israel",
    "Italy",
    "Japan",
    "Latvia",
    "Lithuania",
    "London, United Kingdom",
    "Luxembourg",
    "Madrid, Spain",
    "Mexico",
    "Milan, Italy",
    "Munich, Germany",
    "Netherlands",
    "New York, US",
    "New Zealand",
    "Norway",
    "Paris, France",
    "Poland",
    "Portugal",
    "Romania",
    "San Francisco, California, US",
    "Saudi Arabia",
    "Singapore",
    "Slovakia",
    "Slovenia",
    "South Africa",
    "South Korea",
    "Spain",
    "Stockholm, Sweden",
    "Sweden",
    "Switzerland",
    "Texas, US",
    "Turkey",
    "United Arab Emirates",
    "United Kingdom",
    "United States",
    "Vienna, Austria",
    "Zurich, Switzerland",
];
