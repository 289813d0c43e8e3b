//! How the web view paints where the computer has no graphics processor, as on many virtual machines and remote desktops: by
//! itself. Otherwise it would have a processor imitated, which takes about as long again until the first rows stand there,
//! and again at each key. Linux only; elsewhere the system's own web view sees to it.

use std::fs;
use std::path::Path;

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// Where the system lists what can draw; there is nothing to it where it lists nothing.
const DEVICES: &str = "/dev/dri";

/// Has the web view paint without a graphics processor where there is none.
pub fn without_processor<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    if has_processor(Path::new(DEVICES)) {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Whether one of them draws on its own: those that only show pictures are named otherwise.
fn has_processor(devices: &Path) -> bool {
    let Ok(listed) = fs::read_dir(devices) else { return false };
    listed.flatten().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_computer_that_lists_nothing_that_draws_has_no_processor() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_processor(&folder.path().join("not there")));
        fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!has_processor(folder.path()), "a screen alone draws nothing");
        fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(has_processor(folder.path()));
    }
}
