//! Things that stand in rooms, and lamps and candles anywhere.

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, arc, curve, ellipse, pt, rect, ribbon, smooth},
    sheet::{Grain, LEVEL, Light, Shape, Sheet, UPRIGHT},
};

const WOOD: Colour = hex(0x7a5538);

/// A frame of reference for a thing: its foot and its size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) foot: Pt,
    /// Pixels that one unit of the thing takes; what the unit is, each thing says.
    pub(crate) size: f32,
}

impl Spot {
    pub(crate) fn at(&self, x: f32, y: f32) -> Pt {
        pt(self.foot.x + x * self.size, self.foot.y - y * self.size)
    }

    pub(crate) fn ring(&self, points: &[(f32, f32)]) -> Ring {
        points.iter().map(|&(x, y)| self.at(x, y)).collect()
    }

    pub(crate) fn smooth(&self, points: &[(f32, f32)]) -> Ring {
        smooth(&self.ring(points))
    }

    pub(crate) fn block(&self, x: f32, y: f32, w: f32, h: f32) -> Ring {
        rect(
            self.foot.x + x * self.size,
            self.foot.y - (y + h) * self.size,
            w * self.size,
            h * self.size,
        )
    }

    pub(crate) fn oval(&self, x: f32, y: f32, rx: f32, ry: f32) -> Ring {
        ellipse(self.at(x, y), rx * self.size, ry * self.size)
    }

    pub(crate) fn stroke(&self, points: &[(f32, f32)], thick: f32) -> Ring {
        ribbon(&curve(&self.ring(points)), |_| thick * self.size)
    }
}

pub(crate) fn solid(rings: Vec<Ring>, colour: Colour) -> Shape {
    Shape::of(rings, colour).grain(Grain::Solid).line(0.0)
}

/// A table one unit high and `wide` units across, seen a little from above.
pub(crate) fn table(sheet: &mut Sheet, spot: Spot, wide: f32, cloth: bool) {
    let half = wide * 0.5;
    sheet.add(
        Shape::new(spot.oval(0.0, 0.02, half * 1.1, 0.12), hex(0x2c2522))
            .line(0.0)
            .soft(8.0)
            .alpha(0.45),
    );
    for x in [-half * 0.86, half * 0.80, -half * 0.95, half * 0.88] {
        let near = x.abs() > half * 0.87;
        let drop = if near { 0.0 } else { 0.16 };
        sheet.add(
            Shape::new(
                spot.block(x, drop, 0.07, 0.86 - drop),
                WOOD.times(if near { 0.9 } else { 0.6 }),
            )
            .grain(UPRIGHT)
            .side(0.6),
        );
    }
    if cloth {
        let drape = spot.smooth(&[
            (-half * 1.02, 0.90),
            (-half * 1.06, 0.60),
            (-half * 0.7, 0.50),
            (-half * 0.3, 0.58),
            (0.0, 0.48),
            (half * 0.35, 0.58),
            (half * 0.75, 0.50),
            (half * 1.07, 0.60),
            (half * 1.02, 0.90),
        ]);
        sheet.add(Shape::new(drape, hex(0xe6dcc6)).grain(UPRIGHT).shade(1.0, 0.78));
        sheet.add(
            Shape::new(
                spot.ring(&[
                    (-half * 0.86, 1.06),
                    (half * 0.86, 1.06),
                    (half * 1.03, 0.88),
                    (-half * 1.03, 0.88),
                ]),
                hex(0xf0e8d6),
            )
            .grain(LEVEL),
        );
    } else {
        sheet.add(Shape::new(spot.block(-half, 0.76, wide, 0.14), WOOD.times(0.85)).grain(LEVEL));
        sheet.add(
            Shape::new(
                spot.ring(&[
                    (-half * 0.86, 1.06),
                    (half * 0.86, 1.06),
                    (half * 1.03, 0.88),
                    (-half * 1.03, 0.88),
                ]),
                WOOD.times(1.2),
            )
            .grain(LEVEL),
        );
    }
}

