//! The face: light on one side, shadow on the other, eyes, nose, mouth, years.

use super::{Expression, Sitter};
use crate::offline::{
    colour::hex,
    geometry::{Ring, ellipse},
    sheet::{Grain, Shape, Sheet},
};

const FLESH: Grain = Grain::Lines {
    angle: -0.95,
    wave: 0.8,
};

pub(super) fn draw(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    ears(sheet, sitter);
    sheet.add(
        Shape::new(outline(sitter), sitter.skin)
            .grain(FLESH)
            .shade(1.04, 0.96)
            .line(0.9),
    );
    planes(sheet, sitter);
    for side in [-1.0, 1.0] {
        eye(sheet, sitter, side * 0.158 * b + 0.035, side);
    }
    nose(sheet, sitter);
    mouth(sheet, sitter);
    if sitter.old {
        wrinkles(sheet, sitter);
    }
    if sitter.has("scar") {
        sheet.add(sitter.solid(
            vec![sitter.line(&[(-0.26, -0.2), (-0.22, 0.02), (-0.24, 0.22)], 0.014)],
            hex(0xa4604e),
        ));
    }
    if sitter.has("glasses") {
        glasses(sheet, sitter);
    }
}

fn outline(sitter: &Sitter) -> Ring {
    let b = sitter.breadth;
    let (jaw, chin) = if sitter.female || sitter.young {
        (0.245, 0.10)
    } else {
        (0.285, 0.15)
    };
    let half = [
        (0.23, -0.46),
        (0.345, -0.27),
        (0.352, -0.03),
        (0.325, 0.15),
        (jaw, 0.345),
        (chin, 0.475),
    ];
    let mut points = vec![(0.0, -0.52)];
    points.extend(half.iter().map(|&(x, y)| (x * b, y)));
    points.push((0.015, 0.505));
    points.extend(half.iter().rev().map(|&(x, y)| (-x * b + 0.01, y)));
    sitter.ring(&points)
}

fn ears(sheet: &mut Sheet, sitter: &Sitter) {
    let x = -0.365 * sitter.breadth;
    sheet.add(
        Shape::new(sitter.oval(x, 0.05, 0.055, 0.115), sitter.skin.times(0.92))
            .grain(FLESH)
            .line(0.8),
    );
    sheet.add(sitter.solid(
        vec![sitter.line(&[(x - 0.01, -0.02), (x - 0.025, 0.04), (x + 0.01, 0.11)], 0.012)],
        sitter.skin.times(0.6),
    ));
    if sitter.female && !sitter.old {
        sheet.add(
            Shape::new(
                ellipse(sitter.at(x - 0.005, 0.19), 0.02 * sitter.size, 0.03 * sitter.size),
                hex(0xe4c16a),
            )
            .line(0.6),
        );
    }
}

/// The shadowed half of the face, eye sockets, blush.
fn planes(sheet: &mut Sheet, sitter: &Sitter) {
    let b = sitter.breadth;
    let deep = if sitter.female || sitter.young { 0.86 } else { 0.78 };
    let shadow = sitter.skin.times(deep).mix(hex(0x8a6658), 0.12);
    let side = sitter.ring(&[
        (0.23 * b, -0.44),
        (0.335 * b, -0.27),
        (0.342 * b, -0.03),
        (0.315 * b, 0.15),
        (0.26 * b, 0.34),
        (0.13, 0.468),
        (0.10, 0.40),
        (0.17, 0.30),
        (0.20, 0.16),
        (0.255, 0.03),
        (0.26, -0.10),
        (0.20, -0.28),
    ]);
    let melt = 0.022 * sitter.size;
    sheet.add(Shape::new(side, shadow).grain(FLESH).line(0.0).soft(melt));
    for eye in [-1.0, 1.0] {
        let ring = sitter.oval(eye * 0.158 * b + 0.035, -0.045, 0.10, 0.062);
        sheet.add(
            Shape::new(ring, shadow)
                .grain(FLESH)
                .line(0.0)
                .soft(melt)
                .alpha(0.55),
        );
    }
    sheet.add(
        Shape::new(
            sitter.ring(&[
                (-0.06, 0.385),
                (0.05, 0.375),
                (0.15, 0.385),
                (0.10, 0.415),
                (0.0, 0.415),
            ]),
            shadow,
        )
        .grain(FLESH)
        .line(0.0)
        .soft(melt * 0.6)
        .alpha(0.8),
    );
    let blush = if sitter.female || sitter.young { 0.42 } else { 0.22 };
    sheet.add(
        Shape::new(sitter.oval(-0.20 * b, 0.17, 0.085, 0.06), hex(0xcf8069))
            .grain(FLESH)
            .line(0.0)
            .soft(melt * 1.5)
            .alpha(blush),
    );
}

