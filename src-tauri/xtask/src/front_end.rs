//! The front end's set-up: Node, its modules, and the pages that the window carries.

use std::path::Path;
use std::process::Stdio;

use crate::project::Project;
use crate::stream::must_succeed;
use crate::trouble::Trouble;

/// The oldest Node that the front end's build tool runs on (Vite 8: 20.19 or 22.12 and newer).
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Checks that Node is there and new enough.
pub fn ensure_node(project: &Project) -> Result<(), Trouble> {
    let output = project.command("node").arg("--version").stderr(Stdio::null()).output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let (major, minor) = OLDEST_NODE;
    match version(&said) {
        Some(found) if found >= OLDEST_NODE => {
            println!("Node {said}");
            Ok(())
        }
        Some(_) => Err(Trouble::Tool(format!(
            "the front end needs Node {major}.{minor} or newer, and this is {said}. Get it from https://nodejs.org, then start again."
        ))),
        None => Err(Trouble::Tool(format!(
            "the front end needs Node {major}.{minor} or newer, and `node` was not found. Get it from https://nodejs.org, then start again."
        ))),
    }
}

/// Installs the modules when they are missing or older than the lock file.
pub fn ensure_modules(project: &Project) -> Result<(), Trouble> {
    // npm writes this file at the end of every successful installation.
    let installed = project.path("ui/node_modules/.package-lock.json");
    if is_as_new_as(&installed, &project.path("ui/package-lock.json")) {
        println!("Front end: modules are up to date.");
        return Ok(());
    }
    must_succeed(&mut project.npm(INSTALL), "`npm ci` in ui/")
}

/// What installs exactly the versions of the lock file.
pub const INSTALL: [&str; 3] = ["ci", "--no-audit", "--no-fund"];

/// Builds the pages into ui/dist.
pub fn build(project: &Project) -> Result<(), Trouble> {
    must_succeed(&mut project.npm(["run", "build"]), "`npm run build` in ui/")
}

/// Major and minor of "v20.19.3".
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Whether this file is at least as new as the other; no when either is missing.
pub fn is_as_new_as(file: &Path, other: &Path) -> bool {
    let changed = |path: &Path| path.metadata().and_then(|facts| facts.modified()).ok();
    matches!((changed(file), changed(other)), (Some(file), Some(other)) if file >= other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(version("v20.19.3"), Some((20, 19)));
        assert_eq!(version("v18.0.0-pre"), Some((18, 0)));
        assert_eq!(version(""), None);
        assert_eq!(version("node: not found"), None);
    }

    #[test]
    fn debians_own_node_is_too_old() {
        assert!(version("v18.19.0") < Some(OLDEST_NODE));
        assert!(version("v22.12.0") > Some(OLDEST_NODE));
    }

    #[test]
    fn a_missing_file_is_never_new_enough() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        assert!(is_as_new_as(&manifest, &manifest));
        assert!(!is_as_new_as(Path::new("/no/such/file"), &manifest));
        assert!(!is_as_new_as(&manifest, Path::new("/no/such/file")));
    }
}
