//! A contour as a hand draws it: thick and thin, trembling, lost here and there.

use crate::offline::{
    geometry::{Pt, Ring, divide, pt, ribbon},
    noise,
};

/// How contours are drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pen {
    /// Pixels.
    pub(crate) weight: f32,
    /// Share of the contour that is lost, 0 to 1.
    pub(crate) lost: f32,
    pub(crate) tremor: f32,
    pub(crate) seed: u32,
}

/// Strokes along a closed ring. The lower right side, away from the light, is drawn heavier.
pub(crate) fn strokes(ring: &[Pt], pen: Pen) -> Vec<Ring> {
    let mut points = divide(ring, 5.0);
    if points.len() < 3 {
        return Vec::new();
    }
    points.push(points[0]);
    let clockwise = area(ring) > 0.0;
    let mut strokes = Vec::new();
    let mut line: Vec<(Pt, f32)> = Vec::new();
    let mut travelled = 0.0;
    for i in 0..points.len() {
        let here = points[i];
        let along = points[(i + 1).min(points.len() - 1)] - points[i.saturating_sub(1)];
        travelled += if i > 0 {
            (here - points[i - 1]).length()
        } else {
            0.0
        };
        let outward = if clockwise {
            along.normal() * -1.0
        } else {
            along.normal()
        };
        let shadow = 0.5 + 0.5 * (outward.x * 0.55 + outward.y * 0.83);
        let pressure = 0.62 + 0.3 * noise::line(pen.seed, travelled * 0.022) + 0.55 * shadow;
        let gap = noise::line(pen.seed ^ 0x9e1, travelled * 0.013) + shadow * 0.9 < pen.lost * 2.2 - 1.0;
        if gap {
            finish(&mut strokes, &mut line);
            continue;
        }
        let shake = pt(
            noise::line(pen.seed ^ 0x31, travelled * 0.05) * pen.tremor,
            noise::line(pen.seed ^ 0x17, travelled * 0.05) * pen.tremor,
        );
        line.push((here + shake, pen.weight * pressure.max(0.25)));
    }
    finish(&mut strokes, &mut line);
    strokes
}

fn area(ring: &[Pt]) -> f32 {
    (0..ring.len())
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            a.x * b.y - b.x * a.y
        })
        .sum()
}

fn finish(strokes: &mut Vec<Ring>, line: &mut Vec<(Pt, f32)>) {
    if line.len() >= 2 {
        let points: Vec<Pt> = line.iter().map(|(p, _)| *p).collect();
        let last = line.len() - 1;
        strokes.push(ribbon(&points, |t| {
            let i = (t * last as f32).round() as usize;
            let taper = (i.min(last - i) as f32 / 3.0).min(1.0) * 0.7 + 0.3;
            line[i].1 * taper
        }));
    }
    line.clear();
}
