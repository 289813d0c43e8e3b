//! Checks of the project itself rather than of what it does: documentation, licences, dependencies that nobody uses, and
//! the files that desktops read. The front end's own (types, lint, unused code) are npm's `check`.

use crate::licences;
use crate::project::Project;
use crate::report::Report;
use crate::unused;

/// Runs them all.
pub fn health(project: &Project, report: &mut Report) {
    let mut docs = project.cargo(["doc", "--workspace", "--no-deps", "--document-private-items"]);
    // Private items are documented too, so links to them lead somewhere.
    docs.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links");
    report.check("cargo doc", &mut docs);
    report.work("licences and sources", || licences::check(project));
    report.work("unused dependencies", || unused::check(project));
    desktop_files(project, report);
}

/// What a desktop and a software centre read of us.
fn desktop_files(project: &Project, report: &mut Report) {
    let name = "desktop files";
    if !cfg!(target_os = "linux") {
        report.skip(name, "needs appstreamcli, which only Linux has");
        return;
    }
    let mut metadata = project.command("appstreamcli");
    metadata.args(["validate", "--no-net", "src-tauri/linux/io.foray.app.metainfo.xml"]);
    report.check(name, &mut metadata);
}
