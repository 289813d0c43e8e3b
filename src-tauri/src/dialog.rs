//! Asking for a file name: the system's own dialog, or, in the build for end-to-end tests, a folder from the environment.

use std::path::{Path, PathBuf};

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
        let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        if is_csv { Some(path) } else { free_name(&path) }
    }
}

/// The name with `.csv`, which some dialogs don't add by themselves. The dialog did not ask about replacing a file of that
/// name, so none is: `list 2.csv` beside `list.csv`.
fn free_name(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let numbered = |number: u32| if number == 1 { format!("{name}.csv") } else { format!("{name} {number}.csv") };
    (1..1_000).map(|number| path.with_file_name(numbered(number))).find(|path| !path.exists())
}

/// Answers a file in `FORAY_E2E_SAVE_TO` without asking; while that is empty, the real dialog asks.
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
    if std::env::var_os("FORAY_E2E_SAVE_TO").is_some_and(|folder| !folder.is_empty()) {
        return Box::new(FolderFromEnvironment);
    }
    Box::new(NativeDialog(app))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_completed_by_us_replaces_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let asked = folder.path().join("list");
        assert_eq!(free_name(&asked).unwrap(), folder.path().join("list.csv"));
        std::fs::write(folder.path().join("list.csv"), "").unwrap();
        assert_eq!(free_name(&asked).unwrap(), folder.path().join("list 2.csv"));
    }
}
