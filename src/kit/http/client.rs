//! Where a request comes from: the network address of whoever asks, for limits and nothing else.

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;
use std::net::Ipv6Addr;

/// The client's address. What `X-Forwarded-For` says is believed only from the last web server that is trusted: its entries are
/// read from the right, and the first that no trusted server has is the client.
pub fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let said = headers.get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let said: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
    for hop in said.into_iter().rev() {
        let Some(address) = is_trusted(&client).then(|| read(hop)).flatten() else { break };
        client = address;
    }
    client
}

/// An address as servers write it: alone, with a port, in brackets.
fn read(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let parsed = bare.unwrap_or(hop).parse::<IpAddr>().or_else(|_| hop.parse::<std::net::SocketAddr>().map(|socket| socket.ip()));
    parsed.ok().map(|address| address.to_canonical())
}

/// What limits count: an address, or the network of 2⁶⁴ addresses that one IPv6 line has.
pub fn line(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderName;
    use actix_web::http::header::HeaderValue;

    fn ask(peer: &str, forwarded: &[&str]) -> String {
        let trusted: Vec<IpNet> = ["10.0.0.0/8", "fd00::/8"].iter().map(|network| network.parse().expect("a network")).collect();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(HeaderName::from_static("x-forwarded-for"), HeaderValue::from_str(value).expect("a value"));
        }
        address(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_servers_are_believed() {
        let cases: [(&str, &[&str], &str); 12] = [
            ("203.0.113.9", &[], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("10.0.0.2", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.2", &["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.2", &["6.6.6.6", "198.51.100.1, 10.0.0.3"], "198.51.100.1"),
            ("10.0.0.2", &["198.51.100.1:4711"], "198.51.100.1"),
            ("10.0.0.2", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("10.0.0.2", &["nonsense"], "10.0.0.2"),
            ("10.0.0.2", &["198.51.100.1, nonsense"], "10.0.0.2"),
            ("10.0.0.2", &[], "10.0.0.2"),
            ("::ffff:10.0.0.2", &["198.51.100.1"], "198.51.100.1"),
            ("fd00::1", &["10.0.0.9, 10.0.0.8"], "10.0.0.9"),
        ];
        for (peer, forwarded, client) in cases {
            assert_eq!(ask(peer, forwarded), client, "{peer} says {forwarded:?}");
        }
    }

    #[test]
    fn one_line_is_counted_as_one() {
        let line = |text: &str| line(text.parse().expect("an address")).to_string();
        assert_eq!(line("2001:db8:1:2:3:4:5:6"), line("2001:db8:1:2:ffff::1"));
        assert_ne!(line("2001:db8:1:2::1"), line("2001:db8:1:3::1"));
        assert_eq!(line("203.0.113.9"), "203.0.113.9");
    }
}
