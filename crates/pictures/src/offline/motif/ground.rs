//! Ground in layers, roads and paths, grass and snowdrifts.

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, curve, level_band, pt, ribbon},
    noise,
    reading::{Reading, Season},
    sheet::{Grain, Shape, Sheet},
};

/// The colour of open ground.
pub(crate) fn colour(reading: &Reading) -> Colour {
    if reading.snowy() {
        return hex(0xf3f5f6);
    }
    match reading.season {
        Some(Season::Autumn) => hex(0xb89a5e),
        Some(Season::Spring) => hex(0xa3b274),
        _ => hex(0xa2a865),
    }
}

/// How one layer of ground lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layer {
    /// Fraction of the height where the layer begins.
    pub(crate) top: f32,
    /// Pixels of rise and fall per unit.
    pub(crate) relief: f32,
    /// Waves across the sheet.
    pub(crate) waves: f32,
    pub(crate) depth: f32,
}

/// The height of a layer's edge at `x`.
pub(crate) fn edge(sheet: &Sheet, layer: Layer, x: f32) -> f32 {
    let seed = (layer.top * 1000.0) as u32 ^ sheet.chance.fork("ground").next() as u32;
    let sway = noise::ridge(seed, x / sheet.width * layer.waves, 3);
    sheet.height * layer.top + sway * layer.relief * sheet.unit()
}

/// Draws one layer from its edge down to the bottom of the sheet.
pub(crate) fn layer(sheet: &mut Sheet, layer: Layer, colour: Colour) {
    let mut ring: Ring = (0..=64)
        .map(|i| {
            let x = -20.0 + (sheet.width + 40.0) * i as f32 / 64.0;
            pt(x, edge(sheet, layer, x))
        })
        .collect();
    ring.push(pt(sheet.width + 20.0, sheet.height + 20.0));
    ring.push(pt(-20.0, sheet.height + 20.0));
    sheet.add(
        Shape::new(ring, colour)
            .shade(1.0, 0.80)
            .depth(layer.depth)
            .grain(Grain::Lines {
                angle: 0.05,
                wave: 4.0,
            })
            .line(0.7),
    );
}

/// A road that winds from the near edge to `end` on the horizon.
pub(crate) fn road(sheet: &mut Sheet, from: f32, end: Pt, width: f32, colour: Colour, depth: f32) {
    let bottom = sheet.height + 20.0;
    let rise = bottom - end.y;
    let sway = sheet.width * 0.10 * if from < 0.5 { 1.0 } else { -1.0 };
    let line = curve(&[
        pt(sheet.width * from, bottom),
        pt(sheet.width * from + sway, bottom - rise * 0.35),
        pt(end.x - sway * 0.7, bottom - rise * 0.72),
        pt(end.x + sway * 0.12, bottom - rise * 0.92),
        end,
    ]);
    let wide = width * sheet.unit();
    let span = |t: f32| wide * (1.0 - t).powf(1.7) + 2.5;
    sheet.add(
        Shape::new(level_band(&line, span), colour)
            .shade(1.06, 0.92)
            .depth(depth)
            .grain(Grain::Lines {
                angle: 0.02,
                wave: 3.0,
            })
            .line(0.6),
    );
    for side in [-0.22, 0.22] {
        let rut: Vec<Pt> = line
            .iter()
            .enumerate()
            .map(|(i, p)| pt(p.x + side * span(i as f32 / line.len() as f32), p.y))
            .collect();
        sheet.add(
            Shape::new(
                level_band(&rut, |t| wide * 0.07 * (1.0 - t).powf(1.7) + 0.6),
                colour.times(0.72),
            )
            .depth(depth)
            .line(0.0)
            .grain(Grain::Lines {
                angle: 0.0,
                wave: 1.0,
            }),
        );
    }
}

/// Blades of grass in tufts between two heights (fractions).
pub(crate) fn grass(sheet: &mut Sheet, from: f32, to: f32, colour: Colour, count: usize) {
    let mut chance = sheet.chance.fork(&format!("grass {from}"));
    let unit = sheet.unit();
    for _ in 0..count {
        let t = chance.unit();
        let y = sheet.height * (from + (to - from) * t);
        let x = chance.unit() * sheet.width;
        let tall = (10.0 + 34.0 * t) * unit;
        let rings: Vec<Ring> = (0..7)
            .map(|_| {
                let foot = pt(x + chance.around(0.0, 9.0 + 10.0 * t) * unit, y);
                let lean = chance.around(4.0, 13.0) * unit;
                let tip = pt(foot.x + lean, y - tall * chance.range(0.5, 1.0));
                let bend = pt(foot.x + lean * 0.25, y - tall * 0.5);
                ribbon(&curve(&[foot, bend, tip]), |t| (2.3 - 2.0 * t) * unit)
            })
            .collect();
        let depth = 0.25 * (1.0 - t);
        sheet.add(
            Shape::of(rings, colour.times(chance.range(0.5, 0.75)))
                .depth(depth)
                .grain(Grain::Solid)
                .line(0.0),
        );
    }
}

/// Low mounds of snow with blue shadows.
pub(crate) fn drifts(sheet: &mut Sheet, from: f32, to: f32, count: usize) {
    let mut chance = sheet.chance.fork("drifts");
    for i in 0..count {
        let t = (i as f32 + 0.5) / count as f32;
        let y = sheet.height * (from + (to - from) * t);
        let x = chance.unit() * sheet.width;
        let wide = sheet.width * chance.range(0.12, 0.3) * (0.5 + t);
        let tall = wide * chance.range(0.06, 0.12);
        let top = curve(&[
            pt(x - wide, y),
            pt(x - wide * 0.3, y - tall * 0.9),
            pt(x + wide * 0.25, y - tall),
            pt(x + wide, y),
        ]);
        let mut ring = top;
        ring.push(pt(x, y + tall * 0.5));
        sheet.add(
            Shape::new(ring, hex(0xfbfbfa))
                .foot(hex(0xc3cfdb))
                .depth(0.3 * (1.0 - t))
                .grain(Grain::Lines {
                    angle: 0.1,
                    wave: 3.0,
                })
                .line(0.4)
                .soft(3.0 * sheet.unit()),
        );
    }
}
