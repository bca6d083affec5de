//! Neck, shoulders and what they wear.

use super::Sitter;
use crate::offline::{
    colour::{Colour, hex},
    geometry::Ring,
    reading::Role,
    sheet::{Grain, LEVEL, Shape, Sheet, UPRIGHT},
};

/// The bottom edge of the bust lies well below the sheet.
const LOW: f32 = 2.2;
const FOLD: Grain = Grain::Lines {
    angle: 1.2,
    wave: 1.5,
};

pub(super) fn draw(sheet: &mut Sheet, sitter: &Sitter) {
    if matches!(sitter.role, Role::Lady | Role::Woman | Role::Girl) && !sitter.has("cloak") {
        neck(sheet, sitter);
        return gown(sheet, sitter);
    }
    let coat = sitter.cloth.unwrap_or(coat_colour(sitter.role));
    sheet.add(
        Shape::new(shoulders(sitter), coat)
            .grain(FOLD)
            .shade(1.1, 0.72)
            .side(0.35 * sitter.turn),
    );
    sleeves(sheet, sitter, coat);
    match sitter.role {
        Role::Officer => uniform(sheet, sitter),
        Role::Soldier => greatcoat(sheet, sitter),
        Role::Priest | Role::Monk => cassock(sheet, sitter),
        Role::Peasant | Role::PeasantWoman | Role::OldWoman => shirt(sheet, sitter),
        Role::Sailor => stripes(sheet, sitter),
        Role::King => mantle(sheet, sitter),
        _ if sitter.female => lace(sheet, sitter),
        _ => frock(sheet, sitter, coat),
    }
    if sitter.has("cloak") || sitter.has("fur") {
        collar_of_fur(sheet, sitter);
    }
}

fn coat_colour(role: Role) -> Colour {
    match role {
        Role::Officer => hex(0x33493f),
        Role::Soldier => hex(0x77766c),
        Role::Priest | Role::Monk => hex(0x2c2a2f),
        Role::Peasant => hex(0xc3b49a),
        Role::PeasantWoman => hex(0xe5dcc8),
        Role::OldWoman => hex(0x5a535b),
        Role::Sailor => hex(0x2f4262),
        Role::King => hex(0x8a2f31),
        Role::Gentleman => hex(0x2f3038),
        _ => hex(0x54483f),
    }
}

fn shoulders(sitter: &Sitter) -> Ring {
    let wide = if sitter.female { 0.86 } else { 1.04 };
    sitter.ring(&[
        (0.0, 0.52),
        (0.22, 0.56),
        (0.42, 0.68),
        (wide * 0.82, 0.82),
        (wide, 1.02),
        (wide * 1.14, 1.5),
        (wide * 1.2, LOW),
        (-wide * 1.2, LOW),
        (-wide * 1.14, 1.5),
        (-wide, 1.02),
        (-wide * 0.82, 0.82),
        (-0.42, 0.68),
        (-0.22, 0.56),
    ])
}

fn sleeves(sheet: &mut Sheet, sitter: &Sitter, coat: Colour) {
    let wide = if sitter.female { 0.62 } else { 0.76 };
    let lines = [-1.0, 1.0].map(|side| {
        sitter.line(
            &[
                (side * wide, 1.06),
                (side * (wide - 0.04), 1.3),
                (side * wide * 0.96, 1.7),
            ],
            0.018,
        )
    });
    sheet.add(sitter.solid(lines.to_vec(), coat.times(0.45)));
}

fn neck(sheet: &mut Sheet, sitter: &Sitter) {
    let half = if sitter.female { 0.135 } else { 0.19 };
    let ring = sitter.ring(&[
        (-half, 0.28),
        (half, 0.28),
        (half * 1.02, 0.60),
        (half * 1.8, 0.72),
        (-half * 1.8, 0.72),
        (-half * 1.02, 0.60),
    ]);
    sheet.add(
        Shape::new(ring, sitter.skin.times(0.86))
            .shade(0.78, 1.02)
            .grain(UPRIGHT)
            .line(0.7),
    );
}

