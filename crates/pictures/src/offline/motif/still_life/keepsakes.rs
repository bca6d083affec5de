//! Small things that people keep.

use super::form;
use crate::offline::{
    colour::hex,
    geometry::Ring,
    motif::furniture::{Spot, solid},
    sheet::{LEVEL, SLANT, Shape, Sheet, UPRIGHT},
};

pub(super) fn key(sheet: &mut Sheet, s: Spot) {
    let iron = hex(0x6d6a66);
    let bow = vec![s.oval(-0.52, 0.24, 0.24, 0.20), s.oval(-0.52, 0.24, 0.135, 0.11)];
    sheet.add(Shape::of(bow, iron).side(0.6).grain(LEVEL));
    sheet.add(
        form(
            s.ring(&[(-0.30, 0.20), (0.72, 0.28), (0.72, 0.35), (-0.30, 0.27)]),
            iron,
        )
        .grain(LEVEL),
    );
    sheet.add(form(
        s.ring(&[
            (0.44, 0.27),
            (0.50, 0.06),
            (0.58, 0.07),
            (0.57, 0.14),
            (0.64, 0.15),
            (0.65, 0.08),
            (0.73, 0.09),
            (0.70, 0.30),
        ]),
        iron,
    ));
    sheet.add(form(
        s.ring(&[(-0.31, 0.16), (-0.24, 0.17), (-0.24, 0.31), (-0.31, 0.31)]),
        iron.times(1.2),
    ));
}

pub(super) fn ring(sheet: &mut Sheet, s: Spot) {
    sheet.add(
        Shape::of(
            vec![s.oval(0.0, 0.26, 0.36, 0.32), s.oval(0.0, 0.28, 0.29, 0.26)],
            hex(0xd6aa4c),
        )
        .side(0.7)
        .grain(UPRIGHT),
    );
    let stone = s.ring(&[
        (-0.15, 0.66),
        (-0.08, 0.76),
        (0.08, 0.76),
        (0.15, 0.66),
        (0.0, 0.50),
    ]);
    sheet.add(Shape::new(stone, hex(0x9cc3c9)).side(0.6).grain(UPRIGHT));
    sheet.add(solid(
        vec![
            s.stroke(&[(-0.15, 0.66), (0.15, 0.66)], 0.010),
            s.stroke(&[(-0.05, 0.66), (0.0, 0.51), (0.05, 0.66)], 0.008),
        ],
        hex(0x3f5a60),
    ));
}

pub(super) fn clock(sheet: &mut Sheet, s: Spot) {
    let wood = hex(0x7c5334);
    sheet.add(form(s.block(-0.34, 0.0, 0.68, 0.10), wood.times(0.9)));
    sheet.add(form(
        s.smooth(&[
            (-0.28, 0.10),
            (-0.28, 0.66),
            (-0.2, 0.86),
            (0.0, 0.98),
            (0.2, 0.86),
            (0.28, 0.66),
            (0.28, 0.10),
        ]),
        wood,
    ));
    sheet.add(Shape::new(s.oval(0.0, 0.62, 0.215, 0.215), hex(0xcfa24a)));
    sheet.add(Shape::new(s.oval(0.0, 0.62, 0.185, 0.185), hex(0xf3ecda)).line(0.6));
    let mut marks: Vec<Ring> = (0..12)
        .map(|i| {
            let a = i as f32 / 12.0 * std::f32::consts::TAU;
            s.stroke(
                &[
                    (a.cos() * 0.145, 0.62 + a.sin() * 0.145),
                    (a.cos() * 0.17, 0.62 + a.sin() * 0.17),
                ],
                0.016,
            )
        })
        .collect();
    marks.push(s.stroke(&[(0.0, 0.62), (-0.07, 0.71)], 0.022));
    marks.push(s.stroke(&[(0.0, 0.62), (0.02, 0.76)], 0.014));
    sheet.add(solid(marks, hex(0x2b2522)));
    sheet.add(Shape::new(s.block(-0.13, 0.14, 0.26, 0.22), hex(0x3a2a20)).line(0.6));
    sheet.add(Shape::new(s.oval(0.03, 0.20, 0.05, 0.05), hex(0xd9b055)).line(0.5));
    sheet.add(solid(
        vec![s.stroke(&[(0.0, 0.36), (0.028, 0.22)], 0.012)],
        hex(0xd9b055),
    ));
}

pub(super) fn cross(sheet: &mut Sheet, s: Spot) {
    let gold = hex(0xc99d49);
    sheet.add(form(s.block(-0.055, 0.0, 0.11, 1.05), gold));
    sheet.add(form(s.block(-0.34, 0.66, 0.68, 0.10), gold));
    sheet.add(form(s.block(-0.17, 0.86, 0.34, 0.075), gold));
    sheet.add(form(
        s.ring(&[(-0.22, 0.36), (0.22, 0.24), (0.22, 0.32), (-0.22, 0.44)]),
        gold,
    ));
}

pub(super) fn coins(sheet: &mut Sheet, s: Spot) {
    for (x, count) in [(-0.42, 4), (0.34, 6), (-0.06, 9)] {
        for i in 0..count {
            let y = 0.05 + 0.062 * i as f32;
            let dx = x + 0.012 * (((i * 5) % 3) as f32 - 1.0);
            sheet.add(form(s.oval(dx, y, 0.19, 0.055), hex(0xcfa24a).times(0.85)).line(0.8));
            sheet.add(
                Shape::new(s.oval(dx, y + 0.02, 0.19, 0.055), hex(0xdfb55c))
                    .line(0.7)
                    .grain(LEVEL),
            );
        }
    }
}

