//! Beasts and birds other than horses, in profile.

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, curve, ellipse, pt, ribbon, smooth},
    sheet::{Grain, Shape, Sheet},
};

/// Beasts that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beast {
    Dog,
    Wolf,
    Cat,
    Cow,
    Bear,
    Bird,
}

/// The beast of a known word.
pub(crate) fn beast(word: &str) -> Option<Beast> {
    Some(match word {
        "dog" => Beast::Dog,
        "wolf" => Beast::Wolf,
        "cat" => Beast::Cat,
        "cow" => Beast::Cow,
        "bear" => Beast::Bear,
        "bird" => Beast::Bird,
        _ => return None,
    })
}

impl Beast {
    /// Height at the shoulder against a grown man.
    pub(crate) fn share(self) -> f32 {
        match self {
            Beast::Dog => 0.36,
            Beast::Wolf => 0.44,
            Beast::Cat => 0.18,
            Beast::Cow => 0.72,
            Beast::Bear => 0.62,
            Beast::Bird => 0.16,
        }
    }
}

/// Proportions of a four-footed beast, in heights at the shoulder.
struct Build {
    long: f32,
    deep: f32,
    leg: f32,
    head: (f32, f32),
    skull: f32,
    muzzle: f32,
    ear: f32,
    tail: [(f32, f32); 3],
    bushy: f32,
    coat: Colour,
}

fn build(beast: Beast) -> Build {
    let of = |long, deep, leg, head, skull, muzzle, ear, tail, bushy, coat: u32| Build {
        long,
        deep,
        leg,
        head,
        skull,
        muzzle,
        ear,
        tail,
        bushy,
        coat: hex(coat),
    };
    match beast {
        Beast::Dog => of(
            0.62,
            0.40,
            0.10,
            (0.82, 1.22),
            0.17,
            0.30,
            0.16,
            [(-0.66, 0.92), (-0.90, 1.10), (-0.88, 1.34)],
            0.08,
            0x7a5b3f,
        ),
        Beast::Wolf => of(
            0.70,
            0.42,
            0.10,
            (0.96, 1.06),
            0.18,
            0.36,
            0.20,
            [(-0.74, 0.86), (-0.98, 0.62), (-1.06, 0.34)],
            0.18,
            0x6c6a66,
        ),
        Beast::Cat => of(
            0.60,
            0.44,
            0.10,
            (0.72, 1.20),
            0.24,
            0.10,
            0.18,
            [(-0.62, 0.86), (-1.0, 0.92), (-1.06, 1.40)],
            0.09,
            0x4a423c,
        ),
        Beast::Cow => of(
            0.90,
            0.52,
            0.11,
            (1.18, 1.00),
            0.19,
            0.36,
            0.13,
            [(-0.94, 0.92), (-1.04, 0.62), (-1.02, 0.30)],
            0.05,
            0x8a5a40,
        ),
        Beast::Bear => of(
            0.78,
            0.60,
            0.17,
            (0.98, 0.98),
            0.25,
            0.26,
            0.09,
            [(-0.82, 0.80), (-0.88, 0.74), (-0.90, 0.68)],
            0.12,
            0x4d3a2e,
        ),
        Beast::Bird => of(
            0.5,
            0.4,
            0.05,
            (0.5, 1.2),
            0.2,
            0.2,
            0.0,
            [(-0.5, 0.8), (-0.8, 0.7), (-1.0, 0.6)],
            0.2,
            0x33333a,
        ),
    }
}

