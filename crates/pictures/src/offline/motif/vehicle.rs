//! What horses draw: the carriage and the sleigh.

use std::f32::consts::{PI, TAU};

use super::{
    figure::{self, Figure},
    horse::{self, Horse},
};
use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, curve, ellipse, place, pt, ribbon, smooth},
    reading::{Posture, Role},
    sheet::{Grain, LEVEL, Light, Shape, Sheet, UPRIGHT},
};

/// A team and what it draws, in profile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Team {
    /// On the ground under the middle of the vehicle.
    pub(crate) foot: Pt,
    /// Height of the vehicle, pixels.
    pub(crate) size: f32,
    pub(crate) depth: f32,
    pub(crate) left: bool,
    pub(crate) horses: usize,
    pub(crate) lamp: bool,
}

impl Team {
    fn at(&self, x: f32, y: f32) -> Pt {
        let mirror = if self.left { -1.0 } else { 1.0 };
        pt(self.foot.x + x * mirror * self.size, self.foot.y - y * self.size)
    }

    fn ring(&self, points: &[(f32, f32)]) -> Ring {
        smooth(&points.iter().map(|&(x, y)| self.at(x, y)).collect::<Vec<_>>())
    }

    fn shape(&self, ring: Ring, colour: Colour) -> Shape {
        Shape::new(ring, colour)
            .depth(self.depth)
            .grain(UPRIGHT)
            .shade(1.1, 0.78)
            .line((self.size / 130.0).clamp(0.5, 1.1))
    }

    fn solid(&self, rings: Vec<Ring>, colour: Colour) -> Shape {
        Shape::of(rings, colour)
            .depth(self.depth)
            .grain(Grain::Solid)
            .line(0.0)
    }

    /// Harnessed horses ahead; the furthest is drawn first.
    fn draw_horses(&self, sheet: &mut Sheet, ahead: f32, height: f32) {
        let mut chance = sheet.chance.fork("team");
        for i in (0..self.horses).rev() {
            let aside = i as f32;
            let foot = self.at(ahead + 0.16 * aside, 0.035 * aside);
            let coat = chance.pick(&horse::COATS);
            let beast = Horse {
                foot,
                height: self.size * height,
                depth: self.depth,
                left: self.left,
                moving: true,
                coat,
            };
            horse::draw(sheet, &beast);
            let collar = smooth(
                &[(0.40, 1.06), (0.48, 1.04), (0.60, 0.62), (0.52, 0.56)].map(|(x, y)| beast.at(x, y)),
            );
            sheet.add(self.solid(vec![collar], hex(0x2c2522)));
        }
    }

    /// The wooden bow over the shaft horse.
    fn draw_bow(&self, sheet: &mut Sheet, ahead: f32, height: f32) {
        let bow: Vec<Pt> = (0..=14)
            .map(|i| {
                let angle = PI * i as f32 / 14.0;
                self.at(
                    ahead + height * (0.44 - 0.13 * angle.cos()),
                    height * (1.0 + 0.52 * angle.sin()),
                )
            })
            .collect();
        sheet.add(self.solid(vec![ribbon(&bow, |_| self.size * 0.028)], hex(0x8c4a30)));
    }

    fn draw_shafts(&self, sheet: &mut Sheet, from: (f32, f32), ahead: f32, height: f32) {
        let thick = self.size * 0.022;
        let shaft = curve(&[
            self.at(from.0, from.1),
            self.at((from.0 + ahead) * 0.5, 0.36),
            self.at(ahead + height * 0.5, height * 0.66),
        ]);
        let reins = curve(&[
            self.at(from.0 - 0.02, from.1 + 0.45),
            self.at(ahead - 0.1, height * 1.02),
            self.at(ahead + height * 1.0, height * 1.10),
        ]);
        sheet.add(self.solid(
            vec![ribbon(&shaft, |_| thick), ribbon(&reins, |_| thick * 0.35)],
            hex(0x332a25),
        ));
    }

    fn driver(&self, sheet: &mut Sheet, x: f32, y: f32) {
        let driver = Figure {
            role: Role::Peasant,
            posture: Posture::Sitting,
            foot: self.at(x, y - 0.16),
            height: self.size * 0.80,
            depth: self.depth,
            left: self.left,
            cloth: Some(hex(0x4e4a52)),
            bare: false,
            away: false,
        };
        figure::draw(sheet, &driver);
    }
}

