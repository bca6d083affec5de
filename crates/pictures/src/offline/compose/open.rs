//! Landscapes without water: forest, field, steppe, mountains.

use super::staffage::{self, Stage};
use crate::offline::{
    air::Tone,
    colour::hex,
    geometry::{ellipse, pt},
    motif::{
        ground::{self, Layer},
        mountain, sky,
        tree::{self, Kind, Stand},
    },
    reading::{Hour, Reading, Season, Weather},
    sheet::{Shape, Sheet},
};

/// Among trees: trunks from pale to dark, a path to a lighter clearing.
pub(crate) fn forest(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.62);
    let mut chance = sheet.chance.fork("forest");
    let kinds = tree::kinds(reading);
    let snowy = reading.snowy();
    let clearing = if chance.flip(0.5) { 0.37 } else { 0.63 };
    clearing_light(sheet, reading, tone, clearing);
    let soil = if snowy {
        ground::colour(reading)
    } else {
        ground::colour(reading).mix(hex(0x6d6a45), 0.45)
    };
    for (row, (top, depth, count)) in [(0.60, 0.92, 17), (0.635, 0.66, 12), (0.69, 0.40, 8)]
        .into_iter()
        .enumerate()
    {
        ground::layer(
            sheet,
            Layer {
                top,
                relief: 8.0,
                waves: 3.0,
                depth,
            },
            soil,
        );
        for i in 0..count {
            let x = (i as f32 + chance.range(0.15, 0.85)) / count as f32;
            if (x - clearing).abs() < 0.07 + 0.02 * row as f32 {
                continue;
            }
            let height = sheet.height * (0.36 + 0.15 * row as f32) * chance.range(0.8, 1.15);
            let foot = pt(x * sheet.width, sheet.height * (top + 0.02));
            let stand = Stand {
                foot,
                height,
                depth,
                snowy,
                leaf: tree::leaf(reading, &mut chance),
                lean: lean(reading),
            };
            tree::draw(sheet, chance.pick(kinds), stand);
        }
    }
    ground::layer(
        sheet,
        Layer {
            top: 0.79,
            relief: 14.0,
            waves: 2.0,
            depth: 0.16,
        },
        soil.times(0.92),
    );
    let path = if snowy { hex(0xdfe4ea) } else { hex(0xc4b48c) };
    ground::road(
        sheet,
        1.0 - clearing,
        pt(clearing * sheet.width, sheet.height * 0.625),
        250.0,
        path,
        0.2,
    );
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.86,
            person: 0.27,
            x: clearing + (0.5 - clearing) * 0.6,
            depth: 0.06,
        },
    );
    undergrowth(sheet, reading);
    let bark = if kinds[0] == Kind::Birch {
        hex(0xeae6da)
    } else {
        hex(0x4c3f38)
    };
    let near = if clearing < 0.5 {
        [(0.92, 62.0), (0.06, 44.0), (0.76, 30.0)]
    } else {
        [(0.08, 62.0), (0.95, 44.0), (0.25, 30.0)]
    };
    for (x, thick) in near {
        let foot = pt(sheet.width * x, sheet.height * chance.range(0.90, 0.98));
        tree::great_trunk(sheet, foot, thick * sheet.unit(), 0.0, bark);
    }
}

fn clearing_light(sheet: &mut Sheet, reading: &Reading, tone: &Tone, clearing: f32) {
    let at = sheet.at(clearing, 0.54);
    let night = reading.hour == Some(Hour::Night);
    let glow = if night {
        hex(0x9db3c4)
    } else {
        tone.horizon.mix(hex(0xfff4d8), 0.6)
    };
    for (size, alpha) in [(0.30, 0.25), (0.19, 0.35), (0.11, 0.4)] {
        let wide = sheet.width * size;
        sheet.add(Shape::halo(
            ellipse(at, wide, wide * 0.9),
            glow,
            wide * 0.35,
            alpha,
        ));
    }
}

fn undergrowth(sheet: &mut Sheet, reading: &Reading) {
    if reading.snowy() {
        return ground::drifts(sheet, 0.72, 0.98, 7);
    }
    let mut chance = sheet.chance.fork("undergrowth");
    for _ in 0..7 {
        let t = chance.unit();
        let x = if chance.flip(0.5) {
            chance.range(0.0, 0.3)
        } else {
            chance.range(0.7, 1.0)
        };
        let at = sheet.at(x, 0.74 + 0.2 * t);
        let leaf = tree::leaf(reading, &mut chance).times(0.8);
        tree::bush(
            sheet,
            at,
            (26.0 + 42.0 * t) * sheet.unit(),
            leaf,
            0.25 * (1.0 - t),
        );
    }
    ground::grass(sheet, 0.76, 0.99, ground::colour(reading), 60);
}

