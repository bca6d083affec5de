//! Points and closed rings of points: everything the illustrator draws is a filled ring.

use std::ops::{Add, Mul, Sub};

use super::noise;

/// A point in pixels, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pt {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

/// A closed line; the last point joins the first.
pub(crate) type Ring = Vec<Pt>;

pub(crate) const fn pt(x: f32, y: f32) -> Pt {
    Pt { x, y }
}

impl Add for Pt {
    type Output = Pt;
    fn add(self, other: Pt) -> Pt {
        pt(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Pt {
    type Output = Pt;
    fn sub(self, other: Pt) -> Pt {
        pt(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Pt {
    type Output = Pt;
    fn mul(self, factor: f32) -> Pt {
        pt(self.x * factor, self.y * factor)
    }
}

impl Pt {
    pub(crate) fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// The left-hand normal of unit length; zero for a zero vector.
    pub(crate) fn normal(self) -> Pt {
        let length = self.length().max(1e-6);
        pt(-self.y / length, self.x / length)
    }

    pub(crate) fn towards(self, other: Pt, t: f32) -> Pt {
        self + (other - self) * t
    }

    pub(crate) fn rotated(self, angle: f32) -> Pt {
        let (sin, cos) = angle.sin_cos();
        pt(self.x * cos - self.y * sin, self.x * sin + self.y * cos)
    }
}

/// Bounds of rings: top left and bottom right.
pub(crate) fn bounds(rings: &[Ring]) -> (Pt, Pt) {
    let mut low = pt(f32::MAX, f32::MAX);
    let mut high = pt(f32::MIN, f32::MIN);
    for p in rings.iter().flatten() {
        low = pt(low.x.min(p.x), low.y.min(p.y));
        high = pt(high.x.max(p.x), high.y.max(p.y));
    }
    (low, high)
}

pub(crate) fn rect(x: f32, y: f32, width: f32, height: f32) -> Ring {
    vec![
        pt(x, y),
        pt(x + width, y),
        pt(x + width, y + height),
        pt(x, y + height),
    ]
}

pub(crate) fn ellipse(centre: Pt, rx: f32, ry: f32) -> Ring {
    arc(centre, rx, ry, 0.0, std::f32::consts::TAU)
}

/// A part of an ellipse from angle `from` to `to` (radians, clockwise from the right).
pub(crate) fn arc(centre: Pt, rx: f32, ry: f32, from: f32, to: f32) -> Ring {
    let count = ((rx.abs() + ry.abs()) * (to - from).abs() / 12.0).clamp(8.0, 72.0) as usize;
    let whole = (to - from).abs() > std::f32::consts::TAU - 0.01;
    let steps = if whole { count } else { count - 1 };
    (0..count)
        .map(|i| {
            let angle = from + (to - from) * i as f32 / steps as f32;
            pt(centre.x + rx * angle.cos(), centre.y + ry * angle.sin())
        })
        .collect()
}

/// A smooth closed ring through `points` (centripetal enough: uniform Catmull-Rom).
pub(crate) fn smooth(points: &[Pt]) -> Ring {
    let n = points.len();
    (0..n)
        .flat_map(|i| {
            let around = [
                points[(i + n - 1) % n],
                points[i],
                points[(i + 1) % n],
                points[(i + 2) % n],
            ];
            spline_steps(around)
        })
        .collect()
}

/// A smooth open line through `points`, both ends included.
pub(crate) fn curve(points: &[Pt]) -> Vec<Pt> {
    let n = points.len();
    if n < 3 {
        return points.to_vec();
    }
    let mut line: Vec<Pt> = (0..n - 1)
        .flat_map(|i| {
            let around = [
                points[i.saturating_sub(1)],
                points[i],
                points[i + 1],
                points[(i + 2).min(n - 1)],
            ];
            spline_steps(around)
        })
        .collect();
    line.push(points[n - 1]);
    line
}

fn spline_steps([a, b, c, d]: [Pt; 4]) -> impl Iterator<Item = Pt> {
    let steps = ((c - b).length() / 5.0).clamp(2.0, 24.0) as usize;
    (0..steps).map(move |step| {
        let t = step as f32 / steps as f32;
        let (t2, t3) = (t * t, t * t * t);
        (b * 2.0 + (c - a) * t + (a * 2.0 - b * 5.0 + c * 4.0 - d) * t2 + (b * 3.0 - a - c * 3.0 + d) * t3)
            * 0.5
    })
}

/// A limb: a line from `a` to `b` with radius `ra` at one end and `rb` at the other.
pub(crate) fn limb(a: Pt, b: Pt, ra: f32, rb: f32) -> Ring {
    let along = b - a;
    let angle = along.y.atan2(along.x);
    let half = std::f32::consts::FRAC_PI_2;
    let mut ring = arc(b, rb, rb, angle - half, angle + half);
    ring.extend(arc(a, ra, ra, angle + half, angle + 3.0 * half));
    ring
}

/// A band along `line`; `width(t)` gives its whole width at `t` in `0..=1`.
pub(crate) fn ribbon(line: &[Pt], width: impl Fn(f32) -> f32) -> Ring {
    let n = line.len();
    if n < 2 {
        return Vec::new();
    }
    let side = |i: usize| {
        let along = line[(i + 1).min(n - 1)] - line[i.saturating_sub(1)];
        along.normal() * (width(i as f32 / (n - 1) as f32) * 0.5)
    };
    let left = (0..n).map(|i| line[i] + side(i));
    let right = (0..n).rev().map(|i| line[i] - side(i));
    left.chain(right).collect()
}

/// A band along `line` whose width lies level, as roads and rivers do that run away from the reader.
pub(crate) fn level_band(line: &[Pt], width: impl Fn(f32) -> f32) -> Ring {
    let last = (line.len() - 1) as f32;
    let half = |i: usize| pt(width(i as f32 / last) * 0.5, 0.0);
    let left = line.iter().enumerate().map(|(i, &p)| p - half(i));
    let right = line.iter().enumerate().rev().map(|(i, &p)| p + half(i));
    left.chain(right).collect()
}

/// Cuts long edges so that no step is longer than `step`.
pub(crate) fn divide(ring: &[Pt], step: f32) -> Ring {
    let n = ring.len();
    let mut out = Vec::with_capacity(n * 2);
    for i in 0..n {
        let (a, b) = (ring[i], ring[(i + 1) % n]);
        let parts = ((b - a).length() / step).ceil().clamp(1.0, 400.0) as usize;
        out.extend((0..parts).map(|part| a.towards(b, part as f32 / parts as f32)));
    }
    out
}

/// Moves every point a little, neighbours together: the tremor of a hand.
pub(crate) fn tremble(ring: &[Pt], seed: u32, amplitude: f32, wave: f32) -> Ring {
    divide(ring, wave * 0.6)
        .into_iter()
        .map(|p| {
            let (x, y) = (p.x / wave, p.y / wave);
            pt(
                p.x + amplitude * noise::plane(seed, x, y),
                p.y + amplitude * noise::plane(seed ^ 0x5bd1, x, y),
            )
        })
        .collect()
}

/// Maps a ring drawn in its own frame: scaled, mirrored when `flip`, moved to `at`.
pub(crate) fn place(ring: &[Pt], at: Pt, scale: f32, flip: bool) -> Ring {
    let mirror = if flip { -1.0 } else { 1.0 };
    ring.iter()
        .map(|p| pt(at.x + p.x * scale * mirror, at.y + p.y * scale))
        .collect()
}
