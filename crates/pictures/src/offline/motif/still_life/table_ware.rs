//! What stands on a table: vessels, food, flowers.

use super::form;
use crate::offline::{
    colour::hex,
    geometry::{Ring, smooth},
    motif::furniture::{Spot, solid},
    sheet::{Grain, LEVEL, Shape, Sheet, UPRIGHT},
};

pub(super) fn cup(sheet: &mut Sheet, s: Spot) {
    sheet.add(form(s.oval(0.0, 0.05, 0.46, 0.09), hex(0xeae3d3)).grain(LEVEL));
    sheet.add(Shape::of(
        vec![s.oval(0.36, 0.36, 0.16, 0.15), s.oval(0.36, 0.36, 0.10, 0.09)],
        hex(0xf0eadc),
    ));
    sheet.add(form(
        s.smooth(&[
            (-0.34, 0.56),
            (-0.32, 0.30),
            (-0.18, 0.08),
            (0.18, 0.08),
            (0.32, 0.30),
            (0.34, 0.56),
        ]),
        hex(0xf3eddf),
    ));
    sheet.add(Shape::new(s.oval(0.0, 0.56, 0.34, 0.075), hex(0xf3eddf)));
    sheet.add(
        Shape::new(s.oval(0.0, 0.55, 0.30, 0.055), hex(0x8a4f2c))
            .grain(LEVEL)
            .line(0.6),
    );
    sheet.add(solid(
        vec![s.stroke(&[(-0.31, 0.40), (0.0, 0.35), (0.31, 0.40)], 0.022)],
        hex(0x4c6c8e),
    ));
    for x in [-0.10, 0.08] {
        let steam = s.smooth(&[
            (x, 0.66),
            (x - 0.07, 0.80),
            (x + 0.03, 0.94),
            (x - 0.03, 1.10),
            (x + 0.06, 0.94),
            (x - 0.02, 0.80),
        ]);
        sheet.add(
            Shape::new(steam, hex(0xf4efe4))
                .glow()
                .line(0.0)
                .soft(0.02 * s.size)
                .alpha(0.45)
                .grain(Grain::Solid),
        );
    }
}

pub(super) fn bottle(sheet: &mut Sheet, s: Spot) {
    let glass = s.smooth(&[
        (-0.20, 0.0),
        (-0.22, 0.52),
        (-0.16, 0.66),
        (-0.07, 0.74),
        (-0.065, 1.02),
        (0.065, 1.02),
        (0.07, 0.74),
        (0.16, 0.66),
        (0.22, 0.52),
        (0.20, 0.0),
    ]);
    sheet.add(form(glass, hex(0x46604a)).side(0.9));
    sheet.add(
        Shape::new(
            s.ring(&[(-0.215, 0.14), (0.215, 0.14), (0.215, 0.42), (-0.215, 0.42)]),
            hex(0xe9dfc6),
        )
        .grain(LEVEL)
        .side(0.5),
    );
    sheet.add(solid(
        vec![
            s.stroke(&[(-0.14, 0.32), (0.14, 0.32)], 0.02),
            s.stroke(&[(-0.10, 0.24), (0.10, 0.24)], 0.014),
        ],
        hex(0x5b4636),
    ));
    sheet.add(form(s.block(-0.05, 1.0, 0.10, 0.08), hex(0x9c7248)));
    sheet.add(solid(
        vec![s.stroke(&[(-0.15, 0.48), (-0.16, 0.55), (-0.11, 0.63)], 0.022)],
        hex(0xd5e0d0),
    ));
    let wine = Spot {
        foot: s.at(0.52, -0.02),
        size: s.size * 0.62,
    };
    sheet.add(
        Shape::new(
            wine.smooth(&[
                (-0.22, 0.92),
                (-0.22, 0.66),
                (-0.05, 0.46),
                (-0.03, 0.10),
                (-0.17, 0.02),
                (0.17, 0.02),
                (0.03, 0.10),
                (0.05, 0.46),
                (0.22, 0.66),
                (0.22, 0.92),
            ]),
            hex(0xdfe3dd),
        )
        .side(0.4)
        .grain(UPRIGHT),
    );
    sheet.add(
        Shape::new(
            wine.smooth(&[
                (-0.20, 0.76),
                (-0.20, 0.67),
                (-0.04, 0.49),
                (0.04, 0.49),
                (0.20, 0.67),
                (0.20, 0.76),
            ]),
            hex(0x8c2f30),
        )
        .line(0.5)
        .grain(UPRIGHT),
    );
}

pub(super) fn samovar(sheet: &mut Sheet, s: Spot) {
    let brass = hex(0xc89a45);
    sheet.add(form(
        s.smooth(&[
            (-0.26, 0.0),
            (-0.24, 0.06),
            (-0.10, 0.10),
            (-0.10, 0.18),
            (0.10, 0.18),
            (0.10, 0.10),
            (0.24, 0.06),
            (0.26, 0.0),
        ]),
        brass.times(0.9),
    ));
    for side in [-1.0, 1.0] {
        sheet.add(solid(
            vec![s.stroke(
                &[
                    (side * 0.30, 0.62),
                    (side * 0.46, 0.66),
                    (side * 0.46, 0.52),
                    (side * 0.32, 0.48),
                ],
                0.035,
            )],
            brass.times(0.7),
        ));
    }
    sheet.add(
        form(
            s.smooth(&[
                (-0.14, 0.16),
                (-0.26, 0.30),
                (-0.34, 0.56),
                (-0.30, 0.74),
                (-0.16, 0.80),
                (0.16, 0.80),
                (0.30, 0.74),
                (0.34, 0.56),
                (0.26, 0.30),
                (0.14, 0.16),
            ]),
            brass,
        )
        .side(0.95),
    );
    sheet.add(form(
        s.ring(&[(-0.20, 0.80), (0.20, 0.80), (0.15, 0.88), (-0.15, 0.88)]),
        brass.times(1.1),
    ));
    sheet.add(form(
        s.smooth(&[
            (-0.15, 0.88),
            (-0.17, 1.0),
            (-0.08, 1.08),
            (0.08, 1.08),
            (0.17, 1.0),
            (0.15, 0.88),
        ]),
        hex(0xeee6d4),
    ));
    sheet.add(solid(
        vec![
            s.stroke(&[(0.15, 0.94), (0.27, 1.0), (0.30, 1.06)], 0.035),
            s.stroke(&[(0.0, 0.30), (0.0, 0.22), (0.10, 0.16)], 0.05),
            s.stroke(&[(-0.05, 0.34), (0.05, 0.34)], 0.03),
        ],
        brass.times(0.62),
    ));
    sheet.add(solid(
        vec![s.stroke(&[(-0.22, 0.66), (-0.24, 0.52), (-0.18, 0.36)], 0.035)],
        hex(0xf6e6b8),
    ));
}

