//! Job titles: every (function, seniority) has its own, so that a title always says the rank that the answer states.
//! Also how a filter's words fit a title. Must never compare letters instead of words: `cto` stands inside "Director".

use std::collections::HashSet;

/// The management levels in rank order, as `person_seniorities` and `seniority` spell them.
pub const SENIORITIES: [&str; 11] =
    ["owner", "founder", "c_suite", "partner", "vp", "head", "director", "manager", "senior", "entry", "intern"];

/// How many of a thousand people stand on each level.
pub const SENIORITY_WEIGHTS: [u32; 11] = [28, 40, 62, 18, 66, 50, 118, 195, 200, 190, 33];

pub const OWNER: u8 = 0;
pub const FOUNDER: u8 = 1;
pub const C_SUITE: u8 = 2;
pub const PARTNER: u8 = 3;
const VP: u8 = 4;
const HEAD: u8 = 5;
const DIRECTOR: u8 = 6;
const MANAGER: u8 = 7;
const SENIOR: u8 = 8;
const ENTRY: u8 = 9;
const INTERN: u8 = 10;

/// A line of work, as `functions` spells it, with its department and the words its titles are made of.
pub struct Function {
    pub name: &'static str,
    pub department: &'static str,
    pub subdepartment: &'static str,
    weight: u32,
    chiefs: &'static [&'static str],
    fields: &'static [&'static str],
    roles: &'static [&'static str],
}

macro_rules! functions {
    ($($name:literal, $department:literal, $subdepartment:literal, $weight:literal, $chiefs:expr, $fields:expr, $roles:expr;)*) => {
        [$(Function {
            name: $name, department: $department, subdepartment: $subdepartment, weight: $weight,
            chiefs: &$chiefs, fields: &$fields, roles: &$roles,
        }),*]
    };
}

