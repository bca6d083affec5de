//! Things that are worn or carried.

use super::form;
use crate::offline::{
    colour::hex,
    motif::furniture::{Spot, solid},
    sheet::{Grain, LEVEL, Shape, Sheet},
};

pub(super) fn hat(sheet: &mut Sheet, s: Spot) {
    let felt = hex(0x35323a);
    sheet.add(form(s.oval(0.0, 0.10, 0.66, 0.13), felt));
    sheet.add(
        form(
            s.smooth(&[
                (-0.36, 0.12),
                (-0.42, 0.76),
                (0.0, 0.82),
                (0.42, 0.76),
                (0.36, 0.12),
                (0.0, 0.06),
            ]),
            felt,
        )
        .side(0.95),
    );
    sheet.add(Shape::new(s.oval(0.0, 0.77, 0.415, 0.065), felt.times(1.35)).grain(LEVEL));
    sheet.add(
        Shape::new(
            s.smooth(&[
                (-0.365, 0.16),
                (-0.375, 0.28),
                (0.0, 0.22),
                (0.375, 0.28),
                (0.365, 0.16),
                (0.0, 0.09),
            ]),
            hex(0x8d443c),
        )
        .grain(LEVEL),
    );
}

pub(super) fn umbrella(sheet: &mut Sheet, s: Spot) {
    sheet.add(solid(
        vec![s.stroke(
            &[(0.08, 0.72), (-0.10, 0.06), (-0.18, -0.02), (-0.26, 0.05)],
            0.030,
        )],
        hex(0x5a4030),
    ));
    for (a, b) in [(-0.62, -0.28), (-0.28, 0.10), (0.10, 0.48), (0.48, 0.80)] {
        let m = (a + b) * 0.5;
        let ring = s.smooth(&[
            (0.12, 1.0),
            (a, 0.58 - a * 0.14),
            (m, 0.66 - m * 0.14),
            (b, 0.58 - b * 0.14),
        ]);
        sheet.add(form(ring, hex(0x4f4a58)).grain(Grain::Lines {
            angle: 0.7,
            wave: 1.0,
        }));
    }
}

pub(super) fn cloak(sheet: &mut Sheet, s: Spot) {
    let cloth = hex(0x5a3c3a);
    sheet.add(
        form(
            s.smooth(&[
                (-0.12, 1.02),
                (-0.34, 0.80),
                (-0.50, 0.30),
                (-0.62, -0.04),
                (-0.2, -0.08),
                (0.2, -0.04),
                (0.60, -0.06),
                (0.48, 0.34),
                (0.32, 0.80),
                (0.12, 1.02),
            ]),
            cloth,
        )
        .side(0.6),
    );
    let folds = [-0.36, -0.14, 0.08, 0.30]
        .map(|x| s.stroke(&[(x * 0.3, 0.86), (x * 0.8, 0.45), (x * 1.2, -0.02)], 0.028));
    sheet.add(solid(folds.to_vec(), cloth.times(0.55)));
    sheet.add(
        form(
            s.smooth(&[
                (-0.18, 1.0),
                (-0.22, 0.86),
                (0.0, 0.78),
                (0.22, 0.86),
                (0.18, 1.0),
                (0.0, 0.92),
            ]),
            hex(0x3f302a),
        )
        .grain(Grain::Dashes { angle: 0.8 }),
    );
}
