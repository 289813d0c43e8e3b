//! One window for each data folder: whoever starts Foray a second time sees the first window come to the front. Must never
//! hold up a start: where the system has no means to ask, a further window opens, and the core serves both.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Runtime};

/// The app's name on the session's bus, with the folder's mark behind it.
const NAME: &str = "io.foray.app";

/// Ends a second start on the same data folder, after the first has come to the front; none where two folders could not be
/// told apart. `own_folder` says that the folder is not the usual one.
pub fn plugin<R: Runtime>(data_dir: &Path, own_folder: bool) -> Option<TauriPlugin<R>> {
    // macOS and Windows know a running app by its identifier alone, whatever folder it works in.
    if own_folder && !cfg!(target_os = "linux") {
        return None;
    }
    let second_start = |app: &AppHandle<R>, _arguments, _folder| come_to_front(app);
    Some(tauri_plugin_single_instance::Builder::new().callback(second_start).dbus_id(bus_name(data_dir)).build())
}

fn come_to_front<R: Runtime>(app: &AppHandle<R>) {
    for window in app.webview_windows().values() {
        // A window that can't be shown is being closed; the second start is then the user's next try.
        drop(window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus()));
    }
}

/// A name that the bus takes, the same for each spelling of a folder. The two sides are the same program, or two versions
/// of it during an upgrade: should they disagree, there are two windows.
fn bus_name(data_dir: &Path) -> String {
    let folder = std::fs::canonicalize(data_dir).or_else(|_| std::path::absolute(data_dir));
    let mut hasher = DefaultHasher::new();
    folder.as_deref().unwrap_or(data_dir).hash(&mut hasher);
    format!("{NAME}.folder{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_folder_has_one_name_and_two_folders_have_two() {
        let folder = tempfile::tempdir().unwrap();
        let spelled = folder.path().join("other").join("..");
        std::fs::create_dir(folder.path().join("other")).unwrap();
        assert_eq!(bus_name(folder.path()), bus_name(&spelled));
        assert_ne!(bus_name(folder.path()), bus_name(&folder.path().join("other")));
    }

    #[test]
    fn the_name_is_one_that_the_bus_takes() {
        let name = bus_name(Path::new("/home/ana/Daten für Grüße/foray-1"));
        assert!(name.len() < 255 && name.split('.').all(|part| part.starts_with(|c: char| c.is_ascii_alphabetic())));
        assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '.'), "{name}");
    }
}