/// Name, department, subdepartment, weight, C-level titles, fields ("VP of …"), roles ("Senior …").
pub const FUNCTIONS: [Function; 18] = functions! {
    "accounting", "master_finance", "accounting", 30,
        ["Chief Accounting Officer"], ["Accounting", "Tax", "Audit"],
        ["Accountant", "Bookkeeper", "Tax Analyst", "Payroll Specialist"];
    "administrative", "master_operations", "office_operations", 26,
        ["Chief Administrative Officer", "Chief of Staff"], ["Administration", "Office"],
        ["Executive Assistant", "Assistant to the CEO", "Office Administrator", "Receptionist"];
    "arts_and_design", "design", "product_ui_ux_design", 26,
        ["Chief Design Officer", "Chief Creative Officer"], ["Design", "UX", "Creative"],
        ["Product Designer", "UX Designer", "Graphic Designer", "Art Worker"];
    "business_development", "master_sales", "business_development", 50,
        ["Chief Business Officer", "Chief Partnerships Officer"], ["Business Development", "Partnerships", "Alliances"],
        ["Business Development Representative", "BDR", "Partner Representative", "Business Developer"];
    "consulting", "consulting", "consultant", 36,
        ["Chief Consulting Officer"], ["Consulting", "Advisory", "Client Services"],
        ["Consultant", "Strategy Consultant", "Business Analyst", "Advisor"];
    "data_science", "master_engineering_technical", "data_science", 36,
        ["Chief Data Officer", "CDO"], ["Data", "Analytics", "Data Science"],
        ["Data Scientist", "Data Analyst", "Machine Learning Engineer", "BI Developer"];
    "education", "education", "teacher", 20,
        ["Chief Learning Officer"], ["Education", "Learning & Development", "Training"],
        ["Trainer", "Instructor", "Lecturer", "Instructional Designer"];
    "engineering", "master_engineering_technical", "software_development", 150,
        ["Chief Technology Officer", "CTO", "Chief Technical Officer"], ["Engineering", "Software Engineering", "Technology", "R&D"],
        ["Software Engineer", "Backend Developer", "Frontend Developer", "DevOps Engineer", "QA Engineer", "Mechanical Engineer"];
    "entrepreneurship", "c_suite", "executive", 40,
        ["Chief Executive Officer", "CEO", "President & CEO", "Managing Director & CEO"], ["General Management", "Strategy"],
        ["Entrepreneur", "Venture Associate", "Strategy Analyst"];
    "finance", "master_finance", "finance", 75,
        ["Chief Financial Officer", "CFO", "CFO & COO", "Chief Finance Officer"], ["Finance", "FP&A", "Treasury", "Controlling"],
        ["Financial Analyst", "Controller", "Treasury Analyst", "Finance Business Partner"];
    "human_resources", "master_human_resources", "human_resources", 62,
        ["Chief Human Resources Officer", "CHRO", "Chief People Officer"],
        ["Human Resources", "HR", "People", "Talent Acquisition", "People Operations"],
        ["Recruiter", "HR Business Partner", "Talent Partner", "HR Generalist"];
    "information_technology", "master_information_technology", "information_technology", 80,
        ["Chief Information Officer", "CIO", "Chief Information Security Officer", "CISO"],
        ["IT", "Information Technology", "Information Security", "Infrastructure"],
        ["Systems Administrator", "IT Specialist", "Network Engineer", "Security Analyst"];
    "legal", "master_legal", "legal", 26,
        ["Chief Legal Officer", "General Counsel", "Chief Compliance Officer"], ["Legal", "Compliance", "Privacy"],
        ["Legal Counsel", "Paralegal", "Compliance Officer", "Contract Specialist"];
    "marketing", "master_marketing", "marketing", 110,
        ["Chief Marketing Officer", "CMO", "Chief Brand Officer", "Chief Growth Officer"],
        ["Marketing", "Growth", "Brand", "Demand Generation", "Product Marketing", "Digital Marketing"],
        ["Content Writer", "SEO Specialist", "Marketing Specialist", "Campaign Specialist", "Copywriter"];
    "operations", "master_operations", "operations", 95,
        ["Chief Operating Officer", "COO", "Chief Operations Officer"],
        ["Operations", "Revenue Operations", "RevOps", "Sales Operations", "Supply Chain", "Procurement"],
        ["Operations Analyst", "RevOps Analyst", "Buyer", "Logistics Coordinator"];
    "product_management", "product_management", "product_management", 55,
        ["Chief Product Officer", "CPO"], ["Product", "Product Management"],
        ["Product Owner", "Product Analyst", "Product Specialist"];
    "sales", "master_sales", "sales", 150,
        ["Chief Revenue Officer", "CRO", "Chief Sales Officer", "Chief Commercial Officer"],
        ["Sales", "Enterprise Sales", "Inside Sales", "Field Sales", "Account Management", "Commercial"],
        ["Account Executive", "Sales Development Representative", "SDR", "Sales Engineer", "Sales Representative"];
    "support", "master_operations", "support", 43,
        ["Chief Customer Officer"], ["Customer Success", "Customer Support", "Customer Experience"],
        ["Customer Success Specialist", "Support Engineer", "Support Agent", "CSM"];
};

/// The function that owners and founders work in, the only one with titles for them.
pub const ENTREPRENEURSHIP: u8 = 8;
const PARTNER_FUNCTIONS: [u8; 3] = [4, 9, 12];
const REGIONS: [&str; 5] = ["EMEA", "DACH", "North America", "APAC", "Nordics"];

/// One title with the rank and the line of work it stands for.
pub struct Title {
    pub text: String,
    pub function: u8,
    pub seniority: u8,
    words: Vec<String>,
    meaning: HashSet<String>,
}

/// All titles; a person holds the number of one.
pub struct Titles {
    pub all: Vec<Title>,
    groups: Vec<Vec<u16>>,
}

impl Titles {
    pub fn new() -> Self {
        let mut titles = Self { all: Vec::new(), groups: vec![Vec::new(); FUNCTIONS.len() * SENIORITIES.len()] };
        for function in 0..FUNCTIONS.len() as u8 {
            for seniority in 0..SENIORITIES.len() as u8 {
                for text in texts(function, seniority) {
                    titles.add(text, function, seniority);
                }
            }
        }
        titles
    }

    fn add(&mut self, text: String, function: u8, seniority: u8) {
        let words = words(&text);
        let meaning = meaning(&words);
        self.groups[group(function, seniority)].push(self.all.len() as u16);
        self.all.push(Title { text, function, seniority, words, meaning });
    }

