//! A ball: a hall in perspective, chandeliers, couples that turn.

use super::indoors;
use crate::offline::{
    chance::Chance,
    colour::hex,
    geometry::{Pt, Ring, arc, ellipse, pt, rect, ribbon},
    motif::{
        figure::{self, Figure},
        furniture,
    },
    reading::{Posture, Reading, Role},
    sheet::{Air, Grain, LEVEL, Light, Shape, Sheet, UPRIGHT},
};

/// Candle light by the hundred.
pub(crate) fn air() -> Air {
    Air {
        ambient: hex(0xb39a80),
        haze: hex(0xe9cf9c),
        haze_strength: 0.55,
        lights: Vec::new(),
        exposure: 1.0,
    }
}

/// The ball.
pub(crate) fn draw(sheet: &mut Sheet, reading: &Reading) {
    hall(sheet);
    let mut chance = sheet.chance.fork("ball");
    onlookers(sheet, &mut chance);
    chandelier(sheet, sheet.at(0.50, 0.235), 0.085 * sheet.height, 0.45);
    for (row, (y, height, xs)) in [
        (0.735, 0.245, &[0.20, 0.40, 0.60, 0.82][..]),
        (0.83, 0.34, &[0.10, 0.35, 0.67, 0.92][..]),
        (0.955, 0.50, &[0.22, 0.70][..]),
    ]
    .into_iter()
    .enumerate()
    {
        for &x in xs {
            let at = sheet.at(x + chance.around(0.0, 0.025), y + chance.around(0.0, 0.012));
            couple(
                sheet,
                reading,
                at,
                height * sheet.height,
                0.42 - 0.2 * row as f32,
                &mut chance,
            );
        }
        if row == 0 {
            chandelier(sheet, sheet.at(0.235, 0.16), 0.12 * sheet.height, 0.2);
            chandelier(sheet, sheet.at(0.765, 0.16), 0.12 * sheet.height, 0.2);
        }
    }
}

fn hall(sheet: &mut Sheet) {
    let (w, h) = (sheet.width, sheet.height);
    let (l, r, t, b) = (0.25 * w, 0.75 * w, 0.15 * h, 0.62 * h);
    sheet.add(
        Shape::new(
            vec![pt(-9.0, -9.0), pt(w + 9.0, -9.0), pt(r, t), pt(l, t)],
            hex(0xe8d9b8),
        )
        .grain(LEVEL)
        .shade(0.8, 1.0),
    );
    sheet.add(
        Shape::new(
            vec![pt(-9.0, h + 9.0), pt(w + 9.0, h + 9.0), pt(r, b), pt(l, b)],
            hex(0xc99d62),
        )
        .grain(LEVEL)
        .shade(1.05, 0.86),
    );
    indoors::boards(sheet, pt(0.5 * w, 0.40 * h), b);
    let cream = hex(0xdccca6);
    sheet.add(
        Shape::new(
            vec![pt(-9.0, -9.0), pt(l, t), pt(l, b), pt(-9.0, h + 9.0)],
            cream.times(0.86),
        )
        .grain(UPRIGHT),
    );
    sheet.add(
        Shape::new(
            vec![pt(w + 9.0, -9.0), pt(r, t), pt(r, b), pt(w + 9.0, h + 9.0)],
            cream.times(0.92),
        )
        .grain(UPRIGHT),
    );
    sheet.add(
        Shape::new(rect(l, t, r - l, b - t), cream)
            .grain(UPRIGHT)
            .depth(0.4),
    );
    for x in [0.305, 0.435, 0.565, 0.695] {
        window(sheet, x * w, 0.26 * h, 0.56 * h, 0.034 * w);
    }
    for i in 0..3 {
        let s = [0.0, 0.36, 0.66][i];
        for side in [-1.0, 1.0] {
            let x = 0.5 * w + side * (0.47 - 0.20 * s) * w;
            column(
                sheet,
                x,
                (0.02 + 0.16 * s) * h,
                (0.93 - 0.28 * s) * h,
                (0.058 - 0.032 * s) * w,
                0.45 * s,
            );
        }
    }
}

fn window(sheet: &mut Sheet, x: f32, top: f32, bottom: f32, half: f32) {
    let arch = |half: f32, top: f32| {
        let mut ring = vec![pt(x - half, bottom)];
        ring.extend(arc(
            pt(x, top + half),
            half,
            half,
            std::f32::consts::PI,
            std::f32::consts::TAU,
        ));
        ring.push(pt(x + half, bottom));
        ring
    };
    sheet.add(
        Shape::new(arch(half * 1.25, top - half * 0.25), hex(0xf0e4c6))
            .depth(0.4)
            .line(0.6),
    );
    sheet.add(
        Shape::new(arch(half, top), hex(0x35435f))
            .foot(hex(0x5b6b86))
            .glow()
            .grain(LEVEL)
            .line(0.6),
    );
    let thick = half * 0.08;
    let bars = vec![
        ribbon(&[pt(x, top), pt(x, bottom)], |_| thick),
        ribbon(
            &[
                pt(x - half, (top + bottom) * 0.55),
                pt(x + half, (top + bottom) * 0.55),
            ],
            |_| thick,
        ),
        ribbon(
            &[
                pt(x - half, (top + bottom) * 0.44),
                pt(x + half, (top + bottom) * 0.44),
            ],
            |_| thick,
        ),
    ];
    sheet.add(furniture::solid(bars, hex(0xe8dcbe)).depth(0.4));
}

