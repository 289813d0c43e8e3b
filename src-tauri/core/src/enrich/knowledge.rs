//! What a workspace knows of somebody, or of a company, before it is paid for: from the people store, and from what was paid
//! for before.

use rusqlite::{Connection, OptionalExtension, params};

use super::clue;
use super::journal::PRIVATE;
use super::names::PaidFor;
use super::standing::{Before, CompanyKnowledge, Knowledge, Known, Told};
use crate::people::companies;

/// What is known of a line of the journal. `number`: the tenant's in the people store, if it has one.
pub fn known(
    connection: &Connection,
    tenant: &str,
    number: Option<i64>,
    paid_for: &mut PaidFor,
    text: &str,
) -> rusqlite::Result<Known> {
    match clue::company_of(text) {
        None => of(connection, tenant, number, paid_for, text).map(Known::Person),
        Some(domain) => of_company(connection, tenant, number, domain).map(Known::Company),
    }
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

/// What is known of the company of a domain, and what came of asking for it before.
fn of_company(
    connection: &Connection,
    tenant: &str,
    number: Option<i64>,
    domain: &str,
) -> rusqlite::Result<CompanyKnowledge> {
    let mut known = CompanyKnowledge::default();
    let mut requests = paid(connection, tenant, &clue::of_company(domain))?;
    let companies = number.map(|number| companies::with_domain(connection, number, domain)).transpose()?;
    for (company, id) in companies.unwrap_or_default() {
        known.with_people = known.with_people || companies::is_known(connection, company)?;
        // It may have been asked for by the domain it had before.
        requests.extend(paid(connection, tenant, &id)?);
    }
    requests.sort_by_key(|paid| paid.number);
    for paid in requests {
        match paid.outcome.as_str() {
            "asked" if let Some(before) = paid.lacks() => known.before = before,
            _ if paid.was_brought() => (known.bought, known.before) = (true, Before::Nothing),
            "not_found" | "shell" | "elsewhere" => known.before = Before::NotFound,
            _ => {}
        }
    }
    Ok(known)
}

/// What was paid for under a name: a person who was asked for by an address is the same one when asked for by the id that
/// came of it.
fn paid(connection: &Connection, tenant: &str, name: &str) -> rusqlite::Result<Vec<Paid>> {
    connection
        .prepare_cached(
            &format!("SELECT number, state, outcome, mobiles AND NOT asked_again, mobile, {PRIVATE}, person IS ?2 FROM paid_people JOIN paid_requests ON number = request
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
    /// Whether mobiles were asked for, and are not by another request since.
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

    /// Where those stand whom it has not brought: it may yet bring them, or it was charged, or may have been, and then they are
    /// asked for again, and paid for again, by the user's word alone. None where nothing was charged.
    fn lacks(&self) -> Option<Before> {
        match self.state.as_str() {
            "journalled" | "ordered" => Some(Before::UnderWay),
            "may_be_charged" | "accepted" | "charged" => Some(Before::Undecided),
            _ => None,
        }
    }
}

fn note(known: &mut Knowledge, paid: &Paid) {
    match paid.outcome.as_str() {
        "asked" if let Some(before) = paid.lacks() => known.before = before,
        _ if paid.was_brought() => {
            known.before = Before::Nothing;
            known.email = Told::ThereIsNone;
            if paid.private {
                known.private_email = Told::ThereIsNone;
            }
            match paid.mobile.as_deref() {
                Some("told") => known.mobile = Told::Told,
                Some(_) => known.mobile = Told::ThereIsNone,
                None => known.before = paid.lacks().filter(|_| paid.mobiles).unwrap_or(Before::Nothing),
            }
        }
        "not_found" | "shell" | "elsewhere" => known.before = Before::NotFound,
        _ => {}
    }
}