/// A chair one unit to the seat, looking right unless `left`.
pub(crate) fn chair(sheet: &mut Sheet, spot: Spot, left: bool) {
    let m = if left { -1.0 } else { 1.0 };
    let wood = WOOD.times(0.8);
    let sticks = vec![
        spot.stroke(&[(-0.42 * m, 0.0), (-0.36 * m, 1.0), (-0.46 * m, 2.15)], 0.10),
        spot.stroke(&[(0.36 * m, 0.0), (0.32 * m, 1.0)], 0.10),
        spot.stroke(&[(-0.22 * m, 0.14), (-0.20 * m, 1.0), (-0.30 * m, 2.15)], 0.08),
        spot.stroke(&[(0.52 * m, 0.14), (0.50 * m, 1.0)], 0.08),
        spot.stroke(&[(-0.48 * m, 2.08), (-0.26 * m, 2.12)], 0.16),
        spot.stroke(&[(-0.42 * m, 1.55), (-0.24 * m, 1.58)], 0.10),
    ];
    sheet.add(solid(sticks, wood));
    sheet.add(
        Shape::new(
            spot.ring(&[
                (-0.46 * m, 1.0),
                (0.40 * m, 1.0),
                (0.58 * m, 1.14),
                (-0.24 * m, 1.14),
            ]),
            hex(0x8c4a3f),
        )
        .grain(LEVEL),
    );
    sheet.add(
        Shape::new(
            spot.ring(&[
                (-0.46 * m, 1.0),
                (0.40 * m, 1.0),
                (0.40 * m, 0.88),
                (-0.46 * m, 0.88),
            ]),
            wood,
        )
        .grain(LEVEL)
        .line(0.7),
    );
}

/// An oil lamp with a shade, one unit high, and its light.
pub(crate) fn lamp(sheet: &mut Sheet, spot: Spot, strength: f32) {
    let at = spot.at(0.0, 0.72);
    halo(sheet, at, spot.size * 2.6, hex(0xf6cf83), 0.20);
    sheet.add(
        Shape::new(
            spot.smooth(&[
                (-0.22, 0.0),
                (-0.16, 0.08),
                (-0.05, 0.14),
                (-0.10, 0.26),
                (-0.16, 0.36),
                (0.0, 0.44),
                (0.16, 0.36),
                (0.10, 0.26),
                (0.05, 0.14),
                (0.16, 0.08),
                (0.22, 0.0),
            ]),
            hex(0xb08a4a),
        )
        .side(0.6)
        .line(0.9),
    );
    sheet.add(
        Shape::new(spot.block(-0.055, 0.42, 0.11, 0.16), hex(0xfff3c9))
            .glow()
            .line(0.5),
    );
    sheet.add(
        Shape::new(
            spot.ring(&[(-0.19, 0.98), (0.19, 0.98), (0.40, 0.52), (-0.40, 0.52)]),
            hex(0xfff0bd),
        )
        .foot(hex(0xf2bd62))
        .glow()
        .line(1.0)
        .grain(UPRIGHT),
    );
    sheet.light(Light {
        at,
        reach: spot.size * 2.9,
        colour: hex(0xf2c479),
        strength,
    });
}

/// A candle one unit high on a stick, and its light.
pub(crate) fn candle(sheet: &mut Sheet, spot: Spot, strength: f32) {
    let at = spot.at(0.0, 1.12);
    halo(sheet, at, spot.size * 1.8, hex(0xf6cf83), 0.20);
    sheet.add(
        Shape::new(
            spot.smooth(&[
                (-0.26, 0.0),
                (-0.22, 0.06),
                (-0.06, 0.10),
                (-0.07, 0.22),
                (-0.15, 0.28),
                (0.15, 0.28),
                (0.07, 0.22),
                (0.06, 0.10),
                (0.22, 0.06),
                (0.26, 0.0),
            ]),
            hex(0xb08a4a),
        )
        .side(0.6),
    );
    sheet.add(
        Shape::new(spot.block(-0.075, 0.26, 0.15, 0.68), hex(0xf5ecd6))
            .grain(UPRIGHT)
            .side(0.5),
    );
    flame(sheet, spot.at(0.0, 0.97), spot.size * 0.34);
    sheet.light(Light {
        at,
        reach: spot.size * 2.2,
        colour: hex(0xf2c479),
        strength,
    });
}