fn eye(sheet: &mut Sheet, sitter: &Sitter, x: f32, side: f32) {
    let open = match sitter.expression {
        Expression::Smiling => 0.026,
        Expression::Sad => 0.029,
        Expression::Angry => 0.027,
        Expression::Calm => 0.033,
    } * if sitter.female || sitter.young { 1.2 } else { 1.0 };
    let y = -0.02;
    // The upper lid lies over the iris: an iris with white all around it stares.
    let lid = open * 0.8;
    let lids = sitter.ring(&[
        (x - 0.072, y + 0.006),
        (x - 0.03, y - lid),
        (x + 0.025, y - lid),
        (x + 0.072, y + 0.004),
        (x + 0.025, y + open * 0.75),
        (x - 0.03, y + open * 0.75),
    ]);
    sheet.add(Shape::new(lids, hex(0xf1ebdf)).line(0.5).grain(Grain::Solid));
    let iris = sitter.oval(x + 0.006, y - 0.006, 0.035, open * 0.75 + 0.008);
    let colour = if sitter.has("blue") {
        hex(0x4c6f8c)
    } else if sitter.has("green") {
        hex(0x5b7457)
    } else {
        hex(0x54402f)
    };
    sheet.add(sitter.solid(vec![iris], colour.times(0.75)));
    sheet.add(sitter.solid(
        vec![sitter.oval(x + 0.006, y - 0.006, 0.016, 0.017)],
        hex(0x191413),
    ));
    sheet.add(
        sitter
            .solid(
                vec![sitter.oval(x - 0.006, y - 0.013, 0.0085, 0.0085)],
                hex(0xfbf8f0),
            )
            .glow(),
    );
    let skin = sitter.ring(&[
        (x - 0.075, y + 0.006),
        (x - 0.03, y - lid),
        (x + 0.026, y - lid),
        (x + 0.076, y + 0.004),
        (x + 0.066, y - open - 0.012),
        (x, y - open - 0.032),
        (x - 0.062, y - open - 0.017),
    ]);
    sheet.add(Shape::new(skin, sitter.skin.times(0.93)).grain(FLESH).line(0.0));
    let lash = if sitter.female { 0.017 } else { 0.013 };
    let mut lines = vec![sitter.line(
        &[
            (x - 0.078, y + 0.008),
            (x - 0.03, y - lid - 0.003),
            (x + 0.028, y - lid - 0.003),
            (x + 0.080, y + 0.006),
        ],
        lash,
    )];
    lines.push(sitter.line(
        &[
            (x - 0.062, y - open - 0.016),
            (x, y - open - 0.030),
            (x + 0.066, y - open - 0.012),
        ],
        0.006,
    ));
    sheet.add(sitter.solid(lines, hex(0x2e211c)));
    let (inner, outer) = match sitter.expression {
        Expression::Angry => (0.030, -0.018),
        Expression::Sad => (-0.026, 0.018),
        Expression::Smiling => (-0.012, 0.0),
        Expression::Calm => (0.0, 0.0),
    };
    let (left, right) = if side < 0.0 {
        (outer, inner)
    } else {
        (inner, outer)
    };
    let brow = sitter.line(
        &[
            (x - 0.098, y - 0.088 + left),
            (x - 0.01, y - 0.122 + (left + right) * 0.4),
            (x + 0.098, y - 0.092 + right),
        ],
        if sitter.female { 0.018 } else { 0.032 },
    );
    sheet.add(sitter.solid(vec![brow], sitter.hair.times(0.72)));
}

fn nose(sheet: &mut Sheet, sitter: &Sitter) {
    let long = if sitter.old {
        0.02
    } else if sitter.young {
        -0.02
    } else {
        0.0
    };
    let shadow = sitter.skin.times(0.74);
    let flank = sitter.ring(&[
        (0.055, -0.07),
        (0.072, 0.05),
        (0.118, 0.155 + long),
        (0.105, 0.195 + long),
        (0.055, 0.202 + long),
        (0.060, 0.12),
    ]);
    sheet.add(
        Shape::new(flank, shadow)
            .grain(FLESH)
            .line(0.0)
            .soft(0.010 * sitter.size),
    );
    let lines = vec![
        sitter.line(
            &[
                (0.060, -0.02),
                (0.080, 0.08),
                (0.108, 0.160 + long),
                (0.092, 0.198 + long),
            ],
            0.0095,
        ),
        sitter.line(
            &[
                (-0.052, 0.165 + long),
                (-0.062, 0.192 + long),
                (-0.028, 0.205 + long),
            ],
            0.011,
        ),
        sitter.line(
            &[
                (-0.03, 0.203 + long),
                (0.028, 0.218 + long),
                (0.082, 0.202 + long),
            ],
            0.012,
        ),
        sitter.oval(-0.022, 0.196 + long, 0.018, 0.008),
        sitter.oval(0.064, 0.196 + long, 0.018, 0.008),
    ];
    sheet.add(sitter.solid(lines, hex(0x5c3a2d)));
    sheet.add(
        sitter
            .solid(
                vec![sitter.oval(0.012, 0.135 + long, 0.012, 0.022)],
                sitter.skin.times(1.12),
            )
            .soft(0.01 * sitter.size)
            .alpha(0.7),
    );
}

