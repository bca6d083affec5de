//! Trees by kind, from the foot up.

use std::f32::consts::{FRAC_PI_2, PI};

use crate::offline::{
    chance::Chance,
    colour::{Colour, hex},
    geometry::{Pt, Ring, curve, ellipse, pt, ribbon, smooth},
    reading::{Reading, Season},
    sheet::{Grain, Shape, Sheet, UPRIGHT},
};

/// Kinds of tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Fir,
    Pine,
    Birch,
    Broad,
    Bare,
}

/// Where a tree stands and how it is dressed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand {
    pub(crate) foot: Pt,
    pub(crate) height: f32,
    pub(crate) depth: f32,
    pub(crate) snowy: bool,
    pub(crate) leaf: Colour,
    /// Sideways bend at the top as a fraction of the height: wind.
    pub(crate) lean: f32,
}

/// The kinds that suit the reading.
pub(crate) fn kinds(reading: &Reading) -> &'static [Kind] {
    let leafless = reading.snowy();
    match (reading.has(&["fir"]), reading.has(&["birch"]), leafless) {
        (true, false, _) => &[Kind::Fir, Kind::Fir, Kind::Pine],
        (_, true, _) => &[Kind::Birch, Kind::Birch, Kind::Birch, Kind::Fir],
        (_, _, true) => &[Kind::Fir, Kind::Bare, Kind::Fir],
        _ => &[Kind::Broad, Kind::Broad, Kind::Fir, Kind::Birch],
    }
}

/// Leaf colour of the season.
pub(crate) fn leaf(reading: &Reading, chance: &mut Chance) -> Colour {
    match reading.season {
        Some(Season::Autumn) => chance.pick(&[hex(0xc98a34), hex(0xb5652b), hex(0xcda544), hex(0x8d7a3a)]),
        Some(Season::Spring) => chance.pick(&[hex(0x93ac5a), hex(0xa9b865), hex(0x86a058)]),
        _ => chance.pick(&[hex(0x66824a), hex(0x5a7845), hex(0x76894b)]),
    }
}

/// Draws one tree.
pub(crate) fn draw(sheet: &mut Sheet, kind: Kind, stand: Stand) {
    let mut chance = sheet
        .chance
        .fork(&format!("tree {} {}", stand.foot.x as i32, stand.foot.y as i32));
    match kind {
        Kind::Fir => fir(sheet, stand, &mut chance),
        Kind::Pine => pine(sheet, stand, &mut chance),
        Kind::Birch => birch(sheet, stand, &mut chance),
        Kind::Broad => broad(sheet, stand, &mut chance),
        Kind::Bare => bare(sheet, stand, &mut chance, hex(0x574a42)),
    }
}

fn fir(sheet: &mut Sheet, stand: Stand, chance: &mut Chance) {
    let Stand {
        foot,
        height,
        depth,
        snowy,
        lean,
        ..
    } = stand;
    let green = hex(0x3f5a48).mix(hex(0x587055), chance.unit() * 0.5);
    trunk(sheet, stand, height * 0.2, height * 0.035, hex(0x5b4636));
    let wide = height * chance.range(0.20, 0.25);
    let tiers = 9;
    let axis = |t: f32| foot.x + lean * height * t * t;
    let mut left = vec![pt(axis(1.0), foot.y - height)];
    let mut right = left.clone();
    let mut snow = Vec::new();
    for tier in 0..tiers {
        let t = (tier + 1) as f32 / tiers as f32;
        let up = 1.0 - t * 0.93;
        let reach = wide * t.powf(0.85);
        for (side, line) in [(-1.0, &mut left), (1.0, &mut right)] {
            let out = reach * chance.range(0.78, 1.1);
            let tip = pt(axis(up) + side * out, foot.y - height * up + out * 0.20);
            line.push(pt(axis(up) + side * out * 0.62, foot.y - height * (up + 0.035)));
            line.push(tip);
            line.push(pt(axis(up) + side * out * 0.48, tip.y - out * 0.10));
            if snowy && tier > 0 {
                let top = pt(axis(up) + side * out * 0.25, foot.y - height * (up + 0.062));
                snow.push(smooth(&[
                    top,
                    pt(axis(up) + side * out * 0.66, foot.y - height * (up + 0.042)),
                    tip,
                    pt(axis(up) + side * out * 0.55, tip.y - out * 0.17),
                ]));
            }
        }
    }
    let mut ring = left;
    right.reverse();
    ring.extend(right);
    let grain = Grain::Lines {
        angle: 1.15,
        wave: 2.0,
    };
    sheet.add(
        Shape::new(ring, green)
            .shade(1.05, 0.72)
            .side(0.6)
            .depth(depth)
            .grain(grain)
            .line(0.7),
    );
    if !snow.is_empty() {
        sheet.add(
            Shape::of(snow, hex(0xf4f6f8))
                .depth(depth)
                .grain(Grain::Solid)
                .line(0.0),
        );
    }
}