    /// The title of somebody of this function and rank, for a free throw.
    pub fn of(&self, function: u8, seniority: u8, throw: u32) -> Option<u16> {
        let group = &self.groups[group(function, seniority)];
        group.get(throw as usize % group.len().max(1)).copied()
    }

    /// For each title whether one of `asked` is in it, as whole words in this order; `of`, `and` and signs do not count.
    pub fn containing(&self, asked: &[String]) -> Vec<bool> {
        let asked = asked.iter().map(|title| words(title)).collect::<Vec<_>>();
        self.all.iter().map(|title| asked.iter().any(|asked| holds_run(&title.words, asked))).collect()
    }

    /// As [`Self::containing`], and in addition titles that mean the same ("CFO" and "Chief Financial Officer") and
    /// their neighbours of the same function and rank. This is what makes a count grow so much when it is left on.
    pub fn similar(&self, asked: &[String]) -> Vec<bool> {
        let mut fits = self.containing(asked);
        let mut groups = vec![false; self.groups.len()];
        for wanted in asked.iter().map(|title| meaning(&words(title))).filter(|wanted| !wanted.is_empty()) {
            for (title, fits) in self.all.iter().zip(&mut fits) {
                if wanted.is_subset(&title.meaning) {
                    *fits = true;
                    // "Assistant to the CEO" contains the CEO but must not make all assistants similar to one.
                    if title.meaning.len() <= wanted.len() + 1 {
                        groups[group(title.function, title.seniority)] = true;
                    }
                }
            }
        }
        for (title, fits) in self.all.iter().zip(&mut fits) {
            *fits |= groups[group(title.function, title.seniority)];
        }
        fits
    }
}

/// A function for somebody of this rank, in proportion to the weights, for a free throw.
pub fn function_for(seniority: u8, throw: u32) -> u8 {
    match seniority {
        OWNER | FOUNDER => ENTREPRENEURSHIP,
        PARTNER => PARTNER_FUNCTIONS[throw as usize % PARTNER_FUNCTIONS.len()],
        _ => {
            let total = FUNCTIONS.iter().map(|function| function.weight).sum::<u32>();
            let mut left = throw % total;
            for (number, function) in FUNCTIONS.iter().enumerate() {
                if left < function.weight {
                    return number as u8;
                }
                left -= function.weight;
            }
            ENTREPRENEURSHIP
        }
    }
}

fn group(function: u8, seniority: u8) -> usize {
    usize::from(function) * SENIORITIES.len() + usize::from(seniority)
}

fn texts(function: u8, seniority: u8) -> Vec<String> {
    let entry = &FUNCTIONS[usize::from(function)];
    match seniority {
        OWNER if function == ENTREPRENEURSHIP => {
            given(&["Owner", "Co-Owner", "Business Owner", "Owner & CEO", "Owner/Operator"])
        }
        FOUNDER if function == ENTREPRENEURSHIP => given(&[
            "Founder",
            "Co-Founder",
            "Founder & CEO",
            "CEO & Co-founder",
            "Co-Founder & CTO",
            "Founding Partner",
        ]),
        C_SUITE => given(entry.chiefs),
        PARTNER if PARTNER_FUNCTIONS.contains(&function) => {
            given(&["Partner", "Managing Partner", "Senior Partner", "Equity Partner", "Associate Partner"])
        }
        VP => with_regions(fill(
            &["VP {}", "VP of {}", "VP, {}", "Vice President {}", "Vice President of {}", "SVP {}", "EVP {}", "AVP {}"],
            entry.fields,
        )),
        HEAD => with_regions(fill(&["Head of {}", "Global Head of {}", "{} Head"], entry.fields)),
        DIRECTOR => with_regions(fill(
            &["Director of {}", "{} Director", "Director, {}", "Senior Director {}", "Associate Director of {}"],
            entry.fields,
        )),
        MANAGER => with_regions(fill(
            &["{} Manager", "Senior {} Manager", "Regional {} Manager", "{} Team Lead", "Sr. {} Mgr."],
            entry.fields,
        )),
        SENIOR => fill(&["Senior {}", "Sr. {}", "Lead {}", "Principal {}"], entry.roles),
        ENTRY => fill(&["{}", "Junior {}", "{} II"], entry.roles),
        INTERN => fill(&["{} Intern", "{} Working Student"], entry.fields),
        _ => Vec::new(),
    }
}

