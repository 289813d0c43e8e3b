//! Raw timings of the people store, as JSON lines; `cargo xtask bench people` starts it and makes figures of them. It
//! measures the product's own public code in a release build and decides nothing about it.
//!
//! ```text
//! people_bench grow FOLDER PEOPLE   fills the store up to so many made-up people; tells rates and bytes
//! people_bench windows FOLDER       windows of 200 at random places in every order, and what finding an order takes
//! people_bench typing FOLDER        the first 200 people after each key in the search field, facets, memory
//! people_bench planning FOLDER      what an enrichment of everybody would cost, at first and after each change of its dialog
//! people_bench export FOLDER FILE   everybody as a CSV file; tells the time and the most memory ever held
//! out: {"name":"window","values":[9120,8890]}
//! ```
//! Values are nanoseconds for one operation unless the name ends in another unit. Beside `keystroke`, the time on the clock,
//! `keystroke_busy` is what the processor worked for it, where the system tells (Unix): on a busy machine the clock tells of
//! others too.

mod made_up;

use std::error::Error;
use std::fs;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use foray_core::apollo::Origin;
use foray_core::clock::{SystemClock, timestamp};
use foray_core::enrich::{EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom};
use foray_core::export::Flavour;
use foray_core::files::{self, TenantFiles};
use foray_core::jobs::Agreed;
use foray_core::people::{
    Among, PeopleFile, PeopleQuery, PeopleSelection, PeopleSet, PeopleView, Picked, Sort, SortColumn, Store,
};
use foray_core::secrets::MemoryKeys;
use foray_core::{Foray, Options, TenantId};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const PAGE: usize = 100;
/// People written in one transaction while the store is filled; measured are pages of their own.
const BATCH: usize = 5_000;
const MEASURED_PAGES: usize = 60;
const WINDOW: u32 = 200;
const WINDOWS_EACH: u64 = 60;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        ["grow", folder, people] => match people.parse() {
            Ok(people) => grow(Path::new(folder), people).await,
            Err(error) => Err(Box::from(error)),
        },
        ["windows", folder] => windows(Path::new(folder)).await,
        ["typing", folder] => typing(Path::new(folder)).await,
        ["planning", folder] => planning(Path::new(folder)).await,
        ["export", folder, file] => export(Path::new(folder), file).await,
        _ => Err(
            "the parts are grow, windows, typing, planning and export; the head of this example names their arguments"
                .into(),
        ),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("people_bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn open(folder: &Path) -> Outcome<Store> {
    Ok(TenantFiles::open(&folder.join("data"), TenantId::SAMPLE)?.store)
}

async fn count(store: &Store) -> Outcome<usize> {
    Ok(store.counts(None).await?.everybody as usize)
}

/// Fills the store; the last pages are written one by one, as a search does, and then once more.
async fn grow(folder: &Path, people: usize) -> Outcome {
    let store = open(folder)?;
    let pages = MEASURED_PAGES.min(people / PAGE / 2) * PAGE;
    let mut from = count(&store).await?;
    let (began, first) = (Instant::now(), from);
    while from < people - pages {
        let until = (from + BATCH).min(people - pages);
        store.record(made_up::pages(from..until, 0)).await?;
        from = until;
    }
    if from > first {
        tell("filled_people_a_second", &[(from - first) as u128 * 1_000 / began.elapsed().as_millis().max(1)])?;
    }
    for (name, day) in [("new_page", 0), ("known_page", 1)] {
        let mut times = Vec::new();
        for page in (from..people).step_by(PAGE) {
            let page = made_up::pages(page..page + PAGE, day);
            times.push(timed(store.record(page)).await?);
        }
        tell_times(name, &times)?;
    }
    drop(store);
    let bytes = settled_size(folder)?;
    tell("bytes", &[bytes.into()])?;
    tell("people", &[people as u128])
}

/// The file's size once its journal is in it.
fn settled_size(folder: &Path) -> Outcome<u64> {
    let file = files::folder(&folder.join("data"), TenantId::SAMPLE).join("people.sqlite");
    let connection = rusqlite::Connection::open(&file)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(fs::metadata(&file)?.len())
}

