//! Ships under sail and small boats.

use super::figure::{self, Figure};
use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, curve, pt, ribbon, smooth},
    reading::{Posture, Role},
    sheet::{Grain, LEVEL, Shape, Sheet, UPRIGHT},
};

/// A vessel in profile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vessel {
    /// On the water line amidships.
    pub(crate) at: Pt,
    /// Height of the main mast, pixels.
    pub(crate) size: f32,
    pub(crate) depth: f32,
    pub(crate) left: bool,
    /// Radians of heel: storm.
    pub(crate) heel: f32,
}

impl Vessel {
    fn at(&self, x: f32, y: f32) -> Pt {
        let mirror = if self.left { -1.0 } else { 1.0 };
        self.at + pt(x * mirror * self.size, -y * self.size).rotated(self.heel)
    }

    fn ring(&self, points: &[(f32, f32)]) -> Ring {
        smooth(&points.iter().map(|&(x, y)| self.at(x, y)).collect::<Vec<_>>())
    }

    fn shape(&self, ring: Ring, colour: Colour) -> Shape {
        Shape::new(ring, colour)
            .depth(self.depth)
            .line((self.size / 240.0).clamp(0.4, 1.0))
    }

    fn solid(&self, rings: Vec<Ring>, colour: Colour) -> Shape {
        Shape::of(rings, colour)
            .depth(self.depth)
            .grain(Grain::Solid)
            .line(0.0)
    }
}

/// A three-masted ship.
pub(crate) fn ship(sheet: &mut Sheet, vessel: &Vessel) {
    let s = vessel.size;
    let masts = [(-0.33, 0.82), (0.0, 1.0), (0.32, 0.90)];
    let mut spars: Vec<Ring> = masts
        .iter()
        .map(|&(x, top)| {
            ribbon(&[vessel.at(x, 0.05), vessel.at(x - 0.01, top)], |t| {
                s * (0.020 - 0.010 * t)
            })
        })
        .collect();
    spars.push(ribbon(&[vessel.at(0.44, 0.13), vessel.at(0.72, 0.30)], |t| {
        s * (0.018 - 0.008 * t)
    }));
    let stays: [((f32, f32), (f32, f32)); 6] = [
        ((0.70, 0.29), (0.30, 0.86)),
        ((0.30, 0.86), (0.02, 0.98)),
        ((0.02, 0.98), (-0.30, 0.78)),
        ((-0.30, 0.78), (-0.55, 0.16)),
        ((0.02, 0.90), (-0.18, 0.12)),
        ((0.31, 0.80), (0.12, 0.12)),
    ];
    spars.extend(stays.map(|((ax, ay), (bx, by))| {
        ribbon(&[vessel.at(ax, ay), vessel.at(bx, by)], |_| (s * 0.004).max(0.6))
    }));
    sheet.add(vessel.solid(spars, hex(0x3a2f29)));
    let canvas = hex(0xf1e8d4);
    for (x, top) in masts {
        for (low, high, half) in [(0.22, 0.45, 0.128), (0.475, 0.69, 0.108), (0.715, 0.88, 0.080)] {
            if high > top + 0.04 {
                continue;
            }
            let (low, high) = (low * top.max(0.88), high * top.max(0.88));
            let belly = 0.035;
            let sail = vessel.ring(&[
                (x - half * 0.82, high),
                (x, high - 0.008),
                (x + half * 0.82, high),
                (x + half * 1.02 + belly, (low + high) * 0.5),
                (x + half, low),
                (x + belly, low + 0.035),
                (x - half, low),
                (x - half * 0.86 + belly, (low + high) * 0.5),
            ]);
            sheet.add(
                vessel
                    .shape(sail, canvas)
                    .side(0.7)
                    .shade(1.05, 0.86)
                    .grain(UPRIGHT),
            );
        }
    }
    for (tip, foot) in [((0.36, 0.80), (0.72, 0.29)), ((0.38, 0.60), (0.60, 0.23))] {
        let jib = vessel.ring(&[
            tip,
            (foot.0, foot.1),
            (tip.0 + 0.05, foot.1 + 0.02),
            (tip.0 + 0.05, (tip.1 + foot.1) * 0.5),
        ]);
        sheet.add(vessel.shape(jib, canvas).side(0.5).grain(UPRIGHT));
    }
    let hull = vessel.ring(&[
        (-0.56, 0.20),
        (-0.50, 0.17),
        (-0.3, 0.12),
        (0.1, 0.09),
        (0.40, 0.12),
        (0.52, 0.17),
        (0.46, 0.04),
        (0.38, -0.06),
        (-0.40, -0.06),
        (-0.50, 0.02),
    ]);
    sheet.add(vessel.shape(hull, hex(0x3f2f29)).shade(1.2, 0.6).grain(LEVEL));
    let band = ribbon(
        &curve(&[
            vessel.at(-0.52, 0.115),
            vessel.at(-0.2, 0.062),
            vessel.at(0.15, 0.045),
            vessel.at(0.48, 0.10),
        ]),
        |_| s * 0.026,
    );
    sheet.add(vessel.solid(vec![band], hex(0xd9c59a)));
    let ports: Vec<Ring> = (0..9)
        .map(|i| {
            let x = -0.42 + 0.1 * i as f32;
            let y = 0.045 + 0.22 * (x - 0.08) * (x - 0.08);
            ribbon(&[vessel.at(x - 0.012, y), vessel.at(x + 0.012, y)], |_| s * 0.02)
        })
        .collect();
    sheet.add(vessel.solid(ports, hex(0x211b19)));
    let flag = vessel.ring(&[
        (0.01, 1.0),
        (0.01, 1.05),
        (-0.06, 1.055),
        (-0.14, 1.03),
        (-0.08, 1.01),
    ]);
    sheet.add(vessel.shape(flag, hex(0xa8473a)));
    bow_wave(sheet, vessel);
}

