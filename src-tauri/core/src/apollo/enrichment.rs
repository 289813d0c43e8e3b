//! `people/match` and `people/bulk_match`: how people are asked for, and which row of an answer is whose. Rows are paired
//! by what they say of themselves, never by their place: Apollo reorders them, leaves nulls for misses, and has answered
//! with another person.

use reqwest::Url;
use serde_json::{Map, Value, json};

use super::Endpoint;
use super::company::{self, Company};
use super::response::{is_address, read_json, read_person};
use crate::credits::Credits;
use crate::error::Error;
use crate::people::Person;

pub const MATCH: &str = "people/match";
pub const BULK_MATCH: &str = "people/bulk_match";
/// More in one request are refused with 400.
pub const MOST_AT_ONCE: usize = 10;

/// What one person is asked for by, the surest first: an id names one person, an address or a link nearly always, a name
/// at a company mostly.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Clue {
    Id(String),
    Email(String),
    LinkedIn(String),
    NameAt { name: String, domain: String },
}

/// What is asked for besides the person's facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reveal {
    /// Never come for people in GDPR regions.
    pub personal_emails: bool,
    /// Cost 8 credits more for each mobile, and come minutes later through `webhook_result`.
    pub mobiles: bool,
}

/// Somebody with everything that enrichment tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrichedPerson {
    pub person: Person,
    pub personal_emails: Vec<String>,
    /// What the row tells of the company they work at, at no further cost; none without an id of it.
    pub company: Option<Company>,
}

/// What came of one clue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    Found(Box<EnrichedPerson>),
    /// Asked by an address, a link or a name, Apollo answered, and charged for, somebody of whom it knows another one. Never
    /// taken for who was asked for, but kept as who they are; none where several were answered like that, and nothing tells
    /// who instead of whom: they are among [`Enrichment::others`].
    Elsewhere(Option<Box<EnrichedPerson>>),
    /// Apollo knows an id and nothing else.
    Shell,
    NotFound,
}

/// An answer, row by row where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrichment {
    /// One for each clue, in the order in which they were asked.
    pub matches: Vec<Matched>,
    /// Rows of people that nobody asked for, and that stand for nobody who was.
    pub strangers: usize,
    /// Those of them, and of [`Matched::Elsewhere`], who are kept as who they are: an answer to another clue than an id may
    /// be somebody who was meant. Asked by ids alone they are refused: Apollo has answered an unknown id with anybody.
    pub others: Vec<EnrichedPerson>,
    /// Rows out of which nobody could be read.
    pub unreadable_rows: usize,
    /// None where Apollo did not tell. Never holds the price of mobiles, which comes with them.
    pub credits: Option<Credits>,
    /// What `webhook_result` is asked with; often negative.
    pub request_id: Option<i64>,
}

impl Enrichment {
    /// How many people came, whoever they are: of nobody else a mobile can follow.
    pub fn rows(&self) -> usize {
        let came = self.matches.iter().filter(|matched| **matched != Matched::NotFound).count();
        came + self.strangers + self.unreadable_rows
    }
}

impl Clue {
    /// The surest clue that a person offers; none when there is nothing to ask by.
    pub fn of(person: &Person) -> Option<Self> {
        let known = |field: &Option<String>| field.clone().filter(|text| !text.trim().is_empty());
        known(&Some(person.id.clone()))
            .map(Self::Id)
            .or_else(|| known(&person.email).filter(|email| is_address(email)).map(Self::Email))
            .or_else(|| known(&person.linkedin_url).map(Self::LinkedIn))
            .or_else(|| Some(Self::NameAt { name: known(&person.name)?, domain: known(&person.organization_domain)? }))
    }

    /// The same for all ways of writing it: capitals, blanks, the countries and schemes of a profile's link.
    #[must_use]
    pub fn canonical(&self) -> Self {
        match self {
            Self::Id(id) => Self::Id(id.clone()),
            Self::Email(email) => Self::Email(folded(email)),
            Self::LinkedIn(url) => Self::LinkedIn(linkedin_profile(url).unwrap_or_else(|| folded(url))),
            Self::NameAt { name, domain } => Self::NameAt { name: folded(name), domain: folded_domain(domain) },
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Id(id) => json!({ "id": id }),
            Self::Email(email) => json!({ "email": email }),
            Self::LinkedIn(url) => json!({ "linkedin_url": url }),
            Self::NameAt { name, domain } => json!({ "name": name, "domain": folded_domain(domain) }),
        }
    }