/// A flame standing on `foot`.
pub(crate) fn flame(sheet: &mut Sheet, foot: Pt, tall: f32) {
    let body = |k: f32| {
        smooth(&[
            pt(foot.x, foot.y),
            pt(foot.x - 0.24 * tall * k, foot.y - 0.28 * tall * k),
            pt(foot.x + 0.03 * tall, foot.y - tall * k),
            pt(foot.x + 0.24 * tall * k, foot.y - 0.28 * tall * k),
        ])
    };
    sheet.add(
        Shape::new(body(1.0), hex(0xf3b447))
            .glow()
            .line(0.7)
            .grain(Grain::Solid),
    );
    sheet.add(
        Shape::new(body(0.6), hex(0xfff6d2))
            .glow()
            .line(0.0)
            .grain(Grain::Solid),
    );
}

/// Rings of light in the air around a lamp.
pub(crate) fn halo(sheet: &mut Sheet, at: Pt, radius: f32, colour: Colour, alpha: f32) {
    for share in [1.0, 0.62, 0.36] {
        let r = radius * share;
        sheet.add(Shape::halo(ellipse(at, r, r), colour, (r * 0.35).max(9.0), alpha));
    }
}

/// A window whose lower left corner is the foot, one unit wide and 1.5 high; `view` is what shows through.
pub(crate) fn window(sheet: &mut Sheet, spot: Spot, view: (Colour, Colour), moon: bool, curtains: bool) {
    let frame = hex(0xd9cfb8);
    sheet.add(Shape::new(spot.block(-0.08, -0.08, 1.16, 1.66), frame).grain(UPRIGHT));
    sheet.add(
        Shape::new(spot.block(0.0, 0.0, 1.0, 1.5), view.0)
            .foot(view.1)
            .glow()
            .grain(LEVEL)
            .line(0.7),
    );
    if moon {
        sheet.add(
            Shape::new(spot.oval(0.68, 1.18, 0.105, 0.105), hex(0xfaf3dc))
                .glow()
                .line(0.4),
        );
    }
    let bars = vec![
        spot.block(0.475, 0.0, 0.05, 1.5),
        spot.block(0.0, 0.96, 1.0, 0.045),
        spot.block(0.0, 0.46, 1.0, 0.035),
    ];
    sheet.add(Shape::of(bars, frame).grain(Grain::Solid).line(0.0));
    sheet.add(Shape::new(spot.block(-0.16, -0.16, 1.32, 0.09), frame.times(0.92)).grain(LEVEL));
    if curtains {
        for side in [0.0, 1.0] {
            let x = |v: f32| if side == 0.0 { v } else { 1.0 - v };
            let ring = spot.smooth(&[
                (x(-0.30), 1.68),
                (x(0.32), 1.68),
                (x(0.20), 1.15),
                (x(-0.02), 0.72),
                (x(0.06), 0.3),
                (x(0.0), -0.42),
                (x(-0.30), -0.42),
                (x(-0.26), 0.6),
            ]);
            sheet.add(
                Shape::new(ring, hex(0x8a4f45))
                    .grain(UPRIGHT)
                    .shade(1.05, 0.8)
                    .side(0.3),
            );
        }
        sheet.add(Shape::new(spot.block(-0.38, 1.64, 1.76, 0.09), WOOD).grain(LEVEL));
    }
}

