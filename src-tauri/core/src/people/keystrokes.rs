//! Which key was pressed last: what was asked for an older one need not be answered any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The newest keystroke of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Keystrokes(Arc<AtomicU64>);

/// What is asked for one keystroke, or for none.
#[derive(Debug, Clone)]
pub struct Keystroke {
    newest: Keystrokes,
    number: Option<u64>,
}

impl Keystrokes {
    /// The higher the number, the later the key; none for what no key supersedes.
    pub fn press(&self, number: Option<u64>) -> Keystroke {
        self.0.fetch_max(number.unwrap_or(0), Ordering::Relaxed);
        Keystroke { newest: self.clone(), number }
    }
}

impl Keystroke {
    /// What is answered in any case.
    pub fn none() -> Self {
        Keystrokes::default().press(None)
    }

    pub fn is_superseded(&self) -> bool {
        self.number.is_some_and(|number| number < self.newest.0.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_supersedes_those_before_it_and_nothing_that_was_not_typed() {
        let keys = Keystrokes::default();
        let (untyped, first) = (keys.press(None), keys.press(Some(7)));
        assert!(!first.is_superseded());
        let (second, late) = (keys.press(Some(8)), keys.press(Some(3)));
        assert_eq!([&untyped, &first, &second, &late].map(Keystroke::is_superseded), [false, true, false, true]);
    }
}
