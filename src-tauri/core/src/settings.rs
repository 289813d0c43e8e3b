//! Settings of the app as a whole: looks, proxy, log. They lie in the registry as one text, in which an older or newer Foray
//! overlooks what it does not know.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::apollo::{ApolloClient, Origin, Proxy};
use crate::error::Error;
use crate::foray::Foray;
use crate::log::{Fact, Level};
use crate::workspace::Workspaces;

/// The registry's fact that holds them.
const FACT: &str = "settings";
/// In hundredths. Smaller nobody can read, larger the smallest window does not hold.
const ZOOM: std::ops::RangeInclusive<u16> = 75..=200;

/// As the user set them; what nobody set has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    pub contrast: Contrast,
    pub density: Density,
    /// How large everything in the window is, in hundredths.
    pub zoom: u16,
    pub proxy: Proxy,
    pub log_level: Level,
    /// The notice on other people's data was read and put away.
    pub notice_read: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            contrast: Contrast::default(),
            density: Density::default(),
            zoom: 100,
            proxy: Proxy::default(),
            log_level: Level::default(),
            notice_read: false,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    Light,
    Dark,
}

/// How much what is to be read stands out from what is behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// As the desktop has it.
    #[default]
    System,
    More,
}

/// How high a row of the table is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    Compact,
    #[default]
    Normal,
    Roomy,
}

impl Settings {
    /// As they were stored; their defaults when nothing readable was.
    pub(crate) fn load_blocking(workspaces: &Workspaces) -> Result<Self, Error> {
        let text = workspaces.fact_blocking(FACT)?;
        // Settings that can't be read keep nobody from work.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }
}

/// The settings that count, and the client that was made by them.
pub(crate) struct InUse {
    now: RwLock<(Settings, ApolloClient)>,
    deadline: Duration,
}

impl InUse {
    /// # Errors
    /// As [`ApolloClient::through`].
    pub fn new(settings: Settings, apollo: Origin, deadline: Duration) -> Result<Self, Error> {
        let client = ApolloClient::through(&settings.proxy, apollo, deadline)?;
        Ok(Self { now: RwLock::new((settings, client)), deadline })
    }

    pub fn settings(&self) -> Settings {
        self.now.read().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    pub fn client(&self) -> ApolloClient {
        self.now.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    fn client_for(&self, settings: &Settings) -> Result<ApolloClient, Error> {
        ApolloClient::through(&settings.proxy, self.client().origin().clone(), self.deadline)
    }

    fn replace(&self, settings: Settings, client: ApolloClient) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = (settings, client);
    }
}

impl Foray {
    pub fn settings(&self) -> Settings {
        self.in_use().settings()
    }

    /// Stores all settings; they count at once.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the fields `proxy` and `zoom`; the disk.
    pub async fn change_settings(&self, settings: Settings) -> Result<Settings, Error> {
        if !ZOOM.contains(&settings.zoom) {
            let message = format!("The window is shown at {} to {} per cent.", ZOOM.start(), ZOOM.end());
            return Err(Error::bad_input("zoom", message));
        }
        let settings = Settings { proxy: settings.proxy.checked()?, ..settings };
        let client = self.in_use().client_for(&settings)?;
        let text = serde_json::to_string(&settings)
            .map_err(|error| Error::Storage { what: "The settings".to_owned(), why: error.to_string() })?;
        self.workspaces().set_fact(FACT, text).await?;
        self.log().set_level(settings.log_level);
        self.log().info(
            "settings",
            &[Fact::Word("proxy", settings.proxy.name()), Fact::Word("log", settings.log_level.name())],
        );
        self.in_use().replace(settings.clone(), client);
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn settings_of_another_foray_are_read_as_far_as_they_are_known() {
        let read: Settings = serde_json::from_str(r#"{"theme":"dark","hologram":true}"#).unwrap();
        assert_eq!(read, Settings { theme: Theme::Dark, ..Settings::default() });
    }
}
