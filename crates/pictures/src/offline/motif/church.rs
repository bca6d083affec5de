//! Churches with onion domes, and castles.

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, arc, pt, rect, ribbon, smooth},
    sheet::{Grain, LEVEL, Shape, Sheet, UPRIGHT},
};

/// A building placed by the middle of its foot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Landmark {
    pub(crate) foot: Pt,
    /// Whole height, pixels.
    pub(crate) height: f32,
    pub(crate) depth: f32,
    pub(crate) snowy: bool,
    pub(crate) lit: bool,
}

impl Landmark {
    fn at(&self, x: f32, y: f32) -> Pt {
        pt(self.foot.x + x * self.height, self.foot.y - y * self.height)
    }

    fn block(&self, x: f32, y: f32, width: f32, tall: f32) -> Ring {
        rect(
            self.foot.x + (x - width * 0.5) * self.height,
            self.foot.y - (y + tall) * self.height,
            width * self.height,
            tall * self.height,
        )
    }

    fn shape(&self, ring: Ring, colour: Colour) -> Shape {
        Shape::new(ring, colour)
            .depth(self.depth)
            .side(0.6)
            .grain(UPRIGHT)
            .line((self.height / 220.0).clamp(0.45, 1.1))
    }

    fn solid(&self, rings: Vec<Ring>, colour: Colour) -> Shape {
        Shape::of(rings, colour)
            .depth(self.depth)
            .grain(Grain::Solid)
            .line(0.0)
    }

    fn arch(&self, x: f32, y: f32, width: f32, tall: f32) -> Ring {
        let mut ring = vec![self.at(x - width * 0.5, y)];
        ring.extend(arc(
            self.at(x, y + tall),
            width * 0.5 * self.height,
            width * 0.5 * self.height,
            std::f32::consts::PI,
            std::f32::consts::TAU,
        ));
        ring.push(self.at(x + width * 0.5, y));
        ring
    }

    fn windows(&self, sheet: &mut Sheet, arches: Vec<Ring>) {
        let shape = self.solid(arches, if self.lit { hex(0xf4c667) } else { hex(0x474c55) });
        sheet.add(if self.lit { shape.glow() } else { shape });
    }
}

/// A white church: nave, drum, five domes, bell tower.
pub(crate) fn church(sheet: &mut Sheet, place: &Landmark) {
    let white = hex(0xefe9dc);
    let green = if place.snowy { hex(0xf0f2f4) } else { hex(0x5e7f74) };
    sheet.add(place.shape(place.block(-0.44, 0.0, 0.20, 0.42), white));
    sheet.add(place.shape(place.block(-0.44, 0.42, 0.15, 0.17), white));
    let spire = [(-0.53, 0.59), (-0.44, 0.84), (-0.35, 0.59)].map(|(x, y)| place.at(x, y));
    sheet.add(place.shape(spire.to_vec(), green));
    cross(sheet, place, -0.44, 0.84, 0.07);
    sheet.add(place.shape(place.block(-0.24, 0.0, 0.26, 0.24), white.times(0.94)));
    sheet.add(place.shape(place.block(0.10, 0.0, 0.46, 0.36), white));
    let roof = [(-0.15, 0.36), (-0.08, 0.43), (0.28, 0.43), (0.35, 0.36)].map(|(x, y)| place.at(x, y));
    sheet.add(place.shape(roof.to_vec(), green).grain(LEVEL));
    for (x, width, base) in [(-0.05, 0.075, 0.43), (0.25, 0.075, 0.43), (0.10, 0.15, 0.43)] {
        let tall = width * 1.25;
        sheet.add(place.shape(place.block(x, base, width, tall), white));
        place.windows(
            sheet,
            vec![place.arch(x, base + tall * 0.2, width * 0.22, tall * 0.4)],
        );
        dome(
            sheet,
            place,
            x,
            base + tall,
            width * 0.72,
            if x == 0.10 { hex(0xd2a443) } else { green },
        );
    }
    let arches = [-0.06, 0.04, 0.16, 0.26]
        .map(|x| place.arch(x, 0.13, 0.035, 0.11))
        .to_vec();
    place.windows(sheet, arches);
    place.windows(
        sheet,
        vec![
            place.arch(-0.44, 0.46, 0.05, 0.08),
            place.arch(-0.44, 0.22, 0.04, 0.08),
        ],
    );
    sheet.add(place.solid(vec![place.arch(0.10, 0.0, 0.07, 0.10)], hex(0x5b4332)));
}

fn dome(sheet: &mut Sheet, place: &Landmark, x: f32, y: f32, r: f32, colour: Colour) {
    let onion = [
        (0.0, 2.3),
        (-0.10, 1.95),
        (-0.45, 1.45),
        (-0.98, 0.95),
        (-1.02, 0.5),
        (-0.62, 0.0),
        (0.62, 0.0),
        (1.02, 0.5),
        (0.98, 0.95),
        (0.45, 1.45),
        (0.10, 1.95),
    ];
    let ring = smooth(&onion.map(|(dx, dy)| place.at(x + dx * r, y + dy * r)));
    sheet.add(place.shape(ring, colour).side(0.9).grain(Grain::Lines {
        angle: 1.2,
        wave: 1.0,
    }));
    cross(sheet, place, x, y + r * 2.2, r * 0.9);
}