fn column(sheet: &mut Sheet, x: f32, top: f32, bottom: f32, wide: f32, depth: f32) {
    let marble = hex(0xeee2c8);
    let half = wide * 0.5;
    let shaft = vec![
        pt(x - half * 0.84, top),
        pt(x + half * 0.84, top),
        pt(x + half, bottom),
        pt(x - half, bottom),
    ];
    sheet.add(Shape::new(shaft, marble).depth(depth).side(0.8).grain(UPRIGHT));
    for (y, tall) in [(top - half * 0.2, half * 0.7), (bottom - half * 0.5, half * 0.7)] {
        sheet.add(
            Shape::new(rect(x - half * 1.3, y, half * 2.6, tall), marble.times(1.04))
                .depth(depth)
                .line(0.8),
        );
    }
}

fn chandelier(sheet: &mut Sheet, at: Pt, size: f32, depth: f32) {
    let gold = hex(0xb98c3f);
    furniture::halo(sheet, at, size * 2.3, hex(0xffe7ae), 0.20);
    let chain = ribbon(&[pt(at.x, -9.0), pt(at.x, at.y + size * 0.3)], |_| size * 0.045);
    let mut arms: Vec<Ring> = vec![chain];
    for i in 0..7 {
        let side = i as f32 / 6.0 * 2.0 - 1.0;
        let tip = pt(
            at.x + side * size,
            at.y + size * (0.10 - 0.14 * (1.0 - side * side)),
        );
        let line = crate::offline::geometry::curve(&[
            pt(at.x, at.y + size * 0.34),
            pt(at.x + side * size * 0.6, at.y + size * 0.42),
            tip,
        ]);
        arms.push(ribbon(&line, |_| size * 0.05));
        arms.push(rect(
            tip.x - size * 0.035,
            tip.y - size * 0.2,
            size * 0.07,
            size * 0.2,
        ));
    }
    arms.push(ellipse(pt(at.x, at.y + size * 0.40), size * 0.12, size * 0.16));
    sheet.add(furniture::solid(arms, gold.times(0.7)).depth(depth));
    for i in 0..7 {
        let side = i as f32 / 6.0 * 2.0 - 1.0;
        let foot = pt(
            at.x + side * size,
            at.y + size * (0.10 - 0.14 * (1.0 - side * side)) - size * 0.2,
        );
        furniture::flame(sheet, foot, size * 0.26);
    }
    sheet.light(Light {
        at,
        reach: size * 2.6,
        colour: hex(0xffe2a6),
        strength: 0.45,
    });
}

fn onlookers(sheet: &mut Sheet, chance: &mut Chance) {
    for i in 0..13 {
        let x = 0.27 + 0.46 * (i as f32 + chance.range(0.2, 0.8)) / 13.0;
        let role = chance.pick(&[Role::Gentleman, Role::Lady, Role::Officer, Role::Lady]);
        let figure = Figure {
            role,
            posture: Posture::Standing,
            foot: sheet.at(x, 0.645),
            height: 0.15 * sheet.height,
            depth: 0.62,
            left: chance.flip(0.5),
            cloth: None,
            bare: true,
            away: false,
        };
        figure::draw(sheet, &figure);
    }
}

fn couple(sheet: &mut Sheet, reading: &Reading, foot: Pt, height: f32, depth: f32, chance: &mut Chance) {
    let left = chance.flip(0.5);
    let mirror = if left { -1.0 } else { 1.0 };
    let partner = if reading.roles.contains(&Role::Officer) || chance.flip(0.45) {
        Role::Officer
    } else {
        Role::Gentleman
    };
    let gowns = [
        hex(0xf1e6da),
        hex(0xd9a79c),
        hex(0x9fb4bd),
        hex(0xe3cf9b),
        hex(0xb9a3b4),
        hex(0xa9473f),
    ];
    let gown = chance.pick(&gowns);
    let man = Figure {
        role: partner,
        posture: Posture::Dancing,
        foot,
        height,
        depth,
        left,
        cloth: None,
        bare: true,
        away: false,
    };
    let lady = Figure {
        role: Role::Lady,
        foot: pt(foot.x + mirror * height * 0.36, foot.y + height * 0.012),
        height: height * 0.94,
        left: !left,
        cloth: Some(gown),
        ..man
    };
    sheet.add(
        Shape::new(
            ellipse(
                pt(foot.x + mirror * height * 0.2, foot.y),
                height * 0.42,
                height * 0.035,
            ),
            hex(0x6f5334),
        )
        .depth(depth)
        .line(0.0)
        .soft(4.0)
        .alpha(0.5)
        .grain(Grain::Solid),
    );
    if chance.flip(0.5) {
        let turned = Figure { away: true, ..man };
        figure::draw(sheet, &lady);
        return figure::draw(sheet, &turned);
    }
    figure::draw(sheet, &man);
    figure::draw(sheet, &lady);
}