async fn windows(folder: &Path) -> Outcome {
    let store = open(folder)?;
    let total = count(&store).await? as u64;
    // The first sort of all reads the columns; those after it find them.
    let by_phone = PeopleQuery { sort: vec![Sort::parse("phone")?], ..PeopleQuery::of(Among::Everybody) };
    tell_cost("columns_read", store.window(by_phone, 0, 1, None)).await?;
    let mut random = made_up::Random::new(7);
    for column in SortColumn::ALL {
        for descending in [false, true] {
            let query = PeopleQuery { sort: vec![Sort { column, descending }], ..PeopleQuery::of(Among::Everybody) };
            tell_cost("first_window", store.window(query.clone(), 0, WINDOW, None)).await?;
            let mut times = Vec::new();
            for _ in 0..WINDOWS_EACH {
                let offset = random.below(total.saturating_sub(u64::from(WINDOW)).max(1));
                times.push(timed(store.window(query.clone(), offset, WINDOW, None)).await?);
            }
            tell_times("window", &times)?;
        }
    }
    for columns in
        [&["-title", "name"][..], &["email", "-company"], &["seniority", "company", "name"], &["place", "-fetched"]]
    {
        let sort = columns.iter().filter_map(|column| Sort::parse(column).ok()).collect();
        let query = PeopleQuery { sort, ..PeopleQuery::of(Among::Everybody) };
        tell_cost("first_window_of_several", store.window(query, 0, WINDOW, None)).await?;
    }
    // A page comes in while a table of everybody is open: its order is mended.
    let query = PeopleQuery { sort: vec![Sort::parse("name")?], ..PeopleQuery::of(Among::Everybody) };
    store.window(query.clone(), 0, WINDOW, None).await?;
    for page in 0..20 {
        let begin = (random.below(total.saturating_sub(PAGE as u64).max(1))) as usize;
        store.record(made_up::pages(begin..begin + PAGE, 2 + page)).await?;
        tell_cost("window_after_a_page", store.window(query.clone(), 0, WINDOW, None)).await?;
    }
    Ok(())
}

/// What is typed, letter by letter; each text but for its first letter is looked for once.
const TYPED: [&str; 12] = [
    "ana keil berlin",
    "sørensen",
    "vp sales dach",
    "head of sales germany",
    "mülle",
    "chief financial officer",
    "northwind 41",
    "o'brien san francisco",
    "zzz nobody",
    "komarlen ackermann",
    "united kingdom founder",
    "senior software engineer stockholm vesper",
];

async fn typing(folder: &Path) -> Outcome {
    let store = open(folder)?;
    // The orders are found before: who types looks at a table.
    for turn in 0..3 {
        store.window(searched("", turn)?, 0, 1, None).await?;
    }
    let (bytes, people) = store.memory().ok_or("no columns were read")?;
    tell("column_bytes", &[bytes as u128])?;
    tell("column_people", &[people as u128])?;
    let mut stroke = 0;
    for letter in 'a'..='z' {
        let query = searched(&letter.to_string(), stroke)?;
        stroke += 1;
        tell_cost("one_letter", store.window(query.clone(), 0, WINDOW, Some(stroke))).await?;
        tell_cost("facets", store.facets(query, Some(stroke))).await?;
    }
    for text in TYPED {
        for (end, _) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
            let query = searched(&text[..end], stroke)?;
            stroke += 1;
            tell_cost("keystroke", store.window(query.clone(), 0, WINDOW, Some(stroke))).await?;
            tell_cost("facets", store.facets(query, Some(stroke))).await?;
        }
    }
    Ok(())
}

/// Everybody with this text, by turns unsorted, by name and by company.
fn searched(text: &str, turn: u64) -> Outcome<PeopleQuery> {
    let sort = match turn % 3 {
        0 => Vec::new(),
        1 => vec![Sort::parse("name")?],
        _ => vec![Sort::parse("-company")?, Sort::parse("name")?],
    };
    Ok(PeopleQuery { text: text.to_owned(), sort, ..PeopleQuery::of(Among::Everybody) })
}

