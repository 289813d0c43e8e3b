//! Answers with something wrong in them: another type than yesterday, a key gone, a row twice, half of the bytes. Made out
//! of the recordings and of the stand-in's answers, over and over. Whatever it is, it is read or refused, no row spoils its
//! neighbours, and the placeholder never becomes an address.

use std::sync::OnceLock;

use foray_core::apollo::Endpoint;
use foray_core::apollo::enrichment::{Clue, read_bulk};
use foray_core::apollo::response::read_page;
use foray_sandbox::Options;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::readers::read_as_everything;
use super::{recorded_answer, recordings};

/// Every answer there is to begin with.
fn answers() -> &'static [Value] {
    static ANSWERS: OnceLock<Vec<Value>> = OnceLock::new();
    ANSWERS.get_or_init(|| {
        let mut answers = stand_in_answers();
        if let Some(folder) = recordings() {
            let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
            let names = names.filter_map(|path| Some(path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned()));
            let mut names: Vec<String> = names.filter(|name| !name.starts_with("ref_")).collect();
            names.sort();
            answers.extend(names.iter().filter_map(|name| recorded_answer(name)));
        }
        answers
    })
}

/// One answer of each endpoint.
fn stand_in_answers() -> Vec<Value> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = Options { people: 500, pending_polls: 0, ..Options::default() };
        let sandbox = foray_sandbox::start(options).await.unwrap();
        // Whoever builds a client needs a provider, although nothing is encrypted here.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let ask = async |path: &str, body: Option<Value>| {
            let url = format!("{}/api/v1/{path}", sandbox.origin());
            let request = match body {
                Some(body) => http.post(url).json(&body),
                None => http.get(url),
            };
            let answer = request.header("X-Api-Key", "the-key-of-a-test").send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            answer.json::<Value>().await.unwrap()
        };
        let page = Some(json!({ "per_page": 10 }));
        let people = ask("mixed_people/search", page.clone()).await;
        let details = people["people"].as_array().unwrap().iter().map(|person| json!({ "id": person["id"] }));
        let order = Some(json!({ "details": details.collect::<Vec<_>>() }));
        let path = "people/bulk_match?reveal_personal_emails=true&reveal_phone_number=true&poll_only=true";
        let enriched = ask(path, order).await;
        let companies = ask("mixed_companies/search", page.clone()).await;
        let domain = companies["organizations"][0]["primary_domain"].as_str().unwrap();
        vec![
            ask("mixed_people/api_search", page).await,
            ask("people/match", Some(json!({ "id": people["people"][0]["id"] }))).await,
            ask(&format!("webhook_result/{}", enriched["request_id"]), None).await,
            ask(&format!("organizations/enrich?domain={domain}"), None).await,
            ask("users/api_profile?include_credit_usage=true", None).await,
            ask("usage_stats/api_usage_stats", Some(json!({}))).await,
            ask("usage_stats/credit_usage_stats", Some(json!({}))).await,
            people,
            enriched,
            companies,
        ]
    })
}

/// The rows of an answer, whatever it calls them.
fn rows(answer: &Value) -> Option<(&'static str, &Vec<Value>)> {
    ["people", "matches", "contacts"]
        .into_iter()
        .find_map(|name| Some((name, answer.get(name)?.as_array().filter(|rows| !rows.is_empty())?)))
}

fn clues(answer: &Value) -> Vec<Clue> {
    let rows = rows(answer).map(|(_, rows)| rows.as_slice()).unwrap_or_default();
    let ids = rows.iter().filter_map(|row| row["id"].as_str()).map(|id| Clue::Id(id.to_owned()));
    ids.chain([Clue::Email("email_not_unlocked@domain.com".to_owned())]).collect()
}

#[derive(Debug, Clone)]
enum Wrong {
    Replaced(Value),
    Gone,
    Twice,
    EncodedTwice,
}

