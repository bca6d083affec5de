//! Where people live: village, town street, church, castle.

use super::{
    open,
    staffage::{self, Stage},
};
use crate::offline::{
    air::Tone,
    colour::{Colour, hex},
    geometry::{Ring, ellipse, pt, rect, ribbon},
    motif::{
        church::{self, Landmark},
        figure::{self, Figure},
        furniture,
        ground::{self, Layer},
        house::{self, House},
        mountain, sky,
        tree::{self, Stand},
    },
    reading::{Hour, Posture, Reading, Role, Weather},
    sheet::{Grain, LEVEL, Light, Shape, Sheet},
};

fn lit(reading: &Reading) -> bool {
    matches!(reading.hour, Some(Hour::Night | Hour::Dusk | Hour::Evening))
}

/// Log houses along a road, a church beyond.
pub(crate) fn village(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.54);
    let mut chance = sheet.chance.fork("village");
    let soil = ground::colour(reading);
    mountain::range(
        sheet,
        0.45,
        0.555,
        3.0,
        0.92,
        if reading.snowy() {
            hex(0x93a3ab)
        } else {
            hex(0x7f9178)
        },
        false,
    );
    open::far_woods(sheet, reading, 0.55, 0.82);
    ground::layer(
        sheet,
        Layer {
            top: 0.55,
            relief: 6.0,
            waves: 2.0,
            depth: 0.6,
        },
        soil,
    );
    let flip = chance.flip(0.5);
    let x = |v: f32| if flip { 1.0 - v } else { v };
    let temple = Landmark {
        foot: sheet.at(x(0.60), 0.59),
        height: 0.26 * sheet.height,
        depth: 0.52,
        snowy: reading.snowy(),
        lit: false,
    };
    church::church(sheet, &temple);
    ground::layer(
        sheet,
        Layer {
            top: 0.605,
            relief: 10.0,
            waves: 2.0,
            depth: 0.36,
        },
        soil,
    );
    ground::road(
        sheet,
        x(0.62),
        sheet.at(x(0.58), 0.60),
        260.0,
        if reading.snowy() {
            hex(0xd8dee4)
        } else {
            hex(0xc7b48c)
        },
        0.15,
    );
    for (px, y, width, depth) in [
        (0.47, 0.635, 0.085, 0.42),
        (0.74, 0.65, 0.11, 0.36),
        (0.27, 0.70, 0.16, 0.22),
        (0.84, 0.77, 0.24, 0.10),
        (0.02, 0.83, 0.28, 0.0),
    ] {
        let wide = width * sheet.width;
        let middle = x(px + width * 0.5) * sheet.width;
        let house = House {
            foot: pt(middle - wide * 0.5, y * sheet.height),
            width: wide,
            depth,
            snowy: reading.snowy(),
            lit: lit(reading),
            smoke: depth < 0.3 && (reading.snowy() || chance.flip(0.5)),
            left: (px > 0.5) ^ flip,
        };
        if chance.flip(0.7) {
            let behind = Stand {
                foot: pt(middle + wide * chance.around(0.0, 0.7), (y - 0.01) * sheet.height),
                height: wide * chance.range(1.4, 2.1),
                depth: depth + 0.06,
                snowy: reading.snowy(),
                leaf: tree::leaf(reading, &mut chance),
                lean: open::lean(reading),
            };
            tree::draw(sheet, chance.pick(tree::kinds(reading)), behind);
        }
        house::cottage(sheet, &house);
    }
    let (from, to) = (sheet.at(x(0.0), 0.90), sheet.at(x(0.36), 0.875));
    house::fence(sheet, from, to, 0.085 * sheet.height, 0.0);
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.90,
            person: 0.25,
            x: x(0.60),
            depth: 0.0,
        },
    );
    if reading.snowy() {
        ground::drifts(sheet, 0.84, 0.98, 4);
    } else {
        ground::grass(sheet, 0.90, 1.0, soil, 36);
    }
}

