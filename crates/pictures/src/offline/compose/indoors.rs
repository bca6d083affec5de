//! Rooms: a box of walls in perspective, a window, what stands there, who is there, and one source of light.

use crate::offline::{
    air,
    colour::{Colour, hex},
    geometry::{Pt, Ring, pt, rect, ribbon},
    motif::{
        figure::{self, Figure},
        furniture::{self, Spot},
    },
    reading::{Hour, Posture, Reading, Role, Weather},
    sheet::{Air, Grain, LEVEL, Light, Shape, Sheet, UPRIGHT},
};

/// The back wall as fractions of the sheet: left, right, top, bottom.
const BACK: [f32; 4] = [0.17, 0.80, 0.13, 0.66];

/// Whether the only light is what burns in the room.
fn dim(reading: &Reading) -> bool {
    let lit = reading.has(&["lamp", "candle", "fire", "stove"]);
    match reading.hour {
        Some(Hour::Night | Hour::Evening | Hour::Dusk) => true,
        Some(Hour::Dawn | Hour::Day) => false,
        None => lit,
    }
}

/// Light and colour of the air in a room.
pub(crate) fn room_air(reading: &Reading) -> Air {
    let ambient = if dim(reading) {
        hex(0x59504e)
    } else {
        hex(0xcfc8bb)
    };
    Air {
        ambient,
        haze: ambient,
        haze_strength: 0.0,
        lights: Vec::new(),
        exposure: 0.92,
    }
}

/// A room in which somebody lives.
pub(crate) fn room(sheet: &mut Sheet, reading: &Reading) {
    let dark = dim(reading);
    walls(sheet);
    let outside = air::outdoors(reading);
    let moon = reading.hour == Some(Hour::Night) && matches!(reading.weather, Weather::Clear);
    let window = Spot {
        foot: sheet.at(0.255, 0.475),
        size: 0.16 * sheet.height,
    };
    furniture::window(sheet, window, (outside.zenith, outside.horizon), moon, true);
    if !dark {
        daylight(sheet, window);
    }
    back_wall(sheet, reading);
    rug(sheet);
    let burning = dark || reading.has(&["lamp", "candle"]);
    let fire = reading.has(&["fire", "stove"]);
    if fire {
        furniture::stove(
            sheet,
            Spot {
                foot: sheet.at(0.73, 0.70),
                size: 0.23 * sheet.height,
            },
            dark || reading.has(&["fire"]),
        );
    }
    if reading.has(&["bed"]) {
        furniture::bed(
            sheet,
            Spot {
                foot: sheet.at(0.20, 0.86),
                size: 0.17 * sheet.height,
            },
        );
    }
    if reading.has(&["piano"]) {
        furniture::piano(
            sheet,
            Spot {
                foot: sheet.at(0.24, 0.86),
                size: 0.20 * sheet.height,
            },
        );
    }
    table_scene(sheet, reading, burning);
    others(sheet, reading);
}

fn walls(sheet: &mut Sheet) {
    let (w, h) = (sheet.width, sheet.height);
    let [left, right, top, bottom] = BACK;
    let (l, r, t, b) = (left * w, right * w, top * h, bottom * h);
    let paper = sheet
        .chance
        .fork("wallpaper")
        .pick(&[hex(0xa9a389), hex(0x9aa39a), hex(0xb09a82)]);
    sheet.add(
        Shape::new(
            vec![pt(-9.0, -9.0), pt(w + 9.0, -9.0), pt(r, t), pt(l, t)],
            hex(0xcfc7b4),
        )
        .grain(LEVEL)
        .shade(0.85, 1.0),
    );
    sheet.add(
        Shape::new(
            vec![pt(-9.0, h + 9.0), pt(w + 9.0, h + 9.0), pt(r, b), pt(l, b)],
            hex(0x9a7650),
        )
        .grain(LEVEL)
        .shade(0.85, 1.05),
    );
    boards(sheet, pt((l + r) * 0.5, h * 0.36), b);
    sheet.add(
        Shape::new(
            vec![pt(-9.0, -9.0), pt(l, t), pt(l, b), pt(-9.0, h + 9.0)],
            paper.times(0.80),
        )
        .grain(UPRIGHT),
    );
    sheet.add(
        Shape::new(
            vec![pt(w + 9.0, -9.0), pt(r, t), pt(r, b), pt(w + 9.0, h + 9.0)],
            paper.times(0.88),
        )
        .grain(UPRIGHT),
    );
    sheet.add(Shape::new(rect(l, t, r - l, b - t), paper).grain(UPRIGHT));
    let skirting = vec![rect(l, b - 0.022 * h, r - l, 0.022 * h)];
    sheet.add(Shape::of(skirting, hex(0xd5ccb8)).grain(LEVEL).line(0.7));
    let cornice = vec![rect(l, t, r - l, 0.018 * h)];
    sheet.add(Shape::of(cornice, hex(0xddd5c3)).grain(LEVEL).line(0.7));
}

