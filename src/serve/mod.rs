//! Looking at the site while it is written: build, serve, watch, rebuild, reload.

mod burst;
mod connections;
mod guard;
mod http;
mod overlay;
mod panel;
mod port;
mod shown;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use self::guard::Guard;
pub use self::port::DEFAULT_PORT;
use self::shown::Shown;
use self::watch::Watch;
use crate::config::Mode;
use crate::diagnostic::{Code, Diagnostic, Words};
use crate::memory::Memory;
use crate::{BuildOptions, Glimpse, Outcome, Viewer, rebuild, text};

/// How long a browser has the machine for itself after it was told of a new version, before the rest of the site is made: to
/// load and draw a page of the guide takes it some 130 ms of two cores.
const BREATH: Duration = Duration::from_millis(300);

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
    /// Port to listen on; 0 takes a free one. `None` takes [`DEFAULT_PORT`], or the next one that is free.
    pub port: Option<u16>,
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
    /// Something else than was asked for had to be done.
    Told(Diagnostic),
}

/// Builds and serves until the process is told to end (Ctrl-C, SIGTERM).
///
/// # Errors
///
/// When the address cannot be listened on or the folder for the built site cannot be made.
pub fn serve(options: ServeOptions, told: impl Fn(Event<'_>) + Send + 'static) -> Result<(), Diagnostic> {
    let failed = |error: std::io::Error| server_error(&error);
    let (listener, instead) = port::listen(options.interface, options.port)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let folder = Folder::new()?;
    let output = options.output_dir.clone().unwrap_or_else(|| folder.0.join("site"));
    let home = format!("http://{}", browsable(address));
    let found = crate::config::find(&options.root, options.config.as_deref());
    let (site, config_file) = found.map_or_else(|| (options.root.clone(), None), |(site, file)| (site, Some(file)));
    let shown = Arc::new(Shown::new(output.clone(), &site, options.words));
    let also = options.watch.iter().cloned().chain(config_file).collect();
    let watch = Watch::new(&site, also, options.quiet).map_err(|error| server_error(&error))?;
    let base_url = base_url(&options, address, &home);
    let guard = Guard::new(options.interface, &base_url, home.clone());
    let builder = Builder {
        base_url,
        output,
        eyes: Eyes { shown: Arc::clone(&shown), changed: Arc::default() },
        memory: Memory::lasting(),
        options,
    };
    if let Some(instead) = instead {
        told(Event::Told(instead));
    }
    builder.build(&told);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    // Whoever is told the address may end the server at once.
    let end = {
        let _inside = runtime.enter();
        http::told_to_end().map_err(failed)?
    };
    told(Event::Listening(home));
    let (sender, bursts) = mpsc::channel();
    let changed = Arc::clone(&builder.eyes.changed);
    watch.spawn(
        move || changed.store(true, Ordering::SeqCst),
        move || {
            // The other end is gone only when the process ends.
            let _ = sender.send(());
        },
    );
    std::thread::spawn(move || {
        while bursts.recv().is_ok() {
            // What has changed by now is in this build.
            while bursts.try_recv().is_ok() {}
            builder.build(&told);
        }
    });
    runtime.block_on(http::run(listener, shown, guard, end)).map_err(failed)
}

/// Builds the site again and again.
struct Builder {
    options: ServeOptions,
    output: PathBuf,
    base_url: String,
    memory: Memory,
    eyes: Eyes,
}

impl Builder {
    fn build(&self, told: &impl Fn(Event<'_>)) {
        self.eyes.changed.store(false, Ordering::SeqCst);
        let options = &self.options;
        let build_options = BuildOptions {
            config: options.config.clone(),
            output_dir: Some(self.output.clone()),
            force: options.force,
            base_url: Some(self.base_url.clone()),
            drafts: options.drafts,
            now: (options.now)(),
            mode: Mode::Serve,
            ..BuildOptions::new(&options.root)
        };
        let outcome = rebuild(&build_options, &self.memory, &self.eyes);
        // The change that ended it brings another.
        if !outcome.abandoned {
            self.eyes.shown.take(&outcome);
            told(Event::Built(&outcome));
        }
    }
}

/// Sees the site through the browsers that are open.
struct Eyes {
    shown: Arc<Shown>,
    /// Whether something has changed since the build began.
    changed: Arc<AtomicBool>,
}

impl Viewer for Eyes {
    fn looked_at(&self) -> BTreeSet<String> {
        self.shown.looked_at()
    }

    fn pages(&self, origins: BTreeMap<String, String>) {
        self.shown.pages(origins);
    }

    fn glimpse(&self, glimpse: Glimpse<'_>) {
        self.shown.glimpse(glimpse);
        let start = Instant::now();
        while start.elapsed() < BREATH && !self.gives_up() {
            std::thread::sleep(BREATH / 30);
        }
    }

    fn gives_up(&self) -> bool {
        self.changed.load(Ordering::SeqCst)
    }
}

/// The address that pages name.
fn base_url(options: &ServeOptions, address: SocketAddr, home: &str) -> String {
    match &options.base_url {
        Some(url) if url == "/" || !options.append_port => url.clone(),
        Some(url) => format!("{}:{}", url.trim_end_matches('/'), address.port()),
        // Listening on every address, other machines use an address that is not known here: addresses start at the root.
        None if address.ip().is_unspecified() => "/".to_string(),
        None => home.to_string(),
    }
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
        make(&path).map_err(|error| server_error(&error))?;
        Ok(Self(path))
    }
}

/// Makes a folder that nobody else on this machine can look into: drafts are in it.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut maker = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(folder)
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn server_error(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::error(Code::ServerFailed, None, text!("błąd serwera: {error}", "the server failed: {error}"))
}
