//! Texts from outside that want to be more than text: 200 of them in the table. Each is shown as it is, none runs, loads or
//! moves anything.

use std::time::Instant;

use foray_sandbox::{Faults, Options};
use serde_json::{Value, json};

use crate::marks::{NEXT_PAGE, SEARCH, SOURCE, STATUS};
use crate::own::{choose_persona, enter_workspace};
use crate::window::{Home, PATIENCE, Window};

const PAGES: usize = 4;
const ROWS: usize = 50;

/// The names in the table, top to bottom; scrolls, because only rows in sight are there.
const NAMES: &str = "
    const grid = document.querySelector('[data-testid=grid]');
    const names = {};
    const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (let top = 0; top <= grid.scrollHeight; top += 160) {
        grid.scrollTop = top;
        await frame();
        for (const row of grid.querySelectorAll('[role=row]')) {
            const name = row.querySelector('[role=gridcell]');
            if (name) names[row.getAttribute('aria-rowindex')] = name.textContent;
        }
    }
    grid.scrollTop = 0;
    await frame();
    return Object.values(names);";

/// What the page would have of somebody else's if a text had become more than text.
const FOREIGN: &str = "
    const wanted = 'img, iframe, object, embed, base, form[action], style, a[href]:not([href^=\"#\"]), \
                    script:not([src]), link[href^=http], meta[http-equiv]';
    return [window.hostile ?? null, [...document.querySelectorAll(wanted)].map(one => one.outerHTML.slice(0, 200))];";

/// Where the cells of each row do not stand under their headers, or a row is not as high as the others.
const MOVED: &str = "
    const left = cell => Math.round(cell.getBoundingClientRect().left);
    const rows = [...document.querySelectorAll('[data-testid=grid] [role=row]')];
    const headers = [...rows[0].children].map(left).join();
    return rows.slice(1)
        .filter(row => [...row.children].map(left).join() !== headers || row.offsetHeight !== rows[1].offsetHeight)
        .map(row => row.textContent.slice(0, 80));";

async fn evaluate(window: &Window, script: &str) -> Value {
    let script = format!("return (async () => {{ {script} }})();");
    window.client.execute(&script, vec![]).await.unwrap()
}

#[tokio::test]
async fn two_hundred_hostile_texts_are_shown_as_text_in_the_table() {
    let home = Home::new();
    let faults = "hostile=1".parse::<Faults>().unwrap();
    let apollo = foray_sandbox::start(Options { faults, ..Options::default() }).await.unwrap();
    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;

    let mut names: Vec<String> = Vec::new();
    for page in 1..=PAGES {
        let found = names_of_page(&window, &names).await;
        names.extend(found);
        assert_eq!(evaluate(&window, FOREIGN).await, json!([null, []]), "page {page}");
        assert_eq!(evaluate(&window, MOVED).await, json!([]), "page {page}");
        window.picture(&format!("hostile-{page}")).await;
        if page < PAGES {
            window.find(NEXT_PAGE).await.click().await.unwrap();
            window.text_with(STATUS, &format!("{} of 100 calls left", 99 - page)).await;
        }
    }
    assert!(names.contains(&"<script>window.hostile=1</script>".to_owned()), "{names:?}");
    assert_eq!(names.iter().filter(|name| name.len() > 10_000).count(), 25);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), PAGES * ROWS, "a text that lost something is like another");
    window.close().await;
}

/// The names of a page, once all its rows are there and none is of the pages `before`.
async fn names_of_page(window: &Window, before: &[String]) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found: Vec<String> = serde_json::from_value(evaluate(window, NAMES).await).unwrap();
        if found.len() == ROWS && !found.iter().any(|name| before.contains(name)) {
            return found;
        }
        assert!(Instant::now() < deadline, "the rows of the page never came: {found:?}");
    }
}
