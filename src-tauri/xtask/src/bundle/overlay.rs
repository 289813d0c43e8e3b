//! The part of Tauri's configuration that can't stand in `tauri.conf.json`: what a package holds that is built first. Were
//! it there, every build of the window would want the files.

use std::fmt::Write as _;
use std::path::Path;

/// `foray-cli` beside the window on every system, the notices where each system keeps such things.
pub fn parts(command_line: &Path, notices: &Path) -> String {
    let (command_line, notices) = (quoted(command_line), quoted(notices));
    let notices = if cfg!(target_os = "linux") {
        let files = format!("{{\"/usr/share/doc/foray/copyright\":{notices}}}");
        format!(
            "\"linux\":{{\"deb\":{{\"files\":{files}}},\"rpm\":{{\"files\":{files}}},\"appimage\":{{\"files\":{files}}}}}"
        )
    } else {
        format!("\"resources\":{{{notices}:\"NOTICES.txt\"}}")
    };
    format!("{{\"bundle\":{{\"externalBin\":[{command_line}],{notices}}}}}")
}

/// A path as JSON's string.
fn quoted(path: &Path) -> String {
    let mut text = String::from("\"");
    for letter in path.to_string_lossy().chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            // Writing to a String cannot fail.
            letter if letter.is_control() => drop(write!(text, "\\u{:04x}", letter as u32)),
            letter => text.push(letter),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_string_of_json_whatever_it_holds() {
        assert_eq!(quoted(Path::new("C:\\a \"b\"\n")), r#""C:\\a \"b\"\u000a""#);
    }

    #[test]
    fn the_command_line_and_the_notices_are_named() {
        let overlay = parts(Path::new("/t/foray-cli"), Path::new("/t/NOTICES.txt"));
        assert!(overlay.starts_with("{\"bundle\":{\"externalBin\":[\"/t/foray-cli\"],"), "{overlay}");
        assert!(overlay.contains("NOTICES.txt"), "{overlay}");
        assert_eq!(overlay.matches('{').count(), overlay.matches('}').count(), "{overlay}");
    }
}
