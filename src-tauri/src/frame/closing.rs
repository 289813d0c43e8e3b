//! Whether the window closes at once: not on what was paid for and is in memory alone, since the disk does not take it.

use std::sync::atomic::{AtomicBool, Ordering};

use foray_core::search::PaidInMemory;
use tauri::{Manager as _, Runtime, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};

use crate::state::State;

/// Whether the question stands. There is one window.
static ASKING: AtomicBool = AtomicBool::new(false);

/// Asks first where something would be lost. The system's own dialog does: a page that hangs must not hold its window open.
pub fn ask_first<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let held = window.state::<State>().paid_in_memory();
    if held == PaidInMemory::default() {
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

fn question(held: PaidInMemory) -> String {
    let counted = |number: u64, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    };
    let enriched = counted(held.enriched, "person or company", "people or companies");
    let pages = counted(held.pages, "page of a search", "pages of searches");
    let what: Vec<String> = enriched.into_iter().chain(pages).collect();
    format!(
        "What Apollo was paid for is in memory alone, because the disk does not take it: {}. Make room, and it is written \
         within seconds. If Foray is closed before that, it is lost.",
        what.join(" and ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_lost_is_counted() {
        let asked = |enriched, pages| question(PaidInMemory { enriched, pages });
        assert!(asked(1, 0).contains(" does not take it: 1 person or company. "));
        assert!(asked(10, 1).contains(": 10 people or companies and 1 page of a search. "));
        assert!(asked(0, 2).contains(": 2 pages of searches. "));
    }
}
