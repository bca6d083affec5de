//! Letters and books.

use crate::offline::{
    colour::hex,
    geometry::Ring,
    motif::furniture::{Spot, solid},
    sheet::{LEVEL, Shape, Sheet},
};

pub(super) fn letter(sheet: &mut Sheet, s: Spot) {
    let paper = hex(0xf4ecd9);
    sheet.add(
        Shape::new(
            s.ring(&[(-0.62, -0.02), (0.30, -0.10), (0.48, 0.36), (-0.40, 0.46)]),
            paper.times(0.86),
        )
        .grain(LEVEL),
    );
    sheet.add(
        Shape::new(
            s.ring(&[(-0.34, 0.02), (0.58, 0.10), (0.46, 0.62), (-0.42, 0.52)]),
            paper,
        )
        .grain(LEVEL)
        .shade(1.0, 0.9),
    );
    let lines: Vec<Ring> = (0..8)
        .map(|i| {
            let y = 0.47 - 0.05 * i as f32;
            let points: Vec<(f32, f32)> = (0..22)
                .map(|k| {
                    let t = k as f32 / 21.0;
                    (
                        -0.34 + 0.76 * t * if i == 7 { 0.45 } else { 1.0 },
                        y + 0.085 * t + 0.010 * ((k * 7 + i * 3) as f32).sin(),
                    )
                })
                .collect();
            s.stroke(&points, 0.008)
        })
        .collect();
    sheet.add(solid(lines, hex(0x3a3230)));
    sheet.add(
        Shape::new(
            s.ring(&[(0.18, -0.14), (0.82, -0.06), (0.80, 0.22), (0.16, 0.14)]),
            paper.times(0.94),
        )
        .grain(LEVEL),
    );
    sheet.add(solid(
        vec![s.stroke(&[(0.16, 0.14), (0.47, 0.03), (0.80, 0.22)], 0.008)],
        hex(0x6d5f4c),
    ));
    sheet.add(Shape::new(s.oval(0.48, 0.035, 0.062, 0.058), hex(0xa03a31)).side(0.6));
}

pub(super) fn book(sheet: &mut Sheet, s: Spot) {
    for side in [-1.0, 1.0] {
        sheet.add(
            Shape::new(
                s.smooth(&[
                    (0.0, 0.04),
                    (side * 0.4, -0.02),
                    (side * 0.80, 0.06),
                    (side * 0.66, 0.50),
                    (side * 0.34, 0.46),
                    (0.0, 0.46),
                ]),
                hex(0x6d342d),
            )
            .grain(LEVEL),
        );
        let page = s.smooth(&[
            (0.0, 0.10),
            (side * 0.22, 0.10),
            (side * 0.50, 0.05),
            (side * 0.74, 0.12),
            (side * 0.61, 0.52),
            (side * 0.40, 0.49),
            (side * 0.16, 0.54),
            (0.0, 0.49),
        ]);
        sheet.add(Shape::new(page, hex(0xf3ebd8)).grain(LEVEL).side(0.3 * side));
        let lines: Vec<Ring> = (0..9)
            .map(|i| {
                let t = i as f32 / 9.0;
                let (y, out) = (0.47 - 0.34 * t, 0.56 + 0.11 * t);
                s.stroke(
                    &[(side * 0.07, y), (side * 0.3, y + 0.012), (side * out, y + 0.005)],
                    0.009,
                )
            })
            .collect();
        sheet.add(solid(lines, hex(0x5c5248)));
    }
    sheet.add(solid(
        vec![
            s.stroke(&[(0.0, 0.06), (0.0, 0.50)], 0.012),
            s.stroke(&[(0.02, 0.5), (0.06, 0.2), (0.02, -0.14)], 0.022),
        ],
        hex(0x8f3b33),
    ));
}
