//! A [`Clue`], or the domain of a company, as a line of text: how the journal keeps it, and how a user writes it in a file.

use super::EnrichWhat;
use crate::apollo::enrichment::{Clue, folded_domain};

const EMAIL: &str = "email:";
const LINKEDIN: &str = "linkedin:";
const NAME: &str = "name:";
const COMPANY: &str = "company:";

/// Shorter than any id of Apollo's, and longer than most words.
const SHORTEST_ID: usize = 16;

/// One line for each clue, the same for the same clue. An id stands for itself.
pub fn to_text(clue: &Clue) -> String {
    match clue {
        Clue::Id(id) => id.clone(),
        Clue::Email(email) => format!("{EMAIL}{email}"),
        Clue::LinkedIn(url) => format!("{LINKEDIN}{url}"),
        Clue::NameAt { name, domain } => format!("{NAME}{name}\t{domain}"),
    }
}

/// Reads what [`to_text`] writes.
pub fn from_text(text: &str) -> Clue {
    if let Some(email) = text.strip_prefix(EMAIL) {
        return Clue::Email(email.to_owned());
    }
    if let Some(url) = text.strip_prefix(LINKEDIN) {
        return Clue::LinkedIn(url.to_owned());
    }
    match text.strip_prefix(NAME).and_then(|rest| rest.split_once('\t')) {
        Some((name, domain)) => Clue::NameAt { name: name.to_owned(), domain: domain.to_owned() },
        None => Clue::Id(text.to_owned()),
    }
}

/// The line as a user would write it.
pub fn in_words(text: &str) -> String {
    if let Some(domain) = company_of(text) {
        return domain.to_owned();
    }
    match from_text(text) {
        Clue::Id(text) | Clue::Email(text) | Clue::LinkedIn(text) => text,
        Clue::NameAt { name, domain } => format!("{name}, {domain}"),
    }
}

/// The line of a company, by its domain as it is compared.
pub fn of_company(domain: &str) -> String {
    format!("{COMPANY}{domain}")
}

/// The domain of such a line; none for a line of a person.
pub fn company_of(text: &str) -> Option<&str> {
    text.strip_prefix(COMPANY)
}

/// A line that a user wrote about a company: a domain, the address of its website, or an e-mail address there. The domain as
/// it is compared; none where there is none in it.
pub fn read_domain(line: &str) -> Option<String> {
    let line = line.trim();
    let line = line.split_once("://").map_or(line, |(_, rest)| rest);
    let host = line.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, domain)| domain);
    let domain = folded_domain(host.split(':').next().unwrap_or_default());
    let parts = domain.split('.');
    let is_domain = parts.clone().count() > 1
        && parts
            .into_iter()
            .all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || letter == '-'));
    is_domain.then_some(domain)
}

/// A line that a user wrote: an id of Apollo's, an e-mail address, a LinkedIn profile, or a name, a comma and a domain.
/// None for an empty one, and for what is nothing of these.
pub fn read(line: &str) -> Option<Clue> {
    let line = line.trim();
    if line.to_lowercase().contains("linkedin.") && line.contains("/in/") {
        return Some(Clue::LinkedIn(line.to_owned()));
    }
    if let Some((name, domain)) = line.rsplit_once(',') {
        let (name, domain) = (name.trim(), domain.trim());
        let is_named = name.chars().any(char::is_alphabetic) && read_domain(domain).is_some();
        return is_named.then(|| Clue::NameAt { name: name.to_owned(), domain: domain.to_owned() });
    }
    if let Some((local, domain)) = line.rsplit_once('@') {
        let is_address = !local.is_empty() && !line.contains(char::is_whitespace) && read_domain(domain).is_some();
        return is_address.then(|| Clue::Email(line.to_lowercase()));
    }
    is_id(line).then(|| Clue::Id(line.to_owned()))
}

/// Whether a line that a user wrote names somebody, or a company, to ask for.
pub fn is_readable(what: EnrichWhat, line: &str) -> bool {
    match what {
        EnrichWhat::People => read(line).is_some(),
        EnrichWhat::Companies => read_domain(line).is_some(),
    }
}

/// Whether this may be an id of Apollo's. They are 24 hexadecimal digits; what is like them in kind is let through, should
/// Apollo come to others one day.
fn is_id(text: &str) -> bool {
    text.len() >= SHORTEST_ID
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
        && text.contains(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_file_is_read_for_what_it_is_and_kept_as_it_was() {
        let lines = [
            "60a1b2c3d4e5f60718293a4b",
            "Ana@Org.example",
            "https://www.linkedin.com/in/ana-keel",
            "Keel, Ana, org.example",
        ];
        let clues: Vec<Clue> = lines.iter().filter_map(|line| read(&format!(" {line}\r"))).collect();
        let name_at = Clue::NameAt { name: "Keel, Ana".to_owned(), domain: "org.example".to_owned() };
        assert_eq!(
            clues,
            [
                Clue::Id(lines[0].to_owned()),
                Clue::Email("ana@org.example".to_owned()),
                Clue::LinkedIn(lines[2].to_owned()),
                name_at
            ]
        );
        for clue in clues {
            assert_eq!(from_text(&to_text(&clue)), clue);
        }
        assert_eq!(in_words("name:Keel, Ana\torg.example"), "Keel, Ana, org.example");
        assert_eq!(in_words(&of_company("acme.example")), "acme.example");
        for nonsense in [
            " \t",
            "hello",
            "hello world",
            "???",
            "ana@",
            "@org.example",
            "a b@org.example",
            "ana@org",
            "Keel, Ana",
            ", org.example",
            "supercalifragilistic",
            "12, org.example",
            "2026-11-28",
        ] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_company_is_named_by_its_domain_however_that_is_written() {
        for line in [
            "Acme.Example",
            " www.acme.example ",
            "https://www.Acme.example:443/about?x=1",
            "ana@acme.example",
            "acme.example/",
        ] {
            assert_eq!(read_domain(line).as_deref(), Some("acme.example"), "{line}");
        }
        for nothing in ["", "Acme", "acme corp.", "a b.example", "domain,name", ".example", "https://"] {
            assert_eq!(read_domain(nothing), None, "{nothing}");
        }
        assert_eq!(company_of(&of_company("acme.example")), Some("acme.example"));
        assert_eq!(company_of("email:ana@acme.example"), None);
    }
}
