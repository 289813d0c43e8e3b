//! A stand-in for Apollo's API with made-up people, over real HTTP on loopback.
//!
//! It serves the sample workspace that ships in the app, and the tests. It shares no type with `foray-core` on purpose:
//! what the product believes about Apollo and what the stand-in believes are written down twice, so that each checks the
//! other. Must never import anything of this workspace, and never listen on anything but 127.0.0.1.
//!
//! ```
//! use foray_sandbox::{Faults, Options, Plan, start};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let options = Options { people: 1_000, plan: Plan::Basic, faults: "429=0.1".parse()?, ..Options::default() };
//! let sandbox = start(options).await?;
//! println!("POST {}/api/v1/mixed_people/api_search", sandbox.origin());
//! sandbox.set_faults(Faults::none());
//! assert!(sandbox.requests().is_empty());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! # Plans
//! [`Plan`] decides about `POST /api/v1/mixed_people/search`: `professional` has it open, `basic` gets the 422
//! "deprecated for API callers", `free` a 403 that names the plan. `mixed_companies/search` is closed on `free`, everything
//! else is open on every plan. Each key has 1,000 lead credits (`free`: 100). Searching the full endpoint takes none of
//! them, so that the sample workspace never runs dry, but it wants some left.
//!
//! They end with the stand-in, unless [`Options::credits_file`] names a file: then every stand-in that names it, one after the
//! other or at once, charges one account, and delivers the mobiles that any of them was asked for. One that starts with fewer
//! than half of the credits left gets as many again.
//!
//! # Prices
//! A person with an address 1 credit, 0.01 where the mail server takes any, each time they are asked for; 8 more for a
//! mobile, at once, though its number is polled for later; a company 1; a page of companies 1, an empty one nothing; a page
//! of job postings 1. What was charged, and for whom, stands in the log, and the sum is what the usage figures say.
//!
//! # Keys
//! Any `X-Api-Key` that is not empty is valid, but for those that begin with one of these words:
//!
//! | begins with | answer |
//! |---|---|
//! | `wrong` | 401 as text on everything |
//! | `scoped` | 403 `API_INACCESSIBLE` on `mixed_people/search` |
//! | `search-only` | 403 `API_INACCESSIBLE` on everything but `mixed_people/api_search`, `users/api_profile`, `auth/health` |
//! | `broke` | no credits: 422 "insufficient credits" on `mixed_people/search` and on everything that costs credits |
//! | `credits-N-` | N credits instead of the plan's |
//! | `revoked-after-N-` | valid for its first N calls, then 401 |
//!
//! # Pages
//! About a tenth of the rows of a page after the first were on the page before, on top of its new ones: walking on until
//! an empty page meets every one of `total_entries` different people. Page × `per_page` ends at 50,000, so through pages
//! of 100 at most 45,010 different people can be met; a page beyond 500 is refused with the same 422.
//!
//! # Faults
//! [`Faults`] hit requests below `/api/` by chance, the same chance for the same seed and request number. `GET /_log`
//! answers every request as JSON ([`LoggedRequest`]; `?after=N` those with a number above N) and is never hit.
//!
//! # Traps of enrichment
//! `people/match` answers an unknown id with somebody else; `people/bulk_match` answers in another order, with `null` for
//! a miss, and calls all of it a success. A mobile is asked for with an https `webhook_url`, which is never called, or with
//! `poll_only`, and comes by `webhook_result` after [`Options::pending_polls`] polls, for 30 days and for one more day once it came.
//!
//! # Not there
//! No saved contacts. Filters on job postings, funding and past employers are checked for their type and otherwise ignored.

mod accounts;
mod answers;
mod caller;
mod companies;
mod enrichment;
mod hostile;
mod kept;
mod keys;
mod log;
mod mobiles;
mod options;
mod orders;
mod paid;
mod random;
mod reply;
mod routes;
mod search;
mod server;
mod world;

pub use log::LoggedRequest;
pub use options::{Fault, Faults, OptionError, Options, Plan};

use axum::{Router, serve::ListenerExt};
use server::Service;
use std::{fmt, io, net::Ipv4Addr, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
};

/// How long [`Sandbox::stop`] waits for a request that is being worked on.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

/// People are made up so long after the start, unless somebody asks before: whoever starts a stand-in is busy starting.
const WARM_UP_AFTER: Duration = Duration::from_secs(2);

/// A running stand-in; it ends with [`Sandbox::stop`] or when it is dropped.
pub struct Sandbox {
    service: Arc<Service>,
    port: u16,
    /// Its own, so that ending it closes every connection and nothing of it outlives it. `None` once it is ended.
    runtime: Option<Runtime>,
}

/// Why a stand-in did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    #[error("The sandbox cannot listen on 127.0.0.1:{port}: {source}. Choose another port, or 0 for any that is free.")]
    Bind { port: u16, source: io::Error },
    #[error("The sandbox cannot start its threads: {0}")]
    Threads(io::Error),
}

/// Starts a stand-in on 127.0.0.1. It answers as soon as this returns; the people are made up by the first who asks for them, or
/// a moment later.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("sandbox")
        .enable_all()
        .build()
        .map_err(StartError::Threads)?;
    // From here on the guard ends the runtime also when starting fails: dropping one inside async code would panic.
    let mut sandbox = Sandbox { port: options.port, service: Arc::new(Service::new(options)), runtime: Some(runtime) };
    let port = sandbox.port;
    sandbox.port = sandbox.listen().await.map_err(|source| StartError::Bind { port, source })?;
    Ok(sandbox)
}

impl Sandbox {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Every request so far, oldest first; the last 10,000 are kept.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.service.log.after(0)
    }

    /// Changes the faults for the requests to come.
    pub fn set_faults(&self, faults: Faults) {
        self.service.set_faults(faults);
    }

    /// Ends it: when this returns the port is free and every connection closed.
    pub async fn stop(mut self) {
        if let Some(runtime) = self.runtime.take() {
            let ended = tokio::task::spawn_blocking(move || runtime.shutdown_timeout(STOP_PATIENCE));
            // An error says that the caller's own runtime is ending, and with it everything here.
            drop(ended.await);
        }
    }

    async fn listen(&self) -> io::Result<u16> {
        let Some(runtime) = &self.runtime else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        let service = Arc::clone(&self.service);
        let port = self.port;
        let listening = runtime.spawn(async move {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
            let port = listener.local_addr()?.port();
            let routes = Router::new().fallback(server::answer).with_state(Arc::clone(&service));
            // A connection that ended is not an error worth telling; small answers leave at once.
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            tokio::spawn(async move { axum::serve(listener, routes).await });
            tokio::spawn(async move {
                tokio::time::sleep(WARM_UP_AFTER).await;
                tokio::task::spawn_blocking(move || service.warm_up());
            });
            Ok(port)
        });
        listening.await.map_err(io::Error::other)?
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sandbox").field("origin", &self.origin()).finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
