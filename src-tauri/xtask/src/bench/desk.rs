//! What a measured window stands on: a display, a message bus without services, and folders that nobody else has.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::screen::Screen;
use crate::project::{Project, without_own_settings};
use crate::session::Session;
use crate::trouble::Trouble;

/// Ended with all it has when dropped.
pub struct Desk {
    session: Session,
    bus: Bus,
}

impl Desk {
    pub fn new(project: &Project, purpose: &str) -> Result<Self, Trouble> {
        Ok(Self { session: Session::with_display(project, purpose)?, bus: Bus::start(project)? })
    }

    /// A program that runs here, on this data folder.
    pub fn command(&self, project: &Project, program: &Path, data: &Path) -> Command {
        let mut command = without_own_settings(project.command(program));
        self.session.dress(&mut command);
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address).env("FORAY_DATA_DIR", data);
        command
    }

    /// Its screen, to be looked at.
    pub fn screen(&self) -> Result<Screen, Trouble> {
        Screen::open(self.session.display().unwrap_or_default()).map_err(Trouble::io("look at the screen"))
    }
}

/// A message bus without services, ended when dropped.
struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    fn start(project: &Project) -> Result<Self, Trouble> {
        let mut daemon = project
            .command("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Trouble::io("start dbus-daemon"))?;
        let mut address = String::new();
        if let Some(out) = daemon.stdout.as_mut() {
            BufReader::new(out).read_line(&mut address).map_err(Trouble::io("hear from dbus-daemon"))?;
        }
        Ok(Self { daemon, address: address.trim().to_owned() })
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        drop(self.daemon.kill());
        drop(self.daemon.wait());
    }
}
