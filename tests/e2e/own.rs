//! A workspace of one's own in the window, and the stand-in that plays Apollo for it on a port of its own.

use foray_sandbox::{Options, Plan, Sandbox};

use crate::marks::DIALOG;
use crate::window::Window;

/// An Apollo whose every key is on this plan.
pub async fn account(plan: Plan) -> Sandbox {
    apollo(Options { plan, ..Options::default() }).await
}

/// An Apollo with these faults and times, and few people.
pub async fn apollo(options: Options) -> Sandbox {
    foray_sandbox::start(Options { people: 20_000, ..options }).await.unwrap()
}

/// Makes the workspace Acme with this key, through its dialogs; that of the key stays open.
pub async fn make_workspace(window: &Window, key: &str) {
    window.click("Use my own Apollo key…").await;
    window.text_with(DIALOG, "New workspace").await;
    window.find("[role=dialog] input").await.send_keys("Acme").await.unwrap();
    window.click("Make workspace").await;
    let field = window.find("#apollo-key").await;
    field.send_keys(key).await.unwrap();
    window.click("Store key").await;
    let hint = &key[key.len() - 4..];
    window.text_with(DIALOG, hint).await;
    let left = window.client.execute("return document.querySelector('#apollo-key').value;", vec![]).await.unwrap();
    assert_eq!(left, "", "the field is cleared at once");
}

/// Makes the workspace Acme, ready to search.
pub async fn enter_workspace(window: &Window) {
    make_workspace(window, "good-key-0123456789-c8d2").await;
    window.click("Close").await;
    window.gone(DIALOG).await;
}

/// Chooses a persona by its name in the left pane.
pub async fn choose_persona(window: &Window, name: &str) {
    window.click(name).await;
    window.text_with("h1", name).await;
}

/// Every call that came was made with the key that ends so.
pub fn only(apollo: &Sandbox, ending: &str, calls: usize) {
    let requests = apollo.requests();
    let markers: Vec<_> = requests.iter().map(|request| request.key_marker.as_deref()).collect();
    assert_eq!(markers, vec![Some(ending); calls]);
}