pub(super) fn violin(sheet: &mut Sheet, s: Spot) {
    let wood = hex(0xa5632f);
    sheet.add(
        form(
            s.smooth(&[
                (-0.30, 0.16),
                (-0.26, 0.02),
                (0.0, -0.05),
                (0.26, 0.02),
                (0.30, 0.16),
                (0.18, 0.34),
                (0.25, 0.52),
                (0.12, 0.63),
                (0.0, 0.62),
                (-0.12, 0.63),
                (-0.25, 0.52),
                (-0.18, 0.34),
            ]),
            wood,
        )
        .side(0.8),
    );
    sheet.add(solid(
        vec![
            s.ring(&[(-0.045, 0.26), (0.045, 0.26), (0.03, 1.08), (-0.03, 1.08)]),
            s.oval(0.0, 1.12, 0.05, 0.06),
            s.stroke(&[(-0.09, 0.24), (0.09, 0.24)], 0.025),
        ],
        hex(0x2f2320),
    ));
    sheet.add(solid(
        vec![
            s.stroke(&[(-0.13, 0.18), (-0.15, 0.26), (-0.11, 0.34)], 0.018),
            s.stroke(&[(0.13, 0.18), (0.15, 0.26), (0.11, 0.34)], 0.018),
        ],
        hex(0x2a1c16),
    ));
    sheet.add(solid(
        (0..4)
            .map(|i| {
                let x = -0.022 + 0.0147 * i as f32;
                s.stroke(&[(x, 0.05), (x, 1.05)], 0.005)
            })
            .collect(),
        hex(0xe9e0cc),
    ));
    sheet.add(solid(
        vec![
            s.stroke(&[(0.42, -0.02), (0.62, 0.98)], 0.02),
            s.stroke(&[(0.38, -0.01), (0.58, 0.98)], 0.010),
        ],
        hex(0x6b4630),
    ));
}

pub(super) fn pipe(sheet: &mut Sheet, s: Spot) {
    sheet.add(
        form(
            s.smooth(&[
                (0.80, 0.44),
                (0.40, 0.28),
                (0.02, 0.10),
                (-0.10, 0.06),
                (-0.08, 0.15),
                (0.36, 0.35),
                (0.78, 0.50),
            ]),
            hex(0x2f2622),
        )
        .grain(LEVEL),
    );
    sheet.add(form(
        s.smooth(&[
            (-0.44, 0.46),
            (-0.42, 0.14),
            (-0.26, 0.0),
            (-0.06, 0.04),
            (-0.04, 0.18),
            (-0.10, 0.46),
        ]),
        hex(0x7d4a2d),
    ));
    sheet.add(Shape::new(s.oval(-0.27, 0.46, 0.17, 0.05), hex(0x2a211d)).grain(LEVEL));
    crate::offline::motif::house::smoke(sheet, s.at(-0.27, 0.52), s.size * 0.09, 0.0);
}

pub(super) fn glasses(sheet: &mut Sheet, s: Spot) {
    for x in [-0.32, 0.32] {
        sheet.add(
            Shape::new(s.oval(x, 0.24, 0.25, 0.20), hex(0xcfd8d6))
                .grain(SLANT)
                .alpha(0.6),
        );
        sheet.add(
            Shape::of(
                vec![s.oval(x, 0.24, 0.27, 0.22), s.oval(x, 0.24, 0.235, 0.185)],
                hex(0xb58f45),
            )
            .line(0.7),
        );
    }
    sheet.add(solid(
        vec![
            s.stroke(&[(-0.08, 0.30), (0.0, 0.36), (0.08, 0.30)], 0.03),
            s.stroke(&[(0.58, 0.30), (0.90, 0.44), (0.98, 0.38)], 0.026),
            s.stroke(&[(-0.58, 0.30), (-0.34, 0.52), (-0.2, 0.50)], 0.020),
        ],
        hex(0xb58f45),
    ));
}

pub(super) fn casket(sheet: &mut Sheet, s: Spot) {
    let wood = hex(0x7d5434);
    sheet.add(
        form(
            s.ring(&[(-0.52, 0.0), (0.40, 0.0), (0.40, 0.40), (-0.52, 0.40)]),
            wood,
        )
        .grain(LEVEL),
    );
    sheet.add(
        form(
            s.ring(&[(0.40, 0.0), (0.66, 0.12), (0.66, 0.50), (0.40, 0.40)]),
            wood.times(0.66),
        )
        .grain(LEVEL),
    );
    sheet.add(
        form(
            s.smooth(&[
                (-0.54, 0.40),
                (-0.50, 0.56),
                (-0.2, 0.66),
                (0.2, 0.66),
                (0.44, 0.56),
                (0.42, 0.40),
            ]),
            wood.times(1.15),
        )
        .grain(LEVEL),
    );
    sheet.add(
        form(
            s.smooth(&[
                (0.42, 0.40),
                (0.44, 0.56),
                (0.52, 0.68),
                (0.66, 0.66),
                (0.68, 0.50),
            ]),
            wood.times(0.75),
        )
        .grain(LEVEL),
    );
    let straps = [-0.36, 0.22].map(|x| s.block(x, 0.0, 0.055, 0.60));
    sheet.add(solid(straps.to_vec(), hex(0x4d4640)));
    sheet.add(form(s.block(-0.14, 0.26, 0.15, 0.20), hex(0xc79d4b)));
    sheet.add(solid(
        vec![
            s.oval(-0.065, 0.38, 0.022, 0.022),
            s.stroke(&[(-0.065, 0.37), (-0.065, 0.30)], 0.018),
        ],
        hex(0x2a2421),
    ));
}
