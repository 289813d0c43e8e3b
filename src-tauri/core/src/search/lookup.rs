//! Kept answers to a question: their keys, and the newest there is.

use std::sync::Arc;

use jiff::Timestamp;

use crate::access::Access;
use crate::apollo::Endpoint;
use crate::apollo::request::search_body;
use crate::apollo::response::PeoplePage;
use crate::cache::{CacheKey, Identifier, Kept, QuestionHash, Resource};
use crate::error::Error;
use crate::persona::{Filters, SearchRequest};

/// A kept page.
#[derive(Debug, Clone)]
pub struct Found {
    pub key: CacheKey,
    pub endpoint: Endpoint,
    pub page: PeoplePage,
    pub stored_at: Timestamp,
    pub fresh: bool,
}

/// The key of one page: origin, endpoint and its version belong to the resource, so that rows of one origin never answer
/// for another. What is sent is what is asked: filters that come to the same body have one key.
pub fn key(access: &Access, endpoint: Endpoint, request: &SearchRequest) -> Result<CacheKey, Error> {
    let resource = Resource::new(&format!("people/1 {} {}", endpoint.path(), access.origin_label))?;
    Ok(CacheKey::new(access.tenant(), &resource, &identifier(request)?))
}

pub(super) fn identifier(request: &SearchRequest) -> Result<Identifier, Error> {
    Identifier::of(&search_body(&request.filters, request.page, request.page_size))
}

/// What is asked for, whichever page of it and wherever: all kept pages of it are forgotten together.
pub fn question(filters: &Filters) -> Result<QuestionHash, Error> {
    let mut asked = search_body(filters, 1, 1);
    if let Some(asked) = asked.as_object_mut() {
        asked.retain(|name, _| name != "page" && name != "per_page");
    }
    QuestionHash::of(&asked)
}

