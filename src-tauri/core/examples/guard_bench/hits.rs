//! Cached hits: through [`Foray::search`], and through [`Cache`] from its file, beside bare reads of the same compressed
//! bodies from a file that holds nothing else. All of them take turns.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use foray_core::apollo::{Origin, response::PeoplePage};
use foray_core::cache::body::{pack, unpack};
use foray_core::cache::{CacheKey, Identifier, Kept, Limits, QuestionHash, Resource};
use foray_core::clock::{Clock, SystemClock};
use foray_core::db::Database;
use foray_core::files::TenantFiles;
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::MemoryKeys;
use foray_core::{Foray, Options, Source, TenantId};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Outcome, Series, tell};

/// Pages of 50 people taken from the stand-in; within an hour's 100 calls.
const PAGES: i64 = 40;
/// Answers in the files that are read: far more than SQLite holds in memory.
const KEPT: usize = 1_000;
const ROUNDS: usize = 50;
/// Timed reads of one kind in a round.
const READS: usize = 40;

pub async fn measure(folder: &Path) -> Outcome {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let sandbox = foray_sandbox::start(foray_sandbox::Options { people: 20_000, ..Default::default() }).await?;
    let foray = open(&folder.join("facade"), &sandbox.origin(), &clock).await?;
    let pages = pages(&foray).await?;
    // From here on nobody could answer but the cache.
    sandbox.stop().await;
    write(&folder.join("pages.jsonl"), &pages)?;

    let disk = Disk::new(&folder.join("disk"), &pages, clock.as_ref()).await?;
    let question = question(1)?;
    let mut whole_path = Series::new("whole_path");
    let [mut from_file, mut from_file_opened, mut bare, mut bare_thread, mut bare_opened] =
        ["from_file", "from_file_opened", "bare", "bare_on_its_thread", "bare_opened"].map(Series::new);
    for round in 0..ROUNDS {
        for _ in 0..READS {
            let start = Instant::now();
            let answer = foray.search(TenantId::SAMPLE, &question).await?;
            whole_path.add(start, 1);
            if answer.source != Source::Cached {
                return Err("a repeated search did not come from the cache".into());
            }
        }
        let turns = || (round * READS..(round + 1) * READS).map(|turn| turn * 7 % KEPT);
        for number in turns() {
            let now = clock.now();
            let start = Instant::now();
            let kept = disk.hit(number, now).await?;
            from_file.add(start, 1);
            disk.check(number, kept.and_then(|kept| kept.page.open()).as_deref())?;
        }
        for number in turns() {
            let now = clock.now();
            let start = Instant::now();
            let page = disk.hit(number, now).await?.and_then(|kept| kept.page.open());
            from_file_opened.add(start, 1);
            disk.check(number, page.as_deref())?;
        }
        for number in turns() {
            let start = Instant::now();
            let packed = read(&disk.bare, number)?;
            bare.add(start, 1);
            disk.check(number, packed.as_deref().and_then(unpack).as_ref())?;
        }
        for number in turns() {
            let start = Instant::now();
            let packed = disk.bare_thread.run(move |connection| read(connection, number)).await?;
            bare_thread.add(start, 1);
            disk.check(number, packed.as_deref().and_then(unpack).as_ref())?;
        }
        for number in turns() {
            let start = Instant::now();
            let page = read(&disk.bare, number)?.as_deref().and_then(unpack);
            bare_opened.add(start, 1);
            disk.check(number, page.as_ref())?;
        }
    }
    for series in [whole_path, from_file, from_file_opened, bare, bare_thread, bare_opened] {
        series.tell()?;
    }
    let bytes: usize = pages.iter().map(Vec::len).sum();
    tell("body_bytes", (bytes / pages.len()) as u64)?;
    tell("packed_bytes", (disk.packed_bytes / KEPT) as u64)
}

async fn open(data_dir: &Path, origin: &str, clock: &Arc<dyn Clock>) -> Outcome<Foray> {
    let options = Options {
        data_dir: data_dir.to_path_buf(),
        apollo: Origin::parse(origin)?,
        sandbox: Some(Origin::parse(origin)?),
        environment_key: None,
        keys: Arc::new(MemoryKeys::default()),
        clock: Arc::clone(clock),
        deadline: Duration::from_secs(10),
        background: false,
    };
    Ok(Foray::open(options).await?)
}

