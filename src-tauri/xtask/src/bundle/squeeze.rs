//! Packs a `.deb` anew with xz, as Debian's own are: Tauri knows gzip alone, which is a third larger.

use std::fs;
use std::path::Path;

use crate::project::{Project, TemporaryFolder};
use crate::stream::must_succeed;
use crate::system;
use crate::trouble::Trouble;

/// Where dpkg-deb is not to be had the package stays as it is.
pub fn squeeze(project: &Project, deb: &Path) -> Result<(), Trouble> {
    if system::find_program("dpkg-deb").is_none() {
        println!("dpkg-deb was not found, so the .deb stays packed with gzip.");
        return Ok(());
    }
    let folder = TemporaryFolder::new("squeeze")?;
    let content = folder.path().join("content");
    let mut unpack = project.command("dpkg-deb");
    unpack.arg("--raw-extract").arg(deb).arg(&content);
    must_succeed(&mut unpack, "dpkg-deb --raw-extract")?;
    let mut pack = project.command("dpkg-deb");
    pack.args(["--root-owner-group", "-Zxz", "-z9", "--build"]).arg(&content).arg(deb);
    must_succeed(&mut pack, "dpkg-deb --build")?;
    sign_again(project, deb)
}

/// A signature that was made of the package before is of no use any more. The key is in the environment, as it was then.
fn sign_again(project: &Project, deb: &Path) -> Result<(), Trouble> {
    let signature = deb.with_added_extension("sig");
    if !signature.exists() {
        return Ok(());
    }
    fs::remove_file(&signature).map_err(Trouble::io(format!("remove {}", signature.display())))?;
    let mut sign = project.command("node");
    sign.args(["ui/node_modules/@tauri-apps/cli/tauri.js", "signer", "sign"]).arg(deb);
    must_succeed(&mut sign, "`tauri signer sign`")
}