/// Seams of floor boards that run to the vanishing point.
pub(crate) fn boards(sheet: &mut Sheet, vanishing: Pt, horizon: f32) {
    let (w, h) = (sheet.width, sheet.height);
    let seams: Vec<Ring> = (-9..=18)
        .map(|i| {
            let near = pt(w * i as f32 / 9.0, h + 9.0);
            let t = (near.y - horizon) / (near.y - vanishing.y);
            ribbon(&[near, near.towards(vanishing, t)], |t| {
                (2.6 - 1.8 * t) * sheet.unit()
            })
        })
        .collect();
    sheet.add(
        Shape::of(seams, hex(0x5f452f))
            .grain(Grain::Solid)
            .line(0.0)
            .alpha(0.8),
    );
}

fn daylight(sheet: &mut Sheet, window: Spot) {
    let pool: Vec<Ring> = [0.0, 0.55]
        .iter()
        .map(|&x| {
            window.ring(&[
                (x + 0.55, -1.35),
                (x + 1.0, -1.35),
                (x + 1.85, -2.35),
                (x + 1.25, -2.35),
            ])
        })
        .collect();
    sheet.add(
        Shape::of(pool, hex(0xfdf3d6))
            .glow()
            .line(0.0)
            .soft(6.0 * sheet.unit())
            .alpha(0.5)
            .grain(Grain::Solid),
    );
    sheet.light(Light {
        at: window.at(0.5, 0.7),
        reach: sheet.height * 0.42,
        colour: hex(0xfff6e2),
        strength: 0.5,
    });
}

fn back_wall(sheet: &mut Sheet, reading: &Reading) {
    let h = sheet.height;
    if reading.has(&["bookshelf", "book"])
        || !reading.has(&["stove", "fire", "door"]) && sheet.chance.fork("shelf").flip(0.6)
    {
        furniture::bookshelf(
            sheet,
            Spot {
                foot: sheet.at(0.705, 0.665),
                size: 0.135 * h,
            },
        );
    } else if reading.has(&["door"]) {
        let spot = Spot {
            foot: sheet.at(0.65, 0.66),
            size: 0.18 * h,
        };
        sheet.add(Shape::new(spot.block(-0.06, 0.0, 1.12, 2.26), hex(0xd5ccb8)).grain(UPRIGHT));
        sheet.add(Shape::new(spot.block(0.0, 0.0, 1.0, 2.2), hex(0x86603f)).grain(UPRIGHT));
        for (x, y) in [(0.12, 0.2), (0.56, 0.2), (0.12, 1.15), (0.56, 1.15)] {
            sheet.add(
                Shape::new(spot.block(x, y, 0.32, 0.8), hex(0x785436))
                    .grain(UPRIGHT)
                    .line(0.7),
            );
        }
        sheet.add(furniture::solid(
            vec![spot.oval(0.9, 1.05, 0.04, 0.04)],
            hex(0xd8b25c),
        ));
    }
    let mirror = reading.has(&["mirror"]);
    furniture::framed(
        sheet,
        Spot {
            foot: sheet.at(0.485, 0.37),
            size: if mirror { 0.115 * h } else { 0.09 * h },
        },
        mirror,
    );
}

fn rug(sheet: &mut Sheet) {
    let points = [(0.26, 0.95), (0.78, 0.95), (0.70, 0.78), (0.34, 0.78)].map(|(x, y)| sheet.at(x, y));
    sheet.add(Shape::new(points.to_vec(), hex(0x8f4a40)).grain(LEVEL).line(0.8));
    let points = [(0.29, 0.935), (0.75, 0.935), (0.685, 0.795), (0.355, 0.795)].map(|(x, y)| sheet.at(x, y));
    sheet.add(Shape::new(points.to_vec(), hex(0xb08a5a)).grain(LEVEL).line(0.6));
    let points = [(0.32, 0.92), (0.72, 0.92), (0.67, 0.81), (0.37, 0.81)].map(|(x, y)| sheet.at(x, y));
    sheet.add(Shape::new(points.to_vec(), hex(0x7d3f38)).grain(LEVEL).line(0.5));
}

