//! What falls or drifts in front of everything: rain, snow, mist.

use crate::offline::{
    colour::hex,
    geometry::{Ring, curve, ellipse, pt, ribbon},
    noise,
    reading::{Hour, Reading, Weather},
    sheet::{Grain, LEVEL, Shape, Sheet},
};

/// Draws the weather over a finished scene.
pub(crate) fn draw(sheet: &mut Sheet, reading: &Reading) {
    let night = matches!(reading.hour, Some(Hour::Night | Hour::Dusk));
    match reading.weather {
        Weather::Rain => rain(sheet, 240, 0.16, night),
        Weather::Storm => rain(sheet, 330, 0.34, true),
        Weather::Snow => flakes(sheet, 260, 0.0),
        Weather::Blizzard => {
            gusts(sheet, night);
            flakes(sheet, 900, 1.0);
        }
        Weather::Fog => mist(sheet, night),
        _ => {}
    }
}

fn rain(sheet: &mut Sheet, count: usize, slant: f32, pale: bool) {
    let mut chance = sheet.chance.fork("rain");
    let unit = sheet.unit();
    let mut streaks = |count: usize| -> Vec<Ring> {
        (0..count)
            .map(|_| {
                let from = pt(
                    chance.range(-0.1, 1.1) * sheet.width,
                    chance.range(-0.05, 0.95) * sheet.height,
                );
                let long = chance.range(22.0, 62.0) * unit;
                let to = pt(from.x - long * slant, from.y + long);
                ribbon(&[from, from.towards(to, 0.5), to], |t| unit * (0.35 + 1.3 * t))
            })
            .collect()
    };
    let (dark, light) = (streaks(count / 2), streaks(count / 2));
    if !pale {
        sheet.add(
            Shape::of(dark, hex(0x566069))
                .glow()
                .grain(Grain::Solid)
                .line(0.0)
                .alpha(0.55),
        );
    }
    sheet.add(
        Shape::of(light, hex(0xeef2f2))
            .glow()
            .grain(Grain::Solid)
            .line(0.0)
            .alpha(0.62),
    );
}

fn flakes(sheet: &mut Sheet, count: usize, drive: f32) {
    let mut chance = sheet.chance.fork("flakes");
    let unit = sheet.unit();
    let rings: Vec<Ring> = (0..count)
        .map(|_| {
            let at = pt(chance.unit() * sheet.width, chance.unit() * sheet.height);
            let near = chance.unit().powi(3);
            let size = (1.2 + 3.6 * near) * unit;
            if drive > 0.0 {
                let long = size * chance.range(2.0, 6.5);
                ribbon(
                    &[at, at + pt(-long * 0.5, long * 0.13), at + pt(-long, long * 0.34)],
                    |t| size * (0.4 + 0.9 * t),
                )
            } else {
                ellipse(at, size, size * 0.92)
            }
        })
        .collect();
    sheet.add(
        Shape::of(rings, hex(0xfcfcf9))
            .glow()
            .grain(Grain::Solid)
            .line(0.0)
            .alpha(0.93),
    );
}

/// Long streams of driven snow that hide the distance.
fn gusts(sheet: &mut Sheet, night: bool) {
    let mut chance = sheet.chance.fork("gusts");
    let unit = sheet.unit();
    let colour = if night { hex(0xb4bfcb) } else { hex(0xeff1f1) };
    for _ in 0..24 {
        let y = sheet.height * chance.range(0.05, 0.98);
        let start = chance.range(0.1, 1.2) * sheet.width;
        let seed = chance.next() as u32;
        let long = sheet.width * chance.range(0.4, 0.9);
        let line: Vec<_> = (0..=10)
            .map(|i| {
                let t = i as f32 / 10.0;
                pt(
                    start - long * t,
                    y + long * 0.16 * t + 26.0 * unit * noise::line(seed, t * 3.0),
                )
            })
            .collect();
        let wide = chance.range(14.0, 54.0) * unit;
        let ring = ribbon(&curve(&line), |t| wide * (4.0 * t * (1.0 - t)).max(0.02));
        sheet.add(
            Shape::new(ring, colour)
                .glow()
                .line(0.0)
                .grain(LEVEL)
                .soft(wide * 0.45)
                .alpha(0.34),
        );
    }
}

fn mist(sheet: &mut Sheet, night: bool) {
    let mut chance = sheet.chance.fork("mist");
    let colour = if night { hex(0x7c8794) } else { hex(0xe4e4dd) };
    for i in 0..7 {
        let y = sheet.height * (0.42 + 0.075 * i as f32);
        let x = chance.unit() * sheet.width;
        let wide = sheet.width * chance.range(0.35, 0.7);
        let tall = sheet.height * chance.range(0.025, 0.055);
        sheet.add(
            Shape::new(ellipse(pt(x, y), wide, tall), colour)
                .glow()
                .line(0.0)
                .soft(tall * 0.7)
                .alpha(0.42),
        );
    }
}
