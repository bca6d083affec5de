//! Measures the offline illustrator and the encoders on one core: the time that this thread was on a processor, which the
//! other work of a machine does not prolong (Linux).
//!
//! `cargo run --release -p pictures --example bench -- [runs]`

mod passages;

use std::{env, hint::black_box};

use image::RgbImage;
use passages::{PASSAGES, brief};
use pictures::{Style, encode, offline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runs: usize = env::args().nth(1).map_or(Ok(5), |runs| runs.parse())?;
    println!("Drawing 1024x768, best of {runs}, ms");
    println!(
        "{:28}{:>8}{:>14}{:>10}{:>10}{:>12}",
        "", "ink", "watercolour", "woodcut", "ink SVG", "SVG, kB"
    );
    let mut pictures = Vec::new();
    let mut all = [Vec::new(), Vec::new(), Vec::new()];
    for (name, subject, words) in PASSAGES {
        let mut best = [0.0; 3];
        for (i, style) in Style::ALL.into_iter().enumerate() {
            let brief = brief(*subject, words, style, 1);
            best[i] = fastest(runs, || offline::illustrate(&brief));
            all[i].push(best[i]);
            pictures.push(offline::illustrate(&brief));
        }
        let ink = brief(*subject, words, Style::Ink, 1);
        let svg = fastest(runs, || offline::illustrate_svg(&ink));
        let size = offline::illustrate_svg(&ink).map_or(0, |svg| svg.len() / 1000);
        println!(
            "{name:28}{:>8.0}{:>14.0}{:>10.0}{svg:>10.0}{size:>12}",
            best[0], best[1], best[2]
        );
    }
    for (style, times) in Style::ALL.into_iter().zip(&mut all) {
        times.sort_by(f64::total_cmp);
        let last = times.len() - 1;
        println!(
            "{style}: median {:.0}, slowest {:.0}",
            times[last / 2],
            times[last]
        );
    }
    encoders(&pictures, runs)
}

fn encoders(pictures: &[RgbImage], runs: usize) -> Result<(), Box<dyn std::error::Error>> {
    println!("\nEncoding, mean of {} pictures: ms, kB", pictures.len());
    let png = |picture: &RgbImage| encode::png(picture).map(|bytes| bytes.len());
    let jpeg = |picture: &RgbImage| encode::jpeg(picture, 82).map(|bytes| bytes.len());
    let webp = |picture: &RgbImage| encode::webp(picture, encode::WEBP_QUALITY).map(|bytes| bytes.len());
    let widths = |picture: &RgbImage| {
        encode::renditions(picture).map(|all| all.iter().map(|one| one.bytes.len()).sum())
    };
    let placeholder = |picture: &RgbImage| encode::placeholder(picture).map(|url| url.len());
    type Encoder<'a> = &'a dyn Fn(&RgbImage) -> Result<usize, encode::EncodeError>;
    let rows: [(&str, Encoder<'_>); 5] = [
        ("PNG", &png),
        ("JPEG 82", &jpeg),
        ("WebP 78", &webp),
        ("WebP, all widths", &widths),
        ("placeholder", &placeholder),
    ];
    for (name, encoder) in rows {
        let (mut time, mut size) = (0.0, 0);
        for picture in pictures {
            time += fastest(runs.min(2), || encoder(picture));
            size += encoder(picture)?;
        }
        let count = pictures.len() as f64;
        println!(
            "{name:20}{:>8.1}{:>10.1}",
            time / count,
            size as f64 / count / 1000.0
        );
    }
    Ok(())
}

fn fastest<T>(runs: usize, work: impl Fn() -> T) -> f64 {
    let time = |_| {
        let start = on_processor();
        black_box(work());
        (on_processor() - start) as f64 / 1e6
    };
    (0..runs.max(1)).map(time).fold(f64::MAX, f64::min)
}

/// How long this thread has been on a processor, in nanoseconds: the first number of the file.
fn on_processor() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = stat.split_whitespace().next();
    first.and_then(|time| time.parse().ok()).unwrap_or(0)
}
