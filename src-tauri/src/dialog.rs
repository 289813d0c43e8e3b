//! Asking for files and folders: the system's own dialogs, or, in the build for end-to-end tests, paths from the environment.

#[cfg(target_os = "linux")]
mod recent;

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};

/// What is saved or opened.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What stands on the dialog.
    pub title: &'static str,
    pub name: &'static str,
    pub extension: &'static str,
}

pub const CSV: Kind = Kind { title: "Export as CSV", name: "CSV", extension: "csv" };
pub const BACKUP: Kind =
    Kind { title: "Workspace backup", name: "Backup of Foray", extension: foray_core::backup::EXTENSION };
pub const PERSONA: Kind = Kind { title: "Persona", name: "Persona of Foray", extension: "json" };

/// Each starts in `folder`, or in the user's documents: never where a dialog of another workspace was last. Each answers none
/// when the user cancelled. They block until the dialog is closed, so never on the main thread.
pub trait Dialogs {
    /// Where to save; the dialog has asked about replacing what is there.
    fn save(&self, kind: Kind, suggested: &str, folder: Option<&Path>) -> Option<PathBuf>;
    fn open(&self, kind: Kind, folder: Option<&Path>) -> Option<PathBuf>;
    fn folder(&self, title: &str, folder: Option<&Path>) -> Option<PathBuf>;
}

/// The system's dialogs.
pub struct Native<R: Runtime>(pub AppHandle<R>);

impl<R: Runtime> Native<R> {
    fn file(&self, title: &str, folder: Option<&Path>) -> FileDialogBuilder<R> {
        let dialog = self.0.dialog().file().set_title(title);
        let (documents, home) = (self.0.path().document_dir().ok(), self.0.path().home_dir().ok());
        // A folder that is gone would leave some dialogs nowhere.
        let mut folders = [folder.map(Path::to_path_buf), documents, home].into_iter().flatten();
        match folders.find(|folder| folder.is_dir()) {
            Some(folder) => dialog.set_directory(folder),
            None => dialog,
        }
    }

    fn chosen(&self, path: Option<FilePath>) -> Option<PathBuf> {
        let path = path?.into_path().ok()?;
        #[cfg(target_os = "linux")]
        recent::keep_out(&self.0, &path);
        Some(path)
    }
}

impl<R: Runtime> Dialogs for Native<R> {
    fn save(&self, kind: Kind, suggested: &str, folder: Option<&Path>) -> Option<PathBuf> {
        let dialog = self.file(kind.title, folder).set_file_name(suggested).add_filter(kind.name, &[kind.extension]);
        let path = self.chosen(dialog.blocking_save_file())?;
        let ends_right = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(kind.extension));
        if ends_right { Some(path) } else { free_name(&path, kind.extension) }
    }

    fn open(&self, kind: Kind, folder: Option<&Path>) -> Option<PathBuf> {
        let dialog = self.file(kind.title, folder).add_filter(kind.name, &[kind.extension]);
        self.chosen(dialog.blocking_pick_file())
    }

    fn folder(&self, title: &str, folder: Option<&Path>) -> Option<PathBuf> {
        self.chosen(self.file(title, folder).blocking_pick_folder())
    }
}

/// The name with its ending, which some dialogs don't add by themselves. The dialog did not ask about replacing a file of
/// that name, so none is: `list 2.csv` beside `list.csv`.
fn free_name(path: &Path, extension: &str) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let numbered = |number: u32| match number {
        1 => format!("{name}.{extension}"),
        _ => format!("{name} {number}.{extension}"),
    };
    (1..1_000).map(|number| path.with_file_name(numbered(number))).find(|path| !path.exists())
}

/// A plain file name out of a suggestion: no folders, nothing a file system refuses.
pub fn file_name(suggested: &str, kind: Kind) -> String {
    let kept: String = suggested
        .chars()
        .map(|letter| if letter.is_control() || "/\\:*?\"<>|".contains(letter) { '-' } else { letter })
        .take(120)
        .collect();
    let kept = kept.trim_matches([' ', '.', '-']);
    let end = format!(".{}", kind.extension);
    let stem = kept.strip_suffix(&end).unwrap_or(kept);
    format!("{}{end}", if stem.is_empty() { "people" } else { stem })
}

/// Answers a file in the folder `FORAY_E2E_SAVE_TO`, the file `FORAY_E2E_OPEN` or that folder, without asking; while the
/// folder is empty, the real dialogs ask.
#[cfg(feature = "e2e")]
pub struct FromEnvironment;

#[cfg(feature = "e2e")]
impl Dialogs for FromEnvironment {
    fn save(&self, _: Kind, suggested: &str, _: Option<&Path>) -> Option<PathBuf> {
        std::env::var_os("FORAY_E2E_SAVE_TO").map(|folder| PathBuf::from(folder).join(suggested))
    }

    fn open(&self, _: Kind, _: Option<&Path>) -> Option<PathBuf> {
        std::env::var_os("FORAY_E2E_OPEN").map(PathBuf::from)
    }

    fn folder(&self, _: &str, _: Option<&Path>) -> Option<PathBuf> {
        std::env::var_os("FORAY_E2E_SAVE_TO").map(PathBuf::from)
    }
}

/// The dialogs of this build.
pub fn dialogs<R: Runtime>(app: AppHandle<R>) -> Box<dyn Dialogs + Send> {
    #[cfg(feature = "e2e")]
    if std::env::var_os("FORAY_E2E_SAVE_TO").is_some_and(|folder| !folder.is_empty()) {
        return Box::new(FromEnvironment);
    }
    Box::new(Native(app))
}

/// Asks without keeping an async thread waiting.
///
/// # Errors
/// When the dialog broke off.
pub async fn ask<R: Runtime>(
    app: AppHandle<R>,
    question: impl FnOnce(&dyn Dialogs) -> Option<PathBuf> + Send + 'static,
) -> Result<Option<PathBuf>, foray_core::Error> {
    let dialogs = dialogs(app);
    tauri::async_runtime::spawn_blocking(move || question(dialogs.as_ref()))
        .await
        .map_err(|error| foray_core::Error::Storage { what: "The file dialog".to_owned(), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_completed_by_us_replaces_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let asked = folder.path().join("list");
        assert_eq!(free_name(&asked, "csv").unwrap(), folder.path().join("list.csv"));
        std::fs::write(folder.path().join("list.csv"), "").unwrap();
        assert_eq!(free_name(&asked, "csv").unwrap(), folder.path().join("list 2.csv"));
    }

    #[test]
    fn a_suggested_name_is_a_plain_file_of_its_kind() {
        assert_eq!(file_name("Sales leaders, DACH.csv", CSV), "Sales leaders, DACH.csv");
        assert_eq!(file_name("../../etc/passwd", CSV), "etc-passwd.csv");
        assert_eq!(file_name("a:b*c?", CSV), "a-b-c.csv");
        assert_eq!(file_name("Acme Inc. 2026-11-28", BACKUP), "Acme Inc. 2026-11-28.foray-backup");
        assert_eq!(file_name("", CSV), "people.csv");
        assert_eq!(file_name("...", CSV), "people.csv");
    }
}
