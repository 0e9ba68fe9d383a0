//! Asking other sites: a few hosts at a time, one question a host at a time, with a pause between two.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::Agent;

use crate::config::CheckConfig;
use crate::source::absolute;

/// Hosts that are asked at the same time.
const HOSTS: usize = 8;

/// How often one address is asked when its server is busy or cannot be reached.
const TRIES: u32 = 3;

/// Redirects that are followed.
const HOPS: usize = 8;

/// Longest wait that a server may ask for before it is asked again.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What became of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Answer {
    /// There is a page.
    Fine,
    /// There is one, and it will stay at another address (RFC 9110: 301, 308).
    Moved(String),
    /// There is none: what the server said.
    Broken(String),
    /// The server would not say, or could not be reached.
    Unknown(String),
}

/// One try: an answer, or a reason to try again, maybe after a time.
enum Try {
    Done(Answer),
    Again(String, Option<Duration>),
}

pub(super) struct Asker {
    agent: Agent,
    pause: Duration,
}

impl Asker {
    pub(super) fn new(config: &CheckConfig) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs_f64(config.external_timeout)))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("huta/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build()
            .into();
        Self { agent, pause: Duration::from_secs_f64(config.external_pause) }
    }

    /// Asks each address.
    pub(super) fn ask<'a>(&self, urls: &BTreeSet<&'a str>) -> BTreeMap<&'a str, Answer> {
        let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for url in urls {
            hosts.entry(host(url)).or_default().push(url);
        }
        let workers = hosts.len().min(HOSTS);
        let queue: Mutex<VecDeque<Vec<&str>>> = Mutex::new(hosts.into_values().collect());
        let answers = Mutex::new(BTreeMap::new());
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    loop {
                        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                        let Some(urls) = next else { return };
                        for (at, url) in urls.iter().enumerate() {
                            if at > 0 {
                                std::thread::sleep(self.pause);
                            }
                            let answer = self.one(url);
                            answers.lock().unwrap_or_else(PoisonError::into_inner).insert(*url, answer);
                        }
                    }
                });
            }
        });
        answers.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn one(&self, url: &str) -> Answer {
        let mut why = String::new();
        for attempt in 0..TRIES {
            match self.attempt(url) {
                Try::Done(answer) => return answer,
                Try::Again(reason, wait) => {
                    why = reason;
                    if attempt + 1 < TRIES {
                        let wait = wait.unwrap_or(self.pause * 2_u32.pow(attempt));
                        std::thread::sleep(wait.min(LONGEST_WAIT));
                    }
                }
            }
        }
        Answer::Unknown(why)
    }

    fn attempt(&self, url: &str) -> Try {
        let mut at = url.to_string();
        let mut for_good = true;
        for hop in 0..=HOPS {
            let answer = match self.agent.get(&at).header("accept", "text/html, */*;q=0.5").call() {
                Ok(answer) => answer,
                Err(ureq::Error::BadUri(_) | ureq::Error::Http(_)) => {
                    return Try::Done(Answer::Broken("not an address".into()));
                }
                Err(error) => return Try::Again(error.to_string(), None),
            };
            let status = answer.status();
            let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
            match status.as_u16() {
                200..=299 if hop > 0 && for_good => return Try::Done(Answer::Moved(at)),
                200..=299 => return Try::Done(Answer::Fine),
                300..=399 => {
                    let Some(to) = header("location") else {
                        return Try::Done(Answer::Broken(format!("{status}")));
                    };
                    for_good &= matches!(status.as_u16(), 301 | 308);
                    at = absolute(&at, to);
                }
                404 | 410 => return Try::Done(Answer::Broken(status.to_string())),
                408 | 425 | 429 | 500..=599 => {
                    let wait = header("retry-after").and_then(|wait| wait.trim().parse().ok()).map(Duration::from_secs);
                    return Try::Again(status.to_string(), wait);
                }
                // A robot may be refused where a reader is welcome.
                _ => return Try::Done(Answer::Unknown(status.to_string())),
            }
        }
        Try::Done(Answer::Broken("too many redirects".into()))
    }
}

/// The host of an address, its port included.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
