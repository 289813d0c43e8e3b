//! Workspaces and personas.

use foray_core::persona::{FiltersInput, PersonaInput};
use foray_core::workspace::WorkspaceChange;
use foray_core::{Error, TenantId};
use foray_sandbox::Plan;

use crate::{Desk, filters};

fn field(error: &Error) -> &str {
    match error {
        Error::BadInput { violations } => &violations[0].field,
        _ => "no field",
    }
}

#[tokio::test]
async fn the_sample_workspace_is_always_there_and_its_name_is_taken() {
    let desk = Desk::new(Plan::Professional).await;
    let all = desk.foray.workspaces().list().await.unwrap();
    assert_eq!(all.len(), 1);
    assert!(all[0].sample && all[0].id == TenantId::SAMPLE);
    for name in ["sample", "SAMPLE", " Sample ", "ｓample"] {
        assert_eq!(field(&desk.foray.workspaces().add(name).await.unwrap_err()), "name", "{name}");
    }
    assert!(desk.foray.remove_workspace(TenantId::SAMPLE).await.is_err());
}

#[tokio::test]
async fn names_are_unique_after_case_folding_and_a_workspace_is_found_by_name_or_id() {
    let desk = Desk::new(Plan::Professional).await;
    let acme = desk.foray.workspaces().add("  Acme   Straße ").await.unwrap();
    assert_eq!(acme.name, "Acme Straße");
    assert_eq!(field(&desk.foray.workspaces().add("ACME STRASSE").await.unwrap_err()), "name");
    for known in ["acme straße", "Acme  Strasse", &acme.id.to_string()] {
        assert_eq!(desk.foray.workspaces().resolve(known).await.unwrap(), acme);
    }
    assert_eq!(field(&desk.foray.workspaces().resolve("../acme").await.unwrap_err()), "workspace");
}

#[tokio::test]
async fn settings_have_limits() {
    let desk = Desk::new(Plan::Professional).await;
    let acme = desk.foray.workspaces().add("Acme").await.unwrap();
    for calls in [0, 1_000_000] {
        let change = WorkspaceChange { calls_per_hour: Some(calls), ..WorkspaceChange::default() };
        assert_eq!(field(&desk.foray.workspaces().change(acme.id, change).await.unwrap_err()), "calls_per_hour");
    }
    let change = WorkspaceChange { calls_per_hour: Some(7), ..WorkspaceChange::default() };
    assert_eq!(desk.foray.workspaces().change(acme.id, change).await.unwrap().calls_per_hour, 7);
}

#[tokio::test]
async fn a_removed_workspace_leaves_no_file_and_no_key() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Acme").await;
    desk.foray.search(client, &crate::page(1)).await.unwrap();
    let folder = desk.folder.path().join("data/tenants").join(client.to_string());
    assert!(folder.exists());
    desk.foray.remove_workspace(client).await.unwrap();
    assert!(!folder.exists());
    assert_eq!(foray_core::secrets::KeyStore::get(desk.keys.as_ref(), client).unwrap(), None);
    assert_eq!(desk.foray.search(client, &crate::page(1)).await.unwrap_err().code(), "not_found");
    assert!(!folder.exists(), "asking for it makes no folder");
}

#[tokio::test]
async fn the_name_of_a_removed_workspace_stands_in_no_file() {
    let desk = Desk::new(Plan::Professional).await;
    let client = desk.client("Zugspitze Holding").await;
    let data = desk.folder.path().join("data");
    assert!(holds(&data, "Zugspitze Holding"));
    desk.foray.remove_workspace(client).await.unwrap();
    assert!(!holds(&data, "Zugspitze Holding"));
}

/// Whether a text stands in any file of a folder.
fn holds(folder: &std::path::Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return holds(&path, text);
        }
        std::fs::read(path).unwrap().windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[tokio::test]
async fn a_persona_is_saved_changed_removed_and_put_back() {
    let desk = Desk::new(Plan::Professional).await;
    let personas = desk.foray.personas(TenantId::SAMPLE).await.unwrap();
    let new = PersonaInput { id: None, name: "Sales leaders".to_owned(), filters: filters() };
    let saved = personas.save(new.clone(), desk.foray.clock()).await.unwrap();
    assert_eq!(
        field(
            &personas
                .save(PersonaInput { name: "SALES leaders".to_owned(), ..new.clone() }, desk.foray.clock())
                .await
                .unwrap_err()
        ),
        "name"
    );
    let renamed = personas
        .save(PersonaInput { id: Some(saved.id), name: "Sales LEADERS".to_owned(), ..new }, desk.foray.clock())
        .await
        .unwrap();
    assert_eq!((renamed.id, personas.list().await.unwrap().len()), (saved.id, 1));
    let removed = personas.remove(saved.id).await.unwrap();
    assert!(personas.list().await.unwrap().is_empty());
    let back = PersonaInput { id: Some(removed.id), name: removed.name.clone(), filters: filters() };
    assert_eq!(personas.save(back, desk.foray.clock()).await.unwrap(), removed);
    let desk = desk.restart().await;
    let personas = desk.foray.personas(TenantId::SAMPLE).await.unwrap();
    assert_eq!(personas.resolve("sales leaders").await.unwrap(), removed);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_persona_is_told_at_once() {
    let desk = Desk::new(Plan::Professional).await;
    let personas = desk.foray.personas(TenantId::SAMPLE).await.unwrap();
    let filters = FiltersInput {
        seniorities: vec!["boss".to_owned()],
        company_sizes: vec!["1-10".to_owned()],
        ..FiltersInput::default()
    };
    let error =
        personas.save(PersonaInput { id: None, name: " ".to_owned(), filters }, desk.foray.clock()).await.unwrap_err();
    let Error::BadInput { violations } = error else { panic!("{error}") };
    let fields: Vec<&str> = violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["name", "seniorities", "company_sizes"]);
}
