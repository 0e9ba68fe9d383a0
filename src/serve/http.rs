//! The server: files of the built site, the 404 page, and a question that is answered when the site has changed.

use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, State as AxumState};
use axum::http::{HeaderValue, Response, StatusCode, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::sync::watch::Receiver;

use super::connections;
use super::guard::{self, Guard, RESOURCE_POLICY, refusal};
use super::shown::Shown;
use crate::text;

/// How long the browser's question "what is new?" waits for an answer.
const PATIENCE: Duration = Duration::from_secs(25);

/// Browsers that may wait for an answer at once: open pages, and half of all connections.
const MOST_WAITING: usize = 64;

/// Reloads the page when it has changed, and shows what there is to say of it.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    let style = serde_json::to_string(include_str!("panel.css")).unwrap_or_default();
    let patch = include_str!("patch.js");
    include_str!("panel.js").replace("'panel.css'", &style).replace("// patch.js", patch)
});

/// The address of the script: another one when it is another, so that browsers need not ask for it again.
static SCRIPT_ADDRESS: LazyLock<String> =
    LazyLock::new(|| format!("/__huta/panel.js?h={}", fingerprint(SCRIPT.as_bytes())));

/// Digits that a fingerprint in an address has at least.
const FINGERPRINT: usize = 16;

/// How the name of Zola's search index begins. Scripts can be loaded by pages of other sites, for one of them makes frames of this
/// one there; this one holds all texts.
const INDEX: &str = "search_index.";

#[derive(Clone)]
struct Site {
    shown: Arc<Shown>,
    versions: Receiver<u64>,
    /// Room for those who wait.
    room: Arc<Semaphore>,
}

/// Serves until `end`.
pub(super) async fn run(
    listener: TcpListener,
    shown: Arc<Shown>,
    guard: Guard,
    end: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let site = Site { versions: shown.versions(), shown, room: Arc::new(Semaphore::new(MOST_WAITING)) };
    let guard = Arc::new(guard);
    let router = Router::new()
        .route("/__huta/news", get(news))
        .route("/__huta/panel.js", get(script))
        .route_layer(from_fn_with_state(Arc::clone(&guard), guard::own))
        .fallback(file)
        .layer(from_fn_with_state(guard, guard::check))
        .with_state(site);
    tokio::select! {
        never = connections::serve(listener, router) => match never {},
        () = end => Ok(()),
    }
}

/// Listens for Ctrl-C, and on Unix for a request to terminate, from now on; the future ends when there was one.
///
/// Must be called inside a runtime.
pub(super) fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        // A console that cannot tell is closed from outside.
        let _ = tokio::signal::ctrl_c().await;
    })
}

async fn script(uri: Uri) -> Response<Body> {
    let script = SCRIPT.clone().into_bytes();
    let keeps = is_named_by_hash(&uri, &script);
    let answer = answer(StatusCode::OK, "text/javascript; charset=utf-8", script);
    if keeps { kept(answer) } else { answer }
}

/// What a page asks: which address it is, which version it is of, whether the answer waits until there is another.
#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    path: String,
    #[serde(default)]
    after: u64,
    #[serde(default)]
    wait: bool,
}

/// Answers with what has changed: at once when the asker knows another version, else when there is one.
async fn news(AxumState(mut site): AxumState<Site>, Query(asked): Query<Asked>) -> Response<Body> {
    let room = Arc::clone(&site.room);
    let Ok(_room) = (if asked.wait { room.try_acquire().map(Some) } else { Ok(None) }) else {
        let told = text!(
            "Czeka już {MOST_WAITING} stron; zamknij kilka kart.",
            "{MOST_WAITING} pages are waiting already; close some tabs."
        );
        return refusal(StatusCode::SERVICE_UNAVAILABLE, &told);
    };
    let path = safe_path(&asked.path).unwrap_or_default();
    site.shown.look(&path);
    let wait = async {
        while asked.wait && *site.versions.borrow_and_update() == asked.after {
            if site.versions.changed().await.is_err() {
                return;
            }
        }
    };
    // Patience at an end: the same version again, and the browser asks anew.
    let _ = tokio::time::timeout(PATIENCE, wait).await;
    let news = site.shown.news(&path, asked.after);
    answer(StatusCode::OK, "application/json", serde_json::to_vec(&news).unwrap_or_default())
}