    /// Whether this is the person that was asked for. What cannot be told from the row is taken for somebody else.
    fn fits(&self, row: &Row) -> bool {
        let person = &row.enriched.person;
        match self {
            Self::Id(id) => person.id == *id,
            Self::Email(email) => {
                let addresses = person.email.iter().chain(&row.enriched.personal_emails);
                addresses.into_iter().any(|address| folded(address) == folded(email))
            }
            Self::LinkedIn(url) => {
                let profile = linkedin_profile(url);
                profile.is_some() && profile == person.linkedin_url.as_deref().and_then(linkedin_profile)
            }
            Self::NameAt { name, domain } => {
                let own = person.organization_domain.as_deref().map(folded_domain);
                person.name.as_deref().is_some_and(|own| folded(own) == folded(name))
                    && own == Some(folded_domain(domain))
            }
        }
    }
}

/// The path of a request with its flags, which Apollo wants in the query.
pub fn path(endpoint: &str, reveal: Reveal) -> String {
    let mut query = Vec::new();
    if reveal.personal_emails {
        query.push("reveal_personal_emails=true");
    }
    if reveal.mobiles {
        // A desktop has no address that Apollo could call, so the result is polled for.
        query.extend(["reveal_phone_number=true", "poll_only=true"]);
    }
    if query.is_empty() { endpoint.to_owned() } else { format!("{endpoint}?{}", query.join("&")) }
}

/// The body of `people/match`.
pub fn match_body(clue: &Clue) -> Value {
    clue.details()
}

/// The body of `people/bulk_match`; of more than [`MOST_AT_ONCE`] clues the rest is left out.
pub fn bulk_body(clues: &[Clue]) -> Value {
    let details: Vec<Value> = clues.iter().take(MOST_AT_ONCE).map(Clue::details).collect();
    json!({ "details": details })
}

/// Reads the answer to `people/match`, which does not tell what it cost.
///
/// # Errors
/// [`Error::Unreadable`] when it is not JSON, or no answer to an enrichment. It may have been charged all the same.
pub fn read_match(clue: &Clue, body: &[u8]) -> Result<Enrichment, Error> {
    let answer = read_object(body)?;
    let row = answer.get("person").ok_or(Error::Unreadable)?;
    Ok(paired(std::slice::from_ref(clue), std::slice::from_ref(row), &answer))
}

/// Reads the answer to `people/bulk_match`.
///
/// # Errors
/// As [`read_match`].
pub fn read_bulk(clues: &[Clue], body: &[u8]) -> Result<Enrichment, Error> {
    let answer = read_object(body)?;
    let rows = match answer.get("matches") {
        Some(Value::Array(rows)) => rows.as_slice(),
        // An empty object where an array is due, as seen elsewhere: nobody was found.
        Some(Value::Object(fields)) if fields.is_empty() => &[],
        _ => return Err(Error::Unreadable),
    };
    Ok(paired(clues, rows, &answer))
}

fn read_object(body: &[u8]) -> Result<Map<String, Value>, Error> {
    match read_json(body) {
        Some(Value::Object(answer)) => Ok(answer),
        _ => Err(Error::Unreadable),
    }
}

struct Row {
    enriched: EnrichedPerson,
    /// Whether any clue asked for it.
    wanted: bool,
}

fn paired(clues: &[Clue], rows: &[Value], answer: &Map<String, Value>) -> Enrichment {
    let present = rows.iter().filter(|row| !row.is_null());
    let mut unreadable_rows = 0;
    let mut rows: Vec<Row> = Vec::new();
    for row in present {
        match read_enriched(row) {
            Some(enriched) => rows.push(Row { enriched, wanted: false }),
            None => unreadable_rows += 1,
        }
    }
    let mut matches: Vec<Matched> = clues.iter().map(|clue| matched(clue, &mut rows)).collect();
    rows.retain(|row| !row.wanted);
    let strangers = rows.len();
    let others = instead(clues, &mut matches, rows);
    let placed = matches.iter().filter(|matched| matches!(matched, Matched::Elsewhere(_))).count();
    Enrichment {
        matches,
        strangers: strangers.saturating_sub(placed),
        others,
        unreadable_rows,
        credits: answer.get("credits_consumed").and_then(Credits::read),
        request_id: answer.get("request_id").and_then(request_id),
    }
}

