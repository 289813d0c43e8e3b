//! A clean Debian 12 in a folder: made once with debootstrap from the mirror that this machine uses, and then only looked
//! at. What is done in it goes to a layer of its own, which is therefore the list of everything that changed. Needs root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::stream::must_succeed;
use crate::trouble::Trouble;

const RELEASE: &str = "bookworm";

/// Enters the root `$1`, whose layers are `$2` (what was there) and `$3` (what changes), and becomes the rest of the line.
/// The mounts end with the process, however it ends.
const ENTER: &str = r#"
set -e
root=$1 base=$2 changes=$3; shift 3
mount -t overlay overlay -o "lowerdir=$base,upperdir=$changes/upper,workdir=$changes/work" "$root"
for shared in proc dev tmp; do mount --rbind "/$shared" "$root/$shared"; done
exec chroot "$root" "$@"
"#;

/// Where package managers and the system keep their books: whatever is installed and removed, these change.
const BOOKS: [&str; 5] = ["var/lib/dpkg/", "var/lib/apt/", "var/cache/", "var/log/", "etc/ld.so.cache"];

/// A root with a fresh layer of changes.
pub struct CleanRoot {
    base: PathBuf,
    changes: PathBuf,
}

impl CleanRoot {
    /// Makes the root with these packages in it, unless it was made before; then with nothing changed. `folder` is kept
    /// for the next time, `changes` is for this time alone and must be on a file system that layers can lie on.
    pub fn new(project: &Project, folder: &Path, changes: &Path, packages: &str) -> Result<Self, Trouble> {
        let root = Self { base: folder.join("base"), changes: changes.to_path_buf() };
        let made = folder.join("made");
        if fs::read_to_string(&made).is_ok_and(|found| found == packages) {
            println!("Clean Debian: {} is there.", root.base.display());
        } else {
            if folder.exists() {
                fs::remove_dir_all(folder).map_err(Trouble::io(format!("empty {}", folder.display())))?;
            }
            make_folders(&[&root.base])?;
            root.bootstrap(project)?;
            root.install_base(project, packages)?;
            fs::write(&made, packages).map_err(Trouble::io(format!("write {}", made.display())))?;
        }
        make_layers(changes)?;
        Ok(root)
    }

    fn bootstrap(&self, project: &Project) -> Result<(), Trouble> {
        let mut debootstrap = project.command("debootstrap");
        debootstrap.args(["--variant=minbase", RELEASE]).arg(&self.base);
        let targets = apt_targets(project, "$(REPO_URI)")?;
        // Without a mirror of its own, debootstrap takes Debian's.
        debootstrap.args(targets.lines().next());
        must_succeed(&mut debootstrap, "debootstrap")?;
        let sources = apt_targets(project, "deb $(REPO_URI) $(RELEASE) $(COMPONENT)")?;
        if sources.is_empty() {
            return Ok(());
        }
        let list = self.base.join("etc/apt/sources.list");
        fs::write(&list, sources).map_err(Trouble::io(format!("write {}", list.display())))
    }

    /// Packages that belong to the clean system, installed into the base itself.
    fn install_base(&self, project: &Project, packages: &str) -> Result<(), Trouble> {
        let script = "apt-get update && apt-get install -y --no-install-recommends $0 && apt-get clean";
        let mut install = project.command("unshare");
        let enter =
            "for shared in proc dev; do mount --rbind \"/$shared\" \"$0/$shared\"; done; exec chroot \"$0\" \"$@\"";
        install.args(["--mount", "sh", "-c", enter]).arg(&self.base).args(["sh", "-c", script]).args([packages]);
        must_succeed(install.env("DEBIAN_FRONTEND", "noninteractive"), "apt-get in the clean Debian")
    }

    /// A command inside. The machine's `/tmp` is there too, so files lie at the same path on both sides.
    pub fn command(&self, project: &Project, program: &str) -> Command {
        let mut command = project.command("unshare");
        command.args(["--mount", "sh", "-c", ENTER, "enter"]);
        command.arg(self.changes.join("root")).arg(&self.base).arg(&self.changes).arg(program);
        command
    }

    /// The files that are there now and were not before, without the system's books.
    pub fn new_files(&self) -> Result<Vec<String>, Trouble> {
        let upper = self.changes.join("upper");
        let mut found = Vec::new();
        walk(&upper, &mut |path| {
            let inside = path.strip_prefix(&upper).unwrap_or(path);
            let name = inside.to_string_lossy().into_owned();
            let book = BOOKS.iter().any(|book| name.starts_with(book) || name == book.trim_end_matches('/'));
            if !book && fs::symlink_metadata(self.base.join(inside)).is_err() {
                found.push(name);
            }
        })?;
        found.sort();
        Ok(found)
    }
}

/// What this machine's apt knows of Debian's own packages of the release, a line each; nothing on another system.
fn apt_targets(project: &Project, format: &str) -> Result<String, Trouble> {
    let mut ask = project.command("apt-get");
    ask.args(["indextargets", "--format", format, "Created-By: Packages", "Origin: Debian"]);
    ask.arg(format!("Codename: {RELEASE}"));
    let output = ask.output().map_err(Trouble::io("ask apt-get for its mirror"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where an overlay keeps what changes, and where it is seen.
fn make_layers(changes: &Path) -> Result<(), Trouble> {
    make_folders(&[&changes.join("upper"), &changes.join("work"), &changes.join("root")])
}

fn make_folders(folders: &[&Path]) -> Result<(), Trouble> {
    folders.iter().try_for_each(|folder| {
        fs::create_dir_all(folder).map_err(Trouble::io(format!("make the folder {}", folder.display())))
    })
}

/// Tells every file and folder below `folder`.
fn walk(folder: &Path, tell: &mut impl FnMut(&Path)) -> Result<(), Trouble> {
    let entries = fs::read_dir(folder).map_err(Trouble::io(format!("read {}", folder.display())))?;
    for entry in entries {
        let path = entry.map_err(Trouble::io(format!("read {}", folder.display())))?.path();
        tell(&path);
        if path.is_dir() && !path.is_symlink() {
            walk(&path, tell)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::project::TemporaryFolder;

    #[test]
    fn what_was_there_before_and_the_systems_books_are_not_new() {
        let folder = TemporaryFolder::new("unit-root").unwrap();
        let root = CleanRoot { base: folder.path().join("base"), changes: folder.path().join("changes") };
        make_layers(&root.changes).unwrap();
        let upper = root.changes.join("upper");
        for (layer, file) in [
            (&root.base, "usr/share/applications/mimeinfo.cache"),
            (&upper, "usr/share/applications/mimeinfo.cache"),
            (&upper, "usr/bin/foray"),
            (&upper, "var/lib/dpkg/status-old"),
        ] {
            let path = layer.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let found = root.new_files().unwrap();
        assert!(found.contains(&"usr/bin/foray".to_owned()), "{found:?}");
        assert!(!found.iter().any(|name| name.contains("dpkg/") || name.contains("mimeinfo")), "{found:?}");
    }
}
