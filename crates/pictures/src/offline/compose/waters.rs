//! Sea, river and lake.

use super::{
    open,
    staffage::{self, Stage},
};
use crate::offline::{
    air::Tone,
    colour::{Colour, hex},
    geometry::{pt, smooth},
    motif::{
        ground::{self, Layer},
        mountain,
        ship::{self, Vessel},
        sky,
        tree::{self, Stand},
        water,
    },
    reading::{Hour, Reading, Role, Weather},
    sheet::{Grain, Shape, Sheet},
};

fn depths(tone: &Tone, reading: &Reading) -> (Colour, Colour) {
    let deep = match reading.hour {
        Some(Hour::Night) => hex(0x2e4763),
        Some(Hour::Evening) => hex(0x64708a),
        _ => hex(0x4f7f8c),
    };
    (tone.horizon.mix(deep, 0.42), deep.mix(tone.zenith, 0.25))
}

/// Where the sun or moon stands when the sky has one; mirrors the choice of [`sky::draw`].
fn light_across(sheet: &Sheet) -> f32 {
    let mut chance = sheet.chance.fork("sky");
    if chance.flip(0.5) {
        chance.range(0.24, 0.36)
    } else {
        chance.range(0.64, 0.76)
    }
}

fn reflects(reading: &Reading) -> bool {
    matches!(reading.weather, Weather::Clear | Weather::Wind | Weather::Cloudy)
        && (reading.has(&["moon", "sun"])
            || matches!(reading.hour, Some(Hour::Night | Hour::Dawn | Hour::Evening)))
}

/// Open sea: ships when they are named, a rocky shore when they are not.
pub(crate) fn sea(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    let horizon = 0.52;
    sky::draw(sheet, reading, tone, horizon);
    let across = light_across(sheet);
    let (far, near) = depths(tone, reading);
    if !reading.has(&["ship"]) || sheet.chance.fork("coast").flip(0.4) {
        mountain::range(sheet, 0.46, horizon + 0.005, 2.5, 0.92, hex(0x7c8b93), false);
    }
    water::surface(sheet, horizon, far, near);
    let swell = match reading.weather {
        Weather::Storm => 1.0,
        Weather::Wind | Weather::Rain | Weather::Blizzard => 0.45,
        _ => 0.08,
    };
    let foam = if reading.hour == Some(Hour::Night) {
        hex(0xb9c8d4)
    } else {
        hex(0xf4f4ec)
    };
    let heel = 0.05 + 0.16 * swell;
    let ships = reading.has(&["ship"]);
    if ships {
        for (x, size, depth) in [
            (across * 0.5 + 0.14, 0.10, 0.75),
            (1.02 - across * 0.7, 0.15, 0.6),
        ] {
            let vessel = Vessel {
                at: sheet.at(x, horizon + 0.015),
                size: size * sheet.height,
                depth,
                left: false,
                heel: 0.0,
            };
            ship::ship(sheet, &vessel);
        }
    }
    water::waves(sheet, horizon, swell, near, foam);
    if reflects(reading) {
        let colour = if reading.hour == Some(Hour::Night) {
            hex(0xe8ecec)
        } else {
            tone.horizon.mix(hex(0xfff2cc), 0.6)
        };
        water::glitter(sheet, across * sheet.width, horizon + 0.01, 0.96, 60.0, colour);
    }
    let main = sheet.at(if across < 0.5 { 0.66 } else { 0.34 }, 0.72);
    if ships {
        let vessel = Vessel {
            at: main,
            size: 0.50 * sheet.height,
            depth: 0.12,
            left: across < 0.5,
            heel: if across < 0.5 { -heel } else { heel },
        };
        ship::ship(sheet, &vessel);
    } else if reading.has(&["boat"]) || reading.roles.contains(&Role::Sailor) {
        let vessel = Vessel {
            at: main,
            size: 0.26 * sheet.height,
            depth: 0.05,
            left: across < 0.5,
            heel: heel * 0.5,
        };
        ship::boat(
            sheet,
            &vessel,
            reading.roles.first().copied().unwrap_or(Role::Sailor),
        );
    }
    if ships || reading.has(&["boat"]) {
        front_waves(sheet, swell, near, foam);
    } else {
        shore(sheet, reading, across);
    }
}

