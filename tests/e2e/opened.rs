//! What the app has the desktop open: links in the browser, folders in the file manager. A program of ours stands where the
//! desktop's is looked for, and notes what it was called with.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::window::PATIENCE;

pub struct Desktop {
    folder: tempfile::TempDir,
    /// The search path with our program in front.
    pub path: String,
}

impl Desktop {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("xdg-open");
        let note = format!("#!/bin/sh\nprintf '%s\\n' \"$*\" >>'{}'\n", folder.path().join("opened").display());
        std::fs::write(&program, note).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
        Self { folder, path }
    }

    /// All that was opened, in order.
    pub fn opened(&self) -> Vec<String> {
        let noted: PathBuf = self.folder.path().join("opened");
        std::fs::read_to_string(noted).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// Waits until so many were opened; answers them.
    pub async fn wait_for(&self, count: usize) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let opened = self.opened();
            if opened.len() >= count {
                return opened;
            }
            assert!(Instant::now() < deadline, "{count} were to be opened, and {opened:?} were");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
