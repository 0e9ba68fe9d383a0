//! A line on the terminal that says what takes so long. Where there is no terminal, only that another process is waited for.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::diagnostic::Words;
use crate::{Progress, Work};

/// What takes less is not worth a line.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const STEP: Duration = Duration::from_millis(200);

/// Back to the beginning of the line, and the line empty (ECMA-48, CR and EL).
const CLEAR: &str = "\r\x1b[2K";

/// Shows the line for as long as it lives, on standard error.
pub(super) struct Waiting(Option<(Sender<()>, JoinHandle<()>)>);

impl Waiting {
    /// Begins to wait. With `quiet` nothing is ever shown.
    pub(super) fn begin(progress: Progress, words: Words, quiet: bool) -> Self {
        if quiet {
            return Self(None);
        }
        let is_plain = !std::io::stderr().is_terminal() || std::env::var("TERM").is_ok_and(|term| term == "dumb");
        let (end, ended) = mpsc::channel();
        let run = if is_plain { say_once } else { show };
        let thread = std::thread::spawn(move || run(&progress, words, &ended));
        Self(Some((end, thread)))
    }
}

/// Shows what is being done now, again and again.
fn show(progress: &Progress, words: Words, ended: &Receiver<()>) {
    let mut wait = PATIENCE;
    let mut is_shown = false;
    let begun = Instant::now();
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
}

/// Says that another process is waited for, which may last for ever.
fn say_once(progress: &Progress, words: Words, ended: &Receiver<()>) {
    while ended.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
        let stage = progress.stage();
        if stage == Work::Waiting {
            let _ = writeln!(std::io::stderr().lock(), "{} …", stage.name().get(words));
            return;
        }
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
