//! Kills around each paid call, at every step and at random moments, until there were enough: nobody is paid for twice
//! without the user's word, what the stand-in charged lies between what is booked as charged and that with what is unknown
//! after every kill, and the two are equal once each unknown was looked up.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use foray_core::apollo::{ApolloClient, Origin};
use foray_core::credits::Credits;
use foray_core::enrich::{EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom};
use foray_core::jobs::{Agreed, Job, JobState};
use foray_core::people::{PeopleSelection, PeopleSet};
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::ApiKey;
use foray_core::workspace::WorkspaceChange;
use foray_core::{Foray, TenantId};
use foray_sandbox::{Faults, LoggedRequest, Options, Plan, Sandbox};
use serde_json::{Value, json};

use crate::processes::{Dice, Process, setting};
use crate::{open, standing_at};

/// Fewest kills of a run.
const KILLS: u32 = 200;

/// How long a run is at least, unless `FORAY_CHAOS_SECONDS` says otherwise.
const SECONDS: u64 = 1;

/// What decides about the moments, unless `FORAY_CHAOS_SEED` says otherwise.
const SEED: u64 = 11;

/// 2026-11-23T00:00:00Z. Each process is started two minutes after the one before, so that a request which it left behind
/// has arrived at Apollo or never will.
const BEGAN_MS: i64 = 1_795_392_000_000;
const LATER_MS: i64 = 120_000;

/// How long the stand-in takes where it is slow, so that kills fall into calls.
const SLOW: Duration = Duration::from_millis(25);

/// Companies of an enrichment of companies.
const COMPANIES: usize = 12;

/// No kill comes later than this after the step before it.
const LATEST: Duration = Duration::from_millis(40);

/// One workspace with an enrichment.
struct Round {
    key: String,
    tenant: TenantId,
    job: Job,
    /// The stand-in's requests up to here are of others.
    after: u64,
}

#[derive(Default)]
struct Counts {
    kills: u32,
    unknown: u32,
    words: u32,
    rounds: u32,
    paid_calls: usize,
}

struct Chaos<'a> {
    folder: &'a Path,
    sandbox: &'a Sandbox,
    /// Domains of companies, with Apollo's ids.
    companies: &'a [(String, String)],
    dice: Dice,
    now_ms: i64,
    counts: Counts,
}

