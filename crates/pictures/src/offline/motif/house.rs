//! Houses of logs and of stone, their windows, fences and chimneys.

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, ellipse, pt, ribbon, smooth},
    sheet::{Grain, LEVEL, Light, Shape, Sheet, UPRIGHT},
};

/// A house seen from its gable side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct House {
    /// Left end of the front at the ground.
    pub(crate) foot: Pt,
    /// Width of the front, pixels.
    pub(crate) width: f32,
    pub(crate) depth: f32,
    pub(crate) snowy: bool,
    pub(crate) lit: bool,
    pub(crate) smoke: bool,
    /// The long side is seen on the left.
    pub(crate) left: bool,
}

impl House {
    fn at(&self, x: f32, y: f32) -> Pt {
        let x = if self.left { 1.0 - x } else { x };
        pt(self.foot.x + x * self.width, self.foot.y - y * self.width)
    }

    fn ring(&self, points: &[(f32, f32)]) -> Ring {
        points.iter().map(|&(x, y)| self.at(x, y)).collect()
    }

    fn shape(&self, ring: Ring, colour: Colour) -> Shape {
        Shape::new(ring, colour)
            .depth(self.depth)
            .line((self.width / 130.0).clamp(0.45, 1.1))
    }

    fn solid(&self, rings: Vec<Ring>, colour: Colour) -> Shape {
        Shape::of(rings, colour)
            .depth(self.depth)
            .grain(Grain::Solid)
            .line(0.0)
    }
}

/// A log house with a gable, three windows, a chimney.
pub(crate) fn cottage(sheet: &mut Sheet, house: &House) {
    let w = house.width;
    let logs = hex(0x8a6b4d);
    if house.smoke {
        smoke(sheet, house.at(1.02, 1.22), w * 0.11, house.depth);
    }
    sheet.add(
        house
            .shape(
                house.ring(&[(1.0, 0.0), (1.55, 0.04), (1.55, 0.52), (1.0, 0.52)]),
                logs.times(0.72),
            )
            .grain(LEVEL),
    );
    sheet.add(
        house
            .shape(
                house.ring(&[(0.96, 0.98), (0.96, 1.22), (1.08, 1.22), (1.08, 0.98)]),
                hex(0xa5614c),
            )
            .grain(LEVEL),
    );
    sheet.add(
        house
            .shape(
                house.ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 0.52), (0.0, 0.52)]),
                logs,
            )
            .grain(LEVEL)
            .shade(1.05, 0.85),
    );
    let gable = house.ring(&[(0.0, 0.52), (1.0, 0.52), (0.5, 1.04)]);
    sheet.add(house.shape(gable, logs.times(1.08)).grain(UPRIGHT));
    let thatch = if house.snowy { hex(0xf3f5f6) } else { hex(0x6f6353) };
    let roof = house.ring(&[(0.5, 1.10), (1.12, 0.46), (1.64, 0.49), (1.12, 1.09)]);
    sheet.add(
        house
            .shape(roof, thatch)
            .grain(Grain::Lines {
                angle: if house.left { -0.75 } else { 0.75 },
                wave: 0.8,
            })
            .shade(1.04, 0.86),
    );
    let eave = house.ring(&[
        (0.5, 1.10),
        (-0.12, 0.46),
        (-0.06, 0.43),
        (0.5, 1.02),
        (1.06, 0.43),
        (1.12, 0.46),
    ]);
    sheet.add(house.shape(eave, thatch.times(0.96)).grain(LEVEL));
    for x in [0.12, 0.42, 0.72] {
        window(sheet, house, x, 0.16, 0.17, 0.24);
    }
    window(sheet, house, 0.43, 0.64, 0.13, 0.15);
    let ends: Vec<Ring> = (0..6)
        .map(|i| ellipse(house.at(1.0, 0.045 + 0.087 * i as f32), w * 0.035, w * 0.037))
        .collect();
    sheet.add(Shape::of(ends, logs.times(1.15)).depth(house.depth).line(0.4));
    if house.lit {
        sheet.light(Light {
            at: house.at(0.5, 0.2),
            reach: w * 0.8,
            colour: hex(0xf0b55c),
            strength: 0.7,
        });
    }
}

