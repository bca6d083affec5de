//! Who is at the other end, behind the proxies that we trust.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

use crate::ServerState;

/// The addresses of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClientAddress {
    /// The client, as far as trusted proxies tell.
    pub(crate) client: IpAddr,
    /// Did the connection itself come from this machine, with nobody in between?
    pub(crate) is_local_peer: bool,
}

impl ClientAddress {
    /// What rate limits count: an IPv6 client owns its whole /64.
    pub(crate) fn bucket(self) -> String {
        match self.client {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }
}

/// Notes the client's address for everything that comes after.
pub(crate) async fn find_client(
    State(state): State<ServerState>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip().to_canonical());
    let address = resolve(peer, request.headers(), &state.config().trusted_proxies);
    request.extensions_mut().insert(address);
    next.run(request).await
}

fn resolve(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> ClientAddress {
    // A transport without addresses (a unix socket, a test) has no proxies either.
    let Some(peer) = peer else {
        return ClientAddress {
            client: Ipv6Addr::UNSPECIFIED.into(),
            is_local_peer: false,
        };
    };
    let is_forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    ClientAddress {
        client: nearest_untrusted(peer, headers, trusted),
        is_local_peer: peer.is_loopback() && !is_forwarded,
    }
}

/// Each proxy appends the address it saw, so the list is read from the right, and only as far as we trust who wrote it:
/// what stands further left may be invented by the client.
fn nearest_untrusted(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let mut hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
    let mut nearest = peer;
    while is_trusted(&nearest) {
        match hops.next().and_then(|hop| hop.trim().parse::<IpAddr>().ok()) {
            Some(address) => nearest = address.to_canonical(),
            None => break,
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(peer: &str, forwarded: &[&str]) -> ClientAddress {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "127.0.0.0/8".parse().unwrap()];
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        resolve(Some(peer.parse().unwrap()), &headers, &trusted)
    }

    #[test]
    fn a_stranger_cannot_choose_their_address() {
        assert_eq!(
            resolved("203.0.113.9", &["198.51.100.1"]).client.to_string(),
            "203.0.113.9"
        );
    }

    #[test]
    fn the_list_is_read_from_the_right_through_trusted_proxies() {
        let address = resolved("127.0.0.1", &["1.1.1.1, 198.51.100.1", "10.2.3.4"]);
        assert_eq!(address.client.to_string(), "198.51.100.1");
    }

    #[test]
    fn a_proxy_that_writes_nonsense_is_itself_the_client() {
        assert_eq!(
            resolved("10.0.0.1", &["1.1.1.1, not-an-address"])
                .client
                .to_string(),
            "10.0.0.1"
        );
    }

    #[test]
    fn a_forwarded_request_is_not_local_even_from_a_proxy_on_this_machine() {
        assert!(resolved("127.0.0.1", &[]).is_local_peer);
        assert!(!resolved("127.0.0.1", &["127.0.0.1"]).is_local_peer);
    }

    #[test]
    fn an_ipv6_client_is_counted_by_its_network() {
        let address = resolved("2001:db8:1:2:3:4:5:6", &[]);
        assert_eq!(address.bucket(), "2001:db8:1:2::/64");
    }
}