/// How far the wind bends trees.
pub(crate) fn lean(reading: &Reading) -> f32 {
    match reading.weather {
        Weather::Wind | Weather::Storm => 0.16,
        Weather::Blizzard => 0.12,
        _ => 0.0,
    }
}

/// Open country: bands of land, a line of trees, one tree near.
pub(crate) fn field(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.56);
    let mut chance = sheet.chance.fork("field");
    let soil = ground::colour(reading);
    let distant = if reading.snowy() {
        hex(0x93a3ab)
    } else {
        hex(0x7f9178)
    };
    mountain::range(sheet, 0.47, 0.575, 3.0, 0.95, distant, false);
    far_woods(sheet, reading, 0.565, 0.85);
    for (i, (top, depth)) in [(0.57, 0.72), (0.63, 0.5), (0.71, 0.28), (0.83, 0.05)]
        .into_iter()
        .enumerate()
    {
        let strip = match (reading.snowy(), i) {
            (true, _) => soil,
            (_, 1) => soil.mix(hex(0xd9b765), 0.65),
            (_, 2) => soil.mix(hex(0x8c9a56), 0.5),
            _ => soil,
        };
        ground::layer(
            sheet,
            Layer {
                top,
                relief: 12.0 + 8.0 * i as f32,
                waves: 2.0,
                depth,
            },
            strip,
        );
        if i == 1 {
            for _ in 0..5 {
                let foot = sheet.at(chance.unit(), top + 0.03);
                let stand = Stand {
                    foot,
                    height: 90.0 * sheet.unit(),
                    depth,
                    snowy: reading.snowy(),
                    leaf: tree::leaf(reading, &mut chance),
                    lean: lean(reading),
                };
                tree::draw(sheet, chance.pick(tree::kinds(reading)), stand);
            }
        }
    }
    let side = if chance.flip(0.5) { 0.2 } else { 0.8 };
    let stand = Stand {
        foot: sheet.at(side, 0.86),
        height: 470.0 * sheet.unit(),
        depth: 0.08,
        snowy: reading.snowy(),
        leaf: tree::leaf(reading, &mut chance),
        lean: lean(reading),
    };
    let kind = if reading.season == Some(Season::Winter) {
        Kind::Bare
    } else {
        tree::kinds(reading)[0]
    };
    tree::draw(sheet, kind, stand);
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.87,
            person: 0.27,
            x: 1.0 - side + (side - 0.5) * 0.4,
            depth: 0.04,
        },
    );
    if reading.snowy() {
        ground::drifts(sheet, 0.80, 0.98, 5);
    } else {
        ground::grass(sheet, 0.84, 1.0, soil, 70);
    }
}

/// A dark line of woods on the horizon.
pub(crate) fn far_woods(sheet: &mut Sheet, reading: &Reading, at: f32, depth: f32) {
    let mut chance = sheet.chance.fork("far woods");
    let colour = if reading.snowy() {
        hex(0x6f7f86)
    } else {
        hex(0x5c7556)
    };
    for group in 0..3 {
        let middle = (group as f32 + chance.range(0.2, 0.8)) / 3.0;
        for _ in 0..12 {
            let x = (middle + chance.around(0.0, 0.11)) * sheet.width;
            let size = chance.range(9.0, 22.0) * sheet.unit();
            let mut fork = chance.fork("clump");
            tree::clump(
                sheet,
                pt(x, sheet.height * at - size * 0.3),
                size,
                size * 0.8,
                colour,
                depth,
                &mut fork,
            );
        }
    }
}

