//! Enrichment in the real window: the price before, the credits after, and a paid call that got no answer.

use std::time::Duration;

use foray_sandbox::{Faults, Options, Plan, Sandbox};

use crate::marks::{DIALOG, JOBS, SEARCH, SOURCE};
use crate::own::{apollo, choose_persona, enter_workspace};
use crate::window::{Home, Window};

const ENRICH: &str = "[data-testid=enrich-button]";
const START: &str = "[data-testid=enrich-start]";
const LOST: &str = "[data-testid=undecided-notice]";
const LEDGER: &str = "[data-testid=ledger]";
const SUM: &str = "[data-testid=credits-sum]";

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
    window.text_with("[data-testid=grid]", "verified").await;
    window.click("Ledger").await;
    let paid = charged(&apollo);
    let credits = paid as f64 / 100.0;
    window.text_with(SUM, &format!("{credits} credits charged")).await;
    window.text_with(LEDGER, "charged").await;
    window.click("Compare · 1 call").await;
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
    window.gone(LOST).await;
    window.click("Ledger").await;
    window.text_with(LEDGER, "asked again").await;
    window.picture("enrich-asked-again").await;
    window.close().await;
    assert_eq!(charged(&apollo), 2 * paid, "once more, by the user's word");
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
    window.text_with(START, "Enrich 4 companies · 4 calls · ≤ 4 credits").await;
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
