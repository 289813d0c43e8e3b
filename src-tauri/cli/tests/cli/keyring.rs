//! Keys in a real Secret Service, on a message bus of the test's own: unlocked, locked, without a collection, absent, silent.
//! Each state is told in words, and mended ones are noticed by the next command.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::runner::{KEY, Place, Ran, finish, holds};

/// A message bus, and what plays the keyring on it.
struct Session {
    place: Place,
    bus: Child,
    address: String,
    keyring: Option<Child>,
}

/// A bus on which nobody can be called that was not started.
const LONELY: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

impl Session {
    /// None, and a word about it, where the programs are missing.
    fn start() -> Option<Self> {
        let missing = ["dbus-daemon", "gnome-keyring-daemon"].into_iter().find(|name| !is_installed(name));
        if let Some(name) = missing {
            println!("skipped: {name} is not installed");
            return None;
        }
        let place = Place::empty();
        for folder in ["home", "run", "keys"] {
            std::fs::create_dir(place.file(folder)).unwrap();
        }
        std::fs::write(place.file("bus.conf"), LONELY).unwrap();
        let mut bus = Command::new("dbus-daemon");
        bus.arg("--config-file").arg(place.file("bus.conf")).args(["--nofork", "--nopidfile", "--print-address=1"]);
        let mut bus = bus.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let session = Self { place, bus, address: address.trim().to_owned(), keyring: None };
        session.run(&["workspaces", "add", "acme"]).ends_with(0);
        Some(session)
    }

    fn inside(&self, mut command: Command) -> Command {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", self.place.file("home"))
            .env("XDG_RUNTIME_DIR", self.place.file("run"))
            .env("XDG_DATA_HOME", self.place.file("keys"))
            // Without a display its question can't be shown, and counts as dismissed.
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
        command
    }

    /// Starts the keyring in place of the one that runs, if one does.
    fn keyring(&mut self, unlocked: bool) {
        self.without_keyring();
        let mut command = self.inside(Command::new("gnome-keyring-daemon"));
        command.args(["--foreground", "--components=secrets"]);
        if unlocked {
            command.arg("--unlock");
        }
        let mut daemon = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if unlocked {
            daemon.stdin.take().unwrap().write_all(b"pw").unwrap();
        }
        let mut owned = Command::new("dbus-send");
        owned.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        owned.args(["org.freedesktop.DBus.GetNameOwner", "string:org.freedesktop.secrets"]);
        let mut owned = self.inside(owned);
        owned.stdout(Stdio::null()).stderr(Stdio::null());
        // Its name on the bus comes a moment later.
        while !owned.status().unwrap().success() {
            assert_eq!(daemon.try_wait().unwrap(), None, "gnome-keyring-daemon ended");
        }
        self.keyring = Some(daemon);
    }

    fn without_keyring(&mut self) {
        end(self.keyring.take());
    }

    fn signal(&self, name: &str) {
        let daemon = self.keyring.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([name, &daemon]).status().unwrap().success());
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.inside(self.place.command(arguments)))
    }

    fn key(&self, command: &str) -> Ran {
        self.run(&["key", command, "--workspace", "acme"])
    }

    fn set(&self, key: &str) -> Ran {
        let mut command = self.inside(self.place.command(&["key", "set", "--workspace", "acme"]));
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(key.as_bytes()).unwrap();
        crate::runner::ran(child.wait_with_output().unwrap())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.keyring.is_some() {
            self.signal("-CONT");
        }
        self.without_keyring();
        drop(self.bus.kill());
        drop(self.bus.wait());
    }
}

fn end(child: Option<Child>) {
    if let Some(mut child) = child {
        drop(child.kill());
        drop(child.wait());
    }
}

fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| is_file(&folder, program)))
}

fn is_file(folder: &Path, program: &str) -> bool {
    folder.join(program).is_file()
}

