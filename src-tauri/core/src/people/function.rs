//! What people work in, as Apollo names it: a list of its own beside seniorities and departments. Answers may tell of others,
//! which keep their names; these are the ones that can be asked for.

use crate::error::Error;

/// Apollo's functions, in the order of letters.
pub const FUNCTIONS: [&str; 18] = [
    "accounting",
    "administrative",
    "arts_and_design",
    "business_development",
    "consulting",
    "data_science",
    "education",
    "engineering",
    "entrepreneurship",
    "finance",
    "human_resources",
    "information_technology",
    "legal",
    "marketing",
    "operations",
    "product_management",
    "sales",
    "support",
];

/// Any case; `Human Resources` and `human-resources` are `human_resources`.
///
/// # Errors
/// [`Error::BadInput`] on the field `function`.
pub fn parse(text: &str) -> Result<&'static str, Error> {
    let plain = text.trim().to_lowercase().replace(['-', ' '], "_");
    FUNCTIONS.into_iter().find(|function| *function == plain).ok_or_else(|| {
        let message = format!("“{text}” is no function of Apollo's. It has {}.", FUNCTIONS.join(", "));
        Error::bad_input("function", message)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_function_is_known_however_it_is_written_and_another_one_is_refused_with_those_there_are() {
        for text in ["human_resources", "Human Resources", " HUMAN-resources "] {
            assert_eq!(parse(text).unwrap(), "human_resources");
        }
        assert!(parse("selling").unwrap_err().to_string().contains("product_management, sales, support."));
    }
}
