//! What a workspace knows of somebody before they are paid for: from the people store, and from what was paid for before.

use rusqlite::{Connection, OptionalExtension, params};

use super::journal::PRIVATE;
use super::names::PaidFor;
use super::plan::{Before, Knowledge, Told};

/// Everything that stands in the way of asking for `clue`, under whichever name. `number`: the tenant's in the people store,
/// if it has one.
pub fn of(
    connection: &Connection,
    tenant: &str,
    number: Option<i64>,
    paid_for: &mut PaidFor,
    clue: &str,
) -> rusqlite::Result<Knowledge> {
    let mut known = Knowledge::default();
    let (mut email, mut phone, mut before) = (false, false, Vec::new());
    for name in paid_for.names(connection, number, clue)? {
        let stored: Option<(bool, bool)> = connection
            .prepare_cached("SELECT email IS NOT NULL, phone IS NOT NULL FROM people WHERE tenant = ?1 AND id = ?2")?
            .query_row(params![number, name], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (has_email, has_phone) = stored.unwrap_or_default();
        (email, phone) = (email || has_email, phone || has_phone);
        before.extend(paid(connection, tenant, &name)?);
    }
    before.sort_by_key(|paid| paid.number);
    for paid in &before {
        note(&mut known, paid);
    }
    if email {
        known.email = Told::Told;
    }
    if phone {
        known.mobile = Told::Told;
    }
    Ok(known)
}

/// What was paid for under a name: a person who was asked for by an address is the same one when asked for by the id that
/// came of it.
fn paid(connection: &Connection, tenant: &str, name: &str) -> rusqlite::Result<Vec<Paid>> {
    connection
        .prepare_cached(
            &format!("SELECT number, state, outcome, mobiles, mobile, {PRIVATE} FROM paid_people JOIN paid_requests ON number = request
             WHERE tenant = ?1 AND number IN (SELECT request FROM paid_people WHERE clue = ?2 OR person = ?2)
             AND (clue = ?2 OR person = ?2)"),
        )?
        .query_map(params![tenant, name], |row| {
            Ok(Paid {
                number: row.get(0)?,
                state: row.get(1)?,
                outcome: row.get(2)?,
                mobiles: row.get(3)?,
                mobile: row.get(4)?,
                private: row.get(5)?,
            })
        })?
        .collect()
}

/// What became of somebody in one paid request.
struct Paid {
    number: i64,
    state: String,
    outcome: String,
    mobiles: bool,
    mobile: Option<String>,
    /// Whether private addresses were asked for as well.
    private: bool,
}

fn note(known: &mut Knowledge, paid: &Paid) {
    // Charged without an answer: asking again pays again, which takes the user's word as much as what may have been.
    let takes_the_users_word =
        ["journalled", "ordered", "may_be_charged", "accepted", "charged"].contains(&paid.state.as_str());
    match paid.outcome.as_str() {
        "asked" if takes_the_users_word => known.before = Before::Undecided,
        "found" => {
            known.before = Before::Nothing;
            known.email = Told::ThereIsNone;
            if paid.private {
                known.private_email = Told::ThereIsNone;
            }
            match paid.mobile.as_deref() {
                Some("told") => known.mobile = Told::Told,
                Some(_) => known.mobile = Told::ThereIsNone,
                None if paid.mobiles && takes_the_users_word => known.before = Before::Undecided,
                None => {}
            }
        }
        "not_found" | "shell" => known.before = Before::NotFound,
        _ => {}
    }
}
