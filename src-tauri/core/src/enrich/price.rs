//! What Apollo charges at most (`apollo-api.md`, endpoints): published, and paid only for what was found.

use crate::apollo::enrichment::Reveal;
use crate::credits::Credits;

/// A person's facts and address.
pub const PERSON: Credits = Credits::whole(1);
/// A mobile number, on top of the person, if one comes back.
pub const MOBILE: Credits = Credits::whole(8);
/// A company.
pub const COMPANY: Credits = Credits::whole(1);

/// Bound for one person.
pub fn person(reveal: Reveal) -> Credits {
    if reveal.mobiles { PERSON + MOBILE } else { PERSON }
}
