//! A [`Clue`] as a line of text: how the journal keeps it, and how a user writes it in a file of people.

use crate::apollo::enrichment::Clue;

const EMAIL: &str = "email:";
const LINKEDIN: &str = "linkedin:";
const NAME: &str = "name:";

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

/// A line that a user wrote: an id of Apollo's, an e-mail address, a LinkedIn profile, or a name, a comma and a domain.
/// None for an empty one.
pub fn read(line: &str) -> Option<Clue> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    if line.to_lowercase().contains("linkedin.") && line.contains("/in/") {
        return Some(Clue::LinkedIn(line.to_owned()));
    }
    if let Some((name, domain)) = line.rsplit_once(',') {
        return Some(Clue::NameAt { name: name.trim().to_owned(), domain: domain.trim().to_owned() });
    }
    if line.contains('@') {
        return Some(Clue::Email(line.to_lowercase()));
    }
    Some(Clue::Id(line.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_file_is_read_for_what_it_is_and_kept_as_it_was() {
        let lines = ["60a1", "Ana@Org.example", "https://www.linkedin.com/in/ana-keel", "Keel, Ana, org.example"];
        let clues: Vec<Clue> = lines.iter().filter_map(|line| read(&format!(" {line}\r"))).collect();
        let name_at = Clue::NameAt { name: "Keel, Ana".to_owned(), domain: "org.example".to_owned() };
        assert_eq!(
            clues,
            [
                Clue::Id("60a1".to_owned()),
                Clue::Email("ana@org.example".to_owned()),
                Clue::LinkedIn(lines[2].to_owned()),
                name_at
            ]
        );
        for clue in clues {
            assert_eq!(from_text(&to_text(&clue)), clue);
        }
        assert_eq!(read(" \t"), None);
    }
}
