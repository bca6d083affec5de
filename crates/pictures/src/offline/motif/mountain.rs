//! Mountains and far hills.

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Ring, pt},
    noise,
    sheet::{Grain, Shape, Sheet},
};

/// A chain of peaks: `top` and `base` are fractions of the height.
pub(crate) fn range(
    sheet: &mut Sheet,
    top: f32,
    base: f32,
    peaks: f32,
    depth: f32,
    rock: Colour,
    snow: bool,
) {
    let seed = sheet.chance.fork(&format!("range {top}")).next() as u32;
    let (high, low) = (sheet.height * top, sheet.height * base);
    let width = sheet.width;
    let crest = |x: f32| {
        let t = x / width * peaks;
        let peak = 1.0 - (noise::line(seed, t) * 0.5 + 0.5);
        let rough = noise::ridge(seed ^ 3, t * 4.0, 3) * 0.10;
        high + (low - high) * (peak * 0.8 + rough + 0.1).clamp(0.0, 1.0)
    };
    let steps = 110;
    let xs: Vec<f32> = (0..=steps)
        .map(|i| -20.0 + (sheet.width + 40.0) * i as f32 / steps as f32)
        .collect();
    let mut ring: Ring = xs.iter().map(|&x| pt(x, crest(x))).collect();
    ring.push(pt(sheet.width + 20.0, low + 40.0));
    ring.push(pt(-20.0, low + 40.0));
    let grain = Grain::Lines {
        angle: 0.95,
        wave: 2.0,
    };
    sheet.add(
        Shape::new(ring, rock)
            .shade(1.0, 1.06)
            .depth(depth)
            .grain(grain)
            .line(0.8),
    );
    flanks(sheet, &xs, &crest, low, depth, rock);
    if snow {
        caps(sheet, &xs, &crest, high, low, depth);
    }
}

/// Shadowed flanks: from every summit a jagged dark face falls to the right.
fn flanks(sheet: &mut Sheet, xs: &[f32], crest: &dyn Fn(f32) -> f32, low: f32, depth: f32, rock: Colour) {
    let mut chance = sheet.chance.fork(&format!("flanks {depth}"));
    let heights: Vec<f32> = xs.iter().map(|&x| crest(x)).collect();
    for i in 4..xs.len() - 8 {
        let summit = (i - 4..=i + 4).all(|j| heights[j] >= heights[i]);
        if !summit || heights[i] > low - 24.0 {
            continue;
        }
        let end = (i + 1..xs.len())
            .take_while(|&j| heights[j] >= heights[j - 1] - 1.5)
            .last()
            .unwrap_or(i + 1);
        let mut ring: Ring = (i..=end).map(|j| pt(xs[j], heights[j])).collect();
        let fall = (heights[end] - heights[i]).max(20.0);
        for step in (1..6).rev() {
            let t = step as f32 / 6.0;
            let x = xs[i] + (xs[end] - xs[i]) * t * 0.34 + chance.around(0.0, 0.05) * fall;
            ring.push(pt(x, heights[i] + fall * t * 1.04));
        }
        sheet.add(
            Shape::new(ring, rock.times(0.66))
                .shade(0.95, 1.2)
                .depth(depth)
                .grain(Grain::Lines {
                    angle: 1.1,
                    wave: 1.0,
                })
                .line(0.0)
                .soft(1.5),
        );
    }
}

fn caps(sheet: &mut Sheet, xs: &[f32], crest: &dyn Fn(f32) -> f32, high: f32, low: f32, depth: f32) {
    let mut chance = sheet.chance.fork(&format!("caps {depth}"));
    let line = high + (low - high) * 0.42;
    let mut ring: Ring = Vec::new();
    let mut lower: Ring = Vec::new();
    let mut close = |ring: &mut Ring, lower: &mut Ring| {
        if ring.len() > 3 {
            lower.reverse();
            ring.append(lower);
            let shape = Shape::new(ring.clone(), hex(0xf8f8f5))
                .foot(hex(0xdfe5ea))
                .depth(depth * 0.8);
            sheet.add(
                shape
                    .grain(Grain::Lines {
                        angle: 1.0,
                        wave: 1.0,
                    })
                    .line(0.3),
            );
        }
        ring.clear();
        lower.clear();
    };
    for &x in xs {
        let y = crest(x);
        if y < line {
            ring.push(pt(x, y));
            lower.push(pt(x, y + (line - y) * chance.range(0.30, 0.85)));
        } else {
            close(&mut ring, &mut lower);
        }
    }
    close(&mut ring, &mut lower);
}