/// The steppe: one line of earth, a road, a great sky, and who travels.
pub(crate) fn steppe(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    let horizon = 0.60;
    sky::draw(sheet, reading, tone, horizon);
    let mut chance = sheet.chance.fork("steppe");
    let soil = ground::colour(reading);
    let dry = if reading.snowy() {
        soil
    } else {
        soil.mix(hex(0xc9b06c), 0.5)
    };
    mountain::range(
        sheet,
        0.565,
        horizon + 0.01,
        2.0,
        0.95,
        if reading.snowy() {
            hex(0x9fadb4)
        } else {
            hex(0x8f9a84)
        },
        false,
    );
    ground::layer(
        sheet,
        Layer {
            top: horizon,
            relief: 4.0,
            waves: 2.0,
            depth: 0.75,
        },
        dry,
    );
    ground::layer(
        sheet,
        Layer {
            top: 0.66,
            relief: 9.0,
            waves: 2.0,
            depth: 0.46,
        },
        dry.times(0.98),
    );
    let right = chance.flip(0.5);
    let (from, to) = if right { (0.18, 0.84) } else { (0.82, 0.16) };
    let track = if reading.snowy() {
        hex(0xd3dae1)
    } else {
        hex(0xd3bd92)
    };
    ground::layer(
        sheet,
        Layer {
            top: 0.73,
            relief: 9.0,
            waves: 1.0,
            depth: 0.22,
        },
        dry,
    );
    ground::road(sheet, from, sheet.at(to, horizon + 0.012), 300.0, track, 0.2);
    mileposts(sheet, from, to, horizon);
    let stage = Stage {
        y: 0.80,
        person: 0.235,
        x: if right { 0.40 } else { 0.60 },
        depth: 0.08,
    };
    staffage::draw(sheet, reading, stage);
    if reading.snowy() {
        for (x, y, tall) in [(0.08, 0.70, 0.26), (0.93, 0.72, 0.30)] {
            let stand = Stand {
                foot: sheet.at(x, y),
                height: tall * sheet.height,
                depth: 0.4,
                snowy: true,
                leaf: hex(0x777777),
                lean: lean(reading),
            };
            tree::draw(sheet, Kind::Bare, stand);
        }
        ground::drifts(sheet, 0.80, 0.99, 7);
    } else {
        ground::grass(sheet, 0.72, 1.0, dry, 150);
    }
}

fn mileposts(sheet: &mut Sheet, from: f32, to: f32, horizon: f32) {
    let side = if from < to { 0.07 } else { -0.07 };
    for t in [0.55, 0.74, 0.87] {
        let near = 1.0 - t;
        let foot = sheet.at(
            from + (to - from) * t + side * near * 2.2,
            horizon + 0.40 * near * near + 0.012,
        );
        let tall = (14.0 + 160.0 * near) * sheet.unit();
        let wide = tall * 0.075;
        for band in 0..6 {
            let colour = if band % 2 == 0 {
                hex(0xefe9dc)
            } else {
                hex(0x34322f)
            };
            let up = tall / 6.0;
            let ring = crate::offline::geometry::rect(
                foot.x - wide * 0.5,
                foot.y - up * (band + 1) as f32,
                wide,
                up,
            );
            sheet.add(
                Shape::new(ring, colour)
                    .depth(0.6 * t)
                    .line(0.3)
                    .grain(crate::offline::sheet::Grain::Solid),
            );
        }
    }
}

/// Peaks behind peaks, a pass with its road.
pub(crate) fn mountains(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.55);
    let mut chance = sheet.chance.fork("mountains");
    mountain::range(sheet, 0.14, 0.60, 2.6, 0.92, hex(0x93a1ad), true);
    mountain::range(sheet, 0.32, 0.66, 3.6, 0.64, hex(0x7b8a90), true);
    mountain::range(
        sheet,
        0.50,
        0.72,
        3.0,
        0.38,
        if reading.snowy() {
            hex(0xa9b5bc)
        } else {
            hex(0x6e7f6b)
        },
        false,
    );
    let soil = ground::colour(reading);
    ground::layer(
        sheet,
        Layer {
            top: 0.70,
            relief: 30.0,
            waves: 2.0,
            depth: 0.22,
        },
        soil.times(0.92),
    );
    let end = if chance.flip(0.5) { 0.34 } else { 0.66 };
    ground::road(
        sheet,
        1.0 - end,
        sheet.at(end, 0.695),
        230.0,
        if reading.snowy() {
            hex(0xd9dfe5)
        } else {
            hex(0xc2b18d)
        },
        0.15,
    );
    for i in 0..14 {
        let t = chance.unit();
        let x = if i % 2 == 0 {
            chance.range(0.0, 0.34)
        } else {
            chance.range(0.68, 1.0)
        };
        let stand = Stand {
            foot: sheet.at(x, 0.72 + 0.2 * t),
            height: (0.12 + 0.22 * t) * sheet.height,
            depth: 0.26 * (1.0 - t),
            snowy: reading.snowy(),
            leaf: tree::leaf(reading, &mut chance),
            lean: lean(reading),
        };
        tree::draw(
            sheet,
            if chance.flip(0.75) { Kind::Fir } else { Kind::Pine },
            stand,
        );
    }
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.89,
            person: 0.22,
            x: 1.0 - end,
            depth: 0.02,
        },
    );
    if reading.snowy() {
        ground::drifts(sheet, 0.82, 0.99, 5)
    } else {
        ground::grass(sheet, 0.86, 1.0, soil, 50)
    }
}