/// Draws a beast whose shoulder is `height` pixels above `foot`.
pub(crate) fn draw(sheet: &mut Sheet, beast: Beast, foot: Pt, height: f32, depth: f32, left: bool) {
    if beast == Beast::Bird {
        return bird(sheet, foot, height, depth, left);
    }
    let mirror = if left { -1.0 } else { 1.0 };
    let at = |x: f32, y: f32| pt(foot.x + x * mirror * height, foot.y - y * height);
    let ring = |points: &[(f32, f32)]| -> Ring {
        smooth(&points.iter().map(|&(x, y)| at(x, y)).collect::<Vec<_>>())
    };
    let b = build(beast);
    let line = (height / 110.0).clamp(0.4, 1.0);
    let shape = |ring: Ring, colour: Colour| {
        Shape::new(ring, colour)
            .depth(depth)
            .grain(Grain::Lines {
                angle: 0.6,
                wave: 1.0,
            })
            .shade(1.15, 0.75)
            .line(line)
    };
    sheet.add(
        Shape::new(ellipse(foot, height * b.long, height * 0.05), hex(0x3c3c40))
            .depth(depth)
            .line(0.0)
            .soft(2.0)
            .alpha(0.45),
    );
    for (x, step, tone) in [
        (-b.long * 0.72, -0.08, 0.65),
        (b.long * 0.62, 0.12, 0.65),
        (-b.long * 0.84, 0.06, 1.0),
        (b.long * 0.78, -0.05, 1.0),
    ] {
        let leg = curve(&[
            at(x, 0.62),
            at(x + step * 0.2, 0.34),
            at(x + step - 0.02, 0.12),
            at(x + step + 0.03, 0.0),
        ]);
        let thick = b.leg * height;
        sheet.add(
            shape(
                ribbon(&leg, |t| {
                    thick * if t < 0.4 { 2.2 - 2.6 * t } else { 1.15 - 0.2 * t }
                }),
                b.coat.times(tone),
            )
            .line(0.6 * line),
        );
    }
    let tail = curve(&b.tail.map(|(x, y)| at(x, y)));
    sheet.add(
        shape(
            ribbon(&tail, |t| {
                height * (b.bushy * 0.5 + b.bushy * 2.0 * t * (1.0 - t) + 0.02)
            }),
            b.coat.times(0.85),
        )
        .line(0.6 * line),
    );
    let (hx, hy) = b.head;
    let low = 1.0 - b.deep;
    sheet.add(
        shape(
            ring(&[
                (b.long * 0.5, 0.98),
                (hx - b.skull * 0.6, hy + b.skull * 0.7),
                (hx + b.skull * 0.2, hy - b.skull * 0.6),
                (b.long * 0.86, 0.62),
            ]),
            b.coat,
        )
        .line(0.6 * line),
    );
    let body = [
        (-b.long, 0.86),
        (-b.long * 1.04, 0.66),
        (-b.long * 0.78, low + 0.06),
        (-b.long * 0.2, low + 0.08),
        (b.long * 0.45, low - 0.02),
        (b.long * 0.92, low + 0.10),
        (b.long, 0.78),
        (b.long * 0.72, 1.0),
        (b.long * 0.2, 0.95),
        (-b.long * 0.6, 0.97),
    ];
    sheet.add(shape(ring(&body), b.coat));
    let ear = |dx: f32| {
        vec![
            at(hx + dx - 0.06, hy + b.skull * 0.6),
            at(hx + dx - 0.03, hy + b.skull * 0.7 + b.ear),
            at(hx + dx + 0.07, hy + b.skull * 0.62),
        ]
    };
    sheet.add(shape(ear(-0.04), b.coat.times(0.75)).line(0.6 * line));
    let m = b.muzzle;
    let head = [
        (hx - b.skull, hy + b.skull * 0.2),
        (hx - b.skull * 0.4, hy + b.skull * 0.95),
        (hx + b.skull * 0.5, hy + b.skull * 0.7),
        (hx + b.skull * 0.7 + m * 0.5, hy + 0.02),
        (hx + b.skull * 0.6 + m, hy - 0.05),
        (hx + b.skull * 0.5 + m * 0.9, hy - 0.14),
        (hx + b.skull * 0.4, hy - b.skull * 0.8),
        (hx - b.skull * 0.5, hy - b.skull * 0.8),
    ];
    sheet.add(shape(ring(&head), b.coat));
    sheet.add(shape(ear(0.06), b.coat).line(0.6 * line));
    let mut marks = vec![
        ellipse(
            at(hx + b.skull * 0.45, hy + b.skull * 0.22),
            height * 0.025,
            height * 0.022,
        ),
        ellipse(
            at(hx + b.skull * 0.55 + m, hy - 0.05),
            height * 0.032,
            height * 0.028,
        ),
    ];
    if beast == Beast::Cow {
        marks.push(ribbon(
            &curve(&[
                at(hx, hy + 0.16),
                at(hx + 0.10, hy + 0.26),
                at(hx + 0.06, hy + 0.38),
            ]),
            |t| height * (0.05 - 0.035 * t),
        ));
    }
    sheet.add(
        Shape::of(marks, hex(0x1d1a19))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
}

/// A crow on the ground or a branch.
fn bird(sheet: &mut Sheet, foot: Pt, height: f32, depth: f32, left: bool) {
    let mirror = if left { -1.0 } else { 1.0 };
    let at = |x: f32, y: f32| pt(foot.x + x * mirror * height, foot.y - y * height);
    let ring = |points: &[(f32, f32)]| -> Ring {
        smooth(&points.iter().map(|&(x, y)| at(x, y)).collect::<Vec<_>>())
    };
    let black = hex(0x34343c);
    let legs = [-0.06, 0.1].map(|x| {
        ribbon(&[at(x, 0.4), at(x + 0.03, 0.0), at(x + 0.14, -0.01)], |_| {
            height * 0.045
        })
    });
    sheet.add(
        Shape::of(legs.to_vec(), black)
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
    let body = ring(&[
        (0.62, 1.18),
        (0.50, 1.34),
        (0.30, 1.36),
        (0.14, 1.18),
        (-0.20, 0.86),
        (-0.72, 0.50),
        (-1.12, 0.24),
        (-0.98, 0.16),
        (-0.46, 0.34),
        (0.0, 0.34),
        (0.32, 0.56),
        (0.44, 0.96),
        (0.54, 1.08),
    ]);
    sheet.add(
        Shape::new(body, black)
            .depth(depth)
            .grain(Grain::Lines {
                angle: 0.7,
                wave: 1.0,
            })
            .shade(1.3, 0.8),
    );
    let beak = vec![at(0.54, 1.24), at(0.86, 1.12), at(0.55, 1.10)];
    let wing = ribbon(&curve(&[at(0.14, 0.92), at(-0.3, 0.62), at(-0.84, 0.34)]), |t| {
        height * 0.05 * (1.0 - t) + 0.6
    });
    sheet.add(
        Shape::of(vec![beak, wing], hex(0x17171b))
            .depth(depth)
            .grain(Grain::Solid)
            .line(0.0),
    );
    sheet.add(
        Shape::new(
            ellipse(at(0.44, 1.23), height * 0.03, height * 0.03),
            hex(0xf2ead8),
        )
        .depth(depth)
        .grain(Grain::Solid)
        .line(0.0),
    );
}
