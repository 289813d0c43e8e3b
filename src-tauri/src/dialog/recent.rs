//! GTK notes every file that was chosen in one of its dialogs in a list of the desktop's, which all its dialogs show under
//! "Recent": one client's files would be offered beside another's. What was chosen here is taken out of it again.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use gtk::glib::{self, ObjectExt as _, SignalHandlerId};
use gtk::prelude::RecentManagerExt as _;
use gtk::{RecentInfo, RecentManager};
use tauri::{AppHandle, Runtime};

/// Takes a file or folder out of the list, now or as soon as GTK has noted it, which it does a moment after its dialog.
pub fn keep_out<R: Runtime>(app: &AppHandle<R>, path: &Path) {
    // Only what has an address can be in the list.
    let Ok(address) = glib::filename_to_uri(path, None) else { return };
    // An app that is closing notes nothing more.
    drop(app.run_on_main_thread(move || {
        if let Some(list) = RecentManager::default() {
            forget(&list, &address);
        }
    }));
}

fn forget(list: &RecentManager, address: &str) {
    if taken_out(list, address) {
        return;
    }
    let waiting = Rc::new(RefCell::new(None::<SignalHandlerId>));
    let (address, done) = (address.to_owned(), Rc::clone(&waiting));
    let handler = list.connect_changed(move |list| {
        if taken_out(list, &address)
            && let Some(handler) = done.take()
        {
            list.disconnect(handler);
        }
    });
    waiting.replace(Some(handler));
}

/// Whether it was there as ours and is not any more.
fn taken_out(list: &RecentManager, address: &str) -> bool {
    let Ok(Some(noted)) = list.lookup_item(address) else { return false };
    let done = is_ours(&noted) && list.remove_item(address).is_ok();
    if done {
        // GTK writes the list a moment later, which an app that is closed at once does not live to see; told so, it writes now.
        list.emit_by_name::<()>("changed", &[]);
    }
    done
}

fn is_ours(noted: &RecentInfo) -> bool {
    glib::application_name().is_some_and(|name| noted.has_application(&name))
}