fn gown(sheet: &mut Sheet, sitter: &Sitter) {
    let bust = sitter.ring(&[
        (0.0, 0.62),
        (0.20, 0.63),
        (0.45, 0.74),
        (0.68, 0.86),
        (0.78, 1.06),
        (0.84, 1.5),
        (0.86, LOW),
        (-0.86, LOW),
        (-0.84, 1.5),
        (-0.78, 1.06),
        (-0.68, 0.86),
        (-0.45, 0.74),
        (-0.20, 0.63),
    ]);
    sheet.add(
        Shape::new(bust, sitter.skin)
            .grain(FOLD)
            .side(0.3 * sitter.turn)
            .shade(1.02, 0.94),
    );
    let bones = vec![
        sitter.line(&[(-0.40, 0.83), (-0.22, 0.84), (-0.06, 0.88)], 0.009),
        sitter.line(&[(0.42, 0.83), (0.24, 0.84), (0.08, 0.88)], 0.009),
    ];
    sheet.add(sitter.solid(bones, sitter.skin.times(0.68)));
    let cloth = sitter.cloth.unwrap_or(if sitter.role == Role::Lady {
        hex(0x5b7a86)
    } else {
        hex(0x8a6f66)
    });
    let deep = if sitter.role == Role::Lady { 0.0 } else { -0.16 };
    let dress = sitter.ring(&[
        (-0.76, 0.98 + deep),
        (-0.50, 1.04 + deep),
        (-0.2, 1.16 + deep),
        (0.0, 1.18 + deep),
        (0.2, 1.16 + deep),
        (0.50, 1.04 + deep),
        (0.76, 0.98 + deep),
        (0.92, 1.16),
        (0.94, 1.5),
        (0.86, LOW),
        (-0.86, LOW),
        (-0.94, 1.5),
        (-0.92, 1.16),
    ]);
    sheet.add(
        Shape::new(dress, cloth)
            .grain(FOLD)
            .shade(1.15, 0.72)
            .side(0.4 * sitter.turn),
    );
    let folds: Vec<Ring> = [-0.5, -0.25, 0.05, 0.3, 0.55]
        .iter()
        .map(|&x| sitter.line(&[(x, 1.22), (x * 0.9, 1.45), (x * 0.7, 1.8)], 0.022))
        .collect();
    sheet.add(sitter.solid(folds, cloth.times(0.62)));
    for i in 0..15 {
        let t = i as f32 / 14.0 * 2.0 - 1.0;
        let y = 1.17 + deep - 0.19 * t.abs().powf(1.8);
        sheet.add(
            Shape::new(sitter.oval(t * 0.76, y, 0.066, 0.05), hex(0xf3ecdd))
                .line(0.6)
                .grain(LEVEL),
        );
    }
    let beads: Vec<Ring> = (0..15)
        .map(|i| {
            let t = i as f32 / 14.0 * 2.0 - 1.0;
            sitter.oval(t * 0.235, 0.80 - 0.13 * t * t, 0.018, 0.018)
        })
        .collect();
    sheet.add(Shape::of(beads, hex(0xf6f0e2)).line(0.5).grain(Grain::Solid));
}

