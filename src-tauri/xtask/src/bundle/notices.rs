//! The licence notices that a package carries: of every Rust and every npm package that is part of it, each text once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::licences::{self, Package};
use crate::project::Project;
use crate::trouble::Trouble;

const LINE: &str = "────────────────────────────────────────────────────────────────────────";

/// Where Vite leaves the licences of what it put into the pages (`build.license` in `ui/vite.config.ts`).
const FRONT_END: &str = "ui/dist/licences.md";

/// Writes the notices of what these packages of ours are made of into `file`. The pages must have been built.
pub fn write(project: &Project, ours: &[&str], file: &Path) -> Result<(), Trouble> {
    let packages = licences::linked(project, ours)?;
    let mut texts = Vec::new();
    for package in &packages {
        texts.push(licences::texts(package)?);
    }
    let read = |name: &str| fs::read_to_string(project.path(name)).map_err(Trouble::io(format!("read {name}")));
    let own = [read("LICENSE-MIT")?, read("LICENSE-APACHE")?];
    let text = notices(&own, &packages, &texts, &read(FRONT_END)?);
    fs::write(file, text).map_err(Trouble::io(format!("write {}", file.display())))
}

/// The whole text. `texts` are those of each package, in the same order.
fn notices(own: &[String; 2], packages: &[Package], texts: &[Vec<String>], front_end: &str) -> String {
    let mut all = String::from(
        "Foray\n\nCopyright The Foray founders. Licensed under MIT or Apache-2.0, as you like:\n\
         https://spdx.org/licenses/MIT.html, https://spdx.org/licenses/Apache-2.0.html\n\n",
    );
    for text in own {
        section(&mut all, "Foray's own licence", &licences::tidy(text));
    }
    all.push_str("WHAT FORAY IS MADE OF\n\nRust's standard library (MIT OR Apache-2.0, Copyright The Rust Project Contributors)\n");
    for package in packages {
        let Package { name, version, licence, repository } = package;
        // Writing to a String cannot fail.
        let _ = writeln!(all, "{name} {version} ({licence}) {repository}");
    }
    all.push_str("\nAnd in its pages: see the end.\n\n");
    let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for (package, texts) in packages.iter().zip(texts) {
        let name = format!("{} {}", package.name, package.version);
        for text in texts {
            users.entry(text).or_default().push(name.clone());
        }
        if texts.is_empty() {
            without.push(name);
        }
    }
    // In the order of the first that uses a text, so that a new version of one package changes little.
    let mut by_user: Vec<(&str, Vec<String>)> = users.into_iter().collect();
    by_user.sort_by(|(_, left), (_, right)| left.cmp(right));
    for (text, names) in by_user {
        section(&mut all, &names.join(", "), text);
    }
    if !without.is_empty() {
        let said = "These bring no text of their licence with them; it is one of those above, named in the list.";
        section(&mut all, &without.join(", "), said);
    }
    section(&mut all, "In the pages", &licences::tidy(front_end));
    all
}

fn section(all: &mut String, title: &str, text: &str) {
    let _ = write!(all, "{LINE}\n{title}\n{LINE}\n\n{text}\n\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str) -> Package {
        let text = |text: &str| text.to_owned();
        Package {
            name: text(name),
            version: text("1.0.0"),
            licence: text("MIT"),
            repository: text("https://x.example"),
        }
    }

    #[test]
    fn a_text_stands_once_under_all_who_use_it_and_nobody_is_left_out() {
        let packages = [package("a"), package("b"), package("c")];
        let texts = [vec!["The text".to_owned()], vec!["The text".to_owned(), "A notice".to_owned()], vec![]];
        let own = ["Mine".to_owned(), "Mine too".to_owned()];
        let all = notices(&own, &packages, &texts, "# react (MIT)");
        assert_eq!(all.matches("The text").count(), 1);
        for part in ["a 1.0.0, b 1.0.0\n", "A notice", "c 1.0.0 (MIT) https://x.example", "# react", "Mine too"] {
            assert!(all.contains(part), "{part} in:\n{all}");
        }
        assert!(all.contains("c 1.0.0\n─"), "who brings no text is told");
    }
}
