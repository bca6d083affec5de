//! Compression of texts for clients that accept it.

use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate, SizeAbove};

/// Below this a compressed answer is hardly smaller.
const WORTHWHILE_BYTES: u64 = 512;

/// Compresses everything but pictures, event streams and archives.
pub(crate) fn compression() -> CompressionLayer<impl Predicate> {
    let predicate = DefaultPredicate::new()
        .and(SizeAbove::new(WORTHWHILE_BYTES))
        .and(NotForContentType::const_new("application/epub+zip"))
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::const_new("font/"));
    CompressionLayer::new()
        .gzip(true)
        .br(true)
        .compress_when(predicate)
}
