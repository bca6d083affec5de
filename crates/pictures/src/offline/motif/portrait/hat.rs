//! What is worn on the head in a portrait.

use super::Sitter;
use crate::offline::{
    colour::hex,
    reading::Role,
    sheet::{LEVEL, Shape, Sheet, UPRIGHT},
};

/// The back of a headscarf or hood.
pub(super) fn behind(sheet: &mut Sheet, sitter: &Sitter) {
    if scarfed(sitter) || sitter.role == Role::Monk {
        let colour = scarf_colour(sitter);
        let ring = sitter.ring(&[
            (0.0, -0.70),
            (0.30, -0.62),
            (0.50, -0.30),
            (0.52, 0.20),
            (0.60, 0.74),
            (0.0, 0.85),
            (-0.62, 0.74),
            (-0.54, 0.20),
            (-0.52, -0.30),
            (-0.30, -0.62),
        ]);
        sheet.add(Shape::new(ring, colour.times(0.72)).grain(UPRIGHT));
    }
}

/// What sits on the brow.
pub(super) fn before(sheet: &mut Sheet, sitter: &Sitter) {
    match sitter.role {
        _ if scarfed(sitter) || sitter.role == Role::Monk => scarf(sheet, sitter),
        Role::Priest => {
            let ring = sitter.ring(&[
                (-0.38, -0.36),
                (-0.40, -0.80),
                (0.0, -0.84),
                (0.41, -0.80),
                (0.39, -0.36),
                (0.0, -0.31),
            ]);
            sheet.add(Shape::new(ring, hex(0x2a282c)).grain(UPRIGHT).side(0.7));
        }
        Role::King => {
            let points = [
                (-0.38, -0.36),
                (-0.44, -0.68),
                (-0.26, -0.52),
                (-0.13, -0.74),
                (0.0, -0.54),
                (0.14, -0.74),
                (0.27, -0.52),
                (0.45, -0.68),
                (0.39, -0.36),
                (0.0, -0.32),
            ];
            let ring = points.iter().map(|&(x, y)| sitter.at(x, y)).collect();
            sheet.add(Shape::new(ring, hex(0xcfa449)).grain(UPRIGHT));
        }
        Role::Soldier => {
            let ring = sitter.ring(&[
                (-0.39, -0.34),
                (-0.46, -0.58),
                (-0.30, -0.70),
                (0.05, -0.72),
                (0.36, -0.70),
                (0.48, -0.56),
                (0.40, -0.34),
                (0.0, -0.30),
            ]);
            sheet.add(Shape::new(ring, hex(0x5c6257)).grain(LEVEL));
            let band = sitter.ring(&[
                (-0.39, -0.34),
                (-0.40, -0.45),
                (0.0, -0.42),
                (0.41, -0.45),
                (0.40, -0.34),
                (0.0, -0.30),
            ]);
            sheet.add(Shape::new(band, hex(0x9b4038)).grain(LEVEL));
            let peak = sitter.ring(&[
                (-0.30, -0.33),
                (0.0, -0.305),
                (0.34, -0.33),
                (0.26, -0.23),
                (0.02, -0.20),
                (-0.22, -0.24),
            ]);
            sheet.add(Shape::new(peak, hex(0x232124)).grain(LEVEL));
        }
        Role::Sailor => {
            let ring = sitter.ring(&[
                (-0.42, -0.34),
                (-0.54, -0.52),
                (-0.30, -0.68),
                (0.05, -0.70),
                (0.40, -0.66),
                (0.55, -0.50),
                (0.42, -0.34),
                (0.0, -0.36),
            ]);
            sheet.add(Shape::new(ring, hex(0xe9e3d4)).grain(LEVEL));
            let band = sitter.ring(&[
                (-0.41, -0.30),
                (-0.42, -0.40),
                (0.0, -0.37),
                (0.43, -0.40),
                (0.42, -0.30),
                (0.0, -0.28),
            ]);
            sheet.add(Shape::new(band, hex(0x2d3650)).grain(LEVEL));
        }
        Role::Gentleman if sitter.has("hat") => {
            let crown = sitter.ring(&[
                (-0.36, -0.42),
                (-0.42, -0.98),
                (0.0, -1.02),
                (0.43, -0.98),
                (0.37, -0.42),
            ]);
            sheet.add(Shape::new(crown, hex(0x29272d)).grain(UPRIGHT).side(0.8));
            let brim = sitter.ring(&[
                (-0.60, -0.42),
                (0.0, -0.50),
                (0.62, -0.42),
                (0.40, -0.34),
                (0.0, -0.31),
                (-0.40, -0.34),
            ]);
            sheet.add(Shape::new(brim, hex(0x29272d)).grain(LEVEL));
        }
        Role::Lady if sitter.has("hat") => {
            let brim = sitter.ring(&[
                (-0.66, -0.34),
                (-0.40, -0.56),
                (0.0, -0.62),
                (0.45, -0.56),
                (0.70, -0.32),
                (0.36, -0.42),
                (0.0, -0.46),
                (-0.36, -0.42),
            ]);
            let crown = sitter.ring(&[
                (-0.34, -0.50),
                (-0.30, -0.78),
                (0.0, -0.86),
                (0.32, -0.78),
                (0.36, -0.50),
            ]);
            sheet.add(Shape::new(crown, hex(0xcdb78f)).grain(UPRIGHT));
            sheet.add(Shape::new(brim, hex(0xcdb78f)).grain(LEVEL));
        }
        _ if sitter.has("hat") && !sitter.female => {
            let ring = sitter.ring(&[
                (-0.40, -0.30),
                (-0.46, -0.56),
                (-0.24, -0.74),
                (0.05, -0.77),
                (0.32, -0.72),
                (0.48, -0.54),
                (0.41, -0.30),
                (0.0, -0.36),
            ]);
            sheet.add(Shape::new(ring, hex(0x5b4a3b)).grain(UPRIGHT).side(0.5));
        }
        _ => {}
    }
}