/// A tiled or Russian stove, two units high.
pub(crate) fn stove(sheet: &mut Sheet, spot: Spot, lit: bool) {
    let white = hex(0xe2dac8);
    sheet.add(
        Shape::new(spot.block(-0.55, 0.0, 1.10, 1.9), white)
            .grain(LEVEL)
            .side(0.6),
    );
    sheet.add(Shape::new(spot.block(-0.62, 1.82, 1.24, 0.14), white.times(1.05)).grain(LEVEL));
    sheet.add(
        Shape::new(spot.block(-0.34, 1.94, 0.68, 0.9), white.times(0.95))
            .grain(LEVEL)
            .side(0.6),
    );
    let mut mouth = spot.ring(&[(-0.28, 0.5)]);
    mouth.extend(arc(
        spot.at(0.0, 0.86),
        0.28 * spot.size,
        0.26 * spot.size,
        std::f32::consts::PI,
        std::f32::consts::TAU,
    ));
    mouth.push(spot.at(0.28, 0.5));
    if lit {
        sheet.add(
            Shape::new(mouth, hex(0xf0a545))
                .glow()
                .grain(Grain::Solid)
                .line(1.0),
        );
        flame(sheet, spot.at(-0.06, 0.52), spot.size * 0.42);
        flame(sheet, spot.at(0.10, 0.52), spot.size * 0.30);
        sheet.light(Light {
            at: spot.at(0.0, 0.6),
            reach: spot.size * 1.7,
            colour: hex(0xf0a352),
            strength: 0.8,
        });
    } else {
        sheet.add(Shape::new(mouth, hex(0x2c2624)).grain(Grain::Solid).line(1.0));
    }
    let tiles: Vec<Ring> = (1..6)
        .map(|i| spot.block(-0.55, 0.31 * i as f32, 1.1, 0.012))
        .filter(|_| !lit)
        .collect();
    sheet.add(solid(tiles, white.times(0.6)));
}

/// A bed along the wall, one unit high, head on the left.
pub(crate) fn bed(sheet: &mut Sheet, spot: Spot) {
    sheet.add(Shape::new(spot.block(-1.5, 0.0, 0.14, 1.55), WOOD).grain(UPRIGHT));
    sheet.add(
        Shape::new(
            spot.ring(&[(-1.4, 0.22), (1.5, 0.22), (1.5, 0.62), (-1.4, 0.62)]),
            WOOD.times(0.8),
        )
        .grain(LEVEL),
    );
    sheet.add(
        Shape::new(
            spot.smooth(&[
                (-1.38, 0.60),
                (-1.3, 0.92),
                (-0.4, 0.86),
                (0.6, 0.90),
                (1.42, 0.84),
                (1.56, 0.42),
                (1.2, 0.30),
                (0.4, 0.36),
                (-0.4, 0.30),
                (-0.9, 0.4),
            ]),
            hex(0xb6a58c),
        )
        .grain(Grain::Lines {
            angle: 0.5,
            wave: 2.0,
        })
        .shade(1.1, 0.75),
    );
    sheet.add(
        Shape::new(
            spot.smooth(&[
                (-1.36, 0.80),
                (-1.28, 1.12),
                (-0.86, 1.16),
                (-0.62, 0.94),
                (-0.74, 0.80),
            ]),
            hex(0xf1ebdd),
        )
        .grain(LEVEL),
    );
    sheet.add(Shape::new(spot.block(1.48, 0.0, 0.13, 1.08), WOOD).grain(UPRIGHT));
}

