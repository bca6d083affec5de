//! Woodcut: black block with carved lines over one warm and one cool tint.

use super::{
    carve::{self, Tints},
    contour::{self, Pen},
    hatch::{self, Hatch},
    mark::{Mark, PAPER, Paint},
    paper,
    view::View,
};
use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, pt},
    noise,
    sheet::{Grain, Sheet},
};

/// Printing black.
const BLACK: Colour = hex(0x17161a);

/// The whole print as marks.
pub(crate) fn marks(sheet: &Sheet) -> Vec<Mark> {
    let unit = sheet.unit();
    let margin = 20.0 * unit;
    let frame = (
        pt(margin, margin),
        pt(sheet.width - margin, sheet.height - margin),
    );
    let seed = sheet.chance.fork("woodcut").next() as u32;
    let tints = carve::tints(sheet.air.ambient.brightness() < 0.5);
    let view = View::new(sheet);
    let mut marks = Vec::new();
    for (index, _) in sheet.shapes.iter().enumerate().filter(|(_, shape)| !shape.halo) {
        cut(
            &mut marks,
            &view,
            index,
            tints,
            seed.wrapping_add(index as u32 * 31),
            frame,
        );
    }
    let edge = paper::mat(sheet.width, sheet.height, 24.0 * unit, 3.0 * unit, seed ^ 5);
    marks.push(Mark {
        rings: vec![edge[1].clone(), inset(&edge[1], sheet, 5.0 * unit)],
        ..frame_mark()
    });
    marks.push(Mark {
        rings: edge,
        paint: Paint::Flat(PAPER),
        alpha: 1.0,
        even_odd: true,
    });
    marks
}

fn frame_mark() -> Mark {
    Mark {
        rings: Vec::new(),
        paint: Paint::Flat(BLACK),
        alpha: 1.0,
        even_odd: true,
    }
}

fn inset(ring: &[Pt], sheet: &Sheet, by: f32) -> Vec<Pt> {
    let middle = sheet.at(0.5, 0.5);
    let (sx, sy) = (1.0 - 2.0 * by / sheet.width, 1.0 - 2.0 * by / sheet.height);
    ring.iter()
        .map(|p| pt(middle.x + (p.x - middle.x) * sx, middle.y + (p.y - middle.y) * sy))
        .collect()
}

/// Share of black at this brightness: bold, with an S-curve that empties the lights and fills the darks.
fn black_share(brightness: f32) -> f32 {
    let dark = 1.0 - brightness;
    let t = ((dark - 0.16) / 0.64).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn cut(marks: &mut Vec<Mark>, view: &View<'_>, index: usize, tints: Tints, seed: u32, frame: (Pt, Pt)) {
    let sheet = view.sheet;
    let shape = &sheet.shapes[index];
    let unit = sheet.unit().max(0.5);
    let amid = sheet.seen_amid(shape);
    let share = black_share(view.exposed(amid.brightness()));
    let flat = |paint| Mark {
        rings: shape.rings.clone(),
        paint,
        alpha: shape.alpha,
        even_odd: shape.grain != Grain::Solid,
    };
    if shape.grain == Grain::Solid || shape.alpha < 0.5 {
        marks.push(flat(Paint::Flat(if share > 0.5 {
            BLACK
        } else {
            tints.of(amid)
        })));
        return;
    }
    let light = tints.of(amid);
    let spacing = 7.6 * unit * (1.0 - 0.3 * shape.depth);
    let hatch = Hatch {
        turn: 0.0,
        spacing,
        step: 8.0 * unit,
        seed,
        tremor: 0.8 * unit,
    };
    let carve_light = share > 0.5;
    marks.push(flat(Paint::Flat(if carve_light { BLACK } else { light })));
    let lines = hatch::strokes(&shape.rings, shape.grain, hatch, frame, |p| {
        if view.hidden(index, p) {
            return 0.0;
        }
        let black = black_share(view.brightness(index, shape, p));
        let part = if carve_light { 1.0 - black } else { black };
        let ragged = 0.05 + 0.05 * noise::plane(seed, p.x * 0.02, p.y * 0.06);
        if part < ragged { 0.0 } else { part * spacing * 1.02 }
    });
    if !lines.is_empty() {
        marks.push(Mark::flat(lines, if carve_light { light } else { BLACK }));
    }
    if shape.line > 0.0 {
        let colour = if carve_light { light } else { BLACK };
        let weight = (if carve_light { 1.3 } else { 2.7 }) * shape.line * unit * (1.0 - 0.5 * shape.depth);
        let pen = Pen {
            weight,
            lost: if carve_light { 0.55 } else { 0.1 },
            tremor: 0.6 * unit,
            seed,
        };
        let strokes = shape
            .rings
            .iter()
            .flat_map(|ring| contour::strokes(ring, pen))
            .collect();
        marks.push(Mark::flat(strokes, colour));
    }
}
