//! Smooth randomness over a line or a plane: tremor of a hand, grain of paper, drift of a wash.

fn lattice(seed: u32, x: i32, y: i32) -> f32 {
    let mut h = seed ^ (x as u32).wrapping_mul(0x85eb_ca6b) ^ (y as u32).wrapping_mul(0xc2b2_ae35);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    h ^= h >> 15;
    (h >> 8) as f32 / (1 << 23) as f32 - 1.0
}

fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// Value noise on a line, in `-1.0..1.0`, one wave about every unit.
pub(crate) fn line(seed: u32, x: f32) -> f32 {
    let cell = x.floor();
    let t = ease(x - cell);
    let (a, b) = (lattice(seed, cell as i32, 0), lattice(seed, cell as i32 + 1, 0));
    a + (b - a) * t
}

/// Value noise on a plane, in `-1.0..1.0`.
pub(crate) fn plane(seed: u32, x: f32, y: f32) -> f32 {
    let (cx, cy) = (x.floor(), y.floor());
    let (tx, ty) = (ease(x - cx), ease(y - cy));
    let (ix, iy) = (cx as i32, cy as i32);
    let top = lattice(seed, ix, iy) * (1.0 - tx) + lattice(seed, ix + 1, iy) * tx;
    let bottom = lattice(seed, ix, iy + 1) * (1.0 - tx) + lattice(seed, ix + 1, iy + 1) * tx;
    top + (bottom - top) * ty
}

/// Several octaves of [`plane`], in about `-1.0..1.0`.
pub(crate) fn fractal(seed: u32, x: f32, y: f32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut scale, mut total) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * plane(seed.wrapping_add(octave * 101), x * scale, y * scale);
        total += weight;
        weight *= 0.5;
        scale *= 2.03;
    }
    sum / total * 1.4
}

/// Several octaves of [`line()`], in about `-1.0..1.0`.
pub(crate) fn ridge(seed: u32, x: f32, octaves: u32) -> f32 {
    fractal(seed, x, 0.37, octaves)
}
