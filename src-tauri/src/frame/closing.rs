//! Whether the window closes at once: not on what was paid for and is in memory alone, since the disk does not take it.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{Manager as _, Runtime, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};

use crate::state::State;

/// Whether the question stands. There is one window.
static ASKING: AtomicBool = AtomicBool::new(false);

/// Asks first where something would be lost. The system's own dialog does: a page that hangs must not hold its window open.
pub fn ask_first<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let held = window.state::<State>().paid_in_memory();
    if held == 0 {
        return;
    }
    api.prevent_close();
    // Whoever closes once more while the question stands is asked once.
    if ASKING.swap(true, Ordering::Relaxed) {
        return;
    }
    let closing = window.clone();
    let buttons = MessageDialogButtons::OkCancelCustom("Close anyway".to_owned(), "Keep Foray open".to_owned());
    let question = window.dialog().message(question(held)).title("Close Foray?").kind(MessageDialogKind::Warning);
    question.parent(window).buttons(buttons).show(move |close| {
        ASKING.store(false, Ordering::Relaxed);
        if close {
            // A window that is gone already is closed.
            drop(closing.destroy());
        }
    });
}

/// `held`: people and companies.
fn question(held: u64) -> String {
    let whom = if held == 1 { "1 person or company".to_owned() } else { format!("{held} people or companies") };
    format!(
        "What Apollo was paid to tell of {whom} is in memory alone, because the disk does not take it. Make room, and it is \
         written within seconds. If Foray is closed before that, it is lost."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_lost_is_counted() {
        assert!(question(1).starts_with("What Apollo was paid to tell of 1 person or company is in memory alone"));
        assert!(question(10).contains(" of 10 people or companies is "));
    }
}