fn question(page: i64) -> Outcome<SearchRequest> {
    let filters = FiltersInput {
        seniorities: vec!["vp".to_owned(), "director".to_owned(), "manager".to_owned()],
        ..FiltersInput::default()
    };
    Ok(SearchRequest::check(&SearchInput { filters, page: Some(page), page_size: Some(50), persona_id: None })?)
}

/// Pages as JSON, which the searches have put into the cache.
async fn pages(foray: &Foray) -> Outcome<Vec<Vec<u8>>> {
    let mut pages = Vec::new();
    for page in 1..=PAGES {
        let answer = foray.search(TenantId::SAMPLE, &question(page)?).await?;
        if answer.source != Source::Live || answer.people.len() != 50 {
            return Err(format!(
                "page {page} of the sample workspace is no live page of 50 people: {:?}",
                answer.reason
            )
            .into());
        }
        pages.push(serde_json::to_vec(&PeoplePage { total_entries: answer.total_entries, people: answer.people })?);
    }
    Ok(pages)
}

fn write(path: &Path, pages: &[Vec<u8>]) -> Outcome {
    let mut file = BufWriter::new(File::create(path)?);
    for page in pages {
        file.write_all(page)?;
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}

/// The same bodies in the product's file and in a bare one.
struct Disk {
    files: TenantFiles,
    keys: Vec<CacheKey>,
    bare: Connection,
    /// The bare file behind a thread of its own, as every file of the product is.
    bare_thread: Database,
    pages: Vec<Arc<PeoplePage>>,
    packed_bytes: usize,
}

impl Disk {
    async fn new(folder: &Path, pages: &[Vec<u8>], clock: &dyn Clock) -> Outcome<Self> {
        let tenant = TenantId::generate();
        // Without memory, so that every hit reads the file.
        let limits = Limits { memory_bytes: 0, ..Limits::default() };
        let files = TenantFiles::open_within(folder, tenant, limits)?;
        let path = folder.join("bare.sqlite");
        let bare = Connection::open(&path)?;
        bare.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE bare (key TEXT PRIMARY KEY, body BLOB);",
        )?;
        let resource = Resource::new("bench")?;
        let (mut keys, mut packed_bytes) = (Vec::new(), 0);
        let pages: Vec<Arc<PeoplePage>> =
            pages.iter().map(|page| serde_json::from_slice(page).map(Arc::new)).collect::<Result<_, _>>()?;
        for (number, page) in pages.iter().cycle().take(KEPT).enumerate() {
            let key = CacheKey::new(tenant, &resource, &Identifier::text(&number.to_string())?);
            files.cache.set(&key, &QuestionHash::of(&number)?, Arc::clone(page), clock.now(), 0.5).await?;
            let packed = pack(page)?;
            packed_bytes += packed.len();
            bare.execute("INSERT INTO bare (key, body) VALUES (?1, ?2)", params![bare_key(number), packed])?;
            keys.push(key);
        }
        bare.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        let bare_thread = Database::start(Connection::open(&path)?, "The bare file")?;
        Ok(Self { files, keys, bare, bare_thread, pages, packed_bytes })
    }

    async fn hit(&self, number: usize, now: jiff::Timestamp) -> Outcome<Option<Kept>> {
        Ok(self.files.cache.get(self.keys.get(number).ok_or("no such key")?, now).await?)
    }

    fn check(&self, number: usize, page: Option<&PeoplePage>) -> Outcome {
        let right = self.pages.get(number % self.pages.len()).map(Arc::as_ref);
        if page.is_some() && page == right { Ok(()) } else { Err("a read came to another page".into()) }
    }
}

/// As long as the product's keys.
fn bare_key(number: usize) -> String {
    format!("tenant:0f0a4a00-0000-4000-8000-000000000001:bench:{number}")
}

fn read(connection: &Connection, number: usize) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT body FROM bare WHERE key = ?1")?
        .query_row([bare_key(number)], |row| row.get(0))
        .optional()
}
