//! How the window looks at its smallest and on a large screen, light and dark: pictures for whoever looks at the run, and
//! the check that nothing is pushed out of the window.

use fantoccini::key::Key;
use serde_json::json;

use crate::marks::{DIALOG, EXPORT, PEOPLE, PERSONAS, SEARCH, SOURCE};
use crate::window::{Home, Window};

/// The title of one of the first people.
const CELL: &str = "[data-testid=grid] [role=row]:nth-child(3) [role=gridcell]:nth-child(3)";
const SIZES: [(u32, u32); 3] = [(900, 600), (1280, 800), (1920, 1080)];

/// Names are long, too.
const LONG: &str = "Bereichsleiterinnen und Bereichsleiter für Vertriebsinnendienst, Österreich und Süddeutschland";

/// One picture in each size.
async fn look(window: &Window, scheme: &str, state: &str) {
    for (width, height) in SIZES {
        window.resize(width, height).await;
        let beyond = "const page = document.documentElement; \
                      return [page.scrollWidth > innerWidth, page.scrollHeight > innerHeight];";
        let beyond = window.client.execute(beyond, vec![]).await.unwrap();
        assert_eq!(beyond, json!([false, false]), "{state} is larger than {width} × {height}");
        window.picture(&format!("look-{state}-{width}-{scheme}")).await;
    }
}

#[tokio::test]
async fn every_state_fits_the_smallest_and_a_large_window_in_light_and_dark() {
    for (scheme, theme) in [("light", "Adwaita"), ("dark", "Adwaita:dark")] {
        let home = Home::new();
        // The system's theme, as a user of a dark desktop has it.
        let window = Window::open_with(&home, &[("GTK_THEME", theme)]).await;
        let dark = "return matchMedia('(prefers-color-scheme: dark)').matches;";
        assert_eq!(window.client.execute(dark, vec![]).await.unwrap(), json!(scheme == "dark"));
        window.text_with(SEARCH, "Search · 1 call").await;
        look(&window, scheme, "1-first-start").await;

        window.find(SEARCH).await.click().await.unwrap();
        window.text_with(SOURCE, "live").await;
        look(&window, scheme, "2-rows").await;
        window.find(CELL).await.click().await.unwrap();
        window.press(Key::Enter).await;
        look(&window, scheme, "3-person").await;

        window.find(EXPORT).await.click().await.unwrap();
        window.text_with(DIALOG, "Export ·").await;
        look(&window, scheme, "4-export").await;
        window.click("Cancel").await;
        window.gone(DIALOG).await;

        // In the smallest window a panel on the right folds the left pane away, and its menu with it.
        window.click("Close the panel (Escape)").await;
        window.find("#workspace-menu").await.click().await.unwrap();
        look(&window, scheme, "5-menu").await;
        window.click_item("Calls an hour…").await;
        window.text_with(DIALOG, "Calls an hour").await;
        look(&window, scheme, "6-limits").await;
        window.click("Close").await;
        window.gone(DIALOG).await;

        window.click("New persona").await;
        window.text_with("aside", "New persona").await;
        look(&window, scheme, "7-blank").await;
        window.type_text(LONG).await;
        window.press(Key::Tab).await;
        window.type_text(LONG).await;
        window.press(Key::Enter).await;
        look(&window, scheme, "8-editor").await;
        window.click("Save persona").await;
        window.text_with(PERSONAS, LONG).await;
        window.find(SEARCH).await.click().await.unwrap();
        window.text_with(PEOPLE, "Nobody matches").await;
        look(&window, scheme, "9-no-match").await;
        window.close().await;
    }
}
