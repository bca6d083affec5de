//! Water: sea, river, lake; its bands of waves and the path of light on it.

use crate::offline::{
    colour::Colour,
    geometry::{Pt, Ring, curve, level_band, pt, rect, ribbon},
    noise,
    sheet::{Grain, Shape, Sheet},
};

/// Still or rippled water from `top` (fraction of the height) to the bottom of the sheet.
pub(crate) fn surface(sheet: &mut Sheet, top: f32, far: Colour, near: Colour) {
    let y = sheet.height * top;
    sheet.add(
        Shape::new(rect(-10.0, y, sheet.width + 20.0, sheet.height - y + 20.0), far)
            .foot(near)
            .depth(0.25)
            .grain(Grain::Lines {
                angle: 0.0,
                wave: 2.4,
            })
            .line(0.25),
    );
}

/// Crests in rows that grow towards the reader. `swell` 0 is a ripple, 1 a storm.
pub(crate) fn waves(sheet: &mut Sheet, top: f32, swell: f32, near: Colour, foam: Colour) {
    let mut chance = sheet.chance.fork("waves");
    let unit = sheet.unit();
    let rows = 9;
    for row in 0..rows {
        let t = (row as f32 + 0.6) / rows as f32;
        let y = sheet.height * (top + (1.0 - top) * t.powf(1.5));
        let tall = (3.0 + 20.0 * t + 64.0 * swell * t) * unit;
        let wave = (60.0 + 240.0 * t) * unit;
        let seed = chance.next() as u32;
        let phase = chance.unit() * 6.0;
        let crest = |x: f32| {
            let s =
                ((x / wave + phase + 0.5 * noise::line(seed, x / wave)) * std::f32::consts::TAU * 0.5).sin();
            y - tall * (0.35 + 0.65 * noise::line(seed ^ 7, x / wave * 0.7)) * s.abs().powf(1.3 - 0.5 * swell)
        };
        let steps = 90;
        let mut ring: Ring = (0..=steps)
            .map(|i| -10.0 + (sheet.width + 20.0) * i as f32 / steps as f32)
            .map(|x| pt(x, crest(x)))
            .collect();
        let edge: Vec<Pt> = ring.clone();
        ring.push(pt(sheet.width + 10.0, y + tall * 1.6 + 6.0));
        ring.push(pt(-10.0, y + tall * 1.6 + 6.0));
        let colour = near.times(0.90 + 0.16 * (row % 2) as f32);
        let fall = 0.84 - 0.12 * swell;
        sheet.add(
            Shape::new(ring, colour)
                .shade(1.10, fall)
                .depth(0.3 * (1.0 - t))
                .grain(Grain::Lines {
                    angle: 0.03,
                    wave: 3.6,
                })
                .line(0.55)
                .alpha(0.92),
        );
        let mut caps = Vec::new();
        for piece in edge.chunks(6) {
            if chance.flip(0.16 + 0.42 * swell) {
                let line: Vec<Pt> = piece.iter().map(|p| pt(p.x, p.y + 1.5 * unit)).collect();
                caps.push(ribbon(&curve(&line), |s| {
                    (1.2 + 5.0 * t * (0.5 + swell)) * unit * (1.0 - (2.0 * s - 1.0).abs()) + 0.5
                }));
            }
        }
        sheet.add(
            Shape::of(caps, foam)
                .depth(0.2 * (1.0 - t))
                .grain(Grain::Solid)
                .line(0.0),
        );
    }
}

/// The broken path of light under a sun, moon or lamp at `x`.
pub(crate) fn glitter(sheet: &mut Sheet, x: f32, top: f32, bottom: f32, spread: f32, colour: Colour) {
    let mut chance = sheet.chance.fork(&format!("glitter {}", x as i32));
    let unit = sheet.unit();
    let rows = 34;
    let rings: Vec<Ring> = (0..rows)
        .flat_map(|row| {
            let t = row as f32 / rows as f32;
            let y = sheet.height * (top + (bottom - top) * t.powf(1.35));
            let wide = (14.0 + spread * t) * unit;
            let thick = (1.1 + 4.2 * t) * unit;
            (0..3)
                .map(|_| {
                    let middle = x + chance.around(0.0, wide);
                    let half = wide * chance.range(0.15, 0.55);
                    ribbon(
                        &[
                            pt(middle - half, y),
                            pt(middle, y + thick * 0.2),
                            pt(middle + half, y),
                        ],
                        |s| thick * (1.0 - (2.0 * s - 1.0).abs()) + 0.3,
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect();
    sheet.add(
        Shape::of(rings, colour)
            .glow()
            .grain(Grain::Solid)
            .line(0.0)
            .alpha(0.9),
    );
}

/// A river that comes from `end` on the horizon and widens towards the reader.
pub(crate) fn river(sheet: &mut Sheet, end: Pt, far: Colour, near: Colour) {
    let (w, bottom) = (sheet.width, sheet.height + 20.0);
    let rise = bottom - end.y;
    let bend = if end.x < w * 0.5 { 1.0 } else { -1.0 };
    let line = curve(&[
        end,
        pt(end.x + bend * w * 0.05, end.y + rise * 0.07),
        pt(end.x - bend * w * 0.03, end.y + rise * 0.2),
        pt(end.x + bend * w * 0.22, end.y + rise * 0.5),
        pt(end.x + bend * w * 0.26, bottom + rise * 0.1),
    ]);
    let ring = level_band(&line, |t| sheet.width * (0.03 + 0.62 * t.powf(1.5)));
    sheet.add(
        Shape::new(ring, far)
            .foot(near)
            .depth(0.2)
            .grain(Grain::Lines {
                angle: 0.0,
                wave: 2.4,
            })
            .line(0.9),
    );
}
