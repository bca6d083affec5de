//! A picture as files: lossless, lossy, in three widths, and as a placeholder of a few hundred bytes.

use std::io::Cursor;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::{
    ExtendedColorType, ImageEncoder, RgbImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType as PngFilter, PngEncoder},
    },
    imageops::{self, FilterType},
};
use thiserror::Error;

/// Widths that readers download, in pixels. A picture is never enlarged.
pub const WIDTHS: [u32; 3] = [480, 960, 1440];

/// Quality of the WebP files, 0 to 100: hatching stays crisp, a 960 pixel picture stays near 100 kB.
pub const WEBP_QUALITY: f32 = 78.0;

/// The longest placeholder, bytes of data URL.
pub const PLACEHOLDER_LIMIT: usize = 600;

/// A picture could not be encoded.
#[derive(Debug, Error)]
#[error("cannot encode the picture as {format}: {reason}")]
pub struct EncodeError {
    /// The format that was being written.
    pub format: &'static str,
    /// What the encoder said.
    pub reason: String,
}

/// A picture at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Encoded bytes.
    pub bytes: Vec<u8>,
    /// Of the bytes.
    pub media_type: &'static str,
}

/// Lossless PNG.
pub fn png(picture: &RgbImage) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, PngFilter::Adaptive)
        .write_image(
            picture,
            picture.width(),
            picture.height(),
            ExtendedColorType::Rgb8,
        )
        .map_err(|error| EncodeError {
            format: "PNG",
            reason: error.to_string(),
        })?;
    Ok(bytes)
}

/// Baseline JPEG; `quality` is 1 to 100.
pub fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100))
        .encode_image(picture)
        .map_err(|error| EncodeError {
            format: "JPEG",
            reason: error.to_string(),
        })?;
    Ok(bytes.into_inner())
}

/// Lossy WebP; `quality` is 0 to 100.
pub fn webp(picture: &RgbImage, quality: f32) -> Result<Vec<u8>, EncodeError> {
    webp::Encoder::from_rgb(picture, picture.width(), picture.height())
        .encode_simple(false, quality.clamp(0.0, 100.0))
        .map(|memory| memory.to_vec())
        .map_err(|error| EncodeError {
            format: "WebP",
            reason: format!("{error:?}"),
        })
}

/// WebP files for each of [`WIDTHS`] that the picture reaches, narrowest first; a picture narrower than the
/// widest of them is also given in its own width. Never empty.
pub fn renditions(picture: &RgbImage) -> Result<Vec<Rendition>, EncodeError> {
    let own = picture.width();
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|&width| width < own).collect();
    if widths.len() < WIDTHS.len() {
        widths.push(own);
    }
    widths
        .into_iter()
        .map(|width| rendition(picture, width))
        .collect()
}

fn rendition(picture: &RgbImage, width: u32) -> Result<Rendition, EncodeError> {
    let scaled = (width != picture.width()).then(|| scaled(picture, width));
    let picture = scaled.as_ref().unwrap_or(picture);
    Ok(Rendition {
        width: picture.width(),
        height: picture.height(),
        bytes: webp(picture, WEBP_QUALITY)?,
        media_type: "image/webp",
    })
}

/// The picture at this width, with its proportions.
pub fn scaled(picture: &RgbImage, width: u32) -> RgbImage {
    let height = (u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1))).max(1);
    imageops::resize(picture, width.max(1), height as u32, FilterType::CatmullRom)
}

/// A tiny blurred picture as a data URL of at most [`PLACEHOLDER_LIMIT`] bytes.
pub fn placeholder(picture: &RgbImage) -> Result<String, EncodeError> {
    for (side, quality) in [(24, 40.0), (20, 25.0), (16, 10.0), (8, 0.0)] {
        let longest = picture.width().max(picture.height()).max(1);
        let fit = |length: u32| (u64::from(length) * side / u64::from(longest)).max(1) as u32;
        let tiny = imageops::thumbnail(picture, fit(picture.width()), fit(picture.height()));
        let url = format!(
            "data:image/webp;base64,{}",
            STANDARD.encode(webp(&imageops::blur(&tiny, 0.7), quality)?)
        );
        if url.len() <= PLACEHOLDER_LIMIT {
            return Ok(url);
        }
    }
    Err(EncodeError {
        format: "WebP",
        reason: format!("no placeholder within {PLACEHOLDER_LIMIT} bytes"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::{self, Limits};

    fn gradient(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 90])
        })
    }

    fn noise(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let hash =
                (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)).wrapping_mul(3_266_489_917);
            image::Rgb([hash as u8, (hash >> 8) as u8, (hash >> 16) as u8])
        })
    }

    #[test]
    fn every_format_is_read_back_as_what_it_is() {
        let picture = gradient(64, 48);
        let files = [
            ("image/png", png(&picture).unwrap()),
            ("image/jpeg", jpeg(&picture, 85).unwrap()),
            ("image/webp", webp(&picture, 80.0).unwrap()),
        ];
        for (media_type, bytes) in files {
            let read = verify::picture(&bytes, &Limits::default()).unwrap();
            assert_eq!((read.media_type, read.image.dimensions()), (media_type, (64, 48)));
        }
    }

    #[test]
    fn widths_never_enlarge_and_keep_proportions() {
        let sizes = |width, height| -> Vec<(u32, u32)> {
            renditions(&gradient(width, height))
                .unwrap()
                .iter()
                .map(|r| (r.width, r.height))
                .collect()
        };
        assert_eq!(sizes(1600, 1200), [(480, 360), (960, 720), (1440, 1080)]);
        assert_eq!(sizes(1024, 768), [(480, 360), (960, 720), (1024, 768)]);
        assert_eq!(sizes(300, 200), [(300, 200)]);
    }

    #[test]
    fn even_noise_fits_into_a_placeholder() {
        for picture in [
            noise(1024, 768),
            noise(10, 2000),
            gradient(1024, 768),
            gradient(1, 1),
        ] {
            let url = placeholder(&picture).unwrap();
            assert!(
                url.starts_with("data:image/webp;base64,") && url.len() <= PLACEHOLDER_LIMIT,
                "{}",
                url.len()
            );
        }
    }
}
