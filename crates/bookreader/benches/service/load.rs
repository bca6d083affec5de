//! Load from many connections, each with one request at a time.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Connections that ask at once.
pub(crate) const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(10);

/// What the clients saw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// Answers in a second.
    pub(crate) per_second: f64,
    /// 95 of 100 answers came within this time.
    pub(crate) p95: Duration,
}

/// Asks for `path` from [`CONNECTIONS`] connections; every answer must be 200.
pub(crate) async fn run(address: &str, path: &str, token: &str) -> Seen {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\r\n");
    let begin = Instant::now() + WARM_UP;
    let end = begin + MEASURED;
    let mut clients = JoinSet::new();
    for _ in 0..CONNECTIONS {
        clients.spawn(client(address.to_owned(), request.clone(), begin, end));
    }
    let mut times: Vec<Duration> = clients.join_all().await.concat();
    times.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand answers")]
    let per_second = times.len() as f64 / MEASURED.as_secs_f64();
    Seen {
        per_second,
        p95: times[times.len() * 95 / 100],
    }
}

async fn client(address: String, request: String, begin: Instant, end: Instant) -> Vec<Duration> {
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = Vec::new();
    let mut times = Vec::new();
    loop {
        let start = Instant::now();
        if start >= end {
            return times;
        }
        stream.write_all(request.as_bytes()).await.unwrap();
        read_answer(&mut stream, &mut buffer).await;
        if start >= begin {
            times.push(start.elapsed());
        }
    }
}

/// Reads one answer of known length, and leaves the buffer empty.
async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    let mut whole = None;
    while whole.is_none_or(|length| buffer.len() < length) {
        assert!(
            stream.read_buf(buffer).await.unwrap() > 0,
            "the service closed the connection"
        );
        if whole.is_none() {
            whole = length(buffer);
        }
    }
    buffer.clear();
}

/// Length of head and body together, once the head is complete.
fn length(buffer: &[u8]) -> Option<usize> {
    let head = buffer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&buffer[..head]).unwrap().to_ascii_lowercase();
    assert!(text.starts_with("http/1.1 200"), "{text}");
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    Some(
        head + 4
            + length
                .expect("the answers measured have a length")
                .trim()
                .parse::<usize>()
                .unwrap(),
    )
}
