//! Sky: its gradient, sun, moon, stars, clouds, birds, lightning.

use crate::offline::{
    air::Tone,
    colour::{Colour, hex},
    geometry::{Pt, Ring, arc, ellipse, limb, pt, rect, ribbon},
    reading::{Hour, Reading, Weather},
    sheet::{Grain, LEVEL, Light, Shape, Sheet},
};

/// Draws the sky down to `horizon` (a fraction of the height) and what is in it.
pub(crate) fn draw(sheet: &mut Sheet, reading: &Reading, tone: &Tone, horizon: f32) {
    let bottom = sheet.height * (horizon + 0.06);
    sheet.add(
        Shape::new(rect(-10.0, -10.0, sheet.width + 20.0, bottom + 10.0), tone.zenith)
            .foot(tone.horizon)
            .glow()
            .grain(Grain::Lines {
                angle: 0.0,
                wave: 3.0,
            })
            .line(0.0),
    );
    let open = matches!(reading.weather, Weather::Clear | Weather::Wind | Weather::Cloudy);
    let night = reading.hour == Some(Hour::Night);
    let mut chance = sheet.chance.fork("sky");
    let across = if chance.flip(0.5) {
        chance.range(0.24, 0.36)
    } else {
        chance.range(0.64, 0.76)
    };
    if night && open {
        stars(sheet, horizon);
    }
    let moonlit = reading.has(&["moon"]) || (night && open);
    if moonlit {
        moon(sheet, sheet.at(across, horizon * 0.34), 34.0 * sheet.unit());
    } else if open && matches!(reading.hour, Some(Hour::Dawn | Hour::Evening)) {
        sun(
            sheet,
            sheet.at(across, horizon * 0.86),
            40.0 * sheet.unit(),
            hex(0xfff0c4),
            hex(0xf9c274),
        );
    } else if reading.has(&["sun"]) {
        sun(
            sheet,
            sheet.at(across, horizon * 0.30),
            34.0 * sheet.unit(),
            hex(0xfffbe6),
            hex(0xfbeebb),
        );
    }
    clouds(sheet, reading, tone, horizon);
    if reading.weather == Weather::Storm {
        lightning(sheet, sheet.at(1.0 - across, horizon * 0.16), horizon);
    }
    if reading.has(&["bird"]) || (!night && open && chance.flip(0.5)) {
        birds(sheet, sheet.at(1.0 - across, horizon * 0.42));
    }
}

fn stars(sheet: &mut Sheet, horizon: f32) {
    let mut chance = sheet.chance.fork("stars");
    let unit = sheet.unit();
    let rings: Vec<Ring> = (0..70)
        .map(|_| {
            let p = pt(
                chance.unit() * sheet.width,
                chance.unit().powf(1.4) * sheet.height * horizon * 0.85,
            );
            let radius = chance.range(0.8, 2.1) * unit;
            ellipse(p, radius, radius)
        })
        .collect();
    sheet.add(
        Shape::of(rings, hex(0xf6efd8))
            .glow()
            .grain(Grain::Solid)
            .line(0.0),
    );
}

/// The moon with its halo, and the light it sheds.
pub(crate) fn moon(sheet: &mut Sheet, at: Pt, radius: f32) {
    for (size, alpha) in [(4.4, 0.16), (2.8, 0.22), (1.7, 0.35)] {
        sheet.add(Shape::halo(
            ellipse(at, radius * size, radius * size),
            hex(0xb9c9d2),
            radius * 0.6,
            alpha,
        ));
    }
    sheet.add(
        Shape::new(ellipse(at, radius, radius), hex(0xfaf3dc))
            .glow()
            .line(0.4),
    );
    let spot = |dx: f32, dy: f32, r: f32| {
        ellipse(
            pt(at.x + dx * radius, at.y + dy * radius),
            r * radius,
            r * 0.8 * radius,
        )
    };
    sheet.add(
        Shape::of(
            vec![
                spot(-0.3, -0.2, 0.22),
                spot(0.25, 0.25, 0.28),
                spot(0.3, -0.4, 0.14),
            ],
            hex(0xe3dcc2),
        )
        .glow()
        .line(0.0)
        .soft(2.0),
    );
    sheet.light(Light {
        at,
        reach: radius * 7.0,
        colour: hex(0xc9d6e6),
        strength: 0.55,
    });
}

fn sun(sheet: &mut Sheet, at: Pt, radius: f32, core: Colour, glow: Colour) {
    for (size, alpha) in [(5.0, 0.22), (3.0, 0.30), (1.8, 0.45)] {
        sheet.add(Shape::halo(
            ellipse(at, radius * size, radius * size),
            glow,
            radius * 0.9,
            alpha,
        ));
    }
    sheet.add(Shape::new(ellipse(at, radius, radius), core).glow().line(0.35));
    sheet.light(Light {
        at,
        reach: radius * 9.0,
        colour: glow,
        strength: 0.4,
    });
}