async fn open_whole(folder: &Path) -> Outcome<Foray> {
    let options = Options {
        data_dir: PathBuf::from(folder).join("data"),
        apollo: Origin::parse("https://apollo.invalid")?,
        sandbox: None,
        environment_key: None,
        keys: Arc::new(MemoryKeys::default()),
        clock: Arc::new(SystemClock::start()),
        deadline: Duration::from_secs(1),
        background: false,
    };
    Ok(Foray::open(options).await?)
}

/// What an enrichment of everybody would cost: once, and after each change that its dialog knows.
async fn planning(folder: &Path) -> Outcome {
    let foray = open_whole(folder).await?;
    let estimate = |terms, max_credits| {
        let view = PeopleView { set: PeopleSet::Everybody, facets: Vec::new(), text: String::new(), sort: Vec::new() };
        let selection = PeopleSelection { view, picked: Picked::AllBut { ids: Vec::new() } };
        let whom = EnrichWhom::Selected { selection: Box::new(selection) };
        let (agreed, what) = (Agreed::default(), EnrichWhat::People);
        let input = EnrichInput { what, whom, terms, max_credits, agreed, people: None };
        let foray = &foray;
        async move { foray.enrich_estimate(TenantId::SAMPLE, &input).await }
    };
    let plain = EnrichTerms::default();
    let first = timed(estimate(plain, None)).await?;
    let mut changes = Vec::new();
    for _ in 0..5 {
        for terms in [EnrichTerms { mobiles: true, ..plain }, EnrichTerms { not_found_again: true, ..plain }, plain] {
            changes.push(timed(estimate(terms, None)).await?);
        }
        changes.push(timed(estimate(plain, Some(25))).await?);
    }
    tell_times("first_estimate", &[first])?;
    tell_times("estimate_after_a_change", &changes)
}

async fn export(folder: &Path, file: &str) -> Outcome {
    let foray = open_whole(folder).await?;
    // The files are opened before, as in a window that is open.
    foray.people_counts(TenantId::SAMPLE, None).await?;
    let begun = Instant::now();
    let query = PeopleQuery::of(Among::Everybody);
    let to = PeopleFile { path: file.to_owned(), flavour: Flavour::Import, functions: false, company: Vec::new() };
    let done = foray.people_export(TenantId::SAMPLE, query, &to).await?;
    tell_times("export", &[begun.elapsed()])?;
    tell("exported_people", &[done.rows.into()])?;
    match peak_memory() {
        Some(bytes) => tell("peak_memory_bytes", &[bytes.into()]),
        None => Ok(()),
    }
}

async fn timed<T, E: Error + 'static>(work: impl Future<Output = Result<T, E>>) -> Outcome<Duration> {
    let begun = Instant::now();
    work.await?;
    Ok(begun.elapsed())
}

/// Tells the time of one operation on the clock, and what the processor worked for it.
async fn tell_cost<T, E: Error + 'static>(name: &str, work: impl Future<Output = Result<T, E>>) -> Outcome {
    let before = busy();
    tell_times(name, &[timed(work).await?])?;
    match busy().zip(before) {
        Some((after, before)) => tell_times(&format!("{name}_busy"), &[after.saturating_sub(before)]),
        None => Ok(()),
    }
}

/// How long processors have worked for this process.
#[cfg(unix)]
fn busy() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(time.tv_sec.try_into().ok()?, time.tv_nsec.try_into().ok()?))
}

#[cfg(not(unix))]
fn busy() -> Option<Duration> {
    None
}

fn tell_times(name: &str, times: &[Duration]) -> Outcome {
    let nanoseconds: Vec<u128> = times.iter().map(Duration::as_nanos).collect();
    tell(name, &nanoseconds)
}

/// Prints a line.
fn tell(name: &str, values: &[u128]) -> Outcome {
    if values.is_empty() {
        return Ok(());
    }
    let values: Vec<u64> = values.iter().map(|value| *value as u64).collect();
    let mut out = stdout().lock();
    writeln!(out, "{}", serde_json::json!({"name": name, "values": values}))?;
    Ok(out.flush()?)
}

/// The most memory this process ever held, where the system tells it (Linux).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}

/// 2026-11-23T00:00:00Z, and days after it.
fn day(number: i64) -> jiff::Timestamp {
    timestamp(1_795_392_000_000 + number * 86_400_000)
}
