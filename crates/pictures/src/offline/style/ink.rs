//! Pen drawing: a diluted wash for the masses, hatching for the tones, a contour of varied weight.

use super::{
    contour::{self, Pen},
    hatch::{self, Hatch},
    mark::{Mark, PAPER, Paint},
    paper,
    view::View,
};
use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, pt},
    sheet::{Grain, Shape, Sheet},
};

/// Iron gall ink.
const INK: Colour = hex(0x1f1a17);
/// The darkest the diluted wash gets.
const WASH: Colour = hex(0x6a5c4e);

/// Layers of hatching: from which darkness they begin, turn of the pen, spacing.
const LAYERS: [(f32, f32, f32); 3] = [(0.20, 0.0, 5.2), (0.47, 0.9, 5.6), (0.70, -0.55, 5.0)];

/// The whole drawing as marks.
pub(crate) fn marks(sheet: &Sheet) -> Vec<Mark> {
    let unit = sheet.unit();
    let margin = 16.0 * unit;
    let frame = (
        pt(margin, margin),
        pt(sheet.width - margin, sheet.height - margin),
    );
    let seed = sheet.chance.fork("ink").next() as u32;
    let view = View::new(sheet);
    let mut marks = Vec::new();
    for (index, shape) in sheet.shapes.iter().enumerate().filter(|(_, shape)| !shape.halo) {
        draw(
            &mut marks,
            &view,
            index,
            shape,
            seed.wrapping_add(index as u32 * 31),
            frame,
        );
    }
    let mat = paper::mat(sheet.width, sheet.height, 22.0 * unit, 7.0 * unit, seed);
    marks.push(Mark {
        rings: mat,
        paint: Paint::Flat(PAPER),
        alpha: 1.0,
        even_odd: true,
    });
    marks
}

fn draw(marks: &mut Vec<Mark>, view: &View<'_>, index: usize, shape: &Shape, seed: u32, frame: (Pt, Pt)) {
    let sheet = view.sheet;
    let amid = sheet.seen_amid(shape);
    if shape.grain == Grain::Solid {
        let colour = if amid.brightness() < 0.5 {
            wash(amid).mix(INK, 0.75)
        } else {
            wash(amid)
        };
        marks.push(filled(shape, Paint::Flat(colour)));
    } else {
        marks.push(filled(shape, fade(sheet, shape)));
        hatching(marks, view, index, shape, seed, frame);
    }
    if shape.line > 0.0 {
        let weight = 1.75 * shape.line * (1.0 - 0.55 * shape.depth) * sheet.unit().max(0.6);
        let pen = Pen {
            weight,
            lost: 0.28 + 0.2 * shape.depth,
            tremor: 0.8 * sheet.unit(),
            seed,
        };
        let strokes = shape
            .rings
            .iter()
            .flat_map(|ring| contour::strokes(ring, pen))
            .collect();
        marks.push(Mark::flat(strokes, INK.mix(sheet.air.haze, 0.45 * shape.depth)));
    }
}

fn filled(shape: &Shape, paint: Paint) -> Mark {
    Mark {
        rings: shape.rings.clone(),
        paint,
        alpha: shape.alpha,
        even_odd: shape.grain != Grain::Solid,
    }
}

/// The diluted wash under the hatching keeps a breath of the colour of the thing.
fn wash(seen: Colour) -> Colour {
    let dark = 1.0 - seen.brightness();
    let grey = PAPER.mix(WASH, (dark * dark * 1.25).min(1.0));
    grey.mix(seen.mix(PAPER, 0.35), 0.30 + 0.25 * seen.saturation())
}

fn fade(sheet: &Sheet, shape: &Shape) -> Paint {
    let (low, high) = shape.bounds();
    let x = (low.x.max(0.0) + high.x.min(sheet.width)) * 0.5;
    let (from, to) = (low.y.max(0.0), high.y.min(sheet.height).max(low.y.max(0.0) + 1.0));
    let (top, bottom) = (sheet.seen(shape, pt(x, from)), sheet.seen(shape, pt(x, to)));
    Paint::Fade {
        from,
        to,
        top: wash(top),
        bottom: wash(bottom),
    }
}

fn hatching(marks: &mut Vec<Mark>, view: &View<'_>, index: usize, shape: &Shape, seed: u32, frame: (Pt, Pt)) {
    let sheet = view.sheet;
    if shape.alpha < 0.5 {
        return;
    }
    let fine = sheet.unit().max(0.5) * (1.0 - 0.25 * shape.depth);
    let mut strokes = Vec::new();
    for (layer, &(begins, turn, spacing)) in LAYERS.iter().enumerate() {
        let hatch = Hatch {
            turn,
            spacing: spacing * fine,
            step: 7.0 * fine,
            seed: seed.wrapping_add(layer as u32),
            tremor: 0.9 * fine,
        };
        strokes.extend(hatch::strokes(&shape.rings, shape.grain, hatch, frame, |p| {
            if view.hidden(index, p) {
                return 0.0;
            }
            let dark = 1.0 - view.brightness(index, shape, p);
            ((dark - begins) * 5.0).clamp(0.0, 2.7) * fine
        }));
    }
    if !strokes.is_empty() {
        marks.push(Mark::flat(strokes, INK.mix(sheet.air.haze, 0.35 * shape.depth)));
    }
}