/// Waves that lap over the hull.
fn front_waves(sheet: &mut Sheet, swell: f32, near: Colour, foam: Colour) {
    water::waves(sheet, 0.745, swell * 0.8, near.times(0.92), foam);
}

/// Rocks in a corner with somebody who looks out.
fn shore(sheet: &mut Sheet, reading: &Reading, across: f32) {
    let flip = across < 0.5;
    let x = |v: f32| if flip { 1.0 - v } else { v };
    let rock = [
        (-0.05, 1.05),
        (-0.05, 0.74),
        (0.06, 0.70),
        (0.15, 0.765),
        (0.22, 0.76),
        (0.30, 0.86),
        (0.42, 0.90),
        (0.50, 1.05),
    ];
    let ring = smooth(&rock.map(|(a, b)| sheet.at(x(a), b)));
    sheet.add(
        Shape::new(ring, hex(0x766c60))
            .shade(1.1, 0.7)
            .grain(Grain::Lines {
                angle: 1.0,
                wave: 2.0,
            }),
    );
    for (a, b, size) in [(0.34, 0.93, 0.07), (0.52, 0.97, 0.05), (0.20, 0.90, 0.06)] {
        let at = sheet.at(x(a), b);
        let s = size * sheet.height;
        let stone = [(-1.2, 0.5), (-0.8, -0.3), (-0.1, -0.7), (0.7, -0.35), (1.2, 0.5)];
        let ring = smooth(&stone.map(|(dx, dy)| pt(at.x + dx * s, at.y + dy * s)));
        sheet.add(
            Shape::new(ring, hex(0x665d53))
                .shade(1.15, 0.7)
                .grain(Grain::Lines {
                    angle: 0.9,
                    wave: 2.0,
                }),
        );
    }
    if !reading.roles.is_empty() {
        staffage::draw(
            sheet,
            reading,
            Stage {
                y: 0.775,
                person: 0.30,
                x: x(0.14),
                depth: 0.0,
            },
        );
    }
}

/// A river between banks.
pub(crate) fn river(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    let horizon = 0.50;
    sky::draw(sheet, reading, tone, horizon);
    let (far, near) = depths(tone, reading);
    let mut chance = sheet.chance.fork("river");
    mountain::range(
        sheet,
        0.40,
        horizon + 0.01,
        3.0,
        0.92,
        if reading.snowy() {
            hex(0x93a3ab)
        } else {
            hex(0x7d9078)
        },
        false,
    );
    open::far_woods(sheet, reading, 0.505, 0.82);
    let soil = ground::colour(reading);
    ground::layer(
        sheet,
        Layer {
            top: horizon,
            relief: 5.0,
            waves: 2.0,
            depth: 0.66,
        },
        soil,
    );
    ground::layer(
        sheet,
        Layer {
            top: 0.60,
            relief: 10.0,
            waves: 2.0,
            depth: 0.36,
        },
        soil.times(0.96),
    );
    let end = sheet.at(if chance.flip(0.5) { 0.36 } else { 0.64 }, horizon + 0.01);
    let frozen = reading.snowy() && reading.weather != Weather::Rain;
    let (far, near) = if frozen {
        (far.mix(hex(0xdfe6ea), 0.6), near.mix(hex(0xc3d0d8), 0.6))
    } else {
        (far, near)
    };
    water::river(sheet, end, far, near);
    let side = if end.x < sheet.width * 0.5 { 1.0 } else { -1.0 };
    if !frozen {
        water::glitter(
            sheet,
            end.x + side * sheet.width * 0.10,
            0.60,
            0.95,
            120.0,
            far.mix(hex(0xffffff), 0.45),
        );
    }
    if reading.has(&["boat"]) {
        let vessel = Vessel {
            at: pt(end.x + side * sheet.width * 0.16, sheet.height * 0.76),
            size: 0.20 * sheet.height,
            depth: 0.08,
            left: side > 0.0,
            heel: 0.0,
        };
        ship::boat(
            sheet,
            &vessel,
            reading.roles.first().copied().unwrap_or(Role::Peasant),
        );
    }
    let bank = if side > 0.0 { 0.16 } else { 0.84 };
    for (dx, tall, y) in [(0.0, 0.50, 0.86), (0.13, 0.34, 0.72), (-0.12, 0.42, 0.80)] {
        let stand = Stand {
            foot: sheet.at(bank + dx * side, y),
            height: tall * sheet.height,
            depth: 0.08 + 0.25 * (0.86 - y),
            snowy: reading.snowy(),
            leaf: tree::leaf(reading, &mut chance),
            lean: open::lean(reading),
        };
        tree::draw(sheet, chance.pick(tree::kinds(reading)), stand);
    }
    if !reading.has(&["boat"]) {
        staffage::draw(
            sheet,
            reading,
            Stage {
                y: 0.86,
                person: 0.26,
                x: bank + 0.12 * side,
                depth: 0.05,
            },
        );
    }
    if !reading.snowy() {
        ground::grass(sheet, 0.88, 1.0, soil, 40);
    }
}

