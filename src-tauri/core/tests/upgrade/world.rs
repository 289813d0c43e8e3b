//! The small world that every fixture holds: a client with a persona, a place in the window, three calls and their answers.
//! It stays as it is, or the fixtures of earlier versions would no longer fit it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::Origin;
use foray_core::clock::ManualClock;
use foray_core::people::{FetchedPage, Person};
use foray_core::persona::{FiltersInput, PersonaInput, SearchInput, SearchRequest};
use foray_core::secrets::{ApiKey, KeyStore as _, MemoryKeys};
use foray_core::status::Status;
use foray_core::workspace::WorkspaceChange;
use foray_core::{Error, Foray, Options, Source, TenantId};
use foray_sandbox::Sandbox;
use jiff::Timestamp;
use rusqlite::Connection;

use crate::fetched;

/// Every kind of file in a data folder.
pub const KINDS: [&str; 5] = ["activity", "cache", "ledger", "people", "workspaces"];
pub const NAME: &str = "Acme";
pub const PERSONA: &str = "Sales leaders, Österreich";
pub const VIEW: &str = "?persona=sales&page=2";
pub const CALLS: u32 = 3;

/// When the fixtures were filled.
pub const THEN: i64 = fetched::NOW;

/// The client's id, the same in every fixture.
pub fn client() -> TenantId {
    TenantId::parse("7c9e6679-7425-40de-944b-e07fc1f90ae7").unwrap()
}

pub fn page(number: i64) -> SearchRequest {
    let filters = FiltersInput { seniorities: vec!["vp".to_owned()], ..FiltersInput::default() };
    SearchRequest::check(&SearchInput { filters, page: Some(number), page_size: Some(25), persona_id: None }).unwrap()
}

/// Somebody of whom nothing but the id is known.
pub fn somebody(id: &str) -> Person {
    Person { id: id.to_owned(), ..Person::default() }
}

/// The first page of the world's question once more, with this one person.
pub fn once_more(person: Person, at: Timestamp) -> FetchedPage {
    FetchedPage { page_size: 25, fetched_at: at, ..fetched::full(fetched::page(page(1).filters, vec![person])) }
}

/// Where the stand-in listened when the fixtures were written: kept answers belong to who gave them.
const PORT: u16 = 47_123;

/// A data folder for the world, and where its Apollo is.
pub struct Home {
    folder: tempfile::TempDir,
    apollo: Origin,
    /// Plays Apollo while the world is written; reading it asks nobody.
    _sandbox: Option<Sandbox>,
}

impl Home {
    /// No data folder yet.
    pub fn empty() -> Self {
        let apollo = Origin::parse(&format!("http://127.0.0.1:{PORT}")).unwrap();
        Self { folder: tempfile::tempdir().unwrap(), apollo, _sandbox: None }
    }

    /// The world as this version of Foray writes it; `for_fixtures` as they want it.
    pub async fn filled(for_fixtures: bool) -> Self {
        let port = if for_fixtures { PORT } else { 0 };
        let options = foray_sandbox::Options { people: 2_000, port, ..foray_sandbox::Options::default() };
        let sandbox = foray_sandbox::start(options).await.unwrap();
        let apollo = Origin::parse(&sandbox.origin()).unwrap();
        let home = Self { apollo, _sandbox: Some(sandbox), ..Self::empty() };
        drop(home.open().await.unwrap());
        home.adopt_client();
        let foray = home.open().await.unwrap();
        foray.set_key(client(), ApiKey::parse("good-key-0123456789-a9f3").unwrap()).await.unwrap();
        let change = WorkspaceChange { calls_per_hour: Some(60), ..WorkspaceChange::default() };
        foray.change_workspace(client(), change).await.unwrap();
        let personas = foray.personas(client()).await.unwrap();
        let filters = FiltersInput { seniorities: vec!["vp".to_owned()], ..FiltersInput::default() };
        personas.save(PersonaInput { id: None, name: PERSONA.to_owned(), filters }, foray.clock()).await.unwrap();
        personas.save_view(VIEW.to_owned()).await.unwrap();
        for number in 1..=i64::from(CALLS) {
            assert_eq!(foray.search(client(), &page(number)).await.unwrap().source, Source::Live);
        }
        foray.settle().await;
        home
    }

    /// A workspace gets a random id when it is made; the fixtures want one that stays.
    fn adopt_client(&self) {
        let list = Connection::open(self.file("workspaces")).unwrap();
        let row =
            "INSERT INTO workspaces (id, name, name_key, calls_per_hour, endpoint) VALUES (?1, ?2, ?3, 100, 'full')";
        list.execute(row, [client().to_string(), NAME.to_owned(), NAME.to_lowercase()]).unwrap();
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn file(&self, kind: &str) -> PathBuf {
        let name = format!("{kind}.sqlite");
        match kind {
            "people" | "cache" => self.data().join("tenants").join(client().to_string()).join(name),
            _ => self.data().join(name),
        }
    }

    pub async fn open(&self) -> Result<Foray, Error> {
        let keys = MemoryKeys::default();
        keys.set(client(), &ApiKey::parse("good-key-0123456789-a9f3").unwrap()).unwrap();
        Foray::open(Options {
            data_dir: self.data(),
            apollo: self.apollo.clone(),
            sandbox: None,
            environment_key: None,
            keys: Arc::new(keys),
            clock: Arc::new(ManualClock::at(THEN)),
            deadline: Duration::from_secs(5),
            background: false,
        })
        .await
    }

    /// How things stand for the client, which takes all files but the journal of calls.
    pub async fn status(&self) -> Result<Status, Error> {
        self.open().await?.status(client()).await
    }

    /// Names of all databases anywhere in the folder, each once.
    pub fn kinds_on_disk(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.data(), &mut found);
        found.sort();
        found.dedup();
        found
    }
}

fn walk(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "sqlite") {
            found.push(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }
}