/// A town street in perspective between two rows of houses.
pub(crate) fn street(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    let (w, h) = (sheet.width, sheet.height);
    let mut chance = sheet.chance.fork("street");
    let vx = if chance.flip(0.5) { 0.42 } else { 0.58 };
    let horizon = 0.60;
    sky::draw(sheet, reading, tone, horizon);
    let temple = Landmark {
        foot: sheet.at(vx, horizon + 0.015),
        height: 0.30 * h,
        depth: 0.80,
        snowy: reading.snowy(),
        lit: false,
    };
    church::church(sheet, &temple);
    let stone = if reading.snowy() {
        hex(0xe9ecee)
    } else {
        hex(0x9c9488)
    };
    sheet.add(
        Shape::new(rect(-9.0, horizon * h, w + 18.0, h), stone)
            .shade(1.1, 0.85)
            .grain(LEVEL)
            .depth(0.2)
            .line(0.4),
    );
    let walls = [
        hex(0xc9a97c),
        hex(0xa8a393),
        hex(0xb98e78),
        hex(0x9aa59f),
        hex(0xcdbb94),
        hex(0xb1a08a),
    ];
    for (side, edges) in [(-1.0, [0.0, 0.15, 0.26, 0.335]), (1.0, [0.0, 0.17, 0.27, 0.34])] {
        for i in (0..3).rev() {
            let (near, far) = (edges[i], edges[i + 1]);
            let place = |v: f32| {
                if side < 0.0 {
                    v * w * vx / 0.42
                } else {
                    w - v * w * (1.0 - vx) / 0.42
                }
            };
            facade(
                sheet,
                reading,
                (place(near), place(far)),
                vx * w,
                horizon * h,
                chance.range(0.9, 1.12),
                chance.pick(&walls),
                0.12 + 0.24 * i as f32,
                &mut chance,
            );
        }
    }
    pavement(sheet, vx * w, horizon * h);
    if matches!(reading.weather, Weather::Rain | Weather::Storm) {
        wet(sheet, vx, horizon);
    }
    for (x, y, size) in [
        (0.335, 0.72, 0.24),
        (0.70, 0.735, 0.26),
        (0.155, 0.86, 0.50),
        (0.87, 0.90, 0.56),
    ] {
        street_lamp(sheet, reading, x, y, size * h);
    }
    strollers(sheet, reading, vx, &mut chance);
    if reading.has(&["carriage", "sleigh", "horse", "crowd"]) || !reading.roles.is_empty() {
        staffage::draw(
            sheet,
            reading,
            Stage {
                y: 0.91,
                person: 0.30,
                x: if vx < 0.5 { 0.58 } else { 0.42 },
                depth: 0.02,
            },
        );
    }
}

/// One house of the street: its front runs from the near edge to the far one along the perspective.
#[expect(
    clippy::too_many_arguments,
    reason = "a house in perspective is this many numbers"
)]
fn facade(
    sheet: &mut Sheet,
    reading: &Reading,
    (near, far): (f32, f32),
    vx: f32,
    vy: f32,
    tall: f32,
    wall: Colour,
    depth: f32,
    chance: &mut crate::offline::chance::Chance,
) {
    let h = sheet.height;
    let edge = if near < vx { 0.0 } else { sheet.width };
    let scale = |x: f32| (x - vx) / (edge - vx);
    let top = |x: f32, up: f32| vy - scale(x) * h * 0.62 * tall * up;
    let bottom = |x: f32| vy + scale(x) * h * 0.30;
    let y = |x: f32, up: f32| bottom(x) + (top(x, 1.0) - bottom(x)) * up;
    let quad = |a: f32, b: f32, low: f32, high: f32| {
        vec![
            pt(a, y(a, low)),
            pt(b, y(b, low)),
            pt(b, y(b, high)),
            pt(a, y(a, high)),
        ]
    };
    let beyond = near + (near - far) * 0.02;
    sheet.add(
        Shape::new(quad(beyond, far, 0.0, 1.0), wall)
            .depth(depth)
            .shade(1.0, 0.82)
            .line(0.8),
    );
    let roof = if reading.snowy() {
        hex(0xeff1f2)
    } else {
        hex(0x5c5f60)
    };
    sheet.add(
        Shape::new(
            vec![
                pt(beyond, y(beyond, 0.99)),
                pt(far, y(far, 0.99)),
                pt(far, y(far, 1.07)),
                pt(beyond, y(beyond, 1.07)),
            ],
            roof,
        )
        .depth(depth)
        .line(0.7)
        .grain(LEVEL),
    );
    sheet.add(
        Shape::new(quad(beyond, far, 0.315, 0.34), wall.times(1.15))
            .depth(depth)
            .line(0.4),
    );
    let (mut dark, mut bright, mut frames) = (Vec::new(), Vec::new(), Vec::new());
    let along = |t: f32| near + (far - near) * t;
    let columns = 4;
    for column in 0..columns {
        for (low, high) in [(0.06, 0.26), (0.40, 0.60), (0.70, 0.88)] {
            let (a, b) = (
                along((column as f32 + 0.24) / columns as f32),
                along((column as f32 + 0.72) / columns as f32),
            );
            frames.push(quad(
                a - (b - a) * 0.12,
                b + (b - a) * 0.12,
                low - 0.015,
                high + 0.02,
            ));
            let pane = quad(a, b, low, high);
            if chance.flip(if lit(reading) {
                0.55
            } else if reading.weather == Weather::Rain {
                0.22
            } else {
                0.04
            }) {
                bright.push(pane);
            } else {
                dark.push(pane);
            }
        }
    }
    sheet.add(
        Shape::of(frames, wall.times(1.2))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.35),
    );
    sheet.add(
        Shape::of(dark, hex(0x414a51))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
    if !bright.is_empty() {
        sheet.add(
            Shape::of(bright, hex(0xf6cd72))
                .glow()
                .grain(Grain::Solid)
                .line(0.0),
        );
    }
}