fn uniform(sheet: &mut Sheet, sitter: &Sitter) {
    let (gold, red) = (hex(0xcfa24a), hex(0x9c3b33));
    let collar = sitter.ring(&[
        (-0.24, 0.42),
        (-0.27, 0.66),
        (-0.1, 0.72),
        (0.02, 0.74),
        (0.14, 0.72),
        (0.28, 0.66),
        (0.25, 0.42),
        (0.02, 0.50),
    ]);
    sheet.add(Shape::new(collar, red).grain(UPRIGHT).side(0.5));
    let braid = [
        sitter.line(&[(-0.25, 0.45), (-0.02, 0.54), (0.02, 0.72)], 0.018),
        sitter.line(&[(0.26, 0.45), (0.06, 0.54), (0.02, 0.72)], 0.018),
    ];
    sheet.add(sitter.solid(braid.to_vec(), gold));
    for side in [-1.0, 1.0] {
        let board = sitter.ring(&[
            (side * 0.46, 0.69),
            (side * 0.70, 0.70),
            (side * 0.98, 0.86),
            (side * 1.02, 0.98),
            (side * 0.80, 0.98),
            (side * 0.50, 0.80),
        ]);
        let fringe: Vec<Ring> = (0..13)
            .map(|i| {
                let t = i as f32 / 12.0;
                let (x, y) = (0.70 + 0.34 * t, 0.955 + 0.02 * (t * 9.0).sin());
                sitter.line(
                    &[
                        (side * x, y),
                        (side * (x + 0.02), y + 0.10),
                        (side * (x + 0.03), y + 0.20),
                    ],
                    0.026,
                )
            })
            .collect();
        sheet.add(Shape::of(fringe, gold).grain(Grain::Solid).line(0.0));
        sheet.add(Shape::new(board, gold).grain(LEVEL).line(1.0));
    }
    let sash = sitter.ring(&[
        (-0.55, 0.80),
        (-0.34, 0.72),
        (0.10, 1.2),
        (0.5, 1.7),
        (0.62, LOW),
        (0.30, LOW),
        (0.1, 1.72),
        (-0.2, 1.24),
    ]);
    sheet.add(
        Shape::new(sash, hex(0x5577a0))
            .grain(Grain::Lines {
                angle: 0.9,
                wave: 1.0,
            })
            .side(0.4),
    );
    let buttons: Vec<Ring> = (0..5)
        .map(|i| sitter.oval(0.05 + 0.015 * i as f32, 0.84 + 0.16 * i as f32, 0.032, 0.032))
        .collect();
    sheet.add(Shape::of(buttons, gold.times(1.1)).line(0.7).grain(Grain::Solid));
    star(sheet, sitter, 0.42, 1.20);
    for (i, ribbon) in [red, hex(0x4d6f9c), hex(0x3a3a3c)].into_iter().enumerate() {
        let x = 0.30 + 0.125 * i as f32;
        let strip = [
            (x - 0.035, 0.93),
            (x + 0.035, 0.93),
            (x + 0.022, 1.02),
            (x - 0.022, 1.02),
        ]
        .map(|(x, y)| sitter.at(x, y))
        .to_vec();
        sheet.add(Shape::new(strip, ribbon).line(0.5).grain(UPRIGHT));
        sheet.add(Shape::new(sitter.oval(x, 1.05, 0.036, 0.036), gold).line(0.6));
    }
}

fn star(sheet: &mut Sheet, sitter: &Sitter, x: f32, y: f32) {
    let ring: Ring = (0..16)
        .map(|i| {
            let angle = i as f32 / 16.0 * std::f32::consts::TAU;
            let out = if i % 2 == 0 { 0.115 } else { 0.052 };
            sitter.at(x + angle.cos() * out, y + angle.sin() * out)
        })
        .collect();
    sheet.add(Shape::new(ring, hex(0xe3d9bd)).line(0.7));
    sheet.add(Shape::new(sitter.oval(x, y, 0.042, 0.042), hex(0xa8473a)).line(0.6));
}

fn greatcoat(sheet: &mut Sheet, sitter: &Sitter) {
    neck(sheet, sitter);
    for side in [-1.0, 1.0] {
        let flap = sitter.ring(&[
            (side * 0.06, 0.76),
            (side * 0.20, 0.50),
            (side * 0.34, 0.58),
            (side * 0.46, 0.82),
            (side * 0.30, 1.0),
        ]);
        sheet.add(Shape::new(flap, hex(0x84837a)).grain(UPRIGHT));
        let strap = sitter.ring(&[
            (side * 0.44, 0.70),
            (side * 0.72, 0.78),
            (side * 0.70, 0.86),
            (side * 0.42, 0.78),
        ]);
        sheet.add(Shape::new(strap, hex(0x9b4038)).grain(LEVEL).line(0.8));
    }
    let buttons: Vec<Ring> = (0..4)
        .flat_map(|i| [-0.16, 0.20].map(|x| sitter.oval(x, 1.06 + 0.2 * i as f32, 0.034, 0.034)))
        .collect();
    sheet.add(Shape::of(buttons, hex(0xc7a057)).line(0.6).grain(Grain::Solid));
    let belt = sitter.ring(&[
        (-0.74, 0.86),
        (-0.60, 0.80),
        (0.2, 1.5),
        (0.5, LOW),
        (0.2, LOW),
        (0.0, 1.6),
    ]);
    sheet.add(Shape::new(belt, hex(0xe6ddc9)).grain(LEVEL).line(0.7));
}

