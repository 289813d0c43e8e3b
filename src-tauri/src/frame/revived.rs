//! A page whose own process has died, of a crash or for want of memory, is loaded anew at the address at which it was: the window would
//! stay a picture of it, while jobs go on behind. Linux only; elsewhere the system's own web view sees to it.

use std::cell::Cell;
use std::time::{Duration, Instant};

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::WebViewExt as _;

/// A page that dies again so soon would die for ever.
const TOO_SOON: Duration = Duration::from_secs(10);

/// Loads the page anew whenever its process has ended.
pub fn when_its_process_dies<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.with_webview(|view| {
        let last = Cell::new(None::<Instant>);
        view.inner().connect_web_process_terminated(move |page, _| {
            let is_new = last.get().is_none_or(|before| before.elapsed() > TOO_SOON);
            last.set(Some(Instant::now()));
            if is_new {
                page.reload();
            }
        });
    })
}
