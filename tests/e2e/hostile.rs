//! Texts from outside that want to be more than text: 200 of them in the table, and in the panel. Each is shown as it is, none
//! runs, loads or moves anything, and no link is opened but an honest one.

use std::time::Instant;

use foray_sandbox::{Faults, Options, Sandbox};
use serde_json::{Value, json};

use crate::marks::{NEXT_PAGE, SEARCH, SOURCE, STATUS};
use crate::opened::Desktop;
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

/// Goes through people in the panel by their names: of each its texts, the address of its link, and whether it stands out of
/// the window.
const WALK: &str = "
    const panel = () => document.querySelector('#person-panel');
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const page = document.documentElement;
    const walked = [];
    for (const name of arguments[0]) {
        while (panel()?.querySelector('h2').textContent.trim() !== name.trim()) await frame();
        const facts = panel().querySelector('[aria-label=Facts]');
        walked.push([
            [...facts.querySelectorAll('dd')].map(one => one.textContent),
            facts.querySelector('dd button[title]')?.title ?? '',
            page.scrollWidth > innerWidth || page.scrollHeight > innerHeight || facts.scrollWidth > facts.clientWidth,
        ]);
        panel().querySelector('[aria-label^=Next]').click();
    }
    return walked;";

/// People whose panels are looked at with one question.
const STEP: usize = 10;

async fn evaluate(window: &Window, script: &str) -> Value {
    evaluate_with(window, script, vec![]).await
}

async fn evaluate_with(window: &Window, script: &str, arguments: Vec<Value>) -> Value {
    let script = format!("return (async (...arguments) => {{ {script} }})(...arguments);");
    window.client.execute(&script, arguments).await.unwrap()
}

/// The first page of a search whose people are all hostile.
async fn among_hostile_people(home: &Home, desktop: &Desktop) -> (Sandbox, Window) {
    let faults = "hostile=1".parse::<Faults>().unwrap();
    let apollo = foray_sandbox::start(Options { faults, ..Options::default() }).await.unwrap();
    let origin = apollo.origin();
    let variables = [("FORAY_APOLLO_URL", origin.as_str()), ("PATH", desktop.path.as_str())];
    let window = Window::open_with(home, &variables).await;
    enter_workspace(&window).await;
    choose_persona(&window, "Sales leaders, DACH").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    (apollo, window)
}

#[tokio::test]
async fn two_hundred_hostile_texts_are_shown_as_text_in_the_table() {
    let (home, desktop) = (Home::new(), Desktop::new());
    let (_apollo, window) = among_hostile_people(&home, &desktop).await;

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

#[tokio::test]
async fn two_hundred_hostile_texts_are_shown_as_text_in_the_panel_and_only_an_https_link_is_opened() {
    let (home, desktop) = (Home::new(), Desktop::new());
    let (_apollo, window) = among_hostile_people(&home, &desktop).await;

    let mut names: Vec<String> = Vec::new();
    for page in 1..=PAGES {
        let found = names_of_page(&window, &names).await;
        open_first(&window).await;
        if page == 1 {
            for name in &found[..STEP] {
                try_link(&window, &desktop, name).await;
            }
            open_first(&window).await;
        }
        for names in found.chunks(STEP) {
            let walked = evaluate_with(&window, WALK, vec![json!(names)]).await;
            for (facts, link, beyond) in serde_json::from_value::<Vec<(Vec<String>, String, bool)>>(walked).unwrap() {
                assert!(facts.len() > 10 && !link.is_empty() && !beyond, "{facts:?}");
            }
            assert_eq!(evaluate(&window, FOREIGN).await, json!([null, []]), "{names:?}");
        }
        names.extend(found);
        window.picture(&format!("hostile-panel-{page}")).await;
        window.click("Close the panel (Escape)").await;
        if page < PAGES {
            window.find(NEXT_PAGE).await.click().await.unwrap();
            window.text_with(STATUS, &format!("{} of 100 calls left", 99 - page)).await;
        }
    }
    assert_eq!(names.len(), PAGES * ROWS);
    assert_eq!(desktop.opened(), ["https://www.linkedin.example/in/ana-keil"]);
    window.close().await;
}

/// Opens the panel of the first person, wherever the table is scrolled to.
async fn open_first(window: &Window) {
    window.find("[data-cell='0/0']").await;
    evaluate(window, "document.querySelector(\"[data-cell='0/0']\").click();").await;
    window.find("#person-panel").await;
}

/// Clicks the link of the person in the panel and goes on to the next: an honest one is opened, any other is refused in words.
async fn try_link(window: &Window, desktop: &Desktop, name: &str) {
    let shown = "while (document.querySelector('#person-panel h2')?.textContent.trim() !== arguments[0].trim()) \
                 await new Promise(done => requestAnimationFrame(done)); \
                 return document.querySelector('#person-panel dd button[title]').title;";
    let link = evaluate_with(window, shown, vec![json!(name)]).await;
    let before = desktop.opened();
    window.find("#person-panel dd button[title]").await.click().await.unwrap();
    if link.as_str().unwrap().starts_with("https://www.") {
        desktop.wait_for(before.len() + 1).await;
    } else {
        window.text_with("body", "Only https links are opened.").await;
        assert_eq!(desktop.opened(), before, "{link}");
        window.click("Dismiss").await;
        let told = "return document.body.innerText.includes('Only https links are opened.');";
        let deadline = Instant::now() + PATIENCE;
        while evaluate(window, told).await != json!(false) {
            assert!(Instant::now() < deadline, "the news stayed");
        }
    }
    window.click("Next person (J)").await;
}