/// An alley of a park with a bench and flowers.
pub(crate) fn garden(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.55);
    let mut chance = sheet.chance.fork("garden");
    let soil = ground::colour(reading);
    far_woods(sheet, reading, 0.56, 0.85);
    ground::layer(
        sheet,
        Layer {
            top: 0.565,
            relief: 3.0,
            waves: 2.0,
            depth: 0.6,
        },
        soil,
    );
    let vx = if chance.flip(0.5) { 0.42 } else { 0.58 };
    ground::road(
        sheet,
        0.5,
        sheet.at(vx, 0.575),
        380.0,
        if reading.snowy() {
            hex(0xdfe4e9)
        } else {
            hex(0xdcc9a0)
        },
        0.2,
    );
    for row in 0..5 {
        let t = 1.0 - row as f32 / 4.6;
        let t = 1.0 - t;
        let near = t * t;
        for side in [-1.0, 1.0] {
            let x = vx + side * (0.045 + 0.48 * near) + (0.5 - vx) * near;
            let stand = Stand {
                foot: sheet.at(x, 0.585 + 0.33 * near),
                height: (0.17 + 0.80 * near) * sheet.height,
                depth: 0.72 * (1.0 - t),
                snowy: reading.snowy(),
                leaf: tree::leaf(reading, &mut chance),
                lean: lean(reading),
            };
            tree::draw(
                sheet,
                if reading.has(&["birch"]) {
                    Kind::Birch
                } else {
                    Kind::Broad
                },
                stand,
            );
        }
    }
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.86,
            person: 0.34,
            x: 0.5 + (vx - 0.5) * 0.4,
            depth: 0.05,
        },
    );
    if reading.snowy() {
        return ground::drifts(sheet, 0.80, 0.98, 5);
    }
    for _ in 0..9 {
        let t = chance.unit();
        let x = if chance.flip(0.5) {
            chance.range(0.0, 0.24)
        } else {
            chance.range(0.76, 1.0)
        };
        tree::bush(
            sheet,
            sheet.at(x, 0.82 + 0.14 * t),
            (22.0 + 30.0 * t) * sheet.unit(),
            tree::leaf(reading, &mut chance),
            0.1 * (1.0 - t),
        );
    }
    flowers(sheet, &mut chance);
    ground::grass(sheet, 0.84, 1.0, soil, 40);
}

fn flowers(sheet: &mut Sheet, chance: &mut crate::offline::chance::Chance) {
    for colour in [hex(0xf3ece0), hex(0xc8584d), hex(0xe0b54f)] {
        let blooms = (0..26)
            .map(|_| {
                let x = if chance.flip(0.5) {
                    chance.range(0.0, 0.26)
                } else {
                    chance.range(0.74, 1.0)
                };
                let size = chance.range(3.0, 6.5) * sheet.unit();
                ellipse(sheet.at(x, chance.range(0.80, 0.97)), size, size * 0.85)
            })
            .collect();
        sheet.add(
            Shape::of(blooms, colour)
                .grain(crate::offline::sheet::Grain::Solid)
                .line(0.3),
        );
    }
}

/// Nothing but sky over a low line of earth.
pub(crate) fn heavens(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.80);
    mountain::range(sheet, 0.765, 0.825, 3.0, 0.9, hex(0x7f9178), false);
    far_woods(sheet, reading, 0.82, 0.7);
    ground::layer(
        sheet,
        Layer {
            top: 0.82,
            relief: 6.0,
            waves: 2.0,
            depth: 0.4,
        },
        ground::colour(reading),
    );
    ground::layer(
        sheet,
        Layer {
            top: 0.90,
            relief: 12.0,
            waves: 2.0,
            depth: 0.1,
        },
        ground::colour(reading).times(0.9),
    );
    let stand = Stand {
        foot: sheet.at(0.82, 0.93),
        height: 0.36 * sheet.height,
        depth: 0.05,
        snowy: reading.snowy(),
        leaf: hex(0x66824a),
        lean: lean(reading),
    };
    tree::draw(sheet, Kind::Bare, stand);
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.93,
            person: 0.17,
            x: 0.34,
            depth: 0.0,
        },
    );
}
