//! Connections: how many there are at once, and how long and how much a client may talk before it asks.
//!
//! Nobody is trusted to ask quickly, or at all: without limits a few hundred silent connections, of a broken program or of a
//! page that means ill, use up all the files a process may open, and the browser of whoever writes is not answered any more.

use std::convert::Infallible;
use std::io::{Error, ErrorKind};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// Connections at once. A browser has six for a site; macOS lets a process have 256 files open.
const MOST: usize = 128;

/// How long a client may take to say what it wants, or to want something again.
const TO_ASK: Duration = Duration::from_secs(10);

/// Lines of a head; browsers send some twenty.
const MOST_HEADERS: usize = 64;

/// Bytes of a head. Cookies are most of it: browsers send those of all programs that have ever been seen at this address,
/// whatever their port.
const LARGEST_HEAD: usize = 32 * 1024;

/// How long to wait where a connection cannot be taken because the process, or the system, has too many files open.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers for ever.
pub(super) async fn serve(listener: TcpListener, router: Router) -> Infallible {
    let mut seats = Seats::default();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                if seats.are_taken() {
                    if !seats.clear_one() {
                        continue;
                    }
                    // Lets it go before somebody else comes.
                    tokio::task::yield_now().await;
                }
                tokio::spawn(talk(stream, router.clone(), seats.take()));
            }
            Err(error) if concerns_one(&error) => {}
            Err(_) => {
                seats.clear_one();
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn talk(stream: TcpStream, router: Router, seat: Arc<Seat>) {
    let (router, seen) = (TowerToHyperService::new(router), &*seat);
    let service = service_fn(move |request: Request<Incoming>| {
        seen.set_waiting(false);
        let answer = router.call(request);
        async move {
            let answer = answer.await;
            seen.set_waiting(true);
            answer
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(TO_ASK)
        .max_headers(MOST_HEADERS)
        .max_header_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // Whatever went wrong went wrong for this client, and it knows.
        _ = connection => {}
        () = seat.leave.notified() => {}
    }
}

/// Whether only the connection that was to be taken is lost.
fn concerns_one(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// A connection, as the one who opens the door sees it.
#[derive(Debug)]
struct Seat {
    /// Since when the server waits for the client: to ask, to go on asking, or to take the answer.
    waiting: Mutex<Option<Instant>>,
    leave: Notify,
}

impl Seat {
    fn waiting(&self) -> Option<Instant> {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_waiting(&self, is_waiting: bool) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = is_waiting.then(Instant::now);
    }
}

/// Connections that may still be there.
#[derive(Debug, Default)]
struct Seats(Vec<Weak<Seat>>);

impl Seats {
    fn are_taken(&mut self) -> bool {
        self.0.retain(|seat| seat.strong_count() > 0);
        self.0.len() >= MOST
    }

    fn take(&mut self) -> Arc<Seat> {
        let seat = Arc::new(Seat { waiting: Mutex::new(Some(Instant::now())), leave: Notify::new() });
        self.0.push(Arc::downgrade(&seat));
        seat
    }

    /// Ends the connection that the server has waited for longest; false when it waits for nobody.
    fn clear_one(&mut self) -> bool {
        let waiting = self.0.iter().filter_map(Weak::upgrade).filter_map(|seat| Some((seat.waiting()?, seat)));
        let Some((_, slowest)) = waiting.min_by_key(|(since, _)| *since) else { return false };
        slowest.leave.notify_one();
        self.0.retain(|seat| !seat.ptr_eq(&Arc::downgrade(&slowest)));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_goes_and_nobody_who_is_served() {
        let mut seats = Seats::default();
        let all: Vec<_> = (0..MOST).map(|_| seats.take()).collect();
        assert!(seats.are_taken());
        all[0].set_waiting(false);
        all[1].set_waiting(false);
        all[1].set_waiting(true);
        let gone = |seats: &Seats| {
            let stays = |seat: &Arc<Seat>| seats.0.iter().any(|other| other.ptr_eq(&Arc::downgrade(seat)));
            all.iter().position(|seat| !stays(seat))
        };
        assert!(seats.clear_one());
        assert_eq!((gone(&seats), seats.are_taken()), (Some(2), false));
        for seat in &all {
            seat.set_waiting(false);
        }
        assert!(!seats.clear_one());
        drop(all);
        assert!(!seats.are_taken() && seats.0.is_empty());
    }
}
