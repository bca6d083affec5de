//! Horses in profile, standing or trotting, with or without a rider.

use super::figure::{self, Figure};
use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, curve, ellipse, pt, ribbon, smooth},
    reading::{Posture, Role},
    sheet::{Grain, Shape, Sheet},
};

/// A horse to be drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Horse {
    /// On the ground under the middle of the body.
    pub(crate) foot: Pt,
    /// Height at the withers, pixels.
    pub(crate) height: f32,
    pub(crate) depth: f32,
    pub(crate) left: bool,
    pub(crate) moving: bool,
    pub(crate) coat: Colour,
}

/// Bay, black, grey: coats to pick from.
pub(crate) const COATS: [Colour; 4] = [hex(0x6b4630), hex(0x3b322e), hex(0x8f8a84), hex(0x80563a)];

impl Horse {
    /// A point of the horse's own frame: x forwards, y up, in heights at the withers.
    pub(crate) fn at(&self, x: f32, y: f32) -> Pt {
        let mirror = if self.left { -1.0 } else { 1.0 };
        pt(
            self.foot.x + x * mirror * self.height,
            self.foot.y - y * self.height,
        )
    }

    fn leg(&self, joints: [(f32, f32); 4]) -> Ring {
        let line = curve(&joints.map(|(x, y)| self.at(x, y)));
        ribbon(&line, |t| {
            self.height
                * if t < 0.35 {
                    0.19 - 0.30 * t
                } else if t > 0.93 {
                    0.085
                } else {
                    0.078 - 0.02 * t
                }
        })
    }
}

/// Draws a horse.
pub(crate) fn draw(sheet: &mut Sheet, horse: &Horse) {
    let h = horse.height;
    let line = (h / 150.0).clamp(0.45, 1.0);
    let shape = |ring: Ring, colour: Colour| {
        let grain = Grain::Lines {
            angle: 0.7,
            wave: 1.0,
        };
        Shape::new(ring, colour)
            .depth(horse.depth)
            .grain(grain)
            .line(line)
            .shade(1.15, 0.72)
    };
    sheet.add(
        Shape::new(ellipse(horse.at(0.0, 0.0), h * 0.72, h * 0.05), hex(0x3c3c40))
            .depth(horse.depth)
            .line(0.0)
            .soft(2.0)
            .alpha(0.45),
    );
    let far = horse.coat.times(0.66);
    let (far_legs, near_legs) = legs(horse.moving);
    for joints in far_legs {
        sheet.add(shape(horse.leg(joints), far).line(0.6 * line));
    }
    let dark = horse.coat.times(0.42);
    let tail = curve(&[
        horse.at(-0.68, 0.88),
        horse.at(-0.86, 0.80),
        horse.at(-0.92, 0.50),
        horse.at(-0.96, 0.26),
    ]);
    sheet.add(shape(ribbon(&tail, |t| h * (0.05 + 0.13 * t * (1.3 - t))), dark).line(0.6 * line));
    for joints in near_legs {
        sheet.add(shape(horse.leg(joints), horse.coat).line(0.7 * line));
    }
    let outline = [
        (-0.60, 0.93),
        (-0.69, 0.84),
        (-0.72, 0.66),
        (-0.60, 0.50),
        (-0.34, 0.46),
        (0.02, 0.42),
        (0.30, 0.44),
        (0.50, 0.54),
        (0.56, 0.72),
        (0.64, 0.92),
        (0.75, 1.12),
        (0.84, 1.17),
        (0.93, 1.10),
        (1.04, 0.98),
        (1.11, 0.99),
        (1.12, 1.06),
        (1.04, 1.18),
        (0.93, 1.36),
        (0.87, 1.50),
        (0.83, 1.40),
        (0.68, 1.34),
        (0.48, 1.14),
        (0.30, 1.01),
        (0.10, 0.955),
        (-0.16, 0.94),
        (-0.42, 0.985),
    ];
    sheet.add(shape(smooth(&outline.map(|(x, y)| horse.at(x, y))), horse.coat).line(line));
    let mane = smooth(
        &[
            (0.86, 1.45),
            (0.70, 1.38),
            (0.50, 1.19),
            (0.32, 1.03),
            (0.38, 0.96),
            (0.50, 0.98),
            (0.58, 1.10),
            (0.72, 1.22),
            (0.84, 1.32),
        ]
        .map(|(x, y)| horse.at(x, y)),
    );
    sheet.add(shape(mane, dark).line(0.5 * line));
    let eye = ellipse(horse.at(0.925, 1.235), h * 0.02, h * 0.018);
    let bridle = ribbon(
        &[horse.at(0.80, 1.36), horse.at(0.90, 1.13), horse.at(1.04, 1.13)],
        |_| h * 0.02,
    );
    sheet.add(
        Shape::of(vec![eye, bridle], hex(0x1d1a19))
            .depth(horse.depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
}

type Joints = [(f32, f32); 4];

/// Far and near pairs of legs.
fn legs(moving: bool) -> ([Joints; 2], [Joints; 2]) {
    if moving {
        (
            [
                [(-0.52, 0.66), (-0.40, 0.44), (-0.38, 0.22), (-0.22, 0.05)],
                [(0.42, 0.62), (0.66, 0.50), (0.74, 0.30), (0.62, 0.16)],
            ],
            [
                [(-0.54, 0.70), (-0.62, 0.44), (-0.80, 0.26), (-0.90, 0.04)],
                [(0.40, 0.62), (0.42, 0.38), (0.36, 0.18), (0.26, 0.0)],
            ],
        )
    } else {
        (
            [
                [(-0.50, 0.66), (-0.48, 0.42), (-0.54, 0.22), (-0.50, 0.01)],
                [(0.40, 0.60), (0.40, 0.36), (0.39, 0.18), (0.41, 0.01)],
            ],
            [
                [(-0.56, 0.70), (-0.58, 0.44), (-0.66, 0.24), (-0.62, 0.0)],
                [(0.44, 0.62), (0.50, 0.38), (0.48, 0.18), (0.51, 0.0)],
            ],
        )
    }
}

/// A horse with somebody in the saddle.
pub(crate) fn mounted(sheet: &mut Sheet, horse: &Horse, role: Role) {
    draw(sheet, horse);
    let cloth =
        smooth(&[(-0.22, 0.97), (0.20, 0.99), (0.22, 0.66), (-0.18, 0.64)].map(|(x, y)| horse.at(x, y)));
    sheet.add(Shape::new(cloth, hex(0x8c3b34)).depth(horse.depth).line(0.7));
    let rider = Figure {
        role,
        posture: Posture::Riding,
        foot: horse.at(0.0, 0.99),
        height: horse.height * 1.16,
        depth: horse.depth,
        left: horse.left,
        cloth: None,
        bare: false,
        away: false,
    };
    figure::draw(sheet, &rider);
}
