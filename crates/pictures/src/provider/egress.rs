//! The one door through which requests leave: allow-listed hosts, addresses checked where the connection is
//! made, redirects checked again, size and time capped.

use std::{
    error::Error as StdError,
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use futures::future::BoxFuture;
use reqwest::{
    Client, Method, Response, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{DATE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER},
    redirect::Policy,
};
use url::{Host, Url};

use super::{ProviderError, address, settings::ServiceSettings};

/// Turns a host name into addresses; the port is filled in later.
pub type LookUp = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// The look-up of the operating system.
pub fn system_look_up() -> LookUp {
    Arc::new(|host| {
        Box::pin(async move {
            let addresses = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(addresses.map(|address| address.ip()).collect())
        })
    })
}

const REDIRECTS: usize = 3;
/// A service is believed to be away for this long at most.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// Sends requests for every provider.
#[derive(Clone)]
pub struct Egress {
    world: Client,
    local: Client,
}

/// What one provider may reach, and how much of it.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    provider: String,
    hosts: Vec<String>,
    local: bool,
    time: Duration,
    bytes: u64,
}

/// One request.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Vec<u8>>,
}

impl Ask {
    pub(super) fn get(url: Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: None,
        }
    }

    /// A POST of JSON.
    pub(super) fn post(url: Url, body: &serde_json::Value) -> Self {
        let headers = HeaderMap::from_iter([(
            reqwest::header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        )]);
        Self {
            method: Method::POST,
            url,
            headers,
            body: Some(body.to_string().into_bytes()),
        }
    }

    /// With a bearer token when there is one; a token that no header can carry is left out.
    pub(super) fn bearer(mut self, key: Option<&str>) -> Self {
        if let Some(mut value) = key.and_then(|key| HeaderValue::from_str(&format!("Bearer {key}")).ok()) {
            value.set_sensitive(true);
            self.headers.insert(reqwest::header::AUTHORIZATION, value);
        }
        self
    }
}

impl Egress {
    /// Builds the clients. TLS is rustls with ring; system proxies are not used.
    pub fn new(look_up: LookUp) -> Result<Self, reqwest::Error> {
        // Whoever installed a provider first wins; ours is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = |local| {
            Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .connect_timeout(CONNECT_TIME)
                .dns_resolver(Arc::new(Gate {
                    look_up: Arc::clone(&look_up),
                    local,
                }))
                .user_agent("BookReader")
                .build()
        };
        Ok(Self {
            world: client(false)?,
            local: client(true)?,
        })
    }

    /// Sends and reads the whole answer. Statuses other than 2xx are errors.
    pub(super) async fn send(&self, ask: Ask, rules: &Rules) -> Result<Vec<u8>, ProviderError> {
        match tokio::time::timeout(rules.time, self.follow(ask, rules)).await {
            Ok(answer) => answer,
            Err(_) => Err(ProviderError::TimedOut {
                provider: rules.provider.clone(),
            }),
        }
    }

    async fn follow(&self, mut ask: Ask, rules: &Rules) -> Result<Vec<u8>, ProviderError> {
        let client = if rules.local { &self.local } else { &self.world };
        for _ in 0..=REDIRECTS {
            rules.check(&ask.url)?;
            let mut request = client
                .request(ask.method.clone(), ask.url.clone())
                .headers(ask.headers.clone());
            if let Some(body) = &ask.body {
                request = request.body(body.clone());
            }
            let response = request.send().await.map_err(|error| rules.failed(&error))?;
            if !response.status().is_redirection() {
                return rules.read(response).await;
            }
            ask = redirected(ask, &response, rules)?;
        }
        Err(rules.forbidden("too many redirects"))
    }
}