fn scarfed(sitter: &Sitter) -> bool {
    sitter.has("headscarf") || matches!(sitter.role, Role::PeasantWoman | Role::OldWoman)
}

fn scarf_colour(sitter: &Sitter) -> crate::offline::colour::Colour {
    match sitter.role {
        Role::Monk => hex(0x2c2a2e),
        Role::OldWoman => hex(0x8c7468),
        _ => sitter.cloth.unwrap_or(hex(0xb5503f)),
    }
}

fn scarf(sheet: &mut Sheet, sitter: &Sitter) {
    let colour = scarf_colour(sitter);
    let b = sitter.breadth;
    let band = sitter.ring(&[
        (0.0, -0.70),
        (0.30, -0.62),
        (0.46 * b, -0.34),
        (0.47 * b, 0.10),
        (0.40 * b, 0.46),
        (0.20, 0.62),
        (0.02, 0.66),
        (0.10, 0.54),
        (0.28 * b, 0.40),
        (0.365 * b, 0.12),
        (0.345 * b, -0.16),
        (0.24 * b, -0.36),
        (0.0, -0.44),
        (-0.24 * b, -0.36),
        (-0.345 * b, -0.16),
        (-0.36 * b, 0.12),
        (-0.27 * b, 0.40),
        (-0.06, 0.54),
        (-0.02, 0.66),
        (-0.20, 0.62),
        (-0.41 * b, 0.46),
        (-0.48 * b, 0.10),
        (-0.47 * b, -0.34),
        (-0.30, -0.62),
    ]);
    sheet.add(Shape::new(band, colour).grain(UPRIGHT).side(0.5));
    if sitter.role == Role::Monk {
        return;
    }
    for (dx, dy) in [(-0.13, 0.80), (0.14, 0.82)] {
        let tail = sitter.ring(&[
            (0.0, 0.60),
            (dx * 0.6 - 0.05, 0.68),
            (dx - 0.05, dy + 0.08),
            (dx + 0.06, dy),
            (dx * 0.6 + 0.05, 0.66),
        ]);
        sheet.add(Shape::new(tail, colour).grain(UPRIGHT).shade(1.1, 0.8));
    }
    let dots: Vec<_> = [
        (-0.36, -0.46),
        (-0.18, -0.56),
        (0.02, -0.58),
        (0.22, -0.54),
        (0.38, -0.42),
        (-0.42, -0.2),
        (0.41, -0.14),
        (-0.43, 0.08),
        (0.42, 0.16),
    ]
    .iter()
    .map(|&(x, y)| sitter.oval(x * b, y, 0.018, 0.018))
    .collect();
    sheet.add(sitter.solid(dots, hex(0xf0e6d2)));
}
