//! A server of `huta serve` for a test.
#![allow(dead_code, unreachable_pub)] // Each test file uses a part of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long to wait for what must happen.
const PATIENCE: Duration = Duration::from_secs(30);

const STEP: Duration = Duration::from_millis(50);

/// A running server.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
    /// What it has said so far.
    said: Arc<Mutex<String>>,
}

impl Server {
    /// Serves a site on a free port.
    pub fn start(root: &Path) -> Self {
        Self::start_with(root, &[])
    }

    /// Serves a site on a free port, with more arguments.
    pub fn start_with(root: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huta"));
        command.args(Self::arguments(root)).args(["-p", "0"]).args(arguments);
        Self::run(command)
    }

    /// The arguments of a server for a site, but for its port.
    pub fn arguments(root: &Path) -> Vec<String> {
        let arguments = ["--lang", "en", "serve", "--today", "2026-11-23", "--root"].map(str::to_string);
        arguments.into_iter().chain([root.to_str().unwrap().to_string()]).collect()
    }

    /// Waits until a server that a command starts has told its address.
    pub fn run(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let mut said = String::new();
        let address = loop {
            let line = lines.next().unwrap_or_else(|| panic!("ended before it served:\n{said}"));
            match line.strip_prefix("http://") {
                Some(address) => break address.to_string(),
                None => said += &(line + "\n"),
            }
        };
        let said = Arc::new(Mutex::new(said));
        let more = Arc::clone(&said);
        // Keeps reading, so that the server never waits for its messages to be taken.
        std::thread::spawn(move || lines.for_each(|line| *more.lock().unwrap() += &(line + "\n")));
        Self { child, address, said }
    }

    /// What it has said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// What is new on a page since a version; with `wait` as soon as there is something.
    pub fn news(&self, path: &str, after: u64, wait: bool) -> Value {
        let (status, body) = self.get(&format!("/__huta/news?path={path}&after={after}&wait={wait}"));
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// The number of what is served now.
    pub fn version(&self) -> u64 {
        self.news("/", u64::MAX, false)["version"].as_u64().unwrap()
    }

    /// Waits until something was built after a version.
    pub fn after(&self, version: u64) -> u64 {
        let start = Instant::now();
        loop {
            let now = self.version();
            if now > version {
                return now;
            }
            assert!(start.elapsed() < PATIENCE, "nothing was built:\n{}", self.said());
            std::thread::sleep(STEP);
        }
    }

    /// Waits until nothing has been built, and nothing computed, for a while.
    pub fn settled(&self) {
        // Where nobody tells what a process computes: longer than a build takes.
        let quiet = Duration::from_secs(if self.computed().is_some() { 2 } else { 20 });
        let now = || (self.version(), self.computed().map(|ticks| ticks / 10));
        let (mut before, mut since) = (now(), Instant::now());
        while since.elapsed() < quiet {
            std::thread::sleep(STEP);
            let now = now();
            if now != before {
                (before, since) = (now, Instant::now());
            }
        }
    }

    /// Hundredths of a second that the server has computed (Linux). Answering costs a little of it too.
    fn computed(&self) -> Option<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How many files and connections it has open (Linux).
    pub fn open_files(&self) -> Option<usize> {
        Some(std::fs::read_dir(format!("/proc/{}/fd", self.id())).ok()?.count())
    }

    /// Status and body for a path sent exactly as written.
    pub fn get(&self, path: &str) -> (u16, String) {
        let answer = self.ask(path);
        let status = answer[9..12].parse().unwrap();
        (status, answer.split_once("\r\n\r\n").map_or(String::new(), |(_, body)| body.to_string()))
    }

    /// The head of the answer.
    pub fn head(&self, path: &str) -> String {
        self.ask(path).split_once("\r\n\r\n").unwrap().0.to_string()
    }

    fn ask(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Waits until a page holds what it should.
    pub fn until(&self, path: &str, holds: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let (_, body) = self.get(path);
            if holds(&body) {
                return body;
            }
            assert!(start.elapsed() < PATIENCE, "{path} is still:\n{body}\n{}", self.said());
            std::thread::sleep(STEP);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to end, it takes its folder along.
        let asked = cfg!(unix)
            && Command::new("kill").arg(self.child.id().to_string()).status().is_ok_and(|status| status.success());
        if !asked {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
