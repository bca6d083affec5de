//! The one place where randomness comes from.

use std::sync::{Arc, Mutex};

use rand::rngs::{StdRng, SysRng};
use rand::{Rng, SeedableRng, TryRng};

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// A source of random bytes, good enough for tokens and salts unless it was seeded by a test.
#[derive(Clone)]
pub struct Randomness(Arc<Fill>);

impl Randomness {
    /// The operating system's generator.
    pub fn system() -> Self {
        Self(Arc::new(|bytes| {
            SysRng
                .try_fill_bytes(bytes)
                .expect("a kernel without random numbers cannot serve anybody");
        }))
    }

    /// The same bytes in the same order for the same seed: for tests only.
    pub fn seeded(seed: u64) -> Self {
        let generator = Mutex::new(StdRng::seed_from_u64(seed));
        Self(Arc::new(move |bytes| {
            generator
                .lock()
                .expect("no holder of this lock panics")
                .fill_bytes(bytes);
        }))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }

    /// A number spread evenly over `0.0..1.0`.
    pub fn fraction(&self) -> f64 {
        // 53 bits are what an f64 holds exactly.
        (u64::from_le_bytes(self.bytes()) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