fn mouth(sheet: &mut Sheet, sitter: &Sitter) {
    let (corner, middle) = match sitter.expression {
        Expression::Smiling => (-0.024, 0.014),
        Expression::Sad => (0.020, -0.004),
        Expression::Angry => (0.014, -0.006),
        Expression::Calm => (0.0, 0.002),
    };
    let half = if sitter.female || sitter.young {
        0.092
    } else {
        0.112
    };
    let (x, y) = (0.025, 0.310);
    let lip = if sitter.female {
        hex(0xb4594f)
    } else {
        hex(0xb07563)
    };
    let upper = sitter.ring(&[
        (x - half, y + corner),
        (x - 0.03, y - 0.024),
        (x, y - 0.016),
        (x + 0.03, y - 0.024),
        (x + half, y + corner),
        (x, y + middle + 0.004),
    ]);
    let lower = sitter.ring(&[
        (x - half * 0.85, y + corner + 0.004),
        (x, y + middle),
        (x + half * 0.85, y + corner + 0.004),
        (x + 0.035, y + 0.036),
        (x - 0.035, y + 0.036),
    ]);
    sheet.add(
        Shape::new(upper, lip.times(0.84))
            .grain(Grain::Lines {
                angle: 0.0,
                wave: 0.5,
            })
            .line(0.0),
    );
    sheet.add(
        Shape::new(lower, lip.times(1.08))
            .grain(Grain::Lines {
                angle: 0.0,
                wave: 0.5,
            })
            .line(0.0),
    );
    let seam = sitter.line(
        &[
            (x - half - 0.012, y + corner),
            (x - 0.03, y + middle - 0.004),
            (x + 0.03, y + middle - 0.004),
            (x + half + 0.012, y + corner),
        ],
        0.012,
    );
    sheet.add(sitter.solid(vec![seam], hex(0x5a2f28)));
}

fn wrinkles(sheet: &mut Sheet, sitter: &Sitter) {
    let mut lines: Vec<Ring> = [-0.33, -0.27, -0.215]
        .iter()
        .enumerate()
        .map(|(i, &y)| {
            let half = 0.20 - 0.02 * i as f32;
            sitter.line(
                &[
                    (-half, y + 0.012),
                    (-0.06, y - 0.008),
                    (0.06, y + 0.006),
                    (half, y + 0.004),
                ],
                0.006,
            )
        })
        .collect();
    lines.push(sitter.line(&[(-0.105, 0.165), (-0.155, 0.235), (-0.155, 0.31)], 0.010));
    lines.push(sitter.line(&[(0.135, 0.165), (0.185, 0.235), (0.182, 0.31)], 0.010));
    for side in [-1.0, 1.0] {
        let x = side * 0.158 * sitter.breadth + 0.035;
        lines.push(sitter.line(&[(x - 0.062, 0.034), (x, 0.060), (x + 0.066, 0.032)], 0.008));
        lines.push(sitter.line(&[(x - 0.05, 0.062), (x, 0.086), (x + 0.055, 0.060)], 0.006));
        for (dy, up) in [(0.0, -0.03), (0.014, 0.0), (0.028, 0.03)] {
            lines.push(sitter.line(
                &[
                    (x + side * 0.088, -0.02 + dy),
                    (x + side * 0.135, -0.02 + dy + up),
                ],
                0.005,
            ));
        }
    }
    sheet.add(sitter.solid(lines, sitter.skin.times(0.52)));
}

fn glasses(sheet: &mut Sheet, sitter: &Sitter) {
    for side in [-1.0, 1.0] {
        let x = side * 0.158 * sitter.breadth + 0.035;
        let rings = vec![
            sitter.oval(x, -0.005, 0.108, 0.090),
            sitter.oval(x, -0.005, 0.096, 0.079),
        ];
        sheet.add(Shape::of(rings, hex(0x3a3230)).line(0.3));
    }
    let bridge = sitter.line(&[(-0.02, -0.02), (0.035, -0.045), (0.09, -0.02)], 0.014);
    sheet.add(sitter.solid(vec![bridge], hex(0x3a3230)));
}
