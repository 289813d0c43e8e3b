//! Eight clients ask the same; each hears its own answer and no other's, whatever is kept where.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::{Json, Router};
use foray_core::apollo::Origin;
use foray_core::cache::Limits;
use foray_core::clock::{Clock, ManualClock, timestamp};
use foray_core::persona::{FiltersInput, SearchInput, SearchRequest};
use foray_core::secrets::{ApiKey, KeyStore, MemoryKeys};
use foray_core::{Foray, Options, Source, TenantId};

use crate::{NOW, got, key, open, page, question};

const CLIENTS: usize = 8;

/// An Apollo that answers every search with one person: the key that asked.
async fn canaries() -> (String, Arc<Mutex<HashMap<String, u32>>>) {
    let asked: Arc<Mutex<HashMap<String, u32>>> = Arc::default();
    let count = Arc::clone(&asked);
    let router = Router::new().fallback(move |headers: HeaderMap| {
        let key = headers["x-api-key"].to_str().unwrap().to_owned();
        *count.lock().unwrap().entry(key.clone()).or_default() += 1;
        async move { Json(serde_json::json!({"total_entries": 1, "people": [{"id": key, "name": key}]})) }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (origin, asked)
}

async fn foray(folder: &std::path::Path, origin: &str) -> Foray {
    let options = Options {
        data_dir: folder.join("data"),
        apollo: Origin::parse(origin).unwrap(),
        sandbox: None,
        environment_key: None,
        keys: Arc::new(MemoryKeys::default()) as Arc<dyn KeyStore>,
        clock: Arc::new(ManualClock::at(NOW)) as Arc<dyn Clock>,
        deadline: Duration::from_secs(5),
        background: false,
    };
    Foray::open(options).await.unwrap()
}

#[tokio::test]
async fn eight_clients_with_one_question_each_see_their_own_canary() {
    let (origin, asked) = canaries().await;
    let folder = tempfile::tempdir().unwrap();
    let foray = foray(folder.path(), &origin).await;
    let request = SearchRequest::check(&SearchInput {
        filters: FiltersInput { titles: vec!["CFO".to_owned()], ..FiltersInput::default() },
        ..SearchInput::default()
    })
    .unwrap();
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let tenant = foray.workspaces().add(&format!("Client {number}")).await.unwrap().id;
        let canary = format!("canary-key-of-client-{number}-0123456789");
        foray.set_key(tenant, ApiKey::parse(&canary).unwrap()).await.unwrap();
        clients.push((tenant, canary));
    }
    for round in 0..3 {
        for (tenant, canary) in &clients {
            if round == 0 {
                assert!(foray.search_peek(*tenant, &request).await.unwrap().is_none(), "nobody else's answer is a hit");
            }
            let answer = foray.search(*tenant, &request).await.unwrap();
            assert_eq!(answer.source, if round == 0 { Source::Live } else { Source::Cached });
            let ids: Vec<&str> = answer.people.iter().map(|person| person.id.as_str()).collect();
            assert_eq!(ids, [canary]);
        }
    }
    let asked = asked.lock().unwrap();
    assert!(asked.len() == CLIENTS && asked.values().all(|calls| *calls == 1), "{asked:?}");
}

#[tokio::test]
async fn a_key_of_one_client_finds_nothing_in_the_cache_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let tenant = TenantId::generate();
            (tenant, open(folder.path(), tenant, Limits::default()))
        })
        .collect();
    for (tenant, cache) in &clients {
        let key = key(*tenant, "people/1 search", "same");
        cache.set(&key, &question("same"), page(&tenant.to_string()), timestamp(NOW), 0.5).await.unwrap();
    }
    for (asking, _) in &clients {
        let key = key(*asking, "people/1 search", "same");
        for (owner, cache) in &clients {
            let found = got(cache, &key, NOW).await;
            assert_eq!(found, (asking == owner).then(|| page(&owner.to_string())));
            if asking != owner {
                assert_eq!(cache.invalidate(&key).await.unwrap(), 0);
                assert_eq!(cache.invalidate_question(*asking, &question("same")).await.unwrap(), 0);
                assert_eq!(cache.clear(*asking).await.unwrap(), 0);
            }
        }
    }
}
