//! The app itself: what it is, where it was last, links and folders.

use foray_core::foray::AppInfo;
use foray_core::{Error, TenantId};
use tauri::{AppHandle, Runtime, Url};
use tauri_plugin_opener::OpenerExt as _;

use super::Answered;
use crate::state::State;

const LAST_WORKSPACE: &str = "last_workspace";

#[tauri::command]
pub async fn app_info(state: tauri::State<'_, State>) -> Answered<AppInfo> {
    Ok(state.foray().await?.info())
}

/// Opens a link in the browser, if it is https and has no name or password in it.
#[tauri::command]
pub async fn open_link<R: Runtime>(app: AppHandle<R>, url: String) -> Answered<()> {
    let address = checked_link(&url)?;
    app.opener()
        .open_url(address.as_str(), None::<&str>)
        .map_err(|error| Error::Storage { what: "The browser".to_owned(), why: error.to_string() })?;
    Ok(())
}

fn checked_link(url: &str) -> Result<Url, Error> {
    let refused = || Error::bad_input("url", "Only https links are opened.");
    // Apollo still gives LinkedIn's addresses as http; the site answers on https alike.
    let secure = url.strip_prefix("http://www.linkedin.com/").map(|rest| format!("https://www.linkedin.com/{rest}"));
    let address = Url::parse(secure.as_deref().unwrap_or(url)).map_err(|_| refused())?;
    let plain = address.username().is_empty() && address.password().is_none();
    (address.scheme() == "https" && address.host_str().is_some() && plain).then_some(address).ok_or_else(refused)
}

#[tauri::command]
pub async fn last_workspace_load(state: tauri::State<'_, State>) -> Answered<Option<String>> {
    Ok(state.foray().await?.workspaces().fact(LAST_WORKSPACE).await?)
}

#[tauri::command]
pub async fn last_workspace_save(state: tauri::State<'_, State>, workspace: TenantId) -> Answered<()> {
    let foray = state.foray().await?;
    let known = foray.workspaces().get(workspace).await?;
    Ok(foray.workspaces().set_fact(LAST_WORKSPACE, known.id.to_string()).await?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_https_links_are_opened() {
        assert!(checked_link("https://www.linkedin.com/in/ana").is_ok());
        assert_eq!(checked_link("http://www.linkedin.com/in/ana").unwrap().as_str(), "https://www.linkedin.com/in/ana");
        for bad in [
            "http://evil.example",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://user:pw@x.example",
            "",
            "//x",
            "HTTPS",
        ] {
            assert!(checked_link(bad).is_err(), "{bad}");
        }
    }
}
