//! `webhook_result/{request_id}`: the numbers that an enrichment ordered, polled for until they are there. While they are
//! not, the answer is a refusal that `classify` reads ([`super::classify::Verdict::NotReady`]). Free of credits.

use serde_json::Value;

use super::response::{read_json, text};
use crate::credits::Credits;
use crate::error::Error;

/// One number of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectNumber {
    /// In E.164 form where Apollo could tell.
    pub number: String,
    /// Only a mobile costs credits.
    pub is_mobile: bool,
    /// Such as `valid_number`, in Apollo's words.
    pub status: Option<String>,
}

/// Somebody who was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Apollo's id of the person.
    pub person: String,
    /// Mobiles first; empty where Apollo found none.
    pub numbers: Vec<DirectNumber>,
}

/// Where an order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MobileResult {
    Ready {
        people: Vec<Numbers>,
        /// Rows out of which nobody could be read.
        unreadable_rows: usize,
        credits: Option<Credits>,
    },
    InProgress,
    /// Apollo gave up.
    Failed {
        said: Option<String>,
    },
}

/// The path of a request. The id is often negative.
pub fn path(request_id: i64) -> String {
    format!("webhook_result/{request_id}")
}

/// Reads the body of a 200.
///
/// # Errors
/// [`Error::Unreadable`] when it is not JSON, or no result of this kind.
pub fn read_result(body: &[u8]) -> Result<MobileResult, Error> {
    let answer = read_json(body).ok_or(Error::Unreadable)?;
    match text(&answer, "webhook_status").as_deref() {
        Some("in_progress") => return Ok(MobileResult::InProgress),
        Some("failed") if answer.get("webhook_result").is_none_or(Value::is_null) => {
            return Ok(MobileResult::Failed { said: text(&answer, "failure_reason") });
        }
        // Delivered, or not delivered to a webhook that was never there: the numbers are in it all the same.
        _ => {}
    }
    let result = answer.get("webhook_result").and_then(Value::as_object).ok_or(Error::Unreadable)?;
    let rows = result.get("people").and_then(Value::as_array).ok_or(Error::Unreadable)?;
    let people: Vec<Numbers> = rows.iter().filter_map(numbers).collect();
    let unreadable_rows = rows.len() - people.len();
    Ok(MobileResult::Ready { people, unreadable_rows, credits: result.get("credits_consumed").and_then(Credits::read) })
}

fn numbers(row: &Value) -> Option<Numbers> {
    let person = text(row, "id")?;
    let rows = row.get("phone_numbers").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut numbers: Vec<DirectNumber> = rows.iter().filter_map(number).collect();
    numbers.sort_by_key(|number| !number.is_mobile);
    Some(Numbers { person, numbers })
}

fn number(row: &Value) -> Option<DirectNumber> {
    // Of a person's numbers the key names end in `_cd` here and do not in an enrichment.
    let kind = text(row, "type_cd").or_else(|| text(row, "type"));
    if kind.as_deref() == Some("work_hq") {
        return None;
    }
    Some(DirectNumber {
        number: text(row, "sanitized_number").or_else(|| text(row, "raw_number"))?,
        is_mobile: kind.as_deref() == Some("mobile"),
        status: text(row, "status_cd").or_else(|| text(row, "status")),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<MobileResult, Error> {
        read_result(value.to_string().as_bytes())
    }

    #[test]
    fn the_id_in_the_path_keeps_its_sign_and_digits() {
        assert_eq!(path(-1_039_995_589_705_121_900), "webhook_result/-1039995589705121900");
    }

    #[test]
    fn mobiles_come_first_and_the_switchboard_is_nobodys() {
        let answer = json!({ "webhook_status": "success", "webhook_result": { "credits_consumed": 8, "people": [
            { "id": "a", "phone_numbers": [
                { "sanitized_number": "+1", "type_cd": "work_hq" },
                { "raw_number": "2 2", "type_cd": "other" },
                { "sanitized_number": "+3", "type_cd": "mobile", "status_cd": "valid_number" }] },
            { "id": "b", "status": "failed", "phone_numbers": {} },
            { "phone_numbers": [] }] } });
        let Ok(MobileResult::Ready { people, unreadable_rows, credits }) = read(&answer) else { panic!() };
        let numbers: Vec<&str> = people[0].numbers.iter().map(|number| number.number.as_str()).collect();
        assert_eq!((numbers.as_slice(), people[1].numbers.len()), (&["+3", "2 2"][..], 0));
        assert_eq!((unreadable_rows, credits), (1, Some(Credits::whole(8))));
    }

    #[test]
    fn a_result_on_its_way_a_failed_one_and_one_without_a_webhook_are_told_apart() {
        assert_eq!(
            read(&json!({ "webhook_status": "in_progress", "webhook_result": null })),
            Ok(MobileResult::InProgress)
        );
        let failed = json!({ "webhook_status": "failed", "failure_reason": "no", "webhook_result": null });
        assert_eq!(read(&failed), Ok(MobileResult::Failed { said: Some("no".to_owned()) }));
        let undelivered = json!({ "webhook_status": "failed", "webhook_result": { "people": [] } });
        assert!(matches!(read(&undelivered), Ok(MobileResult::Ready { .. })), "paid for, whoever could not be called");
        for odd in [json!({}), json!([]), json!({ "webhook_status": "success", "webhook_result": { "people": 7 } })] {
            assert_eq!(read(&odd), Err(Error::Unreadable));
        }
    }
}
