//! An open file with a thread of its own.

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::damaged::suspect;
use super::{InUse, explain, explain_io};
use crate::error::Error;

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

/// A file with the one thread that reads and writes it, so that no async thread ever waits for the disk.
#[derive(Debug, Clone)]
pub struct Database {
    what: &'static str,
    path: Option<PathBuf>,
    work: mpsc::Sender<Work>,
}

impl Database {
    /// Takes over a further connection to a file that is open. The thread ends with the last handle.
    ///
    /// # Errors
    /// [`Error::Storage`] when the system gives no thread.
    pub fn start(connection: Connection, what: &'static str) -> Result<Self, Error> {
        Self::serve(connection, None, what)
    }

    pub(super) fn serve(mut connection: Connection, in_use: InUse, what: &'static str) -> Result<Self, Error> {
        let (work, queue) = mpsc::channel::<Work>();
        let path = connection.path().filter(|path| !path.is_empty()).map(PathBuf::from);
        thread::Builder::new()
            .name(format!("sqlite: {what}"))
            .spawn(move || {
                while let Ok(job) = queue.recv() {
                    job(&mut connection);
                }
                drop(connection);
                drop(in_use);
            })
            .map_err(|error| explain_io(what, &error))?;
        Ok(Self { what, path, work })
    }

    /// Runs `job` on the file's thread and waits for it without blocking. A job that was begun ends, even if the
    /// caller is gone.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, waiting) = oneshot::channel();
        self.hand_over(job, answer)?;
        self.settle(waiting.await)
    }

    /// Leaves `job` to the file's thread and returns at once; what becomes of it, nobody hears. For what may be lost.
    pub fn post(&self, job: impl FnOnce(&mut Connection) -> rusqlite::Result<()> + Send + 'static) {
        let work: Work = Box::new(move |connection| drop(job(connection)));
        // A thread that has ended has nobody left who could miss it.
        drop(self.work.send(work));
    }

    /// [`Self::run`] for a thread that may wait; never on an async one.
    pub fn run_blocking<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, waiting) = oneshot::channel();
        self.hand_over(job, answer)?;
        self.settle(waiting.blocking_recv())
    }

    /// Runs `job` on the file's thread at its turn; nobody waits for it or hears how it went.
    pub fn run_unwatched(&self, job: impl FnOnce(&mut Connection) + Send + 'static) {
        // Without a thread there is nothing to do it to.
        drop(self.work.send(Box::new(job)));
    }

    /// [`Self::post`] without waiting for the disk, in a file of which nothing else may be lost: the power may take what was
    /// written so last, until something weightier is written behind it.
    pub fn post_lightly(&self, job: impl FnOnce(&mut Connection) -> rusqlite::Result<()> + Send + 'static) {
        self.post(|connection| {
            let usual: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            let done = job(connection);
            connection.pragma_update(None, "synchronous", usual)?;
            done
        });
    }

    fn hand_over<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
        answer: oneshot::Sender<rusqlite::Result<T>>,
    ) -> Result<(), Error> {
        let work: Work = Box::new(move |connection| {
            // A caller that no longer waits is no error: the work is done all the same.
            drop(answer.send(job(connection)));
        });
        self.work.send(work).map_err(|_| self.gone())
    }

    fn settle<T>(&self, answer: Result<rusqlite::Result<T>, oneshot::error::RecvError>) -> Result<T, Error> {
        answer.map_err(|_| self.gone())?.map_err(|error| {
            let error = explain(self.what, &error);
            if let (Error::Damaged { .. }, Some(path)) = (&error, &self.path) {
                // Without the mark a large file is found damaged again and again instead of being set aside.
                drop(File::create(suspect(path)));
            }
            error
        })
    }

    fn gone(&self) -> Error {
        Error::Storage { what: self.what.to_owned(), why: "its thread has ended".to_owned() }
    }
}
