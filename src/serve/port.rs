//! The port to listen on.

use std::io::{Error, ErrorKind};
use std::net::{IpAddr, TcpListener};

use crate::diagnostic::{Code, Diagnostic};
use crate::text;

/// The port where nobody says another.
pub const DEFAULT_PORT: u16 = 1111;

/// How many ports after a taken one are tried.
const TRIED: u16 = 50;

/// Listens on the port that was asked for, else on the default one or the next that is free; a hint says which.
pub(super) fn listen(interface: IpAddr, port: Option<u16>) -> Result<(TcpListener, Option<Diagnostic>), Diagnostic> {
    let wanted = port.unwrap_or(DEFAULT_PORT);
    let error = match TcpListener::bind((interface, wanted)) {
        Ok(listener) => return Ok((listener, None)),
        Err(error) => error,
    };
    let free = if error.kind() == ErrorKind::AddrInUse { next_free(interface, wanted) } else { None };
    match (port, free) {
        (None, Some((listener, free))) => {
            let instead = Diagnostic::hint(
                Code::ServerFailed,
                None,
                text!(
                    "port {wanted} jest zajęty (może huta serve działa w innym oknie); wzięto {free}",
                    "port {wanted} is taken (perhaps huta serve runs in another window); using {free}"
                ),
            );
            Ok((listener, Some(instead)))
        }
        (_, free) => Err(cannot_listen(interface, wanted, free.map(|(_, free)| free), &error)),
    }
}

fn next_free(interface: IpAddr, port: u16) -> Option<(TcpListener, u16)> {
    let next = (1..=TRIED).filter_map(|more| port.checked_add(more));
    next.into_iter().find_map(|port| Some((TcpListener::bind((interface, port)).ok()?, port)))
}

fn cannot_listen(interface: IpAddr, port: u16, free: Option<u16>, error: &Error) -> Diagnostic {
    let message = if error.kind() == ErrorKind::AddrInUse {
        text!(
            "port {port} pod adresem {interface} jest zajęty (może huta serve działa w innym oknie)",
            "port {port} of {interface} is taken (perhaps huta serve runs in another window)"
        )
    } else {
        text!("nie da się nasłuchiwać na {interface}:{port}: {error}", "cannot listen on {interface}:{port}: {error}")
    };
    // Zero takes whichever port is free.
    let other = free.unwrap_or_default();
    Diagnostic::error(Code::ServerFailed, None, message)
        .help(text!("wybierz inny port: huta serve -p {other}", "choose another port: huta serve -p {other}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn a_taken_port_is_told_with_a_free_one() {
        let taken = TcpListener::bind((HERE, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(HERE, Some(port)).unwrap_err();
        assert!(error.message.en.contains(&format!("port {port} ")), "{}", error.message.en);
        let help = error.help.unwrap().en;
        let free: u16 = help.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(free != port && listen(HERE, Some(free)).is_ok(), "{help}");
    }
}
