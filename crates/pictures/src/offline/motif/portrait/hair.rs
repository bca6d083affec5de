//! Hair, beards, moustaches, whiskers.

use super::Sitter;
use crate::offline::{
    geometry::Ring,
    reading::Role,
    sheet::{Grain, Shape, Sheet},
};

const STRANDS: Grain = Grain::Lines {
    angle: 1.25,
    wave: 2.2,
};

fn mass(sitter: &Sitter, points: &[(f32, f32)]) -> Shape {
    Shape::new(sitter.ring(points), sitter.hair)
        .grain(STRANDS)
        .shade(1.14, 0.74)
        .side(0.4 * sitter.turn)
}

/// Strands in a darker or lighter tone give the mass its direction.
fn strands(sheet: &mut Sheet, sitter: &Sitter, lines: &[&[(f32, f32)]], tone: f32) {
    let rings: Vec<Ring> = lines.iter().map(|line| sitter.line(line, 0.010)).collect();
    sheet.add(sitter.solid(rings, sitter.hair.times(tone)));
}

/// What hangs behind the neck and shoulders.
pub(super) fn behind(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    if sitter.female {
        let low = 0.27;
        sheet.add(mass(
            sitter,
            &[
                (0.0, -0.64),
                (0.28, -0.58),
                (0.43 * b, -0.34),
                (0.45 * b, 0.0),
                (0.36 * b, low),
                (0.20, low - 0.04),
                (-0.20, low - 0.04),
                (-0.36 * b, low),
                (-0.46 * b, 0.0),
                (-0.44 * b, -0.34),
                (-0.28, -0.58),
            ],
        ));
        if !sitter.has("headscarf") {
            sheet.add(mass(
                sitter,
                &[
                    (-0.36, -0.52),
                    (-0.52, -0.48),
                    (-0.58, -0.30),
                    (-0.52, -0.14),
                    (-0.40, -0.16),
                ],
            ));
        }
    } else if matches!(sitter.role, Role::Priest | Role::Monk | Role::King) {
        sheet.add(mass(
            sitter,
            &[
                (0.0, -0.60),
                (0.30, -0.54),
                (0.44, -0.28),
                (0.46, 0.10),
                (0.44, 0.60),
                (0.2, 0.6),
                (-0.2, 0.6),
                (-0.46, 0.60),
                (-0.48, 0.10),
                (-0.45, -0.28),
                (-0.30, -0.54),
            ],
        ));
    }
}

/// What lies over the face.
pub(super) fn before(sheet: &mut Sheet, sitter: &Sitter) {
    if sitter.beard {
        beard(sheet, sitter);
    }
    if sitter.whiskers && !sitter.beard {
        whiskers(sheet, sitter);
    }
    if sitter.moustache {
        moustache(sheet, sitter);
    }
    if sitter.female {
        return womans(sheet, sitter);
    }
    if sitter.bald {
        tufts(sheet, sitter)
    } else {
        mans(sheet, sitter)
    }
}

fn womans(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    for (side, part) in [(1.0, 0.05), (-1.0, 0.03)] {
        sheet.add(mass(
            sitter,
            &[
                (part, -0.60),
                (side * 0.20, -0.60),
                (side * 0.36 * b, -0.46),
                (side * 0.42 * b, -0.20),
                (side * 0.41 * b, 0.10),
                (side * 0.37 * b, 0.22),
                (side * 0.345 * b, 0.02),
                (side * 0.325 * b, -0.16),
                (side * 0.24 * b, -0.32),
                (part, -0.475),
            ],
        ));
    }
    strands(
        sheet,
        sitter,
        &[
            &[(0.05, -0.55), (0.24, -0.44), (0.36, -0.22), (0.375, 0.05)],
            &[(0.05, -0.50), (0.22, -0.38), (0.33, -0.20), (0.36, 0.0)],
            &[(0.02, -0.55), (-0.22, -0.45), (-0.36, -0.22), (-0.38, 0.05)],
            &[(0.02, -0.50), (-0.20, -0.38), (-0.32, -0.20), (-0.36, 0.0)],
        ],
        0.55,
    );
    if sitter.has("curl") || sitter.role == Role::Lady {
        for side in [-1.0, 1.0] {
            for i in 0..3 {
                let y = 0.16 + 0.12 * i as f32;
                sheet.add(
                    Shape::new(
                        sitter.oval(side * (0.395 - 0.01 * i as f32) * b, y, 0.055, 0.075),
                        sitter.hair,
                    )
                    .grain(STRANDS)
                    .shade(1.25, 0.7)
                    .line(0.7),
                );
            }
        }
    }
    if sitter.has("braid") || sitter.role == Role::Girl {
        for i in 0..7 {
            let y = 0.42 + 0.10 * i as f32;
            let x = -0.40 - 0.015 * i as f32 + if i % 2 == 0 { 0.018 } else { -0.018 };
            sheet.add(
                Shape::new(sitter.oval(x, y, 0.075, 0.066), sitter.hair)
                    .grain(STRANDS)
                    .shade(1.2, 0.7)
                    .line(0.8),
            );
        }
    }
}

