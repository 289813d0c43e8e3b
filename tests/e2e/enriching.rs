//! Enrichment in the real window: the price before, the credits after, and a paid call that got no answer.

use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::{ApolloClient, Origin};
use foray_core::clock::SystemClock;
use foray_core::enrich::{EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom};
use foray_core::jobs::Agreed;
use foray_core::people::fact::FactSource;
use foray_core::people::{Among, PeopleQuery};
use foray_core::secrets::ApiKey;
use foray_sandbox::{Faults, Options, Plan, Sandbox};
use serde_json::{Value, json};

use crate::marks::{DIALOG, JOBS, SEARCH, SOURCE};
use crate::own::{apollo, choose_persona, enter_workspace};
use crate::window::{Home, PATIENCE, Window};

const ENRICH: &str = "[data-testid=enrich-button]";
const START: &str = "[data-testid=enrich-start]";
const LOST: &str = "[data-testid=undecided-notice]";
const LEDGER: &str = "[data-testid=ledger]";
const SUM: &str = "[data-testid=credits-sum]";
const FIND: &str = "#find-people";
const PANEL: &str = "#person-panel";

/// A window with stubs of a persona of one's own workspace.
async fn with_stubs(home: &Home, apollo: &Sandbox) -> Window {
    let window = Window::open_with(home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window
}

/// Enriches so many people of those who are shown.
async fn enrich(window: &Window, most: &str) {
    window.find(ENRICH).await.click().await.unwrap();
    window.text_with(DIALOG, "to enrich").await;
    window.find("[role=dialog] input[inputmode=numeric]").await.send_keys(most).await.unwrap();
    let price = format!("Enrich {most} · ");
    window.text_with(START, &price).await;
    window.picture(&format!("enrich-{most}-dialog")).await;
    window.find(START).await.click().await.unwrap();
    window.gone(DIALOG).await;
}

fn charged(apollo: &Sandbox) -> u64 {
    apollo.requests().iter().map(|request| request.charged_hundredths).sum()
}

#[tokio::test]
async fn people_are_enriched_at_the_price_on_the_button_and_the_ledger_has_every_credit() {
    let home = Home::new();
    let apollo = apollo(Options { plan: Plan::Basic, ..Options::default() }).await;
    let window = with_stubs(&home, &apollo).await;
    enrich(&window, "12").await;
    window.text_with(JOBS, "12 asked").await;
    window.picture("enrich-done").await;
    window.text_with("[data-testid=grid]", "@").await;
    window.click("Ledger").await;
    let paid = charged(&apollo);
    let credits = paid as f64 / 100.0;
    window.text_with(SUM, &format!("{credits} credits charged")).await;
    window.text_with(LEDGER, "charged").await;
    window.click("Compare · ≤ 2 calls").await;
    window.text_with("main", "They agree.").await;
    window.picture("enrich-ledger").await;
    window.click("Account…").await;
    window.click("Check ·").await;
    window.text_with("main", "This key works").await;
    window.picture("enrich-account").await;
    window.resize(1024, 700).await;
    window.picture("enrich-account-small").await;
    window.close().await;

    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    window.text_with("main", "Check this account").await;
    window.click("Ledger").await;
    window.text_with(SUM, &format!("{credits} credits charged")).await;
    window.close().await;
    assert_eq!(charged(&apollo), paid, "looking at it costs nothing");
}

#[tokio::test]
async fn a_paid_call_without_an_answer_waits_for_the_users_word_also_after_a_restart() {
    let home = Home::new();
    let options = Options { plan: Plan::Basic, hang: Duration::ZERO, ..Options::default() };
    let apollo = apollo(options).await;
    let window = with_stubs(&home, &apollo).await;
    apollo.set_faults("charged-5xx=1".parse::<Faults>().unwrap());
    enrich(&window, "3").await;
    window.text_with(LOST, "may have been charged up to 3 credits").await;
    apollo.set_faults(Faults::none());
    window.picture("enrich-lost").await;
    window.resize(1024, 700).await;
    window.picture("enrich-lost-small").await;
    let paid = charged(&apollo);
    window.close().await;

    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    window.text_with(LOST, "Apollo failed in the middle").await;
    assert_eq!(charged(&apollo), paid, "nothing was paid again by itself");
    window.click("Ask again · ≤ 3 credits").await;
    window.text_with(JOBS, "3 asked").await;
    window.text_with(LOST, "Asked again. A job of its own asks for them").await;
    window.click("Close").await;
    window.gone(LOST).await;
    window.click("Ledger").await;
    window.text_with(LEDGER, "asked again").await;
    window.picture("enrich-asked-again").await;
    window.close().await;
    assert_eq!(charged(&apollo), 2 * paid, "once more, by the user's word");
}

/// Sets the most credits that a job may cost, on the page of the ledger.
async fn cap_each_job(window: &Window, credits: &str) {
    window.click("Ledger").await;
    let field = window.find("#first-cap").await;
    field.clear().await.unwrap();
    field.send_keys(credits).await.unwrap();
    window.click("Save").await;
    window.text_with("body", "Caps saved").await;
    choose_persona(window, "Sales leaders, DACH").await;
}

#[tokio::test]
async fn a_cap_stops_a_job_which_tells_what_it_paid_and_goes_on_at_the_price_of_its_rest_once_it_is_raised() {
    let home = Home::new();
    let apollo = apollo(Options { plan: Plan::Basic, ..Options::default() }).await;
    let window = with_stubs(&home, &apollo).await;
    cap_each_job(&window, "14").await;
    window.find(ENRICH).await.click().await.unwrap();
    window.text_with(START, "≤ 14 credits").await;
    assert!(window.text_with(START, "Enrich up to ").await.contains(" calls · "));
    window.picture("enrich-capped-dialog").await;
    window.find(START).await.click().await.unwrap();
    let stopped = window.text_with(JOBS, "Go on · a cap of credits is reached").await;
    let paid = charged(&apollo);
    assert!((1..=1_400).contains(&paid), "{paid}");
    let credits = format!(" · {} credits", paid as f64 / 100.0);
    assert!(stopped.contains("Paused after ") && stopped.contains(&credits), "{stopped}");
    window.picture("enrich-capped").await;

    cap_each_job(&window, "500").await;
    window.click("Go on · ").await;
    window.text_with(JOBS, " asked · ").await;
    window.click("Ledger").await;
    window.text_with(SUM, &format!("{} credits charged", charged(&apollo) as f64 / 100.0)).await;
    window.close().await;
    assert!(charged(&apollo) > paid);
}

#[tokio::test]
async fn an_enrichment_that_is_cancelled_brings_the_mobiles_it_has_paid_for_before_it_ends() {
    let home = Home::new();
    let late =
        Options { plan: Plan::Basic, pending_polls: 2, poll_again: Duration::from_secs(3), ..Options::default() };
    let apollo = apollo(late).await;
    let window = with_stubs(&home, &apollo).await;
    window.find(ENRICH).await.click().await.unwrap();
    window.text_with(DIALOG, "to enrich").await;
    window.find("[role=dialog] input[type=checkbox]").await.click().await.unwrap();
    window.find("[role=dialog] input[inputmode=numeric]").await.send_keys("45").await.unwrap();
    window.text_with(START, " + looks for mobiles · ≤ 45 credits").await;
    window.find(START).await.click().await.unwrap();
    window.gone(DIALOG).await;
    window.text_with(JOBS, "waiting: ").await;
    window.click("Cancel enrichment").await;
    window.text_with(JOBS, "cancelled: mobiles that are paid for are fetched before it ends").await;
    window.picture("enrich-cancelled-mobiles").await;
    let ended = window.text_with(JOBS, "Cancelled after ").await;
    let credits = format!(" · {} credits", charged(&apollo) as f64 / 100.0);
    assert!(ended.contains(&credits) && !ended.contains("may have been charged"), "{ended}");
    window.close().await;
}

#[tokio::test]
async fn companies_are_enriched_once_each_and_shown_with_their_people() {
    let home = Home::new();
    let apollo = apollo(Options { plan: Plan::Professional, ..Options::default() }).await;
    // Of the full search, whose rows tell the companies' domains.
    let window = with_stubs(&home, &apollo).await;
    window.find(ENRICH).await.click().await.unwrap();
    window.find("[role=dialog] input[name=enrich-what]:not(:checked)").await.click().await.unwrap();
    window.text_with(DIALOG, "companies").await;
    window.find("[role=dialog] input[inputmode=numeric]").await.send_keys("4").await.unwrap();
    window.text_with(START, "Enrich 4 companies · 5 calls · ≤ 4 credits").await;
    window.picture("enrich-companies-dialog").await;
    window.find(START).await.click().await.unwrap();
    window.gone(DIALOG).await;
    window.text_with(JOBS, "4 asked · 4 found · 4 credits").await;
    let asked = apollo.requests().into_iter().filter(|request| request.path.ends_with("organizations/enrich"));
    assert_eq!(asked.map(|request| request.charged_hundredths).collect::<Vec<_>>(), [100; 4]);
    window.click("Ledger").await;
    window.text_with(LEDGER, ".example").await;
    window.picture("enrich-companies-ledger").await;
    window.close().await;
}

#[tokio::test]
async fn who_comes_instead_of_an_address_is_told_in_the_receipt_the_panel_and_the_ledger() {
    let home = Home::new();
    let apollo = apollo(Options { plan: Plan::Basic, ..Options::default() }).await;
    let address = address_of_somebody(&apollo).await;
    let window = with_stubs(&home, &apollo).await;
    let before = charged(&apollo);
    apollo.set_faults("wrong-person=1".parse::<Faults>().unwrap());
    add_on_the_command_line(&home, &apollo, &address).await;
    window.text_with(JOBS, "1 asked · 0 found · 1 answered with somebody else, who is kept as such").await;
    apollo.set_faults(Faults::none());
    window.picture("instead-receipt").await;

    window.find(FIND).await.send_keys(&name_of_the_enriched(&home, &apollo).await).await.unwrap();
    window.find("[data-cell='0/0']").await.click().await.unwrap();
    let told = format!("Came instead of somebody else: asked by {address}, Apollo answered with this person.");
    window.text_with(PANEL, &told).await;
    window.picture("instead-panel").await;
    window.resize(1024, 700).await;
    window.picture("instead-panel-small").await;
    window.click("Ledger").await;
    window.text_with(LEDGER, "1 answered with somebody else").await;
    let credits = (charged(&apollo) - before) as f64 / 100.0;
    window.text_with(SUM, &format!("{credits} credit")).await;
    window.picture("instead-ledger-small").await;
    window.resize(1920, 1080).await;
    window.picture("instead-ledger").await;
    window.close().await;
}

#[tokio::test]
async fn another_company_and_people_nobody_asked_for_are_told_where_they_were_paid_for() {
    let home = Home::new();
    let apollo = apollo(Options { plan: Plan::Professional, ..Options::default() }).await;
    let window = with_stubs(&home, &apollo).await;
    apollo.set_faults("wrong-person=1".parse::<Faults>().unwrap());
    window.find(ENRICH).await.click().await.unwrap();
    window.find("[role=dialog] input[name=enrich-what]:not(:checked)").await.click().await.unwrap();
    window.text_with(DIALOG, "companies").await;
    window.find("[role=dialog] input[inputmode=numeric]").await.send_keys("1").await.unwrap();
    window.text_with(START, "Enrich 1 company · 2 calls · ≤ 1 credit").await;
    window.find(START).await.click().await.unwrap();
    window.gone(DIALOG).await;
    let receipt = "1 asked · 0 found · 1 answered with another company, which is kept as such · 1 credit";
    window.text_with(JOBS, receipt).await;
    // By their ids: Apollo is known to answer one with anybody, who is then not taken in.
    enrich(&window, "3").await;
    window.text_with(JOBS, "3 asked · 0 found · 3 not found · 3 came whom nobody asked for").await;
    window.picture("unasked-receipt").await;
    window.click("Ledger").await;
    window.text_with(LEDGER, "answered with another company").await;
    window.text_with(LEDGER, "3 came whom nobody asked for").await;
    window.picture("unasked-ledger").await;
    window.close().await;
}

/// An address that Apollo knows, of somebody whom no workspace here has met.
async fn address_of_somebody(apollo: &Sandbox) -> String {
    let client = ApolloClient::new(Origin::parse(&apollo.origin()).unwrap(), PATIENCE).unwrap();
    let key = ApiKey::parse("key-of-another-team-f00d").unwrap();
    let ask = async |path: &str, body: Value| {
        let answer = client.post(&key, path, &body).await.unwrap();
        serde_json::from_slice::<Value>(&answer.body).unwrap()
    };
    let question = json!({ "contact_email_status": ["verified"], "page": 7, "per_page": 10 });
    let found = ask("mixed_people/api_search", question).await;
    let ids = found["people"].as_array().unwrap().iter().map(|person| json!({ "id": person["id"] }));
    let told = ask("people/bulk_match", json!({ "details": ids.collect::<Vec<_>>() })).await;
    told["matches"].as_array().unwrap().iter().find_map(|person| person["email"].as_str()).unwrap().to_owned()
}

/// An enrichment by an address, which the window asks for as a row of its tables never does: it runs it by itself.
async fn add_on_the_command_line(home: &Home, apollo: &Sandbox, address: &str) {
    let input = EnrichInput {
        what: EnrichWhat::People,
        whom: EnrichWhom::People { people: vec![address.to_owned()] },
        terms: EnrichTerms::default(),
        max_credits: None,
        agreed: Agreed { calls: None, credits: 1 },
        people: None,
    };
    let foray = home.other_process(&apollo.origin(), Arc::new(SystemClock::start())).await;
    let acme = foray.workspaces().resolve("Acme").await.unwrap().id;
    foray.add_enrichment(acme, "Cards from the fair", &input, true).await.unwrap();
}

async fn name_of_the_enriched(home: &Home, apollo: &Sandbox) -> String {
    let foray = home.other_process(&apollo.origin(), Arc::new(SystemClock::start())).await;
    let acme = foray.workspaces().resolve("Acme").await.unwrap().id;
    let people = foray.people(acme, PeopleQuery::of(Among::Everybody), 0, 500).await.unwrap().people;
    people
        .into_iter()
        .find(|stored| stored.source == FactSource::Enrichment)
        .and_then(|stored| stored.person.name)
        .unwrap()
}