fn cassock(sheet: &mut Sheet, sitter: &Sitter) {
    let collar = sitter.ring(&[
        (-0.22, 0.50),
        (-0.24, 0.62),
        (0.02, 0.70),
        (0.26, 0.62),
        (0.24, 0.50),
        (0.02, 0.58),
    ]);
    sheet.add(Shape::new(collar, hex(0x3a373d)).grain(UPRIGHT));
    if sitter.role == Role::Monk {
        return;
    }
    let gold = hex(0xcfa449);
    let chain = [
        sitter.line(&[(-0.34, 0.66), (-0.22, 1.0), (0.02, 1.26)], 0.016),
        sitter.line(&[(0.37, 0.66), (0.26, 1.0), (0.02, 1.26)], 0.016),
    ];
    sheet.add(sitter.solid(chain.to_vec(), gold));
    let block = |x: f32, y: f32, w: f32, h: f32| {
        [(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)]
            .map(|(x, y)| sitter.at(x, y))
            .to_vec()
    };
    sheet.add(Shape::new(block(0.02, 1.42, 0.03, 0.17), gold).line(0.8));
    sheet.add(Shape::new(block(0.02, 1.37, 0.11, 0.028), gold).line(0.8));
}

fn shirt(sheet: &mut Sheet, sitter: &Sitter) {
    neck(sheet, sitter);
    let collar = sitter.ring(&[
        (-0.21, 0.52),
        (-0.23, 0.64),
        (0.02, 0.72),
        (0.25, 0.64),
        (0.23, 0.52),
        (0.02, 0.60),
    ]);
    sheet.add(Shape::new(collar, hex(0xe9e0cd)).grain(UPRIGHT));
    let placket = sitter.ring(&[(-0.10, 0.68), (-0.01, 0.70), (0.0, 1.16), (-0.09, 1.16)]);
    sheet.add(Shape::new(placket, hex(0xa8473a)).grain(LEVEL).line(0.6));
    if sitter.role == Role::Peasant {
        for side in [-1.0, 1.0] {
            let coat = sitter.ring(&[
                (side * 0.32, 0.62),
                (side * 0.72, 0.80),
                (side * 1.02, 1.02),
                (side * 1.2, LOW),
                (side * 0.42, LOW),
                (side * 0.30, 1.2),
            ]);
            sheet.add(Shape::new(coat, hex(0x75644f)).grain(FOLD).side(0.3));
        }
    }
}

fn stripes(sheet: &mut Sheet, sitter: &Sitter) {
    neck(sheet, sitter);
    let vest = sitter.ring(&[
        (-0.30, 0.64),
        (0.02, 0.72),
        (0.34, 0.64),
        (0.22, 1.0),
        (0.02, 1.24),
        (-0.20, 1.0),
    ]);
    sheet.add(Shape::new(vest, hex(0xeee8da)).line(0.7));
    let lines: Vec<Ring> = (0..5)
        .map(|i| {
            let y = 0.74 + 0.09 * i as f32;
            let half = 0.26 - 0.045 * i as f32;
            sitter.line(&[(0.02 - half, y), (0.02, y + 0.03), (0.02 + half, y)], 0.026)
        })
        .collect();
    sheet.add(sitter.solid(lines, hex(0x2f4262)));
    for side in [-1.0, 1.0] {
        let collar = sitter.ring(&[
            (side * 0.30, 0.60),
            (side * 0.62, 0.78),
            (side * 0.50, 1.02),
            (side * 0.03, 1.32),
        ]);
        sheet.add(Shape::new(collar, hex(0x39507a)).grain(FOLD));
    }
}

