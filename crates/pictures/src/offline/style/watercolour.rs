//! Watercolour: washes whose pigment gathers at edges, drifts in the water and settles in the paper.
//!
//! Pigment density changes a colour as in Bousseau et al., "Interactive watercolor rendering with temporal
//! coherence and abstraction" (NPAR 2006): `c' = c - (c - c^2)(d - 1)`.

use tiny_skia::{FillRule, Mask, Pixmap, Transform};

use super::{
    contour::{self, Pen},
    mark::path,
    paper,
};
use crate::offline::{
    colour::{Colour, hex},
    geometry::{Ring, pt, tremble},
    noise,
    sheet::{Grain, Shape, Sheet},
};

/// Cold-pressed paper.
const PAPER: Colour = hex(0xfaf5e9);
/// Colour is asked of the sheet once in a square of this side, and blended between.
const CELL: usize = 12;

/// What lies on the paper so far.
struct Wash {
    width: usize,
    height: usize,
    colour: Vec<[f32; 3]>,
    density: Vec<f32>,
}

/// Part of a mask over the sheet.
struct Patch {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    cover: Vec<u8>,
}

/// Paints the sheet.
pub(crate) fn paint(sheet: &Sheet) -> Option<Pixmap> {
    let (width, height) = (sheet.width as usize, sheet.height as usize);
    let mut wash = Wash {
        width,
        height,
        colour: vec![[PAPER.r, PAPER.g, PAPER.b]; width * height],
        density: vec![1.0; width * height],
    };
    let seed = sheet.chance.fork("watercolour").next() as u32;
    for (index, shape) in sheet.shapes.iter().enumerate() {
        lay(&mut wash, sheet, shape, seed.wrapping_add(index as u32 * 37));
    }
    settle(&wash, sheet, seed)
}

fn lay(wash: &mut Wash, sheet: &Sheet, shape: &Shape, seed: u32) {
    let unit = sheet.unit();
    let (low, high) = shape.bounds();
    let size = (high - low).length();
    let shake = (size * 0.02).clamp(0.3, 2.4 * unit);
    let rings: Vec<Ring> = shape
        .rings
        .iter()
        .map(|ring| tremble(ring, seed, shake, (size * 0.12).clamp(8.0, 46.0 * unit)))
        .collect();
    let solid = shape.grain == Grain::Solid;
    let rule = if solid {
        FillRule::Winding
    } else {
        FillRule::EvenOdd
    };
    let Some(mut patch) = patch(wash, &rings, rule, shape.soft) else {
        return;
    };
    if shape.soft > 0.5 {
        blur(&mut patch, shape.soft);
    }
    let pool = (!solid && shape.soft < 3.0 && size > 14.0 * unit).then(|| {
        let mut wide = Patch {
            cover: patch.cover.clone(),
            ..patch
        };
        blur(&mut wide, (size * 0.03).clamp(2.0, 5.0) * unit);
        wide.cover
    });
    let drift = 1.0 + 0.10 * noise::line(seed, 0.5);
    tint(wash, sheet, shape, &patch, pool.as_deref(), drift);
    if shape.line > 0.5 && !shape.glow {
        let pen = Pen {
            weight: 1.15 * shape.line * (1.0 - 0.5 * shape.depth) * unit,
            lost: 0.55,
            tremor: unit,
            seed,
        };
        let strokes: Vec<Ring> = rings
            .iter()
            .flat_map(|ring| contour::strokes(ring, pen))
            .collect();
        if let Some(patch) = self::patch(wash, &strokes, FillRule::Winding, 0.0) {
            let line = shape.clone().alpha(0.62 * shape.alpha).shade(0.42, 0.36);
            tint(wash, sheet, &line, &patch, None, 1.1);
        }
    }
}

/// The part of the sheet that `rings` cover.
fn patch(wash: &Wash, rings: &[Ring], rule: FillRule, soft: f32) -> Option<Patch> {
    let path = path(rings)?;
    let bounds = path.bounds();
    let pad = soft * 2.0 + 2.0;
    let left = (bounds.left() - pad).max(0.0) as usize;
    let top = (bounds.top() - pad).max(0.0) as usize;
    let right = ((bounds.right() + pad).max(0.0) as usize).min(wash.width);
    let bottom = ((bounds.bottom() + pad).max(0.0) as usize).min(wash.height);
    if right <= left || bottom <= top {
        return None;
    }
    let mut mask = Mask::new((right - left) as u32, (bottom - top) as u32)?;
    mask.fill_path(
        &path,
        rule,
        true,
        Transform::from_translate(-(left as f32), -(top as f32)),
    );
    Some(Patch {
        left,
        top,
        width: right - left,
        height: bottom - top,
        cover: mask.take(),
    })
}

/// Two box blurs in both directions.
fn blur(patch: &mut Patch, radius: f32) {
    let radius = radius.max(1.0) as usize;
    let mut line = Vec::new();
    for _ in 0..2 {
        for row in patch.cover.chunks_exact_mut(patch.width) {
            box_blur(row, 1, patch.width, radius, &mut line);
        }
        for x in 0..patch.width {
            box_blur(
                &mut patch.cover[x..],
                patch.width,
                patch.height,
                radius,
                &mut line,
            );
        }
    }
}

