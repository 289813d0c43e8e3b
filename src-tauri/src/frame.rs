//! The one window: it shows our own pages and nothing else, and opens no further ones.

use tauri::webview::NewWindowResponse;
use tauri::{App, Emitter, Manager, PhysicalSize, Runtime, Url, WebviewWindow, WebviewWindowBuilder};

use crate::state::State;

/// Builds the window, and tells it whenever a breaker changes its state.
pub fn open<R: Runtime>(app: &mut App<R>) -> Result<(), Box<dyn std::error::Error>> {
    let config = app.config().app.windows.first().cloned().ok_or("tauri.conf.json lists no window")?;
    let mut builder = WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    if let Ok(data_dir) = app.state::<State>().data_dir() {
        builder = builder.data_directory(data_dir.join("webview"));
    }
    fit_screen(&builder.build()?)?;
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        let state = handle.state::<State>();
        let Ok(foray) = state.foray().await else { return };
        let mut changes = foray.breaker_changes();
        loop {
            match changes.recv().await {
                // A window that is gone hears nothing; that is no error.
                Ok(change) => drop(handle.emit("breaker-changed", change)),
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
            }
        }
    });
    Ok(())
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
