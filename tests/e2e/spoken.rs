//! What is told of the window to whoever does not see it: role and name of its key elements, as the real web view computes
//! them. Names of rows and cells are held by the flows in a browser: `WebKit` computes none for them.

use fantoccini::elements::ElementRef;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use tauri::Url;
use tauri::http::Method;

use crate::marks::{EXPORT, SEARCH, SOURCE};
use crate::window::Home;
use crate::window::Window;

/// Asks for what the web view computes of an element.
#[derive(Debug)]
struct Computed {
    element: ElementRef,
    what: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        let Self { element, what } = self;
        base.join(&format!("session/{}/element/{element}/computed{what}", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

async fn spoken(window: &Window, css: &str) -> (String, String) {
    let element = window.find(css).await;
    let mut told = Vec::new();
    for what in ["role", "label"] {
        let answer = window.client.issue_cmd(Computed { element: element.element_id(), what }).await.unwrap();
        told.push(answer.as_str().unwrap_or_default().to_owned());
    }
    (told.remove(0), told.remove(0))
}

#[tokio::test]
async fn key_elements_are_told_by_the_role_and_the_name_that_they_are_known_by() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.text_with(SEARCH, "Search · 1 call").await;
    window.press(Key::Enter).await;
    window.text_with(SOURCE, "50 fetched").await;
    window.text_with(SEARCH, "Refresh").await;
    window.find("[data-cell='1/0']").await.click().await.unwrap();
    window.find("#person-panel").await;
    let expected = [
        ("main", "main", "People"),
        ("nav[data-testid=persona-list]", "navigation", "Personas"),
        ("#workspace-menu", "button", "Workspace: Sample"),
        ("#find-people", "textbox", "Find people that were fetched"),
        (SEARCH, "button", "Refresh · 1 call"),
        (EXPORT, "button", "Export…"),
        ("[role=grid]", "grid", "People on this page"),
        ("[role=row][aria-rowindex='2']", "row", ""),
        ("[data-cell='0/0']", "gridcell", ""),
        ("[data-cell='-1/-1']", "checkbox", "Select all 50"),
        ("footer", "contentinfo", "Status"),
    ];
    for (css, role, name) in expected {
        let (found, told) = spoken(&window, css).await;
        assert_eq!(found, role, "the role of {css}");
        assert!(name.is_empty() || told == name, "{css} is called “{told}” and not “{name}”");
    }
    let (role, name) = spoken(&window, "#person-panel").await;
    assert_eq!(role, "complementary");
    assert!(name.starts_with("Person: "), "the panel is called “{name}”");
    window.close().await;
}