fn mantle(sheet: &mut Sheet, sitter: &Sitter) {
    let ring = sitter.ring(&[
        (-0.26, 0.52),
        (-0.7, 0.76),
        (-0.86, 1.02),
        (-0.4, 1.12),
        (0.02, 1.18),
        (0.44, 1.12),
        (0.88, 1.02),
        (0.72, 0.76),
        (0.28, 0.52),
        (0.02, 0.62),
    ]);
    sheet.add(Shape::new(ring, hex(0xf1ebdd)).grain(Grain::Dashes { angle: 1.0 }));
    let spots: Vec<Ring> = [
        (-0.6, 0.86),
        (-0.36, 0.74),
        (-0.3, 0.98),
        (0.0, 0.86),
        (0.12, 1.04),
        (0.36, 0.78),
        (0.42, 1.0),
        (0.66, 0.9),
        (-0.08, 1.08),
    ]
    .iter()
    .map(|&(x, y)| sitter.oval(x, y, 0.017, 0.034))
    .collect();
    sheet.add(sitter.solid(spots, hex(0x2a2728)));
}

fn frock(sheet: &mut Sheet, sitter: &Sitter, coat: Colour) {
    neck(sheet, sitter);
    let linen = sitter.ring(&[
        (-0.26, 0.46),
        (-0.20, 0.62),
        (-0.16, 1.0),
        (0.02, 1.34),
        (0.20, 1.0),
        (0.24, 0.62),
        (0.28, 0.46),
        (0.02, 0.60),
    ]);
    sheet.add(Shape::new(linen, hex(0xf1ebdd)).line(0.8).grain(UPRIGHT));
    let vest = sitter.ring(&[
        (-0.20, 0.92),
        (0.02, 1.22),
        (0.24, 0.92),
        (0.36, 1.4),
        (0.4, LOW),
        (-0.36, LOW),
        (-0.32, 1.4),
    ]);
    sheet.add(Shape::new(vest, hex(0x9a8a6d)).grain(UPRIGHT));
    let buttons: Vec<Ring> = (0..3)
        .map(|i| sitter.oval(0.02, 1.34 + 0.15 * i as f32, 0.022, 0.022))
        .collect();
    sheet.add(sitter.solid(buttons, hex(0x4a3f30)));
    for side in [-1.0, 1.0] {
        let lapel = sitter.ring(&[
            (0.02 + side * 0.24, 0.56),
            (0.02 + side * 0.42, 0.68),
            (0.02 + side * 0.46, 0.98),
            (0.02 + side * 0.36, 1.04),
            (0.02 + side * 0.26, 1.62),
            (0.02 + side * 0.20, 1.0),
            (0.02 + side * 0.20, 0.7),
        ]);
        sheet.add(Shape::new(lapel, coat.times(1.16)).grain(FOLD).line(0.9));
        let bow = sitter.ring(&[
            (0.02, 0.63),
            (0.02 + side * 0.16, 0.56),
            (0.02 + side * 0.19, 0.70),
            (0.02, 0.68),
        ]);
        sheet.add(Shape::new(bow, hex(0x38343c)).line(0.7));
    }
}

/// What is seen of a woman's dress in a cloak.
fn lace(sheet: &mut Sheet, sitter: &Sitter) {
    neck(sheet, sitter);
    let collar = sitter.ring(&[
        (-0.22, 0.46),
        (0.02, 0.58),
        (0.26, 0.46),
        (0.30, 0.66),
        (0.02, 0.82),
        (-0.26, 0.66),
    ]);
    sheet.add(Shape::new(collar, hex(0xf1ebdd)).line(0.8).grain(UPRIGHT));
    sheet.add(Shape::new(sitter.oval(0.02, 0.68, 0.045, 0.05), hex(0xcfa449)).line(0.7));
}

fn collar_of_fur(sheet: &mut Sheet, sitter: &Sitter) {
    for side in [-1.0, 1.0] {
        let ring = sitter.ring(&[
            (side * 0.24, 0.44),
            (side * 0.46, 0.52),
            (side * 0.62, 0.80),
            (side * 0.52, 1.2),
            (side * 0.30, 1.8),
            (side * 0.16, 1.5),
            (side * 0.22, 0.9),
        ]);
        sheet.add(
            Shape::new(ring, hex(0x5a4534))
                .grain(Grain::Dashes { angle: 1.1 })
                .shade(1.2, 0.8),
        );
    }
}
