//! Opens the data folder for one command: where it is, which Apollo, whose key, and the stand-in for the sample workspace.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use foray_core::apollo::origin::{APOLLO, Origin};
use foray_core::clock::SystemClock;
use foray_core::foray::default_data_dir;
use foray_core::secrets::{ApiKey, SystemKeyring};
use foray_core::workspace::{Workspace, fold_name};
use foray_core::{Error, Foray, Options, TenantId};
use foray_sandbox::Sandbox;

use crate::args::Place;
use crate::exit::Failure;
use crate::output;

/// The deadline of a call (resilience.md).
const DEADLINE: Duration = Duration::from_secs(10);
/// The folded name that is reserved for the sample workspace.
const SAMPLE: &str = "sample";

/// What a command needs besides the data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Data,
    /// The key of the environment, at least to say that it is there.
    Key,
    /// Key and Apollo; for the sample workspace its stand-in.
    Calls,
}

/// The open data folder and the workspace that a command is about.
pub struct Session {
    pub foray: Foray,
    pub workspace: Workspace,
    /// Ends with the session.
    stand_in: Option<Sandbox>,
}

impl Session {
    pub async fn open(place: &Place, workspace: &str, needs: Needs) -> Result<Self, Failure> {
        // The sample workspace's name is reserved, so the name alone tells what is not to be touched.
        let sample = is_sample(workspace);
        let key = if sample || needs == Needs::Data { None } else { environment_key()? };
        let stand_in = if sample && needs == Needs::Calls { Some(stand_in(&data_dir(place)?).await?) } else { None };
        let origin = stand_in.as_ref().map(|sandbox| Origin::parse(&sandbox.origin())).transpose()?;
        // Only a workspace of one's own reaches Apollo.
        let apollo = if sample || needs == Needs::Data { unused_apollo(place)? } else { apollo(place)? };
        let foray = open(place, apollo, key, origin).await?;
        let found = foray.workspaces().resolve(workspace).await.map_err(|error| {
            // A list that was damaged and set aside may be why the workspace is not known; that is said once only.
            Failure::from(error).with_notices(&foray.info().notices)
        })?;
        if found.sample != sample {
            let message = "That name is the sample workspace's id. Name this workspace by its own id.";
            return Err(Failure::bad_input("workspace", message));
        }
        Ok(Self { foray, workspace: found, stand_in })
    }

    pub fn tenant(&self) -> TenantId {
        self.workspace.id
    }

    /// Ends the stand-in, if there is one, once nothing needs it any more.
    pub fn close(self) {
        drop(self.stand_in);
    }
}

/// The data folder for a command about the folder itself: no stand-in, and the key only where it is needed.
pub async fn open_folder(place: &Place, needs: Needs) -> Result<Foray, Failure> {
    match needs {
        Needs::Data => open(place, unused_apollo(place)?, None, None).await,
        Needs::Key | Needs::Calls => open(place, apollo(place)?, environment_key()?, None).await,
    }
}

/// Says what the user should know of the data folder, such as a damaged file that was set aside.
pub fn tell_notices(foray: &Foray, json: bool) {
    if !json {
        foray.info().notices.iter().for_each(|notice| output::tell(notice));
    }
}

async fn stand_in(data_dir: &Path) -> Result<Sandbox, Failure> {
    let started = foray_sandbox::start(foray_sandbox::Options::of_sample(data_dir)).await;
    started.map_err(|error| Failure::other("sandbox", error.to_string()))
}

async fn open(
    place: &Place,
    apollo: Origin,
    environment_key: Option<ApiKey>,
    sandbox: Option<Origin>,
) -> Result<Foray, Failure> {
    let options = Options {
        apollo,
        data_dir: data_dir(place)?,
        sandbox,
        environment_key,
        keys: Arc::new(SystemKeyring::default()),
        clock: Arc::new(SystemClock::start()),
        deadline: DEADLINE,
        background: false,
    };
    Ok(Foray::open(options).await?)
}

/// For a command that reaches no Apollo: what is typed is checked all the same, what stands in the environment is not.
fn unused_apollo(place: &Place) -> Result<Origin, Failure> {
    Ok(Origin::parse(place.apollo_url.as_deref().unwrap_or(APOLLO))?)
}

fn apollo(place: &Place) -> Result<Origin, Failure> {
    let named = match &place.apollo_url {
        Some(named) => Some(named.clone()),
        None => environment("FORAY_APOLLO_URL", "apollo_url")?,
    };
    Ok(Origin::parse(named.as_deref().unwrap_or(APOLLO))?)
}

fn data_dir(place: &Place) -> Result<PathBuf, Error> {
    let named = place.data_dir.clone();
    let named =
        named.or_else(|| std::env::var_os("FORAY_DATA_DIR").filter(|named| !named.is_empty()).map(PathBuf::from));
    named.map_or_else(default_data_dir, Ok)
}

fn environment_key() -> Result<Option<ApiKey>, Failure> {
    let Some(text) = environment("FORAY_APOLLO_KEY", "key")? else { return Ok(None) };
    ApiKey::parse(&text).map(Some).map_err(|_| unusable("FORAY_APOLLO_KEY", "key"))
}

/// A variable of the environment; empty counts as not set.
fn environment(name: &str, field: &str) -> Result<Option<String>, Failure> {
    match std::env::var_os(name).filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) => value.into_string().map(Some).map_err(|_| unusable(name, field)),
    }
}

/// Never shows the value: it may be a key.
fn unusable(name: &str, field: &str) -> Failure {
    Failure::bad_input(
        field,
        format!("What {name} holds can't be used: it has blanks or characters that don't belong there."),
    )
}

/// Whether a name or id means the sample workspace; its name is reserved.
fn is_sample(name_or_id: &str) -> bool {
    fold_name(name_or_id) == SAMPLE || name_or_id.trim() == TenantId::SAMPLE.to_string()
}
