//! `account check`: what the key may do, its limits and its credits, without spending one.

use foray_core::Error;
use foray_core::keys::{Allowed, EndpointCheck};

use crate::exit::{DONE, Failure};
use crate::output::{self, counted, grouped};
use crate::session::Session;

pub async fn check(session: &Session, json: bool) -> Result<u8, Failure> {
    let check = session.foray.check_account(session.tenant()).await?;
    if json {
        output::print_json(&check)?;
    } else {
        let mut lines = check.sentences.clone();
        lines.extend(check.endpoints.iter().map(row));
        lines.push(format!("Spent {}, no credits.", counted(check.calls_spent.into(), "call", "calls")));
        output::print_lines(&lines)?;
    }
    if check.valid { Ok(DONE) } else { Ok(Failure::from(Error::KeyRejected).exit) }
}

fn row(endpoint: &EndpointCheck) -> String {
    let allowed = match endpoint.allowed {
        Allowed::Yes => "open",
        Allowed::No => "closed",
        Allowed::NotTried => "not tried",
    };
    let used = endpoint.used_at.map_or_else(String::new, |at| format!(", used {}", at.strftime("%Y-%m-%d")));
    let limits: Vec<String> = [
        ("calls a minute", endpoint.calls_a_minute),
        ("an hour", endpoint.calls_an_hour),
        ("a day", endpoint.calls_a_day),
    ]
    .into_iter()
    .filter_map(|(period, limit)| Some(format!("{} {period}", grouped(limit?))))
    .collect();
    format!("{}\t{allowed}{used}\t{}\t{}", endpoint.endpoint, limits.join(", "), endpoint.what)
}
