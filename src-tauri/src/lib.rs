//! The window: thin commands around `foray-core`, and what keeps strangers out of it. No rule of the product lives here.

pub mod commands;
mod dialog;
mod first;
mod frame;
mod notify;
pub mod state;

use tauri::{Builder, Context, Runtime};

pub use state::State;

/// The app's configuration, its front end, and what its window may call.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Adds state, plugins and commands to a builder; the same for the real window and for tests.
pub fn equip<R: Runtime>(builder: Builder<R>, state: State) -> Builder<R> {
    builder.plugin(tauri_plugin_dialog::init()).plugin(tauri_plugin_opener::init()).manage(state).invoke_handler(
        tauri::generate_handler![
            commands::app::app_info,
            commands::app::open_link,
            commands::app::last_workspace_load,
            commands::app::last_workspace_save,
            commands::backups::persona_import,
            commands::backups::persona_share,
            commands::backups::saved_file_show,
            commands::backups::workspace_backup,
            commands::backups::workspace_restore,
            commands::enrich::enrich_estimate,
            commands::enrich::enrich_start,
            commands::enrich::undecided_accept,
            commands::enrich::undecided_list,
            commands::enrich::undecided_look_up,
            commands::enrich::undecided_retry,
            commands::exports::export_choose_file,
            commands::exports::export_estimate,
            commands::jobs::export_start,
            commands::jobs::job_cancel,
            commands::jobs::job_forget,
            commands::jobs::job_move,
            commands::jobs::job_pause,
            commands::jobs::job_price,
            commands::jobs::job_resume,
            commands::jobs::job_show_in_folder,
            commands::jobs::jobs_list,
            commands::jobs::rerun_estimate,
            commands::jobs::rerun_start,
            commands::keys::key_check,
            commands::keys::key_clear,
            commands::keys::key_set,
            commands::keys::key_status,
            commands::keys::key_use_for_this_run,
            commands::people::people_counts,
            commands::people::people_facets,
            commands::people::people_selection_export,
            commands::people::people_selection_window,
            commands::people::people_window,
            commands::people::person,
            commands::people::person_place,
            commands::personas::persona_remove,
            commands::personas::persona_save,
            commands::personas::personas_list,
            commands::personas::starter_personas,
            commands::personas::vocabulary,
            commands::search::activity,
            commands::search::cache_forget,
            commands::search::diagnostics,
            commands::search::forgive_lost_ledger,
            commands::search::search,
            commands::search::search_peek,
            commands::search::search_refresh,
            commands::search::status,
            commands::settings::data_folder_show,
            commands::settings::log_folder_show,
            commands::settings::settings_load,
            commands::settings::settings_save,
            commands::settings::window_reset,
            commands::usage::account_check,
            commands::usage::usage,
            commands::usage::usage_ask,
            commands::usage::usage_export,
            commands::workspaces::view_load,
            commands::workspaces::view_save,
            commands::workspaces::workspace_add,
            commands::workspaces::workspace_change,
            commands::workspaces::workspace_choose_export_folder,
            commands::workspaces::workspace_remove,
            commands::workspaces::workspace_rename,
            commands::workspaces::workspaces_list,
        ],
    )
}

/// Opens the window and stays until it is closed, and a call that is under way then has ended: it may have been paid.
///
/// # Errors
/// When the system gives no window.
pub fn run() -> tauri::Result<()> {
    let state = State::from_environment();
    let mut builder = tauri::Builder::default();
    // Before everything else, so that a second start ends before it opened anything.
    let folder = state.data_dir().ok();
    if let Some(first) = folder.and_then(|folder| first::plugin(&folder, state.has_own_folder())) {
        builder = builder.plugin(first);
    }
    let window = equip(builder, state).setup(frame::open);
    window.on_window_event(frame::remember).on_window_event(frame::ask_first).build(context())?.run(frame::heed);
    Ok(())
}