fn bow_wave(sheet: &mut Sheet, vessel: &Vessel) {
    let s = vessel.size;
    let line = |y: f32| {
        curve(&[
            vessel.at(-0.62, y),
            vessel.at(-0.2, y + 0.018),
            vessel.at(0.2, y),
            vessel.at(0.44, y + 0.02),
            vessel.at(0.60, y + 0.01),
        ])
    };
    let foam = vec![ribbon(&line(-0.055), |t| s * 0.03 * (0.3 + t))];
    sheet.add(vessel.solid(foam, hex(0xf3f2ea)));
}

/// A rowing boat with somebody in it.
pub(crate) fn boat(sheet: &mut Sheet, vessel: &Vessel, role: Role) {
    let rower = Figure {
        role,
        posture: Posture::Sitting,
        foot: vessel.at(-0.05, 0.0),
        height: vessel.size,
        depth: vessel.depth,
        left: vessel.left,
        cloth: None,
        bare: false,
        away: false,
    };
    figure::draw(sheet, &rower);
    let oar = [vessel.at(0.08, 0.42), vessel.at(0.62, -0.12)];
    sheet.add(vessel.solid(
        vec![ribbon(&oar, |t| vessel.size * if t > 0.5 { 0.05 } else { 0.025 })],
        hex(0x5c4636),
    ));
    let hull = vessel.ring(&[
        (-0.80, 0.26),
        (-0.5, 0.17),
        (0.0, 0.13),
        (0.5, 0.17),
        (0.86, 0.30),
        (0.66, -0.02),
        (0.4, -0.08),
        (-0.4, -0.08),
        (-0.66, -0.02),
    ]);
    sheet.add(vessel.shape(hull, hex(0x6b4b35)).shade(1.15, 0.7).grain(LEVEL));
    let plank = curve(&[
        vessel.at(-0.74, 0.16),
        vessel.at(0.0, 0.04),
        vessel.at(0.78, 0.18),
    ]);
    sheet.add(vessel.solid(vec![ribbon(&plank, |_| vessel.size * 0.014)], hex(0x35261d)));
}