fn pavement(sheet: &mut Sheet, vx: f32, vy: f32) {
    let (w, h) = (sheet.width, sheet.height);
    for (edge, inner) in [(0.0, 0.16), (1.0, 0.84)] {
        let ring = vec![
            pt(edge * w, vy + 0.31 * h),
            pt(edge * w, h + 9.0),
            pt(inner * w, h + 9.0),
            pt(vx, vy),
        ];
        sheet.add(Shape::new(ring, hex(0xb5aea1)).depth(0.15).grain(LEVEL).line(0.8));
    }
}

/// Long reflections on wet stones.
fn wet(sheet: &mut Sheet, vx: f32, horizon: f32) {
    let mut chance = sheet.chance.fork("wet");
    let unit = sheet.unit();
    let gleam = |count: usize, spread: f32, chance: &mut crate::offline::chance::Chance| -> Vec<Ring> {
        (0..count)
            .map(|_| {
                let t = chance.unit();
                let y = sheet.height * (horizon + 0.03 + 0.36 * t);
                let x = sheet.width * (vx + chance.around(0.0, 0.05 + spread * t));
                let half = (8.0 + 60.0 * t) * unit * chance.range(0.3, 1.0);
                ribbon(&[pt(x - half, y), pt(x, y + 1.0), pt(x + half, y)], |s| {
                    (1.0 + 5.0 * t) * unit * (1.0 - (2.0 * s - 1.0).abs()) + 0.3
                })
            })
            .collect()
    };
    let (light, dark) = (gleam(60, 0.34, &mut chance), gleam(26, 0.36, &mut chance));
    sheet.add(
        Shape::of(dark, hex(0x545b60))
            .glow()
            .grain(Grain::Solid)
            .line(0.0)
            .alpha(0.45),
    );
    sheet.add(
        Shape::of(light, hex(0xe9edec))
            .glow()
            .grain(Grain::Solid)
            .line(0.0)
            .alpha(0.75),
    );
    let mut puddles = Vec::new();
    for (x, y, size) in [(0.44, 0.93, 0.11), (0.63, 0.84, 0.07), (0.36, 0.80, 0.05)] {
        puddles.push(ellipse(
            sheet.at(x, y),
            size * sheet.width,
            size * 0.16 * sheet.width,
        ));
    }
    sheet.add(
        Shape::of(puddles, hex(0xcfd8da))
            .foot(hex(0x8f9aa0))
            .depth(0.1)
            .grain(LEVEL)
            .line(0.6),
    );
}

fn street_lamp(sheet: &mut Sheet, reading: &Reading, x: f32, y: f32, tall: f32) {
    let foot = sheet.at(x, y);
    let at = |dx: f32, up: f32| pt(foot.x + dx * tall, foot.y - up * tall);
    let burning = lit(reading) || matches!(reading.weather, Weather::Rain | Weather::Fog | Weather::Storm);
    let head = at(0.0, 0.93);
    if burning {
        furniture::halo(sheet, head, tall * 0.30, hex(0xf7d48c), 0.20);
    }
    let post = vec![
        ribbon(&[foot, at(0.0, 0.86)], |t| tall * (0.034 - 0.016 * t)),
        rect(
            foot.x - 0.035 * tall,
            foot.y - 0.07 * tall,
            0.07 * tall,
            0.07 * tall,
        ),
        ribbon(&[at(-0.07, 0.80), at(0.07, 0.80)], |_| tall * 0.012),
    ];
    sheet.add(furniture::solid(post, hex(0x2c2d30)));
    let glass = vec![at(-0.030, 0.86), at(-0.05, 0.98), at(0.05, 0.98), at(0.030, 0.86)];
    let pane = Shape::new(glass, if burning { hex(0xfff0bf) } else { hex(0xcdd5d4) })
        .line(0.7)
        .grain(Grain::Solid);
    sheet.add(if burning { pane.glow() } else { pane });
    sheet.add(furniture::solid(
        vec![vec![at(-0.062, 0.98), at(0.0, 1.05), at(0.062, 0.98)]],
        hex(0x2c2d30),
    ));
    if burning {
        sheet.light(Light {
            at: head,
            reach: tall * 0.42,
            colour: hex(0xf3c77c),
            strength: if lit(reading) { 0.55 } else { 0.25 },
        });
    }
}