async fn file(AxumState(site): AxumState<Site>, uri: Uri) -> Response<Body> {
    let Some(below) = safe_path(uri.path()) else { return not_found(&site, &uri) };
    if !site.shown.is_folder(&below) {
        // A file is no folder: links on it would lead elsewhere.
        if below.to_string_lossy().ends_with('/') {
            return not_found(&site, &uri);
        }
        return send(&site, &below, &uri, StatusCode::OK).unwrap_or_else(|| not_found(&site, &uri));
    }
    if !uri.path().ends_with('/') {
        let mut moved = answer(StatusCode::PERMANENT_REDIRECT, "text/plain", vec![]);
        // One slash at the start: two would name another host.
        let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
        let target = format!("/{}/{query}", uri.path().trim_start_matches('/'));
        if let Ok(target) = HeaderValue::from_str(&target) {
            moved.headers_mut().insert(header::LOCATION, target);
        }
        return moved;
    }
    send(&site, &below.join("index.html"), &uri, StatusCode::OK).unwrap_or_else(|| not_found(&site, &uri))
}

fn not_found(site: &Site, uri: &Uri) -> Response<Body> {
    send(site, Path::new("404.html"), uri, StatusCode::NOT_FOUND).unwrap_or_else(|| {
        let version = site.shown.version();
        // Before the first good build there is nothing that could be found.
        let (status, page) = if site.shown.is_built() {
            (StatusCode::NOT_FOUND, "<!doctype html><title>404</title><p>404")
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, "<!doctype html><title>huta</title>")
        };
        answer(status, "text/html; charset=utf-8", with_extras(page, version, site))
    })
}

fn send(site: &Site, path: &Path, uri: &Uri, status: StatusCode) -> Option<Response<Body>> {
    // Before the file: a build in between makes the page reload once too often, never once too seldom.
    let version = site.shown.version();
    let bytes = site.shown.read(path)?;
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    if mime.essence_str() == "text/html" {
        let html = String::from_utf8_lossy(&bytes);
        return Some(answer(status, "text/html; charset=utf-8", with_extras(&html, version, site)));
    }
    let mime = match mime.type_() {
        mime_guess::mime::TEXT => format!("{mime}; charset=utf-8"),
        _ => mime.to_string(),
    };
    let keeps = is_named_by_hash(uri, &bytes);
    let is_for_others = mime.starts_with("text/javascript") && !path.to_string_lossy().starts_with(INDEX);
    let mut answer = answer(status, &mime, bytes);
    if is_for_others {
        answer.headers_mut().insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    Some(if keeps { kept(answer) } else { answer })
}

/// The page with the panel's script and, after a failed build, its errors on top.
fn with_extras(html: &str, version: u64, site: &Site) -> Vec<u8> {
    let overlay = site.shown.overlay();
    let extras = format!("{overlay}<script src=\"{}\" data-version=\"{version}\" defer></script>", *SCRIPT_ADDRESS);
    let at = html.rfind("</body>").unwrap_or(html.len());
    [&html[..at], &extras, &html[at..]].concat().into_bytes()
}

/// Whether the address says which bytes these are, as `get_url(cachebust=true)` does: browsers keep them then, and loading a
/// page again is a matter of one file.
fn is_named_by_hash(uri: &Uri, bytes: &[u8]) -> bool {
    let asked = uri.query().and_then(|query| query.split('&').find_map(|part| part.strip_prefix("h=")));
    asked.is_some_and(|asked| asked.len() >= FINGERPRINT && fingerprint(bytes).starts_with(asked))
}

/// SHA-256 in hexadecimal digits.
fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |out, byte| out + &format!("{byte:02x}"))
}

fn kept(mut answer: Response<Body>) -> Response<Body> {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=31536000, immutable"));
    answer
}

/// An answer; what all of them have besides is the guard's business.
pub(super) fn answer(status: StatusCode, mime: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    if let Ok(mime) = HeaderValue::from_str(mime) {
        response.headers_mut().insert(header::CONTENT_TYPE, mime);
    }
    response
}

/// The path below the site's folder that a request asks for; `None` when it would leave it.
fn safe_path(path: &str) -> Option<PathBuf> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    // Paths take `.` away in silence, and two names for one file are one too many.
    if decoded.contains(['\0', '\\']) || decoded.split('/').any(|part| part == ".") {
        return None;
    }
    let relative = PathBuf::from(decoded.trim_start_matches('/'));
    relative.components().all(|part| matches!(part, Component::Normal(_))).then_some(relative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cannot_leave_the_site() {
        for bad in ["/../etc/passwd", "/a/../../b", "/%2e%2e/x", "/a%5c..%5cb", "/..%2fx", "/a%00b", "/%ff", "/a/."] {
            assert!(safe_path(bad).is_none(), "{bad}");
        }
        assert_eq!(safe_path("/miejsca/%C5%82%C4%85ka/"), Some(PathBuf::from("miejsca/łąka/")));
        assert_eq!(safe_path("//x"), Some(PathBuf::from("x")));
        assert_eq!(safe_path("/"), Some(PathBuf::new()));
    }
}