pub(super) fn bread(sheet: &mut Sheet, s: Spot) {
    sheet.add(
        form(
            s.ring(&[(-0.72, -0.02), (0.66, -0.06), (0.78, 0.10), (-0.60, 0.13)]),
            hex(0x8a6138),
        )
        .grain(LEVEL),
    );
    sheet.add(
        form(
            s.smooth(&[
                (-0.54, 0.08),
                (-0.56, 0.32),
                (-0.30, 0.50),
                (0.1, 0.52),
                (0.44, 0.42),
                (0.56, 0.22),
                (0.50, 0.06),
                (0.0, 0.03),
            ]),
            hex(0xb67f45),
        )
        .grain(Grain::Lines {
            angle: 0.3,
            wave: 2.0,
        })
        .shade(1.15, 0.7),
    );
    let cuts = [-0.28, -0.02, 0.24].map(|x| s.stroke(&[(x - 0.07, 0.34), (x, 0.42), (x + 0.10, 0.46)], 0.03));
    sheet.add(solid(cuts.to_vec(), hex(0xe6c48e)));
}

pub(super) fn apple(sheet: &mut Sheet, s: Spot) {
    for (x, y, r, c) in [
        (0.34, 0.14, 0.24, hex(0xb9a043)),
        (-0.02, 0.18, 0.28, hex(0xa83f34)),
        (-0.42, 0.12, 0.22, hex(0xc08a3e)),
    ] {
        let ring = smooth(
            &[
                (0.0, 0.86),
                (-0.5, 1.02),
                (-0.98, 0.5),
                (-0.9, -0.3),
                (-0.4, -0.92),
                (0.0, -0.84),
                (0.4, -0.92),
                (0.9, -0.3),
                (0.98, 0.5),
                (0.5, 1.02),
            ]
            .map(|(dx, dy)| s.at(x + dx * r, y + dy * r)),
        );
        sheet.add(form(ring, c).side(0.8).grain(Grain::Lines {
            angle: 1.2,
            wave: 2.0,
        }));
        sheet.add(solid(
            vec![s.stroke(&[(x, y + r * 0.8), (x + 0.03, y + r * 1.25)], 0.022)],
            hex(0x4a3828),
        ));
    }
}

pub(super) fn bouquet(sheet: &mut Sheet, s: Spot) {
    let mut chance = sheet.chance.fork("bouquet");
    let stems: Vec<Ring> = (0..7)
        .map(|i| {
            let x = (i as f32 - 3.0) * 0.1;
            s.stroke(&[(0.0, 0.30), (x * 0.6, 0.58), (x * 1.3, 0.84)], 0.018)
        })
        .collect();
    sheet.add(solid(stems, hex(0x4f6b42)));
    for i in 0..12 {
        let (x, y) = ((i % 6) as f32 * 0.15 - 0.38, 0.56 + 0.12 * (i % 3) as f32);
        sheet.add(
            form(
                s.smooth(&[
                    (x, y - 0.08),
                    (x - 0.09, y + 0.02),
                    (x - 0.03, y + 0.14),
                    (x + 0.07, y + 0.03),
                ]),
                hex(0x5f7d4c),
            )
            .line(0.7),
        );
    }
    for i in 0..9 {
        let (x, y) = (
            (i as f32 - 4.0) * 0.115 + chance.around(0.0, 0.03),
            0.82 + chance.around(0.08, 0.14) - 0.014 * (i as f32 - 4.0).powi(2),
        );
        let c = chance.pick(&[hex(0xbf4a45), hex(0xf0e6d8), hex(0xd98f86), hex(0xd9a94e)]);
        for (r, tone) in [(0.115, 0.86), (0.080, 1.0), (0.042, 0.72)] {
            let ring: Ring = (0..10)
                .map(|k| {
                    let a = k as f32 / 10.0 * std::f32::consts::TAU;
                    let out = r * if k % 2 == 0 { 1.12 } else { 0.84 };
                    s.at(x + a.cos() * out, y + a.sin() * out * 0.9)
                })
                .collect();
            sheet.add(
                Shape::new(smooth(&ring), c.times(tone))
                    .grain(Grain::Lines {
                        angle: 0.8,
                        wave: 1.0,
                    })
                    .line(0.8),
            );
        }
    }
    sheet.add(
        form(
            s.smooth(&[
                (-0.16, 0.0),
                (-0.24, 0.18),
                (-0.12, 0.36),
                (-0.15, 0.46),
                (0.15, 0.46),
                (0.12, 0.36),
                (0.24, 0.18),
                (0.16, 0.0),
            ]),
            hex(0x8aa0a8),
        )
        .side(0.9),
    );
}