/// The fullest of the rows that fit: Apollo may answer one person twice.
fn matched(clue: &Clue, rows: &mut [Row]) -> Matched {
    let mut best = Matched::NotFound;
    for row in rows.iter_mut().filter(|row| clue.fits(row)) {
        row.wanted = true;
        if is_shell(&row.enriched) {
            if best == Matched::NotFound {
                best = Matched::Shell;
            }
        } else if !matches!(best, Matched::Found(_)) {
            best = Matched::Found(Box::new(row.enriched.clone()));
        }
    }
    best
}

/// Says of clues without a row that they were answered with somebody else, where as many rows are left over, each of
/// somebody. Answers who is kept without a place.
fn instead(clues: &[Clue], matches: &mut [Matched], left_over: Vec<Row>) -> Vec<EnrichedPerson> {
    let mut others: Vec<EnrichedPerson> = Vec::new();
    for Row { enriched, .. } in left_over.into_iter().filter(|row| !is_shell(&row.enriched)) {
        if others.iter().all(|other| other.person.id != enriched.person.id) {
            others.push(enriched);
        }
    }
    let open = |clue: &Clue, matched: &Matched| *matched == Matched::NotFound && !matches!(clue, Clue::Id(_));
    let an_id_is_open =
        clues.iter().zip(&*matches).any(|(clue, matched)| *matched == Matched::NotFound && matches!(clue, Clue::Id(_)));
    let mut places: Vec<&mut Matched> =
        clues.iter().zip(matches).filter(|(clue, matched)| open(clue, matched)).map(|(_, matched)| matched).collect();
    if places.is_empty() {
        return Vec::new();
    }
    if places.len() != others.len() || an_id_is_open {
        return others;
    }
    if let [place] = places.as_mut_slice() {
        **place = Matched::Elsewhere(others.pop().map(Box::new));
        return Vec::new();
    }
    for place in places {
        *place = Matched::Elsewhere(None);
    }
    others
}

fn read_enriched(row: &Value) -> Option<EnrichedPerson> {
    // A full row, in which a locked address says that there is one.
    let person = read_person(Endpoint::Full, row)?;
    let personal_emails = match row.get("personal_emails") {
        Some(Value::Array(addresses)) => addresses.iter().filter_map(Value::as_str).map(str::trim).collect(),
        _ => Vec::new(),
    };
    let personal_emails =
        personal_emails.into_iter().filter(|address| is_address(address)).map(str::to_owned).collect();
    Some(EnrichedPerson { person, personal_emails, company: row.get("organization").and_then(company::read) })
}

fn is_shell(enriched: &EnrichedPerson) -> bool {
    let Person { id, .. } = &enriched.person;
    let nothing = Person { id: id.clone(), ..Person::default() };
    *enriched == EnrichedPerson { person: nothing, ..EnrichedPerson::default() }
}

