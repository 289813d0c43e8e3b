//! Where the window was, in a small file of its own that is read before the window is there. A place that can't be kept or
//! read is no trouble worth a word: the window opens where it usually does.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tauri::{PhysicalPosition, PhysicalSize, Runtime, WebviewWindow, Window};

use crate::state::State;

/// As much of the window's top as must lie on a screen, so that it can be seen and moved.
const GRIP: (i32, i32) = (120, 40);

/// In pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    maximized: bool,
}

/// A screen, or the part of it that windows may use.
#[derive(Debug, Clone, Copy)]
struct Area {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
}

impl Place {
    pub fn is_on_a_screen<R: Runtime>(self, window: &WebviewWindow<R>) -> bool {
        window.available_monitors().is_ok_and(|monitors| {
            monitors.iter().any(|monitor| {
                let area = monitor.work_area();
                let (position, size) = (area.position, area.size);
                self.is_within(Area { x: position.x, y: position.y, width: size.width, height: size.height })
            })
        })
    }

    /// Whether its top can be seen there, and all of it has room.
    fn is_within(self, area: Area) -> bool {
        let (right, bottom) = (area.x.saturating_add_unsigned(area.width), area.y.saturating_add_unsigned(area.height));
        let sideways = self.x < right - GRIP.0 && self.x.saturating_add_unsigned(self.width) > area.x + GRIP.0;
        let upright = self.y >= area.y && self.y < bottom - GRIP.1;
        sideways && upright && self.width <= area.width && self.height <= area.height
    }

    pub fn put<R: Runtime>(self, window: &WebviewWindow<R>) -> tauri::Result<()> {
        window.set_size(PhysicalSize::new(self.width, self.height))?;
        window.set_position(PhysicalPosition::new(self.x, self.y))?;
        if self.maximized { window.maximize() } else { Ok(()) }
    }
}

fn file(state: &State) -> Option<PathBuf> {
    state.data_dir().ok().map(|folder| folder.join("window.json"))
}

pub fn load(state: &State) -> Option<Place> {
    let text = std::fs::read_to_string(file(state)?).ok()?;
    serde_json::from_str(&text).ok()
}

pub fn save<R: Runtime>(window: &Window<R>, state: &State) {
    let here = || {
        let (position, size) = (window.outer_position().ok()?, window.inner_size().ok()?);
        let maximized = window.is_maximized().ok()?;
        let here = Place { x: position.x, y: position.y, width: size.width, height: size.height, maximized };
        // What a maximised window goes back to is the place it had before.
        Some(load(state).filter(|_| maximized).map_or(here, |before| Place { maximized, ..before }))
    };
    if let (Some(file), Some(place)) = (file(state), here())
        && let Ok(text) = serde_json::to_string(&place)
    {
        drop(std::fs::write(file, text));
    }
}

pub fn forget(state: &State) {
    if let Some(file) = file(state) {
        drop(std::fs::remove_file(file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Area = Area { x: 0, y: 0, width: 1920, height: 1080 };

    fn place(x: i32, y: i32, width: u32, height: u32) -> Place {
        Place { x, y, width, height, maximized: false }
    }

    #[test]
    fn a_window_is_put_back_only_where_it_can_be_seen_and_moved() {
        assert!(place(0, 0, 1280, 800).is_within(SCREEN));
        assert!(place(-600, 500, 1280, 800).is_within(SCREEN));
        for lost in [
            place(-1200, 0, 1280, 800),
            place(1850, 0, 1280, 800),
            place(0, -30, 1280, 800),
            place(0, 1060, 1280, 800),
            place(2000, 100, 1280, 800),
            place(0, 0, 2560, 1400),
            place(i32::MAX, i32::MIN, 1, 1),
        ] {
            assert!(!lost.is_within(SCREEN), "{lost:?}");
        }
    }
}