fn mans(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    let recede = if sitter.old { 0.07 } else { 0.0 };
    sheet.add(mass(
        sitter,
        &[
            (-0.02, -0.63),
            (0.20, -0.62),
            (0.34 * b, -0.50),
            (0.395 * b, -0.28),
            (0.375 * b, -0.06),
            (0.345 * b, 0.0),
            (0.335 * b, -0.18),
            (0.285 * b, -0.33 - recede),
            (0.12, -0.385 - recede),
            (-0.06, -0.36 - recede),
            (-0.20, -0.40 - recede),
            (-0.30 * b, -0.28 - recede),
            (-0.335 * b, -0.12),
            (-0.355 * b, 0.02),
            (-0.40 * b, -0.06),
            (-0.415 * b, -0.30),
            (-0.35 * b, -0.52),
            (-0.20, -0.62),
        ],
    ));
    strands(
        sheet,
        sitter,
        &[
            &[(-0.22, -0.42), (-0.12, -0.54), (0.08, -0.58), (0.26, -0.50)],
            &[(-0.20, -0.44), (-0.06, -0.50), (0.12, -0.50), (0.30, -0.40)],
            &[(-0.26, -0.44), (-0.33, -0.34), (-0.37, -0.16)],
            &[(0.28, -0.46), (0.35, -0.30), (0.37, -0.12)],
        ],
        0.55,
    );
}

fn tufts(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    for side in [-1.0, 1.0] {
        sheet.add(mass(
            sitter,
            &[
                (side * 0.31 * b, -0.28),
                (side * 0.37 * b, -0.30),
                (side * 0.405 * b, -0.14),
                (side * 0.39 * b, 0.02),
                (side * 0.355 * b, 0.06),
                (side * 0.34 * b, -0.14),
            ],
        ));
    }
    let gleam = sitter.oval(-0.10, -0.43, 0.10, 0.035);
    sheet.add(
        Shape::new(gleam, sitter.skin.times(1.18))
            .line(0.0)
            .soft(0.03 * sitter.size)
            .alpha(0.7),
    );
}

fn beard(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    let long = match sitter.role {
        Role::Priest | Role::Monk => 1.02,
        Role::OldMan | Role::King => 0.92,
        Role::Peasant => 0.78,
        _ => 0.68,
    };
    sheet.add(mass(
        sitter,
        &[
            (-0.352 * b, 0.0),
            (-0.365 * b, 0.20),
            (-0.30 * b, 0.46),
            (-0.16, long - 0.06),
            (0.0, long),
            (0.16, long - 0.08),
            (0.31 * b, 0.46),
            (0.36 * b, 0.20),
            (0.348 * b, 0.0),
            (0.305 * b, 0.14),
            (0.20, 0.255),
            (0.025, 0.265),
            (-0.15, 0.255),
            (-0.29 * b, 0.14),
        ],
    ));
    let lip = sitter.ring(&[
        (-0.06, 0.319),
        (0.025, 0.312),
        (0.11, 0.319),
        (0.06, 0.350),
        (-0.01, 0.350),
    ]);
    sheet.add(Shape::new(lip, sitter.skin.times(0.76)).line(0.3));
    strands(
        sheet,
        sitter,
        &[
            &[(-0.30, 0.20), (-0.24, 0.42), (-0.12, long - 0.12)],
            &[(-0.20, 0.30), (-0.16, 0.48), (-0.06, long - 0.08)],
            &[(-0.04, 0.40), (-0.02, 0.55), (0.01, long - 0.06)],
            &[(0.09, 0.40), (0.09, 0.55), (0.06, long - 0.10)],
            &[(0.22, 0.30), (0.19, 0.48), (0.10, long - 0.10)],
            &[(0.31, 0.20), (0.25, 0.42), (0.15, long - 0.16)],
        ],
        0.62,
    );
}

fn whiskers(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    for side in [-1.0, 1.0] {
        sheet.add(mass(
            sitter,
            &[
                (side * 0.34 * b, -0.08),
                (side * 0.375 * b, 0.0),
                (side * 0.39 * b, 0.18),
                (side * 0.345 * b, 0.37),
                (side * 0.25 * b, 0.36),
                (side * 0.23 * b, 0.24),
                (side * 0.30 * b, 0.10),
            ],
        ));
    }
}

fn moustache(sheet: &mut Sheet, sitter: &Sitter) {
    for side in [-1.0, 1.0] {
        let x = 0.025;
        sheet.add(
            mass(
                sitter,
                &[
                    (x, 0.238),
                    (x + side * 0.07, 0.232),
                    (x + side * 0.16, 0.268),
                    (x + side * 0.225, 0.335),
                    (x + side * 0.255, 0.330),
                    (x + side * 0.20, 0.375),
                    (x + side * 0.10, 0.335),
                    (x + side * 0.01, 0.290),
                ],
            )
            .line(0.8),
        );
    }
    strands(
        sheet,
        sitter,
        &[
            &[(0.05, 0.255), (0.13, 0.280), (0.21, 0.345)],
            &[(0.05, 0.275), (0.12, 0.305), (0.19, 0.355)],
            &[(0.0, 0.255), (-0.08, 0.280), (-0.16, 0.345)],
            &[(0.0, 0.275), (-0.07, 0.305), (-0.14, 0.355)],
        ],
        0.6,
    );
}
