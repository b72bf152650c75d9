//! Asks the server on this machine whether it is ready: what a container's health check runs.

use crate::app::Fault;
use crate::cli::Outcome;
use crate::kit::config::Config;
use crate::kit::tls;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// A server that has not answered by then is not ready.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn ask(config: &Config) -> Result<Outcome, Fault> {
    let answer = tokio::time::timeout(PATIENCE, answer(config)).await.unwrap_or_else(|_| Err("no answer in 5 seconds".into()));
    match answer {
        Ok(status) if status.contains(" 200 ") => {
            println!("ready");
            Ok(Outcome::Done)
        }
        Ok(status) => {
            println!("not ready: {status}");
            Ok(Outcome::Refused)
        }
        Err(why) => {
            println!("not ready: {why}");
            Ok(Outcome::Refused)
        }
    }
}

/// The first line of the answer.
async fn answer(config: &Config) -> Result<String, Fault> {
    let stream = TcpStream::connect(here(config.listen)).await?;
    match &config.tls {
        None => exchange(stream).await,
        Some(files) => exchange(tls::connect_to_own(stream, files).await?).await,
    }
}

/// Where a server that listens on all addresses can be found.
fn here(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        address => address,
    };
    SocketAddr::new(address, listen.port())
}

async fn exchange(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> Result<String, Fault> {
    stream.write_all(b"GET /health/ready HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await?;
    let mut head = [0; 64];
    let count = stream.read(&mut head).await?;
    Ok(String::from_utf8_lossy(&head[..count]).lines().next().unwrap_or_default().to_owned())
}