fn cross(sheet: &mut Sheet, place: &Landmark, x: f32, y: f32, size: f32) {
    let thick = (place.height * size * 0.13).max(0.9);
    let bar = |half: f32, up: f32, tilt: f32| {
        ribbon(
            &[
                place.at(x - half * size, y + (up + tilt) * size),
                place.at(x + half * size, y + (up - tilt) * size),
            ],
            |_| thick,
        )
    };
    let rings = vec![
        ribbon(&[place.at(x, y), place.at(x, y + size)], |_| thick),
        bar(0.3, 0.72, 0.0),
        bar(0.18, 0.9, 0.0),
        bar(0.2, 0.38, 0.09),
    ];
    sheet.add(place.solid(rings, hex(0xb8913f)));
}

/// A castle of towers on its rock.
pub(crate) fn castle(sheet: &mut Sheet, place: &Landmark) {
    let stone = hex(0x9a9184);
    let rock = smooth(
        &[
            (-0.75, -0.10),
            (-0.62, 0.02),
            (-0.50, 0.12),
            (-0.2, 0.15),
            (0.1, 0.13),
            (0.42, 0.15),
            (0.58, 0.02),
            (0.80, -0.12),
            (0.3, -0.16),
            (-0.3, -0.16),
        ]
        .map(|(x, y)| place.at(x, y)),
    );
    sheet.add(place.shape(rock, hex(0x7d776c)).grain(Grain::Lines {
        angle: 1.1,
        wave: 2.0,
    }));
    tower(sheet, place, 0.02, 0.12, 0.20, 0.62, true);
    tower(sheet, place, -0.20, 0.12, 0.13, 0.44, true);
    sheet.add(
        place
            .shape(place.block(0.0, 0.12, 0.80, 0.24), stone.times(0.95))
            .grain(LEVEL),
    );
    crenels(sheet, place, -0.40, 0.40, 0.36, stone.times(0.95));
    tower(sheet, place, -0.42, 0.10, 0.16, 0.40, false);
    tower(sheet, place, 0.42, 0.10, 0.17, 0.50, true);
    tower(sheet, place, 0.20, 0.12, 0.10, 0.33, false);
    sheet.add(place.solid(vec![place.arch(-0.08, 0.12, 0.10, 0.08)], hex(0x2f2b2a)));
    place.windows(
        sheet,
        vec![
            place.arch(-0.26, 0.24, 0.022, 0.03),
            place.arch(0.08, 0.24, 0.022, 0.03),
            place.arch(0.30, 0.24, 0.022, 0.03),
        ],
    );
}

fn tower(sheet: &mut Sheet, place: &Landmark, x: f32, base: f32, width: f32, tall: f32, roofed: bool) {
    let stone = hex(0xa39a8b);
    sheet.add(
        place
            .shape(place.block(x, base, width, tall), stone)
            .side(0.9)
            .grain(LEVEL),
    );
    let top = base + tall;
    sheet.add(
        place
            .shape(place.block(x, top - 0.03, width * 1.18, 0.045), stone.times(1.05))
            .line(0.7),
    );
    crenels(
        sheet,
        place,
        x - width * 0.59,
        x + width * 0.59,
        top + 0.015,
        stone,
    );
    if roofed {
        let cone = [
            (x - width * 0.56, top + 0.02),
            (x, top + width * 1.55),
            (x + width * 0.56, top + 0.02),
        ]
        .map(|(x, y)| place.at(x, y));
        let tile = if place.snowy { hex(0xeef1f3) } else { hex(0x7a4a3f) };
        sheet.add(place.shape(cone.to_vec(), tile).side(0.9));
        let flag = [
            (x, top + width * 1.55),
            (x, top + width * 1.55 + 0.07),
            (x + 0.07, top + width * 1.55 + 0.05),
            (x, top + width * 1.55 + 0.03),
        ]
        .map(|(x, y)| place.at(x, y));
        sheet.add(place.solid(vec![flag.to_vec()], hex(0x9c4238)));
    }
    place.windows(
        sheet,
        vec![
            place.arch(x, base + tall * 0.62, width * 0.16, tall * 0.08),
            place.arch(x, base + tall * 0.32, width * 0.13, tall * 0.06),
        ],
    );
}

fn crenels(sheet: &mut Sheet, place: &Landmark, from: f32, to: f32, y: f32, stone: Colour) {
    let count = ((to - from) / 0.036).max(3.0) as usize;
    for i in 0..count {
        let x = from + (to - from) * (i as f32 + 0.5) / count as f32;
        sheet.add(
            place
                .shape(place.block(x, y - 0.005, 0.02, 0.03), stone)
                .line(0.4),
        );
    }
}