/// The best kept answer of these endpoints: a fresh one before a stale one, full rows before stubs, then the newer.
pub async fn newest(
    access: &Access,
    endpoints: &[Endpoint],
    request: &SearchRequest,
    now: Timestamp,
) -> Result<Option<Found>, Error> {
    let mut best: Option<(CacheKey, Endpoint, Kept)> = None;
    for endpoint in endpoints {
        let key = key(access, *endpoint, request)?;
        let Some(kept) = access.files.cache.get(&key, now).await? else { continue };
        let worth = |endpoint, kept: &Kept| (kept.fresh, endpoint == Endpoint::Full, kept.stored_at);
        if best.as_ref().is_none_or(|(_, other, best)| worth(*endpoint, &kept) > worth(*other, best)) {
            best = Some((key, *endpoint, kept));
        }
    }
    let Some((key, endpoint, Kept { page, stored_at, fresh })) = best else { return Ok(None) };
    let page = page.open().map(Arc::unwrap_or_clone);
    Ok(page.map(|page| Found { key, endpoint, page, stored_at, fresh }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::persona::{FiltersInput, SearchInput};

    /// Few words that come close to each other, so that random questions often differ in one thing alone; among them what
    /// might break out of a key.
    const WORDS: [&str; 12] =
        ["VP", "VP Sales", "a:b", "a", "b", "{x}", "*", "%3A", "\"", "Ko\u{308}ln", "[\"a\",\"b\"]", "VP,Sales"];
    const SENIORITIES: [&str; 4] = ["vp", "head", "c_suite", "owner"];
    const SIZES: [&str; 4] = ["1,10", "11,20", "10001", "1"];
    /// The last two share their id at Apollo.
    const INDUSTRIES: [&str; 3] = ["computer software", "computer games", "mobile games"];

    fn some(values: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec(prop::sample::select(values).prop_map(str::to_owned), 0..3)
    }

    prop_compose! {
        fn input()(
            titles in some(&WORDS),
            seniorities in some(&SENIORITIES),
            industries in some(&INDUSTRIES),
            locations in some(&WORDS),
            company_sizes in some(&SIZES),
            keywords in prop_oneof![3 => Just(""), 1 => prop::sample::select(&WORDS[..])],
            page in 1..3_i64,
            page_size in 25..27_i64,
        ) -> SearchInput {
            SearchInput {
                persona_id: None,
                filters: FiltersInput { titles, seniorities, industries, locations, company_sizes, keywords: keywords.to_owned() },
                page: Some(page),
                page_size: Some(page_size),
            }
        }
    }

    /// What is asked, found another way than by the product's normal form: sets of values, blanks and case folded.
    fn meaning(input: &FiltersInput) -> Vec<BTreeSet<String>> {
        let fold = |values: &[String]| -> BTreeSet<String> {
            let words = |value: &String| value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            values.iter().map(words).filter(|value| !value.is_empty()).collect()
        };
        let industries = fold(&input.industries).into_iter().map(|name| name.replace("mobile games", "computer games"));
        vec![
            fold(&input.titles),
            fold(&input.seniorities),
            industries.collect(),
            fold(&input.locations),
            fold(&input.company_sizes),
            fold(std::slice::from_ref(&input.keywords)),
        ]
    }

    /// The same question as another person types it: other order, repeats, blanks, empty values, decomposed letters.
    fn retyped(input: &SearchInput) -> SearchInput {
        use unicode_normalization::UnicodeNormalization;
        let mut other = input.clone();
        let filters = &mut other.filters;
        for values in [
            &mut filters.titles,
            &mut filters.seniorities,
            &mut filters.industries,
            &mut filters.locations,
            &mut filters.company_sizes,
        ] {
            values.reverse();
            let repeated: Vec<String> =
                values.iter().map(|value| format!("  {} ", value.replace(' ', "\t "))).collect();
            values.extend(repeated);
            values.push("  ".to_owned());
        }
        for values in [&mut filters.titles, &mut filters.locations] {
            *values = values.iter().map(|value| value.nfd().collect()).collect();
        }
        filters.keywords = format!(" {}\u{a0}", filters.keywords);
        other
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn two_requests_share_a_key_only_if_they_ask_the_same(one in input(), other in input()) {
            let (Ok(first), Ok(second)) = (SearchRequest::check(&one), SearchRequest::check(&other)) else { return Ok(()) };
            let same_question = meaning(&one.filters) == meaning(&other.filters) && one.filters.keywords == other.filters.keywords;
            let same_page = (one.page, one.page_size) == (other.page, other.page_size);
            prop_assert_eq!(question(&first.filters).unwrap() == question(&second.filters).unwrap(), same_question);
            prop_assert_eq!(identifier(&first).unwrap() == identifier(&second).unwrap(), same_question && same_page);
        }

        #[test]
        fn the_same_question_typed_otherwise_shares_its_key(one in input()) {
            let Ok(first) = SearchRequest::check(&one) else { return Ok(()) };
            let second = SearchRequest::check(&retyped(&one)).unwrap();
            prop_assert_eq!(question(&first.filters).unwrap(), question(&second.filters).unwrap());
            prop_assert_eq!(identifier(&first).unwrap(), identifier(&second).unwrap());
        }
    }

    #[test]
    fn pages_and_sizes_of_one_question_differ_in_their_key_alone() {
        let asked = |page: i64, page_size: i64| {
            let filters = FiltersInput { titles: vec!["CFO".to_owned()], ..FiltersInput::default() };
            SearchRequest::check(&SearchInput {
                persona_id: None,
                filters,
                page: Some(page),
                page_size: Some(page_size),
            })
            .unwrap()
        };
        let (one, next, larger) = (asked(1, 25), asked(2, 25), asked(1, 50));
        assert!(
            question(&one.filters).unwrap() == question(&next.filters).unwrap()
                && question(&one.filters).unwrap() == question(&larger.filters).unwrap()
        );
        let keys = [identifier(&one).unwrap(), identifier(&next).unwrap(), identifier(&larger).unwrap()];
        assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
    }
}
