//! Randomness that a seed fixes: the same on every machine, in every version of a library.

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, and good enough to place grass.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// An independent stream named by `label`: adding draws to one motif does not disturb another.
    pub(crate) fn fork(&self, label: &str) -> Self {
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        let mut fork = Self(self.0 ^ hash);
        fork.next();
        fork
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Uniform in `from..to`.
    pub(crate) fn range(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.unit()
    }

    /// `centre`, give or take `spread`.
    pub(crate) fn around(&mut self, centre: f32, spread: f32) -> f32 {
        self.range(centre - spread, centre + spread)
    }

    /// True with the given probability.
    pub(crate) fn flip(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Minus one or one.
    pub(crate) fn sign(&mut self) -> f32 {
        if self.flip(0.5) { 1.0 } else { -1.0 }
    }

    /// One of `choices`, which must not be empty.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.next() % choices.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_fixes_the_stream_and_labels_part_it() {
        let draw = |mut chance: Chance| (0..4).map(|_| chance.next()).collect::<Vec<_>>();
        assert_eq!(draw(Chance::new(7)), draw(Chance::new(7)));
        assert_ne!(draw(Chance::new(7)), draw(Chance::new(8)));
        assert_ne!(
            draw(Chance::new(7).fork("sky")),
            draw(Chance::new(7).fork("ground"))
        );
        assert!(
            (0..1000)
                .scan(Chance::new(1), |chance, _| Some(chance.unit()))
                .all(|x| (0.0..1.0).contains(&x))
        );
    }
}