/// Does `wrong` to the place that a walk through the value ends at.
fn spoil(value: &mut Value, path: &[u8], wrong: &Wrong) {
    let Some((step, rest)) = path.split_first() else {
        match wrong {
            Wrong::Replaced(other) => *value = other.clone(),
            Wrong::EncodedTwice => *value = Value::String(value.to_string()),
            Wrong::Gone | Wrong::Twice => {}
        }
        return;
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let key = fields.keys().nth(usize::from(*step) % fields.len()).cloned().unwrap();
            if rest.is_empty() && matches!(wrong, Wrong::Gone) {
                fields.remove(&key);
            } else {
                spoil(&mut fields[&key], rest, wrong);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let place = usize::from(*step) % items.len();
            match wrong {
                Wrong::Gone if rest.is_empty() => drop(items.remove(place)),
                Wrong::Twice if rest.is_empty() => items.push(items[place].clone()),
                _ => spoil(&mut items[place], rest, wrong),
            }
        }
        _ => spoil(value, &[], wrong),
    }
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!({})),
        Just(json!([])),
        Just(json!([null])),
        Just(json!({ "0": {} })),
        Just(json!(9.999_99e8)),
        Just(json!(1e308)),
        Just(json!(-1)),
        Just(json!(u64::MAX)),
        Just(json!(i64::MIN)),
        Just(json!(true)),
        Just(json!("1")),
        Just(json!("")),
        Just(json!(" \n\t")),
        Just(json!("\u{0}")),
        Just(json!("a\u{0}b")),
        Just(json!("\u{202e}gpj.exe")),
        Just(json!("email_not_unlocked@domain.com")),
        Just(json!("x".repeat(10_000))),
        any::<String>().prop_map(Value::String),
    ]
}

fn wrong() -> impl Strategy<Value = Wrong> {
    prop_oneof![
        6 => odd_value().prop_map(Wrong::Replaced),
        2 => Just(Wrong::Gone),
        1 => Just(Wrong::Twice),
        1 => Just(Wrong::EncodedTwice),
    ]
}

fn path() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn whatever_is_wrong_with_an_answer_it_is_read_or_refused(
        which in any::<Index>(),
        wrongs in prop::collection::vec((path(), wrong()), 1..6),
    ) {
        let mut answer = which.get(answers()).clone();
        let clues = clues(&answer);
        for (path, wrong) in &wrongs {
            spoil(&mut answer, path, wrong);
        }
        read_as_everything(answer.to_string().as_bytes(), &clues);
    }

    #[test]
    fn a_row_with_something_wrong_in_it_never_spoils_the_others(
        which in any::<Index>(),
        row in any::<Index>(),
        path in path(),
        wrong in wrong(),
    ) {
        let with_rows: Vec<&Value> = answers().iter().filter(|answer| rows(answer).is_some()).collect();
        let answer = *which.get(&with_rows);
        let (name, rows) = rows(answer).unwrap();
        let spoilt = row.index(rows.len());
        let mut other = answer.clone();
        spoil(&mut other[name][spoilt], &path, &wrong);

        if name == "matches" {
            let clues: Vec<Clue> = rows.iter().filter_map(|row| row["id"].as_str()).map(|id| Clue::Id(id.to_owned())).collect();
            let (before, after) = (read_bulk(&clues, answer.to_string().as_bytes()).unwrap(), read_bulk(&clues, other.to_string().as_bytes()).unwrap());
            let own = rows[spoilt]["id"].as_str();
            for ((clue, before), after) in clues.iter().zip(&before.matches).zip(&after.matches) {
                let is_own = matches!(clue, Clue::Id(id) if Some(id.as_str()) == own);
                prop_assert!(is_own || before == after, "{clue:?}");
            }
            return Ok(());
        }
        let read = |answer: &Value| read_page(Endpoint::Full, answer.to_string().as_bytes());
        // Results of mobiles have people too, and are no page of a search.
        let (Ok(before), Ok(after)) = (read(answer), read(&other)) else { return Ok(()) };
        let own = rows[spoilt]["person_id"].as_str().or(rows[spoilt]["id"].as_str());
        for person in before.page.people.iter().filter(|person| Some(person.id.as_str()) != own) {
            prop_assert!(after.page.people.contains(person), "{}", person.id);
        }
        prop_assert!(after.unreadable_rows <= 1);
    }
}

proptest! {
    // Each case reads a whole answer twice as everything that there is.
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_answer_that_breaks_off_is_no_answer_and_one_with_other_bytes_does_no_harm(
        which in any::<Index>(),
        cut in any::<Index>(),
        bytes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8),
    ) {
        let answer = which.get(answers());
        let whole = answer.to_string().into_bytes();
        let broken = &whole[..cut.index(whole.len())];
        prop_assert!(read_page(Endpoint::Full, broken).is_err() && read_bulk(&[], broken).is_err());
        let mut other = whole.clone();
        for (place, byte) in bytes {
            *place.get_mut(&mut other) = byte;
        }
        read_as_everything(&other, &clues(answer));
        read_as_everything(broken, &clues(answer));
    }
}