fn pine(sheet: &mut Sheet, stand: Stand, chance: &mut Chance) {
    let Stand {
        foot,
        height,
        depth,
        lean,
        snowy,
        ..
    } = stand;
    trunk(sheet, stand, height * 0.92, height * 0.045, hex(0xa2693f));
    for i in 0..6 {
        let up = 0.62 + 0.38 * i as f32 / 5.0;
        let reach = height * (0.22 - 0.18 * (up - 0.62)) * chance.range(0.7, 1.0);
        let at = pt(
            foot.x + lean * height * up * up + chance.sign() * reach * 0.5,
            foot.y - height * up,
        );
        let colour = if snowy { hex(0x6f8377) } else { hex(0x4b6545) };
        clump(sheet, at, reach, reach * 0.36, colour, depth, chance);
    }
}

fn birch(sheet: &mut Sheet, stand: Stand, chance: &mut Chance) {
    let Stand {
        foot,
        height,
        depth,
        snowy,
        leaf,
        lean,
    } = stand;
    let thick = height * 0.032;
    trunk(sheet, stand, height * 0.95, thick, hex(0xf2efe6));
    let marks: Vec<Ring> = (0..16)
        .map(|_| {
            let up = chance.range(0.02, 0.8);
            let x = foot.x + lean * height * up * up + chance.around(0.0, thick * 0.25);
            ellipse(
                pt(x, foot.y - height * up),
                thick * chance.range(0.14, 0.34),
                thick * 0.09 + 0.6,
            )
        })
        .collect();
    sheet.add(
        Shape::of(marks, hex(0x2e2b2a))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
    let twigs: Vec<Ring> = (0..9)
        .map(|i| {
            let up = 0.42 + 0.055 * i as f32;
            let side = if i % 2 == 0 { 1.0 } else { -1.0 };
            let from = pt(foot.x + lean * height * up * up, foot.y - height * up);
            let out = height * (0.20 - 0.14 * (up - 0.42));
            let line = curve(&[
                from,
                from + pt(side * out * 0.5, -out * 0.75),
                from + pt(side * out * 0.9, -out * 0.55),
                from + pt(side * out * 1.05, out * 0.1),
            ]);
            ribbon(&line, |t| thick * 0.34 * (1.0 - t) + 0.7)
        })
        .collect();
    sheet.add(
        Shape::of(twigs, hex(0x5a4f48))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
    if snowy {
        return;
    }
    for i in 0..9 {
        let up = 0.48 + 0.55 * i as f32 / 8.0;
        let reach = height * 0.12 * chance.range(0.7, 1.15) * (1.35 - up * 0.6);
        let at = pt(
            foot.x + lean * height * up + chance.around(0.0, height * 0.11 * (1.3 - up)),
            foot.y - height * up,
        );
        clump(
            sheet,
            at,
            reach,
            reach * 1.05,
            leaf.mix(hex(0xb9bd6a), 0.25),
            depth,
            chance,
        );
    }
}

fn broad(sheet: &mut Sheet, stand: Stand, chance: &mut Chance) {
    let Stand {
        foot,
        height,
        depth,
        snowy,
        leaf,
        lean,
    } = stand;
    if snowy {
        return bare(sheet, stand, chance, hex(0x574a42));
    }
    trunk(sheet, stand, height * 0.6, height * 0.075, hex(0x5f4c3d));
    let limbs: Vec<Ring> = (0..5)
        .map(|i| {
            let spread = (i as f32 - 2.0) * 0.07 * height;
            let from = pt(foot.x + lean * height * 0.16, foot.y - height * 0.36);
            let line = curve(&[
                from,
                pt(foot.x + spread * 0.6, foot.y - height * 0.52),
                pt(foot.x + spread * 1.4, foot.y - height * 0.72),
            ]);
            ribbon(&line, |t| height * (0.036 - 0.028 * t))
        })
        .collect();
    sheet.add(
        Shape::of(limbs, hex(0x5f4c3d))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
    let mut clumps: Vec<(f32, f32, f32)> = (0..19)
        .map(|_| {
            let angle = chance.range(-PI * 1.22, 0.22 * PI);
            let out = chance.range(0.30, 1.0);
            (
                angle.cos() * out * 0.30,
                0.62 - angle.sin() * out * 0.28,
                chance.range(0.09, 0.15),
            )
        })
        .collect();
    clumps.extend([(0.0, 0.66, 0.21), (-0.16, 0.56, 0.15), (0.16, 0.56, 0.15)]);
    clumps.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (dx, up, size) in clumps {
        let at = pt(foot.x + (dx + lean * up) * height, foot.y - up * height);
        let colour = leaf.times(0.82 + 0.36 * (up - 0.45) - dx * 0.35);
        clump(
            sheet,
            at,
            size * height,
            size * height * 0.8,
            colour,
            depth,
            chance,
        );
    }
}

/// A mass of leaves with a lobed edge, light above and dark below.
pub(crate) fn clump(
    sheet: &mut Sheet,
    at: Pt,
    rx: f32,
    ry: f32,
    colour: Colour,
    depth: f32,
    chance: &mut Chance,
) {
    let lobes = 9 + (rx / (13.0 * sheet.unit())) as usize;
    let mut points = Vec::with_capacity(lobes * 2);
    for i in 0..lobes {
        let angle = i as f32 / lobes as f32 * PI * 2.0;
        let half = angle + PI / lobes as f32;
        let out = chance.range(0.86, 1.14);
        points.push(pt(at.x + angle.cos() * rx * out, at.y + angle.sin() * ry * out));
        points.push(pt(
            at.x + half.cos() * rx * out * 0.82,
            at.y + half.sin() * ry * out * 0.82,
        ));
    }
    sheet.add(
        Shape::new(smooth(&points), colour)
            .shade(1.16, 0.66)
            .side(0.35)
            .depth(depth)
            .grain(Grain::Dashes { angle: -0.5 })
            .line(0.75)
            .soft(1.2 * sheet.unit()),
    );
}

fn bare(sheet: &mut Sheet, stand: Stand, chance: &mut Chance, bark: Colour) {
    let mut rings = Vec::new();
    let up = -FRAC_PI_2 + stand.lean * 0.6;
    branch(
        &mut rings,
        stand.foot,
        up,
        stand.height * 0.34,
        stand.height * 0.055,
        stand.lean,
        5,
        chance,
    );
    sheet.add(
        Shape::of(rings, bark)
            .depth(stand.depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
}

#[expect(
    clippy::too_many_arguments,
    reason = "the recursion carries the whole state of a growing branch"
)]
fn branch(
    rings: &mut Vec<Ring>,
    from: Pt,
    angle: f32,
    length: f32,
    thick: f32,
    lean: f32,
    order: u32,
    chance: &mut Chance,
) {
    let bend = chance.around(0.0, 0.16);
    let reach = |angle: f32, by: f32| pt(angle.cos() * by, angle.sin() * by);
    let middle = from + reach(angle, length * 0.5);
    let tip = middle + reach(angle + bend, length * 0.5);
    rings.push(ribbon(&curve(&[from, middle, tip]), |t| {
        (thick * (1.0 - 0.42 * t)).max(0.7)
    }));
    if order == 0 {
        return;
    }
    let children = if order > 3 { 3 } else { 2 };
    for child in 0..children {
        let side = if child % 2 == 0 { 1.0 } else { -1.0 };
        let spread = chance.range(0.24, 0.62) * side + bend + lean * 0.5;
        let from = if child == 2 { middle } else { tip };
        let next = angle + spread;
        let shorter = length * chance.range(0.64, 0.84);
        branch(
            rings,
            from,
            next,
            shorter,
            thick * if child == 2 { 0.42 } else { 0.58 },
            lean,
            order - 1,
            chance,
        );
    }
}

fn trunk(sheet: &mut Sheet, stand: Stand, height: f32, thick: f32, bark: Colour) {
    let Stand {
        foot, depth, lean, ..
    } = stand;
    let whole = stand.height;
    let at = |up: f32| pt(foot.x + lean * whole * (up / whole).powi(2), foot.y - up);
    let line = curve(&[at(0.0), at(height * 0.35), at(height * 0.7), at(height)]);
    let ring = ribbon(&line, |t| {
        thick * (1.0 - 0.62 * t) + if t < 0.06 { thick * 0.35 } else { 0.0 }
    });
    sheet.add(
        Shape::new(ring, bark)
            .side(0.7)
            .depth(depth)
            .grain(UPRIGHT)
            .line(0.8),
    );
}

/// A trunk so near that its crown is out of sight, with boughs.
pub(crate) fn great_trunk(sheet: &mut Sheet, foot: Pt, thick: f32, depth: f32, bark: Colour) {
    let mut chance = sheet
        .chance
        .fork(&format!("trunk {} {}", foot.x as i32, thick as i32));
    let top = -30.0;
    let bend = chance.around(0.0, thick * 0.7);
    let line = curve(&[
        foot,
        pt(foot.x + bend * 0.5, foot.y + (top - foot.y) * 0.35),
        pt(foot.x + bend, foot.y + (top - foot.y) * 0.7),
        pt(foot.x + bend * 1.2, top),
    ]);
    let flare = |t: f32| thick * (1.0 - 0.35 * t + 0.75 * (1.0 - (t * 9.0).min(1.0)).powi(2));
    let boughs: Vec<Ring> = (0..3)
        .map(|i| {
            let t = chance.range(0.35, 0.85);
            let from = line[((line.len() - 1) as f32 * t) as usize];
            let side = if i % 2 == 0 { 1.0 } else { -1.0 };
            let out = thick * chance.range(2.0, 4.2);
            let bough = curve(&[
                from,
                from + pt(side * out * 0.5, -out * 0.28),
                from + pt(side * out, -out * 0.36 + out * chance.around(0.1, 0.2)),
            ]);
            ribbon(&bough, |t| thick * 0.34 * (1.0 - t) + 0.8)
        })
        .collect();
    sheet.add(
        Shape::of(boughs, bark)
            .shade(0.8, 0.8)
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
    sheet.add(
        Shape::new(ribbon(&line, flare), bark)
            .side(0.8)
            .depth(depth)
            .grain(UPRIGHT)
            .line(1.0),
    );
}

/// A bush.
pub(crate) fn bush(sheet: &mut Sheet, at: Pt, size: f32, colour: Colour, depth: f32) {
    let mut chance = sheet
        .chance
        .fork(&format!("bush {} {}", at.x as i32, at.y as i32));
    for (dx, up, share) in [(-0.55, 0.3, 0.55), (0.5, 0.28, 0.6), (0.0, 0.5, 0.75)] {
        let middle = pt(at.x + dx * size, at.y - up * size);
        clump(
            sheet,
            middle,
            size * share,
            size * share * 0.72,
            colour,
            depth,
            &mut chance,
        );
    }
}
