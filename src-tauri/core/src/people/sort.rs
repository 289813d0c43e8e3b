//! By what people can be sorted. Who has no value stands last whichever way it goes; among those who are equal in all
//! columns the one fetched first stands first. The sorting is done in [`super::columns`].

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Error;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortColumn {
    Name,
    Title,
    Company,
    Place,
    /// By rank, the highest first.
    Seniority,
    /// By how sure an address is, the surest first.
    Email,
    /// By how likely a direct number is.
    Phone,
    /// By when it was told, the oldest first.
    Fetched,
}

/// A column, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    pub column: SortColumn,
    pub descending: bool,
}

impl SortColumn {
    pub const ALL: [Self; 8] =
        [Self::Name, Self::Title, Self::Company, Self::Place, Self::Seniority, Self::Email, Self::Phone, Self::Fetched];

    /// As it stands in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Company => "company",
            Self::Place => "place",
            Self::Seniority => "seniority",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Fetched => "fetched",
        }
    }
}

impl Sort {
    /// `name`, or `-name` for the other way round.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `sort`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let name = text.strip_prefix('-').unwrap_or(text);
        let column = SortColumn::ALL.into_iter().find(|column| column.as_str() == name).ok_or_else(|| {
            let names = SortColumn::ALL.map(SortColumn::as_str).join(", ");
            Error::bad_input("sort", format!("“{text}” is nothing to sort by. Sort by one of {names}, with a minus in front for the other way round, as in -fetched."))
        })?;
        Ok(Self { column, descending: text.starts_with('-') })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_minus_in_front_turns_the_order_round() {
        assert_eq!(Sort::parse("-fetched").unwrap(), Sort { column: SortColumn::Fetched, descending: true });
        assert_eq!(Sort::parse("place").unwrap(), Sort { column: SortColumn::Place, descending: false });
        for bad in ["", "-", "--name", "Name", "nobody"] {
            assert!(Sort::parse(bad).is_err(), "{bad}");
        }
    }
}
