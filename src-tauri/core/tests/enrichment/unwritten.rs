//! What was paid for and the disk does not take: answers of enrichments, pages of the full search.

use foray_core::Source;
use foray_core::credits::Credits;
use foray_core::enrich::{EnrichInput, EntryState};
use foray_core::jobs::{Ended, JobResult, JobState, Manner};
use foray_core::people::{Among, PeopleQuery};
use foray_core::search::PaidInMemory;
use foray_core::workspace::CreditCaps;
use foray_sandbox::Plan;
use tokio_util::sync::CancellationToken;

use super::office::Office;
use super::paying::everybody;

#[tokio::test]
async fn what_is_paid_for_and_in_memory_alone_is_counted_and_told_until_it_is_written() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&EnrichInput { max_credits: Some(5), ..everybody() }).await;
    let file = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let on_disk = |sql: &str| rusqlite::Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    // Neither the answer nor that the job waits.
    on_disk(
        "CREATE TRIGGER full BEFORE UPDATE ON paid_people BEGIN SELECT RAISE(ABORT, 'no room'); END;
         CREATE TRIGGER mute BEFORE UPDATE ON jobs WHEN NEW.state = 'waiting' BEGIN SELECT RAISE(ABORT, 'no room'); END;",
    );
    let mut changes = office.foray.job_changes();
    let stop = CancellationToken::new();
    let run = office.foray.run_job(office.tenant, job.id, Manner::AtOnce, &stop, |_| ());
    let look = async {
        let is_unwritten = |code: &str| code == "unwritten";
        while !changes.recv().await.unwrap().reason.is_some_and(|reason| is_unwritten(&reason.code)) {}
        let listed = office.foray.jobs(office.tenant).await.unwrap().list().await.unwrap().remove(0);
        assert_eq!(listed.state, JobState::Waiting, "{listed:?}");
        assert!(listed.reason.is_some_and(|reason| is_unwritten(&reason.code)));
        let held = office.foray.paid_in_memory();
        on_disk("DROP TRIGGER full; DROP TRIGGER mute;");
        // Whatever changes in a workspace wakes its jobs.
        office.cap(CreditCaps { day: Some(1_000), ..CreditCaps::default() }).await;
        held
    };
    let (ended, held) = tokio::join!(run, look);
    let Ended::Done(JobResult::Enrich(done)) = ended.unwrap() else { panic!() };
    assert_eq!((held.enriched, office.foray.paid_in_memory().enriched), (done.found, 0), "{}", done.sentence);
    assert_eq!((done.asked, done.charged), (5, office.charged()));
    let listed = office.foray.jobs(office.tenant).await.unwrap().list().await.unwrap().remove(0);
    assert_eq!((listed.state, listed.reason), (JobState::Done, None), "it is told no more");
}

/// A workspace with one page of full rows, on a disk that takes neither people nor answers any more.
async fn with_a_full_disk() -> Office {
    let office = Office::with("credits-1000-of-full-rows", Plan::Professional).await;
    office.search(1).await;
    let no_room = "BEGIN SELECT RAISE(ABORT, 'no room'); END;";
    on_disk(&office, "people.sqlite", &format!("CREATE TRIGGER full BEFORE INSERT ON run_pages {no_room}"));
    on_disk(&office, "cache.sqlite", &format!("CREATE TRIGGER full BEFORE INSERT ON answers {no_room}"));
    office
}

fn on_disk(office: &Office, file: &str, sql: &str) {
    let folder = office.folder.path().join("data/tenants").join(office.tenant.to_string());
    rusqlite::Connection::open(folder.join(file)).unwrap().execute_batch(sql).unwrap();
}

async fn kept(office: &Office) -> usize {
    let everybody = PeopleQuery::of(Among::Everybody);
    office.foray.people(office.tenant, everybody, 0, 100).await.unwrap().people.len()
}

#[tokio::test]
async fn a_page_that_may_have_cost_a_credit_is_held_and_told_until_the_disk_takes_it() {
    let office = with_a_full_disk().await;
    let page = office.search(2).await;
    assert_eq!((page.source, page.people.len()), (Source::Live, 25));
    assert!(page.notice.is_some_and(|notice| notice.contains("in memory alone: make room, and it is written")));
    office.foray.write_paid_pages().await;
    assert_eq!(office.foray.paid_in_memory(), PaidInMemory { enriched: 0, pages: 1 });

    let before = kept(&office).await;
    for file in ["people.sqlite", "cache.sqlite"] {
        on_disk(&office, file, "DROP TRIGGER full;");
    }
    office.foray.write_paid_pages().await;
    assert_eq!(office.foray.paid_in_memory(), PaidInMemory::default());
    assert!(kept(&office).await > before);
    let office = office.restart().await;
    assert_eq!(office.search(2).await.source, Source::Cached, "it is paid for once");
    let entry = office.foray.usage(office.tenant).await.unwrap().entries.remove(0);
    assert_eq!((entry.state, entry.found, entry.unknown), (EntryState::PriceUntold, Some(25), Credits::whole(1)));
}

#[tokio::test]
async fn a_page_that_is_written_late_replaces_no_newer_answer() {
    let office = with_a_full_disk().await;
    office.search(2).await;
    office.clock.advance(60_000);
    on_disk(&office, "cache.sqlite", "DROP TRIGGER full;");
    let newer = office.foray.search_refresh(office.tenant, &Office::request(2)).await.unwrap();
    on_disk(&office, "people.sqlite", "DROP TRIGGER full;");
    office.foray.write_paid_pages().await;
    assert_eq!(office.foray.paid_in_memory(), PaidInMemory::default());
    assert_eq!(office.search(2).await.as_of, newer.as_of);
}

#[tokio::test]
async fn what_waits_for_the_disk_goes_with_its_workspace() {
    let office = with_a_full_disk().await;
    office.search(2).await;
    assert_eq!(office.foray.paid_in_memory().pages, 1);
    office.foray.remove_workspace(office.tenant).await.unwrap();
    assert_eq!(office.foray.paid_in_memory(), PaidInMemory::default());
}
