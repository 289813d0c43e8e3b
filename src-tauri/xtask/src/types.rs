//! `cargo xtask types`: writes the front end's types anew from Rust. The same test that finds drift does the writing.

use std::process::ExitCode;

use crate::project::Project;
use crate::stream::must_succeed;
use crate::trouble::Trouble;

pub fn types(project: &Project) -> Result<ExitCode, Trouble> {
    let mut command = project.cargo(["test", "--quiet", "--package", "foray-core", "--test", "types"]);
    command.env("FORAY_WRITE_TYPES", "1");
    must_succeed(&mut command, "write the types")?;
    println!("Wrote ui/src/backend/types.ts");
    Ok(ExitCode::SUCCESS)
}