/// The request that a redirect asks for. Keys go to the first host only; a POST is never sent elsewhere.
fn redirected(mut ask: Ask, response: &Response, rules: &Rules) -> Result<Ask, ProviderError> {
    if ask.method != Method::GET {
        return Err(rules.forbidden("a redirect of a POST"));
    }
    let target = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok());
    let url = target
        .and_then(|target| ask.url.join(target).ok())
        .ok_or_else(|| rules.forbidden("a redirect to nowhere"))?;
    if url.origin() != ask.url.origin() {
        ask.headers.remove(reqwest::header::AUTHORIZATION);
    }
    ask.url = url;
    Ok(ask)
}

impl Rules {
    /// Rules of a provider at `address`.
    pub(super) fn new(provider: &str, address: &Url, service: &ServiceSettings) -> Self {
        let own = address.host_str().map(str::to_owned);
        Self {
            provider: provider.to_owned(),
            hosts: own.into_iter().chain(service.hosts.iter().cloned()).collect(),
            local: service.local,
            time: Duration::from_secs(service.timeout_seconds),
            bytes: service.max_bytes,
        }
    }

    /// Whether the address may be asked at all. Names are checked again when they are resolved.
    fn check(&self, url: &Url) -> Result<(), ProviderError> {
        if !(url.scheme() == "https" || url.scheme() == "http" && self.local) {
            return Err(self.forbidden("not HTTPS"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(self.forbidden("a name or password in the address"));
        }
        let host = url.host_str().unwrap_or_default();
        if !self
            .hosts
            .iter()
            .any(|allowed| allowed.eq_ignore_ascii_case(host))
        {
            return Err(self.forbidden("the host is not on the allow-list"));
        }
        let literal = match url.host() {
            Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
            Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
            _ => None,
        };
        match literal {
            Some(address) if !admitted(address, self.local) => Err(self.forbidden("a private address")),
            _ => Ok(()),
        }
    }

    async fn read(&self, mut response: Response) -> Result<Vec<u8>, ProviderError> {
        let status = response.status();
        if !status.is_success() {
            return Err(self.refused(status, response.headers()));
        }
        if response
            .content_length()
            .is_some_and(|length| length > self.bytes)
        {
            return Err(self.too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(&error))? {
            if body.len() as u64 + chunk.len() as u64 > self.bytes {
                return Err(self.too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn refused(&self, status: StatusCode, headers: &HeaderMap) -> ProviderError {
        let provider = self.provider.clone();
        let passing = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
        if passing {
            ProviderError::Unavailable {
                provider,
                status: status.as_u16(),
                retry_after: retry_after(headers),
            }
        } else {
            ProviderError::Refused {
                provider,
                status: status.as_u16(),
            }
        }
    }

    fn too_large(&self) -> ProviderError {
        ProviderError::TooLarge {
            provider: self.provider.clone(),
            limit: self.bytes,
        }
    }

    pub(super) fn forbidden(&self, reason: &str) -> ProviderError {
        ProviderError::Forbidden {
            provider: self.provider.clone(),
            reason: reason.to_owned(),
        }
    }

    /// The prompt may be in the address, so the error of the client is never shown as it is.
    fn failed(&self, error: &reqwest::Error) -> ProviderError {
        let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
        while let Some(inner) = cause {
            if inner.is::<PrivateAddress>() {
                return self.forbidden("the name resolves to a private address");
            }
            cause = inner.source();
        }
        let reason = if error.is_connect() {
            "no connection"
        } else if error.is_body() || error.is_decode() {
            "the answer broke off"
        } else {
            "the exchange failed"
        };
        ProviderError::Unreachable {
            provider: self.provider.clone(),
            reason: reason.to_owned(),
        }
    }
}

/// `Retry-After` in seconds, or as a date, which is compared with the date of the answer itself: whose clock is wrong does
/// not matter then.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| Some(headers.get(name)?.to_str().ok()?.trim());
    let asked = text(RETRY_AFTER)?;
    let wait = match asked.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let due = httpdate::parse_http_date(asked).ok()?;
            let now = httpdate::parse_http_date(text(DATE)?).ok()?;
            due.duration_since(now).unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

/// Whether a connection to the address is let through. The link-local network, where clouds keep their secrets,
/// is closed to local services too.
fn admitted(address: IpAddr, local: bool) -> bool {
    let near = match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    };
    address::is_public(address) || local && near
}

/// Resolves a name at the moment of connecting and lets no address through that the provider may not have: what
/// was checked is what is connected to.
struct Gate {
    look_up: LookUp,
    local: bool,
}

impl Resolve for Gate {
    fn resolve(&self, name: Name) -> Resolving {
        let looking = (self.look_up)(name.as_str().to_owned());
        let local = self.local;
        Box::pin(async move {
            let found = looking.await?;
            if found.is_empty() || !found.iter().all(|&address| admitted(address, local)) {
                return Err(Refusal(PrivateAddress).into());
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

/// Carries its reason as a source: the client unwraps the errors of a resolver by one floor.
#[derive(Debug, thiserror::Error)]
#[error("refused")]
struct Refusal(#[source] PrivateAddress);

#[derive(Debug, thiserror::Error)]
#[error("the name resolves to a private address")]
struct PrivateAddress;

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(address: &str, local: bool) -> Rules {
        let service = ServiceSettings {
            local,
            ..ServiceSettings::default()
        };
        Rules::new("painter", &Url::parse(address).unwrap(), &service)
    }

    fn verdict(rules: &Rules, url: &str) -> Result<(), String> {
        rules
            .check(&Url::parse(url).unwrap())
            .map_err(|error| match error {
                ProviderError::Forbidden { reason, .. } => reason,
                other => other.to_string(),
            })
    }

    #[test]
    fn only_listed_hosts_over_tls_are_asked() {
        let rules = rules("https://images.example/v1", false);
        assert_eq!(verdict(&rules, "https://IMAGES.example/x"), Ok(()));
        let refused = |url| verdict(&rules, url).unwrap_err();
        assert_eq!(refused("http://images.example/x"), "not HTTPS");
        assert_eq!(refused("file:///etc/passwd"), "not HTTPS");
        assert_eq!(
            refused("https://images.example.evil.net/"),
            "the host is not on the allow-list"
        );
        assert_eq!(
            refused("https://images.example@evil.net/"),
            "a name or password in the address"
        );
    }

    #[test]
    fn a_service_says_in_seconds_or_by_date_when_to_come_again() {
        let wait = |fields: &[(&'static str, &str)]| {
            let headers = fields
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            retry_after(&headers.collect()).map(|wait| wait.as_secs())
        };
        let now = ("date", "Sat, 28 Nov 2026 10:00:00 GMT");
        assert_eq!(wait(&[("retry-after", "7")]), Some(7));
        assert_eq!(
            wait(&[now, ("retry-after", "Sat, 28 Nov 2026 10:01:30 GMT")]),
            Some(90)
        );
        assert_eq!(
            wait(&[now, ("retry-after", "Sat, 28 Nov 2026 09:00:00 GMT")]),
            Some(0)
        );
        assert_eq!(wait(&[("retry-after", "Sat, 28 Nov 2026 10:01:30 GMT")]), None);
        assert_eq!(wait(&[("retry-after", "soon")]), None);
        assert_eq!(wait(&[("retry-after", "18446744073709551615")]), Some(86_400));
    }

    #[test]
    fn an_address_written_in_any_way_is_recognised() {
        for (own, url) in [
            ("https://127.0.0.1", "https://127.0.0.1/"),
            ("https://127.0.0.1", "https://2130706433/"),
            ("https://127.0.0.1", "https://0x7f.1/"),
            ("https://[::ffff:127.0.0.1]", "https://[::ffff:127.0.0.1]/"),
        ] {
            assert_eq!(
                verdict(&rules(own, false), url),
                Err("a private address".into()),
                "{url}"
            );
        }
        assert_eq!(
            verdict(&rules("http://127.0.0.1:7860", true), "http://127.0.0.1:7860/"),
            Ok(())
        );
        let metadata = "http://169.254.169.254/";
        assert_eq!(
            verdict(&rules(metadata, true), metadata),
            Err("a private address".into())
        );
    }
}
