//! Asking for a file name: the system's own dialog, or, in the build for end-to-end tests, a folder from the environment.

use std::path::PathBuf;

use tauri::{AppHandle, Runtime};

/// Where to save; none when the user cancelled.
pub trait SaveDialog {
    fn ask(&self, suggested: &str) -> Option<PathBuf>;
}

/// The system's dialog. Blocks until it is closed, so never on the main thread.
pub struct NativeDialog<R: Runtime>(pub AppHandle<R>);

impl<R: Runtime> SaveDialog for NativeDialog<R> {
    fn ask(&self, suggested: &str) -> Option<PathBuf> {
        use tauri_plugin_dialog::DialogExt as _;
        let chosen = self
            .0
            .dialog()
            .file()
            .set_title("Export as CSV")
            .set_file_name(suggested)
            .add_filter("CSV", &["csv"])
            .blocking_save_file()?;
        let path = chosen.into_path().ok()?;
        // Some dialogs don't add the ending by themselves.
        let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        Some(if is_csv { path } else { PathBuf::from(format!("{}.csv", path.display())) })
    }
}

/// Answers a file in `FORAY_E2E_SAVE_TO` without asking; with `FORAY_E2E_NATIVE_DIALOG` set, the real one asks.
#[cfg(feature = "e2e")]
pub struct FolderFromEnvironment;

#[cfg(feature = "e2e")]
impl SaveDialog for FolderFromEnvironment {
    fn ask(&self, suggested: &str) -> Option<PathBuf> {
        std::env::var_os("FORAY_E2E_SAVE_TO").map(|folder| PathBuf::from(folder).join(suggested))
    }
}

/// The dialog of this build.
pub fn save_dialog<R: Runtime>(app: AppHandle<R>) -> Box<dyn SaveDialog + Send> {
    #[cfg(feature = "e2e")]
    if std::env::var_os("FORAY_E2E_SAVE_TO").is_some() {
        return Box::new(FolderFromEnvironment);
    }
    Box::new(NativeDialog(app))
}