fn strollers(sheet: &mut Sheet, reading: &Reading, vx: f32, chance: &mut crate::offline::chance::Chance) {
    let roles = [
        Role::Gentleman,
        Role::Lady,
        Role::Woman,
        Role::Man,
        Role::OldWoman,
        Role::Officer,
    ];
    let rain = matches!(reading.weather, Weather::Rain | Weather::Storm);
    for (x, y, tall) in [
        (vx - 0.05, 0.665, 0.085),
        (vx + 0.06, 0.675, 0.095),
        (0.29, 0.76, 0.16),
        (0.745, 0.79, 0.20),
        (0.12, 0.955, 0.40),
    ] {
        let figure = Figure {
            role: chance.pick(&roles),
            posture: Posture::Walking,
            foot: sheet.at(x, y),
            height: tall * sheet.height,
            depth: (0.95 - y) * 1.3,
            left: chance.flip(0.5),
            cloth: None,
            bare: false,
            away: chance.flip(0.35),
        };
        figure::draw(sheet, &figure);
        if rain {
            umbrella(sheet, &figure);
        }
    }
}

fn umbrella(sheet: &mut Sheet, figure: &Figure) {
    let h = figure.height;
    let mirror = if figure.left { -1.0 } else { 1.0 };
    let at = |x: f32, up: f32| pt(figure.foot.x + x * mirror * h, figure.foot.y - up * h);
    let stick = ribbon(&[at(0.17, 0.5), at(0.10, 1.28)], |_| h * 0.012 + 0.4);
    sheet.add(furniture::solid(vec![stick], hex(0x2b2829)).depth(figure.depth));
    let canopy = crate::offline::geometry::smooth(&[
        at(-0.26, 1.02),
        at(-0.17, 1.17),
        at(0.09, 1.27),
        at(0.34, 1.19),
        at(0.44, 1.04),
        at(0.32, 1.075),
        at(0.20, 1.05),
        at(0.09, 1.085),
        at(-0.02, 1.05),
        at(-0.14, 1.07),
    ]);
    sheet.add(
        Shape::new(canopy, hex(0x3b3d45))
            .depth(figure.depth)
            .shade(1.3, 0.8)
            .line(0.8),
    );
}

/// A church on a rise, with its graves and trees.
pub(crate) fn church(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.60);
    let mut chance = sheet.chance.fork("church");
    let soil = ground::colour(reading);
    mountain::range(sheet, 0.52, 0.615, 3.0, 0.92, hex(0x84958a), false);
    ground::layer(
        sheet,
        Layer {
            top: 0.61,
            relief: 8.0,
            waves: 2.0,
            depth: 0.6,
        },
        soil,
    );
    ground::layer(
        sheet,
        Layer {
            top: 0.70,
            relief: 26.0,
            waves: 1.0,
            depth: 0.26,
        },
        soil,
    );
    let x = if chance.flip(0.5) { 0.44 } else { 0.60 };
    for (dx, tall) in [(-0.30, 0.34), (0.27, 0.40), (0.36, 0.30)] {
        let stand = Stand {
            foot: sheet.at(x + dx, 0.73),
            height: tall * sheet.height,
            depth: 0.28,
            snowy: reading.snowy(),
            leaf: tree::leaf(reading, &mut chance),
            lean: open::lean(reading),
        };
        tree::draw(sheet, chance.pick(tree::kinds(reading)), stand);
    }
    church::church(
        sheet,
        &Landmark {
            foot: sheet.at(x, 0.745),
            height: 0.60 * sheet.height,
            depth: 0.14,
            snowy: reading.snowy(),
            lit: lit(reading),
        },
    );
    ground::layer(
        sheet,
        Layer {
            top: 0.83,
            relief: 14.0,
            waves: 2.0,
            depth: 0.03,
        },
        soil.times(0.95),
    );
    ground::road(
        sheet,
        0.5,
        sheet.at(x + 0.04, 0.745),
        220.0,
        if reading.snowy() {
            hex(0xdbe1e6)
        } else {
            hex(0xc9b78f)
        },
        0.1,
    );
    graves(sheet, 1.0 - x);
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.91,
            person: 0.26,
            x: if x < 0.5 { 0.66 } else { 0.34 },
            depth: 0.0,
        },
    );
    if reading.snowy() {
        ground::drifts(sheet, 0.86, 0.98, 4)
    } else {
        ground::grass(sheet, 0.85, 1.0, soil, 50)
    }
}

