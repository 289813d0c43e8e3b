//! People as a table of plain text. Columns that nobody has a value for are left out.

use foray_core::people::Person;

use crate::output::plain;

/// A column's heading, its greatest width in characters, and its cell.
type Column = (&'static str, usize, fn(&Person) -> String);

const COLUMNS: [Column; 7] = [
    ("Name", 30, name),
    ("Title", 40, |person| text(person.title.as_ref())),
    ("Company", 30, |person| text(person.organization_name.as_ref())),
    ("Place", 34, place),
    ("Seniority", 10, |person| text(person.seniority.as_ref())),
    ("E-mail", 40, email),
    ("LinkedIn", 80, |person| text(person.linkedin_url.as_ref())),
];
const GAP: &str = "  ";

/// The lines of the table, heading first; none for nobody.
pub fn of(people: &[Person]) -> Vec<String> {
    if people.is_empty() {
        return Vec::new();
    }
    let columns: Vec<Vec<String>> = COLUMNS.iter().filter_map(|column| lay_out(column, people)).collect();
    (0..=people.len()).map(|row| line(&columns, row)).collect()
}

/// One column with its heading, each cell as wide as the widest.
fn lay_out((heading, most, cell): &Column, people: &[Person]) -> Option<Vec<String>> {
    let cells: Vec<String> = people.iter().map(|person| cut(&plain(&cell(person)), *most)).collect();
    if cells.iter().all(String::is_empty) {
        return None;
    }
    let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0).max(heading.len());
    Some(std::iter::once((*heading).to_owned()).chain(cells).map(|cell| format!("{cell:width$}")).collect())
}

fn line(columns: &[Vec<String>], row: usize) -> String {
    let cells: Vec<&str> = columns.iter().filter_map(|column| column.get(row)).map(String::as_str).collect();
    cells.join(GAP).trim_end().to_owned()
}

fn cut(text: &str, most: usize) -> String {
    // A tab would break the columns.
    let text = text.replace('\t', " ");
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

/// The whole name, else what there is of it: `Ana Ke***l`.
fn name(person: &Person) -> String {
    let last = person.last_name.as_ref().or(person.last_name_obfuscated.as_ref());
    match (&person.name, &person.last_name_obfuscated) {
        (Some(name), None) => name.clone(),
        _ => joined([person.first_name.as_ref().or(person.name.as_ref()), last], " "),
    }
}

fn place(person: &Person) -> String {
    joined([person.city.as_ref(), person.state.as_ref(), person.country.as_ref()], ", ")
}

/// The address, else what is known about there being one.
fn email(person: &Person) -> String {
    let known = person.has_email.map(|has| if has { "has one" } else { "none" }.to_owned());
    person.email.clone().or_else(|| person.email_status.clone()).or(known).unwrap_or_default()
}

fn joined<const N: usize>(parts: [Option<&String>; N], separator: &str) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stub() -> Person {
        Person {
            first_name: Some("Ana".to_owned()),
            last_name_obfuscated: Some("Ke***l".to_owned()),
            has_email: Some(true),
            ..Person::default()
        }
    }

    #[test]
    fn a_stub_shows_what_is_known_and_columns_without_values_are_left_out() {
        assert_eq!(of(&[stub()]), ["Name        E-mail", "Ana Ke***l  has one"]);
    }

    #[test]
    fn columns_line_up_and_long_cells_are_cut() {
        let long = Person { name: Some("X".repeat(99)), title: Some("CFO".to_owned()), ..Person::default() };
        let lines = of(&[stub(), long]);
        assert_eq!(lines[2], format!("{}…  CFO", "X".repeat(29)));
        assert!(lines[0].starts_with(&format!("Name{}  Title  E-mail", " ".repeat(26))), "{}", lines[0]);
    }

    #[test]
    fn nobody_gives_no_table() {
        assert!(of(&[]).is_empty());
    }
}
