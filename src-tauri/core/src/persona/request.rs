//! One search as asked, and the same once it is known to be sound. Nothing is sent that did not pass here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::filters::{Filters, FiltersInput};
use crate::error::{Error, Violation};

/// Apollo's last page.
pub const LAST_PAGE: u32 = 500;
pub const SMALLEST_PAGE_SIZE: u32 = 10;
/// Apollo silently cuts larger ones to this.
pub const LARGEST_PAGE_SIZE: u32 = 100;
pub const DEFAULT_PAGE_SIZE: u32 = 50;

/// A search as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SearchInput {
    /// The persona it was asked for, a UUID; null for filters of the moment.
    pub persona_id: Option<String>,
    pub filters: FiltersInput,
    /// 1 to 500; null for 1.
    pub page: Option<i64>,
    /// 10 to 100; null for 50.
    pub page_size: Option<i64>,
}

/// A search that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    pub persona_id: Option<Uuid>,
    /// Never empty.
    pub filters: Filters,
    pub page: u32,
    pub page_size: u32,
}

impl SearchRequest {
    /// # Errors
    /// [`Error::BadInput`] with every violation, each under the name of its field.
    pub fn check(input: &SearchInput) -> Result<Self, Error> {
        let mut violations = Vec::new();
        let persona_id = input.persona_id.as_deref().and_then(|text| {
            let uuid = Uuid::try_parse(text).ok().filter(|_| text.len() == 36);
            if uuid.is_none() {
                violations.push(Violation::new("persona_id", "A persona id is a UUID such as 6f0c…-….".to_owned()));
            }
            uuid
        });
        let page = in_range("page", input.page.unwrap_or(1), 1, LAST_PAGE, &mut violations);
        let page_size = in_range(
            "page_size",
            input.page_size.unwrap_or(DEFAULT_PAGE_SIZE.into()),
            SMALLEST_PAGE_SIZE,
            LARGEST_PAGE_SIZE,
            &mut violations,
        );
        let filters = match Filters::check(&input.filters) {
            Ok(filters) => {
                if filters.is_empty() {
                    violations.push(Violation::new(
                        "filters",
                        "Choose at least one filter: without any, Apollo would answer with everybody it knows.",
                    ));
                }
                filters
            }
            Err(more) => {
                violations.extend(more);
                Filters::default()
            }
        };
        if violations.is_empty() {
            Ok(Self { persona_id, filters, page, page_size })
        } else {
            Err(Error::BadInput { violations })
        }
    }
}

fn in_range(field: &str, value: i64, least: u32, most: u32, violations: &mut Vec<Violation>) -> u32 {
    match u32::try_from(value) {
        Ok(number) if (least..=most).contains(&number) => number,
        _ => {
            let words = field.replace('_', " ");
            violations
                .push(Violation::new(field, format!("The {words} goes from {least} to {most}; {value} is outside.")));
            least
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn input() -> SearchInput {
        SearchInput {
            filters: FiltersInput { titles: vec!["CFO".to_owned()], ..Default::default() },
            ..Default::default()
        }
    }

    #[test]
    fn page_and_size_default_to_1_and_50() {
        let request = SearchRequest::check(&input()).unwrap();
        assert_eq!((request.page, request.page_size), (1, 50));
    }

    #[test]
    fn each_limit_is_exact() {
        for (page, size, good) in [
            (1, 10, true),
            (500, 100, true),
            (0, 10, false),
            (501, 10, false),
            (1, 9, false),
            (1, 101, false),
            (-1, 10, false),
            (i64::MAX, 10, false),
        ] {
            let asked = SearchInput { page: Some(page), page_size: Some(size), ..input() };
            assert_eq!(SearchRequest::check(&asked).is_ok(), good, "page {page}, size {size}");
        }
    }

    #[test]
    fn all_violations_come_at_once_each_with_its_field() {
        let asked = SearchInput {
            persona_id: Some("not-a-uuid".to_owned()),
            page: Some(0),
            page_size: Some(1000),
            filters: FiltersInput::default(),
        };
        let Err(Error::BadInput { violations }) = SearchRequest::check(&asked) else { panic!("accepted") };
        let fields: Vec<&str> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["persona_id", "page", "page_size", "filters"]);
    }
}
