//! A desktop session of its own for tests: a display, a message bus with an unlocked keyring, and folders, so that
//! tests neither see nor change the session and the data of whoever runs them. Linux only.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::project::{Project, TemporaryFolder, make_private_folder, without_own_settings};
use crate::trouble::Trouble;

/// How long a command may run in a session, in seconds. A window that hangs must not hold the checks for ever.
const LIMIT_SECONDS: &str = "1500";

/// Unlocks a new keyring with a password from standard input, which creates it, and becomes the command. The
/// password only has to be non-empty; the keyring is thrown away. The daemon's output is closed because it stays.
const UNLOCK_AND_RUN: &str = r#"
printf 'pw' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || {
  echo 'gnome-keyring-daemon did not start' >&2
  exit 1
}
exec "$@"
"#;

/// Folders under one temporary folder, given to children as their home. Removed at the end.
pub struct Session {
    folder: TemporaryFolder,
    display: Option<Display>,
}

impl Session {
    /// A session without a display.
    pub fn new(purpose: &str) -> Result<Self, Trouble> {
        let folder = TemporaryFolder::new(purpose)?;
        for (_, name) in FOLDERS {
            make_private_folder(&folder.path().join(name))?;
        }
        Ok(Self { folder, display: None })
    }

    /// A session with a display of its own.
    pub fn with_display(project: &Project, purpose: &str) -> Result<Self, Trouble> {
        let mut session = Self::new(purpose)?;
        session.display = Some(Display::start(project, &session.folder.path().join("xvfb.log"))?);
        Ok(session)
    }

    /// The name of its display, if it has one.
    pub fn display(&self) -> Option<&str> {
        self.display.as_ref().map(|display| display.name.as_str())
    }

    /// Gives a command the session's folders and display, and nothing of ours. It has no bus.
    pub fn dress(&self, command: &mut Command) {
        for (variable, name) in FOLDERS {
            command.env(variable, self.folder.path().join(name));
        }
        for foreign in ["WAYLAND_DISPLAY", "DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"]
        {
            command.env_remove(foreign);
        }
        if let Some(display) = &self.display {
            command.env("DISPLAY", &display.name).env("GDK_BACKEND", "x11");
        }
    }

    /// The same command, to be run inside the session.
    pub fn wrap(&self, project: &Project, command: &Command) -> Command {
        let mut wrapped = without_own_settings(project.command("timeout"));
        wrapped.args([
            "--kill-after=10",
            LIMIT_SECONDS,
            "dbus-run-session",
            "--",
            "sh",
            "-c",
            UNLOCK_AND_RUN,
            "session",
        ]);
        wrapped.arg(command.get_program()).args(command.get_args());

        self.dress(&mut wrapped);
        // The tool chain lies in the real home, which the session hides.
        for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            if let Some(path) = env::var_os(variable).map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(folder)))
            {
                wrapped.env(variable, path);
            }
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        wrapped
    }
}

/// Variable and folder. `XDG_RUNTIME_DIR` holds sockets and must be closed to others; all of them are.
const FOLDERS: [(&str, &str); 6] = [
    ("HOME", "home"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_STATE_HOME", "state"),
    ("XDG_RUNTIME_DIR", "run"),
];

/// An X server without a screen, ended when dropped.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts the server, which chooses a free number itself and tells it when it is ready.
    fn start(project: &Project, log: &Path) -> Result<Self, Trouble> {
        let log_file = fs::File::create(log).map_err(Trouble::io("write the log of Xvfb"))?;
        let mut server = project
            .command("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(log_file)
            .spawn()
            .map_err(Trouble::io("start Xvfb"))?;
        let mut number = String::new();
        if let Some(out) = server.stdout.as_mut() {
            BufReader::new(out).read_line(&mut number).map_err(Trouble::io("hear from Xvfb"))?;
        }
        let number = number.trim();
        let display = Self { name: format!(":{number}"), server };
        if number.is_empty() {
            let said = fs::read_to_string(log).unwrap_or_default();
            return Err(Trouble::Tool(format!("Xvfb did not start:\n{said}")));
        }
        Ok(display)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::stream::stream;
    use crate::system::find_program;
    use std::ffi::OsStr;

    fn variable<'a>(command: &'a Command, name: &str) -> Option<&'a OsStr> {
        command.get_envs().find(|(variable, _)| *variable == name).and_then(|(_, value)| value)
    }

    #[test]
    fn a_command_in_a_session_keeps_its_words_and_gets_a_home_of_its_own() {
        let project = Project::find().unwrap();
        let session = Session::new("unit-session").unwrap();
        let mut command = project.command("echo");
        command.arg("two words").env("FORAY_TEST_KEYRING", "1");

        let wrapped = session.wrap(&project, &command);

        let words: Vec<&OsStr> = wrapped.get_args().collect();
        assert_eq!(words[words.len() - 2..], ["echo", "two words"]);
        assert_eq!(variable(&wrapped, "HOME"), Some(session.folder.path().join("home").as_os_str()));
        assert_eq!(variable(&wrapped, "FORAY_TEST_KEYRING"), Some(OsStr::new("1")));
        assert!(variable(&wrapped, "CARGO_HOME").is_some());
        assert!(variable(&wrapped, "WAYLAND_DISPLAY").is_none());
    }

    #[test]
    fn a_session_has_a_display_and_an_unlocked_keyring() {
        if ["Xvfb", "gnome-keyring-daemon", "xdotool"].iter().any(|name| find_program(name).is_none()) {
            println!("skipped: the packages of the tests are not installed");
            return;
        }
        let project = Project::find().unwrap();
        let session = Session::with_display(&project, "unit-desktop").unwrap();
        let mut ask = project.command("sh");
        ask.args([
            "-c",
            "xdotool getdisplaygeometry && \
             dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets/collection/login \
               org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked",
        ]);

        let said = stream(&mut session.wrap(&project, &ask)).unwrap();

        assert!(said.success, "{}", said.text);
        assert!(said.text.contains("1920 1080"), "{}", said.text);
        assert!(said.text.contains("boolean false"), "{}", said.text);
    }
}
