//! Each request of enrichment and of an account, as it is built and as its answer is read.

use std::time::Duration;

use foray_core::apollo::classify::{Verdict, classify};
use foray_core::apollo::company::{CompanyAnswer, path as company_path, read_company};
use foray_core::apollo::enrichment::{Clue, MATCH, Matched, Reveal, match_body, path, read_match};
use foray_core::apollo::mobiles::{MobileResult, path as result_path, read_result};
use foray_core::apollo::usage::{API_USAGE, CREDIT_USAGE, PROFILE, read_api_usage, read_credit_usage, read_profile};
use foray_core::credits::Credits;
use serde_json::json;

use super::Desk;

#[tokio::test]
async fn ten_people_are_asked_for_at_once_and_each_gets_their_own_row() {
    let desk = Desk::new().await;
    let rows = desk.rows(1).await;
    let mut clues: Vec<Clue> = rows[..9].iter().map(|row| Clue::Id(row["id"].as_str().unwrap().to_owned())).collect();
    clues.insert(4, Clue::Id("65a000000000000000000001".to_owned()));
    let answer = desk.enrich(&clues, Reveal::default()).await;
    for (clue, matched) in clues.iter().zip(&answer.matches) {
        match (clue, matched) {
            (Clue::Id(id), Matched::Found(found)) => {
                assert_eq!(found.person.id, *id);
                assert!(found.person.email.is_some());
            }
            (Clue::Id(id), Matched::NotFound) => assert_eq!(id, "65a000000000000000000001"),
            other => panic!("{other:?}"),
        }
    }
    assert!(answer.request_id.is_some() && answer.strangers == 0);
    let charged = desk.sandbox.requests().last().unwrap().charged_hundredths;
    assert_eq!(answer.credits, Some(Credits::from_thousandths(charged * 10)));
}

#[tokio::test]
async fn every_kind_of_clue_finds_its_person() {
    let desk = Desk::new().await;
    let clues = desk.clues(1).await;
    let answer = desk.enrich(&clues[..10], Reveal::default()).await;
    let mut by_kind = [0; 3];
    for matched in &answer.matches {
        let Matched::Found(known) = matched else { continue };
        let person = &known.person;
        let others = [
            person.email.clone().map(Clue::Email),
            person.linkedin_url.clone().map(Clue::LinkedIn),
            person
                .name
                .clone()
                .zip(person.organization_domain.clone())
                .map(|(name, domain)| Clue::NameAt { name, domain }),
        ];
        for (kind, clue) in others.into_iter().enumerate() {
            let Some(clue) = clue else { continue };
            let found = desk.enrich(std::slice::from_ref(&clue), Reveal::default()).await;
            assert!(matches!(found.matches[0], Matched::Found(_)), "{clue:?}");
            by_kind[kind] += 1;
        }
    }
    assert!(by_kind.iter().all(|count| *count > 3), "{by_kind:?}");
}

#[tokio::test]
async fn a_single_match_of_an_unknown_id_is_somebody_else_and_refused() {
    let desk = Desk::new().await;
    let unknown = Clue::Id("65a000000000000000000001".to_owned());
    let answer = desk.post(&path(MATCH, Reveal::default()), &match_body(&unknown)).await.unwrap();
    let answer = read_match(&unknown, &answer.body).unwrap();
    assert_eq!((answer.matches.as_slice(), answer.strangers, answer.credits), (&[Matched::NotFound][..], 1, None));
}

#[tokio::test]
async fn shells_and_people_nobody_asked_for_are_nobody_found() {
    let desk = Desk::new().await;
    let clues = desk.clues(1).await;
    desk.set_faults("shell=1");
    let answer = desk.enrich(&clues[..3], Reveal::default()).await;
    assert_eq!(answer.matches, [Matched::Shell, Matched::Shell, Matched::Shell]);
    desk.set_faults("wrong-person=1");
    let answer = desk.enrich(&clues[..3], Reveal::default()).await;
    assert_eq!(answer.matches, [Matched::NotFound, Matched::NotFound, Matched::NotFound]);
    assert!(answer.strangers > 0);
}

#[tokio::test]
async fn mobiles_are_polled_for_until_they_are_there() {
    let desk = Desk::new().await;
    let clues = desk.clues(1).await;
    let reveal = Reveal { mobiles: true, personal_emails: true };
    let ordered = desk.enrich(&clues[..10], reveal).await;
    let poll = result_path(ordered.request_id.unwrap());
    let pending = desk.get(&poll).await;
    let verdict = classify(pending.status, &pending.body);
    assert_eq!(verdict, Verdict::NotReady { retry_after: Some(Duration::ZERO) });
    let ready = desk.get(&poll).await;
    let MobileResult::Ready { people, unreadable_rows, credits } = read_result(&ready.body).unwrap() else { panic!() };
    assert_eq!((people.len(), unreadable_rows), (10, 0));
    let mobiles = people.iter().filter(|person| person.numbers.iter().any(|number| number.is_mobile)).count();
    assert_eq!(credits, Some(Credits::whole(8).times(mobiles as u64)));
    let unknown = desk.get(&result_path(-1)).await;
    assert!(matches!(classify(unknown.status, &unknown.body), Verdict::Gone { .. }));
}

#[tokio::test]
async fn a_company_is_found_by_its_domain() {
    let desk = Desk::new().await;
    let rows = desk.rows(1).await;
    let domain = rows.iter().find_map(|row| row["organization"]["primary_domain"].as_str()).unwrap();
    let answer = desk.get(&company_path(&format!("www.{}", domain.to_uppercase()))).await;
    let CompanyAnswer::Found(company) = read_company(domain, &[], &answer.body).unwrap() else { panic!() };
    assert_eq!(company.domain.as_deref(), Some(domain));
    assert!(company.employees.is_some() && company.annual_revenue.is_some());
    let answer = desk.get(&company_path("nowhere.example")).await;
    assert_eq!(read_company("nowhere.example", &[], &answer.body), Ok(CompanyAnswer::NotFound));
}

#[tokio::test]
async fn what_a_key_may_learn_about_itself_costs_nothing_and_agrees() {
    let desk = Desk::with_key("credits-50-of-a-test").await;
    let clues = desk.clues(1).await;
    let paid = desk.enrich(&clues[..10], Reveal::default()).await.credits.unwrap();
    let answer = desk.get(PROFILE).await;
    let profile = read_profile(&answer.body).unwrap();
    assert_eq!(
        (profile.credits_used, profile.credits_left),
        (Some(paid), Some(Credits::whole(50).saturating_sub(paid)))
    );
    let answer = desk.post(CREDIT_USAGE, &json!({})).await.unwrap();
    let lead = read_credit_usage(&answer.body).unwrap().lead();
    assert_eq!((lead.consumed, lead.left, lead.limit), (Some(paid), profile.credits_left, Some(Credits::whole(50))));
    let answer = desk.post(API_USAGE, &json!({})).await.unwrap();
    let usages = read_api_usage(&answer.body).unwrap();
    let bulk = usages.iter().find(|usage| usage.endpoint == "people/bulk_match").unwrap();
    assert_eq!(bulk.day.consumed, Some(1));
    assert!(usages.iter().any(|usage| usage.endpoint == "webhook_result/show"));
}
