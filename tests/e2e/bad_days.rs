//! Days on which Apollo does not answer as it should: each is told in a sentence of its own that says what to do, and the
//! rows that were fetched before stay.

use std::sync::Arc;
use std::time::Duration;

use foray_core::Source;
use foray_core::clock::{Clock as _, ManualClock, SystemClock};
use foray_core::persona::starters::starter_personas;
use foray_core::persona::{SearchInput, SearchRequest};
use foray_core::secrets::ApiKey;
use foray_sandbox::{Faults, Options, Plan, Sandbox};

use crate::marks::{DIALOG, NEXT_PAGE, PEOPLE, SEARCH, SOURCE, STATUS};
use crate::own::{account, apollo, choose_persona, enter_workspace, make_workspace};
use crate::window::{Home, Window};

const FIRST: &str = "Sales leaders, DACH";
const SECOND: &str = "Finance chiefs, Nordics";

/// Searches for a persona, with the button.
async fn search(window: &Window, persona: &str) {
    choose_persona(window, persona).await;
    window.text_with(SEARCH, "Search ·").await;
    window.find(SEARCH).await.click().await.unwrap();
}

/// Searches for a persona on a bad day: these words say what happened, and the hour has one call less or not.
async fn told(window: &Window, persona: &str, words: &[&str], calls_left: u32) -> String {
    search(window, persona).await;
    for part in words {
        window.text_with(PEOPLE, part).await;
    }
    window.text_with(PEOPLE, "Rows fetched before are still there").await;
    window.text_with(STATUS, &format!("{calls_left} of 100 calls left")).await;
    window.text(PEOPLE).await
}

fn set(apollo: &Sandbox, faults: &str) {
    apollo.set_faults(faults.parse::<Faults>().unwrap());
}

#[tokio::test]
async fn each_way_in_which_apollo_fails_is_told_in_its_own_words_and_the_rows_stay() {
    let home = Home::new();
    let apollo = apollo(Options { retry_after: Duration::from_mins(5), ..Options::default() }).await;
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    search(&window, FIRST).await;
    window.text_with(SOURCE, "live").await;
    let rows = window.rows().await;

    set(&apollo, "hang=1");
    told(&window, SECOND, &["Apollo did not answer in time", "within 10 seconds", "Try again"], 98).await;
    window.picture("bad-timed-out").await;
    set(&apollo, "5xx-html=1");
    let said = told(&window, "Marketing heads, UK", &["Apollo is not available", "status 5", "Try again"], 97).await;
    assert!(!said.contains('<'), "{said}");
    window.picture("bad-5xx").await;
    set(&apollo, "garbage=1");
    told(&window, "Founders, small US", &["could not be read", "the answer was not kept"], 96).await;
    window.picture("bad-garbage").await;
    set(&apollo, "429=1");
    told(&window, "IT and security", &["Apollo's own limit is reached", "Calls go on at"], 95).await;
    window.text_with(STATUS, "Apollo's own limit is reached until").await;
    window.picture("bad-429").await;

    // The pause is kept: nothing is sent before it ends, and what was fetched is there.
    let sent = apollo.requests().len();
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(PEOPLE, "Calls go on at").await;
    choose_persona(&window, FIRST).await;
    window.text_with(SOURCE, "cached").await;
    assert_eq!(window.rows().await, rows);
    assert_eq!(apollo.requests().len(), sent);
    window.close().await;
}