impl Chaos<'_> {
    /// One enrichment, killed until it is done, then looked up and, by the user's word, partly asked again.
    async fn round(&mut self) {
        let mut round = self.begin().await;
        while !self.run(&round).await {}
        let mut words = HashMap::new();
        if self.dice.below(2) == 0 && self.say_the_word(&mut round, &mut words).await {
            while !self.run(&round).await {}
        }
        self.look_up_all(&round).await;
        self.judge(&round, &words).await;
        let foray = self.foray(&round).await;
        foray.remove_workspace(round.tenant).await.unwrap();
    }

    async fn foray(&self, round: &Round) -> Foray {
        open(self.folder, &self.sandbox.origin(), &round.key, standing_at(self.now_ms)).await
    }

    async fn begin(&mut self) -> Round {
        self.counts.rounds += 1;
        self.now_ms += LATER_MS;
        self.sandbox.set_faults(Faults::none());
        let after = self.sandbox.requests().last().map_or(0, |request| request.sequence);
        let key = format!("credits-100000-of-round-{}", self.counts.rounds);
        let foray = open(self.folder, &self.sandbox.origin(), &key, standing_at(self.now_ms)).await;
        let tenant = foray.workspaces().add(&format!("Round {}", self.counts.rounds)).await.unwrap().id;
        let many = WorkspaceChange { calls_per_hour: Some(6_000), ..WorkspaceChange::default() };
        foray.change_workspace(tenant, many).await.unwrap();
        let seniorities = vec!["vp".to_owned(), "director".to_owned()];
        let request = SearchRequest::check(&SearchInput {
            filters: FiltersInput { seniorities, ..FiltersInput::default() },
            page: Some(1 + self.dice.below(4) as i64),
            page_size: Some(60),
            persona_id: None,
        });
        foray.search(tenant, &request.unwrap()).await.unwrap();
        let mobiles = self.dice.below(4) == 0;
        let everybody = EnrichWhom::Selected { selection: Box::new(PeopleSelection::of(PeopleSet::Everybody)) };
        let (what, whom) = if self.counts.rounds.is_multiple_of(4) {
            let from = self.dice.below(self.companies.len() as u64 - COMPANIES as u64) as usize;
            let domains = self.companies[from..from + COMPANIES].iter().map(|(domain, _)| domain.clone()).collect();
            (EnrichWhat::Companies, EnrichWhom::Domains { domains })
        } else {
            (EnrichWhat::People, everybody)
        };
        let input = EnrichInput {
            what,
            whom,
            terms: EnrichTerms { mobiles, ..EnrichTerms::default() },
            max_credits: None,
            agreed: Agreed { calls: None, credits: 10_000 },
            people: None,
        };
        let job = foray.add_enrichment(tenant, "Everybody", &input, false).await.unwrap();
        Round { key, tenant, job, after }
    }

    /// Runs the job in a process that is killed at some moment, unless it ends before; the books are held
    /// against the stand-in's. Answers whether the job is done.
    async fn run(&mut self, round: &Round) -> bool {
        self.now_ms += LATER_MS;
        let slow = if self.dice.below(3) == 0 { Faults::none() } else { "slow=1".parse().unwrap() };
        self.sandbox.set_faults(slow);
        let Round { key, tenant, job, .. } = round;
        let script = format!("{}|{key}|{tenant}|{}|{}", self.sandbox.origin(), job.id, self.now_ms);
        let mut process = Process::start("enrich", self.folder, &script);
        assert_eq!(process.hear().as_deref(), Some("ready"), "its words are above");
        // At a step, or at any moment after it: within a call, between its answer and the note of it, before the next.
        let steps = self.dice.below(6);
        let mut ended = false;
        for _ in 0..steps {
            ended = ended || process.hear().is_none_or(|said| said == "ended");
        }
        if self.dice.below(3) > 0 {
            std::thread::sleep(LATEST.mul_f64(self.dice.below(1_000) as f64 / 1_000.0));
        }
        self.counts.kills += u32::from(!ended && process.is_alive());
        drop(process);
        let foray = self.foray(round).await;
        self.books_hold(&foray, round).await;
        let jobs = foray.jobs(*tenant).await.unwrap();
        let stands = jobs.get(job.id).await.unwrap();
        if stands.needs_consent {
            // Two calls in a row were lost to kills.
            let credits = jobs.price(job.id).await.unwrap().credits_at_most;
            jobs.resume(job.id, Some(Agreed { calls: None, credits })).await.unwrap();
        }
        stands.state == JobState::Done
    }

    /// The user has one lost request asked again.
    async fn say_the_word(&mut self, round: &mut Round, words: &mut HashMap<String, usize>) -> bool {
        let foray = self.foray(round).await;
        let undecided = foray.undecided(round.tenant).await.unwrap();
        let Some(one) = undecided.first() else { return false };
        for clue in self.asked_for(round, one.number) {
            let company = self.companies.iter().find(|(domain, _)| clue.strip_prefix("company:") == Some(domain));
            let id = company.map_or(clue, |(_, id)| id.clone());
            *words.entry(id).or_default() += 1;
        }
        let agreed = Agreed { calls: None, credits: u32::try_from(one.at_most.ceil()).unwrap() };
        round.job = foray.retry_undecided(round.tenant, one.number, agreed, false).await.unwrap();
        self.counts.words += 1;
        true
    }

    /// Whom a request of the journal asks for.
    fn asked_for(&self, round: &Round, number: i64) -> Vec<String> {
        let file = self.folder.join("data/tenants").join(round.tenant.to_string()).join("people.sqlite");
        let connection = rusqlite::Connection::open(file).unwrap();
        let mut statement = connection.prepare("SELECT clue FROM paid_people WHERE request = ?1").unwrap();
        let rows = statement.query_map([number], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    fn requests(&self, round: &Round) -> Vec<LoggedRequest> {
        self.sandbox.requests().into_iter().filter(|request| request.sequence > round.after).collect()
    }

    fn charged(&self, round: &Round) -> Credits {
        let hundredths: u64 = self.requests(round).iter().map(|request| request.charged_hundredths).sum();
        Credits::from_thousandths(hundredths * 10)
    }

    async fn books_hold(&self, foray: &Foray, round: &Round) {
        let usage = foray.usage(round.tenant).await.unwrap();
        let (charged, unknown) = (usage.charged, usage.unknown);
        let paid = self.charged(round);
        assert!(charged <= paid && paid <= charged + unknown, "{charged} ≤ {paid} ≤ {charged} + {unknown}");
    }

    async fn look_up_all(&mut self, round: &Round) {
        self.sandbox.set_faults(Faults::none());
        self.now_ms += LATER_MS;
        let foray = self.foray(round).await;
        loop {
            let undecided = foray.undecided(round.tenant).await.unwrap();
            let Some(one) = undecided.iter().find(|one| one.charged.is_none()) else { return };
            self.counts.unknown += 1;
            let told = foray.look_up_undecided(round.tenant, one.number).await.unwrap();
            assert!(told.decided.contains(&one.number), "{}", told.sentence);
        }
    }

    async fn judge(&mut self, round: &Round, words: &HashMap<String, usize>) {
        let usage = self.foray(round).await.usage(round.tenant).await.unwrap();
        let repeated: Credits = usage.entries.iter().map(|entry| entry.unknown).sum();
        let paid = self.charged(round);
        if words.is_empty() {
            assert_eq!((usage.charged, repeated), (paid, Credits::NONE), "each unknown was looked up");
        } else {
            // What was asked again stays unknown in the books.
            assert!(usage.charged <= paid && paid <= usage.charged + repeated);
        }
        let mut times: HashMap<String, usize> = HashMap::new();
        for id in self.requests(round).into_iter().flat_map(|request| request.charged_for) {
            *times.entry(id).or_default() += 1;
        }
        for (id, times) in times {
            assert!(times <= 1 + words.get(&id).copied().unwrap_or_default(), "{id} was paid for {times} times");
        }
        let paid_calls = self.requests(round).iter().filter(|request| request.charged_hundredths > 0).count();
        self.counts.paid_calls += paid_calls;
    }
}

/// Some companies of a world, each once, as its full search tells them.
async fn companies_of(world: &Options) -> Vec<(String, String)> {
    let open = foray_sandbox::start(Options { plan: Plan::Professional, ..world.clone() }).await.unwrap();
    let client = ApolloClient::new(Origin::parse(&open.origin()).unwrap(), Duration::from_secs(10)).unwrap();
    let key = ApiKey::parse("credits-100000-to-look-around").unwrap();
    let answer = client.post(&key, "mixed_people/search", &json!({ "per_page": 100 })).await.unwrap();
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    let mut companies: Vec<(String, String)> = answer["people"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| {
            let company = &row["organization"];
            Some((company["primary_domain"].as_str()?.to_owned(), company["id"].as_str()?.to_owned()))
        })
        .collect();
    companies.sort();
    companies.dedup();
    companies
}

/// A killed process loses nothing that it wrote, on a disk or not; without one there are many more kills to a minute.
fn folder_in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

#[test]
fn an_enrichment_killed_at_any_moment_pays_for_nobody_twice_and_its_books_hold() {
    let (seconds, seed) = (setting("FORAY_CHAOS_SECONDS", SECONDS), setting("FORAY_CHAOS_SEED", SEED));
    println!("chaos: {seconds} s and {KILLS} kills at least, seed {seed}");
    let folder = folder_in_memory();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let options = Options {
        people: 2_000,
        plan: Plan::Basic,
        slow: SLOW,
        pending_polls: 1,
        poll_again: Duration::ZERO,
        ..Options::default()
    };
    runtime.block_on(async {
        let companies = companies_of(&options).await;
        let sandbox = foray_sandbox::start(options).await.unwrap();
        let mut chaos = Chaos {
            folder: folder.path(),
            sandbox: &sandbox,
            companies: &companies,
            dice: Dice(seed),
            now_ms: BEGAN_MS,
            counts: Counts::default(),
        };
        let began = Instant::now();
        while chaos.counts.kills < KILLS || began.elapsed() < Duration::from_secs(seconds) {
            chaos.round().await;
        }
        let Counts { kills, unknown, words, rounds, paid_calls } = chaos.counts;
        assert!(unknown > 0, "no kill ever fell into a paid call");
        println!(
            "{kills} kills in {rounds} enrichments of {paid_calls} paid calls, {unknown} unknown looked up, {words} asked again, {:?}",
            began.elapsed()
        );
    });
}
