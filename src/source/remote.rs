//! Data from the network: only where the configuration allows it, within its limits.

use crate::config::RemoteConfig;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// Address.
    pub url: String,
    /// Whether the body is sent (POST) or something is asked for (GET).
    pub post: bool,
    /// What is sent.
    pub body: String,
    /// Headers, name and value.
    pub headers: Vec<(String, String)>,
}

/// Most redirects that are followed.
#[cfg(feature = "remote")]
const REDIRECTS: usize = 5;

/// Fetches a text. Every address on the way, redirects included, must be allowed.
///
/// # Errors
///
/// Says in English what went wrong.
#[cfg(feature = "remote")]
pub fn fetch(request: &Request, config: &RemoteConfig) -> Result<String, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(config.time_limit()))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("huta/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut url = request.url.clone();
    let mut post = request.post;
    for _ in 0..=REDIRECTS {
        check(&url, config)?;
        let answer = if post {
            let mut call = agent.post(&url);
            for (name, value) in &request.headers {
                call = call.header(name, value);
            }
            call.send(&request.body)
        } else {
            let mut call = agent.get(&url);
            for (name, value) in &request.headers {
                call = call.header(name, value);
            }
            call.call()
        };
        let mut answer = answer.map_err(|error| format!("{url}: {error}"))?;
        let status = answer.status();
        if status.is_redirection() {
            let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
            url = absolute(&url, location.ok_or_else(|| format!("{url}: a redirect that leads nowhere"))?);
            // 307 and 308 repeat the request, the others ask for the new address (RFC 9110, 15.4).
            post = post && matches!(status.as_u16(), 307 | 308);
            continue;
        }
        if !status.is_success() {
            return Err(format!("{url}: the server answered {status}"));
        }
        let reading = answer.body_mut().with_config().limit(config.size_limit).read_to_string();
        return reading.map_err(|error| format!("{url}: {error}"));
    }
    Err(format!("{}: too many redirects", request.url))
}

/// Without the feature nothing is fetched.
#[cfg(not(feature = "remote"))]
pub fn fetch(request: &Request, config: &RemoteConfig) -> Result<String, String> {
    check(&request.url, config)?;
    Err("this huta was built without the network (the feature `remote`)".into())
}

fn check(url: &str, config: &RemoteConfig) -> Result<(), String> {
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(format!("`{url}` is not an address that starts with https://"));
    }
    if config.allows(url) {
        return Ok(());
    }
    Err(format!("the configuration does not allow `{url}`; add its beginning to `allow` under [remote]"))
}

/// The address a redirect leads to.
#[cfg(feature = "remote")]
pub(crate) fn absolute(from: &str, location: &str) -> String {
    if location.contains("://") {
        return location.to_string();
    }
    let host = from.find("://").map_or(0, |at| at + 3);
    let path = from[host..].find(['/', '?', '#']).map_or(from.len(), |at| host + at);
    if let Some(rest) = location.strip_prefix("//") {
        return format!("{}{rest}", &from[..host]);
    }
    if location.starts_with('/') {
        return format!("{}{location}", &from[..path]);
    }
    let folder = from[path..].split(['?', '#']).next().and_then(|path| path.rfind('/')).map_or(0, |at| at + 1);
    let slash = if folder == 0 { "/" } else { "" };
    format!("{}{slash}{location}", &from[..path + folder])
}

#[cfg(all(test, feature = "remote"))]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    /// A server that answers each request with the next of `answers`, and its address.
    fn server(answers: Vec<String>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        format!("http://{address}")
    }

    fn ok(body: &str) -> String {
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
    }

    fn request(url: &str) -> Request {
        Request { url: url.into(), post: false, body: String::new(), headers: vec![] }
    }

    #[test]
    fn fetches_what_is_allowed_within_the_limit() {
        let home = server(vec![ok("[1, 2]"), ok(&"x".repeat(2000))]);
        let config = RemoteConfig { allow: vec![home.clone()], size_limit: 1000, ..RemoteConfig::default() };
        assert_eq!(fetch(&request(&format!("{home}/a")), &config).unwrap(), "[1, 2]");
        assert!(fetch(&request(&format!("{home}/b")), &config).is_err());
        assert!(fetch(&request("https://example.org/"), &config).unwrap_err().contains("[remote]"));
        assert!(fetch(&request("file:///etc/passwd"), &config).is_err());
    }

    #[test]
    fn a_redirect_must_be_allowed_too() {
        let moved = |to: &str| {
            format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        };
        let home = server(vec![moved("/b"), ok("here"), moved("http://127.0.0.2:9/x")]);
        let config = RemoteConfig { allow: vec![home.clone()], ..RemoteConfig::default() };
        assert_eq!(fetch(&request(&format!("{home}/a")), &config).unwrap(), "here");
        assert!(fetch(&request(&format!("{home}/a")), &config).unwrap_err().contains("127.0.0.2"));
    }

    #[test]
    fn a_slow_server_is_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let home = format!("http://{}", listener.local_addr().unwrap());
        let config = RemoteConfig { allow: vec![home.clone()], time_limit: 1, ..RemoteConfig::default() };
        assert!(fetch(&request(&home), &config).is_err());
    }

    #[test]
    fn addresses_of_redirects() {
        assert_eq!(absolute("https://a.pl/x/y?q=/z", "w"), "https://a.pl/x/w");
        assert_eq!(absolute("https://a.pl", "w"), "https://a.pl/w");
        assert_eq!(absolute("https://a.pl/x", "//b.pl/"), "https://b.pl/");
        assert_eq!(absolute("https://a.pl/x/y", "/z"), "https://a.pl/z");
    }
}