/// A signed 64-bit number, also in quotes. As a float it would have lost its last digits, so that is none.
pub(super) fn request_id(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a domain is compared by, and asked for by: `www.Org.Example ` as `org.example`.
pub fn folded_domain(domain: &str) -> String {
    let domain = domain.trim().to_lowercase();
    domain.strip_prefix("www.").map(str::to_owned).unwrap_or(domain)
}

/// The part of a profile's link that names the person: `ana-keel` of `https://de.linkedin.com/in/Ana-Keel/?x=1`.
fn linkedin_profile(url: &str) -> Option<String> {
    let url = url.trim();
    let url = if url.contains("://") { Url::parse(url) } else { Url::parse(&format!("https://{url}")) };
    let url = url.ok()?;
    let mut parts = url.path_segments()?.skip_while(|part| *part != "in").skip(1);
    parts.next().filter(|name| !name.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn id(id: &str) -> Clue {
        Clue::Id(id.to_owned())
    }

    fn bulk(clues: &[Clue], matches: &Value) -> Enrichment {
        read_bulk(clues, json!({ "status": "success", "matches": matches }).to_string().as_bytes()).unwrap()
    }

    fn name(matched: &Matched) -> Option<&str> {
        match matched {
            Matched::Found(found) => found.person.first_name.as_deref(),
            Matched::Elsewhere(other) => other.as_ref().and_then(|other| other.person.first_name.as_deref()),
            Matched::Shell | Matched::NotFound => None,
        }
    }

    #[test]
    fn a_person_is_asked_for_by_the_surest_of_what_is_known() {
        let person = |fields: Value| serde_json::from_value::<Person>(fields).unwrap();
        let all = json!({ "id": "a1", "email": "ana@org.example", "linkedin_url": "https://l.example/in/ana", "name": "Ana Keel",
            "organization_domain": "org.example" });
        let mut left = all.clone();
        let mut clues = Vec::new();
        for known in ["id", "email", "linkedin_url", "name"] {
            clues.extend(Clue::of(&person(left.clone())));
            left[known] = if known == "id" { json!("") } else { Value::Null };
        }
        assert_eq!(
            clues,
            [
                id("a1"),
                Clue::Email("ana@org.example".to_owned()),
                Clue::LinkedIn("https://l.example/in/ana".to_owned()),
                Clue::NameAt { name: "Ana Keel".to_owned(), domain: "org.example".to_owned() },
            ]
        );
        assert_eq!(Clue::of(&person(left)), None);
        let locked = person(json!({ "email": "email_not_unlocked@domain.com" }));
        assert_eq!(Clue::of(&locked), None, "the placeholder is nobody's address");
    }

    #[test]
    fn flags_stand_in_the_query_and_ten_details_in_the_body() {
        assert_eq!(path(BULK_MATCH, Reveal::default()), "people/bulk_match");
        assert_eq!(
            path(MATCH, Reveal { personal_emails: true, mobiles: true }),
            "people/match?reveal_personal_emails=true&reveal_phone_number=true&poll_only=true"
        );
        let clues: Vec<Clue> = (0..12).map(|number| id(&number.to_string())).collect();
        assert_eq!(bulk_body(&clues)["details"].as_array().unwrap().len(), MOST_AT_ONCE);
        let named = Clue::NameAt { name: "Ana Keel".to_owned(), domain: "www.Org.example".to_owned() };
        assert_eq!(match_body(&named), json!({ "name": "Ana Keel", "domain": "org.example" }));
    }

    #[test]
    fn rows_are_paired_by_id_however_they_are_ordered() {
        let rows = json!([{ "id": "b", "first_name": "Ben" }, null, { "id": "a", "first_name": "Ana" }]);
        let answer = bulk(&[id("a"), id("missing"), id("b")], &rows);
        assert_eq!(answer.matches.iter().map(name).collect::<Vec<_>>(), [Some("Ana"), None, Some("Ben")]);
        assert_eq!((answer.strangers, answer.unreadable_rows), (0, 0));
    }

    #[test]
    fn another_persons_row_is_refused_and_counted() {
        let answer = bulk(&[id("a")], &json!([{ "id": "z", "first_name": "Zoe", "email": "zoe@org.example" }]));
        assert_eq!((answer.matches.as_slice(), answer.strangers), (&[Matched::NotFound][..], 1));
        let single = br#"{"person": {"id": "z", "first_name": "Zoe"}, "request_id": -1039995589705121900}"#;
        let single = read_match(&id("a"), single).unwrap();
        assert_eq!((single.matches.as_slice(), single.strangers), (&[Matched::NotFound][..], 1));
        assert_eq!((single.request_id, single.credits), (Some(-1_039_995_589_705_121_900), None));
    }

    #[test]
    fn who_is_answered_for_another_address_is_kept_as_who_they_are_and_taken_for_nobody() {
        let email = |address: &str| Clue::Email(address.to_owned());
        let ana = json!({ "id": "a", "first_name": "Ana", "email": "ana@org.example" });
        let zoe = json!({ "id": "z", "first_name": "Zoe", "email": "zoe@org.example" });
        let one = bulk(&[email("ana@org.example"), email("z@org.example")], &json!([zoe, ana]));
        assert!(matches!(one.matches[1], Matched::Elsewhere(Some(_))) && name(&one.matches[1]) == Some("Zoe"));
        assert_eq!((name(&one.matches[0]), one.strangers, one.others.len()), (Some("Ana"), 0, 0));
        // Of two nothing tells who was answered instead of whom.
        let two = bulk(&[email("a@org.example"), email("z@org.example")], &json!([zoe, ana]));
        assert_eq!(
            (two.matches.as_slice(), two.strangers),
            (&[Matched::Elsewhere(None), Matched::Elsewhere(None)][..], 0)
        );
        assert_eq!(two.others.len(), 2);
        // Nor whether the one row is for this question or for the other.
        for clues in [[email("a@org.example"), email("z@org.example")], [id("unknown"), email("z@org.example")]] {
            let kept = bulk(&clues, &json!([zoe, null]));
            assert_eq!((kept.matches.as_slice(), kept.strangers), (&[Matched::NotFound, Matched::NotFound][..], 1));
            assert_eq!(kept.others.len(), 1);
        }
        let refused = bulk(&[id("unknown")], &json!([zoe]));
        assert_eq!((refused.others.len(), refused.strangers), (0, 1), "anybody is answered for an unknown id");
        let shell = bulk(&[email("z@org.example")], &json!([{ "id": "z" }]));
        assert_eq!((shell.matches.as_slice(), shell.others.len()), (&[Matched::NotFound][..], 0));
    }

    #[test]
    fn without_an_id_a_row_has_to_show_what_was_asked_by() {
        let row = json!([{ "id": "a", "name": "Ana  Keel", "email": "Ana@Org.example", "personal_emails": ["ana@home.example", 7],
            "linkedin_url": "http://www.linkedin.example/in/Ana-Keel-1/", "organization": { "primary_domain": "org.example" } }]);
        let finds = |clue: Clue| matches!(bulk(&[clue], &row).matches[0], Matched::Found(_));
        let text = str::to_owned;
        assert!(finds(Clue::Email(text("ana@org.example"))) && finds(Clue::Email(text("ana@home.example"))));
        assert!(finds(Clue::LinkedIn(text("https://de.linkedin.example/in/ana-keel-1?trk=x"))));
        assert!(finds(Clue::LinkedIn(text("linkedin.example/in/ana-keel-1"))));
        assert!(finds(Clue::NameAt { name: text("ana keel"), domain: text("WWW.org.example") }));
        for nobody in [
            Clue::Email(text("other@org.example")),
            Clue::LinkedIn(text("https://linkedin.example/in/ana-keel-2")),
            Clue::LinkedIn(text("not a link")),
            Clue::NameAt { name: text("Ana Keel"), domain: text("elsewhere.example") },
        ] {
            assert!(!finds(nobody.clone()), "{nobody:?}");
        }
    }

    #[test]
    fn the_placeholder_is_never_an_address_not_even_a_private_one() {
        let row = json!([{ "id": "a", "first_name": "Ana", "email": "Email_not_unlocked@domain.com",
            "personal_emails": ["email_not_unlocked@domain.com", ""] }]);
        let Matched::Found(found) = &bulk(&[id("a")], &row).matches[0] else { panic!() };
        assert_eq!((&found.person.email, found.personal_emails.len()), (&None, 0));
        let asked = Clue::Email("email_not_unlocked@domain.com".to_owned());
        assert!(matches!(bulk(&[asked], &row).matches[0], Matched::Elsewhere(_)), "it fits nobody");
    }

    #[test]
    fn a_shell_is_not_somebody_found_and_a_full_row_wins_over_it() {
        let shell =
            json!({ "id": "a", "name": "", "email": null, "departments": [], "revealed_for_current_team": false });
        assert_eq!(bulk(&[id("a")], &json!([shell])).matches, [Matched::Shell]);
        for rows in
            [json!([shell, { "id": "a", "first_name": "Ana" }]), json!([{ "id": "a", "first_name": "Ana" }, shell])]
        {
            let answer = bulk(&[id("a")], &rows);
            assert_eq!((name(&answer.matches[0]), answer.strangers), (Some("Ana"), 0));
        }
    }

    #[test]
    fn odd_rows_are_counted_and_never_spoil_the_others() {
        let rows = json!([7, "x", [], {}, { "id": 12 }, null, { "id": "a", "first_name": "Ana", "phone_numbers": {} }]);
        let answer = bulk(&[id("a")], &rows);
        assert_eq!((name(&answer.matches[0]), answer.unreadable_rows), (Some("Ana"), 5));
        assert_eq!(bulk(&[id("a")], &json!({})).matches, [Matched::NotFound]);
        for none in ["<html>", "[]", "{}", "{\"matches\": 7}", "null"] {
            assert_eq!(read_bulk(&[id("a")], none.as_bytes()), Err(Error::Unreadable), "{none}");
        }
    }

    #[test]
    fn credits_may_be_fractions_or_texts_and_the_request_id_has_all_its_digits() {
        let read = |more: &str| read_bulk(&[], format!("{{\"matches\": [], {more}}}").as_bytes()).unwrap();
        let answer = read(r#""credits_consumed": 34.01, "request_id": -9223372036854775808"#);
        assert_eq!((answer.credits, answer.request_id), (Some(Credits::from_thousandths(34_010)), Some(i64::MIN)));
        let answer = read(r#""credits_consumed": "2", "request_id": "1039995589705121900""#);
        assert_eq!((answer.credits, answer.request_id), (Some(Credits::whole(2)), Some(1_039_995_589_705_121_900)));
        let answer = read(r#""credits_consumed": {}, "request_id": 1.0399955897051219e18"#);
        assert_eq!((answer.credits, answer.request_id), (None, None));
    }
}
