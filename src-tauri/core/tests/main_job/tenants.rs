//! Nothing of one workspace shows in another, nor in what all of them share; and nothing of one that was removed stays.

use std::path::{Path, PathBuf};

use foray_core::TenantId;
use foray_core::log::Level;
use foray_core::persona::{FiltersInput, PersonaInput, SearchInput, SearchRequest};
use foray_core::settings::Settings;
use foray_sandbox::Plan;

use crate::{Desk, page};

/// Files below a folder that hold the text.
fn files_with(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if std::fs::read(&path).unwrap().windows(text.len()).any(|window| window == text.as_bytes()) {
            found.push(path);
        }
    }
    found
}

/// A client with a persona and rows of its own; answers texts that are only its own.
async fn client(desk: &Desk, name: &str, seniority: &str) -> (TenantId, Vec<String>) {
    let tenant = desk.client_with_key(name, &format!("canary-key-of-{name}-0123456789")).await;
    let filters = FiltersInput { seniorities: vec![seniority.to_owned()], ..FiltersInput::default() };
    let persona = PersonaInput { id: None, name: format!("Canary persona of {name}"), filters: filters.clone() };
    desk.foray.personas(tenant).await.unwrap().save(persona, desk.foray.clock()).await.unwrap();
    let view = format!("?w={tenant}&title=Canary+view+of+{name}");
    desk.foray.personas(tenant).await.unwrap().save_view(view).await.unwrap();
    let input = SearchInput { filters, page: Some(1), page_size: Some(25), persona_id: None };
    let answer = desk.foray.search(tenant, &SearchRequest::check(&input).unwrap()).await.unwrap();
    let mut own = vec![format!("Canary persona of {name}"), format!("Canary+view+of+{name}")];
    own.extend(answer.people.iter().map(|person| person.id.clone()));
    assert!(own.len() > 10);
    (tenant, own)
}

#[tokio::test]
async fn what_is_one_clients_is_in_its_own_folder_and_in_no_other_file() {
    let desk = Desk::new(Plan::Professional).await;
    desk.foray.change_settings(Settings { log_level: Level::Debug, ..Settings::default() }).await.unwrap();
    let clients = [client(&desk, "Alpha", "vp").await, client(&desk, "Beta", "intern").await];
    desk.foray.settle().await;
    let data = desk.folder.path().join("data");
    for (tenant, own) in &clients {
        let folder = data.join("tenants").join(tenant.to_string());
        for text in own {
            let strays: Vec<_> =
                files_with(&data, text).into_iter().filter(|file| !file.starts_with(&folder)).collect();
            assert_eq!(strays, Vec::<PathBuf>::new(), "{text}");
        }
        assert!(!files_with(&folder, &own[0]).is_empty(), "the hunt finds what is there");
    }
    assert_eq!(files_with(&data, "canary-key"), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn nothing_of_a_workspace_that_was_removed_stays_behind() {
    let desk = Desk::new(Plan::Professional).await;
    let (gone, own) = client(&desk, "Alpha", "vp").await;
    let (stays, _) = client(&desk, "Beta", "intern").await;
    desk.foray.settle().await;
    desk.foray.remove_workspace(gone).await.unwrap();
    desk.foray.settle().await;
    let desk = desk.restart().await;
    let data = desk.folder.path().join("data");
    // The ledger keeps times of calls under the id for an hour, since Apollo counts them too.
    for text in own.iter().map(String::as_str).chain(["Alpha"]) {
        assert_eq!(files_with(&data, text), Vec::<PathBuf>::new(), "{text}");
    }
    let listed = desk.foray.workspaces().list().await.unwrap();
    assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [TenantId::SAMPLE, stays]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_that_is_removed_while_it_is_asked_leaves_no_folder() {
    let desk = Desk::new(Plan::Professional).await;
    for round in 0..20 {
        let gone = desk.client_with_key(&format!("Alpha {round}"), "canary-key-of-alpha-0123456789").await;
        let asking = async {
            while desk.foray.personas(gone).await.is_ok() {
                tokio::task::yield_now().await;
            }
        };
        let ((), removed) = tokio::join!(asking, desk.foray.remove_workspace(gone));
        removed.unwrap();
        assert!(!desk.folder.path().join("data/tenants").join(gone.to_string()).exists(), "round {round}");
    }
}

#[tokio::test]
async fn a_search_outlives_its_workspace_without_bringing_anything_back() {
    let desk = Desk::new(Plan::Professional).await;
    let gone = desk.client_with_key("Alpha", "canary-key-of-alpha-0123456789").await;
    desk.sandbox.set_faults("hang=1".parse().unwrap());
    let search = async { desk.foray.search(gone, &page(1)).await };
    let removal = async {
        while desk.calls() == 0 {
            tokio::task::yield_now().await;
        }
        desk.foray.remove_workspace(gone).await
    };
    let (answer, removed) = tokio::join!(search, removal);
    removed.unwrap();
    assert!(answer.map_or(true, |answer| answer.people.is_empty()));
    desk.foray.settle().await;
    assert!(!desk.folder.path().join("data/tenants").join(gone.to_string()).exists());
    assert!(desk.foray.search(gone, &page(1)).await.is_err_and(|error| error.code() == "not_found"));
}