/// A still lake with the far bank mirrored.
pub(crate) fn lake(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    let horizon = 0.54;
    sky::draw(sheet, reading, tone, horizon);
    let across = light_across(sheet);
    let (far, near) = depths(tone, reading);
    mountain::range(sheet, 0.28, 0.53, 3.0, 0.88, hex(0x7b8c90), false);
    mountain::range(sheet, 0.42, horizon, 4.0, 0.62, hex(0x607568), false);
    open::far_woods(sheet, reading, horizon, 0.55);
    water::surface(sheet, horizon, far, near);
    let mut chance = sheet.chance.fork("lake");
    for _ in 0..20 {
        let x = chance.unit() * sheet.width;
        let y = sheet.height * (horizon + 0.01);
        let tall = chance.range(18.0, 70.0) * sheet.unit();
        let half = chance.range(10.0, 40.0) * sheet.unit();
        let ring = smooth(&[
            pt(x - half, y),
            pt(x, y + 2.0),
            pt(x + half, y),
            pt(x + half * 0.5, y + tall * 0.6),
            pt(x, y + tall),
            pt(x - half * 0.5, y + tall * 0.5),
        ]);
        sheet.add(
            Shape::new(ring, hex(0x54695f))
                .depth(0.5)
                .line(0.0)
                .soft(6.0)
                .alpha(0.55)
                .grain(Grain::Lines {
                    angle: 0.0,
                    wave: 1.0,
                }),
        );
    }
    if reflects(reading) {
        water::glitter(
            sheet,
            across * sheet.width,
            horizon + 0.02,
            0.9,
            40.0,
            tone.horizon.mix(hex(0xfff7e0), 0.6),
        );
    }
    if reading.has(&["boat"]) {
        let vessel = Vessel {
            at: sheet.at(1.0 - across, 0.70),
            size: 0.18 * sheet.height,
            depth: 0.15,
            left: across > 0.5,
            heel: 0.0,
        };
        ship::boat(
            sheet,
            &vessel,
            reading.roles.first().copied().unwrap_or(Role::Peasant),
        );
    }
    ground::layer(
        sheet,
        Layer {
            top: 0.88,
            relief: 26.0,
            waves: 1.5,
            depth: 0.05,
        },
        ground::colour(reading),
    );
    let side = if across < 0.5 { 0.86 } else { 0.14 };
    let stand = Stand {
        foot: sheet.at(side, 0.93),
        height: 0.74 * sheet.height,
        depth: 0.02,
        snowy: reading.snowy(),
        leaf: tree::leaf(reading, &mut chance),
        lean: open::lean(reading),
    };
    tree::draw(sheet, tree::kinds(reading)[0], stand);
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.94,
            person: 0.30,
            x: 1.0 - side + (side - 0.5) * 0.5,
            depth: 0.02,
        },
    );
    if !reading.snowy() {
        ground::grass(sheet, 0.92, 1.0, ground::colour(reading), 60);
    }
}