fn given(titles: &[&str]) -> Vec<String> {
    titles.iter().map(|title| (*title).to_owned()).collect()
}

fn fill(patterns: &[&str], nouns: &[&str]) -> Vec<String> {
    patterns.iter().flat_map(|pattern| nouns.iter().map(|noun| pattern.replace("{}", noun))).collect()
}

/// Every plain title three times, then once with a region, so that one in four names a region.
fn with_regions(plain: Vec<String>) -> Vec<String> {
    let regional =
        plain.iter().enumerate().map(|(number, title)| format!("{title}, {}", REGIONS[number % REGIONS.len()]));
    let regional = regional.collect::<Vec<_>>();
    let mut all = plain.clone();
    all.extend(plain.iter().cloned());
    all.extend(plain);
    all.extend(regional);
    all
}

/// The lower-case words of a text, without the small ones that titles leave out or put in at will. `to` is
/// none of them: it tells the assistant from the one assisted.
pub fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "of" | "the" | "and" | "for"))
        .map(str::to_owned)
        .collect()
}

fn holds_run(words: &[String], asked: &[String]) -> bool {
    !asked.is_empty() && words.windows(asked.len()).any(|run| run == asked)
}

/// The words with abbreviations written out, order forgotten.
fn meaning(words: &[String]) -> HashSet<String> {
    words.iter().flat_map(|word| written_out(word).split(' ')).map(str::to_owned).collect()
}

fn written_out(word: &str) -> &str {
    match word {
        "vp" => "vice president",
        "svp" => "senior vice president",
        "evp" => "executive vice president",
        "ceo" => "chief executive officer",
        "cfo" => "chief financial officer",
        "coo" => "chief operating officer",
        "cto" => "chief technology officer",
        "cmo" => "chief marketing officer",
        "chro" => "chief human resources officer",
        "cio" => "chief information officer",
        "ciso" => "chief information security officer",
        "cro" => "chief revenue officer",
        "cpo" => "chief product officer",
        "cdo" => "chief data officer",
        "revops" => "revenue operations",
        "sdr" => "sales development representative",
        "bdr" => "business development representative",
        "csm" => "customer success manager",
        "hr" => "human resources",
        "it" => "information technology",
        "sr" => "senior",
        "jr" => "junior",
        "mgr" => "manager",
        "dir" => "director",
        "cofounder" => "co founder",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitting(fits: &[bool], titles: &Titles) -> HashSet<String> {
        titles.all.iter().zip(fits).filter(|(_, fits)| **fits).map(|(title, _)| title.text.clone()).collect()
    }

    #[test]
    fn a_word_is_never_found_inside_another_word() {
        let titles = Titles::new();
        let found = fitting(&titles.containing(&["cto".into()]), &titles);
        assert!(found.contains("CTO") && found.contains("Co-Founder & CTO"));
        assert!(found.iter().all(|title| !title.contains("Director")), "{found:?}");
    }

    #[test]
    fn similar_titles_include_the_written_out_form_and_neighbours_of_the_same_rank() {
        let titles = Titles::new();
        let strict = fitting(&titles.containing(&["CFO".into()]), &titles);
        let similar = fitting(&titles.similar(&["CFO".into()]), &titles);
        assert!(!strict.contains("Chief Financial Officer"));
        assert!(similar.contains("Chief Financial Officer") && similar.contains("Chief Finance Officer"));
        assert!(!similar.contains("CTO"));
    }

    #[test]
    fn the_assistant_to_the_ceo_does_not_make_all_assistants_similar() {
        let titles = Titles::new();
        let similar = fitting(&titles.similar(&["CEO".into()]), &titles);
        assert!(similar.contains("Assistant to the CEO"));
        assert!(!similar.contains("Receptionist"));
    }

    #[test]
    fn each_rank_has_titles_in_each_function_that_can_hold_it() {
        let titles = Titles::new();
        for seniority in 0..SENIORITIES.len() as u8 {
            for throw in 0..2000 {
                let function = function_for(seniority, throw);
                assert!(titles.of(function, seniority, throw).is_some(), "{seniority} {function}");
            }
        }
        assert!(titles.all.len() < usize::from(u16::MAX));
    }
}
