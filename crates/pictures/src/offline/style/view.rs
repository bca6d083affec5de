//! What a line style needs to know of a sheet: tones through halos and the hour, and what is hidden.

use super::hatch;
use crate::offline::{
    colour::Colour,
    geometry::{Pt, Ring, bounds},
    sheet::{Shape, Sheet},
};

/// Side of the squares in which hidden places are remembered, pixels.
const CELL: f32 = 8.0;

/// A sheet prepared for drawing with lines.
pub(crate) struct View<'a> {
    pub(crate) sheet: &'a Sheet,
    halos: Vec<Halo>,
    columns: usize,
    rows: usize,
    /// For each cell one more than the index of the topmost shape that covers it whole.
    top: Vec<u32>,
    exposure: f32,
}

/// Light in the air, laid over the shapes before it.
struct Halo {
    index: usize,
    middle: Pt,
    radius: Pt,
    colour: Colour,
    alpha: f32,
}

impl<'a> View<'a> {
    pub(crate) fn new(sheet: &'a Sheet) -> Self {
        let columns = (sheet.width / CELL) as usize + 1;
        let rows = (sheet.height / CELL) as usize + 1;
        let halos = sheet
            .shapes
            .iter()
            .enumerate()
            .filter(|(_, shape)| shape.halo)
            .map(|(index, shape)| {
                let (low, high) = bounds(&shape.rings);
                Halo {
                    index,
                    middle: low.towards(high, 0.5),
                    radius: (high - low) * 0.5,
                    colour: shape.colour,
                    alpha: shape.alpha,
                }
            });
        let mut view = Self {
            sheet,
            halos: halos.collect(),
            columns,
            rows,
            top: vec![0; columns * rows],
            exposure: sheet.air.exposure,
        };
        for (index, shape) in sheet.shapes.iter().enumerate() {
            let opaque = shape.alpha >= 1.0 && !shape.halo;
            if opaque && shape.rings.len() == 1 {
                view.cover(&shape.rings, index as u32 + 1);
            }
        }
        view
    }

    /// Brightness of a shape at a point, 0 to 1, as the style should print it.
    pub(crate) fn brightness(&self, index: usize, shape: &Shape, p: Pt) -> f32 {
        self.exposed(self.colour(index, shape, p).brightness())
    }

    /// Brightness as it is printed, by [`super::super::sheet::Air::exposure`].
    pub(crate) fn exposed(&self, brightness: f32) -> f32 {
        brightness.powf(self.exposure)
    }

    /// Colour of a shape at a point through the halos that lie over it.
    pub(crate) fn colour(&self, index: usize, shape: &Shape, p: Pt) -> Colour {
        let over = self.halos.iter().filter(|halo| halo.index > index);
        over.fold(self.sheet.seen(shape, p), |colour, halo| {
            let away = ((p.x - halo.middle.x) / halo.radius.x).hypot((p.y - halo.middle.y) / halo.radius.y);
            let near = ((1.25 - away) / 0.75).clamp(0.0, 1.0);
            if near > 0.0 {
                colour.mix(halo.colour, halo.alpha * near * near * (3.0 - 2.0 * near))
            } else {
                colour
            }
        })
    }

    /// Whether a later shape covers the place whole.
    pub(crate) fn hidden(&self, index: usize, p: Pt) -> bool {
        if p.x < 0.0 || p.y < 0.0 {
            return false;
        }
        let (column, row) = ((p.x / CELL) as usize, (p.y / CELL) as usize);
        column < self.columns && row < self.rows && self.top[row * self.columns + column] > index as u32 + 1
    }

    fn cover(&mut self, rings: &[Ring], mark: u32) {
        let lines: Vec<(i32, Vec<f32>)> = hatch::rows(rings, CELL).collect();
        for pair in lines.windows(2) {
            let [(row, upper), (_, lower)] = pair else {
                continue;
            };
            if *row < 0 || *row as usize >= self.rows {
                continue;
            }
            for above in upper.chunks_exact(2) {
                for below in lower.chunks_exact(2) {
                    let (from, to) = (above[0].max(below[0]), above[1].min(below[1]));
                    let first = (from / CELL).ceil().max(0.0) as usize;
                    let last = ((to / CELL).floor().max(0.0) as usize).min(self.columns);
                    for column in first..last {
                        self.top[*row as usize * self.columns + column] = mark;
                    }
                }
            }
        }
    }
}