#[test]
fn a_key_is_stored_replaced_told_by_its_end_and_cleared() {
    let Some(mut session) = Session::start() else { return };
    session.keyring(true);
    let set = session.set(KEY).ends_with(0);
    assert_eq!(set.out, "The key ending in …7f3a is stored in this computer's keyring.\n");
    assert_eq!(session.key("status").ends_with(0).out, "A key ending in …7f3a is stored in this computer's keyring.\n");
    session.set("another-key-of-a-test-c0de").ends_with(0);
    assert!(session.key("status").ends_with(0).out.contains("…c0de"));
    assert!(session.run(&["status", "--workspace", "acme"]).ends_with(0).out.contains("…c0de is stored"));
    for key in [KEY, "another-key-of-a-test-c0de"] {
        assert!(!holds(&session.place.stored_bytes(), &key[..12]), "the key is in no file of ours");
    }
    session.key("clear").ends_with(0);
    assert_eq!(session.key("status").ends_with(0).out, "No key is stored for this workspace.\n");
}

#[test]
fn a_locked_keyring_is_told_by_every_command_and_works_again_once_it_is_unlocked() {
    let Some(mut session) = Session::start() else { return };
    session.keyring(true);
    session.set(KEY).ends_with(0);
    session.keyring(false);
    for locked in [session.set("another-key-of-a-test-c0de"), session.key("status"), session.key("clear")] {
        let locked = locked.ends_with(5);
        assert!(locked.err.contains("It is locked") && locked.err.contains("unlock the keyring"), "{locked:?}");
    }
    let status = session.run(&["status", "--workspace", "acme"]).ends_with(0);
    assert!(status.out.contains("The keyring can't be used: It is locked"), "{status:?}");
    assert!(!status.out.contains("is stored"), "{status:?}");
    let search = session.run(&["search", "--workspace", "acme", "--title", "CFO", "--json"]).ends_with(5);
    assert_eq!((&search.answer()["reason"]["code"], &search.answer()["calls_spent"]), (&"keyring".into(), &0.into()));

    session.keyring(true);
    assert!(session.key("status").ends_with(0).out.contains("…7f3a"), "nothing was changed while it was locked");
}

#[test]
fn a_keyring_without_a_collection_takes_no_key_and_says_how_to_get_one() {
    let Some(mut session) = Session::start() else { return };
    session.keyring(false);
    let refused = session.set(KEY).ends_with(5);
    assert!(refused.err.contains("no default collection") && refused.err.contains("Log in again"), "{refused:?}");
    assert_eq!(session.key("status").ends_with(0).out, "No key is stored for this workspace.\n");
}

#[test]
fn without_a_keyring_a_stored_key_is_not_said_to_be_there() {
    let Some(mut session) = Session::start() else { return };
    session.keyring(true);
    session.set(KEY).ends_with(0);
    session.without_keyring();
    for arguments in [&["key", "status", "--workspace", "acme"][..], &["key", "clear", "--workspace", "acme"]] {
        let absent = session.run(arguments).ends_with(5);
        assert!(absent.err.contains("gnome-keyring or KWallet"), "{absent:?}");
    }
    let status = session.run(&["status", "--workspace", "acme", "--json"]).ends_with(0).answer();
    assert_eq!(status["key"]["state"], "unavailable");
    // A client's data can be removed all the same, and the key that is left behind is told.
    let removed = session.run(&["workspaces", "remove", "acme", "--yes"]).ends_with(5);
    assert!(removed.err.contains("its key is still in the keyring"), "{removed:?}");
}

#[test]
fn a_keyring_that_is_silent_is_waited_for_with_a_word() {
    let Some(mut session) = Session::start() else { return };
    session.keyring(true);
    session.set(KEY).ends_with(0);
    session.signal("-STOP");
    let mut command = session.inside(session.place.command(&["key", "status", "--workspace", "acme"]));
    let mut asking = command.spawn().unwrap();
    let mut said = String::new();
    BufReader::new(asking.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.contains("Waiting for the keyring"), "{said}");
    session.signal("-CONT");
    let answered = asking.wait_with_output().unwrap();
    assert!(answered.status.success() && String::from_utf8_lossy(&answered.stdout).contains("…7f3a"));
}
