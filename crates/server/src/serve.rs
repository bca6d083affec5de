//! Takes connections until told to stop, then lets open requests finish for a bounded time.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, Version, header};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tower::{Service as _, service_fn};

use crate::{Intake, ServerConfig};

/// A connection that does not send the head of its request in this time is closed.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// An HTTP/2 connection that does not answer pings is dead.
const HTTP2_PING: Duration = Duration::from_secs(30);
/// Out of file descriptors, most likely: connections have to end before new ones fit.
const AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);

/// How connections are served.
#[derive(Clone, Copy, Debug)]
pub struct ServeOptions {
    /// Connections at once.
    pub max_connections: usize,
    /// How long open requests may go on after the order to stop.
    pub drain: Duration,
}

impl From<&ServerConfig> for ServeOptions {
    fn from(config: &ServerConfig) -> Self {
        Self {
            max_connections: config.max_connections,
            drain: config.drain(),
        }
    }
}

/// Serves the router on all listeners while `intake` is open, until the order to stop; afterwards no connection is taken,
/// idle ones are closed, and busy ones get `drain` to finish before they are cut.
///
/// While `intake` is closed, nothing is cut: an answer on a connection that is still open ends it politely.
///
/// # Errors
/// When a listener does not know its own address.
pub async fn serve(
    listeners: Vec<TcpListener>,
    router: Router,
    options: ServeOptions,
    intake: Intake,
) -> anyhow::Result<()> {
    let places = Arc::new(Semaphore::new(options.max_connections.max(1)));
    let mut acceptors = JoinSet::new();
    for listener in listeners {
        let address = listener
            .local_addr()
            .context("a listening socket has no address")?;
        tracing::info!(%address, "listening");
        let (router, places, intake) = (router.clone(), places.clone(), intake.clone());
        acceptors.spawn(
            Acceptor {
                listener,
                router,
                places,
                intake,
            }
            .run(),
        );
    }
    let mut connections = Vec::new();
    while let Some(ended) = acceptors.join_next().await {
        connections.push(ended.context("an acceptor panicked")?);
    }
    drain(connections, options.drain).await;
    Ok(())
}

/// Waits for the connections; what is left after `patience` is cut when the sets are dropped.
async fn drain(mut connections: Vec<JoinSet<()>>, patience: Duration) {
    let all_ended = async {
        for set in &mut connections {
            while set.join_next().await.is_some() {}
        }
    };
    match tokio::time::timeout(patience, all_ended).await {
        Ok(()) => tracing::info!("every request was answered"),
        Err(_) => tracing::warn!(
            seconds = patience.as_secs(),
            "requests were cut: they took too long to finish"
        ),
    }
}

struct Acceptor {
    listener: TcpListener,
    router: Router,
    places: Arc<Semaphore>,
    intake: Intake,
}

impl Acceptor {
    /// Returns the connections that are still open when the order to stop comes.
    async fn run(self) -> JoinSet<()> {
        let mut connections = JoinSet::new();
        while let Some((stream, peer, place)) = self.next().await {
            // Without this the set would remember every connection there ever was.
            while connections.try_join_next().is_some() {}
            let (router, intake) = (self.router.clone(), self.intake.clone());
            connections.spawn(async move {
                let _counted = intake.count_connection();
                converse(stream, peer, router, &intake).await;
                drop(place);
            });
        }
        connections
    }

    /// The next connection; none after the order to stop.
    async fn next(&self) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
        let taken = async {
            loop {
                self.intake.opened().await;
                tokio::select! {
                    biased;
                    () = self.intake.closes() => {}
                    taken = self.accept() => return taken,
                }
            }
        };
        self.intake.shutdown().run_until_cancelled(taken).await
    }

    async fn accept(&self) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
        let place = self
            .places
            .clone()
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        loop {
            match self.listener.accept().await {
                Ok((stream, peer)) => return (stream, peer, place),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(AFTER_ACCEPT_ERROR).await;
                }
            }
        }
    }
}