/// Shelves of books, two units wide and three high, foot in the middle.
pub(crate) fn bookshelf(sheet: &mut Sheet, spot: Spot) {
    let mut chance = sheet.chance.fork("books");
    sheet.add(Shape::new(spot.block(-1.0, 0.0, 2.0, 3.0), WOOD.times(0.55)).grain(UPRIGHT));
    let bindings = [
        hex(0x7b3a31),
        hex(0x4f5c49),
        hex(0x8d7447),
        hex(0x3f4a5c),
        hex(0x6a5140),
        hex(0xa89670),
    ];
    for shelf in 0..4 {
        let y = 0.10 + 0.73 * shelf as f32;
        let mut x = -0.90;
        while x < 0.80 {
            let (wide, tall) = (chance.range(0.07, 0.14), chance.range(0.40, 0.58));
            if !chance.flip(0.08) {
                let book = Shape::new(spot.block(x, y, wide, tall), chance.pick(&bindings))
                    .grain(UPRIGHT)
                    .line(0.5);
                sheet.add(book);
            }
            x += wide + 0.008;
        }
        sheet.add(
            Shape::new(spot.block(-1.0, y - 0.07, 2.0, 0.07), WOOD)
                .grain(LEVEL)
                .line(0.7),
        );
    }
    for x in [-1.04, 0.94] {
        sheet.add(Shape::new(spot.block(x, 0.0, 0.10, 3.04), WOOD).grain(UPRIGHT));
    }
    sheet.add(Shape::new(spot.block(-1.1, 3.0, 2.2, 0.13), WOOD.times(1.1)).grain(LEVEL));
}

/// A framed portrait or a mirror, one unit wide, foot at the lower left corner.
pub(crate) fn framed(sheet: &mut Sheet, spot: Spot, mirror: bool) {
    sheet.add(Shape::new(spot.block(-0.1, -0.1, 1.2, 1.5), hex(0xa9853f)).grain(UPRIGHT));
    let inside = if mirror { hex(0xc9d3d1) } else { hex(0x5c5344) };
    sheet.add(
        Shape::new(spot.block(0.0, 0.0, 1.0, 1.3), inside)
            .grain(Grain::Lines {
                angle: 0.8,
                wave: 0.5,
            })
            .shade(1.2, 0.8),
    );
    if mirror {
        sheet.add(solid(
            vec![spot.ring(&[(0.15, 0.5), (0.55, 1.2), (0.68, 1.2), (0.28, 0.5)])],
            hex(0xeef2ef),
        ));
        return;
    }
    sheet.add(
        Shape::new(
            spot.smooth(&[(0.14, 0.0), (0.2, 0.34), (0.5, 0.46), (0.8, 0.34), (0.86, 0.0)]),
            hex(0x35312f),
        )
        .line(0.5),
    );
    sheet.add(Shape::new(spot.oval(0.5, 0.70, 0.165, 0.22), hex(0xd9b48e)).line(0.5));
    sheet.add(
        Shape::new(
            spot.smooth(&[
                (0.33, 0.74),
                (0.36, 0.94),
                (0.5, 0.98),
                (0.65, 0.94),
                (0.67, 0.74),
                (0.5, 0.86),
            ]),
            hex(0x3d302a),
        )
        .line(0.4),
    );
}

/// A grand piano, one unit to the lid, keyboard to the left.
pub(crate) fn piano(sheet: &mut Sheet, spot: Spot) {
    let black = hex(0x2b2727);
    for x in [-0.85, 0.2, 0.95] {
        sheet.add(
            Shape::new(spot.block(x, 0.0, 0.10, 0.66), black)
                .grain(UPRIGHT)
                .side(0.5),
        );
    }
    sheet.add(
        Shape::new(
            spot.smooth(&[(-0.9, 1.02), (-0.5, 1.9), (0.9, 1.66), (1.1, 1.04)]),
            black.times(1.5),
        )
        .grain(Grain::Lines {
            angle: -0.3,
            wave: 0.6,
        }),
    );
    sheet.add(
        Shape::new(
            spot.ring(&[(-1.1, 0.62), (1.1, 0.62), (1.1, 1.0), (-1.1, 1.0)]),
            black,
        )
        .grain(LEVEL),
    );
    sheet.add(
        Shape::new(
            spot.ring(&[(-1.28, 0.66), (-0.98, 0.66), (-0.94, 0.76), (-1.24, 0.76)]),
            hex(0xf2ecdc),
        )
        .grain(UPRIGHT)
        .line(0.7),
    );
}
