//! Paper: its grain, and the ragged edge where the drawing stops.

use tiny_skia::Pixmap;

use crate::offline::{
    geometry::{Ring, divide, pt, rect},
    noise,
};

/// The side of the square of grain that is repeated over the sheet.
const TILE: usize = 256;

/// Darkens and lightens pixels as fibres of paper do. `strength` is about the largest change of 255.
pub(crate) fn grain(pixmap: &mut Pixmap, seed: u32, strength: f32) {
    let tile = tile(seed);
    let width = pixmap.width() as usize;
    for (y, row) in pixmap.data_mut().chunks_exact_mut(width * 4).enumerate() {
        for (x, pixel) in row.chunks_exact_mut(4).enumerate() {
            let change = (tile[(y % TILE) * TILE + x % TILE] * strength) as i32;
            for part in &mut pixel[..3] {
                *part = (i32::from(*part) + change).clamp(0, 255) as u8;
            }
        }
    }
}

/// Grain over one tile, in about -1 to 1.
pub(crate) fn tile(seed: u32) -> Vec<f32> {
    (0..TILE * TILE)
        .map(|i| {
            let (x, y) = ((i % TILE) as f32, (i / TILE) as f32);
            let fine = noise::plane(seed, x * 0.9, y * 0.9);
            let fibre = noise::plane(seed ^ 0x51, x * 0.11, y * 0.45);
            let tooth = noise::plane(seed ^ 0xa3, x * 0.33, y * 0.33);
            0.45 * fine + 0.2 * fibre + 0.45 * tooth
        })
        .collect()
}

/// Value of the repeated tile at a pixel.
pub(crate) fn at(tile: &[f32], x: usize, y: usize) -> f32 {
    tile[(y % TILE) * TILE + x % TILE]
}

/// Everything outside an irregular window: laid in paper colour, it frames the drawing.
pub(crate) fn mat(width: f32, height: f32, margin: f32, ragged: f32, seed: u32) -> Vec<Ring> {
    let window: Ring = divide(
        &rect(margin, margin, width - 2.0 * margin, height - 2.0 * margin),
        4.0,
    )
    .into_iter()
    .map(|p| {
        let inward = ragged
            * (0.8 * noise::fractal(seed, p.x * 0.006, p.y * 0.006, 3)
                + 0.12 * noise::plane(seed ^ 9, p.x * 0.06, p.y * 0.06));
        let (cx, cy) = (width * 0.5 - p.x, height * 0.5 - p.y);
        let (dx, dy) = if cx.abs() * height > cy.abs() * width {
            (cx.signum(), 0.0)
        } else {
            (0.0, cy.signum())
        };
        pt(p.x + dx * inward, p.y + dy * inward)
    })
    .collect();
    vec![rect(-2.0, -2.0, width + 4.0, height + 4.0), window]
}
