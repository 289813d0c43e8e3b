//! What a workspace knows of somebody, or of a company, before it is paid for: from the people store, and from what was paid
//! for before.

use rusqlite::{Connection, OptionalExtension, params};

use super::clue;
use super::journal::PRIVATE;
use super::names::PaidFor;
use super::plan::{Before, Knowledge, Standing, Told, Wish};
use crate::people::companies;

/// How a line of the journal stands towards a wish. `number`: the tenant's in the people store, if it has one.
pub fn standing(
    connection: &Connection,
    tenant: &str,
    number: Option<i64>,
    paid_for: &mut PaidFor,
    text: &str,
    wish: Wish,
) -> rusqlite::Result<Standing> {
    Ok(match clue::company_of(text) {
        None => of(connection, tenant, number, paid_for, text)?.standing(wish),
        Some(domain) => {
            let (known, before) = of_company(connection, tenant, number, domain, wish)?;
            Standing::of(known, before, wish)
        }
    })
}

/// Everything that stands in the way of asking for `clue`, under whichever name. `number`: the tenant's in the people store,
/// if it has one.
fn of(
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

/// Whether the company of a domain is known, and what came of asking for it before. It is known once Apollo has answered with
/// it; unless it is wished for in full, also when its industry and size came with one of its people.
fn of_company(
    connection: &Connection,
    tenant: &str,
    number: Option<i64>,
    domain: &str,
    wish: Wish,
) -> rusqlite::Result<(bool, Before)> {
    let (mut known, mut before) = (false, Before::Nothing);
    let mut requests = paid(connection, tenant, &clue::of_company(domain))?;
    let companies = number.map(|number| companies::with_domain(connection, number, domain)).transpose()?;
    for (company, id) in companies.unwrap_or_default() {
        known = known || (!wish.in_full && companies::is_known(connection, company)?);
        // It may have been asked for by the domain it had before.
        requests.extend(paid(connection, tenant, &id)?);
    }
    requests.sort_by_key(|paid| paid.number);
    for paid in requests {
        match paid.outcome.as_str() {
            "asked" if paid.waits() => before = Before::Undecided,
            _ if paid.was_brought() => (known, before) = (true, Before::Nothing),
            "not_found" | "shell" | "elsewhere" => before = Before::NotFound,
            _ => {}
        }
    }
    Ok((known, before))
}

/// What was paid for under a name: a person who was asked for by an address is the same one when asked for by the id that
/// came of it.
fn paid(connection: &Connection, tenant: &str, name: &str) -> rusqlite::Result<Vec<Paid>> {
    connection
        .prepare_cached(
            &format!("SELECT number, state, outcome, mobiles, mobile, {PRIVATE}, person IS ?2 FROM paid_people JOIN paid_requests ON number = request
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
                by_id: row.get(6)?,
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
    /// Whether the name that was looked under is the id of who came, and not what was asked by.
    by_id: bool,
}

impl Paid {
    /// Whether this is who came of it, be it instead of somebody else.
    fn was_brought(&self) -> bool {
        self.outcome == "found" || (self.outcome == "elsewhere" && self.by_id)
    }

    /// Whether it was charged, or may have been or may yet be: what it has not brought is asked for again, and paid for again,
    /// by the user's word alone.
    fn waits(&self) -> bool {
        ["journalled", "ordered", "may_be_charged", "accepted", "charged"].contains(&self.state.as_str())
    }
}

fn note(known: &mut Knowledge, paid: &Paid) {
    match paid.outcome.as_str() {
        "asked" if paid.waits() => known.before = Before::Undecided,
        _ if paid.was_brought() => {
            known.before = Before::Nothing;
            known.email = Told::ThereIsNone;
            if paid.private {
                known.private_email = Told::ThereIsNone;
            }
            match paid.mobile.as_deref() {
                Some("told") => known.mobile = Told::Told,
                Some(_) => known.mobile = Told::ThereIsNone,
                None if paid.mobiles && paid.waits() => known.before = Before::Undecided,
                None => {}
            }
        }
        "not_found" | "shell" | "elsewhere" => known.before = Before::NotFound,
        _ => {}
    }
}
