//! Jobs in the real window: they go on after a restart, say what they wait for, and tell the desktop when they are done.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fantoccini::Locator;
use foray_sandbox::{Faults, Options, Sandbox};
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

use crate::closed::xdotool;
use crate::marks::{DIALOG, EXPORT, JOBS, SEARCH, SOURCE, STATUS};
use crate::own::{choose_persona, enter_workspace};
use crate::window::{Home, Window};

/// The X server's name for “whichever window is under the pointer”.
const POINTER_ROOT: &str = "1";

const PERSONA: &str = "Sales leaders, DACH";

/// Starts an export of everybody who matches.
async fn export(window: &Window) {
    window.find(EXPORT).await.click().await.unwrap();
    let everybody = "//*[@role='dialog']//label[contains(., 'All that match')]";
    window.client.wait().for_element(Locator::XPath(everybody)).await.unwrap().click().await.unwrap();
    window.click("Choose file…").await;
    window.click("Export ·").await;
}

/// A window with rows of a persona of one's own workspace.
async fn with_rows(home: &Home, apollo: &Sandbox) -> Window {
    let window = Window::open_with(home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    enter_workspace(&window).await;
    choose_persona(&window, PERSONA).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    window
}

fn slow(apollo: &Sandbox) {
    apollo.set_faults("slow=1".parse::<Faults>().unwrap());
}

#[tokio::test]
async fn an_export_goes_on_by_itself_when_the_window_is_closed_and_opened_again() {
    let home = Home::new();
    let apollo =
        foray_sandbox::start(Options { slow: Duration::from_millis(1_500), ..Options::default() }).await.unwrap();
    let window = with_rows(&home, &apollo).await;
    slow(&apollo);
    export(&window).await;
    window.text_with(JOBS, "1 page").await;
    window.text_with(STATUS, "1 job · running").await;
    window.picture("jobs-running").await;
    window.close().await;

    let window = Window::open_with(&home, &[("FORAY_APOLLO_URL", &apollo.origin())]).await;
    window.text_with(JOBS, "rows").await;
    window.picture("jobs-after-restart").await;
    apollo.set_faults(Faults::none());
    window.text_with(JOBS, "Show in folder").await;
    window.picture("jobs-done").await;
    window.resize(1024, 700).await;
    window.picture("jobs-done-small").await;
    window.close().await;
    let files = std::fs::read_dir(home.exports()).unwrap().map(|entry| entry.unwrap().path());
    let tables: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect();
    assert_eq!(tables.len(), 1, "{tables:?}");
    assert_eq!(csv::Reader::from_path(&tables[0]).unwrap().records().count(), 316, "everybody is in it");
    let pages = pages(&apollo);
    let repeats = pages.windows(2).filter(|pair| pair[1] == pair[0]).count();
    assert!(repeats <= 1 && pages.is_sorted(), "the driver ends the window like a crash does: {pages:?}");
}

/// Pages that exports asked for, in their order.
fn pages(apollo: &Sandbox) -> Vec<u64> {
    let requests = apollo.requests();
    let of_exports = requests.iter().filter(|request| request.body["per_page"] == 100);
    of_exports.filter_map(|request| request.body["page"].as_u64()).collect()
}

#[tokio::test]
async fn a_job_that_is_out_of_calls_says_when_it_goes_on_and_can_be_paused_moved_and_cancelled() {
    let home = Home::new();
    let window = Window::open(&home).await;
    window.choose_from_menu("Calls an hour…").await;
    let field = window.find("[role=dialog] input").await;
    window.type_over(&field, "3").await;
    window.click("Save settings").await;
    window.gone(DIALOG).await;
    window.text_with(STATUS, "3 of 3 calls left").await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    export(&window).await;
    let said = window.text_with(JOBS, "goes on at").await;
    assert!(said.contains("waiting: this hour's calls are used, but for those kept for your clicks"), "{said}");
    window.text_with(STATUS, "1 job · waiting").await;

    window.gone(DIALOG).await;
    window.find("[data-testid=rerun-button]").await.click().await.unwrap();
    window.text_with(DIALOG, "Fetch all pages").await;
    window.picture("jobs-rerun-dialog").await;
    window.click("Fetch ·").await;
    window.gone(DIALOG).await;
    window.text_with(STATUS, "2 jobs").await;
    window.picture("jobs-waiting").await;
    window.resize(1920, 1080).await;
    window.picture("jobs-waiting-large").await;
    window.click("Pause").await;
    window.text_with(JOBS, "Paused after").await;
    window.click("Cancel export").await;
    window.text_with(JOBS, "Cancelled after").await;
    window.close().await;
}

/// A notification as the desktop was asked for it.
#[derive(Debug, Clone)]
struct Told {
    app: String,
    title: String,
    text: String,
    actions: Vec<String>,
    /// What else came along; none of it is needed to show it.
    besides: (u32, String, HashMap<String, String>, i32),
}

/// What the desktop was asked to show, and which files.
#[derive(Clone, Default)]
struct Desktop {
    told: Arc<Mutex<Vec<Told>>>,
    shown: Arc<Mutex<Vec<String>>>,
}

struct Notifications(Desktop);
struct Files(Desktop);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::unused_self, reason = "the bus calls it on the object")]
    fn get_capabilities(&self) -> Vec<String> {
        ["body", "body-markup", "actions"].map(str::to_owned).to_vec()
    }

    #[expect(clippy::too_many_arguments, reason = "the desktop's interface has so many")]
    fn notify(
        &self,
        app: String,
        replaces: u32,
        icon: String,
        title: String,
        text: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expires: i32,
    ) -> u32 {
        let hints = hints.into_iter().map(|(name, value)| (name, format!("{value:?}"))).collect();
        let mut told = self.0.told.lock().unwrap();
        told.push(Told { app, title, text, actions, besides: (replaces, icon, hints, expires) });
        told.len() as u32
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action_key: &str) -> zbus::Result<()>;
}