/// A closed carriage with a coachman.
pub(crate) fn carriage(sheet: &mut Sheet, team: &Team) {
    ground_shadow(sheet, team);
    let ahead = 1.36;
    team.draw_horses(sheet, ahead, 0.62);
    team.draw_shafts(sheet, (0.55, 0.34), ahead, 0.62);
    wheel(sheet, team, team.at(-0.42, 0.27), 0.27, 0.7);
    wheel(sheet, team, team.at(0.50, 0.20), 0.20, 0.7);
    let frame = curve(&[
        team.at(-0.58, 0.52),
        team.at(-0.40, 0.30),
        team.at(0.10, 0.26),
        team.at(0.50, 0.30),
        team.at(0.70, 0.46),
    ]);
    sheet.add(team.solid(vec![ribbon(&frame, |_| team.size * 0.045)], hex(0x2b2422)));
    let body = team.ring(&[
        (-0.46, 0.95),
        (-0.50, 0.62),
        (-0.38, 0.40),
        (-0.05, 0.31),
        (0.24, 0.40),
        (0.33, 0.62),
        (0.30, 0.95),
        (-0.08, 1.0),
    ]);
    sheet.add(team.shape(body, hex(0x5a2f2c)).grain(LEVEL));
    let roof = team.ring(&[
        (-0.52, 0.94),
        (-0.46, 1.01),
        (-0.08, 1.06),
        (0.30, 1.01),
        (0.37, 0.94),
        (-0.08, 0.955),
    ]);
    sheet.add(team.shape(roof, hex(0x2a2527)));
    let trunk = team.ring(&[(-0.36, 1.03), (-0.35, 1.15), (0.05, 1.16), (0.06, 1.05)]);
    sheet.add(team.shape(trunk, hex(0x7a5c3e)));
    let pane = team.ring(&[(-0.20, 0.88), (-0.20, 0.64), (0.10, 0.64), (0.10, 0.88)]);
    let glass = if team.lamp { hex(0xf3cf7d) } else { hex(0xc9d3d2) };
    let window = team.shape(pane, glass);
    sheet.add(if team.lamp { window.glow() } else { window });
    let door = [(-0.24, 0.92), (-0.24, 0.42), (0.14, 0.42), (0.14, 0.92)].map(|(x, y)| team.at(x, y));
    sheet.add(team.solid(
        vec![ribbon(&[door[0], door[1], door[2], door[3]], |_| {
            team.size * 0.012
        })],
        hex(0xc09a55),
    ));
    let seat = team.ring(&[
        (0.36, 0.78),
        (0.36, 0.56),
        (0.66, 0.50),
        (0.72, 0.62),
        (0.46, 0.66),
    ]);
    sheet.add(team.shape(seat, hex(0x2f2a2a)));
    team.driver(sheet, 0.46, 0.60);
    wheel(sheet, team, team.at(-0.36, 0.27), 0.29, 1.0);
    wheel(sheet, team, team.at(0.54, 0.20), 0.22, 1.0);
    if team.lamp {
        let at = team.at(0.36, 0.84);
        sheet.add(
            team.solid(
                vec![ellipse(at, team.size * 0.035, team.size * 0.05)],
                hex(0xffe9a8),
            )
            .glow(),
        );
        sheet.light(Light {
            at,
            reach: team.size * 0.7,
            colour: hex(0xf3c271),
            strength: 0.9,
        });
    }
}

/// A low sleigh with two passengers in furs.
pub(crate) fn sleigh(sheet: &mut Sheet, team: &Team) {
    ground_shadow(sheet, team);
    let ahead = 1.30;
    team.draw_horses(sheet, ahead, 0.70);
    team.draw_shafts(sheet, (0.5, 0.30), ahead, 0.70);
    team.draw_bow(sheet, ahead, 0.70);
    let runner = curve(&[
        team.at(-0.66, 0.05),
        team.at(0.0, 0.03),
        team.at(0.62, 0.04),
        team.at(0.86, 0.18),
        team.at(0.80, 0.36),
    ]);
    sheet.add(team.solid(vec![ribbon(&runner, |_| team.size * 0.045)], hex(0x3a2c24)));
    let struts =
        [-0.4, 0.0, 0.4].map(|x| ribbon(&[team.at(x, 0.05), team.at(x, 0.24)], |_| team.size * 0.035));
    sheet.add(team.solid(struts.to_vec(), hex(0x3a2c24)));
    for (x, role) in [(-0.30, Role::Lady), (-0.08, Role::Peasant)] {
        let passenger = Figure {
            role,
            posture: Posture::Sitting,
            foot: team.at(x, 0.08),
            height: team.size * 0.95,
            depth: team.depth,
            left: team.left,
            cloth: Some(hex(0x6e4b3a)),
            bare: false,
            away: false,
        };
        figure::draw(sheet, &passenger);
    }
    let body = team.ring(&[
        (-0.72, 0.78),
        (-0.62, 0.40),
        (-0.46, 0.20),
        (0.30, 0.18),
        (0.58, 0.30),
        (0.70, 0.58),
        (0.60, 0.52),
        (0.34, 0.40),
        (-0.2, 0.42),
        (-0.44, 0.56),
        (-0.58, 0.80),
    ]);
    sheet.add(team.shape(body, hex(0x7d3a30)));
    team.driver(sheet, 0.40, 0.36);
}

fn wheel(sheet: &mut Sheet, team: &Team, at: Pt, radius: f32, light: f32) {
    let r = radius * team.size;
    let rim = vec![ellipse(at, r, r), ellipse(at, r * 0.84, r * 0.84)];
    let wood = hex(0x5b4331).times(light);
    sheet.add(Shape::of(rim, wood).depth(team.depth).line(0.6));
    let spokes: Vec<Ring> = (0..10)
        .map(|i| {
            let angle = TAU * i as f32 / 10.0;
            let tip = pt(at.x + angle.cos() * r * 0.88, at.y + angle.sin() * r * 0.88);
            ribbon(&[at, tip], |_| r * 0.065)
        })
        .chain([ellipse(at, r * 0.15, r * 0.15)])
        .collect();
    sheet.add(team.solid(spokes, wood.times(0.85)));
}

fn ground_shadow(sheet: &mut Sheet, team: &Team) {
    let ring = place(
        &ellipse(pt(0.1, 0.0), 0.85, 0.06),
        team.foot,
        team.size,
        team.left,
    );
    sheet.add(
        Shape::new(ring, hex(0x3a3a40))
            .depth(team.depth)
            .line(0.0)
            .soft(3.0)
            .alpha(0.5),
    );
}
