//! Tells the desktop when a job is done or needs the user, unless the window has the user's eyes already.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;
mod news;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use foray_core::Foray;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_opener::OpenerExt as _;
use tokio::sync::broadcast::error::RecvError;

pub use news::News;

#[cfg(not(target_os = "linux"))]
pub use elsewhere::Desktop;
#[cfg(target_os = "linux")]
pub use linux::Desktop;

/// What the user did with a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    ShowInFolder,
    /// Nothing, as far as anybody hears.
    Nothing,
}

/// Whoever shows notifications.
pub trait Notifier: Clone + Send + Sync + 'static {
    /// Shows one, and answers when it was pressed or is gone. A desktop that shows none is no error: the tray tells the same.
    fn tell(&self, news: News) -> impl Future<Output = Pressed> + Send;
}

/// Tells what becomes of jobs until there can be no more.
pub async fn tell_of_jobs<R: Runtime>(foray: Arc<Foray>, app: AppHandle<R>, notifier: impl Notifier) {
    let mut jobs = foray.job_changes();
    let mut told = HashMap::new();
    loop {
        let job = match jobs.recv().await {
            Ok(job) => job,
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        let Some(news) = News::of(&job) else {
            told.remove(&job.id);
            continue;
        };
        // What is tried again comes to the same again; it is told once.
        let is_new = told.insert(job.id, news.clone()) != Some(news.clone());
        if is_new && !has_focus(&app) {
            tauri::async_runtime::spawn(show(app.clone(), notifier.clone(), news));
        }
    }
}

async fn show<R: Runtime>(app: AppHandle<R>, notifier: impl Notifier, news: News) {
    let file = news.file.clone();
    if notifier.tell(news).await == Pressed::ShowInFolder
        && let Some(file) = file
    {
        // Where no file manager answers, the tray has the same button and says so.
        drop(app.opener().reveal_item_in_dir(file));
    }
}

fn has_focus<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.webview_windows().values().any(|window| window.is_focused().unwrap_or(false))
}
