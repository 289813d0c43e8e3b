//! Pages of full rows, which may cost a credit each: they are in the ledger before they are sent, held against the caps, and
//! of unknown price until Apollo's own count tells. Free calls are in it as well.

use foray_core::credits::Credits;
use foray_core::enrich::{EntryState, UsageEntry, UsageListed};
use foray_core::export::{ExportInput, ExportScope, Flavour};
use foray_core::jobs::{Agreed, RerunInput};
use foray_core::workspace::{CreditCaps, EndpointSetting, WorkspaceChange};
use foray_core::{Error, Source, TenantId};
use foray_sandbox::Plan;
use rusqlite::Connection;
use tokio_util::sync::CancellationToken;

use super::office::{Office, filters};

async fn office() -> Office {
    Office::with("credits-1000-of-full-rows", Plan::Professional).await
}

async fn ledger(office: &Office) -> Vec<UsageEntry> {
    office.foray.usage(office.tenant).await.unwrap().entries
}

/// The workspace's file, as another program sees it.
fn file(office: &Office) -> Connection {
    let path = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    Connection::open(path).unwrap()
}

/// As a process that was killed in the middle leaves its newest page.
fn kill_in_the_middle_of_the_newest_page(office: &Office) {
    let newest = "UPDATE paid_requests SET state = 'journalled', settled_at_ms = NULL, brought = 0
                  WHERE number = (SELECT max(number) FROM paid_requests)";
    assert_eq!(file(office).execute(newest, []).unwrap(), 1);
}

#[tokio::test]
async fn a_page_is_in_the_ledger_with_what_it_was_for_and_apollos_count_tells_its_price() {
    let office = office().await;
    office.foray.ask_usage(office.tenant).await.unwrap();
    office.clock.advance(1_000);
    let answer = office.search(1).await;
    assert_eq!((answer.source, answer.credits_spent), (Source::Live, None), "Apollo does not tell");
    assert_eq!(office.search(1).await.source, Source::Cached);
    let page = ledger(&office).await.remove(0);
    assert_eq!(
        (page.title.as_str(), page.endpoint.as_str()),
        ("seniority vp or director · page 1", "mixed_people/search")
    );
    assert_eq!((page.state, page.job, page.found), (EntryState::PriceUntold, None, Some(25)));
    assert_eq!(office.booked().await, (Credits::NONE, Credits::whole(1)));
    assert_eq!(office.foray.undecided(office.tenant).await.unwrap(), [], "it came: there is nothing to decide");

    office.clock.advance(1_000);
    office.foray.ask_usage(office.tenant).await.unwrap();
    assert_eq!(office.booked().await, (office.charged(), Credits::NONE));
    let apollo = office.foray.usage(office.tenant).await.unwrap().apollo.unwrap();
    assert!(apollo.sentence.ends_with("They agree."), "{}", apollo.sentence);
}

#[tokio::test]
async fn caps_stop_a_page_before_it_is_sent_and_what_is_kept_is_still_shown() {
    let office = office().await;
    office.cap(CreditCaps { day: Some(2), ..CreditCaps::default() }).await;
    for page in 1..=2 {
        assert_eq!(office.search(page).await.source, Source::Live);
    }
    let calls = office.sandbox.requests().len();
    let stopped = office.search(3).await;
    let reason = stopped.reason.unwrap();
    assert_eq!((stopped.source, stopped.calls_spent, reason.code.as_str()), (Source::Empty, 0, "capped"));
    assert_eq!(
        reason.message,
        "The cap of 2 credits for today left 0 credits, and the next call could have cost 1 credit, so it was not made."
    );
    assert_eq!(office.search(2).await.source, Source::Cached);
    assert_eq!(office.sandbox.requests().len(), calls);

    // The free search has no cap to pass.
    let free = WorkspaceChange { endpoint: Some(EndpointSetting::Free), ..WorkspaceChange::default() };
    office.foray.change_workspace(office.tenant, free).await.unwrap();
    assert_eq!(office.search(3).await.source, Source::Live);
}

