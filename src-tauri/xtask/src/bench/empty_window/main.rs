//! A window of Tauri's and nothing else: what Foray's start and memory are held against.

fn main() {
    if let Err(error) = tauri::Builder::default().run(tauri::generate_context!()) {
        eprintln!("{error}");
    }
}
