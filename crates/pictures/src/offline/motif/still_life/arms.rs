//! Sword and pistol.

use super::form;
use crate::offline::{
    colour::hex,
    motif::furniture::{Spot, solid},
    sheet::{Grain, LEVEL, Shape, Sheet},
};

pub(super) fn sword(sheet: &mut Sheet, s: Spot) {
    let blade = s.smooth(&[
        (-0.52, 0.16),
        (-0.1, 0.235),
        (0.5, 0.42),
        (0.96, 0.66),
        (1.04, 0.74),
        (0.92, 0.69),
        (0.48, 0.475),
        (-0.1, 0.30),
        (-0.54, 0.22),
    ]);
    sheet.add(
        Shape::new(blade, hex(0xd5dade))
            .grain(Grain::Lines {
                angle: -0.4,
                wave: 0.5,
            })
            .shade(1.1, 0.75),
    );
    sheet.add(solid(
        vec![s.stroke(&[(-0.48, 0.20), (0.2, 0.345), (0.86, 0.635)], 0.008)],
        hex(0x6f767c),
    ));
    sheet.add(form(
        s.smooth(&[
            (-0.60, 0.06),
            (-0.50, 0.04),
            (-0.46, 0.20),
            (-0.50, 0.34),
            (-0.58, 0.36),
            (-0.60, 0.20),
        ]),
        hex(0xc79d4b),
    ));
    sheet.add(form(
        s.smooth(&[
            (-0.94, 0.02),
            (-0.90, -0.02),
            (-0.56, 0.14),
            (-0.56, 0.24),
            (-0.90, 0.13),
            (-0.97, 0.09),
        ]),
        hex(0x3a2c26),
    ));
    let guard = [s.stroke(
        &[(-0.92, 0.0), (-0.82, -0.10), (-0.62, -0.04), (-0.53, 0.08)],
        0.032,
    )];
    sheet.add(solid(guard.to_vec(), hex(0xc79d4b)));
    sheet.add(form(s.oval(-0.96, 0.06, 0.05, 0.06), hex(0xc79d4b)));
}

pub(super) fn pistol(sheet: &mut Sheet, s: Spot) {
    sheet.add(
        form(
            s.smooth(&[
                (-0.78, -0.04),
                (-0.66, -0.06),
                (-0.44, 0.20),
                (-0.2, 0.26),
                (0.5, 0.38),
                (0.52, 0.46),
                (-0.30, 0.40),
                (-0.56, 0.32),
                (-0.72, 0.10),
            ]),
            hex(0x6b452e),
        )
        .grain(LEVEL),
    );
    sheet.add(
        form(
            s.ring(&[(-0.30, 0.38), (0.84, 0.56), (0.86, 0.65), (-0.30, 0.47)]),
            hex(0x8b9196),
        )
        .grain(LEVEL),
    );
    sheet.add(form(
        s.smooth(&[
            (-0.36, 0.34),
            (-0.12, 0.36),
            (-0.14, 0.46),
            (-0.26, 0.48),
            (-0.36, 0.56),
            (-0.42, 0.48),
        ]),
        hex(0xb79a5a),
    ));
    sheet.add(solid(
        vec![s.stroke(
            &[(-0.32, 0.24), (-0.28, 0.14), (-0.14, 0.14), (-0.10, 0.27)],
            0.024,
        )],
        hex(0xb79a5a),
    ));
}