fn export(office: &Office, scope: ExportScope) -> ExportInput {
    ExportInput {
        persona_id: None,
        filters: filters(),
        scope,
        flavour: Flavour::Import,
        path: office.folder.path().join("leaders.csv").display().to_string(),
        agreed: Agreed { calls: None, credits: 100 },
        wait: false,
        replace: false,
    }
}

const EVERYBODY: ExportScope = ExportScope::All { max_rows: None };

#[tokio::test]
async fn what_the_caps_leave_is_told_before_a_page_an_export_and_a_re_run_and_nothing_begins_that_they_hold() {
    let office = office().await;
    office.search(1).await;
    office.cap(CreditCaps { day: Some(4), ..CreditCaps::default() }).await;
    let (foray, tenant) = (&office.foray, office.tenant);
    let rerun = RerunInput { persona_id: None, filters: filters(), past_cache: true, agreed: Agreed::default() };
    let stops = "The cap of 4 credits for today leaves 3 credits: ";
    assert_eq!(foray.status(tenant).await.unwrap().price.caps_leave, Some(Credits::whole(3)));
    let estimate = foray.export_estimate(tenant, &export(&office, EVERYBODY)).await.unwrap();
    assert!(estimate.credits_at_most > 3);
    assert_eq!((estimate.room.caps_leave, estimate.room.held), (Some(Credits::whole(3)), false));
    assert!(estimate.room.short.unwrap().starts_with(&format!("{stops}the export stops there.")));
    let estimate = foray.rerun_estimate(tenant, &rerun).await.unwrap();
    assert!(estimate.room.short.unwrap().starts_with(&format!("{stops}the re-run stops there.")));
    let few = ExportScope::All { max_rows: Some(100) };
    assert_eq!(foray.export_estimate(tenant, &export(&office, few)).await.unwrap().room.short, None);

    office.cap(CreditCaps { day: Some(1), ..CreditCaps::default() }).await;
    let calls = office.sandbox.requests().len();
    let status = foray.status(tenant).await.unwrap();
    let held =
        "The cap of 1 credit for today leaves 0 credits, and the next call could cost 1 credit, so it is not made.";
    assert_eq!(status.gate.map(|gate| (gate.code, gate.message)), Some(("capped".to_owned(), held.to_owned())));
    assert_eq!((status.price.calls, status.price.credits_at_most), (0, 0), "it would not be asked");
    let estimate = foray.export_estimate(tenant, &export(&office, EVERYBODY)).await.unwrap();
    assert_eq!((estimate.room.held, estimate.room.short.as_deref()), (true, Some(held)));
    let refused = Err(Error::Capped { message: held.to_owned() });
    let jobs = foray.jobs(tenant).await.unwrap();
    assert_eq!(jobs.add_export("Leaders", export(&office, EVERYBODY)).await.map(drop), refused);
    assert_eq!(jobs.add_rerun("Leaders", rerun).await.map(drop), refused);
    let kept = export(&office, ExportScope::Page { page: 1, page_size: 25 });
    foray.export(tenant, &kept, &CancellationToken::new(), |_| ()).await.unwrap();
    assert_eq!(
        (office.sandbox.requests().len(), jobs.list().await.unwrap().len()),
        (calls, 1),
        "what is kept costs nothing"
    );
}

#[tokio::test]
async fn a_page_that_gets_no_answer_may_have_been_charged_and_can_be_looked_up() {
    let office = office().await;
    office.foray.ask_usage(office.tenant).await.unwrap();
    office.clock.advance(1_000);
    office.set_faults("charged-5xx=1");
    assert_eq!(office.search(1).await.source, Source::Empty);
    office.set_faults("");
    let lost = office.foray.undecided(office.tenant).await.unwrap();
    assert_eq!((lost.len(), lost[0].page, lost[0].at_most), (1, true, Credits::whole(1)));
    assert_eq!(office.booked().await, (Credits::NONE, Credits::whole(1)));
    let again = office.foray.retry_undecided(office.tenant, lost[0].number, Agreed::default(), false).await;
    assert!(matches!(again, Err(Error::BadInput { .. })), "{again:?}");

    office.clock.advance(120_000);
    let said = office.foray.look_up_undecided(office.tenant, lost[0].number).await.unwrap();
    assert_eq!(said.decided, [lost[0].number], "{}", said.sentence);
    assert_eq!(office.booked().await, (office.charged(), Credits::NONE));
}