fn box_blur(data: &mut [u8], stride: usize, count: usize, radius: usize, line: &mut Vec<u8>) {
    line.clear();
    line.extend((0..count).map(|i| data[i * stride]));
    let span = (2 * radius + 1) as u32;
    let at = |i: isize| u32::from(line[i.clamp(0, count as isize - 1) as usize]);
    let mut sum: u32 = (-(radius as isize)..=radius as isize).map(at).sum();
    for i in 0..count {
        data[i * stride] = (sum / span) as u8;
        sum = sum + at(i as isize + radius as isize + 1) - at(i as isize - radius as isize);
    }
}

/// Blends the colour of the shape into the patch; `pool` is the blurred cover that tells where edges are.
fn tint(wash: &mut Wash, sheet: &Sheet, shape: &Shape, patch: &Patch, pool: Option<&[u8]>, drift: f32) {
    let columns = patch.width / CELL + 2;
    let ask = |row: usize| -> Vec<[f32; 3]> {
        (0..columns)
            .map(|column| {
                let p = pt(
                    (patch.left + column * CELL) as f32,
                    (patch.top + row * CELL) as f32,
                );
                let c = sheet.seen(shape, p);
                [c.r, c.g, c.b]
            })
            .collect()
    };
    let (mut above, mut below) = (ask(0), ask(1));
    for y in 0..patch.height {
        if y > 0 && y % CELL == 0 {
            above = std::mem::replace(&mut below, ask(y / CELL + 1));
        }
        let down = (y % CELL) as f32 / CELL as f32;
        let start = (patch.top + y) * wash.width + patch.left;
        let row = y * patch.width;
        for x in 0..patch.width {
            let cover = patch.cover[row + x];
            if cover == 0 {
                continue;
            }
            let alpha = f32::from(cover) / 255.0 * shape.alpha;
            let (column, across) = (x / CELL, (x % CELL) as f32 / CELL as f32);
            let pixel = &mut wash.colour[start + x];
            for part in 0..3 {
                let upper = above[column][part] + (above[column + 1][part] - above[column][part]) * across;
                let lower = below[column][part] + (below[column + 1][part] - below[column][part]) * across;
                let colour = upper + (lower - upper) * down;
                pixel[part] += (colour - pixel[part]) * alpha;
            }
            let edge = pool.map_or(0.0, |pool| 1.0 - f32::from(pool[row + x]) / 255.0);
            let density = &mut wash.density[start + x];
            *density += (drift + 0.75 * edge - *density) * alpha;
        }
    }
}

/// Applies pigment density, the drift of water, the grain and the unpainted margin.
fn settle(wash: &Wash, sheet: &Sheet, seed: u32) -> Option<Pixmap> {
    let unit = sheet.unit();
    let mut pixmap = Pixmap::new(wash.width as u32, wash.height as u32)?;
    let grain = paper::tile(seed);
    let flow = Field::new(wash.width, wash.height, |x, y| {
        noise::fractal(seed ^ 0xf10, x * 0.007 / unit, y * 0.007 / unit, 4)
    });
    let mat = paper::mat(sheet.width, sheet.height, 26.0 * unit, 20.0 * unit, seed);
    let mut outside = Mask::new(wash.width as u32, wash.height as u32)?;
    outside.fill_path(&path(&mat)?, FillRule::EvenOdd, true, Transform::identity());
    let mut bare = Patch {
        left: 0,
        top: 0,
        width: wash.width,
        height: wash.height,
        cover: outside.take(),
    };
    let sharp = bare.cover.clone();
    blur(&mut bare, 5.0 * unit);
    for (index, pixel) in pixmap.data_mut().chunks_exact_mut(4).enumerate() {
        let (x, y) = (index % wash.width, index / wash.width);
        let tooth = paper::at(&grain, x, y);
        let rim = (f32::from(bare.cover[index]) / 255.0) * (1.0 - f32::from(sharp[index]) / 255.0);
        let density = wash.density[index] + 0.34 * flow.at(x, y) + 0.24 * tooth + 0.8 * rim;
        let blank = f32::from(sharp[index]) / 255.0;
        let paper = [PAPER.r, PAPER.g, PAPER.b];
        for part in 0..3 {
            let c = wash.colour[index][part] * (0.94 + 0.06 * paper[part]);
            let pigment = (c - (c - c * c) * (density - 1.0)).clamp(0.0, 1.0);
            let value = (pigment + (paper[part] - pigment) * blank) * 255.0 + tooth * 3.2;
            pixel[part] = value.clamp(0.0, 255.0) as u8;
        }
        pixel[3] = 255;
    }
    Some(pixmap)
}

/// A slow field, computed every eighth pixel.
struct Field {
    columns: usize,
    values: Vec<f32>,
}

impl Field {
    fn new(width: usize, height: usize, value: impl Fn(f32, f32) -> f32) -> Self {
        let (columns, rows) = (width / 8 + 2, height / 8 + 2);
        let values = (0..columns * rows)
            .map(|i| value((i % columns * 8) as f32, (i / columns * 8) as f32))
            .collect();
        Self { columns, values }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        let corner = (y / 8) * self.columns + x / 8;
        let (tx, ty) = ((x % 8) as f32 / 8.0, (y % 8) as f32 / 8.0);
        let v = &self.values;
        let top = v[corner] + (v[corner + 1] - v[corner]) * tx;
        let bottom =
            v[corner + self.columns] + (v[corner + self.columns + 1] - v[corner + self.columns]) * tx;
        top + (bottom - top) * ty
    }
}
