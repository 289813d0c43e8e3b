//! The one window: it shows our own pages and nothing else, and opens no further ones.

mod closing;
#[cfg(target_os = "linux")]
mod painting;
mod place;
#[cfg(target_os = "linux")]
mod revived;

pub use closing::ask_first;

use serde::Serialize;
use tauri::webview::NewWindowResponse;
use tauri::{
    App, AppHandle, Emitter, LogicalSize, Manager, PhysicalPosition, PhysicalSize, RunEvent, Runtime, Url,
    WebviewWindow, WebviewWindowBuilder, Window, WindowEvent,
};

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::notify;
use crate::state::State;

/// Notes every breach of the content policy from the first script on, for the tests to find.
#[cfg(feature = "e2e")]
const NOTE_BREACHES: &str = "window.__violations = []; document.addEventListener('securitypolicyviolation', \
    event => window.__violations.push(event.violatedDirective + ' ' + event.blockedURI));";

/// Builds the window, and tells it whenever a breaker changes its state, an answer, a person or a job.
pub fn open<R: Runtime>(app: &mut App<R>) -> Result<(), Box<dyn std::error::Error>> {
    open_data_meanwhile(app.handle().clone());
    let config = app.config().app.windows.first().cloned().ok_or("tauri.conf.json lists no window")?;
    let mut builder = WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    if let Ok(data_dir) = app.state::<State>().data_dir() {
        // The web view would make it for everybody to read. If it can't be made, the first command says so.
        drop(foray_core::foray::make_private(&data_dir));
        builder = builder.data_directory(data_dir.join("webview"));
    }
    #[cfg(feature = "e2e")]
    {
        builder = builder.initialization_script(NOTE_BREACHES);
    }
    let window = builder.build()?;
    #[cfg(target_os = "linux")]
    {
        painting::without_processor(&window)?;
        revived::when_its_process_dies(&window)?;
    }
    match place::load(&app.state::<State>()).filter(|place| place.is_on_a_screen(&window)) {
        Some(place) => place.put(&window)?,
        None => fit_screen(&window)?,
    }
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        let state = handle.state::<State>();
        let Ok(foray) = state.foray().await else { return };
        // A window of the usual size is better than none.
        drop(zoom(&window, foray.settings().zoom));
        let changes = pass_on(foray.breaker_changes(), handle.clone(), "breaker-changed");
        let answers = pass_on(foray.answers_refreshed(), handle.clone(), "answer-refreshed");
        let people = pass_on(foray.people_changed(), handle.clone(), "people-changed");
        let jobs = pass_on(foray.job_changes(), handle.clone(), "job-changed");
        let news = notify::tell_of_jobs(foray, handle.clone(), notify::Desktop);
        tokio::join!(changes, answers, people, jobs, news);
    });
    Ok(())
}

/// Opens the data folder while the window is made, which takes longer. What fails is told by the first command.
fn open_data_meanwhile<R: Runtime>(app: AppHandle<R>) {
    tauri::async_runtime::spawn(async move { drop(app.state::<State>().foray().await) });
}

/// Holds the end of the app until the call under way has ended.
pub fn heed<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    // With a code it is we who end it.
    if let RunEvent::ExitRequested { code: None, api, .. } = event {
        api.prevent_exit();
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            app.state::<State>().stop_jobs().await;
            app.exit(0);
        });
    }
}

/// Tells the window each of the core's facts under the name of an event, until there can be no more.
async fn pass_on<R: Runtime, T: Serialize + Clone>(mut facts: Receiver<T>, app: AppHandle<R>, event: &str) {
    loop {
        match facts.recv().await {
            // A window that is gone hears nothing; that is no error.
            Ok(fact) => drop(app.emit(event, fact)),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

/// A screen smaller than the window's usual size gets a window of its own size: nothing of ours lies outside.
fn fit_screen<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    let Some(monitor) = window.current_monitor()? else { return Ok(()) };
    let (room, size) = (monitor.work_area(), window.outer_size()?);
    let fitting = PhysicalSize::new(size.width.min(room.size.width), size.height.min(room.size.height));
    if fitting != size {
        window.set_size(fitting)?;
        window.set_position(room.position)?;
    }
    Ok(())
}

/// Keeps where the window is when it closes.
pub fn remember<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { .. } = event {
        place::save(window, &window.state::<State>());
    }
}

/// Shows everything in the window larger or smaller, in hundredths of its usual size.
pub fn zoom<R: Runtime>(window: &WebviewWindow<R>, hundredths: u16) -> tauri::Result<()> {
    window.set_zoom(f64::from(hundredths) / 100.0)
}

/// Gives the window its usual size and the middle of the screen.
pub fn reset<R: Runtime>(window: &WebviewWindow<R>, state: &State) -> tauri::Result<()> {
    place::forget(state);
    window.unmaximize()?;
    let (Some(usual), Some(monitor)) = (window.config().app.windows.first(), window.current_monitor()?) else {
        return Ok(());
    };
    let size = LogicalSize::new(usual.width, usual.height).to_physical::<u32>(monitor.scale_factor());
    let room = monitor.work_area();
    let fitting = PhysicalSize::new(size.width.min(room.size.width), size.height.min(room.size.height));
    // The system tells the new size only later, so the middle is not its to find.
    let left = room.position.x.saturating_add_unsigned((room.size.width - fitting.width) / 2);
    let top = room.position.y.saturating_add_unsigned((room.size.height - fitting.height) / 2);
    window.set_size(fitting)?;
    window.set_position(PhysicalPosition::new(left, top))
}

/// Our own pages: `tauri://localhost`, or `http(s)://tauri.localhost` on Windows.
fn is_ours(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_window_goes_to_our_own_pages_only() {
        assert!(is_ours(&Url::parse("tauri://localhost/?page=2").unwrap()));
        for foreign in [
            "https://app.apollo.io/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "http://localhost/",
            "tauri://evil/",
        ] {
            assert!(!is_ours(&Url::parse(foreign).unwrap()), "{foreign}");
        }
    }
}
