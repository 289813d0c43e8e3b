//! What the guard is measured against, brought here by this command: Debian's Redis, started for this run alone on a port
//! of this computer, and opossum from npm in a folder below cargo's. Nothing of them is ever part of the product.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::front_end;
use crate::project::Project;
use crate::stream::must_succeed;
use crate::system;
use crate::trouble::Trouble;

/// The last release that runs on the oldest Node we take.
const OPOSSUM: &str = "9.0.0";
/// How long Redis may take to answer at first.
const REDIS_START: Duration = Duration::from_secs(10);

/// A Redis of our own that keeps nothing; it ends with this value.
pub struct Redis {
    server: Child,
    address: SocketAddr,
}

impl Redis {
    /// Installs Redis if it is missing, and starts it in `folder`.
    pub fn start(project: &Project, folder: &Path) -> Result<Self, Trouble> {
        system::ensure(project, &[system::BASELINES])?;
        let Some(program) = system::find_program("redis-server") else {
            return Err(Trouble::Tool(
                "the limiter is measured against Redis, and `redis-server` was not found. Install it, then start again.".into(),
            ));
        };
        let port = free_port()?;
        let server = project
            .command(program)
            .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
            .args(["--save", "", "--appendonly", "no", "--daemonize", "no"])
            .arg("--dir")
            .arg(folder)
            .stdout(Stdio::null())
            .spawn()
            .map_err(Trouble::io("start redis-server"))?;
        let mut redis = Self { server, address: (Ipv4Addr::LOCALHOST, port).into() };
        redis.wait()?;
        Ok(redis)
    }

    pub fn address(&self) -> String {
        self.address.to_string()
    }

    fn wait(&mut self) -> Result<(), Trouble> {
        let start = Instant::now();
        while start.elapsed() < REDIS_START {
            if let Some(ended) = self.server.try_wait().map_err(Trouble::io("watch redis-server"))? {
                return Err(Trouble::Tool(format!("redis-server ended at once ({ended}), so there is no baseline.")));
            }
            if TcpStream::connect(self.address).is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(Trouble::Tool(format!("redis-server did not answer within {} s.", REDIS_START.as_secs())))
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may have ended by itself, and it holds nothing that must be written.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn free_port() -> Result<u16, Trouble> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Trouble::io("find a free port"))?;
    Ok(listener.local_addr().map_err(Trouble::io("find a free port"))?.port())
}

/// Installs opossum below `folder`, exactly one version of it and without running anything of its package. Answers the
/// script that measures it.
pub fn opossum(project: &Project, folder: &Path) -> Result<PathBuf, Trouble> {
    front_end::ensure_node(project)?;
    let folder = folder.join("opossum");
    fs::create_dir_all(&folder).map_err(Trouble::io(format!("make the folder {}", folder.display())))?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Trouble::io(format!("write {}", path.display()))).map(|()| path)
    };
    // Its own package, or npm would look for one in the folders above.
    write("package.json", "{ \"private\": true }\n")?;
    let installed = fs::read_to_string(folder.join("node_modules/opossum/package.json")).unwrap_or_default();
    if !installed.contains(&format!("\"version\": \"{OPOSSUM}\"")) {
        let package = format!("opossum@{OPOSSUM}");
        let mut install =
            project.npm(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", &package]);
        must_succeed(install.current_dir(&folder), "`npm install` of opossum, which the breaker is measured against,")?;
    }
    write("opossum.mjs", include_str!("opossum.mjs"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_version_of_a_baseline_is_exact() {
        assert_eq!(OPOSSUM.split('.').filter(|part| part.parse::<u32>().is_ok()).count(), 3);
    }

    #[test]
    fn a_free_port_can_be_taken() {
        let port = free_port().unwrap();
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok());
    }
}
