//! What stands in the body of a kept answer: its page in a binary form, compressed; and the seal that tells when a bit of it,
//! or of the dates and names beside it, has flipped. SQLite's own check does not see that. All of it is made for being
//! read: an answer is written once and read many times.

use std::sync::Arc;

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};
use twox_hash::XxHash3_64;

use super::age::Dates;
use super::keys::CacheKey;
use crate::apollo::response::PeoplePage;
use crate::error::Error;
use crate::people::Person;

/// How a page is written: the page, then for each of its people what they work in, which no answer in JSON has. The form names
/// no fields, so it has to get another number whenever those of a page or a person change.
const FORM: u8 = 2;
/// The same without what people work in. Any other form is no answer.
const FORM_WITHOUT_FUNCTIONS: u8 = 1;
/// The form, then the bytes of the page when it is unpacked and its people, as four bytes each, little end first.
const HEAD: usize = 9;
/// A body that is larger than this when unpacked is damaged: a page of Apollo's is far below a megabyte.
const LARGEST_PAGE: usize = 64 << 20;

/// The body for a page; [`unpack`] reads it again.
///
/// # Errors
/// [`Error::Unreadable`] for a page that is larger than any of Apollo's.
pub fn pack(page: &PeoplePage) -> Result<Vec<u8>, Error> {
    let functions: Vec<Option<&str>> = page.people.iter().map(|person| person.functions.as_deref()).collect();
    let plain = postcard::to_allocvec(&(page, functions)).map_err(|_| Error::Unreadable)?;
    if plain.len() > LARGEST_PAGE {
        return Err(Error::Unreadable);
    }
    let mut body = vec![FORM];
    body.extend_from_slice(&(plain.len() as u32).to_le_bytes());
    body.extend_from_slice(&(page.people.len() as u32).to_le_bytes());
    body.resize(HEAD + get_maximum_output_size(plain.len()), 0);
    let packed = compress_into(&plain, body.get_mut(HEAD..).unwrap_or_default()).map_err(|_| Error::Unreadable)?;
    body.truncate(HEAD + packed);
    body.shrink_to_fit();
    Ok(body)
}

/// Null when the body is damaged or of another form: half an answer is none.
pub fn unpack(body: &[u8]) -> Option<PeoplePage> {
    let head = Head::of(body)?;
    let mut plain = vec![0; head.bytes];
    let unpacked = decompress_into(body.get(HEAD..)?, &mut plain).ok()?;
    let (mut page, rest): (PeoplePage, &[u8]) = postcard::take_from_bytes(plain.get(..unpacked)?).ok()?;
    if unpacked != head.bytes || page.people.len() != head.people {
        return None;
    }
    if body.first() == Some(&FORM) {
        let functions: Vec<Option<String>> = postcard::from_bytes(rest).ok()?;
        if functions.len() != head.people {
            return None;
        }
        // Nobody else has it yet.
        for (person, functions) in Arc::make_mut(&mut page.people).iter_mut().zip(functions) {
            person.functions = functions;
        }
    }
    Some(page)
}

/// How many bytes of memory the page of this body takes when it is unpacked, its texts being no longer than what is packed;
/// null if it can't be unpacked.
pub fn weight(body: &[u8]) -> Option<u64> {
    let head = Head::of(body)?;
    Some((head.people * size_of::<Person>() + head.bytes) as u64)
}

struct Head {
    bytes: usize,
    people: usize,
}

impl Head {
    fn of(body: &[u8]) -> Option<Self> {
        let number = |at| Some(u32::from_le_bytes(*body.get(at..)?.first_chunk::<4>()?) as usize);
        let head = Self { bytes: number(1)?, people: number(5)? };
        (matches!(body.first(), Some(&FORM | &FORM_WITHOUT_FUNCTIONS))
            && head.bytes <= LARGEST_PAGE
            && head.people <= head.bytes)
            .then_some(head)
    }
}