#[tokio::test]
async fn an_endpoint_that_the_key_may_not_use_is_told_with_a_way_out_that_works() {
    let (home, apollo) = (Home::new(), account(Plan::Free).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    choose_endpoint(&window, "full").await;
    told(&window, FIRST, &["This key may not use this search", "(403)", "free search"], 99).await;
    window.picture("bad-403").await;

    choose_endpoint(&window, "free").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    assert!(!window.rows().await.is_empty());
    window.close().await;
}

#[tokio::test]
async fn each_meaning_of_422_is_told_in_its_own_words_with_what_to_do() {
    // Out of credits, and no other search allowed.
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    make_workspace(&window, "broke-key-0123456789-d4e5").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
    choose_endpoint(&window, "full").await;
    told(&window, FIRST, &["No Apollo credits left", "out of credits", "free search"], 99).await;
    window.picture("bad-422-credits").await;

    // The free search answers, until Apollo does not take the question.
    choose_endpoint(&window, "free").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    set(&apollo, "422=1");
    let said = told(&window, SECOND, &["Apollo refused the question", "no implicit conversion"], 97).await;
    assert!(said.contains("Change the filters"), "{said}");
    window.picture("bad-422-type").await;
    set(&apollo, "422-wall=1");
    told(&window, "Marketing heads, UK", &["first 50,000 people", "Narrow the persona"], 96).await;
    window.picture("bad-422-wall").await;
    window.close().await;

    // Closed to the account, and no other search allowed.
    let (home, apollo) = (Home::new(), account(Plan::Basic).await);
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    choose_endpoint(&window, "full").await;
    told(&window, FIRST, &["Apollo has closed this search", "free search"], 99).await;
    window.picture("bad-422-closed").await;
    window.close().await;
}

/// Chooses Apollo's search in the workspace's settings.
async fn choose_endpoint(window: &Window, value: &str) {
    window.choose_from_menu("Apollo key and calls…").await;
    window.find(&format!("[role=dialog] input[value={value}]")).await.click().await.unwrap();
    window.click("Save settings").await;
    window.gone(DIALOG).await;
}

#[tokio::test]
async fn rows_past_their_day_are_shown_with_their_age_when_nothing_answers() {
    let (home, apollo) = (Home::new(), account(Plan::Professional).await);
    let origin = apollo.origin();
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &origin)]).await;
    enter_workspace(&window).await;
    choose_persona(&window, FIRST).await;
    window.close().await;
    let names = searched_two_days_ago(&home, &origin).await;
    apollo.stop().await;

    // Nobody listens at the port any more.
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &origin)]).await;
    window.text_with(SOURCE, "stale").await;
    window.picture("bad-stale-opened").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(PEOPLE, "connection was refused").await;
    assert!(window.text(SOURCE).await.contains("2 days old"), "{}", window.text(SOURCE).await);
    let rows = window.rows().await;
    assert!(rows.len() > 5 && rows.iter().zip(&names).all(|(row, name)| row.contains(name.as_str())), "{rows:?}");
    window.picture("bad-stale").await;
    told(&window, SECOND, &["Apollo cannot be reached", "connection was refused"], 99).await;
    window.picture("bad-refused").await;
    window.close().await;

    // A name that nobody knows is how a computer without a network looks from inside.
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", "https://apollo.invalid")]).await;
    window.text_with("h1", SECOND).await;
    told(&window, "Marketing heads, UK", &["No network", "offline"], 99).await;
    window.picture("bad-offline").await;
    window.close().await;
}

/// Asks what the window is about to show, as if two days ago; answers the names in their order. It takes one call.
async fn searched_two_days_ago(home: &Home, origin: &str) -> Vec<String> {
    let clock = ManualClock::at(SystemClock::start().read().wall_ms - 2 * 86_400_000);
    let foray = home.other_process(origin, Arc::new(clock)).await;
    let client = foray.workspaces().resolve("Acme").await.unwrap().id;
    let key = ApiKey::parse("good-key-0123456789-c8d2").unwrap();
    foray.use_key_for_this_run(client, key).await.unwrap();
    let persona = starter_personas().into_iter().find(|starter| starter.name == FIRST).unwrap();
    let asked = SearchInput { filters: persona.filters, page: Some(1), page_size: Some(50), persona_id: None };
    let answer = foray.search(client, &SearchRequest::check(&asked).unwrap()).await.unwrap();
    assert_eq!(answer.source, Source::Live);
    answer.people.iter().map(|person| person.name.clone().unwrap()).collect()
}

#[tokio::test]
async fn an_hour_that_is_used_up_says_when_the_next_call_frees() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.choose_from_menu("Calls an hour…").await;
    let field = window.find("[role=dialog] input").await;
    window.type_over(&field, "1").await;
    window.click("Save settings").await;
    window.gone(DIALOG).await;
    window.text_with(STATUS, "1 of 1 calls left").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    let rows = window.rows().await;

    // What can't be had yet says from when on it can, and can't be pressed until then.
    window.text_with(STATUS, "0 of 1 calls left this hour · next frees").await;
    window.text_with(NEXT_PAGE, "Next · a call frees ").await;
    window.text_with(SEARCH, "Next call at ").await;
    let off = window.find(NEXT_PAGE).await.attr("aria-disabled").await.unwrap();
    assert_eq!(off.as_deref(), Some("true"));
    window.picture("bad-hour").await;
    assert_eq!(window.rows().await, rows);
    window.close().await;
}
