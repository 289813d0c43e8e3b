//! `sandbox`: the stand-in for Apollo, until Ctrl-C.

use foray_sandbox::{Faults, OptionError, Options, Plan, StartError};

use crate::args::Sandbox;
use crate::exit::{DONE, Failure};
use crate::output;

pub async fn run(asked: Sandbox) -> Result<u8, Failure> {
    let bad = |field: &'static str| move |error: OptionError| Failure::bad_input(field, error.to_string());
    let options = Options {
        port: asked.port,
        people: asked.people,
        seed: asked.seed,
        plan: asked.plan.parse::<Plan>().map_err(bad("plan"))?,
        faults: Faults::from_parts(&asked.fault).map_err(bad("fault"))?,
        ..Options::default()
    };
    let sandbox = foray_sandbox::start(options).await.map_err(|error| match error {
        StartError::Bind { .. } => Failure::bad_input("port", error.to_string()),
        error => Failure::other("sandbox", error.to_string()),
    })?;
    output::print(&format!("{}\n", sandbox.origin()))?;
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| Failure::other("sandbox", format!("Ctrl-C can't be heard: {error}.")))?;
    sandbox.stop().await;
    Ok(DONE)
}
