//! Runs the binary over a data folder of its own, and starts stand-ins for it to talk to.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use foray_sandbox::{Options, Plan, Sandbox};
use serde_json::Value;
use tempfile::TempDir;

/// A key that any plan takes.
pub const KEY: &str = "plain-key-of-a-test-7f3a";

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    #[track_caller]
    pub fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    /// The one object on standard output.
    #[track_caller]
    pub fn answer(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The one object on standard error; nothing else was written.
    #[track_caller]
    pub fn error(&self) -> Value {
        assert_eq!(self.out, "", "{self:#?}");
        serde_json::from_str(&self.err).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Code and field of the object on standard error.
    #[track_caller]
    pub fn complaint(&self) -> (String, String) {
        let error = self.error();
        let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        (text("code"), text("field"))
    }
}

/// A data folder, and what is set for each run in it.
pub struct Place {
    dir: TempDir,
    key: Option<String>,
    /// Runs as long as this place is used; without it Apollo can't be reached.
    apollo: Option<Arc<Sandbox>>,
}

impl Place {
    /// An empty folder; no key, and no Apollo that could be reached.
    pub fn empty() -> Self {
        Self { dir: TempDir::new().unwrap(), key: None, apollo: None }
    }

    /// A folder with the workspace `acme`, whose Apollo is the stand-in.
    pub fn acme(sandbox: &Arc<Sandbox>, key: &str) -> Self {
        let place = Self::empty().at(sandbox).with_key(key);
        place.run(&["workspaces", "add", "acme"]).ends_with(0);
        place
    }

    pub fn at(self, sandbox: &Arc<Sandbox>) -> Self {
        Self { apollo: Some(Arc::clone(sandbox)), ..self }
    }

    pub fn with_key(self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foray-cli"));
        command.args(arguments);
        command.env("FORAY_DATA_DIR", self.file("data"));
        let origin = self.apollo.as_ref().map_or_else(|| "http://127.0.0.1:1".to_owned(), |apollo| apollo.origin());
        command.env("FORAY_APOLLO_URL", origin);
        match &self.key {
            Some(key) => command.env("FORAY_APOLLO_KEY", key),
            None => command.env_remove("FORAY_APOLLO_KEY"),
        };
        // No test may reach the keyring of whoever runs it.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command(arguments))
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        // A command that refuses before it reads closes its input.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        ran(child.wait_with_output().unwrap())
    }

    /// `search --json` in the workspace `acme`.
    pub fn search(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["search", "--workspace", "acme", "--json"], arguments].concat())
    }

    /// Calls that its Apollo was asked.
    pub fn apollo_calls(&self) -> usize {
        self.apollo.as_ref().map_or(0, |apollo| apollo.requests().len())
    }

    /// Every byte of every file below the data folder.
    pub fn stored_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        collect(&self.file("data"), &mut bytes);
        bytes
    }
}

pub fn finish(mut command: Command) -> Ran {
    ran(command.output().unwrap())
}

pub fn ran(output: std::process::Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("everything written is UTF-8");
    Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

fn collect(folder: &Path, bytes: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, bytes);
        } else {
            bytes.extend(fs::read(path).unwrap());
        }
    }
}

pub fn holds(bytes: &[u8], wanted: &str) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

/// A stand-in of a plan.
pub fn sandbox(plan: Plan) -> Arc<Sandbox> {
    start(Options { plan, ..small() })
}

/// A stand-in that fails at the given rates, such as `5xx=1`.
pub fn failing(faults: &str) -> Arc<Sandbox> {
    start(Options { faults: faults.parse().unwrap(), ..small() })
}

/// A world that is made up in no time.
pub fn small() -> Options {
    Options { people: 5_000, ..Options::default() }
}

pub fn start(options: Options) -> Arc<Sandbox> {
    // The stand-in has threads of its own; this one only waits until it listens.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    Arc::new(runtime.block_on(foray_sandbox::start(options)).unwrap())
}

/// The names of an object's members, sorted.
pub fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
