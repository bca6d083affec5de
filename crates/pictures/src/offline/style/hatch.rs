//! Parallel strokes inside a shape whose thickness follows the tone: pen hatching and the cutter's lines alike.

use crate::offline::{
    geometry::{Pt, Ring, pt, ribbon},
    noise,
    sheet::Grain,
};

/// How a set of parallel strokes is laid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hatch {
    /// Radians added to the angle of the grain.
    pub(crate) turn: f32,
    /// Pixels between strokes.
    pub(crate) spacing: f32,
    /// Pixels between the places where the tone is asked.
    pub(crate) step: f32,
    pub(crate) seed: u32,
    /// Trembling of a stroke across its direction, pixels.
    pub(crate) tremor: f32,
}

/// Strokes within `rings` (even-odd). `thickness(p)` is the width of a stroke at `p` in pixels; below a third of
/// a pixel the pen is lifted. `frame` bounds the work: nothing outside is drawn.
pub(crate) fn strokes(
    rings: &[Ring],
    grain: Grain,
    hatch: Hatch,
    frame: (Pt, Pt),
    mut thickness: impl FnMut(Pt) -> f32,
) -> Vec<Ring> {
    let (angle, wave, dashed) = match grain {
        Grain::Lines { angle, wave } => (angle, wave, false),
        Grain::Dashes { angle } => (angle, 0.8, true),
        Grain::Solid => return Vec::new(),
    };
    let angle = angle + hatch.turn;
    let turned: Vec<Ring> = rings
        .iter()
        .map(|ring| ring.iter().map(|p| p.rotated(-angle)).collect())
        .collect();
    let mut strokes = Vec::new();
    for (row, crossings) in rows(&turned, hatch.spacing) {
        for span in crossings.chunks_exact(2) {
            let y = row as f32 * hatch.spacing;
            let mut line: Vec<(Pt, f32)> = Vec::new();
            let length = span[1] - span[0];
            let steps = (length / hatch.step).ceil().max(1.0) as usize;
            for i in 0..=steps {
                let x = span[0] + length * i as f32 / steps as f32;
                let sway = wave * noise::line(hatch.seed ^ 0x77, x * 0.012 + y * 0.003) * 3.0
                    + hatch.tremor * noise::line(hatch.seed.wrapping_add(row as u32), x * 0.06);
                let p = pt(x, y + sway).rotated(angle);
                let inside = p.x >= frame.0.x && p.x <= frame.1.x && p.y >= frame.0.y && p.y <= frame.1.y;
                let lifted =
                    dashed && noise::line(hatch.seed ^ (row as u32).wrapping_mul(97), x * 0.085) < -0.05;
                let width = if inside && !lifted {
                    thickness(p) * (1.0 + 0.22 * noise::line(hatch.seed ^ (row as u32) << 3, x * 0.05))
                } else {
                    0.0
                };
                if width >= 0.34 {
                    line.push((p, width));
                } else {
                    finish(&mut strokes, &mut line);
                }
            }
            finish(&mut strokes, &mut line);
        }
    }
    strokes
}

/// For each row `y = row * spacing`: the sorted x where the rings cross it.
pub(crate) fn rows(rings: &[Ring], spacing: f32) -> impl Iterator<Item = (i32, Vec<f32>)> {
    let mut low = i32::MAX;
    let mut high = i32::MIN;
    for p in rings.iter().flatten() {
        let row = p.y / spacing;
        low = low.min(row.ceil() as i32);
        high = high.max(row.floor() as i32);
    }
    let mut crossings = vec![Vec::new(); (high - low + 1).max(0) as usize];
    for ring in rings {
        for (i, &a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            let (top, bottom) = if a.y <= b.y { (a, b) } else { (b, a) };
            let first = (top.y / spacing).ceil() as i32;
            let mut row = first;
            while (row as f32) * spacing < bottom.y {
                let t = (row as f32 * spacing - top.y) / (bottom.y - top.y);
                crossings[(row - low) as usize].push(top.x + (bottom.x - top.x) * t);
                row += 1;
            }
        }
    }
    crossings.into_iter().enumerate().map(move |(i, mut xs)| {
        xs.sort_unstable_by(f32::total_cmp);
        (low + i as i32, xs)
    })
}

/// Ends the stroke with pointed tips.
fn finish(strokes: &mut Vec<Ring>, line: &mut Vec<(Pt, f32)>) {
    if line.len() >= 2 {
        let points: Vec<Pt> = line.iter().map(|(p, _)| *p).collect();
        let last = line.len() - 1;
        strokes.push(ribbon(&points, |t| {
            let i = (t * last as f32).round() as usize;
            let width = line[i].1;
            if last >= 3 && (i == 0 || i == last) {
                width * 0.35
            } else {
                width
            }
        }));
    }
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offline::{geometry::rect, sheet::LEVEL};

    #[test]
    fn strokes_stay_inside_and_thin_tone_lifts_the_pen() {
        let frame = (pt(0.0, 0.0), pt(100.0, 100.0));
        let hatch = Hatch {
            turn: 0.0,
            spacing: 5.0,
            step: 5.0,
            seed: 1,
            tremor: 0.0,
        };
        let ring = vec![rect(20.0, 20.0, 60.0, 60.0)];
        let drawn = strokes(&ring, LEVEL, hatch, frame, |p| if p.x < 50.0 { 2.0 } else { 0.0 });
        assert!(!drawn.is_empty());
        assert!(
            drawn.iter().flatten().all(|p| (19.0..=51.0).contains(&p.x)),
            "{drawn:?}"
        );
        assert!(strokes(&ring, LEVEL, hatch, frame, |_| 0.1).is_empty());
    }
}