fn window(sheet: &mut Sheet, house: &House, x: f32, y: f32, wide: f32, tall: f32) {
    let frame = house.ring(&[
        (x - 0.025, y - 0.025),
        (x + wide + 0.025, y - 0.025),
        (x + wide + 0.025, y + tall + 0.03),
        (x + wide * 0.5, y + tall + 0.085),
        (x - 0.025, y + tall + 0.03),
    ]);
    sheet.add(house.shape(frame, hex(0xe9e1cf)).line(0.5));
    let pane = house.ring(&[(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)]);
    let glass = if house.lit { hex(0xf6c968) } else { hex(0x4f5b63) };
    let shape = house.shape(pane, glass).grain(Grain::Solid).line(0.0);
    sheet.add(if house.lit { shape.glow() } else { shape });
    let thick = (house.width * 0.012).max(0.7);
    let bars = vec![
        ribbon(
            &[house.at(x + wide * 0.5, y), house.at(x + wide * 0.5, y + tall)],
            |_| thick,
        ),
        ribbon(
            &[house.at(x, y + tall * 0.6), house.at(x + wide, y + tall * 0.6)],
            |_| thick,
        ),
    ];
    sheet.add(house.solid(bars, hex(0xd8cfbb).times(if house.lit { 0.4 } else { 1.0 })));
}

/// Smoke that leans with the air.
pub(crate) fn smoke(sheet: &mut Sheet, from: Pt, size: f32, depth: f32) {
    let mut chance = sheet.chance.fork(&format!("smoke {}", from.x as i32));
    for i in 0..7 {
        let t = i as f32 / 6.0;
        let at = pt(
            from.x + size * (2.6 * t * t + chance.around(0.2, 0.25)),
            from.y - size * 4.6 * t,
        );
        let radius = size * (0.42 + 0.95 * t);
        let points: Vec<Pt> = (0..9)
            .map(|k| {
                let angle = k as f32 / 9.0 * std::f32::consts::TAU;
                pt(
                    at.x + angle.cos() * radius * chance.range(0.8, 1.2),
                    at.y + angle.sin() * radius * chance.range(0.6, 0.95),
                )
            })
            .collect();
        sheet.add(
            Shape::new(smooth(&points), hex(0xe4e2dd))
                .foot(hex(0xc2c3c4))
                .depth(depth)
                .line(0.25 * (1.0 - t))
                .soft(radius * 0.35)
                .alpha(0.62 - 0.35 * t),
        );
    }
}

/// A paling along a line.
pub(crate) fn fence(sheet: &mut Sheet, from: Pt, to: Pt, tall: f32, depth: f32) {
    let mut chance = sheet.chance.fork(&format!("fence {}", from.x as i32));
    let count = ((to - from).length() / (tall * 0.34)).max(2.0) as usize;
    let mut rings: Vec<Ring> = (0..=count)
        .map(|i| {
            let foot = from.towards(to, i as f32 / count as f32);
            let lean = chance.around(0.0, tall * 0.05);
            let top = tall * chance.range(0.88, 1.08);
            let half = tall * 0.055;
            vec![
                pt(foot.x - half, foot.y),
                pt(foot.x - half + lean, foot.y - top),
                pt(foot.x + lean, foot.y - top - half * 1.6),
                pt(foot.x + half + lean, foot.y - top),
                pt(foot.x + half, foot.y),
            ]
        })
        .collect();
    for up in [0.32, 0.72] {
        rings.push(ribbon(
            &[pt(from.x, from.y - tall * up), pt(to.x, to.y - tall * up)],
            |_| tall * 0.07,
        ));
    }
    sheet.add(
        Shape::of(rings, hex(0x6d5a48))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
}