#[zbus::interface(name = "org.freedesktop.FileManager1")]
impl Files {
    fn show_items(&self, uris: Vec<String>, startup: &str) {
        assert_eq!(startup, "");
        self.0.shown.lock().unwrap().extend(uris);
    }
}

/// Waits until something is there.
async fn first<T: Clone>(list: &Mutex<Vec<T>>) -> T {
    let patience = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(one) = list.lock().unwrap().first() {
            return one.clone();
        }
        assert!(Instant::now() < patience, "nothing came");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_desktop_is_told_when_an_export_is_done_and_shows_its_folder() {
    let desktop = Desktop::default();
    let place = "/org/freedesktop/Notifications";
    let bus = zbus::connection::Builder::session()
        .and_then(|bus| bus.name("org.freedesktop.Notifications"))
        .and_then(|bus| bus.name("org.freedesktop.FileManager1"))
        .and_then(|bus| bus.serve_at(place, Notifications(desktop.clone())))
        .and_then(|bus| bus.serve_at("/org/freedesktop/FileManager1", Files(desktop.clone())))
        .unwrap()
        .build()
        .await
        .unwrap();
    let home = Home::new();
    let window = Window::open(&home).await;
    window.find(SEARCH).await.click().await.unwrap();
    window.text_with(SOURCE, "live").await;
    // In front of the user it tells by itself. The keyboard is that of the window under the pointer, as on a fresh display.
    xdotool(&["mousemove", "400", "300", "windowfocus", POINTER_ROOT]);
    window.find("[data-testid=rerun-button]").await.click().await.unwrap();
    window.click("Fetch ·").await;
    window.gone(DIALOG).await;
    window.text_with("body", "Fetched").await;
    let behind_everything = xdotool(&["search", "--maxdepth", "0", ""]);
    xdotool(&["windowfocus", &behind_everything]);
    export(&window).await;
    let told = first(&desktop.told).await;
    assert_eq!((told.app.as_str(), told.besides.0), ("Foray", 0));
    assert!(told.title.starts_with("Exported ") && told.title.ends_with(" people"), "{told:?}");
    assert!(told.text.starts_with(PERSONA) && told.text.contains(".csv"), "{told:?}");
    assert_eq!(told.actions, ["show", "Show in folder"]);

    let notifications = bus.object_server().interface::<_, Notifications>(place).await.unwrap();
    Notifications::action_invoked(notifications.signal_emitter(), 1, "show").await.unwrap();
    let shown = first(&desktop.shown).await;
    assert!(shown.starts_with("file://") && shown.contains(Path::new("exports").to_str().unwrap()), "{shown}");
    assert_eq!(desktop.told.lock().unwrap().len(), 1, "once");
    window.close().await;
}
