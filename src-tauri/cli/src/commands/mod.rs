//! The commands, each in its own file; here each is only led to its file and what it needs is opened.

mod account;
mod cache;
mod companies;
mod enrich;
mod export;
mod jobs;
mod keys;
mod people;
mod personas;
mod sandbox;
mod search;
mod status;
mod undecided;
mod usage;
mod wanted;
mod way_on;
mod workspaces;

use crate::args::{Account, Cache, Cli, Command, Companies, Place};
use crate::exit::{self, Failure};
use crate::output;
use crate::session::{Needs, Session, open_folder, tell_notices};

/// Runs one command and answers its exit status.
pub async fn run(cli: Cli, json: bool) -> Result<u8, Failure> {
    let place = cli.place;
    match cli.command {
        Command::Workspaces(command) => {
            let foray = open_folder(&place, workspaces::needs(&command)).await?;
            let outcome = workspaces::run(&foray, command).await;
            tell_notices(&foray, json);
            outcome
        }
        Command::Key(command) => {
            let target = keys::target(&command).workspace.clone();
            within(&place, &target, json, keys::needs(&command), async |session| keys::run(session, command).await)
                .await
        }
        Command::Personas(command) => {
            let target = personas::target(&command).workspace.clone();
            within(&place, &target, json, Needs::Data, async |session| personas::run(session, command).await).await
        }
        Command::People(command) => {
            let target = people::target(&command).workspace.clone();
            within(&place, &target, json, people::needs(&command), async |session| people::run(session, command).await)
                .await
        }
        Command::Companies(Companies::Enrich(enrich)) => {
            let target = enrich.target.workspace.clone();
            within(&place, &target, json, Needs::Calls, async |session| companies::enrich(session, enrich).await).await
        }
        Command::Search(search) => {
            let target = search.target.workspace.clone();
            within(&place, &target, json, Needs::Calls, async |session| search::run(session, search).await).await
        }
        Command::Export(export) => {
            let target = export.target.workspace.clone();
            within(&place, &target, json, Needs::Calls, async |session| export::run(session, export).await).await
        }
        Command::Jobs(command) => {
            let target = jobs::target(&command).workspace.clone();
            within(&place, &target, json, jobs::needs(&command), async |session| {
                Box::pin(jobs::run(session, command)).await
            })
            .await
        }
        Command::Usage(usage) => {
            if let Some(target) = usage.workspace.clone() {
                let needs = if usage.ask { Needs::Calls } else { Needs::Key };
                return within(&place, &target, json, needs, async |session| usage::of_one(session, &usage).await)
                    .await;
            }
            let foray = open_folder(&place, Needs::Key).await?;
            let outcome = usage::of_all(&foray, &usage).await;
            tell_notices(&foray, json);
            foray.settle().await;
            outcome
        }
        Command::Account(Account::Check { target, json: as_json }) => {
            within(&place, &target.workspace, json, Needs::Calls, async |session| {
                account::check(session, as_json).await
            })
            .await
        }
        Command::Status(status) => {
            let target = status.target.workspace.clone();
            within(&place, &target, json, Needs::Key, async |session| status::run(session, &status).await).await
        }
        Command::Cache(Cache::Forget(forget)) => {
            let target = forget.target.workspace.clone();
            within(&place, &target, json, Needs::Key, async |session| cache::forget(session, forget).await).await
        }
        Command::Diagnostics(target) => {
            within(&place, &target.workspace, json, Needs::Key, async |session| {
                output::print(&session.foray.diagnostics(session.tenant()).await?)?;
                Ok(exit::DONE)
            })
            .await
        }
        Command::Sandbox(options) => sandbox::run(options).await,
    }
}

/// Runs a command about one workspace, and says afterwards what was noticed about its files.
async fn within(
    place: &Place,
    workspace: &str,
    json: bool,
    needs: Needs,
    work: impl AsyncFnOnce(&Session) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    let session = Session::open(place, workspace, needs).await?;
    let outcome = work(&session).await;
    tell_notices(&session.foray, json);
    session.foray.settle().await;
    session.close();
    outcome
}
