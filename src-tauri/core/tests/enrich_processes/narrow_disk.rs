//! A disk that fills up between a paid call and the place of its answer, made by the system's limit on the size of a
//! process's files, which is lowered and lifted while it runs.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use foray_core::clock::SystemClock;
use foray_core::credits::Credits;
use foray_core::enrich::{EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom};
use foray_core::jobs::{Agreed, JobState};
use foray_core::people::{PeopleSelection, PeopleSet};
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::{Foray, TenantId};
use foray_sandbox::{Faults, Options, Plan};

use crate::processes::Process;
use crate::{GOES, open};

const KEY: &str = "credits-100000-on-a-narrow-disk";

/// How long the stand-in takes for an answer: long enough for the disk to fill up meanwhile.
const SLOW: Duration = Duration::from_secs(2);

async fn desk(folder: &Path, origin: &str) -> Foray {
    open(folder, origin, KEY, Arc::new(SystemClock::start())).await
}

fn request() -> SearchRequest {
    let filters = FiltersInput { seniorities: vec!["vp".to_owned()], ..FiltersInput::default() };
    SearchRequest::check(&SearchInput { filters, page: Some(1), page_size: Some(25), persona_id: None }).unwrap()
}

fn everybody() -> EnrichInput {
    EnrichInput {
        what: EnrichWhat::People,
        whom: EnrichWhom::Selected { selection: Box::new(PeopleSelection::of(PeopleSet::Everybody)) },
        terms: EnrichTerms::default(),
        max_credits: None,
        agreed: Agreed { calls: None, credits: 1_000 },
        people: None,
    }
}

/// Of the process's files, in bytes; none for no limit.
fn limit(process: &Process, bytes: Option<u64>) {
    let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
    let pid = process.child.id().to_string();
    let set = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={limit}:")]).status().unwrap();
    assert!(set.success());
}

fn journal_bytes(folder: &Path, tenant: TenantId) -> u64 {
    let journal = folder.join("data/tenants").join(tenant.to_string()).join("people.sqlite-wal");
    std::fs::metadata(journal).unwrap().len()
}

#[test]
fn an_answer_that_was_paid_for_is_held_until_the_disk_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let options = Options { people: 2_000, plan: Plan::Basic, slow: SLOW, ..Options::default() };
    let sandbox = runtime.block_on(foray_sandbox::start(options)).unwrap();
    let (tenant, job) = runtime.block_on(async {
        let foray = desk(folder.path(), &sandbox.origin()).await;
        let tenant = foray.workspaces().add("Narrow").await.unwrap().id;
        foray.search(tenant, &request()).await.unwrap();
        (tenant, foray.add_enrichment(tenant, "Everybody", &everybody(), false).await.unwrap())
    });
    sandbox.set_faults("slow=1".parse().unwrap());
    let script = format!("{}|{KEY}|{tenant}|{}|{GOES}", sandbox.origin(), job.id);
    let mut narrow = Command::new("sh");
    // Without the trap the system would kill the process.
    narrow.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(std::env::current_exe().unwrap());
    let mut process = Process::run(narrow, "enrich", folder.path(), &script);
    while !sandbox.requests().iter().any(|request| request.path.ends_with("/bulk_match")) {
        std::thread::yield_now();
    }
    limit(&process, Some(journal_bytes(folder.path(), tenant)));
    while !process.hear().expect("it waits for the disk and does not end").ends_with(" unwritten") {}
    sandbox.set_faults(Faults::none());
    let asked = sandbox.requests().len();
    limit(&process, None);
    while process.hear().is_some() {}

    assert!(sandbox.requests().len() > asked, "it went on with those who were left");
    runtime.block_on(async {
        let foray = desk(folder.path(), &sandbox.origin()).await;
        assert_eq!(foray.jobs(tenant).await.unwrap().get(job.id).await.unwrap().state, JobState::Done);
        let usage = foray.usage(tenant).await.unwrap();
        let paid: u64 = sandbox.requests().iter().map(|request| request.charged_hundredths).sum();
        assert_eq!((usage.charged, usage.unknown), (Credits::from_thousandths(paid * 10), Credits::NONE));
        assert_eq!(foray.undecided(tenant).await.unwrap(), []);
        let again = foray.enrich_estimate(tenant, &everybody()).await.unwrap();
        assert_eq!(again.to_enrich, 0, "whatever was paid for is in the store: {}", again.sentence);
    });
    let mut times: HashMap<String, usize> = HashMap::new();
    for id in sandbox.requests().into_iter().flat_map(|request| request.charged_for) {
        *times.entry(id).or_default() += 1;
    }
    assert!(times.values().all(|times| *times == 1), "{times:?}");
}