/// The table with its light, what lies on it, and who sits at it.
fn table_scene(sheet: &mut Sheet, reading: &Reading, burning: bool) {
    let h = sheet.height;
    let spot = Spot {
        foot: sheet.at(0.57, 0.875),
        size: 0.215 * h,
    };
    let sitters: Vec<Role> = reading.roles.iter().copied().take(2).collect();
    let sits = !matches!(reading.posture, Some(Posture::Standing | Posture::Walking));
    furniture::chair(
        sheet,
        Spot {
            foot: sheet.at(0.375, 0.865),
            size: 0.115 * h,
        },
        false,
    );
    if sits && !sitters.is_empty() {
        sit(
            sheet,
            sitters[0],
            sheet.at(0.375, 0.845),
            0.50 * h,
            false,
            figure::cloth(reading),
        );
    }
    if sits && sitters.len() > 1 {
        furniture::chair(
            sheet,
            Spot {
                foot: sheet.at(0.775, 0.865),
                size: 0.115 * h,
            },
            true,
        );
        sit(sheet, sitters[1], sheet.at(0.775, 0.845), 0.50 * h, true, None);
    }
    let cloth = reading.has(&["samovar", "cup", "bread", "bottle"]);
    furniture::table(sheet, spot, 1.62, cloth);
    on_table(sheet, reading, spot);
    if burning {
        let on = Spot {
            foot: spot.at(0.18, 0.97),
            size: 0.155 * h,
        };
        if reading.has(&["candle"]) {
            furniture::candle(sheet, Spot { size: 0.13 * h, ..on }, 0.95);
        } else {
            furniture::lamp(sheet, on, 1.0);
        }
    }
}

fn sit(sheet: &mut Sheet, role: Role, foot: Pt, height: f32, left: bool, cloth: Option<Colour>) {
    figure::draw(
        sheet,
        &Figure {
            role,
            posture: Posture::Sitting,
            foot,
            height,
            depth: 0.0,
            left,
            cloth,
            bare: true,
            away: false,
        },
    );
}

fn on_table(sheet: &mut Sheet, reading: &Reading, spot: Spot) {
    let paper = |x: f32| spot.ring(&[(x, 0.93), (x + 0.26, 0.93), (x + 0.30, 1.01), (x + 0.05, 1.01)]);
    if reading.has(&["letter", "book"]) || !reading.has(&["samovar", "cup", "bread", "bottle"]) {
        sheet.add(Shape::new(paper(-0.5), hex(0xf4eddc)).line(0.7).grain(LEVEL));
        sheet.add(
            Shape::new(spot.block(0.42, 0.95, 0.26, 0.06), hex(0x7b3a31))
                .grain(LEVEL)
                .line(0.7),
        );
        sheet.add(
            Shape::new(spot.block(0.44, 1.01, 0.22, 0.05), hex(0x55604c))
                .grain(LEVEL)
                .line(0.7),
        );
    }
    if reading.has(&["samovar"]) {
        let pot = Spot {
            foot: spot.at(-0.12, 0.95),
            size: spot.size * 0.62,
        };
        sheet.add(
            Shape::new(
                pot.smooth(&[
                    (-0.22, 0.0),
                    (-0.14, 0.10),
                    (-0.26, 0.3),
                    (-0.28, 0.62),
                    (-0.14, 0.76),
                    (0.14, 0.76),
                    (0.28, 0.62),
                    (0.26, 0.3),
                    (0.14, 0.10),
                    (0.22, 0.0),
                ]),
                hex(0xc29547),
            )
            .side(0.8)
            .grain(UPRIGHT),
        );
        sheet.add(
            Shape::new(
                pot.smooth(&[(-0.1, 0.76), (-0.12, 0.98), (0.12, 0.98), (0.1, 0.76)]),
                hex(0xe9e0cd),
            )
            .line(0.8),
        );
    }
    if reading.has(&["cup", "samovar", "bottle"]) {
        for x in [-0.55, 0.45] {
            let cup = spot.smooth(&[
                (x - 0.06, 1.08),
                (x - 0.045, 0.96),
                (x + 0.045, 0.96),
                (x + 0.06, 1.08),
            ]);
            sheet.add(Shape::new(cup, hex(0xf2ecdf)).line(0.8));
        }
    }
    if reading.has(&["bottle"]) {
        let bottle = spot.smooth(&[
            (-0.36, 0.95),
            (-0.37, 1.18),
            (-0.32, 1.25),
            (-0.32, 1.38),
            (-0.27, 1.38),
            (-0.27, 1.25),
            (-0.22, 1.18),
            (-0.23, 0.95),
        ]);
        sheet.add(Shape::new(bottle, hex(0x3f5a45)).side(0.6));
    }
}

/// Those who do not sit at the table stand in the room.
fn others(sheet: &mut Sheet, reading: &Reading) {
    let h = sheet.height;
    let standing = matches!(reading.posture, Some(Posture::Standing | Posture::Walking));
    let skip = if standing { 0 } else { 2 };
    for (i, role) in reading.roles.iter().copied().skip(skip).take(3).enumerate() {
        let x = [0.30, 0.72, 0.45][i];
        let posture = reading
            .posture
            .filter(|p| *p != Posture::Sitting)
            .unwrap_or(Posture::Standing);
        let figure = Figure {
            role,
            posture,
            foot: sheet.at(x, 0.90 - 0.03 * i as f32),
            height: 0.56 * h,
            depth: 0.0,
            left: x > 0.5,
            cloth: None,
            bare: true,
            away: false,
        };
        figure::draw(sheet, &figure);
    }
}
