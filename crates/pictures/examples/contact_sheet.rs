//! Draws a set of passages in every style side by side, to be looked at.
//!
//! `cargo run --release -p pictures --example contact_sheet -- OUT.png [part of a name] [style] [seeds]`

mod passages;

use std::{env, time::Instant};

use image::{RgbImage, imageops};
use passages::{PASSAGES, brief};
use pictures::{Style, offline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().collect();
    let out = args.get(1).map_or("contact-sheet.png", String::as_str);
    let filter = args.get(2).map_or("", String::as_str);
    let styles: Vec<Style> = match args.get(3).map(String::as_str) {
        None | Some("all") => Style::ALL.to_vec(),
        Some(name) => vec![name.parse()?],
    };
    let seeds: u64 = args.get(4).map_or(Ok(1), |n| n.parse())?;
    let chosen: Vec<_> = PASSAGES
        .iter()
        .filter(|(name, ..)| filter.split(',').any(|part| name.contains(part)))
        .collect();
    let scale: u32 = args.get(5).map_or(Ok(2), |n| n.parse())?;
    let (width, height) = (1024 / scale, 768 / scale);
    let columns = styles.len() as u32 * seeds as u32;
    let mut sheet = RgbImage::from_pixel(
        columns * (width + 8),
        chosen.len() as u32 * (height + 8),
        image::Rgb([90, 90, 90]),
    );
    for (row, (name, subject, words)) in chosen.iter().enumerate() {
        let mut column = 0;
        for style in &styles {
            for seed in 1..=seeds {
                let brief = brief(*subject, words, *style, seed);
                let start = Instant::now();
                let picture = offline::illustrate(&brief);
                println!("{name} {style} {seed}: {:?}", start.elapsed());
                let small = imageops::resize(&picture, width, height, imageops::FilterType::Triangle);
                let (x, y) = (
                    i64::from(column * (width + 8)),
                    row as i64 * i64::from(height + 8),
                );
                imageops::overlay(&mut sheet, &small, x, y);
                column += 1;
            }
        }
    }
    sheet.save(out)?;
    Ok(())
}
