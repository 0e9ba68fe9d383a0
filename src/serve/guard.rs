//! Who may ask: through the browser of whoever writes a site, pages of other sites reach for what is not published yet.
//!
//! A page may have the name of its own server lead to this machine once it is loaded (DNS rebinding), and browsers then take
//! the two for one site: only the name in `Host` tells. And any page may send questions here, and load what it cannot read.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::Next;

use super::http::answer;
use crate::diagnostic::Text;
use crate::text;

/// What every server should take (RFC 9110, 4.1) and no page of a site needs.
const LONGEST_TARGET: usize = 8192;

const ALLOWED: &str = "GET, HEAD";

/// Whom else an answer may be handed to, by a browser that has it.
pub(super) const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Where the page that asks comes from, as browsers tell; pages cannot set it (W3C, Fetch Metadata).
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Knows the server's own names.
#[derive(Debug)]
pub(super) struct Guard {
    names: BTreeSet<String>,
    /// Whether any address will do: listening on all of them, the server does not know which they are. Only names can be made
    /// to lead elsewhere.
    any_address: bool,
    /// What to open instead.
    home: String,
}

impl Guard {
    /// Takes the address that is listened on, the one that pages name, and one that a browser can open.
    pub(super) fn new(interface: IpAddr, base_url: &str, home: String) -> Self {
        let from_pages = base_url.parse::<Uri>().ok().and_then(|url| canonical(url.host()?));
        let always = ["localhost", "127.0.0.1", "::1"].map(str::to_string);
        let names = always.into_iter().chain([interface.to_canonical().to_string()]).chain(from_pages).collect();
        Self { names, any_address: interface.is_unspecified(), home }
    }

    /// Whether this is one of the server's names, with whatever port: tunnels have ports of their own.
    fn knows(&self, authority: &str) -> bool {
        let host = without_port(authority).and_then(canonical);
        host.is_some_and(|host| self.names.contains(&host) || self.any_address && host.parse::<IpAddr>().is_ok())
    }

    fn refuses(&self, request: &Request) -> Option<Response<Body>> {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Some(refusal(StatusCode::BAD_REQUEST, &self.unknown()));
        };
        let in_target = request.uri().authority().is_none_or(|target| self.knows(target.as_str()));
        if !in_target || !host.to_str().is_ok_and(|host| self.knows(host)) {
            return Some(refusal(StatusCode::MISDIRECTED_REQUEST, &self.unknown()));
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let told = text!(
                "huta serve tylko pokazuje pliki: odpowiada na {ALLOWED}.",
                "huta serve only shows files: it answers {ALLOWED}."
            );
            let mut refusal = refusal(StatusCode::METHOD_NOT_ALLOWED, &told);
            refusal.headers_mut().insert(header::ALLOW, HeaderValue::from_static(ALLOWED));
            return Some(refusal);
        }
        let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
        (length > LONGEST_TARGET).then(|| {
            let told = text!(
                "Adres ma {length} bajtów, a może mieć najwyżej {LONGEST_TARGET}.",
                "The address has {length} bytes and may have {LONGEST_TARGET} at most."
            );
            refusal(StatusCode::URI_TOO_LONG, &told)
        })
    }

    fn unknown(&self) -> Text {
        let home = &self.home;
        text!(
            "huta serve odpowiada tylko pod własnym adresem, a w tym zapytaniu jest inny: tak strony z internetu sięgają po to, \
             co jest na Twoim komputerze (DNS rebinding).\nOtwórz {home}. Jeśli to inny adres tego samego serwera, podaj go przy \
             uruchamianiu: huta serve --base-url http://NAZWA",
            "huta serve answers at its own address only, and this request names another: that is how pages on the internet \
             reach for what is on your computer (DNS rebinding).\nOpen {home}. If it is another address of this server, say it \
             at the start: huta serve --base-url http://NAME"
        )
    }
}

/// Lets through what may be asked, and tells browsers to keep answers to themselves.
pub(super) async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response<Body> {
    let mut answer = match guard.refuses(&request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    let headers = answer.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(RESOURCE_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    answer
}

/// Lets through what pages of this server ask, and programs that are no browsers.
pub(super) async fn own(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response<Body> {
    if is_own(request.headers()) {
        return next.run(request).await;
    }
    let home = &guard.home;
    let told = text!(
        "Ten adres jest dla panelu na stronach, które pokazuje huta serve, a zapytała o niego strona innej witryny.\nOtwórz {home}.",
        "This address is for the panel on the pages that huta serve shows, and a page of another site has asked for it.\nOpen {home}."
    );
    refusal(StatusCode::FORBIDDEN, &told)
}

fn is_own(headers: &HeaderMap) -> bool {
    let all = |name: HeaderName, fits: &dyn Fn(&str) -> bool| {
        headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(fits))
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    all(FETCH_SITE, &|site| site == "same-origin" || site == "none")
        && all(header::ORIGIN, &|origin| {
            let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
        })
}

/// Both languages: nobody knows yet who reads it.
pub(super) fn refusal(status: StatusCode, told: &Text) -> Response<Body> {
    answer(status, "text/plain; charset=utf-8", format!("{}\n\n{}\n", told.pl, told.en).into_bytes())
}

fn without_port(authority: &str) -> Option<&str> {
    let end = if authority.starts_with('[') {
        authority.find(']')? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at(end);
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(host)
}

/// The one way to write a name or an address.
fn canonical(host: &str) -> Option<String> {
    match host.strip_prefix('[') {
        Some(rest) => {
            let address: Ipv6Addr = rest.strip_suffix(']')?.parse().ok()?;
            Some(address.to_canonical().to_string())
        }
        None => Some(host.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listening_on_all_addresses_it_answers_at_any_but_at_no_name() {
        for interface in ["0.0.0.0", "::"] {
            let guard = Guard::new(interface.parse().unwrap(), "/", String::new());
            for host in ["192.168.1.7:1111", "[fe80::1]:1111", "[::ffff:10.0.0.1]", "127.0.0.1", "localhost:8080"] {
                assert!(guard.knows(host), "{host}");
            }
            for host in ["evil.example", "komputer.local:1111", "192.168.1.7.nip.io", "192.168.1", "fe80::1", ""] {
                assert!(!guard.knows(host), "{host}");
            }
        }
    }

    #[test]
    fn a_name_is_known_when_it_was_said() {
        let here = "192.168.1.7".parse().unwrap();
        let guard = Guard::new(here, "http://Komputer.local:1111/some/path", String::new());
        assert!(["komputer.local", "KOMPUTER.LOCAL:80", "192.168.1.7:1111"].iter().all(|host| guard.knows(host)));
        assert!(!["komputer", "local", "192.168.1.8", "10.0.0.1"].iter().any(|host| guard.knows(host)));
        let guard = Guard::new(here, "http://[2001:DB8::0:1]/", String::new());
        assert!(guard.knows("[2001:db8::1]:1111"));
    }
}
