//! Names of workspaces and personas: one visible line, unique after NFKC and case folding.

use unicode_normalization::UnicodeNormalization;

use crate::error::Error;
use crate::text::visible_line;

const LONGEST_NAME: usize = 100;

/// A name for a workspace or persona, as one line that shows what it holds.
///
/// # Errors
/// [`Error::BadInput`] on the field `name`.
pub fn checked_name(name: &str, what: &str) -> Result<String, Error> {
    let name = visible_line(name);
    if name.is_empty() {
        return Err(Error::bad_input("name", format!("Give the {what} a name.")));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::bad_input("name", format!("The name of a {what} takes at most {LONGEST_NAME} characters.")));
    }
    // Both are found by their name or their id.
    if name.len() == 36 && uuid::Uuid::try_parse(&name).is_ok() {
        return Err(Error::bad_input("name", format!("The name of a {what} can't look like an id.")));
    }
    Ok(name)
}

/// The form in which two names are the same: NFKC, then folded case (upper and lower again, so that ß and SS meet).
pub fn fold_name(name: &str) -> String {
    let spaced = name.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.nfkc().collect::<String>().to_uppercase().to_lowercase().nfkc().collect()
}

/// The name itself, or with the first number that no other name has: `Acme 2`. Never longer than a name may be.
pub fn numbered(name: &str) -> impl Iterator<Item = String> + '_ {
    (1_u32..).map(move |number| {
        if number == 1 {
            return name.to_owned();
        }
        let end = format!(" {number}");
        let room = LONGEST_NAME - end.chars().count();
        let kept: String = name.chars().take(room).collect();
        format!("{}{end}", kept.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_is_numbered_and_stays_within_its_length() {
        let long = "ä".repeat(LONGEST_NAME);
        for name in ["Acme", &long] {
            let names: Vec<String> = numbered(name).take(12).collect();
            assert_eq!(names[0], name);
            assert!(names[1].ends_with(" 2") && names[11].ends_with(" 12"), "{names:?}");
            assert!(names.iter().all(|name| checked_name(name, "workspace").is_ok()), "{names:?}");
        }
    }
}
