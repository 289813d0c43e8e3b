//! What can stop one of the project's commands, each as a sentence that says what to do.

use std::fmt;
use std::io;

/// A reason to stop. Failing checks are no trouble: they are results and stand in the report.
#[derive(Debug)]
pub enum Trouble {
    /// The command line was wrong.
    Usage(String),
    /// Packages are missing and may not be installed from here; `command` is what to type.
    Packages { missing: Vec<&'static str>, command: String },
    /// A tool is missing or too old.
    Tool(String),
    /// A step that everything after it needs did not succeed; its own output is already on the screen.
    Step(String),
    /// A file or a process could not be used.
    Io { doing: String, source: io::Error },
}

impl Trouble {
    /// Gives an I/O error the words for what was being done, as in "could not {doing}".
    pub fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(what) => write!(f, "{what}. `cargo xtask help` lists what there is."),
            Self::Packages { missing, command } => write!(
                f,
                "these system packages are missing, and installing them needs your password: {}.\nType this, then start again:\n\n  {command}\n",
                missing.join(", ")
            ),
            Self::Tool(what) | Self::Step(what) => write!(f, "{what}"),
            Self::Io { doing, source } => write!(f, "could not {doing}: {source}"),
        }
    }
}

impl std::error::Error for Trouble {}