fn graves(sheet: &mut Sheet, around: f32) {
    let mut chance = sheet.chance.fork("graves");
    let unit = sheet.unit();
    let mut rings: Vec<Ring> = Vec::new();
    for _ in 0..5 {
        let foot = sheet.at(around + chance.around(0.0, 0.16), chance.range(0.85, 0.93));
        let tall = chance.range(34.0, 58.0) * unit;
        let lean = chance.around(0.0, 5.0) * unit;
        rings.push(ribbon(&[foot, pt(foot.x + lean, foot.y - tall)], |_| 5.5 * unit));
        rings.push(ribbon(
            &[
                pt(foot.x + lean - 13.0 * unit, foot.y - tall * 0.72),
                pt(foot.x + lean + 13.0 * unit, foot.y - tall * 0.74),
            ],
            |_| 5.0 * unit,
        ));
    }
    sheet.add(Shape::of(rings, hex(0x5a4a3d)).grain(Grain::Solid).line(0.0));
}

/// A castle on a crag.
pub(crate) fn castle(sheet: &mut Sheet, reading: &Reading, tone: &Tone) {
    sky::draw(sheet, reading, tone, 0.60);
    let mut chance = sheet.chance.fork("castle");
    let snowy = reading.snowy();
    mountain::range(sheet, 0.30, 0.62, 3.5, 0.90, hex(0x8a97a0), true);
    mountain::range(sheet, 0.46, 0.66, 4.0, 0.66, hex(0x77877f), false);
    ground::layer(
        sheet,
        Layer {
            top: 0.655,
            relief: 10.0,
            waves: 2.0,
            depth: 0.5,
        },
        ground::colour(reading),
    );
    let x = if chance.flip(0.5) { 0.40 } else { 0.60 };
    let crag = [
        (-0.40, 0.95),
        (-0.28, 0.76),
        (-0.20, 0.68),
        (-0.10, 0.625),
        (0.10, 0.62),
        (0.20, 0.66),
        (0.27, 0.74),
        (0.40, 0.95),
    ];
    let ring = crate::offline::geometry::smooth(&crag.map(|(dx, y)| sheet.at(x + dx, y)));
    sheet.add(
        Shape::new(ring, hex(0x7d776c))
            .depth(0.28)
            .grain(Grain::Lines {
                angle: 1.2,
                wave: 3.0,
            })
            .shade(1.05, 0.8),
    );
    church::castle(
        sheet,
        &Landmark {
            foot: sheet.at(x, 0.68),
            height: 0.56 * sheet.height,
            depth: 0.22,
            snowy,
            lit: lit(reading),
        },
    );
    let soil = ground::colour(reading);
    ground::layer(
        sheet,
        Layer {
            top: 0.79,
            relief: 18.0,
            waves: 2.0,
            depth: 0.14,
        },
        soil.times(0.92),
    );
    ground::road(
        sheet,
        1.0 - x,
        sheet.at(x, 0.77),
        220.0,
        if snowy { hex(0xdbe1e6) } else { hex(0xbfae88) },
        0.1,
    );
    for _ in 0..9 {
        let side = x + chance.sign() * chance.range(0.22, 0.5);
        let stand = Stand {
            foot: sheet.at(side, chance.range(0.80, 0.90)),
            height: chance.range(0.14, 0.26) * sheet.height,
            depth: 0.1,
            snowy,
            leaf: tree::leaf(reading, &mut chance),
            lean: open::lean(reading),
        };
        tree::draw(sheet, tree::Kind::Fir, stand);
    }
    staffage::draw(
        sheet,
        reading,
        Stage {
            y: 0.93,
            person: 0.22,
            x: 1.0 - x,
            depth: 0.0,
        },
    );
}
