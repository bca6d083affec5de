//! One thing, large, on a table by a dark wall.

mod arms;
mod dress;
mod keepsakes;
mod table_ware;
mod writing;

use super::furniture::{self, Spot};

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Ring, ellipse, pt, rect},
    reading::Reading,
    sheet::{Air, LEVEL, Light, SLANT, Shape, Sheet, UPRIGHT},
};

/// Things that can be drawn large.
const THINGS: &[&str] = &[
    "letter", "book", "candle", "lamp", "sword", "pistol", "mirror", "portrait", "key", "ring", "cup",
    "bottle", "samovar", "bread", "apple", "box", "clock", "cross", "coin", "flower", "hat", "umbrella",
    "violin", "pipe", "glasses", "chair", "cloak",
];

/// The thing the reading is about, when it can be drawn large.
pub(crate) fn thing(reading: &Reading) -> Option<&'static str> {
    reading.words.iter().copied().find(|word| THINGS.contains(word))
}

/// Lamp light from the left.
pub(crate) fn air() -> Air {
    Air {
        ambient: hex(0x8e857a),
        haze: hex(0x8e857a),
        haze_strength: 0.0,
        lights: Vec::new(),
        exposure: 1.0,
    }
}

/// Draws the thing that [`thing`] found, with one or two companions.
pub(crate) fn draw(sheet: &mut Sheet, reading: &Reading) {
    let Some(main) = thing(reading) else { return };
    let (w, h) = (sheet.width, sheet.height);
    let wall = sheet
        .chance
        .fork("wall")
        .pick(&[hex(0x77705f), hex(0x6a7270), hex(0x7a6654)]);
    sheet.add(
        Shape::new(rect(-9.0, -9.0, w + 18.0, h * 0.70), wall)
            .shade(1.1, 0.72)
            .side(0.7)
            .grain(SLANT)
            .line(0.0),
    );
    sheet.add(
        Shape::new(rect(-9.0, h * 0.64, w + 18.0, h * 0.4), hex(0x9c7248))
            .shade(1.12, 0.8)
            .grain(LEVEL)
            .line(0.9),
    );
    sheet.light(Light {
        at: sheet.at(0.16, 0.18),
        reach: 0.52 * h,
        colour: hex(0xfbe3b4),
        strength: 0.85,
    });
    let middle = sheet.at(0.47, 0.82);
    let shadow = ellipse(pt(middle.x + 0.12 * h, middle.y), 0.36 * h, 0.035 * h);
    sheet.add(
        Shape::new(shadow, hex(0x3c2d22))
            .line(0.0)
            .soft(0.02 * h)
            .alpha(0.55),
    );
    let companion = reading
        .words
        .iter()
        .copied()
        .find(|word| THINGS.contains(word) && *word != main);
    if let Some(second) = companion {
        one(
            sheet,
            second,
            Spot {
                foot: sheet.at(0.80, 0.775),
                size: 0.30 * h,
            },
        );
    } else if !matches!(
        main,
        "candle" | "lamp" | "mirror" | "portrait" | "violin" | "sword"
    ) {
        furniture::candle(
            sheet,
            Spot {
                foot: sheet.at(0.82, 0.76),
                size: 0.26 * h,
            },
            0.75,
        );
    }
    one(
        sheet,
        main,
        Spot {
            foot: middle,
            size: 0.52 * h,
        },
    );
}

/// Draws a thing about one unit high.
fn one(sheet: &mut Sheet, name: &str, s: Spot) {
    match name {
        "letter" => writing::letter(sheet, s),
        "book" => writing::book(sheet, s),
        "candle" => furniture::candle(
            sheet,
            Spot {
                size: s.size * 0.8,
                ..s
            },
            0.9,
        ),
        "lamp" => furniture::lamp(sheet, s, 0.9),
        "sword" => arms::sword(sheet, s),
        "pistol" => arms::pistol(sheet, s),
        "mirror" | "portrait" => furniture::framed(
            sheet,
            Spot {
                foot: s.at(-0.38, 0.10),
                size: s.size * 0.76,
            },
            name == "mirror",
        ),
        "key" => keepsakes::key(sheet, s),
        "ring" => keepsakes::ring(sheet, s),
        "cup" => table_ware::cup(sheet, s),
        "bottle" => table_ware::bottle(sheet, s),
        "samovar" => table_ware::samovar(sheet, s),
        "bread" => table_ware::bread(sheet, s),
        "apple" => table_ware::apple(sheet, s),
        "clock" => keepsakes::clock(sheet, s),
        "cross" => keepsakes::cross(sheet, s),
        "coin" => keepsakes::coins(sheet, s),
        "flower" => table_ware::bouquet(sheet, s),
        "hat" => dress::hat(sheet, s),
        "umbrella" => dress::umbrella(sheet, s),
        "violin" => keepsakes::violin(sheet, s),
        "pipe" => keepsakes::pipe(sheet, s),
        "glasses" => keepsakes::glasses(sheet, s),
        "chair" => furniture::chair(
            sheet,
            Spot {
                foot: s.at(0.0, -0.1),
                size: s.size * 0.55,
            },
            false,
        ),
        "cloak" => dress::cloak(sheet, s),
        _ => keepsakes::casket(sheet, s),
    }
}

fn form(ring: Ring, colour: Colour) -> Shape {
    Shape::new(ring, colour).side(0.7).grain(UPRIGHT)
}