fn clouds(sheet: &mut Sheet, reading: &Reading, tone: &Tone, horizon: f32) {
    let mut chance = sheet.chance.fork("clouds");
    let (count, thick, light, dark): (usize, f32, f32, f32) = match reading.weather {
        Weather::Fog | Weather::Blizzard => return,
        Weather::Clear => (chance.range(2.0, 5.0) as usize, 0.55, 1.16, 0.98),
        Weather::Cloudy | Weather::Wind => (8, 0.9, 1.14, 0.86),
        Weather::Snow => (6, 1.0, 1.04, 0.90),
        Weather::Rain => (9, 1.15, 1.02, 0.74),
        Weather::Storm => (11, 1.4, 1.06, 0.52),
    };
    let night = reading.hour == Some(Hour::Night);
    for i in 0..count {
        let t = (i as f32 + chance.unit()) / count as f32;
        let height = horizon * (0.12 + 0.78 * t);
        let size = sheet.width * chance.range(0.16, 0.34) * (1.15 - 0.75 * t) * thick.max(0.8);
        let at = pt(chance.range(-0.05, 1.05) * sheet.width, height * sheet.height);
        let base = tone.zenith.mix(tone.horizon, 0.25 + 0.75 * t);
        let white = if night { hex(0x8496ad) } else { hex(0xfdf6ea) };
        let lit = base
            .mix(white, if night { 0.30 } else { 0.62 })
            .times(light.min(1.05));
        cloud(sheet, at, size, size * 0.17 * thick, lit, base.times(dark), t);
    }
}

/// A round swelling of a cloud.
struct Billow {
    middle: Pt,
    across: f32,
    up: f32,
}

impl Billow {
    /// Where its upper edge is above `x`.
    fn top(&self, x: f32) -> Option<f32> {
        let off = (x - self.middle.x) / self.across;
        (off.abs() < 1.0).then(|| self.middle.y - self.up * (1.0 - off * off).sqrt())
    }
}

fn cloud(sheet: &mut Sheet, at: Pt, width: f32, height: f32, lit: Colour, under: Colour, t: f32) {
    let mut chance = sheet
        .chance
        .fork(&format!("cloud {} {}", at.x as i32, at.y as i32));
    let lobes = 5 + (width / (80.0 * sheet.unit())) as usize;
    let mut billows = Vec::new();
    for tier in [0.0, 0.45] {
        for i in 0..lobes {
            let x = (i as f32 + chance.range(0.25, 0.75)) / lobes as f32 * 2.0 - 1.0;
            let x = x * (1.0 - 0.45 * tier);
            let dome = (1.0 - x * x).max(0.0).sqrt();
            billows.push(Billow {
                middle: pt(at.x + x * width * 0.5, at.y - tier * dome * height),
                across: width / lobes as f32 * chance.range(0.55, 0.95),
                up: height * (0.3 + 0.65 * dome) * chance.range(0.75, 1.2),
            });
        }
    }
    let steps = lobes * 10;
    let mut points: Vec<Pt> = (0..=steps)
        .map(|i| {
            let x = at.x + (i as f32 / steps as f32 * 1.24 - 0.62) * width;
            let top = billows
                .iter()
                .filter_map(|billow| billow.top(x))
                .fold(at.y, f32::min);
            pt(x, top)
        })
        .filter(|point| point.y < at.y - 0.5)
        .collect();
    let edge = |point: Option<&Pt>| point.map_or(at.x, |point| point.x);
    let (left, right) = (edge(points.first()), edge(points.last()));
    for i in (0..=4).rev() {
        let x = left + (right - left) * (0.04 + 0.92 * i as f32 / 4.0);
        points.push(pt(x, at.y + chance.range(0.05, 0.2) * height));
    }
    let soft = 7.0 * sheet.unit() * (1.2 - t);
    sheet.add(
        Shape::new(points, lit)
            .foot(under)
            .glow()
            .grain(LEVEL)
            .line(0.45)
            .soft(soft)
            .depth(0.4),
    );
}

fn lightning(sheet: &mut Sheet, from: Pt, horizon: f32) {
    let mut chance = sheet.chance.fork("lightning");
    let mut line = vec![from];
    let steps = 9;
    for i in 1..=steps {
        let last = line[i - 1];
        let fall = (horizon * sheet.height - from.y) / steps as f32;
        line.push(pt(
            last.x + chance.around(0.0, 34.0) * sheet.unit(),
            last.y + fall,
        ));
    }
    let unit = sheet.unit();
    let bolt = ribbon(&line, |t| (6.0 - 4.5 * t) * unit);
    let fork = line[4];
    let branch = ribbon(
        &[fork, fork + pt(38.0, 40.0) * unit, fork + pt(52.0, 96.0) * unit],
        |t| (3.4 - 3.0 * t) * unit,
    );
    sheet.add(
        Shape::new(ribbon(&line, |_| 46.0 * unit), hex(0xc8d0e0))
            .glow()
            .line(0.0)
            .soft(16.0 * unit)
            .alpha(0.30),
    );
    sheet.add(
        Shape::of(vec![bolt, branch], hex(0xfffdf0))
            .glow()
            .grain(Grain::Solid)
            .line(0.0),
    );
}

fn birds(sheet: &mut Sheet, around: Pt) {
    let mut chance = sheet.chance.fork("birds");
    let unit = sheet.unit();
    let mut rings = Vec::new();
    for _ in 0..chance.range(4.0, 9.0) as usize {
        let at = around + pt(chance.around(0.0, 130.0), chance.around(0.0, 46.0)) * unit;
        let span = chance.range(7.0, 15.0) * unit;
        let lift = chance.range(0.2, 0.5);
        for side in [-1.0, 1.0] {
            let wing = arc(
                pt(at.x + side * span * 0.5, at.y),
                span * 0.5,
                span * lift,
                3.3,
                6.1,
            );
            rings.push(ribbon(&wing, |t| {
                (0.6 + 1.8 * (1.0 - (2.0 * t - 1.0).abs())) * unit
            }));
        }
        rings.push(limb(at, at + pt(2.0, 1.5) * unit, 1.4 * unit, 0.8 * unit));
    }
    sheet.add(
        Shape::of(rings, hex(0x33343a))
            .depth(0.35)
            .grain(Grain::Solid)
            .line(0.0),
    );
}