/// Answers the requests of one connection; after the order to stop, only the one that is under way.
async fn converse(stream: TcpStream, peer: SocketAddr, router: Router, intake: &Intake) {
    // Answers are written whole: waiting for more bytes would only delay them.
    let _ = stream.set_nodelay(true);
    let speaks_http2 = Arc::new(AtomicBool::new(false));
    let (noted, of_connection) = (speaks_http2.clone(), intake.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let is_http2 = request.version() == Version::HTTP_2;
        noted.store(is_http2, Ordering::Relaxed);
        let intake = of_connection.clone();
        let answer = router.clone().call(request);
        async move {
            let mut answer = answer.await?;
            // An idle connection is never closed under its owner, who may be sending at this moment: the next answer ends it.
            if !is_http2 && !intake.is_open() {
                answer
                    .headers_mut()
                    .insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(answer)
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Some(HTTP2_PING));
    let mut connection =
        pin!(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)));
    let mut was_told = false;
    let ended = loop {
        tokio::select! {
            ended = connection.as_mut() => break ended,
            () = intake.shutdown().cancelled() => {
                connection.as_mut().graceful_shutdown();
                break connection.await;
            }
            () = intake.closes(), if !was_told => {
                was_told = true;
                // HTTP/2 has a message for this, after which no request is lost.
                if speaks_http2.load(Ordering::Relaxed) {
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use axum::response::sse::Sse;
    use axum::routing::get;
    use futures::stream;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::task::JoinHandle;
    use tokio_util::sync::CancellationToken;

    use super::*;

    struct Running {
        address: SocketAddr,
        intake: Intake,
        task: JoinHandle<anyhow::Result<()>>,
    }

    async fn start(drain: Duration) -> Running {
        let forever = || async { Sse::new(stream::pending::<Result<_, std::convert::Infallible>>()) };
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "finished"
        };
        let router = Router::new()
            .route("/forever", get(forever))
            .route("/slow", get(slow));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let intake = Intake::open(CancellationToken::new());
        let options = ServeOptions {
            max_connections: 8,
            drain,
        };
        let task = tokio::spawn(serve(vec![listener], router, options, intake.clone()));
        Running {
            address,
            intake,
            task,
        }
    }

    async fn ask(address: SocketAddr, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes())
            .await
            .unwrap();
        stream
    }

    #[tokio::test]
    async fn a_request_under_way_is_answered_and_no_new_one_is_taken() {
        let running = start(Duration::from_secs(30)).await;
        let mut stream = ask(running.address, "/slow").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        running.intake.shutdown().cancel();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        assert!(text.ends_with("finished"), "{text}");
        running.task.await.unwrap().unwrap();
        assert!(TcpStream::connect(running.address).await.is_err());
    }

    #[tokio::test]
    async fn a_request_that_never_ends_is_cut_when_the_patience_is_over() {
        let running = start(Duration::from_millis(100)).await;
        let mut stream = ask(running.address, "/forever").await;
        let mut head = [0; 12];
        stream.read_exact(&mut head).await.unwrap();
        assert_eq!(&head, b"HTTP/1.1 200");
        running.intake.shutdown().cancel();
        running.task.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_closed_intake_answers_on_old_connections_and_takes_no_new_one() {
        let running = start(Duration::from_secs(30)).await;
        let mut old = ask(running.address, "/slow").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        running.intake.switch().send_replace(false);
        let mut new = ask(running.address, "/slow").await;
        let mut text = String::new();
        old.read_to_string(&mut text).await.unwrap();
        assert!(
            text.contains("connection: close") && text.ends_with("finished"),
            "{text}"
        );
        assert_eq!(running.intake.connections().load(Ordering::Relaxed), 0);

        running.intake.switch().send_replace(true);
        let mut head = [0; 12];
        new.read_exact(&mut head).await.unwrap();
        assert_eq!(&head, b"HTTP/1.1 200");
    }

    #[tokio::test]
    async fn an_idle_connection_does_not_keep_the_process() {
        let running = start(Duration::from_secs(3600)).await;
        let _idle = TcpStream::connect(running.address).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        running.intake.shutdown().cancel();
        running.task.await.unwrap().unwrap();
    }
}
