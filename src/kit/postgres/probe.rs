//! Asks the server whether it is ready: a socket that listens is not yet a server that works.
//! Never authenticates, and never runs a query.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Version 3.0 of the protocol, then pairs of names and values.
const START_UP: &[u8] = b"\0\x03\0\0user\0avow\0database\0postgres\0application_name\0avow probe\0\0";
const GOODBYE: &[u8] = b"X\0\0\0\x04";
/// "The database system is starting up", or shutting down, or recovering.
const CANNOT_CONNECT_NOW: &[u8] = b"57P03";

/// Whether the server behind `socket` answers a start-up packet with anything but "not now".
pub(super) fn is_ready(socket: &Path) -> bool {
    ask(socket).unwrap_or(false)
}

fn ask(socket: &Path) -> io::Result<bool> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    stream.set_write_timeout(Some(Duration::from_secs(2)))?;
    let length = START_UP.len() as u32 + 4;
    stream.write_all(&[&length.to_be_bytes(), START_UP].concat())?;
    let mut answer = [0; 64];
    let length = stream.read(&mut answer)?;
    let _ = stream.write_all(GOODBYE);
    Ok(says_ready(&answer[..length]))
}

fn says_ready(answer: &[u8]) -> bool {
    match answer.first() {
        Some(b'R') => true,
        Some(b'E') => !answer.windows(CANNOT_CONNECT_NOW.len()).any(|part| part == CANNOT_CONNECT_NOW),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::says_ready;

    #[test]
    fn only_a_server_that_takes_connections_is_ready() {
        assert!(says_ready(b"R\0\0\0\x08\0\0\0\0"));
        assert!(says_ready(b"E\0\0\0\x50SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0"));
        assert!(!says_ready(b"E\0\0\0\x50SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0"));
        assert!(!says_ready(b""));
    }
}
