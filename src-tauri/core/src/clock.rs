//! The one clock. Everything that decides takes a [`Reading`] as an argument; only this file asks the system.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use sha2::Digest as _;

/// What the clocks said at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Wall clock, milliseconds since 1970 (UTC). May jump.
    pub wall_ms: i64,
    /// Monotonic clock that counts suspend, milliseconds since some fixed moment of this boot.
    pub boot_ms: i64,
    /// Names the boot that `boot_ms` belongs to; readings of two boots don't compare.
    pub boot: u64,
}

impl Reading {
    pub fn timestamp(self) -> Timestamp {
        timestamp(self.wall_ms)
    }
}

/// Milliseconds since 1970 as a timestamp, clamped to what a timestamp can hold.
pub fn timestamp(wall_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(wall_ms).unwrap_or(if wall_ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

pub trait Clock: Send + Sync {
    fn read(&self) -> Reading;

    /// [`Reading::boot_ms`] alone, for what never asks which time it is.
    fn boot_ms(&self) -> i64 {
        self.read().boot_ms
    }

    fn now(&self) -> Timestamp {
        self.read().timestamp()
    }
}

/// A clock that stands until it is moved; for tests and replays.
#[derive(Debug)]
pub struct ManualClock {
    wall_ms: AtomicI64,
    boot_ms: AtomicI64,
}

impl ManualClock {
    pub fn at(wall_ms: i64) -> Self {
        Self { wall_ms: AtomicI64::new(wall_ms), boot_ms: AtomicI64::new(0) }
    }

    /// Lets time pass: both clocks move.
    pub fn advance(&self, ms: i64) {
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
        self.boot_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody set the wall clock: only it moves.
    pub fn step_wall(&self, ms: i64) {
        self.wall_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn read(&self) -> Reading {
        Reading { wall_ms: self.wall_ms.load(Ordering::SeqCst), boot_ms: self.boot_ms.load(Ordering::SeqCst), boot: 1 }
    }
}

/// The computer's own clocks.
///
/// The monotonic one counts suspend and is shared by all processes of one boot: `CLOCK_BOOTTIME` on Linux,
/// `CLOCK_MONOTONIC` on macOS (which, there, goes on while the machine sleeps), `GetTickCount64` on Windows (to some 16 ms).
#[derive(Debug)]
pub struct SystemClock {
    boot: u64,
}

impl SystemClock {
    /// Finds out which boot this is; the clocks themselves are asked at each reading.
    pub fn start() -> Self {
        Self { boot: boot_id() }
    }
}

#[cfg(unix)]
fn since_boot_ms() -> i64 {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const COUNTS_SUSPEND: rustix::time::ClockId = rustix::time::ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const COUNTS_SUSPEND: rustix::time::ClockId = rustix::time::ClockId::Monotonic;
    let time = rustix::time::clock_gettime(COUNTS_SUSPEND);
    time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
}

#[cfg(windows)]
fn since_boot_ms() -> i64 {
    i64::try_from(winsafe::GetTickCount64()).unwrap_or(i64::MAX)
}

impl Clock for SystemClock {
    fn read(&self) -> Reading {
        Reading { wall_ms: Timestamp::now().as_millisecond(), boot_ms: since_boot_ms(), boot: self.boot }
    }

    fn boot_ms(&self) -> i64 {
        since_boot_ms()
    }
}

/// The system's name for this boot, hashed. Where it tells none, every process counts as a boot of its own.
fn boot_id() -> u64 {
    let name = boot_name().unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let digest = sha2::Sha256::digest(name.trim().as_bytes());
    digest.iter().take(8).fold(0, |id, byte| (id << 8) | u64::from(*byte))
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot_name() -> Option<String> {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()
}

/// No safe crate reads this value, so the system's own tool is asked, once for each process.
#[cfg(target_os = "macos")]
fn boot_name() -> Option<String> {
    let answer = std::process::Command::new("/usr/sbin/sysctl").args(["-n", "kern.bootsessionuuid"]).output().ok()?;
    let name = String::from_utf8(answer.stdout).ok()?;
    (answer.status.success() && !name.trim().is_empty()).then_some(name)
}

/// Windows counts its boots for the prefetcher.
#[cfg(windows)]
fn boot_name() -> Option<String> {
    const COUNTED_IN: &str = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters";
    match winsafe::HKEY::LOCAL_MACHINE.RegGetValue(Some(COUNTED_IN), Some("BootId"), winsafe::co::RRF::RT_REG_DWORD) {
        Ok(winsafe::RegistryValue::Dword(number)) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos", windows)))]
fn boot_name() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clocks_of_one_boot_tell_the_same_boot_and_never_go_back() {
        let (one, other) = (SystemClock::start(), SystemClock::start());
        let (first, second) = (one.read(), other.read());
        if boot_name().is_some() {
            assert_eq!(first.boot, second.boot);
        }
        assert!(second.boot_ms >= first.boot_ms);
        assert!(one.read().boot_ms >= first.boot_ms);
    }

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let clock = ManualClock::at(1_000);
        clock.advance(5);
        clock.step_wall(-700);
        assert_eq!(clock.read(), Reading { wall_ms: 305, boot_ms: 5, boot: 1 });
    }
}
