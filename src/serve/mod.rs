//! Looking at the site while it is written: build, serve, watch, rebuild, reload.

mod http;
mod overlay;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch as channel;

use self::watch::Watch;

use crate::config::Mode;
use crate::diagnostic::{Code, Diagnostic, Words};
use crate::{BuildOptions, Outcome, build, text};

/// What to serve and where.
pub struct ServeOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// The configuration's file, when it is not one of the usual ones.
    pub config: Option<PathBuf>,
    /// Where to write the site; a folder for as long as the server runs when `None`.
    pub output_dir: Option<PathBuf>,
    /// Replaces that folder even when it holds files that huta did not write.
    pub force: bool,
    /// Address that pages name; the server's own when `None`.
    pub base_url: Option<String>,
    /// Whether the port is added to that address.
    pub append_port: bool,
    /// Files and folders to watch besides the site's.
    pub watch: Vec<PathBuf>,
    /// How long it must be quiet before a rebuild.
    pub quiet: Duration,
    /// Address to listen on.
    pub interface: IpAddr,
    /// Port to listen on; 0 takes a free one.
    pub port: u16,
    /// Builds drafts too.
    pub drafts: bool,
    /// Language of messages, when asked for.
    pub words: Option<Words>,
    /// The instant of each build.
    pub now: Box<dyn Fn() -> jiff::Timestamp + Send>,
}

/// What happens while serving.
pub enum Event<'a> {
    /// The server listens at this address.
    Listening(String),
    /// A build has ended.
    Built(&'a Outcome),
}

/// What the server knows of the last build.
#[derive(Debug, Default)]
struct State {
    /// What is shown over every page; empty after a good build.
    overlay: String,
    /// Whether there is a version to show.
    built: bool,
}

type SharedState = Arc<Mutex<State>>;

/// Builds and serves until the process is told to end (Ctrl-C, SIGTERM).
///
/// # Errors
///
/// When the address cannot be listened on or the folder for the built site cannot be made.
pub fn serve(options: ServeOptions, told: impl Fn(Event<'_>) + Send + 'static) -> Result<(), Diagnostic> {
    let failed = |error: std::io::Error| server_error(&error);
    let listener =
        std::net::TcpListener::bind((options.interface, options.port)).map_err(|error| port_error(&options, &error))?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let folder = Folder::new()?;
    let output = options.output_dir.clone().unwrap_or_else(|| folder.0.join("site"));
    let state = SharedState::default();
    // Numbers of builds start with the time, so that a page left open from an earlier server notices.
    let started = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
    let (version, versions) = channel::channel(started);
    let home = format!("http://{}", browsable(address));
    // Listening on every address, other machines use an address that is not known here: addresses start at the root.
    let base_url = match &options.base_url {
        Some(url) if url == "/" || !options.append_port => url.clone(),
        Some(url) => format!("{}:{}", url.trim_end_matches('/'), address.port()),
        None if address.ip().is_unspecified() => "/".to_string(),
        None => home.clone(),
    };
    let found = crate::config::find(&options.root, options.config.as_deref());
    let (site, config_file) = found.map_or_else(|| (options.root.clone(), None), |(site, file)| (site, Some(file)));
    let rebuild = {
        let (state, output) = (Arc::clone(&state), output.clone());
        let (root, config, drafts, words, now) =
            (options.root.clone(), options.config.clone(), options.drafts, options.words, options.now);
        let force = options.force;
        move || {
            let build_options = BuildOptions {
                config: config.clone(),
                output_dir: Some(output.clone()),
                force,
                base_url: Some(base_url.clone()),
                drafts,
                now: now(),
                mode: Mode::Serve,
                ..BuildOptions::new(&root)
            };
            let outcome = build(&build_options);
            let words = words.or(outcome.words).unwrap_or(Words::English);
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            state.built |= outcome.succeeded();
            state.overlay = overlay::html(&outcome, words, state.built);
            outcome
        }
    };
    let also = options.watch.iter().cloned().chain(config_file).collect();
    let watch = Watch::new(&site, also, options.quiet).map_err(|error| server_error(&error))?;
    told(Event::Built(&rebuild()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    // Whoever is told the address may end the server at once.
    let end = {
        let _inside = runtime.enter();
        http::told_to_end().map_err(failed)?
    };
    told(Event::Listening(home));
    watch.spawn(move || {
        told(Event::Built(&rebuild()));
        version.send_modify(|version| *version += 1);
    });
    runtime.block_on(http::run(listener, output, state, versions, end)).map_err(failed)
}

/// An address that a browser on this machine can open.
fn browsable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() { SocketAddr::new(IpAddr::from([127, 0, 0, 1]), address.port()) } else { address }
}

/// A folder of this process that goes when the process does.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Diagnostic> {
        let path = std::env::temp_dir().join(format!("huta-serve-{}", std::process::id()));
        // A folder of an earlier process with this number holds nothing of value.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).map_err(|error| server_error(&error))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn port_error(options: &ServeOptions, error: &std::io::Error) -> Diagnostic {
    let (interface, port) = (options.interface, options.port);
    let next = port.saturating_add(1);
    Diagnostic::error(
        Code::ServerFailed,
        None,
        text!("nie da się nasłuchiwać na {interface}:{port}: {error}", "cannot listen on {interface}:{port}: {error}"),
    )
    .help(text!("wybierz inny port: huta serve -p {next}", "choose another port: huta serve -p {next}"))
}

fn server_error(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::error(Code::ServerFailed, None, text!("błąd serwera: {error}", "the server failed: {error}"))
}