#[tokio::test]
async fn a_page_whose_process_was_killed_may_have_been_charged() {
    let office = office().await;
    office.search(1).await;
    kill_in_the_middle_of_the_newest_page(&office);
    office.clock.advance(60_000);
    assert_eq!(ledger(&office).await[0].state, EntryState::OnItsWay, "its process may still be waiting");
    office.clock.advance(61_000);
    let page = ledger(&office).await.remove(0);
    assert_eq!((page.state, page.why.as_deref()), (EntryState::MayBeCharged, Some("crash")));
    assert_eq!(office.foray.undecided(office.tenant).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_apollo_refuses_or_what_never_left_costs_nothing() {
    let office = office().await;
    office.set_faults("422=1");
    office.foray.search(office.tenant, &Office::request(1)).await.unwrap_err();
    office.set_faults("");
    let refused = ledger(&office).await.remove(0);
    assert_eq!((refused.state, refused.why.as_deref()), (EntryState::Free, Some("refused")));

    let none_left = WorkspaceChange { calls_per_hour: Some(1), ..WorkspaceChange::default() };
    office.foray.change_workspace(office.tenant, none_left).await.unwrap();
    assert_eq!(office.search(2).await.reason.unwrap().code, "rate_limited");
    assert_eq!(ledger(&office).await.len(), 1, "what the limiter refuses is no call");
    assert_eq!(office.booked().await, (Credits::NONE, Credits::NONE));
}

#[tokio::test]
async fn the_pages_of_an_export_stand_under_its_job_and_a_cap_pauses_it_where_it_is() {
    let office = office().await;
    office.cap(CreditCaps { job: Some(2), ..CreditCaps::default() }).await;
    let input = export(&office, EVERYBODY);
    let ended = office.foray.export(office.tenant, &input, &CancellationToken::new(), |_| ()).await;
    let Err(Error::ExportInterrupted { reason, .. }) = ended else { panic!("{ended:?}") };
    assert!(reason.message.contains("The cap of 2 credits for this job left 0 credits"), "{}", reason.message);
    let pages = ledger(&office).await;
    assert!(pages.iter().all(|page| page.job == pages[0].job && page.job.is_some()), "{pages:?}");
    let titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
    assert_eq!(titles, ["seniority vp or director · page 2", "seniority vp or director · page 1"]);
}

#[tokio::test]
async fn free_calls_are_in_the_ledger_and_add_nothing_to_it() {
    let office = Office::new().await;
    office.search(1).await;
    office.foray.check_key(office.tenant).await.unwrap();
    let usage = office.foray.usage(office.tenant).await.unwrap();
    let mut calls: Vec<_> = usage
        .entries
        .iter()
        .map(|call| (call.number, call.endpoint.as_str(), call.title.as_str(), call.state))
        .collect();
    calls.sort_unstable_by_key(|(_, endpoint, ..)| *endpoint);
    let what = "seniority vp or director · page 1";
    assert_eq!(
        calls,
        [
            (None, "mixed_people/api_search", what, EntryState::Free),
            (Some(1), "mixed_people/search", what, EntryState::Free),
            (None, "users/api_profile", "", EntryState::Free),
        ]
    );
    assert_eq!((usage.calls, usage.free_calls, usage.days[0].calls), (3, 2, 3));
    assert_eq!((usage.charged, usage.unknown), (Credits::NONE, Credits::NONE));
    let paid = UsageListed { newest: Some(5), paid: true };
    assert_eq!(office.foray.usage_listing(office.tenant, paid).await.unwrap().entries.len(), 1);
}

#[tokio::test]
async fn full_rows_of_the_sample_workspace_cost_nothing() {
    let office = office().await;
    let sample = TenantId::SAMPLE;
    // Its stand-in is not open here: the call goes nowhere, and no paid page is written down for it.
    office.foray.search(sample, &Office::request(1)).await.unwrap();
    let usage = office.foray.usage(sample).await.unwrap();
    assert!(usage.entries.iter().all(|call| call.number.is_none()), "{:?}", usage.entries);
}