/// XXH3 over all that makes up a row, but for the time it was last used. It is there against accidents, not against people.
pub fn seal(key: &CacheKey, question: &[u8], dates: Dates, body: &[u8]) -> [u8; 8] {
    let key = key.as_str();
    let mut head = Vec::with_capacity(key.len() + question.len() + 4 * size_of::<u64>());
    head.extend_from_slice(&(key.len() as u64).to_le_bytes());
    head.extend_from_slice(key.as_bytes());
    head.extend_from_slice(&(question.len() as u64).to_le_bytes());
    head.extend_from_slice(question);
    head.extend_from_slice(&dates.stored_ms.to_le_bytes());
    head.extend_from_slice(&dates.fresh_until_ms.to_le_bytes());
    XxHash3_64::oneshot_with_seed(XxHash3_64::oneshot(&head), body).to_le_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::people::Likelihood;

    /// A page with each field set to a text of its own.
    fn page() -> PeoplePage {
        let text = |text: &str| Some(text.to_owned());
        let person = Person {
            id: "i".to_owned(),
            name: text("n"),
            first_name: text("f"),
            last_name: text("l"),
            last_name_obfuscated: text("o"),
            title: text("t"),
            headline: text("h"),
            seniority: text("s"),
            functions: text("w"),
            email: text("e"),
            email_status: text("v"),
            phone: text("p"),
            linkedin_url: text("u"),
            city: text("c"),
            state: text("a"),
            country: text("y"),
            organization_name: text("N"),
            organization_id: text("I"),
            organization_domain: text("D"),
            has_email: Some(true),
            has_direct_phone: Some(Likelihood::Maybe),
        };
        PeoplePage { total_entries: Some(300), people: Arc::new(vec![person, Person::default()]) }
    }

    #[test]
    fn a_page_comes_back_as_it_was() {
        let body = pack(&page()).unwrap();
        assert_eq!(unpack(&body), Some(page()));
        assert_eq!(weight(&body), Some((2 * size_of::<Person>() + WRITTEN.len() + 20 + FUNCTIONS.len()) as u64));
    }

    /// The page up to its second person, of whom nothing is known: 20 zeros.
    const WRITTEN: &[u8] = b"\x01\xac\x02\x02\x01i\x01\x01n\x01\x01f\x01\x01l\x01\x01o\x01\x01t\x01\x01h\x01\x01s\x01\x01e\x01\x01v\x01\x01p\x01\x01u\x01\x01c\x01\x01a\x01\x01y\x01\x01N\x01\x01I\x01\x01D\x01\x01\x01\x01";
    const FUNCTIONS: &[u8] = b"\x02\x01\x01w\x00";

    /// A body of this form, with that inside.
    fn body_of(form: u8, people: u32, plain: &[u8]) -> Vec<u8> {
        let mut body = vec![form];
        body.extend((plain.len() as u32).to_le_bytes());
        body.extend(people.to_le_bytes());
        body.extend(lz4_flex::block::compress(plain));
        body
    }

    #[test]
    fn a_form_keeps_its_number_only_while_it_stays_byte_for_byte_the_same() {
        // Should this fail since a field was added, moved or removed: FORM has to become the next number, and then this text.
        let whole = [WRITTEN, &[0; 20], FUNCTIONS].concat();
        assert_eq!((FORM, unpack(&body_of(2, 2, &whole))), (2, Some(page())));
        let packed = pack(&page()).unwrap();
        assert_eq!(lz4_flex::block::decompress(&packed[HEAD..], whole.len()).unwrap(), whole);
    }

    #[test]
    fn a_body_from_before_functions_were_kept_is_read_without_them() {
        let older = body_of(1, 2, &[WRITTEN, &[0; 20]].concat());
        let mut expected = page();
        Arc::make_mut(&mut expected.people)[0].functions = None;
        assert_eq!(unpack(&older), Some(expected));
        assert_eq!(weight(&older), Some((2 * size_of::<Person>() + WRITTEN.len() + 20) as u64));
    }

    #[test]
    fn functions_of_more_or_fewer_people_than_there_are_spoil_a_body() {
        for functions in [&b""[..], b"\x01\x00", b"\x03\x00\x00\x00"] {
            assert_eq!(unpack(&body_of(2, 2, &[WRITTEN, &[0; 20], functions].concat())), None);
        }
    }

    #[test]
    fn a_body_that_is_cut_longer_or_of_another_form_is_damaged() {
        let body = pack(&page()).unwrap();
        for length in 0..body.len() {
            assert_eq!(unpack(&body[..length]), None, "{length}");
        }
        let changed = |at: usize, byte: u8| {
            let mut body = body.clone();
            body[at] = byte;
            (unpack(&body), weight(&body))
        };
        assert_eq!(changed(0, FORM + 1), (None, None), "another form");
        assert_eq!(changed(1, body[1] + 1).0, None, "another length");
        assert_eq!(changed(4, 0xff), (None, None), "larger than any page");
        assert_eq!(changed(5, 3).0, None, "more people than there are");
    }
}
