//! What is written from Rust: the front end's types, and the fixture of a new version of a schema. The same tests that find
//! drift do the writing.

use std::process::ExitCode;

use crate::project::Project;
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// `cargo xtask types`.
pub fn types(project: &Project) -> Result<ExitCode, Trouble> {
    let mut command = project.cargo(["test", "--quiet", "--package", "foray-core", "--test", "types"]);
    command.env("FORAY_WRITE_TYPES", "1");
    must_succeed(&mut command, "write the types")?;
    println!("Wrote ui/src/backend/types.ts");
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask fixtures`: never writes over one that is there.
pub fn fixtures(project: &Project) -> Result<ExitCode, Trouble> {
    let mut command = project.cargo(["test", "--quiet", "--package", "foray-core", "--test", "upgrade", "newest"]);
    command.env("FORAY_WRITE_FIXTURES", "1");
    must_succeed(&mut command, "write the fixtures")?;
    println!("src-tauri/core/tests/fixtures/schemas has a fixture of every schema's newest version");
    Ok(ExitCode::SUCCESS)
}
