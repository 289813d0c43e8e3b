//! Notifications of macOS and Windows. Their buttons can't be heard there; the tray has them.

use super::{News, Notifier, Pressed};

/// The desktop of this session.
#[derive(Debug, Clone, Copy)]
pub struct Desktop;

impl Notifier for Desktop {
    async fn tell(&self, news: News) -> Pressed {
        let shown = tauri::async_runtime::spawn_blocking(move || {
            notify_rust::Notification::new().appname("Foray").summary(&news.title).body(&news.text).show().map(drop)
        });
        // A desktop that shows none is no error.
        drop(shown.await);
        Pressed::Nothing
    }
}
