//! A line on the terminal that says what takes so long.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::Progress;
use crate::diagnostic::Words;

/// What takes less is not worth a line.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const STEP: Duration = Duration::from_millis(200);

/// Back to the beginning of the line, and the line empty (ECMA-48, CR and EL).
const CLEAR: &str = "\r\x1b[2K";

/// Shows the line for as long as it lives, on standard error, and only if that is a terminal.
pub(super) struct Waiting(Option<(Sender<()>, JoinHandle<()>)>);

impl Waiting {
    /// Begins to wait. With `quiet` nothing is ever shown.
    pub(super) fn begin(progress: Progress, words: Words, quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() || std::env::var("TERM").is_ok_and(|term| term == "dumb") {
            return Self(None);
        }
        let (end, ended) = mpsc::channel();
        let begun = Instant::now();
        let thread = std::thread::spawn(move || {
            let mut wait = PATIENCE;
            let mut is_shown = false;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = STEP;
                is_shown = true;
                let (stage, seconds) = (progress.stage().name(), begun.elapsed().as_secs());
                let mut out = std::io::stderr().lock();
                // Nobody is left to tell when standard error is closed.
                let _ = write!(out, "{CLEAR}{} … {seconds} s", stage.get(words)).and_then(|()| out.flush());
            }
            if is_shown {
                let _ = write!(std::io::stderr().lock(), "{CLEAR}");
            }
        });
        Self(Some((end, thread)))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.0.take() {
            drop(end);
            // A thread that panicked has shown nothing more.
            let _ = thread.join();
        }
    }
}
