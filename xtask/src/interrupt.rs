//! Ctrl-C and friends set a flag that every wait looks at, so that what was started is also ended.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Begins to listen for SIGINT, SIGTERM and SIGHUP.
pub(crate) fn listen() {
    let flag = FLAG.get_or_init(Arc::default);
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(flag))
            .expect("SIGINT, SIGTERM and SIGHUP may be handled by any process");
    }
}

/// Whether the person at the keyboard (or the CI machine) asked to stop.
pub(crate) fn requested() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}
